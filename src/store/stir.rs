//! What was written of late, as the journal tells it: so that a standing query that costs much is
//! not asked again for what it does not read.

use std::collections::BTreeSet;

use rusqlite::params;

use super::{Error, Store, journal};
use crate::domain::ids::CustomerId;

/// More rows than a few people write between two looks: then it is not worth asking what each was.
const MOST: i64 = 64;

/// Commands that change nothing about a record that waits for review: an answer stands in a draft,
/// and the others in nobody's record.
const QUIET: [&str; 4] = ["answer", "acknowledge", "set_pin", "vouch"];

/// Commands that change neither flags nor scores, instalments and tiers: what they propose has rows
/// of its own.
const BESIDE: [&str; 13] = [
    "answer",
    "acknowledge",
    "add_todo",
    "ask_second",
    "attach",
    "comment",
    "note_look_up",
    "plan_meeting",
    "reply_comment",
    "set_pin",
    "sign_second",
    "start_visit",
    "vouch",
];

/// Commands that change nothing on any page but the journal's own.
pub(super) const SILENT: [&str; 7] =
    ["anchor", "note_copy", "read", "read_refused", "sign_in", "sign_in_refused", "unlock"];

/// What was written since a row of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stir {
    /// Number of the journal's last row.
    pub head: i64,
    /// Customers of whom a record that waits for review may look different; `None` = of anybody.
    pub customers: Option<BTreeSet<CustomerId>>,
    /// Rows came, and none of them changes a page other than the journal's.
    pub silent: bool,
    /// What signals and scores are held against may look different.
    pub outcomes: bool,
}

impl Store {
    /// What was written after this row of the journal.
    pub fn stir(&self, since: i64) -> Result<Stir, Error> {
        const ROWS: &str = "SELECT command, subject FROM journal WHERE seq > ?1 LIMIT ?2";
        const WHOSE: &str = "
            SELECT customer_id FROM visits WHERE visit_id = ?1
            UNION SELECT customer_id FROM flags WHERE flag_id = ?1
            UNION SELECT customer_id FROM customers WHERE customer_id = ?1";
        let db = self.conn();
        let head = journal::head(db)?.seq;
        if head - since > MOST {
            return Ok(Stir { head, customers: None, silent: false, outcomes: true });
        }
        let mut rows = db.prepare_cached(ROWS)?;
        let mut rows = rows.query(params![since, MOST])?;
        let mut whose = db.prepare_cached(WHOSE)?;
        let mut customers = BTreeSet::new();
        let mut silent = head > since;
        let mut outcomes = false;
        while let Some(row) = rows.next()? {
            let command = row.get_ref(0)?.as_str().unwrap_or_default();
            if SILENT.contains(&command) {
                continue;
            }
            silent = false;
            outcomes |= !BESIDE.contains(&command);
            if QUIET.contains(&command) {
                continue;
            }
            let mut known = false;
            let mut found = whose.query([row.get::<_, Option<String>>(1)?])?;
            while let Some(customer) = found.next()? {
                customers.insert(CustomerId(customer.get(0)?));
                known = true;
            }
            if !known {
                // Of whom is not known; the rows behind it are not asked any more.
                return Ok(Stir { head, customers: None, silent, outcomes: true });
            }
        }
        Ok(Stir { head, customers: Some(customers), silent, outcomes })
    }
}

#[cfg(test)]
mod tests;
