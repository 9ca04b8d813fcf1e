//! Files of visits, with what a reviewer should look at.

use chrono::{NaiveDate, NaiveDateTime};
use rusqlite::{Result, Row, named_params};

use super::Asked;
use crate::domain::attachment::{Looks, Media, PhotoCategory, Place};
use crate::domain::ids::{CustomerId, VisitId};
use crate::domain::visit::VisitState;
use crate::protocol::page::{AttachmentRow, FirstUse, GalleryPage, ReuseRow};
use crate::protocol::query::GalleryOf;
use crate::store::files::Shelf;
use crate::store::row::{code, day, id, maybe_code, shown_to_second, strange};

/// Columns that [`Asked::attachment`] reads; joined with the visit as `v`.
const COLUMNS: &str = "a.sha256, a.visit_id, v.visited_on, a.version, a.item, a.category, a.name, \
    a.size, a.media, a.width, a.height, a.taken_at, a.latitude, a.longitude, \
    coalesce(u.name, a.added_by), a.added_at";

impl Asked<'_> {
    /// Files of a version of a record: its own and those of the versions before it.
    pub(super) fn attachments(&self, visit: &VisitId, version: i64) -> Result<Vec<AttachmentRow>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM attachments a CROSS JOIN visits v ON v.visit_id = a.visit_id \
             LEFT JOIN users u ON u.user = a.added_by \
             WHERE a.visit_id = :visit AND a.version <= :version ORDER BY a.seq"
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
             v.visit_id, v.customer_id, c.name, v.visited_on, v.state, {} \
             FROM attachment_refusals f LEFT JOIN users u ON u.user = f.tried_by \
             LEFT JOIN visits v ON v.visit_id = f.first_visit \
             LEFT JOIN customers c ON c.customer_id = v.customer_id \
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

    /// Files of one visit or of all visits of a customer.
    pub(super) fn gallery(&self, of: &GalleryOf) -> Result<Option<GalleryPage>> {
        let (column, key) = match of {
            GalleryOf::Visit(visit) => ("v.visit_id", visit.as_str()),
            GalleryOf::Customer(customer) => ("v.customer_id", customer.as_str()),
        };
        let customer: Option<(CustomerId, String)> = self.owner(of)?;
        let Some((_, name)) = customer else { return Ok(None) };
        let sql = format!(
            "SELECT {COLUMNS} FROM visits v CROSS JOIN attachments a ON a.visit_id = v.visit_id \
             LEFT JOIN users u ON u.user = a.added_by \
             WHERE {column} = :key ORDER BY v.visited_on DESC, v.visit_id, a.seq LIMIT 200"
        );
        let shelf = Shelf::of(self.db);
        let rows = self
            .db
            .prepare_cached(&sql)?
            .query_map(named_params! {":key": key}, |row| self.attachment(row, &shelf))?
            .collect::<Result<_>>()?;
        Ok(Some(GalleryPage { name, rows }))
    }

    /// The customer behind it, if in scope.
    fn owner(&self, of: &GalleryOf) -> Result<Option<(CustomerId, String)>> {
        let sql = match of {
            GalleryOf::Visit(_) => format!(
                "SELECT c.customer_id, c.name FROM visits v JOIN customers c USING (customer_id) \
                 WHERE v.visit_id = :key AND {}",
                self.sight.sieve("c.officer")
            ),
            GalleryOf::Customer(_) => format!(
                "SELECT c.customer_id, c.name FROM customers c WHERE c.customer_id = :key AND {}",
                self.sight.sieve("c.officer")
            ),
        };
        let key = match of {
            GalleryOf::Visit(visit) => visit.as_str(),
            GalleryOf::Customer(customer) => customer.as_str(),
        };
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
        let looks = looks(row)?;
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
            warnings: self.packs.attachments.warnings(&looks, visited_on),
            looks,
            missing: !shelf.holds(&sha256, size),
            sha256,
        })
    }
}

fn looks(row: &Row<'_>) -> Result<Looks> {
    let taken: Option<String> = row.get(11)?;
    let taken_at = match taken {
        None => None,
        Some(text) => {
            let at = NaiveDateTime::parse_from_str(&text, "%Y-%m-%dT%H:%M:%S");
            Some(at.map_err(|_fault| strange(11))?)
        }
    };
    let pixels: (Option<u32>, Option<u32>) = (row.get(9)?, row.get(10)?);
    let place: (Option<i32>, Option<i32>) = (row.get(12)?, row.get(13)?);
    Ok(Looks {
        media: code(row, 8, Media::from_code)?,
        pixels: pixels.0.zip(pixels.1),
        taken_at,
        place: place.0.zip(place.1).map(|(latitude, longitude)| Place { latitude, longitude }),
    })
}

fn reuse(row: &Row<'_>) -> Result<ReuseRow> {
    let at: String = row.get(4)?;
    let seen: Option<bool> = row.get(10)?;
    let first = match seen {
        Some(true) => Some(FirstUse {
            visit: id(row, 5)?,
            customer: id(row, 6)?,
            name: row.get(7)?,
            visited_on: day(row, 8)?,
            state: code(row, 9, VisitState::from_code)?,
        }),
        _ => None,
    };
    Ok(ReuseRow {
        item: row.get(0)?,
        name: row.get(1)?,
        sha256: row.get(2)?,
        by: row.get(3)?,
        at: shown_to_second(&at),
        first,
    })
}
