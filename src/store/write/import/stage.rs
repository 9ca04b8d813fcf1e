//! Rows of one table wait in a temporary table until all of them are known.

use rusqlite::{Row, Statement, ToSql, Transaction};

use super::direct::Direct;
use super::{State, key_places};
use crate::protocol::import::{Fault, FaultSink, RowIn, RowText, TableCount, Why};
use crate::protocol::tables::{Cell, Column, Table};
use crate::store::Error;
use crate::store::cell::cell_at;

/// The rows of one table on their way in.
pub struct Staging<'s, 'c> {
    pub(super) tx: &'s Transaction<'c>,
    pub(super) state: &'s mut State,
    pub(super) rows: Waiting,
    last_key: Vec<String>,
    insert: Option<Statement<'s>>,
    /// Rows are written as they come.
    pub(super) direct: Option<Box<Direct<'s>>>,
}

/// What is known of the rows of one table that were read and wait.
pub struct Waiting {
    pub(super) table: &'static Table,
    /// Columns of the file, as indices into the table's columns.
    pub(super) present: Vec<usize>,
    /// Places of the key among `present`.
    pub(super) key: Vec<usize>,
    pub(super) sheet: String,
    /// Distinguishes the temporary tables in which they wait.
    pub(super) place: usize,
    pub(super) count: TableCount,
    pub(super) staged: u64,
    /// Keys rose from row to row: none stands twice.
    pub(super) sorted: bool,
    pub(super) unreadable_keys: bool,
    /// Rows were dropped because their key stands twice.
    pub(super) dropped: bool,
    /// How many say nothing new; `None` = there was nothing to compare with.
    pub(super) same: Option<u64>,
}

impl<'s, 'c> Staging<'s, 'c> {
    pub(super) fn new(
        tx: &'s Transaction<'c>,
        state: &'s mut State,
        table: &'static Table,
        present: &[usize],
        sheet: &str,
        place: usize,
    ) -> Self {
        let mut present = present.to_vec();
        let all_keys = key_places(table);
        // Only a visit id may be absent: it is derived, and stands last.
        present
            .extend(all_keys.iter().filter(|k| !present.contains(k)).copied().collect::<Vec<_>>());
        let key =
            all_keys.iter().filter_map(|k| present.iter().position(|p| p == k)).collect::<Vec<_>>();
        let last_key = vec![String::new(); key.len()];
        let rows = Waiting {
            table,
            present,
            key,
            sheet: sheet.to_owned(),
            place,
            count: TableCount::default(),
            staged: 0,
            sorted: true,
            unreadable_keys: false,
            dropped: false,
            same: None,
        };
        Self { tx, state, rows, last_key, insert: None, direct: None }
    }

    /// Makes the tables in which the rows wait.
    pub(super) fn prepare(&mut self) -> Result<(), Error> {
        let columns: Vec<String> = (0..self.rows.present.len()).map(|i| format!("c{i}")).collect();
        let (columns, n) = (columns.join(", "), self.rows.place);
        self.tx.execute_batch(&format!(
            "CREATE TEMP TABLE stage_{n} (line INTEGER PRIMARY KEY, masked INTEGER, bad INTEGER, {columns});
             CREATE TEMP TABLE dropped_{n} (line INTEGER PRIMARY KEY);"
        ))?;
        let marks = vec!["?"; self.rows.present.len() + 3].join(", ");
        let insert = self.tx.prepare(&format!("INSERT INTO temp.stage_{n} VALUES ({marks})"))?;
        self.insert = Some(insert);
        Ok(())
    }

    /// All rows are there: finds keys that stand twice. The rest needs the lock.
    pub fn wait(mut self, sink: &mut dyn FaultSink) -> Result<Waiting, Error> {
        self.find_twice(sink)?;
        Ok(self.rows)
    }

    /// Takes up again what waited.
    pub(super) fn resume(tx: &'s Transaction<'c>, state: &'s mut State, rows: Waiting) -> Self {
        Self { tx, state, rows, last_key: Vec::new(), insert: None, direct: None }
    }

    /// Takes a row in. `derived` is the key of a visit that has none of its own.
    pub fn push(
        &mut self,
        row: &mut RowIn,
        derived: Option<String>,
        sink: &mut dyn FaultSink,
    ) -> Result<(), Error> {
        if let Some(mut direct) = self.direct.take() {
            if !row.bad {
                let (line, masked) = (i64::try_from(row.line).unwrap_or(i64::MAX), row.masked);
                let cells = std::mem::take(&mut row.cells);
                let staged = Staged { line, masked, bad: false, cells };
                direct.row(self, &staged, sink)?;
                row.cells = staged.cells;
            }
            self.direct = Some(direct);
            return Ok(());
        }
        let Some(insert) = &mut self.insert else { return Ok(()) };
        let derived = derived.map(Cell::Text);
        let mut in_order = self.rows.staged == 0;
        for (n, place) in self.rows.key.iter().enumerate() {
            let cell = match &derived {
                Some(cell) => cell,
                None => row.cells.get(*place).unwrap_or(&Cell::Empty),
            };
            let Cell::Text(text) = cell else { continue };
            let Some(last) = self.last_key.get_mut(n) else { continue };
            if !in_order {
                match text.as_str().cmp(last.as_str()) {
                    std::cmp::Ordering::Greater => in_order = true,
                    std::cmp::Ordering::Equal => continue,
                    std::cmp::Ordering::Less => {
                        self.rows.sorted = false;
                        in_order = true;
                    }
                }
            }
            text.clone_into(last);
        }
        // All parts equal: the same key again.
        self.rows.sorted &= in_order;
        self.rows.staged += 1;
        let line = i64::try_from(row.line).unwrap_or(i64::MAX);
        insert.raw_bind_parameter(1, line)?;
        insert.raw_bind_parameter(2, row.masked)?;
        insert.raw_bind_parameter(3, row.bad)?;
        for place in 0..self.rows.present.len() {
            let own = row.cells.get(place);
            let is_key = self.rows.key.first() == Some(&place);
            let cell = if is_key { derived.as_ref().or(own) } else { own };
            insert.raw_bind_parameter(place + 4, cell.unwrap_or(&Cell::Empty))?;
        }
        insert.raw_execute()?;
        Ok(())
    }

    /// A row with a refused cell.
    pub fn count_faulty(&mut self) {
        self.rows.count.faulty += 1;
    }

    /// A row whose key is masked.
    pub fn skip_masked(&mut self) {
        self.rows.count.skipped += 1;
        self.rows.unreadable_keys = true;
    }

    /// A row whose key can't be read.
    pub fn key_unreadable(&mut self) {
        self.rows.unreadable_keys = true;
    }

    /// Finds keys that stand twice: equal rows count once, different ones are all faulty.
    pub(super) fn find_twice(&mut self, sink: &mut dyn FaultSink) -> Result<(), Error> {
        if self.rows.sorted {
            return Ok(());
        }
        let keys: Vec<String> = self.rows.key.iter().map(|k| format!("c{k}")).collect();
        let (keys, n) = (keys.join(", "), self.rows.place);
        let columns: Vec<String> =
            (0..self.rows.present.len()).map(|i| format!("s.c{i}")).collect();
        let columns = columns.join(", ");
        self.tx.execute_batch(&format!("CREATE INDEX temp.stage_key_{n} ON stage_{n} ({keys})"))?;
        let sql = format!(
            "SELECT s.line, s.masked, s.bad, {columns}
             FROM (SELECT {keys} FROM temp.stage_{n} GROUP BY {keys} HAVING count(*) > 1) AS d
             JOIN temp.stage_{n} AS s ON {on}
             ORDER BY {order}, s.line",
            on = join_on(&self.rows.key),
            order = self.rows.key.iter().map(|k| format!("s.c{k}")).collect::<Vec<_>>().join(", "),
        );
        let mut statement = self.tx.prepare(&sql)?;
        let mut rows = statement.query([])?;
        let mut group: Option<(Staged, bool)> = None;
        while let Some(row) = rows.next()? {
            let next = Staged::read(row, self.rows.present.len())?;
            match &mut group {
                Some((first, differs)) if first.same_key(&next, &self.rows.key) => {
                    *differs |= !first.equals(&next);
                }
                _ => {
                    self.judge(group.replace((next, false)))?;
                }
            }
        }
        self.judge(group)?;
        drop(rows);
        drop(statement);
        self.report_twice(sink)
    }

    /// Equal rows of one key count once; different ones are all faulty.
    fn judge(&mut self, group: Option<(Staged, bool)>) -> Result<(), Error> {
        let Some((first, differs)) = group else { return Ok(()) };
        let key: Vec<&Cell> = self.rows.key.iter().filter_map(|k| first.cells.get(*k)).collect();
        let matches: Vec<String> =
            self.rows.key.iter().zip(2..).map(|(k, n)| format!("c{k} = ?{n}")).collect();
        let (matches, n) = (matches.join(" AND "), self.rows.place);
        let sql = if differs {
            format!("UPDATE temp.stage_{n} SET bad = 2 WHERE line >= ?1 AND bad = 0 AND {matches}")
        } else {
            format!(
                "INSERT INTO temp.dropped_{n} SELECT line FROM temp.stage_{n} WHERE line > ?1 AND {matches}"
            )
        };
        let mut values: Vec<&dyn ToSql> = vec![&first.line];
        values.extend(key.iter().map(|cell| *cell as &dyn ToSql));
        let changed = self.tx.prepare_cached(&sql)?.execute(values.as_slice())?;
        if !differs {
            self.rows.dropped = true;
            self.rows.count.unchanged += changed as u64;
        }
        Ok(())
    }

    fn report_twice(&mut self, sink: &mut dyn FaultSink) -> Result<(), Error> {
        let columns: Vec<String> = (0..self.rows.present.len()).map(|i| format!("c{i}")).collect();
        let sql = format!(
            "SELECT line, masked, bad, {} FROM temp.stage_{} WHERE bad = 2 ORDER BY line",
            columns.join(", "),
            self.rows.place
        );
        let mut statement = self.tx.prepare(&sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let row = Staged::read(row, self.rows.present.len())?;
            self.rows.count.faulty += 1;
            let column = self.rows.key.first().and_then(|k| self.column(*k));
            let value = self.rows.key.iter().map(|k| row.text(*k)).collect::<Vec<_>>().join(" ");
            self.report_fault(&row, column, value, Why::KeyTwice, sink);
        }
        Ok(())
    }

    /// The column at a place of the file.
    pub(super) fn column(&self, place: usize) -> Option<&'static Column> {
        self.rows.column(place)
    }

    pub(super) fn report_fault(
        &self,
        row: &Staged,
        column: Option<&'static Column>,
        value: String,
        why: Why,
        sink: &mut dyn FaultSink,
    ) {
        let fault = Fault {
            table: self.rows.table,
            column,
            sheet: self.rows.sheet.clone(),
            line: u64::try_from(row.line).unwrap_or(0),
            value,
            why,
        };
        sink.fault(fault, RowText::Read(&row.cells, row.masked));
    }
}

impl Waiting {
    /// The column at a place of the file.
    pub(super) fn column(&self, place: usize) -> Option<&'static Column> {
        self.present.get(place).and_then(|i| self.table.columns.get(*i))
    }
}

fn join_on(key: &[usize]) -> String {
    key.iter().map(|k| format!("s.c{k} = d.c{k}")).collect::<Vec<_>>().join(" AND ")
}

/// A staged row.
#[derive(Debug, Clone)]
pub(super) struct Staged {
    pub(super) line: i64,
    pub(super) masked: u32,
    pub(super) bad: bool,
    pub(super) cells: Vec<Cell>,
}

impl Staged {
    pub(super) fn read(row: &Row<'_>, width: usize) -> Result<Self, Error> {
        let mut cells = Vec::with_capacity(width);
        for at in 0..width {
            cells.push(cell_at(row, at + 3)?);
        }
        Ok(Self { line: row.get(0)?, masked: row.get(1)?, bad: row.get::<_, i64>(2)? != 0, cells })
    }

    fn same_key(&self, other: &Self, key: &[usize]) -> bool {
        key.iter().all(|k| self.cells.get(*k) == other.cells.get(*k))
    }

    fn equals(&self, other: &Self) -> bool {
        !self.bad && !other.bad && self.masked == other.masked && self.cells == other.cells
    }

    fn text(&self, place: usize) -> String {
        match self.cells.get(place) {
            Some(Cell::Text(text)) => text.clone(),
            _ => String::new(),
        }
    }
}
