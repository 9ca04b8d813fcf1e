//! What runs by itself: rolling the plan into the new day, escalation, the nightly copy, tidying.
//!
//! A job runs once per business date, whoever opens the program first: its row in `job_runs` is
//! written in the transaction of its effects, and the row's key is the guarantee. Escalation makes
//! up for missed dates, oldest first; for the others only the newest date matters, because each of
//! their runs replaces what the one before has made. A job that failed three times is parked until
//! the next business date, or until somebody gives it another chance.

mod escalate;
mod kind;
mod roll;
mod runs;

use std::time::Duration;

use chrono::{DateTime, Days, FixedOffset, NaiveDate};
use rusqlite::OptionalExtension;

use kind::Job;
use runs::{Run, insert_jobs};

use super::backup::Night;
use super::lease::{self, Uptime};
use super::row::maybe_day;
use super::{
    ClockState, Error, Store, card, files, instant, journal, likeness, meta, nights, project,
    retention, score, tiers, warning,
};
use crate::access::{Action, Actor};
use crate::assets::Packs;
use crate::protocol::reply::{JobResult, Refusal};

/// How many missed dates are made up for in one go.
const CATCH_UP: u64 = 31;
/// How often a job may fail before it is left alone.
const PATIENCE: i64 = 3;
/// How long a copy may take.
const BACKUP_LEASE: Duration = Duration::from_mins(10);
/// How many earlier records are indexed in one transaction, and how many transactions a night has:
/// what is left waits for the next one.
const BATCH: u32 = 200;
const BATCHES: u32 = 500;
/// From this size on the write-ahead log is cut at the next tidying.
const WAL_LIMIT: u64 = 64 << 20;

/// A job as the command line lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobLine {
    /// Name.
    pub job: String,
    /// Runs at all.
    pub enabled: bool,
    /// Failures since the last success.
    pub failures: i64,
    /// Left alone after too many failures.
    pub parked: bool,
    /// Kind of the last failure.
    pub last_error: Option<String>,
    /// The business date for which it failed last: the next one is another chance.
    pub failed_for: Option<NaiveDate>,
    /// The last business date for which it ran.
    pub last_date: Option<NaiveDate>,
    /// When that was (UTC, as stored).
    pub last_at: Option<String>,
    /// What it did then, as count.
    pub last_count: Option<i64>,
}

impl Store {
    /// Runs all jobs that are due at this time; those that ran for the day already do nothing.
    /// While the clock stands before what the file has seen, or far ahead of it, none runs.
    pub fn run_jobs(&mut self, now: DateTime<FixedOffset>, session: &str) -> Vec<JobResult> {
        let mut results = Vec::new();
        match self.clock_state(now) {
            Ok(ClockState::Right) => {}
            Ok(ClockState::Back | ClockState::Ahead) => return results,
            Err(error) => {
                tracing::warn!(%error, "jobs not run");
                return results;
            }
        }
        // Whoever is left is planned as if she had been taken over: the jobs need not wait for it.
        if let Err(error) = self.move_book(&Actor::program(session), now) {
            tracing::warn!(%error, "book not taken over");
        }
        for job in Job::ALL {
            match self.due_dates(job, now) {
                Ok(dates) => {
                    for date in dates {
                        let ran = self.run_job(Run { job, date, now, session });
                        // What follows rests on the plan, which another session is rolling.
                        if job == Job::RollPlan && ran.as_ref().is_some_and(waits) {
                            return results;
                        }
                        results.extend(ran);
                    }
                }
                Err(error) => tracing::warn!(job = job.name(), %error, "job not run"),
            }
        }
        if let Err(error) = self.look_for_new_signals(now, session) {
            tracing::warn!(%error, "signals not looked for");
        }
        if let Err(error) = self.tell_of_late_steps(now, session) {
            tracing::warn!(%error, "late flags not told of");
        }
        results
    }

    /// All jobs with what they did last.
    pub fn jobs_list(&self) -> Result<Vec<JobLine>, Error> {
        Job::ALL.iter().map(|job| self.job_line(*job)).collect()
    }

    /// Gives a parked job another chance. `false` = there is no such job; for whoever operates the
    /// branch server alone.
    pub fn resume_job(
        &mut self,
        actor: &Actor,
        now: DateTime<FixedOffset>,
        job: &str,
    ) -> Result<bool, Refusal> {
        const SQL: &str = "
            UPDATE jobs SET enabled = 1, failures = 0, failed_for = NULL, last_error = NULL
            WHERE job = ?1";
        if !actor.may(Action::Operate) {
            return Err(Refusal::NotAllowed);
        }
        let tx = self.begin()?;
        insert_jobs(&tx)?;
        if tx.execute(SQL, [job]).map_err(Error::from)? == 0 {
            return Ok(false);
        }
        let entry = journal::Entry {
            actor,
            now,
            op: None,
            command: "resume_job",
            subject: job,
            before: None,
            after: None,
        };
        journal::append(&tx, &entry)?;
        tx.commit().map_err(Error::from)?;
        Ok(true)
    }

    /// Takes the word of somebody that a clock far ahead is right: jobs run again.
    pub fn confirm_clock(
        &mut self,
        actor: &Actor,
        now: DateTime<FixedOffset>,
    ) -> Result<(), Error> {
        let tx = self.begin()?;
        if meta::clock_state(&tx, now)? != ClockState::Ahead {
            return Ok(());
        }
        let before = meta::get(&tx, meta::MAX_SEEN)?.unwrap_or_default();
        let after = instant::store(now);
        meta::set(&tx, meta::MAX_SEEN, &after)?;
        let json = |at: &str| format!(r#"{{"seen":"{at}"}}"#);
        let entry = journal::Entry {
            actor,
            now,
            op: None,
            command: "confirm_clock",
            subject: "clock",
            before: Some(&json(&before)),
            after: Some(&json(&after)),
        };
        journal::append(&tx, &entry)?;
        Ok(tx.commit()?)
    }

    fn job_line(&self, job: Job) -> Result<JobLine, Error> {
        const STATE: &str =
            "SELECT enabled, failures, last_error, failed_for FROM jobs WHERE job = ?1";
        const LAST: &str = "
            SELECT business_date, at, summary FROM job_runs
            WHERE job = ?1 ORDER BY business_date DESC LIMIT 1";
        let state = self
            .conn()
            .prepare_cached(STATE)?
            .query_row([job.name()], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, maybe_day(row, 3)?))
            })
            .optional()?;
        let (enabled, failures, last_error, failed_for) = state.unwrap_or((true, 0, None, None));
        let last: Option<(Option<NaiveDate>, String, String)> = self
            .conn()
            .prepare_cached(LAST)?
            .query_row([job.name()], |row| Ok((maybe_day(row, 0)?, row.get(1)?, row.get(2)?)))
            .optional()?;
        let (last_date, last_at, summary) = match last {
            Some((date, at, summary)) => (date, Some(at), Some(summary)),
            None => (None, None, None),
        };
        Ok(JobLine {
            job: job.name().to_owned(),
            enabled,
            failures,
            parked: failures >= PATIENCE,
            last_error,
            failed_for,
            last_date,
            last_at,
            last_count: summary.and_then(|summary| summary.parse().ok()),
        })
    }

    /// The business dates for which a job is to run now, oldest first.
    fn due_dates(&self, job: Job, now: DateTime<FixedOffset>) -> Result<Vec<NaiveDate>, Error> {
        let today = instant::business_date(now);
        let line = self.job_line(job)?;
        let done = line.last_date.is_some_and(|last| last >= today);
        let parked = line.parked && line.failed_for.is_none_or(|date| date >= today);
        if done || parked || !line.enabled || job == Job::Backup && self.is_demo()? {
            return Ok(Vec::new());
        }
        if job == Job::IndexTexts && likeness::has_all_earlier(self.conn())? {
            return Ok(Vec::new());
        }
        let Some(last) = line.last_date.filter(|_| job == Job::Escalate) else {
            return Ok(vec![today]);
        };
        let oldest = today.checked_sub_days(Days::new(CATCH_UP - 1)).unwrap_or(today);
        let first = last.succ_opt().unwrap_or(today).max(oldest);
        Ok(first.iter_days().take_while(|date| *date <= today).collect())
    }

    /// Runs a job for a date; `None` if somebody else has.
    fn run_job(&mut self, run: Run<'_>) -> Option<JobResult> {
        let Run { job, date, .. } = run;
        let ran = match job {
            Job::Backup => self.back_up(run),
            _ => self.run_inside(run),
        };
        let (count, error) = match ran {
            Ok(None) => return None,
            Ok(Some(count)) => (count, None),
            Err(error) => {
                tracing::warn!(job = job.name(), %error, "job failed");
                // What passes by itself must not park a job.
                if !matches!(error, Error::Busy | Error::DiskFull | Error::NewerSchema { .. }) {
                    self.note_failure(run, &error);
                }
                (0, Some(error.to_string()))
            }
        };
        Some(JobResult { job: job.name().to_owned(), business_date: date, count, error })
    }

    /// A job whose effects are all in the database: one transaction, all or nothing.
    fn run_inside(&mut self, run: Run<'_>) -> Result<Option<i64>, Error> {
        let Run { job, date, now, session } = run;
        let packs = self.packs_in_force()?;
        let stands = self.clock_stands;
        // Found before the lock is taken: nobody waits for the reading of a whole book. What is
        // written meanwhile is looked at afterwards.
        let (found, look, strange) = if job == Job::Signals {
            let book = self.rule_book()?;
            let strange = self.strange_to(&book)?;
            let look = self.whole_look(&book, date)?;
            (self.find_signals(&book, None, date)?, Some(look), strange)
        } else {
            (warning::Looked::default(), None, Vec::new())
        };
        let rolled = if job == Job::RollPlan {
            let Some(rolled) = self.roll(&packs, run)? else { return Ok(None) };
            rolled
        } else {
            0
        };
        let indexed = if job == Job::IndexTexts { self.index_texts(&packs)? } else { 0 };
        let tx = self.begin()?;
        if !run.claim(&tx)? {
            return Ok(None);
        }
        let count = match job {
            Job::RollPlan => {
                project::note_projected(&tx, &packs, date)?;
                super::lateness::propose(&tx, &packs, None, date, now)?;
                lease::release(&tx, job.name(), session)?;
                i64::try_from(rolled).unwrap_or(i64::MAX)
            }
            Job::Classify => {
                nights::keep(&tx, date)?;
                tiers::classify_book(&tx, date)?
            }
            Job::ScoreBook => score::score_all(&tx, &card::in_force(&tx)?, date)?,
            Job::Escalate => escalate::run(&tx, &packs.policy, &packs.workdays, date, now)?,
            Job::Retention => retention::remind(&tx, date, now)?,
            Job::Signals => {
                warning::tell_branches(&tx, &strange, date, now)?;
                let made = warning::propose(&tx, &packs, &found, now, session)?;
                i64::try_from(made.len()).unwrap_or(i64::MAX)
            }
            Job::IndexTexts => i64::try_from(indexed).unwrap_or(i64::MAX),
            Job::Backup | Job::Maintain => 0,
        };
        run.finish(&tx, count, stands)?;
        if let Some(look) = look {
            look.note(&tx)?;
        }
        tx.commit()?;
        if job == Job::Maintain {
            self.tidy()?;
            let gone = files::Shelf::of(self.conn()).tidy(self.conn(), now)?;
            tracing::info!(gone, "files without a record");
        }
        Ok(Some(count))
    }

    /// Takes earlier texts into the index in small transactions, so that nobody waits for it; where
    /// it was interrupted the next one goes on.
    fn index_texts(&mut self, packs: &Packs) -> Result<u64, Error> {
        let mut all = 0;
        for _ in 0..BATCHES {
            let tx = self.begin()?;
            let taken = likeness::take_in_earlier(&tx, packs, BATCH)?;
            tx.commit()?;
            let Some(count) = taken else { break };
            all += count;
        }
        Ok(all)
    }

    /// Lets the engine renew its statistics and cuts a write-ahead log that has grown. Both may
    /// be done by several at once; that somebody is still reading is no failure.
    fn tidy(&self) -> Result<(), Error> {
        self.conn().execute_batch("PRAGMA optimize")?;
        let mut wal = self.path().as_os_str().to_owned();
        wal.push("-wal");
        let size = std::fs::metadata(wal).map_or(0, |meta| meta.len());
        let how = if size > WAL_LIMIT { "TRUNCATE" } else { "PASSIVE" };
        let sql = format!("PRAGMA wal_checkpoint({how})");
        let busy: bool = self.conn().query_row(&sql, [], |row| row.get(0))?;
        if busy {
            tracing::info!(size, "write-ahead log is still being read");
        }
        Ok(())
    }

    /// The copy lies outside the database, so a lease guards it: who has lost the lease meanwhile
    /// publishes nothing.
    fn back_up(&mut self, run: Run<'_>) -> Result<Option<i64>, Error> {
        let Run { job, date, now, session } = run;
        let name = job.name();
        let stands = self.clock_stands;
        let tx = self.begin()?;
        let at = Uptime::read(now);
        let epoch = if run.is_made(&tx)? {
            None
        } else {
            lease::take(&tx, name, session, &at, BACKUP_LEASE)?
        };
        tx.commit()?;
        let Some(epoch) = epoch else { return Ok(None) };
        let night = Night::make(self.conn(), &self.backup_dir(), date, epoch)?;
        // What a copy names lies beside it before it counts. That a file is missing here is told by
        // the doctor; it must not keep the database from being copied.
        self.back_up_files(night.path())?;
        let tx = self.begin()?;
        if !lease::holds(&tx, name, session, epoch)? || !run.claim(&tx)? {
            return Ok(None);
        }
        night.publish()?;
        let size = i64::try_from(night.size).unwrap_or(i64::MAX);
        run.finish(&tx, size, stands)?;
        lease::release(&tx, name, session)?;
        tx.commit()?;
        Ok(Some(size))
    }
}

/// Whether another session is at it.
fn waits(ran: &JobResult) -> bool {
    ran.error == Some(Error::Busy.to_string())
}

#[cfg(test)]
mod tests;
