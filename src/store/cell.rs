//! Cells and columns of the tables of the exchange format, as SQL has them.

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Row, ToSql};

use crate::protocol::tables::Cell;

impl ToSql for Cell {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Empty => ToSqlOutput::Borrowed(ValueRef::Null),
            Self::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Self::Int(n) => ToSqlOutput::Borrowed(ValueRef::Integer(*n)),
        })
    }
}

/// A column of a result as a cell.
pub(crate) fn cell_at(row: &Row<'_>, at: usize) -> rusqlite::Result<Cell> {
    Ok(match row.get_ref(at)? {
        ValueRef::Integer(n) => Cell::Int(n),
        ValueRef::Text(text) => Cell::Text(String::from_utf8_lossy(text).into_owned()),
        // STRICT tables hold nothing else.
        ValueRef::Null | ValueRef::Real(_) | ValueRef::Blob(_) => Cell::Empty,
    })
}

/// `"a", "b"`: column names as SQL; several of them are key words.
pub(crate) fn quoted<'n>(names: impl Iterator<Item = &'n str>, before: &str) -> String {
    names.map(|n| format!("{before}\"{n}\"")).collect::<Vec<_>>().join(", ")
}
