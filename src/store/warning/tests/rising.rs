//! A live flag and its own rule: it rises, it is told that the rule holds no longer.

use super::*;
use crate::domain::flag::FlagState;
use crate::protocol::command::FlagAgain;

/// C1 with a debt ratio of so many percent on 30 September.
fn owing(percent: i64) -> Branch {
    let branch = Branch::new();
    owes(&branch, percent);
    branch
}

fn owes(branch: &Branch, percent: i64) {
    let sql = format!(
        "INSERT INTO statements (customer_id, period_end, period_months, total_assets,
            total_liabilities) VALUES ('C1', '2026-09-30', 9, 10000, {percent} * 100)
         ON CONFLICT DO UPDATE SET total_liabilities = excluded.total_liabilities"
    );
    branch.store.conn().execute_batch(&sql).unwrap();
}

fn only(branch: &Branch) -> FlagId {
    FlagId(branch.text("SELECT group_concat(flag_id) FROM flags"))
}

fn confirm(flag: &FlagId, seen: i64) -> Command {
    Command::DecideFlag {
        flag: flag.clone(),
        seen,
        confirm: true,
        owner: Some(UserId::from("zhang")),
        measure: "约见实控人".to_owned(),
        due_on: Some(instant::business_date(day(0)) + Days::new(3)),
        reason: String::new(),
    }
}

fn reject(flag: &FlagId, seen: i64) -> Command {
    Command::DecideFlag {
        flag: flag.clone(),
        seen,
        confirm: false,
        owner: None,
        measure: String::new(),
        due_on: None,
        reason: "报表录入有误，已更正".to_owned(),
    }
}

fn seen(branch: &Branch) -> String {
    branch.text(
        "SELECT group_concat(value, ' ') FROM (SELECT * FROM flag_inputs
         WHERE fact = 'ratio.debt_ratio' ORDER BY n)",
    )
}

#[test]
fn a_proposal_rises_as_it_stands() {
    let mut branch = owing(75);
    assert_eq!(look(&mut branch, 0), 1);
    let due = branch.text("SELECT step_due FROM flag_care");
    owes(&branch, 105);
    let risen = branch.store.propose_signals(None, day(1), "s").unwrap();
    assert_eq!((risen.len(), risen[0].finding.level), (1, Level::Red));
    assert_eq!(risen[0].flag, only(&branch), "the same flag");
    assert_eq!(branch.text("SELECT level || state FROM flags"), "redproposed");
    assert_eq!(seen(&branch), "n:1050000");
    assert!(branch.text("SELECT rule_stamp FROM flag_care").contains("grave"));
    // Red has a limit of its own from now on, and the supervisors learn of it.
    assert_ne!(branch.text("SELECT step_due FROM flag_care"), due);
    assert_eq!(
        branch.text("SELECT group_concat(what, ' ') FROM (SELECT * FROM flag_history ORDER BY n)"),
        "proposed raised_level"
    );
    let told =
        "SELECT count(*) || max(kind) FROM notices WHERE kind LIKE 'flag_%' AND to_user = 'wang'";
    assert_eq!(branch.text(told), "1flag_red");
    assert_eq!(look(&mut branch, 2), 0, "once");
    branch.store.verify_journal(&[]).unwrap();
}

#[test]
fn a_confirmed_flag_begins_again_with_being_seen() {
    let mut branch = owing(75);
    look(&mut branch, 0);
    let flag = only(&branch);
    branch.run("zhang", confirm(&flag, 1)).unwrap();
    let step = Command::MoveFlag {
        flag: flag.clone(),
        seen: 2,
        step: FlagStep::Acknowledged,
        note: String::new(),
        measure: String::new(),
        left: None,
    };
    branch.run("wang", step).unwrap();
    owes(&branch, 105);
    assert_eq!(look(&mut branch, 1), 1);
    let now = "SELECT f.level || f.state || k.step || coalesce(k.acknowledged_by, '') || f.owner
        FROM flags f JOIN flag_care k USING (flag_id)";
    assert_eq!(branch.text(now), "redconfirmedopenzhang");
    let today = instant::business_date(day(1)).to_string();
    assert_eq!(branch.text("SELECT level_since FROM flags"), today);
    // What it was confirmed on stays beside what raised it.
    assert_eq!(seen(&branch), "n:750000 n:1050000");
    let told = "SELECT count(*) FROM notices WHERE kind = 'flag_red' AND to_user = 'wang'";
    assert_eq!(branch.text(told), "1");
    assert_eq!(look(&mut branch, 2), 0);
}

#[test]
fn what_somebody_made_milder_stays_until_it_is_worse() {
    let mut branch = owing(105);
    look(&mut branch, 0);
    let flag = only(&branch);
    let lower = Command::UpdateFlag {
        flag: flag.clone(),
        seen: 1,
        level: Level::Orange,
        owner: UserId::from("zhang"),
        measure: "约见实控人".to_owned(),
        due_on: instant::business_date(day(0)) + Days::new(3),
        note: "股东已承诺本月增资到位".to_owned(),
    };
    branch.run("wang", lower).unwrap();
    assert_eq!((look(&mut branch, 0), look(&mut branch, 1)), (0, 0));
    assert_eq!(branch.text("SELECT level FROM flags"), "orange");
    owes(&branch, 120);
    assert_eq!(look(&mut branch, 2), 1);
    assert_eq!(branch.text("SELECT level FROM flags"), "red");
}

#[test]
fn what_words_proposed_and_somebody_made_milder_stays_as_well() {
    let mut branch = owing(105);
    look(&mut branch, 0);
    let flag = only(&branch);
    branch.store.conn().execute("UPDATE flag_care SET rule_stamp = 'text:abc'", []).unwrap();
    let lower = Command::UpdateFlag {
        flag,
        seen: 1,
        level: Level::Orange,
        owner: UserId::from("zhang"),
        measure: "约见实控人".to_owned(),
        due_on: instant::business_date(day(0)) + Days::new(3),
        note: "股东已承诺本月增资到位".to_owned(),
    };
    branch.run("wang", lower).unwrap();
    assert_eq!((look(&mut branch, 0), look(&mut branch, 1)), (0, 0));
    assert_eq!(branch.text("SELECT level FROM flags"), "orange");
}

#[test]
fn a_proposal_whose_rule_holds_no_longer_says_so_and_is_none_to_weaken() {
    let mut branch = owing(75);
    look(&mut branch, 0);
    let flag = only(&branch);
    owes(&branch, 40);
    assert_eq!((look(&mut branch, 1), look(&mut branch, 2)), (0, 0));
    let history = "SELECT group_concat(what, ' ') FROM (SELECT * FROM flag_history ORDER BY n)";
    assert_eq!(branch.text(history), "proposed lapsed");
    owes(&branch, 80);
    look(&mut branch, 3);
    owes(&branch, 40);
    look(&mut branch, 4);
    assert_eq!(branch.text(history), "proposed lapsed holds_again lapsed");
    // Its limit has passed: nobody is told, and that it is rejected is no weakening.
    branch.store.run_jobs(day(9), "s");
    let told = "SELECT count(*) FROM notices WHERE kind IN ('flag_step_late', 'flag_rejected')";
    assert_eq!(branch.text(told), "0");
    branch.run_at("zhang", day(9), reject(&flag, 1)).unwrap();
    assert_eq!(branch.text("SELECT state FROM flags"), FlagState::Rejected.as_code());
    assert_eq!(branch.text(told), "0");
    // Had again to be decided it is as any other.
    let again = FlagAgain { flag, seen: 2, reason: "请再核对一次报表数据".to_owned() };
    branch.run_at("wang", day(9), Command::ReopenFlag(again)).unwrap();
    branch.store.verify_journal(&[]).unwrap();
}

#[test]
fn what_was_rejected_as_over_is_news_when_it_comes_back() {
    let mut branch = owing(75);
    look(&mut branch, 0);
    let flag = only(&branch);
    owes(&branch, 40);
    look(&mut branch, 1);
    branch.run_at("zhang", day(1), reject(&flag, 1)).unwrap();
    assert_eq!(look(&mut branch, 2), 0);
    owes(&branch, 75);
    assert_eq!(look(&mut branch, 3), 1);
    assert_eq!(branch.text("SELECT count(*) FROM flags"), "2");
}

#[test]
fn interest_is_paid_first() {
    let mut branch = Branch::new();
    let acc = "SELECT count(*) FROM flags WHERE signal = 'ACC-04'";
    let pay = |branch: &Branch, paid: i64| {
        let sql = format!(
            "DELETE FROM repayments; INSERT INTO repayments
                (loan_id, due_on, principal, interest, paid_on, paid_amount)
             VALUES ('L1', '2026-08-30', 500000, 91991, '2026-08-30', {paid})"
        );
        branch.store.conn().execute_batch(&sql).unwrap();
    };
    pay(&branch, 200_000);
    look(&mut branch, 0);
    assert_eq!(branch.text(acc), "0");
    pay(&branch, 90_000);
    look(&mut branch, 1);
    assert_eq!(branch.text(acc), "1");
}
