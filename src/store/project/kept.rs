//! Duties that an earlier policy or cell judges: rows of `kept_duties` (`planning::keep`).

use super::CadenceDates;
use chrono::NaiveDate;
use rusqlite::{Connection, Result, named_params};

use crate::assets::Packs;
use crate::domain::duty::KeptDuty;
use crate::domain::portfolio::CustomerFile;
use crate::planning;

/// Keeps what a change of the cell on this day must not judge anew. `then` is the customer's file
/// before the change, `now` after it; `dates` says what is set of her cadence.
pub(crate) fn keep_duties(
    db: &Connection,
    packs: &Packs,
    (then, now): (&CustomerFile, &CustomerFile),
    dates: CadenceDates,
    on: NaiveDate,
) -> Result<()> {
    let mut now = now.clone();
    let customer = &mut now.customer;
    customer.cadence_since = if dates.since { Some(on) } else { customer.cadence_since };
    customer.extra_visit_from = if dates.extra { Some(on) } else { customer.extra_visit_from };
    let policies = (&packs.policy, &packs.policy);
    let kept = planning::keep((then, &now), policies, &packs.workdays, on);
    write_kept(db, then, &kept)
}

/// Puts these in the place of what was kept before.
pub(crate) fn write_kept(db: &Connection, then: &CustomerFile, kept: &[KeptDuty]) -> Result<()> {
    if kept == then.kept { Ok(()) } else { write(db, then.customer.id.as_str(), kept) }
}

fn write(db: &Connection, customer: &str, kept: &[KeptDuty]) -> Result<()> {
    const SQL: &str = "
        INSERT INTO kept_duties (customer_id, code, ref, raw_due, class, opens, due, rule, policy,
            source, verified, met_on, kept_on, instead, standing, revision)
        VALUES (:id, :code, :ref, :raw_due, :class, :opens, :due, :rule, :policy,
            :source, :verified, :met_on, :kept_on, :instead, :standing, :revision)";
    const NEXT: &str =
        "SELECT coalesce(max(revision), 0) + 1 FROM kept_duties WHERE customer_id = ?1";
    let revision: i64 = db.prepare_cached(NEXT)?.query_row([customer], |row| row.get(0))?;
    db.prepare_cached("DELETE FROM kept_duties WHERE customer_id = ?1")?.execute([customer])?;
    let mut insert = db.prepare_cached(SQL)?;
    for KeptDuty { duty, source, verified, met_on, kept_on, instead, standing } in kept {
        insert.execute(named_params! {
            ":id": customer, ":code": duty.code.as_code(), ":ref": duty.reference,
            ":raw_due": duty.raw_due.to_string(), ":class": duty.class.as_code(),
            ":opens": duty.opens.to_string(), ":due": duty.due.to_string(), ":rule": duty.rule,
            ":policy": duty.policy, ":source": source, ":verified": verified,
            ":met_on": met_on.map(|day| day.to_string()), ":kept_on": kept_on.to_string(),
            ":instead": instead.map(|day| day.to_string()), ":standing": standing.as_code(),
            ":revision": revision,
        })?;
    }
    Ok(())
}
