//! Texts of a record that are like those of others. The customer's own last records are compared
//! one by one; all others are found by their bands, newest first, and then compared by their words,
//! so that neither a million records nor a phrase that everybody uses makes it slow.

use std::collections::BTreeMap;

use rusqlite::{Connection, Result, params};

use super::{Error, meta};
use crate::assets::Packs;
use crate::domain::answer::Value;
use crate::domain::ids::VisitId;
use crate::form::Kind;
use crate::form::likeness::Runs;

/// Stands for "all earlier records are in the index".
const DONE: &str = "done";
/// How many of the customer's own earlier records are compared.
const OWN: i64 = 6;
/// How many texts are looked at under one band, newest first.
const PER_BAND: i64 = 8;
/// How many found texts are compared with one text, those that share most bands first.
const COMPARED: usize = 12;

/// A text that is like another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// Item of the text; empty = all texts of the record together.
    pub(super) item: String,
    /// How much of it stands there.
    pub(super) percent: u8,
    /// Where: visit, version, item.
    pub(super) other: Other,
}

/// A text of another record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Other {
    pub(super) visit: String,
    pub(super) version: i64,
    pub(super) item: String,
}

/// The free texts of a version that she wrote this time, by item; all together under the empty
/// name. What was confirmed as unchanged is honest and not among them.
fn texts(
    db: &Connection,
    packs: &Packs,
    visit: &str,
    version: i64,
) -> Result<BTreeMap<String, String>> {
    const SQL: &str = "
        SELECT item, value FROM answers
        WHERE visit_id = ?1 AND version = ?2 AND unchanged = 0 AND value GLOB 't:*' ORDER BY item";
    let mut statement = db.prepare_cached(SQL)?;
    let mut rows = statement.query(params![visit, version])?;
    let mut texts = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let item: String = row.get(0)?;
        let long = |kind: &Kind| matches!(kind, Kind::LongText);
        let known = packs.library.item(&item);
        if let Some(Value::Text(text)) = Value::decode(row.get_ref(1)?.as_str()?)
            && known.is_none_or(|item| long(&item.kind))
        {
            texts.insert(item, text);
        }
    }
    if texts.len() > 1 {
        let whole: Vec<&str> = texts.values().map(String::as_str).collect();
        texts.insert(String::new(), whole.join("\n"));
    }
    Ok(texts)
}

/// Keeps the texts of a version so that later records find them.
pub(super) fn index(db: &Connection, packs: &Packs, visit: &VisitId, version: i64) -> Result<()> {
    const PRINT: &str = "
        INSERT INTO text_prints (visit_id, version, item) VALUES (?1, ?2, ?3)
        ON CONFLICT DO UPDATE SET item = excluded.item RETURNING text_id";
    const BAND: &str =
        "INSERT INTO text_bands (band, text_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
    let least = packs.conduct.likeness.least;
    for (item, text) in texts(db, packs, visit.as_str(), version)? {
        let runs = Runs::of(&text);
        if runs.length < least {
            continue;
        }
        let id: i64 = db
            .prepare_cached(PRINT)?
            .query_row(params![visit.as_str(), version, item], |row| row.get(0))?;
        for band in runs.bands() {
            db.prepare_cached(BAND)?.execute(params![band, id])?;
        }
    }
    Ok(())
}

/// Takes in at most so many records that were handed in before there was an index, from where the
/// last call ended; gives how many, `None` once there is none left. What is in the index already
/// stays as it is, so that a call too many changes nothing.
pub(super) fn take_in_earlier(
    db: &Connection,
    packs: &Packs,
    most: u32,
) -> std::result::Result<Option<u64>, Error> {
    const SQL: &str = "
        SELECT visit_id, version FROM records
        WHERE state <> 'draft' AND (visit_id, version) > (?1, ?2)
        ORDER BY visit_id, version LIMIT ?3";
    let reached = meta::get(db, meta::TEXTS_UP_TO)?.unwrap_or_default();
    if reached == DONE {
        return Ok(None);
    }
    let (version, visit) = reached.split_once(' ').unwrap_or(("0", ""));
    let version: i64 = version.parse().unwrap_or(0);
    let mut statement = db.prepare_cached(SQL)?;
    let rows = statement.query_map(params![visit, version, most], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?))
    })?;
    let rows: Vec<(String, i64)> = rows.collect::<Result<_>>()?;
    for (visit, version) in &rows {
        index(db, packs, &VisitId::from(visit.as_str()), *version)?;
    }
    let reached = match rows.last() {
        Some((visit, version)) => format!("{version} {visit}"),
        None => DONE.to_owned(),
    };
    meta::set(db, meta::TEXTS_UP_TO, &reached)?;
    Ok((!rows.is_empty()).then(|| u64::try_from(rows.len()).unwrap_or(u64::MAX)))
}

/// Whether all earlier records are in the index.
pub(super) fn has_all_earlier(db: &Connection) -> std::result::Result<bool, Error> {
    Ok(meta::get(db, meta::TEXTS_UP_TO)?.as_deref() == Some(DONE))
}

/// A search under way: what was read already, and how many texts were compared.
pub(super) struct Search<'a> {
    db: &'a Connection,
    packs: &'a Packs,
    /// Texts of other versions that were read.
    read: BTreeMap<(String, i64), BTreeMap<String, String>>,
    /// How many pairs of texts were compared.
    pub(super) compared: usize,
}

impl<'a> Search<'a> {
    pub(super) fn new(db: &'a Connection, packs: &'a Packs) -> Self {
        Self { db, packs, read: BTreeMap::new(), compared: 0 }
    }

    /// For each text of a version the likest other one, from the limit of the pack on; the likest
    /// first.
    pub(super) fn of(&mut self, visit: &VisitId, version: i64) -> Result<Vec<Found>> {
        let limit = self.packs.conduct.likeness;
        let own = self.own_records(visit)?;
        let mut all = Vec::new();
        for (item, text) in texts(self.db, self.packs, visit.as_str(), version)? {
            let runs = Runs::of(&text);
            if runs.length < limit.least {
                continue;
            }
            let mut best: Option<Found> = None;
            for other in self.candidates(&runs, &item, visit, &own)? {
                let percent = self.percent(&runs, &other)?;
                if percent >= limit.percent && best.as_ref().is_none_or(|b| percent > b.percent) {
                    best = Some(Found { item: item.clone(), percent, other });
                }
            }
            all.extend(best);
        }
        all.sort_by(|a, b| b.percent.cmp(&a.percent).then_with(|| a.item.cmp(&b.item)));
        Ok(all)
    }

    /// The customer's records in force before this one, newest first.
    fn own_records(&self, visit: &VisitId) -> Result<Vec<(String, i64)>> {
        const SQL: &str = "
            SELECT o.visit_id, max(r.version) FROM visits v
            JOIN visits o ON o.customer_id = v.customer_id AND o.visit_id <> v.visit_id
            JOIN records r ON r.visit_id = o.visit_id AND r.state IN ('submitted', 'approved')
            WHERE v.visit_id = ?1 AND o.origin = 'here'
            GROUP BY o.visit_id ORDER BY o.visited_on DESC, o.visit_id DESC LIMIT ?2";
        let mut statement = self.db.prepare_cached(SQL)?;
        let rows = statement
            .query_map(params![visit.as_str(), OWN], |row| Ok((row.get(0)?, row.get(1)?)))?;
        rows.collect()
    }

    /// The texts to compare with: the same question in the customer's own records, then those that
    /// share most bands.
    fn candidates(
        &self,
        runs: &Runs,
        item: &str,
        visit: &VisitId,
        own: &[(String, i64)],
    ) -> Result<Vec<Other>> {
        const SQL: &str = "
            SELECT p.visit_id, p.version, p.item, p.text_id FROM (
                SELECT text_id FROM text_bands WHERE band = ?1 ORDER BY text_id DESC LIMIT ?3) b
            CROSS JOIN text_prints p ON p.text_id = b.text_id
            CROSS JOIN records r ON r.visit_id = p.visit_id AND r.version = p.version
            WHERE p.visit_id <> ?2 AND r.state <> 'draft'";
        let mut shared: BTreeMap<Other, (usize, i64)> = BTreeMap::new();
        let mut statement = self.db.prepare_cached(SQL)?;
        for band in runs.bands() {
            let mut rows = statement.query(params![band, visit.as_str(), PER_BAND])?;
            while let Some(row) = rows.next()? {
                let other = Other { visit: row.get(0)?, version: row.get(1)?, item: row.get(2)? };
                shared.entry(other).or_insert((0, row.get(3)?)).0 += 1;
            }
        }
        let mut found: Vec<_> = shared.into_iter().collect();
        found.sort_by(|(_, a), (_, b)| b.cmp(a));
        let same = own.iter().map(|(visit, version)| Other {
            visit: visit.clone(),
            version: *version,
            item: item.to_owned(),
        });
        Ok(same.chain(found.into_iter().take(COMPARED).map(|(other, _)| other)).collect())
    }

    fn percent(&mut self, runs: &Runs, other: &Other) -> Result<u8> {
        let key = (other.visit.clone(), other.version);
        if !self.read.contains_key(&key) {
            let read = texts(self.db, self.packs, &other.visit, other.version)?;
            self.read.insert(key.clone(), read);
        }
        let Some(text) = self.read.get(&key).and_then(|texts| texts.get(&other.item)) else {
            return Ok(0);
        };
        self.compared += 1;
        Ok(runs.percent_in(&Runs::of(text)))
    }
}

/// Puts down what was found when a version was handed in, in place of what was before.
pub(super) fn keep(db: &Connection, visit: &VisitId, version: i64, found: &[Found]) -> Result<()> {
    const CLEAR: &str = "DELETE FROM likenesses WHERE visit_id = ?1 AND version = ?2";
    const SQL: &str = "
        INSERT INTO likenesses (visit_id, version, item, percent, other_visit, other_version, other_item)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    db.prepare_cached(CLEAR)?.execute(params![visit.as_str(), version])?;
    for one in found {
        db.prepare_cached(SQL)?.execute(params![
            visit.as_str(),
            version,
            one.item,
            one.percent,
            one.other.visit,
            one.other.version,
            one.other.item
        ])?;
    }
    Ok(())
}

/// What was found when a version was handed in, the likest first.
pub(super) fn kept(db: &Connection, visit: &VisitId, version: i64) -> Result<Vec<Found>> {
    const SQL: &str = "
        SELECT item, percent, other_visit, other_version, other_item FROM likenesses
        WHERE visit_id = ?1 AND version = ?2 ORDER BY percent DESC, item";
    let mut statement = db.prepare_cached(SQL)?;
    let rows = statement.query_map(params![visit.as_str(), version], |row| {
        Ok(Found {
            item: row.get(0)?,
            percent: row.get(1)?,
            other: Other { visit: row.get(2)?, version: row.get(3)?, item: row.get(4)? },
        })
    })?;
    rows.collect()
}

#[cfg(test)]
mod tests;
