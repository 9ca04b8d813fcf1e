//! Deadlines on a real file: computed with the plan, met, let off, taken back; signals once.

use chrono::{DateTime, FixedOffset};

use crate::domain::deadline::{DeadlineKey, DeadlineKind, DeadlineMark, Headroom};
use crate::domain::ids::{CustomerId, OpId};
use crate::domain::sample::day as date;
use crate::protocol::command::{Command, MarkDeadline};
use crate::protocol::page::{DeadlinesPage, Page};
use crate::protocol::query::Query;
use crate::protocol::reply::{Outcome, Refusal};
use crate::store::tests::{Branch, actor, day};

const FACTS: &str = "
    UPDATE customers SET onboarded_on = '2026-01-02' WHERE customer_id = 'C1';
    UPDATE loans SET disbursed_on = '2026-01-01', tier = 'normal';
    INSERT INTO covenants (covenant_id, customer_id, kind, indicator, operator, \"limit\", frequency) VALUES
        ('R1', 'C1', 'reporting', NULL, NULL, NULL, 'quarterly'),
        ('K1', 'C1', 'financial', '资产负债率', '<=', 700000, 'quarterly');
    INSERT INTO statements (customer_id, period_end, period_months, total_assets, total_liabilities)
        VALUES ('C1', '2026-09-30', 9, 100000, 66000);
    INSERT INTO conditions (condition_id, customer_id, text, due_on) VALUES ('T1', 'C1', '办妥登记', '2026-12-01');
    INSERT INTO collateral (collateral_id, customer_id, kind, value, insured_until)
        VALUES ('P1', 'C1', '厂房', 100, '2026-11-20');";

fn branch() -> Branch {
    let mut branch = Branch::new();
    change(&mut branch, FACTS);
    branch
}

fn change(branch: &mut Branch, sql: &str) {
    let tx = branch.store.begin().unwrap();
    tx.execute_batch(sql).unwrap();
    tx.commit().unwrap();
    branch.store.plan_book(day(0).date_naive()).unwrap();
}

fn page(branch: &Branch, who: &str, customer: Option<&str>) -> DeadlinesPage {
    let query = Query::Deadlines { customer: customer.map(CustomerId::from), officer: None };
    match branch.store.query(&actor(who), day(0), &query).unwrap() {
        Page::Deadlines(page) => (*page).clone(),
        other => panic!("{other:?}"),
    }
}

fn told(page: &DeadlinesPage) -> Vec<String> {
    let one = |row: &crate::protocol::page::DeadlineRow| {
        format!("{} {} {}", row.deadline.kind.as_code(), row.deadline.reference, row.deadline.due)
    };
    page.rows.iter().map(one).collect()
}

fn mark(
    kind: DeadlineKind,
    reference: &str,
    due: &str,
    mark: DeadlineMark,
    reason: &str,
) -> Command {
    let key = DeadlineKey {
        customer: "C1".into(),
        kind,
        reference: reference.to_owned(),
        due: date(due),
    };
    let (reason, done_on, value) = (reason.to_owned(), None, None);
    Command::MarkDeadline(Box::new(MarkDeadline { key, mark, reason, done_on, value, seen: 0 }))
}

fn jobs(branch: &mut Branch, now: DateTime<FixedOffset>) {
    let ran = branch.store.run_jobs(now, "s");
    assert!(ran.iter().all(|job| job.error.is_none()), "{ran:?}");
}

#[test]
fn they_are_computed_from_the_tables_and_follow_them() {
    let mut branch = branch();
    assert_eq!(
        told(&page(&branch, "zhang", Some("C1"))),
        [
            "statement R1 2026-04-30",
            "statement R1 2026-07-30",
            "insurance P1 2026-11-20",
            "condition T1 2026-12-01",
            "covenant K1 2027-01-30",
            "statement R1 2027-01-30"
        ]
    );
    let all = page(&branch, "wang", None);
    assert_eq!((all.total, all.late), (5, 3), "what is far away does not stand in the list yet");
    let near = all.rows.iter().find(|row| row.deadline.kind == DeadlineKind::Covenant).unwrap();
    assert_eq!(near.deadline.headroom, Some(Headroom::Near));
    // Others see nothing of it, as if she were not there.
    for (who, customer) in [("li", "C1"), ("far", "C1"), ("admin", "C1"), ("zhang", "nobody")] {
        let query = Query::Deadlines { customer: Some(customer.into()), officer: None };
        let found = branch.store.query(&actor(who), day(0), &query);
        assert_eq!(found, Err(Refusal::NotFound), "{who}, {customer}");
    }
    change(
        &mut branch,
        "UPDATE conditions SET done_on = '2026-11-01'; UPDATE statements SET total_liabilities = 71000",
    );
    let after = page(&branch, "zhang", Some("C1"));
    assert!(!told(&after).iter().any(|one| one.starts_with("condition")));
    let covenant =
        after.rows.iter().find(|row| row.deadline.kind == DeadlineKind::Covenant).unwrap();
    assert_eq!(covenant.deadline.headroom, Some(Headroom::Breach));
}

#[test]
fn an_officer_notes_what_came_in_and_only_a_supervisor_lets_off() {
    use DeadlineKind::{Insurance, Statement};
    use DeadlineMark::{Received, Waived};
    let mut branch = branch();
    let renewed = || mark(Insurance, "P1", "2026-11-20", Received, "");
    assert_eq!(branch.run("li", renewed()), Err(Refusal::NotFound));
    assert_eq!(branch.run("audit", renewed()), Err(Refusal::NotAllowed));
    assert_eq!(branch.run("zhang", renewed()), Ok(Outcome::Plain));
    assert!(!told(&page(&branch, "zhang", None)).iter().any(|one| one.starts_with("insurance")));
    // A second time nothing is written; the opposite is a conflict.
    assert_eq!(branch.run("zhang", renewed()), Ok(Outcome::Plain));
    let other = branch.run("wang", mark(Insurance, "P1", "2026-11-20", Waived, "x"));
    assert!(matches!(other, Err(Refusal::Conflict { .. })), "{other:?}");
    assert_eq!(branch.text("SELECT count(*) FROM journal WHERE command = 'mark_deadline'"), "1");
    assert_eq!(
        branch.run("zhang", Command::Undo),
        Ok(Outcome::Undone { command: "mark_deadline".into() })
    );
    assert!(told(&page(&branch, "zhang", None)).iter().any(|one| one.starts_with("insurance")));

    let off = |reason: &str| mark(Statement, "R1", "2026-04-30", Waived, reason);
    assert_eq!(branch.run("zhang", off("停业")), Err(Refusal::NotAllowed));
    let missing = Refusal::Invalid { field: "reason", why: "missing" };
    assert_eq!(branch.run("wang", off(" ")), Err(missing));
    assert_eq!(branch.run("wang", off("首季免报")), Ok(Outcome::Plain));
    assert_eq!(
        branch.text("SELECT mark || marked_by || reason || origin FROM deadline_marks"),
        "waivedwang首季免报here"
    );
    let nowhere = mark(Statement, "R1", "2026-05-01", Received, "");
    assert_eq!(branch.run("zhang", nowhere), Err(Refusal::NotFound));
    branch.store.verify_journal(&[]).unwrap();
}

#[test]
fn lateness_proposes_its_signal_once() {
    let mut branch = branch();
    let flags = |branch: &Branch| {
        branch.text("SELECT group_concat(signal || ':' || level || ':' || state) FROM (SELECT * FROM flags ORDER BY signal)")
    };
    jobs(&mut branch, day(0));
    // Two statements in a row, and an insurance that ended; a covenant that is near is none.
    assert_eq!(flags(&branch), "COL-05:orange:proposed,FIN-13:orange:proposed");
    assert!(branch.text("SELECT note FROM flags WHERE signal = 'COL-05'").contains("P1"));
    jobs(&mut branch, day(1));
    jobs(&mut branch, day(2));
    assert_eq!(branch.text("SELECT count(*) FROM flags"), "2");
    assert_eq!(branch.text("SELECT proposed FROM customer_facts WHERE customer_id = 'C1'"), "2");
    // A broken covenant proposes that of its ratio, at the change.
    change(&mut branch, "UPDATE statements SET total_liabilities = 71000");
    let op = OpId("late".to_owned());
    let done =
        mark(DeadlineKind::Condition, "T1", "2026-12-01", DeadlineMark::Received, "函 12 号");
    branch.store.apply(&actor("zhang"), day(0), &op, &done).unwrap();
    assert_eq!(
        flags(&branch),
        "COL-05:orange:proposed,FIN-01:orange:proposed,FIN-13:orange:proposed"
    );
    branch.store.verify_journal(&[]).unwrap();
}

#[test]
fn whether_statements_are_late_is_told_by_the_deadlines_alone() {
    let late = |sql: &str| {
        let mut branch = branch();
        change(&mut branch, sql);
        jobs(&mut branch, day(0));
        branch.text("SELECT count(*) FROM flags WHERE signal = 'FIN-13'")
    };
    assert_eq!(late("SELECT 1"), "1");
    // A loan of this month owes nothing of the quarters before it, and who has paid back nothing.
    assert_eq!(late("UPDATE loans SET disbursed_on = '2026-11-02'"), "0");
    assert_eq!(late("UPDATE loans SET status = 'settled', settled_on = '2026-10-01'"), "0");
    // The yearly one, of 2025, was due at the end of April.
    let yearly = "UPDATE covenants SET frequency = 'yearly'; UPDATE loans SET disbursed_on = '2024-01-05'; \
        UPDATE customers SET onboarded_on = '2024-01-05'; INSERT INTO statements (customer_id, period_end) \
        VALUES ('C1', '2025-12-31')";
    assert_eq!(late(yearly), "0");
}

#[test]
fn a_signal_that_is_live_gets_a_further_cause_and_no_second_flag() {
    let mut branch = branch();
    change(
        &mut branch,
        "UPDATE statements SET total_liabilities = 71000; UPDATE loans SET guarantee_mode = 'mortgage';
         INSERT INTO covenants (covenant_id, customer_id, kind, indicator, operator, \"limit\", frequency)
            VALUES ('K2', 'C1', 'financial', '负债率', '<=', 650000, 'quarterly')",
    );
    let count = |branch: &Branch, of: &str| {
        branch.text(&format!("SELECT count(*) FROM flags WHERE signal IN ({of})"))
    };
    // Two covenants, and the rule of the signal, on one figure.
    jobs(&mut branch, day(0));
    assert_eq!(count(&branch, "'FIN-01'"), "1");
    assert_eq!(branch.text("SELECT count(*) FROM deadline_flags WHERE kind = 'covenant'"), "2");
    let seen = "SELECT group_concat(h.what || ':' || h.note) FROM flag_history h \
        JOIN flags f USING (flag_id) WHERE f.signal = 'FIN-01'";
    assert_eq!(
        branch.text(seen),
        "proposed:资产负债率 · K1 · 2027-01-30,seen_again:负债率 · K2 · 2027-01-30"
    );
    let figures = "SELECT count(*) FROM flag_inputs WHERE fact LIKE 'covenant.%'";
    assert_eq!(branch.text(figures), "4");
    // The figures of the next quarter are no better.
    change(
        &mut branch,
        "INSERT INTO statements (customer_id, period_end, period_months, total_assets, total_liabilities)
            VALUES ('C1', '2026-12-31', 12, 100000, 72000)",
    );
    // A clock that leaps is not trusted.
    for days in 1..=8 {
        jobs(&mut branch, day(5 * days));
    }
    assert_eq!(count(&branch, "'FIN-01'"), "1");
    assert_eq!(branch.text("SELECT count(*) FROM deadline_flags WHERE kind = 'covenant'"), "4");
    branch.store.verify_journal(&[]).unwrap();
}

#[test]
fn what_was_rejected_of_a_deadline_is_not_proposed_by_the_rule_of_its_signal() {
    let mut branch = branch();
    change(
        &mut branch,
        "UPDATE statements SET total_liabilities = 71000; UPDATE loans SET guarantee_mode = 'mortgage'",
    );
    jobs(&mut branch, day(0));
    let all = "SELECT group_concat(signal || ':' || state) FROM (SELECT * FROM flags \
        WHERE signal IN ('COL-05', 'FIN-01') ORDER BY signal)";
    assert_eq!(branch.text(all), "COL-05:proposed,FIN-01:proposed");
    for signal in ["COL-05", "FIN-01"] {
        let flag = branch.text(&format!("SELECT flag_id FROM flags WHERE signal = '{signal}'"));
        let reject = Command::DecideFlag {
            flag: flag.as_str().into(),
            seen: 1,
            confirm: false,
            owner: None,
            measure: String::new(),
            due_on: None,
            reason: "已与客户核实，续保和降负债正在办理".to_owned(),
        };
        branch.run("wang", reject).unwrap();
    }
    jobs(&mut branch, day(1));
    jobs(&mut branch, day(2));
    assert_eq!(branch.text(all), "COL-05:rejected,FIN-01:rejected");
}

#[test]
fn a_signal_that_came_with_an_import_is_not_proposed_again() {
    let mut branch = branch();
    let note = "厂房 · P1 · 2026-11-20";
    change(
        &mut branch,
        &format!(
            "INSERT INTO flags (flag_id, customer_id, signal, level, state, raised_on, note) \
             VALUES ('X1', 'C1', 'COL-05', 'orange', 'rejected', '2026-11-21', '{note}')"
        ),
    );
    jobs(&mut branch, day(0));
    assert_eq!(branch.text("SELECT count(*) FROM flags WHERE signal = 'COL-05'"), "1");
    assert_eq!(branch.text("SELECT flag_id FROM deadline_flags WHERE kind = 'insurance'"), "X1");
}

#[test]
fn an_import_into_a_book_in_use_proposes_at_once() {
    use crate::protocol::import::{Fault, FaultSink, ImportOptions, RowIn, RowText};
    use crate::protocol::tables::{Cell, Table};

    struct NoFaults;
    impl FaultSink for NoFaults {
        fn fault(&mut self, fault: Fault, _row: RowText<'_>) {
            panic!("{fault:?}")
        }
    }

    let mut branch = branch();
    let owner = crate::access::Actor { operator: true, ..actor("admin") };
    let table = Table::named("collateral").unwrap();
    let at = |name: &str| table.columns.iter().position(|c| c.name == name).unwrap();
    let present = ["collateral_id", "customer_id", "kind", "value", "insured_until"].map(at);
    let mut import = |until: &str| {
        let mut intake = branch.store.import(&owner, day(0), ImportOptions::default()).unwrap();
        let mut staging = intake.table(table, &present, "collateral.csv").unwrap();
        let text = |text: &str| Cell::Text(text.to_owned());
        let cells = vec![text("P2"), text("C1"), text("厂房"), Cell::Int(100), text(until)];
        let mut row = RowIn { line: 2, cells, ..RowIn::default() };
        staging.push(&mut row, None, &mut NoFaults).unwrap();
        let mut waiting = staging.wait(&mut NoFaults).unwrap();
        let mut session = intake.compare([&mut waiting].into_iter()).unwrap().lock().unwrap();
        session.apply(waiting, &mut NoFaults).unwrap();
        assert!(session.finish().unwrap().committed);
        // That of another piece is live: it is told in its history.
        let told = "SELECT (SELECT count(*) FROM flags WHERE signal = 'COL-05') || '/' || count(*) \
            FROM flag_history WHERE note LIKE '%P2%'";
        branch.text(told)
    };
    assert_eq!(import("2027-06-30"), "1/0");
    // The file says that the insurance has ended; a second time it says nothing new.
    assert_eq!(import("2026-11-19"), "1/1");
    assert_eq!(import("2026-11-19"), "1/1");
    branch.store.verify_journal(&[]).unwrap();
}

#[test]
fn a_covenant_that_names_a_loan_ends_with_it() {
    let mut branch = branch();
    change(&mut branch, "INSERT INTO covenant_loans (covenant_id, loan_id) VALUES ('R1', 'L1')");
    let loans = |branch: &Branch| {
        let page = page(branch, "zhang", Some("C1"));
        let all = page.rows.iter().filter(|row| row.deadline.reference == "R1");
        all.map(|row| row.deadline.loan.clone()).collect::<Vec<_>>()
    };
    assert_eq!(loans(&branch), vec![Some("L1".to_owned()); 3]);
    // A second loan runs on; what the first asked for is owed no more.
    change(
        &mut branch,
        "INSERT INTO loans (loan_id, customer_id, amount, balance, disbursed_on, matures_on, status)
             VALUES ('L2', 'C1', 100, 100, '2026-01-01', '2027-01-01', 'active');
         UPDATE loans SET status = 'settled', settled_on = '2026-11-20' WHERE loan_id = 'L1'",
    );
    assert_eq!(loans(&branch), []);
    // Somebody else's loan binds nobody: it is owed for the customer as a whole.
    change(
        &mut branch,
        "INSERT INTO loans (loan_id, customer_id, amount, disbursed_on, status)
             VALUES ('L3', 'C2', 100, '2026-01-01', 'active');
         UPDATE covenant_loans SET loan_id = 'L3'",
    );
    assert_eq!(loans(&branch), vec![None; 3]);
}

#[test]
fn a_condition_or_a_revaluation_is_met_by_a_paper() {
    let mut branch = branch();
    change(
        &mut branch,
        "UPDATE collateral SET next_valuation_on = '2026-11-30' WHERE collateral_id = 'P1'",
    );
    let met = |kind, reference: &str, due: &str, day: Option<&str>, value, reason: &str| {
        let Command::MarkDeadline(wish) =
            mark(kind, reference, due, DeadlineMark::Received, reason)
        else {
            panic!()
        };
        let done_on = day.map(date);
        Command::MarkDeadline(Box::new(MarkDeadline { done_on, value, ..*wish }))
    };
    let invalid = |field, why| Err(Refusal::Invalid { field, why });
    let condition =
        |day, reason: &str| met(DeadlineKind::Condition, "T1", "2026-12-01", day, None, reason);
    let valued = |value: Option<i64>, reason: &str| {
        let value = value.map(crate::domain::money::Fen);
        met(DeadlineKind::Valuation, "P1", "2026-11-30", Some("2026-11-20"), value, reason)
    };
    for (command, wanted) in [
        (condition(None, " "), invalid("proof", "missing")),
        (condition(Some("2026-11-24"), "函"), invalid("done_on", "future")),
        (valued(None, "报告"), invalid("new_value", "missing")),
        (valued(Some(0), "报告"), invalid("new_value", "missing")),
        (valued(Some(180_000_000), ""), invalid("proof", "missing")),
    ] {
        assert_eq!(branch.run("zhang", command.clone()), wanted, "{command:?}");
    }
    branch.run("zhang", condition(Some("2026-11-18"), "函 12 号")).unwrap();
    branch.run("zhang", valued(Some(180_000_000), "评估报告 77")).unwrap();
    assert_eq!(
        branch.text("SELECT group_concat(kind || marked_on || coalesce(value, '') || reason) FROM deadline_marks"),
        "condition2026-11-18函 12 号,valuation2026-11-20180000000评估报告 77"
    );
    branch.store.verify_journal(&[]).unwrap();
}

#[test]
fn what_secures_nothing_any_more_need_not_be_insured() {
    let mut branch = branch();
    let late = |branch: &Branch| branch.text("SELECT count(*) FROM deadlines WHERE ref = 'P1'");
    assert_eq!(late(&branch), "1");
    change(&mut branch, "UPDATE loans SET status = 'settled' WHERE customer_id = 'C1'");
    assert_eq!(late(&branch), "0");
}
