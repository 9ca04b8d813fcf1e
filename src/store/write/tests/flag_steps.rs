//! The steps of a flag: in which order, by whom, by when, and what a rise begins anew.

use super::*;

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
    branch.run("wang", same).unwrap();
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
