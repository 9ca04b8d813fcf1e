//! Score cards of the bank's own: the built-in one scores until two people have put another in its
//! place.

use rusqlite::{Connection, OptionalExtension, Row};

use super::{Error, Store};
use crate::assets::score;
use crate::risk::score::Card;

/// A card that was put forward, as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardLine {
    /// Id and version: `score-own@1`.
    pub card: String,
    /// `proposed`, `active`, `retired`, `refused`.
    pub state: String,
    /// SHA-256 of the content, in hexadecimal.
    pub sha256: String,
    /// Why it was put forward.
    pub reason: String,
    /// Who put it forward: login name.
    pub proposed_by: String,
    /// When (UTC, as stored).
    pub proposed_at: String,
    /// Who decided: login name.
    pub decided_by: Option<String>,
    /// When (UTC, as stored).
    pub decided_at: Option<String>,
}

impl Store {
    /// All cards that were put forward, latest first.
    pub fn cards(&self) -> Result<Vec<CardLine>, Error> {
        const SQL: &str = "
            SELECT card, state, sha256, reason, proposed_by, proposed_at, decided_by, decided_at
            FROM score_cards ORDER BY proposed_at DESC, card";
        let mut statement = self.conn().prepare(SQL)?;
        let lines = statement.query_map([], line)?;
        Ok(lines.collect::<Result<_, _>>()?)
    }

    /// The text of a card: of a version, or of the one in force.
    pub fn card_text(&self, version: Option<&str>) -> Result<Option<String>, Error> {
        const SQL: &str = "SELECT content FROM score_cards WHERE card = ?1";
        let built_in = || Some(score::default_text().to_owned());
        let Some(version) = version else { return Ok(own(self.conn())?.or_else(built_in)) };
        let mut statement = self.conn().prepare_cached(SQL)?;
        let found: Option<String> = statement.query_row([version], |row| row.get(0)).optional()?;
        Ok(found.or_else(|| is_built_in(version).then(built_in).flatten()))
    }
}

/// The text of the own card in force, if there is one.
pub(super) fn own(db: &Connection) -> rusqlite::Result<Option<String>> {
    const SQL: &str = "SELECT content FROM score_cards WHERE state = 'active'";
    db.prepare_cached(SQL)?.query_row([], |row| row.get(0)).optional()
}

/// The card in force. It was read before it was kept: only another program's hand makes it
/// unreadable, and scoring on by another card would mix two measures unseen.
pub(super) fn in_force(db: &Connection) -> Result<Card, Error> {
    let read = match own(db)? {
        Some(content) => score::parse("score_cards", &content),
        None => score::shared().map(|card| card.as_ref().clone()),
    };
    read.map_err(|fault| {
        tracing::error!(%fault, "score card in force");
        Error::Damaged { code: rusqlite::ffi::SQLITE_MISMATCH }
    })
}

/// Whether a version is the one built into the program.
pub(super) fn is_built_in(version: &str) -> bool {
    score::shared().is_ok_and(|card| card.id == version)
}

fn line(row: &Row<'_>) -> rusqlite::Result<CardLine> {
    Ok(CardLine {
        card: row.get(0)?,
        state: row.get(1)?,
        sha256: row.get(2)?,
        reason: row.get(3)?,
        proposed_by: row.get(4)?,
        proposed_at: row.get(5)?,
        decided_by: row.get(6)?,
        decided_at: row.get(7)?,
    })
}
