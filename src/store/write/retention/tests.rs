use super::*;
use crate::access::Actor;
use crate::domain::ids::OpId;
use crate::domain::user::Role;
use crate::protocol::command::Command;
use crate::protocol::reply::Outcome;
use crate::store::tests::{Branch, actor, day};

fn branch() -> Branch {
    let mut branch = Branch::new();
    let tx = branch.store.begin().unwrap();
    tx.execute_batch(
        "INSERT INTO users (user, name, role, branch) VALUES ('law', '合规', 'compliance', 'B1'),
            ('law2', '合规二', 'compliance', 'B1'), ('lawfar', '合规三', 'compliance', 'B2');
         UPDATE loans SET status = 'settled', settled_on = '2021-01-05' WHERE loan_id = 'L1';",
    )
    .unwrap();
    tx.commit().unwrap();
    branch
}

fn run(branch: &mut Branch, who: &str, command: RetentionCommand) -> Result<Outcome, Refusal> {
    let person = match who {
        "law" | "law2" => Actor { role: Role::Compliance, ..actor(who) },
        "lawfar" => Actor { role: Role::Compliance, branch: "B2".to_owned(), ..actor(who) },
        _ => actor(who),
    };
    let op = OpId(format!("r-{}", branch.text("SELECT count(*) FROM journal")));
    branch.store.apply(&person, day(0), &op, &Command::Retention(command))
}

fn propose() -> RetentionCommand {
    RetentionCommand::Propose { reason: "满五年".to_owned() }
}

fn decide(agree: bool, note: &str) -> RetentionCommand {
    RetentionCommand::Decide { erasure: "E-20261123".into(), agree, note: note.to_owned() }
}

#[test]
fn who_may_and_in_which_order() {
    let mut b = branch();
    for who in ["zhang", "wang", "risk", "audit", "admin"] {
        assert_eq!(run(&mut b, who, propose()), Err(Refusal::NotAllowed), "{who}");
    }
    let nothing = Err(Refusal::WrongState { state: "nothing_over".to_owned() });
    assert_eq!(run(&mut b, "lawfar", propose()), nothing);
    let empty = RetentionCommand::Propose { reason: " ".to_owned() };
    let missing = Err(Refusal::Invalid { field: "reason", why: "missing" });
    assert_eq!(run(&mut b, "law", empty), missing);
    run(&mut b, "law", propose()).unwrap();
    assert_eq!(run(&mut b, "law", propose()), nothing, "it waits already");
    // Told to those who may agree, and to nobody else.
    let told = "SELECT group_concat(to_user) FROM (SELECT to_user FROM notices
        WHERE kind = 'erasure_open' ORDER BY to_user)";
    assert_eq!(b.text(told), "law2,wang,zhao");
    let cases = [
        ("zhang", Err(Refusal::NotAllowed)),
        ("audit", Err(Refusal::NotAllowed)),
        ("law", Err(Refusal::OwnRecord)),
        ("far", Err(Refusal::NotFound)),
        ("lawfar", Err(Refusal::NotFound)),
        ("law2", Ok(Outcome::Plain)),
    ];
    for (who, expected) in cases {
        assert_eq!(run(&mut b, who, decide(true, "")), expected, "{who}");
    }
    assert_eq!(b.text("SELECT count(*) FROM customers WHERE customer_id = 'C1'"), "0");
}

#[test]
fn refused_and_taken_back_it_can_be_put_forward_anew() {
    let mut b = branch();
    run(&mut b, "law", propose()).unwrap();
    let missing = Err(Refusal::Invalid { field: "note", why: "missing" });
    assert_eq!(run(&mut b, "wang", decide(false, "")), missing);
    run(&mut b, "wang", decide(false, "有诉讼")).unwrap();
    run(&mut b, "law", propose()).unwrap();
    let erasure: ErasureId = b.text("SELECT erasure FROM erasures WHERE state = 'proposed'").into();
    let back = RetentionCommand::Withdraw { erasure };
    assert_eq!(run(&mut b, "law2", back.clone()), Err(Refusal::NotAllowed));
    run(&mut b, "law", back).unwrap();
    run(&mut b, "law", propose()).unwrap();
    assert_eq!(b.text("SELECT count(*) FROM erasures"), "3");
    assert_eq!(b.text("SELECT count(*) FROM customers WHERE customer_id = 'C1'"), "1");
}

#[test]
fn the_file_itself_refuses_what_two_people_must_do() {
    let mut b = branch();
    run(&mut b, "law", propose()).unwrap();
    let conn = b.store.conn();
    for sql in [
        "UPDATE erasures SET state = 'done', decided_by = 'law', decided_at = 'x'",
        "UPDATE erasures SET reason = 'x'",
        "DELETE FROM erasures",
        "DELETE FROM erasure_customers",
    ] {
        assert!(conn.execute(sql, []).is_err(), "{sql}");
    }
}
