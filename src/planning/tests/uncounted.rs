//! Visits that were made and left a duty open.

use super::*;
use crate::domain::visit::VisitState;

/// What `explain` says of the first open duty of this code: `visit why`.
fn said(file: &CustomerFile, code: DutyCode) -> Vec<String> {
    let (policy, days) = (policy::load().unwrap(), holidays::load().unwrap());
    let why = explain(file, &policy, &days, day("2026-05-20"), day("2026-12-31"));
    let open = why.duties.iter().find(|e| e.duty.code == code && e.fate == Fate::Open).unwrap();
    open.uncounted.iter().map(|u| format!("{} {}", u.visit, u.why.as_code())).collect()
}

#[test]
fn a_visit_that_left_a_duty_open_is_told_with_the_reason() {
    use crate::domain::visit::VisitClass::{Offsite, Onsite};
    // A task of 1 May for an on-site visit until 15 May.
    let cases = [
        ("2026-05-06", Onsite, "directed:T1", VisitState::Draft, Some("not_handed_in")),
        ("2026-05-06", Onsite, "directed:T1", VisitState::Returned, Some("not_handed_in")),
        ("2026-05-06", Offsite, "directed:T1", VisitState::Approved, Some("offsite")),
        // That it is off site stays true when it is handed in.
        ("2026-05-06", Offsite, "directed:T1", VisitState::Draft, Some("offsite")),
        ("2026-05-06", Onsite, "day90", VisitState::Approved, Some("other_purpose")),
        ("2026-04-30", Onsite, "directed:T1", VisitState::Approved, Some("early")),
        ("2026-04-17", Onsite, "", VisitState::Approved, Some("early")),
        // Far from the window, not done, or not yet made.
        ("2026-04-16", Onsite, "", VisitState::Approved, None),
        ("2026-04-30", Onsite, "", VisitState::Draft, None),
        ("2026-05-21", Onsite, "day90", VisitState::Approved, None),
    ];
    for (on, class, purposes, state, wanted) in cases {
        let mut file = book(crate::domain::customer::Line::PersonalConsumption, 300_000);
        file.tasks.push(task("T1", "2026-05-01", "2026-05-15", DutyClass::Onsite));
        file.visits.push(visit("V1", on, class, purposes));
        file.visits[0].state = state;
        let wanted: Vec<String> = wanted.iter().map(|why| format!("V1 {why}")).collect();
        assert_eq!(said(&file, DutyCode::Directed), wanted, "{on} {class:?} {purposes} {state:?}");
    }
}
