//! Five tiers: what the machine proposes and why, what somebody has put forward, what was decided.
//! A tier is put forward here and confirmed by somebody else.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::Step;
use super::asking::Asking;
use crate::domain::ids::CustomerId;
use crate::domain::loan::Tier;
use crate::domain::tier::TierEvent;
use crate::domain::user::Work;
use crate::i18n::words;
use crate::protocol::command::{Command, TierCommand};
use crate::protocol::page::{TierHappened, TierRow, TiersPage};
use crate::protocol::query::{Query, Slot};
use crate::ui::action::{Action, Answered};
use crate::ui::ask::{Ask, Field};
use crate::ui::ctx::Ctx;
use crate::ui::key::Key;
use crate::ui::keymap::KeyContext;
use crate::ui::widgets::facts::muted;
use crate::ui::widgets::frame::{centered, empty, fitting, popup, put, wide_box};
use crate::ui::widgets::telling::Telling;

mod draw;

/// What is being asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    Propose,
    Confirm,
    Refuse,
    Event,
    End,
}

/// The list of tiers that wait, or one customer.
#[derive(Debug)]
pub struct Tiers {
    customer: Option<CustomerId>,
    page: Option<Arc<TiersPage>>,
    telling: Telling,
    asking: Asking<Asked, TierRow>,
}

impl Tiers {
    pub(super) fn new(customer: Option<CustomerId>) -> Self {
        Self { customer, page: None, telling: Telling::default(), asking: Asking::default() }
    }

    pub(super) fn query(&self) -> (Slot, Query) {
        (Slot::Tiers, Query::Tiers { customer: self.customer.clone(), officer: None })
    }

    pub(super) fn load(&mut self, page: Arc<TiersPage>) {
        let wanted = self.row().map(|row| row.customer.clone());
        let ids = page.rows.iter().map(|row| row.customer.clone());
        self.telling.follow(wanted.as_ref(), ids);
        self.page = Some(page);
    }

    fn row(&self) -> Option<&TierRow> {
        self.page.as_ref()?.rows.get(self.telling.selected())
    }

    pub(super) fn context(&self) -> KeyContext {
        self.asking.context().unwrap_or(KeyContext::Tiers)
    }

    /// Whether an action can do anything with the customer in view.
    pub(super) fn offers(&self, action: &Action) -> bool {
        if let Some(offered) = self.asking.offers(action) {
            return offered;
        }
        let Some(row) = self.row() else { return *action == Action::Back };
        let open = row.open.as_ref();
        match action {
            Action::Approve | Action::ReturnRecord => open.is_some_and(|open| !open.own),
            Action::Withdraw => open.is_some_and(|open| open.own),
            Action::Finish => noted(row).next().is_some(),
            _ => true,
        }
    }

    pub(super) fn on_key(&mut self, key: Key, ctx: &Ctx<'_>) -> bool {
        self.asking.on_key(key, ctx)
    }

    /// What was entered could not be written: its form comes back and says why.
    pub(super) fn reopen(&mut self, why: &str, field: Option<&str>) -> bool {
        self.asking.reopen(why, field)
    }

    pub(super) fn on_paste(&mut self, text: &str) -> bool {
        self.asking.on_paste(text)
    }

    pub(super) fn on_action(&mut self, action: &Action, ctx: &Ctx<'_>) -> Step {
        if self.asking.is_open() {
            return self.asking.on_action(action, ctx, |asked, row, answered| {
                let unread = || ctx.text.overlays.form_choose.to_owned();
                command(asked, row, answered).map(Command::Tier).ok_or_else(unread)
            });
        }
        let len = self.page.as_ref().map_or(0, |page| page.rows.len());
        if self.telling.on_action(action, len) {
            return Step::stay();
        }
        let text = &ctx.text.tiers;
        let warn = |said| Step::only(vec![Action::warn(said)]);
        let Some(row) = self.row() else { return Step::empty(action) };
        let asked = match action {
            Action::Open => return Step::close(vec![Action::OpenCustomer(row.customer.clone())]),
            Action::Edit => Asked::Propose,
            Action::Approve | Action::ReturnRecord => match &row.open {
                None => return warn(text.nothing_open),
                Some(open) if open.own => return warn(text.own),
                Some(_) if ctx.home.is_some_and(|home| !home.role.does(Work::Decisions)) => {
                    return warn(ctx.text.shell.work_decisions);
                }
                Some(_) if *action == Action::Approve => Asked::Confirm,
                Some(_) => Asked::Refuse,
            },
            Action::Withdraw => {
                return match &row.open {
                    None => warn(text.nothing_open),
                    Some(open) if !open.own => warn(text.not_own),
                    Some(open) => {
                        let (customer, n) = (row.customer.clone(), open.n);
                        // A refusal of this is none of what was typed before.
                        self.asking.forget();
                        let command = Command::Tier(TierCommand::Withdraw { customer, n });
                        Step::only(vec![Action::apply(command)])
                    }
                };
            }
            Action::Note => Asked::Event,
            Action::Finish if noted(row).next().is_none() => return warn(text.no_event),
            Action::Finish => Asked::End,
            _ => return Step::close(Vec::new()),
        };
        let (row, ask) = (row.clone(), ask(asked, row, ctx));
        self.asking.begin(asked, row, ask);
        Step::stay()
    }

    pub(super) fn render(&mut self, frame: &mut Frame<'_>, area: Rect, ctx: &Ctx<'_>) {
        let text = &ctx.text.tiers;
        let height = area.height.saturating_sub(2).min(56);
        let wide = wide_box(area.width, draw::LEAST);
        let page = self.page.clone();
        let height = match page.as_ref().map(|page| page.rows.as_slice()) {
            // What is told of one customer rarely fills a screen.
            Some([row]) => fitting(area, wide, height, |width| {
                let told = page.as_ref().map(|page| draw::told((page, row), width, ctx).len());
                Telling::of_one(told.unwrap_or_default()).saturating_add(2)
            }),
            _ => height,
        };
        let inner = popup(frame, centered(area, wide, height), text.title, ctx);
        let Some(page) = page else {
            put(frame, inner, 0, Line::raw(ctx.text.shell.loading));
            return;
        };
        if page.rows.is_empty() {
            empty(frame, inner, text.none, ctx);
            return;
        }
        let width = usize::from(inner.width);
        // Of one customer who is looked at nothing need wait.
        let waits = |row: &&TierRow| {
            row.open.is_some() || row.answered.is_none() && row.in_force != row.machine
        };
        let total = match self.customer {
            Some(_) => u32::try_from(page.rows.iter().filter(waits).count()).unwrap_or(u32::MAX),
            None => page.total,
        };
        let mut head = text.count(total, page.answered, &page.pack);
        if !page.verified {
            head = format!("{head}   {}", text.unverified);
        }
        put(frame, inner, 0, muted(&ctx.theme.cut(&head, width), ctx));
        put(frame, inner, 1, draw::titles(width, ctx));
        let rest = Rect {
            y: inner.y + 2.min(inner.height),
            height: inner.height.saturating_sub(2),
            ..inner
        };
        let line = |row: &TierRow| draw::line(row, width, ctx);
        let told = |row: &TierRow| draw::told((&page, row), width, ctx);
        self.telling.render(frame, (inner, rest), &page.rows, ctx, (line, told));
        self.asking.render(frame, area, ctx);
    }
}

/// What people have noted and may end; what an open flag says ends with the flag.
fn noted(row: &TierRow) -> impl Iterator<Item = &TierHappened> {
    row.events.iter().filter(|one| one.by.is_some())
}

/// What tells an event from the others of its customer.
fn key(one: &TierHappened) -> String {
    format!("{}:{}", one.event.as_code(), one.since)
}

/// What an answer asks the store to do.
fn command(asked: Asked, row: &TierRow, answered: &Answered) -> Option<TierCommand> {
    let customer = row.customer.clone();
    let value = |at: usize| answered.values.get(at).cloned().unwrap_or_default();
    Some(match asked {
        Asked::Propose => {
            let tier = Tier::from_code(&value(0))?;
            TierCommand::Propose { customer, tier, subgrade: value(1), reason: value(2) }
        }
        Asked::Confirm | Asked::Refuse => {
            let n = row.open.as_ref()?.n;
            let confirm = asked == Asked::Confirm;
            TierCommand::Decide { customer, n, confirm, note: value(0) }
        }
        Asked::Event => TierCommand::Note {
            customer,
            event: TierEvent::from_code(&value(0))?,
            since: value(1).parse().ok()?,
            ended: false,
            note: value(2),
        },
        Asked::End => {
            let one = noted(row).find(|one| key(one) == value(0))?;
            let (event, since) = (one.event, one.since);
            TierCommand::Note { customer, event, since, ended: true, note: value(1) }
        }
    })
}

fn ask(asked: Asked, row: &TierRow, ctx: &Ctx<'_>) -> Ask {
    let text = &ctx.text.tiers;
    let mut ask = match asked {
        Asked::Propose => {
            let tiers = Tier::ALL
                .iter()
                .map(|tier| (tier.as_code().to_owned(), words::tier(ctx.lang, *tier).to_owned()));
            let fields = vec![
                Field::choice(text.tier, row.machine.as_code(), tiers.collect()),
                Field::text(text.subgrade, ""),
                // To agree with the machine takes no words.
                Field::text(text.reason, "").required_unless(0, row.machine.as_code()),
            ];
            Ask::form("tier", text.propose_title, fields)
        }
        Asked::Confirm => {
            Ask::form("tier", text.confirm_title, vec![Field::text(text.opinion, "")])
        }
        Asked::Refuse => {
            Ask::form("tier", text.refuse_title, vec![Field::text(text.opinion, "").required()])
        }
        Asked::Event => {
            let events = TierEvent::ALL.iter().map(|event| {
                (event.as_code().to_owned(), words::tier_event(ctx.lang, *event).to_owned())
            });
            let first = TierEvent::ALL.first().map_or("", |event| event.as_code());
            let fields = vec![
                Field::choice(text.event, first, events.collect()),
                Field::date(text.since, ctx.today.to_string()).required(),
                Field::text(text.note, "").required(),
            ];
            Ask::form("tier", text.event_title, fields)
        }
        Asked::End => {
            let all: Vec<_> = noted(row)
                .map(|one| {
                    let event = words::tier_event(ctx.lang, one.event);
                    (key(one), format!("{} {event}", one.since))
                })
                .collect();
            let first = all.first().map_or_else(String::new, |(key, _)| key.clone());
            let fields =
                vec![Field::choice(text.which, first, all), Field::text(text.note, "").required()];
            Ask::form("tier", text.end_title, fields).starting_at(1)
        }
    };
    ask.lines.push(about(asked, row, ctx));
    if matches!(asked, Asked::Propose | Asked::Confirm | Asked::Refuse) {
        // Whoever puts one forward has read the machine's tier in the line above.
        if asked != Asked::Propose {
            ask.lines.push(format!("{} {}", text.machine, words::tier(ctx.lang, row.machine)));
        }
        ask.lines.extend(worked_out(row, ctx));
    }
    if asked == Asked::Event {
        ask.lines.push(text.since_note.to_owned());
    }
    ask
}

/// Why the machine proposes its tier, for whoever decides: people go no higher than what binds her.
fn worked_out(row: &TierRow, ctx: &Ctx<'_>) -> Vec<String> {
    let text = &ctx.text.tiers;
    let reasons = row.reasons.iter().map(|reason| text.said(reason));
    let reasons: Vec<String> = match row.reasons.as_slice() {
        [] if row.machine == Tier::Normal => vec![text.nothing.to_owned()],
        _ => reasons.collect(),
    };
    let mut lines: Vec<String> = reasons.into_iter().map(|reason| format!("  {reason}")).collect();
    // What was taken from the scales lately is told to the second person.
    let ended =
        row.ended.iter().map(|ended| format!("{}  {}", text.ended, draw::happened(ended, ctx)));
    lines.extend(ended);
    lines
}

/// Whom and what the question is about.
fn about(asked: Asked, row: &TierRow, ctx: &Ctx<'_>) -> String {
    let tier = |tier| words::tier(ctx.lang, tier);
    let what = match asked {
        Asked::Confirm | Asked::Refuse => match &row.open {
            Some(open) => format!(
                "{} {} {}  {}",
                tier(row.in_force),
                ctx.theme.glyphs.becomes,
                draw::graded(open.tier, open.subgrade.as_deref(), ctx),
                open.reason
            ),
            None => String::new(),
        },
        Asked::Propose | Asked::Event | Asked::End => {
            let text = &ctx.text.tiers;
            format!(
                "{} {}  {} {}",
                text.in_force,
                tier(row.in_force),
                text.machine,
                tier(row.machine)
            )
        }
    };
    format!("{}  {what}", row.name)
}

#[cfg(test)]
mod tests;
