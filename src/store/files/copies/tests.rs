//! Registered files leave with the copies, and come back whole or not at all.

use std::sync::Arc;

use super::*;
use crate::media::tests::jpeg;
use crate::protocol::command::{Command, FileSource, ProofCommand};
use crate::store::Mode;
use crate::store::files::tests::{attach, bring, started};
use crate::store::tests::{Branch, day};

/// A branch in which one photo is registered; its hash.
fn with_photo() -> (Branch, String) {
    let mut branch = Branch::new();
    let visit = started(&mut branch, "zhang", "C1");
    bring(&branch, "zhang", "a.jpg", &jpeg(16, 16, &[]));
    branch.run("zhang", attach(&visit, "photo", "a.jpg")).unwrap();
    let sha256 = branch.text("SELECT sha256 FROM attachments");
    (branch, sha256)
}

/// A branch in which one file proves a flag; its hash.
fn with_proof() -> (Branch, String) {
    let mut branch = Branch::new();
    branch
        .store
        .conn()
        .execute_batch(
            "INSERT INTO flags (flag_id, customer_id, signal, level, state, raised_on)
             VALUES ('F1', 'C1', 'x', 'red', 'confirmed', '2026-11-01')",
        )
        .unwrap();
    bring(&branch, "zhang", "a.jpg", &jpeg(16, 16, &[]));
    let source = FileSource::Dropped("a.jpg".to_owned());
    let prove = Command::Proof(ProofCommand::Add { flag: "F1".into(), source });
    branch.run("zhang", prove).unwrap();
    let sha256 = branch.text("SELECT sha256 FROM proofs");
    (branch, sha256)
}

#[test]
fn proof_of_flags_leaves_with_the_copies_and_is_not_tidied_away() {
    let (mut branch, sha256) = with_proof();
    let folder = branch.store.backup_dir();
    branch.store.run_jobs(day(0), "s");
    let shelf = Shelf::at(folder.join("attach"));
    assert_eq!(shelf.is_whole(&sha256), Some(true));
    let whole = ShelfState { rows: 1, missing: 0, damaged: 0 };
    assert_eq!(branch.store.shelf_state().unwrap(), whole);
    let own = Shelf::of(branch.store.conn());
    own.tidy(branch.store.conn(), day(9)).unwrap();
    assert_eq!(own.is_whole(&sha256), Some(true));
}

/// A copy that was made before flags had files is asked for those of visits alone.
#[test]
#[expect(clippy::disallowed_methods, reason = "no program writes into a copy: the test ages it")]
fn a_copy_of_an_older_time_still_brings_its_files() {
    let (mut branch, sha256) = with_photo();
    branch.store.run_jobs(day(0), "s");
    let newest = branch.store.backup_dir().join("huifang-2026-11-23.db");
    let copy = rusqlite::Connection::open(&newest).unwrap();
    copy.execute_batch("DROP TABLE proofs; DROP TABLE proof_refusals; PRAGMA user_version = 28")
        .unwrap();
    drop(copy);
    let whole = ShelfState { rows: 1, missing: 0, damaged: 0 };
    assert_eq!(branch.store.backup_shelf_state(&newest).unwrap(), whole);
    let shelf = Shelf::at(branch.store.backup_dir().join("attach"));
    let old = shelf.take_in(&mut &b"old"[..], "o", 9).unwrap().sha256;
    branch.store.run_jobs(day(1), "s");
    assert_eq!(shelf.is_whole(&old), None, "the older copy could be read");
    assert_eq!(shelf.is_whole(&sha256), Some(true));
}

fn counts(copied: u64, there: u64, missing: u64) -> FilesCopied {
    FilesCopied { copied, there, missing }
}

#[test]
fn a_nightly_copy_has_its_files_and_lets_go_of_those_that_no_copy_names() {
    let (mut branch, sha256) = with_photo();
    let folder = branch.store.backup_dir();
    branch.store.run_jobs(day(0), "s");
    let shelf = Shelf::at(folder.join("attach"));
    assert_eq!(shelf.is_whole(&sha256), Some(true));
    let newest = folder.join("huifang-2026-11-23.db");
    let whole = ShelfState { rows: 1, missing: 0, damaged: 0 };
    assert_eq!(branch.store.backup_shelf_state(&newest).unwrap(), whole);
    // As if a file had been registered once and its record thrown away since.
    let old = shelf.take_in(&mut &b"old"[..], "o", 9).unwrap().sha256;
    let broken = folder.join("huifang-2026-11-22.db");
    std::fs::write(&broken, "no database").unwrap();
    branch.store.run_jobs(day(1), "s");
    assert_eq!(shelf.is_whole(&old), Some(true), "a copy that can't be read may name it");
    std::fs::remove_file(&broken).unwrap();
    branch.store.run_jobs(day(2), "s");
    assert_eq!(shelf.is_whole(&old), None);
    assert_eq!(shelf.is_whole(&sha256), Some(true));
    assert_eq!(std::fs::read_dir(&shelf.0).unwrap().count(), 2, "nothing half-made is left");
}

#[test]
fn what_a_restored_copy_names_comes_back() {
    let (mut branch, sha256) = with_photo();
    branch.store.run_jobs(day(0), "s");
    let newest = branch.store.backup_dir().join("huifang-2026-11-23.db");
    let copy = Store::open(&newest, Arc::clone(&branch.packs), Mode::ReadOnly).unwrap();
    let target = branch.store.path().to_owned();
    let shelf = Shelf::of(branch.store.conn());
    let place = shelf.place(&sha256).unwrap();
    assert_eq!(copy.bring_files_to(&target).unwrap(), counts(0, 1, 0));
    std::fs::remove_file(&place).unwrap();
    assert_eq!(copy.bring_files_to(&target).unwrap(), counts(1, 0, 0));
    assert_eq!(shelf.is_whole(&sha256), Some(true));
    // A file of the right size with other content is no file of the register.
    let size = std::fs::metadata(&place).unwrap().len();
    std::fs::write(&place, vec![0; usize::try_from(size).unwrap()]).unwrap();
    let damaged = ShelfState { rows: 1, missing: 0, damaged: 1 };
    assert_eq!(branch.store.shelf_state().unwrap(), damaged);
    assert_eq!(copy.bring_files_to(&target).unwrap(), counts(1, 0, 0));
    assert!(branch.store.shelf_state().unwrap().is_whole());
}

#[test]
fn a_damaged_file_is_never_taken_for_a_whole_one() {
    let (branch, sha256) = with_photo();
    let shelf = Shelf::of(branch.store.conn());
    std::fs::write(shelf.place(&sha256).unwrap(), "other").unwrap();
    let folder = branch.store.path().with_file_name("out-attach");
    assert_eq!(branch.store.copy_files_to(folder.clone()).unwrap(), counts(0, 0, 1));
    assert_eq!(Shelf::at(folder.clone()).is_whole(&sha256), None);
    assert_eq!(std::fs::read_dir(folder).unwrap().count(), 1, "its folder and nothing half-made");
}
