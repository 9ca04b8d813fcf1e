//! What a new user ran into: what must not pass, what must not be lost, where a key leads.

use super::*;
use crate::domain::ids::UserId;
use crate::i18n::Lang;
use crate::protocol::page::Page;
use crate::protocol::query::Query;

/// The board of the month that runs, in the list of today's day, on the first overdue visit.
fn overdue(h: &mut Desk) -> crate::protocol::page::PlanVisit {
    let first = "2026-11-01".parse().unwrap();
    let query = Query::MonthPlan { first, officer: UserId::from("zhangwei") };
    let Page::MonthPlan(page) = h.query(&query) else { panic!() };
    let late = |at: &usize| page.visits[*at].overdue_days > 0;
    for day in page.days.iter().filter(|day| day.workday) {
        if let Some(row) = page.on(day.date).iter().position(late) {
            let days = (day.date - "2026-11-23".parse::<chrono::NaiveDate>().unwrap()).num_days();
            let keys = |n: i64| "j".repeat(usize::try_from(n).unwrap());
            h.keys(&format!("7t{}<enter>g{}", keys(days), "j".repeat(row)));
            return page.visits[page.on(day.date)[row]].clone();
        }
    }
    panic!("nobody is overdue")
}

#[test]
fn an_overdue_visit_is_not_put_off_without_a_request() {
    let office = Office::open();
    let mut h = office.desk("zhangwei");
    let visit = overdue(&mut h);
    let beyond = visit.until + chrono::Days::new(1);
    for day in [beyond.to_string(), "2027-05-06".to_owned()] {
        h.play(&[
            ("m", "排定日期|可访窗口|!尽早"),
            (&format!("<ctrl-u>{day}<enter>"), "不在可访窗口|按 d 申请延期"),
            ("<esc>", ""),
        ]);
    }
    assert_eq!(h.refused, []);
    assert!(!h.written.iter().any(|c| c.code() == "fix_days"), "{:?}", h.written);
}

#[test]
fn a_digit_leads_from_a_box_to_its_screen_and_to_the_list() {
    let office = Office::open();
    let mut h = office.desk("wangfang");
    h.play(&[("i", "消息"), ("2", "!┌─ 消息"), ("1<enter>", ""), ("1", "")]);
    // Each box that nothing is typed in.
    for (user, way) in [
        ("zhangwei", "1e"),
        ("zhangwei", "1r"),
        ("lifang", "5p"),
        ("lifang", "5c"),
        ("lifang", "5h"),
        ("lifang", "5e"),
        ("lifang", "5v"),
        ("lifang", "8p"),
        ("lifang", "4v"),
        ("zhangwei", "2<enter>s"),
    ] {
        let mut h = office.desk(user);
        h.keys(way);
        assert!(h.app.key_context().is_box(), "{way}: {:?}", h.app.key_context());
        h.keys("6");
        assert!(!h.app.key_context().is_box(), "{way}: {:?}", h.app.key_context());
    }
    let mut h = office.desk_of("zhangwei", 80, 24, Lang::Zh);
    // A dossier that is open gives way to the list at the second press of its number.
    h.play(&[("2<enter>", "[档案]"), ("1", ""), ("2", "[档案]"), ("2", "[客户]")]);
    assert_eq!(h.refused, []);
}

#[test]
fn a_deadline_is_met_on_a_day_and_by_a_paper() {
    let office = Office::open();
    let mut h = office.desk_of("zhangwei", 80, 24, Lang::Zh);
    let query = Query::Deadlines { customer: None, officer: None };
    let Page::Deadlines(page) = h.query(&query) else { panic!() };
    let row = page
        .rows
        .iter()
        .position(|row| row.deadline.kind != crate::domain::deadline::DeadlineKind::Valuation)
        .expect("a deadline that is no revaluation");
    h.play(&[
        ("1e", "回访以外的期限"),
        (&"j".repeat(row), ""),
        ("a", "登记办理|办理日期|完成依据|2026-11-23"),
        ("<esc>", "!登记办理"),
        ("a", "登记办理"),
    ]);
    assert!(!h.written.iter().any(|c| c.code() == "mark_deadline"), "{:?}", h.written);
    h.play(&[("回执 12<enter>", "已登记办理")]);
    let marked = h.written.iter().filter(|c| c.code() == "mark_deadline").count();
    assert_eq!((marked, h.refused.len()), (1, 0));
}

#[test]
fn a_digit_that_turns_an_answer_says_so_and_is_taken_back() {
    let office = Office::open();
    let mut h = office.desk("zhangwei");
    h.keys("/C000113<enter>v<enter>");
    let visit = h.open_visit();
    at(&mut h, &visit, "focus", "1");
    let first = answer(&mut h, &visit, "focus").map(|a| a.value);
    at(&mut h, &visit, "focus", "");
    h.play(&[("4", "已改：|u 撤销")]);
    assert_ne!(answer(&mut h, &visit, "focus").map(|a| a.value), first);
    h.play(&[("u", "已撤销")]);
    assert_eq!(answer(&mut h, &visit, "focus").map(|a| a.value), first);
}
