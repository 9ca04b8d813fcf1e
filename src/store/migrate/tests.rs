//! The schema is what the reviewers saw.

use super::*;
use crate::store::tests::Branch;
use sha2::{Digest, Sha256};

/// After a deliberate change of a migration that has not been shipped: put the hash that this
/// test prints into the list, and the printed schema into the golden file.
#[test]
fn shipped_migrations_never_change() {
    for (i, migration) in MIGRATIONS.iter().enumerate() {
        let found = crate::store::hex::hex(&Sha256::digest(migration.sql));
        assert_eq!(found, migration.sha256, "migration {}", migration.name);
        assert_eq!(usize::try_from(migration.number).unwrap(), i + 1, "numbers have no gap");
    }
}

#[test]
fn the_schema_is_the_golden_one() {
    let branch = Branch::new();
    let mut statement = branch
        .store
        .conn()
        .prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name")
        .unwrap();
    let parts: Vec<String> =
        statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
    let found = parts.join(";\n\n") + ";\n";
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots/schema.sql");
    if std::env::var_os("HUIFANG_WRITE_SCHEMA").is_some() {
        std::fs::write(&golden, &found).unwrap();
    }
    assert!(found == std::fs::read_to_string(golden).unwrap(), "schema differs from schema.sql");
}

#[test]
fn an_older_file_is_copied_and_brought_up_once() {
    let mut branch = Branch::new();
    let path = branch.store.path().to_owned();
    let copy = before_path(&path, 1);
    copy_before(branch.store.conn(), &path, 1).unwrap();
    assert!(copy.ends_with("b.db.before-2"));
    assert!(crate::store::open::inspect(&copy).unwrap().execute_batch("SELECT 1").is_ok());
    // Nothing to do for a file that is up to date, and no second copy.
    copy_before(branch.store.conn(), &path, 1).unwrap();
    bring_up(&mut branch.store.opened.conn, &path).unwrap();
}

/// A file as the program made it when 0001 was the only step (twelve invented customers with
/// records in every state); one document in it was then changed to be promised.
const SCHEMA_1: &[u8] = include_bytes!("../../../tests/fixtures/schema-1.db.gz");

/// All rows of a table, columns in the order of schema 1, as text.
fn rows(conn: &Connection, table: &str, columns: &[String]) -> Vec<String> {
    let parts: Vec<String> = columns.iter().map(|c| format!("quote(\"{c}\")")).collect();
    let sql = format!("SELECT {} FROM {table} ORDER BY 1", parts.join(" || ',' || "));
    let mut statement = conn.prepare(&sql).unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
}

fn names(conn: &Connection, sql: &str) -> Vec<String> {
    let mut statement = conn.prepare(sql).unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
}

#[test]
fn a_file_of_schema_1_comes_up_with_everything_in_it() {
    use crate::protocol::query::{Query, Window};
    use crate::store::{Mode, Store};
    use std::collections::BTreeMap;

    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("old.db");
    let mut file = std::fs::File::create(&path).unwrap();
    std::io::copy(&mut flate2::read::GzDecoder::new(SCHEMA_1), &mut file).unwrap();
    drop(file);

    let old = crate::store::open::inspect(&path).unwrap();
    assert_eq!(version(&old).unwrap(), 1);
    let mut before = BTreeMap::new();
    let tables = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'";
    for table in names(&old, tables) {
        let sql = format!("SELECT name FROM pragma_table_xinfo('{table}') WHERE hidden = 0");
        let columns = names(&old, &sql);
        let found = rows(&old, &table, &columns);
        before.insert(table, (columns, found));
    }
    assert!(before["answers"].1.len() > 100 && before["journal"].1.len() > 100);
    drop(old);

    let packs = crate::store::tests::packs();
    let store = Store::open(&path, std::sync::Arc::clone(&packs), Mode::Existing).unwrap();
    assert_eq!(version(store.conn()).unwrap(), newest());
    for (table, (columns, found)) in &before {
        assert_eq!(rows(store.conn(), table, columns), *found, "{table}");
    }
    store.check().unwrap();
    let copy = crate::store::open::inspect(&before_path(&path, 1)).unwrap();
    assert_eq!(version(&copy).unwrap(), 1, "the file as it was lies beside it");

    // It is worked with as any other: what it was promised is on the list, and a write goes in.
    let actor = crate::access::Actor {
        branch: names(store.conn(), "SELECT branch FROM users WHERE user = 'zhangwei'").remove(0),
        ..crate::store::tests::actor("zhangwei")
    };
    let query = Query::Todos { owner: None, window: Window { offset: 0, limit: 9 } };
    let now = crate::store::tests::day(30);
    let crate::protocol::page::Page::Todos(page) = store.query(&actor, now, &query).unwrap() else {
        panic!("another page");
    };
    let promised: Vec<_> =
        page.rows.iter().map(|t| (t.text.as_str(), t.due_on.to_string())).collect();
    assert_eq!(promised, [("shop_statement", "2026-12-10".to_owned())]);
    let mut store = store;
    let done =
        crate::protocol::command::Command::Todo(crate::protocol::command::TodoCommand::End {
            todo: page.rows[0].todo.clone(),
            seen: page.rows[0].revision,
            done: true,
            note: "已收".to_owned(),
        });
    store.apply(&actor, now, &"up".into(), &done).unwrap();
    store.check().unwrap();
}
