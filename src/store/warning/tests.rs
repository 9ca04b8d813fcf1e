//! Rules over a file: what is proposed, once, with what was seen; what is left alone.

use chrono::Days;

use super::*;
use crate::domain::flag::{FlagStep, Level};
use crate::domain::ids::{FlagId, UserId};
use crate::protocol::command::Command;
use crate::store::tests::{Branch, day};

mod building;
mod ended;
mod own;
mod rising;
mod settled;
mod sight;

/// A branch in which C1 is ten days past due since an instalment of the 13th.
fn late() -> Branch {
    let branch = Branch::new();
    branch
        .store
        .conn()
        .execute_batch(
            "INSERT INTO repayments (loan_id, due_on, principal, interest)
             VALUES ('L1', '2026-11-13', 100, 0), ('L1', '2026-12-13', 100, 0)",
        )
        .unwrap();
    branch
}

fn flags(branch: &Branch) -> String {
    branch.text("SELECT group_concat(signal || ':' || state, ' ') FROM (SELECT * FROM flags ORDER BY flag_id)")
}

/// Somebody raises a signal by hand, at the level of the library; what is not in it is yellow.
fn raised(customer: &str, signal: &str) -> Command {
    let library = crate::assets::signals::shared().unwrap();
    Command::RaiseFlag {
        lowered: None,
        customer: CustomerId::from(customer),
        visit: None,
        item: None,
        signal: signal.to_owned(),
        level: library.get(signal).map_or(Level::Yellow, |known| known.level),
        proposed: false,
        owner: Some(UserId::from("zhang")),
        measure: "催收".to_owned(),
        due_on: Some(instant::business_date(day(0)) + Days::new(5)),
        note: String::new(),
    }
}

fn look(branch: &mut Branch, days: i64) -> usize {
    branch.store.propose_signals(None, day(days), "s").unwrap().len()
}

#[test]
fn what_a_rule_finds_is_proposed_once_with_what_it_saw() {
    let mut branch = late();
    assert_eq!((look(&mut branch, 0), look(&mut branch, 0), look(&mut branch, 3)), (1, 0, 0));
    assert_eq!(flags(&branch), "ACC-02:proposed");
    assert_eq!(
        branch.text("SELECT fact || ' ' || value || ' ' || as_of FROM flag_inputs"),
        "days_past_due n:100000 2026-11-13"
    );
    assert_eq!(branch.text("SELECT proposed FROM customer_facts WHERE customer_id = 'C1'"), "1");
    assert!(branch.text("SELECT rule FROM flag_care").contains("days_past_due"));
    assert_ne!(branch.text("SELECT step_due FROM flag_care"), "");
    assert_eq!(
        branch.text("SELECT command || actor FROM journal ORDER BY seq DESC LIMIT 1"),
        "propose_flaghuifang"
    );
    branch.store.verify_journal(&[]).unwrap();
}

#[test]
fn days_reported_of_one_loan_hide_none_of_another() {
    let mut branch = Branch::new();
    branch
        .store
        .conn()
        .execute_batch(
            "INSERT INTO repayments (loan_id, due_on, principal) VALUES ('L1', '2026-08-15', 100);
             INSERT INTO loans (loan_id, customer_id, amount, balance, disbursed_on, status,
                days_past_due) VALUES ('L2', 'C1', 1, 0, '2026-06-01', 'active', 0)",
        )
        .unwrap();
    look(&mut branch, 0);
    assert!(flags(&branch).contains("ACC-03:proposed"), "{}", flags(&branch));
}

#[test]
fn a_rejected_proposal_comes_again_only_with_other_inputs() {
    let mut branch = late();
    let proposed = branch.store.propose_signals(None, day(0), "s").unwrap().remove(0);
    let reject = Command::DecideFlag {
        flag: proposed.flag,
        seen: 1,
        confirm: false,
        owner: None,
        measure: String::new(),
        due_on: None,
        reason: "系统误报".to_owned(),
    };
    branch.run("wang", reject).unwrap();
    // Days grow, the overdue instalment is the same; then the next band is another signal, and so is
    // a second instalment.
    assert_eq!((look(&mut branch, 1), look(&mut branch, 5)), (0, 0));
    assert_eq!(look(&mut branch, 30), 2);
    assert_eq!(flags(&branch), "ACC-02:rejected ACC-03:proposed ACC-21:proposed");
    // It is paid; another instalment is late later on.
    branch.store.conn().execute_batch(
        "UPDATE repayments SET paid_on = '2026-12-24', paid_amount = 100 WHERE due_on = '2026-11-13'").unwrap();
    assert_eq!(look(&mut branch, 32), 1);
    let all = "ACC-02:rejected ACC-03:proposed ACC-21:proposed ACC-02:proposed";
    assert_eq!(flags(&branch), all);
}

#[test]
fn flags_of_a_hand_are_not_proposed_beside() {
    let mut branch = late();
    branch.run("zhang", raised("C1", "ACC-02")).unwrap();
    assert_eq!(look(&mut branch, 0), 0);
}

/// A branch with a group, a mutual guarantee, somebody in default and flagged peers of a circle.
fn neighbours() -> Branch {
    let branch = Branch::new();
    branch.store.conn().execute_batch(
        "UPDATE customers SET group_id = 'K', trade_circle = '茶城';
         INSERT INTO customers (customer_id, name, officer, trade_circle, group_id) VALUES
            ('P1', '一', 'li', '茶城', NULL), ('P2', '二', 'li', '茶城', NULL), ('P3', '三', 'li', '茶城', NULL),
            ('P4', '四', 'li', '茶城', NULL), ('P5', '五', 'li', '别处', NULL);
         INSERT INTO loans (loan_id, customer_id, amount, balance, disbursed_on, status, days_past_due)
            VALUES ('LP', 'C2', 1, 1, '2026-01-01', 'active', 45);
         INSERT INTO loans (loan_id, customer_id, amount, balance, disbursed_on, status)
            SELECT 'L-' || customer_id, customer_id, 1, 1, '2026-01-01', 'active' FROM customers
            WHERE customer_id NOT IN ('C1', 'C2');
         INSERT INTO relations (customer_id, related_name, related_customer_id, kind)
            VALUES ('P5', '互保', 'C2', 'mutual_guarantee');
         INSERT INTO flags (flag_id, customer_id, signal, level, state, raised_on, confirmed_on) VALUES
            ('F1', 'P1', 'x', 'yellow', 'confirmed', '2026-11-01', '2026-11-01'),
            ('F2', 'P2', 'x', 'yellow', 'confirmed', '2026-11-01', '2026-11-01'),
            ('F3', 'P3', 'x', 'yellow', 'confirmed', '2026-11-01', '2026-11-01')",
    ).unwrap();
    branch
}

#[test]
fn near_ones_in_default_flagged_peers_and_the_circle_are_seen() {
    let mut branch = neighbours();
    branch.store.run_jobs(day(0), "s");
    let found = branch.text(
        "SELECT group_concat(customer_id || ':' || signal, ' ') FROM
         (SELECT * FROM flags WHERE origin = 'here' ORDER BY customer_id, signal)",
    );
    // C1 and C3 share the group of C2, P5 guarantees with it; the flagged ones count two others.
    assert_eq!(
        found,
        "C1:EXT-08 C1:EXT-11 C2:ACC-03 C2:EXT-11 C3:EXT-08 C3:EXT-11 P4:EXT-11 P5:EXT-08"
    );
}

#[test]
fn what_peers_and_neighbours_have_told_of_does_not_count_among_peers() {
    let mut branch = neighbours();
    let conn = branch.store.conn();
    conn.execute_batch("UPDATE flags SET signal = 'EXT-11' WHERE flag_id = 'F1'").unwrap();
    let peers = |branch: &mut Branch| {
        look(branch, 0);
        branch.text("SELECT count(*) FROM flags WHERE origin = 'here' AND signal = 'EXT-11'")
    };
    assert_eq!(peers(&mut branch), "0");
    let mut own = raised("P1", "自述");
    if let Command::RaiseFlag { owner, .. } = &mut own {
        *owner = Some(UserId::from("li"));
    }
    branch.run("li", own).unwrap();
    assert_ne!(peers(&mut branch), "0");
}

#[test]
fn a_look_at_one_customer_sees_what_a_look_at_all_sees() {
    let mut branch = neighbours();
    branch.store.run_jobs(day(0), "s");
    let conn = branch.store.conn();
    for table in ["flag_inputs", "flag_history", "flag_care", "flags"] {
        let own = "(SELECT flag_id FROM flags WHERE origin = 'here')";
        conn.execute_batch(&format!("DELETE FROM {table} WHERE flag_id IN {own}")).unwrap();
    }
    for n in 0..3 {
        for (month, inflow) in
            [("05", 9), ("06", 9), ("07", 9), ("08", 3 + n), ("09", 3), ("10", 3)]
        {
            for customer in ["C1", "P1", "P2", "P3", "P4"].iter().skip(n) {
                conn.execute(
                    "INSERT INTO account_flows (customer_id, month, inflow) VALUES (?1, '2026-' || ?2, ?3)
                     ON CONFLICT DO UPDATE SET inflow = excluded.inflow",
                    (customer, month, i64::try_from(inflow).unwrap()),
                )
                .unwrap();
            }
        }
    }
    conn.execute_batch(
        "INSERT INTO events (event_id, kind, title, change, happened_on, points, due_on, entered_by,
            entered_at, closed_on, finding) VALUES
            ('E1', 'price', 'x', 200000, '2026-11-20', 'x', '2026-12-01', 'wang', 'x', NULL, NULL),
            ('E2', 'price', 'x', -300000, '2026-11-21', 'x', '2026-12-01', 'wang', 'x', NULL, NULL),
            ('E3', 'price', 'x', 900000, '2026-11-22', 'x', '2026-12-01', 'wang', 'x', '2026-11-22', 'x');
         INSERT INTO todos (todo_id, customer_id, kind, text, owner, promised_by, due_on, noted_by, noted_on)
            SELECT 'T-' || customer_id, customer_id, 'agreed', 'x', 'li', 'bank', '2026-12-01', 'wang', 'x'
            FROM customers WHERE customer_id IN ('C1', 'P5');
         INSERT INTO look_ats (origin, customer_id, todo_id)
            SELECT e.event_id, t.customer_id, t.todo_id FROM events e CROSS JOIN todos t
            WHERE t.todo_id LIKE 'T-%' AND NOT (e.event_id = 'E2' AND t.customer_id = 'C1')",
    )
    .unwrap();
    let book = branch.store.rule_book().unwrap();
    let today = instant::business_date(day(0));
    let all = branch.store.find_signals(&book, None, today).unwrap().found;
    assert!(all.len() > 8, "{all:?}");
    let price = all.iter().filter(|(_, finding)| finding.signal == "EXT-02");
    assert_eq!(price.count(), 2, "{all:?}");
    let everybody: Vec<CustomerId> = branch
        .text(
            "SELECT group_concat(customer_id) FROM (SELECT customer_id FROM customers ORDER BY 1)",
        )
        .split(',')
        .map(CustomerId::from)
        .collect();
    let one_by_one: Vec<_> = everybody
        .iter()
        .flat_map(|one| {
            let one = std::slice::from_ref(one);
            branch.store.find_signals(&book, Some(one), today).unwrap().found
        })
        .collect();
    assert_eq!(one_by_one, all);
    assert_eq!(branch.store.find_signals(&book, Some(&everybody), today).unwrap().found, all);
}

/// A proposal is counted without planning anew, and planning anew finds nothing to change.
#[test]
fn a_proposal_changes_the_count_and_no_plan() {
    let mut branch = Branch::new();
    branch.store.run_jobs(day(0), "s");
    branch
        .store
        .conn()
        .execute_batch(
            "INSERT INTO collateral (collateral_id, customer_id, kind, value, insured_until)
                VALUES ('K2', 'C2', '房产', 1, '2026-10-01');
             INSERT INTO loans (loan_id, customer_id, amount, balance, disbursed_on, status, guarantee_mode)
                VALUES ('X2', 'C2', 1, 1, '2026-10-30', 'active', 'mortgage')",
        )
        .unwrap();
    let packs = branch.store.packs_in_force().unwrap();
    let today = instant::business_date(day(0));
    let plan = |branch: &Branch| project::project_book(branch.store.conn(), &packs, today).unwrap();
    plan(&branch);
    let count = "SELECT proposed FROM customer_facts WHERE customer_id = 'C2'";
    assert_eq!(branch.text(count), "0");
    let only = [CustomerId::from("C2")];
    let made = branch.store.propose_signals(Some(&only), day(0), "s").unwrap().len();
    assert_eq!((made > 0, branch.text(count)), (true, made.to_string()));
    assert_eq!(plan(&branch), 0, "nothing is left to plan");
}

#[test]
fn an_unchanged_book_is_not_looked_at_twice_a_day() {
    let mut branch = late();
    assert_eq!(look(&mut branch, 0), 1);
    // Past the program, so that nothing tells of it.
    let late = "
        UPDATE loans SET days_past_due = 45;
        INSERT INTO loans (loan_id, customer_id, amount, balance, disbursed_on, status, days_past_due)
            VALUES ('X2', 'C2', 1, 1, '2026-01-01', 'active', 45)";
    branch.store.conn().execute_batch(late).unwrap();
    assert_eq!(look(&mut branch, 0), 0, "nothing was written: not looked at");
    let only = [CustomerId::from("C1")];
    let found = branch.store.propose_signals(Some(&only), day(0), "s").unwrap().len();
    assert_eq!(found, 1, "who is named is looked at");
    assert_eq!(look(&mut branch, 0), 0, "what a rule proposed is no news to it");
    branch.run("zhang", raised("C1", "自述")).unwrap();
    assert_eq!(look(&mut branch, 0), 1, "something was written");
    assert_eq!(branch.text("SELECT signal FROM flags WHERE customer_id = 'C2'"), "ACC-03");
}

#[test]
fn flows_with_a_gap_are_no_fall_and_the_median_of_the_circle_counts() {
    let mut branch = Branch::new();
    let conn = branch.store.conn();
    conn.execute_batch(
        "UPDATE customers SET trade_circle = '茶城';
         INSERT INTO loans (loan_id, customer_id, amount, balance, disbursed_on, status)
            VALUES ('L2', 'C2', 1, 1, '2026-01-01', 'active')",
    )
    .unwrap();
    for n in 0..5 {
        conn.execute_batch(&format!(
            "INSERT INTO customers (customer_id, name, officer, trade_circle) VALUES ('P{n}', '同行', 'li', '茶城')"
        )).unwrap();
    }
    let flow = |customer: &str, month: &str, inflow: i64| {
        conn.execute(
            "INSERT INTO account_flows (customer_id, month, inflow) VALUES (?1, ?2, ?3)",
            (customer, month, inflow),
        )
        .unwrap();
    };
    for month in ["2026-05", "2026-06", "2026-07"] {
        for customer in ["C1", "C2", "P0", "P1", "P2", "P3", "P4"] {
            flow(customer, month, 100);
        }
    }
    for month in ["2026-08", "2026-09", "2026-10"] {
        flow("C1", month, 65);
        for peer in ["P0", "P1", "P2", "P3", "P4"] {
            flow(peer, month, 98);
        }
    }
    // C2 has one month of the last three, and none of it is a fall of two thirds.
    flow("C2", "2026-08", 100);
    assert_eq!(look(&mut branch, 0), 1);
    assert_eq!(branch.text("SELECT customer_id || signal FROM flags"), "C1ACC-09");
    assert_eq!(
        branch.text("SELECT group_concat(fact || '=' || value, ' ') FROM flag_inputs WHERE fact NOT LIKE 'limit.%'"),
        "inflow_drop_before=n:350000 inflow_below_circle=n:330000"
    );
}

#[test]
fn a_change_of_one_customer_is_looked_at_without_the_rest() {
    let mut branch = late();
    branch.store.run_jobs(day(0), "s");
    assert_eq!(flags(&branch), "ACC-02:proposed");
    branch.store.conn().execute_batch(
        "INSERT INTO loans (loan_id, customer_id, amount, balance, disbursed_on, status, days_past_due)
         VALUES ('L2', 'C2', 1, 1, '2026-01-01', 'active', 3), ('L3', 'C3', 1, 1, '2026-01-01', 'active', 3)",
    ).unwrap();
    // Nothing was journalled about anybody: nothing is looked at.
    assert_eq!(branch.store.look_for_new_signals(day(0), "s").unwrap(), 0);
    let copied = Command::RaiseFlag {
        lowered: None,
        customer: CustomerId::from("C2"),
        visit: None,
        item: None,
        signal: "自述".to_owned(),
        level: Level::Yellow,
        proposed: false,
        owner: Some(UserId::from("li")),
        measure: "查".to_owned(),
        due_on: Some(instant::business_date(day(0)) + Days::new(5)),
        note: String::new(),
    };
    branch.run("li", copied).unwrap();
    assert_eq!(branch.store.look_for_new_signals(day(0), "s").unwrap(), 1);
    assert_eq!(branch.text("SELECT customer_id FROM flags WHERE signal = 'ACC-01'"), "C2");
    assert_eq!(branch.store.look_for_new_signals(day(0), "s").unwrap(), 0);
}
