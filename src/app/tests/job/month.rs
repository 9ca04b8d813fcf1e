//! The month plan by keys: proposals taken, days moved within their window, appointments, who is near
//! by; requests and pauses from the desk of an officer to that of a supervisor and back.

use chrono::NaiveDate;

use super::*;
use crate::domain::ids::UserId;
use crate::i18n::Lang;
use crate::protocol::page::{MonthPlanPage, Page, PlanVisit, Stand};
use crate::protocol::query::Query;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

const TODAY: &str = "2026-11-23";

fn plan(desk: &mut Desk, first: &str, officer: &str) -> MonthPlanPage {
    let query = Query::MonthPlan { first: date(first), officer: UserId::from(officer) };
    match desk.query(&query) {
        Page::MonthPlan(page) => (*page).clone(),
        other => panic!("{other:?}"),
    }
}

/// Keys that lead from an officer's board, on today, to a day and into it.
fn to_day(day: NaiveDate) -> String {
    let days = (day - date(TODAY)).num_days();
    format!("t{}<enter>g", "j".repeat(usize::try_from(days).unwrap()))
}

/// A visit of December that is proposed on a day with a free workday before and after it in its
/// window, and its place in the list of that day.
fn movable(page: &MonthPlanPage) -> (PlanVisit, NaiveDate, usize) {
    for day in page.days.iter().filter(|day| day.workday) {
        for (row, at) in page.on(day.date).into_iter().enumerate() {
            let visit = &page.visits[at];
            let until = visit.until;
            let inner = page.days.iter().filter(|d| d.workday && d.date <= until);
            let after = inner.filter(|d| d.date > day.date).count();
            let alone = page.visits.iter().filter(|v| v.customer == visit.customer).count() == 1;
            if visit.from < page.first && after >= 2 && day.date > page.days[3].date && alone {
                return (visit.clone(), day.date, row);
            }
        }
    }
    panic!("{page:?}");
}

fn stand(desk: &mut Desk, of: &PlanVisit) -> Stand {
    let page = plan(desk, "2026-12-01", "zhangwei");
    page.visits.iter().find(|v| v.customer == of.customer && v.due == of.due).unwrap().stand
}

#[test]
fn an_officer_takes_a_proposal_moves_it_and_lets_it_go() {
    let office = Office::open();
    let mut h = office.desk("zhangwei");
    let page = plan(&mut h, "2026-12-01", "zhangwei");
    let (visit, day, row) = movable(&page);
    h.play(&[("7", "2026年11月 张伟|7 排期"), (&to_day(day), "2026年12月")]);
    h.keys(&"j".repeat(row));
    let shown = day.format("%m-%d").to_string();
    h.play(&[("a", &format!("已排定 {shown}"))]);
    assert_eq!(stand(&mut h, &visit), Stand::Fixed(day));
    // A day later and back again: only workdays with room, and the list follows it there.
    let step = |h: &mut Desk, key: &str| {
        h.keys(key);
        if h.screen().contains("须有人让位") {
            h.keys("<enter>");
        }
    };
    step(&mut h, ".");
    let Stand::Fixed(later) = stand(&mut h, &visit) else { panic!("{}", h.screen()) };
    assert!(later > day && page.day(later).is_some_and(|d| d.workday), "{later}");
    h.play(&[("", &format!("已排定 {}", later.format("%m-%d")))]);
    step(&mut h, ",");
    let Stand::Fixed(back) = stand(&mut h, &visit) else { panic!("{}", h.screen()) };
    assert!(back < later);
    // Outside of the window: what, where, and what to do; what was typed stays.
    let beyond = visit.until + chrono::Days::new(1);
    h.play(&[
        ("m", "排定日期|可访窗口"),
        ("<ctrl-u>", ""),
        (&format!("{beyond}<enter>"), "不在可访窗口|按 d 申请延期"),
        ("<esc>", ""),
    ]);
    assert_eq!(stand(&mut h, &visit), Stand::Fixed(back));
    // The agenda has the mark, the calendar the day.
    h.play(&[("x", "已取消排定"), ("u", "已撤销")]);
    assert_eq!(stand(&mut h, &visit), Stand::Fixed(back));
    h.play(&[("x", "已取消排定")]);
    assert!(matches!(stand(&mut h, &visit), Stand::Proposed(_)));
    h.play(&[("x", "只有已排定的日期可以取消")]);
    assert_eq!(h.refused, []);
}

#[test]
fn all_proposals_are_taken_at_once_and_given_back_at_once() {
    let office = Office::open();
    let mut h = office.desk("zhangwei");
    let before = plan(&mut h, "2026-12-01", "zhangwei").sums();
    let (_, proposed, _) = before;
    assert!(proposed > 5);
    h.play(&[
        ("7]", "2026年12月 张伟"),
        ("s", &format!("接受本月全部建议？|{proposed} 户")),
        ("<esc>s<enter>", &format!("已排定 {proposed} 户|已定 {proposed}")),
        ("s", "没有可接受的建议"),
    ]);
    // The agenda has the days, whichever of them it shows first.
    let until = AgendaFilter::Until(date("2026-12-31"));
    let agenda = Query::Agenda {
        filter: until,
        class: None,
        officer: None,
        window: Window { offset: 0, limit: 100 },
    };
    let Page::Agenda(page) = h.query(&agenda) else { panic!() };
    assert!(page.rows.iter().any(|row| row.planned.is_some()), "{}", h.screen());
    assert_eq!(plan(&mut h, "2026-12-01", "zhangwei").sums().0, proposed);
    h.play(&[("7u", "已撤销|!已定 ")]);
    assert_eq!(plan(&mut h, "2026-12-01", "zhangwei").sums(), before);
    assert_eq!(h.refused, []);
}

#[test]
fn an_appointment_is_entered_and_neighbours_join_it() {
    let office = Office::open();
    let mut h = office.desk("zhangwei");
    let page = plan(&mut h, "2026-12-01", "zhangwei");
    // An empty day late in the month, in the district of somebody whose window reaches it.
    let day = page.days.iter().rev().find(|d| d.workday && page.load(d.date).taken() == 0);
    let day = day.expect("an empty workday").date;
    let district = page
        .visits
        .iter()
        .find(|v| v.until >= day && v.district.is_some())
        .or_else(|| page.visits.iter().find(|v| v.district.is_some()))
        .and_then(|v| v.district.clone())
        .unwrap();
    h.keys("7");
    h.keys(&to_day(day));
    h.play(&[
        ("n", "登记外出或约会|贷前调查|本月涉及区域"),
        ("<enter>", "还需填写：事项"),
        ("看王老板的厂房<tab><tab><ctrl-u>", ""),
        (&format!("{district}<tab><ctrl-u><tab><ctrl-u>x<enter>"), "占用点数请填整数"),
        ("<ctrl-u>3<enter>", "已登记|看王老板的厂房|3 点"),
    ]);
    let page = plan(&mut h, "2026-12-01", "zhangwei");
    assert_eq!((page.appointments.len(), page.appointments[0].points), (1, 3));
    assert!(page.load(day).fixed >= 3);
    // Whoever is near by and not on the day already is taken with one key.
    let row = |page: &MonthPlanPage| page.on(day).len() + 1;
    if page.near.iter().any(|(on, _)| *on == day) {
        h.keys("g");
        h.keys(&"j".repeat(row(&page)));
        h.play(&[("", "附近可同访"), ("a", "已排定")]);
        let after = plan(&mut h, "2026-12-01", "zhangwei");
        assert!(after.visits.iter().any(|v| v.stand == Stand::Fixed(day)));
    } else {
        assert!(!page.on(day).is_empty(), "somebody joins: {page:?}");
    }
    // The first screen tells it on its day; it can be changed and taken out.
    h.keys("g");
    let page = plan(&mut h, "2026-12-01", "zhangwei");
    h.keys(&"j".repeat(page.on(day).len()));
    h.play(&[
        ("e<ctrl-u>看李老板的库房<enter>", "已登记|看李老板的库房"),
        ("x", "取消此安排？|看李老板的库房"),
        ("<enter>", "已取消|!看李老板的库房"),
        ("u", "已撤销|看李老板的库房"),
    ]);
    assert_eq!(h.refused, []);
}

#[test]
fn a_supervisor_sees_everybody_and_opens_one_month() {
    let office = Office::open();
    let mut h = office.desk_of("lifang", 120, 36, Lang::Zh);
    h.play(&[
        ("7]", "客户经理|定/拟/缺|张伟"),
        ("<enter>", "2026年12月"),
        ("q", "定/拟/缺"),
        ("q", "!定/拟/缺"),
    ]);
    assert_eq!(h.refused, []);
}

/// A due visit of the agenda that is due since this day at the earliest, and its place in the list.
fn due_since(desk: &mut Desk, since: &str) -> (usize, crate::protocol::page::AgendaRow) {
    let query = Query::Agenda {
        filter: crate::protocol::query::AgendaFilter::Day(date(TODAY)),
        class: None,
        officer: None,
        window: crate::protocol::query::Window { offset: 0, limit: 100 },
    };
    match desk.query(&query) {
        Page::Agenda(page) => {
            let at = page.rows.iter().position(|row| row.due >= date(since)).unwrap();
            (at, page.rows[at].clone())
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_delay_goes_from_the_officer_to_the_supervisor_and_moves_the_plan() {
    let office = Office::open();
    let mut officer = office.desk("zhangwei");
    let (at, row) = due_since(&mut officer, "2026-11-10");
    officer.play(&[
        (&to_row(at), &row.name.chars().take(3).collect::<String>()),
        ("d", "申请延期或终止"),
        ("2026-12-04<tab><tab>客户出国<tab>每周电话跟进<enter>", "还需填写：理由分类"),
        ("<right>", "< 客户外出 >"),
        ("<enter>", "已提交申请"),
    ]);
    assert_eq!(officer.refused, []);
    // She can't decide it herself, but sees how it stands.
    officer.play(&[
        ("r", "延期与终止申请|审批中|客户出国|x 撤回|!a 通过"),
        ("a", "须由他人审批"),
        ("<esc>", ""),
    ]);
    // A second one for the same visit waits for the first.
    officer.play(&[
        ("d2026-12-05<tab><right><tab>再申请<tab>电话<enter>", "正在等待审批"),
        ("<esc>", "再按一次 Esc 将放弃已填内容|再申请"),
        ("<esc>", "!再申请"),
    ]);
    let mut supervisor = office.desk("lifang");
    supervisor.play(&[
        ("5r", "延期与终止申请|待审批|理由：客户外出 · 客户出国|每周电话跟进"),
        ("r<enter>", "请写明不同意的理由"),
        ("<esc>a", "同意。可填意见"),
        ("同意<enter>", "已审批|已同意"),
        ("c", "本年申请人|平均延期天数|张伟|按理由分类|客户外出 1"),
        ("<esc>", "已同意"),
    ]);
    assert_eq!(supervisor.refused, []);
    officer.poll();
    let moved = officer.due(&row.customer);
    let there = moved.iter().find(|r| r.due == date("2026-12-04")).expect("the visit has moved");
    assert!(there.delayed_from.is_some_and(|from| from <= row.due), "{there:?}");
    assert!(moved.iter().all(|r| r.due != row.due));
    officer.refused.clear();
    officer.play(&[("r", "已同意|审批人|同意")]);
}

#[test]
fn a_refused_delay_leaves_the_plan_and_tells_why() {
    let office = Office::open();
    let mut officer = office.desk("zhangwei");
    let (at, row) = due_since(&mut officer, "2026-11-10");
    officer.play(&[
        (&to_row(at), ""),
        ("d", "申请延期或终止|延期最迟到"),
        ("2027-06-30<tab>4<tab>太忙<tab>电话<enter>", "最迟为 20|制度允许的最长延期"),
        ("<ctrl-u>2026-12-04<enter>", "已提交申请"),
    ]);
    let mut supervisor = office.desk("lifang");
    supervisor.play(&[
        ("5r", "理由：工作量超限 · 太忙"),
        ("r请本周完成<enter>", "已审批|未同意|请本周完成"),
    ]);
    officer.poll();
    assert!(officer.due(&row.customer).iter().any(|r| r.due == row.due));
    officer.play(&[("r", "未同意|请本周完成"), ("x", "该申请已审批")]);
}

#[test]
fn a_pause_is_set_by_the_supervisor_seen_by_the_officer_and_ended() {
    let office = Office::open();
    let mut officer = office.desk_of("zhangwei", 120, 36, Lang::Zh);
    let (_, row) = due_since(&mut officer, "2020-01-01");
    // Who may not pause is told so before she fills anything in.
    officer.play(&[("gs", "只有主管可以暂停|!暂停：在此日期前不提示")]);
    assert_eq!(officer.refused, []);
    let mut supervisor = office.desk_of("lifang", 120, 36, Lang::Zh);
    // The most urgent of the branch may be somebody else's.
    for _ in 0..30 {
        if supervisor.app.panes.agenda.selected() == Some(row.customer.clone()) {
            break;
        }
        supervisor.keys("j");
    }
    supervisor.play(&[
        ("s", "暂停：在此日期前不提示|仍在清单中显示"),
        ("<ctrl-u>+10<tab>客户住院<enter>", "已暂停|停12-03"),
    ]);
    officer.poll();
    officer.play(&[("g", "停12-03")]);
    supervisor.play(&[("s", "现在结束暂停？|暂停至 12-03"), ("<enter>", "已结束暂停|!停12-03")]);
    assert_eq!(supervisor.refused, []);
}

#[test]
fn the_board_at_every_size_in_both_languages() {
    let office = Office::open();
    for (columns, rows) in [(80, 24), (120, 36), (200, 60)] {
        for lang in [Lang::Zh, Lang::En] {
            let code = lang.as_code();
            let mut h = office.desk_of("zhangwei", columns, rows, lang);
            h.keys("7]");
            h.assert_whole();
            insta::assert_snapshot!(format!("month_own_{columns}x{rows}_{code}"), h.screen());
            h.keys("<tab>");
            h.assert_whole();
            insta::assert_snapshot!(format!("month_day_{columns}x{rows}_{code}"), h.screen());
            let mut h = office.desk_of("lifang", columns, rows, lang);
            h.keys("7]");
            h.assert_whole();
            insta::assert_snapshot!(format!("month_all_{columns}x{rows}_{code}"), h.screen());
        }
    }
}
