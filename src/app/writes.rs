//! Writes under way: what the worker has not answered yet, and what is asked before it is undone.

use std::collections::BTreeMap;

use crate::domain::ids::OpId;
use crate::protocol::command::Command;
use crate::protocol::reply::Request;
use crate::ui::overlays::Overlay;
use crate::ui::screen::PaneId;

/// Writes under way, with the pane that asked.
#[derive(Debug)]
pub(super) struct Writes {
    session: String,
    count: u64,
    pub(super) pending: BTreeMap<OpId, Pending>,
    /// Deeds that weigh so much that taking them back is asked first, with the name of whom each
    /// was about, latest last.
    pub(super) weighty: Vec<(&'static str, String)>,
    /// The deed about which was asked.
    pub(super) asked: Option<&'static str>,
}

/// A write under way.
#[derive(Debug)]
pub(super) struct Pending {
    pub(super) command: Command,
    /// The pane that asked.
    pub(super) from: PaneId,
    /// The form in which it was entered.
    pub(super) form: Option<Overlay>,
    /// Whom the pane was about then: with the answer it may already look at the next.
    pub(super) whose: String,
}

impl Writes {
    pub(super) fn new(session: &str) -> Self {
        let (pending, weighty) = (BTreeMap::new(), Vec::new());
        Self { session: session.to_owned(), count: 0, pending, weighty, asked: None }
    }

    /// Whom the last deed of this kind was about.
    pub(super) fn whose(&self, deed: &str) -> &str {
        self.weighty.last().filter(|(last, _)| *last == deed).map_or("", |(_, name)| name)
    }

    /// Nobody answered the question.
    pub(super) const fn forget_question(&mut self) {
        self.asked = None;
    }

    pub(super) fn any(&self) -> bool {
        !self.pending.is_empty()
    }

    /// A request for one write.
    pub(super) fn apply(&mut self, command: Command, from: PaneId) -> Request {
        self.entered(command, from, None, String::new())
    }

    /// A request for one write that was entered in a form.
    pub(super) fn entered(
        &mut self,
        command: Command,
        from: PaneId,
        form: Option<Overlay>,
        whose: String,
    ) -> Request {
        self.count += 1;
        let op = OpId(format!("{}-{}", self.session, self.count));
        self.pending.insert(op.clone(), Pending { command: command.clone(), from, form, whose });
        Request::Apply { op, command }
    }
}
