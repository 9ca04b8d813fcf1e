//! A branch's own values over a whole policy: a file that names its base and only what differs.
//!
//! What comes out is a whole pack again, checked like any other, kept with the list of what differs:
//! the version in force says by itself where each of its values comes from.

mod placed;

use std::collections::BTreeMap;

use toml::{Table, Value};

use super::{PolicyFault, Problem, build_named, read};

/// The file of a branch's own values, beside the database.
pub const FILE: &str = "policy.toml";

/// A value of the branch's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Own {
    /// Which: `node.day90.due`, `row.small.normal`.
    pub key: String,
    /// What stands in the base; empty = nothing does.
    pub instead: String,
    /// What holds.
    pub value: String,
}

/// The base that a file of own values names; `None` = it is a whole policy, or no policy at all.
pub fn base_of(text: &str) -> Option<String> {
    let table = text.parse::<Table>().ok()?;
    // What was put together already is whole: it has the list of its own values.
    if table.contains_key("own") {
        return None;
    }
    table.get("base").and_then(Value::as_str).map(str::to_owned)
}

/// The own values of a policy that was put together, with the version of its base.
pub fn own_values(text: &str) -> Option<(String, Vec<Own>)> {
    let table = text.parse::<Table>().ok()?;
    let base = table.get("base").and_then(Value::as_str)?.to_owned();
    let rows = table.get("own").and_then(Value::as_array)?;
    let of = |row: &Value, key: &str| {
        row.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    let rows = rows.iter().map(|row| Own {
        key: of(row, "key"),
        instead: of(row, "instead"),
        value: of(row, "value"),
    });
    Some((base, rows.collect()))
}

/// What a policy says in another way than another: every value that differs, in order of the keys.
pub fn differences(old: &str, new: &str) -> Vec<Own> {
    let values = |text: &str| {
        let mut found = BTreeMap::new();
        if let Ok(table) = text.parse::<Table>() {
            flat("", &table, &mut found);
        }
        found
    };
    let (mut old, new) = (values(old), values(new));
    let mut found = Vec::new();
    for (key, value) in new {
        let instead = old.remove(&key).unwrap_or_default();
        if instead != value {
            found.push(Own { key, instead, value });
        }
    }
    found.extend(old.into_iter().map(|(key, instead)| Own { key, instead, value: String::new() }));
    found.sort_by(|a, b| a.key.cmp(&b.key));
    found
}

/// Each value under its whole key; rows by their names. Where a value comes from changes no visit.
fn flat(path: &str, table: &Table, found: &mut BTreeMap<String, String>) {
    for (key, value) in table {
        let whole = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        match value {
            Value::Table(inner) => flat(&whole, inner, found),
            Value::Array(rows) if rows.iter().any(Value::is_table) => {
                for row in rows.iter().filter_map(Value::as_table) {
                    let id = row.get("id").and_then(Value::as_str).unwrap_or_default();
                    if whole != "own" {
                        flat(&format!("{whole}.{id}"), row, found);
                    }
                }
            }
            _ if path.is_empty() && matches!(key.as_str(), "id" | "version" | "base") => {}
            _ if matches!(key.as_str(), "source" | "verified" | "id") => {}
            value => {
                found.insert(whole, told(value));
            }
        }
    }
}

/// Puts a branch's own values over the text of its base. `file` names the branch's file in faults.
pub fn compose(file: &str, base: &str, text: &str) -> Result<String, PolicyFault> {
    let syntax = |message: String| PolicyFault::Syntax { file: file.to_owned(), message };
    let mut whole: Table =
        base.parse().map_err(|fault: toml::de::Error| syntax(fault.to_string()))?;
    let over: Table = text.parse().map_err(|fault: toml::de::Error| syntax(fault.to_string()))?;
    // The base may have been put together itself: what it differed in is its own business.
    whole.remove("own");
    let mut own = Vec::new();
    for (key, value) in &over {
        if matches!(key.as_str(), "id" | "version" | "base") {
            whole.insert(key.clone(), value.clone());
        } else {
            put(file, key, &mut whole, (key, value), &mut own)?;
        }
    }
    if own.is_empty() {
        let (key, value) = ("own".to_owned(), String::new());
        return Err(PolicyFault::Value {
            file: file.to_owned(),
            key,
            value,
            problem: Problem::NothingOwn,
        });
    }
    let row = |own: &Own| {
        let pair = |key: &str, value: &str| (key.to_owned(), Value::from(value));
        let pairs =
            [pair("key", &own.key), pair("instead", &own.instead), pair("value", &own.value)];
        Value::Table(pairs.into_iter().collect())
    };
    whole.insert("own".to_owned(), Value::Array(own.iter().map(row).collect()));
    let whole = toml::to_string(&whole).map_err(|fault| syntax(fault.to_string()))?;
    let pack = read(&whole).map_err(|fault| syntax(placed::told(&fault, &whole, text)))?;
    build_named(file, &pack).map(|_| whole)
}

/// Puts one value at its place below `path`.
fn put(
    file: &str,
    path: &str,
    into: &mut Table,
    (key, value): (&str, &Value),
    own: &mut Vec<Own>,
) -> Result<(), PolicyFault> {
    match (into.get_mut(key), value) {
        (Some(Value::Table(there)), Value::Table(over)) => merge(file, path, there, over, own),
        (Some(Value::Array(rows)), Value::Array(over)) if over.iter().any(Value::is_table) => {
            for one in over.iter().filter_map(Value::as_table) {
                let id = one.get("id").and_then(Value::as_str).unwrap_or_default();
                let is_it = |row: &&mut Table| row.get("id").and_then(Value::as_str) == Some(id);
                let row = rows.iter_mut().filter_map(Value::as_table_mut).find(is_it);
                let row = row.ok_or_else(|| PolicyFault::Value {
                    file: file.to_owned(),
                    key: format!("{path}.id"),
                    value: id.to_owned(),
                    problem: Problem::UnknownRow,
                })?;
                merge(file, &format!("{path}.{id}"), row, one, own)?;
            }
            Ok(())
        }
        (there, value) => {
            let before = there.as_deref().map(told).unwrap_or_default();
            if there.as_deref() != Some(value) {
                own.push(Own { key: path.to_owned(), instead: before, value: told(value) });
                into.insert(key.to_owned(), value.clone());
            }
            Ok(())
        }
    }
}

/// Puts a table over another. What somebody else had confirmed is not confirmed for another value:
/// unless the branch says so itself, with its source.
fn merge(
    file: &str,
    path: &str,
    there: &mut Table,
    over: &Table,
    own: &mut Vec<Own>,
) -> Result<(), PolicyFault> {
    let before = own.len();
    for (key, value) in over {
        put(file, &format!("{path}.{key}"), there, (key, value), own)?;
    }
    if own.len() > before && there.contains_key("verified") && !over.contains_key("verified") {
        there.insert("verified".to_owned(), Value::from(false));
    }
    Ok(())
}

/// A value as it is written.
fn told(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests;
