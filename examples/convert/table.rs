//! What the conversions share: a CSV file of the exchange format with its columns.

use std::error::Error;
use std::fs::File;
use std::path::Path;

/// Starts `<folder>/<name>.csv` with the names of its columns; the folder is made if need be.
pub(crate) fn begin(
    folder: &Path,
    name: &str,
    columns: &[&str],
) -> Result<csv::Writer<File>, Box<dyn Error>> {
    std::fs::create_dir_all(folder)?;
    let mut table = csv::Writer::from_path(folder.join(name).with_extension("csv"))?;
    table.write_record(columns)?;
    Ok(table)
}
