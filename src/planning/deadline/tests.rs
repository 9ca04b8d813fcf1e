//! Deadlines, computed by hand.

use super::*;
use crate::domain::deadline::{CollateralFact, LoanFact, MarkFact, StepFact};
use crate::domain::money::Fen;
use crate::domain::sample::day;

fn rules() -> DeadlineRules {
    crate::assets::deadlines::load().unwrap()
}

fn facts() -> DeadlineFacts {
    DeadlineFacts {
        onboarded_on: Some(day("2026-01-10")),
        loans: vec![LoanFact {
            id: "L1".to_owned(),
            disbursed_on: day("2026-01-05"),
            matures_on: Some(day("2027-01-05")),
            status: LoanStatus::Active,
        }],
        ..DeadlineFacts::default()
    }
}

fn covenant(financial: bool, frequency: Frequency) -> CovenantFact {
    CovenantFact {
        id: "K1".to_owned(),
        loan: None,
        financial,
        indicator: "资产负债率".to_owned(),
        operator: Some(Operator::AtMost),
        limit: Some(Decimal4(700_000)),
        frequency: Some(frequency),
        tested: None,
    }
}

fn told(facts: &DeadlineFacts, today: &str) -> Vec<String> {
    let today = day(today);
    deadlines(facts, &rules(), today, plus(today, 120))
        .iter()
        .map(|one| {
            let state = one.headroom.map(|h| format!(" {}", h.as_code())).unwrap_or_default();
            format!("{} {} {}{state}", one.kind.as_code(), one.due, one.late_in_a_row)
        })
        .collect()
}

fn mark(kind: DeadlineKind, reference: &str, due: &str, mark: DeadlineMark, on: &str) -> MarkFact {
    MarkFact { kind, reference: reference.to_owned(), due: day(due), mark, on: day(on) }
}

#[test]
fn a_covenant_of_a_loan_is_owed_since_that_loan_and_while_it_runs() {
    let mut facts = facts();
    let second = LoanFact {
        id: "L2".to_owned(),
        disbursed_on: day("2026-05-10"),
        matures_on: Some(day("2027-05-10")),
        status: LoanStatus::Active,
    };
    facts.loans.push(second);
    let of = |loan: &str| CovenantFact {
        loan: Some(loan.to_owned()),
        ..covenant(false, Frequency::Quarterly)
    };
    for (loan, owed) in [
        ("L1", &["statement 2026-04-30 1", "statement 2026-07-30 0"][..]),
        ("L2", &["statement 2026-07-30 0"]),
        ("L9", &[]),
    ] {
        facts.covenants = vec![of(loan)];
        assert_eq!(told(&facts, "2026-05-20"), owed, "{loan}");
        let rules = rules();
        let all = deadlines(&facts, &rules, day("2026-05-20"), day("2026-09-01"));
        assert!(all.iter().all(|one| one.loan.as_deref() == Some(loan)));
    }
    // Paid back: nobody owes figures for it any more.
    facts.loans[1].status = LoanStatus::Settled;
    facts.covenants = vec![of("L2")];
    assert_eq!(told(&facts, "2026-05-20"), [""; 0]);
}

#[test]
fn statements_follow_the_quarter_until_they_are_there_or_let_off() {
    let mut facts = facts();
    facts.covenants = vec![covenant(false, Frequency::Quarterly)];
    assert_eq!(told(&facts, "2026-04-30"), ["statement 2026-04-30 0", "statement 2026-07-30 0"]);
    assert_eq!(
        told(&facts, "2026-08-01"),
        ["statement 2026-04-30 1", "statement 2026-07-30 2", "statement 2026-10-30 0"]
    );
    facts.statements = vec![day("2026-03-31")];
    assert_eq!(told(&facts, "2026-08-01"), ["statement 2026-07-30 1", "statement 2026-10-30 0"]);
    let waived = DeadlineMark::Waived;
    facts.marks = vec![mark(DeadlineKind::Statement, "K1", "2026-07-30", waived, "2026-08-01")];
    assert_eq!(told(&facts, "2026-08-01"), ["statement 2026-10-30 0"]);
    // What fell due before the customer came under the system is history.
    facts.onboarded_on = Some(day("2026-10-30"));
    facts.marks.clear();
    assert_eq!(told(&facts, "2026-11-01"), ["statement 2027-01-30 0"]);
    // Without an active loan nothing is owed.
    facts.loans[0].status = LoanStatus::Settled;
    facts.loans[0].matures_on = Some(day("2027-06-01"));
    assert_eq!(told(&facts, "2026-11-01"), Vec::<String>::new());
}

#[test]
fn periods_end_with_their_months_over_the_leap_day() {
    for (frequency, expected) in [
        (Frequency::Monthly, vec!["2028-02-29", "2028-03-31", "2028-04-30"]),
        (Frequency::Quarterly, vec!["2028-03-31"]),
        (Frequency::HalfYearly, vec![]),
        (Frequency::Once, vec!["2028-03-31"]),
    ] {
        let found = ends(frequency, day("2028-01-31"), day("2028-05-15"));
        assert_eq!(found.iter().map(ToString::to_string).collect::<Vec<_>>(), expected);
    }
    assert_eq!(ends(Frequency::Yearly, day("2027-12-31"), day("2029-01-01")), [day("2028-12-31")]);
}

#[test]
fn headroom_is_told_on_both_sides_of_a_limit() {
    use Headroom::{Breach, Near, Ok};
    use Operator::{AtLeast, AtMost, Less, More};
    for (operator, limit, figure, expected) in [
        (AtMost, 700_000, 630_000, Ok),
        (AtMost, 700_000, 630_001, Near),
        (AtMost, 700_000, 700_000, Near),
        (AtMost, 700_000, 700_001, Breach),
        (Less, 700_000, 700_000, Breach),
        (AtLeast, 15_000, 16_500, Ok),
        (AtLeast, 15_000, 16_499, Near),
        (AtLeast, 15_000, 14_999, Breach),
        (More, 15_000, 15_000, Breach),
        (AtLeast, -100_000, -90_000, Ok),
        (AtLeast, -100_000, -95_000, Near),
        (AtLeast, -100_000, -100_001, Breach),
    ] {
        let found = headroom(operator, Decimal4(limit), Decimal4(figure), 10);
        assert_eq!(found, expected, "{figure} {} {limit}", operator.as_code());
    }
}

#[test]
fn a_covenant_without_its_figures_is_unknown_never_kept() {
    let mut facts = facts();
    let mut one = covenant(true, Frequency::Quarterly);
    facts.covenants = vec![one.clone()];
    assert_eq!(told(&facts, "2026-04-01"), ["covenant 2026-04-30 0 unknown"]);
    one.tested = Some((day("2026-03-31"), Decimal4(680_000)));
    facts.covenants = vec![one.clone()];
    assert_eq!(told(&facts, "2026-05-04"), ["covenant 2026-07-30 0 near"]);
    one.tested = Some((day("2026-03-31"), Decimal4(710_000)));
    facts.covenants = vec![one.clone()];
    assert_eq!(told(&facts, "2026-05-04"), ["covenant 2026-07-30 0 breach"]);
    // The next figures are late: the old ones say nothing any more.
    assert_eq!(told(&facts, "2026-07-31"), ["covenant 2026-07-30 1 unknown"]);
    one.limit = None;
    facts.covenants = vec![one];
    assert_eq!(told(&facts, "2026-05-04"), ["covenant 2026-07-30 0 unknown"]);
}

#[test]
fn collateral_conditions_and_drawdowns_fall_due_on_their_days() {
    let mut facts = facts();
    facts.conditions = vec![("T1".to_owned(), "办妥登记".to_owned(), day("2026-06-01"))];
    facts.drawdowns = vec![("D1".to_owned(), day("2026-05-20"))];
    let piece = |id: &str, kind: &str| CollateralFact {
        id: id.to_owned(),
        kind: kind.to_owned(),
        valued_on: Some(day("2026-05-31")),
        next_valuation_on: None,
        insured_until: Some(day("2026-07-01")),
    };
    facts.collateral = vec![piece("P1", "厂房"), piece("P2", "库存商品")];
    assert_eq!(
        told(&facts, "2026-06-02"),
        [
            "condition 2026-06-01 1",
            "drawdown 2026-06-19 0",
            "valuation 2026-06-30 0",
            "insurance 2026-07-01 0",
            "insurance 2026-07-01 0"
        ],
        "property is valued within a year, which is further away than the list reaches"
    );
    facts.marks = vec![mark(
        DeadlineKind::Insurance,
        "P1",
        "2026-07-01",
        DeadlineMark::Received,
        "2026-06-02",
    )];
    assert_eq!(
        told(&facts, "2026-06-02").iter().filter(|one| one.starts_with("insurance")).count(),
        1
    );
}

#[test]
fn the_limitation_of_action_begins_anew_with_each_interruption() {
    let mut facts = facts();
    facts.loans[0].matures_on = Some(day("2024-02-29"));
    assert_eq!(told(&facts, "2026-11-20"), ["limitation 2027-02-28 0"]);
    let received = DeadlineMark::Received;
    facts.marks = vec![mark(DeadlineKind::Limitation, "L1", "2027-02-28", received, "2026-11-19")];
    assert_eq!(told(&facts, "2026-11-20"), Vec::<String>::new());
    assert_eq!(told(&facts, "2029-11-20"), ["limitation 2029-11-19 1"]);
    facts.marks.push(mark(
        DeadlineKind::Limitation,
        "L1",
        "2029-11-19",
        DeadlineMark::Waived,
        "2029-11-20",
    ));
    assert_eq!(told(&facts, "2029-11-20"), Vec::<String>::new());
}

#[test]
fn a_step_of_a_plan_is_open_until_the_balance_is_there() {
    let mut facts = facts();
    facts.steps = vec![StepFact {
        reference: "2-1".to_owned(),
        due: day("2026-06-30"),
        target: Fen(500),
        measure: "处置存货".to_owned(),
    }];
    for (balance, today, expected) in [
        (Some(501), "2026-06-30", &["plan_step 2026-06-30 0"][..]),
        // Late at once, a signal only after the grace.
        (Some(501), "2026-07-05", &["plan_step 2026-06-30 0"]),
        (Some(501), "2026-07-06", &["plan_step 2026-06-30 1"]),
        (Some(500), "2026-07-06", &[]),
        // What nobody knows meets nothing.
        (None, "2026-07-06", &["plan_step 2026-06-30 1"]),
    ] {
        facts.balance = balance.map(Fen);
        assert_eq!(told(&facts, today), expected, "{balance:?} {today}");
    }
    let all = deadlines(&facts, &rules(), day("2026-06-01"), day("2026-09-01"));
    assert_eq!(all[0].opens, day("2026-05-31"));
    assert_eq!((all[0].target, all[0].balance), (Some(Fen(500)), None));
    // With the last loan nothing is owed any more.
    facts.loans[0].status = LoanStatus::Settled;
    assert_eq!(told(&facts, "2026-07-06"), Vec::<String>::new());
}

proptest::proptest! {
    #[test]
    fn nothing_is_listed_twice_and_the_later_day_forgets_nothing_late(offset in 0_i64..700) {
        let mut facts = facts();
        facts.covenants = vec![covenant(false, Frequency::Monthly), covenant(true, Frequency::HalfYearly)];
        let today = plus(day("2026-01-10"), offset);
        let of = |today: NaiveDate| deadlines(&facts, &rules(), today, plus(today, 120));
        let now = of(today);
        let mut keys: Vec<_> = now.iter().map(|one| (one.kind, one.due)).collect();
        keys.dedup();
        assert_eq!(keys.len(), now.len());
        let next = of(plus(today, 1));
        for one in now.iter().filter(|one| one.due < today) {
            assert!(next.iter().any(|other| (other.kind, other.due) == (one.kind, one.due)));
        }
    }
}
