use std::os::unix::fs::PermissionsExt as _;

use super::*;

fn files(folder: &Path) -> Vec<String> {
    let name = |entry: io::Result<fs::DirEntry>| entry.unwrap().file_name().into_string().unwrap();
    let mut names: Vec<String> = fs::read_dir(folder).unwrap().map(name).collect();
    names.sort();
    names
}

#[test]
fn a_file_is_there_whole_and_private_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.csv");
    let mut draft = Draft::beside(&path).unwrap();
    draft.write_all(b"half").unwrap();
    assert!(!path.exists());
    drop(draft);
    assert_eq!(files(folder.path()), Vec::<String>::new());

    Draft::of(&path, b"whole").unwrap().take(&path).unwrap();
    assert_eq!(files(folder.path()), ["a.csv"]);
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let second = Draft::of(&path, b"other").unwrap().take_free(&path);
    assert_eq!(second.unwrap_err().kind(), ErrorKind::AlreadyExists);
    assert_eq!(fs::read(&path).unwrap(), b"whole");
}

/// Somebody who may write into the folder lays a link where the draft will lie.
#[test]
fn a_draft_follows_no_link() {
    let folder = tempfile::tempdir().unwrap();
    let (path, other) = (folder.path().join("a.csv"), folder.path().join("other"));
    fs::write(&other, "mine").unwrap();
    let trap = folder.path().join(format!(".a.csv.{}.part", std::process::id()));
    std::os::unix::fs::symlink(&other, trap).unwrap();
    Draft::of(&path, b"whole").unwrap().take(&path).unwrap();
    assert_eq!(fs::read(&other).unwrap(), b"mine");
    assert_eq!(fs::read(&path).unwrap(), b"whole");
}

#[test]
fn a_reserved_name_is_nobody_elses_and_free_again_unless_used() {
    let folder = tempfile::tempdir().unwrap();
    let first = Reserved::new(folder.path(), "visit", "docx").unwrap();
    let second = Reserved::new(folder.path(), "visit", "docx").unwrap();
    assert!(second.path().ends_with("visit-2.docx"));
    drop(first);
    let draft = Draft::of(second.path(), b"whole").unwrap();
    let path = second.give(draft).unwrap();
    assert_eq!(files(folder.path()), ["visit-2.docx"]);
    assert_eq!(fs::read(path).unwrap(), b"whole");
}

#[test]
fn different_people_have_different_files() {
    assert_eq!(name_of("zhang-wei"), "zhang-wei");
    let long = |last: char| format!("{}{last}", "a".repeat(NAME));
    for (a, b) in [("a.b".to_owned(), "a_b".to_owned()), (long('x'), long('y'))] {
        assert_ne!(name_of(&a), name_of(&b));
        assert!(name_of(&a).chars().all(|c| c.is_alphanumeric() || "-_".contains(c)));
    }
    assert!(!name_of("../../etc/passwd").contains(['/', '.']));
}

#[test]
fn what_a_spreadsheet_would_run_gets_a_guard() {
    for (text, cell) in [
        ("=1+1", "'=1+1"),
        ("＝1", "'＝1"),
        ("'=1", "''=1"),
        ("\tx", "'\tx"),
        ("-5", "'-5"),
        ("a=1", "a=1"),
        ("'tis", "'tis"),
    ] {
        assert_eq!(guard(text.to_owned()), cell);
    }
}
