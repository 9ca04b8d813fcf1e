//! One record as its reviewer reads it: what was mended since it was returned and what changed since
//! the last visit first, then flags, gaps, lateness, documents, then everything by section. Approved,
//! returned, commented on, called back and amended from here.
//! Watches `Query::Record`. Returns `Ask`, `Apply`, `Reviewed`, `OpenFlag`, `OpenVisit`, `OpenCompare`.

use std::collections::BTreeSet;
use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::domain::ids::{CustomerId, VisitId};
use crate::domain::review::{CallResult, OpinionLevel};
use crate::form::Fault;
use crate::i18n::Catalog;
use crate::protocol::command::{Command, Revision};
use crate::protocol::page::{RecordPage, ReviewPart};
use crate::protocol::query::Query;
use crate::protocol::reply::{Outcome, Refusal};
use crate::ui::action::Action;
use crate::ui::ctx::Ctx;
use crate::ui::keymap::KeyContext;
use crate::ui::widgets::blocks::Blocks;
use crate::ui::widgets::scroll::Scroll;

mod act;
mod conduct;
mod dialogs;
mod draw;
mod find;
mod rounds;
mod sheet;
mod short;

use sheet::{Entry, Sheet};

/// The record under review.
#[derive(Debug, Default)]
pub struct RecordPane {
    visit: Option<VisitId>,
    sheet: Option<Sheet>,
    /// What is shown, in order; made anew when the page, the folds or the way of showing change.
    entries: Vec<Entry>,
    scroll: Scroll,
    blocks: Blocks,
    /// Sections shown in full.
    unfolded: BTreeSet<String>,
    /// The pack of the record can't be read: the fault in its own words.
    broken: Option<Fault>,
    /// What a dialog is about, as it was when the dialog opened.
    asked: Option<Asked>,
    /// What was looked for last.
    wanted: String,
    /// A decision met a record that somebody changed meanwhile.
    meanwhile: bool,
    /// The decision for which a PIN is being looked at.
    vouched: Option<Command>,
}

/// What a dialog is about.
#[derive(Debug, Clone)]
struct Asked {
    visit: VisitId,
    seen: Revision,
    content_hash: String,
    /// As whom an opinion is given, and the revision of the one that is there.
    opinion: Option<(OpinionLevel, Revision)>,
    item: Option<String>,
}

impl RecordPane {
    /// Opens a record.
    pub fn open(&mut self, visit: VisitId) {
        if self.visit.as_ref() != Some(&visit) {
            *self = Self { visit: Some(visit), ..Self::default() };
        }
    }

    /// Shows nothing.
    pub fn close(&mut self) {
        *self = Self::default();
    }

    /// The open record.
    pub fn visit(&self) -> Option<&VisitId> {
        self.visit.as_ref()
    }

    /// The name of that customer, raw.
    pub fn customer_name(&self) -> Option<&str> {
        self.sheet.as_ref().map(|sheet| sheet.page.visit.name.as_str())
    }

    /// The customer of the open record, once it is loaded.
    pub fn customer(&self) -> Option<CustomerId> {
        self.sheet.as_ref().map(|sheet| sheet.page.visit.customer.clone())
    }

    /// What it is looking at.
    pub fn query(&self) -> Option<Query> {
        self.visit.clone().map(|visit| Query::Record { visit })
    }

    /// Takes a page; selection and folds stay.
    pub fn load(&mut self, page: Arc<RecordPage>) {
        if self.visit.as_ref() != Some(&page.visit.visit) {
            return;
        }
        let first = self.sheet.is_none();
        match Sheet::new(page) {
            Ok(sheet) => {
                if first && sheet.is_first_visit() {
                    let sections = sheet.state.sections.iter().map(|s| s.id.to_string());
                    self.unfolded.extend(sections);
                }
                self.sheet = Some(sheet);
                self.broken = None;
            }
            Err(fault) => {
                self.sheet = None;
                self.broken = Some(fault);
            }
        }
        self.list();
    }

    /// Makes the list anew; the selection stays on its row.
    fn list(&mut self) {
        let wanted = self.entry().map(|entry| self.key(entry));
        self.entries =
            self.sheet.as_ref().map_or_else(Vec::new, |sheet| sheet.entries(&self.unfolded));
        let mut rows = self.entries.iter().filter(|entry| entry.is_row());
        if let Some(wanted) = wanted
            && let Some(at) = rows.position(|entry| self.key(entry) == wanted)
        {
            self.scroll.select(at);
        }
        let last = self.rows().saturating_sub(1);
        self.scroll.select(self.scroll.selected().min(last));
    }

    /// What makes an entry the same after the list was made anew.
    fn key(&self, entry: &Entry) -> (u8, String) {
        self.sheet.as_ref().map(|sheet| sheet.key(entry)).unwrap_or_default()
    }

    /// How many entries can be selected.
    fn rows(&self) -> usize {
        self.entries.iter().filter(|entry| entry.is_row()).count()
    }

    /// The selected entry.
    fn entry(&self) -> Option<&Entry> {
        self.entries.iter().filter(|entry| entry.is_row()).nth(self.scroll.selected())
    }

    /// Selects the first entry of which this holds.
    fn go_to(&mut self, wanted: impl Fn(&Entry) -> bool) -> bool {
        let found = self.entries.iter().filter(|entry| entry.is_row()).position(wanted);
        if let Some(at) = found {
            self.scroll.select(at);
        }
        found.is_some()
    }

    /// Does what an action means here.
    pub fn on_action(&mut self, action: &Action, ctx: &Ctx<'_>) -> Vec<Action> {
        self.act(action, ctx)
    }

    /// A decision is on disk: says so, and on to the next record.
    pub fn on_done(&mut self, command: &Command, done: &Outcome, ctx: &Ctx<'_>) -> Vec<Action> {
        let text = &ctx.text.review;
        let name = self.sheet.as_ref().map_or("", |sheet| sheet.page.visit.name.as_str());
        let (name, colon) = (ctx.theme.clean(name), ctx.lang.colon());
        match command {
            Command::Approve { visit, .. } => {
                let waits = *done == Outcome::Reviewed { approved: false };
                let what = if waits { text.approval_kept } else { text.approved };
                vec![Action::say(format!("{what}{colon}{name}")), Action::Reviewed(visit.clone())]
            }
            Command::GiveOpinion { visit, .. } => {
                let last = *done == Outcome::Reviewed { approved: true };
                let what = if last { text.opinion_last } else { text.opinion_kept };
                vec![Action::say(format!("{what}{colon}{name}")), Action::Reviewed(visit.clone())]
            }
            Command::CallBack { result, .. } => {
                let open = self.sheet.as_ref().is_some_and(Sheet::is_submitted);
                vec![match (result, open) {
                    (CallResult::Differs, true) => Action::warn(text.call_differs),
                    (CallResult::Differs, false) => Action::warn(text.call_amend),
                    _ => Action::say(text.call_kept),
                }]
            }
            Command::Return { visit, .. } => {
                let said = Action::say(format!("{}{colon}{name}", text.returned));
                vec![said, Action::Reviewed(visit.clone())]
            }
            Command::Pin(_) => self.vouched.take().map(Action::apply).into_iter().collect(),
            Command::Comment { .. } => vec![Action::say(text.commented)],
            Command::Amend { visit, .. } => {
                vec![Action::say(text.amended), Action::OpenVisit(visit.clone())]
            }
            _ => Vec::new(),
        }
    }

    /// What was decided about an older content was not written: no "write mine" is offered, the
    /// record is to be read again.
    pub fn on_refused(&mut self, command: &Command, why: &Refusal, _: &Ctx<'_>) -> bool {
        let decision = matches!(
            command,
            Command::Approve { .. } | Command::Return { .. } | Command::GiveOpinion { .. }
        );
        self.meanwhile = decision && matches!(why, Refusal::Conflict { .. });
        self.meanwhile
    }

    /// Whether an action has anything to act on: a decision that is hers, an answer to call back on.
    pub fn offers(&self, action: &Action, ctx: &Ctx<'_>) -> bool {
        match action {
            Action::Approve => self.to_approve(ctx).is_ok(),
            Action::ReturnRecord => self.to_return(ctx).is_ok(),
            Action::Sample => self.to_call(ctx).is_ok(),
            _ => true,
        }
    }

    /// What approving is called here: whose opinion is asked gives that.
    pub fn approving<'a>(&self, text: &'a Catalog) -> Option<&'a str> {
        let part = self.sheet.as_ref().map(|sheet| sheet.page.part)?;
        matches!(part, ReviewPart::Opinion(_) | ReviewPart::Spoken(_)).then_some(text.verbs.opinion)
    }

    /// Where its keys go now.
    pub fn context(&self) -> KeyContext {
        KeyContext::Record
    }

    /// Draws itself.
    pub fn render(&mut self, frame: &mut Frame<'_>, area: Rect, focused: bool, ctx: &Ctx<'_>) {
        draw::pane(self, frame, area, focused, ctx);
    }
}

#[cfg(test)]
mod tests;
