//! Words go with an erased customer and in no other way, and the chain accounts for each.

use super::*;
use crate::store::Store;
use crate::store::journal::tests::write_bare;
use crate::store::tests::{Branch, actor, day};

fn say(conn: &Connection, subject: &str, n: i64) {
    let after = format!(r#"{{"note":"话{n}"}}"#);
    let entry = Entry {
        actor: &actor("zhang"),
        now: day(0),
        op: None,
        command: "comment",
        subject,
        before: None,
        after: Some(&after),
    };
    append(conn, &entry).unwrap();
}

/// Two customers, with rows about the one, the other, both and nobody. Old rows come first.
fn branch() -> Branch {
    let branch = Branch::new();
    let conn = branch.store.conn();
    conn.execute_batch(
        "INSERT INTO users (user, name, role) VALUES ('wang', '王芳', 'supervisor'), ('law', '合规', 'compliance')
            ON CONFLICT DO NOTHING;
         INSERT INTO customers (customer_id, name, line, officer) VALUES
            ('E1', '甲', 'small_business', 'zhang'), ('E2', '乙', 'small_business', 'zhang');
         INSERT INTO packets (packet, giver, receiver, witness, effective_on, reason, started_by, started_at)
            VALUES ('J', 'zhang', 'wang', 'law', '2026-11-23', 'x', 'wang', '2026-11-23T00:00:00Z');
         INSERT INTO packet_customers (packet, customer_id) VALUES ('J', 'E1'), ('J', 'E2');",
    )
    .unwrap();
    for subject in ["journal", "contacts:E1|x", "customers:E2", "clipboard"] {
        write_bare(conn, subject, r#"{"note":"旧"}"#);
    }
    // 5 E1, 6 E2, 7 both, 8 nobody, 9 E1 again.
    for (n, subject) in ["customers:E1", "E2", "J", "clipboard", "E1"].into_iter().enumerate() {
        say(conn, subject, i64::try_from(n).unwrap());
    }
    branch
}

/// As while an erasure that two people agreed on is carried out.
fn agreed(conn: &Connection, erasure: &str, customers: &[&str]) {
    conn.execute_batch(&format!(
        "INSERT INTO erasures (erasure, branch, state, reason, proposed_by, proposed_at, decided_by, decided_at)
         VALUES ('{erasure}', '', 'done', '满期', 'law', '2026', 'wang', '2026')"
    ))
    .unwrap();
    for customer in customers {
        let sql = "INSERT INTO erasure_customers (erasure, customer_id, ended_on) VALUES (?1, ?2, '2020-01-01')";
        conn.execute(sql, [erasure, customer]).unwrap();
    }
}

fn done(conn: &Connection, erasure: &str) {
    conn.execute_batch(&format!(
        "UPDATE erasure_customers SET proof = 'x' WHERE erasure = '{erasure}'"
    ))
    .unwrap();
}

fn goes(store: &Store, erasure: &str, customers: &[&str]) -> Vec<Hers> {
    let conn = store.conn();
    agreed(conn, erasure, customers);
    let mut all = blank(conn).unwrap();
    let erasure_id = ErasureId::from(erasure);
    let mut gone = Vec::new();
    for customer in customers {
        let customer = CustomerId::from(*customer);
        let hers = all.remove(&customer).unwrap();
        account(conn, (&actor("wang"), day(0)), (&erasure_id, &customer), (&hers, "x")).unwrap();
        gone.push(hers);
    }
    done(conn, erasure);
    gone
}

const BLANK: &str =
    "SELECT group_concat(seq, ' ') FROM journal WHERE salt IS NULL AND digest IS NOT NULL";

#[test]
fn words_go_and_the_chain_still_holds() {
    let branch = branch();
    let before = branch.store.journal_head().unwrap();
    let gone = goes(&branch.store, "X1", &["E1"]);
    // What is about somebody who stays keeps its words, and so does what is older than the change.
    assert_eq!((gone[0].gone.clone(), gone[0].kept), (vec![5, 9], 1));
    assert_eq!(branch.text(BLANK), "5 9");
    let proved = branch.store.prove_journal(&[(before.seq, before.hash)]).unwrap();
    assert_eq!((proved.gone, proved.bare), (2, 4));
    let row = branch.text("SELECT subject || ' ' || after FROM journal WHERE command = 'erase'");
    assert_eq!(row, r#"E1 {"erasure":"X1","kept":1,"proof":"x","rows":"5;9"}"#);
    // With the last of those whom it is about, the row about both goes too.
    let gone = goes(&branch.store, "X2", &["E2"]);
    assert_eq!(gone[0].gone, [6], "E1 is still in the table");
    branch
        .store
        .conn()
        .execute_batch("PRAGMA foreign_keys = OFF; DELETE FROM customers WHERE customer_id = 'E1'")
        .unwrap();
    agreed(branch.store.conn(), "X3", &["E2"]);
    assert_eq!(blank(branch.store.conn()).unwrap()[&CustomerId::from("E2")].gone, [7]);
}

#[test]
fn both_at_once_take_what_is_about_both() {
    let branch = branch();
    let gone = goes(&branch.store, "X1", &["E1", "E2"]);
    assert_eq!((gone[0].gone.clone(), gone[1].gone.clone()), (vec![5, 7, 9], vec![6, 7]));
    assert_eq!(branch.store.prove_journal(&[]).unwrap().gone, 4);
}

#[test]
fn the_guard_opens_in_one_way_only() {
    let branch = branch();
    let conn = branch.store.conn();
    let blank_row = |n: i64| {
        format!("UPDATE journal SET before = NULL, after = NULL, salt = NULL WHERE seq = {n}")
    };
    assert!(conn.execute_batch(&blank_row(5)).is_err(), "nobody is being erased");
    goes(&branch.store, "X1", &["E2"]);
    agreed(conn, "X2", &["E1"]);
    let erase = branch.text("SELECT max(seq) FROM journal WHERE command = 'erase'");
    for sql in [
        // Of somebody else, of both, of nobody, of the old kind; gone already; what accounts for it.
        blank_row(6),
        blank_row(7),
        blank_row(8),
        blank_row(2),
        blank_row(erase.parse().unwrap()),
        "UPDATE journal SET after = NULL WHERE seq = 5".to_owned(),
        "UPDATE journal SET salt = NULL WHERE seq = 5".to_owned(),
        "UPDATE journal SET after = '{}', salt = NULL WHERE seq = 5".to_owned(),
        "UPDATE OR REPLACE journal SET before = NULL, after = NULL, salt = NULL, seq = 6 WHERE seq = 5".to_owned(),
        "UPDATE journal SET before = NULL, after = NULL, salt = NULL, actor = 'li' WHERE seq = 5".to_owned(),
        "UPDATE journal SET before = NULL, after = NULL, salt = NULL, digest = '' WHERE seq = 5".to_owned(),
        "UPDATE journal SET before = NULL, after = NULL, salt = NULL, op = 'x' WHERE seq = 5".to_owned(),
        "DELETE FROM journal WHERE seq = 5".to_owned(),
        "UPDATE journal_about SET customer_id = 'E1'".to_owned(),
        "DELETE FROM journal_about".to_owned(),
    ] {
        assert!(conn.execute_batch(&sql).is_err(), "{sql}");
    }
    // And it does open.
    conn.execute_batch(&blank_row(5)).unwrap();
    assert!(conn.execute_batch(&blank_row(5)).is_err(), "once");
    done(conn, "X2");
    assert!(conn.execute_batch(&blank_row(9)).is_err(), "and is shut again");
}

#[test]
fn only_a_later_erasure_accounts_for_a_row_without_words() {
    // What is done to a file whose E1 was erased (rows 5 and 9; the erasure is row 10, 11 follows),
    // and the first bad row.
    let cases = [
        ("SELECT 1", None),
        ("UPDATE journal SET before = NULL, after = NULL, salt = NULL WHERE seq = 8", Some(8)),
        ("UPDATE journal SET before = NULL, after = NULL, salt = NULL WHERE seq = 11", Some(11)),
        // Another row is named, or none.
        ("UPDATE journal SET after = replace(after, '5;9', '5;8') WHERE seq = 10", Some(9)),
        ("UPDATE journal SET before = NULL, after = NULL, salt = NULL WHERE seq = 10", Some(5)),
        ("UPDATE journal SET command = 'comment' WHERE seq = 10", Some(5)),
        // What comes after a break accounts for what was before it.
        ("UPDATE journal SET actor = 'li' WHERE seq = 7", Some(7)),
        ("UPDATE journal SET actor = 'li' WHERE seq = 3", Some(3)),
        ("UPDATE journal SET after = '{\"note\":\"x\"}' WHERE seq = 5", Some(5)),
        ("DELETE FROM journal WHERE seq >= 10", Some(5)),
    ];
    for (sql, wanted) in cases {
        let branch = branch();
        goes(&branch.store, "X1", &["E1"]);
        say(branch.store.conn(), "clipboard", 9);
        let conn = branch.store.conn();
        let drop = "DROP TRIGGER journal_no_update; DROP TRIGGER journal_no_delete;
            PRAGMA foreign_keys = OFF;";
        conn.execute_batch(drop).unwrap();
        conn.execute_batch(sql).unwrap();
        let found = branch.store.verify_journal(&[]).map(|_| ());
        assert_eq!(found, wanted.map_or(Ok(()), |seq| Err(Error::Journal { seq })), "{sql}");
    }
}

#[test]
fn runs_are_drawn_together_and_read_again() {
    for rows in [&[][..], &[3], &[3, 4], &[1, 3, 4, 5, 9], &[7, 9, 11]] {
        let told = serde_json::json!({"rows": listed(rows)}).to_string();
        let mut owed: BTreeSet<i64> = rows.iter().copied().chain([100]).collect();
        settle(&mut owed, Some(&told));
        assert_eq!(owed, BTreeSet::from([100]), "{told}");
    }
    let mut owed = BTreeSet::from([1]);
    for odd in
        [None, Some(""), Some("[]"), Some(r#"{"rows":1}"#), Some(r#"{"rows":"2-;-1;x;5-1"}"#)]
    {
        settle(&mut owed, odd);
        assert_eq!(owed.len(), 1, "{odd:?}");
    }
}
