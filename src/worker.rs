//! The store's thread: requests, standing queries, live refresh, jobs.
//!
//! [`Worker::handle`] and [`Worker::poll`] are plain calls, so that a test needs no thread;
//! [`spawn`] is the shell around them. A page is sent only when it differs from the last one of
//! its slot, so a pane needs no code to refresh and an unrelated write draws nothing.

pub mod calendar;
mod figures;
mod keep;
mod reads;
pub mod report;
mod shell;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::access::Actor;
use crate::clock::Clock;
use crate::domain::ids::OpId;
use crate::protocol::calendar::{CalendarCommand, CalendarOrder};
use crate::protocol::command::{CockpitCommand, Command};
use crate::protocol::page::Page;
use crate::protocol::query::{Query, Slot};
use crate::protocol::reply::{Outcome, Refusal, Reply, Request};
use crate::protocol::report::ReportOrder;
use crate::store::{Stir, Store};
use keep::Kept;
use reads::Reads;
use report::{Asking, Target};

pub use reads::Noting;
pub use shell::{session_id, spawn};

/// How long after a look at the jobs the next is taken: one may have failed, or the clock may have
/// stood back.
const LOOK_AGAIN: chrono::Duration = chrono::Duration::minutes(1);

/// What a slot looks at, and what was said about it last.
#[derive(Debug)]
struct Watch {
    seq: u64,
    query: Query,
    last: Option<Result<Page, Refusal>>,
}

/// Serves one session.
pub struct Worker {
    store: Store,
    actor: Actor,
    clock: Arc<dyn Clock>,
    watches: BTreeMap<Slot, Watch>,
    /// What is being typed and not on disk yet.
    kept: Kept,
    /// Whom this session has looked at.
    reads: Reads,
    /// Number of the journal's row up to which the pages on the screen are known to tell.
    seen: i64,
    /// The day that the pages on the screen are for.
    business_date: NaiveDate,
    /// When jobs are looked at again, and on which day they were last; `None` = not yet.
    jobs_next: Option<(DateTime<FixedOffset>, NaiveDate)>,
    /// Whether this session runs jobs at all.
    jobs: bool,
    /// Folder of reports; `None` = `exports` beside the file.
    exports: Option<PathBuf>,
    down: bool,
}

impl std::fmt::Debug for Worker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Worker").field("actor", &self.actor.user).finish_non_exhaustive()
    }
}

impl Worker {
    /// A worker for this actor. Jobs run with the first [`Worker::poll`] and with each new day.
    pub fn new(store: Store, actor: Actor, clock: Arc<dyn Clock>) -> Self {
        let business_date = Store::business_date(clock.now());
        // Not known = from the first row on: too much is read again, never too little.
        let seen = store.journal_head().map_or(0, |head| head.seq);
        Self {
            store,
            actor,
            clock,
            watches: BTreeMap::new(),
            kept: Kept::default(),
            reads: Reads::default(),
            seen,
            business_date,
            jobs_next: None,
            jobs: true,
            exports: None,
            down: false,
        }
    }

    /// The same without jobs, for a session that shall not write by itself.
    #[must_use]
    pub fn without_jobs(mut self) -> Self {
        self.jobs = false;
        self
    }

    /// The same with another folder for reports.
    #[must_use]
    pub fn exporting_to(mut self, folder: Option<PathBuf>) -> Self {
        self.exports = folder;
        self
    }

    /// The same, with what is looked at in the journal.
    #[must_use]
    pub fn noting(mut self, noting: Noting) -> Self {
        self.reads.noting = noting;
        self
    }

    /// Who is served.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The store, for what the command line asks beside the protocol.
    pub fn store(&mut self) -> &mut Store {
        &mut self.store
    }

    /// Whether a panic has ended the service.
    pub fn is_down(&self) -> bool {
        self.down
    }

    /// Serves one request.
    pub fn handle(&mut self, request: Request) -> Vec<Reply> {
        let what = match &request {
            Request::Watch { slot, .. } | Request::Unwatch { slot } => format!("{slot:?}"),
            Request::Apply { command, .. } => command.code().to_owned(),
        };
        self.guarded(&what, |worker| match request {
            Request::Watch { slot, seq, query } => worker.watch(slot, seq, query),
            Request::Unwatch { slot } => {
                worker.unlook(slot);
                worker.watches.remove(&slot);
                Vec::new()
            }
            Request::Apply { op, command } => worker.apply(op, command),
        })
    }

    /// Looks whether another process has written, whether a new day has begun and whether a job
    /// is to run; sends what has changed.
    pub fn poll(&mut self) -> Vec<Reply> {
        self.guarded("poll", Self::look_around)
    }

    /// Looks whether another process has written or a new day has begun, and leaves the jobs alone:
    /// what the thread does between requests.
    fn refresh(&mut self) -> Vec<Reply> {
        self.guarded("poll", |worker| worker.look_at_file(false))
    }

    /// Ends the service: what was being typed goes to the disk, then the engine may tidy up.
    pub fn close(mut self) {
        self.write_kept(self.clock.now());
        self.store.close();
    }

    /// Runs what may panic: a fault in one request ends the session cleanly instead of leaving a
    /// screen that waits for ever.
    fn guarded(&mut self, what: &str, work: impl FnOnce(&mut Self) -> Vec<Reply>) -> Vec<Reply> {
        if self.down {
            return Vec::new();
        }
        match catch_unwind(AssertUnwindSafe(|| work(self))) {
            Ok(replies) => replies,
            Err(_panic) => {
                // What it says may hold a customer's name; where it happened does not.
                self.down = true;
                vec![Reply::Down { what: format!("panic:{what}") }]
            }
        }
    }

    fn watch(&mut self, slot: Slot, seq: u64, query: Query) -> Vec<Reply> {
        let watch = self.watches.get(&slot);
        if watch.is_some_and(|watch| watch.seq > seq) {
            return Vec::new();
        }
        let now = self.clock.now();
        if matches!(query, Query::Visit { .. }) {
            // The page tells which field was being typed.
            self.write_kept(now);
        }
        if let Err(why) = self.look(&query, now) {
            return vec![Reply::Unread { slot, seq, why }];
        }
        self.watches.insert(slot, Watch { seq, query, last: None });
        self.rerun(slot, now, None).into_iter().collect()
    }

    fn apply(&mut self, op: OpId, command: Command) -> Vec<Reply> {
        let now = self.clock.now();
        if matches!(command, Command::KeepDraft { .. } | Command::KeepPlace { .. }) {
            self.kept.put(command, now);
            return vec![Reply::Done { op, outcome: Outcome::Plain }];
        }
        // What was typed before comes before what is written now.
        self.write_kept(now);
        if let Command::MakeReport { order, made: None } = &command {
            return vec![self.make_report(op, order, now)];
        }
        if let Command::MakeCalendar(CalendarCommand { order, made: None }) = &command {
            return vec![self.make_calendar(op, order, now)];
        }
        if let Some(order) = figures::ordered(&command) {
            return vec![self.make_file(op, order, now)];
        }
        match self.store.apply(&self.actor, now, &op, &command) {
            Ok(outcome) => {
                let mut replies = vec![Reply::Done { op, outcome }];
                replies.extend(self.rerun_stirred(now));
                replies
            }
            Err(why @ Refusal::Conflict { .. }) => {
                // The other's write may not have been noticed yet: show it with the refusal.
                let mut replies = self.rerun_stirred(now);
                replies.push(Reply::Refused { op, why });
                replies
            }
            Err(why) => vec![Reply::Refused { op, why }],
        }
    }

    /// Makes a report into the folder for them: nobody at a screen names a path.
    fn make_report(&mut self, op: OpId, order: &ReportOrder, now: DateTime<FixedOffset>) -> Reply {
        let folder = self.exports();
        let asking = Asking { actor: &self.actor, read_at: now, noted_at: now, op: &op };
        let made = report::make(&mut self.store, asking, order, Target::Folder(&folder));
        laid_down(op, made)
    }

    /// Makes the actor's calendar file in the same folder, over the last one.
    fn make_calendar(
        &mut self,
        op: OpId,
        order: &CalendarOrder,
        now: DateTime<FixedOffset>,
    ) -> Reply {
        let folder = self.exports();
        let path = calendar::place(&folder, &self.actor.user);
        let asking = Asking { actor: &self.actor, read_at: now, noted_at: now, op: &op };
        let made = crate::outgoing::private_folder(&folder)
            .map_err(report::at(&folder))
            .and_then(|()| calendar::make(&mut self.store, asking, order, &path));
        laid_down(op, made.map(|(path, _)| path))
    }

    /// Makes a file of the cockpit's or the portfolio's figures in the same folder.
    fn make_file(&mut self, op: OpId, of: &CockpitCommand, now: DateTime<FixedOffset>) -> Reply {
        let folder = self.exports();
        let asking = Asking { actor: &self.actor, read_at: now, noted_at: now, op: &op };
        let made = figures::make(&mut self.store, asking, of, &folder);
        laid_down(op, made)
    }

    /// The folder for what leaves.
    fn exports(&self) -> PathBuf {
        let beside = || self.store.path().with_file_name("exports");
        self.exports.clone().unwrap_or_else(beside)
    }

    fn look_around(&mut self) -> Vec<Reply> {
        let mut replies = Vec::new();
        let mut changed = false;
        if self.jobs_are_due() {
            let summary = self.store.run_jobs(self.clock.now(), &self.actor.session);
            if !summary.is_empty() {
                // Jobs plan, and the journal does not tell of whom.
                changed = true;
                replies.push(Reply::JobsRan { summary });
            }
        }
        replies.extend(self.look_at_file(changed));
        replies
    }

    /// Runs the standing queries again if the file or the day has changed.
    fn look_at_file(&mut self, changed: bool) -> Vec<Reply> {
        let now = self.clock.now();
        let today = Store::business_date(now);
        if self.kept.is_due(now) {
            self.write_kept(now);
        }
        self.note_looks(now);
        let elsewhere = self.store.changed_elsewhere().unwrap_or_else(|error| {
            tracing::warn!(%error, "change of the file not read");
            false
        });
        let another_day = std::mem::replace(&mut self.business_date, today) != today;
        if changed || another_day {
            self.rerun_all(now, None)
        } else if elsewhere {
            self.rerun_stirred(now)
        } else {
            Vec::new()
        }
    }

    /// Whether it is time to look at the jobs; says so once.
    fn jobs_are_due(&mut self) -> bool {
        let now = self.clock.now();
        let today = Store::business_date(now);
        let due =
            self.jobs && self.jobs_next.is_none_or(|(next, seen)| now >= next || seen != today);
        if due {
            self.jobs_next = Some((now + LOOK_AGAIN, today));
        }
        due
    }

    /// Writes what was kept. What the store refuses for now stays for the next look; what it will
    /// never take is given up, and the answer itself will be refused with a reason.
    fn write_kept(&mut self, now: DateTime<FixedOffset>) {
        let Self { kept, store, actor, .. } = self;
        kept.write(now, |command| store.apply(actor, now, &OpId::from("kept"), command));
    }

    /// Runs the standing queries again after something was written. Whatever they show is journalled:
    /// while the journal stands, the file changed only by what is being typed somewhere and by the
    /// program's own notes.
    fn rerun_stirred(&mut self, now: DateTime<FixedOffset>) -> Vec<Reply> {
        match self.store.stir(self.seen) {
            Ok(stir) if stir.head == self.seen => Vec::new(),
            Ok(stir) => {
                self.seen = stir.head;
                if stir.silent {
                    return self.rerun(Slot::Journal, now, None).into_iter().collect();
                }
                self.rerun_all(now, Some(&stir))
            }
            Err(error) => {
                tracing::warn!(%error, "journal not read");
                self.rerun_all(now, None)
            }
        }
    }

    /// Runs the standing queries again; without `stir` whatever may have changed.
    fn rerun_all(&mut self, now: DateTime<FixedOffset>, stir: Option<&Stir>) -> Vec<Reply> {
        let slots: Vec<Slot> = self.watches.keys().copied().collect();
        slots.into_iter().filter_map(|slot| self.rerun(slot, now, stir)).collect()
    }

    /// Runs a standing query; a reply only if it says something new.
    fn rerun(
        &mut self,
        slot: Slot,
        now: DateTime<FixedOffset>,
        stir: Option<&Stir>,
    ) -> Option<Reply> {
        let watch = self.watches.get_mut(&slot)?;
        let found = match (&watch.last, stir) {
            (Some(Ok(page)), Some(stir)) => {
                self.store.query_again(&self.actor, now, &watch.query, page, stir)
            }
            _ => self.store.query(&self.actor, now, &watch.query),
        };
        if watch.last.as_ref() == Some(&found) {
            return None;
        }
        watch.last = Some(found.clone());
        let seq = watch.seq;
        Some(match found {
            Ok(page) => Reply::Loaded { slot, seq, page },
            Err(why) => Reply::Unread { slot, seq, why },
        })
    }
}

/// What became of a file that was asked for.
fn laid_down(op: OpId, made: Result<PathBuf, report::Fault>) -> Reply {
    match made {
        Ok(path) => {
            let path = path.display().to_string();
            Reply::Done { op, outcome: Outcome::ReportMade { path } }
        }
        Err(fault) => {
            tracing::warn!(%fault, "file not made");
            Reply::Refused { op, why: fault.into() }
        }
    }
}

#[cfg(test)]
mod tests;
