//! The brief: all that an officer should have in mind before she leaves, on one text that scrolls.
//! Watches `Query::Brief`. Writes `PlanMeeting`; returns `StartVisit`, `OpenVisit`, `OpenWhy`,
//! `OpenSheets`.

mod found;
mod known;
mod todo;

use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::domain::ids::CustomerId;
use crate::i18n::{format, words};
use crate::protocol::command::Command;
use crate::protocol::page::BriefPage;
use crate::protocol::query::Query;
use crate::protocol::reply::Outcome;
use crate::protocol::report::ReportKind;
use crate::ui::action::{Action, Answered};
use crate::ui::ask::{Ask, Field};
use crate::ui::ctx::Ctx;
use crate::ui::keymap::KeyContext;
use crate::ui::report::{self, About};
use crate::ui::widgets::facts::heading;
use crate::ui::widgets::frame::{empty, pane_with, put};

const MEET: &str = "prepare-meet";
const YES: &str = "yes";
const NO: &str = "no";

/// More people than this are not asked for in one dialog.
const MOST_PEOPLE: usize = 10;

/// A section of the brief: its heading and what it says.
type Section = (&'static str, Vec<Line<'static>>);

/// The brief.
#[derive(Debug, Default)]
pub struct BriefPane {
    customer: Option<CustomerId>,
    page: Option<Arc<BriefPage>>,
    offset: usize,
    height: usize,
    lines: usize,
    /// First line of each section, as drawn last.
    starts: Vec<usize>,
}

/// Starts the visit, or goes on with the draft that is open.
pub(super) fn begin(page: &BriefPage) -> Action {
    match &page.dossier.record {
        Some((visit, state)) if state.is_open() => Action::OpenVisit(visit.clone()),
        _ => Action::StartVisit(page.dossier.customer.clone()),
    }
}

impl BriefPane {
    /// Shows the brief of a customer.
    pub fn show(&mut self, customer: Option<CustomerId>) {
        if customer != self.customer {
            *self = Self { customer, ..Self::default() };
        }
    }

    /// What it is looking at.
    pub fn query(&self) -> Option<Query> {
        self.customer.clone().map(|customer| Query::Brief { customer })
    }

    /// Takes a page.
    pub fn load(&mut self, page: &Arc<BriefPage>) {
        if self.customer.as_ref() == Some(&page.dossier.customer) {
            self.page = Some(Arc::clone(page));
        }
    }

    /// Scrolls, chooses people, starts the visit.
    pub fn on_action(&mut self, action: &Action, ctx: &Ctx<'_>) -> Vec<Action> {
        self.scroll(action);
        let Some(page) = self.page.clone() else { return Vec::new() };
        match action {
            Action::Visit | Action::Open => vec![begin(&page)],
            Action::Why => vec![Action::OpenWhy(page.dossier.customer.clone())],
            Action::Sheets => vec![Action::OpenSheets(page.dossier.customer.clone())],
            Action::Copy => vec![Action::CopyText(page.dossier.name.clone())],
            Action::Meet => ask_people(&page, ctx),
            Action::Report => {
                vec![Action::ask(report::dialog_for(ReportKind::Brief, &about(&page), ctx))]
            }
            Action::Answered(answered) if answered.tag == report::TAG => {
                let command = report::command(answered, &about(&page));
                command.map(Action::apply).into_iter().collect()
            }
            Action::Answered(answered) if answered.tag == MEET => plan(&page, answered),
            _ => Vec::new(),
        }
    }

    /// A command of this pane is on disk.
    pub fn on_done(&mut self, command: &Command, _: &Outcome, ctx: &Ctx<'_>) -> Vec<Action> {
        let planned = matches!(command, Command::PlanMeeting { .. });
        planned.then(|| Action::say(ctx.text.prepare.planned)).into_iter().collect()
    }

    /// A text to read.
    pub fn context(&self) -> KeyContext {
        KeyContext::Brief
    }

    fn scroll(&mut self, action: &Action) {
        let last = self.lines.saturating_sub(self.height);
        let page = self.height.saturating_sub(1).max(1);
        let at = self.offset;
        self.offset = match action {
            Action::Next => (at + 1).min(last),
            Action::Previous => at.saturating_sub(1),
            Action::PageDown => (at + page).min(last),
            Action::PageUp => at.saturating_sub(page),
            Action::First => 0,
            Action::Last => last,
            Action::SectionNext => {
                self.starts.iter().find(|start| **start > at).map_or(last, |s| (*s).min(last))
            }
            Action::SectionPrevious => {
                self.starts.iter().rev().find(|start| **start < at).copied().unwrap_or(0)
            }
            _ => at,
        };
    }

    /// Draws as much of the text as there is room for.
    pub fn render(&mut self, frame: &mut Frame<'_>, area: Rect, focused: bool, ctx: &Ctx<'_>) {
        let text = &ctx.text.prepare;
        let Some(page) = self.page.clone() else {
            let inner = pane_with(frame, area, text.brief, "", focused, ctx);
            let none = self.customer.is_none();
            let note = if none { ctx.text.shell.no_customer } else { ctx.text.shell.loading };
            empty(frame, inner, note, ctx);
            return;
        };
        let name = format!("{}  {}", text.brief, page.dossier.name);
        let note = format!("{} {}", text.for_visit, format::day(page.day));
        let inner = pane_with(frame, area, &name, &note, focused, ctx);
        let inner = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
        let width = usize::from(inner.width);
        let mut lines: Vec<Line<'static>> = Vec::new();
        self.starts.clear();
        for (title, part) in sections(&page, width, ctx) {
            if !lines.is_empty() {
                lines.push(Line::default());
            }
            self.starts.push(lines.len());
            lines.push(heading(title, ctx));
            lines.extend(part);
        }
        self.height = usize::from(inner.height);
        self.lines = lines.len();
        self.offset = self.offset.min(self.lines.saturating_sub(self.height));
        for (row, line) in (0_u16..).zip(lines.into_iter().skip(self.offset).take(self.height)) {
            put(frame, inner, row, line);
        }
    }
}

/// All sections in the order in which one reads before leaving: why, what is new, what is open, what
/// to do, what is known.
fn sections(page: &BriefPage, width: usize, ctx: &Ctx<'_>) -> Vec<Section> {
    let text = &ctx.text.prepare;
    vec![
        (text.why, known::duties(page, width, ctx)),
        (text.since, known::since(page, width, ctx)),
        (text.flags, known::flags(page, width, ctx)),
        (text.meet, todo::people(page, width, ctx)),
        (text.papers, todo::papers(page, width, ctx)),
        (text.promises, known::promises(page, width, ctx)),
        (text.instalments, known::instalments(page, width, ctx)),
        (text.found, found::lines(page, width, ctx)),
        (text.figures, crate::ui::figures::lines(&page.dossier, width, ctx)),
        (text.outline, todo::outline(page, width, ctx)),
        (text.near, todo::near(page, width, ctx)),
    ]
}

/// A report that is asked for here is about the customer.
fn about(page: &BriefPage) -> About {
    About { customer: page.dossier.customer.clone(), visit: None }
}

fn ask_people(page: &BriefPage, ctx: &Ctx<'_>) -> Vec<Action> {
    let text = &ctx.text.prepare;
    if !page.writable {
        return vec![Action::warn(text.read_only)];
    }
    if page.people.is_empty() {
        return vec![Action::warn(text.meet_none)];
    }
    let options = || {
        vec![(YES.to_owned(), text.meets.to_owned()), (NO.to_owned(), text.meets_not.to_owned())]
    };
    let fields = page.people.iter().take(MOST_PEOPLE).map(|person| {
        let role = person.role.as_deref().unwrap_or("other");
        let label = format!("{} {}", person.name, words::contact_role(ctx.lang, role));
        Field::choice(label, if person.chosen { YES } else { NO }, options())
    });
    let mut ask = Ask::form(MEET, text.meet_title, fields.collect());
    ask.lines.push(text.meet_hint.to_owned());
    vec![Action::ask(ask)]
}

fn plan(page: &BriefPage, answered: &Answered) -> Vec<Action> {
    let chosen = page.people.iter().zip(&answered.values).filter(|(_, value)| *value == YES);
    vec![Action::apply(Command::PlanMeeting {
        customer: page.dossier.customer.clone(),
        people: chosen.map(|(person, _)| person.key.clone()).collect(),
        seen: page.people_revision,
    })]
}
