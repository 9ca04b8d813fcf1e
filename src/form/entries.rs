//! The entries of a fact (guarantors, open flags, drawdowns …) for which items are asked.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::definition::Words;
use super::eval::Val;
use super::known;
use super::library::Library;
use crate::domain::answer::Value;
use crate::domain::facts::{self, Facts};

/// One entry.
#[derive(Debug)]
pub(super) struct Entry {
    /// Number of the entry, from 0.
    pub(super) number: usize,
    /// How it stands in paths.
    pub(super) key: String,
    /// Code or text as the fact has it.
    pub(super) subject: Arc<str>,
    /// How titles show it.
    pub(super) label: Words,
    properties: Vec<Option<Value>>,
}

impl Entry {
    /// A title that names the entry: where it says so, else behind the question.
    pub(super) fn titled(&self, title: &Words) -> Words {
        let name = |title: &str, label: &str| {
            if title.contains("{subject}") {
                title.replace("{subject}", label)
            } else {
                format!("{title} · {label}")
            }
        };
        Words { zh: name(&title.zh, &self.label.zh), en: name(&title.en, &self.label.en) }
    }

    /// Its properties by place.
    pub(super) fn values(&self) -> Vec<Val<'_>> {
        let properties = self.properties.iter();
        properties.map(|value| value.as_ref().map_or(Val::Missing, Val::of)).collect()
    }
}

/// By slot of an item that is asked for each entry of a fact: the entries.
pub(super) fn of(library: &Library, facts: &Facts) -> BTreeMap<usize, Vec<Entry>> {
    let asked =
        library.nodes.iter().enumerate().filter_map(|(slot, node)| Some((slot, node.each?)));
    asked.map(|(slot, place)| (slot, entries(library, facts, place))).collect()
}

fn entries(library: &Library, facts: &Facts, place: usize) -> Vec<Entry> {
    let listed = keys(known::fact_at(facts, place));
    let entry = |(number, (key, text)): (usize, (String, &str))| Entry {
        number,
        key,
        subject: text.into(),
        label: match known::entry_label(facts, place, text) {
            Some(label) => Words { zh: label.to_owned(), en: label.to_owned() },
            None => library.subject(text),
        },
        properties: known::entry_values(facts, place, text),
    };
    listed.into_iter().enumerate().map(entry).collect()
}

/// The entries of a list, or the lines of a text: key in the path, and the text.
fn keys(fact: Option<&Value>) -> Vec<(String, &str)> {
    match fact {
        Some(Value::Multi(codes)) => {
            let mut seen = BTreeSet::new();
            let fresh = codes.iter().filter(|code| seen.insert(*code));
            fresh.map(|code| (facts::path_key(code), code.as_str())).collect()
        }
        Some(Value::Text(text)) => {
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            (1..).zip(lines).map(|(n, line): (u32, &str)| (n.to_string(), line)).collect()
        }
        _ => Vec::new(),
    }
}
