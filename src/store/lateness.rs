//! What a deadline that has passed, or a covenant that is broken, proposes: its signal, once, or to the
//! flag of that signal which is live a further cause: each
//! night, when one is marked, and with an import into a book that is in use. What a new book is filled
//! with goes out again as it was; its first night sees it.

use chrono::{DateTime, FixedOffset, NaiveDate};
use rusqlite::{Connection, OptionalExtension as _, named_params};

use super::Error;
use super::project::{deadline_of, project_customer, project_proposals};
use super::proposal::{self, Cause, Proposal};
use super::strategy;
use super::warning;
use super::write::{Risen, rise};
use crate::assets::Packs;
use crate::domain::answer::Value;
use crate::domain::deadline::{Deadline, DeadlineKind, Headroom};
use crate::domain::flag::Level;
use crate::domain::ids::{CustomerId, FlagId};
use crate::domain::money::Decimal4;

/// Proposes the signals of everything that has come to need one, of one customer or (`None`) of all;
/// returns how many are new. Officers and supervisors then confirm or reject them like those of a
/// rule.
pub(super) fn propose(
    tx: &Connection,
    packs: &Packs,
    customer: Option<&CustomerId>,
    today: NaiveDate,
    now: DateTime<FixedOffset>,
) -> Result<i64, Error> {
    for met in strategy::meet(tx, customer, today)? {
        project_customer(tx, packs, &met, today)?;
    }
    // Written for each, so that one customer's are found by index.
    let whose = if customer.is_some() { "d.customer_id = :customer" } else { ":customer IS NULL" };
    let sql = format!(
        "SELECT d.customer_id, d.kind, d.ref, d.due, d.officer, d.opens, d.about, d.period_end,
            d.headroom, d.figure, d.in_a_row, d.loan_id, d.target, d.balance
        FROM deadlines d
        WHERE {whose} AND (d.due < :today OR d.headroom = 'breach') AND NOT EXISTS (
            SELECT 1 FROM deadline_flags f WHERE f.customer_id = d.customer_id AND f.kind = d.kind
                AND f.ref = d.ref AND f.due = d.due)
        ORDER BY d.customer_id, d.due, d.kind, d.ref"
    );
    let wanted = named_params! {
        ":today": today.to_string(), ":customer": customer.map(CustomerId::as_str),
    };
    let found: Vec<(CustomerId, Deadline)> = tx
        .prepare_cached(&sql)?
        .query_map(wanted, |row| Ok((CustomerId(row.get(0)?), deadline_of(row, 1)?.1)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut made = 0;
    let mut whose: Vec<&CustomerId> = Vec::new();
    for (customer, deadline) in &found {
        let Some((signal, given)) = signal_of(packs, deadline) else { continue };
        let library = warning::library_of(tx, customer)?;
        let known = library.get(&signal);
        if known.is_none_or(|known| known.on) {
            let level = known.map_or(given, |known| known.level_for(given));
            raise(tx, packs, customer, deadline, (&signal, level), now)?;
            made += 1;
            // Found in order of customers: planned anew once each.
            if whose.last() != Some(&customer) {
                whose.push(customer);
            }
        }
    }
    for customer in whose {
        project_proposals(tx, packs, customer, today)?;
    }
    Ok(made)
}

/// The signal and level that a deadline proposes as it stands.
fn signal_of(packs: &Packs, deadline: &Deadline) -> Option<(String, Level)> {
    let rules = &packs.deadlines;
    let rule = rules.of(deadline.kind)?;
    let signal = if deadline.kind == DeadlineKind::Covenant {
        // Figures that are not there break nothing; the statement itself is asked for.
        let broken = deadline.headroom == Some(Headroom::Breach);
        broken.then(|| rules.signal_of(&deadline.about)).flatten()?.to_owned()
    } else if deadline.late_in_a_row >= rule.in_a_row {
        rule.signal.clone()?
    } else {
        return None;
    };
    Some((signal, rule.level))
}

/// Keeps with the flag of a broken covenant what the figure was and what was agreed.
fn keep_figures(tx: &Connection, flag: &FlagId, deadline: &Deadline) -> Result<(), Error> {
    const AGREED: &str =
        "SELECT \"limit\" FROM covenants WHERE covenant_id = ?1 AND kind = 'financial'";
    let Some(figure) = deadline.figure else { return Ok(()) };
    let mut statement = tx.prepare_cached(AGREED)?;
    let agreed: Option<Option<i64>> =
        statement.query_row([&deadline.reference], |row| row.get(0)).optional()?;
    let agreed = agreed.flatten().map(|limit| Value::Number(Decimal4(limit)));
    let figure = Value::Number(figure);
    let causes = [
        Some(Cause { fact: "covenant.figure", value: &figure, day: deadline.period_end }),
        agreed.as_ref().map(|limit| Cause { fact: "covenant.limit", value: limit, day: None }),
    ];
    proposal::keep_causes(tx, flag, causes.into_iter().flatten())
}

fn raise(
    tx: &Connection,
    packs: &Packs,
    customer: &CustomerId,
    deadline: &Deadline,
    (signal, level): (&str, Level),
    now: DateTime<FixedOffset>,
) -> Result<(), Error> {
    const KNOWN: &str = "SELECT flag_id FROM flags \
        WHERE customer_id = ?1 AND signal = ?2 AND note = ?3 ORDER BY flag_id LIMIT 1";
    const ONCE: &str = "
        INSERT INTO deadline_flags (customer_id, kind, ref, due, flag_id)
        VALUES (:customer, :kind, :ref, :due, :flag)";
    let due = deadline.due.to_string();
    // What it is about, its number, its day.
    let parts = [deadline.about.as_str(), &deadline.reference, &due];
    let said: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let note = said.join(" · ");
    let id = customer.as_str();
    // The flag may have come with an import from where it was proposed first.
    let known: Option<String> =
        tx.prepare_cached(KNOWN)?.query_row([id, signal, &note], |row| row.get(0)).optional()?;
    let flag = if let Some(flag) = known {
        flag
    } else if let Some(live) = proposal::live(tx, customer, signal)? {
        // One trouble has one flag: another covenant on the same figure, or the same one a quarter
        // later, is told in its history.
        keep_figures(tx, &live, deadline)?;
        proposal::seen_again(tx, &live, &note, now)?;
        let known = proposal::may_rise(tx, packs, &live, None)?;
        if known.is_some_and(|known| known < level) {
            rise(tx, packs, (&live, &Risen { level, rule: None, inputs: &[] }), (now, ""))?;
        }
        live.0
    } else {
        let proposal = Proposal { customer, signal, level, note: &note, rule: None };
        let flag = proposal::propose(tx, packs, &proposal, now)?;
        keep_figures(tx, &flag, deadline)?;
        flag.0
    };
    tx.prepare_cached(ONCE)?.execute(named_params! {
        ":customer": id, ":kind": deadline.kind.as_code(), ":ref": deadline.reference,
        ":due": due, ":flag": flag,
    })?;
    Ok(())
}
