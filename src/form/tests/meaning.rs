//! A checklist proposes a signal only where the answer is what the signal names (`domain.md` 4.4).

use std::collections::{BTreeMap, BTreeSet};

use super::shipped::{answer, facts, form, today, with_entries};
use crate::domain::answer::{Answer, Value};
use crate::domain::customer::Line;
use crate::domain::facts::{self, Facts};
use crate::domain::loan::Tier;
use crate::domain::money::{Decimal4, Fen};
use crate::domain::visit::VisitClass;

const DUTIES: [&str; 2] = ["use_of_funds", "periodic_onsite"];

/// Values by path, as they are kept: `b:1`, `c:worse`, `f:100` (fen), `n:10000` (ten-thousandths).
type Given<'a> = &'a [(&'a str, &'a str)];

fn value(kept: &str) -> Value {
    Value::decode(kept).unwrap_or_else(|| panic!("{kept}"))
}

fn given(values: Given<'_>) -> BTreeMap<String, Answer> {
    values.iter().map(|(path, kept)| ((*path).to_owned(), answer(value(kept)))).collect()
}

/// A customer of this line, with a piece of everything, of whom these facts are known too.
fn known(line: Line, more: Given<'_>) -> Facts {
    let mut known = facts(Some(line), VisitClass::Onsite, Tier::SpecialMention, &DUTIES);
    for (list, key) in [
        (facts::GUARANTORS, "G1"),
        (facts::COLLATERAL, "Y1"),
        (facts::COVENANTS, "K1"),
        (facts::DRAWDOWNS, "D1"),
        (facts::INSTALMENTS, "2026-12-20"),
        (facts::RELATED, "R1"),
        (facts::OPEN_PROMISES, "补交报表"),
    ] {
        with_entries(&mut known, list, &[key]);
    }
    let mut put = |name: &str, value| known.0.insert(name.to_owned(), value);
    for name in [facts::COLLATERAL_COUNT, facts::GUARANTOR_COUNT, facts::MATURES_IN] {
        put(name, Value::Number(Decimal4::from_int(2)));
    }
    put("now.total_assets", Value::Money(Fen::from_yuan(10_000_000)));
    put("now.equity", Value::Money(Fen::from_yuan(4_000_000)));
    put(facts::NEXT_INSTALMENTS, Value::Money(Fen::from_yuan(300_000)));
    put(facts::LAST_VISIT, Value::Date(today() - chrono::Duration::days(92)));
    put(facts::IN_GROUP, Value::Bool(true));
    put(facts::PRODUCTS, Value::Multi(vec!["流动资金贷款".to_owned(), "银行承兑汇票".to_owned()]));
    for (name, kept) in more {
        put(name, value(kept));
    }
    known
}

/// What is proposed, with the level, of these facts, last time's answers and today's.
fn proposed(facts: Facts, last: Given<'_>, now: Given<'_>) -> Vec<String> {
    let last = given(last).into_iter().map(|(path, answer)| (path, (answer, today()))).collect();
    let state = form(facts, last).evaluate(&given(now));
    for (path, _) in now {
        assert!(state.row(path).is_some(), "{path} is not asked");
    }
    let all = state.proposals.iter().map(|p| format!("{} {}", p.signal, p.level.as_code()));
    all.collect::<BTreeSet<_>>().into_iter().collect()
}

/// Line, facts, last time, today, and all that is proposed.
type Case<'a> = (Line, Given<'a>, Given<'a>, Given<'a>, &'a [&'a str]);

const FIRM: Line = Line::Corporate;
const OF_TRADE: &str = "t:制造 批发 建筑 房地产 物业 农业 政府";

/// Figures of the statement on file: three quarters owed of 10 m, nine tenths of the short debt in hand,
/// interest earned 1.2 times.
const DEBT_75: (&str, &str) = ("now.total_liabilities", "f:750000000");
const SHORT: (&str, &str) = ("now.current_liabilities", "f:100");
const CURRENT: (&str, &str) = ("now.current_assets", "f:90");
const EBIT: (&str, &str) = ("now.ebit", "f:120");
const INTEREST: (&str, &str) = ("now.interest_expense", "f:100");

const CASES: &[Case<'_>] = &[
    // Arrears are told by their own band, and what may come is none.
    (FIRM, &[("days_past_due", "n:400000")], &[], &[], &["ACC-03 red"]),
    (FIRM, &[("days_past_due", "n:300000")], &[], &[], &["ACC-02 orange"]),
    (FIRM, &[("days_past_due", "n:70000")], &[], &[], &["ACC-01 yellow"]),
    (FIRM, &[], &[], &[("flaw_outlook", "c:high")], &[]),
    (FIRM, &[], &[], &[("flaw_cause", "c:will")], &[]),
    // A claim that will be barred is not in arrears.
    (FIRM, &[], &[], &[("last_demand", "d:2023-12-01")], &[]),
    (FIRM, &[("tier", "c:loss")], &[], &[("time_bar", "d:2026-12-01")], &[]),
    (FIRM, &[("tier", "c:loss")], &[], &[("account_sealed", "c:others")], &["ACC-10 red"]),
    (FIRM, &[("tier", "c:loss")], &[], &[("account_sealed", "c:assets")], &[]),
    // Changes of the firm.
    (FIRM, &[], &[], &[("changed", "m:address"), ("change_told", "b:1")], &[]),
    (FIRM, &[], &[], &[("changed", "m:address"), ("change_told", "b:0")], &["MGT-13 orange"]),
    (FIRM, &[], &[("main_product", "c:down")], &[("main_product", "c:down")], &[]),
    // Receivables grow while turnover is flat: unknown turnover says nothing.
    (FIRM, &[], &[("receivables", "f:100")], &[("receivables", "f:140")], &[]),
    (
        FIRM,
        &[],
        &[("receivables", "f:100")],
        &[("receivables", "f:140"), ("turnover_ytd", "f:103"), ("turnover_ytd_before", "f:100")],
        &["FIN-08 orange"],
    ),
    (
        FIRM,
        &[],
        &[("receivables", "f:100")],
        &[("receivables", "f:140"), ("turnover_ytd", "f:104"), ("turnover_ytd_before", "f:100")],
        &[],
    ),
    (FIRM, &[], &[], &[("doc_licence", "o:received||"), ("licence_until", "d:2026-01-01")], &[]),
    // A lawsuit counts from a tenth of the equity (4 m) on.
    (FIRM, &[], &[], &[("outside", "m:lawsuit")], &[]),
    (FIRM, &[], &[], &[("outside", "m:lawsuit"), ("lawsuit_sum", "f:40000000")], &[]),
    (
        FIRM,
        &[],
        &[],
        &[("outside", "m:lawsuit"), ("lawsuit_sum", "f:40000001")],
        &["EXT-06 orange"],
    ),
    // A covenant is of its ratio, or of none.
    (FIRM, &[], &[], &[("covenant[K1].kept", "c:broken")], &[]),
    (
        FIRM,
        &[("covenants[K1].ratio", "c:gross_margin")],
        &[],
        &[("covenant[K1].kept", "c:broken")],
        &[],
    ),
    // Statements, debts, the group.
    (FIRM, &[], &[], &[("statements_agree", "c:differ")], &["MGT-09 orange"]),
    (FIRM, &[("now.equity", "f:-500")], &[], &[("guarantees_given", "f:0")], &[]),
    (FIRM, &[], &[], &[("debt_trouble", "m:risky")], &[]),
    (FIRM, &[], &[], &[("debt_trouble", "m:investment")], &["FIN-17 orange"]),
    (FIRM, &[], &[], &[("member[R1].state", "c:worse")], &[]),
    (FIRM, &[], &[], &[("group_trouble", "c:default")], &["EXT-08 red"]),
    (FIRM, &[], &[], &[("affiliate_sales", "n:900000")], &[]),
    // Limits of ratios are those of the trade; without one nothing is judged.
    (FIRM, &[DEBT_75, ("alarm.debt_ratio", "n:700000")], &[], &[], &["FIN-01 orange"]),
    (FIRM, &[DEBT_75, ("alarm.debt_ratio", "n:800000")], &[], &[], &[]),
    (FIRM, &[DEBT_75], &[], &[], &[]),
    (FIRM, &[DEBT_75, ("grave.debt_ratio", "n:740000")], &[], &[], &["FIN-01 red"]),
    // Either of the two is enough.
    (FIRM, &[SHORT, CURRENT, ("alarm.current_ratio", "n:10000")], &[], &[], &["FIN-02 orange"]),
    (FIRM, &[SHORT, CURRENT, ("alarm.current_ratio", "n:9000")], &[], &[], &[]),
    (
        FIRM,
        &[SHORT, CURRENT, ("now.inventory", "f:20"), ("alarm.quick_ratio", "n:8000")],
        &[],
        &[],
        &["FIN-02 orange"],
    ),
    (FIRM, &[EBIT, INTEREST, ("alarm.interest_cover", "n:15000")], &[], &[], &["FIN-03 orange"]),
    (
        FIRM,
        &[EBIT, INTEREST, ("alarm.interest_cover", "n:15000"), ("grave.interest_cover", "n:13000")],
        &[],
        &[],
        &["FIN-03 red"],
    ),
    (
        Line::Project,
        &[("grave.debt_service_cover", "n:10000")],
        &[],
        &[("cash_available", "f:99"), ("service_due", "f:100")],
        &["FIN-04 red"],
    ),
    (
        FIRM,
        &[("ratios_apply", "b:0")],
        &[("inventory", "f:100")],
        &[("inventory", "f:200"), ("turnover_ytd", "f:1"), ("turnover_ytd_before", "f:9")],
        &[],
    ),
    // Promises, and whom one met.
    (FIRM, &[], &[], &[("promise[补交报表].kept", "c:broken")], &[]),
    (FIRM, &[], &[], &[("met_anybody", "b:0"), ("nobody_why", "c:unannounced")], &[]),
    (FIRM, &[], &[], &[("met_anybody", "b:0"), ("nobody_why", "c:missed")], &["MGT-08 orange"]),
    // The trades.
    (FIRM, &[("industry", OF_TRADE)], &[], &[("stock_piled", "b:1")], &["FIN-09 orange"]),
    (FIRM, &[("industry", OF_TRADE)], &[], &[("borrowing_fits", "c:far")], &[]),
    (FIRM, &[("industry", OF_TRADE)], &[], &[("farm_insured", "b:0")], &[]),
    (
        FIRM,
        &[("industry", OF_TRADE)],
        &[],
        &[("trade_price", "c:falling"), ("stock_age", "n:900000")],
        &[],
    ),
    (FIRM, &[("industry", OF_TRADE)], &[], &[("trade_price", "c:slump")], &["EXT-02 orange"]),
    (FIRM, &[("industry", OF_TRADE)], &[], &[("progress_late", "b:1")], &[]),
    (FIRM, &[("industry", OF_TRADE)], &[], &[("advance_share", "n:900000")], &[]),
    (FIRM, &[("industry", OF_TRADE)], &[], &[("qualification", "d:2026-01-01")], &[]),
    (FIRM, &[("industry", OF_TRADE)], &[], &[("delay_months", "n:60000")], &[]),
    (FIRM, &[("industry", OF_TRADE)], &[], &[("escrow_short", "b:1")], &[]),
    (FIRM, &[("industry", OF_TRADE)], &[], &[("payer_is_tenant", "b:0")], &[]),
    (FIRM, &[("industry", OF_TRADE)], &[], &[("fiscal_paid", "c:worse")], &[]),
    (FIRM, &[("industry", OF_TRADE)], &[], &[("occupancy", "n:700000")], &[]),
    (
        FIRM,
        &[("industry", OF_TRADE)],
        &[],
        &[("occupancy", "n:700000"), ("occupancy_plan", "n:900000")],
        &["PRJ-10 orange"],
    ),
    // Buyers and staff.
    (
        FIRM,
        &[],
        &[],
        &[("buyers", "r:1"), ("buyers[0].name", "t:甲"), ("buyers[0].share", "n:900000")],
        &[],
    ),
    (FIRM, &[], &[], &[("arrears", "m:social")], &[]),
    (FIRM, &[], &[], &[("arrears", "m:wages")], &["MGT-11 orange"]),
    (Line::PersonalBusiness, &[], &[], &[("assets_state", "c:moved")], &[]),
    // Projects.
    (Line::Project, &[], &[], &[("site_state", "c:stopped"), ("stopped_days", "n:300000")], &[]),
    (
        Line::Project,
        &[],
        &[],
        &[("site_state", "c:stopped"), ("stopped_days", "n:310000")],
        &["PRJ-07 red"],
    ),
    (Line::Project, &[], &[("scope_changed", "b:0")], &[("scope_changed", "b:1")], &[]),
    (
        Line::Project,
        &[],
        &[("scope_changed", "b:1")],
        &[("scope_changed", "b:1")],
        &["PRJ-06 orange"],
    ),
    (Line::Project, &[], &[], &[("works_mortgage", "c:in_time")], &[]),
    (Line::Project, &[], &[], &[("works_mortgage", "c:none")], &["COL-10 orange"]),
    // Where the money comes from.
    (FIRM, &[], &[], &[("instalment[2026-12-20]", "c:none")], &[]),
    (FIRM, &[], &[], &[("instalment[2026-12-20]", "c:refinance")], &["ACC-05 orange"]),
    (FIRM, &[], &[], &[("loan_ends", "c:none")], &[]),
    (FIRM, &[], &[], &[("loan_ends", "c:bridge")], &["ACC-05 orange"]),
    // Security and bills.
    (FIRM, &[], &[], &[("pledge[Y1].seen", "c:none")], &[]),
    (FIRM, &[], &[], &[("papers_valid", "c:gap")], &[]),
    (FIRM, &[], &[], &[("bill_trade", "c:none")], &[]),
    (FIRM, &[], &[], &[("bill_margin", "c:none")], &[]),
    (FIRM, &[], &[], &[("bill_margin", "c:advanced")], &["ACC-12 red"]),
    // The shop: less than last time is the season, too, and more is not yet unsaleable.
    (Line::MicroShop, &[], &[("shop_takings", "f:100")], &[("shop_takings", "f:10")], &[]),
    (Line::MicroShop, &[], &[("shop_stock", "c:more")], &[("shop_stock", "c:more")], &[]),
    (Line::MicroShop, &[], &[], &[("shop_stock", "c:piled")], &["OPS-06 orange"]),
    // What the money was used for.
    (FIRM, &[], &[], &[("draw[D1].goods_seen", "c:none")], &[]),
    (FIRM, &[], &[], &[("use_banned", "m:lending")], &["ACC-07 red"]),
    (FIRM, &[], &[], &[("use_banned", "m:property")], &["ACC-08 red"]),
];

#[test]
fn an_answer_proposes_the_signal_that_it_is_and_no_other() {
    let mut wrong = Vec::new();
    for (line, more, last, now, expected) in CASES {
        let found = proposed(known(*line, more), last, now);
        if found != *expected {
            wrong.push(format!("{more:?} {last:?} {now:?}: {found:?}, not {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A broken covenant proposes what a passed test of it does (`assets/deadlines`).
#[test]
fn a_broken_covenant_is_the_signal_of_its_ratio() {
    let rules = crate::assets::deadlines::load().unwrap();
    for (ratio, signal) in &rules.broken {
        let ratio = format!("c:{ratio}");
        let known = known(FIRM, &[("covenants[K1].ratio", &ratio)]);
        let found = proposed(known, &[], &[("covenant[K1].kept", "c:broken")]);
        assert_eq!(found, [format!("{signal} orange")], "{ratio}");
    }
}

/// Days past due that a book can show, with all tiers.
#[test]
fn no_two_bands_of_the_days_past_due_propose_together() {
    const BANDS: [&str; 3] = ["ACC-01", "ACC-02", "ACC-03"];
    let mut seen = BTreeSet::new();
    for tier in Tier::ALL {
        for days in 0..=400 {
            let tier = format!("c:{}", tier.as_code());
            let days = format!("n:{}", days * 10_000);
            let known = known(FIRM, &[("tier", &tier), ("days_past_due", &days)]);
            let state = form(known, BTreeMap::new()).evaluate(&BTreeMap::new());
            let bands = state.proposals.iter().map(|p| p.signal.as_str());
            let bands: Vec<&str> = bands.filter(|code| BANDS.contains(code)).collect();
            assert!(bands.len() <= 1, "{tier} {days}: {bands:?}");
            seen.extend(bands.into_iter().map(str::to_owned));
        }
    }
    assert_eq!(seen.len(), BANDS.len(), "{seen:?}");
}

/// Where a rule over the bank's data and a checklist tell the same signal, they use the same number.
#[test]
fn a_signal_has_one_limit_wherever_it_is_told() {
    let book = crate::assets::warning::shared().unwrap();
    let said = crate::assets::checklists::source();
    let pack: toml::Value = toml::from_str(said).unwrap();
    let limits = pack.get("threshold").and_then(toml::Value::as_array).unwrap();
    let number = |id: &str| {
        let of = |limit: &&toml::Value| limit.get("id").and_then(toml::Value::as_str) == Some(id);
        let value = limits.iter().find(of).and_then(|limit| limit.get("value")?.as_str());
        Decimal4::parse(value.unwrap_or_else(|| panic!("no {id}"))).unwrap()
    };
    for (id, name) in [
        ("revenue_fall", "revenue_drop"),
        ("revenue_flat", "flat_revenue"),
        ("money_change", "receivables_growth"),
        ("money_change", "inventory_growth"),
        ("power_change", "utility_drop"),
        ("margin_points", "margin_drop"),
        ("past_due_grave", "overdue_long"),
        ("standstill_days", "standstill_days"),
        ("ltv", "ltv"),
    ] {
        assert_eq!(number(id), book.limits[name], "{id}");
    }
    let serious = Decimal4(book.limits["overdue_short"].0 + 10_000);
    assert_eq!(number("past_due_serious"), serious, "the day after the short delay");
}
