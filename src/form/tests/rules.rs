//! The rules of the form, on small packs.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::*;
use super::shipped::{answer, today};
use crate::domain::answer::{Answer, DocumentState, Value};
use crate::domain::facts::{self, Facts};
use crate::domain::gap::GapKind;
use crate::domain::money::{Decimal4, Fen};

const CHOICE: &str = "kind = 'choice'\noptions = [{ code = 'good', zh = '好', en = 'good' }, { code = 'bad', zh = '坏', en = 'bad' }]";

/// The text of a pack with these items; `group.cell` is a cell of the group before it.
pub(super) fn source(items: &[(&str, &str)]) -> String {
    let mut text =
        "#: t\npack = 't@1'\n[[threshold]]\nid = 'third'\npercent = '30'\nsource = 'J'\nverified = false\n[[section]]\nid = 's'\nzh = '节'\nen = 'S'\n".to_owned();
    for (code, rest) in items {
        let head = if code.contains('.') { "[[section.item.cell]]" } else { "[[section.item]]" };
        let code = code.rsplit('.').next().unwrap();
        let question = format!(
            "{head}\ncode = '{code}'\nzh = '问'\nen = 'Q'\nhelp_zh = '因'\nhelp_en = 'W'\n{rest}\n"
        );
        text.push_str(&question);
    }
    text
}

pub(super) fn library(items: &[(&str, &str)]) -> Arc<Library> {
    Arc::new(crate::assets::checklists::parse(&source(items)).unwrap())
}

fn form(items: &[(&str, &str)]) -> Form {
    let facts = Facts(BTreeMap::from([
        (facts::TODAY.to_owned(), Value::Date(today())),
        (facts::EXPOSURE.to_owned(), Value::Money(Fen::from_yuan(10))),
    ]));
    Form::new(library(items), &["s".to_owned()], facts, BTreeMap::new())
}

pub(super) fn answers(given: &[(&str, Value)]) -> BTreeMap<String, Answer> {
    given.iter().map(|(path, value)| ((*path).to_owned(), answer(value.clone()))).collect()
}

pub(super) fn number(n: i64) -> Value {
    Value::Number(Decimal4::from_int(n))
}

pub(super) fn text(words: &str) -> Value {
    Value::Text(words.to_owned())
}

fn gaps(form: &Form, given: &[(&str, Value)]) -> Vec<(String, GapKind)> {
    form.evaluate(&answers(given)).gaps.into_iter().map(|gap| (gap.item, gap.kind)).collect()
}

#[test]
fn expressions_mean_what_their_readers_expect() {
    let yes = Some(Value::Bool(true));
    let no = Some(Value::Bool(false));
    // a = 6, b unanswered, g = good, m = [good], d = 2026-11-20, n = 0
    let cases = [
        ("a > 3", yes.clone()),
        ("a > 3.5 && a < 6.5", yes.clone()),
        ("b > 3", None),
        ("!(b > 3)", None),
        ("b > 3 || a > 3", yes.clone()),
        ("a > 3 || b > 3", yes.clone()),
        ("b > 3 && a > 7", no.clone()),
        ("b > 3 && a > 3", None),
        ("known(b)", no.clone()),
        ("!known(b)", yes.clone()),
        ("has(last.a)", no.clone()),
        ("known(last.a) || a == 6", yes.clone()),
        ("default(b, 0) == 0", yes.clone()),
        ("default(b > 3, true)", yes.clone()),
        ("g == 'good'", yes.clone()),
        ("g != 'good'", no.clone()),
        ("g in ['bad']", no.clone()),
        ("'good' in m", yes.clone()),
        ("'bad' in m", no.clone()),
        ("size(m) == 1", yes.clone()),
        ("today - d == 3", yes.clone()),
        ("d < today", yes.clone()),
        ("industry.contains('造')", None),
        ("a / n > 1", None),
        ("a / 4 == 1.5", yes.clone()),
        ("-a + 2 * 3 == 0", yes.clone()),
        ("abs(2 - a) == 4 && min(a, 2) == 2 && max(a, 2) == 6", yes.clone()),
        ("(a > 3 ? 1 : 2) == 1", yes.clone()),
        ("(b > 3 ? 1 : 2) == 1", None),
        ("0.1 + 0.2 == 0.3", yes.clone()),
        ("minutes('14:30') == 870", yes.clone()),
        ("minutes('9：05') == 545 && minutes('０910') == 550", yes.clone()),
        ("known(minutes('24:00')) || known(minutes('10:60')) || known(minutes('上午'))", no),
        ("exposure == 10", yes),
        ("2 / 3 > 0.666666", Some(Value::Bool(true))),
    ];
    let multi = CHOICE.replace("'choice'", "'multi'");
    for (formula, expected) in cases {
        let rule = format!("kind = 'bool'\ncalculation = \"{formula}\"");
        let form = form(&[
            ("a", "kind = 'number'"),
            ("b", "kind = 'number'"),
            ("n", "kind = 'number'"),
            ("g", CHOICE),
            ("m", &multi),
            ("d", "kind = 'date'"),
            ("result", &rule),
        ]);
        let given = answers(&[
            ("a", number(6)),
            ("n", number(0)),
            ("g", Value::Choice("good".to_owned())),
            ("m", Value::Multi(vec!["good".to_owned()])),
            ("d", Value::Date(today() - chrono::Duration::days(3))),
        ]);
        assert_eq!(form.evaluate(&given).row("result").unwrap().computed, expected, "{formula}");
    }
}

#[test]
fn what_is_not_relevant_counts_for_nothing() {
    let form = form(&[
        ("c", "kind = 'number'\nneeded = 'hard'\nrelevant = 'b > 0'"),
        ("b", "kind = 'number'\nneeded = 'hard'\nrelevant = 'a'"),
        ("a", "kind = 'bool'\nneeded = 'hard'"),
    ]);
    let b = ("b", number(1));
    assert_eq!(gaps(&form, &[]), [("a".to_owned(), GapKind::Missing)]);
    assert_eq!(gaps(&form, &[("a", Value::Bool(false)), b.clone()]), []);
    let open = gaps(&form, &[("a", Value::Bool(true)), b]);
    assert_eq!(open, [("c".to_owned(), GapKind::Missing)], "order of the form, not of need");
}

#[test]
fn hard_soft_and_optional_items() {
    let form = form(&[
        ("a", "kind = 'text'\nneeded = 'hard'"),
        ("b", "kind = 'text'"),
        ("c", "kind = 'text'\nneeded = 'no'"),
        ("d", "kind = 'text'\nneeded = 'no'\nhard_if = \"c == 'x'\""),
    ]);
    let kinds = |given: &[(&str, Value)]| gaps(&form, given);
    let (missing, wanted) = (GapKind::Missing, GapKind::Wanted);
    assert_eq!(kinds(&[]), [("a".to_owned(), missing), ("b".to_owned(), wanted)]);
    assert_eq!(kinds(&[("a", text(" \n")), ("b", text("x"))]), [("a".to_owned(), missing)]);
    let all = [("a", text("x")), ("b", text("x")), ("c", text("x"))];
    assert_eq!(kinds(&all), [("d".to_owned(), missing)]);
    let state = form.evaluate(&answers(&[("a", text("x"))]));
    assert!(state.is_complete(), "a soft gap does not hold the record back");
    let progress = Progress { items: 4, answered: 1, missing: 0, wanted: 1, faulty: 0, weak: 0 };
    assert_eq!((state.progress, state.sections[0].progress), (progress, progress));
}

#[test]
fn wrong_answers_are_named() {
    let form = form(&[
        (
            "share",
            "kind = 'percent'\nneeded = 'no'\nconstraint = 'share <= 100'\nmessage_zh = '过百'\nmessage_en = 'over'",
        ),
        ("loss", "kind = 'money'\nneeded = 'no'\nsigned = true"),
        ("g", &format!("{CHOICE}\nneeded = 'no'")),
        ("paper", "kind = 'document'\nneeded = 'no'"),
    ]);
    let problem = |path: &str, value: Value| {
        form.evaluate(&answers(&[(path, value)])).row(path).unwrap().problem.clone()
    };
    let paper = |state, until, note: &str| Value::Document { state, until, note: note.to_owned() };
    let over = Problem::Against(Arc::new(Words { zh: "过百".to_owned(), en: "over".to_owned() }));
    let cases = [
        ("share", number(100), None),
        ("share", number(101), Some(over)),
        ("share", number(-1), Some(Problem::Negative)),
        ("share", text("x"), Some(Problem::WrongKind)),
        ("loss", Value::Money(Fen(-1)), None),
        ("g", Value::Choice("ugly".to_owned()), Some(Problem::WrongKind)),
        ("paper", paper(DocumentState::Received, None, ""), None),
        ("paper", paper(DocumentState::Promised, None, ""), Some(Problem::Incomplete)),
        ("paper", paper(DocumentState::Promised, Some(today()), ""), None),
        ("paper", paper(DocumentState::Refused, None, ""), Some(Problem::Incomplete)),
        ("paper", paper(DocumentState::Refused, None, "老板不在"), None),
    ];
    for (path, value, expected) in cases {
        assert_eq!(problem(path, value.clone()), expected, "{path} {value:?}");
    }
}

#[test]
fn a_large_change_must_be_explained() {
    let items = [
        ("stock", "kind = 'money'\nneeded = 'no'\nexplain = 'third'"),
        ("stock_why", "kind = 'text'\nneeded = 'no'"),
        ("margin", "kind = 'percent'\nneeded = 'no'\nexplain = 'third'"),
    ];
    let yuan = |n| Value::Money(Fen::from_yuan(n));
    let judge = |path: &str, before: Value, now: Value, why: &str, note: &str| {
        let last = BTreeMap::from([(path.to_owned(), (answer(before), today()))]);
        let form = Form::new(library(&items), &["s".to_owned()], Facts::default(), last);
        let mut given = answers(&[(path, now), ("stock_why", text(why))]);
        given.get_mut(path).unwrap().note = note.to_owned();
        let row = form.evaluate(&given).row(path).unwrap().clone();
        (row.delta.unwrap(), row.problem)
    };
    let unexplained = Some(Problem::Unexplained);
    let (delta, problem) = judge("stock", yuan(1_000), yuan(700), "", "");
    assert_eq!(
        (delta.change.to_string(), delta.percent.unwrap().to_string()),
        ("-300".into(), "-30".into())
    );
    assert_eq!((delta.beyond, problem), (true, unexplained.clone()));
    assert_eq!(judge("stock", yuan(1_000), yuan(701), "", "").1, None);
    assert_eq!(judge("stock", yuan(1_000), yuan(2_000), "备货", "").1, None);
    assert_eq!(judge("stock", yuan(1_000), yuan(2_000), "", "备货").1, None);
    let (delta, problem) = judge("stock", yuan(0), yuan(1), "", "");
    assert_eq!((delta.percent, problem), (None, unexplained.clone()));
    assert_eq!(judge("stock", yuan(0), yuan(0), "", "").1, None);
    // Percentages are judged by points: from 20 to 45 is more than doubled, but 25 points.
    assert_eq!(judge("margin", number(20), number(45), "", "").1, None);
    assert_eq!(judge("margin", number(20), number(50), "", "").1, unexplained);
}

#[test]
fn repeat_groups_have_rows_of_their_own() {
    let form = form(&[
        (
            "parts",
            "kind = 'group'\nconstraint = \"default(sum('parts', 'share') <= 100, true)\"\nmessage_zh = '过百'\nmessage_en = 'over'",
        ),
        ("parts.name", "kind = 'text'\nneeded = 'hard'"),
        ("parts.share", "kind = 'percent'"),
        ("parts.why", "kind = 'text'\nneeded = 'hard'\nrelevant = 'share > 50'"),
        ("half", "kind = 'percent'\ncalculation = \"largest('parts', 'share') / 2\""),
        ("rows", "kind = 'number'\ncalculation = \"count('parts')\""),
        ("found", "kind = 'number'\ncalculation = \"among('parts', 'name', ['甲', '乙', '丙'])\""),
    ]);
    let paths = |given: &[(&str, Value)]| {
        let state = form.evaluate(&answers(given));
        state.rows.iter().map(|row| row.path.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(paths(&[]), ["parts", "half", "rows", "found"]);
    let named = |n: &str, name: &str| (format!("parts[{n}].name"), Value::Text(name.to_owned()));
    let (a, b) = (named("0", " 甲"), named("1", "甲"));
    let given = [("parts", Value::Rows(2)), (a.0.as_str(), a.1), (b.0.as_str(), b.1)];
    let state = form.evaluate(&answers(&given));
    assert_eq!(state.row("found").unwrap().computed, Some(number(1)));
    let rows = ("parts", Value::Rows(2));
    assert_eq!(
        paths(&[rows.clone(), ("parts[1].share", number(60)), ("parts[7].share", number(60))]),
        [
            "parts",
            "parts[0].name",
            "parts[0].share",
            "parts[1].name",
            "parts[1].share",
            "parts[1].why",
            "half",
            "rows",
            "found"
        ]
    );
    let full = [
        rows,
        ("parts[0].name", text("甲")),
        ("parts[0].share", number(50)),
        ("parts[1].share", number(51)),
    ];
    let state = form.evaluate(&answers(&full));
    assert!(matches!(state.row("parts").unwrap().problem, Some(Problem::Against(_))));
    assert_eq!(state.row("half").unwrap().computed, Some(Value::Number(Decimal4(255_000))));
    assert_eq!(state.row("rows").unwrap().computed, Some(number(2)));
    let name = state.row("parts[1].name").unwrap();
    assert_eq!((name.repeat, name.problem.clone()), (Some(1), Some(Problem::Missing)));
    let hostile = form.evaluate(&answers(&[("parts", Value::Rows(u32::MAX))]));
    assert_eq!(hostile.row("parts").unwrap().problem, Some(Problem::WrongKind));
    assert_eq!(hostile.rows.len(), 4, "too many rows are not laid out");
}

#[test]
fn the_gravest_of_two_proposals_of_a_signal_stays() {
    let flag = |when: &str, level: &str| {
        format!(
            "[[section.item.flag]]\nwhen = '{when}'\nsignal = 'OPS-01'\nlevel = '{level}'\nzh = '值 {{a}} 元 {{yuan: a}}'\nen = 'value {{a}}'\n"
        )
    };
    let rules = format!(
        "kind = 'number'\n{}{}{}",
        flag("a > 1", "yellow"),
        flag("a > 5", "red"),
        flag("a > 3", "orange")
    );
    let form = form(&[("a", &rules)]);
    let proposal = |n| {
        let state = form.evaluate(&answers(&[("a", number(n))]));
        assert!(state.proposals.len() < 2);
        state.proposals.into_iter().next().map(|p| (p.level.as_code(), p.note.zh))
    };
    assert_eq!(proposal(1), None);
    assert_eq!(proposal(2), Some(("yellow", "值 2 元 2".to_owned())));
    assert_eq!(proposal(9), Some(("red", "值 9 元 9".to_owned())));
    assert_eq!(proposal(4000), Some(("red", "值 4,000 元 4,000".to_owned())));
}
