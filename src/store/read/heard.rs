//! What the transcripts of a record propose, with the words that caused it.

use rusqlite::{Result, named_params};

use super::Asked;
use crate::domain::heard::HeardKind;
use crate::domain::ids::VisitId;
use crate::protocol::page::HeardRow;
use crate::store::row::code;

/// More than anybody reads beside a form.
const MOST: u32 = 200;

impl Asked<'_> {
    /// Findings in the registered transcripts of a version, in the order of the talks.
    pub(super) fn heard(&self, visit: &VisitId, version: i64) -> Result<Vec<HeardRow>> {
        const SQL: &str = "
            SELECT a.name, a.item, h.mark, h.kind, h.code, h.words, h.hearsay
            FROM attachments a CROSS JOIN heard h ON h.sha256 = a.sha256
            WHERE a.visit_id = :visit AND a.version <= :version ORDER BY a.seq, h.n LIMIT :most";
        let parameters =
            named_params! {":visit": visit.as_str(), ":version": version, ":most": MOST};
        self.db
            .prepare_cached(SQL)?
            .query_map(parameters, |row| {
                Ok(HeardRow {
                    file: row.get(0)?,
                    item: row.get(1)?,
                    mark: row.get(2)?,
                    kind: code(row, 3, HeardKind::from_code)?,
                    code: row.get(4)?,
                    words: row.get(5)?,
                    hearsay: row.get(6)?,
                })
            })?
            .collect()
    }
}
