//! Is every row as it was written? Reads the whole chain and names the first row that is not.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;

use super::row::{COLUMNS, HASH, Row, Words};
use super::{Head, erased, head};
use crate::store::Error;

/// A chain that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proved {
    /// Its last row.
    pub head: Head,
    /// Rows whose words went with an erased customer.
    pub gone: u64,
    /// Rows of the first format, whose words can never go.
    pub bare: u64,
}

/// Reads the whole chain. [`Error::Journal`] names the first row that does not fit: changed,
/// missing, without its words though no later erasure names it, or other than an anchor (number and
/// hash of an earlier [`head`]) says.
pub fn prove(conn: &Connection, anchors: &[(i64, String)]) -> Result<Proved, Error> {
    let head = head(conn)?;
    let mut anchored: BTreeMap<i64, Vec<&String>> = BTreeMap::new();
    for (at, hash) in anchors {
        anchored.entry(*at).or_default().push(hash);
    }
    let mut statement = conn.prepare(&format!("SELECT {COLUMNS} FROM journal ORDER BY seq"))?;
    let mut rows = statement.query([])?;
    let (mut seq, mut hash) = (0, String::new());
    let (mut gone, mut bare) = (0, 0);
    // Rows without words that no erasure has accounted for so far.
    let mut owed = BTreeSet::new();
    while let Some(row) = rows.next()? {
        let kept = row.get_ref(HASH).and_then(|kept| Ok(kept.as_str()?));
        let fits = match (Row::read(row), kept) {
            (Ok(here), Ok(kept)) => {
                let words = here.words(head.algorithm);
                let follows = here.seq == seq + 1
                    && here.prev_hash == hash
                    && here.hash(head.algorithm) == kept;
                match words {
                    // The old format ended for good when the new one began.
                    Words::Bare if bare == seq => bare += 1,
                    Words::Gone if here.command != erased::COMMAND => {
                        gone += 1;
                        owed.insert(here.seq);
                    }
                    Words::Sealed => {}
                    Words::Bare | Words::Gone | Words::Wrong => return broken(conn, seq, &owed),
                }
                if follows && here.command == erased::COMMAND {
                    erased::settle(&mut owed, here.after);
                }
                kept.clone_into(&mut hash);
                follows
            }
            _ => false,
        };
        if !fits {
            return broken(conn, seq, &owed);
        }
        seq += 1;
        // Two anchors of one row may differ only if one of them is wrong.
        if anchored.get(&seq).is_some_and(|hashes| hashes.iter().any(|other| **other != hash)) {
            return broken(conn, seq - 1, &owed);
        }
    }
    if let Some(first) = owed.first() {
        return Err(Error::Journal { seq: *first });
    }
    match anchors.iter().map(|(at, _)| *at).max() {
        Some(highest) if highest > seq => Err(Error::Journal { seq: seq + 1 }),
        _ => {
            let head = Head { seq, hash, algorithm: head.algorithm };
            Ok(Proved { head, gone, bare: u64::try_from(bare).unwrap_or(0) })
        }
    }
}

/// The row after `good` is bad. An earlier one without words is the first bad one, unless an erasure
/// names it that comes after the break: that is taken at its word, the break is told anyhow.
fn broken(conn: &Connection, good: i64, owed: &BTreeSet<i64>) -> Result<Proved, Error> {
    let mut owed = owed.clone();
    if !owed.is_empty() {
        let sql = "SELECT after FROM journal WHERE seq > ?1 AND command = ?2";
        let mut statement = conn.prepare(sql)?;
        let mut rows = statement.query(rusqlite::params![good, erased::COMMAND])?;
        while let Some(row) = rows.next()? {
            erased::settle(&mut owed, row.get_ref(0)?.as_str_or_null().ok().flatten());
        }
    }
    Err(Error::Journal { seq: owed.first().copied().unwrap_or(good + 1) })
}
