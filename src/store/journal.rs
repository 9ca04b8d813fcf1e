//! The journal: who did what, before and after, in the transaction of the change itself. Each row
//! is hashed over the one before, so that a changed, removed or inserted row shows. The words of a
//! row stand under a salted digest, which is all that the chain covers of them: what was said about
//! an erased customer goes, and the chain still holds.
//!
//! What it can't show by itself is a cut tail or a whole new chain: for that, [`head`] is written
//! down outside and handed to the check again as an anchor (`security.md` 3.6).

mod about;
mod anchored;
mod erased;
mod prove;
mod row;
mod shield;
mod sieve;

use chrono::{DateTime, FixedOffset};
use rusqlite::{Connection, OptionalExtension, params};

use super::error::Error;
use super::{Store, instant, meta, salt};
use crate::access::Actor;

pub(in crate::store) use anchored::last_anchor;
pub(in crate::store) use erased::{Hers, account, blank};
pub use prove::{Proved, prove};
use row::{Row, digest_of};
use shield::shield;
pub(in crate::store) use shield::shield_text;
pub(in crate::store) use sieve::Sieve;

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
#[derive(Debug, Clone, Copy)]
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
/// caller hands over. Whom it is about is told by its subject.
pub fn append(conn: &Connection, entry: &Entry<'_>) -> Result<i64, Error> {
    let seq = write(conn, entry)?;
    about::note(conn, seq, entry.subject)?;
    Ok(seq)
}

/// Writes one row of which the caller knows whom it is about.
pub(in crate::store) fn append_about<'a>(
    conn: &Connection,
    entry: &Entry<'_>,
    customers: impl Iterator<Item = &'a str>,
) -> Result<i64, Error> {
    let seq = write(conn, entry)?;
    about::keep(conn, seq, customers)?;
    Ok(seq)
}

fn write(conn: &Connection, entry: &Entry<'_>) -> Result<i64, Error> {
    let last = match last(conn)? {
        Some(last) => last,
        None => found(conn, entry)?,
    };
    let (before, after) = (entry.before.map(shield), entry.after.map(shield));
    let words = (before.as_deref(), after.as_deref());
    insert(conn, &last, entry, words)?;
    Ok(last.seq + 1)
}

/// The first row of a chain names its hash.
fn found(conn: &Connection, entry: &Entry<'_>) -> Result<Head, Error> {
    let chosen = super::meta::get(conn, super::meta::ALGORITHM)?;
    let algorithm = match chosen.as_deref() {
        None => Algorithm::default(),
        Some(code) => Algorithm::from_code(code).ok_or(Error::Value("journal_algorithm"))?,
    };
    let after = format!(r#"{{"algorithm":"{}"}}"#, algorithm.as_code());
    let none = Head { seq: 0, hash: String::new(), algorithm };
    let first = Entry { op: None, command: "genesis", subject: "journal", ..*entry };
    let hash = insert(conn, &none, &first, (None, Some(&after)))?;
    Ok(Head { seq: 1, hash, algorithm })
}

/// Writes the row after `last`; gives its hash.
fn insert(
    conn: &Connection,
    last: &Head,
    entry: &Entry<'_>,
    (before, after): (Option<&str>, Option<&str>),
) -> Result<String, Error> {
    const SQL: &str = "
        INSERT INTO journal (seq, at, actor, role, os_user, session, op, command, subject, before,
            after, prev_hash, digest, salt, hash)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)";
    let at = instant::store(entry.now);
    let salt = salt::text()?;
    let digest = digest_of(last.algorithm, &salt, before, after);
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
        before,
        after,
        prev_hash: &last.hash,
        digest: Some(&digest),
        salt: Some(&salt),
    };
    let hash = row.hash(last.algorithm);
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
        row.digest,
        row.salt,
        hash,
    ])?;
    Ok(hash)
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

impl Store {
    /// Chooses the hash of the journal while nothing stands in it: a chain keeps the one that it
    /// began with. Tells whether it was chosen.
    pub fn choose_hash(&mut self, algorithm: Algorithm) -> Result<bool, Error> {
        if head(self.conn())?.seq != 0 {
            return Ok(false);
        }
        let tx = self.begin()?;
        let free = head(&tx)?.seq == 0;
        if free {
            meta::set(&tx, meta::ALGORITHM, algorithm.as_code())?;
        }
        tx.commit()?;
        Ok(free)
    }

    /// Last row of the journal: what is written down outside as an anchor.
    pub fn journal_head(&self) -> Result<Head, Error> {
        head(&self.opened.conn)
    }

    /// Reads the journal's whole chain, against anchors (number, hash) written down before.
    pub fn verify_journal(&self, anchors: &[(i64, String)]) -> Result<Head, Error> {
        Ok(self.prove_journal(anchors)?.head)
    }

    /// The same, with how many rows have lost their words to an erasure, and how many never can.
    pub fn prove_journal(&self, anchors: &[(i64, String)]) -> Result<Proved, Error> {
        prove(&self.opened.conn, anchors)
    }

    /// How many of these operations (ids that were acknowledged) are in the journal, each once: for
    /// tests of faults.
    pub fn ops_kept(&self, ops: &[String]) -> Result<usize, Error> {
        ops_kept(&self.opened.conn, ops)
    }
}

#[cfg(test)]
mod tests;
