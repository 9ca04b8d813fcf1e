//! Loans and what secures them.

use super::*;
use crate::domain::customer::Line;
use crate::domain::loan::Tier;
use crate::warning::material::CollateralLine;

/// A loan of 800 000 that is secured.
fn of(id: &str, disbursed: &str, status: LoanStatus) -> LoanLine {
    LoanLine { id: id.into(), disbursed_on: day(disbursed), status, ..loan(Some(0)) }
}

fn piece(loan: Option<&str>, yuan: i64) -> CollateralLine {
    CollateralLine {
        loan: loan.map(Into::into),
        value: Fen::from_yuan(yuan),
        next_valuation_on: None,
        registered: true,
        insured_until: None,
    }
}

fn with(loans: Vec<LoanLine>, collateral: Vec<CollateralLine>) -> Sheet {
    facts(&Material { loans, collateral, ..Material::default() })
}

#[test]
fn a_piece_waits_for_its_registration_since_its_own_loan() {
    let loans = || {
        vec![
            of("L1", "2020-01-05", LoanStatus::Active),
            of("L2", "2026-11-15", LoanStatus::Active),
            of("L3", "2022-03-01", LoanStatus::Settled),
        ]
    };
    let waits = |loan: Option<&str>| {
        let waiting = CollateralLine { registered: false, ..piece(loan, 1) };
        number(&with(loans(), vec![piece(Some("L1"), 1), waiting]), Fact::UnregisteredDays)
    };
    assert_eq!(waits(Some("L2")), Some(8));
    assert_eq!(waits(None), Some(2_514));
    assert_eq!(waits(Some("L3")), None, "its loan is paid back");
    assert_eq!(waits(Some("elsewhere")), Some(2_514));
}

#[test]
fn a_piece_of_a_loan_that_is_paid_back_secures_nothing() {
    let loans = || {
        vec![
            of("L1", "2025-01-05", LoanStatus::Active),
            of("L2", "2022-03-01", LoanStatus::Settled),
        ]
    };
    let lapsed = |loan: &str| CollateralLine {
        insured_until: Some(day("2026-11-13")),
        next_valuation_on: Some(day("2026-11-03")),
        ..piece(Some(loan), 1_000_000)
    };
    let sheet = with(loans(), vec![piece(Some("L1"), 1_000_000), lapsed("L2")]);
    assert_eq!(number(&sheet, Fact::Ltv), Some(80));
    assert_eq!(number(&sheet, Fact::UninsuredDays), None);
    assert_eq!(number(&sheet, Fact::ValuationLateDays), None);
    let sheet = with(loans(), vec![piece(None, 1_000_000), lapsed("L1")]);
    assert_eq!(number(&sheet, Fact::Ltv), Some(40));
    assert_eq!(number(&sheet, Fact::UninsuredDays), Some(10));
    assert_eq!(number(&sheet, Fact::ValuationLateDays), Some(20));
    // Beside a loan on a guarantee a piece of its own lowers no share, but is insured all the same.
    let guaranteed = LoanLine {
        mode: Some(GuaranteeMode::Guarantee),
        ..of("L3", "2025-01-05", LoanStatus::Active)
    };
    let sheet =
        with(vec![loan(Some(0)), guaranteed], vec![piece(Some("L1"), 1_000_000), lapsed("L3")]);
    assert_eq!(
        (number(&sheet, Fact::Ltv), number(&sheet, Fact::UninsuredDays)),
        (Some(80), Some(10))
    );
}

#[test]
fn a_renewal_is_one_loan_paid_with_one_other() {
    let new = |id: &str, on: &str| of(id, on, LoanStatus::Active);
    let old = |id: &str, settled: &str| LoanLine {
        settled_on: Some(day(settled)),
        matures_on: Some(day(settled)),
        ..of(id, "2024-01-01", LoanStatus::Settled)
    };
    let count = |loans: Vec<LoanLine>, line| {
        let material = Material { loans, line: Some(line), ..Material::default() };
        number(&facts(&material), Fact::Renewals24m)
    };
    let small = Line::SmallBusiness;
    let draws = ["N1", "N2", "N3"].map(|id| new(id, "2026-06-02"));
    let paid = ["O1", "O2", "O3"].map(|id| old(id, "2026-06-01"));
    let one = |all: &[LoanLine], more: LoanLine| all.iter().cloned().chain([more]).collect();
    assert_eq!(count(one(&draws, old("O1", "2026-06-01")), small), Some(1), "three draws");
    assert_eq!(count(one(&paid, new("N1", "2026-06-08")), small), Some(1), "three paid with one");
    assert_eq!(count(draws.iter().chain(&paid).cloned().collect(), small), Some(3));
    assert_eq!(count(vec![new("N1", "2026-06-09"), old("O1", "2026-06-01")], small), Some(0));
    assert_eq!(count(vec![new("N1", "2026-05-31"), old("O1", "2026-06-01")], small), Some(0));
    // Without the day of the settlement its last day counts; what was written off paid nothing.
    let silent = LoanLine { settled_on: None, ..old("O1", "2026-06-01") };
    assert_eq!(count(vec![new("N1", "2026-06-02"), silent], small), Some(1));
    let lost = LoanLine { status: LoanStatus::WrittenOff, ..old("O1", "2026-06-01") };
    assert_eq!(count(vec![new("N1", "2026-06-02"), lost], small), Some(0));
    // What the order excepts: named so, of a small business, of a loan that was paid properly.
    let named =
        || LoanLine { about: "无还本续贷 周转".to_owned(), ..new("N1", "2026-06-02") };
    let late = LoanLine { matures_on: Some(day("2026-05-01")), ..old("O1", "2026-06-01") };
    let watched = LoanLine { tier: Some(Tier::SpecialMention), ..old("O1", "2026-06-01") };
    for (before, line, wanted) in [
        (old("O1", "2026-06-01"), small, 0),
        (old("O1", "2026-06-01"), Line::Corporate, 1),
        (late, small, 1),
        (watched, small, 1),
    ] {
        assert_eq!(count(vec![named(), before.clone()], line), Some(wanted), "{before:?}");
    }
}

#[test]
fn a_share_a_little_over_its_limit_is_over_it_and_moves_by_whole_percents() {
    let of = |yuan| Material {
        loans: vec![loan(Some(0))],
        collateral: vec![piece(None, yuan)],
        ..Material::default()
    };
    // 800 000 of 1 142 857 are 70.0 %, of 1 128 000 are 70.9 %, of 1 142 900 are 69.997 %.
    assert_eq!(found(&of(1_128_000)), [("COL-02".to_owned(), Level::Orange)]);
    assert_eq!(found(&of(1_142_900)), []);
    let stamps = [1_128_000, 1_130_000, 1_126_000].map(|yuan| findings(&of(yuan)).remove(0).stamp);
    assert_eq!(stamps[0], "ltv=n:700000@#;");
    assert_eq!((&stamps[0], "ltv=n:710000@#;"), (&stamps[1], stamps[2].as_str()));
}
