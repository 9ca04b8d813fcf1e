//! Rows of an exchange table in the order of their key, and the journal, for files.

use chrono::{DateTime, FixedOffset};
use rusqlite::{Connection, named_params};

use crate::access::{Action, Actor, Scope};
use crate::protocol::tables::{Cell, Need, Table};
use crate::store::cell::{cell_at, quoted};
use crate::store::read::scope::PEOPLE;
use crate::store::{Error, Store, journal};

/// Whose rows are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted<'a> {
    /// Who asks: rows outside her scope are not there.
    pub actor: &'a Actor,
    /// Only customers of this officer.
    pub officer: Option<&'a str>,
}

impl Store {
    /// Hands each row of `table` that is wanted to `each`, in the order of the key.
    pub fn export_rows<E: From<Error>>(
        &self,
        table: &'static Table,
        wanted: Wanted<'_>,
        mut each: impl FnMut(&[Cell]) -> Result<(), E>,
    ) -> Result<u64, E> {
        let mut failed = None;
        let count = rows(self.conn(), table, wanted, &mut |cells| match each(cells) {
            Ok(()) => true,
            Err(error) => {
                failed = Some(error);
                false
            }
        });
        match failed {
            Some(error) => Err(error),
            None => Ok(count?),
        }
    }

    /// Hands each row of the journal to `each`, in order, as the texts of [`JOURNAL_COLUMNS`].
    /// Whoever has no customers to do with gets no texts of what was changed.
    pub fn export_journal<E: From<Error>>(
        &self,
        actor: &Actor,
        mut each: impl FnMut(&[Option<String>]) -> Result<(), E>,
    ) -> Result<u64, E> {
        let mut failed = None;
        let count = journal_rows(self.conn(), sees_texts(actor), &mut |cells| match each(cells) {
            Ok(()) => true,
            Err(error) => {
                failed = Some(error);
                false
            }
        });
        match failed {
            Some(error) => Err(error),
            None => Ok(count?),
        }
    }

    /// Notes in the journal that data left by a file: what, why, and the digest of the file.
    pub fn note_export(
        &mut self,
        actor: &Actor,
        now: DateTime<FixedOffset>,
        subject: &str,
        after: &str,
    ) -> Result<(), Error> {
        self.note(actor, now, "export", subject, after)
    }

    /// Notes that data are about to leave: before the first byte of the file, so that one that was
    /// broken off half-way stands in the journal as well.
    pub fn note_export_begun(
        &mut self,
        actor: &Actor,
        now: DateTime<FixedOffset>,
        subject: &str,
        after: &str,
    ) -> Result<(), Error> {
        self.note(actor, now, "export_begun", subject, after)
    }

    /// Notes that an export that was begun came to nothing.
    pub fn note_export_failed(
        &mut self,
        actor: &Actor,
        now: DateTime<FixedOffset>,
        subject: &str,
    ) -> Result<(), Error> {
        self.note(actor, now, "export_failed", subject, "{}")
    }

    /// Notes that a whole copy of the file was made.
    pub fn note_backup(
        &mut self,
        actor: &Actor,
        now: DateTime<FixedOffset>,
        after: &str,
    ) -> Result<(), Error> {
        self.note(actor, now, "backup", "book", after)
    }

    /// A row of the journal that no command writes.
    pub(in crate::store) fn note(
        &mut self,
        actor: &Actor,
        now: DateTime<FixedOffset>,
        command: &str,
        subject: &str,
        after: &str,
    ) -> Result<(), Error> {
        let tx = self.begin()?;
        let entry = journal::Entry {
            actor,
            now,
            op: None,
            command,
            subject,
            before: None,
            after: Some(after),
        };
        journal::append(&tx, &entry)?;
        Ok(tx.commit()?)
    }
}

/// Columns of an exported journal.
pub const JOURNAL_COLUMNS: &[&str] = &[
    "seq",
    "at",
    "actor",
    "role",
    "os_user",
    "session",
    "op",
    "command",
    "subject",
    "before",
    "after",
    "prev_hash",
    "digest",
    "salt",
    "hash",
];

/// Whether the texts of the journal, which tell of customers, may be handed to this actor.
fn sees_texts(actor: &Actor) -> bool {
    actor.operator || actor.may(Action::Read)
}

fn journal_rows(
    conn: &Connection,
    texts: bool,
    each: &mut dyn FnMut(&[Option<String>]) -> bool,
) -> Result<u64, Error> {
    let columns = quoted(JOURNAL_COLUMNS.iter().copied(), "");
    let mut statement = conn.prepare(&format!("SELECT {columns} FROM journal ORDER BY seq"))?;
    let mut found = statement.query([])?;
    let mut count = 0;
    while let Some(row) = found.next()? {
        let mut cells = Vec::with_capacity(JOURNAL_COLUMNS.len());
        for (at, column) in JOURNAL_COLUMNS.iter().enumerate() {
            // With the salt it could be tried which words fit the digest.
            if !texts && matches!(*column, "before" | "after" | "salt") {
                cells.push(None);
                continue;
            }
            cells.push(match cell_at(row, at)? {
                Cell::Empty => None,
                Cell::Text(text) => Some(text),
                Cell::Int(n) => Some(n.to_string()),
            });
        }
        if !each(&cells) {
            return Ok(count);
        }
        count += 1;
    }
    Ok(count)
}

fn rows(
    conn: &Connection,
    table: &'static Table,
    wanted: Wanted<'_>,
    each: &mut dyn FnMut(&[Cell]) -> bool,
) -> Result<u64, Error> {
    let columns = quoted(table.columns.iter().map(|c| c.name), "t.");
    let key = quoted(table.columns.iter().filter(|c| c.need == Need::Key).map(|c| c.name), "t.");
    let scope = wanted.actor.scope();
    // An administrator has people to do with, and no customers (`security.md` 3.4).
    let people = table.name == "users" && wanted.actor.may(Action::ManagePeople);
    let (own, branch, nothing) = match &scope {
        Scope::All => (None, None, false),
        Scope::Own(user) => (Some(user.as_str()), None, false),
        Scope::Branch(branch) => (None, Some(branch.as_str()), false),
        // The owner of the file without customers of her own exports the whole book.
        Scope::Nothing => (None, None, !wanted.actor.operator && !people),
    };
    let customer_officer = match table.name {
        "users" => "t.user",
        "customers" => "t.officer",
        "drawdowns" | "repayments" | "covenant_loans" => {
            "(SELECT c.officer FROM loans AS l JOIN customers AS c ON c.customer_id = l.customer_id
              WHERE l.loan_id = t.loan_id)"
        }
        _ => "(SELECT c.officer FROM customers AS c WHERE c.customer_id = t.customer_id)",
    };
    let mut filters = vec!["(:nothing = 0)".to_owned()];
    filters.push(if own.is_some() {
        format!("{customer_officer} = :own")
    } else {
        ":own IS NULL".to_owned()
    });
    filters.push(if branch.is_some() {
        format!("{customer_officer} IN ({})", PEOPLE.replace(":scope", ":branch"))
    } else {
        ":branch IS NULL".to_owned()
    });
    filters.push(if wanted.officer.is_some() {
        format!("{customer_officer} = :officer")
    } else {
        ":officer IS NULL".to_owned()
    });
    let sql = format!(
        "SELECT {columns} FROM {} AS t WHERE {} ORDER BY {key}",
        table.name,
        filters.join(" AND ")
    );
    let mut statement = conn.prepare(&sql)?;
    let mut found = statement.query(named_params! {
        ":nothing": nothing, ":own": own, ":branch": branch, ":officer": wanted.officer,
    })?;
    let mut cells = Vec::with_capacity(table.columns.len());
    let mut count = 0;
    while let Some(row) = found.next()? {
        cells.clear();
        for at in 0..table.columns.len() {
            cells.push(cell_at(row, at)?);
        }
        if !each(&cells) {
            return Ok(count);
        }
        count += 1;
    }
    Ok(count)
}
