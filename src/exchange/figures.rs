//! Files that are read to be reckoned with and not kept: ratios and statements to score.

use std::path::Path;

use super::cell::{self, MASK, Said, Unit};
use super::csv_file::CsvRows;
use super::fold::{trim, visible};
use super::header::{self, Header};
use super::rows::{Raw, ReadFault, Rows as _, text_of};
use crate::protocol::import::Why;
use crate::protocol::tables::{Cell, Need, SCORE_INPUTS, Table};

/// Why a file can't be reckoned with.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FigureFault {
    /// It can't be read.
    #[error(transparent)]
    File(#[from] ReadFault),
    /// A cell is faulty; the first one that is met.
    #[error("line {line}, {column}: {value}")]
    Cell {
        /// Line of the file, from 1.
        line: u64,
        /// Name of the column.
        column: &'static str,
        /// What stands there, fit for a terminal.
        value: String,
        /// What should.
        why: Why,
    },
    /// Several rows are faulty.
    #[error("{first}, and {} more", .lines.len())]
    Several {
        /// The first fault that is met.
        first: Box<Self>,
        /// Lines of the others.
        lines: Vec<u64>,
    },
    /// A key stands twice.
    #[error("line {line}: {key} twice")]
    Twice {
        /// Line of the second one.
        line: u64,
        /// The key.
        key: String,
    },
}

/// A row of ratios: its id and the numbers that it has, by column name.
#[derive(Debug, Clone, PartialEq)]
pub struct RatioRow {
    /// Line of the file, from 1.
    pub line: u64,
    /// Id.
    pub id: String,
    /// Column and number; what is empty is not there.
    pub numbers: Vec<(&'static str, f64)>,
}

/// A statement as a file has it: the cells by column name; what is empty is not there.
#[derive(Debug, Clone, PartialEq)]
pub struct StatementRow {
    /// Line of the file, from 1.
    pub line: u64,
    /// The cells.
    pub cells: Vec<(&'static str, Cell)>,
}

/// Rows, and the columns that were passed over.
#[derive(Debug, Clone, PartialEq)]
pub struct Found<R> {
    /// The rows in the order of the file.
    pub rows: Vec<R>,
    /// Names of unknown columns.
    pub ignored: Vec<String>,
}

/// Reads a file of ratios.
pub fn ratios(path: &Path) -> Result<Found<RatioRow>, FigureFault> {
    let mut keys = std::collections::HashSet::new();
    read(path, &SCORE_INPUTS, |line, header, rows| {
        let mut row = RatioRow { line, id: String::new(), numbers: Vec::new() };
        for (column, raw) in cells(&SCORE_INPUTS, header, rows) {
            let text = text_of(raw);
            let text = trim(&text);
            let fault =
                |why| FigureFault::Cell { line, column: column.name, value: visible(text), why };
            if column.need == Need::Key {
                let id = cell::read(column, raw, Unit::Yuan).map_err(&fault)?;
                let Said::Value(Cell::Text(id)) = id else { return Err(fault(Why::KeyEmpty)) };
                row.id = id;
            } else if !text.is_empty() && text != MASK {
                let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
                row.numbers.push((column.name, number.ok_or_else(|| fault(Why::NotANumber))?));
            }
        }
        if !keys.insert(row.id.clone()) {
            return Err(FigureFault::Twice { line, key: visible(&row.id) });
        }
        Ok(row)
    })
}

/// Reads a file of statements in the import schema.
pub fn statements(path: &Path, table: &'static Table) -> Result<Found<StatementRow>, FigureFault> {
    read(path, table, |line, header, rows| {
        let mut row = StatementRow { line, cells: Vec::new() };
        for (column, raw) in cells(table, header, rows) {
            let fault = |why| FigureFault::Cell {
                line,
                column: column.name,
                value: visible(&text_of(raw)),
                why,
            };
            match cell::read(column, raw, Unit::Yuan).map_err(fault)? {
                Said::Value(Cell::Empty) if column.need == Need::Key => {
                    return Err(fault(Why::KeyEmpty));
                }
                Said::Value(Cell::Empty) | Said::Masked => {}
                Said::Value(value) => row.cells.push((column.name, value)),
            }
        }
        Ok(row)
    })
}

fn cells<'r>(
    table: &'static Table,
    header: &'r Header,
    rows: &'r CsvRows,
) -> impl Iterator<Item = (&'static crate::protocol::tables::Column, Raw<'r>)> {
    header.columns.iter().enumerate().filter_map(move |(at, index)| {
        let column = table.columns.get((*index)?)?;
        Some((column, super::rows::Rows::cell(rows, at)))
    })
}

fn read<R>(
    path: &Path,
    table: &'static Table,
    mut take: impl FnMut(u64, &Header, &CsvRows) -> Result<R, FigureFault>,
) -> Result<Found<R>, FigureFault> {
    let mut rows = CsvRows::open(path, table, None)?;
    if rows.advance()?.is_none() {
        return Err(ReadFault::Empty.into());
    }
    let header = header::read(table, &rows, true)?;
    let ignored = header.ignored.iter().map(|name| visible(name)).collect();
    let mut found = Vec::new();
    let (mut first, mut faulty, mut lines) = (true, None, Vec::new());
    while let Some(line) = rows.advance()? {
        if std::mem::take(&mut first) && header::is_repeated(table, &header, &rows) {
            continue;
        }
        match take(line, &header, &rows) {
            Ok(row) => found.push(row),
            Err(fault @ FigureFault::File(_)) => return Err(fault),
            Err(_) if faulty.is_some() => lines.push(line),
            Err(fault) => faulty = Some(fault),
        }
    }
    if let Some(fault) = faulty {
        if lines.is_empty() {
            return Err(fault);
        }
        return Err(FigureFault::Several { first: Box::new(fault), lines });
    }
    Ok(Found { rows: found, ignored })
}
