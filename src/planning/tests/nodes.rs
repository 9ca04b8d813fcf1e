//! Duties of a loan, of flags and of people: each with its own day.

use super::*;

#[test]
fn node_duties_of_a_loan() {
    // Disbursed 2026-01-05, matures 2027-01-05, 52 M.
    let file = book(crate::domain::customer::Line::Corporate, 52_000_000);
    let of = |code| duties(&file, "2026-06-01", "2027-06-01", code);
    // 2026-02-04 is a Wednesday.
    assert_eq!(of(DutyCode::UseOfFunds), ["2026-02-04 2026-02-04 2026-01-06 any open"]);
    // 2026-04-05 is Qingming (4 to 6 April off): the last workday before is Friday the 3rd.
    assert_eq!(of(DutyCode::Day90), ["2026-04-05 2026-04-03 2026-03-07 any open"]);
    // 90 days before: 2026-10-07, in the National Day holiday: 30 September.
    assert_eq!(of(DutyCode::RenewalTalk), ["2026-10-07 2026-09-30 2026-09-07 any open"]);
    // 30 days before: Sunday 2026-12-06.
    assert_eq!(of(DutyCode::BeforeMaturity), ["2026-12-06 2026-12-04 2026-11-06 onsite open"]);
}

#[test]
fn terms_on_the_boundary() {
    use crate::domain::customer::Line::Corporate;
    // (days from disbursement to maturity, day90, renewal talk, class before maturity)
    for (term, day90, renewal, before) in [
        (90, "matures_before", "short_term", "any open"),
        (91, "open", "short_term", "any open"),
        (179, "open", "short_term", "any open"),
        (180, "open", "open", "onsite open"),
        (30, "matures_before", "short_term", "any short_term"),
        (31, "matures_before", "short_term", "any open"),
    ] {
        let mut file = book(Corporate, 5_000_000);
        let loan = &mut file.loans[0];
        loan.matures_on = Some(loan.disbursed_on + Days::new(term));
        let ends = |code, expected: &str| {
            let found = duties(&file, "2026-01-20", "2027-06-01", code);
            assert!(found[0].ends_with(expected), "{term}: {found:?} {expected}");
        };
        ends(DutyCode::Day90, day90);
        ends(DutyCode::RenewalTalk, renewal);
        ends(DutyCode::BeforeMaturity, before);
    }
}

#[test]
fn each_drawdown_is_checked_on_its_own_and_later_ones_are_not_known() {
    let mut file = book(crate::domain::customer::Line::Corporate, 5_000_000);
    file.loans[0].drawdowns = vec![
        drawdown("D1", "2026-01-05"),
        drawdown("D2", "2026-03-02"),
        drawdown("D3", "2026-05-04"),
    ];
    file.visits = vec![visit("V1", "2026-03-10", VisitClass::Offsite, "use_of_funds:D1")];
    let found = duties(&file, "2026-04-01", "2026-12-31", DutyCode::UseOfFunds);
    assert_eq!(
        found,
        ["2026-02-04 2026-02-04 2026-01-06 any V1+34", "2026-04-01 2026-04-01 2026-03-03 any open"]
    );
    // Before the first drawdown nothing is drawn yet, not even in full.
    file.loans[0].drawdowns = vec![drawdown("D3", "2026-05-04")];
    assert!(duties(&file, "2026-04-01", "2026-12-31", DutyCode::UseOfFunds).is_empty());
}

#[test]
fn flags_are_revisited_in_a_chain() {
    let mut file = book(crate::domain::customer::Line::Corporate, 5_000_000);
    file.flags = vec![flag("F1", Level::Orange, "2026-03-02")];
    file.visits = vec![
        visit("V0", "2026-03-02", VisitClass::Onsite, "flag_revisit"),
        visit("V1", "2026-03-05", VisitClass::Offsite, "flag_revisit"),
        visit("V2", "2026-03-20", VisitClass::Onsite, "flag_revisit"),
    ];
    // The day of confirmation is too early, off-site is not enough; ten workdays end on 16 March.
    let chain = duties(&file, "2026-04-01", "2026-06-30", DutyCode::FlagRevisit);
    assert_eq!(
        chain,
        [
            "2026-03-16 2026-03-16 2026-03-03 onsite V2+4",
            // 30 days after 20 March is Sunday 19 April.
            "2026-04-19 2026-04-17 2026-03-21 onsite open",
        ]
    );
    file.requests = vec![Request {
        kind: RequestKind::Termination,
        ..delay("R1", DutyCode::FlagRevisit, "F1", "2026-04-19", "2026-03-25", None)
    }];
    let chain = duties(&file, "2026-04-01", "2026-12-31", DutyCode::FlagRevisit);
    assert_eq!(chain[1], "2026-04-19 2026-04-17 2026-03-21 onsite terminated");
    assert_eq!(chain.len(), 2);
    file.flags[0].level = Level::Red;
    file.flags[0].level_since = Some(day("2026-03-27"));
    let chain = duties(&file, "2026-04-01", "2026-12-31", DutyCode::FlagRevisit);
    assert_eq!(chain, ["2026-04-01 2026-04-01 2026-03-28 onsite open"]);
}

#[test]
fn which_flags_are_open() {
    // (state, confirmed, closed, open on 2026-06-01)
    for (state, confirmed, closed, open) in [
        (FlagState::Proposed, None, None, false),
        (FlagState::Rejected, Some("2026-05-01"), None, false),
        (FlagState::Confirmed, Some("2026-05-01"), None, true),
        (FlagState::Confirmed, Some("2026-06-02"), None, false),
        (FlagState::Closed, Some("2026-05-01"), None, false),
        (FlagState::Closed, Some("2026-05-01"), Some("2026-06-01"), false),
        (FlagState::Closed, Some("2026-05-01"), Some("2026-06-02"), true),
    ] {
        let mut file = book(crate::domain::customer::Line::Corporate, 5_000_000);
        file.flags = vec![flag("F1", Level::Yellow, "2026-05-01")];
        file.flags[0].state = state;
        file.flags[0].confirmed_on = confirmed.map(day);
        file.flags[0].closed_on = closed.map(day);
        assert_eq!(
            planned(&file, "2026-06-01", "2026-12-31").level.is_some(),
            open,
            "{state:?} {closed:?}"
        );
    }
}

#[test]
fn without_a_loan_only_flags_and_tasks_ask_for_visits() {
    let mut file = book(crate::domain::customer::Line::Corporate, 5_000_000);
    file.loans[0].status = LoanStatus::Settled;
    file.flags = vec![flag("F1", Level::Yellow, "2026-05-04")];
    file.tasks = vec![task("T1", "2026-05-06", "2026-05-31", DutyClass::Onsite)];
    file.handovers = vec![handover("H1", "2026-05-06")];
    let plan = planned(&file, "2026-05-10", "2026-12-31");
    let found: Vec<String> = plan.visits.iter().map(shown).collect();
    // Wednesday 3 June; the task keeps Sunday 31 May, and the flag is taken along.
    assert_eq!(found, ["2026-05-31 onsite directed:T1@2026-05-31 flag_revisit:F1@2026-06-03"]);
    assert!(plan.gaps.is_empty() && plan.cell.is_none());
}

#[test]
fn handovers_count_for_large_or_doubtful_customers() {
    use crate::domain::customer::Line::PersonalBusiness;
    for (yuan, tier, owed) in [
        (300_000, Tier::Normal, true),
        (299_999, Tier::Normal, false),
        (299_999, Tier::SpecialMention, true),
    ] {
        let mut file = book(PersonalBusiness, yuan);
        file.loans[0].tier = Some(tier);
        file.handovers = vec![handover("H1", "2026-05-06")];
        let found = duties(&file, "2026-05-10", "2026-12-31", DutyCode::Handover);
        assert_eq!(found[0].ends_with("open"), owed, "{yuan} {tier:?}");
    }
}

#[test]
fn delays_move_due_and_the_last_decision_wins() {
    let mut file = book(crate::domain::customer::Line::Corporate, 5_000_000);
    let code = DutyCode::UseOfFunds;
    let request = |id, on, new| delay(id, code, "L001#1", "2026-02-04", on, Some(new));
    file.requests = vec![
        request("R2", "2026-02-03", "2026-03-01"),
        request("R3", "2026-02-03", "2026-02-14"),
        request("R1", "2026-02-02", "2026-02-28"),
        request("R9", "2026-03-03", "2026-03-31"),
    ];
    let plan = planned(&file, "2026-02-10", "2026-12-31");
    let duty = plan.visits.iter().flat_map(|v| &v.duties).find(|d| d.code == code).unwrap();
    assert_eq!((duty.due, duty.delayed_from), (day("2026-02-14"), Some(day("2026-02-04"))));
    file.requests[1].decision = Some(Decision::Refused);
    let plan = planned(&file, "2026-02-10", "2026-12-31");
    let duty = plan.visits.iter().flat_map(|v| &v.duties).find(|d| d.code == code).unwrap();
    assert_eq!(duty.due, day("2026-03-01"));
}

#[test]
fn before_maturity_is_met_by_any_visit_from_before_the_cadence_was_watched() {
    let mut file = book(crate::domain::customer::Line::Corporate, 5_000_000);
    file.visits = vec![visit("V1", "2026-11-10", VisitClass::Offsite, "before_maturity")];
    let found = duties(&file, "2026-11-20", "2027-01-31", DutyCode::BeforeMaturity);
    assert!(found[0].ends_with("onsite open"), "{found:?}");
    file.customer.cadence_since = Some(day("2026-11-10"));
    let found = duties(&file, "2026-11-20", "2027-01-31", DutyCode::BeforeMaturity);
    assert!(found[0].ends_with("V1+0"), "{found:?}");
}
