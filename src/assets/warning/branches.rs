//! Branches that entries of a branch's own `signals.toml` are for, with their lines. A name that
//! nobody has is no fault of the file: it may be ahead of the people. It is told, not refused.

use serde::Deserialize;

use super::OWN_FILE;
use crate::assets::signals::{faults, read};
use crate::form::{Fault, FaultKind};
use crate::warning::branches::Named;

#[derive(Deserialize)]
struct Raw {
    #[serde(default)]
    limit: Vec<Entry>,
    #[serde(default)]
    signal: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    branch: Option<toml::Spanned<String>>,
}

/// Every branch that the text of the file names, in order of the lines.
pub fn named(text: &str) -> Result<Vec<Named>, Fault> {
    let fault = faults(OWN_FILE, text);
    let raw: Raw = read(text, &fault)?;
    let entries = raw.limit.into_iter().chain(raw.signal);
    let mut all: Vec<Named> = entries
        .filter_map(|entry| entry.branch)
        .map(|branch| {
            // The place is reckoned as for faults.
            let line = fault(branch.span().start, FaultKind::Shape(String::new())).line;
            Named { line, branch: branch.into_inner() }
        })
        .collect();
    all.sort_by_key(|one| one.line);
    Ok(all)
}
