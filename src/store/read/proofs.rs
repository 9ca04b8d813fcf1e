//! Files that prove what became of flags, with what whoever ends the flag should look at.

use rusqlite::{OptionalExtension as _, Result, Row, named_params};

use super::Asked;
use super::looks::looks;
use crate::domain::attachment::FileRules;
use crate::domain::ids::{CustomerId, FlagId};
use crate::domain::visit::VisitState;
use crate::protocol::page::{FirstPlace, FirstUse, GalleryPage, GalleryRow, ProofRow, ReuseRow};
use crate::store::files::Shelf;
use crate::store::row::{day, id, maybe_code, maybe_day, maybe_id, shown_to_second};

/// Columns that [`proof`] reads: the flag is `f`, whoever registered the file `u`.
const COLUMNS: &str = "p.sha256, p.flag_id, f.signal, f.raised_on, p.name, p.size, \
    coalesce(u.name, p.added_by), p.added_at, p.media, p.width, p.height, p.taken_at, p.latitude, \
    p.longitude";

/// Where the columns of [`looks`] begin among them.
const LOOKS: usize = 8;

impl Asked<'_> {
    /// Files of a flag, in the order in which they were registered.
    pub(super) fn proofs(&self, flag: &FlagId) -> Result<Vec<ProofRow>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM proofs p CROSS JOIN flags f ON f.flag_id = p.flag_id \
             LEFT JOIN users u ON u.user = p.added_by WHERE p.flag_id = :key ORDER BY p.seq"
        );
        self.proof_rows(&sql, flag.as_str())
    }

    /// Files of all flags of a customer, the latest flag first.
    pub(super) fn proofs_of(&self, customer: &CustomerId) -> Result<Vec<GalleryRow>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM flags f CROSS JOIN proofs p ON p.flag_id = f.flag_id \
             LEFT JOIN users u ON u.user = p.added_by WHERE f.customer_id = :key \
             ORDER BY f.raised_on DESC, f.flag_id, p.seq LIMIT 200"
        );
        let rows = self.proof_rows(&sql, customer.as_str())?;
        Ok(rows.into_iter().map(GalleryRow::Flag).collect())
    }

    fn proof_rows(&self, sql: &str, key: &str) -> Result<Vec<ProofRow>> {
        let shelf = Shelf::of(self.db);
        self.db
            .prepare_cached(sql)?
            .query_map(named_params! {":key": key}, |row| proof(row, &shelf))?
            .collect()
    }

    /// The viewer of one flag's files; `None` = the flag is not there, or not in scope.
    pub(super) fn flag_gallery(&self, flag: &FlagId) -> Result<Option<GalleryPage>> {
        let sql = format!(
            "SELECT c.name FROM flags f JOIN customers c ON c.customer_id = f.customer_id \
             WHERE f.flag_id = :flag AND {}",
            self.sight.sieve("c.officer")
        );
        let parameters = named_params! {":flag": flag.as_str(), ":scope": self.sight.value()};
        let name: Option<String> =
            self.db.prepare_cached(&sql)?.query_row(parameters, |row| row.get(0)).optional()?;
        let Some(name) = name else { return Ok(None) };
        let rows = self.proofs(flag)?.into_iter().map(GalleryRow::Flag).collect();
        Ok(Some(GalleryPage { name, rows }))
    }

    /// Attempts to prove a flag with files that belong elsewhere.
    pub(super) fn proofs_reused(&self, flag: &FlagId) -> Result<Vec<ReuseRow>> {
        let sql = format!(
            "SELECT '', r.name, r.sha256, coalesce(u.name, r.tried_by), r.tried_at, \
             c.customer_id, c.name, v.visit_id, v.visited_on, v.state, f.flag_id, f.raised_on, {} \
             FROM proof_refusals r LEFT JOIN users u ON u.user = r.tried_by \
             LEFT JOIN visits v ON v.visit_id = r.first_visit \
             LEFT JOIN flags f ON f.flag_id = r.first_flag \
             LEFT JOIN customers c ON c.customer_id = coalesce(v.customer_id, f.customer_id) \
             WHERE r.flag_id = :flag ORDER BY r.tried_at, r.sha256",
            self.sight.sieve("c.officer")
        );
        self.db
            .prepare_cached(&sql)?
            .query_map(named_params! {":flag": flag.as_str(), ":scope": self.sight.value()}, reuse)?
            .collect()
    }
}

fn proof(row: &Row<'_>, shelf: &Shelf) -> Result<ProofRow> {
    let (sha256, raised_on): (String, _) = (row.get(0)?, day(row, 3)?);
    let size = u64::try_from(row.get::<_, i64>(5)?).unwrap_or(0);
    let at: String = row.get(7)?;
    let looks = looks(row, LOOKS)?;
    Ok(ProofRow {
        flag: id(row, 1)?,
        signal: row.get(2)?,
        raised_on,
        name: row.get(4)?,
        size,
        by: row.get(6)?,
        at: shown_to_second(&at),
        warnings: FileRules::proof_warnings(&looks, raised_on),
        looks,
        missing: !shelf.holds(&sha256, size),
        sha256,
    })
}

/// An attempt with where the file was used first, if that lies in the actor's scope: item, name,
/// hash, who, when, customer, her name, visit, day, state, flag, day, whether in scope.
pub(super) fn reuse(row: &Row<'_>) -> Result<ReuseRow> {
    let at: String = row.get(4)?;
    let seen: Option<bool> = row.get(12)?;
    let first = match first_place(row)?.filter(|_| seen == Some(true)) {
        Some(place) => Some(FirstUse { customer: id(row, 5)?, name: row.get(6)?, place }),
        None => None,
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

fn first_place(row: &Row<'_>) -> Result<Option<FirstPlace>> {
    let visit = (maybe_id(row, 7)?, maybe_day(row, 8)?, maybe_code(row, 9, VisitState::from_code)?);
    if let (Some(visit), Some(on), Some(state)) = visit {
        return Ok(Some(FirstPlace::Visit { visit, on, state }));
    }
    let flag = (maybe_id(row, 10)?, maybe_day(row, 11)?);
    Ok(if let (Some(flag), Some(on)) = flag { Some(FirstPlace::Flag { flag, on }) } else { None })
}
