//! The hash of what a record says: what a co-inspector signs and a reviewer approves.

use rusqlite::{Connection, Result, params};
use sm3::{Digest, Sm3};

use super::hex::hex;
use super::portfolio;
use crate::domain::facts::Facts;
use crate::domain::ids::VisitId;
use crate::domain::visit::Purpose;

/// Purposes as the column keeps them; none = empty.
pub(super) fn purposes_text(purposes: &[Purpose]) -> String {
    purposes.iter().map(ToString::to_string).collect::<Vec<_>>().join(";")
}

/// SM3 over the visit, what it was judged by, each answer with who gave it, and each
/// file with who added it. Each field goes in with its length.
pub(super) fn hash(db: &Connection, visit: &VisitId, version: i64) -> Result<String> {
    const RECORD: &str = "
        SELECT v.customer_id, v.visited_on, v.class, coalesce(v.channel, ''),
            coalesce(v.purposes, ''), r.pack, r.sections, r.facts
        FROM records r JOIN visits v USING (visit_id)
        WHERE r.visit_id = ?1 AND r.version = ?2";
    const ANSWERS: &str = "
        SELECT item, value, coalesce(evidence, ''), note, CAST(unchanged AS TEXT), answered_by
        FROM answers WHERE visit_id = ?1 AND version = ?2 ORDER BY item";
    const FILES: &str = "
        SELECT sha256, item, name, added_by FROM attachments
        WHERE visit_id = ?1 AND version <= ?2 ORDER BY sha256";
    let mut digest = Sm3::new();
    let mut field = |text: &str| {
        digest.update((text.len() as u64).to_be_bytes());
        digest.update(text);
    };
    field("huifang.record.1");
    field(visit.as_str());
    field(&version.to_string());
    let mut statement = db.prepare_cached(RECORD)?;
    let columns: [String; 8] = statement.query_row(params![visit.as_str(), version], |row| {
        let text = |at| row.get::<_, String>(at);
        Ok([text(0)?, text(1)?, text(2)?, text(3)?, text(4)?, text(5)?, text(6)?, text(7)?])
    })?;
    let [customer, day, class, channel, purposes, pack, sections, facts] = &columns;
    let purposes = portfolio::purposes(purposes).map_or_else(String::new, |p| purposes_text(&p));
    let sections: Vec<&str> = sections.split(';').filter(|id| !id.is_empty()).collect();
    for text in [customer, day, class, channel] {
        field(text);
    }
    field(&purposes);
    field(pack);
    field(&sections.join(";"));
    field(&Facts::decode(facts).encode());
    let mut statement = db.prepare_cached(ANSWERS)?;
    let mut rows = statement.query(params![visit.as_str(), version])?;
    while let Some(row) = rows.next()? {
        for column in 0..6 {
            field(&row.get::<_, String>(column)?);
        }
    }
    // Only where there are any, so that what was handed in before there were files stays as it is.
    let mut statement = db.prepare_cached(FILES)?;
    let mut rows = statement.query(params![visit.as_str(), version])?;
    while let Some(row) = rows.next()? {
        for column in 0..4 {
            field(&row.get::<_, String>(column)?);
        }
    }
    Ok(hex(&digest.finalize()))
}
