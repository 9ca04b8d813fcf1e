//! Cases of `planning.md`, computed by hand.

use chrono::Days;

use super::*;
use crate::assets::{holidays, policy};
use crate::domain::duty::{DutyClass, Fate};
use crate::domain::flag::FlagState;
use crate::domain::loan::LoanStatus;
use crate::domain::order::{Decision, Request, RequestKind};

pub(super) mod book;
mod laws;

use book::*;

fn shown(visit: &DueVisit) -> String {
    let duties: Vec<String> = visit
        .duties
        .iter()
        .map(|d| format!("{}:{}@{}", d.code.as_code(), d.reference, d.raw_due))
        .collect();
    format!("{} {} {}", visit.due, visit.class.as_code(), duties.join(" "))
}

/// Every duty of one code as `raw_due due opens class fate`.
fn duties(file: &CustomerFile, as_of: &str, to: &str, code: DutyCode) -> Vec<String> {
    let (policy, days) = (policy::load().unwrap(), holidays::load().unwrap());
    explain(file, &policy, &days, day(as_of), day(to))
        .duties
        .iter()
        .filter(|e| e.duty.code == code)
        .map(|e| {
            let d = &e.duty;
            let fate = match &e.fate {
                Fate::Open => "open".to_owned(),
                Fate::Terminated => "terminated".to_owned(),
                Fate::NotOwed(reason) => (*reason).to_owned(),
                Fate::Met { visit, late_days, .. } => format!("{visit}+{late_days}"),
            };
            format!("{} {} {} {} {fate}", d.raw_due, d.due, d.opens, d.class.as_code())
        })
        .collect()
}

fn planned(file: &CustomerFile, as_of: &str, to: &str) -> Plan {
    let (policy, days) = (policy::load().unwrap(), holidays::load().unwrap());
    plan(file, &policy, &days, day(as_of), day(to))
}

fn row(file: &CustomerFile, as_of: &str) -> Option<String> {
    planned(file, as_of, as_of).cell.map(|cell| cell.row)
}

#[test]
fn amounts_on_the_boundary_belong_to_the_row_above() {
    use crate::domain::customer::Line::{Corporate, MicroShop, PersonalBusiness, Project};
    for (line, yuan, expected) in [
        (Corporate, 2_999_999, "small"),
        (Corporate, 3_000_000, "standard"),
        (Corporate, 9_999_999, "standard"),
        (Corporate, 10_000_000, "medium"),
        (Corporate, 49_999_999, "medium"),
        (Corporate, 50_000_000, "large"),
        (PersonalBusiness, 299_999, "personal_small"),
        (PersonalBusiness, 300_000, "personal_medium"),
        (MicroShop, 999_999, "personal_medium"),
        (MicroShop, 1_000_000, "personal_large"),
        (Project, 1, "project"),
    ] {
        let mut file = book(line, yuan);
        assert_eq!(row(&file, "2026-06-01").as_deref(), Some(expected), "{line:?} {yuan}");
        file.customer.low_risk = true;
        assert_eq!(row(&file, "2026-06-01").as_deref(), Some("low_risk"));
    }
}

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
fn the_customer_has_the_worst_tier_of_its_active_loans() {
    let mut file = book(crate::domain::customer::Line::Corporate, 5_000_000);
    file.loans.push(loan("L002", "2026-02-02", "2027-02-02", 1_000_000));
    file.loans[1].tier = Some(Tier::Loss);
    let plan = planned(&file, "2026-06-01", "2026-12-31");
    assert_eq!(plan.tier, Tier::Loss);
    let periodic =
        plan.visits.iter().flat_map(|v| &v.duties).find(|d| d.code == DutyCode::PeriodicOnsite);
    assert_eq!(periodic.unwrap().rule, "cadence.standard.loss");
    assert_eq!(plan.cell.unwrap().to_string(), "standard/doubtful/-/on 3/off 1/default@1");
    // Settled, the bad loan no longer counts; the confirmed tier still does.
    file.loans[1].status = LoanStatus::Settled;
    assert_eq!(planned(&file, "2026-06-01", "2026-12-31").tier, Tier::Normal);
    file.customer.tier = Some(Tier::Substandard);
    assert_eq!(planned(&file, "2026-06-01", "2026-12-31").tier, Tier::Substandard);
}

#[test]
fn month_slots_count_from_the_anchor_and_clamp() {
    use crate::domain::customer::Line::Project;
    // off 1 from 31 January in a leap year: 29 February, 31 March, 30 April.
    let mut file = book(Project, 5_000_000);
    file.loans[0] = loan("L001", "2024-01-31", "2025-02-01", 5_000_000);
    file.customer.onboarded_on = Some(day("2024-01-31"));
    let found = duties(&file, "2024-02-01", "2024-04-30", DutyCode::PeriodicOffsite);
    assert_eq!(
        found,
        [
            "2024-02-29 2024-02-29 2024-02-01 any open",
            // 31 March 2024 is a Sunday.
            "2024-03-31 2024-03-29 2024-03-01 any open",
            "2024-04-30 2024-04-30 2024-04-01 any open",
        ]
    );
}

#[test]
fn half_year_slots_by_month_of_the_anchor() {
    use crate::domain::customer::Line::Project;
    // (anchor, first two slots)
    for (anchor, first, second) in [
        ("2026-01-05", "2026-04-30", "2026-10-31"),
        ("2026-02-05", "2026-05-31", "2026-11-30"),
        ("2026-03-05", "2026-06-30", "2026-12-31"),
        ("2026-04-05", "2026-08-31", "2027-02-28"),
        ("2026-05-05", "2026-08-31", "2027-02-28"),
        ("2026-06-05", "2026-09-30", "2027-03-31"),
        ("2026-07-05", "2026-10-31", "2027-04-30"),
        ("2026-08-05", "2026-11-30", "2027-05-31"),
        ("2026-12-05", "2027-03-31", "2027-09-30"),
    ] {
        let mut file = book(Project, 5_000_000);
        file.loans[0] = loan("L001", anchor, "2028-02-01", 5_000_000);
        file.customer.onboarded_on = None;
        let found = duties(&file, anchor, "2027-12-31", DutyCode::PeriodicOnsite);
        assert!(found[0].starts_with(first) && found[1].starts_with(second), "{anchor} {found:?}");
    }
}

#[test]
fn half_year_slots_open_within_their_half_year_and_after_the_anchor() {
    use crate::domain::customer::Line::Project;
    let mut file = book(Project, 5_000_000);
    file.loans[0] = loan("L001", "2026-06-30", "2028-02-01", 5_000_000);
    file.customer.onboarded_on = Some(day("2026-06-30"));
    let found = duties(&file, "2026-07-01", "2027-03-31", DutyCode::PeriodicOnsite);
    // 90 days before 30 September is 2 July; before 31 March 2027 it is 31 December, so 1 January.
    assert!(found[0].starts_with("2026-09-30 2026-09-30 2026-07-02"), "{found:?}");
    assert!(found[1].starts_with("2027-03-31 2027-03-31 2027-01-01"), "{found:?}");
}

#[test]
fn two_visits_in_one_half_year_meet_one_slot() {
    use crate::domain::customer::Line::Project;
    let mut file = book(Project, 5_000_000);
    file.visits = vec![
        visit("V1", "2026-03-10", VisitClass::Onsite, ""),
        visit("V2", "2026-04-10", VisitClass::Onsite, ""),
    ];
    let found = duties(&file, "2026-06-01", "2026-12-31", DutyCode::PeriodicOnsite);
    assert_eq!(
        found,
        [
            "2026-04-30 2026-04-30 2026-01-30 onsite V1+0",
            "2026-10-31 2026-10-30 2026-08-02 onsite open"
        ]
    );
}

#[test]
fn a_late_visit_meets_all_overdue_slots_and_no_other() {
    use crate::domain::customer::Line::Project;
    // Monthly off-site from 5 January: 5 February and 5 March are missed, 9 March lies in the next.
    let mut file = book(Project, 5_000_000);
    file.visits = vec![visit("V1", "2026-03-09", VisitClass::Offsite, "")];
    let found = duties(&file, "2026-03-20", "2026-04-29", DutyCode::PeriodicOffsite);
    assert_eq!(
        found,
        [
            "2026-02-05 2026-02-05 2026-01-06 any V1+32",
            "2026-03-05 2026-03-05 2026-02-06 any V1+4",
            "2026-04-05 2026-04-03 2026-03-06 any open",
        ]
    );
}

#[test]
fn a_renewal_within_ninety_days_keeps_the_anchor() {
    use crate::domain::customer::Line::Corporate;
    for (gap, anchor) in [(90, "2025-01-06"), (91, "2026-04-06")] {
        let mut file = book(Corporate, 5_000_000);
        file.loans[0] = loan("L002", "2026-04-06", "2027-04-06", 5_000_000);
        let mut old = loan("L001", "2025-01-06", "2026-01-06", 5_000_000);
        old.status = LoanStatus::Settled;
        old.settled_on = Some(day("2026-04-06") - Days::new(gap));
        file.loans.push(old);
        let (policy, days) = (policy::load().unwrap(), holidays::load().unwrap());
        let why = explain(&file, &policy, &days, day("2026-06-01"), day("2026-12-31"));
        let found = why.inputs.iter().find(|(name, _)| name == "anchor").unwrap();
        assert_eq!(found.1, anchor, "{gap}");
    }
}

#[test]
fn a_slot_without_a_loan_waits_for_the_next_one() {
    use crate::domain::customer::Line::Corporate;
    // Quarterly from 2025-01-06; no loan from 2026-01-02 to 2026-02-01: 6 January moves to 4 March.
    let mut file = book(Corporate, 5_000_000);
    file.loans[0] = loan("L002", "2026-02-02", "2027-02-02", 5_000_000);
    let mut old = loan("L001", "2025-01-06", "2026-01-06", 5_000_000);
    old.status = LoanStatus::Settled;
    old.settled_on = Some(day("2026-01-01"));
    file.loans.push(old);
    file.customer.onboarded_on = Some(day("2026-01-10"));
    let found = duties(&file, "2026-02-10", "2026-04-30", DutyCode::PeriodicOffsite);
    let open: Vec<&String> = found.iter().filter(|d| d.ends_with("open")).collect();
    assert_eq!(
        open,
        ["2026-03-04 2026-03-04 2026-01-18 any open", "2026-04-06 2026-04-03 2026-02-20 any open"]
            .iter()
            .map(|s| (*s).to_owned())
            .collect::<Vec<_>>()
            .iter()
            .collect::<Vec<_>>()
    );
    // Disbursed so late that the next slot comes first.
    file.loans[0] = loan("L002", "2026-03-09", "2027-03-09", 5_000_000);
    let found = duties(&file, "2026-03-10", "2026-04-30", DutyCode::PeriodicOffsite);
    assert!(
        found.iter().any(|d| d.starts_with("2026-04-08") && d.ends_with("next_slot_first")),
        "{found:?}"
    );
}

#[test]
fn the_long_term_rule_makes_half_yearly_checks_quarterly() {
    use crate::domain::customer::Line::{Corporate, PersonalBusiness};
    // (line, yuan, matures, rule of the off-site series)
    for (line, yuan, matures, rule) in [
        (Corporate, 1_000_000, "2027-01-20", Some("cadence.small.normal")),
        (Corporate, 1_000_000, "2027-01-21", Some("cadence.long_term")),
        (Corporate, 5_000_000, "2029-01-05", Some("cadence.standard.normal")),
        (PersonalBusiness, 200_000, "2029-01-05", None),
    ] {
        let mut file = book(line, yuan);
        file.loans[0].matures_on = Some(day(matures));
        let plan = planned(&file, "2026-02-01", "2026-12-31");
        let mut duties = plan.visits.iter().flat_map(|v| &v.duties);
        let found = duties.find(|d| d.code == DutyCode::PeriodicOffsite).map(|d| d.rule.as_str());
        assert_eq!(found, rule, "{line:?} {yuan} {matures}");
    }
}

#[test]
fn the_sample_is_drawn_by_digest() {
    // First eight bytes of SHA-256 modulo 100, computed with another program.
    for (text, share) in SAMPLE_SHARES {
        let (customer, year) = text.split_once(':').unwrap();
        let year: i32 = year.parse().unwrap();
        assert!(periodic::drawn(customer, year, share + 1), "{text}");
        assert!(!periodic::drawn(customer, year, *share), "{text}");
    }
}

#[test]
fn a_worse_cell_asks_for_an_extra_visit_in_place_of_near_slots() {
    use crate::domain::customer::Line::Corporate;
    // special_mention, 5 M: on 6, off 1 from 5 January; slots on-site 5 July.
    let mut file = book(Corporate, 5_000_000);
    file.loans[0].tier = Some(Tier::SpecialMention);
    file.customer.cadence_since = Some(day("2026-06-15"));
    file.customer.extra_visit_from = Some(day("2026-06-15"));
    let found = duties(&file, "2026-06-16", "2027-02-01", DutyCode::PeriodicOnsite);
    // Ten workdays after 15 June without 19 June (Dragon Boat): 30 June. Half of six months on: 28 September.
    assert_eq!(
        found,
        [
            "2026-06-30 2026-06-30 2026-06-15 onsite open",
            "2026-07-05 2026-07-03 2026-04-06 onsite extra_visit_instead",
            "2027-01-05 2027-01-05 2026-10-07 onsite open",
        ]
    );
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
fn what_lies_before_the_onboarding_is_history() {
    let mut file = book(crate::domain::customer::Line::Corporate, 5_000_000);
    file.customer.onboarded_on = Some(day("2026-02-04"));
    let found = duties(&file, "2026-06-01", "2026-12-31", DutyCode::UseOfFunds);
    assert!(found[0].ends_with("before_onboarding"), "{found:?}");
    // The last workday before Sunday 5 April would be the cut-off itself: the first one after it.
    file.customer.onboarded_on = Some(day("2026-04-03"));
    let found = duties(&file, "2026-06-01", "2026-12-31", DutyCode::Day90);
    assert_eq!(found, ["2026-04-05 2026-04-07 2026-03-07 any open"]);
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

#[test]
fn merging_takes_along_what_is_open_and_near() {
    let mut file = book(crate::domain::customer::Line::Corporate, 1_000_000);
    file.loans[0].drawdowns = vec![
        drawdown("D1", "2026-01-05"),
        drawdown("D2", "2026-01-15"),
        drawdown("D3", "2026-01-16"),
    ];
    let plan = planned(&file, "2026-01-20", "2026-03-20");
    let found: Vec<String> = plan.visits.iter().map(shown).collect();
    // 4 and 14 February (a make-up workday) are ten days apart; 15 February falls into Spring Festival
    // and is due on the 14th as well.
    assert_eq!(
        found,
        [
            "2026-02-04 any use_of_funds:D1@2026-02-04 use_of_funds:D2@2026-02-14 use_of_funds:D3@2026-02-15"
        ]
    );
}

#[test]
fn a_due_visit_holds_overdue_slots_or_the_next_one() {
    use crate::domain::customer::Line::Project;
    let file = book(Project, 5_000_000);
    let plan = planned(&file, "2026-03-03", "2026-03-31");
    let periodic: Vec<Vec<String>> = plan
        .visits
        .iter()
        .map(|v| {
            v.duties
                .iter()
                .filter(|d| d.code == DutyCode::PeriodicOffsite)
                .map(|d| d.raw_due.to_string())
                .collect()
        })
        .collect();
    assert_eq!(periodic, [vec!["2026-02-05".to_owned()], vec!["2026-03-05".to_owned()]]);
}

#[test]
fn gaps_block_only_the_periodic_duties() {
    let mut file = book(crate::domain::customer::Line::PersonalConsumption, 5_000_000);
    file.customer.line = None;
    file.customer.onboarded_on = None;
    file.officer_known = false;
    file.loans[0].tier = None;
    file.loans.push(loan("L002", "2026-01-05", "2027-01-05", 0));
    file.loans.push(loan("L003", "2025-01-05", "2026-01-05", 1));
    file.loans.push(loan("L004", "2026-01-05", "2027-01-05", 1));
    file.loans[3].matures_on = None;
    file.loans[3].balance = None;
    let plan = planned(&file, "2026-04-06", "2026-12-31");
    let found: Vec<String> = plan
        .gaps
        .iter()
        .map(|g| format!("{} {} {} {}", g.field, g.reference, g.kind.as_code(), g.blocks))
        .collect();
    assert_eq!(
        found,
        [
            "customers.line C001 data true",
            "customers.officer C001 data false",
            "customers.onboarded_on C001 data false",
            "loans.balance L002 data false",
            "loans.balance L004 data true",
            "loans.matures_on L003 data false",
            "loans.matures_on L004 data true",
            "loans.tier L001 data false",
        ]
    );
    assert_eq!(plan.exposure, None);
    let codes: Vec<DutyCode> = plan.visits.iter().flat_map(|v| &v.duties).map(|d| d.code).collect();
    assert!(codes.contains(&DutyCode::Day90) && codes.contains(&DutyCode::BeforeMaturity));
    assert!(!codes.contains(&DutyCode::RenewalTalk) && !codes.contains(&DutyCode::PeriodicOffsite));
    // One day earlier the idle and the overdue loan are no gaps yet.
    assert_eq!(planned(&file, "2026-04-05", "2026-12-31").gaps.len(), 6);
}

#[test]
fn cash_secured_customers_need_no_line() {
    let mut file = book(crate::domain::customer::Line::Corporate, 5_000_000);
    file.customer.line = None;
    file.customer.low_risk = true;
    let plan = planned(&file, "2026-06-01", "2027-06-01");
    assert!(plan.gaps.is_empty());
    let codes: Vec<&str> =
        plan.visits.iter().flat_map(|v| &v.duties).map(|d| d.rule.as_str()).collect();
    assert_eq!(codes, ["node.use_of_funds", "cadence.low_risk.normal"]);
}

#[test]
fn a_line_without_rows_is_a_gap_of_the_rules() {
    let text = policy::default_text()
        .replace("lines = [\"personal_consumption\"]", "lines = [\"project\"]\ngrades = [\"A\"]");
    let policy = policy::parse("p.toml", &text).unwrap();
    let file = book(crate::domain::customer::Line::PersonalConsumption, 5_000_000);
    let found = gaps(&file, &policy, day("2026-06-01"));
    assert_eq!((found[0].field, found[0].kind, found[0].blocks), ("cadence", GapKind::Rule, true));
}

#[test]
fn a_repaid_customer_owes_no_periodic_visit() {
    let file = book(crate::domain::customer::Line::Project, 0);
    assert!(duties(&file, "2026-02-01", "2027-01-01", DutyCode::PeriodicOffsite).is_empty());
    assert!(!planned(&file, "2026-02-01", "2027-01-01").visits.is_empty());
}

#[test]
fn cells_are_read_back_and_compared() {
    let cell = |text: &str| text.parse::<Cell>().unwrap();
    let standard = cell("standard/normal/-/on 12/off 3/default@1");
    assert_eq!(standard.to_string(), "standard/normal/-/on 12/off 3/default@1");
    for (now, worse) in [
        ("standard/normal/-/on 12/off 3/default@2", false),
        ("standard/special_mention/-/on 12/off 3/default@1", true),
        ("medium/normal/-/on 6c/off 3/default@1", true),
        ("small/normal/-/on 12/off 6/default@1", false),
        ("large/substandard/-/on 1/-/default@1", true),
        ("x/normal/-/-/off 1/default@1", true),
        ("x/normal/-/-/-/default@1", false),
    ] {
        assert_eq!(cell(now).is_worse_than(&standard), worse, "{now}");
    }
    assert!("standard/normal".parse::<Cell>().is_err());
}

#[test]
fn a_started_visit_takes_in_what_it_can_meet() {
    use crate::domain::customer::Line::Project;
    let (policy, days) = (policy::load().unwrap(), holidays::load().unwrap());
    let file = book(Project, 5_000_000);
    let codes = |as_of: &str, class| -> Vec<String> {
        open_duties(&file, &policy, &days, day(as_of), class)
            .iter()
            .map(|d| format!("{} {}", d.code.as_code(), d.raw_due))
            .collect()
    };
    assert_eq!(
        codes("2026-02-09", VisitClass::Offsite),
        ["use_of_funds 2026-02-04", "periodic_offsite 2026-02-05"]
    );
    assert_eq!(
        codes("2026-02-09", VisitClass::Onsite),
        ["use_of_funds 2026-02-04", "periodic_offsite 2026-02-05", "periodic_onsite 2026-04-30"]
    );
}

#[test]
fn balances_that_add_up_to_no_number_are_a_gap_and_not_the_largest_exposure() {
    let mut file = book(crate::domain::customer::Line::Corporate, 1_000_000);
    let mut second = file.loans[0].clone();
    second.id = "L002".into();
    second.balance = Some(Fen(i64::MAX));
    file.loans.push(second);
    let packs = (policy::load().unwrap(), day("2026-03-01"));
    let found = gaps(&file, &packs.0, packs.1);
    let told: Vec<_> =
        found.iter().map(|gap| (gap.field, gap.reference.as_str(), gap.blocks)).collect();
    assert_eq!(told, [("loans.balance", "C001", true)]);
}
