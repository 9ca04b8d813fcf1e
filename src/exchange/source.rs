//! Which file or sheet holds which table.

use std::path::{Path, PathBuf};

use encoding_rs::Encoding;

use super::csv_file::CsvRows;
use super::fold::half_width;
use super::rejects::{self, BlockRows};
use super::rows::{ReadFault, Rows};
use super::template::IGNORED_SHEETS;
use super::workbook::Workbook;
use crate::protocol::tables::{TABLES, Table};

/// The rows of one table of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Which table.
    pub table: &'static Table,
    /// Sheet or file name, for reports.
    pub name: String,
    place: Place,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    Csv(PathBuf),
    Rejects(PathBuf, usize),
    Sheet(String),
}

/// What a user pointed at: a workbook, a CSV file, or a folder of them.
pub struct Source {
    /// Tables in the order in which they are written.
    pub parts: Vec<Part>,
    /// Sheets and files that no table is named after, passed over by `--ignore-unknown`.
    pub ignored: Vec<String>,
    workbook: Option<Workbook>,
    encoding: Option<&'static Encoding>,
}

/// A fault of a file, with the name of the file or sheet.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{name}: {fault}")]
pub struct SourceFault {
    /// File or sheet.
    pub name: String,
    /// What is wrong.
    pub fault: ReadFault,
}

/// The table with this name in either language, full-width forms included.
pub fn table_named(name: &str) -> Option<&'static Table> {
    let name = half_width(name);
    TABLES.iter().find(|t| t.name == name || half_width(t.zh) == name)
}

impl Source {
    /// Looks at what is there, without reading rows.
    pub fn open(
        path: &Path,
        kind: Option<&'static Table>,
        encoding: Option<&'static Encoding>,
        lenient: bool,
    ) -> Result<Self, SourceFault> {
        let at = |fault| SourceFault { name: path.display().to_string(), fault };
        let meta = std::fs::metadata(path).map_err(|e| at(e.into()))?;
        let mut source = Self { parts: Vec::new(), ignored: Vec::new(), workbook: None, encoding };
        if meta.is_dir() {
            source.open_folder(path, kind, lenient)?;
        } else if !meta.is_file() {
            return Err(at(ReadFault::Extension));
        } else if meta.len() == 0 {
            return Err(at(ReadFault::Empty));
        } else {
            match extension(path).as_str() {
                "csv" | "txt" | "tsv" => source.open_csv(path, kind)?,
                "xlsx" | "xlsm" => source.open_workbook(path, kind, lenient)?,
                _ => return Err(at(ReadFault::Extension)),
            }
        }
        if source.parts.is_empty() {
            return Err(at(ReadFault::Empty));
        }
        let rank = |t: &'static Table| TABLES.iter().position(|o| o.name == t.name);
        source.parts.sort_by_key(|part| rank(part.table));
        for pair in source.parts.windows(2) {
            if let [a, b] = pair
                && a.table.name == b.table.name
            {
                return Err(at(ReadFault::TableTwice(b.name.clone())));
            }
        }
        Ok(source)
    }

    fn open_csv(&mut self, path: &Path, kind: Option<&'static Table>) -> Result<(), SourceFault> {
        let name = file_name(path);
        if let Ok(Some(tables)) = rejects::blocks(path) {
            for (block, table) in tables.into_iter().enumerate() {
                if kind.is_none_or(|k| k.name == table.name) {
                    let place = Place::Rejects(path.to_owned(), block);
                    self.parts.push(Part { table, name: name.clone(), place });
                }
            }
            return Ok(());
        }
        let table = kind.or_else(|| table_named(&stem(path))).ok_or_else(|| SourceFault {
            name: name.clone(),
            fault: ReadFault::UnknownTable(stem(path)),
        })?;
        self.parts.push(Part { table, name, place: Place::Csv(path.to_owned()) });
        Ok(())
    }

    fn open_folder(
        &mut self,
        path: &Path,
        kind: Option<&'static Table>,
        lenient: bool,
    ) -> Result<(), SourceFault> {
        let at = |fault| SourceFault { name: path.display().to_string(), fault };
        let mut files = Vec::new();
        for entry in std::fs::read_dir(path).map_err(|e| at(e.into()))? {
            let file = entry.map_err(|e| at(e.into()))?.path();
            // Hidden files are an editor's or the system's, not the bank's.
            if file.is_file() && extension(&file) == "csv" && !file_name(&file).starts_with('.') {
                files.push(file);
            }
        }
        files.sort();
        for file in files {
            match table_named(&stem(&file)) {
                Some(table) if kind.is_none_or(|k| k.name == table.name) => {
                    let name = file_name(&file);
                    self.parts.push(Part { table, name, place: Place::Csv(file) });
                }
                Some(_) => {}
                None if lenient => self.ignored.push(file_name(&file)),
                None => {
                    let name = file_name(&file);
                    return Err(SourceFault { name, fault: ReadFault::UnknownTable(stem(&file)) });
                }
            }
        }
        Ok(())
    }

    fn open_workbook(
        &mut self,
        path: &Path,
        kind: Option<&'static Table>,
        lenient: bool,
    ) -> Result<(), SourceFault> {
        let at = |fault| SourceFault { name: path.display().to_string(), fault };
        let mut workbook = Workbook::open(path).map_err(at)?;
        let mut unnamed = Vec::new();
        for sheet in workbook.sheets() {
            if IGNORED_SHEETS.contains(&half_width(&sheet).as_str()) {
                continue;
            }
            if let Some(table) = table_named(&sheet) {
                if kind.is_none_or(|k| k.name == table.name) {
                    let place = Place::Sheet(sheet.clone());
                    self.parts.push(Part { table, name: sheet, place });
                }
                continue;
            }
            // Chart sheets have no rows at all.
            let holds_rows = workbook.rows(&sheet).and_then(|mut rows| rows.advance());
            if !matches!(holds_rows, Ok(None)) {
                unnamed.push(sheet);
            }
        }
        // One sheet without a telling name: the kind, or the name of the file, tells.
        let told = kind.or_else(|| table_named(&stem(path)));
        match (self.parts.is_empty(), told, unnamed.as_slice()) {
            (true, Some(table), [sheet]) => {
                let place = Place::Sheet(sheet.clone());
                self.parts.push(Part { table, name: sheet.clone(), place });
            }
            (_, _, []) => {}
            _ if lenient || kind.is_some() => self.ignored = unnamed,
            (_, _, [sheet, ..]) => {
                return Err(at(ReadFault::UnknownTable(sheet.clone())));
            }
        }
        self.workbook = Some(workbook);
        Ok(())
    }

    /// The rows of a part, from the first line.
    pub fn rows(&mut self, part: &Part) -> Result<Box<dyn Rows + '_>, ReadFault> {
        match (&part.place, &mut self.workbook) {
            (Place::Csv(path), _) => Ok(Box::new(CsvRows::open(path, part.table, self.encoding)?)),
            (Place::Rejects(path, block), _) => {
                Ok(Box::new(BlockRows::open(path, part.table, *block)?))
            }
            (Place::Sheet(sheet), Some(workbook)) => Ok(Box::new(workbook.rows(sheet)?)),
            (Place::Sheet(sheet), None) => Err(ReadFault::UnknownTable(sheet.clone())),
        }
    }
}

fn extension(path: &Path) -> String {
    path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default()
}

fn stem(path: &Path) -> String {
    path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default()
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
