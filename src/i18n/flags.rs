//! Texts of the flags panes.

use super::catalog;

catalog! {
    /// Texts of the flags panes.
    Flags {
        title: "Risk flags" | "风险信号";
    }
}
