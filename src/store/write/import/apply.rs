//! Staged rows are compared with what is known, checked as wholes, and written.

use rusqlite::{Connection, Transaction};
use sha2::{Digest, Sha256};

use super::bulk::{Bulk, is_empty};
use super::compare::{Left, Merged, Old, differs, known, merge, note_given};
use super::doubts::Doubts;
use super::refer::References;
use super::rules::{self, Known, Rules};
use super::stage::{Staged, Staging};
use super::{CELL, INDEX, PLAN, State, journal_text, key_places, loans, unseen};
use crate::protocol::import::{FaultSink, TableCount, Why};
use crate::protocol::tables::{Cell, Column, Need, Table};
use crate::store::Error;
use crate::store::batch::Batch;

impl Staging<'_, '_> {
    /// All rows were written as they came.
    pub fn end(mut self) -> Result<(), Error> {
        match self.direct.take() {
            Some(direct) => self.close(direct.writer, direct.bulk),
            None => Ok(()),
        }
    }

    /// Checks and writes the rows that wait.
    pub(super) fn apply(mut self, sink: &mut dyn FaultSink) -> Result<(), Error> {
        let table = self.rows.table;
        let bulk = Bulk::begin(self.tx, table, self.rows.staged)?;
        let mut writer = Writer::new(self.tx, table)?;
        let (known_too, left) = (!writer.fresh, Left::of(&self.rows, self.state.still));
        self.rows.count.unchanged += left.settled(self.tx, &self.rows)?;
        let sql = left.select(&self.rows, known_too);
        let mut statement = self.tx.prepare(&sql)?;
        let mut rows = statement.query([])?;
        let (mut faults, width) = (Vec::new(), self.rows.present.len());
        while let Some(row) = rows.next()? {
            let staged = Staged::read(row, width)?;
            let old = if known_too { known(table, row, width + 3)? } else { None };
            self.write(&mut writer, &staged, old.as_ref(), &mut faults, sink)?;
        }
        drop(rows);
        drop(statement);
        self.close(writer, bulk)
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
        let new = writer.row(self.tx, self.state, &self.rows.present, staged, old, faults)?;
        if let (Some(doubts), Some(new)) = (&writer.doubts, new) {
            doubts.note(self.tx, self.state, (&self.rows.sheet, staged), &new)?;
        }
        if !faults.is_empty() {
            writer.count.faulty += 1;
            for (column, value, why) in faults.drain(..) {
                self.report_fault(staged, column, value, why, sink);
            }
        }
        Ok(())
    }

    fn close(mut self, mut writer: Writer<'_>, bulk: Bulk<'_>) -> Result<(), Error> {
        writer.finish(self.tx, self.state)?;
        let more = writer.count;
        drop(writer);
        let rows = &mut self.rows;
        bulk.end(self.tx, rows.table)?;
        rows.count.inserted += more.inserted;
        rows.count.updated += more.updated;
        rows.count.unchanged += more.unchanged;
        rows.count.faulty += more.faulty;
        if rows.table.name == "loans" && self.state.options.complete_loans {
            loans::complete(self.tx, self.state, rows)?;
        }
        if rows.table.name == "flags" {
            unseen::wait(self.tx, self.state)?;
        }
        self.state.report.tables.push((rows.table.name, rows.count));
        Ok(())
    }
}

/// Writes the rows of one table.
pub(super) struct Writer<'s> {
    table: &'static Table,
    rules: Rules,
    references: References<'s>,
    doubts: Option<Doubts>,
    insert: Batch<'s>,
    key: Vec<usize>,
    customer: Option<usize>,
    loan: Option<usize>,
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
        let fresh = is_empty(tx, table)?;
        Ok(Self {
            table,
            rules: Rules::of(table),
            references: References::new(tx, table)?,
            doubts: Doubts::of(tx, table)?,
            insert: Batch::new(tx, table),
            key: key_places(table),
            customer: table.columns.iter().position(|c| c.name == "customer_id"),
            loan: table.columns.iter().position(|c| c.name == "loan_id"),
            fresh,
            digest: Sha256::new(),
            inserted: 0,
            count: TableCount::default(),
            why: match name {
                "customers" | "loans" => PLAN | INDEX | CELL,
                "contacts" | "guarantors" => INDEX,
                "drawdowns" | "visits" | "flags" | "tasks" | "handovers" | "requests"
                | "collateral" | "statement_details" | "statements" | "conditions"
                | "covenants" | "covenant_loans" | "deadline_marks" | "kept_duties"
                | "repayments" => PLAN,
                _ => 0,
            },
        })
    }

    /// Checks a row and writes it if it says something new; gives it back if there may be doubts.
    fn row(
        &mut self,
        tx: &Connection,
        state: &mut State,
        present: &[usize],
        staged: &Staged,
        old: Option<&Old>,
        faults: &mut Vec<(Option<&'static Column>, String, Why)>,
    ) -> Result<Option<Vec<Cell>>, Error> {
        let Merged { mut new, given, masked } = merge(self.table, present, staged, old);
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
                return Ok(None);
            }
        }
        let known =
            Known { old: old.map(|o| o.cells.as_slice()), given: &given, latest: state.latest() };
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
            return Ok(None);
        }
        note_given(tx, state, self.table, &given, &new)?;
        if !changed {
            self.count.unchanged += 1;
            return Ok(None);
        }
        // A new row says whom it is about only where a plan hangs on it.
        let whose = if old.is_some() || self.why != 0 {
            self.whose(tx, [Some(&new), old.map(|o| o.cells.as_slice())])?
        } else {
            Vec::new()
        };
        self.touch(tx, state, &new, &whose)?;
        let asks = self.doubts.as_ref().is_some_and(|doubts| doubts.asks(&new, state.latest()));
        let written = asks.then(|| new.clone());
        match old {
            Some(old) => self.change(tx, state, (&old.cells, &new), &whose)?,
            None => self.add(new)?,
        }
        Ok(written)
    }

    fn change(
        &mut self,
        tx: &Connection,
        state: &mut State,
        (old, new): (&[Cell], &[Cell]),
        whose: &[String],
    ) -> Result<(), Error> {
        self.update(tx, old, new)?;
        self.count.updated += 1;
        let (before, after) = journal_text::change(self.table, old, new);
        let subject = journal_text::subject(self.table, &self.key, new);
        state.journal_about(tx, &subject, (&before, &after), whose)
    }

    /// Whom a row is about, as it is and as it was.
    fn whose(&self, tx: &Connection, rows: [Option<&[Cell]>; 2]) -> Result<Vec<String>, Error> {
        let mut customers = Vec::new();
        for cells in rows.into_iter().flatten() {
            let customer =
                if let Some(Cell::Text(customer)) = self.customer.and_then(|at| cells.get(at)) {
                    customer.clone()
                } else if let (None, Some(Cell::Text(loan))) =
                    (self.customer, self.loan.and_then(|at| cells.get(at)))
                {
                    // A drawdown, or what binds a covenant, knows its customer through its loan.
                    tx.prepare_cached("SELECT customer_id FROM loans WHERE loan_id = ?1")?
                        .query_row([loan], |row| row.get(0))?
                } else {
                    continue;
                };
            if !customers.contains(&customer) {
                customers.push(customer);
            }
        }
        Ok(customers)
    }

    /// Sets what differs and nothing else: for a key that is set, even to what it was, the engine
    /// looks through all tables that refer to it, and for any other column it writes its indices.
    fn update(&self, tx: &Connection, old: &[Cell], new: &[Cell]) -> Result<(), Error> {
        let differs = |at: &usize| !self.key.contains(at) && old.get(*at) != new.get(*at);
        let changed: Vec<usize> = (0..self.table.columns.len()).filter(differs).collect();
        let named = |at: &usize| Some(format!("\"{}\" = ?", self.table.columns.get(*at)?.name));
        let mut sets: Vec<String> = changed.iter().filter_map(named).collect();
        sets.push("revision = revision + 1".to_owned());
        let keys: Vec<String> = self.key.iter().filter_map(named).collect();
        let mut statement = tx.prepare_cached(&format!(
            "UPDATE {} SET {} WHERE {}",
            self.table.name,
            sets.join(", "),
            keys.join(" AND ")
        ))?;
        let cells = changed.iter().chain(&self.key);
        for (n, at) in cells.enumerate() {
            statement.raw_bind_parameter(n + 1, new.get(*at))?;
        }
        statement.raw_execute()?;
        Ok(())
    }

    fn add(&mut self, new: Vec<Cell>) -> Result<(), Error> {
        self.count.inserted += 1;
        self.inserted += 1;
        journal_text::digest(&mut self.digest, &new);
        self.insert.push(new)?;
        // Whether a member of staff may be written depends on those before her.
        if self.table.name == "users" { self.insert.flush() } else { Ok(()) }
    }

    fn touch(
        &self,
        tx: &Connection,
        state: &mut State,
        new: &[Cell],
        whose: &[String],
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
        for customer in whose {
            state.touch(tx, customer, self.why)?;
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
