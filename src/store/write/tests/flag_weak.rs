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

#[test]
fn a_confirmed_grave_flag_made_milder_is_told_and_listed() {
    let mut branch = Branch::new();
    let id = raised(&mut branch, Level::Orange, false);
    let why = Refusal::Invalid { field: "note", why: "says_little" };
    let little = match update(&id, 1, Level::Yellow) {
        Command::UpdateFlag { flag, seen, level, owner, measure, due_on, .. } => {
            let note = "x".to_owned();
            Command::UpdateFlag { flag, seen, level, owner, measure, due_on, note }
        }
        other => panic!("{other:?}"),
    };
    assert_eq!(branch.run("wang", little), Err(why));
    branch.run("wang", update(&id, 1, Level::Yellow)).unwrap();
    assert_eq!(told(&branch, "flag_lowered"), "zhao", "the other supervisor");
    assert_eq!(weakened(&branch, "zhao"), [id.as_str()]);
    let kept = branch.text("SELECT proposed_level || lowered_why FROM flag_care");
    assert_eq!(kept, "orange标的仅三千元");
    // What was milder before, and became graver, counts from the gravest that it was.
    branch.run("zhang", update(&id, 2, Level::Red)).unwrap();
    assert!(weakened(&branch, "zhao").is_empty());
    let seen = proved(&mut branch, &id, 3);
    branch.run("zhao", update(&id, seen, Level::Orange)).unwrap();
    assert_eq!(branch.text("SELECT proposed_level FROM flag_care"), "red");
    assert_eq!(
        (told(&branch, "flag_lowered").as_str(), weakened(&branch, "wang").len()),
        ("wang zhao", 1)
    );
}

/// A red flag on whose measure `wang` has decided, with the revision that it has then.
fn decided(branch: &mut Branch) -> (FlagId, Revision) {
    let id = raised(branch, Level::Red, false);
    branch.run("wang", go(&id, 1, FlagStep::Acknowledged, "")).unwrap();
    branch.run("wang", go(&id, 2, FlagStep::MeasureDecided, "")).unwrap();
    branch.run("zhang", go(&id, 3, FlagStep::Acting, "")).unwrap();
    (id, 4)
}

fn replaced(id: &FlagId, seen: Revision, measure: &str, days: u64, note: &str) -> Command {
    Command::UpdateFlag {
        flag: id.clone(),
        seen,
        level: Level::Red,
        owner: UserId::from("zhang"),
        measure: measure.to_owned(),
        due_on: today() + Days::new(days),
        note: note.to_owned(),
    }
}

#[test]
fn what_a_superior_decided_goes_back_to_her_when_the_officer_replaces_it() {
    let mut branch = Branch::new();
    let (id, seen) = decided(&mut branch);
    for (measure, days) in [("再等等看", 7), ("续查", 8)] {
        let missing = Err(Refusal::Invalid { field: "note", why: "missing" });
        assert_eq!(branch.run("zhang", replaced(&id, seen, measure, days, "")), missing);
    }
    // Sooner, or handed on as it is, is no weaker.
    branch.run("zhang", replaced(&id, seen, "续查", 6, "")).unwrap();
    assert_eq!(branch.text("SELECT step FROM flag_care"), "acting");
    branch.run("zhang", replaced(&id, seen + 1, "再等等看", 9, "客户请求宽限")).unwrap();
    assert_eq!(branch.text("SELECT step FROM flag_care"), "acknowledged");
    assert!(branch.text("SELECT step_due FROM flag_care").as_str() > "2026-11-23T01");
    assert_eq!(told(&branch, "flag_replanned"), "wang zhao");
    let Page::Inbox(page) = branch.store.query(&actor("wang"), day(0), &Query::Inbox).unwrap()
    else {
        panic!()
    };
    let row = page.rows.iter().find(|row| row.kind == "flag_replanned").unwrap();
    assert_eq!((row.note.as_deref(), row.stands), (Some("客户请求宽限"), true));
    let history = "SELECT group_concat(what || ':' || note, '|') FROM (SELECT * FROM flag_history \
        WHERE what LIKE '%_changed' ORDER BY n)";
    assert_eq!(
        branch.text(history),
        "due_changed:2026-11-30 → 2026-11-29|measure_changed:续查 → 再等等看|due_changed:2026-11-29 → 2026-12-02"
    );
    assert_eq!(
        branch.run("zhang", go(&id, seen + 2, FlagStep::MeasureDecided, "")),
        Err(Refusal::NotAllowed)
    );
    branch.run("wang", go(&id, seen + 2, FlagStep::MeasureDecided, "")).unwrap();
}

#[test]
fn a_superior_replaces_what_was_decided_and_both_stand_in_the_history() {
    let mut branch = Branch::new();
    let (id, seen) = decided(&mut branch);
    branch.run("zhao", replaced(&id, seen, "提前收回", 9, "")).unwrap();
    assert_eq!(branch.text("SELECT step FROM flag_care"), "acting");
    assert_eq!(told(&branch, "flag_replanned"), "");
    let old = "SELECT note FROM flag_history WHERE what = 'measure_changed'";
    assert_eq!(branch.text(old), "续查 → 提前收回");
}

#[test]
fn a_proposal_waits_to_be_decided_whatever_is_planned_in_it() {
    let mut branch = Branch::new();
    let id = at_night(&mut branch, "EXT-01", Level::Orange);
    let mut plan = update(&id, 1, Level::Orange);
    if let Command::UpdateFlag { due_on, .. } = &mut plan {
        *due_on = today() + Days::new(20);
    }
    branch.run("zhang", plan).unwrap();
    let window = Window { offset: 0, limit: 50 };
    let query = Query::Flags { scope: FlagScope::Live, window };
    let Page::Flags(page) = branch.store.query(&actor("zhang"), day(0), &query).unwrap() else {
        panic!()
    };
    assert!(page.rows[0].rots, "{:?}", page.rows[0]);
}

#[test]
fn an_owner_sees_the_customer_and_handles_flags() {
    let mut branch = Branch::new();
    let id = raised(&mut branch, Level::Yellow, false);
    let to = |owner: &str, seen| {
        let mut command = update(&id, seen, Level::Yellow);
        if let Command::UpdateFlag { owner: new, .. } = &mut command {
            *new = UserId::from(owner);
        }
        command
    };
    let refused = |why| Err(Refusal::Invalid { field: "owner", why });
    for (owner, why) in [
        ("admin", "sees_not"),
        ("audit", "sees_not"),
        ("far", "sees_not"),
        ("out", "sees_not"),
        ("li", "sees_not"),
        ("nobody", "unknown_user"),
    ] {
        assert_eq!(branch.run("zhang", to(owner, 1)), refused(why), "{owner}");
    }
    // By name as well, where one person alone has it.
    branch.run("zhang", to("赵敏", 1)).unwrap();
    assert_eq!(branch.text("SELECT owner FROM flags"), "zhao");
    let twin =
        "INSERT INTO users (user, name, role, branch) VALUES ('wang2', '王芳', 'risk', 'B1')";
    branch.store.conn().execute_batch(twin).unwrap();
    assert_eq!(branch.run("zhang", to("王芳", 2)), refused("several_users"));
    // One that is there may stay while something else is changed.
    branch.store.conn().execute_batch("UPDATE flags SET owner = 'li'").unwrap();
    branch.run("zhang", to("li", 2)).unwrap();
}
