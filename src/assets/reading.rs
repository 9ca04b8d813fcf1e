//! Reading the text of a pack: into its shape, or a fault that names the file and the line.

use serde::Deserialize;

use crate::form::{Fault, FaultKind};

/// Makes faults of a file: offset and what is wrong.
pub(super) fn faults<'a>(file: &'a str, text: &'a str) -> impl Fn(usize, FaultKind) -> Fault + 'a {
    move |offset, what| Fault { file: file.to_owned(), line: line(text, offset), what }
}

/// The line of an offset, from 1.
pub(super) fn line(text: &str, offset: usize) -> usize {
    1 + text.bytes().take(offset).filter(|b| *b == b'\n').count()
}

/// Reads a file of TOML into its shape; `fault` is what [`faults`] made for it.
pub(super) fn read<'a, T: Deserialize<'a>>(
    text: &'a str,
    fault: &impl Fn(usize, FaultKind) -> Fault,
) -> Result<T, Fault> {
    toml::from_str(text).map_err(|error| {
        let offset = error.span().map_or(0, |span| span.start);
        fault(offset, FaultKind::Shape(error.message().to_owned()))
    })
}
