//! What the rule of a signal saw when its flag ended.

use chrono::NaiveDate;
use rusqlite::{Connection, params};

use super::{Error, around::Around, book_beside, material};
use crate::assets::Packs;
use crate::domain::ids::CustomerId;
use crate::store::proposal::{self, Cause};
use crate::warning;

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
    let around = Around::read(db, packs, Some(std::slice::from_ref(customer)), today)?;
    let answers = book.asks_for_answers();
    let found = material::between(db, (packs, &around), (customer, customer), today, answers)?;
    let Some(material) = found.first() else { return Ok(()) };
    let sheet = warning::sheet(material, &book.signals, today);
    let rules = book.of(&material.branch);
    let seen = || warning::seen(rules, &sheet, &material.flags, (signal, today));
    let seen = if material.owes() { seen() } else { None };
    db.prepare_cached(HELD)?.execute(params![flag, seen.is_some()])?;
    let inputs = seen.iter().flat_map(|finding| &finding.inputs);
    proposal::keep(db, "flag_end_inputs", flag, inputs.map(Cause::from))
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
