use super::*;
use crate::domain::reveal::RevealReason;
use crate::domain::reveal::RevealReason::{Contact, Inspection, Other};
use crate::protocol::command::Command;
use crate::store::tests::{Branch, actor, day};

fn look(customer: &str, reason: RevealReason, note: &str) -> Command {
    Command::Reveal(Reveal { customer: CustomerId::from(customer), reason, note: note.to_owned() })
}

#[test]
fn it_is_journalled_without_the_values() {
    let mut branch = Branch::new();
    let Outcome::Revealed(shown) = branch.run("zhang", look("C1", Contact, "")).unwrap() else {
        panic!("nothing is shown")
    };
    assert_eq!(
        shown.lines,
        [
            (RevealedField::Phone, String::new(), "13800138000".to_owned()),
            (RevealedField::IdNo, String::new(), "110101199003070011".to_owned()),
        ]
    );
    assert_eq!(
        branch.text("SELECT actor || subject || after FROM journal WHERE command = 'reveal'"),
        r#"zhangC1{"reason":"contact","note":"","fields":"phone;id_no"}"#
    );
    assert!(!format!("{shown:?}").contains("138"), "not in a log either");
}

#[test]
fn who_may_look_and_what_she_must_say() {
    let missing = Err(Refusal::Invalid { field: "note", why: "missing" });
    let cases = [
        ("zhang", look("C1", Other, ""), missing.clone()),
        ("zhang", look("C1", Other, "客户来电"), Ok(())),
        ("zhang", look("C1", Inspection, " "), missing.clone()),
        ("wang", look("C1", Contact, ""), Ok(())),
        ("audit", look("C1", Contact, ""), missing),
        ("audit", look("C1", Contact, "审字 2026-17"), Ok(())),
        ("li", look("C1", Contact, ""), Err(Refusal::NotFound)),
        ("zhang", look("C9", Contact, ""), Err(Refusal::NotFound)),
        ("far", look("C1", Contact, ""), Err(Refusal::NotFound)),
        ("admin", look("C1", Contact, ""), Err(Refusal::NotAllowed)),
    ];
    for (who, command, expected) in cases {
        let mut branch = Branch::new();
        assert_eq!(branch.run(who, command.clone()).map(|_| ()), expected, "{who} {command:?}");
        let rows = branch.text("SELECT count(*) FROM journal WHERE command = 'reveal'");
        assert_eq!(rows, if expected.is_ok() { "1" } else { "0" }, "{who} {command:?}");
    }
}

#[test]
fn peeking_in_bulk_ends_and_is_told() {
    let mut branch = Branch::new();
    for n in 0..MOST {
        assert_eq!(branch.text("SELECT count(*) FROM notices WHERE kind = 'many_reveals'"), "0");
        branch.run("zhang", look("C1", Contact, "")).unwrap_or_else(|why| panic!("{n}: {why:?}"));
    }
    let told = "SELECT group_concat(to_user) FROM notices WHERE kind = 'many_reveals'";
    assert_eq!(branch.text(told), "audit");
    for _ in 0..200 {
        let many = Refusal::Invalid { field: "reveal", why: "too_many" };
        assert_eq!(branch.run("zhang", look("C1", Contact, "")), Err(many));
    }
    assert_eq!(
        branch.text("SELECT count(*) FROM journal WHERE command = 'reveal'"),
        MOST.to_string()
    );
    // Others are not kept from their work, nor she an hour later.
    branch.run("wang", look("C1", Contact, "")).unwrap();
    let later = day(0) + chrono::Duration::minutes(61);
    let op = crate::domain::ids::OpId::from("later");
    branch.store.apply(&actor("zhang"), later, &op, &look("C1", Contact, "")).unwrap();
    // A second try with the same id shows nothing again: what it showed is gone.
    let again = branch.store.apply(&actor("zhang"), later, &op, &look("C1", Contact, "")).unwrap();
    assert_eq!(again, Outcome::Plain);
}
