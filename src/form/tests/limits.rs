//! Limits where they act, and evidence that is less than was to be seen.

use std::collections::BTreeMap;

use super::super::*;
use super::rules::{library, number, source, text};
use super::shipped::{answer, today};
use crate::domain::answer::{Answer, Evidence, Value};
use crate::domain::facts::Facts;
use crate::domain::gap::GapKind;

/// A pack with a limit that the bank has not confirmed and one that it has.
fn limited(items: &[(&str, &str)]) -> std::sync::Arc<Library> {
    let limits = "[[threshold]]\nid = 'most'\nzh = '上限'\nen = 'most'\nvalue = '10'\nunit = 'days'\nsource = 'J'\nverified = true\n[[threshold]]\nid = 'rise'\nzh = '增幅'\nen = 'rise'\nvalue = '20'\nunit = 'percent'\nsource = 'J'\nverified = false\n";
    let text = source(items).replacen("[[section]]", &format!("{limits}[[section]]"), 1);
    std::sync::Arc::new(crate::assets::checklists::parse(&text).unwrap())
}

/// Names of the limits that act at a row.
fn acting(form: &Form, path: &str, given: &[(&str, Value)]) -> Vec<String> {
    let state = form.evaluate(&super::rules::answers(given));
    let row = state.row(path).unwrap_or_else(|| panic!("no {path}"));
    row.limits.iter().map(|limit| limit.name.en.clone()).collect()
}

#[test]
fn a_limit_is_told_where_it_acts_and_nowhere_else() {
    let flag = "[[section.item.flag]]\nwhen = 'a > limit.most * 2'\nsignal = 'OPS-01'\nlevel = 'red'\nzh = '超 {limit.most}'\nen = 'over {limit.most}'";
    let items = [
        ("a", &*format!("kind = 'number'\nexplain = 'rise'\n{flag}")),
        ("why", "kind = 'text'\nrelevant = 'a > limit.most'"),
        (
            "b",
            "kind = 'number'\nconstraint = 'b <= limit.rise'\nmessage_zh = '过'\nmessage_en = 'over'",
        ),
        ("c", "kind = 'text'\nneeded = 'no'\nhard_if = 'a > limit.rise'"),
        ("d", "kind = 'number'\ncalculation = 'a * limit.rise / 100'"),
    ];
    let last = BTreeMap::from([("a".to_owned(), (answer(number(10)), today()))]);
    let form = Form::new(limited(&items), &["s".to_owned()], Facts::default(), last);
    let a = |n| ("a", number(n));
    let none: [&str; 0] = [];
    assert_eq!(acting(&form, "a", &[a(11)]), none);
    assert_eq!(acting(&form, "a", &[a(12)]), ["rise"], "changed by as much as must be explained");
    assert_eq!(acting(&form, "a", &[a(21)]), ["rise", "most"], "and a flag is suggested");
    assert_eq!(acting(&form, "why", &[a(11)]), ["most"], "asked because of it");
    assert_eq!(acting(&form, "b", &[("b", number(20))]), none);
    assert_eq!(acting(&form, "b", &[("b", number(21))]), ["rise"]);
    assert_eq!(acting(&form, "c", &[a(20)]), none);
    assert_eq!(acting(&form, "c", &[a(21)]), ["rise"]);
    assert_eq!(acting(&form, "d", &[a(1)]), ["rise"], "worked out with it");
    let state = form.evaluate(&super::rules::answers(&[a(21)]));
    let proposal = &state.proposals[0];
    assert_eq!((proposal.note.zh.as_str(), proposal.limits.len()), ("超 10", 1));
    assert!(proposal.limits[0].verified && proposal.limits[0].unit == Unit::Days);
}

#[test]
fn less_seen_than_wanted_is_a_soft_gap() {
    use Evidence::{Copy, Oral, Original, Photo};
    let items = [
        ("told", "kind = 'text'\nevidence = true"),
        ("bill", "kind = 'text'\nevidence = 'copy'"),
        ("deed", "kind = 'text'\nevidence = 'original'\nevidence_again = false"),
        ("paper", "kind = 'document'\nevidence = 'original'"),
    ];
    let form = Form::new(library(&items), &["s".to_owned()], Facts::default(), BTreeMap::new());
    let received = Value::Document {
        state: crate::domain::answer::DocumentState::Received,
        until: None,
        note: String::new(),
    };
    let cases = [
        ("told", None, false, None),
        ("told", None, true, Some(None)),
        ("told", Some(Oral), true, None),
        ("bill", None, false, Some(Some(Copy))),
        ("bill", Some(Oral), false, Some(Some(Copy))),
        ("bill", Some(Photo), false, Some(Some(Copy))),
        ("bill", Some(Copy), false, None),
        ("bill", Some(Original), true, None),
        ("deed", Some(Copy), false, Some(Some(Original))),
        ("deed", Some(Original), true, None),
        ("paper", None, false, None),
    ];
    for (path, evidence, unchanged, expected) in cases {
        let value = if path == "paper" { received.clone() } else { text("x") };
        let given = Answer { value, evidence, note: String::new(), unchanged };
        let state = form.evaluate(&BTreeMap::from([(path.to_owned(), given)]));
        let problem = state.row(path).unwrap().problem.clone();
        assert_eq!(problem, expected.map(Problem::Weak), "{path} {evidence:?} {unchanged}");
        assert!(state.is_complete(), "it never holds a record back");
        let weak = state.gaps.iter().filter(|gap| gap.kind == GapKind::Weak).count();
        assert_eq!((weak, state.progress.weak), (usize::from(problem.is_some()), weak));
    }
}
