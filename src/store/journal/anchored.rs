//! Anchors outside of the file: that one was written stands in the journal too, so that a silent end
//! of it is seen.

use std::path::PathBuf;

use chrono::{DateTime, FixedOffset, NaiveDate};
use rusqlite::{Connection, OptionalExtension as _};

use super::{Entry, Head, append};
use crate::access::Actor;
use crate::store::{Error, Store, instant};

impl Store {
    /// Where anchors lie if nobody says otherwise.
    pub fn anchors_dir(&self) -> PathBuf {
        self.path().with_file_name("anchors")
    }

    /// Notes that the head was written into a file of this name.
    pub fn note_anchor(
        &mut self,
        actor: &Actor,
        now: DateTime<FixedOffset>,
        file: &str,
        head: &Head,
    ) -> Result<(), Error> {
        let after =
            serde_json::json!({"file": file, "seq": head.seq, "hash": head.hash}).to_string();
        let tx = self.begin()?;
        let entry = Entry {
            actor,
            now,
            op: None,
            command: "anchor",
            subject: "journal",
            before: None,
            after: Some(&after),
        };
        append(&tx, &entry)?;
        Ok(tx.commit()?)
    }

    /// The business date of the last anchor, and up to which row it reaches.
    pub fn last_anchor(&self) -> Result<Option<(NaiveDate, i64)>, Error> {
        last_anchor(self.conn())
    }
}

/// See [`Store::last_anchor`].
pub(in crate::store) fn last_anchor(db: &Connection) -> Result<Option<(NaiveDate, i64)>, Error> {
    const SQL: &str = "
        SELECT at, json_extract(after, '$.seq') FROM journal
        WHERE command = 'anchor' ORDER BY seq DESC LIMIT 1";
    let found = db
        .prepare_cached(SQL)?
        .query_row([], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))
        .optional()?;
    Ok(found.and_then(|(at, seq)| Some((instant::business_date(instant::read(&at)?), seq))))
}
