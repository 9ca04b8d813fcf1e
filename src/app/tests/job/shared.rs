//! Two people at one file, and what every officer does all day: find, look, take back.

use super::*;
use crate::app::tests::desk::Office;
use crate::domain::answer::Value;
use crate::domain::flag::FlagState;
use crate::domain::ids::CustomerId;
use crate::i18n::Lang;
use crate::protocol::page::Page;
use crate::protocol::query::{FlagScope, Query, Window};
use crate::ui::screen::PaneId;

fn text_row(desk: &mut Desk, visit: &VisitId) -> (usize, String) {
    let state = judged(&desk.visit(visit));
    // A time takes no other text.
    let text = |r: &Row| matches!(r.item.kind, Kind::Text) && !r.path.ends_with("_time");
    let index = state.rows.iter().position(text).unwrap();
    (index, state.rows[index].path.to_string())
}

/// Two sessions of one officer at the same record, both typing the same field.
fn conflict(office: &Office) -> (Desk, Desk, VisitId, String) {
    let mut a = office.desk("zhangwei");
    a.keys("/C000113<enter>v<enter>");
    let visit = a.open_visit();
    let mut b = office.desk("zhangwei");
    b.keys("/C000113<enter>v");
    assert_eq!(b.open_visit(), visit);
    let (index, path) = text_row(&mut a, &visit);
    a.keys(&(to_row(index) + "我写的"));
    b.keys(&(to_row(index) + "他写的<enter>"));
    // The other's answer arrives while this one is still being typed: it is said, not overwritten.
    a.poll();
    assert!(a.screen().contains("我写的") && a.screen().contains("他人修改"), "{}", a.screen());
    a.keys("<enter>");
    let title = judged(&a.visit(&visit)).row(&path).unwrap().title.zh.clone();
    for wanted in ["我写的", "他写的", title.as_str()] {
        assert!(a.screen().contains(wanted), "{wanted}\n{}", a.screen());
    }
    assert!(!a.screen().contains("t:"), "stored forms are not for people\n{}", a.screen());
    (a, b, visit, path)
}

#[test]
fn of_two_values_mine_is_kept_when_i_say_so() {
    let office = Office::open();
    let (mut a, mut b, visit, path) = conflict(&office);
    a.keys("m");
    assert_eq!(answer(&mut a, &visit, &path).unwrap().value, Value::Text("我写的".into()));
    b.poll();
    assert!(b.screen().contains("我写的"), "{}", b.screen());
    // And no further conflict with myself.
    let (index, _) = text_row(&mut a, &visit);
    a.keys(&(to_row(index) + "再改<enter>"));
    assert_eq!(a.refused.len(), 1);
}

#[test]
fn of_two_values_theirs_is_kept_when_i_say_so() {
    let office = Office::open();
    let (mut a, _b, visit, path) = conflict(&office);
    a.keys("t");
    assert_eq!(answer(&mut a, &visit, &path).unwrap().value, Value::Text("他写的".into()));
    a.play(&[("", "他写的|!我写的")]);
    let (index, _) = text_row(&mut a, &visit);
    a.keys(&(to_row(index) + "再改<enter>"));
    assert_eq!(a.refused.len(), 1);
}

#[test]
fn what_another_session_cleared_can_be_answered_again() {
    let office = Office::open();
    let mut a = office.desk("zhangwei");
    a.keys("/C000113<enter>v<enter>");
    let visit = a.open_visit();
    let (index, path) = text_row(&mut a, &visit);
    a.keys(&(to_row(index) + "先写<enter>"));
    let mut b = office.desk("zhangwei");
    b.keys("/C000113<enter>v");
    b.keys(&(to_row(index) + "x"));
    a.poll();
    a.keys(&(to_row(index) + "后写<enter>"));
    assert_eq!(a.refused, []);
    assert_eq!(answer(&mut a, &visit, &path).unwrap().value, Value::Text("后写".into()));
}

#[test]
fn another_sessions_answer_appears_and_the_cursor_stays() {
    let office = Office::open();
    let mut a = office.desk("zhangwei");
    a.keys("/C000113<enter>v<enter>");
    let visit = a.open_visit();
    let (index, _) = text_row(&mut a, &visit);
    a.keys(&to_row(5));
    let mut b = office.desk("zhangwei");
    b.keys("/C000113<enter>v");
    b.keys(&(to_row(index) + "二号厂房<enter>"));
    let detail = |d: &Desk| d.screen().lines().skip(25).take(2).collect::<Vec<_>>().join("\n");
    let before = detail(&a);
    a.poll();
    assert!(a.screen().contains("二号厂房"), "{}", a.screen());
    assert_eq!(detail(&a), before);
}

#[test]
fn the_last_change_is_taken_back_step_by_step() {
    let office = Office::open();
    let mut h = office.desk("zhangwei");
    h.keys("/C000113<enter>v<enter>");
    let visit = h.open_visit();
    let (index, path) = text_row(&mut h, &visit);
    h.keys(&(to_row(index) + "一号<enter>"));
    h.keys(&(to_row(index) + "二号<enter>"));
    h.play(&[("u", "一号|!二号"), ("u", "!一号")]);
    assert_eq!(answer(&mut h, &visit, &path), None);
    h.keys(&(to_row(index) + "三号<enter>"));
    assert_eq!(h.refused, [], "{}", h.screen());
    h.keys("u");
    h.keys("u");
    assert!(!h.screen().contains("三号"));
}

#[test]
fn the_language_changes_while_a_form_is_open() {
    let office = Office::open();
    let mut h = office.desk("zhangwei");
    h.keys("/C000113<enter>v<enter>");
    let visit = h.open_visit();
    let (index, path) = text_row(&mut h, &visit);
    h.keys(&(to_row(index) + "二号<enter>"));
    h.play(&[("<ctrl-g>", "Checklist|二号|!检查表 "), ("<f2>", "检查表|二号")]);
    h.keys(&(to_row(index) + "三号"));
    h.keys("<enter>");
    assert_eq!(answer(&mut h, &visit, &path).unwrap().value, Value::Text("三号".into()));
}

#[test]
fn a_customer_is_found_in_every_way() {
    let office = Office::open();
    let mut h = office.desk("zhangwei");
    for typed in ["lcwjd", "lichengwenju", "立诚文具", "C000013", "c000013"] {
        h.keys("1");
        h.keys(&format!("/{typed}"));
        assert!(h.screen().contains("立诚文具店"), "{typed}\n{}", h.screen());
        h.keys("<enter>");
        assert!(h.screen().contains("C000013"), "{typed}\n{}", h.screen());
    }
    // By contract, and by phone: what the dossier shows masked is found in full by the store.
    let Page::Dossier(page) = h.query(&Query::Dossier { customer: "C000013".into() }) else {
        panic!()
    };
    let loan = page.loans[0].loan.clone();
    h.keys(&format!("1/{loan}<enter>"));
    assert!(h.screen().contains("C000013"), "{loan}\n{}", h.screen());
}

#[test]
fn why_a_customer_is_due_and_what_came_in() {
    let office = Office::open();
    let mut h = office.desk("zhangwei");
    h.play(&[("w", "为何到期"), ("<esc>", ""), ("i", "消息|记录被退回"), ("<enter>", "检查表")]);
    let visit = h.open_visit();
    assert!(h.visit(&visit).writable);
    // The comment where it was made.
    let comment = h.visit(&visit).comments[0].clone();
    assert!(h.screen().contains("请补充依据"), "{}\n{comment:?}", h.screen());
}

fn flags(desk: &mut Desk, customer: &str) -> Vec<crate::protocol::page::FlagRow> {
    let scope = FlagScope::Customer(CustomerId::from(customer));
    let window = Window { offset: 0, limit: 50 };
    match desk.query(&Query::Flags { scope, window }) {
        Page::Flags(page) => page.rows.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_flag_raised_by_hand_makes_a_visit_due_and_somebody_else_closes_it() {
    let office = Office::open();
    let mut h = office.desk("zhangwei");
    let before = h.due(&"C000013".into()).len();
    h.keys("/C000013<enter>f");
    assert_eq!(h.app.place.focused(), PaneId::Flags);
    h.play(&[("OPS-09", "OPS-09"), ("<enter>", "橙 OPS-09|措施可填代码|最迟")]);
    // Level and owner are there; measure, date and facts are asked.
    h.keys("停业核查<tab>+7<tab>店门紧锁三天<enter>");
    // Beside what was before.
    let by_hand = |h: &mut Desk| -> Vec<_> {
        flags(h, "C000013").into_iter().filter(|flag| flag.signal == "OPS-09").collect()
    };
    let raised = by_hand(&mut h);
    assert_eq!(raised.len(), 1, "{:?}\n{}", h.refused, h.screen());
    assert!(raised[0].level > crate::domain::flag::Level::Yellow, "{raised:?}\n{}", h.screen());
    let due = h.due(&"C000013".into());
    assert_eq!(due.len(), before + 1, "{due:?}");
    assert!(due[0].codes.contains(&crate::domain::duty::DutyCode::FlagRevisit), "{due:?}");
    // One's own is closed by somebody else, and nobody's before it was verified.
    h.play(&[("d", "提出人、责任人、确认人")]);
    let mut head = office.desk("lifang");
    head.keys("/C000013<enter><tab>");
    assert_eq!(head.app.place.focused(), PaneId::Flags);
    head.play(&[("d", "须先推进至")]);
    for step in ["已阅", "已定措施", "处置中", "待核实"] {
        head.play(&[("n<enter>", step)]);
    }
    assert_eq!(by_hand(&mut head)[0].state, FlagState::Confirmed, "{}", head.screen());
    head.keys("d");
    head.keys("<tab>现场核实已营业<enter>");
    let closed = by_hand(&mut head);
    assert_eq!(closed[0].state, FlagState::Closed, "{:?}\n{}", head.refused, head.screen());
}

#[test]
fn every_screen_and_pane_is_reached_on_a_small_terminal() {
    let office = Office::open();
    for (user, lang) in [("zhangwei", Lang::Zh), ("lifang", Lang::En)] {
        let mut h = office.desk_of(user, 80, 24, lang);
        for digit in ["1", "2", "3", "4", "5"] {
            h.keys(digit);
            let panes = h.app.place.screen.panes().len();
            for _ in 0..panes {
                h.assert_whole();
                h.keys("?");
                h.assert_whole();
                h.keys("<esc>");
                h.keys("<tab>");
            }
        }
        for key in ["i", ":", "/"] {
            h.keys("1");
            h.keys(key);
            h.assert_whole();
            h.keys("<esc>");
        }
        assert!(!h.quit);
    }
}
