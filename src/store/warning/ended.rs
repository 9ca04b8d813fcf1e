//! What the rule of a signal saw when its flag ended or was rejected.

use chrono::NaiveDate;
use rusqlite::{Connection, params};

use super::{Error, around::Around, book_beside, material};
use crate::assets::Packs;
use crate::assets::warning::Book;
use crate::domain::ids::CustomerId;
use crate::store::proposal::{self, Cause};
use crate::warning::{self, Finding};

/// Keeps with a flag that ends today what the rule of its signal sees, so that the same is not
/// proposed the next minute. Of a signal without a rule there is nothing to keep.
pub(in crate::store) fn keep(
    db: &Connection,
    packs: &Packs,
    flag: &str,
    (customer, signal): (&CustomerId, &str),
    today: NaiveDate,
) -> Result<(), Error> {
    const HELD: &str = "UPDATE flag_care SET held_at_end = ?2 WHERE flag_id = ?1";
    let book = book_beside(db)?;
    if book.signals.get(signal).is_none() {
        return Ok(());
    }
    let seen = look(db, (packs, &book), (customer, signal), today)?;
    db.prepare_cached(HELD)?.execute(params![flag, seen.is_some()])?;
    let inputs = seen.iter().flat_map(|finding| &finding.inputs);
    proposal::keep(db, "flag_end_inputs", flag, inputs.map(Cause::from))
}

/// Gives a flag that a deadline proposed and somebody has rejected the stamp of what the rule of its
/// signal sees, so that the rule does not propose the same once more.
pub(in crate::store) fn stamp_rejected(
    db: &Connection,
    packs: &Packs,
    flag: &str,
    (customer, signal): (&CustomerId, &str),
    today: NaiveDate,
) -> Result<(), Error> {
    const OF_DEADLINE: &str =
        "SELECT 1 FROM deadline_flags WHERE customer_id = ?1 AND flag_id = ?2";
    const STAMP: &str = "UPDATE flag_care SET rule_stamp = ?2 WHERE flag_id = ?1 AND rule IS NULL";
    if !db.prepare_cached(OF_DEADLINE)?.exists([customer.as_str(), flag])? {
        return Ok(());
    }
    let book = book_beside(db)?;
    let Some(seen) = look(db, (packs, &book), (customer, signal), today)? else { return Ok(()) };
    db.prepare_cached(STAMP)?.execute([flag, &seen.stamp])?;
    Ok(())
}

/// Forgets what was seen of a flag that is rejected because its rule finds nothing any more: the same trouble
/// is news when it comes back.
pub(in crate::store) fn forget_seen(db: &Connection, flag: &str) -> Result<(), Error> {
    // That a rule proposed it stays known: only a stamp that is NULL is a person's.
    const SQL: &str = "UPDATE flag_care SET rule_stamp = '' WHERE flag_id = ?1";
    db.prepare_cached(SQL)?.execute([flag])?;
    Ok(())
}

/// Keeps with a flag that somebody makes milder what the rule of its signal sees now: as long as that is
/// no worse, the rule does not raise it again.
pub(in crate::store) fn stamp_lowered(
    db: &Connection,
    packs: &Packs,
    flag: &str,
    (customer, signal): (&CustomerId, &str),
    today: NaiveDate,
) -> Result<(), Error> {
    const STAMP: &str = "UPDATE flag_care SET lowered_stamp = ?2 WHERE flag_id = ?1";
    let book = book_beside(db)?;
    if book.signals.get(signal).is_none() {
        return Ok(());
    }
    let seen = look(db, (packs, &book), (customer, signal), today)?;
    let stamp = seen.map(|finding| finding.stamp).unwrap_or_default();
    db.prepare_cached(STAMP)?.execute([flag, &stamp])?;
    Ok(())
}

/// What the rule of a signal sees at a customer, whatever flags she has; `None` = nothing.
fn look(
    db: &Connection,
    (packs, book): (&Packs, &Book),
    (customer, signal): (&CustomerId, &str),
    today: NaiveDate,
) -> Result<Option<Finding>, Error> {
    let around = Around::read(db, packs, Some(std::slice::from_ref(customer)), today)?;
    let answers = book.asks_for_answers();
    let found = material::between(db, (packs, &around), (customer, customer), today, answers)?;
    let Some(material) = found.first().filter(|material| material.owes()) else { return Ok(None) };
    let sheet = warning::sheet(material, &book.signals, today);
    let rules = book.of(&material.branch);
    Ok(warning::seen(rules, &sheet, material.past(), (signal, today)))
}

/// Forgets it: the flag has not ended after all.
pub(in crate::store) fn forget(db: &Connection, flag: &str) -> Result<(), Error> {
    for sql in [
        "DELETE FROM flag_end_inputs WHERE flag_id = ?1",
        "UPDATE flag_care SET held_at_end = NULL WHERE flag_id = ?1",
    ] {
        db.prepare_cached(sql)?.execute([flag])?;
    }
    Ok(())
}
