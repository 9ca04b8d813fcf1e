//! Texts of the review panes.

use super::catalog;

catalog! {
    /// Texts of the review panes.
    Review {
        title: "Review" | "复核";
    }
}
