//! What a visit is about is changed while it is open, and rows come and go.

use super::*;
use crate::app::tests::desk::Office;
use crate::domain::answer::Value;
use crate::domain::visit::VisitClass;

/// The record of a corporate customer with an open duty.
fn opened(office: &Office) -> (Desk, VisitId) {
    let mut h = office.desk("zhangwei");
    let (customer, name) = overdue_company(&mut h);
    to_customer(&mut h, &customer);
    h.play(&[("<enter>", "开始回访"), ("<enter>", &format!("检查表 {name}"))]);
    let visit = h.open_visit();
    (h, visit)
}

#[test]
fn a_duty_is_taken_out_and_the_day_changed() {
    let office = Office::open();
    let (mut h, visit) = opened(&office);
    let before = h.visit(&visit);
    assert!(!before.purposes.is_empty() && before.class == VisitClass::Onsite);
    h.play(&[
        ("m", "修改本次回访|实地|[x]"),
        ("<tab><tab><ctrl-u>2026-11-20<enter>", "已修改本次回访|11-20 现场"),
    ]);
    let moved = h.visit(&visit);
    assert_eq!(moved.visited_on.to_string(), "2026-11-20");
    // Each duty by itself can go; none is needed.
    let duties = before.duties.len();
    h.keys("m");
    for _ in 0..duties {
        h.keys("<down>");
    }
    h.play(&[("<down><down><space>", "[ ]"), ("<enter>", "已修改本次回访")]);
    let fewer = h.visit(&visit);
    assert!(fewer.purposes.len() < moved.purposes.len().max(duties), "{:?}", fewer.purposes);
    // By telephone: what must be seen on the spot can't be ticked.
    h.play(&[("m", "修改本次回访"), ("<right>", "非现场|电话"), ("<enter>", "已修改本次回访")]);
    assert_eq!(h.visit(&visit).class, VisitClass::Offsite);
    assert_eq!(h.visit(&visit).channel, "电话");
    h.play(&[("u", "已撤销|现场")]);
    assert_eq!(h.visit(&visit).class, VisitClass::Onsite);
    assert_eq!(h.refused, []);
}

#[test]
fn any_row_of_a_group_goes_and_comes_back_as_one_step() {
    let office = Office::open();
    let (mut h, visit) = opened(&office);
    let state = judged(&h.visit(&visit));
    let texts = |row: &Row| match &row.item.kind {
        Kind::Group(cells) => cells.iter().find(|c| matches!(c.kind, Kind::Text)).cloned(),
        _ => None,
    };
    let (group, cell) = state
        .rows
        .iter()
        .find_map(|row| Some((row.path.to_string(), texts(row)?.code.clone())))
        .expect("a group with a text");
    let path = |n: u32| format!("{group}[{n}].{cell}");
    let start = match answer(&mut h, &visit, &group).map(|a| a.value) {
        Some(Value::Rows(n)) => n,
        _ => 0,
    };
    for (n, name) in (start..).zip(["甲厂", "乙厂", "丙厂"]) {
        at(&mut h, &visit, &group, "a");
        at(&mut h, &visit, &path(n), &format!("<enter>{name}<enter>"));
    }
    let named = |h: &mut Desk, n| answer(h, &visit, &path(n)).map(|a| a.value);
    let text = |words: &str| Some(Value::Text(words.to_owned()));
    at(&mut h, &visit, &path(start + 1), "<delete>");
    assert!(h.screen().contains(&format!("已删除第 {} 行", start + 2)), "{}", h.screen());
    assert_eq!(answer(&mut h, &visit, &group).unwrap().value, Value::Rows(start + 2));
    assert_eq!((named(&mut h, start), named(&mut h, start + 1)), (text("甲厂"), text("丙厂")));
    h.play(&[("u", "已撤销")]);
    assert_eq!((named(&mut h, start + 1), named(&mut h, start + 2)), (text("乙厂"), text("丙厂")));
    assert_eq!(h.refused, []);
}
