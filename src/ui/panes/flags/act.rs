//! Keys of the flags pane: what they ask, and what the answers write.

use super::ending::{CLOSE, ask_close};
use super::offered::is_about_a_flag;
use super::{FlagsPane, proofs};
use crate::domain::flag::{Department, FlagState, FlagStep, Leftover, Level};
use crate::domain::ids::{CustomerId, UserId};
use crate::domain::user::Role;
use crate::i18n::words;
use crate::protocol::command::{Command, FlagAgain, FlagWord};
use crate::protocol::page::FlagRow;
use crate::protocol::query::FlagScope;
use crate::ui::action::{Action, Answered};
use crate::ui::ask::{Ask, Field};
use crate::ui::ctx::Ctx;
use crate::ui::flag::{handling, levels};
use crate::ui::value::{least, measure_written, measures, signal_line};

const CONFIRM: &str = "flag-confirm";
const REJECT: &str = "flag-reject";
const REOPEN: &str = "flag-reopen";
const EDIT: &str = "flag-edit";
const ADVANCE: &str = "flag-advance";
const DISCUSS: &str = "flag-discuss";

impl FlagsPane {
    pub(super) fn act(&mut self, action: &Action, ctx: &Ctx<'_>) -> Vec<Action> {
        let total = self.rows();
        if self.part.on_action(action, total) {
            return Vec::new();
        }
        match action {
            Action::Answered(answered) => return self.on_answered(answered, ctx),
            Action::Flag => return self.ask_raise(ctx),
            Action::Todo => return self.ask_todo(ctx),
            Action::AddEvent => return Self::ask_event(ctx),
            Action::Weakened => {
                self.turn();
                return Vec::new();
            }
            _ => {}
        }
        if let Some(todo) = self.todo().cloned() {
            return self.act_on_todo(&todo, action, ctx);
        }
        let Some(row) = self.row().cloned() else {
            let about_a_flag = is_about_a_flag(action);
            return about_a_flag
                .then(|| Action::warn(ctx.text.flags.no_flag))
                .into_iter()
                .collect();
        };
        let asked = match action {
            Action::History => return vec![Action::OpenFlag(row.flag)],
            Action::Open | Action::Right => return vec![Action::OpenCustomer(row.customer)],
            Action::Why => return vec![Action::OpenWhy(row.customer)],
            Action::Attach => return vec![proofs::register(&row, ctx)],
            Action::Photos => return vec![proofs::look(&row, ctx)],
            Action::Copy => {
                let signal = signal_line(&row.signal, ctx.lang);
                return vec![Action::CopyText(format!("{} {signal}", row.name))];
            }
            Action::ConfirmFlag => ask_confirm(&row, ctx),
            Action::RejectFlag => ask_reject(&row, ctx),
            Action::ReopenFlag => ask_reopen(&row, ctx),
            Action::Edit => ask_edit(&row, ctx),
            Action::Advance => ask_advance(&row, ctx),
            Action::CloseFlag => ask_close(&row, ctx),
            Action::Comment => ask_discuss(&row, ctx),
            _ => return Vec::new(),
        };
        match asked {
            Ok(mut ask) => {
                ask.lines.insert(0, heading(&row, ctx));
                self.asked = Some(row);
                vec![Action::ask(ask)]
            }
            Err(why) => vec![Action::warn(why)],
        }
    }

    /// Whose flag is meant: the customer shown, or the one of the selected flag.
    pub(super) fn customer(&self) -> Option<CustomerId> {
        match &self.scope {
            Some(FlagScope::Customer(customer)) => Some(customer.clone()),
            Some(FlagScope::Live | FlagScope::Weakened) => self.selected(),
            None => None,
        }
    }

    /// Who looks after a customer, as far as that is known here.
    pub(super) fn officer_of(&self, customer: &CustomerId) -> Option<&UserId> {
        let page = self.page.as_ref()?;
        let rows = page.rows.iter().filter(|row| row.customer == *customer);
        let known = self.known.as_ref().filter(|known| known.customer == *customer);
        let listed = || rows.map(|row| &row.beside.officer).next();
        page.officer.as_ref().or(known.map(|known| &known.officer)).or_else(listed)
    }

    fn on_answered(&mut self, answered: &Answered, ctx: &Ctx<'_>) -> Vec<Action> {
        let value = |i: usize| answered.values.get(i).map_or("", |v| v.trim()).to_owned();
        let owner = |i: usize| Some(value(i)).filter(|v| !v.is_empty()).map(UserId);
        if let Some(actions) = self.answer_todo(answered, ctx) {
            return actions;
        }
        if let Some(actions) = Self::answer_event(answered, ctx) {
            return actions;
        }
        if let Some(actions) = self.answer_raise(answered, ctx) {
            return actions;
        }
        let Some(row) = self.asked.clone() else { return Vec::new() };
        let (flag, seen) = (row.flag, row.revision);
        let command = match answered.tag {
            CONFIRM => Command::DecideFlag {
                flag,
                seen,
                confirm: true,
                owner: owner(0),
                measure: measure_written(&value(1), ctx.lang),
                due_on: value(2).parse().ok(),
                reason: value(3),
            },
            REJECT => Command::DecideFlag {
                flag,
                seen,
                confirm: false,
                owner: None,
                measure: String::new(),
                due_on: None,
                reason: value(0),
            },
            REOPEN => Command::ReopenFlag(FlagAgain { flag, seen, reason: value(0) }),
            EDIT => {
                let (Some(level), Some(owner), Ok(due_on)) =
                    (Level::from_code(&value(0)), owner(1), value(3).parse())
                else {
                    return vec![Action::fail(ctx.text.flags.needs)];
                };
                Command::UpdateFlag {
                    flag,
                    seen,
                    level,
                    owner,
                    measure: measure_written(&value(2), ctx.lang),
                    due_on,
                    note: value(4),
                }
            }
            ADVANCE | CLOSE => {
                let Some(step) = FlagStep::from_code(&value(0)) else { return Vec::new() };
                let decides = step == FlagStep::MeasureDecided;
                let measure = if decides { value(2) } else { String::new() };
                let measure = measure_written(&measure, ctx.lang);
                let left = Leftover::from_code(&value(2)).filter(|_| step.ends());
                Command::MoveFlag { flag, seen, step, note: value(1), measure, left }
            }
            DISCUSS => {
                let asks = Department::from_code(&value(1));
                Command::DiscussFlag(FlagWord { flag, asks, words: value(0) })
            }
            _ => return Vec::new(),
        };
        vec![Action::apply(command)]
    }
}

/// What the dialog is about: customer, level and signal.
fn heading(row: &FlagRow, ctx: &Ctx<'_>) -> String {
    let level = words::level(ctx.lang, row.level);
    format!("{}  {level} {}", row.name, signal_line(&row.signal, ctx.lang))
}

/// Who is proposed as owner: the customer's officer. A superior who confirms would be her own.
pub(super) fn owner_of(officer: Option<&UserId>, ctx: &Ctx<'_>) -> String {
    let superior = ctx.home.is_some_and(|home| home.role != Role::Officer);
    let officer = officer.filter(|officer| superior && !officer.as_str().is_empty());
    officer.map_or_else(|| ctx.me(), ToString::to_string)
}

pub(super) fn steps(steps: &[FlagStep], ctx: &Ctx<'_>) -> Vec<(String, String)> {
    let named = |step: &FlagStep| words::flag_step(ctx.lang, *step).to_owned();
    steps.iter().map(|step| (step.as_code().to_owned(), named(step))).collect()
}

/// The handling as the flag has it; without an owner, the customer's officer is proposed.
fn handling_of(row: &FlagRow, ctx: &Ctx<'_>) -> [Field; 3] {
    let officer = owner_of(Some(&row.beside.officer), ctx);
    let owner = row.owner.as_ref().map_or(officer, ToString::to_string);
    let due_on = row.due_on.map(|day| day.to_string()).unwrap_or_default();
    handling(&owner, row.measure.as_deref().unwrap_or_default(), &due_on, Some(row.level), ctx)
}

fn ask_confirm(row: &FlagRow, ctx: &Ctx<'_>) -> Result<Ask, &'static str> {
    let text = &ctx.text.flags;
    if row.state != FlagState::Proposed {
        return Err(text.only_proposed);
    }
    let mut fields = handling_of(row, ctx).to_vec();
    fields.push(Field::text(text.note, ""));
    let mut ask = Ask::form(CONFIRM, text.confirm_title, fields);
    ask.lines.push(catalogue(row.level, ctx));
    Ok(ask)
}

fn ask_reject(row: &FlagRow, ctx: &Ctx<'_>) -> Result<Ask, &'static str> {
    let text = &ctx.text.flags;
    if row.state != FlagState::Proposed {
        return Err(text.only_proposed);
    }
    let reason = Field::text(text.at_least(text.reason, least().reason), "").required();
    let mut ask = Ask::form(REJECT, text.reject_title, vec![reason]);
    if row.level > Level::Yellow {
        ask.lines.push(text.told_rejected.to_owned());
    }
    Ok(ask)
}

pub(super) fn ask_reopen(row: &FlagRow, ctx: &Ctx<'_>) -> Result<Ask, &'static str> {
    let text = &ctx.text.flags;
    if row.state != FlagState::Rejected {
        return Err(text.only_rejected);
    }
    if ctx.home.is_some_and(|home| home.role == Role::Officer) {
        return Err(text.superiors);
    }
    let reason = Field::text(text.at_least(text.reason, least().reason), "").required();
    Ok(Ask::form(REOPEN, text.reopen_title, vec![reason]))
}

pub(super) fn ask_edit(row: &FlagRow, ctx: &Ctx<'_>) -> Result<Ask, &'static str> {
    let text = &ctx.text.flags;
    if !matches!(row.state, FlagState::Proposed | FlagState::Confirmed) {
        return Err(text.only_live);
    }
    let grave = row.level > Level::Yellow;
    let is_own = grave && row.beside.own;
    // What would be refused is not offered.
    let milder = |code: &str| Level::from_code(code).is_some_and(|level| level < row.level);
    let levels = levels(ctx).into_iter().filter(|(code, _)| !(is_own && milder(code))).collect();
    let mut fields = vec![Field::choice(text.level, row.level.as_code(), levels)];
    fields.extend(handling_of(row, ctx));
    let replaces = grave && is_decided(row, ctx);
    let grave = grave && !is_own;
    let note = match (grave, replaces) {
        (true, _) => text.note_lowering(least().reason),
        (false, true) => text.note_replacing(least().reason),
        (false, false) => text.note.to_owned(),
    };
    fields.push(Field::text(note, ""));
    let mut ask = Ask::form(EDIT, text.edit_title, fields);
    if replaces {
        ask.lines.push(text.replaces.to_owned());
    }
    if is_own {
        ask.lines.push(text.four_eyes.to_owned());
    }
    ask.lines.push(catalogue(row.level, ctx));
    Ok(ask)
}

/// Whether a superior has decided what is done, and who looks is not one.
fn is_decided(row: &FlagRow, ctx: &Ctx<'_>) -> bool {
    ctx.home.is_some_and(|home| home.role == Role::Officer)
        && row.state == FlagState::Confirmed
        && matches!(row.step, FlagStep::MeasureDecided | FlagStep::Acting | FlagStep::Verify)
}

/// A word on the flag, and whose word is asked for.
pub(super) fn ask_discuss(row: &FlagRow, ctx: &Ctx<'_>) -> Result<Ask, &'static str> {
    let text = &ctx.text.flags;
    if !matches!(row.state, FlagState::Proposed | FlagState::Confirmed) {
        return Err(text.only_live);
    }
    let mine = ctx.home.and_then(|home| Department::of(home.role));
    let others = Department::ALL.iter().filter(|one| Some(**one) != mine);
    let named =
        |one: &Department| (one.as_code().to_owned(), words::department(ctx.lang, *one).to_owned());
    let nobody = (String::new(), text.asks_nobody.to_owned());
    let options = std::iter::once(nobody).chain(others.map(named)).collect();
    // The words first: to say them and no more takes no other key.
    let fields =
        vec![Field::text(text.words, "").required(), Field::choice(text.asks, "", options)];
    let mut ask = Ask::form(DISCUSS, text.discuss_title, fields);
    if let Some(department) = row.lies_with {
        ask.lines.push(text.lies_with(department));
    }
    Ok(ask)
}

/// The codes of the catalogue for a level: `措施可填代码：M01 列入关注 …`.
pub(super) fn catalogue(level: Level, ctx: &Ctx<'_>) -> String {
    let names: Vec<_> = measures(level, ctx.lang).into_iter().map(|(_, name)| name).collect();
    ctx.text.flags.catalogue(&names)
}

/// The steps that a confirmed flag can go to now and that are the actor's; ending it is another key.
pub(super) fn ways(row: &FlagRow, ctx: &Ctx<'_>) -> Vec<FlagStep> {
    let officer = ctx.home.is_some_and(|home| home.role == Role::Officer);
    let mine = |step: &FlagStep| !(step.ends() || officer && step.is_superiors(row.level));
    row.step.ways(row.level).iter().copied().filter(mine).collect()
}

fn ask_advance(row: &FlagRow, ctx: &Ctx<'_>) -> Result<Ask, &'static str> {
    let text = &ctx.text.flags;
    if row.state != FlagState::Confirmed {
        return Err(text.only_confirmed);
    }
    let ways = ways(row, ctx);
    let Some(first) = ways.first() else { return Err(text.superiors_turn) };
    let mut fields = vec![
        Field::choice(text.step, first.as_code(), steps(&ways, ctx)),
        Field::text(text.note, ""),
    ];
    if ways.contains(&FlagStep::MeasureDecided) {
        fields.push(decision(row, ctx));
    }
    let mut ask = Ask::form(ADVANCE, text.advance_title, fields);
    if row.step == FlagStep::Verify {
        ask.lines.push(text.close_hint.to_owned());
    }
    Ok(ask)
}

/// The measure to decide on: the one that the flag has, or one of the catalogue.
fn decision(row: &FlagRow, ctx: &Ctx<'_>) -> Field {
    let text = &ctx.text.flags;
    let known = row.measure.as_deref().filter(|measure| !measure.is_empty());
    let mut options = measures(row.level, ctx.lang);
    if let Some(known) = known {
        options.insert(0, (String::new(), text.as_it_is(known)));
    }
    let first = options.first().map(|(code, _)| code.clone()).unwrap_or_default();
    Field::choice(text.measure, first, options)
}
