//! The book of runs: which job ran for which date, and what came of it.

use chrono::{DateTime, FixedOffset, NaiveDate};
use rusqlite::{Transaction, params};

use super::{Job, PATIENCE};
use crate::access::Actor;
use crate::store::keepers::tell_keepers;
use crate::store::{Error, Store, instant, journal, meta};

impl Store {
    /// Counts a failure; who was parked is left alone. Who answers for the book is told once a date:
    /// a list that is empty because nothing looked must not pass for a calm one.
    pub(super) fn note_failure(
        &mut self,
        job: Job,
        date: NaiveDate,
        (now, session): (DateTime<FixedOffset>, &str),
        error: &Error,
    ) {
        // Whoever was parked yesterday begins to count anew.
        const SQL: &str = "
            UPDATE jobs SET last_error = ?2, failed_for = ?3,
                failures = CASE WHEN failures >= ?4 AND failed_for < ?3 THEN 1 ELSE failures + 1 END
            WHERE job = ?1";
        let noted = self.begin().and_then(|tx| {
            insert_jobs(&tx)?;
            tx.execute(SQL, params![job.name(), error.to_string(), date.to_string(), PATIENCE])?;
            let subject = format!("{}@{date}", job.name());
            let told = tell_keepers(&tx, "job_failed", &subject, date, now)?;
            if told > 0 {
                let after = format!(r#"{{"business_date":"{date}","failed":true,"told":{told}}}"#);
                note(&tx, job, now, session, &after)?;
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

pub(super) fn has_run(tx: &Transaction<'_>, job: Job, date: NaiveDate) -> Result<bool, Error> {
    const SQL: &str = "SELECT 1 FROM job_runs WHERE job = ?1 AND business_date = ?2";
    Ok(tx.prepare_cached(SQL)?.exists([job.name(), &date.to_string()])?)
}

/// Writes the run's row; false if there is one already. The exactly-once guarantee.
pub(super) fn claim(
    tx: &Transaction<'_>,
    job: Job,
    date: NaiveDate,
    now: DateTime<FixedOffset>,
    session: &str,
) -> Result<bool, Error> {
    const SQL: &str = "
        INSERT OR IGNORE INTO job_runs (job, business_date, at, by_session, summary)
        VALUES (?1, ?2, ?3, ?4, '')";
    let run = params![job.name(), date.to_string(), instant::store(now), session];
    Ok(tx.prepare_cached(SQL)?.execute(run)? == 1)
}

/// Notes what the run did, in its row and in the journal.
pub(super) fn finish(
    tx: &Transaction<'_>,
    job: Job,
    date: NaiveDate,
    now: DateTime<FixedOffset>,
    session: &str,
    count: i64,
    stands: bool,
) -> Result<(), Error> {
    const RUN: &str = "UPDATE job_runs SET summary = ?3 WHERE job = ?1 AND business_date = ?2";
    const WELL: &str =
        "UPDATE jobs SET failures = 0, failed_for = NULL, last_error = NULL WHERE job = ?1";
    tx.prepare_cached(RUN)?.execute([job.name(), &date.to_string(), &count.to_string()])?;
    insert_jobs(tx)?;
    tx.prepare_cached(WELL)?.execute([job.name()])?;
    if !stands {
        meta::see(tx, now)?;
    }
    let after = format!(r#"{{"business_date":"{date}","count":{count}}}"#);
    note(tx, job, now, session, &after)
}

/// Has the journal say what came of a job.
fn note(
    tx: &Transaction<'_>,
    job: Job,
    now: DateTime<FixedOffset>,
    session: &str,
    after: &str,
) -> Result<(), Error> {
    let entry = journal::Entry {
        actor: &Actor::program(session),
        now,
        op: None,
        command: "job",
        subject: job.name(),
        before: None,
        after: Some(after),
    };
    journal::append(tx, &entry)?;
    Ok(())
}
