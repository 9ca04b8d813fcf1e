//! Tiers that wait for somebody, and those of one customer.

use rusqlite::{Result, Row, named_params};

use super::Asked;
use crate::assets::tiers as pack;
use crate::domain::ids::{CustomerId, UserId};
use crate::domain::loan::Tier;
use crate::domain::money::Fen;
use crate::domain::tier::{TierEvent, TierState, decode_reasons};
use crate::protocol::page::{
    TierAnswered, TierHappened, TierOpen, TierPast, TierRow, TierSpans, TiersPage,
};
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
        // Where people decided as it was proposed they are of one mind with the machine: only the core
        // system still books another tier, and nothing is left to list.
        let wanted = if customer.is_some() {
            "c.customer_id = :customer"
        } else {
            ":customer IS NULL AND (d.customer_id IS NOT NULL \
             OR p.customer_id IS NOT NULL AND e.tier IS NOT p.tier)"
        };
        let from = format!(
            "FROM customers c LEFT JOIN customer_facts x ON x.customer_id = c.customer_id \
             LEFT JOIN users u ON u.user = c.officer \
             LEFT JOIN tier_proposals p ON p.customer_id = c.customer_id \
             LEFT JOIN tier_decisions d ON d.customer_id = c.customer_id AND d.state = 'proposed' \
             LEFT JOIN users b ON b.user = d.proposed_by \
             LEFT JOIN tier_decisions e ON d.n IS NULL AND e.customer_id = p.customer_id \
             AND e.n = (SELECT max(a.n) FROM tier_decisions a WHERE {}) \
             LEFT JOIN users k ON k.user = e.decided_by WHERE {wanted} AND {}",
            tiers::ANSWERS,
            sight.sieve("c.officer")
        );
        let named = customer.map(CustomerId::as_str);
        let parameters = named_params! {":customer": named, ":scope": sight.value()};
        let (total, decided) = self
            .db
            .prepare_cached(&format!(
                "SELECT count(*) FILTER (WHERE e.n IS NULL), \
                 count(*) FILTER (WHERE e.tier <> p.tier) {from}"
            ))?
            .query_row(parameters, |row| Ok((row.get(0)?, row.get(1)?)))?;
        let sql = format!(
            "SELECT c.customer_id, c.name, c.officer, coalesce(u.name, c.officer), x.exposure, \
             (SELECT max({}) FROM loans l \
              WHERE l.customer_id = c.customer_id AND l.status = 'active'), \
             c.tier, coalesce(x.tier, c.tier, 'normal'), p.tier, p.reasons, p.since, \
             d.n, d.tier, d.reason, coalesce(b.name, d.proposed_by), d.proposed_by IS :me, d.subgrade, \
             e.tier, date(e.decided_at, '+8 hours'), coalesce(k.name, e.decided_by), \
             e.decided_by, d.proposed_at \
             {from} ORDER BY d.n IS NULL, e.n IS NOT NULL, x.exposure DESC, c.customer_id LIMIT {MOST}",
            tiers::rank_sql("l.tier")
        );
        let parameters = named_params! {
            ":customer": named, ":scope": sight.value(), ":me": self.actor.user.as_str(),
        };
        let mut rows: Vec<TierRow> = self
            .db
            .prepare_cached(&sql)?
            .query_map(parameters, |row| read(row, rules.confirm_days))?
            .collect::<Result<_>>()?;
        for row in &mut rows {
            row.past = self.past_tiers(&row.customer)?;
            (row.events, row.ended) = self.happened(&row.customer)?;
            let flagged = tiers::flagged(self.db, rules, row.customer.as_str())?;
            row.events.extend(flagged.into_iter().map(|(event, since)| TierHappened {
                event,
                since,
                note: String::new(),
                by: None,
                ended_on: None,
            }));
            // Whoever decides sees why as things stand, also where nothing differs.
            if (customer.is_some() || row.open.is_some())
                && let Some(proposal) = tiers::proposal(self.db, &row.customer, self.today)?
            {
                (row.machine, row.reasons) = (proposal.tier, proposal.reasons);
            }
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
            spans: TierSpans {
                observation: (rules.observation_months, rules.observation_instalments),
                cure: (rules.cure_months, rules.cure_instalments),
            },
        }))
    }

    /// What was noted of a debtor: what has not ended, and the latest of what has.
    fn happened(&self, customer: &CustomerId) -> Result<(Vec<TierHappened>, Vec<TierHappened>)> {
        const SQL: &str = "
            SELECT e.event, e.since, e.note, coalesce(u.name, e.by), e.ended_on
            FROM tier_events e LEFT JOIN users u ON u.user = e.by
            WHERE e.customer_id = :id ORDER BY e.ended_on DESC, e.since, e.event";
        let all = self.rows_of(customer, SQL, |row| {
            Ok(TierHappened {
                event: code(row, 0, TierEvent::from_code)?,
                since: day(row, 1)?,
                note: row.get(2)?,
                by: Some(row.get(3)?),
                ended_on: maybe_day(row, 4)?,
            })
        })?;
        let (mut ended, open): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|one| one.ended_on.is_some());
        ended.truncate(PAST as usize);
        Ok((open, ended))
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

/// A row, without what is asked of each customer by herself.
fn read(row: &Row<'_>, confirm: u64) -> Result<TierRow> {
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
            at: shown_to_minute(&row.get::<_, String>(21)?),
        }),
    };
    let answered = match since.zip(maybe_code(row, 17, Tier::from_code)?) {
        None => None,
        Some((since, tier)) => {
            let (on, by, by_login) = (day(row, 18)?, row.get(19)?, id(row, 20)?);
            Some(TierAnswered { since, tier, on, by, by_login })
        }
    };
    let waits = since.filter(|_| answered.is_none());
    Ok(TierRow {
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
        ended: Vec::new(),
        past: Vec::new(),
        answered,
    })
}
