//! What the journal keeps of an import: old and new values of each changed row, and of new rows
//! how many they were, with a digest.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::access::{mask_id, mask_name, mask_phone};
use crate::protocol::import::ImportReport;
use crate::protocol::tables::{Cell, Column, Table};

/// `loans:L001`, `repayments:L001|2026-03-31`; people as `contacts:C001|张*~5f2a91c03b7d`.
pub(super) fn subject(table: &Table, key: &[usize], cells: &[Cell]) -> String {
    let mut subject = format!("{}:", table.name);
    for (n, place) in key.iter().enumerate() {
        let Some(Cell::Text(text)) = cells.get(*place) else { continue };
        if n > 0 {
            subject.push('|');
        }
        let column = table.columns.get(*place).map_or("", |column| column.name);
        if matches!(column, "name" | "related_name") {
            subject.push_str(&nameless(&subject, text));
        } else {
            subject.push_str(text);
        }
    }
    subject
}

/// A person's name as the journal may keep it: masked, with a mark that tells two of them apart at
/// one customer and says nothing across customers.
fn nameless(customer: &str, name: &str) -> String {
    let mut digest = Sha256::new();
    digest.update(customer);
    digest.update([0]);
    digest.update(name);
    let mut kept = mask_name(name);
    kept.push('~');
    for byte in digest.finalize().iter().take(6) {
        // Writing into a string never fails.
        let _ = write!(kept, "{byte:02x}");
    }
    kept
}

/// The changed fields before and after, as two JSON objects.
pub(super) fn change(table: &Table, old: &[Cell], new: &[Cell]) -> (String, String) {
    let (mut before, mut after) = (String::from("{"), String::from("{"));
    for (column, (old, new)) in table.columns.iter().zip(old.iter().zip(new)) {
        if old != new {
            push_field(&mut before, column, old);
            push_field(&mut after, column, new);
        }
    }
    before.push('}');
    after.push('}');
    (before, after)
}

/// `{"cadence_since":"2026-11-23","extra_visit_from":null}`.
pub(super) fn cadence([since, extra]: &[Option<String>; 2]) -> String {
    let text = |day: &Option<String>| match day {
        Some(day) => format!("\"{day}\""),
        None => "null".to_owned(),
    };
    format!(r#"{{"cadence_since":{},"extra_visit_from":{}}}"#, text(since), text(extra))
}

fn push_field(json: &mut String, column: &Column, cell: &Cell) {
    if json.len() > 1 {
        json.push(',');
    }
    push_string(json, column.name);
    json.push(':');
    match cell {
        Cell::Empty => json.push_str("null"),
        Cell::Int(n) => json.push_str(&n.to_string()),
        // Identity and phone numbers never stand in the journal in clear.
        Cell::Text(text) if column.name == "id_no" => push_string(json, &mask_id(text)),
        Cell::Text(text) if column.name == "phone" => push_string(json, &mask_phone(text)),
        Cell::Text(text) => push_string(json, text),
    }
}

fn push_string(json: &mut String, text: &str) {
    json.push('"');
    for c in text.chars() {
        match c {
            '"' => json.push_str("\\\""),
            '\\' => json.push_str("\\\\"),
            c if u32::from(c) < 0x20 => {
                // Writing into a string never fails.
                let _ = write!(json, "\\u{:04x}", u32::from(c));
            }
            c => json.push(c),
        }
    }
    json.push('"');
}

/// Adds a new row to the digest; each field with its kind and length, so that no two rows are alike.
pub(super) fn digest(digest: &mut Sha256, cells: &[Cell]) {
    for cell in cells {
        match cell {
            Cell::Empty => digest.update([0]),
            Cell::Int(n) => {
                digest.update([1]);
                digest.update(n.to_be_bytes());
            }
            Cell::Text(text) => {
                digest.update([2]);
                digest.update((text.len() as u64).to_be_bytes());
                digest.update(text.as_bytes());
            }
        }
    }
}

/// `{"inserted":3,"sha256":"…"}`.
pub(super) fn inserted(count: u64, digest: &Sha256) -> String {
    let hash = digest.clone().finalize();
    let mut hex = String::with_capacity(64);
    for byte in hash {
        // Writing into a string never fails.
        let _ = write!(hex, "{byte:02x}");
    }
    format!(r#"{{"inserted":{count},"sha256":"{hex}"}}"#)
}

/// The counts of an import as one JSON object.
pub(super) fn summary(report: &ImportReport) -> String {
    let tables: Vec<String> = report
        .tables
        .iter()
        .map(|(name, c)| {
            format!(
                r#""{name}":{{"inserted":{},"updated":{},"unchanged":{},"skipped":{},"faulty":{}}}"#,
                c.inserted, c.updated, c.unchanged, c.skipped, c.faulty
            )
        })
        .collect();
    format!("{{{}}}", tables.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::tables::TABLES;

    #[test]
    fn subjects_tell_people_apart_without_naming_them() {
        let said = |table: &str, cells: &[&str]| {
            let table = TABLES.iter().find(|t| t.name == table).unwrap();
            let cells: Vec<Cell> = cells.iter().map(|c| Cell::Text((*c).to_owned())).collect();
            subject(table, &super::super::key_places(table), &cells)
        };
        for table in ["contacts", "guarantors", "relations"] {
            let one = said(table, &["C1", "张小伟", "家属", "guarantee"]);
            assert!(one.starts_with(&format!("{table}:C1|张**~")), "{one}");
            assert!(!one.contains("小伟"), "{one}");
            assert_eq!(one, said(table, &["C1", "张小伟", "家属", "guarantee"]));
            assert_ne!(one, said(table, &["C1", "张大伟", "家属", "guarantee"]));
        }
        assert_eq!(said("loans", &["L001"]), "loans:L001");
    }
}
