//! Orange and red proposals of rules that somebody rejects or makes milder, and who is told of what
//! becomes graver.

use super::*;
use crate::protocol::command::FlagAgain;
use crate::protocol::page::Page;
use crate::protocol::query::{FlagScope, Query, Window};

/// What a rule proposed at night for C1, who is zhang's.
fn at_night(branch: &mut Branch, id: &str, level: Level) -> FlagId {
    let (level, due) = (level.as_code(), "2026-11-23T05:00:00.000Z");
    let sql = format!(
        "INSERT INTO flags (flag_id, customer_id, signal, level, state, raised_on, origin)
         VALUES ('{id}', 'C1', '{id}', '{level}', 'proposed', '2026-11-20', 'here');
         INSERT INTO flag_care (flag_id, step, raised_by, rule, rule_stamp, step_due)
         VALUES ('{id}', 'open', 'huifang', '{id}', '{id}', '{due}');
         INSERT INTO flag_history VALUES ('{id}', 1, '{due}', 'huifang', 'proposed', '')"
    );
    branch.store.conn().execute_batch(&sql).unwrap();
    FlagId::from(id)
}

fn update(id: &FlagId, seen: Revision, level: Level) -> Command {
    Command::UpdateFlag {
        flag: id.clone(),
        seen,
        level,
        owner: UserId::from("zhang"),
        measure: "查".to_owned(),
        due_on: today() + Days::new(5),
        note: "标的仅三千元".to_owned(),
    }
}

fn decide(id: &FlagId, seen: Revision, confirm: bool) -> Command {
    Command::DecideFlag {
        flag: id.clone(),
        seen,
        confirm,
        owner: confirm.then(|| UserId::from("zhang")),
        measure: if confirm { "查".to_owned() } else { String::new() },
        due_on: confirm.then(|| today() + Days::new(5)),
        reason: "现场未见异常".to_owned(),
    }
}

fn again(id: &FlagId, seen: Revision) -> Command {
    let reason = "流水与现场不符".to_owned();
    Command::ReopenFlag(FlagAgain { flag: id.clone(), seen, reason })
}

/// Flags that a person finds under "rejected or milder", with what was said.
fn weakened(branch: &Branch, who: &str) -> Vec<String> {
    let window = Window { offset: 0, limit: 50 };
    let query = Query::Flags { scope: FlagScope::Weakened, window };
    match branch.store.query(&actor(who), day(0), &query).unwrap() {
        Page::Flags(page) => page.rows.iter().map(|row| row.flag.to_string()).collect(),
        other => panic!("{other:?}"),
    }
}

fn told(branch: &Branch, kind: &str) -> String {
    branch.text(&format!(
        "SELECT group_concat(to_user, ' ') FROM
            (SELECT to_user FROM notices WHERE kind = '{kind}' ORDER BY to_user, notice_id)"
    ))
}

#[test]
fn who_looks_after_the_customer_makes_no_grave_proposal_milder() {
    let mut branch = Branch::new();
    let id = at_night(&mut branch, "EXT-05", Level::Red);
    for level in [Level::Orange, Level::Yellow] {
        assert_eq!(branch.run("zhang", update(&id, 1, level)), Err(Refusal::OwnRecord));
    }
    branch.run("wang", update(&id, 1, Level::Yellow)).unwrap();
    assert_eq!(told(&branch, "flag_lowered"), "zhao", "the other supervisor");
    assert_eq!(weakened(&branch, "zhao"), ["EXT-05"]);
    assert_eq!(weakened(&branch, "far"), [""; 0]);
    // A mild one is hers to judge.
    let mild = at_night(&mut branch, "ACC-01", Level::Yellow);
    branch.run("zhang", decide(&mild, 1, false)).unwrap();
    assert_eq!(
        (told(&branch, "flag_rejected"), weakened(&branch, "wang").len()),
        (String::new(), 1)
    );
}

#[test]
fn the_rejection_of_a_grave_proposal_is_told_and_can_be_taken_back() {
    let mut branch = Branch::new();
    let id = at_night(&mut branch, "EXT-05", Level::Red);
    branch.run("zhang", decide(&id, 1, false)).unwrap();
    assert_eq!(told(&branch, "flag_rejected"), "wang zhao");
    let inbox = |branch: &Branch, who: &str| {
        let Page::Inbox(page) = branch.store.query(&actor(who), day(0), &Query::Inbox).unwrap()
        else {
            panic!()
        };
        let rows = page.rows.iter().filter(|row| row.flag.as_ref() == Some(&id));
        rows.map(|row| (row.kind.clone(), row.note.clone(), row.stands)).collect::<Vec<_>>()
    };
    let why = Some("现场未见异常".to_owned());
    assert_eq!(inbox(&branch, "wang"), [("flag_rejected".to_owned(), why, true)]);
    assert_eq!(weakened(&branch, "wang"), ["EXT-05"]);
    assert_eq!(branch.run("zhang", again(&id, 2)), Err(Refusal::NotAllowed));
    assert!(matches!(branch.run("wang", again(&id, 1)), Err(Refusal::Conflict { .. })));
    branch.run("wang", again(&id, 2)).unwrap();
    assert_eq!(branch.text("SELECT state FROM flags"), "proposed");
    assert!(branch.text("SELECT step_due FROM flag_care").as_str() > "2026-11-23T01");
    assert!(!inbox(&branch, "wang")[0].2 && weakened(&branch, "wang").is_empty());
    let why = Some("流水与现场不符".to_owned());
    assert_eq!(inbox(&branch, "zhang"), [("flag_reopened".to_owned(), why, true)]);
    // Who was overruled confirms it, or leaves it to others.
    let overruled = Refusal::WrongState { state: "overruled".to_owned() };
    assert_eq!(branch.run("zhang", decide(&id, 3, false)), Err(overruled));
    branch.run("wang", decide(&id, 3, false)).unwrap();
    branch.run("wang", Command::Undo).unwrap();
    branch.run("zhang", decide(&id, 5, true)).unwrap();
    assert_eq!(branch.text("SELECT state || level FROM flags"), "confirmedred");
    branch.store.verify_journal(&[]).unwrap();
}

#[test]
fn a_signal_that_is_live_again_is_not_proposed_beside_itself() {
    let mut branch = Branch::new();
    let id = at_night(&mut branch, "EXT-05", Level::Red);
    branch.run("zhang", decide(&id, 1, false)).unwrap();
    let newer = "UPDATE flags SET signal = 'EXT-05' WHERE flag_id = 'ACC-03'";
    at_night(&mut branch, "ACC-03", Level::Red);
    branch.store.conn().execute_batch(newer).unwrap();
    let open = Err(Refusal::Invalid { field: "signal", why: "open_already" });
    assert_eq!(branch.run("wang", again(&id, 2)), open);
}

#[test]
fn each_rise_of_a_level_is_told_anew() {
    let mut branch = Branch::new();
    let id = raised(&mut branch, Level::Yellow, false);
    branch.run("zhang", update(&id, 1, Level::Orange)).unwrap();
    branch.run("zhang", update(&id, 2, Level::Red)).unwrap();
    for kind in ["flag_orange", "flag_red"] {
        assert_eq!(told(&branch, kind), "wang zhao", "{kind}");
    }
    // It falls, with another's proof, and rises again.
    let sql = "UPDATE flags SET level = 'yellow', revision = 4";
    branch.store.conn().execute_batch(sql).unwrap();
    branch.run("zhang", update(&id, 4, Level::Red)).unwrap();
    assert_eq!(told(&branch, "flag_red"), "wang wang zhao zhao");
}

#[test]
fn what_a_rule_proposes_orange_or_red_is_told_of_when_nobody_decides() {
    let all = "wang zhang zhao";
    for (level, wanted) in [(Level::Yellow, ""), (Level::Orange, all), (Level::Red, all)] {
        let mut branch = Branch::new();
        at_night(&mut branch, "EXT-05", level);
        let late = instant::read("2026-11-23T05:01:00.000Z").unwrap();
        branch.store.run_jobs(late, "s");
        assert_eq!(told(&branch, "flag_step_late"), wanted, "{level:?}");
    }
}
