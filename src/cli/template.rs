//! `huifang template`: the empty workbook, or a folder of CSV files.

use std::path::Path;

use crate::exchange::template::{TemplateFault, write_folder, write_workbook};

/// Writes the template: a folder if `out` ends with `/` or is one, else a workbook.
pub fn run(out: &Path) -> Result<(), TemplateFault> {
    let text = out.to_string_lossy();
    if out.is_dir() || text.ends_with('/') || text.ends_with(std::path::MAIN_SEPARATOR) {
        write_folder(out)
    } else {
        write_workbook(out)
    }
}

/// Whether a workbook or folder can be written there: it is a folder, or ends with `/` or `.xlsx`.
pub fn takes(out: &Path) -> bool {
    let text = out.to_string_lossy();
    out.is_dir()
        || text.ends_with('/')
        || out.extension().is_some_and(|e| e.eq_ignore_ascii_case("xlsx"))
}
