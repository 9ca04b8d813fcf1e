//! What is written about flags, what their end leaves to do, and its way back.

use super::*;
use crate::domain::flag::Leftover;
use crate::protocol::command::{FileSource, ProofCommand};

fn invalid<T>(field: &'static str, why: &'static str) -> Result<T, Refusal> {
    Err(Refusal::Invalid { field, why })
}

/// A flag of C1 raised by hand.
fn by_hand(signal: &str, level: Level, measure: &str, why: &str) -> Command {
    Command::RaiseFlag {
        lowered: Some(Box::new(Lowered { from: level, why: why.to_owned() })),
        customer: CustomerId::from("C1"),
        visit: None,
        item: None,
        signal: signal.to_owned(),
        level,
        proposed: false,
        owner: Some(UserId::from("zhang")),
        measure: measure.to_owned(),
        due_on: Some(today() + Days::new(7)),
        note: String::new(),
    }
}

#[test]
fn a_flag_raised_by_hand_is_as_grave_as_the_library_has_it() {
    let mut branch = Branch::new();
    let cases = [
        (by_hand("EXT-05", Level::Yellow, "续查", ""), "lowered_why", "missing"),
        (by_hand("EXT-05", Level::Orange, "续查", "轻"), "lowered_why", "says_little"),
        (by_hand("EXT-05", Level::Red, "M01", ""), "measure", "other_level"),
        (by_hand("EXT-05", Level::Red, "M05、M01", ""), "measure", "other_level"),
        (by_hand("EXT-05", Level::Red, "M99", ""), "measure", "no_such_measure"),
        (by_hand("EXT-05", Level::Red, "M05、M99", ""), "measure", "no_such_measure"),
        (by_hand("ZZZ-99", Level::Red, "M05", ""), "signal", "no_such_signal"),
        (by_hand("FIN-99", Level::Red, "M05", ""), "signal", "no_such_signal"),
    ];
    for (command, field, why) in cases {
        assert_eq!(branch.run("zhang", command.clone()), invalid(field, why), "{command:?}");
    }
    branch.run("zhang", by_hand("EXT-05", Level::Orange, "M05", "标的仅三千元")).unwrap();
    assert_eq!(
        branch.text("SELECT proposed_level || lowered_why FROM flag_care"),
        "red标的仅三千元"
    );
    // One's own words have no level in the library.
    branch.run("zhang", by_hand("老板失联", Level::Yellow, "续查", "")).unwrap();
    // A red one has those near her looked at, with the level of the library alone.
    branch
        .store
        .conn()
        .execute_batch(
            "UPDATE customers SET group_id = 'K' WHERE customer_id IN ('C1', 'C2');
             INSERT INTO loans (loan_id, customer_id, amount, disbursed_on, status)
                VALUES ('L2', 'C2', 1, '2026-01-01', 'active')",
        )
        .unwrap();
    branch.run("zhang", by_hand("MGT-04", Level::Red, "M05", "")).unwrap();
    assert_eq!(branch.text("SELECT count(*) FROM look_ats"), "1");
    branch.store.verify_journal(&[]).unwrap();
}

#[test]
fn steps_of_each_measure_are_planned() {
    for measure in [
        "M02、M05",
        "M02 M05",
        "M02,M05",
        "M02 约谈实际控制人，限期整改、M05 停止提款，冻结未用额度",
    ] {
        let mut branch = Branch::new();
        let raised = branch.run("zhang", by_hand("MGT-01", Level::Orange, measure, "")).unwrap();
        let Outcome::FlagRaised(id) = raised else { panic!("{raised:?}") };
        branch.run("wang", go(&id, 1, FlagStep::Acknowledged, "")).unwrap();
        branch.run("wang", go(&id, 2, FlagStep::MeasureDecided, "")).unwrap();
        let steps = branch.text("SELECT group_concat(text, ' ') FROM (SELECT text FROM todos JOIN flag_todos USING (todo_id) ORDER BY due_on DESC)");
        assert_eq!(steps, "约谈并形成书面记录 在核心系统设置额度控制", "{measure}");
    }
}

/// An orange flag of a signal of the library with a measure whose step is on the list, at
/// verification; with its revision.
fn acted_on(branch: &mut Branch) -> (FlagId, i64) {
    let raised = branch.run("zhang", by_hand("MGT-01", Level::Orange, "M02", "")).unwrap();
    let Outcome::FlagRaised(id) = raised else { panic!("{raised:?}") };
    let path =
        [FlagStep::Acknowledged, FlagStep::MeasureDecided, FlagStep::Acting, FlagStep::Verify];
    for (seen, step) in (1..).zip(path) {
        branch.run("wang", go(&id, seen, step, "")).unwrap();
    }
    (id, 5)
}

fn end(flag: &FlagId, seen: i64, words: &str, left: Option<Leftover>) -> Command {
    let (flag, note, measure) = (flag.clone(), words.to_owned(), String::new());
    Command::MoveFlag { flag, seen, step: FlagStep::Cleared, note, measure, left }
}

const LISTED: &str = "SELECT group_concat(state || coalesce(reason, '')) FROM todos";
const STATE: &str =
    "SELECT state || step || coalesce(held_at_end, '-') FROM flags JOIN flag_care USING (flag_id)";

#[test]
fn whoever_ends_a_flag_says_what_becomes_of_its_todos_and_can_take_it_back() {
    let mut branch = Branch::new();
    let (flag, seen) = acted_on(&mut branch);
    let proof = "约谈记录已归档";
    assert_eq!(
        branch.run("wang", end(&flag, seen, "x", None)),
        invalid("flag_proof", "says_little"),
        "one letter"
    );
    assert_eq!(branch.run("wang", end(&flag, seen, proof, None)), invalid("left", "missing"));
    branch.run("wang", end(&flag, seen, proof, Some(Leftover::Stay))).unwrap();
    assert_eq!(branch.text(LISTED), "open");
    branch.run("wang", Command::Undo).unwrap();
    assert_eq!(
        (branch.text(STATE), branch.text(LISTED)),
        ("confirmedverify-".into(), "open".into())
    );
    branch.run("wang", end(&flag, seen + 2, proof, Some(Leftover::Drop))).unwrap();
    assert_eq!(branch.text(LISTED), "droppedflag_ended");
    assert_eq!(branch.text(STATE), "closedcleared0");
    branch.run("wang", Command::Undo).unwrap();
    assert_eq!(
        (branch.text(STATE), branch.text(LISTED)),
        ("confirmedverify-".into(), "open".into())
    );
    assert_eq!(branch.text("SELECT count(*) FROM flag_end_inputs"), "0");
    // A to-do that was done stays done.
    branch
        .store
        .conn()
        .execute_batch("UPDATE todos SET state = 'done', done_on = '2026-11-23'")
        .unwrap();
    branch.run("wang", end(&flag, seen + 4, proof, None)).unwrap();
    branch.run("wang", Command::Undo).unwrap();
    assert_eq!(branch.text(LISTED), "done");
    branch.store.verify_journal(&[]).unwrap();
}

#[test]
fn what_stays_is_said_and_never_as_a_conflict_with_oneself() {
    let mut branch = Branch::new();
    let raised = branch.run("zhang", by_hand("MGT-01", Level::Orange, "M02", "")).unwrap();
    let Outcome::FlagRaised(id) = raised else { panic!("{raised:?}") };
    branch.run("wang", go(&id, 1, FlagStep::Acknowledged, "")).unwrap();
    branch.run("wang", go(&id, 2, FlagStep::MeasureDecided, "")).unwrap();
    let stays = Err(Refusal::Stays { command: "decide_measure" });
    assert_eq!(branch.run("wang", Command::Undo), stays);
    assert_eq!(branch.run("wang", Command::Undo), stays, "a second try reaches no further");
    // Ended, and the same signal raised anew meanwhile: it does not come back beside it.
    branch.run("wang", go(&id, 3, FlagStep::Acting, "")).unwrap();
    branch.run("wang", go(&id, 4, FlagStep::Verify, "")).unwrap();
    branch.run("wang", end(&id, 5, "约谈记录已归档", Some(Leftover::Stay))).unwrap();
    branch.run("zhang", by_hand("MGT-01", Level::Orange, "M02", "")).unwrap();
    let acted_on = Err(Refusal::WrongState { state: "acted_on".to_owned() });
    assert_eq!(branch.run("wang", Command::Undo), acted_on);
}

#[test]
fn handing_over_is_taken_back_like_clearing() {
    let mut branch = Branch::new();
    let (flag, seen) = acted_on(&mut branch);
    let folder = branch.store.drop_dir().join("wang");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("移交单.txt"), "已移交").unwrap();
    let source = FileSource::Dropped("移交单.txt".to_owned());
    branch.run("wang", Command::Proof(ProofCommand::Add { flag: flag.clone(), source })).unwrap();
    let over = Command::MoveFlag {
        flag,
        seen: seen + 1,
        step: FlagStep::Transferred,
        note: "移交单已签收".to_owned(),
        measure: String::new(),
        left: Some(Leftover::Stay),
    };
    branch.run("wang", over).unwrap();
    assert_eq!(
        branch.text("SELECT state || step FROM flags JOIN flag_care USING (flag_id)"),
        "closedtransferred"
    );
    branch.run("wang", Command::Undo).unwrap();
    assert_eq!(branch.text(STATE), "confirmedverify-");
    assert_eq!(branch.text("SELECT count(*) FROM proofs"), "1");
}

#[test]
fn a_reason_of_one_letter_rejects_nothing() {
    let mut branch = Branch::new();
    let id = raised(&mut branch, Level::Orange, true);
    let reject = |reason: &str| Command::DecideFlag {
        flag: id.clone(),
        seen: 1,
        confirm: false,
        owner: None,
        measure: String::new(),
        due_on: None,
        reason: reason.to_owned(),
    };
    for short in ["x", "误报", "a b c"] {
        assert_eq!(branch.run("zhang", reject(short)), invalid("reason", "says_little"), "{short}");
    }
    branch.run("zhang", reject("现场未见异常")).unwrap();
}

#[test]
fn an_imported_flag_comes_back_at_the_step_that_its_measure_tells() {
    let mut branch = Branch::new();
    branch
        .store
        .conn()
        .execute_batch(
            "INSERT INTO flags (flag_id, customer_id, signal, level, state, raised_on, confirmed_on,
                owner, measure, due_on)
             VALUES ('F1', 'C1', 'ACC-01', 'yellow', 'confirmed', '2026-11-01', '2026-11-01', 'zhang',
                '启动催收', '2026-12-20')",
        )
        .unwrap();
    let over = Command::MoveFlag {
        flag: FlagId::from("F1"),
        seen: 1,
        step: FlagStep::Transferred,
        note: "移交单已签收".to_owned(),
        measure: String::new(),
        left: None,
    };
    branch.run("wang", over).unwrap();
    branch.run("wang", Command::Undo).unwrap();
    assert_eq!(
        branch.text("SELECT state || step FROM flags JOIN flag_care USING (flag_id)"),
        "confirmedmeasure_decided"
    );
}
