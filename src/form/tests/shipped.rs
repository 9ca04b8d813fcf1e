//! The shipped pack, for every kind of customer.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use chrono::NaiveDate;

use super::super::*;
use crate::domain::answer::{Answer, DocumentState, Value};
use crate::domain::customer::Line;
use crate::domain::facts::{self, Facts};
use crate::domain::flag::Level;
use crate::domain::gap::GapKind;
use crate::domain::loan::Tier;
use crate::domain::money::{Decimal4, Fen};
use crate::domain::visit::VisitClass;

mod judged;

pub(super) static LIBRARY: LazyLock<Arc<Library>> =
    LazyLock::new(|| Arc::new(crate::assets::checklists::load().unwrap()));

pub(super) fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
}

pub(super) fn answer(value: Value) -> Answer {
    Answer { value, evidence: None, note: String::new(), unchanged: false }
}

pub(super) fn facts(line: Option<Line>, class: VisitClass, tier: Tier, duties: &[&str]) -> Facts {
    let choice = |code: &str| Value::Choice(code.to_owned());
    let mut facts = Facts::default();
    let mut put = |name: &str, value| facts.0.insert(name.to_owned(), value);
    if let Some(line) = line {
        put(facts::LINE, choice(line.as_code()));
    }
    put(facts::CLASS, choice(class.as_code()));
    put(facts::TIER, choice(tier.as_code()));
    put(facts::DUTIES, Value::Multi(duties.iter().map(|d| (*d).to_owned()).collect()));
    put(facts::TODAY, Value::Date(today()));
    facts
}

/// Everything that can be known about a customer.
pub(super) fn with_everything(mut facts: Facts) -> Facts {
    for (list, keys) in [
        (facts::GUARANTORS, &["G1", "G2"][..]),
        (facts::COLLATERAL, &["Y1", "Y2"]),
        (facts::CONDITIONS, &["T1"]),
        (facts::COVENANTS, &["K1"]),
        (facts::DRAWDOWNS, &["D1"]),
        (facts::INSTALMENTS, &["2026-12-20", "2027-01-20", "2027-02-20"]),
        (facts::RELATED, &["R1"]),
        (facts::LAST_PROBLEMS, &["应收超期"]),
        (facts::OPEN_PROMISES, &["补交报表"]),
    ] {
        with_entries(&mut facts, list, keys);
    }
    for column in facts::COLUMNS {
        for figure in facts::FIGURES {
            let value = match figure {
                "on" => Value::Date(today()),
                "months" => Value::Number(Decimal4::from_int(9)),
                _ => Value::Money(Fen::from_yuan(4_000_000)),
            };
            facts.0.insert(format!("{column}.{figure}"), value);
        }
    }
    let mut put = |name: &str, value| facts.0.insert(name.to_owned(), value);
    for name in [
        facts::EXPOSURE,
        facts::SECURED_EXPOSURE,
        facts::COLLATERAL_VALUE,
        facts::NEXT_INSTALMENTS,
        facts::INFLOW_3M,
        facts::INFLOW_12M,
        facts::REVENUE_12M,
    ] {
        put(name, Value::Money(Fen::from_yuan(3_000_000)));
    }
    for name in [
        facts::DAYS_PAST_DUE,
        facts::COLLATERAL_COUNT,
        facts::GUARANTOR_COUNT,
        facts::POWER_3M,
        facts::POWER_BEFORE_3M,
        facts::MATURES_IN,
        facts::LATE_6M,
    ] {
        put(name, Value::Number(Decimal4::from_int(2)));
    }
    put(facts::INDUSTRY, Value::Text("制造 农业 批发 建筑 房地产 物业 政府".to_owned()));
    put(facts::LOW_RISK, Value::Bool(false));
    put(facts::IN_GROUP, Value::Bool(true));
    let products = ["流动资金贷款", "固定资产贷款", "银行承兑汇票"];
    put(facts::PRODUCTS, Value::Multi(products.map(str::to_owned).into()));
    put(facts::OPEN_FLAGS, Value::Multi(vec!["OPS-01".to_owned(), "自定义".to_owned()]));
    put(facts::POINTS, Value::Text("核实应收\n\n看二号仓库".to_owned()));
    put(facts::LAST_VISIT, Value::Date(today() - chrono::Duration::days(92)));
    put(facts::PURPOSE, Value::Text("购原料".to_owned()));
    let list = |entry: &str| Value::Multi(vec![entry.to_owned()]);
    put(facts::FINDINGS, list("court_company\u{1f}执行标的 80 万元"));
    put(facts::FINDING_KINDS, list("court_company:found"));
    put(facts::NOT_QUERIED, list("licence\u{1f}系统维护"));
    facts
}

/// A list of entries with what each of them may have.
pub(super) fn with_entries(facts: &mut Facts, list: &str, keys: &[&str]) {
    let all = keys.iter().map(|key| (*key).to_owned()).collect();
    facts.0.insert(list.to_owned(), Value::Multi(all));
    for key in keys {
        let mut put = |name: &str, value| facts.0.insert(facts::entry(list, key, name), value);
        put("label", Value::Text(format!("某 {key}")));
        put("amount", Value::Money(Fen::from_yuan(1_000_000)));
        put("value", Value::Money(Fen::from_yuan(5_000_000)));
        put("due_on", Value::Date(today()));
        put("area", Value::Number(Decimal4::from_int(1_200)));
    }
}

pub(super) fn form(facts: Facts, last: BTreeMap<String, (Answer, NaiveDate)>) -> Form {
    let sections = LIBRARY.compose(&facts);
    Form::new(Arc::clone(&LIBRARY), &sections, facts, last)
}

pub(super) fn asked(form: &Form) -> Vec<String> {
    let state = form.evaluate(&BTreeMap::new());
    let rows = state.rows.iter().filter(|row| !row.item.computed);
    rows.map(|row| row.path.to_string()).collect()
}

/// A small generator: the tests need variety, not chance.
pub(super) struct Dice {
    pub(super) seed: u64,
    /// Figures that do not fit into results.
    pub(super) extreme: bool,
}

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.seed = self
            .seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.seed >> 33).unwrap() % sides
    }

    fn value(&mut self, kind: &Kind) -> Value {
        let codes = |kind: &Kind| kind.choices().iter().map(|c| c.code.clone()).collect::<Vec<_>>();
        match kind {
            Kind::Bool => Value::Bool(self.roll(2) == 1),
            Kind::Choice(_) => {
                let codes = codes(kind);
                Value::Choice(codes[self.roll(codes.len())].clone())
            }
            Kind::Multi(_) => {
                Value::Multi(codes(kind).into_iter().filter(|_| self.roll(3) == 0).collect())
            }
            Kind::Number(_) | Kind::Percent => {
                let n = [0, 1, 35, 100, 12_000, -7][self.roll(6)];
                Value::Number(Decimal4(n * 10_000))
            }
            Kind::Money => {
                let big = if self.extreme { [i64::MAX, i64::MIN] } else { [500_000, 7_000_000] };
                Value::Money(Fen([0, 100, -500, 30_000_000, big[0], big[1]][self.roll(6)]))
            }
            Kind::Date => Value::Date(
                today() + chrono::Duration::days(i64::try_from(self.roll(900)).unwrap() - 450),
            ),
            Kind::Text | Kind::LongText => {
                Value::Text(["", "无", "三个月\n后"][self.roll(3)].to_owned())
            }
            Kind::Document => Value::Document {
                state: DocumentState::ALL[self.roll(DocumentState::ALL.len())],
                until: None,
                note: String::new(),
            },
            Kind::Group(_) => Value::Rows([0, 1, 4, MAX_ROWS, u32::MAX][self.roll(5)]),
        }
    }
}

/// Answers every visible row, again and again, as answering makes more rows visible.
pub(super) fn answer_all(form: &Form, dice: &mut Dice, share: usize) -> BTreeMap<String, Answer> {
    let mut answers = BTreeMap::new();
    for _ in 0..4 {
        for row in form.evaluate(&answers).rows {
            if !row.item.computed && dice.roll(100) < share {
                let value = dice.value(&row.item.kind);
                answers.entry(row.path.to_string()).or_insert_with(|| answer(value));
            }
        }
    }
    answers
}

#[test]
fn a_micro_shop_needs_a_conclusion_only_when_it_is_not_steady() {
    let form =
        form(facts(Some(Line::MicroShop), VisitClass::Onsite, Tier::Normal, &[]), BTreeMap::new());
    let with = |verdict: &str| {
        let answers = BTreeMap::from([(
            "shop_verdict".to_owned(),
            answer(Value::Choice(verdict.to_owned())),
        )]);
        form.evaluate(&answers).row("conclusion").map(|row| row.needed)
    };
    assert_eq!(with("steady"), None);
    assert_eq!(with("danger"), Some(Needed::Hard));
    let state = form.evaluate(&BTreeMap::new());
    assert_eq!((state.sections.len(), state.rows.len()), (2, 16), "one screen");
}

#[test]
fn off_site_visits_ask_nothing_that_can_only_be_seen_there() {
    for line in Line::ALL {
        let facts = with_everything(facts(Some(*line), VisitClass::Offsite, Tier::Loss, &[]));
        let state = form(facts, BTreeMap::new()).evaluate(&BTreeMap::new());
        assert!(state.rows.iter().all(|row| !row.item.onsite), "{line:?}");
    }
}

#[test]
fn sections_follow_line_quality_duty_and_industry() {
    let compose = |facts: &Facts| LIBRARY.compose(facts).into_iter().collect::<BTreeSet<_>>();
    let mut corporate = facts(Some(Line::Corporate), VisitClass::Onsite, Tier::Normal, &[]);
    assert!(!compose(&corporate).contains("bad_loan"));
    assert!(!compose(&corporate).contains("use_of_funds"));
    assert!(!compose(&corporate).contains("followup"));
    corporate.0.insert(facts::DAYS_PAST_DUE.to_owned(), Value::Number(Decimal4::from_int(1)));
    assert!(compose(&corporate).contains("flawed") && !compose(&corporate).contains("bad_loan"));
    corporate.0.insert(facts::DAYS_PAST_DUE.to_owned(), Value::Number(Decimal4::from_int(91)));
    assert!(!compose(&corporate).contains("flawed"), "bad, not flawed");
    corporate.0.insert(facts::INDUSTRY.to_owned(), Value::Text("通用设备制造业".to_owned()));
    let sections = compose(&corporate);
    assert!(sections.contains("bad_loan") && sections.contains("ind_manufacturing"));
    assert!(!sections.contains("ind_trade"));
    let bad = facts(Some(Line::MicroShop), VisitClass::Onsite, Tier::Substandard, &[]);
    assert!(compose(&bad).contains("bad_loan"));
    let both = facts(
        Some(Line::Corporate),
        VisitClass::Onsite,
        Tier::Normal,
        &["use_of_funds", "periodic_onsite"],
    );
    let sections = compose(&both);
    assert!(sections.contains("use_of_funds") && sections.contains("operation"));
    let short = facts(Some(Line::Corporate), VisitClass::Onsite, Tier::Normal, &["use_of_funds"]);
    assert_eq!(compose(&short), ["closing", "head", "use_of_funds"].map(str::to_owned).into());
    let unknown = facts(None, VisitClass::Onsite, Tier::Normal, &[]);
    assert!(compose(&unknown).contains("operation"), "an unknown line is asked like a firm");
}

#[test]
fn every_open_flag_and_every_point_becomes_a_question() {
    let facts =
        with_everything(facts(Some(Line::Corporate), VisitClass::Onsite, Tier::Normal, &[]));
    let state = form(facts, BTreeMap::new()).evaluate(&BTreeMap::new());
    let flag = state.row("open_flag[OPS-01]").unwrap();
    assert_eq!(flag.title.zh, "风险信号 OPS-01 停产、停业、关门 现状如何");
    assert_eq!((flag.needed, flag.subject.as_deref()), (Needed::Hard, Some("OPS-01")));
    assert!(state.row("open_flag[自定义]").unwrap().title.en.contains("自定义"));
    assert_eq!(state.row("point_answer[2]").unwrap().title.zh, "上级要点：看二号仓库");
    assert!(state.row("point_answer[3]").is_none());
    let promise = state.row("promise[补交报表].kept").unwrap();
    assert_eq!((promise.title.zh.as_str(), promise.needed), ("承诺：某 补交报表", Needed::Hard));
    assert_eq!(LIBRARY.item("open_flag[OPS-01]").unwrap().code, "open_flag");
    assert_eq!(LIBRARY.item("suppliers[3].share").unwrap().code, "share");
    assert!(LIBRARY.item("suppliers[3].nothing").is_none());
    assert!(LIBRARY.item("nothing").is_none());
}

#[test]
fn no_combination_of_line_class_tier_and_answers_breaks_the_form() {
    let mut dice = Dice { seed: 7, extreme: false };
    let lines = Line::ALL.iter().copied().map(Some).chain([None]);
    for line in lines {
        for class in VisitClass::ALL {
            for tier in Tier::ALL {
                for full in [false, true] {
                    let base = facts(line, *class, *tier, &["use_of_funds", "periodic_onsite"]);
                    let facts = if full { with_everything(base) } else { base };
                    dice.extreme = false;
                    let empty = form(facts.clone(), BTreeMap::new());
                    let random = answer_all(&empty, &mut dice, 70);
                    let last = random.iter().map(|(p, a)| (p.clone(), (a.clone(), today())));
                    let form = form(facts, last.collect());
                    for (share, extreme) in [(0, false), (40, false), (100, false), (100, true)] {
                        dice.extreme = extreme;
                        let answers = answer_all(&form, &mut dice, share);
                        consistent(&form.evaluate(&answers), &answers, extreme);
                    }
                }
            }
        }
    }
}

/// What holds for every judged form.
fn consistent(state: &State, answers: &BTreeMap<String, Answer>, extreme: bool) {
    let paths: BTreeSet<&str> = state.rows.iter().map(|row| &*row.path).collect();
    assert_eq!(paths.len(), state.rows.len(), "each path once");
    let problems = state.rows.iter().filter(|row| row.problem.is_some()).count();
    assert_eq!(problems, state.gaps.len());
    for gap in &state.gaps {
        assert!(paths.contains(gap.item.as_str()));
    }
    let signals: BTreeSet<&str> = state.proposals.iter().map(|p| p.signal.as_str()).collect();
    assert_eq!(signals.len(), state.proposals.len(), "each signal once");
    for proposal in &state.proposals {
        assert!(!proposal.note.zh.contains('{'), "{:?}", proposal.note);
        assert!(extreme || !proposal.note.zh.contains('?'), "{:?}", proposal.note);
    }
    let rows: usize = state.sections.iter().map(|section| section.rows).sum();
    assert_eq!(rows, state.rows.len());
    for (index, section) in state.sections.iter().enumerate() {
        for row in &state.rows[section.first..section.first + section.rows] {
            assert_eq!(row.section, index);
        }
    }
    for row in &state.rows {
        assert_eq!(
            row.needed == Needed::Hard && !row.answered,
            row.problem == Some(Problem::Missing)
        );
        assert!(row.item.computed || row.answered <= answers.contains_key(&*row.path));
        assert!(!row.title.zh.contains('{'), "{}", row.title.zh);
    }
    let sum = state.sections.iter().map(|section| section.progress.items).sum::<usize>();
    assert_eq!(sum, state.progress.items);
}

/// Prints how long one judgement of the largest form takes; run in release by hand.
#[test]
#[ignore = "a measurement, not a test"]
fn measure_the_largest_form() {
    let facts = with_everything(facts(
        Some(Line::Corporate),
        VisitClass::Onsite,
        Tier::Loss,
        &["use_of_funds", "periodic_onsite"],
    ));
    let form = form(facts, BTreeMap::new());
    let answers = answer_all(&form, &mut Dice { seed: 3, extreme: false }, 100);
    let rows = form.evaluate(&answers).rows.len();
    let start = std::time::Instant::now();
    for _ in 0..1000 {
        std::hint::black_box(form.evaluate(std::hint::black_box(&answers)));
    }
    println!("{rows} rows: {:?} each", start.elapsed() / 1000);
    let start = std::time::Instant::now();
    crate::assets::checklists::load().unwrap();
    println!("loading: {:?}", start.elapsed());
}
