//! The schema is what the reviewers saw.

use super::*;
use crate::store::tests::Branch;
use sha2::{Digest, Sha256};

/// After a deliberate change of a migration that has not been shipped: put the hash that this
/// test prints into the list, and the printed schema into the golden file.
#[test]
fn shipped_migrations_never_change() {
    for (i, migration) in MIGRATIONS.iter().enumerate() {
        let found = crate::store::journal::hex(&Sha256::digest(migration.sql));
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
