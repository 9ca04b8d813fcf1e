//! The sample of a month: which visits are called back.
//!
//! Whether a visit is drawn follows from month, branch, the percentage of the rules and the visit
//! alone, so that anybody draws the same again, a visit once drawn stays drawn, and nothing that is
//! handed in later moves it. Where chance has drawn none of a branch, the first one is taken.

use chrono::{Datelike as _, Months, NaiveDate};
use rusqlite::{OptionalExtension as _, Result, named_params};
use sm3::{Digest as _, Sm3};

use super::Asked;
use super::person::wrote_in;
use crate::domain::ids::VisitId;
use crate::domain::review::CallResult;
use crate::domain::visit::VisitState;
use crate::protocol::page::{SamplePage, SampleRow};
use crate::store::instant;
use crate::store::row::{branch_time, code, count, day, id, maybe_code};

/// First versions that were handed in during a month and count, in order of the visit.
const POPULATION: &str = "
    SELECT r.visit_id, coalesce(o.branch, ''), v.customer_id, c.name, coalesce(o.name, c.officer),
        v.visited_on, coalesce(v.state, 'approved'), v.officer, c.officer,
        (SELECT k.result FROM call_backs k WHERE k.visit_id = r.visit_id ORDER BY k.n DESC LIMIT 1),
        (SELECT count(*) FROM call_backs k WHERE k.visit_id = r.visit_id)
    FROM records r
    CROSS JOIN visits v ON v.visit_id = r.visit_id
    CROSS JOIN customers c ON c.customer_id = v.customer_id
    LEFT JOIN users o ON o.user = c.officer
    WHERE r.version = 1 AND r.state IN ('submitted', 'approved')
        AND r.submitted_at >= :from AND r.submitted_at < :to";

/// A visit with what decides whether it is drawn.
struct Ticket {
    row: SampleRow,
    branch: String,
    number: u64,
    /// Who was responsible when the visit began, and who is now.
    officers: [Option<String>; 2],
}

impl Asked<'_> {
    /// The sample of the month that begins on this day.
    pub(super) fn sample(&self, month: NaiveDate) -> Result<SamplePage> {
        let month = month.with_day(1).unwrap_or(month);
        let percent = self.packs.review.sample_percent;
        let tickets = self.tickets(month)?;
        let drawn_from = u32::try_from(tickets.len()).unwrap_or(u32::MAX);
        let drawn = drawn(&tickets, percent);
        let mut rows = Vec::new();
        let chosen = tickets.into_iter().zip(drawn);
        for (ticket, _) in chosen.filter(|(ticket, drawn)| *drawn || ticket.row.calls > 0) {
            let me = &self.actor.user;
            let hers = ticket.officers.iter().flatten().any(|user| user == me.as_str());
            let own = hers || wrote_in(self.db, me, &ticket.row.visit, 1)?;
            rows.push(SampleRow { own, ..ticket.row });
        }
        rows.sort_by_key(|row| {
            let open = matches!(row.result, None | Some(CallResult::NotReached));
            (!open, row.own, row.visited_on, row.visit.clone())
        });
        Ok(SamplePage { month, percent, drawn_from, rows })
    }

    /// Whether a visit is in the sample of the month in which it was handed in.
    pub(super) fn is_sampled(&self, visit: &VisitId) -> Result<bool> {
        const SQL: &str = "
            SELECT submitted_at FROM records WHERE visit_id = :visit AND version = 1
                AND state IN ('submitted', 'approved')";
        let at: Option<String> = self
            .db
            .prepare_cached(SQL)?
            .query_row(named_params! {":visit": visit.as_str()}, |row| row.get(0))
            .optional()?
            .flatten();
        let month = at.as_deref().and_then(branch_time).and_then(|at| at.date_naive().with_day(1));
        let Some(month) = month else { return Ok(false) };
        let tickets = self.tickets(month)?;
        let drawn = drawn(&tickets, self.packs.review.sample_percent);
        Ok(tickets.iter().zip(drawn).any(|(ticket, drawn)| drawn && ticket.row.visit == *visit))
    }

    fn tickets(&self, month: NaiveDate) -> Result<Vec<Ticket>> {
        let from = instant::start_of(month);
        let to = month.checked_add_months(Months::new(1)).map(instant::start_of);
        let to = to.unwrap_or_default();
        let percent = self.packs.review.sample_percent;
        let sql = format!("{POPULATION} AND {} ORDER BY r.visit_id", self.sight.sieve("c.officer"));
        self.db
            .prepare_cached(&sql)?
            .query_map(
                named_params! {":scope": self.sight.value(), ":from": from, ":to": to},
                |row| {
                    let visit: VisitId = id(row, 0)?;
                    let branch: String = row.get(1)?;
                    Ok(Ticket {
                        number: number(month, &branch, percent, &visit),
                        row: SampleRow {
                            own: false,
                            customer: id(row, 2)?,
                            name: row.get(3)?,
                            officer: id(row, 8)?,
                            officer_name: row.get(4)?,
                            visited_on: day(row, 5)?,
                            state: code(row, 6, VisitState::from_code)?,
                            result: maybe_code(row, 9, CallResult::from_code)?,
                            calls: count(row, 10)?,
                            visit,
                        },
                        branch,
                        officers: [row.get(7)?, row.get(8)?],
                    })
                },
            )?
            .collect()
    }
}

/// The number of a visit in the draw of its month and branch.
fn number(month: NaiveDate, branch: &str, percent: u32, visit: &VisitId) -> u64 {
    let seed = format!("{}|{branch}|{percent}|{visit}", month.format("%Y-%m"));
    let hash = Sm3::digest(seed.as_bytes());
    hash.iter().take(8).fold(0, |number, byte| (number << 8) | u64::from(*byte))
}

/// Which are drawn: numbers below the percentage, and of each branch at least the lowest.
fn drawn(tickets: &[Ticket], percent: u32) -> Vec<bool> {
    let below = |ticket: &Ticket| ticket.number % 10_000 < u64::from(percent) * 100;
    let lowest = |ticket: &Ticket| {
        let branch = || tickets.iter().filter(|other| other.branch == ticket.branch);
        !branch().any(below) && branch().all(|other| ticket.number <= other.number)
    };
    tickets.iter().map(|ticket| percent > 0 && (below(ticket) || lowest(ticket))).collect()
}
