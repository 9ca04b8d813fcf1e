use super::*;
use crate::store::journal::Algorithm;

/// A run that was killed before it signed leaves no anchor that passes for one without a key.
#[test]
fn an_anchor_without_its_signature_is_signed_by_the_next_run() {
    let place = tempfile::tempdir().unwrap();
    let (folder, key) = (place.path().join("anchors"), place.path().join("key"));
    let made = Command::new(SSH_KEYGEN)
        .args(["-q", "-t", "ed25519", "-N", "", "-f"])
        .arg(&key)
        .stdin(Stdio::null())
        .status();
    assert!(made.unwrap().success());
    let head = Head { seq: 3, hash: "ab".repeat(32), algorithm: Algorithm::Sm3 };
    let today = "2026-11-23".parse().unwrap();
    let first = write(&folder, &head, today, None).unwrap();
    assert!(first.exists() && !signature_of(&first).exists());
    assert_eq!(write(&folder, &head, today, Some(&key)).unwrap(), first);
    assert!(signature_of(&first).exists());
    // Nothing else lies in the folder.
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 2);
}
