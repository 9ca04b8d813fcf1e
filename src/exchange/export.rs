//! Tables go out as CSV, workbook or JSON (`exchange.md` section 2): what is exported can be
//! imported again, and exports again to the same bytes.

use std::io::Write;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

use super::cell::MASK;
use super::print::guarded;
use crate::access::Actor;
use crate::outgoing::Draft;
use crate::protocol::tables::{Cell, Column, Kind, TABLES, Table};
use crate::store::read::export::{JOURNAL_COLUMNS, Wanted};
use crate::store::{self, Store};

/// What is exported, for whom, and how openly.
#[derive(Clone, Copy)]
pub struct Order<'a> {
    /// Whose rows.
    pub wanted: Wanted<'a>,
    /// Personal fields are written in clear; the caller has checked that the role may see them and
    /// notes the reason in the journal.
    pub unmasked: bool,
    /// Called now and then with the number of rows of the present table.
    pub progress: &'a dyn Fn(u64),
}

/// The rows of a table, with a word to whoever watches now and then.
fn each_row(
    store: &Store,
    table: &'static Table,
    order: &Order<'_>,
    mut each: impl FnMut(&[Cell]) -> Result<(), ExportFault>,
) -> Result<u64, ExportFault> {
    let mut written = 0;
    store.export_rows(table, order.wanted, |cells| {
        each(cells)?;
        written += 1;
        if written % 10_000 == 0 {
            (order.progress)(written);
        }
        Ok(())
    })
}

/// Why an export came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum ExportFault {
    /// The operating system refused.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// The store refused.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// The writer of workbooks refused.
    #[error(transparent)]
    Workbook(#[from] XlsxError),
    /// The writer of CSV refused.
    #[error(transparent)]
    Csv(#[from] csv::Error),
    /// More rows than a sheet has.
    #[error("more than 1,048,575 rows")]
    TooManyRows,
    /// This is not written in that form.
    #[error("kind of file")]
    Extension,
}

/// Last row of a sheet.
const SHEET_END: u32 = 1_048_575;

/// A cell with personal fields masked unless they are wanted in clear.
fn shown<'c>(order: &Order<'_>, column: &Column, cell: &'c Cell, mask: &'c Cell) -> &'c Cell {
    if column.personal && !order.unmasked && *cell != Cell::Empty { mask } else { cell }
}

fn mask() -> Cell {
    Cell::Text(MASK.to_owned())
}

/// Writes one table as CSV: UTF-8 with mark, text quoted, numbers bare. Returns the row count.
pub fn csv_to(
    store: &Store,
    table: &'static Table,
    order: &Order<'_>,
    out: &mut dyn Write,
) -> Result<u64, ExportFault> {
    out.write_all(b"\xEF\xBB\xBF")?;
    let names: Vec<&str> = table.columns.iter().map(|c| c.name).collect();
    write!(out, "{}\r\n", names.join(","))?;
    let mask = mask();
    let mut line = String::new();
    each_row(store, table, order, |cells| {
        line.clear();
        for (index, (column, cell)) in table.columns.iter().zip(cells).enumerate() {
            if index > 0 {
                line.push(',');
            }
            let text = guarded(column, shown(order, column, cell, &mask));
            if matches!(column.kind, Kind::Text | Kind::Code(_) | Kind::CodeList(_))
                && !text.is_empty()
            {
                line.push('"');
                line.push_str(&text.replace('"', "\"\""));
                line.push('"');
            } else {
                line.push_str(&text);
            }
        }
        line.push_str("\r\n");
        out.write_all(line.as_bytes())?;
        Ok::<(), ExportFault>(())
    })
}

/// Writes one table as a JSON array of objects: numbers and codes as text as they are exported,
/// without guard; an empty field is null.
pub fn json_to(
    store: &Store,
    table: &'static Table,
    order: &Order<'_>,
    out: &mut dyn Write,
) -> Result<u64, ExportFault> {
    let mask = mask();
    let mut first = true;
    out.write_all(b"[")?;
    let count = each_row(store, table, order, |cells| {
        out.write_all(if first { b"\n" } else { b",\n" })?;
        first = false;
        let mut line = String::from("{");
        for (index, (column, cell)) in table.columns.iter().zip(cells).enumerate() {
            if index > 0 {
                line.push(',');
            }
            line.push_str(&json_string(column.name));
            line.push(':');
            let cell = shown(order, column, cell, &mask);
            match (cell, column.kind) {
                (Cell::Empty, _) => line.push_str("null"),
                (Cell::Int(n), Kind::YesNo) => {
                    line.push_str(if *n == 1 { "true" } else { "false" });
                }
                (Cell::Int(n), Kind::Integer) => line.push_str(&n.to_string()),
                (cell, kind) => line.push_str(&json_string(&cell.to_text(kind))),
            }
        }
        line.push('}');
        out.write_all(line.as_bytes())?;
        Ok::<(), ExportFault>(())
    })?;
    out.write_all(if first { b"]\n" } else { b"\n]\n" })?;
    Ok(count)
}

fn json_string(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Writes tables as sheets of one workbook, each row as it comes: memory stays flat.
pub fn workbook(
    store: &Store,
    tables: &[&'static Table],
    order: &Order<'_>,
    out: &mut Draft,
) -> Result<u64, ExportFault> {
    let mut workbook = Workbook::new();
    // The same rows are the same file, on whatever day it is written.
    let stamp = ExcelDateTime::from_ymd(2026, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&stamp));
    workbook.set_zip_compression_level(PACKING);
    let mut count = 0;
    for table in tables {
        let sheet = workbook.add_worksheet_with_constant_memory()?;
        count += sheet_rows(store, table, order, sheet)?;
    }
    workbook.save_to_writer(out)?;
    Ok(count)
}

/// Packing of a workbook: half the time of the usual 6 for a file a tenth larger.
const PACKING: u8 = 3;

fn sheet_rows(
    store: &Store,
    table: &'static Table,
    order: &Order<'_>,
    sheet: &mut Worksheet,
) -> Result<u64, ExportFault> {
    sheet.set_name(table.name)?;
    let bold = Format::new().set_bold();
    for (index, column) in table.columns.iter().enumerate() {
        let width = column.name.width().max(12) + 2;
        sheet.set_column_width(place(index), f64::from(u32::try_from(width).unwrap_or(14)))?;
        // A cell without a format takes its column's, and costs no look-up.
        if let Some(format) = column_format(column.kind) {
            sheet.set_column_format(place(index), &format)?;
        }
        sheet.write_with_format(0, place(index), column.name, &bold)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    let mask = mask();
    let mut row = 0;
    each_row(store, table, order, |cells| {
        if row == SHEET_END {
            return Err(ExportFault::TooManyRows);
        }
        row += 1;
        for (index, (column, cell)) in table.columns.iter().zip(cells).enumerate() {
            let cell = shown(order, column, cell, &mask);
            let at = place(index);
            match (cell, column.kind) {
                (Cell::Empty, _) | (Cell::Int(0), Kind::YesNo) => {}
                (Cell::Int(n), kind) if n.unsigned_abs() < EXACT => {
                    let scale = match kind {
                        Kind::Amount => 100.0,
                        Kind::Rate | Kind::Quantity => 10_000.0,
                        _ => 1.0,
                    };
                    #[expect(
                        clippy::cast_precision_loss,
                        reason = "at most 15 digits: a float holds and Excel keeps them all"
                    )]
                    let number = *n as f64 / scale;
                    sheet.write_number(row, at, number)?;
                }
                (cell, _) => {
                    sheet.write_string(row, at, guarded(column, cell))?;
                }
            }
        }
        Ok(())
    })
}

/// How a workbook shows a column; text as text, so that nobody's number loses its zeros when edited.
fn column_format(kind: Kind) -> Option<Format> {
    let shown = match kind {
        Kind::Amount => "0.00",
        Kind::Rate => "0.0000",
        Kind::Text | Kind::Date | Kind::Month | Kind::Code(_) | Kind::CodeList(_) => "@",
        Kind::Integer | Kind::Quantity | Kind::YesNo => return None,
    };
    Some(Format::new().set_num_format(shown))
}

/// From here on a number has more digits than Excel keeps: it is written as text.
const EXACT: u64 = 1_000_000_000_000_000;

fn place(index: usize) -> u16 {
    u16::try_from(index).unwrap_or(u16::MAX)
}

/// Writes the whole journal, one JSON object a line, or as CSV.
pub fn journal_to(
    store: &Store,
    actor: &Actor,
    jsonl: bool,
    out: &mut dyn Write,
) -> Result<u64, ExportFault> {
    if jsonl {
        return store.export_journal(actor, |cells| {
            let mut line = String::from("{");
            for (index, (name, cell)) in JOURNAL_COLUMNS.iter().zip(cells).enumerate() {
                if index > 0 {
                    line.push(',');
                }
                line.push_str(&json_string(name));
                line.push(':');
                match cell {
                    None => line.push_str("null"),
                    Some(number) if *name == "seq" => line.push_str(number),
                    Some(text) => line.push_str(&json_string(text)),
                }
            }
            line.push_str("}\n");
            out.write_all(line.as_bytes())?;
            Ok(())
        });
    }
    out.write_all(b"\xEF\xBB\xBF")?;
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    writer.write_record(JOURNAL_COLUMNS)?;
    let count = store.export_journal(actor, |cells| {
        let texts = cells.iter().map(|c| crate::outgoing::guard(c.clone().unwrap_or_default()));
        writer.write_record(texts)?;
        Ok::<(), ExportFault>(())
    })?;
    writer.flush()?;
    Ok(count)
}

/// The tables that a name on the command line stands for; `all` is every table.
pub fn tables_named(name: &str) -> Option<Vec<&'static Table>> {
    if name == "all" {
        return Some(TABLES.iter().collect());
    }
    super::source::table_named(name).map(|table| vec![table])
}
