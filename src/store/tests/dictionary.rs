//! The data dictionary (`assets/privacy/dictionary.toml`) is the schema, and agrees with the export.

use std::collections::{BTreeMap, BTreeSet};

use super::*;

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Dictionary {
    verified: bool,
    keep: BTreeMap<String, toml::Table>,
    table: BTreeMap<String, Table>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    keep: String,
    #[serde(default)]
    level_1: Vec<String>,
    #[serde(default)]
    level_2: Vec<String>,
    #[serde(default)]
    level_3: Vec<String>,
    #[serde(default)]
    level_4: Vec<String>,
}

impl Table {
    fn columns(&self) -> impl Iterator<Item = &String> {
        let high = self.level_3.iter().chain(&self.level_4);
        self.level_1.iter().chain(&self.level_2).chain(high)
    }
}

fn dictionary() -> Dictionary {
    toml::from_str(include_str!("../../../assets/privacy/dictionary.toml")).unwrap()
}

#[test]
fn every_column_has_its_level_and_every_table_its_end() {
    let branch = Branch::new();
    let conn = branch.store.conn();
    let mut schema: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut statement = conn
        .prepare(
            "SELECT t.name, c.name FROM pragma_table_list t, pragma_table_xinfo(t.name) c
             WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite_%'",
        )
        .unwrap();
    let rows = statement
        .query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))
        .unwrap();
    for row in rows {
        let (table, column) = row.unwrap();
        schema.entry(table).or_default().insert(column);
    }
    let dictionary = dictionary();
    let mut wrong = Vec::new();
    for (name, columns) in &schema {
        let Some(table) = dictionary.table.get(name) else {
            wrong.push(format!("{name}: not in the dictionary"));
            continue;
        };
        let told: Vec<&String> = table.columns().collect();
        let once: BTreeSet<String> = told.iter().map(|column| (*column).clone()).collect();
        if once.len() != told.len() {
            wrong.push(format!("{name}: a column twice"));
        }
        for column in once.symmetric_difference(columns) {
            wrong.push(format!("{name}.{column}"));
        }
        if !dictionary.keep.contains_key(&table.keep) {
            wrong.push(format!("{name}: no such end as {}", table.keep));
        }
    }
    wrong.extend(dictionary.table.keys().filter(|name| !schema.contains_key(*name)).cloned());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(!dictionary.verified, "the bank confirms it, not we");
}

#[test]
fn what_exports_mask_is_of_level_three() {
    let dictionary = dictionary();
    let mut masked = 0;
    for table in crate::protocol::tables::TABLES {
        for column in table.columns.iter().filter(|column| column.personal) {
            masked += 1;
            let level = &dictionary.table[table.name].level_3;
            assert!(level.iter().any(|c| c == column.name), "{}.{}", table.name, column.name);
        }
    }
    assert!(masked >= 8, "{masked}");
}
