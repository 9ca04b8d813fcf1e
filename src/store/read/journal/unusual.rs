//! Unusual reads: one person on one day, out of hours, in a row, refused, or more than is usual with
//! her. What is read comes from an index over looks alone, never from the whole journal.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use chrono::{DateTime, Days, Duration, FixedOffset, NaiveDate, Timelike as _};
use rusqlite::named_params;

use super::super::Asked;
use super::super::person::name_of;
use crate::access::Action;
use crate::assets::audit::{self, Limits};
use crate::domain::audit::Unusual;
use crate::domain::ids::UserId;
use crate::protocol::page::{UnusualPage, UnusualRow};
use crate::protocol::reply::Refusal;
use crate::store::instant;
use crate::store::row::{branch_time, count};

/// How long a quarter of an hour is.
const QUARTER: Duration = Duration::minutes(15);
/// Over how many days before the usual is worked out.
const USUAL: u64 = 90;

/// What one person did on one day, in the order in which she did it.
#[derive(Debug, Default)]
struct Day {
    reads: Vec<(DateTime<FixedOffset>, String)>,
    reveals: Vec<DateTime<FixedOffset>>,
    refused: Vec<DateTime<FixedOffset>>,
    late: Vec<DateTime<FixedOffset>>,
}

impl Asked<'_> {
    pub(in crate::store::read) fn unusual(&self, days: u32) -> Result<UnusualPage, Refusal> {
        const SQL: &str = "
            SELECT at, actor, command, subject,
                command = 'unlock' AND json_extract(after, '$.result') IS 'wrong'
            FROM journal
            WHERE at >= :since AND command IN ('read', 'read_refused', 'reveal', 'export', 'report',
                'note_copy', 'sign_in', 'sign_in_refused', 'unlock')
            UNION ALL
            SELECT at, actor, command, subject, json_extract(after, '$.result') IS 'wrong'
            FROM journal WHERE at >= :since AND command = 'vouch'
            ORDER BY at";
        if !self.actor.may(Action::ReadJournal) {
            return Err(Refusal::NotFound);
        }
        let limits = audit::shared();
        let first = self.today.checked_sub_days(Days::new(u64::from(days.saturating_sub(1))));
        let first = first.unwrap_or(self.today);
        let since = instant::start_of(first);
        let mut statement = self.db.prepare_cached(SQL)?;
        let mut rows = statement.query(named_params! {":since": since})?;
        let mut all: BTreeMap<(NaiveDate, String), Day> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let at: String = row.get(0)?;
            let Some(at) = branch_time(&at) else { continue };
            let command: String = row.get(2)?;
            let subject: String = row.get(3)?;
            let wrong: bool = row.get(4)?;
            // A refused log-in is of whoever tried, not of the program that noted it.
            let actor: String =
                if command == "sign_in_refused" { subject.clone() } else { row.get(1)? };
            let day = all.entry((at.date_naive(), actor)).or_default();
            match command.as_str() {
                "read" => day.reads.push((at, subject)),
                "reveal" => day.reveals.push(at),
                "read_refused" | "sign_in_refused" => day.refused.push(at),
                "unlock" | "vouch" if wrong => day.refused.push(at),
                _ => {}
            }
            let looks = matches!(command.as_str(), "read" | "reveal" | "export" | "report");
            if looks && self.is_late(at, limits) {
                day.late.push(at);
            }
        }
        let mut found = Vec::new();
        for ((date, user), day) in all.iter().rev() {
            let usual = self.usual(user, *date, &day.reveals)?;
            for (what, times, usual) in day.judged(limits, usual) {
                let (Some(first), Some(last)) = (times.first(), times.last()) else { continue };
                let clock = |at: &DateTime<FixedOffset>| at.format("%H:%M").to_string();
                found.push(UnusualRow {
                    day: *date,
                    actor: name_of(self.db, user)?,
                    user: UserId::from(user.as_str()),
                    what,
                    count: u32::try_from(times.len()).unwrap_or(u32::MAX),
                    usual,
                    between: (clock(first), clock(last)),
                });
            }
        }
        let pack = (limits.pack.clone(), limits.verified);
        Ok(UnusualPage { rows: found, days, pack })
    }

    fn is_late(&self, at: DateTime<FixedOffset>, limits: &Limits) -> bool {
        let hours = limits.first_hour..limits.last_hour;
        !hours.contains(&at.hour()) || !self.packs.workdays.is_workday(at.date_naive())
    }

    /// How often this person usually looks at personal data on a day on which she does, in tenths;
    /// asked only where it matters.
    fn usual(
        &self,
        user: &str,
        date: NaiveDate,
        reveals: &[DateTime<FixedOffset>],
    ) -> Result<Option<u32>, Refusal> {
        const SQL: &str = "
            SELECT 10 * count(*) / max(1, count(DISTINCT substr(at, 1, 10))) FROM journal
            WHERE command = 'reveal' AND actor = :user AND at >= :since AND at < :until";
        if reveals.is_empty() {
            return Ok(None);
        }
        let since = date.checked_sub_days(Days::new(USUAL)).unwrap_or(date);
        let parameters = named_params! {
            ":user": user, ":since": instant::start_of(since), ":until": instant::start_of(date),
        };
        let usual = self.db.prepare_cached(SQL)?.query_row(parameters, |row| count(row, 0))?;
        Ok(Some(usual))
    }
}

impl Day {
    /// What is unusual about it, with the times.
    fn judged(
        &self,
        limits: &Limits,
        usual: Option<u32>,
    ) -> Vec<(Unusual, Vec<DateTime<FixedOffset>>, Option<u32>)> {
        let many = |n: usize, limit: u32| n >= usize::try_from(limit).unwrap_or(usize::MAX);
        let mut found = Vec::new();
        let different: BTreeSet<&str> = self.reads.iter().map(|(_, who)| who.as_str()).collect();
        if many(different.len(), limits.reads_in_day)
            || many(self.most_in_a_quarter(), limits.reads_in_quarter)
        {
            let times = self.reads.iter().map(|(at, _)| *at).collect();
            found.push((Unusual::ManyReads, times, None));
        }
        if !self.late.is_empty() {
            found.push((Unusual::OutOfHours, self.late.clone(), None));
        }
        if many(self.refused.len(), limits.refused) {
            found.push((Unusual::Refused, self.refused.clone(), None));
        }
        let reveals = self.reveals.len();
        let above = usual.is_some_and(|tenths| {
            let times = u64::from(limits.reveals_times) * u64::from(tenths);
            u64::try_from(reveals).unwrap_or(u64::MAX).saturating_mul(10) >= times
        });
        if many(reveals, limits.reveals_most) || many(reveals, limits.reveals_least) && above {
            found.push((Unusual::ManyReveals, self.reveals.clone(), usual));
        }
        found
    }

    /// The most different customers that were looked at within a quarter of an hour.
    fn most_in_a_quarter(&self) -> usize {
        let mut window: VecDeque<&(DateTime<FixedOffset>, String)> = VecDeque::new();
        let mut most = 0;
        for read in &self.reads {
            window.push_back(read);
            while window.front().is_some_and(|(at, _)| read.0 - *at > QUARTER) {
                window.pop_front();
            }
            let different: BTreeSet<&str> = window.iter().map(|(_, who)| who.as_str()).collect();
            most = most.max(different.len());
        }
        most
    }
}
