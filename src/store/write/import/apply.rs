//! Staged rows are compared with what is known, checked as wholes, and written.

use rusqlite::{Connection, Statement, Transaction};
use sha2::{Digest, Sha256};

use super::direct::SORT_FROM;
use super::direct::{Bulk, is_empty};
use super::refer::References;
use super::rules::{self, Known, Rules, blank, only_value_changes};
use super::stage::{Staged, Staging, cell_at};
use super::{
    CADENCE_GIVEN, CELL, EXTRA_GIVEN, INDEX, PLAN, State, has_origin, journal_text, key_places,
    loans, quoted,
};
use crate::protocol::import::{FaultSink, TableCount, Why};
use crate::protocol::tables::{Cell, Column, Need, Table};
use crate::store::Error;
use crate::store::batch::Batch;

impl Staging<'_, '_> {
    /// Checks and writes all rows that were taken in.
    pub fn apply(mut self, sink: &mut dyn FaultSink) -> Result<(), Error> {
        if let Some(direct) = self.direct.take() {
            return self.end(direct.writer, direct.bulk);
        }
        self.find_twice(sink)?;
        let bulk = Bulk::begin(self.tx, self.table, self.staged)?;
        let mut writer = Writer::new(self.tx, self.table)?;
        let sql = writer.select(&self);
        let mut statement = self.tx.prepare(&sql)?;
        let mut rows = statement.query([])?;
        let mut faults = Vec::new();
        while let Some(row) = rows.next()? {
            let staged = Staged::read(row, self.present.len())?;
            let old = writer.known(row, self.present.len() + 3)?;
            self.write(&mut writer, &staged, old.as_ref(), &mut faults, sink)?;
        }
        drop(rows);
        drop(statement);
        self.end(writer, bulk)
    }

    /// Checks and writes one row.
    pub(super) fn write(
        &mut self,
        writer: &mut Writer<'_>,
        staged: &Staged,
        old: Option<&Old>,
        faults: &mut Vec<(Option<&'static Column>, String, Why)>,
        sink: &mut dyn FaultSink,
    ) -> Result<(), Error> {
        writer.row(self.tx, self.state, &self.present, staged, old, faults)?;
        if !faults.is_empty() {
            writer.count.faulty += 1;
            for (column, value, why) in faults.drain(..) {
                self.report_fault(staged, column, value, why, sink);
            }
        }
        Ok(())
    }

    fn end(mut self, mut writer: Writer<'_>, bulk: Bulk<'_>) -> Result<(), Error> {
        writer.finish(self.tx, self.state)?;
        let more = writer.count;
        drop(writer);
        bulk.end(self.tx, self.table)?;
        self.count.inserted += more.inserted;
        self.count.updated += more.updated;
        self.count.unchanged += more.unchanged;
        self.count.faulty += more.faulty;
        if self.table.name == "loans" && self.state.options.complete_loans {
            loans::complete(self.tx, self.state, self.key.first().copied(), self.unreadable_keys)?;
        }
        self.state.report.tables.push((self.table.name, self.count));
        Ok(())
    }
}

/// A known row.
pub(super) struct Old {
    cells: Vec<Cell>,
    recorded_here: bool,
}

/// Writes the rows of one table.
pub(super) struct Writer<'s> {
    table: &'static Table,
    rules: Rules,
    references: References<'s>,
    insert: Batch<'s>,
    update: Statement<'s>,
    key: Vec<usize>,
    customer: Option<usize>,
    /// The table was empty before: every row is new.
    pub(super) fresh: bool,
    digest: Sha256,
    inserted: u64,
    count: TableCount,
    why: u8,
}

impl<'s> Writer<'s> {
    pub(super) fn new(tx: &'s Transaction<'_>, table: &'static Table) -> Result<Self, Error> {
        let name = table.name;
        let sets: Vec<String> = table
            .columns
            .iter()
            .enumerate()
            .map(|(i, c)| format!("\"{}\" = ?{}", c.name, i + 1))
            .collect();
        let keys: Vec<String> = key_places(table)
            .iter()
            .filter_map(|i| Some(format!("\"{}\" = ?{}", table.columns.get(*i)?.name, i + 1)))
            .collect();
        let update = tx.prepare(&format!(
            "UPDATE {name} SET {}, revision = revision + 1 WHERE {}",
            sets.join(", "),
            keys.join(" AND ")
        ))?;
        let fresh = is_empty(tx, table)?;
        Ok(Self {
            table,
            rules: Rules::of(table),
            references: References::new(tx, table)?,
            insert: Batch::new(tx, table),
            update,
            key: key_places(table),
            customer: table.columns.iter().position(|c| c.name == "customer_id"),
            fresh,
            digest: Sha256::new(),
            inserted: 0,
            count: TableCount::default(),
            why: match name {
                "customers" | "loans" => PLAN | INDEX | CELL,
                "contacts" | "guarantors" => INDEX,
                "drawdowns" | "visits" | "flags" | "tasks" | "handovers" | "requests" => PLAN,
                _ => 0,
            },
        })
    }

    /// What is known of a row: its columns, and whether it was recorded here.
    pub(super) fn columns(&self) -> String {
        let here = if has_origin(self.table) { ", t.origin = 'here'" } else { ", 0" };
        quoted(self.table.columns.iter().map(|c| c.name), "t.") + here
    }

    /// The staged rows with what is known of each.
    fn select(&self, staging: &Staging<'_, '_>) -> String {
        let columns: Vec<String> = (0..staging.present.len()).map(|i| format!("s.c{i}")).collect();
        let mut sql = format!("SELECT s.line, s.masked, s.bad, {}", columns.join(", "));
        if !self.fresh {
            sql.push_str(", ");
            sql.push_str(&self.columns());
        }
        sql.push_str(" FROM temp.stage AS s");
        if !self.fresh {
            let on: Vec<String> = staging
                .key
                .iter()
                .filter_map(|k| Some(format!("t.\"{}\" = s.c{k}", staging.column(*k)?.name)))
                .collect();
            sql.push_str(" LEFT JOIN ");
            sql.push_str(self.table.name);
            sql.push_str(" AS t ON ");
            sql.push_str(&on.join(" AND "));
        }
        sql.push_str(" WHERE s.bad = 0");
        if staging.dropped {
            sql.push_str(" AND s.line NOT IN (SELECT line FROM temp.dropped)");
        }
        if !staging.sorted && staging.staged > SORT_FROM {
            // Writing in the order of the key keeps the pages at hand.
            let keys: Vec<String> = staging.key.iter().map(|k| format!("s.c{k}")).collect();
            sql.push_str(" ORDER BY ");
            sql.push_str(&keys.join(", "));
        } else {
            sql.push_str(" ORDER BY s.line");
        }
        sql
    }

    pub(super) fn known(&self, row: &rusqlite::Row<'_>, from: usize) -> Result<Option<Old>, Error> {
        if self.fresh {
            return Ok(None);
        }
        let width = self.table.columns.len();
        let key = self.key.first().copied().unwrap_or(0);
        if cell_at(row, from + key)? == Cell::Empty {
            return Ok(None);
        }
        let mut cells = Vec::with_capacity(width);
        for at in 0..width {
            cells.push(cell_at(row, from + at)?);
        }
        let recorded_here = row.get::<_, Option<bool>>(from + width)?.unwrap_or(false);
        Ok(Some(Old { cells, recorded_here }))
    }

    fn row(
        &mut self,
        tx: &Connection,
        state: &mut State,
        present: &[usize],
        staged: &Staged,
        old: Option<&Old>,
        faults: &mut Vec<(Option<&'static Column>, String, Why)>,
    ) -> Result<(), Error> {
        let width = self.table.columns.len();
        let mut new = match old {
            Some(old) => old.cells.clone(),
            None => self.table.columns.iter().map(blank).collect(),
        };
        let mut given = vec![false; width];
        let mut masked = vec![false; width];
        for (place, index) in present.iter().enumerate() {
            if staged.masked & (1 << place) != 0 {
                if let Some(mark) = masked.get_mut(*index) {
                    *mark = true;
                }
                continue;
            }
            let (Some(cell), Some(column)) =
                (staged.cells.get(place), self.table.columns.get(*index))
            else {
                continue;
            };
            if *cell == Cell::Empty && only_value_changes(self.table, column) {
                continue;
            }
            if let (Some(target), Some(mark)) = (new.get_mut(*index), given.get_mut(*index)) {
                target.clone_from(cell);
                *mark = true;
            }
        }
        if old.is_none() {
            for (index, column) in self.table.columns.iter().enumerate() {
                let needed = column.need != Need::Optional && new.get(index) == Some(&Cell::Empty);
                if needed {
                    let hidden = masked.get(index) == Some(&true);
                    let why = if hidden { Why::RequiredMasked } else { Why::RequiredAbsent };
                    let value = if hidden { "***" } else { "" };
                    faults.push((Some(column), value.to_owned(), why));
                }
            }
            if !faults.is_empty() {
                return Ok(());
            }
        }
        let known = Known { old: old.map(|o| o.cells.as_slice()), given: &given };
        let as_of = state.as_of();
        let mut wrong = self.rules.check(&known, &mut new, as_of);
        self.references.check(tx, state, &known, &new, wrong.is_empty(), &mut wrong)?;
        let changed = old.is_none_or(|old| differs(&old.cells, &new));
        if self.table.name == "users" && changed && wrong.is_empty() {
            wrong.extend(rules::person(tx, &state.actor, self.table, &new)?);
        }
        if old.is_some_and(|old| old.recorded_here) && changed && wrong.is_empty() {
            wrong.push((self.key.first().copied().unwrap_or(0), Why::RecordedHere));
        }
        if changed && !wrong.is_empty() {
            for (index, why) in wrong {
                let column = self.table.columns.get(index);
                let value = match (column, new.get(index)) {
                    (Some(column), Some(cell)) => cell.to_text(column.kind),
                    _ => String::new(),
                };
                faults.push((column, value, why));
            }
            return Ok(());
        }
        self.note_given(tx, state, &given, &new)?;
        if !changed {
            self.count.unchanged += 1;
            return Ok(());
        }
        self.touch(tx, state, old, &new)?;
        match old {
            Some(old) => self.change(tx, state, old, &new),
            None => self.add(new),
        }
    }

    fn change(
        &mut self,
        tx: &Connection,
        state: &mut State,
        old: &Old,
        new: &[Cell],
    ) -> Result<(), Error> {
        for (at, cell) in new.iter().enumerate() {
            self.update.raw_bind_parameter(at + 1, cell)?;
        }
        self.update.raw_execute()?;
        self.count.updated += 1;
        let (before, after) = journal_text::change(self.table, &old.cells, new);
        let subject = journal_text::subject(self.table, &self.key, new);
        state.journal(tx, "import_row", &subject, Some(&before), Some(&after))
    }

    fn add(&mut self, new: Vec<Cell>) -> Result<(), Error> {
        self.count.inserted += 1;
        self.inserted += 1;
        journal_text::digest(&mut self.digest, &new);
        self.insert.push(new)?;
        // Whether a member of staff may be written depends on those before her.
        if self.table.name == "users" { self.insert.flush() } else { Ok(()) }
    }

    /// Remembers for which customers the file itself says the dates that the system keeps.
    fn note_given(
        &self,
        tx: &Connection,
        state: &mut State,
        given: &[bool],
        new: &[Cell],
    ) -> Result<(), Error> {
        if self.table.name != "customers" {
            return Ok(());
        }
        let says = |name: &str| {
            self.table.columns.iter().position(|c| c.name == name).and_then(|i| given.get(i))
                == Some(&true)
        };
        let why = if says("cadence_since") { CADENCE_GIVEN } else { 0 }
            | if says("extra_visit_from") { EXTRA_GIVEN } else { 0 };
        match (why, self.customer.and_then(|i| new.get(i))) {
            (0, _) => Ok(()),
            (why, Some(Cell::Text(customer))) => state.touch(tx, customer, why),
            _ => Ok(()),
        }
    }

    fn touch(
        &self,
        tx: &Connection,
        state: &mut State,
        old: Option<&Old>,
        new: &[Cell],
    ) -> Result<(), Error> {
        if self.table.name == "users" {
            // Whether an officer is a user is a gap of the plan of each of her customers.
            if let Some(Cell::Text(user)) = new.first() {
                tx.prepare_cached(
                    "INSERT INTO temp.touched (customer_id, why)
                     SELECT customer_id, 1 FROM customers WHERE officer = ?1
                     ON CONFLICT (customer_id) DO UPDATE SET why = why | 1",
                )?
                .execute([user])?;
            }
            return Ok(());
        }
        if self.why == 0 {
            return Ok(());
        }
        let rows = [Some(new), old.map(|o| o.cells.as_slice())];
        for cells in rows.into_iter().flatten() {
            if let Some(Cell::Text(customer)) = self.customer.and_then(|i| cells.get(i)) {
                state.touch(tx, customer, self.why)?;
            } else if let (None, Some(Cell::Text(loan))) = (self.customer, cells.get(1)) {
                // A drawdown knows its customer through its loan.
                let customer: String = tx
                    .prepare_cached("SELECT customer_id FROM loans WHERE loan_id = ?1")?
                    .query_row([loan], |r| r.get(0))?;
                state.touch(tx, &customer, self.why)?;
            }
        }
        Ok(())
    }

    fn finish(&mut self, tx: &Connection, state: &State) -> Result<(), Error> {
        self.insert.flush()?;
        if self.inserted == 0 {
            return Ok(());
        }
        let after = journal_text::inserted(self.inserted, &self.digest);
        state.journal(tx, "import_rows", self.table.name, None, Some(&after))
    }
}

/// Whether two rows differ. Spaces at the ends don't belong to a value, wherever it came from.
fn differs(old: &[Cell], new: &[Cell]) -> bool {
    old.iter().zip(new).any(|(a, b)| match (a, b) {
        (Cell::Text(a), Cell::Text(b)) => a != b && trimmed(a) != trimmed(b),
        (Cell::Text(a), Cell::Empty) | (Cell::Empty, Cell::Text(a)) => !trimmed(a).is_empty(),
        (a, b) => a != b,
    })
}

fn trimmed(text: &str) -> &str {
    text.trim_matches([' ', '\u{3000}', '\u{A0}'])
}
