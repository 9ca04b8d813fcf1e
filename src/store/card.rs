//! Score cards of the bank's own: the built-in one scores until two people have put another in its
//! place.

use rusqlite::Connection;

use super::versions::{CARDS, Version, unreadable};
use super::{Error, Store};
use crate::assets::score;
use crate::risk::score::Card;

impl Store {
    /// All cards that were put forward, latest first.
    pub fn cards(&self) -> Result<Vec<Version>, Error> {
        CARDS.list(self.conn())
    }

    /// The text of a card: of a version, or of the one in force.
    pub fn card_text(&self, version: Option<&str>) -> Result<Option<String>, Error> {
        let built_in = || score::default_text().to_owned();
        let Some(version) = version else {
            return Ok(Some(own(self.conn())?.unwrap_or_else(built_in)));
        };
        let found = CARDS.text(self.conn(), version)?;
        Ok(found.or_else(|| is_built_in(version).then(built_in)))
    }
}

/// The text of the own card in force, if there is one.
pub(super) fn own(db: &Connection) -> rusqlite::Result<Option<String>> {
    Ok(CARDS.active(db)?.map(|(_, content)| content))
}

/// The card in force.
pub(super) fn in_force(db: &Connection) -> Result<Card, Error> {
    let read = match own(db)? {
        Some(content) => score::parse("score_cards", &content),
        None => score::shared().map(|card| card.as_ref().clone()),
    };
    read.map_err(|fault| unreadable(&fault))
}

/// Whether a version is the one built into the program.
pub(super) fn is_built_in(version: &str) -> bool {
    score::shared().is_ok_and(|card| card.id == version)
}
