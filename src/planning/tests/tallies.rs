//! What a branch is measured by: duties of a month, loans without a plan.

use super::*;
use crate::domain::customer::Line;

fn tally(file: &CustomerFile, as_of: &str) -> Vec<String> {
    planned(file, as_of, as_of)
        .tallies
        .iter()
        .map(|t| format!("{} {}/{}/{}", t.month.format("%Y-%m"), t.on_time, t.late, t.open))
        .collect()
}

#[test]
fn a_duty_counts_in_the_month_of_its_day_by_how_it_was_met() {
    // `small`: on-site once a year, off-site every six months, and the nodes of the loan.
    let mut file = book(Line::Corporate, 2_000_000);
    // use of funds due 2026-02-04, day 90 due 2026-04-03 (a Friday before a festival).
    assert_eq!(tally(&file, "2026-02-04"), Vec::<String>::new(), "due today is not late");
    assert_eq!(tally(&file, "2026-02-05"), ["2026-02 0/0/1"]);
    file.visits.push(visit("V1", "2026-02-06", VisitClass::Offsite, "use_of_funds"));
    assert_eq!(tally(&file, "2026-02-10"), ["2026-02 0/1/0"]);
    file.visits[0] = visit("V1", "2026-02-04", VisitClass::Offsite, "use_of_funds");
    assert_eq!(tally(&file, "2026-02-10"), ["2026-02 1/0/0"]);
    // Four months are kept: this one and three before.
    assert_eq!(tally(&file, "2026-05-31").first().unwrap(), "2026-02 1/0/0");
    assert!(!tally(&file, "2026-06-01").iter().any(|month| month.starts_with("2026-02")));
}

#[test]
fn what_was_ended_counts_nowhere_and_what_was_put_off_in_its_new_month() {
    let mut file = book(Line::Corporate, 2_000_000);
    let mut request = Request {
        id: "R1".into(),
        code: DutyCode::UseOfFunds,
        reference: "L001#1".to_owned(),
        raw_due: day("2026-02-04"),
        kind: RequestKind::Termination,
        new_due: None,
        decided_on: Some(day("2026-02-01")),
        decision: Some(Decision::Approved),
    };
    file.requests = vec![request.clone()];
    assert_eq!(tally(&file, "2026-03-20"), Vec::<String>::new());
    request.kind = RequestKind::Delay;
    request.new_due = Some(day("2026-03-10"));
    file.requests = vec![request];
    assert_eq!(tally(&file, "2026-03-20"), ["2026-03 0/0/1"]);
}

#[test]
fn a_loan_is_planned_exempt_or_neither() {
    let of = |file: &CustomerFile, as_of| {
        let plan = planned(file, as_of, as_of);
        (plan.unplanned, plan.exempt)
    };
    // A series counts however far away its next slot is.
    let mut file = book(Line::Corporate, 2_000_000);
    assert_eq!(of(&file, "2026-01-06"), (0, 0));
    // Consumption: nothing periodic once its use was checked.
    file.customer.line = Some(Line::PersonalConsumption);
    file.visits.push(visit("V1", "2026-02-01", VisitClass::Offsite, "use_of_funds"));
    assert_eq!(of(&file, "2026-06-01"), (0, 1));
    // Without a line nobody knows what it is asked for.
    file.customer.line = None;
    file.loans[0].matures_on = None;
    assert_eq!(of(&file, "2026-08-01").1, 0);
    file.visits.push(visit("V2", "2026-04-01", VisitClass::Offsite, "day90"));
    assert_eq!(of(&file, "2026-08-01"), (1, 0));
    // A loan that ended needs no plan.
    file.loans[0].status = LoanStatus::Settled;
    assert_eq!(of(&file, "2026-08-01"), (0, 0));
}
