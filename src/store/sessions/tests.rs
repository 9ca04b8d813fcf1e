use crate::store::tests::{Branch, actor, day};

#[test]
fn who_came_and_who_was_not_let_in_stand_in_the_journal() {
    let mut branch = Branch::new();
    let store = &mut branch.store;
    store.note_sign_in(&actor("zhang"), day(0), Some("192.168.100.20 50022 10.17.0.1 22")).unwrap();
    store.note_refused("mallory", "s-m", day(0), Some("\u{1b}]0;evil\u{7}")).unwrap();
    store.note_refused("mallory", "s-m", day(0), Some(&"1".repeat(97))).unwrap();
    let rows: Vec<(String, String, String)> = store
        .conn()
        .prepare("SELECT command, subject, after FROM journal WHERE command LIKE 'sign_in%' ORDER BY seq")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let row = |command: &str, subject: &str, after: &str| {
        (command.to_owned(), subject.to_owned(), after.to_owned())
    };
    assert_eq!(
        rows,
        [
            row("sign_in", "zhang", r#"{"ssh_from":"192.168.100.20 50022 10.17.0.1 22"}"#),
            row("sign_in_refused", "mallory", r#"{"ssh_from":null}"#),
            row("sign_in_refused", "mallory", r#"{"ssh_from":null}"#),
        ]
    );
    store.verify_journal(&[]).unwrap();
}
