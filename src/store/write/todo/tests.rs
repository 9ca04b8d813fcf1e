//! 待办 by hand: who may, what is refused, what is taken back.

use chrono::Days;

use super::*;
use crate::domain::todo::{Promiser, TodoKind};
use crate::protocol::reply::Outcome;
use crate::store::instant;
use crate::store::tests::{Branch, day as moment};

fn today() -> NaiveDate {
    instant::business_date(moment(0))
}

fn add() -> Command {
    Command::Todo(TodoCommand::Add {
        customer: CustomerId::from("C1"),
        visit: None,
        item: None,
        kind: TodoKind::Agreed,
        text: "每月报送库存表".to_owned(),
        owner: UserId::from("zhang"),
        promised_by: Promiser::Customer,
        due_on: today() + Days::new(7),
    })
}

fn noted(branch: &mut Branch) -> TodoId {
    assert_eq!(branch.run("zhang", add()), Ok(Outcome::Plain));
    TodoId(branch.text("SELECT max(todo_id) FROM todos"))
}

fn set(todo: &TodoId, seen: Revision, text: &str) -> Command {
    Command::Todo(TodoCommand::Set {
        todo: todo.clone(),
        seen,
        text: text.to_owned(),
        owner: UserId::from("risk"),
        due_on: today() + Days::new(9),
    })
}

fn end(todo: &TodoId, seen: Revision, done: bool, note: &str) -> Command {
    Command::Todo(TodoCommand::End { todo: todo.clone(), seen, done, note: note.to_owned() })
}

fn shown(branch: &Branch) -> String {
    branch.text("SELECT group_concat(state || ':' || text || ':' || owner || ':' || coalesce(proof, reason, ''), '|') FROM todos")
}

#[test]
fn one_is_noted_changed_and_done_and_the_journal_knows() {
    let mut branch = Branch::new();
    let todo = noted(&mut branch);
    assert_eq!(todo.as_str(), "T-C1-20261123");
    branch.run("wang", set(&todo, 1, "每季报送库存表")).unwrap();
    branch.run("zhang", end(&todo, 2, true, "已收 11 月库存表")).unwrap();
    assert_eq!(shown(&branch), "done:每季报送库存表:risk:已收 11 月库存表");
    assert_eq!(branch.text("SELECT done_on FROM todos"), "2026-11-23");
    let rows = branch.text("SELECT group_concat(command || ':' || subject || (before IS NULL), ' ') FROM journal WHERE command LIKE '%todo'");
    assert_eq!(rows, "add_todo:T-C1-202611231 set_todo:T-C1-202611230 end_todo:T-C1-202611230");
    // What has ended stays as it is.
    let why = branch.run("zhang", end(&todo, 3, false, "又")).unwrap_err();
    assert_eq!(why, Refusal::WrongState { state: "done".to_owned() });
    branch.store.check().unwrap();
}

#[test]
fn who_may_and_what_is_refused() {
    let change = |change: fn(&mut Command)| {
        let mut command = add();
        change(&mut command);
        command
    };
    let invalid = |field, why| Err(Refusal::Invalid { field, why });
    let cases: Vec<(&str, Command, Result<(), Refusal>)> = vec![
        ("zhang", add(), Ok(())),
        ("wang", add(), Ok(())),
        ("risk", add(), Ok(())),
        ("audit", add(), Err(Refusal::NotAllowed)),
        ("admin", add(), Err(Refusal::NotAllowed)),
        ("li", add(), Err(Refusal::NotFound)),
        ("far", add(), Err(Refusal::NotFound)),
        (
            "zhang",
            change(|c| {
                if let Command::Todo(TodoCommand::Add { text, .. }) = c {
                    text.clear();
                }
            }),
            invalid("text", "missing"),
        ),
        (
            "zhang",
            change(|c| {
                if let Command::Todo(TodoCommand::Add { owner, .. }) = c {
                    *owner = UserId::from("nobody");
                }
            }),
            invalid("owner", "unknown_user"),
        ),
        (
            "zhang",
            change(|c| {
                if let Command::Todo(TodoCommand::Add { owner, .. }) = c {
                    *owner = UserId::from("li");
                }
            }),
            invalid("owner", "sees_not"),
        ),
        (
            "zhang",
            change(|c| {
                if let Command::Todo(TodoCommand::Add { due_on, .. }) = c {
                    *due_on = today() - Days::new(1);
                }
            }),
            invalid("due_on", "past"),
        ),
        (
            "zhang",
            change(|c| {
                if let Command::Todo(TodoCommand::Add { kind, .. }) = c {
                    *kind = TodoKind::Document;
                }
            }),
            invalid("kind", "malformed"),
        ),
        (
            "zhang",
            change(|c| {
                if let Command::Todo(TodoCommand::Add { visit, .. }) = c {
                    *visit = Some(VisitId::from("V-of-somebody"));
                }
            }),
            Err(Refusal::NotFound),
        ),
    ];
    for (who, command, wanted) in cases {
        let mut branch = Branch::new();
        let got = branch.run(who, command.clone()).map(|_| ());
        assert_eq!(got, wanted, "{who} {command:?}");
        let there = branch.text("SELECT count(*) FROM todos");
        assert_eq!(there, if wanted.is_ok() { "1" } else { "0" });
    }
    // An end needs its proof or its reason; somebody else's is not there.
    let mut branch = Branch::new();
    let todo = noted(&mut branch);
    assert_eq!(
        branch.run("zhang", end(&todo, 1, true, " ")).map(|_| ()),
        invalid("proof", "missing")
    );
    assert_eq!(
        branch.run("zhang", end(&todo, 1, false, "")).map(|_| ()),
        invalid("reason", "missing")
    );
    assert_eq!(branch.run("li", end(&todo, 1, true, "x")), Err(Refusal::NotFound));
}

#[test]
fn a_stale_change_shows_both_values() {
    let mut branch = Branch::new();
    let todo = noted(&mut branch);
    branch.run("wang", set(&todo, 1, "甲")).unwrap();
    let Err(Refusal::Conflict { now, fields }) = branch.run("zhang", set(&todo, 1, "乙")) else {
        panic!("no conflict");
    };
    let seen: Vec<_> = fields
        .iter()
        .map(|f| (f.field.as_str(), f.mine.as_str(), f.theirs.as_str(), f.by.as_str()))
        .collect();
    assert_eq!((now, seen), (2, vec![("text", "乙", "甲", "wang")]));
    branch.run("wang", end(&todo, 2, true, "收到")).unwrap();
    let why = branch.run("zhang", end(&todo, 2, false, "客户不愿")).unwrap_err();
    assert!(matches!(why, Refusal::Conflict { now: 3, .. }), "{why:?}");
}

#[test]
fn each_change_is_taken_back_in_turn() {
    let mut branch = Branch::new();
    let todo = noted(&mut branch);
    branch.run("zhang", set(&todo, 1, "改过")).unwrap();
    branch.run("zhang", end(&todo, 2, true, "已收")).unwrap();
    let steps =
        ["open:改过:risk:", "open:每月报送库存表:zhang:", "dropped:每月报送库存表:zhang:undone"];
    for wanted in steps {
        branch.run("zhang", Command::Undo).unwrap();
        assert_eq!(shown(&branch), wanted);
    }
    assert_eq!(branch.run("zhang", Command::Undo), Err(Refusal::NothingToUndo));
    // What somebody changed since is not taken back.
    let again = noted(&mut branch);
    branch.run("wang", set(&again, 1, "主管改")).unwrap();
    let why = branch.run("zhang", Command::Undo).unwrap_err();
    assert!(matches!(why, Refusal::Conflict { .. }), "{why:?}");
    branch.store.verify_journal(&[]).unwrap();
}

#[test]
fn the_same_operation_notes_it_once() {
    let mut branch = Branch::new();
    let op = crate::domain::ids::OpId::from("once");
    let actor = crate::store::tests::actor("zhang");
    for _ in 0..2 {
        branch.store.apply(&actor, moment(0), &op, &add()).unwrap();
    }
    assert_eq!(branch.text("SELECT count(*) FROM todos"), "1");
}

#[test]
fn what_is_late_is_told_to_officer_owner_and_supervisors_once() {
    let mut branch = Branch::new();
    let todo = noted(&mut branch);
    branch.run("zhang", set(&todo, 1, "报表")).unwrap();
    let told = |branch: &Branch| {
        branch.text(
            "SELECT group_concat(to_user, ' ') FROM (SELECT to_user FROM notices
             WHERE kind = 'todo_overdue' ORDER BY to_user)",
        )
    };
    branch.store.run_jobs(moment(5), "s");
    branch.store.run_jobs(moment(9), "s");
    assert_eq!(told(&branch), "", "due that day");
    branch.store.run_jobs(moment(10), "s");
    branch.store.run_jobs(moment(11), "s");
    assert_eq!(told(&branch), "risk wang zhang zhao");
}
