//! The second pair of eyes at a visit (协查): whether it needs one, and what she has signed.

use rusqlite::{Connection, OptionalExtension as _, Result, named_params, params};

use super::content;
use super::row::{branch_time, code, id, maybe_code};
use crate::access::Actor;
use crate::domain::answer::Value;
use crate::domain::conduct::{Stand, TwoPersons, TwoReason};
use crate::domain::facts::{self, Facts};
use crate::domain::flag::Level;
use crate::domain::ids::{CustomerId, UserId, VisitId};
use crate::domain::loan::Tier;
use crate::domain::visit::VisitClass;
use crate::protocol::command::Revision;
use crate::protocol::page::SecondRow;
use crate::store::read::scope::PEOPLE;

/// Condition that the actor (`:user`) is asked to inspect beside the lead of record `r`: then she
/// reads that one record, whoever the customer belongs to.
pub(super) const IS_ASKED: &str = "EXISTS (SELECT 1 FROM co_inspections s \
    WHERE s.visit_id = r.visit_id AND s.version = r.version AND s.user = :user)";

/// What is asked of a co-inspector and what she signed, with whether that still holds.
pub(super) fn of(db: &Connection, visit: &VisitId, version: i64) -> Result<Option<SecondRow>> {
    const SQL: &str = "
        SELECT s.user, coalesce(u.name, s.user), s.stand, coalesce(s.opinion, ''), s.signed_at,
            s.content_hash, s.revision
        FROM co_inspections s LEFT JOIN users u USING (user)
        WHERE s.visit_id = ?1 AND s.version = ?2";
    let found = db
        .prepare_cached(SQL)?
        .query_row(params![visit.as_str(), version], |row| {
            let at: Option<String> = row.get(4)?;
            let at = at.as_deref().and_then(branch_time);
            let signed: Option<String> = row.get(5)?;
            Ok((
                SecondRow {
                    user: id(row, 0)?,
                    name: row.get(1)?,
                    stand: maybe_code(row, 2, Stand::from_code)?,
                    opinion: row.get(3)?,
                    signed_at: at.map(|at| at.format("%m-%d %H:%M").to_string()),
                    holds: false,
                    content_hash: String::new(),
                    revision: row.get(6)?,
                },
                signed,
            ))
        })
        .optional()?;
    let Some((mut row, signed)) = found else { return Ok(None) };
    row.content_hash = content::hash(db, visit, version)?;
    row.holds = signed.as_ref() == Some(&row.content_hash);
    Ok(Some(row))
}

/// Why a visit needs two persons, by what is known now: a flag raised during it counts, one that only
/// a rule proposes elsewhere does not.
pub(super) fn reason(
    db: &Connection,
    rule: &TwoPersons,
    (customer, visit): (&CustomerId, &VisitId),
    class: VisitClass,
    facts: &Facts,
) -> Result<Option<TwoReason>> {
    const SQL: &str = "
        SELECT level FROM flags WHERE customer_id = ?1 AND (state = 'confirmed' OR state = 'proposed'
            AND EXISTS (SELECT 1 FROM flag_care k
                WHERE k.flag_id = flags.flag_id AND k.visit_id = ?2))
        ORDER BY CASE level WHEN 'red' THEN 0 WHEN 'orange' THEN 1 ELSE 2 END LIMIT 1";
    let level = db
        .prepare_cached(SQL)?
        .query_row([customer.as_str(), visit.as_str()], |row| code(row, 0, Level::from_code))
        .optional()?;
    let exposure = match facts.get(facts::EXPOSURE) {
        Some(Value::Money(fen)) => Some(*fen),
        _ => None,
    };
    let tier = match facts.get(facts::TIER) {
        Some(Value::Choice(code)) => Tier::from_code(code),
        _ => None,
    };
    Ok(rule.reason(class, exposure, level, tier))
}

/// Whom the actor may ask: enabled people of her branch who go to customers, officers first.
pub(super) fn colleagues(db: &Connection, actor: &Actor) -> Result<Vec<(UserId, String)>> {
    let sql = format!(
        "SELECT user, name FROM users WHERE disabled = 0 AND user <> :user \
         AND role IN ('officer', 'supervisor', 'risk') AND user IN ({PEOPLE}) \
         ORDER BY role <> 'officer', role, user"
    );
    let parameters = named_params! {":user": actor.user.as_str(), ":scope": actor.branch};
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map(parameters, |row| Ok((id(row, 0)?, row.get(1)?)))?;
    rows.collect()
}

/// Revision of the request; 0 = there is none.
pub(super) fn revision(row: Option<&SecondRow>) -> Revision {
    row.map_or(0, |row| row.revision)
}
