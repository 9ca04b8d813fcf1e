//! A row of an exchange table, built by column name.

use chrono::NaiveDate;

use crate::domain::money::Fen;
use crate::protocol::tables::{Cell, TABLES, Table};

/// A row that the store can write as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its table.
    pub table: &'static Table,
    /// One cell a column, in the order of the table.
    pub cells: Vec<Cell>,
}

impl Row {
    /// An empty row of this table.
    pub fn of(table: &str) -> Self {
        let table = Table::named(table).unwrap_or(&TABLES[0]);
        Self { table, cells: vec![Cell::Empty; table.columns.len()] }
    }

    /// What stands in a column.
    pub fn cell(&self, column: &str) -> Option<&Cell> {
        let place = self.table.columns.iter().position(|c| c.name == column)?;
        self.cells.get(place)
    }

    fn put(mut self, column: &str, cell: Cell) -> Self {
        let place = self.table.columns.iter().position(|c| c.name == column);
        debug_assert!(place.is_some(), "no column {column} in {}", self.table.name);
        if let Some(slot) = place.and_then(|i| self.cells.get_mut(i)) {
            *slot = cell;
        }
        self
    }

    /// A text, code or code list; empty text leaves the cell empty.
    #[must_use]
    pub fn text(self, column: &str, text: impl AsRef<str>) -> Self {
        let text = text.as_ref();
        let cell = if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) };
        self.put(column, cell)
    }

    /// A day, if there is one.
    #[must_use]
    pub fn date(self, column: &str, day: Option<NaiveDate>) -> Self {
        self.put(column, day.map_or(Cell::Empty, |d| Cell::Text(d.to_string())))
    }

    /// An amount, if known.
    #[must_use]
    pub fn money(self, column: &str, amount: Option<Fen>) -> Self {
        self.int(column, amount.map(|f| f.0))
    }

    /// A whole number as the database holds it, if known.
    #[must_use]
    pub fn int(self, column: &str, n: Option<i64>) -> Self {
        self.put(column, n.map_or(Cell::Empty, Cell::Int))
    }
}
