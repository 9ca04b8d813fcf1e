//! What one month proposes, the next does not propose again.

use super::*;
use crate::assets::{holidays, policy};
use crate::domain::duty::DutyClass;
use crate::domain::plan::Unplaced;
use crate::domain::sample::day;
use crate::planning::month::tests::entry;

fn laid_out(entries: &[MonthEntry], of: &str, as_of: &str) -> Vec<(String, String)> {
    let (policy, days) = (policy::load().unwrap(), holidays::load().unwrap());
    let placed = months(entries.to_vec(), &[], &policy, &days, day(of), day(as_of));
    let stand = |one: &Placed| match (one.day, one.reason) {
        (Some(day), _) => day.to_string(),
        (None, why) => why.map_or("-", Unplaced::as_code).to_owned(),
    };
    placed.iter().map(|one| (one.listed.visit.customer.to_string(), stand(one))).collect()
}

#[test]
fn an_overdue_visit_keeps_the_day_that_this_month_proposes() {
    let long = entry(1, DutyClass::Onsite, day("2026-05-01"), day("2026-06-01"), "东");
    let soon = entry(2, DutyClass::Any, day("2026-07-20"), day("2026-08-03"), "东");
    let next = entry(3, DutyClass::Any, day("2026-08-01"), day("2026-08-20"), "东");
    let entries = [long, soon, next];
    let july = laid_out(&entries, "2026-07-01", "2026-07-20");
    assert_eq!(july[0], ("C001".to_owned(), "2026-07-20".to_owned()));
    let august = laid_out(&entries, "2026-08-01", "2026-07-20");
    assert_eq!(august[0], july[0], "proposed once, in July");
    assert_eq!(august[1], july[1], "what July has a day for keeps it");
    assert!(august[2].1.starts_with("2026-08"), "{august:?}");
}

#[test]
fn what_a_month_has_no_room_for_is_proposed_in_the_next_one() {
    // Two workdays are left, of six points each; eight trips want them, seven weeks late.
    let mut entries: Vec<MonthEntry> = (0..8)
        .map(|n| entry(n, DutyClass::Onsite, day("2026-05-01"), day("2026-06-05"), "东"))
        .collect();
    let july = laid_out(&entries, "2026-07-01", "2026-07-30");
    let in_july = july.iter().filter(|(_, day)| day.as_str() < "2026-08").count();
    assert_eq!(in_july, 6);
    let august = laid_out(&entries, "2026-08-01", "2026-07-30");
    assert_eq!(august, july, "the same days, whichever month is looked at");
    // What was accepted comes first: the others make room for it.
    entries[7].fixed = Some(day("2026-07-30"));
    let july = laid_out(&entries, "2026-07-01", "2026-07-30");
    assert_eq!(july[7].1, "2026-07-30");
    assert_eq!(laid_out(&entries, "2026-08-01", "2026-07-30"), july);
}

#[test]
fn days_full_of_proposals_are_told_apart_from_days_full_for_good() {
    let one = day("2026-07-01");
    let mut entries: Vec<MonthEntry> =
        (0..4).map(|n| entry(n, DutyClass::Onsite, one, one, "东")).collect();
    let last =
        |entries: &[MonthEntry]| laid_out(entries, "2026-07-01", "2026-07-01").pop().unwrap().1;
    assert_eq!(last(&entries), "full_of_proposals");
    for entry in entries.iter_mut().take(3) {
        entry.fixed = Some(one);
    }
    assert_eq!(last(&entries), "no_capacity");
}

/// Slots put off to one day are two due visits of it: what one month proposes for one of them is no
/// day of the other.
#[test]
fn two_visits_due_on_one_day_keep_a_day_each() {
    let due = day("2026-08-03");
    let mut two: Vec<MonthEntry> =
        (0..2).map(|_| entry(1, DutyClass::Onsite, day("2026-07-20"), due, "东")).collect();
    two[1].listed.visit.duties[0].raw_due = day("2026-06-30");
    two[1].paused = Some(day("2026-07-31"));
    let july = laid_out(&two, "2026-07-01", "2026-07-20");
    let august = laid_out(&two, "2026-08-01", "2026-07-20");
    let days: Vec<&str> = july.iter().map(|(_, day)| day.as_str()).collect();
    assert_eq!(days, ["2026-08-03", "2026-07-20"], "one waits for the end of a pause");
    assert_eq!(august, july);
}
