//! 待办 by keys: noted from the agenda, the dossier and a question, done with proof, taken back.

use super::*;
use crate::app::tests::desk::Office;
use crate::domain::todo::{Promiser, TodoKind, TodoState};
use crate::i18n::Lang;
use crate::protocol::page::{Page, TodoRow};
use crate::protocol::query::{Query, Window};

/// All open ones of the desk's scope.
fn todos(desk: &mut Desk) -> Vec<TodoRow> {
    let query = Query::Todos { owner: None, window: Window { offset: 0, limit: 500 } };
    match desk.query(&query) {
        Page::Todos(page) => page.rows.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn noted_from_the_agenda_done_with_proof_and_taken_back() {
    let office = Office::open();
    let mut h = office.desk("zhangwei");
    let before = todos(&mut h).len();
    // Of somebody whose flags leave room below them.
    for _ in 0..12 {
        if h.screen().contains("没有风险信号") {
            break;
        }
        h.keys("j");
    }
    h.play(&[
        ("jjjb", "登记待办|C000"),
        ("<enter>", "还需填写：事项、期限"),
        ("报送库存表<tab><tab><right><tab><tab>+5<enter>", "已登记待办|□ 报送库存表"),
    ]);
    assert_eq!(h.refused, []);
    let rows = todos(&mut h);
    assert_eq!(rows.len(), before + 1);
    let new = rows.iter().find(|row| row.text == "报送库存表").unwrap();
    assert_eq!((new.kind, new.promised_by), (TodoKind::Agreed, Promiser::Bank));
    assert_eq!((new.due_on.to_string(), new.owner.as_str()), ("2026-11-28".into(), "zhangwei"));
    // It stands below the flags; its own keys are offered there.
    h.play(&[
        ("G", "d 完成"),
        ("d", "已完成？|报送库存表"),
        ("<enter>", "还需填写：完成依据"),
        ("已收 11 月表<enter>", "待办已完成|!□ 报送库存表"),
        ("u", "已撤销|□ 报送库存表"),
        ("Gx", "作罢此待办"),
        ("客户已停业<enter>", "待办已作罢|!□ 报送库存表"),
    ]);
    assert_eq!(todos(&mut h).len(), before);
    assert_eq!(h.refused, []);
}

#[test]
fn noted_at_a_question_and_seen_in_the_dossier() {
    let office = Office::open();
    let mut h = office.desk("zhangwei");
    h.play(&[("/C000113<enter>v<enter>", "检查表"), ("b", "登记待办|C000113")]);
    h.keys("补充存货盘点<tab><tab><tab><tab>+9<enter>");
    let visit = h.open_visit();
    let row = todos(&mut h).into_iter().find(|row| row.text == "补充存货盘点").unwrap();
    assert_eq!((row.visit, row.state), (Some(visit), TodoState::Open));
    assert!(row.item.is_some_and(|item| !item.is_empty()));
    h.play(&[("1/C000113<enter>lllll", "批复条件|待办|□ 补充存货盘点|商定事项")]);
}

#[test]
fn what_is_late_is_counted_and_listed_for_all() {
    let office = Office::open();
    let mut h = office.desk_of("zhangwei", 120, 36, Lang::En);
    let late = todos(&mut h).iter().filter(|row| row.overdue_days > 0).count();
    assert!(late > 0, "the demo has one");
    h.play(&[("4G", "To do|late|□")]);
    let mut supervisor = office.desk("lifang");
    let all = todos(&mut supervisor);
    assert!(all.len() > todos(&mut h).len());
    assert!(all.iter().any(|row| row.kind == TodoKind::Document && row.text_en.is_some()));
}
