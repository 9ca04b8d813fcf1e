//! Questions that are asked for each entry of a fact.

use std::collections::BTreeMap;

use super::super::*;
use super::rules::{answers, library, number, text};
use crate::domain::answer::Value;
use crate::domain::facts::{self, Facts, entry};
use crate::domain::money::Fen;

fn yuan(n: i64) -> Value {
    Value::Money(Fen::from_yuan(n))
}

fn form(items: &[(&str, &str)]) -> Form {
    let list = facts::GUARANTORS;
    let long =
        "一家名称很长而且带有.号和[括号]的保证人有限责任公司之江州市第一分公司以及第二分公司";
    let facts = Facts(BTreeMap::from([
        (list.to_owned(), Value::Multi(vec!["G1".into(), long.to_owned(), "G1".into()])),
        (entry(list, "G1", "label"), text("张三")),
        (entry(list, "G1", "amount"), yuan(300)),
        (entry(list, "G1", "relation"), number(7)),
        (entry(list, long, "amount"), yuan(500)),
    ]));
    Form::new(library(items), &["s".to_owned()], facts, BTreeMap::new())
}

const GROUP: (&str, &str) = ("g", "kind = 'group'\neach = 'guarantors'");

#[test]
fn a_group_has_its_cells_for_each_entry() {
    let form = form(&[
        GROUP,
        ("g.can", "kind = 'money'\nneeded = 'hard'"),
        ("g.short", "kind = 'money'\nsigned = true\ncalculation = 'can - entry.amount'"),
        ("g.why", "kind = 'text'\nneeded = 'hard'\nrelevant = 'short < 0'"),
        ("all", "kind = 'money'\ncalculation = \"sum('g', 'can')\""),
    ]);
    let key = facts::path_key(match form.facts().get(facts::GUARANTORS) {
        Some(Value::Multi(keys)) => &keys[1],
        other => panic!("{other:?}"),
    });
    assert!(key.len() < 20 && key.starts_with('k'), "{key}");
    let first = format!("g[{key}].can");
    let state = form.evaluate(&answers(&[("g[G1].can", yuan(100)), (&first, yuan(600))]));
    let paths: Vec<&str> = state.rows.iter().map(|row| &*row.path).collect();
    let second = [format!("g[{key}].can"), format!("g[{key}].short")];
    assert_eq!(paths[..3], ["g[G1].can", "g[G1].short", "g[G1].why"]);
    assert_eq!(paths[3..], [second[0].as_str(), second[1].as_str(), "all"]);
    let row = state.row("g[G1].can").unwrap();
    assert_eq!((row.title.zh.as_str(), row.subject.as_deref()), ("问 · 张三", Some("G1")));
    assert_eq!(row.repeat, Some(0));
    assert_eq!(state.row("g[G1].short").unwrap().computed, Some(yuan(-200)));
    assert_eq!(state.row("all").unwrap().computed, Some(yuan(700)));
    assert_eq!(state.gaps.len(), 1, "{:?}", state.gaps);
    assert_eq!(form.library().item("g[G1].can").unwrap().code, "can");
}

#[test]
fn without_entries_nothing_is_asked_and_nothing_is_summed() {
    let items = [
        GROUP,
        ("g.can", "kind = 'money'"),
        ("n", "kind = 'number'\ncalculation = \"count('g')\""),
    ];
    let form = Form::new(library(&items), &["s".to_owned()], Facts::default(), BTreeMap::new());
    let state = form.evaluate(&BTreeMap::new());
    assert_eq!(state.rows.len(), 1);
    assert_eq!(state.row("n").unwrap().computed, Some(number(0)));
}

#[test]
fn a_property_of_another_kind_is_missing() {
    let form = form(&[
        (
            "a",
            "kind = 'text'\neach = 'guarantors'\nneeded = 'no'\nhard_if = 'known(entry.relation)'",
        ),
        (
            "b",
            "kind = 'bool'\neach = 'guarantors'\nneeded = 'no'\nhard_if = \"subject == '张三' && !b\"",
        ),
    ]);
    let state = form.evaluate(&answers(&[("b[G1]", Value::Bool(false))]));
    assert_eq!(state.row("a[G1]").unwrap().needed, Needed::No);
    assert_eq!(state.row("b[G1]").unwrap().needed, Needed::Hard);
    assert!(state.rows.iter().filter(|row| row.needed == Needed::Hard).count() == 1);
}

#[test]
fn years_are_added_to_days_and_lists_are_searched() {
    let day = |text: &str| Value::Date(text.parse().unwrap());
    let form = form(&[
        ("d", "kind = 'date'"),
        ("bar", "kind = 'date'\ncalculation = 'years_after(d, 3)'"),
        ("far", "kind = 'date'\ncalculation = 'years_after(d, 99999999)'"),
        ("has", "kind = 'bool'\ncalculation = \"guarantors.contains('括号')\""),
        ("no", "kind = 'bool'\ncalculation = \"guarantors.contains(['甲', '乙'])\""),
    ]);
    let state = form.evaluate(&answers(&[("d", day("2024-02-29"))]));
    let computed = |path: &str| state.row(path).unwrap().computed.clone();
    assert_eq!(computed("bar"), Some(day("2027-02-28")));
    assert_eq!(computed("far"), None);
    assert_eq!(computed("has"), Some(Value::Bool(true)));
    assert_eq!(computed("no"), Some(Value::Bool(false)));
}

#[test]
fn figures_stand_beside_those_of_other_columns_as_far_as_they_are_known() {
    let items = [(
        "r",
        "kind = 'percent'\ncalculation = 'now.cash * 100 / now.total_assets'\n[[section.item.against]]\nzh = '上年末'\nen = 'year end'\nis = 'year_end.cash * 100 / year_end.total_assets'\n[[section.item.against]]\nzh = '同期'\nen = 'same'\nis = 'same.cash * 100 / same.total_assets'",
    )];
    let facts = Facts(BTreeMap::from([
        ("now.cash".to_owned(), yuan(5)),
        ("now.total_assets".to_owned(), yuan(50)),
        ("year_end.cash".to_owned(), yuan(5)),
        ("year_end.total_assets".to_owned(), yuan(25)),
        ("same.cash".to_owned(), yuan(5)),
    ]));
    let form = Form::new(library(&items), &["s".to_owned()], facts, BTreeMap::new());
    let state = form.evaluate(&BTreeMap::new());
    let row = state.row("r").unwrap();
    assert_eq!(row.computed, Some(number(10)));
    let beside: Vec<_> =
        row.against.iter().map(|(name, v)| (name.en.as_str(), v.clone())).collect();
    assert_eq!(beside, [("year end", number(20))]);
}
