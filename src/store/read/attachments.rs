//! Files of visits and flags, with what a reviewer should look at.

use chrono::NaiveDate;
use rusqlite::{Result, Row, named_params};

use super::Asked;
use super::looks::looks;
use super::proofs::reuse;
use crate::domain::attachment::{FileWarning, PhotoCategory};
use crate::domain::heard::TalkFault;
use crate::domain::ids::{CustomerId, VisitId};
use crate::protocol::page::{AttachmentRow, GalleryPage, GalleryRow, ReuseRow};
use crate::protocol::query::GalleryOf;
use crate::store::files::Shelf;
use crate::store::row::{day, id, maybe_code, shown_to_second};

/// Columns that [`Asked::attachment`] reads; joined with the visit as `v`.
const COLUMNS: &str = "a.sha256, a.visit_id, v.visited_on, a.version, a.item, a.category, a.name, \
    a.size, a.media, a.width, a.height, a.taken_at, a.latitude, a.longitude, \
    coalesce(u.name, a.added_by), a.added_at, h.fault, h.fault_line";
/// What they need beside files and visits.
const BESIDE: &str = "LEFT JOIN users u ON u.user = a.added_by \
    LEFT JOIN heard_texts h ON h.sha256 = a.sha256";

/// The customer of an id.
const OWNER: &str = "SELECT c.customer_id, c.name FROM customers c WHERE c.customer_id = :key";
/// The customer of a visit.
const OWNER_OF_VISIT: &str = "SELECT c.customer_id, c.name FROM visits v \
    JOIN customers c USING (customer_id) WHERE v.visit_id = :key";

/// Where the columns of [`looks`] begin among them.
const LOOKS: usize = 8;

impl Asked<'_> {
    /// Files of a version of a record: its own and those of the versions before it.
    pub(super) fn attachments(&self, visit: &VisitId, version: i64) -> Result<Vec<AttachmentRow>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM attachments a CROSS JOIN visits v ON v.visit_id = a.visit_id \
             {BESIDE} WHERE a.visit_id = :visit AND a.version <= :version ORDER BY a.seq"
        );
        let shelf = Shelf::of(self.db);
        self.db
            .prepare_cached(&sql)?
            .query_map(named_params! {":visit": visit.as_str(), ":version": version}, |row| {
                self.attachment(row, &shelf)
            })?
            .collect()
    }

    /// Attempts to use files of other visits in this one.
    pub(super) fn reused(&self, visit: &VisitId) -> Result<Vec<ReuseRow>> {
        let sql = format!(
            "SELECT f.item, f.name, f.sha256, coalesce(u.name, f.tried_by), f.tried_at, \
             c.customer_id, c.name, v.visit_id, v.visited_on, v.state, g.flag_id, g.raised_on, {} \
             FROM attachment_refusals f LEFT JOIN users u ON u.user = f.tried_by \
             LEFT JOIN visits v ON v.visit_id = f.first_visit \
             LEFT JOIN flags g ON g.flag_id = f.first_flag \
             LEFT JOIN customers c ON c.customer_id = coalesce(v.customer_id, g.customer_id) \
             WHERE f.visit_id = :visit ORDER BY f.tried_at, f.sha256",
            self.sight.sieve("c.officer")
        );
        self.db
            .prepare_cached(&sql)?
            .query_map(
                named_params! {":visit": visit.as_str(), ":scope": self.sight.value()},
                reuse,
            )?
            .collect()
    }

    /// Files of one visit, of one flag, or of everything of a customer.
    pub(super) fn gallery(&self, of: &GalleryOf) -> Result<Option<GalleryPage>> {
        let (owner, column, key) = match of {
            GalleryOf::Visit(visit) => (OWNER_OF_VISIT, "v.visit_id", visit.as_str()),
            GalleryOf::Customer(customer) => (OWNER, "v.customer_id", customer.as_str()),
            GalleryOf::Flag(flag) => return self.flag_gallery(flag),
        };
        let customer = self.owner(owner, key)?;
        let Some((customer, name)) = customer else { return Ok(None) };
        let sql = format!(
            "SELECT {COLUMNS} FROM visits v CROSS JOIN attachments a ON a.visit_id = v.visit_id \
             {BESIDE} WHERE {column} = :key ORDER BY v.visited_on DESC, v.visit_id, a.seq LIMIT 200"
        );
        let shelf = Shelf::of(self.db);
        let mut rows = self
            .db
            .prepare_cached(&sql)?
            .query_map(named_params! {":key": key}, |row| {
                self.attachment(row, &shelf).map(GalleryRow::Visit)
            })?
            .collect::<Result<Vec<_>>>()?;
        if matches!(of, GalleryOf::Customer(_)) {
            rows.extend(self.proofs_of(&customer)?);
        }
        Ok(Some(GalleryPage { name, rows }))
    }

    /// The customer behind a visit or an id, if in scope.
    fn owner(&self, of: &str, key: &str) -> Result<Option<(CustomerId, String)>> {
        let sql = format!("{of} AND {}", self.sight.sieve("c.officer"));
        let mut statement = self.db.prepare_cached(&sql)?;
        let mut rows = statement
            .query_map(named_params! {":key": key, ":scope": self.sight.value()}, |row| {
                Ok((id(row, 0)?, row.get(1)?))
            })?;
        rows.next().transpose()
    }

    fn attachment(&self, row: &Row<'_>, shelf: &Shelf) -> Result<AttachmentRow> {
        let at: String = row.get(15)?;
        let (sha256, visited_on): (String, NaiveDate) = (row.get(0)?, day(row, 2)?);
        let size = u64::try_from(row.get::<_, i64>(7)?).unwrap_or(0);
        let looks = looks(row, LOOKS)?;
        let mut warnings = self.packs.attachments.warnings(&looks, visited_on);
        if let Some(why) = maybe_code(row, 16, TalkFault::from_code)? {
            warnings.push(FileWarning::Unread(row.get(17)?, why));
        }
        Ok(AttachmentRow {
            visit: id(row, 1)?,
            visited_on,
            version: row.get(3)?,
            item: row.get(4)?,
            category: maybe_code(row, 5, PhotoCategory::from_code)?,
            name: row.get(6)?,
            size,
            by: row.get(14)?,
            at: shown_to_second(&at),
            warnings,
            looks,
            missing: !shelf.holds(&sha256, size),
            sha256,
        })
    }
}
