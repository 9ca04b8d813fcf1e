//! One open record: what is on disk, what is on the way there, and what the form says of both.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDateTime;

use super::read::{Hint, Read, read};
use crate::domain::answer::{Answer, Value};
use crate::domain::facts;
use crate::domain::flag::FlagState;
use crate::domain::gap::{Gap, GapKind};
use crate::form::{Carried, Fault, Form, Problem, Proposal, Row, State};
use crate::protocol::command::{Command, Revision};
use crate::protocol::page::{CommentRow, FlagRow, VisitPage};

/// An open record.
#[derive(Debug)]
pub(super) struct Session {
    pub(super) page: Arc<VisitPage>,
    pub(super) state: State,
    /// Gaps that the store told when it refused a submission.
    pub(super) told_gaps: Vec<Gap>,
    /// Time of the last answer on disk, as told.
    pub(super) saved_at: Option<String>,
    /// What the officer's own words and the talks name: shown, never owed.
    read: Read,
    form: Form,
    answers: BTreeMap<String, Answer>,
    revisions: BTreeMap<String, Revision>,
    /// Sent and not yet acknowledged.
    in_flight: BTreeMap<String, Option<Answer>>,
    /// Changed again while in flight: sent when that is acknowledged.
    waiting: BTreeMap<String, Option<Answer>>,
    /// Not written because of the machine (disk full, file busy): shown on, sent again later.
    held: BTreeMap<String, Option<Answer>>,
}

impl Session {
    /// Composes the form of a record; a pack that can't be read gives its fault.
    pub(super) fn new(page: Arc<VisitPage>) -> Result<Self, Fault> {
        let library = crate::assets::checklists::for_record(page.pack_text.as_deref())?;
        let form = Form::new(library, &page.sections, page.facts.clone(), page.last.clone());
        let mut session = Self {
            form,
            state: State::default(),
            told_gaps: Vec::new(),
            read: Read::default(),
            saved_at: None,
            answers: BTreeMap::new(),
            revisions: BTreeMap::new(),
            in_flight: BTreeMap::new(),
            waiting: BTreeMap::new(),
            held: BTreeMap::new(),
            page: Arc::clone(&page),
        };
        session.take(page);
        Ok(session)
    }

    /// Whether a page is of the same version with the same form.
    pub(super) fn same_form(&self, page: &VisitPage) -> bool {
        let mine = &*self.page;
        mine.visit == page.visit
            && mine.version == page.version
            && mine.pack == page.pack
            && mine.sections == page.sections
            && mine.facts == page.facts
            && mine.last == page.last
    }

    /// Takes a newer page; answers on the way stay as the officer gave them.
    pub(super) fn take(&mut self, page: Arc<VisitPage>) {
        self.answers = page.answers.iter().map(|(k, v)| (k.clone(), v.answer.clone())).collect();
        // What is on its way keeps the revision that it was sent with; everything else has the one
        // of the page, none if somebody cleared it.
        let (sent, held) = (&self.in_flight, &self.held);
        self.revisions.retain(|item, _| sent.contains_key(item) || held.contains_key(item));
        for (item, recorded) in &page.answers {
            self.revisions.entry(item.clone()).or_insert(recorded.revision);
        }
        let on_the_way: Vec<_> =
            self.held.iter().chain(&self.in_flight).chain(&self.waiting).collect();
        for (item, answer) in on_the_way {
            match answer {
                Some(answer) => self.answers.insert(item.clone(), answer.clone()),
                None => self.answers.remove(item),
            };
        }
        if self.page.flags != page.flags || self.page.answers != page.answers {
            self.told_gaps.clear();
        }
        self.page = page;
        self.judge();
    }

    /// What would be wrong with a value at a path.
    pub(super) fn problem_with(&self, path: &str, value: &Value) -> Option<Problem> {
        let mut answers = self.answers.clone();
        answers.insert(path.to_owned(), Answer::plain(value.clone()));
        self.form.evaluate(&answers).row(path)?.problem.clone()
    }

    /// What would be wrong with a value at a path whatever the other answers are.
    pub(super) fn problem_alone(&self, path: &str, value: &Value) -> Option<Problem> {
        let alone = BTreeMap::from([(path.to_owned(), Answer::plain(value.clone()))]);
        self.form.evaluate(&alone).row(path)?.problem.clone()
    }

    fn judge(&mut self) {
        self.state = self.form.evaluate(&self.answers);
        self.state.look_at_files(&self.answers, &self.page.filed());
        let title = |path: &str| self.state.row(path).map(|row| &*row.title);
        self.read = read(&self.answers, &self.page.heard, title);
        crate::form::own::in_force(&mut self.read.signals, &self.page.facts);
    }

    /// Looks at the clock, for what is handed in now; forgotten at the next answer.
    pub(super) fn look_at_clock(&mut self, now: NaiveDateTime) {
        self.judge();
        self.state.look_at_clock(&self.answers, &self.page.facts, now);
    }

    /// How much was taken over from last time.
    pub(super) fn carried(&self) -> Carried {
        self.state.carried(&self.answers)
    }

    /// The answer shown for a path.
    pub(super) fn answer(&self, path: &str) -> Option<&Answer> {
        self.answers.get(path)
    }

    /// Revision that the officer has seen of a path; 0 = none.
    pub(super) fn revision(&self, path: &str) -> Revision {
        self.revisions.get(path).copied().unwrap_or(0)
    }

    /// Whether an answer is still on its way.
    pub(super) fn is_saving(&self) -> bool {
        !self.in_flight.is_empty() || !self.held.is_empty()
    }

    /// How many answers the machine could not write so far.
    pub(super) fn held_back(&self) -> usize {
        self.held.len()
    }

    /// Shows an answer at once and gives the command that saves it, unless one is on its way for
    /// the same item: then it follows that one. `seen` is the revision when typing began: what
    /// somebody else wrote meanwhile must not be overwritten unasked.
    pub(super) fn commit(
        &mut self,
        path: &str,
        answer: Option<Answer>,
        seen: Option<Revision>,
    ) -> Option<Command> {
        self.told_gaps.clear();
        match &answer {
            Some(answer) => self.answers.insert(path.to_owned(), answer.clone()),
            None => self.answers.remove(path),
        };
        self.judge();
        self.held.remove(path);
        if self.in_flight.contains_key(path) {
            self.waiting.insert(path.to_owned(), answer);
            return None;
        }
        if let Some(seen) = seen {
            self.revisions.insert(path.to_owned(), seen);
        }
        Some(self.send(path, answer))
    }

    fn send(&mut self, path: &str, answer: Option<Answer>) -> Command {
        self.in_flight.insert(path.to_owned(), answer.clone());
        Command::Answer {
            visit: self.page.visit.clone(),
            item: path.to_owned(),
            answer,
            seen: self.revision(path),
        }
    }

    /// An answer is on disk; gives the command for the next change of the same item, if any.
    pub(super) fn saved(&mut self, item: &str, revision: Revision, at: &str) -> Option<Command> {
        self.in_flight.remove(item);
        self.revisions.insert(item.to_owned(), revision);
        self.saved_at = Some(at.to_owned());
        if let Some(next) = self.waiting.remove(item) {
            return Some(self.send(item, next));
        }
        self.send_held()
    }

    /// Sends one of the answers that could not be written; the next follows when it is on disk.
    pub(super) fn send_held(&mut self) -> Option<Command> {
        let (item, answer) = self.held.pop_first()?;
        Some(self.send(&item, answer))
    }

    /// The machine could not write an answer: it stays on the screen and is sent again later.
    pub(super) fn hold(&mut self, item: &str) {
        let sent = self.in_flight.remove(item);
        if let Some(answer) = self.waiting.remove(item).or(sent) {
            self.held.insert(item.to_owned(), answer);
        }
    }

    /// An answer was refused: what is on disk is shown again.
    pub(super) fn refused(&mut self, item: &str) {
        self.in_flight.remove(item);
        self.waiting.remove(item);
        self.take(Arc::clone(&self.page));
    }

    /// Suggested flags that nobody has decided on: neither during this visit nor before, where
    /// the customer has the flag already. The store judges by the same rule.
    pub(super) fn undecided(&self) -> Vec<&Proposal> {
        self.state.proposals.iter().filter(|p| !self.is_decided(p)).collect()
    }

    fn is_decided(&self, of: &Proposal) -> bool {
        let open = match self.page.facts.get(facts::OPEN_FLAGS) {
            Some(Value::Multi(codes)) => codes.as_slice(),
            _ => &[],
        };
        let of_visit = self.page.flags.iter().find(|f| f.signal == of.signal);
        of_visit.map_or(open.contains(&of.signal), |f| f.state != FlagState::Proposed)
    }

    /// What suggests a signal, decided or not.
    pub(super) fn cause_of(&self, signal: &str) -> Option<&Proposal> {
        self.state.proposals.iter().chain(&self.read.signals).find(|p| p.signal == signal)
    }

    /// What rules suggest and nobody has decided on, then what the officer's own words name beyond
    /// that.
    pub(super) fn suggested(&self) -> Vec<&Proposal> {
        let by_rule = |p: &Proposal| self.state.proposals.iter().any(|r| r.signal == p.signal);
        let read = self.read.signals.iter().filter(|p| !by_rule(p) && !self.is_decided(p));
        self.undecided().into_iter().chain(read).collect()
    }

    /// Tags and attitude that words and talks name.
    pub(super) fn hints(&self) -> &[Hint] {
        &self.read.hints
    }

    /// Items where the customer's questionnaire says something else than the officer, and she has
    /// not decided.
    pub(super) fn contradicted(&self) -> Vec<&str> {
        let open = self.page.declared.iter().filter(|(item, declared)| {
            let own = self.answer(item);
            !declared.kept_own && own.is_some_and(|own| own.value != declared.value)
        });
        open.map(|(item, _)| item.as_str()).collect()
    }

    /// The reviewer's comments that wait for an answer, on a question each.
    fn commented(&self) -> impl Iterator<Item = &CommentRow> {
        let open = self.page.comments.iter().filter(|c| !c.resolved && c.reply.is_none());
        open.filter(|comment| comment.item.is_some() && self.page.writable)
    }

    /// The comment at a path that waits for an answer.
    pub(super) fn comment_at(&self, path: &str) -> Option<&CommentRow> {
        self.commented().find(|comment| comment.item.as_deref() == Some(path))
    }

    /// How many comments wait for an answer, those on the whole record among them.
    pub(super) fn comments_open(&self) -> usize {
        let open = self.page.comments.iter().filter(|c| !c.resolved && c.reply.is_none());
        open.count()
    }

    /// Whether nothing keeps the record from being handed in, as far as the screen knows.
    pub(super) fn is_ready(&self) -> bool {
        self.state.is_complete()
            && self.undecided().is_empty()
            && self.contradicted().is_empty()
            && !self.page.second.is_owed()
    }

    /// The flag of this visit with this signal that still waits for a decision.
    pub(super) fn proposed(&self, signal: &str) -> Option<&FlagRow> {
        let waits = |f: &&FlagRow| f.signal == signal && f.state == FlagState::Proposed;
        self.page.flags.iter().find(waits)
    }

    /// Everything that is open: first what the reviewer wants to know, then what keeps the record from being handed in (what the store
    /// told when it refused included), then what will be printed as missing, each in the order of
    /// the form.
    pub(super) fn gaps(&self) -> Vec<Gap> {
        let mut gaps = self.state.gaps.clone();
        for proposal in self.undecided() {
            gaps.push(Gap { item: proposal.item.clone(), kind: GapKind::OpenProposal });
        }
        for item in self.contradicted() {
            gaps.push(Gap { item: item.to_owned(), kind: GapKind::OpenProposal });
        }
        if self.page.second.is_owed() {
            gaps.push(Gap { item: "co_inspector".to_owned(), kind: GapKind::Unsigned });
        }
        for told in &self.told_gaps {
            if !gaps.contains(told) {
                gaps.push(told.clone());
            }
        }
        gaps.sort_by_key(|gap| !gap.kind.is_hard());
        let row = |item: &str| self.state.row(item).map(|row| row.path.to_string());
        let comments = self.commented().filter_map(|comment| row(comment.item.as_deref()?));
        let mut all: Vec<Gap> = Vec::new();
        for item in comments {
            let gap = Gap { item, kind: GapKind::Commented };
            if !all.contains(&gap) {
                all.push(gap);
            }
        }
        all.extend(gaps);
        all
    }

    /// Every answer of a repeat group with the revision that the officer has seen.
    pub(super) fn seen_of(&self, group: &str) -> Vec<(String, Revision)> {
        let cell = |item: &str| item.strip_prefix(group).is_some_and(|rest| rest.starts_with('['));
        let ours = self.answers.keys().filter(|item| *item == group || cell(item));
        ours.map(|item| (item.clone(), self.revision(item))).collect()
    }

    /// How many rows a repeat group has.
    pub(super) fn rows_of(&self, path: &str) -> u32 {
        match self.answer(path).map(|a| &a.value) {
            Some(Value::Rows(n)) => *n,
            _ => 0,
        }
    }

    /// The row at an index.
    pub(super) fn row(&self, index: usize) -> Option<&Row> {
        self.state.rows.get(index)
    }
}
