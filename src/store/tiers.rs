//! The five-tier classification over the book: what the machine proposes, kept where it differs
//! from the tier in force.
//!
//! What wins: the plan takes the worse of the tier that the core system books on the running loans
//! and of the one that was confirmed here. A booked tier comes with each import and is never
//! changed here; the confirmed one is changed only by two people, or by an import that brings a
//! value.

use chrono::NaiveDate;
use rusqlite::{Connection, Result, Row, named_params, params};

use super::instalment::{oldest_open, owed, paid_on};
use super::row::{code, day, maybe_code, maybe_day};
use crate::assets::tiers;
use crate::domain::customer::Line;
use crate::domain::ids::CustomerId;
use crate::domain::loan::{Tier, days_past_due};
use crate::domain::money::Fen;
use crate::domain::tier::{TierEvent, TierProposal};
use crate::risk::tiers::{Claim, Debtor, Instalment, Rules, best, propose};

/// How bad the tier of a column is, from 0: the greatest is the worst, and found again in
/// [`Tier::ALL`].
pub(crate) fn rank_sql(column: &str) -> String {
    let ranks = Tier::ALL.iter().enumerate();
    let ranks: Vec<String> =
        ranks.map(|(rank, tier)| format!("WHEN '{}' THEN {rank}", tier.as_code())).collect();
    format!("CASE {column} {} END", ranks.join(" "))
}

/// Whether `a` is a decision upon the proposal `p` as it stands: with it in view, since it is there.
pub(crate) const ANSWERS: &str = "a.customer_id = p.customer_id AND a.state = 'confirmed' \
    AND a.machine = p.tier AND date(a.decided_at, '+8 hours') >= p.since";

/// Whether people have decided upon the proposal `p`. It waits for nobody then, however much it
/// differs from the tier in force.
pub(crate) fn answered() -> String {
    format!("EXISTS (SELECT 1 FROM tier_decisions a WHERE {ANSWERS})")
}

/// Whether rules about several debts hold for a line of business.
const fn is_company(line: Option<Line>) -> bool {
    matches!(line, Some(Line::Corporate | Line::SmallBusiness | Line::Project))
}

/// What happened to a debtor and has not ended: as noted, and as open flags say.
pub(crate) fn events(
    db: &Connection,
    rules: &Rules,
    customer: &str,
) -> Result<Vec<(TierEvent, NaiveDate)>> {
    const NOTED: &str = "SELECT event, since FROM tier_events
        WHERE customer_id = ?1 AND ended_on IS NULL ORDER BY since, event";
    let noted = |row: &Row<'_>| Ok((code(row, 0, TierEvent::from_code)?, day(row, 1)?));
    let mut all: Vec<(TierEvent, NaiveDate)> =
        db.prepare_cached(NOTED)?.query_map([customer], noted)?.collect::<Result<_>>()?;
    all.extend(flagged(db, rules, customer)?);
    Ok(all)
}

/// What open flags say that happened to a debtor.
pub(crate) fn flagged(
    db: &Connection,
    rules: &Rules,
    customer: &str,
) -> Result<Vec<(TierEvent, NaiveDate)>> {
    const FLAGS: &str = "SELECT signal, confirmed_on FROM flags
        WHERE customer_id = ?1 AND state = 'confirmed' AND confirmed_on IS NOT NULL
        ORDER BY confirmed_on, flag_id";
    let mut all = Vec::new();
    if !rules.signals.is_empty() {
        let mut statement = db.prepare_cached(FLAGS)?;
        let mut rows = statement.query([customer])?;
        while let Some(row) = rows.next()? {
            let signal: String = row.get(0)?;
            // A flag may carry words behind its code.
            let code = signal.split_whitespace().next().unwrap_or_default();
            if let Some(event) = rules.signals.get(code) {
                all.push((*event, day(row, 1)?));
            }
        }
    }
    Ok(all)
}

fn claims(db: &Connection, customer: &str, today: NaiveDate) -> Result<Vec<Claim>> {
    const SQL: &str = concat!(
        "SELECT l.loan_id, l.balance, l.days_past_due, ",
        oldest_open!("?2"),
        " FROM loans l WHERE l.customer_id = ?1 AND l.status = 'active' ORDER BY l.loan_id"
    );
    let claim = |row: &Row<'_>| {
        let balance: Option<i64> = row.get(1)?;
        let days = days_past_due(row.get(2)?, maybe_day(row, 3)?, today);
        Ok(Claim { loan: row.get(0)?, balance: balance.map(Fen), days: days.unwrap_or(0) })
    };
    db.prepare_cached(SQL)?.query_map(params![customer, today.to_string()], claim)?.collect()
}

/// Also those of loans that were settled: what was late there was paid with the settlement at the
/// latest.
fn instalments(db: &Connection, customer: &str, today: NaiveDate) -> Result<Vec<Instalment>> {
    const SQL: &str = concat!(
        "SELECT l.loan_id, l.status = 'active' AND coalesce(l.balance, 1) > 0, r.due_on, ",
        paid_on!(),
        " FROM loans l CROSS JOIN repayments r ON r.loan_id = l.loan_id
        WHERE l.customer_id = ?1 AND l.status <> 'written_off' AND r.due_on <= ?2 AND ",
        owed!(),
        " ORDER BY r.due_on, l.loan_id"
    );
    let one = |row: &Row<'_>| {
        let (loan, runs) = (row.get(0)?, row.get(1)?);
        Ok(Instalment { loan, runs, due: day(row, 2)?, paid: maybe_day(row, 3)? })
    };
    db.prepare_cached(SQL)?.query_map(params![customer, today.to_string()], one)?.collect()
}

/// Whether a schedule of a running loan is known, also one that lies ahead.
fn is_scheduled(db: &Connection, customer: &str) -> Result<bool> {
    const SQL: &str = "SELECT 1 FROM loans l CROSS JOIN repayments r ON r.loan_id = l.loan_id
        WHERE l.customer_id = ?1 AND l.status = 'active'";
    db.prepare_cached(SQL)?.exists([customer])
}

/// What a debtor is judged to be.
type Judge = fn(&Rules, Debtor<'_>, NaiveDate) -> TierProposal;

/// What the machine proposes. Where nothing is lent there is nothing to classify, and what was
/// written off stays lost: it leaves the tier as it is.
fn machine(rules: &Rules, of: Debtor<'_>, today: NaiveDate) -> TierProposal {
    if of.claims.is_empty() {
        return TierProposal { tier: of.in_force, reasons: Vec::new() };
    }
    propose(rules, of, today)
}

/// What the machine proposes for a customer whose line and tier in force are known.
fn of_customer(
    db: &Connection,
    rules: &Rules,
    (customer, line, in_force): (&str, Option<Line>, Tier),
    today: NaiveDate,
    judge: Judge,
) -> Result<TierProposal> {
    let (claims, events) = (claims(db, customer, today)?, events(db, rules, customer)?);
    let observed = events.iter().any(|(event, _)| event.is_observed());
    // Instalments are many; they matter to who may rise, and to who was restructured.
    let (instalments, scheduled) = if observed || in_force > Tier::Normal {
        (instalments(db, customer, today)?, is_scheduled(db, customer)?)
    } else {
        (Vec::new(), false)
    };
    let debtor = Debtor {
        company: is_company(line),
        claims: &claims,
        events: &events,
        instalments: &instalments,
        scheduled,
        in_force,
    };
    Ok(judge(rules, debtor, today))
}

const HEAD: &str = "SELECT c.customer_id, c.line, coalesce(x.tier, c.tier, 'normal')
    FROM customers c LEFT JOIN customer_facts x ON x.customer_id = c.customer_id";

fn head(row: &Row<'_>) -> Result<(String, Option<Line>, Tier)> {
    Ok((row.get(0)?, maybe_code(row, 1, Line::from_code)?, code(row, 2, Tier::from_code)?))
}

/// The tier in force of one customer and what the machine proposes, kept in the list of those that
/// wait.
pub(crate) fn refresh(
    db: &Connection,
    customer: &CustomerId,
    today: NaiveDate,
) -> Result<Option<(Tier, TierProposal)>> {
    let Some((in_force, proposal)) = look(db, customer, today, machine)? else { return Ok(None) };
    keep(db, customer.as_str(), in_force, &proposal, today)?;
    Ok(Some((in_force, proposal)))
}

/// The proposal of one customer as things stand, without keeping it.
pub(crate) fn proposal(
    db: &Connection,
    customer: &CustomerId,
    today: NaiveDate,
) -> Result<Option<TierProposal>> {
    Ok(look(db, customer, today, machine)?.map(|(_, proposal)| proposal))
}

/// The best tier to which people may let a customer rise, with what stands against a better one.
pub(crate) fn best_of(
    db: &Connection,
    customer: &CustomerId,
    today: NaiveDate,
) -> Result<Option<TierProposal>> {
    Ok(look(db, customer, today, best)?.map(|(_, proposal)| proposal))
}

/// The tier in force of one customer, and what she is judged to be.
fn look(
    db: &Connection,
    customer: &CustomerId,
    today: NaiveDate,
    judge: Judge,
) -> Result<Option<(Tier, TierProposal)>> {
    let rules = tiers::shared();
    let sql = format!("{HEAD} WHERE c.customer_id = ?1");
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query([customer.as_str()])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let (id, line, in_force) = head(row)?;
    let proposal = of_customer(db, rules, (&id, line, in_force), today, judge)?;
    Ok(Some((in_force, proposal)))
}

/// Classifies the book. Only customers that something could bind are looked at one by one: in a
/// big book nearly all are normal, undisputed and never late. Returns how many proposals differ
/// from the tier in force.
pub(crate) fn classify_book(db: &Connection, today: NaiveDate) -> Result<i64> {
    // Whose last loan has ended has a proposal no longer.
    const WANTED: &str = "WHERE EXISTS (SELECT 1 FROM tier_proposals p
            WHERE p.customer_id = c.customer_id)
        OR (coalesce(x.tier, c.tier, 'normal') <> 'normal'
            OR coalesce(x.days_past_due, 0) > :grace
            OR EXISTS (SELECT 1 FROM tier_events e WHERE e.customer_id = c.customer_id)
            OR coalesce(x.red + x.orange + x.yellow, 0) > 0)
        AND EXISTS (SELECT 1 FROM loans l
            WHERE l.customer_id = c.customer_id AND l.status = 'active')
        ORDER BY c.customer_id";
    let rules = tiers::shared();
    let sql = format!("{HEAD} {WANTED}");
    let mut statement = db.prepare_cached(&sql)?;
    // All read before the first is written: the list itself is among the tables asked.
    let wanted: Vec<_> =
        statement.query_map(named_params! {":grace": rules.grace}, head)?.collect::<Result<_>>()?;
    for (id, line, in_force) in wanted {
        let proposal = of_customer(db, rules, (&id, line, in_force), today, machine)?;
        keep(db, &id, in_force, &proposal, today)?;
    }
    db.prepare_cached("SELECT count(*) FROM tier_proposals")?.query_row([], |row| row.get(0))
}

/// Keeps a proposal that differs from the tier in force; since when stays while the tier proposed
/// is the same.
fn keep(
    db: &Connection,
    customer: &str,
    in_force: Tier,
    proposal: &TierProposal,
    today: NaiveDate,
) -> Result<()> {
    const KEEP: &str = "INSERT INTO tier_proposals (customer_id, tier, reasons, since)
        VALUES (?1, ?2, ?3, ?4) ON CONFLICT (customer_id) DO UPDATE SET
        since = iif(tier = excluded.tier, since, excluded.since), tier = excluded.tier,
        reasons = excluded.reasons WHERE tier <> excluded.tier OR reasons <> excluded.reasons";
    if proposal.tier == in_force {
        db.prepare_cached("DELETE FROM tier_proposals WHERE customer_id = ?1")?
            .execute([customer])?;
        return Ok(());
    }
    let (tier, reasons) = (proposal.tier.as_code(), proposal.encode_reasons());
    db.prepare_cached(KEEP)?.execute(params![customer, tier, reasons, today.to_string()])?;
    Ok(())
}

#[cfg(test)]
mod tests;
