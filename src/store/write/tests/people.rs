//! Roles, people and their messages.

use super::*;
use crate::protocol::command::SetUser;

#[test]
fn the_role_matrix() {
    type Case = (&'static str, fn() -> Command, Result<(), Refusal>);
    let cases: &[Case] = &[
        ("zhang", || start("C1"), Ok(())),
        ("wang", || start("C1"), Ok(())),
        // Out of scope looks like not there.
        ("li", || start("C1"), Err(Refusal::NotFound)),
        ("far", || start("C1"), Err(Refusal::NotFound)),
        ("zhang", || start("C9"), Err(Refusal::NotFound)),
        ("risk", || start("C1"), Err(Refusal::NotAllowed)),
        ("audit", || start("C1"), Err(Refusal::NotAllowed)),
        ("admin", || start("C1"), Err(Refusal::NotAllowed)),
        ("risk", || flag(Level::Red, false), Ok(())),
        ("audit", || flag(Level::Red, false), Err(Refusal::NotAllowed)),
        ("admin", || flag(Level::Red, false), Err(Refusal::NotAllowed)),
        ("li", || flag(Level::Red, false), Err(Refusal::NotFound)),
    ];
    for (who, command, wanted) in cases {
        let mut branch = Branch::new();
        assert_eq!(branch.run(who, command()).map(|_| ()), *wanted, "{who} {:?}", command());
    }
}

#[test]
fn people_and_messages() {
    let mut branch = Branch::new();
    let set = |user: &str, role, disabled| {
        Command::SetUser(SetUser {
            user: UserId::from(user),
            name: "新人".to_owned(),
            role,
            branch: "B1".to_owned(),
            disabled,
        })
    };
    assert_eq!(branch.run("wang", set("new", Role::Officer, false)), Err(Refusal::NotAllowed));
    branch.run("admin", set("new", Role::Officer, false)).unwrap();
    let me = Refusal::Invalid { field: "user", why: "self" };
    assert_eq!(branch.run("admin", set("admin", Role::Supervisor, false)), Err(me));
    // Who is disabled while logged in writes nothing more.
    branch.run("admin", set("zhang", Role::Officer, true)).unwrap();
    assert_eq!(branch.run("zhang", start("C1")), Err(Refusal::NotAllowed));
    branch.run("risk", flag_for("wang")).unwrap();
    let id: i64 =
        branch.text("SELECT notice_id FROM notices WHERE to_user = 'wang'").parse().unwrap();
    assert_eq!(branch.run("zhao", Command::Acknowledge { notice: id }), Err(Refusal::NotFound));
    branch.run("wang", Command::Acknowledge { notice: id }).unwrap();
    branch.run("wang", Command::Acknowledge { notice: id }).unwrap();
}

fn flag_for(owner: &str) -> Command {
    let mut command = flag(Level::Red, false);
    if let Command::RaiseFlag { owner: who, .. } = &mut command {
        *who = Some(UserId::from(owner));
    }
    command
}

#[test]
fn a_new_role_branch_or_leave_is_felt_at_once() {
    for change in ["role = 'risk'", "branch = 'B2'", "disabled = 1"] {
        let mut branch = Branch::new();
        let visit = started(&mut branch);
        let home = crate::protocol::query::Query::Home;
        branch.store.query(&actor("zhang"), day(0), &home).unwrap();
        let sql = format!("UPDATE users SET {change} WHERE user = 'zhang'");
        branch.store.conn().execute_batch(&sql).unwrap();
        let draft = Command::KeepDraft {
            visit: visit.clone(),
            item: "note".to_owned(),
            text: "半".to_owned(),
            caret: 0,
        };
        for command in [answer(&visit, "note", "甲", 0), draft] {
            assert_eq!(branch.run("zhang", command), Err(Refusal::NotAllowed), "{change}");
        }
        let read = branch.store.query(&actor("zhang"), day(0), &home);
        assert_eq!(read.map(|_| ()), Err(Refusal::NotAllowed), "{change}");
    }
    // The owner of the file keeps house without being a user.
    let mut branch = Branch::new();
    let mut owner = actor("nobody");
    let home = crate::protocol::query::Query::Home;
    assert!(branch.store.query(&owner, day(0), &home).is_err());
    owner.operator = true;
    owner.role = Role::Auditor;
    branch.store.query(&owner, day(0), &home).unwrap();
    let op = OpId::from("house");
    let copy = Command::NoteCopy { customer: None, what: "a".to_owned() };
    branch.store.apply(&owner, day(0), &op, &copy).unwrap();
}
