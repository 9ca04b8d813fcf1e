//! Between the decision about a policy and the last customer whom it takes over.

use super::*;
use crate::assets::policy::default_text;
use crate::domain::ids::CustomerId;
use crate::planning;
use crate::protocol::command::{PolicyCommand, TierCommand};
use crate::protocol::reply::Refusal;
use crate::store::tests::{Branch, actor, day};

/// More customers than one slice has, with a loan each.
const MANY: usize = 140;

fn crowded() -> Branch {
    let mut branch = Branch::new();
    let tx = branch.store.begin().unwrap();
    for n in 0..MANY {
        tx.execute_batch(&format!(
            "INSERT INTO customers (customer_id, name, line, officer, onboarded_on)
             VALUES ('D{n:03}', '客户{n}', 'micro_shop', 'zhang', '2025-01-01');
             INSERT INTO loans (loan_id, customer_id, amount, balance, disbursed_on, matures_on, status)
             VALUES ('D{n:03}', 'D{n:03}', 50000000, 50000000, '2025-03-0{}', '2027-12-20', 'active')",
            n % 9 + 1
        ))
        .unwrap();
    }
    tx.commit().unwrap();
    branch.store.plan_book(day(0).date_naive()).unwrap();
    branch
}

/// Puts a stricter policy forward and brings it into force.
fn decide(branch: &mut Branch) {
    let content = default_text()
        .replacen("id = \"default\"", "id = \"east\"", 1)
        .replace("normal = \"on 12, off 6\"", "normal = \"on 6, off 3\"");
    let reason = "季度复核".to_owned();
    branch.run("wang", Command::Policy(PolicyCommand::Propose { content, reason })).unwrap();
    let sha256 = branch.text("SELECT sha256 FROM policies WHERE policy = 'east@1'");
    let (policy, reason) = ("east@1".to_owned(), String::new());
    let decide = PolicyCommand::Decide { policy, sha256, activate: true, reason };
    branch.run("zhao", Command::Policy(decide)).unwrap();
}

/// From now on the step fails in which a customer is taken over, as if the process had ended there.
fn cut_off_at(branch: &Branch, customer: &str) {
    let sql = format!(
        "CREATE TRIGGER cut_off BEFORE UPDATE OF cadence_since ON customers
         WHEN OLD.customer_id = '{customer}' BEGIN SELECT RAISE(ABORT, 'cut off'); END"
    );
    branch.store.conn().execute_batch(&sql).unwrap();
}

fn go_on(branch: &mut Branch, n: i64) {
    branch.store.conn().execute_batch("DROP TRIGGER cut_off").unwrap();
    branch.store.run_jobs(day(n), "night");
}

/// Everybody's due visits as they are worked out from her file.
fn plans(branch: &Branch) -> Vec<planning::Plan> {
    let (packs, today) = (branch.store.packs(), day(0).date_naive());
    let to = today + chrono::Days::new(120);
    let mut all = Vec::new();
    let plan =
        |file: CustomerFile| planning::plan(&file, &packs.policy, &packs.workdays, today, to);
    branch.store.each_file(&actor("risk"), None, |file| all.push(plan(file))).unwrap();
    all
}

/// Another session on the same file.
fn beside(branch: &Branch) -> Branch {
    let dir = tempfile::tempdir().unwrap();
    Branch::around(dir, branch.second(), Arc::clone(&branch.packs))
}

/// All that is written of the plan and the cadence.
fn rows(branch: &Branch) -> String {
    branch.text(
        "SELECT group_concat(line, char(10)) FROM (
            SELECT customer_id || due || codes || duties AS line FROM due_visits
            UNION ALL SELECT customer_id || coalesce(next_due, '') || coalesce(cell, '') FROM customer_facts
            UNION ALL SELECT customer_id || code || ref || raw_due || standing || policy FROM kept_duties
            UNION ALL SELECT customer_id || coalesce(cadence_since, '') || coalesce(extra_visit_from, '')
                FROM customers ORDER BY 1)",
    )
}

#[test]
fn whoever_was_not_taken_over_yet_is_read_as_if_she_were() {
    let mut whole = crowded();
    decide(&mut whole);
    assert_eq!(whole.text("SELECT count(*) FROM meta WHERE key = 'policy_moving'"), "0");

    // Of the first slice nobody, and of the second nobody.
    for at in ["C1", "D139"] {
        let mut branch = crowded();
        cut_off_at(&branch, at);
        decide(&mut branch);
        assert_eq!(branch.store.packs().policy.version, "east@1", "it is decided");
        let left = "SELECT count(*) FROM customers WHERE cadence_since IS NULL";
        assert_ne!(branch.text(left), whole.text(left), "{at}");
        assert_eq!(plans(&branch), plans(&whole), "{at}");
        assert_eq!(plans(&beside(&branch)), plans(&whole), "{at}");
        let id = CustomerId::from("D139");
        let why = |branch: &Branch| branch.store.customer_file(&actor("risk"), &id).unwrap();
        assert_eq!(why(&branch), why(&whole), "{at}");

        go_on(&mut branch, 0);
        whole.store.run_jobs(day(0), "night");
        assert_eq!(rows(&branch), rows(&whole), "{at}");
        assert!(branch.store.packs().leaving.is_none());
        branch.store.verify_journal(&[]).unwrap();
    }
}

#[test]
fn what_is_written_between_two_steps_stands_by_the_new_policy() {
    let mut whole = crowded();
    decide(&mut whole);
    let mut branch = crowded();
    cut_off_at(&branch, "C1");
    decide(&mut branch);
    let replan = |branch: &mut Branch| {
        let packs = Arc::clone(branch.store.packs());
        let tx = branch.store.begin().unwrap();
        let id = CustomerId::from("D139");
        project::project_customer(&tx, &packs, &id, day(0).date_naive()).unwrap();
        tx.commit().unwrap();
        branch.text("SELECT group_concat(due || duties) FROM due_visits WHERE customer_id = 'D139'")
    };
    assert_eq!(replan(&mut branch), replan(&mut whole));
    assert!(replan(&mut branch).contains("east@1"));
}

#[test]
fn what_moves_cells_itself_waits_for_the_end() {
    let mut branch = crowded();
    cut_off_at(&branch, "D139");
    decide(&mut branch);
    let customer = CustomerId::from("C1");
    let tier = crate::domain::loan::Tier::SpecialMention;
    let (subgrade, reason) = (String::new(), "x".to_owned());
    let propose = Command::Tier(TierCommand::Propose { customer, tier, subgrade, reason });
    let refused = branch.run("zhang", propose.clone());
    assert!(matches!(refused, Err(Refusal::Engine { .. })), "{refused:?}");
    branch.store.conn().execute_batch("DROP TRIGGER cut_off").unwrap();
    branch.run("zhang", propose).unwrap();
    assert_eq!(branch.text("SELECT count(*) FROM meta WHERE key = 'policy_moving'"), "0");
}

#[test]
fn each_step_is_in_the_journal_with_what_it_changed() {
    let mut branch = crowded();
    decide(&mut branch);
    let steps =
        "FROM journal WHERE command = 'move_book' AND subject = 'east@1' AND actor = 'zhao'";
    assert_eq!(branch.text(&format!("SELECT count(*) {steps}")), "3", "two slices and the end");
    let moved = format!("SELECT sum(json_extract(after, '$.customers')) {steps}");
    let changed = "SELECT count(*) FROM customers WHERE cadence_since = '2026-11-23'";
    assert_eq!(branch.text(&moved), branch.text(changed));
}
