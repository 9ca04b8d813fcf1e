//! The rows of one file or sheet: read cell by cell, with what is wrong with them.

use crate::exchange::cell::{self, Said, Unit};
use crate::exchange::faults::Faults;
use crate::exchange::fold::trim;
use crate::exchange::header::{self, Header};
use crate::exchange::rows::{Raw, ReadFault, Rows, text_of};
use crate::exchange::source::Part;
use crate::protocol::import::{Fault, FaultSink, RowIn, RowText, Why};
use crate::protocol::tables::{Cell, Column, Need};
use crate::store;
use crate::store::write::import::Staging;

/// Reads the rows of one part.
pub(super) struct PartReader<'p> {
    pub(super) part: &'p Part,
    pub(super) header: Header,
    unit: Unit,
    row: RowIn,
    /// Where `customer_id`, `visited_on`, `class` and `visit_id` of visits stand among the cells.
    derive: Option<Derive>,
    faults: Vec<(Option<&'static Column>, String, Why)>,
}

/// Places among the present cells from which a visit id is derived.
#[derive(Debug, Clone, Copy)]
struct Derive {
    visit_id: Option<usize>,
    customer_id: Option<usize>,
    visited_on: Option<usize>,
    class: Option<usize>,
}

impl<'p> PartReader<'p> {
    pub(super) fn new(part: &'p Part, header: Header, unit: Unit) -> Self {
        let present = header.present();
        let place = |name: &str| {
            let index = part.table.columns.iter().position(|c| c.name == name)?;
            present.iter().position(|p| *p == index)
        };
        let derive = (part.table.name == "visits").then(|| Derive {
            visit_id: place("visit_id"),
            customer_id: place("customer_id"),
            visited_on: place("visited_on"),
            class: place("class"),
        });
        Self { part, header, unit, row: RowIn::default(), derive, faults: Vec::new() }
    }

    /// Reads the rest of the rows for their keys alone: how many rows there are, if their keys rise
    /// from row to row and all of them can be read.
    pub(super) fn rising(&self, rows: &mut dyn Rows) -> Result<Option<u64>, ReadFault> {
        let columns = self.part.table.columns;
        let at = |index: usize| self.header.columns.iter().position(|c| *c == Some(index));
        let keys = columns.iter().enumerate().filter(|(_, c)| c.need == Need::Key);
        let Some(keys) = keys.map(|(index, c)| Some((at(index)?, c))).collect::<Option<Vec<_>>>()
        else {
            return Ok(None);
        };
        let (mut last, mut key) = (Vec::new(), Vec::new());
        let (mut count, mut first) = (0, true);
        while rows.advance()?.is_some() {
            if std::mem::take(&mut first)
                && header::is_repeated(self.part.table, &self.header, rows)
            {
                continue;
            }
            key.clear();
            for (at, column) in &keys {
                match cell::read(column, rows.cell(*at), self.unit) {
                    Ok(Said::Value(Cell::Text(text))) => key.push(text),
                    _ => return Ok(None),
                }
            }
            if count > 0 && key <= last {
                return Ok(None);
            }
            std::mem::swap(&mut key, &mut last);
            count += 1;
        }
        Ok(Some(count))
    }

    pub(super) fn stage(
        &mut self,
        line: u64,
        rows: &dyn Rows,
        staging: &mut Staging<'_, '_>,
        faults: &mut Faults,
    ) -> Result<(), store::Error> {
        self.row.cells.clear();
        self.row.line = line;
        self.row.masked = 0;
        self.row.bad = false;
        self.read_cells(rows);
        if rows.is_ragged_a_fault() {
            self.forget_lost_cells();
        }
        let (key, derived) = self.key();
        if matches!(key, Key::Masked) {
            self.faults.clear();
            staging.skip_masked();
            return Ok(());
        }
        if !self.faults.is_empty() {
            self.row.bad = true;
            staging.count_faulty();
            let named = self.header.columns.len();
            let whole: Vec<String> = (0..rows.width().max(named))
                .filter(|at| self.header.columns.get(*at).is_none_or(Option::is_some))
                .map(|at| text_of(rows.cell(at)))
                .collect();
            for (column, value, why) in self.faults.drain(..) {
                let (table, sheet) = (self.part.table, self.part.name.clone());
                let fault = Fault { table, column, sheet, line, value, why };
                faults.fault(fault, RowText::Raw(&whole));
            }
        }
        if matches!(key, Key::Readable) {
            staging.push(&mut self.row, derived, faults)
        } else {
            staging.key_unreadable();
            Ok(())
        }
    }

    fn read_cells(&mut self, rows: &dyn Rows) {
        let named = self.header.columns.len();
        if rows.is_ragged_a_fault() && rows.width() != named {
            let surplus = (named..rows.width()).any(|at| holds_something(rows.cell(at)));
            if rows.width() < named || surplus {
                self.faults.push((None, String::new(), Why::Ragged(named, rows.width())));
            }
        } else if (named..rows.width()).any(|at| holds_something(rows.cell(at))) {
            self.faults.push((None, String::new(), Why::Ragged(named, rows.width())));
        }
        for (at, column) in self.header.columns.iter().enumerate() {
            let raw = rows.cell(at);
            let Some(column) = column.and_then(|i| self.part.table.columns.get(i)) else {
                let nameless = self.header.named.get(at).is_some_and(|named| !named);
                if nameless && holds_something(raw) {
                    self.faults.push((None, text_of(raw), Why::Ragged(named, rows.width())));
                }
                continue;
            };
            let place = self.row.cells.len();
            match cell::read(column, raw, self.unit) {
                Ok(Said::Masked) => {
                    self.row.masked |= 1 << place;
                    self.row.cells.push(Cell::Empty);
                }
                Ok(Said::Value(value)) => {
                    if value == Cell::Empty {
                        let why = match column.need {
                            Need::Key if column.name == "visit_id" => None,
                            Need::Key => Some(Why::KeyEmpty),
                            Need::Required => Some(Why::RequiredEmpty),
                            Need::Optional => None,
                        };
                        if let Some(why) = why {
                            self.faults.push((Some(column), String::new(), why));
                        }
                    }
                    self.row.cells.push(value);
                }
                Err(why) => {
                    self.faults.push((Some(column), text_of(raw), why));
                    self.row.cells.push(Cell::Empty);
                }
            }
        }
    }

    /// A row that is cut off says nothing about the cells that it lacks.
    fn forget_lost_cells(&mut self) {
        let cut = self
            .faults
            .iter()
            .position(|(_, _, why)| matches!(why, Why::Ragged(wanted, found) if found < wanted));
        if let Some(at) = cut {
            self.faults.swap(0, at);
            self.faults.truncate(1);
        }
    }

    /// Whether the key is there, and the visit id where it is derived.
    fn key(&mut self) -> (Key, Option<String>) {
        let masked = |row: &RowIn, place: usize| row.masked & (1 << place) != 0;
        if let Some(derive) = self.derive {
            if derive.visit_id.is_some_and(|place| masked(&self.row, place)) {
                return (Key::Masked, None);
            }
            let given = derive.visit_id.and_then(|place| self.row.cells.get(place));
            if given.is_some_and(|cell| *cell != Cell::Empty) {
                return (Key::Readable, None);
            }
            let visit_id = Some(0).and_then(|i: usize| self.part.table.columns.get(i));
            if self.faults.iter().any(|(column, ..)| *column == visit_id) {
                return (Key::Unreadable, None);
            }
            let parts = [derive.customer_id, derive.visited_on, derive.class];
            if parts.iter().flatten().any(|place| masked(&self.row, *place)) {
                return (Key::Masked, None);
            }
            let text = |place: Option<usize>| match place.and_then(|p| self.row.cells.get(p)) {
                Some(Cell::Text(text)) => Some(text.as_str()),
                _ => None,
            };
            if let (Some(customer), Some(day), Some(class)) =
                (text(derive.customer_id), text(derive.visited_on), text(derive.class))
            {
                let mark = if class == "onsite" { 'X' } else { 'F' };
                let id = format!("V-{customer}-{}-{mark}", day.replace('-', ""));
                if id.chars().count() <= cell::TEXT_LIMIT {
                    return (Key::Readable, Some(id));
                }
            }
            if self.faults.is_empty() {
                self.faults.push((visit_id, String::new(), Why::KeyEmpty));
            }
            return (Key::Unreadable, None);
        }
        let mut key = Key::Readable;
        let present = self.header.columns.iter().flatten();
        for (place, index) in present.enumerate() {
            let is_key = self.part.table.columns.get(*index).is_some_and(|c| c.need == Need::Key);
            if is_key && masked(&self.row, place) {
                key = Key::Masked;
            } else if is_key && self.row.cells.get(place) == Some(&Cell::Empty) {
                return (Key::Unreadable, None);
            }
        }
        (key, None)
    }
}

/// What can be said of a row's key.
enum Key {
    Readable,
    Masked,
    Unreadable,
}

fn holds_something(raw: Raw<'_>) -> bool {
    match raw {
        Raw::Empty => false,
        Raw::Text(text) => !trim(text).is_empty(),
        _ => true,
    }
}
