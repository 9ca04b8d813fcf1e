//! Deadlines beside visits by keys: noted as done, taken back, let off by a supervisor alone.

use super::*;
use crate::app::tests::desk::Office;
use crate::domain::deadline::DeadlineKind;
use crate::domain::deadline::DeadlineMark;
use crate::i18n::Lang;
use crate::protocol::page::{DeadlinesPage, Page};
use crate::protocol::query::Query;

fn owed(desk: &mut Desk) -> DeadlinesPage {
    match desk.query(&Query::Deadlines { customer: None, officer: None }) {
        Page::Deadlines(page) => (*page).clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn noted_as_done_and_taken_back() {
    let office = Office::open();
    let mut h = office.desk("zhangwei");
    let before = owed(&mut h);
    assert!(before.total > 1, "the demo owes something");
    h.keys("e");
    h.assert_whole();
    assert!(h.screen().contains("回访以外的期限"), "{}", h.screen());
    // One that asks for no figure.
    let at = before.rows.iter().position(|row| row.deadline.kind != DeadlineKind::Valuation);
    let at = at.expect("a deadline that is no revaluation");
    h.keys(&"j".repeat(at)).keys("a回执 12<enter>");
    assert_eq!(h.refused, [], "{}", h.screen());
    let after = owed(&mut h);
    assert_eq!(after.total, before.total - 1);
    let met = &before.rows[at];
    assert!(!after.rows.iter().any(|r| r.customer == met.customer && r.deadline == met.deadline));
    // She is where she was, at the next one; the mark is taken back outside.
    h.keys("<esc>u");
    assert_eq!(owed(&mut h).total, before.total, "{}", h.screen());
}

#[test]
fn a_refused_day_comes_back_with_the_paper_and_the_reason() {
    let office = Office::open();
    let mut h = office.desk("zhangwei");
    let before = owed(&mut h);
    let at = before.rows.iter().position(|row| row.deadline.kind != DeadlineKind::Valuation);
    h.keys("e").keys(&"j".repeat(at.unwrap()));
    // The day that is proposed goes when another is typed.
    h.keys("a回执 99<up>+7<enter>");
    assert_eq!(h.refused.len(), 1, "{}", h.screen());
    assert!(h.screen().contains("回执 99"), "{}", h.screen());
    assert!(!h.screen().contains("已登记办理"), "nothing was noted\n{}", h.screen());
    h.assert_whole();
    h.keys("<ctrl-u>11-20<enter>");
    assert_eq!(owed(&mut h).total, before.total - 1, "{}", h.screen());
    assert!(h.screen().contains("已登记办理"), "{}", h.screen());
}

#[test]
fn only_a_supervisor_lets_off_and_says_why() {
    let office = Office::open();
    let mut h = office.desk("zhangwei");
    let mine = owed(&mut h).total;
    h.keys("ex");
    assert!(h.screen().contains("只有主管可以豁免"), "{}", h.screen());
    assert_eq!(owed(&mut h).total, mine);
    let mut head = office.desk("lifang");
    let before = owed(&mut head);
    head.keys("1");
    head.keys("ex");
    head.assert_whole();
    head.keys("<enter>");
    assert!(head.screen().contains("请写明豁免理由"), "{}", head.screen());
    head.keys("企业已停产，免报<enter>");
    assert_eq!(head.refused, [], "{}", head.screen());
    assert_eq!(owed(&mut head).total, before.total - 1, "{}", head.screen());
    // Esc takes back what was begun, and writes nothing.
    head.keys("x理由<esc>");
    head.assert_whole();
    assert_eq!(owed(&mut head).total, before.total - 1);
    head.keys("<esc>");
    assert!(head.app.overlays.is_empty(), "{}", head.screen());
    assert_eq!(DeadlineMark::Waived.as_code(), "waived");
}

#[test]
fn enter_leads_to_the_customer_and_her_own_stand_in_the_dossier() {
    let office = Office::open();
    let mut h = office.desk("zhangwei");
    let first = owed(&mut h).rows[0].clone();
    h.keys("ejk<enter>");
    assert!(h.app.overlays.is_empty());
    assert!(h.screen().contains(first.customer.as_str()), "{}", h.screen());
    h.keys(&format!("/{}<enter>e", first.customer));
    h.assert_whole();
    assert!(h.screen().contains("回访以外的期限"), "{}", h.screen());
}

#[test]
fn the_list_is_whole_on_every_screen() {
    let office = Office::open();
    for lang in [Lang::Zh, Lang::En] {
        for (width, height) in [(80, 24), (120, 36), (200, 60)] {
            let mut h = office.desk_of("lifang", width, height, lang);
            h.keys("1");
            h.keys("e");
            h.assert_whole();
            h.keys("Gx");
            h.assert_whole();
        }
    }
}
