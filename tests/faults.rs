//! Files that can't be used, and many processes at once: told in one sentence, nothing touched,
//! nothing done twice.

#![expect(clippy::unwrap_used, reason = "a test: what is unexpected ends it")]

use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use rusqlite::Connection;
use tempfile::TempDir;

fn program(words: &[&str], db: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_huifang"));
    command.args(words).arg("--db").arg(db);
    command.args(["--lang", "en", "--config", "/dev/null"]);
    command
}

fn run(words: &[&str], db: &Path) -> Output {
    program(words, db).output().unwrap()
}

/// A demo of 30 customers in a folder of its own.
fn demo() -> (TempDir, PathBuf) {
    demo_on("2026-11-23")
}

fn demo_on(day: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("demo.db");
    let words = ["demo", "--no-open", "--customers", "30", "--as-of", day];
    let made = run(&words, &db);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    (folder, db)
}

#[expect(clippy::disallowed_methods, reason = "a test treats the file as another program would")]
fn file(db: &Path) -> Connection {
    Connection::open(db).unwrap()
}

fn count(db: &Path, sql: &str) -> i64 {
    file(db).query_row(sql, [], |row| row.get(0)).unwrap()
}

/// Exit status 1, nothing on standard output, one sentence that says this.
fn refused(said: &Output, what: &str, contains: &str) {
    let error = String::from_utf8_lossy(&said.stderr);
    assert_eq!(said.status.code(), Some(1), "{what}: {error}");
    assert!(said.stdout.is_empty(), "{what}");
    assert_eq!(error.lines().count(), 1, "{what}: {error}");
    assert!(error.starts_with("huifang: ") && error.contains(contains), "{what}: {error}");
}

#[test]
fn what_is_not_ours_is_refused_and_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let other = file(&at("other.db"));
    other.execute_batch("CREATE TABLE t (a); PRAGMA application_id = 7").unwrap();
    drop(other);
    std::fs::write(at("text.db"), "客户名单\n").unwrap();
    std::fs::write(at("zeros.db"), [0_u8; 8192]).unwrap();
    std::fs::write(at("head.db"), b"SQLite format 3\0").unwrap();
    let (_made, newer) = demo();
    let conn = file(&newer);
    conn.execute_batch("PRAGMA user_version = 99; PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    drop(conn);
    let cases = [
        (at("other.db"), "belongs to another program"),
        (at("text.db"), "not a database of huifang"),
        (at("zeros.db"), "not a database of huifang"),
        (at("head.db"), "not a database of huifang"),
        (newer, "newer program"),
    ];
    for (db, why) in cases {
        let before = std::fs::read(&db).unwrap();
        let commands: [&[&str]; 6] = [
            &["plan"],
            &["doctor"],
            &["jobs", "run"],
            &["user", "add", "somebody"],
            &["journal", "verify"],
            &["demo", "--no-open"],
        ];
        for words in commands {
            refused(&run(words, &db), &format!("{} {words:?}", db.display()), why);
            assert_eq!(std::fs::read(&db).unwrap(), before, "{} {words:?}", db.display());
        }
    }
}

#[test]
fn links_and_missing_folders_are_refused() {
    let (folder, db) = demo();
    let soft = folder.path().join("soft.db");
    symlink(&db, &soft).unwrap();
    refused(&run(&["plan"], &soft), "symlink", "safely");
    let hard = folder.path().join("hard.db");
    std::fs::hard_link(&db, &hard).unwrap();
    refused(&run(&["plan"], &hard), "hard link", "safely");
    std::fs::remove_file(&hard).unwrap();
    let nowhere = folder.path().join("no/such/folder/a.db");
    refused(&run(&["plan"], &nowhere), "missing folder", "no/such/folder");
    assert!(!folder.path().join("no").exists());
    refused(&run(&["plan"], folder.path()), "a folder", "safely");
    assert!(run(&["plan", "--as-of", "2026-11-23"], &db).status.success());
}

#[test]
fn a_cut_file_is_told_and_not_replaced() {
    let (_folder, db) = demo();
    let whole = std::fs::read(&db).unwrap();
    for keep in [whole.len() - 4096, whole.len() / 2, 4096, 100] {
        let cut = whole.get(..keep).unwrap();
        std::fs::write(&db, cut).unwrap();
        let words: [&[&str]; 4] = [&["doctor"], &["plan"], &["jobs", "run"], &["customers"]];
        for words in words {
            let said = run(words, &db);
            let error = String::from_utf8_lossy(&said.stderr);
            assert_eq!(said.status.code(), Some(1), "{keep} {words:?}: {error}");
            assert!(!error.contains("panicked"), "{keep} {words:?}: {error}");
        }
        assert_eq!(std::fs::read(&db).unwrap(), cut, "{keep}");
    }
}

#[test]
fn a_flipped_bit_is_found_by_the_doctor() {
    let (_folder, db) = demo();
    let whole = std::fs::read(&db).unwrap();
    let conn = file(&db);
    let root: usize = conn
        .query_row("SELECT rootpage FROM sqlite_schema WHERE name = 'journal'", [], |row| {
            row.get::<_, i64>(0)
        })
        .unwrap()
        .try_into()
        .unwrap();
    drop(conn);
    // The head of the journal's first page, and the last row of the file's last page in use.
    for at in [(root - 1) * 4096, (root - 1) * 4096 + 5] {
        let mut bytes = whole.clone();
        bytes[at] ^= 0xff;
        std::fs::write(&db, &bytes).unwrap();
        let said = run(&["doctor"], &db);
        let all = String::from_utf8_lossy(&said.stderr) + String::from_utf8_lossy(&said.stdout);
        assert_eq!(said.status.code(), Some(1), "{at}: {all}");
        assert!(all.contains("damaged") && !all.contains("panicked"), "{at}: {all}");
    }
    // One digit of a hash in the journal: the structure is sound, the chain is not.
    std::fs::write(&db, &whole).unwrap();
    let hash: String = file(&db)
        .query_row("SELECT hash FROM journal ORDER BY seq DESC LIMIT 1", [], |row| row.get(0))
        .unwrap();
    let whole = std::fs::read(&db).unwrap();
    let mut bytes = whole.clone();
    let at = whole.windows(hash.len()).position(|part| part == hash.as_bytes()).unwrap();
    bytes[at] = if bytes[at] == b'0' { b'1' } else { b'0' };
    std::fs::write(&db, &bytes).unwrap();
    refused(&run(&["journal", "verify"], &db), "a changed hash", "journal");
    assert_eq!(run(&["doctor"], &db).status.code(), Some(1));
}

/// A user who owns nothing else.
const NOBODY: u32 = 65_534;

#[test]
fn what_may_only_be_read_is_read() {
    let (folder, db) = demo();
    std::fs::set_permissions(&db, std::fs::Permissions::from_mode(0o400)).unwrap();
    let before = std::fs::read(&db).unwrap();
    let read = run(&["customers", "--as-of", "2026-11-23"], &db);
    assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
    refused(&run(&["user", "add", "somebody"], &db), "a file for reading", "may not be written");
    assert_eq!(std::fs::read(&db).unwrap(), before);
    std::fs::set_permissions(&db, std::fs::Permissions::from_mode(0o600)).unwrap();
    // A folder in which nothing may be made. Root may all the same: then it is somebody else's, and
    // the program runs as her.
    let root = std::fs::metadata("/proc/self").is_ok_and(|this| this.uid() == 0);
    if root {
        let inside = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path());
        for path in inside.chain([folder.path().to_owned()]) {
            std::os::unix::fs::chown(path, Some(NOBODY), Some(NOBODY)).unwrap();
        }
    }
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o500)).unwrap();
    let as_her = |words: &[&str]| {
        let mut command = program(words, &db);
        if root {
            command.uid(NOBODY).gid(NOBODY);
        }
        command.output().unwrap()
    };
    let wrote = as_her(&["user", "add", "somebody"]);
    let seen = as_her(&["customers", "--as-of", "2026-11-23"]);
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o700)).unwrap();
    refused(&wrote, "a folder for reading", "folder");
    assert!(seen.status.success(), "{}", String::from_utf8_lossy(&seen.stderr));
}

#[test]
fn a_limit_on_files_is_told_as_a_full_disk() {
    let (_folder, db) = demo();
    let before = count(&db, "SELECT count(*) FROM journal");
    let mut shell = Command::new("sh");
    shell.args(["-c", "ulimit -f 8; exec \"$@\"", "sh", env!("CARGO_BIN_EXE_huifang")]);
    shell.args(["user", "add", "somebody", "--lang", "en", "--db"]).arg(&db);
    refused(&shell.output().unwrap(), "a full disk", "full");
    assert_eq!(count(&db, "SELECT count(*) FROM journal"), before);
    assert!(run(&["user", "add", "somebody"], &db).status.success());
    assert!(run(&["doctor"], &db).status.success());
}

fn start_jobs(db: &Path, day: &str) -> Child {
    program(&["jobs", "run", "--format", "json", "--as-of", day], db)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Each job and date is in the journal as often as in the list of runs: once.
fn each_once(db: &Path) {
    // What is looked at every minute has no date: late steps of flags.
    let twice = "SELECT count(*) FROM (SELECT subject, json_extract(after, '$.business_date') d
        FROM journal WHERE command = 'job' AND d IS NOT NULL
        GROUP BY subject, d HAVING count(*) > 1)";
    assert_eq!(count(db, twice), 0, "a job ran twice for a date");
    let lost = "SELECT count(*) FROM job_runs r WHERE NOT EXISTS (SELECT 1 FROM journal j
        WHERE j.command = 'job' AND j.subject = r.job
        AND json_extract(j.after, '$.business_date') = r.business_date)";
    assert_eq!(count(db, lost), 0, "a run without its effects");
}

fn runs(db: &Path, job: &str, first: &str, last: &str) -> i64 {
    count(
        db,
        &format!(
            "SELECT count(*) FROM job_runs
             WHERE job = '{job}' AND business_date BETWEEN '{first}' AND '{last}'"
        ),
    )
}

#[test]
fn many_schedulers_do_each_thing_once() {
    // In the past: a real portfolio refuses days that have not come yet.
    let (_folder, db) = demo_on("2026-10-12");
    // As a real portfolio, which is also copied every night.
    file(&db).execute("UPDATE meta SET value = '0' WHERE key = 'demo'", []).unwrap();
    // One day, twelve at once.
    let all: Vec<Child> = (0..12).map(|_| start_jobs(&db, "2026-10-13")).collect();
    let mut told = 0;
    for child in all {
        let said = child.wait_with_output().unwrap();
        assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
        let list: serde_json::Value = serde_json::from_slice(&said.stdout).unwrap();
        told += list.as_array().unwrap().len();
    }
    for job in ["roll_plan", "classify", "escalate", "backup", "index_texts", "maintain"] {
        assert_eq!(runs(&db, job, "2026-10-13", "2026-10-13"), 1, "{job}");
    }
    assert!(told >= 4);
    each_once(&db);
    // After days off, twelve at once, and some of them are killed.
    let mut all: Vec<Child> = (0..12).map(|_| start_jobs(&db, "2026-10-18")).collect();
    for child in all.iter_mut().step_by(3) {
        child.kill().unwrap();
    }
    for (n, child) in all.into_iter().enumerate() {
        let said = child.wait_with_output().unwrap();
        let fine = said.status.success() || n % 3 == 0;
        assert!(fine, "{}", String::from_utf8_lossy(&said.stderr));
    }
    // Whatever was killed in the middle, the next one makes good.
    let last = start_jobs(&db, "2026-10-18").wait_with_output().unwrap();
    assert!(last.status.success(), "{}", String::from_utf8_lossy(&last.stderr));
    assert_eq!(runs(&db, "escalate", "2026-10-14", "2026-10-18"), 5, "each missed date");
    assert_eq!(runs(&db, "roll_plan", "2026-10-14", "2026-10-18"), 1, "the newest date");
    assert_eq!(runs(&db, "maintain", "2026-10-14", "2026-10-18"), 1);
    assert!(runs(&db, "backup", "2026-10-14", "2026-10-18") <= 1);
    each_once(&db);
    assert_eq!(count(&db, "SELECT count(*) FROM jobs WHERE failures > 0"), 0);
    assert!(run(&["doctor", "--as-of", "2026-10-18"], &db).status.success());
}
