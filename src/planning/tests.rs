//! Cases of `planning.md`, computed by hand.

use chrono::Days;

use super::*;
use crate::assets::{holidays, policy};
use crate::domain::duty::{DutyClass, DutyCode, Fate};
use crate::domain::flag::FlagState;
use crate::domain::loan::LoanStatus;
use crate::domain::order::{Decision, Request, RequestKind};

pub(super) mod book;
pub(super) mod laws;
mod nodes;
mod slots;
mod tallies;
mod uncounted;

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
                Fate::Missed => "missed".to_owned(),
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

/// Nothing is owed up to the onboarding: one to come must not silence a customer for years.
#[test]
fn days_that_cannot_be_are_gaps() {
    type Spoil = fn(&mut crate::domain::portfolio::CustomerFile);
    let cases: [(&str, Spoil); 3] = [
        ("customers.onboarded_on", |f| f.customer.onboarded_on = Some(day("2030-01-01"))),
        ("customers.cadence_since", |f| f.customer.cadence_since = Some(day("2030-01-01"))),
        ("loans.matures_on", |f| f.loans[0].matures_on = Some(day("2026-01-04"))),
    ];
    for (field, spoil) in cases {
        let mut file = book(crate::domain::customer::Line::Corporate, 5_000_000);
        file.loans[0].days_past_due = Some(9_999);
        assert_eq!(planned(&file, "2026-04-05", "2026-12-31").gaps, []);
        spoil(&mut file);
        let gaps = planned(&file, "2026-04-05", "2026-12-31").gaps;
        assert_eq!(gaps.iter().map(|g| g.field).collect::<Vec<_>>(), [field]);
        assert!(!gaps[0].blocks);
    }
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
