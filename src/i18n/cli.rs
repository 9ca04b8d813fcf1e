//! What the command line says: complaints (what, where, what to do) and headings of its lists.

use super::catalog;

catalog! {
    /// Texts of the command line.
    Cli {
        done: "done" | "完成";
    }
}
