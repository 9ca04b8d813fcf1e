//! Values become text (`exchange.md` section 2).

use super::cell::needs_guard;
use crate::protocol::tables::{Cell, Column, Kind};

/// A value for CSV and XLSX: a text that a spreadsheet would run gets a `'` in front.
pub fn guarded(column: &Column, cell: &Cell) -> String {
    let text = cell.to_text(column.kind);
    if matches!(column.kind, Kind::Text) { guard(text) } else { text }
}

/// Puts a `'` before a text that a spreadsheet would run, or that reads as if we had done so.
pub fn guard(text: String) -> String {
    if needs_guard(&text) { format!("'{text}") } else { text }
}
