//! What was refused: the first faults for the screen, all of them in the rejects file.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use super::cell::needs_guard;
use super::fold::{is_dangerous, mark};
use crate::protocol::import::{Fault, FaultSink, Why};

/// How many faults are kept for the report; all are counted.
pub const KEPT: usize = 1_000;

/// Says in a person's words what was expected.
pub type Explain = fn(&Why) -> String;

/// Collects faults.
pub struct Faults {
    /// The first [`KEPT`] faults, in the order found.
    pub kept: Vec<Fault>,
    /// How many there were.
    pub count: u64,
    rejects: Option<csv::Writer<BufWriter<File>>>,
    explain: Explain,
    /// The rejects file could not be written.
    pub broken: Option<std::io::Error>,
}

impl Faults {
    /// Collects without a rejects file.
    pub fn new(explain: Explain) -> Self {
        Self { kept: Vec::new(), count: 0, rejects: None, explain, broken: None }
    }

    /// Collects and writes each faulty row to a CSV file as well.
    pub fn with_rejects(path: &Path, explain: Explain) -> std::io::Result<Self> {
        let mut file = BufWriter::new(File::create(path)?);
        file.write_all(b"\xEF\xBB\xBF")?;
        let mut writer = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .flexible(true)
            .from_writer(file);
        writer
            .write_record(["table", "sheet", "line", "column", "value", "expected", "row"])
            .map_err(std::io::Error::other)?;
        Ok(Self { rejects: Some(writer), ..Self::new(explain) })
    }

    /// Brings the rejects file to its end.
    pub fn finish(&mut self) -> std::io::Result<()> {
        if let Some(error) = self.broken.take() {
            return Err(error);
        }
        self.rejects.as_mut().map_or(Ok(()), csv::Writer::flush)
    }
}

impl FaultSink for Faults {
    fn fault(&mut self, fault: Fault, row: &[String]) {
        self.count += 1;
        if let Some(writer) = &mut self.rejects {
            let column = fault.column.map_or("", |c| c.name);
            let mut record = vec![
                fault.table.name.to_owned(),
                safe(&fault.sheet),
                fault.line.to_string(),
                column.to_owned(),
                safe(&fault.value),
                (self.explain)(&fault.why),
            ];
            record.extend(row.iter().map(|cell| safe(cell)));
            if let Err(error) = writer.write_record(&record)
                && self.broken.is_none()
            {
                self.broken = Some(std::io::Error::other(error));
            }
        }
        if self.kept.len() < KEPT {
            self.kept.push(fault);
        }
    }
}

/// Text that neither a terminal nor a spreadsheet obeys.
fn safe(text: &str) -> String {
    let mut safe = String::new();
    if needs_guard(text) {
        safe.push('\'');
    }
    for c in text.chars().take(super::cell::FREE_TEXT_LIMIT) {
        if is_dangerous(c) && c != '\n' {
            safe.push_str(&mark(c));
        } else {
            safe.push(c);
        }
    }
    safe
}
