//! Branches that the own file of signals names and no officer has: their entries count for nobody.

use chrono::{DateTime, FixedOffset, NaiveDate};
use rusqlite::{Connection, Result as Rows};

use crate::assets::warning::{Book, book};
use crate::store::keepers::tell_keepers;
use crate::store::{Error, Store};
use crate::warning::branches::{Unknown, unknown};

impl Store {
    /// Branches that `signals.toml` beside the database names and nobody has.
    pub fn unknown_branches(&self) -> Result<Vec<Unknown>, Error> {
        self.strange_to(&*self.rule_book()?)
    }

    /// Those that the text of such a file names.
    pub fn unknown_branches_of(&self, text: &str) -> Result<Vec<Unknown>, Error> {
        self.strange_to(&*book(text)?)
    }

    /// Those that these rules are for.
    pub(in crate::store) fn strange_to(&self, book: &Book) -> Result<Vec<Unknown>, Error> {
        Ok(unknown(&book.named, &known(self.conn())?))
    }
}

/// The branches of the people.
fn known(db: &Connection) -> Rows<Vec<String>> {
    const SQL: &str =
        "SELECT DISTINCT branch FROM users WHERE coalesce(branch, '') <> '' ORDER BY branch";
    db.prepare_cached(SQL)?.query_map([], |row| row.get(0))?.collect()
}

/// Tells whoever answers for the rules, each name once. A name that was put right is told no more;
/// wrong again, it is news again.
pub(in crate::store) fn tell(
    db: &Connection,
    strange: &[Unknown],
    date: NaiveDate,
    now: DateTime<FixedOffset>,
) -> Rows<()> {
    // The one kind of message that is ever deleted: its subject is a name in a file, and no fact.
    // By user, for that is how messages are found.
    const MENDED: &str = "DELETE FROM notices WHERE to_user IN (SELECT user FROM users)
        AND kind = 'rules_branch' AND subject NOT IN (SELECT value FROM json_each(?1))";
    let names: Vec<&str> = strange.iter().map(|one| one.named.branch.as_str()).collect();
    let names = serde_json::Value::from(names).to_string();
    db.prepare_cached(MENDED)?.execute([names])?;
    for one in strange {
        tell_keepers(db, "rules_branch", &one.named.branch, date, now)?;
    }
    Ok(())
}
