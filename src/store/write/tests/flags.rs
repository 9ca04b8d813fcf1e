//! Flags: who ends one, what must be decided first.

use super::*;

#[test]
fn grave_flags_are_closed_by_somebody_else_with_proof() {
    for level in [Level::Yellow, Level::Orange, Level::Red] {
        let mut branch = Branch::new();
        let id = raised(&mut branch, level, false);
        let own = branch.run("zhang", go(&id, 1, FlagStep::Cleared, "已还清"));
        if level == Level::Yellow {
            own.unwrap();
        } else {
            assert_eq!(own, Err(Refusal::OwnRecord));
            assert_eq!(
                branch.run("wang", go(&id, 1, FlagStep::Cleared, " ")),
                Err(Refusal::Invalid { field: "note", why: "missing" })
            );
            branch.run("wang", go(&id, 1, FlagStep::Cleared, "见凭证")).unwrap();
            assert_eq!(branch.text("SELECT count(*) FROM notices WHERE kind LIKE 'flag_%'"), "2");
        }
        assert_eq!(branch.text("SELECT state || closed_on FROM flags"), "closed2026-11-23");
    }
}

#[test]
fn handing_a_grave_flag_on_does_not_open_the_way_out() {
    let mut branch = Branch::new();
    let id = match branch.run("wang", flag(Level::Orange, false)).unwrap() {
        Outcome::FlagRaised(id) => id,
        other => panic!("{other:?}"),
    };
    let update = |seen, level, owner: &str, note: &str| Command::UpdateFlag {
        flag: id.clone(),
        seen,
        level,
        owner: UserId::from(owner),
        measure: "续查".to_owned(),
        due_on: today() + Days::new(9),
        note: note.to_owned(),
    };
    // The owner gives it away: she still was its owner.
    branch.run("zhang", update(1, Level::Orange, "li", "")).unwrap();
    let closed = branch.run("zhang", go(&id, 2, FlagStep::Cleared, "证明"));
    assert_eq!(closed, Err(Refusal::OwnRecord));
    let lowered = branch.run("zhang", update(2, Level::Yellow, "li", "好转"));
    assert_eq!(lowered, Err(Refusal::OwnRecord));
    branch.run("zhao", update(2, Level::Red, "li", "恶化")).unwrap();
    let why = branch.run("zhao", update(2, Level::Orange, "li", "好转")).unwrap_err();
    assert!(matches!(why, Refusal::Conflict { now: 3, .. }), "{why:?}");
    branch.run("zhao", update(3, Level::Yellow, "li", "好转")).unwrap();
    assert_eq!(branch.text("SELECT count(*) FROM flag_history"), "4");
}

#[test]
fn proposals_must_be_decided_before_handing_in() {
    let mut branch = Branch::new();
    let visit = started(&mut branch);
    let Command::RaiseFlag { customer, signal, level, note, .. } = flag(Level::Red, true) else {
        panic!()
    };
    let propose = Command::RaiseFlag {
        customer,
        visit: Some(visit.clone()),
        item: Some("turnover".to_owned()),
        signal,
        level,
        proposed: true,
        owner: None,
        measure: String::new(),
        due_on: None,
        note,
    };
    let first = branch.run("zhang", propose.clone()).unwrap();
    assert_eq!(branch.run("zhang", propose).unwrap(), first);
    let Outcome::FlagRaised(id) = first else { panic!() };
    let why = branch.run("zhang", submit(&visit, 1)).unwrap_err();
    let gap = crate::domain::gap::Gap {
        item: "turnover".to_owned(),
        kind: crate::domain::gap::GapKind::OpenProposal,
    };
    // A red flag, even a proposed one, needs a second pair of eyes as well.
    let unsigned = crate::domain::gap::Gap {
        item: "co_inspector".to_owned(),
        kind: crate::domain::gap::GapKind::Unsigned,
    };
    assert_eq!(why, Refusal::Incomplete(vec![gap, unsigned]));
    let decide = |confirm, reason: &str| Command::DecideFlag {
        flag: id.clone(),
        seen: 1,
        confirm,
        owner: Some(UserId::from("nobody")),
        measure: "查".to_owned(),
        due_on: Some(today()),
        reason: reason.to_owned(),
    };
    let unknown = Refusal::Invalid { field: "owner", why: "unknown_user" };
    assert_eq!(branch.run("zhang", decide(true, "")), Err(unknown));
    let missing = Refusal::Invalid { field: "reason", why: "missing" };
    assert_eq!(branch.run("zhang", decide(false, "")), Err(missing));
    branch.run("zhang", decide(false, "误报")).unwrap();
    branch.run("zhang", submit(&visit, 1)).unwrap();
}

#[test]
fn four_eyes_on_flags_count_every_hand() {
    // Imported with an owner, handed on by the next import: both owned it.
    let mut branch = Branch::new();
    branch.store.conn().execute_batch(
        "INSERT INTO flags (flag_id, customer_id, signal, level, state, raised_on, confirmed_on, owner)
         VALUES ('F1', 'C1', 'x', 'red', 'confirmed', '2026-11-01', '2026-11-01', 'wang');
         UPDATE flags SET owner = 'zhang' WHERE flag_id = 'F1'").unwrap();
    let id = FlagId::from("F1");
    let close = |seen| go(&id, seen, FlagStep::Cleared, "证明");
    assert_eq!(branch.run("wang", close(1)), Err(Refusal::OwnRecord));
    assert!(branch.store.conn().execute_batch("DELETE FROM flag_owners").is_err());
    branch.run("zhao", close(1)).unwrap();
    // Who confirmed a flag does not end it.
    let id = raised(&mut branch, Level::Red, true);
    let confirm = Command::DecideFlag {
        flag: id.clone(),
        seen: 1,
        confirm: true,
        owner: Some(UserId::from("zhang")),
        measure: "查".to_owned(),
        due_on: Some(today()),
        reason: String::new(),
    };
    branch.run("wang", confirm).unwrap();
    assert_eq!(branch.run("wang", go(&id, 2, FlagStep::Cleared, "证明")), Err(Refusal::OwnRecord));
    // Nor is confirming, or raising a grave one, taken back.
    assert_eq!(branch.run("wang", Command::Undo), Err(Refusal::OwnRecord));
    assert_eq!(branch.run("wang", Command::Undo), Err(Refusal::NothingToUndo));
    raised(&mut branch, Level::Orange, false);
    assert_eq!(branch.run("zhang", Command::Undo), Err(Refusal::NothingToUndo));
}
