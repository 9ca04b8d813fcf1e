//! Flags that the program proposes by itself: by a rule of signals, or because a deadline has passed.

use chrono::{DateTime, FixedOffset, NaiveDate};
use rusqlite::{Connection, OptionalExtension as _, named_params, params};

use super::{Error, instant};
use crate::access::Actor;
use crate::assets::Packs;
use crate::domain::answer::Value;
use crate::domain::flag::{Awaited, FlagState, FlagStep, Level};
use crate::domain::ids::{CustomerId, FlagId, UserId};
use crate::store::row::{code, free_id, id};
use crate::warning::stamp::covers;
use crate::warning::{self, Input};

/// Condition: the rule of its signal proposed flag with care `k`.
pub(super) const BY_RULE: &str =
    "(k.rule IS NOT NULL AND coalesce(k.rule_stamp, 'text:') NOT LIKE 'text:%')";

/// Condition: somebody has made flag `f` milder since its level rose last.
pub(super) const LOWERED: &str = "coalesce((SELECT h.what FROM flag_history h \
    WHERE h.flag_id = f.flag_id AND h.what IN ('lowered_level', 'raised_level') \
    ORDER BY h.n DESC LIMIT 1), '') = 'lowered_level'";

/// Condition: it was told of flag `f` that its rule does not hold any more.
pub(super) const LAPSED: &str = "coalesce((SELECT h.what FROM flag_history h \
    WHERE h.flag_id = f.flag_id AND h.what IN ('lapsed', 'holds_again', 'raised_level') \
    ORDER BY h.n DESC LIMIT 1), '') = 'lapsed'";

/// What is proposed.
pub(super) struct Proposal<'a> {
    /// Of whom.
    pub(super) customer: &'a CustomerId,
    /// Which signal.
    pub(super) signal: &'a str,
    /// How grave.
    pub(super) level: Level,
    /// In no language: what it is about.
    pub(super) note: &'a str,
    /// The rule that found it, and the stamp under which it finds the same again.
    pub(super) rule: Option<(&'a str, &'a str)>,
}

/// Something that led to a proposal.
pub(super) struct Cause<'a> {
    /// Name of the fact.
    pub(super) fact: &'a str,
    /// What it was.
    pub(super) value: &'a Value,
    /// The day that it is of.
    pub(super) day: Option<NaiveDate>,
}

impl<'a> From<&'a Input> for Cause<'a> {
    fn from(seen: &'a Input) -> Self {
        Self { fact: &seen.fact, value: &seen.value, day: seen.day }
    }
}

/// Whether a signal of a customer is live, or was found under this stamp before, however that ended: a
/// text says a thing once.
pub(super) fn is_known(
    db: &Connection,
    customer: &CustomerId,
    (signal, stamp): (&str, &str),
) -> Result<bool, Error> {
    const SQL: &str = "
        SELECT 1 FROM flags f LEFT JOIN flag_care k USING (flag_id)
        WHERE f.customer_id = ?1 AND f.signal = ?2
            AND (f.state IN ('proposed', 'confirmed') OR k.rule_stamp = ?3)";
    Ok(db.prepare_cached(SQL)?.exists(params![customer.as_str(), signal, stamp])?)
}

/// Whether a signal of a customer was rejected when all of this was seen. What came to its end may come
/// again.
pub(super) fn is_rejected(
    db: &Connection,
    packs: &Packs,
    customer: &CustomerId,
    (signal, stamp): (&str, &str),
) -> Result<bool, Error> {
    const SQL: &str = "
        SELECT k.rule_stamp FROM flags f JOIN flag_care k USING (flag_id)
        WHERE f.customer_id = ?1 AND f.signal = ?2 AND f.state = 'rejected'
            AND k.rule_stamp IS NOT NULL";
    let side = |fact: &str| warning::side_of(&packs.signals, fact);
    let mut statement = db.prepare_cached(SQL)?;
    let mut rows = statement.query(params![customer.as_str(), signal])?;
    while let Some(row) = rows.next()? {
        let old: String = row.get(0)?;
        if covers(&old, stamp, side) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The level of a live flag, and whether a finding of this stamp may raise it: where somebody has made it
/// milder on facts that were no better it stays as she left it. Of a deadline nothing was seen.
pub(super) fn may_rise(
    db: &Connection,
    packs: &Packs,
    flag: &FlagId,
    stamp: Option<&str>,
) -> Result<Option<Level>, Error> {
    let sql = format!(
        "SELECT f.level, {LOWERED}, coalesce(k.lowered_stamp, k.rule_stamp) FROM flags f LEFT JOIN flag_care k USING (flag_id)
        WHERE f.flag_id = ?1"
    );
    let (level, lowered, old) = db.prepare_cached(&sql)?.query_row([flag.as_str()], |row| {
        Ok((code(row, 0, Level::from_code)?, row.get(1)?, row.get::<_, Option<String>>(2)?))
    })?;
    let side = |fact: &str| warning::side_of(&packs.signals, fact);
    let same = old.zip(stamp).is_none_or(|(old, stamp)| covers(&old, stamp, side));
    let stays: bool = lowered && same;
    Ok((!stays).then_some(level))
}

/// Tells in the history of a proposal that its rule does not hold any more, or holds again.
pub(super) fn tell_lapse(
    tx: &Connection,
    flag: &FlagId,
    holds: bool,
    now: DateTime<FixedOffset>,
) -> Result<(), Error> {
    let (by, at) = (Actor::program("").user, instant::store(now));
    let what = if holds { "holds_again" } else { "lapsed" };
    Ok(history(tx, flag.as_str(), (&at, &by), what, "")?)
}

/// The flag of a signal that waits for a decision or is open; the one that is open first.
pub(super) fn live(
    db: &Connection,
    customer: &CustomerId,
    signal: &str,
) -> Result<Option<FlagId>, Error> {
    const SQL: &str = "
        SELECT flag_id FROM flags
        WHERE customer_id = ?1 AND signal = ?2 AND closed_on IS NULL
            AND coalesce(state, 'proposed') IN ('proposed', 'confirmed')
        ORDER BY coalesce(state, '') <> 'confirmed', flag_id LIMIT 1";
    let mut statement = db.prepare_cached(SQL)?;
    Ok(statement.query_row([customer.as_str(), signal], |row| id(row, 0)).optional()?)
}

/// Tells in the history of a flag that its signal was found once more.
pub(super) fn seen_again(
    tx: &Connection,
    flag: &FlagId,
    note: &str,
    now: DateTime<FixedOffset>,
) -> Result<(), Error> {
    let (by, at) = (Actor::program("").user, instant::store(now));
    Ok(history(tx, flag.as_str(), (&at, &by), "seen_again", note)?)
}

/// Adds a line to a flag's history: when, by whom, what was done, and a word on it.
pub(super) fn history(
    tx: &Connection,
    flag: &str,
    (at, by): (&str, &UserId),
    what: &str,
    note: &str,
) -> rusqlite::Result<()> {
    const SQL: &str = "
        INSERT INTO flag_history (flag_id, n, at, by, what, note)
        SELECT ?1, coalesce(max(n), 0) + 1, ?2, ?3, ?4, ?5 FROM flag_history WHERE flag_id = ?1";
    tx.prepare_cached(SQL)?.execute(params![flag, at, by.as_str(), what, note])?;
    Ok(())
}

/// Keeps with a proposal what led to it, in this order and behind what led to it before.
pub(super) fn keep_causes<'a>(
    tx: &Connection,
    flag: &FlagId,
    causes: impl IntoIterator<Item = Cause<'a>>,
) -> Result<(), Error> {
    keep(tx, "flag_inputs", flag.as_str(), causes)
}

/// Keeps what was seen of a flag in a table of such rows.
pub(super) fn keep<'a>(
    tx: &Connection,
    table: &'static str,
    flag: &str,
    causes: impl IntoIterator<Item = Cause<'a>>,
) -> Result<(), Error> {
    let sql =
        format!("INSERT INTO {table} (flag_id, n, fact, value, as_of) VALUES (?1, ?2, ?3, ?4, ?5)");
    let last = format!("SELECT coalesce(max(n), 0) FROM {table} WHERE flag_id = ?1");
    let last: i64 = tx.prepare_cached(&last)?.query_row([flag], |row| row.get(0))?;
    let mut insert = tx.prepare_cached(&sql)?;
    for (n, cause) in (last + 1..).zip(causes) {
        let day = cause.day.map(|day| day.to_string());
        insert.execute(params![flag, n, cause.fact, cause.value.encode(), day])?;
    }
    Ok(())
}

/// Writes the flag with the limit for deciding on it. The journal and the plan are the caller's.
pub(super) fn propose(
    tx: &Connection,
    packs: &Packs,
    proposal: &Proposal<'_>,
    now: DateTime<FixedOffset>,
) -> Result<FlagId, Error> {
    const FLAG: &str = "
        INSERT INTO flags (flag_id, customer_id, signal, level, state, raised_on, note, origin)
        VALUES (:flag, :customer, :signal, :level, 'proposed', :today, :note, 'here')";
    const CARE: &str = "
        INSERT INTO flag_care (flag_id, step, raised_by, step_due, rule, rule_stamp)
        VALUES (:flag, 'open', :by, :due, :rule, :stamp)";
    let by = Actor::program("").user;
    let today = instant::business_date(now);
    // One signal a customer and day: the id tells it; a number where it comes twice.
    let base = format!("F-{}-{}-{}", proposal.customer, today.format("%Y%m%d"), proposal.signal);
    let flag = free_id(tx, "SELECT 1 FROM flags WHERE flag_id = ?1", &base)?;
    tx.prepare_cached(FLAG)?.execute(named_params! {
        ":flag": flag, ":customer": proposal.customer.as_str(), ":signal": proposal.signal,
        ":level": proposal.level.as_code(), ":today": today.to_string(), ":note": proposal.note,
    })?;
    let awaits = Awaited::of(FlagState::Proposed, FlagStep::Open);
    let due = awaits
        .and_then(|awaits| packs.care.due(&packs.workdays, proposal.level, awaits, now))
        .map(instant::store);
    let (rule, stamp) = proposal.rule.unzip();
    tx.prepare_cached(CARE)?.execute(named_params! {
        ":flag": flag, ":by": by.as_str(), ":due": due, ":rule": rule, ":stamp": stamp,
    })?;
    let at = instant::store(now);
    history(tx, &flag, (&at, &by), "proposed", proposal.note)?;
    Ok(FlagId(flag))
}
