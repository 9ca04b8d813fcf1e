//! Groups beside last time's.

use std::collections::BTreeMap;

use super::super::*;
use super::rules::{answers, library, number, text};
use super::shipped::{answer, today};
use crate::domain::answer::Value;
use crate::domain::facts::Facts;

const ITEMS: [(&str, &str); 6] = [
    ("g", "kind = 'group'\nkey = 'name'"),
    ("g.name", "kind = 'text'"),
    ("g.share", "kind = 'percent'\nexplain = 'third'"),
    ("g.of", "kind = 'text'\nneeded = 'no'"),
    ("lost_rows", "kind = 'number'\ncalculation = \"lost('g')\""),
    ("new_rows", "kind = 'number'\ncalculation = \"fresh('g')\""),
];

fn judged(before: &[(&str, Value)], now: &[(&str, Value)]) -> State {
    let last = before.iter().map(|(path, v)| ((*path).to_owned(), (answer(v.clone()), today())));
    let form = Form::new(library(&ITEMS), &["s".to_owned()], Facts::default(), last.collect());
    form.evaluate(&answers(now))
}

fn before() -> Vec<(&'static str, Value)> {
    vec![
        ("g", Value::Rows(2)),
        ("g[0].name", text("甲")),
        ("g[0].share", number(10)),
        ("g[1].name", text("乙")),
        ("g[1].share", number(60)),
    ]
}

fn moves(state: &State) -> [Option<Value>; 2] {
    ["lost_rows", "new_rows"].map(|path| state.row(path).unwrap().computed.clone())
}

#[test]
fn rows_are_matched_by_their_key_whatever_their_order() {
    let state = judged(
        &before(),
        &[
            ("g", Value::Rows(2)),
            ("g[0].name", text(" 乙 ")),
            ("g[0].share", number(20)),
            ("g[1].name", text("丙")),
        ],
    );
    let share = state.row("g[0].share").unwrap();
    assert_eq!(share.last.as_ref().map(|last| last.0.value.clone()), Some(number(60)));
    assert_eq!(share.problem, Some(Problem::Unexplained), "sixty fell to twenty");
    let third = state.row("g[1].name").unwrap();
    assert!(third.fresh && third.last.is_none() && !state.row("g[0].name").unwrap().fresh);
    assert_eq!(state.row("g").unwrap().lost, ["甲"]);
    assert_eq!(moves(&state), [Some(number(1)), Some(number(1))]);
}

#[test]
fn nothing_is_lost_before_the_first_row_is_there_and_nothing_new_without_a_last_time() {
    assert_eq!(moves(&judged(&before(), &[])), [None, None]);
    let first = judged(&[], &[("g", Value::Rows(1)), ("g[0].name", text("甲"))]);
    assert_eq!(moves(&first), [Some(number(0)), Some(number(0))]);
    assert!(!first.row("g[0].name").unwrap().fresh);
}

#[test]
fn a_row_without_a_name_stands_beside_the_one_of_its_number() {
    let state = judged(&before(), &[("g", Value::Rows(2)), ("g[0].name", text("乙"))]);
    assert!(state.row("g[1].name").unwrap().last.is_none(), "the second is matched already");
    let state = judged(&before(), &[("g", Value::Rows(2))]);
    let last = state.row("g[1].name").unwrap().last.clone();
    assert_eq!(last.map(|last| last.0.value.clone()), Some(text("乙")));
}

#[test]
fn the_title_of_a_cell_holds_the_answer_of_another() {
    let items = [ITEMS[0], ITEMS[1], ("g.share", "kind = 'percent'")];
    let library = library(&items);
    let titled = "[[section.item.cell]]\ncode = 'x'\nzh = '{name} 占比'\nen = 'share of {name}'\nhelp_zh = '因'\nhelp_en = 'W'\nkind = 'percent'\n";
    assert!(library.item("g[0].share").is_some());
    let text_of = super::rules::source(&items) + titled;
    let library = std::sync::Arc::new(crate::assets::checklists::parse(&text_of).unwrap());
    let form = Form::new(library, &["s".to_owned()], Facts::default(), BTreeMap::new());
    let title = |given: &[(&str, Value)]| {
        form.evaluate(&answers(given)).row("g[0].x").unwrap().title.en.clone()
    };
    assert_eq!(title(&[("g", Value::Rows(1))]), "share of …");
    assert_eq!(title(&[("g", Value::Rows(1)), ("g[0].name", text("甲"))]), "share of 甲");
}

#[test]
fn a_check_that_is_not_in_order_becomes_a_question() {
    let items = [
        ("a", "kind = 'money'\nneeded = 'no'"),
        ("b", "kind = 'money'\nneeded = 'no'"),
        ("said", "kind = 'long_text'\neach = 'checks'\n"),
    ];
    let check = "[[check]]\nid = 'c'\nzh = '甲乙'\nen = 'a and b'\nquestion_zh = '为何'\nquestion_en = 'why'\nmode = 'deviation'\nmoney = true\nleft = { zh = '甲', en = 'a', is = 'a' }\nright = { zh = '乙', en = 'b', is = 'b + default(exposure, 0)' }\nwatch = '10'\nalarm = '50'\nsource = 'J'\nverified = false\n";
    let text_of = super::rules::source(&items).replace("'{subject}'", "''") + check;
    let library = std::sync::Arc::new(crate::assets::checklists::parse(&text_of).unwrap());
    let form = Form::new(library, &["s".to_owned()], Facts::default(), BTreeMap::new());
    let yuan = |n| Value::Money(crate::domain::money::Fen::from_yuan(n));
    let needed = |a, b| {
        let state = form.evaluate(&answers(&[("a", yuan(a)), ("b", yuan(b))]));
        state.row("said[c]").map(|row| row.needed)
    };
    assert_eq!(needed(100, 100), None);
    assert_eq!(needed(120, 100), Some(Needed::Soft));
    assert_eq!(needed(200, 100), Some(Needed::Hard));
    let state = form.evaluate(&answers(&[("a", yuan(1))]));
    let missing: Vec<&str> = state.checks[0].missing.iter().map(|name| name.en.as_str()).collect();
    assert_eq!((missing, state.checks[0].light), (vec!["Q"], Light::Unknown));
}
