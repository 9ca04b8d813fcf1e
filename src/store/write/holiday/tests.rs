//! Years that a bank adds: who may, what moves, and that the text stays.

use super::super::Command;
use crate::assets::holidays;
use crate::protocol::command::HolidayCommand;
use crate::protocol::reply::{Outcome, Refusal};
use crate::store::tests::{Branch, day};

/// 2027 with a long Spring Festival.
fn year() -> String {
    let legal = holidays::text(2027).unwrap();
    let long = "off = [\"2027-02-05\", \"2027-02-06\", \"2027-02-07\", \"2027-02-08\", \"2027-02-09\"]\n\
        work = [\"2027-02-20\"]";
    legal
        .replace("announced = false", "announced = true")
        .replace("off = [\"2027-02-05\", \"2027-02-06\", \"2027-02-07\", \"2027-02-08\"]", long)
}

fn add(content: &str) -> Command {
    Command::Holidays(HolidayCommand::Add { content: content.to_owned() })
}

fn run(branch: &mut Branch, who: &str, command: Command) -> Result<Outcome, Refusal> {
    branch.run(who, command)
}

#[test]
fn an_added_year_moves_due_dates_in_every_session_and_is_taken_back() {
    let mut branch = Branch::new();
    let tx = branch.store.begin().unwrap();
    tx.execute_batch(
        "INSERT INTO loans (loan_id, customer_id, amount, balance, disbursed_on, matures_on, status)
            VALUES ('L2', 'C2', 100000000, 80000000, '2026-11-11', '2027-12-20', 'active');
         UPDATE customers SET line = 'corporate' WHERE customer_id = 'C2';",
    )
    .unwrap();
    tx.commit().unwrap();
    branch.store.plan_book(day(0).date_naive()).unwrap();
    // D+90 is 9 February 2027: a workday by law, in the middle of the long holiday when announced.
    let due = "SELECT count(*) FROM due_visits WHERE customer_id = 'C2' AND duties LIKE '%day90%' AND due = ";
    let on = |branch: &Branch, date: &str| branch.text(&format!("{due}'{date}'"));
    assert_eq!(on(&branch, "2027-02-09"), "1");
    let mut other = branch.second();
    assert_eq!(run(&mut branch, "wang", add(&year())), Err(Refusal::NotAllowed));
    run(&mut branch, "admin", add(&year())).unwrap();
    assert_eq!((on(&branch, "2027-02-09"), on(&branch, "2027-02-04")), ("0".into(), "1".into()));
    assert!(branch.store.packs().own_years == [2027]);
    // Another session plans by it with its next write, and not before it knows.
    assert!(other.changed_elsewhere().unwrap());
    assert_eq!(other.packs().own_years, [2027]);
    let why = Err(Refusal::Invalid { field: "holidays", why: "unsound_days" });
    assert_eq!(run(&mut branch, "admin", add(&year())), why);

    let remove = |reason: &str| {
        Command::Holidays(HolidayCommand::Remove { year: 2027, reason: reason.to_owned() })
    };
    let missing = Err(Refusal::Invalid { field: "reason", why: "missing" });
    assert_eq!(run(&mut branch, "admin", remove("")), missing);
    run(&mut branch, "admin", remove("抄错一天")).unwrap();
    assert_eq!(on(&branch, "2027-02-09"), "1");
    assert_eq!(run(&mut branch, "admin", remove("再次")), Err(Refusal::NotFound));
    run(&mut branch, "admin", add(&year())).unwrap();
    assert_eq!(branch.text("SELECT count(*) FROM holiday_years"), "2");
    assert_eq!(branch.store.own_years().unwrap()[0].added_by, "admin");
    branch.store.verify_journal(&[]).unwrap();
}
