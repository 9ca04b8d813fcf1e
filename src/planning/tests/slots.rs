//! Periodic duties: anchors, slots, cadence.

use super::*;

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
