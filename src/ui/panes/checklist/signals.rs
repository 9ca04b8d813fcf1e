//! Signals that answers suggest, decided in two steps, and flags raised by hand.

use super::ChecklistPane;
use super::dialogs::{AGREED, CONFIRM, DECIDE, FLAG, REJECT};
use crate::domain::flag::{Level, Lowered};
use crate::domain::ids::{FlagId, UserId};
use crate::form::Proposal;
use crate::i18n::{Lang, words};
use crate::protocol::command::{Command, Revision};
use crate::ui::action::Action;
use crate::ui::ask::{Ask, Field};
use crate::ui::ctx::Ctx;
use crate::ui::flag::{self, Signal, read_signal};
use crate::ui::todo;
use crate::ui::value::{least, measure_written, pick, signal_level, signal_line};

impl ChecklistPane {
    /// Decides on the first open suggestion at this row (or at all), else raises a flag by hand.
    pub(super) fn ask_flag(&mut self, ctx: &Ctx<'_>) -> Vec<Action> {
        let text = &ctx.text.checklist;
        let Some(session) = &self.session else { return Vec::new() };
        let here = self.row().map(|r| r.path.to_string()).unwrap_or_default();
        let open = session.suggested();
        let proposal = open.iter().find(|p| p.item == here).or(open.first()).copied().cloned();
        let Some(proposal) = proposal else {
            let mut fields = vec![Field::text(ctx.text.flags.signal, "").required()];
            fields.extend(handling(None, "", ctx));
            return vec![Action::ask(Ask::form(FLAG, text.no_flag_here, fields))];
        };
        let decision = vec![
            ("confirm".to_owned(), text.confirm.to_owned()),
            ("reject".to_owned(), text.reject.to_owned()),
        ];
        let field = Field::choice(text.decision, "confirm", decision);
        let mut ask = Ask::form(DECIDE, text.decide_title, vec![field]);
        ask.lines = self::proposal(&proposal, ctx);
        self.deciding = Some(proposal);
        vec![Action::ask(ask)]
    }

    /// Notes what was agreed, at the question in focus.
    pub(super) fn ask_todo(&self, ctx: &Ctx<'_>) -> Vec<Action> {
        let Some(session) = &self.session else { return Vec::new() };
        let mut ask = todo::ask(AGREED, ctx);
        ask.lines.push(format!("{} {}", session.page.name, session.page.customer));
        vec![Action::ask(ask)]
    }

    pub(super) fn note_todo(&self, values: &[String], ctx: &Ctx<'_>) -> Vec<Action> {
        let Some(session) = &self.session else { return Vec::new() };
        let item = self.row().map(|row| row.path.to_string()).unwrap_or_default();
        let at = Some((session.page.visit.clone(), item));
        let command = todo::add(session.page.customer.clone(), at, values);
        vec![command.map_or_else(|| Action::fail(ctx.text.todos.needs), Action::apply)]
    }

    /// Confirmed: who acts, how, until when. Rejected: why.
    pub(super) fn ask_decision(&self, confirm: bool, ctx: &Ctx<'_>) -> Vec<Action> {
        let text = &ctx.text.checklist;
        let Some(proposal) = &self.deciding else { return Vec::new() };
        let mut ask = if confirm {
            let note = pick(&proposal.note, ctx.lang);
            Ask::form(CONFIRM, text.confirm_title, handling(Some(proposal.level), note, ctx))
        } else {
            let label = ctx.text.flags.at_least(text.reject_reason, least().reason);
            let reason = Field::text(label, "").required();
            Ask::form(REJECT, text.reject_title, vec![reason])
        };
        ask.lines = self::proposal(proposal, ctx);
        vec![Action::ask(ask)]
    }

    /// A flag by hand: the signal that was typed, and what is done about it.
    pub(super) fn raise_typed(&self, values: &[String], ctx: &Ctx<'_>) -> Vec<Action> {
        let typed = values.first().map_or("", String::as_str);
        match read_signal(typed, ctx) {
            Ok(signal) => self.raise(signal, values.get(1..).unwrap_or_default(), ctx),
            Err(why) => vec![Action::fail(why)],
        }
    }

    fn raise(&self, signal: Signal, handling: &[String], ctx: &Ctx<'_>) -> Vec<Action> {
        let Some(session) = &self.session else { return Vec::new() };
        let Signal { written: signal, level: of_library } = signal;
        let known = session.cause_of(&signal);
        let item = known.map(|p| p.item.clone()).or_else(|| Some(self.row()?.path.to_string()));
        let Handling { level, owner, measure, due_on, note, why } =
            Handling::of(handling, ctx.lang);
        let level = level.or(of_library).unwrap_or(Level::Yellow);
        let from = known.map(|p| p.level).or(of_library).unwrap_or(level);
        vec![Action::apply(Command::RaiseFlag {
            customer: session.page.customer.clone(),
            visit: Some(session.page.visit.clone()),
            item,
            signal,
            level,
            proposed: false,
            owner,
            measure,
            due_on,
            note,
            lowered: Some(Box::new(Lowered { from, why })),
        })]
    }

    /// A confirmed suggestion is raised with what is done about it; one that was proposed before,
    /// by a rule at night or in a rejection that the line cut short, is confirmed by the store.
    pub(super) fn confirm(&mut self, values: &[String], ctx: &Ctx<'_>) -> Vec<Action> {
        let Some(proposal) = self.deciding.clone() else { return Vec::new() };
        let level = signal_level(&proposal.signal);
        self.raise(Signal { written: proposal.signal, level }, values, ctx)
    }

    /// A rejected suggestion is recorded too: proposed first, then rejected with its reason.
    pub(super) fn reject(&mut self, reason: String) -> Vec<Action> {
        let (Some(proposal), Some(session)) = (self.deciding.clone(), &self.session) else {
            return Vec::new();
        };
        self.rejecting = Some(reason);
        if let Some(flag) = session.proposed(&proposal.signal) {
            let (flag, seen) = (flag.flag.clone(), flag.revision);
            return self.reject_flag(flag, seen);
        }
        vec![Action::apply(Command::RaiseFlag {
            lowered: None,
            customer: session.page.customer.clone(),
            visit: Some(session.page.visit.clone()),
            item: Some(proposal.item),
            signal: proposal.signal,
            level: proposal.level,
            proposed: true,
            owner: None,
            measure: String::new(),
            due_on: None,
            note: proposal.note.zh,
        })]
    }

    /// The suggestion has its id now: rejects it.
    pub(super) fn reject_flag(&mut self, flag: FlagId, seen: Revision) -> Vec<Action> {
        let Some(reason) = self.rejecting.take() else { return Vec::new() };
        vec![Action::apply(Command::DecideFlag {
            flag,
            seen,
            confirm: false,
            owner: None,
            measure: String::new(),
            due_on: None,
            reason,
        })]
    }
}

/// What is done about a flag: level, owner, measure, date, facts, why milder. Without a level it is
/// as grave as the library has it, unless somebody says otherwise.
fn handling(level: Option<Level>, facts: &str, ctx: &Ctx<'_>) -> Vec<Field> {
    let flags = &ctx.text.flags;
    let mut levels = flag::levels(ctx);
    if level.is_none() {
        levels.insert(0, (String::new(), flags.as_in_library.to_owned()));
    }
    let mut fields = vec![Field::choice(flags.level, level.map_or("", Level::as_code), levels)];
    fields.extend(flag::handling(&ctx.me(), "", "", level, ctx));
    fields.push(Field::text(flags.facts, facts));
    fields.push(Field::text(flags.at_least(flags.lowered_why, least().reason), ""));
    fields
}

/// The values of [`handling`], read back.
struct Handling {
    /// `None` = as the library has it.
    level: Option<Level>,
    owner: Option<UserId>,
    measure: String,
    due_on: Option<chrono::NaiveDate>,
    note: String,
    /// Why it is milder than suggested.
    why: String,
}

impl Handling {
    fn of(values: &[String], lang: Lang) -> Self {
        let value = |i: usize| values.get(i).cloned().unwrap_or_default();
        Self {
            level: Level::from_code(&value(0)),
            owner: Some(value(1)).filter(|o| !o.is_empty()).map(|o| UserId::from(o.as_str())),
            measure: measure_written(&value(2), lang),
            due_on: value(3).parse().ok(),
            note: value(4),
            why: value(5),
        }
    }
}

/// What is suggested, for a dialog: level, signal, why, and beyond which limits.
fn proposal(p: &Proposal, ctx: &Ctx<'_>) -> Vec<String> {
    let text = &ctx.text.checklist;
    let limits = p.limits.iter().map(|l| format!("{} {}", text.limit, text.limit_told(l)));
    let signal = signal_line(&p.signal, ctx.lang);
    let first = format!("{} {signal}", words::level(ctx.lang, p.level));
    let why = pick(&p.note, ctx.lang).to_owned();
    let why = Some(why).filter(|why| !signal.contains(why.as_str()));
    std::iter::once(first).chain(why).chain(limits).collect()
}

/// Suggestion in one line: signal, by its name too, and why.
pub(super) fn proposal_line(p: &Proposal, lang: Lang) -> String {
    let (signal, why) = (signal_line(&p.signal, lang), pick(&p.note, lang));
    if signal.contains(why) { signal } else { format!("{signal}{}{why}", lang.colon()) }
}
