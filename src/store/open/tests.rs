//! What may be opened and what is left as it is.

use super::*;
use crate::store::Store;
use std::os::unix::fs::{PermissionsExt, symlink};

fn open_at(path: &Path, mode: Mode) -> Result<Store, Error> {
    Store::open(path, crate::store::tests::packs(), mode)
}

fn place() -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("b.db");
    (dir, path)
}

#[test]
fn a_new_file_is_ours_alone_and_has_the_profile() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("new/b.db");
    let store = open_at(&path, Mode::Create).unwrap();
    let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&path), 0o600);
    assert_eq!(mode(path.parent().unwrap()), 0o700);
    for side in ["new/b.db-wal", "new/b.db-shm"] {
        assert_eq!(mode(&dir.path().join(side)), 0o600);
    }
    let newest = crate::store::migrate::newest().to_string();
    for (pragma, wanted) in [
        ("journal_mode", "wal"),
        ("synchronous", "2"),
        ("foreign_keys", "1"),
        ("recursive_triggers", "1"),
        ("trusted_schema", "0"),
        ("cell_size_check", "1"),
        ("secure_delete", "1"),
        ("mmap_size", "0"),
        ("temp_store", "2"),
        ("wal_autocheckpoint", "1000"),
        ("journal_size_limit", "67108864"),
        ("cache_size", "-1536"),
        ("application_id", "1212565574"),
        ("user_version", newest.as_str()),
    ] {
        let value = store.conn().query_row(&format!("PRAGMA {pragma}"), [], |row| {
            let value: rusqlite::types::Value = row.get(0)?;
            Ok(match value {
                rusqlite::types::Value::Integer(n) => n.to_string(),
                rusqlite::types::Value::Text(text) => text,
                other => format!("{other:?}"),
            })
        });
        assert_eq!(value.unwrap(), wanted, "{pragma}");
    }
}

#[test]
fn files_of_others_are_refused_and_untouched() {
    let (_dir, path) = place();
    for (what, app, mode) in [("sqlite", 7, Mode::Create), ("sqlite", 0, Mode::Existing)] {
        let conn = super::connect_new(&path);
        conn.execute_batch("CREATE TABLE theirs (a); INSERT INTO theirs VALUES (1)").unwrap();
        conn.pragma_update(None, "application_id", app).unwrap();
        drop(conn);
        let before = std::fs::read(&path).unwrap();
        let found = open_at(&path, mode).unwrap_err();
        assert_eq!(found, Error::Foreign { application_id: app }, "{what}");
        assert_eq!(std::fs::read(&path).unwrap(), before, "{what}");
        assert!(!path.with_file_name("b.db-wal").exists());
        std::fs::remove_file(&path).unwrap();
    }
    std::fs::write(&path, "客户名单").unwrap();
    assert_eq!(open_at(&path, Mode::Create).unwrap_err(), Error::NotADatabase);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "客户名单");
}

#[test]
fn a_newer_schema_is_refused_before_anything_is_written() {
    let (_dir, path) = place();
    drop(open_at(&path, Mode::Create).unwrap());
    let conn = super::connect_new(&path);
    conn.pragma_update(None, "user_version", 99).unwrap();
    drop(conn);
    let before = std::fs::read(&path).unwrap();
    assert_eq!(open_at(&path, Mode::Existing).unwrap_err(), Error::NewerSchema { found: 99 });
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[test]
fn an_old_session_stops_when_the_schema_rises_under_it() {
    let (_dir, path) = place();
    let mut old = open_at(&path, Mode::Create).unwrap();
    let conn = super::connect_new(&path);
    let found = crate::store::migrate::newest() + 1;
    conn.pragma_update(None, "user_version", found).unwrap();
    assert_eq!(old.begin().unwrap_err(), Error::NewerSchema { found });
}

#[test]
fn links_and_what_cant_be_written_are_refused() {
    let (dir, path) = place();
    drop(open_at(&path, Mode::Create).unwrap());
    let link = dir.path().join("link.db");
    symlink(&path, &link).unwrap();
    assert_eq!(open_at(&link, Mode::Existing).unwrap_err(), Error::UnsafePath("symlink"));
    std::fs::remove_file(&link).unwrap();
    std::fs::hard_link(&path, &link).unwrap();
    assert_eq!(open_at(&link, Mode::Existing).unwrap_err(), Error::UnsafePath("hard_link"));
    std::fs::remove_file(&link).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o400)).unwrap();
    assert_eq!(open_at(&path, Mode::Existing).unwrap_err(), Error::ReadOnly);
    assert_eq!(open_at(dir.path(), Mode::Existing).unwrap_err(), Error::UnsafePath("directory"));
    let missing = dir.path().join("none.db");
    assert_eq!(open_at(&missing, Mode::Existing).unwrap_err(), Error::NotFound);
    assert!(!missing.exists());
}

#[test]
fn a_damaged_file_is_never_replaced() {
    let (_dir, path) = place();
    drop(open_at(&path, Mode::Create).unwrap());
    let mut bytes = std::fs::read(&path).unwrap();
    bytes.truncate(bytes.len() / 2);
    for byte in bytes.iter_mut().skip(200) {
        *byte = 0xA5;
    }
    std::fs::write(&path, &bytes).unwrap();
    let opened = open_at(&path, Mode::Create).and_then(|store| store.check().map(|_| ()));
    assert!(matches!(opened, Err(Error::Damaged { .. } | Error::Engine { .. })), "{opened:?}");
    let now = std::fs::read(&path).unwrap();
    assert_eq!(now.get(200..), bytes.get(200..));
}

#[test]
fn many_at_once_make_one_file() {
    // Several rounds: the moment in which two switch the new file at once is short.
    for _ in 0..8 {
        let (_dir, path) = place();
        std::thread::scope(|scope| {
            let all: Vec<_> =
                (0..16).map(|_| scope.spawn(|| open_at(&path, Mode::Create).map(|_| ()))).collect();
            for one in all {
                one.join().unwrap().unwrap();
            }
        });
        open_at(&path, Mode::Existing).unwrap().check().unwrap();
    }
}

#[test]
fn the_engine_is_built_as_the_project_says() {
    let branch = crate::store::tests::Branch::new();
    let mut all = branch.store.conn().prepare("PRAGMA compile_options").unwrap();
    let all: Vec<String> = all.query_map([], |row| row.get(0)).unwrap().flatten().collect();
    let has = |name: &str| all.iter().any(|option| option == name);
    // `.cargo/config.toml` says why; a build from another folder does not read it.
    assert!(has("DEFAULT_MEMSTATUS=0") && has("OMIT_LOAD_EXTENSION"), "{all:?}");
    assert!(has("ENABLE_FTS5") && has("ENABLE_STAT4") && !has("ENABLE_FTS3"), "{all:?}");
}

#[test]
fn a_kept_statement_is_planned_once_whatever_is_bound() {
    let branch = crate::store::tests::Branch::new();
    let conn = branch.store.conn();
    for n in 0..400 {
        // Most on one day: the engine's statistics make the bound value matter.
        let day = if n % 8 == 0 { n % 28 + 1 } else { 1 };
        let sql = "INSERT INTO visits (visit_id, customer_id, visited_on, class, officer)
                   VALUES (?1, 'C1', ?2, 'onsite', 'zhang')";
        conn.execute(sql, (format!("V{n:04}"), format!("2026-01-{day:02}"))).unwrap();
    }
    conn.execute_batch("ANALYZE").unwrap();
    let sql = "SELECT count(*) FROM visits WHERE officer = ?1 AND visited_on BETWEEN ?2 AND ?3";
    let mut kept = conn.prepare(sql).unwrap();
    for (from, to) in [("2026-01-01", "2026-01-01"), ("2026-01-02", "2026-01-09"), ("x", "y")] {
        kept.query_row(("zhang", from, to), |row| row.get::<_, i64>(0)).unwrap();
    }
    assert_eq!(kept.get_status(rusqlite::StatementStatus::RePrepare), 0);
}
