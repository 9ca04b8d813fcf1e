//! Keeping house with the real program: anchors that somebody else keeps, copies that only she can open.

#![expect(clippy::unwrap_used, reason = "a test: what is unexpected ends it")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

struct Place {
    folder: tempfile::TempDir,
    db: PathBuf,
    config: PathBuf,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (db, config) = (folder.path().join("a.db"), folder.path().join("config.toml"));
        std::fs::write(&config, "").unwrap();
        let place = Self { folder, db, config };
        place.done(&["user", "add", "zhang", "--name", "张伟"]);
        place
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn run(&self, words: &[&str]) -> Output {
        let mut program = Command::new(env!("CARGO_BIN_EXE_huifang"));
        program.args(words).args(["--lang", "en", "--db"]).arg(&self.db);
        program.arg("--config").arg(&self.config).output().unwrap()
    }

    fn done(&self, words: &[&str]) -> String {
        let said = self.run(words);
        assert!(said.status.success(), "{words:?}: {}", String::from_utf8_lossy(&said.stderr));
        String::from_utf8(said.stdout).unwrap()
    }

    /// Exit status 1 and one sentence that says this.
    fn refused(&self, words: &[&str], contains: &str) {
        let said = self.run(words);
        let error = String::from_utf8_lossy(&said.stderr);
        assert_eq!(said.status.code(), Some(1), "{words:?}: {error}");
        assert!(error.lines().count() == 1 && error.contains(contains), "{words:?}: {error}");
    }
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn ready(program: &str, words: &[&str]) -> bool {
    Command::new(program).args(words).output().is_ok_and(|said| said.status.success())
}

#[test]
fn anchors_follow_one_another_and_are_signed() {
    let place = Place::new();
    let (anchors, key) = (place.at("anchors"), place.at("key"));
    let made = ready("ssh-keygen", &["-q", "-t", "ed25519", "-N", "", "-f", text(&key)]);
    assert!(made, "ssh-keygen");
    let public = std::fs::read_to_string(key.with_extension("pub")).unwrap();
    let signers = place.at("signers");
    std::fs::write(&signers, format!("auditor@bank {public}")).unwrap();
    let anchor = ["journal", "anchor", "--out", text(&anchors), "--key", text(&key)];
    let first = place.done(&anchor);
    let first = PathBuf::from(first.trim());
    place.done(&["user", "add", "li"]);
    let second = PathBuf::from(place.done(&anchor).trim());
    assert_ne!(first, second);
    let verify = ["journal", "verify", "--anchors", text(&anchors), "--signers", text(&signers)];
    assert!(place.done(&verify).contains("anchors that agree: 2"));
    assert!(place.done(&["journal", "show"]).contains("anchor"));
    // Changed, without its signature, signed by somebody else, taken out.
    let whole = std::fs::read_to_string(&first).unwrap();
    std::fs::write(&first, whole.replace("date 2", "date 3")).unwrap();
    place.refused(&verify, "anchor");
    std::fs::write(&first, &whole).unwrap();
    let signature = PathBuf::from(format!("{}.sig", first.display()));
    let signed = std::fs::read(&signature).unwrap();
    std::fs::remove_file(&signature).unwrap();
    place.refused(&verify, "anchor");
    std::fs::write(&signature, signed).unwrap();
    std::fs::write(&signers, "").unwrap();
    place.refused(&verify, "anchor");
    let third = place.at("third.txt");
    place.done(&["user", "add", "wang"]);
    let later = PathBuf::from(place.done(&anchor).trim());
    std::fs::rename(&second, &third).unwrap();
    place.refused(&["journal", "verify", "--anchors", text(&anchors)], "anchor");
    std::fs::rename(&third, &second).unwrap();
    place.done(&["journal", "verify", "--anchors", text(&anchors)]);
    // A key that signs nothing leaves no anchor that would pass for one that needs no signature.
    let bad = place.at("nokey");
    std::fs::write(&bad, "no key").unwrap();
    place.done(&["user", "add", "zhao"]);
    let count = std::fs::read_dir(&anchors).unwrap().count();
    assert!(
        !place
            .run(&["journal", "anchor", "--out", text(&anchors), "--key", text(&bad)])
            .status
            .success()
    );
    assert_eq!(std::fs::read_dir(&anchors).unwrap().count(), count);
    assert!(later.exists());
}

#[test]
fn a_tail_that_was_cut_is_told_by_an_anchor_only() {
    let place = Place::new();
    place.done(&["journal", "anchor"]);
    place.done(&["user", "add", "li"]);
    place.done(&["journal", "anchor"]);
    let anchors = place.at("anchors");
    #[expect(clippy::disallowed_methods, reason = "a test treats the file as a thief would")]
    let conn = rusqlite::Connection::open(&place.db).unwrap();
    conn.execute_batch(
        "DROP TRIGGER IF EXISTS journal_no_delete; DROP TRIGGER IF EXISTS journal_kept;",
    )
    .unwrap();
    let triggers: Vec<String> = conn
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'journal'")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    for name in triggers {
        conn.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
    }
    conn.execute_batch("DELETE FROM journal WHERE seq > 2").unwrap();
    drop(conn);
    place.done(&["journal", "verify"]);
    place.refused(&["journal", "verify", "--anchors", text(&anchors)], "journal");
}

#[test]
fn a_sealed_copy_opens_with_its_key_only() {
    if !ready("/usr/bin/age", &["--version"]) || !ready("age-keygen", &["--version"]) {
        // Told, so that nobody takes it for tested.
        std::io::Write::write_all(&mut std::io::stderr(), b"SKIPPED: age is not installed\n")
            .unwrap();
        return;
    }
    let place = Place::new();
    let (key, other) = (place.at("key.txt"), place.at("other.txt"));
    for path in [&key, &other] {
        assert!(ready("age-keygen", &["-o", text(path)]));
    }
    let public = Command::new("age-keygen").args(["-y", text(&key)]).output().unwrap().stdout;
    let public = String::from_utf8(public).unwrap();
    let sealed = place.at("copy.db.age");
    place.refused(&["backup", text(&sealed)], "backup_to");
    std::fs::write(&place.config, format!("backup_to = \"{}\"\n", public.trim())).unwrap();
    place.done(&["backup", text(&sealed)]);
    let bytes = std::fs::read(&sealed).unwrap();
    assert!(bytes.starts_with(b"age-encryption.org/v1"));
    assert!(!bytes.windows(6).any(|part| part == "SQLite".as_bytes()));
    let left: Vec<String> = std::fs::read_dir(place.folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.contains("sealing") || name.contains("opening"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
    place.refused(&["restore", text(&sealed), "--drill"], "--identity");
    place.refused(&["restore", text(&sealed), "--drill", "--identity", text(&other)], "age");
    place.done(&["journal", "anchor"]);
    let anchors = place.at("anchors");
    let before = std::fs::read(&place.db).unwrap();
    let drill = ["restore", text(&sealed), "--drill", "--identity", text(&key)];
    let said = place.done(&[&drill[..], &["--anchors", text(&anchors)]].concat());
    assert!(said.contains("could be put in place") && said.contains("0 anchors"), "{said}");
    assert_eq!(std::fs::read(&place.db).unwrap(), before, "a drill touches nothing");
    place.done(&["user", "add", "late"]);
    place.done(&["restore", text(&sealed), "--identity", text(&key), "--yes"]);
    assert!(!place.done(&["user", "list"]).contains("late"));
    // A plain one as well, and one that is damaged.
    let plain = place.at("plain.db");
    place.done(&["backup", text(&plain)]);
    assert!(place.done(&["restore", text(&plain), "--drill"]).contains("could be put in place"));
    let mut bytes = std::fs::read(&plain).unwrap();
    let middle = bytes.len() / 2;
    bytes.truncate(middle);
    std::fs::write(&plain, bytes).unwrap();
    place.refused(&["restore", text(&plain), "--drill"], "damaged");
}

/// Files below a folder, with what they hold.
fn files_in(folder: &Path) -> std::collections::BTreeMap<PathBuf, u64> {
    use std::os::unix::fs::MetadataExt as _;
    let mut found = std::collections::BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.insert(path, entry.metadata().unwrap().ino());
            }
        }
    }
    found
}

#[test]
fn photos_are_sealed_one_by_one_and_go_with_the_last_copy_that_names_them() {
    if !ready("/usr/bin/age", &["--version"]) || !ready("age-keygen", &["--version"]) {
        std::io::Write::write_all(&mut std::io::stderr(), b"SKIPPED: age is not installed\n")
            .unwrap();
        return;
    }
    let mut place = Place::new();
    place.db = place.at("demo.db");
    let key = place.at("key.txt");
    assert!(ready("age-keygen", &["-o", text(&key)]));
    let public = Command::new("age-keygen").args(["-y", text(&key)]).output().unwrap().stdout;
    let public = String::from_utf8(public).unwrap();
    std::fs::write(&place.config, format!("backup_to = \"{}\"\n", public.trim())).unwrap();
    place.done(&["demo", "--no-open", "--customers", "24"]);
    let photos = files_in(&place.at("demo-attach")).len();
    assert!(photos > 1, "{photos}");
    std::fs::create_dir(place.at("sealed")).unwrap();
    let copy = |name: &str| place.at("sealed").join(format!("{name}.db.age"));
    let sealed = || files_in(&place.at("sealed/attach-sealed"));
    place.done(&["backup", text(&copy("a"))]);
    let first = sealed();
    assert_eq!(first.len(), photos);
    for path in first.keys() {
        assert!(std::fs::read(path).unwrap().starts_with(b"age-encryption.org/v1"), "{path:?}");
    }
    // The drill finds every one of them behind the key and looks into it.
    let copy_a = copy("a");
    let drill = ["restore", text(&copy_a), "--drill", "--identity", text(&key)];
    let said = place.done(&drill);
    assert!(said.contains(&format!("{photos} of {photos} files whole")), "{said}");
    // So does that of a plain copy, and of the copy of the night.
    let plain = place.at("plain.db");
    place.done(&["backup", text(&plain)]);
    let said = place.done(&["restore", text(&plain), "--drill"]);
    assert!(said.contains(&format!("{photos} of {photos} files whole")), "{said}");
    // The next night seals only what is new: the others are the same files.
    place.done(&["backup", text(&copy("b"))]);
    assert_eq!(sealed(), first);
    // A photo that was erased stays as long as a copy names it, and no longer.
    #[expect(clippy::disallowed_methods, reason = "a test erases without the program")]
    let conn = rusqlite::Connection::open(&place.db).unwrap();
    let gone: String =
        conn.query_row("SELECT min(sha256) FROM attachments", [], |row| row.get(0)).unwrap();
    conn.execute("DELETE FROM attachments WHERE sha256 = ?1", [&gone]).unwrap();
    drop(conn);
    let is_there = |sha256: &str| sealed().keys().any(|path| text(path).contains(sha256));
    std::fs::remove_file(copy("a")).unwrap();
    place.done(&["backup", text(&copy("c"))]);
    assert!(is_there(&gone), "the second copy names it");
    assert!(!place.at("sealed/a.db.age.files").exists(), "a list goes with its copy");
    // A copy of which nobody knows what it names keeps everything.
    std::fs::remove_file(copy("b")).unwrap();
    std::fs::write(copy("foreign"), "age-encryption.org/v1").unwrap();
    place.done(&["backup", text(&copy("d"))]);
    assert!(is_there(&gone));
    std::fs::remove_file(copy("foreign")).unwrap();
    place.done(&["backup", text(&copy("e"))]);
    assert!(!is_there(&gone));
    assert_eq!(sealed().len(), photos - 1);
    // Put in place, each photo is there again.
    std::fs::remove_dir_all(place.at("demo-attach")).unwrap();
    place.done(&["restore", text(&copy("e")), "--identity", text(&key), "--yes"]);
    assert_eq!(files_in(&place.at("demo-attach")).len(), photos - 1);
    // One that was sealed for nobody, or torn, is told.
    let (torn, _) = sealed().into_iter().next().unwrap();
    std::fs::write(&torn, "age-encryption.org/v1").unwrap();
    let copy_e = copy("e");
    place.refused(&["restore", text(&copy_e), "--drill", "--identity", text(&key)], "age");
}
