//! The back-test: what was raised and scored, held against late instalments and lowered tiers.

use chrono::{Days, NaiveDate};
use rusqlite::{Connection, Result, named_params};

use super::instalment::{owed, paid_on};
use super::read::scope::Sight;
use super::row::{day, maybe_day};
use super::tiers::rank_sql;
use crate::domain::tier::{TierReason, decode_reasons};
use crate::protocol::page::{
    BacktestGrade, BacktestPage, BacktestQuarter, BacktestSignal, share_of,
};
use crate::risk::backtest::{
    Event, Events, Kind, Owed, Raised, Rules, Scores, SignalResult, Stood, WARNS, confusion,
    scores, signals,
};

/// What is known by today, within what the actor may see.
pub(super) fn page(
    db: &Connection,
    sight: &Sight,
    rules: &Rules,
    today: NaiveDate,
) -> Result<BacktestPage> {
    let events = events(db, sight, today, rules.late_days)?;
    let (outcomes, grades) =
        match scores(&stood(db, sight)?, &owed(db, sight)?, &events, rules, today) {
            Scores::TooEarly(known, _) => (known, Vec::new()),
            Scores::Known(known, grades) => (known, grades),
        };
    let quarters = confusion(&grades).into_iter().map(|(quarter, of)| BacktestQuarter {
        quarter,
        from: WARNS,
        hit: of.hit,
        alarm: of.alarm,
        missed: of.missed,
        quiet: of.quiet,
    });
    Ok(BacktestPage {
        pack: rules.id.clone(),
        verified: rules.verified,
        horizon_days: rules.horizon_days,
        late_days: rules.late_days,
        signals: signals(&raised(db, sight)?, &events, rules, today)
            .into_iter()
            .map(signal)
            .collect(),
        outcomes,
        least_outcomes: rules.least_outcomes,
        quarters: quarters.collect(),
        grades: grades
            .into_iter()
            .map(|one| BacktestGrade {
                quarter: one.quarter,
                grade: one.grade,
                customers: one.customers,
                predicted: one.predicted,
                events: one.events,
            })
            .collect(),
    })
}

/// A share and a median are told only where there are enough of them.
fn signal(of: SignalResult) -> BacktestSignal {
    let share = share_of(of.true_ones, of.ripe);
    BacktestSignal {
        signal: of.signal,
        raised: of.raised,
        confirmed: of.confirmed,
        ripe: of.ripe,
        came_true: of.true_ones,
        downgraded: of.downgraded,
        precision: of.enough.then_some(share),
        days_ahead: of.days_ahead.filter(|_| of.enough),
    }
}

fn raised(db: &Connection, sight: &Sight) -> Result<Vec<Raised>> {
    let sql = format!(
        "SELECT f.customer_id, f.signal, f.raised_on, f.confirmed_on IS NOT NULL FROM flags f \
         JOIN customers c ON c.customer_id = f.customer_id WHERE {} ORDER BY f.raised_on, f.flag_id",
        sight.sieve("c.officer")
    );
    db.prepare(&sql)?
        .query_map(named_params! {":scope": sight.value()}, |row| {
            Ok(Raised {
                customer: row.get(0)?,
                signal: row.get(1)?,
                on: day(row, 2)?,
                confirmed: row.get(3)?,
            })
        })?
        .collect()
}

fn stood(db: &Connection, sight: &Sight) -> Result<Vec<Stood>> {
    let sql = format!(
        "SELECT s.customer_id, s.scored_on, s.grade, s.probability FROM scores s \
         JOIN customers c ON c.customer_id = s.customer_id WHERE {} \
         ORDER BY s.customer_id, s.scored_on",
        sight.sieve("c.officer")
    );
    db.prepare(&sql)?
        .query_map(named_params! {":scope": sight.value()}, |row| {
            let grade: String = row.get(2)?;
            Ok(Stood {
                customer: row.get(0)?,
                on: day(row, 1)?,
                grade: grade.chars().next().unwrap_or('?'),
                probability: row.get(3)?,
            })
        })?
        .collect()
}

/// From when to when each customer owed something. A loan that is over without a day ended with its last.
fn owed(db: &Connection, sight: &Sight) -> Result<Owed> {
    let sql = format!(
        "SELECT l.customer_id, l.disbursed_on, CASE WHEN l.status <> 'active' \
         THEN coalesce(l.settled_on, l.matures_on, l.disbursed_on) END \
         FROM loans l JOIN customers c ON c.customer_id = l.customer_id WHERE {}",
        sight.sieve("c.officer")
    );
    let mut owed = Owed::new();
    let mut statement = db.prepare(&sql)?;
    let mut rows = statement.query(named_params! {":scope": sight.value()})?;
    while let Some(row) = rows.next()? {
        owed.entry(row.get(0)?).or_default().push((day(row, 1)?, maybe_day(row, 2)?));
    }
    Ok(owed)
}

/// What happened, by customer: the day on which an instalment was late enough, and the day on which
/// two people lowered the tier.
fn events(db: &Connection, sight: &Sight, today: NaiveDate, late_days: u32) -> Result<Events> {
    let mut events = Events::new();
    let mut take = |customer: String, event: Event| events.entry(customer).or_default().push(event);
    late(db, sight, today, late_days, &mut take)?;
    lowered(db, sight, today, &mut take)?;
    for all in events.values_mut() {
        all.sort_unstable();
    }
    Ok(events)
}

fn late(
    db: &Connection,
    sight: &Sight,
    today: NaiveDate,
    late_days: u32,
    take: &mut impl FnMut(String, Event),
) -> Result<()> {
    let sql = format!(
        "SELECT l.customer_id, date(r.due_on, :late) AS late_on, r.due_on FROM repayments r \
         JOIN loans l ON l.loan_id = r.loan_id JOIN customers c ON c.customer_id = l.customer_id \
         WHERE {} AND late_on <= :today AND {} AND coalesce({}, '9999-12-31') >= late_on",
        sight.sieve("c.officer"),
        owed!(),
        paid_on!()
    );
    let late = format!("+{late_days} days");
    let named = named_params! {
        ":scope": sight.value(), ":late": late, ":today": today.to_string(),
    };
    let mut statement = db.prepare(&sql)?;
    let mut rows = statement.query(named)?;
    while let Some(row) = rows.next()? {
        take(row.get(0)?, Event { on: day(row, 1)?, kind: Kind::Late, since: day(row, 2)? });
    }
    Ok(())
}

fn lowered(
    db: &Connection,
    sight: &Sight,
    today: NaiveDate,
    take: &mut impl FnMut(String, Event),
) -> Result<()> {
    let sql = format!(
        "SELECT d.customer_id, date(d.decided_at, '+8 hours') AS lowered_on, \
         date(d.proposed_at, '+8 hours'), d.machine_reasons \
         FROM tier_decisions d JOIN customers c ON c.customer_id = d.customer_id \
         WHERE {} AND d.state = 'confirmed' AND lowered_on <= :today AND {} > {}",
        sight.sieve("c.officer"),
        rank_sql("d.tier"),
        rank_sql("d.before")
    );
    let mut statement = db.prepare(&sql)?;
    let named = named_params! {":scope": sight.value(), ":today": today.to_string()};
    let mut rows = statement.query(named)?;
    while let Some(row) = rows.next()? {
        let (on, proposed) = (day(row, 1)?, day(row, 2)?);
        let overdue = overdue_days(&decode_reasons(&row.get::<_, String>(3)?));
        let since = overdue.and_then(|days| proposed.checked_sub_days(Days::new(days)));
        let since = since.unwrap_or(on);
        take(row.get(0)?, Event { on, kind: Kind::Downgrade, since });
    }
    Ok(())
}

/// For how many days the debtor was overdue, where her tier was lowered for that: the gravest reason
/// stands first.
fn overdue_days(reasons: &[TierReason]) -> Option<u64> {
    let (TierReason::Overdue { .. } | TierReason::BadShare(_)) = reasons.first()? else {
        return None;
    };
    let days = |reason: &TierReason| match reason {
        TierReason::Overdue { days, .. } => u64::try_from(*days).ok(),
        _ => None,
    };
    reasons.iter().filter_map(days).max()
}

#[cfg(test)]
mod tests;
