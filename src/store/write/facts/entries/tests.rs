//! Which entries are asked for by name, in which order, and what is known of each.

use super::super::gather;
use super::*;
use crate::assets::packs;
use crate::domain::facts::Facts;
use crate::domain::ids::CustomerId;
use crate::domain::visit::VisitClass;
use crate::store::tests::{Branch, day};

/// The facts of C1 on the first day, after these statements.
fn facts(sql: &str, purposes: &[Purpose]) -> Facts {
    let branch = Branch::new();
    branch.store.conn().execute_batch(sql).unwrap();
    let (customer, visit) = (CustomerId::from("C1"), VisitId::from(""));
    let on = day(0).date_naive();
    gather(branch.store.conn(), &packs(), &customer, &visit, VisitClass::Onsite, on, purposes)
        .unwrap()
}

fn keys(facts: &Facts, list: &str) -> Vec<String> {
    match facts.get(list) {
        Some(Value::Multi(keys)) => keys.clone(),
        None => Vec::new(),
        other => panic!("{other:?}"),
    }
}

/// A property of an entry, as people read it.
fn of(facts: &Facts, list: &str, key: &str, property: &str) -> String {
    match facts.get(&entry(list, key, property)) {
        Some(Value::Text(text)) => text.clone(),
        Some(other) => other.encode(),
        None => String::new(),
    }
}

#[test]
fn guarantors_come_by_amount_under_a_key_that_hides_the_name() {
    let sql = "INSERT INTO guarantors (customer_id, name, amount, relation) VALUES
        ('C1', '小保', 100, NULL), ('C1', '大保', 900, '股东'), ('C2', '别家', 999, NULL)";
    let facts = facts(sql, &[]);
    let keys = keys(&facts, facts::GUARANTORS);
    assert_eq!(keys, [key_of("大保"), key_of("小保")]);
    assert!(!keys.concat().contains("保"));
    assert_eq!(of(&facts, facts::GUARANTORS, &keys[0], "label"), "大保");
    assert_eq!(of(&facts, facts::GUARANTORS, &keys[0], "amount"), "f:900");
    assert_eq!(of(&facts, facts::GUARANTORS, &keys[1], "relation"), "", "not known is absent");
}

#[test]
fn a_key_that_could_not_stand_in_a_path_is_replaced_and_more_than_a_dozen_are_cut() {
    let mut sql = String::from(
        "INSERT INTO collateral (collateral_id, customer_id, kind, place, value, registered_no) VALUES
        ('Y;[1]', 'C1', '厂房', ' 城东 ', 9000, 'R1')",
    );
    let more = (0..20).map(|n| format!(", ('Y{n:02}', 'C1', '设备', NULL, {}, NULL)", 500 - n));
    sql.push_str(&more.collect::<String>());
    let facts = facts(&sql, &[]);
    let keys = keys(&facts, facts::COLLATERAL);
    assert_eq!(keys.len(), MOST);
    assert_eq!((keys[0].as_str(), keys[1].as_str()), (key_of("Y;[1]").as_str(), "Y00"));
    assert_eq!(of(&facts, facts::COLLATERAL, &keys[0], "label"), "厂房 城东");
    assert_eq!(of(&facts, facts::COLLATERAL, &keys[0], "registered"), "b:1");
    assert_eq!(of(&facts, facts::COLLATERAL, "Y00", "registered"), "b:0");
    // Y11 to Y19, worth 489 down to 481, are counted together.
    let rest = facts.get(facts::COLLATERAL_REST);
    assert_eq!(rest, Some(&Value::Money(Fen((481..=489).sum()))));
}

#[test]
fn only_what_collateral_secures_is_held_against_its_value() {
    let loans = |rows: &str| {
        format!(
            "UPDATE loans SET status = 'settled' WHERE customer_id = 'C1'; INSERT INTO loans         (loan_id, customer_id, amount, balance, disbursed_on, status, guarantee_mode) VALUES {rows}"
        )
    };
    let row = |id: &str, balance: &str, status: &str, mode: &str| {
        format!("('{id}', 'C1', 900, {balance}, '2026-06-01', '{status}', {mode})")
    };
    let credit = row("S1", "500", "active", "'credit'");
    let cases = [
        (vec![credit.clone()], None),
        (vec![credit.clone(), row("S2", "70", "active", "'mortgage'")], Some(70)),
        (
            vec![
                credit,
                row("S2", "70", "active", "'mortgage'"),
                row("S3", "20", "active", "'pledge'"),
                row("S4", "0", "settled", "'pledge'"),
            ],
            Some(90),
        ),
        // A balance that is not known is not nothing.
        (
            vec![row("S2", "70", "active", "'mortgage'"), row("S3", "NULL", "active", "'pledge'")],
            None,
        ),
    ];
    for (rows, expected) in cases {
        let facts = facts(&loans(&rows.join(", ")), &[]);
        let found = facts.get(facts::SECURED_EXPOSURE);
        assert_eq!(found, expected.map(|fen| Value::Money(Fen(fen))).as_ref(), "{rows:?}");
    }
}

#[test]
fn conditions_that_are_met_are_not_asked_for_any_more() {
    let sql = "INSERT INTO conditions (condition_id, customer_id, text, due_on, done_on) VALUES
        ('T1', 'C1', '补抵押登记', NULL, NULL),
        ('T2', 'C1', '回款归行', '2026-12-31', NULL),
        ('T3', 'C1', '已办', '2026-01-01', '2026-11-23'),
        ('T4', 'C1', '以后才办', '2026-10-01', '2026-11-24')";
    let facts = facts(sql, &[]);
    // By day, those without a day last; what was done after the visit was open on its day.
    assert_eq!(keys(&facts, facts::CONDITIONS), ["T4", "T2", "T1"]);
    assert_eq!(of(&facts, facts::CONDITIONS, "T2", "due_on"), "d:2026-12-31");
}

#[test]
fn a_financial_covenant_says_which_ratio_it_binds() {
    let facts = facts(
        "INSERT INTO covenants (covenant_id, customer_id, kind, indicator, operator, \"limit\") VALUES
        ('K1', 'C1', 'financial', '负债率', '<=', 600000), ('K2', 'C1', 'financial', '有息负债率', '<=', 500000),
        ('K3', 'C1', 'reporting', '资产负债率', NULL, NULL), ('K4', 'C1', 'financial', '不分红', NULL, NULL)",
        &[],
    );
    let ratios = ["K1", "K2", "K3", "K4"].map(|key| of(&facts, facts::COVENANTS, key, "ratio"));
    assert_eq!(ratios, ["c:debt_ratio", "c:interest_bearing", "", ""]);
}

#[test]
fn a_covenant_says_what_the_latest_statement_makes_of_it() {
    let facts = facts(
        "INSERT INTO covenants (covenant_id, customer_id, kind, indicator, operator, \"limit\") VALUES
        ('K1', 'C1', 'financial', '资产负债率', '<=', 700000), ('K2', 'C1', 'financial', '资产负债率', '<=', 500000),
        ('K3', 'C1', 'financial', '不分红', NULL, NULL);
        INSERT INTO statements (customer_id, period_end, period_months, total_assets, total_liabilities) VALUES
        ('C1', '2026-09-30', 9, 1000, 550), ('C1', '2026-12-31', 12, 1000, 900)",
        &[],
    );
    let of =
        |key: &str| ["figure", "figure_on", "stands"].map(|p| of(&facts, facts::COVENANTS, key, p));
    assert_eq!(of("K1"), ["n:550000", "d:2026-09-30", "c:ok"], "not the one after the visit");
    assert_eq!(of("K2"), ["n:550000", "d:2026-09-30", "c:breach"]);
    assert_eq!(of("K3"), ["", "", ""]);
}

#[test]
fn a_covenant_without_an_indicator_goes_by_its_number() {
    let sql =
        "INSERT INTO covenants (covenant_id, customer_id, indicator, operator, \"limit\") VALUES
        ('K1', 'C1', '资产负债率', '<=', 700000), ('K2', 'C1', NULL, NULL, NULL)";
    let facts = facts(sql, &[]);
    assert_eq!(of(&facts, facts::COVENANTS, "K1", "label"), "资产负债率 <= 70");
    assert_eq!(of(&facts, facts::COVENANTS, "K2", "label"), "K2");
}

#[test]
fn drawdowns_are_those_that_the_visit_is_about() {
    let sql =
        "INSERT INTO drawdowns (drawdown_id, loan_id, drawn_on, amount, payee, payment_mode) VALUES
        ('D1', 'L1', '2026-11-01', 500, '甲公司', 'entrusted'),
        ('D2', 'L1', '2026-11-10', 700, NULL, NULL),
        ('D3', 'L1', '2026-11-24', 900, NULL, NULL),
        ('D4', 'L1', '2025-11-22', 900, NULL, NULL)";
    let about = |reference: Option<&str>| Purpose {
        code: DutyCode::UseOfFunds,
        reference: reference.map(str::to_owned),
    };
    assert!(keys(&facts(sql, &[]), facts::DRAWDOWNS).is_empty(), "no check of the use of funds");
    // Neither what is drawn after the visit nor what is older than a year.
    assert_eq!(keys(&facts(sql, &[about(None)]), facts::DRAWDOWNS), ["D2", "D1"]);
    let named = facts(sql, &[about(Some("D1"))]);
    assert_eq!(keys(&named, facts::DRAWDOWNS), ["D1"]);
    assert_eq!(of(&named, facts::DRAWDOWNS, "D1", "label"), "2026-11-01 5 甲公司");
    assert_eq!(of(&named, facts::DRAWDOWNS, "D1", "mode"), "entrusted");
}

#[test]
fn instalments_are_the_next_three_and_the_late_ones_of_half_a_year() {
    let sql = "INSERT INTO repayments (loan_id, due_on, principal, interest, paid_on) VALUES
        ('L1', '2026-05-20', 1, 0, '2026-06-20'),
        ('L1', '2026-06-20', 1, 0, '2026-06-25'),
        ('L1', '2026-07-20', 1, 0, '2026-07-20'),
        ('L1', '2026-10-20', 1, 0, NULL),
        ('L1', '2026-12-20', 100, 20, NULL),
        ('L1', '2027-01-20', NULL, NULL, NULL),
        ('L1', '2027-02-20', 300, NULL, NULL),
        ('L1', '2027-03-20', 100, 1, NULL),
        ('L1', '2027-04-20', 100, 1, NULL)";
    let facts = facts(sql, &[]);
    let next = keys(&facts, facts::INSTALMENTS);
    assert_eq!(next, ["2026-12-20", "2027-02-20", "2027-03-20"], "one of nothing is none");
    assert_eq!(of(&facts, facts::INSTALMENTS, "2026-12-20", "amount"), "f:120");
    // The one of May lies outside, June came late, October is open.
    assert_eq!(facts.get(facts::LATE_6M), Some(&whole(2)));
    assert_eq!(facts.get(facts::MATURES_IN), Some(&whole(27)));
}

#[test]
fn a_name_in_two_relations_is_asked_for_once() {
    let sql = "INSERT INTO relations (customer_id, related_name, kind) VALUES
        ('C1', '兄弟公司', 'control'), ('C1', '兄弟公司', 'guarantee'), ('C1', '上家', 'upstream')";
    let facts = facts(sql, &[]);
    assert_eq!(keys(&facts, facts::RELATED), [key_of("兄弟公司")]);
    assert_eq!(facts.get(facts::IN_GROUP), Some(&Value::Bool(true)));
    assert_eq!(self::facts("", &[]).get(facts::IN_GROUP), Some(&Value::Bool(false)));
}

#[test]
fn nothing_is_no_problem() {
    for (line, nothing) in [
        ("", true),
        ("无", true),
        ("无。", true),
        ("None.", true),
        ("；", true),
        ("无纸化未推进", false),
        ("应收超期", false),
    ] {
        assert_eq!(is_nothing(line), nothing, "{line}");
    }
}
