//! Tiers that wait for somebody, and those of one customer.

use chrono::NaiveDate;
use rusqlite::{OptionalExtension as _, Result, Row, named_params};

use super::Asked;
use crate::assets::tiers as pack;
use crate::domain::ids::{CustomerId, UserId};
use crate::domain::loan::Tier;
use crate::domain::money::Fen;
use crate::domain::tier::{TierState, decode_reasons};
use crate::protocol::page::{TierAnswered, TierOpen, TierPast, TierRow, TiersPage};
use crate::store::row::{code, day, id, maybe_code, maybe_day, shown_to_minute};
use crate::store::tiers;

/// More than anybody confirms in a week; the rest shows as these are done.
const MOST: u32 = 500;
/// Decisions of a customer that are shown.
const PAST: u32 = 5;

impl Asked<'_> {
    /// The list, or one customer as things stand; `None` = she is not there or not in scope.
    pub(super) fn tiers_page(
        &self,
        customer: Option<&CustomerId>,
        officer: Option<&UserId>,
    ) -> Result<Option<TiersPage>> {
        let rules = pack::shared();
        let sight = self.sight.clone().narrowed(self.db, officer)?;
        let wanted = if customer.is_some() {
            "c.customer_id = :customer"
        } else {
            ":customer IS NULL AND (p.customer_id IS NOT NULL OR d.customer_id IS NOT NULL)"
        };
        let from = format!(
            "FROM customers c LEFT JOIN customer_facts x ON x.customer_id = c.customer_id \
             LEFT JOIN users u ON u.user = c.officer \
             LEFT JOIN tier_proposals p ON p.customer_id = c.customer_id \
             LEFT JOIN tier_decisions d ON d.customer_id = c.customer_id AND d.state = 'proposed' \
             LEFT JOIN users b ON b.user = d.proposed_by WHERE {wanted} AND {}",
            sight.sieve("c.officer")
        );
        let named = customer.map(CustomerId::as_str);
        let parameters = named_params! {":customer": named, ":scope": sight.value()};
        let answered = format!("d.n IS NULL AND p.customer_id IS NOT NULL AND {}", tiers::ANSWERED);
        let (total, decided) = self
            .db
            .prepare_cached(&format!(
                "SELECT count(*) FILTER (WHERE NOT ({answered})), \
                 count(*) FILTER (WHERE {answered}) {from}"
            ))?
            .query_row(parameters, |row| Ok((row.get(0)?, row.get(1)?)))?;
        let sql = format!(
            "SELECT c.customer_id, c.name, c.officer, coalesce(u.name, c.officer), x.exposure, \
             (SELECT max({}) FROM loans l \
              WHERE l.customer_id = c.customer_id AND l.status = 'active'), \
             c.tier, coalesce(x.tier, c.tier, 'normal'), p.tier, p.reasons, p.since, \
             d.n, d.tier, d.reason, coalesce(b.name, d.proposed_by), d.proposed_by IS :me, d.subgrade, \
             {answered} {from} ORDER BY d.n IS NULL, {answered}, x.exposure DESC, c.customer_id LIMIT {MOST}",
            tiers::rank_sql("l.tier")
        );
        let parameters = named_params! {
            ":customer": named, ":scope": sight.value(), ":me": self.actor.user.as_str(),
        };
        let read: Vec<(TierRow, Option<NaiveDate>)> = self
            .db
            .prepare_cached(&sql)?
            .query_map(parameters, |row| read(row, rules.confirm_days))?
            .collect::<Result<_>>()?;
        let mut rows = Vec::with_capacity(read.len());
        for (mut row, answered) in read {
            row.past = self.past_tiers(&row.customer)?;
            if let Some(since) = answered {
                row.answered = self.answered(&row, since)?;
            }
            row.events = tiers::events(self.db, rules, row.customer.as_str())?;
            if customer.is_some()
                && let Some(proposal) = tiers::proposal(self.db, &row.customer, self.today)?
            {
                (row.machine, row.reasons) = (proposal.tier, proposal.reasons);
            }
            rows.push(row);
        }
        if customer.is_some() && rows.is_empty() {
            return Ok(None);
        }
        Ok(Some(TiersPage {
            rows,
            total,
            answered: decided,
            verified: rules.verified,
            pack: rules.id.clone(),
        }))
    }

    /// The decision that was made with the proposal of a row in view.
    fn answered(&self, row: &TierRow, since: NaiveDate) -> Result<Option<TierAnswered>> {
        const SQL: &str = "SELECT d.tier, date(d.decided_at, '+8 hours'), \
             coalesce(e.name, d.decided_by) \
             FROM tier_decisions d LEFT JOIN users e ON e.user = d.decided_by \
             WHERE d.customer_id = :id AND d.state = 'confirmed' ORDER BY d.n DESC LIMIT 1";
        self.db
            .prepare_cached(SQL)?
            .query_row(named_params! {":id": row.customer.as_str()}, |found| {
                Ok(TierAnswered {
                    since,
                    tier: code(found, 0, Tier::from_code)?,
                    on: day(found, 1)?,
                    by: found.get(2)?,
                })
            })
            .optional()
    }

    fn past_tiers(&self, customer: &CustomerId) -> Result<Vec<TierPast>> {
        let sql = format!(
            "SELECT d.before, d.tier, d.state, d.reason, coalesce(b.name, d.proposed_by), \
             coalesce(e.name, d.decided_by, ''), coalesce(d.decided_at, d.proposed_at), d.subgrade \
             FROM tier_decisions d LEFT JOIN users b ON b.user = d.proposed_by \
             LEFT JOIN users e ON e.user = d.decided_by \
             WHERE d.customer_id = :id AND d.state <> 'proposed' ORDER BY d.n DESC LIMIT {PAST}"
        );
        self.rows_of(customer, &sql, |row| {
            let (by, decided): (String, String) = (row.get(4)?, row.get(5)?);
            let by = if decided.is_empty() { by } else { format!("{by} / {decided}") };
            Ok(TierPast {
                before: code(row, 0, Tier::from_code)?,
                tier: code(row, 1, Tier::from_code)?,
                state: code(row, 2, TierState::from_code)?,
                reason: row.get(3)?,
                by,
                at: shown_to_minute(&row.get::<_, String>(6)?),
                subgrade: row.get(7)?,
            })
        })
    }
}

/// A row, and since when it differs if people have decided upon it.
fn read(row: &Row<'_>, confirm: u64) -> Result<(TierRow, Option<NaiveDate>)> {
    let in_force = code(row, 7, Tier::from_code)?;
    let rank: Option<u32> = row.get(5)?;
    let booked = rank.and_then(|rank| Tier::ALL.get(rank as usize).copied());
    let machine = maybe_code(row, 8, Tier::from_code)?;
    let reasons: Option<String> = row.get(9)?;
    let since = maybe_day(row, 10)?;
    let open = match row.get::<_, Option<i64>>(11)? {
        None => None,
        Some(n) => Some(TierOpen {
            n,
            tier: code(row, 12, Tier::from_code)?,
            reason: row.get(13)?,
            by: row.get(14)?,
            own: row.get(15)?,
            subgrade: row.get(16)?,
        }),
    };
    let is_answered: bool = row.get(17)?;
    let (answered, waits) = if is_answered { (since, None) } else { (None, since) };
    let row = TierRow {
        customer: id(row, 0)?,
        name: row.get(1)?,
        officer: row.get(2)?,
        officer_name: row.get(3)?,
        exposure: row.get::<_, Option<i64>>(4)?.map(Fen),
        booked,
        confirmed: maybe_code(row, 6, Tier::from_code)?,
        in_force,
        machine: machine.unwrap_or(in_force),
        reasons: decode_reasons(&reasons.unwrap_or_default()),
        due_on: waits.and_then(|day| day.checked_add_days(chrono::Days::new(confirm))),
        open,
        events: Vec::new(),
        past: Vec::new(),
        answered: None,
    };
    Ok((row, answered))
}
