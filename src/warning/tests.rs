//! Facts from rows, and what rules find in them.

use chrono::NaiveDate;

use super::facts::Answered;
use super::material::{Instalments, LoanLine, Past, PastFlag, RecordLine, Series};
use super::*;
use crate::domain::answer::Value;
use crate::domain::flag::{FlagState, Level};
use crate::domain::loan::{GuaranteeMode, LoanStatus};
use crate::domain::money::{Decimal4, Fen};
use crate::domain::statement::{Statement, StatementLine as Line};

mod past;
mod periods;
mod rising;
mod season;
mod security;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn today() -> NaiveDate {
    day("2026-11-23")
}

fn loan(days_past_due: Option<i64>) -> LoanLine {
    LoanLine {
        id: "L1".into(),
        about: String::new(),
        balance: Some(Fen::from_yuan(800_000)),
        disbursed_on: day("2026-06-01"),
        matures_on: Some(day("2027-06-01")),
        settled_on: None,
        status: LoanStatus::Active,
        days_past_due,
        unpaid_since: None,
        tier: None,
        mode: Some(GuaranteeMode::Mortgage),
    }
}

fn facts(material: &Material) -> Sheet {
    sheet(material, &crate::assets::signals::shared().unwrap(), today())
}

fn found(material: &Material) -> Vec<(String, Level)> {
    findings(material).into_iter().map(|finding| (finding.signal, finding.level)).collect()
}

fn findings(material: &Material) -> Vec<Finding> {
    let book = crate::assets::warning::shared().unwrap();
    judge(&book.general, &facts(material), material.past(), today())
}

fn number(sheet: &Sheet, fact: Fact) -> Option<i64> {
    match sheet.get(fact).map(|known| &known.value) {
        Some(Value::Number(n)) => Some(n.0 / 10_000),
        _ => None,
    }
}

#[test]
fn a_customer_of_whom_nothing_is_known_is_never_raised() {
    assert_eq!(found(&Material::default()), []);
}

#[test]
fn answers_of_the_last_two_records_are_facts() {
    let record = |visit: &str, on: &str, sales: i64| RecordLine {
        visit: visit.into(),
        visited_on: day(on),
        answers: vec![
            (Answered::Sales3m, Value::Money(Fen::from_yuan(sales))),
            (Answered::StaffTotal, Value::Text("四十".to_owned())),
        ],
    };
    let material = Material {
        records: vec![
            record("V3", "2026-11-13", 30),
            record("V2", "2026-08-01", 70),
            record("V1", "2026-02-01", 90),
        ],
        ..Material::default()
    };
    let sheet = facts(&material);
    let value = |name: &str| sheet.named(name).map(|known| known.value.clone());
    assert_eq!(number(&sheet, Fact::VisitDays), Some(10));
    assert_eq!(value("visit.sales_3m"), Some(Value::Money(Fen::from_yuan(30))));
    assert_eq!(value("visit_before.sales_3m"), Some(Value::Money(Fen::from_yuan(70))));
    // What is no number, and what was not asked, is not known.
    assert_eq!(value("visit.staff_total"), None);
    assert_eq!(value("visit.inventory"), None);
    assert_eq!(facts(&Material::default()).named("visit_days"), None);
}

#[test]
fn days_past_due_fall_into_one_band() {
    let cases = [
        (0, None),
        (1, Some("ACC-01")),
        (7, Some("ACC-01")),
        (8, Some("ACC-02")),
        (30, Some("ACC-02")),
        (31, Some("ACC-03")),
    ];
    for (days, expected) in cases {
        let material = Material { loans: vec![loan(Some(days))], ..Material::default() };
        let signals: Vec<String> = found(&material).into_iter().map(|(code, _)| code).collect();
        assert_eq!(signals.first().map(String::as_str), expected, "{days}");
        assert!(signals.len() <= 1);
    }
    // Without a report the oldest unpaid instalment tells.
    let instalments = Instalments {
        running: true,
        oldest_unpaid: Some(day("2026-11-13")),
        ..Instalments::default()
    };
    let material =
        Material { loans: vec![loan(None)], instalments: Some(instalments), ..Material::default() };
    assert_eq!(number(&facts(&material), Fact::DaysPastDue), Some(10));
}

/// The day since when is told where it gives the days; what is news goes by it all the same.
#[test]
fn days_that_the_bank_reports_are_not_told_with_a_day_of_the_schedule() {
    let told = |reported: Option<i64>, since: &str| {
        let instalments = Instalments {
            running: true,
            oldest_unpaid: Some(day(since)),
            ..Instalments::default()
        };
        let sheet = facts(&Material {
            loans: vec![loan(reported)],
            instalments: Some(instalments),
            ..Material::default()
        });
        let known = sheet.get(Fact::DaysPastDue).cloned().unwrap();
        (known.day.map(|day| day.to_string()), known.mark)
    };
    let day = |text: &str| Some(text.to_owned());
    assert_eq!(told(None, "2026-11-13"), (day("2026-11-13"), day("2026-11-13")));
    assert_eq!(told(Some(10), "2026-11-13"), (day("2026-11-13"), day("2026-11-13")));
    assert_eq!(told(Some(30), "2026-11-13"), (None, day("2026-11-13")));
}

#[test]
fn late_several_times_within_half_a_year_is_a_signal_of_its_own() {
    let with = |late_6m, late_12m| {
        let instalments = Some(Instalments { late_6m, late_12m, ..Instalments::default() });
        found(&Material { loans: vec![loan(Some(0))], instalments, ..Material::default() })
    };
    assert_eq!(with(1, 5), []);
    assert_eq!(with(2, 2), [("ACC-21".to_owned(), Level::Orange)]);
}

#[test]
fn interest_counts_as_unpaid_from_the_last_quarter_day() {
    let with = |oldest: &str| Material {
        loans: vec![loan(Some(0))],
        instalments: Some(Instalments {
            running: true,
            oldest_interest: Some(day(oldest)),
            ..Instalments::default()
        }),
        ..Material::default()
    };
    // The last quarter day was 20 September.
    assert_eq!(found(&with("2026-09-20")), [("ACC-04".to_owned(), Level::Orange)]);
    // It may be paid a day after it was charged; what fell due later is not the quarter's.
    assert_eq!(found(&with("2026-09-21")), [("ACC-04".to_owned(), Level::Orange)]);
    assert_eq!(found(&with("2026-09-22")), []);
}

#[test]
fn a_month_that_is_missing_is_no_fall() {
    let series = |last_3, before_3, year_before| Series {
        last_3,
        before_3,
        year_now: last_3,
        year_before,
        ..Series::default()
    };
    let cases = [
        (series(Some(49), Some(100), None), true),
        (series(Some(51), Some(100), None), false),
        (series(Some(90), Some(100), Some(200)), true),
        (series(None, Some(100), Some(200)), false),
        (series(Some(0), None, None), false),
        (series(Some(0), Some(0), Some(0)), false),
    ];
    for (inflow, raised) in cases {
        let material = Material { inflow, ..Material::default() };
        assert_eq!(!found(&material).is_empty(), raised, "{inflow:?}");
    }
}

#[test]
fn a_fall_counts_earlier_where_the_trade_circle_does_not_fall() {
    let material = |circle: Option<i64>| Material {
        inflow: Series { last_3: Some(65), before_3: Some(100), ..Series::default() },
        circle_drop: circle.map(Decimal4::from_int),
        ..Material::default()
    };
    assert_eq!(found(&material(Some(10))), [("ACC-09".to_owned(), Level::Orange)]);
    assert_eq!(found(&material(Some(30))), []);
    assert_eq!(found(&material(None)), []);
}

fn statement(end: &str, months: i64, amounts: &[(Line, i64)]) -> Statement {
    let mut statement = Statement::empty(day(end));
    statement.months = Some(months);
    statement.amounts = amounts.iter().map(|(line, yuan)| (*line, Fen::from_yuan(*yuan))).collect();
    statement
}

#[test]
fn ratios_are_judged_at_the_last_statement() {
    let bad = statement(
        "2026-09-30",
        9,
        &[
            (Line::TotalAssets, 1_000),
            (Line::TotalLiabilities, 900),
            (Line::CurrentAssets, 100),
            (Line::Inventory, 0),
            (Line::CurrentLiabilities, 200),
            (Line::NetProfit, -5),
            (Line::Revenue, 70),
            (Line::Receivables, 140),
        ],
    );
    let before = statement("2025-12-31", 12, &[(Line::NetProfit, -1)]);
    let same = statement("2025-09-30", 9, &[(Line::Revenue, 100), (Line::Receivables, 100)]);
    let material = Material { statements: vec![bad, before, same], ..Material::default() };
    let codes = |material: &Material| -> Vec<String> {
        found(material).into_iter().map(|(code, _)| code).collect()
    };
    // Revenue −30 %, receivables +40 % with it. What nobody has confirmed makes no red one.
    assert_eq!(codes(&material), ["FIN-01", "FIN-02", "FIN-05", "FIN-06", "FIN-08"]);
    // For whom a rule is stands in no stamp: what was rejected before stays rejected.
    let growth = findings(&material).into_iter().find(|finding| finding.signal == "FIN-05");
    assert_eq!(growth.unwrap().stamp, "ratio.revenue_growth=n:-300000@2026-09-30#;");
    // No limits for the finance trade and before completion: a loss is one all the same.
    let lender = Material { industry: Some("小额贷款公司".to_owned()), ..material.clone() };
    assert_eq!(codes(&lender), ["FIN-06"]);
    assert_eq!(codes(&Material { unfinished: true, ..material }), ["FIN-06"]);
    // Zero denominators: not computable, nothing raised.
    let empty = statement("2026-09-30", 9, &[(Line::TotalAssets, 0), (Line::Revenue, 0)]);
    let material = Material { statements: vec![empty], ..Material::default() };
    assert_eq!(found(&material), []);
}

#[test]
fn two_periods_running_follow_each_other() {
    let of = |end: &str, months: i64, yuan: i64| {
        statement(end, months, &[(Line::NetProfit, yuan), (Line::OperatingCashFlow, yuan)])
    };
    let running = |all: &[Statement]| -> Vec<String> {
        let material = Material { statements: all.to_vec(), ..Material::default() };
        found(&material).into_iter().map(|(code, _)| code).collect()
    };
    let now = of("2026-09-30", 9, -5);
    let both = ["FIN-06", "FIN-07"];
    assert_eq!(running(&[now.clone(), of("2025-12-31", 12, -1)]), both);
    // The year made money, though its first months did not; an older loss does not run on to this.
    let same = of("2025-09-30", 9, -8);
    assert_eq!(running(&[now.clone(), of("2025-12-31", 12, 3), same.clone()]), [""; 0]);
    assert_eq!(running(&[now.clone(), same]), [""; 0]);
    assert_eq!(running(&[now.clone(), of("2024-12-31", 12, -1)]), [""; 0]);
    // Two years; of the quarter before it is not known how the year went.
    assert_eq!(running(&[of("2025-12-31", 12, -1), of("2024-12-31", 12, -1)]), both);
    assert_eq!(running(&[now, of("2026-06-30", 6, -3)]), [""; 0]);
}

#[test]
fn an_old_statement_is_not_judged_any_more() {
    let with = |end: &str| {
        let bad = [(Line::TotalAssets, 100), (Line::TotalLiabilities, 75)];
        found(&Material { statements: vec![statement(end, 12, &bad)], ..Material::default() })
    };
    // Today is 23 November 2026: the last yearly one that counts ended in May 2025.
    assert_eq!(with("2025-05-31"), [("FIN-01".to_owned(), Level::Orange)]);
    assert_eq!(with("2025-04-30"), []);
}

#[test]
fn a_signal_has_the_level_of_the_limit_that_is_passed() {
    type Case<'a> = (&'a [(Line, i64)], &'a [(&'a str, Level)]);
    let with = |lines: &[(Line, i64)]| {
        let amounts = lines.iter().map(|(line, yuan)| (*line, Fen::from_yuan(*yuan))).collect();
        Statement { months: Some(9), amounts, ..Statement::empty(day("2026-09-30")) }
    };
    let sheet = |assets, debts| [(Line::TotalAssets, assets), (Line::TotalLiabilities, debts)];
    let cover = |ebit, interest| [(Line::Ebit, ebit), (Line::InterestExpense, interest)];
    let cases: [Case<'_>; 7] = [
        (&sheet(100, 70), &[]),
        (&sheet(100, 75), &[("FIN-01", Level::Orange)]),
        (&sheet(100, 520), &[("FIN-01", Level::Red)]),
        // There is no ratio, and the limit is passed all the same.
        (&[(Line::TotalAssets, 0), (Line::Equity, -33)], &[("FIN-01", Level::Red)]),
        (&cover(30, 20), &[]),
        (&cover(24, 20), &[("FIN-03", Level::Orange)]),
        (&cover(-40, 20), &[("FIN-03", Level::Red)]),
    ];
    for (lines, expected) in cases {
        let mut material = Material { statements: vec![with(lines)], ..Material::default() };
        let found: Vec<(String, Level)> = found(&material);
        let found: Vec<(&str, Level)> =
            found.iter().map(|(s, level)| (s.as_str(), *level)).collect();
        assert_eq!(found, expected, "{lines:?}");
        material.unfinished = true;
        assert_eq!(super::tests::found(&material), [], "no limits before completion");
        material.unfinished = false;
        material.industry = Some("融资租赁".to_owned());
        assert_eq!(super::tests::found(&material), [], "no limits for the finance trade");
    }
}
