//! A row and its hash. In the first format the hash covers the words themselves. In the second it
//! covers a digest of them, salted with chance, so that the words can go and the chain still holds.

use sha2::Sha256;
use sm3::{Digest, Sm3};

use super::Algorithm;
use crate::store::hex::hex;

/// Parts our hashes from all others, and those of the formats from each other.
const DOMAIN: &[u8] = b"huifang.journal.1";
const SEALED: &[u8] = b"huifang.journal.2";
const WORDS: &[u8] = b"huifang.journal.2.words";

/// Columns as [`Row::read`] expects them; the row's own hash comes last.
pub(super) const COLUMNS: &str = "seq, at, actor, role, os_user, session, op, command, subject, \
    before, after, prev_hash, digest, salt, hash";
/// Place of the row's own hash among these.
pub(super) const HASH: usize = 14;

/// A row without its own hash.
pub(super) struct Row<'a> {
    pub(super) seq: i64,
    pub(super) at: &'a str,
    pub(super) actor: &'a str,
    pub(super) role: &'a str,
    pub(super) os_user: &'a str,
    pub(super) session: &'a str,
    pub(super) op: Option<&'a str>,
    pub(super) command: &'a str,
    pub(super) subject: &'a str,
    pub(super) before: Option<&'a str>,
    pub(super) after: Option<&'a str>,
    pub(super) prev_hash: &'a str,
    /// `None` = a row of the first format.
    pub(super) digest: Option<&'a str>,
    /// `None` in a row of the second format = its words have gone.
    pub(super) salt: Option<&'a str>,
}

/// What the words of a row are to the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Words {
    /// Covered by the row's hash itself.
    Bare,
    /// As the digest says.
    Sealed,
    /// Gone; an erasure must account for it.
    Gone,
    /// Not what the digest says.
    Wrong,
}

impl<'a> Row<'a> {
    pub(super) fn read(row: &'a rusqlite::Row<'_>) -> rusqlite::Result<Self> {
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
            digest: maybe(12)?,
            salt: maybe(13)?,
        })
    }

    /// Looks at the words alone.
    pub(super) fn words(&self, algorithm: Algorithm) -> Words {
        match (self.digest, self.salt) {
            (None, None) => Words::Bare,
            (Some(digest), Some(salt))
                if digest_of(algorithm, salt, self.before, self.after) == digest =>
            {
                Words::Sealed
            }
            (Some(_), None) if self.before.is_none() && self.after.is_none() => Words::Gone,
            _ => Words::Wrong,
        }
    }

    pub(super) fn hash(&self, algorithm: Algorithm) -> String {
        match algorithm {
            Algorithm::Sm3 => self.hash_with::<Sm3>(),
            Algorithm::Sha256 => self.hash_with::<Sha256>(),
        }
    }

    fn hash_with<D: Digest>(&self) -> String {
        let mut hash = D::new();
        hash.update(if self.digest.is_some() { SEALED } else { DOMAIN });
        hash.update(self.seq.to_be_bytes());
        let who = [
            Some(self.at),
            Some(self.actor),
            Some(self.role),
            Some(self.os_user),
            Some(self.session),
            self.op,
            Some(self.command),
            Some(self.subject),
        ];
        put(&mut hash, &who);
        match self.digest {
            None => put(&mut hash, &[self.before, self.after]),
            digest => put(&mut hash, &[digest]),
        }
        put(&mut hash, &[Some(self.prev_hash)]);
        hex(&hash.finalize())
    }
}

/// The digest under which words stand.
pub(super) fn digest_of(
    algorithm: Algorithm,
    salt: &str,
    before: Option<&str>,
    after: Option<&str>,
) -> String {
    fn with<D: Digest>(fields: &[Option<&str>]) -> String {
        let mut hash = D::new();
        hash.update(WORDS);
        put(&mut hash, fields);
        hex(&hash.finalize())
    }
    let fields = [Some(salt), before, after];
    match algorithm {
        Algorithm::Sm3 => with::<Sm3>(&fields),
        Algorithm::Sha256 => with::<Sha256>(&fields),
    }
}

/// Each field goes in with its length, so that no two rows read the same.
fn put<D: Digest>(hash: &mut D, fields: &[Option<&str>]) {
    for field in fields {
        let length = field.map_or(u64::MAX, |text| text.len() as u64);
        hash.update(length.to_be_bytes());
        hash.update(field.unwrap_or_default());
    }
}
