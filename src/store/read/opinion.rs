//! Opinions as both sides read them: what the rules look at, what was said, by whom.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension as _, Result, named_params, params};

use crate::domain::answer::Value;
use crate::domain::facts::{self, Facts};
use crate::domain::ids::{CustomerId, VisitId};
use crate::domain::loan::Tier;
use crate::domain::money::Fen;
use crate::domain::review::{OpinionLevel, ReviewCase, Verdict};
use crate::protocol::command::Revision;
use crate::protocol::page::OpinionRow;
use crate::store::row::{code, shown_to_minute};

/// What the rules of review look at.
pub(crate) fn case(
    db: &Connection,
    customer: &CustomerId,
    visit: &VisitId,
    visited_on: NaiveDate,
) -> Result<ReviewCase> {
    const NOW: &str = "
        SELECT x.exposure, x.tier, EXISTS (
            SELECT 1 FROM flags f LEFT JOIN flag_care k ON k.flag_id = f.flag_id
            WHERE f.customer_id = :id AND f.level = 'red'
                AND (f.state = 'confirmed' OR f.state = 'proposed' AND k.visit_id = :visit))
        FROM customers c LEFT JOIN customer_facts x ON x.customer_id = c.customer_id
        WHERE c.customer_id = :id";
    const BEFORE: &str = "
        SELECT r.facts FROM visits v CROSS JOIN records r ON r.visit_id = v.visit_id
        WHERE v.customer_id = :id AND v.visit_id <> :visit
            AND (v.visited_on < :on OR v.visited_on = :on AND v.visit_id < :visit)
            AND r.state IN ('submitted', 'approved')
        ORDER BY v.visited_on DESC, v.visit_id DESC, r.state = 'approved' DESC, r.version DESC
        LIMIT 1";
    let mut case = db.prepare_cached(NOW)?.query_row(
        named_params! {":id": customer.as_str(), ":visit": visit.as_str()},
        |row| {
            let tier: Option<String> = row.get(1)?;
            Ok(ReviewCase {
                red_flag: row.get(2)?,
                tier: tier.as_deref().and_then(Tier::from_code),
                tier_before: None,
                exposure: row.get::<_, Option<i64>>(0)?.map(Fen),
            })
        },
    )?;
    let before: Option<String> = db
        .prepare_cached(BEFORE)?
        .query_row(
            named_params! {
                ":id": customer.as_str(), ":visit": visit.as_str(), ":on": visited_on.to_string(),
            },
            |row| row.get(0),
        )
        .optional()?;
    if let Some(Value::Choice(tier)) =
        before.map(|text| Facts::decode(&text)).as_ref().and_then(|f| f.get(facts::TIER))
    {
        case.tier_before = Tier::from_code(tier);
    }
    Ok(case)
}

/// Revision, verdict and author of the opinion at a level.
pub(crate) fn opinion_at(
    db: &Connection,
    visit: &VisitId,
    version: i64,
    content_hash: &str,
    level: &str,
) -> Result<Option<(Revision, String, String)>> {
    const SQL: &str = "
        SELECT revision, verdict, user FROM opinions
        WHERE visit_id = ?1 AND version = ?2 AND content_hash = ?3 AND level = ?4";
    db.prepare_cached(SQL)?
        .query_row(params![visit.as_str(), version, content_hash, level], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .optional()
}

/// Who has approved this content while further opinions are awaited, and her note.
pub(crate) fn reviewer(
    db: &Connection,
    visit: &VisitId,
    version: i64,
    content_hash: &str,
) -> Result<Option<(String, String)>> {
    const SQL: &str = "
        SELECT user, text FROM opinions
        WHERE visit_id = ?1 AND version = ?2 AND content_hash = ?3 AND level = 'review'";
    db.prepare_cached(SQL)?
        .query_row(params![visit.as_str(), version, content_hash], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()
}

/// All that was said about a version, the latest content first.
pub(super) fn opinions(
    db: &Connection,
    visit: &VisitId,
    version: i64,
    content_hash: Option<&str>,
    me: &str,
) -> Result<Vec<OpinionRow>> {
    const SQL: &str = "
        SELECT o.level, coalesce(u.name, o.user), o.verdict, o.text, o.at, o.revision,
            o.user = ?4, o.content_hash IS ?3
        FROM opinions o LEFT JOIN users u ON u.user = o.user
        WHERE o.visit_id = ?1 AND o.version = ?2
        ORDER BY o.content_hash IS ?3 DESC, o.at, o.level";
    db.prepare_cached(SQL)?
        .query_map(params![visit.as_str(), version, content_hash, me], |row| {
            let level: String = row.get(0)?;
            let at: String = row.get(4)?;
            Ok(OpinionRow {
                level: OpinionLevel::from_code(&level),
                by: row.get(1)?,
                verdict: code(row, 2, Verdict::from_code)?,
                text: row.get(3)?,
                at: shown_to_minute(&at),
                revision: row.get(5)?,
                mine: row.get(6)?,
                current: row.get(7)?,
            })
        })?
        .collect()
}

/// The opinions that the rules want for a version, as kept.
pub(super) fn needed(db: &Connection, visit: &VisitId, version: i64) -> Result<Vec<OpinionLevel>> {
    const SQL: &str = "SELECT level FROM opinion_needs WHERE visit_id = ?1 AND version = ?2";
    let mut statement = db.prepare_cached(SQL)?;
    let rows = statement
        .query_map(params![visit.as_str(), version], |row| code(row, 0, OpinionLevel::from_code))?;
    let mut levels: Vec<_> = rows.collect::<Result<_>>()?;
    levels.sort_unstable();
    Ok(levels)
}
