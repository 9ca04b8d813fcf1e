//! A calendar file from the store: what one officer sees, and what the next file says.

use super::*;
use crate::domain::ids::OpId;
use crate::protocol::report::ReportLang;
use crate::store::tests::{Branch, actor, day};

fn order(officer: Option<&str>) -> CalendarOrder {
    CalendarOrder { officer: officer.map(UserId::from), private: false, lang: ReportLang::Chinese }
}

fn make_for(branch: &mut Branch, who: &str, order: &CalendarOrder, n: i64) -> (String, usize) {
    let path = branch.dir.path().join(format!("{who}.ics"));
    let op = OpId(format!("cal-{who}-{n}"));
    let actor = actor(who);
    let asking = Asking { actor: &actor, read_at: day(n), noted_at: day(n), op: &op };
    let (path, count) = make(&mut branch.store, asking, order, &path).unwrap();
    (std::fs::read_to_string(path).unwrap(), count)
}

#[test]
fn each_officer_has_her_own_and_the_next_file_strikes_out_what_was_made() {
    let mut branch = Branch::new();
    let (hers, count) = make_for(&mut branch, "zhang", &order(None), 0);
    assert!(count > 0 && hers.contains("鼎盛新能源"), "{hers}");
    let (others, _) = make_for(&mut branch, "li", &order(None), 0);
    assert!(!others.contains("鼎盛新能源"));
    // Nobody asks for a calendar out of her sight.
    let (far, none) = make_for(&mut branch, "far", &order(Some("zhang")), 0);
    assert!(none == 0 && !far.contains("VEVENT"));
    assert_eq!(
        branch.text("SELECT count(*) > 0 FROM calendar_events WHERE officer = 'zhang'"),
        "1"
    );
    let tx = branch.store.begin().unwrap();
    tx.execute_batch(
        "UPDATE loans SET status = 'settled', settled_on = '2026-11-23' WHERE loan_id = 'L1'",
    )
    .unwrap();
    tx.commit().unwrap();
    let (next, _) = make_for(&mut branch, "zhang", &order(None), 1);
    assert_eq!(next.matches("STATUS:CANCELLED").count(), count, "{next}");
    assert!(!next.contains("STATUS:CONFIRMED"));
    let noted = "SELECT count(*) FROM journal WHERE command = 'calendar'";
    assert_eq!(branch.text(noted), "4");
    branch.store.verify_journal(&[]).unwrap();
}

#[test]
fn deadlines_stand_in_the_file_and_what_is_done_is_struck_out() {
    let mut branch = Branch::new();
    let change = |branch: &mut Branch, sql: &str| {
        let tx = branch.store.begin().unwrap();
        tx.execute_batch(sql).unwrap();
        tx.commit().unwrap();
        branch.store.plan_book(day(0).date_naive()).unwrap();
    };
    change(
        &mut branch,
        "INSERT INTO conditions (condition_id, customer_id, text, due_on)
             VALUES ('T1', 'C1', '办妥登记', '2026-12-01')",
    );
    let (hers, _) = make_for(&mut branch, "zhang", &order(None), 0);
    assert!(hers.contains("期限 鼎盛新能源 批复条件"), "{hers}");
    let (others, _) = make_for(&mut branch, "li", &order(None), 0);
    assert!(!others.contains("批复条件"));
    // A list of visits alone says nothing of deadlines, neither that they are nor that they are gone.
    let me = actor("zhang");
    let visits = draw(&branch.store, &me, day(0), &order(None), Vec::new()).unwrap();
    assert!(!visits.text.contains("批复条件") && visits.text.contains("CANCELLED"));
    change(&mut branch, "UPDATE conditions SET done_on = '2026-11-23'");
    let (next, _) = make_for(&mut branch, "zhang", &order(None), 0);
    let struck = next.split("BEGIN:VEVENT").find(|part| part.contains("批复条件")).unwrap();
    assert!(struck.contains("STATUS:CANCELLED"), "{next}");
}
