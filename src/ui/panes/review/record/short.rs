//! What a record falls short of, as rows.

use super::sheet::Sheet;
use crate::domain::answer::{DocumentState, Value};
use crate::domain::gap::GapKind;
use crate::form::Row;
use crate::form::definition::Kind;

impl Sheet {
    /// Rows without the answer that was asked for: as many as the officer was told when she handed
    /// in, and as the queue says.
    pub(super) fn gaps(&self) -> Vec<usize> {
        self.rows_with(GapKind::is_missing)
    }

    /// Rows whose answer rests on less than was to be seen.
    pub(super) fn weak(&self) -> Vec<usize> {
        self.rows_with(|kind| !kind.is_missing())
    }

    fn rows_with(&self, wanted: impl Fn(GapKind) -> bool) -> Vec<usize> {
        let gaps = self.state.gaps.iter().filter(|gap| wanted(gap.kind));
        let rows = gaps.filter_map(|gap| self.state.rows.iter().position(|r| *r.path == *gap.item));
        rows.collect()
    }

    /// Documents that were asked for and are promised or refused.
    pub(super) fn documents(&self) -> Vec<usize> {
        let owed = |row: &Row| match self.now(row) {
            Some(Value::Document { state, .. }) => {
                matches!(state, DocumentState::Promised | DocumentState::Refused)
            }
            _ => false,
        };
        self.rows(|row| matches!(row.item.kind, Kind::Document) && owed(row))
    }
}
