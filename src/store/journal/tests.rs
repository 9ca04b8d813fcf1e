//! The chain holds, shows what was done to it, and keeps no personal numbers.

use super::*;
use crate::store::tests::{Branch, actor, day};

fn write(conn: &Connection, n: i64) {
    let after = format!(r#"{{"item":"note","value":"t:第{n}条"}}"#);
    let op = format!("op-{n}");
    let entry = Entry {
        actor: &actor("zhang"),
        now: day(0),
        op: Some(&op),
        command: "answer",
        subject: "V-1",
        before: None,
        after: Some(&after),
    };
    append(conn, &entry).unwrap();
}

/// A row as it was written before words had a digest.
pub(in crate::store) fn write_bare(conn: &Connection, subject: &str, said: &str) {
    conn.execute_batch("DROP TRIGGER IF EXISTS journal_sealed").unwrap();
    let head = match last(conn).unwrap() {
        Some(head) => head,
        None => Head { seq: 0, hash: String::new(), algorithm: Algorithm::default() },
    };
    let genesis = head.seq == 0;
    let said = if genesis { r#"{"algorithm":"sm3"}"# } else { said };
    let row = Row {
        seq: head.seq + 1,
        at: "2024-05-06T07:08:09Z",
        actor: "zhang",
        role: "officer",
        os_user: "",
        session: "",
        op: None,
        command: if genesis { "genesis" } else { "answer" },
        subject: if genesis { "journal" } else { subject },
        before: None,
        after: Some(said),
        prev_hash: &head.hash,
        digest: None,
        salt: None,
    };
    let sql =
        "INSERT INTO journal (seq, at, actor, role, os_user, session, command, subject, after,
            prev_hash, hash)
        VALUES (?1, ?2, ?3, ?4, '', '', ?5, ?6, ?7, ?8, ?9)";
    let hash = row.hash(head.algorithm);
    let values = params![
        row.seq,
        row.at,
        row.actor,
        row.role,
        row.command,
        row.subject,
        said,
        row.prev_hash,
        hash
    ];
    conn.execute(sql, values).unwrap();
}

#[test]
fn rows_of_both_formats_make_one_chain() {
    let branch = Branch::new();
    let conn = branch.store.conn();
    (1..5).for_each(|n| write_bare(conn, "V-1", &format!(r#"{{"item":"{n}"}}"#)));
    (1..4).for_each(|n| write(conn, n));
    let proved = branch.store.prove_journal(&[]).unwrap();
    assert_eq!((proved.head.seq, proved.bare, proved.gone), (7, 4, 0));
    // What was written before is proved by its words still.
    let drop = "DROP TRIGGER journal_no_update";
    conn.execute_batch(drop).unwrap();
    conn.execute_batch("UPDATE journal SET after = '{}' WHERE seq = 3").unwrap();
    assert_eq!(branch.store.verify_journal(&[]), Err(Error::Journal { seq: 3 }));
}

#[test]
fn nobody_goes_back_to_the_first_format() {
    let branch = Branch::new();
    let conn = branch.store.conn();
    (1..4).for_each(|n| write(conn, n));
    write_bare(conn, "V-1", r#"{"item":"x"}"#);
    assert_eq!(branch.store.verify_journal(&[]), Err(Error::Journal { seq: 5 }));
}

#[test]
fn the_same_words_never_have_the_same_digest() {
    let branch = Branch::new();
    let conn = branch.store.conn();
    for n in ["a", "b"] {
        let entry = Entry {
            actor: &actor("zhang"),
            now: day(0),
            op: Some(n),
            command: "answer",
            subject: "V-1",
            before: None,
            after: Some(r#"{"value":"t:有"}"#),
        };
        append(conn, &entry).unwrap();
    }
    let digests =
        "SELECT count(DISTINCT digest) || ' ' || count(DISTINCT salt) || ' ' || min(length(salt))
        FROM journal WHERE command = 'answer'";
    assert_eq!(branch.text(digests), "2 2 32");
}

#[test]
fn the_first_row_names_the_hash() {
    for algorithm in [Algorithm::Sm3, Algorithm::Sha256] {
        let mut branch = Branch::new();
        assert_eq!(branch.store.choose_hash(algorithm), Ok(true));
        write(branch.store.conn(), 1);
        let head = branch.store.verify_journal(&[]).unwrap();
        assert_eq!((head.seq, head.algorithm, head.hash.len()), (2, algorithm, 64));
        assert_eq!(branch.store.choose_hash(algorithm), Ok(false));
    }
}

#[test]
fn rows_can_neither_be_changed_nor_removed_nor_replaced() {
    let branch = Branch::new();
    (1..4).for_each(|n| write(branch.store.conn(), n));
    for sql in [
        "UPDATE journal SET actor = 'li' WHERE seq = 2",
        "DELETE FROM journal WHERE seq = 4",
        "INSERT OR REPLACE INTO journal SELECT * FROM journal WHERE seq = 2",
        "INSERT INTO journal SELECT 9, at, actor, role, os_user, session, NULL, command, subject, before, after, prev_hash, hash, digest, salt FROM journal WHERE seq = 4",
        "INSERT INTO journal SELECT 5, at, actor, role, os_user, session, NULL, command, subject, before, after, prev_hash, hash, NULL, NULL FROM journal WHERE seq = 4",
        // Words go with an erased customer, and in no other case.
        "UPDATE journal SET before = NULL, after = NULL, salt = NULL WHERE seq = 2",
        "UPDATE journal SET salt = NULL WHERE seq = 2",
        "INSERT INTO journal_about (customer_id, seq) VALUES ('C1', 2)",
    ] {
        assert!(branch.store.conn().execute_batch(sql).is_err(), "{sql}");
    }
    assert_eq!(branch.store.verify_journal(&[]).unwrap().seq, 4);
}

#[test]
fn tampering_names_the_first_bad_row() {
    let cases = [
        ("UPDATE journal SET after = '{}' WHERE seq = 3", Some(3)),
        ("UPDATE journal SET actor = 'li' WHERE seq = 2", Some(2)),
        ("UPDATE journal SET after = NULL WHERE seq = 5", Some(5)),
        ("DELETE FROM journal WHERE seq = 4", Some(4)),
        ("UPDATE journal SET hash = prev_hash WHERE seq = 3", Some(3)),
        ("UPDATE journal SET salt = '00' WHERE seq = 4", Some(4)),
        ("UPDATE journal SET digest = '00' WHERE seq = 4", Some(4)),
        ("UPDATE journal SET salt = NULL WHERE seq = 4", Some(4)),
        ("UPDATE journal SET digest = NULL, salt = NULL WHERE seq = 4", Some(4)),
        // Without its words, and nothing accounts for it.
        ("UPDATE journal SET before = NULL, after = NULL, salt = NULL WHERE seq = 4", Some(4)),
        (
            "UPDATE journal SET before = NULL, after = NULL, salt = NULL WHERE seq > 2;
          UPDATE journal SET actor = 'li' WHERE seq = 5",
            Some(3),
        ),
        // A cut tail fits by itself: only an anchor tells.
        ("DELETE FROM journal WHERE seq = 6", None),
    ];
    for (sql, wanted) in cases {
        let branch = Branch::new();
        (1..6).for_each(|n| write(branch.store.conn(), n));
        let head = branch.store.journal_head().unwrap();
        let drop = "DROP TRIGGER journal_no_update; DROP TRIGGER journal_no_delete;";
        branch.store.conn().execute_batch(drop).unwrap();
        branch.store.conn().execute_batch(sql).unwrap();
        let found = branch.store.verify_journal(&[]);
        if let Some(seq) = wanted {
            assert_eq!(found, Err(Error::Journal { seq }), "{sql}");
        } else {
            found.unwrap();
            let anchored = branch.store.verify_journal(&[(head.seq, head.hash)]);
            assert_eq!(anchored, Err(Error::Journal { seq: 6 }), "{sql}");
        }
    }
}

#[test]
fn an_anchor_tells_a_rewritten_chain() {
    let branch = Branch::new();
    (1..4).for_each(|n| write(branch.store.conn(), n));
    let anchors = vec![(3, "0".repeat(64))];
    assert_eq!(branch.store.verify_journal(&anchors), Err(Error::Journal { seq: 3 }));
}

#[test]
fn personal_numbers_are_masked() {
    let cases = [
        (r#"{"v":"t:电话13800138000。"}"#, r#"{"v":"t:电话138****8000。"}"#),
        (r#"{"v":"t:证件110101199003070011"}"#, r#"{"v":"t:证件110101********0011"}"#),
        (r#"{"v":"t:11010119900307001X\"引"}"#, r#"{"v":"t:110101********001X\"引"}"#),
        (r#"{"v":"t:8613800138000"}"#, r#"{"v":"t:86138****8000"}"#),
        // Amounts and ids are no phone numbers.
        (
            r#"{"value":"f:13800138000","n":13800138000}"#,
            r#"{"value":"f:13800138000","n":13800138000}"#,
        ),
        (r#"{"loan_id":"L13800138000"}"#, r#"{"loan_id":"L13800138000"}"#),
        (
            r#"{"v":"t:10800138000 330000000000000000"}"#,
            r#"{"v":"t:10800138000 330000000000000000"}"#,
        ),
        (r#"{"open":"13800138000"#, r#"{"open":"138****8000"#),
    ];
    for (given, wanted) in cases {
        assert_eq!(shield(given), wanted);
    }
}

/// Prints how long a million rows take; run by hand: `cargo test --release -- --ignored million`.
#[test]
#[ignore = "a measurement"]
fn a_million_rows() {
    let branch = Branch::new();
    let conn = branch.store.conn();
    conn.execute_batch("BEGIN").unwrap();
    (0..1_000_000).for_each(|n| write(conn, n));
    conn.execute_batch("COMMIT").unwrap();
    let start = std::time::Instant::now();
    assert_eq!(branch.store.verify_journal(&[]).unwrap().seq, 1_000_001);
    println!("verified in {:?}", start.elapsed());
}
