//! Values become text (`exchange.md` section 2).

use crate::outgoing::guard;
use crate::protocol::tables::{Cell, Column, Kind};

/// A value for CSV and XLSX: a text that a spreadsheet would run gets a `'` in front.
pub fn guarded(column: &Column, cell: &Cell) -> String {
    let text = cell.to_text(column.kind);
    if matches!(column.kind, Kind::Text) { guard(text) } else { text }
}
