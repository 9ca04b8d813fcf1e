//! Which column of the file is which column of the table.

use super::fold::half_width;
use super::rows::{Raw, ReadFault, Rows, text_of};
use crate::protocol::tables::{Need, Table};

/// The header of one file or sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Per cell of a row the index of the column in the table; `None` = not read.
    pub columns: Vec<Option<usize>>,
    /// Per cell whether the header has a name there: a value without one is a fault.
    pub named: Vec<bool>,
    /// Names that were passed over because of `--ignore-unknown`.
    pub ignored: Vec<String>,
}

impl Header {
    /// The columns of the table that the file has, in the order of the file.
    pub fn present(&self) -> Vec<usize> {
        self.columns.iter().flatten().copied().collect()
    }
}

/// The column of a table that a header cell names, in either language.
fn column_of(table: &Table, name: &str) -> Option<usize> {
    table.columns.iter().position(|c| name == c.name || name == half_width(c.zh))
}

/// How many cells of a row name a column of the table.
pub fn matches(table: &Table, cells: &[String]) -> usize {
    cells.iter().filter(|c| column_of(table, &half_width(c)).is_some()).count()
}

/// Reads the present row as the header.
pub fn read(table: &'static Table, rows: &dyn Rows, lenient: bool) -> Result<Header, ReadFault> {
    let mut header = Header { columns: Vec::new(), named: Vec::new(), ignored: Vec::new() };
    let mut unknown = Vec::new();
    let mut twice = Vec::new();
    for at in 0..rows.width() {
        let name = half_width(&text_of(rows.cell(at)));
        let column = column_of(table, &name);
        if let Some(index) = column {
            if header.columns.contains(&column) {
                twice.push(table.columns.get(index).map_or("", |c| c.name).to_owned());
            }
        } else if !name.is_empty() {
            if lenient { &mut header.ignored } else { &mut unknown }.push(name.clone());
        }
        header.columns.push(column);
        header.named.push(!name.is_empty());
    }
    if !unknown.is_empty() {
        return Err(ReadFault::UnknownColumns(unknown));
    }
    if !twice.is_empty() {
        return Err(ReadFault::ColumnsTwice(twice));
    }
    let derives_key = table.name == "visits";
    for (index, column) in table.columns.iter().enumerate() {
        let there = header.columns.contains(&Some(index));
        if column.need == Need::Key && !there && !derives_key {
            return Err(ReadFault::KeyColumnMissing(column.name));
        }
    }
    Ok(header)
}

/// Whether the present row repeats the header, in the other language or the same.
pub fn is_repeated(table: &Table, header: &Header, rows: &dyn Rows) -> bool {
    let mut any = false;
    for at in 0..rows.width().max(header.columns.len()) {
        let raw = rows.cell(at);
        if raw == Raw::Empty {
            continue;
        }
        let Some(column) = header.columns.get(at).copied().flatten() else { continue };
        let name = half_width(&text_of(raw));
        if name.is_empty() {
            continue;
        }
        if column_of(table, &name) != Some(column) {
            return false;
        }
        any = true;
    }
    any
}

#[cfg(test)]
mod tests;
