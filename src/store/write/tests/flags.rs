//! Flags: who ends one, what must be decided first.

use super::*;
use crate::i18n::{Catalog, Lang};

#[test]
fn grave_flags_are_closed_by_somebody_else_with_proof() {
    for level in [Level::Yellow, Level::Orange, Level::Red] {
        let mut branch = Branch::new();
        let id = raised(&mut branch, level, false);
        let own = branch.run("zhang", go(&id, 1, FlagStep::Cleared, "已还清全部欠款"));
        if level == Level::Yellow {
            own.unwrap();
        } else {
            assert_eq!(own, Err(Refusal::Invalid { field: "step", why: "out_of_order" }));
            let seen = verified(&mut branch, &id, 1);
            let own = branch.run("zhang", go(&id, seen, FlagStep::Cleared, "已还清全部欠款"));
            assert_eq!(own, Err(Refusal::OwnRecord));
            assert_eq!(
                branch.run("wang", go(&id, seen, FlagStep::Cleared, " ")),
                Err(Refusal::Invalid { field: "flag_proof", why: "missing" })
            );
            let seen = proved(&mut branch, &id, seen);
            branch.run("wang", go(&id, seen, FlagStep::Cleared, "见还款凭证一张")).unwrap();
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
    branch.run("zhang", update(1, Level::Orange, "risk", "")).unwrap();
    let seen = verified(&mut branch, &id, 2);
    let closed = branch.run("zhang", go(&id, seen, FlagStep::Cleared, "证明材料齐全"));
    assert_eq!(closed, Err(Refusal::OwnRecord));
    let lowered = branch.run("zhang", update(seen, Level::Yellow, "risk", "经营好转"));
    assert_eq!(lowered, Err(Refusal::OwnRecord));
    branch.run("zhao", update(seen, Level::Red, "risk", "恶化")).unwrap();
    let why = branch.run("zhao", update(seen, Level::Orange, "risk", "经营好转")).unwrap_err();
    assert!(matches!(why, Refusal::Conflict { now, .. } if now == seen + 1), "{why:?}");
    let seen = proved(&mut branch, &id, seen + 1);
    branch.run("zhao", update(seen, Level::Yellow, "risk", "经营好转")).unwrap();
    // Each change of the owner and the day has its line.
    assert_eq!(branch.text("SELECT count(*) FROM flag_history"), "12");
}

#[test]
fn proposals_must_be_decided_before_handing_in() {
    let mut branch = Branch::new();
    let visit = started(&mut branch);
    let Command::RaiseFlag { customer, signal, level, note, .. } = flag(Level::Red, true) else {
        panic!()
    };
    let propose = Command::RaiseFlag {
        lowered: None,
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
    branch.run("zhang", decide(false, "系统误报")).unwrap();
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
    branch.store.conn().execute_batch("UPDATE flags SET measure = '查封'").unwrap();
    let seen = verified(&mut branch, &id, 1);
    let close = |seen| go(&id, seen, FlagStep::Cleared, "证明材料齐全");
    assert_eq!(branch.run("wang", close(seen)), Err(Refusal::OwnRecord));
    assert!(branch.store.conn().execute_batch("DELETE FROM flag_owners").is_err());
    let seen = proved(&mut branch, &id, seen);
    branch.run("zhao", close(seen)).unwrap();
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
    let seen = verified(&mut branch, &id, 2);
    let close = go(&id, seen, FlagStep::Cleared, "证明材料齐全");
    assert_eq!(branch.run("wang", close), Err(Refusal::OwnRecord));
    let mut other = flag(Level::Orange, false);
    if let Command::RaiseFlag { signal, .. } = &mut other {
        "OPS-09".clone_into(signal);
    }
    branch.run("zhang", other).unwrap();
    let stays = Err(Refusal::Stays { command: "raise_flag" });
    assert_eq!(branch.run("zhang", Command::Undo), stays);
}

#[test]
fn confirming_a_grave_flag_is_not_taken_back() {
    let mut branch = Branch::new();
    let id = raised(&mut branch, Level::Red, true);
    branch.run("wang", confirm(&id)).unwrap();
    let stays = Refusal::Stays { command: "confirm_flag" };
    for (lang, said) in [
        (
            Lang::En,
            "Not undone: flag confirmed; somebody else lowers or closes an orange or red flag",
        ),
        (Lang::Zh, "确认信号不能撤销，橙色、红色信号须由他人降级或解除"),
    ] {
        assert!(Catalog::of(lang).shell.refusal(&stays).starts_with(said), "{said}");
    }
    // Not even asked: there is nothing that she could answer.
    for command in [Command::UndoLight, Command::Undo] {
        assert_eq!(branch.run("wang", command), Err(stays.clone()));
    }
    assert_eq!(branch.run("wang", Command::Undo), Err(stays));
}
