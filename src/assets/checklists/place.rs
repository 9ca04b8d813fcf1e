//! Where something stands in a pack of several files, which is kept as one text.

use std::sync::Arc;

use crate::form::source::Place;
use crate::form::{Fault, FaultKind};

/// Marks in the joined text where a file begins.
const FILE_MARK: &str = "#: ";

/// Finds file and line of an offset in the joined text.
pub(super) struct Files {
    /// Start of each line.
    lines: Vec<usize>,
    /// First line and name of each file.
    files: Vec<(usize, Arc<str>)>,
}

impl Files {
    pub(super) fn new(text: &str) -> Self {
        let (mut lines, mut files, mut offset) = (Vec::new(), Vec::new(), 0);
        for line in text.split_inclusive('\n') {
            lines.push(offset);
            offset += line.len();
            if let Some(name) = line.strip_prefix(FILE_MARK) {
                files.push((lines.len(), name.trim().into()));
            }
        }
        Self { lines, files }
    }

    /// File and line of an offset.
    pub(super) fn place(&self, offset: usize) -> Place {
        let line = self.lines.partition_point(|start| *start <= offset);
        let file = self.files.iter().rev().find(|(first, _)| *first < line.max(1));
        match file {
            Some((first, name)) => Place { file: Arc::clone(name), line: line - first },
            None => Place { file: "pack".into(), line },
        }
    }
}

/// What is wrong at a place.
pub(super) fn fault(at: &Place, what: FaultKind) -> Fault {
    Fault { file: at.file.to_string(), line: at.line, what }
}
