//! The book of runs: which job ran for which date, and what came of it.

use chrono::{DateTime, FixedOffset, NaiveDate};
use rusqlite::{Transaction, params};

use super::{Job, PATIENCE};
use crate::access::Actor;
use crate::store::keepers::tell_keepers;
use crate::store::{Error, Store, instant, journal, meta};

/// One run of a job.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run<'s> {
    pub(super) job: Job,
    /// For which business date.
    pub(super) date: NaiveDate,
    /// When it runs.
    pub(super) now: DateTime<FixedOffset>,
    /// The session that was there to run it.
    pub(super) session: &'s str,
}

impl Store {
    /// Counts a failure; who was parked is left alone. Who answers for the book is told once a date:
    /// a list that is empty because nothing looked must not pass for a calm one.
    pub(super) fn note_failure(&mut self, run: Run<'_>, error: &Error) {
        // Whoever was parked yesterday begins to count anew.
        const SQL: &str = "
            UPDATE jobs SET last_error = ?2, failed_for = ?3,
                failures = CASE WHEN failures >= ?4 AND failed_for < ?3 THEN 1 ELSE failures + 1 END
            WHERE job = ?1";
        let Run { job, date, now, .. } = run;
        let noted = self.begin().and_then(|tx| {
            insert_jobs(&tx)?;
            tx.execute(SQL, params![job.name(), error.to_string(), date.to_string(), PATIENCE])?;
            let subject = format!("{}@{date}", job.name());
            let told = tell_keepers(&tx, "job_failed", &subject, date, now)?;
            if told > 0 {
                let after = format!(r#"{{"business_date":"{date}","failed":true,"told":{told}}}"#);
                run.note(&tx, &after)?;
            }
            Ok(tx.commit()?)
        });
        if let Err(error) = noted {
            tracing::warn!(job = job.name(), %error, "failure not noted");
        }
    }
}

pub(super) fn insert_jobs(tx: &Transaction<'_>) -> Result<(), Error> {
    for job in Job::ALL {
        tx.prepare_cached("INSERT OR IGNORE INTO jobs (job) VALUES (?1)")?.execute([job.name()])?;
    }
    Ok(())
}

impl Run<'_> {
    /// Whether it was made already.
    pub(super) fn is_made(self, tx: &Transaction<'_>) -> Result<bool, Error> {
        const SQL: &str = "SELECT 1 FROM job_runs WHERE job = ?1 AND business_date = ?2";
        Ok(tx.prepare_cached(SQL)?.exists([self.job.name(), &self.date.to_string()])?)
    }

    /// Writes its row; false if there is one already. The exactly-once guarantee.
    pub(super) fn claim(self, tx: &Transaction<'_>) -> Result<bool, Error> {
        const SQL: &str = "
            INSERT OR IGNORE INTO job_runs (job, business_date, at, by_session, summary)
            VALUES (?1, ?2, ?3, ?4, '')";
        let at = instant::store(self.now);
        let row = params![self.job.name(), self.date.to_string(), at, self.session];
        Ok(tx.prepare_cached(SQL)?.execute(row)? == 1)
    }

    /// Notes what it did, in its row and in the journal. A time that is not the machine's is no time
    /// that the file has seen.
    pub(super) fn finish(
        self,
        tx: &Transaction<'_>,
        count: i64,
        clock_stands: bool,
    ) -> Result<(), Error> {
        const RUN: &str = "UPDATE job_runs SET summary = ?3 WHERE job = ?1 AND business_date = ?2";
        const WELL: &str =
            "UPDATE jobs SET failures = 0, failed_for = NULL, last_error = NULL WHERE job = ?1";
        let (job, date) = (self.job.name(), self.date);
        tx.prepare_cached(RUN)?.execute([job, &date.to_string(), &count.to_string()])?;
        insert_jobs(tx)?;
        tx.prepare_cached(WELL)?.execute([job])?;
        if !clock_stands {
            meta::see(tx, self.now)?;
        }
        self.note(tx, &format!(r#"{{"business_date":"{date}","count":{count}}}"#))
    }

    /// Has the journal say what came of it.
    fn note(self, tx: &Transaction<'_>, after: &str) -> Result<(), Error> {
        let entry = journal::Entry {
            actor: &Actor::program(self.session),
            now: self.now,
            op: None,
            command: "job",
            subject: self.job.name(),
            before: None,
            after: Some(after),
        };
        journal::append(tx, &entry)?;
        Ok(())
    }
}
