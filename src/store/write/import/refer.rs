//! What a row refers to must be there: in the database, or in the same import, whose tables are
//! written before those that refer to them.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension, Statement, Transaction, params};

use super::rules::{Known, Wrong};
use super::{REMEMBERED, State};
use crate::protocol::import::Why;
use crate::protocol::tables::{Cell, Need, TABLES, Table};
use crate::store::Error;

/// The references of one table.
pub(super) struct References<'s> {
    columns: Vec<Reference<'s>>,
    users: Vec<usize>,
    purposes: Option<usize>,
}

struct Reference<'s> {
    at: usize,
    table: &'static str,
    exists: Statement<'s>,
    /// Found of late: need not be looked up again.
    found: HashSet<String>,
}

impl<'s> References<'s> {
    pub(super) fn new(tx: &'s Transaction<'_>, table: &'static Table) -> Result<Self, Error> {
        let mut columns = Vec::new();
        for (at, column) in table.columns.iter().enumerate() {
            let Some(target) = column.refers else { continue };
            let key = TABLES
                .iter()
                .find(|t| t.name == target)
                .and_then(|t| t.columns.iter().find(|c| c.need == Need::Key))
                .map_or("rowid", |c| c.name);
            let exists = tx.prepare(&format!("SELECT 1 FROM {target} WHERE {key} = ?1"))?;
            columns.push(Reference { at, table: target, exists, found: HashSet::new() });
        }
        let users = (0..table.columns.len())
            .filter(|i| table.columns.get(*i).is_some_and(|c| c.user))
            .collect();
        let purposes = table.columns.iter().position(|c| c.name == "purposes");
        Ok(Self { columns, users, purposes })
    }

    /// Looks up what is new in a row. Unknown users are created, if that is wanted and the row is
    /// good otherwise.
    pub(super) fn check(
        &mut self,
        tx: &Connection,
        state: &mut State,
        known: &Known<'_>,
        new: &[Cell],
        good: bool,
        wrong: &mut Wrong,
    ) -> Result<(), Error> {
        let before = wrong.len();
        for reference in &mut self.columns {
            let Some(Cell::Text(id)) = new.get(reference.at) else { continue };
            if unchanged(known, new, reference.at) || reference.found.contains(id) {
                continue;
            }
            if reference.exists.exists([id])? {
                if reference.found.len() >= REMEMBERED {
                    reference.found.clear();
                }
                reference.found.insert(id.clone());
            } else {
                wrong.push((reference.at, Why::UnknownReference(reference.table)));
            }
        }
        if let Some(at) = self.purposes
            && let Some(Cell::Text(list)) = new.get(at)
            && !unchanged(known, new, at)
            && !purposes_known(tx, list)?
        {
            wrong.push((at, Why::UnknownPurposeRef));
        }
        let good = good && wrong.len() == before;
        for at in &self.users {
            let Some(Cell::Text(user)) = new.get(*at) else { continue };
            if unchanged(known, new, *at) || state.users.contains(user) {
                continue;
            }
            let found = tx.prepare_cached("SELECT 1 FROM users WHERE user = ?1")?.exists([user])?;
            if !found && *user == *state.actor.user.as_str() {
                wrong.push((*at, Why::OwnLogin));
                continue;
            }
            if !found && !state.options.create_users {
                wrong.push((*at, Why::UnknownUser));
                continue;
            }
            if !found && good {
                create_user(tx, state, user)?;
            }
            if (found || good) && state.users.len() < REMEMBERED {
                state.users.insert(user.clone());
            }
        }
        Ok(())
    }
}

fn unchanged(known: &Known<'_>, new: &[Cell], at: usize) -> bool {
    known.old.is_some_and(|old| old.get(at) == new.get(at))
}

fn create_user(tx: &Connection, state: &mut State, user: &str) -> Result<(), Error> {
    tx.prepare_cached(
        "INSERT INTO users (user, name, role, disabled) VALUES (?1, ?1, 'officer', 1)",
    )?
    .execute([user])?;
    state.journal(tx, "import_user", user, None, Some(r#"{"role":"officer","disabled":1}"#))?;
    state.report.created_users.push(user.to_owned());
    Ok(())
}

/// Whether every entry that names a duty names one that can exist.
fn purposes_known(tx: &Connection, list: &str) -> Result<bool, Error> {
    for entry in list.split(';') {
        let Some((code, reference)) = entry.split_once(':') else { continue };
        let found = match code {
            "use_of_funds" => {
                exists(tx, "SELECT 1 FROM drawdowns WHERE drawdown_id = ?1", reference)?
                    // A loan drawn at once has no drawdown row of its own.
                    || match reference.strip_suffix("#1") {
                        Some(loan) => exists(tx, "SELECT 1 FROM loans WHERE loan_id = ?1", loan)?,
                        None => false,
                    }
            }
            "day90" | "renewal_talk" | "before_maturity" => {
                exists(tx, "SELECT 1 FROM loans WHERE loan_id = ?1", reference)?
            }
            "handover" => exists(tx, "SELECT 1 FROM handovers WHERE handover_id = ?1", reference)?,
            "flag_revisit" => exists(tx, "SELECT 1 FROM flags WHERE flag_id = ?1", reference)?,
            "directed" => exists(tx, "SELECT 1 FROM tasks WHERE task_id = ?1", reference)?,
            _ => exists(tx, "SELECT 1 FROM customers WHERE customer_id = ?1", reference)?,
        };
        if !found {
            return Ok(false);
        }
    }
    Ok(true)
}

fn exists(tx: &Connection, sql: &str, id: &str) -> Result<bool, Error> {
    let found: Option<i64> =
        tx.prepare_cached(sql)?.query_row(params![id], |r| r.get(0)).optional()?;
    Ok(found.is_some())
}
