//! The journal: who did what, before and after, in the transaction of the change itself. Each row
//! is hashed over the one before, so that a changed, removed or inserted row shows.
//!
//! What it can't show by itself is a cut tail or a whole new chain: for that, [`head`] is written
//! down outside and handed to [`verify`] again as an anchor (`security.md` 3.6).

mod anchored;
mod shield;
mod sieve;

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};
use rusqlite::{Connection, OptionalExtension, params};
use sha2::Sha256;
use sm3::{Digest, Sm3};

use super::error::Error;
use super::instant;
use crate::access::Actor;

pub(in crate::store) use anchored::last_anchor;
use shield::shield;
pub(in crate::store) use shield::shield_text;
pub(in crate::store) use sieve::Sieve;

/// Parts our hashes from all others.
const DOMAIN: &[u8] = b"huifang.journal.1";

/// The hash of a journal, chosen when the file is made and written in its first row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Algorithm {
    /// GB/T 32905.
    #[default]
    Sm3,
    /// FIPS 180-4, for partners that know no SM3.
    Sha256,
}

impl Algorithm {
    /// Name in the first row.
    pub const fn as_code(self) -> &'static str {
        match self {
            Self::Sm3 => "sm3",
            Self::Sha256 => "sha256",
        }
    }

    /// Reads [`Self::as_code`].
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "sm3" => Some(Self::Sm3),
            "sha256" => Some(Self::Sha256),
            _ => None,
        }
    }
}

/// What is to be kept of one command.
#[derive(Debug)]
pub struct Entry<'a> {
    /// Who.
    pub actor: &'a Actor,
    /// When.
    pub now: DateTime<FixedOffset>,
    /// The client's id of the write; `None` for what the program does by itself.
    pub op: Option<&'a str>,
    /// Code of the command.
    pub command: &'a str,
    /// Id of what was changed.
    pub subject: &'a str,
    /// JSON of what was there; `None` = nothing.
    pub before: Option<&'a str>,
    /// JSON of what is there now; `None` = nothing.
    pub after: Option<&'a str>,
}

/// The last row of a journal: what an anchor outside the file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Number of the last row; 0 = no row yet.
    pub seq: i64,
    /// Its hash, in hex.
    pub hash: String,
    /// Hash of the chain.
    pub algorithm: Algorithm,
}

/// Writes one row; returns its number. Identity and phone numbers are masked here, whatever the
/// caller hands over.
pub fn append(conn: &Connection, entry: &Entry<'_>) -> Result<i64, Error> {
    let last = match last(conn)? {
        Some(last) => last,
        None => found(conn, entry)?,
    };
    let (before, after) = (entry.before.map(shield), entry.after.map(shield));
    let at = instant::store(entry.now);
    let row = Row {
        seq: last.seq + 1,
        at: &at,
        actor: entry.actor.user.as_str(),
        role: entry.actor.role.as_code(),
        os_user: &entry.actor.os_user,
        session: &entry.actor.session,
        op: entry.op,
        command: entry.command,
        subject: entry.subject,
        before: before.as_deref(),
        after: after.as_deref(),
        prev_hash: &last.hash,
    };
    insert(conn, last.algorithm, &row)
}

/// The first row of a chain names its hash.
fn found(conn: &Connection, entry: &Entry<'_>) -> Result<Head, Error> {
    let chosen = super::meta::get(conn, super::meta::ALGORITHM)?;
    let algorithm = match chosen.as_deref() {
        None => Algorithm::default(),
        Some(code) => Algorithm::from_code(code).ok_or(Error::Value("journal_algorithm"))?,
    };
    let after = format!(r#"{{"algorithm":"{}"}}"#, algorithm.as_code());
    let at = instant::store(entry.now);
    let row = Row {
        seq: 1,
        at: &at,
        actor: entry.actor.user.as_str(),
        role: entry.actor.role.as_code(),
        os_user: &entry.actor.os_user,
        session: &entry.actor.session,
        op: None,
        command: "genesis",
        subject: "journal",
        before: None,
        after: Some(&after),
        prev_hash: "",
    };
    insert(conn, algorithm, &row)?;
    Ok(Head { seq: 1, hash: row.hash(algorithm), algorithm })
}

fn insert(conn: &Connection, algorithm: Algorithm, row: &Row<'_>) -> Result<i64, Error> {
    const SQL: &str = "
        INSERT INTO journal (seq, at, actor, role, os_user, session, op, command, subject, before, after, prev_hash, hash)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";
    conn.prepare_cached(SQL)?.execute(params![
        row.seq,
        row.at,
        row.actor,
        row.role,
        row.os_user,
        row.session,
        row.op,
        row.command,
        row.subject,
        row.before,
        row.after,
        row.prev_hash,
        row.hash(algorithm),
    ])?;
    Ok(row.seq)
}

/// The last row with the chain's hash; `None` where nothing has been written yet.
fn last(conn: &Connection) -> Result<Option<Head>, Error> {
    const SQL: &str = "
        SELECT j.seq, j.hash, json_extract(g.after, '$.algorithm')
        FROM journal j, journal g WHERE g.seq = 1 ORDER BY j.seq DESC LIMIT 1";
    let found = conn
        .prepare_cached(SQL)?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?, row.get::<_, Option<String>>(2)?)))
        .optional()?;
    let Some((seq, hash, code)) = found else { return Ok(None) };
    let algorithm = code.as_deref().and_then(Algorithm::from_code);
    Ok(Some(Head { seq, hash, algorithm: algorithm.ok_or(Error::Journal { seq: 1 })? }))
}

/// The last row: what is written down outside as an anchor.
pub fn head(conn: &Connection) -> Result<Head, Error> {
    let none = Head { seq: 0, hash: String::new(), algorithm: Algorithm::default() };
    Ok(last(conn)?.unwrap_or(none))
}

/// How many of these writes are in the journal: each is there once, or not at all.
pub(super) fn ops_kept(conn: &Connection, ops: &[String]) -> Result<usize, Error> {
    let mut statement = conn.prepare("SELECT count(*) FROM journal WHERE op = ?1")?;
    let mut kept = 0;
    for op in ops {
        let found: i64 = statement.query_row([op], |row| row.get(0))?;
        kept += usize::from(found == 1);
    }
    Ok(kept)
}

/// Reads the whole chain. [`Error::Journal`] names the first row that does not fit: changed,
/// missing, or other than an anchor (number and hash of an earlier [`head`]) says.
pub fn verify(conn: &Connection, anchors: &[(i64, String)]) -> Result<Head, Error> {
    const SQL: &str = "
        SELECT seq, at, actor, role, os_user, session, op, command, subject, before, after, prev_hash, hash
        FROM journal ORDER BY seq";
    let head = head(conn)?;
    let mut anchored: BTreeMap<i64, Vec<&String>> = BTreeMap::new();
    for (at, hash) in anchors {
        anchored.entry(*at).or_default().push(hash);
    }
    let mut statement = conn.prepare(SQL)?;
    let mut rows = statement.query([])?;
    let (mut seq, mut hash) = (0, String::new());
    while let Some(row) = rows.next()? {
        let broken = Error::Journal { seq: seq + 1 };
        let here = Row::read(row).map_err(|_type| broken.clone())?;
        let kept = row.get_ref(12)?.as_str().map_err(|_type| broken.clone())?;
        if here.seq != seq + 1 || here.prev_hash != hash || here.hash(head.algorithm) != kept {
            return Err(broken);
        }
        seq += 1;
        kept.clone_into(&mut hash);
        // Two anchors of one row may differ only if one of them is wrong.
        if anchored.get(&seq).is_some_and(|hashes| hashes.iter().any(|other| **other != hash)) {
            return Err(broken);
        }
    }
    match anchors.iter().map(|(at, _)| *at).max() {
        Some(highest) if highest > seq => Err(Error::Journal { seq: seq + 1 }),
        _ => Ok(Head { seq, hash, algorithm: head.algorithm }),
    }
}

/// A row without its own hash.
struct Row<'a> {
    seq: i64,
    at: &'a str,
    actor: &'a str,
    role: &'a str,
    os_user: &'a str,
    session: &'a str,
    op: Option<&'a str>,
    command: &'a str,
    subject: &'a str,
    before: Option<&'a str>,
    after: Option<&'a str>,
    prev_hash: &'a str,
}

impl<'a> Row<'a> {
    fn read(row: &'a rusqlite::Row<'_>) -> rusqlite::Result<Self> {
        let text = |i| Ok::<_, rusqlite::Error>(row.get_ref(i)?.as_str()?);
        let maybe = |i| Ok::<_, rusqlite::Error>(row.get_ref(i)?.as_str_or_null()?);
        Ok(Self {
            seq: row.get_ref(0)?.as_i64()?,
            at: text(1)?,
            actor: text(2)?,
            role: text(3)?,
            os_user: text(4)?,
            session: text(5)?,
            op: maybe(6)?,
            command: text(7)?,
            subject: text(8)?,
            before: maybe(9)?,
            after: maybe(10)?,
            prev_hash: text(11)?,
        })
    }

    fn hash(&self, algorithm: Algorithm) -> String {
        match algorithm {
            Algorithm::Sm3 => self.hash_with::<Sm3>(),
            Algorithm::Sha256 => self.hash_with::<Sha256>(),
        }
    }

    /// Each field goes in with its length, so that no two rows read the same.
    fn hash_with<D: Digest>(&self) -> String {
        let mut digest = D::new();
        digest.update(DOMAIN);
        digest.update(self.seq.to_be_bytes());
        let fields = [
            Some(self.at),
            Some(self.actor),
            Some(self.role),
            Some(self.os_user),
            Some(self.session),
            self.op,
            Some(self.command),
            Some(self.subject),
            self.before,
            self.after,
            Some(self.prev_hash),
        ];
        for field in fields {
            let length = field.map_or(u64::MAX, |text| text.len() as u64);
            digest.update(length.to_be_bytes());
            digest.update(field.unwrap_or_default());
        }
        hex(&digest.finalize())
    }
}

/// Lower-case hex.
pub(super) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |value: u8| char::from(DIGITS[usize::from(value & 15)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(*byte)]).collect()
}

#[cfg(test)]
mod tests;
