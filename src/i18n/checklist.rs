//! Texts of the checklist panes.

use super::catalog;

catalog! {
    /// Texts of the checklist panes.
    Checklist {
        title: "Checklist pane" | "检查表";
    }
}
