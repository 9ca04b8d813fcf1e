//! `huifang template`: the empty workbook, or a folder of CSV files.

use std::path::{Path, PathBuf};

use crate::exchange::template::{TemplateFault, filled_in, write_folder, write_workbook};

/// Writes the template: a folder if `out` ends with `/` or is one, else a workbook.
pub fn run(out: &Path) -> Result<(), TemplateFault> {
    if is_folder(out) { write_folder(out) } else { write_workbook(out) }
}

/// The files that it will be.
pub fn files(out: &Path) -> Vec<PathBuf> {
    if is_folder(out) {
        filled_in().map(|table| out.join(format!("{}.csv", table.name))).collect()
    } else {
        vec![out.to_owned()]
    }
}

fn is_folder(out: &Path) -> bool {
    out.is_dir() || out.to_string_lossy().ends_with('/')
}

/// Whether a workbook or folder can be written there: it is a folder, or ends with `/` or `.xlsx`.
pub fn takes(out: &Path) -> bool {
    is_folder(out) || out.extension().is_some_and(|e| e.eq_ignore_ascii_case("xlsx"))
}
