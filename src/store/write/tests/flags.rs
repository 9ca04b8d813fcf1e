//! Flags: who ends one, what must be decided first.

use super::*;
use crate::i18n::{Catalog, Lang};
use crate::protocol::command::{FileSource, ProofCommand};

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
    branch.run("zhang", update(1, Level::Orange, "li", "")).unwrap();
    let seen = verified(&mut branch, &id, 2);
    let closed = branch.run("zhang", go(&id, seen, FlagStep::Cleared, "证明材料齐全"));
    assert_eq!(closed, Err(Refusal::OwnRecord));
    let lowered = branch.run("zhang", update(seen, Level::Yellow, "li", "经营好转"));
    assert_eq!(lowered, Err(Refusal::OwnRecord));
    branch.run("zhao", update(seen, Level::Red, "li", "恶化")).unwrap();
    let why = branch.run("zhao", update(seen, Level::Orange, "li", "经营好转")).unwrap_err();
    assert!(matches!(why, Refusal::Conflict { now, .. } if now == seen + 1), "{why:?}");
    let seen = proved(&mut branch, &id, seen + 1);
    branch.run("zhao", update(seen, Level::Yellow, "li", "经营好转")).unwrap();
    assert_eq!(branch.text("SELECT count(*) FROM flag_history"), "9");
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

/// Registers a file as proof of a flag; what its revision is then.
fn proved(branch: &mut Branch, id: &FlagId, seen: i64) -> i64 {
    let folder = branch.store.drop_dir().join("wang");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("证明.txt"), "已复工").unwrap();
    let source = FileSource::Dropped("证明.txt".to_owned());
    branch.run("wang", Command::Proof(ProofCommand::Add { flag: id.clone(), source })).unwrap();
    seen + 1
}

/// Takes a grave flag up to verification; what its revision is then.
fn verified(branch: &mut Branch, id: &FlagId, seen: i64) -> i64 {
    let path =
        [FlagStep::Acknowledged, FlagStep::MeasureDecided, FlagStep::Acting, FlagStep::Verify];
    for (seen, step) in (seen..).zip(path) {
        branch.run("wang", go(id, seen, step, "")).unwrap();
    }
    seen + 4
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

fn confirm(id: &FlagId) -> Command {
    Command::DecideFlag {
        flag: id.clone(),
        seen: 1,
        confirm: true,
        owner: Some(UserId::from("zhang")),
        measure: "查".to_owned(),
        due_on: Some(today() + Days::new(5)),
        reason: String::new(),
    }
}

#[test]
fn steps_out_of_order_and_steps_of_a_superior_are_refused() {
    let mut branch = Branch::new();
    let id = raised(&mut branch, Level::Orange, false);
    let early = Refusal::Invalid { field: "step", why: "out_of_order" };
    let cases = [
        ("wang", 1, FlagStep::MeasureDecided, early.clone()),
        ("wang", 1, FlagStep::Transferred, early),
        ("zhang", 1, FlagStep::Acknowledged, Refusal::NotAllowed),
    ];
    for (who, seen, step, why) in cases {
        assert_eq!(branch.run(who, go(&id, seen, step, "")), Err(why), "{who} {step:?}");
    }
    branch.run("wang", go(&id, 1, FlagStep::Acknowledged, "")).unwrap();
    let again = branch.run("wang", go(&id, 2, FlagStep::Acknowledged, ""));
    assert_eq!(again, Err(Refusal::Invalid { field: "step", why: "reached" }));
    let decided = branch.run("zhang", go(&id, 2, FlagStep::MeasureDecided, ""));
    assert_eq!(decided, Err(Refusal::NotAllowed));
    let said = crate::i18n::refusal::invalid(crate::i18n::Lang::Zh, "step", "out_of_order");
    assert!(said.starts_with("下一步顺序不对"), "{said}");
}

#[test]
fn a_measure_of_the_catalogue_puts_its_steps_on_the_owners_list() {
    let mut branch = Branch::new();
    let id = raised(&mut branch, Level::Red, false);
    branch.run("wang", go(&id, 1, FlagStep::Acknowledged, "")).unwrap();
    let decide = |measure: &str| Command::MoveFlag {
        flag: id.clone(),
        seen: 2,
        step: FlagStep::MeasureDecided,
        note: String::new(),
        measure: measure.to_owned(),
        left: None,
    };
    let other = Refusal::Invalid { field: "measure", why: "other_level" };
    assert_eq!(branch.run("wang", decide("M01 列入关注")), Err(other));
    branch.run("wang", decide("M07 提前收回贷款")).unwrap();
    assert_eq!(branch.text("SELECT measure FROM flags"), "M07 提前收回贷款");
    assert_eq!(
        branch.text(
            "SELECT group_concat(owner || due_on, ' ') FROM (SELECT * FROM todos ORDER BY due_on)"
        ),
        "zhang2026-11-25 zhang2026-11-26 zhang2026-12-07"
    );
    // Others have the steps before them: it is not taken back.
    assert_eq!(branch.run("wang", go(&id, 3, FlagStep::Acting, "")).map(|_| ()), Ok(()));
}

#[test]
fn a_confirmed_red_flag_has_group_and_mutual_guarantors_looked_at_once() {
    let mut branch = Branch::new();
    branch
        .store
        .conn()
        .execute_batch(
            "INSERT INTO customers (customer_id, name, officer, group_id) VALUES
            ('G1', '甲', 'li', 'K1'), ('G2', '乙', 'zhang', NULL), ('G3', '丙', 'li', NULL);
         UPDATE customers SET group_id = 'K1' WHERE customer_id = 'C1';
         INSERT INTO relations (customer_id, related_name, related_customer_id, kind) VALUES
            ('C1', '乙', 'G2', 'mutual_guarantee'), ('G3', '本户', 'C1', 'mutual_guarantee'),
            ('C1', '丁', NULL, 'mutual_guarantee'), ('C1', '上游', 'C2', 'upstream')",
        )
        .unwrap();
    let id = raised(&mut branch, Level::Red, true);
    assert_eq!(branch.text("SELECT count(*) FROM look_ats"), "0");
    branch.run("wang", confirm(&id)).unwrap();
    assert_eq!(
        branch.text("SELECT group_concat(customer_id || ':' || owner || ':' || due_on, ' ') FROM (SELECT * FROM todos ORDER BY customer_id)"),
        "G1:li:2026-11-30 G2:zhang:2026-11-30 G3:li:2026-11-30"
    );
    assert_eq!(branch.text("SELECT count(*) FROM notices WHERE kind = 'look_at'"), "3");
    assert!(!branch.text("SELECT group_concat(text) FROM todos").contains("C1"));
    // Lowered and raised again, the same flag asks nobody twice.
    let update = |seen, level| Command::UpdateFlag {
        flag: id.clone(),
        seen,
        level,
        owner: UserId::from("zhang"),
        measure: "查".to_owned(),
        due_on: today() + Days::new(5),
        note: "依据充分".to_owned(),
    };
    let seen = proved(&mut branch, &id, 2);
    branch.run("zhao", update(seen, Level::Orange)).unwrap();
    branch.run("zhao", update(seen + 1, Level::Red)).unwrap();
    assert_eq!(branch.text("SELECT count(*) FROM look_ats"), "3");
    branch.store.verify_journal(&[]).unwrap();
}

#[test]
fn what_others_have_told_of_is_passed_on_to_nobody_and_who_is_left_out_is_told() {
    let mut packs = crate::assets::packs();
    packs.library = Arc::new(std::sync::LazyLock::new(Arc::default));
    packs.care = Arc::new(std::sync::LazyLock::new(|| {
        let mut care = crate::risk::care::Care::clone(&crate::assets::packs().care);
        care.contagion.most = 2;
        Arc::new(care)
    }));
    let mut branch = Branch::with(Arc::new(packs));
    branch
        .store
        .conn()
        .execute_batch(
            "UPDATE customers SET group_id = 'K1' WHERE customer_id = 'C1';
             INSERT INTO customers (customer_id, name, officer, group_id) VALUES
                ('G1', '甲', 'li', 'K1'), ('G2', '乙', 'li', 'K1'), ('G3', '丙', 'li', 'K1');
             INSERT INTO loans (loan_id, customer_id, amount, balance, disbursed_on, status) VALUES
                ('LG2', 'G2', 100, 100, '2026-01-01', 'active'), ('LG3', 'G3', 200, 200, '2026-01-01', 'active')",
        )
        .unwrap();
    branch.store.plan_book(today()).unwrap();
    let mut raise = |signal: &str| {
        let Command::RaiseFlag { owner, measure, due_on, .. } = flag(Level::Red, false) else {
            panic!()
        };
        branch
            .run(
                "zhang",
                Command::RaiseFlag {
                    lowered: None,
                    customer: CustomerId::from("C1"),
                    visit: None,
                    item: None,
                    signal: signal.to_owned(),
                    level: Level::Red,
                    proposed: false,
                    owner,
                    measure,
                    due_on,
                    note: String::new(),
                },
            )
            .unwrap();
        branch.text("SELECT group_concat(customer_id) FROM (SELECT * FROM look_ats ORDER BY 1, 2)")
    };
    // That somebody near her defaulted is no news to those near her.
    assert_eq!(raise("EXT-08"), "");
    assert_eq!(raise("OPS-01"), "G2,G3", "who owes most");
    assert_eq!(branch.text("SELECT note FROM flag_history WHERE what = 'look_at_left'"), "1");
    let told = "SELECT group_concat(to_user) FROM (SELECT * FROM notices \
        WHERE kind = 'look_at_left' ORDER BY to_user)";
    assert_eq!(branch.text(told), "wang,zhao");
}

#[test]
fn a_flag_that_waits_too_long_is_told_of_the_same_day() {
    let mut branch = Branch::new();
    let id = raised(&mut branch, Level::Red, false);
    let due = branch.text("SELECT step_due FROM flag_care");
    let late = "SELECT count(*) FROM notices WHERE kind = 'flag_step_late'";
    let due = instant::read(&due).unwrap();
    assert_eq!(due.to_rfc3339(), "2026-11-23T13:00:00+08:00");
    branch.store.run_jobs(due, "s");
    assert_eq!(branch.text(late), "0");
    branch.store.run_jobs(due + chrono::Duration::minutes(1), "s");
    branch.store.run_jobs(due + chrono::Duration::minutes(11), "s");
    assert_eq!(branch.text(&format!("{late} AND to_user IN ('wang', 'zhang')")), "2");
    assert_eq!(branch.text("SELECT count(*) FROM journal WHERE subject = 'late_steps'"), "1");
    // The next step has its own limit.
    branch.run("wang", go(&id, 1, FlagStep::Acknowledged, "")).unwrap();
    assert!(branch.text("SELECT step_due FROM flag_care") > instant::store(due));
    branch.store.verify_journal(&[]).unwrap();
}

fn update(id: &FlagId, seen: i64, level: Level) -> Command {
    Command::UpdateFlag {
        flag: id.clone(),
        seen,
        level,
        owner: UserId::from("zhang"),
        measure: "查".to_owned(),
        due_on: today() + Days::new(5),
        note: "情况恶化".to_owned(),
    }
}

const CARE: &str = "
    SELECT level || ' ' || step || ' ' || coalesce(acknowledged_by, '-') || ' ' || coalesce(step_due, '-')
    FROM flags JOIN flag_care USING (flag_id)";

#[test]
fn a_flag_that_becomes_graver_is_seen_and_its_measure_decided_anew() {
    let mut branch = Branch::new();
    let id = raised(&mut branch, Level::Yellow, false);
    branch.run("zhang", go(&id, 1, FlagStep::Acting, "")).unwrap();
    branch.run("zhang", update(&id, 2, Level::Red)).unwrap();
    assert_eq!(branch.text(CARE), "red open - 2026-11-23T05:00:00.000Z");
    let early = Refusal::Invalid { field: "step", why: "out_of_order" };
    assert_eq!(branch.run("zhang", go(&id, 3, FlagStep::Verify, "")), Err(early));
    let seen = verified(&mut branch, &id, 3);
    assert_eq!(branch.text("SELECT acknowledged_by FROM flag_care"), "wang");
    // Nothing but the level's rise has it begin again.
    let mut same = update(&id, seen, Level::Red);
    if let Command::UpdateFlag { measure, .. } = &mut same {
        measure.push('账');
    }
    branch.run("zhang", same).unwrap();
    assert_eq!(branch.text("SELECT step FROM flag_care"), "verify");
}

#[test]
fn a_grave_flag_from_elsewhere_waits_to_be_seen_whatever_was_decided_there() {
    let mut branch = Branch::new();
    let day = "2026-11-02";
    let rows = [("F1", "red"), ("F2", "orange"), ("F3", "yellow")];
    for (id, level) in rows {
        let sql = format!(
            "INSERT INTO flags (flag_id, customer_id, signal, level, state, raised_on, confirmed_on, owner, measure)
             VALUES ('{id}', 'C1', '{id}', '{level}', 'confirmed', '{day}', '{day}', 'zhang', '查封')"
        );
        branch.store.conn().execute_batch(&sql).unwrap();
    }
    let early = || Err(Refusal::Invalid { field: "step", why: "out_of_order" });
    for (id, _) in &rows[..2] {
        let id = FlagId::from(*id);
        assert_eq!(branch.run("zhang", go(&id, 1, FlagStep::Acting, "")), early());
        branch.run("wang", go(&id, 1, FlagStep::Acknowledged, "")).unwrap();
        branch.run("wang", go(&id, 2, FlagStep::MeasureDecided, "")).unwrap();
        branch.run("zhang", go(&id, 3, FlagStep::Acting, "")).unwrap();
    }
    branch.run("zhang", go(&FlagId::from("F3"), 1, FlagStep::Acting, "")).unwrap();
    assert_eq!(branch.text("SELECT group_concat(measure) FROM flags"), "查封,查封,查封");
}
