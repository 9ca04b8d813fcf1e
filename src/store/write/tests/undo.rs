//! What is taken back, and what is not.

use super::*;
use crate::domain::todo::{Promiser, TodoKind};
use crate::protocol::command::{FlagWord, TodoCommand};

#[test]
fn undo_goes_back_step_by_step() {
    let mut branch = Branch::new();
    let visit = started(&mut branch);
    let value = |branch: &Branch| branch.text("SELECT value FROM answers WHERE item = 'note'");
    branch.run("zhang", answer(&visit, "note", "电话13800138000", 0)).unwrap();
    let seen: i64 = branch.text("SELECT revision FROM answers").parse().unwrap();
    branch.run("zhang", answer(&visit, "note", "乙", seen)).unwrap();
    let id = raised(&mut branch, Level::Yellow, false);
    branch.run("zhang", go(&id, 1, FlagStep::Acting, "")).unwrap();
    let undo = |branch: &mut Branch| branch.run("zhang", Command::Undo);
    undo(&mut branch).unwrap();
    assert_eq!(branch.text("SELECT step FROM flag_care"), "open");
    undo(&mut branch).unwrap();
    assert_eq!(branch.text("SELECT state FROM flags"), "rejected");
    // The journal masks the number; what comes back is the text itself.
    let undone = undo(&mut branch).unwrap();
    assert_eq!(undone, Outcome::Undone { command: "answer".to_owned() });
    assert_eq!(value(&branch), "t:电话13800138000");
    undo(&mut branch).unwrap();
    assert_eq!(branch.text("SELECT count(*) FROM answers"), "0");
    // Down to where the visit was begun, and no further.
    for _ in 0..2 {
        assert_eq!(undo(&mut branch), Err(Refusal::Stays { command: "start_visit" }));
    }
    assert_eq!(branch.run("li", Command::Undo), Err(Refusal::NothingToUndo));
    branch.store.verify_journal(&[]).unwrap();
}

#[test]
fn undo_never_reaches_over_somebody_elses_change() {
    let mut branch = Branch::new();
    let visit = shared(&mut branch);
    branch.run("zhang", answer(&visit, "other", "先", 0)).unwrap();
    branch.run("zhang", answer(&visit, "note", "甲", 0)).unwrap();
    let seen: i64 =
        branch.text("SELECT revision FROM answers WHERE item = 'note'").parse().unwrap();
    branch.run("wang", answer(&visit, "note", "乙", seen)).unwrap();
    let why = branch.run("zhang", Command::Undo).unwrap_err();
    assert!(matches!(why, Refusal::Conflict { .. }));
    assert_eq!(branch.run("zhang", Command::Undo), Err(why), "nothing older goes instead");
    assert_eq!(branch.text("SELECT value FROM answers WHERE item = 'other'"), "t:先");
}

#[test]
fn what_is_refused_is_refused_again_and_nothing_older_goes_instead() {
    // What happens to the record in between, how it is refused, and how it is hers and open again.
    let cases = [
        (
            "UPDATE records SET state = 'submitted'; UPDATE visits SET state = 'submitted'",
            Refusal::WrongState { state: "submitted".to_owned() },
            "UPDATE records SET state = 'draft'; UPDATE visits SET state = 'draft'",
        ),
        (
            "UPDATE customers SET officer = 'li'; UPDATE visits SET officer = 'li'",
            Refusal::NotFound,
            "UPDATE customers SET officer = 'zhang' WHERE customer_id = 'C1';
             UPDATE visits SET officer = 'zhang'",
        ),
    ];
    for (meanwhile, refused, again) in cases {
        let mut branch = Branch::new();
        let visit = started(&mut branch);
        let shown = |branch: &Branch| branch.text("SELECT group_concat(text || state) FROM todos");
        let undo = |branch: &mut Branch| branch.run("zhang", Command::Undo);
        branch.run("zhang", todo("报送库存表")).unwrap();
        branch.run("zhang", answer(&visit, "note", "甲", 0)).unwrap();
        branch.store.conn().execute_batch(meanwhile).unwrap();
        for _ in 0..2 {
            assert_eq!(undo(&mut branch), Err(refused.clone()));
        }
        assert_eq!(shown(&branch), "报送库存表open");
        // It stands only before what is older; and when it is hers and open again it goes.
        branch.store.conn().execute_batch(again).unwrap();
        branch.run("zhang", todo("补交报表")).unwrap();
        undo(&mut branch).unwrap();
        branch.store.conn().execute_batch(meanwhile).unwrap();
        assert_eq!(undo(&mut branch), Err(refused));
        branch.store.conn().execute_batch(again).unwrap();
        for command in ["answer", "add_todo"] {
            let undone = Outcome::Undone { command: command.to_owned() };
            assert_eq!(undo(&mut branch), Ok(undone));
        }
        assert_eq!(shown(&branch), "报送库存表dropped,补交报表dropped");
        branch.store.verify_journal(&[]).unwrap();
    }
}

#[test]
fn undo_of_visit_and_comment() {
    let mut branch = Branch::new();
    let visit = started(&mut branch);
    let before = branch.text(
        "SELECT visited_on || class || channel || facts FROM visits JOIN records USING (visit_id)",
    );
    let set = Command::SetVisit {
        visit: visit.clone(),
        visited_on: today() - Days::new(1),
        class: VisitClass::Offsite,
        channel: "电话".to_owned(),
        purposes: vec![Purpose {
            code: crate::domain::duty::DutyCode::Directed,
            reference: Some("T1".to_owned()),
        }],
        seen: 1,
    };
    branch.run("zhang", set).unwrap();
    assert_eq!(branch.text("SELECT purposes FROM visits"), "directed:T1");
    let comment =
        Command::Comment { visit: visit.clone(), item: None, text: "请补充".to_owned() };
    branch.run("zhang", comment).unwrap();
    branch.run("zhang", Command::Undo).unwrap();
    assert_eq!(branch.text("SELECT count(*) FROM comments"), "0");
    branch.run("zhang", Command::Undo).unwrap();
    let after = branch.text(
        "SELECT visited_on || class || channel || facts FROM visits JOIN records USING (visit_id)",
    );
    assert_eq!(before, after);
}

#[test]
fn undo_stops_at_what_stays_and_takes_back_nothing_older() {
    let mut branch = Branch::new();
    let stays = |command| Err(Refusal::Stays { command });
    let undo = |branch: &mut Branch| branch.run("wang", Command::Undo);
    let shown = |branch: &Branch| branch.text("SELECT group_concat(text || state) FROM todos");
    branch.run("wang", todo("报送库存表")).unwrap();
    let id = raised(&mut branch, Level::Red, true);
    let word = FlagWord { flag: id, asks: None, words: "已电话核实".to_owned() };
    branch.run("wang", Command::DiscussFlag(word)).unwrap();
    for _ in 0..2 {
        assert_eq!(undo(&mut branch), stays("discuss_flag"));
    }
    // What only tells that somebody looked does not stand in the way of what came later.
    branch.run("wang", todo("补交报表")).unwrap();
    let copied = Command::NoteCopy { customer: Some("C1".into()), what: "C1".to_owned() };
    branch.run("wang", copied).unwrap();
    assert_eq!(undo(&mut branch), Ok(Outcome::Undone { command: "add_todo".to_owned() }));
    assert_eq!(undo(&mut branch), stays("discuss_flag"));
    assert_eq!(shown(&branch), "报送库存表open,补交报表dropped");
    // Another's trail is her own.
    assert_eq!(branch.run("zhang", Command::Undo), stays("propose_flag"));
}

fn todo(text: &str) -> Command {
    Command::Todo(TodoCommand::Add {
        customer: "C1".into(),
        kind: TodoKind::Agreed,
        text: text.to_owned(),
        owner: UserId::from("zhang"),
        promised_by: Promiser::Bank,
        due_on: "2026-12-01".parse().unwrap(),
        visit: None,
        item: None,
    })
}

#[test]
fn what_weighs_is_refused_until_it_was_asked_also_behind_a_lighter_one() {
    let mut branch = Branch::new();
    let id = raised(&mut branch, Level::Yellow, true);
    let reject = Command::DecideFlag {
        flag: id,
        seen: 1,
        confirm: false,
        owner: None,
        measure: String::new(),
        due_on: None,
        reason: "现场已核实".to_owned(),
    };
    branch.run("wang", reject).unwrap();
    branch.run("wang", todo("报送库存表")).unwrap();
    let light = |branch: &mut Branch| branch.run("wang", Command::UndoLight);
    assert_eq!(light(&mut branch), Ok(Outcome::Undone { command: "add_todo".to_owned() }));
    let ask = Err(Refusal::AskFirst { command: "reject_flag" });
    assert_eq!((light(&mut branch), light(&mut branch)), (ask.clone(), ask));
    assert_eq!(branch.text("SELECT state FROM flags"), "rejected");
    branch.run("wang", Command::Undo).unwrap();
    assert_eq!(branch.text("SELECT state FROM flags"), "proposed");
}
