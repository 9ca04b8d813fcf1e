//! What a dialog that wraps a form reads from it while it is being filled in.

use super::Form;
use crate::ui::widgets::input::Input;

impl Form {
    /// What stands in a field now.
    pub(in crate::ui::overlays) fn typed(&self, field: usize) -> String {
        self.inputs.get(field).map(Input::text).unwrap_or_default()
    }

    /// What it says above the fields.
    pub(in crate::ui::overlays) fn lines(&self) -> &[String] {
        &self.ask.lines
    }
}
