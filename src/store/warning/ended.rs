//! What the rule of a signal saw when its flag ended.

use chrono::NaiveDate;
use rusqlite::{Connection, params};

use super::{Error, around::Around, book_beside, material};
use crate::assets::Packs;
use crate::domain::ids::CustomerId;
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
    const INPUT: &str = "
        INSERT INTO flag_end_inputs (flag_id, n, fact, value, as_of) VALUES (?1, ?2, ?3, ?4, ?5)";
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
    let seen = warning::seen(rules, &sheet, &material.flags, (signal, today));
    db.prepare_cached(HELD)?.execute(params![flag, seen.is_some()])?;
    for (n, input) in (1_i64..).zip(seen.iter().flat_map(|finding| &finding.inputs)) {
        let day = input.day.map(|day| day.to_string());
        let values = params![flag, n, input.fact, input.value.encode(), day];
        db.prepare_cached(INPUT)?.execute(values)?;
    }
    Ok(())
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
