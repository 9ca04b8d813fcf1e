//! What an officer does, key by key.

use std::time::Duration;

use super::canned::today;
use super::harness::{Harness, now};
use crate::app::Event;
use crate::domain::duty::DutyCode;
use crate::domain::visit::VisitClass;
use crate::i18n::Lang;
use crate::protocol::command::Command;
use crate::protocol::query::{AgendaFilter, CustomerSort, Query, Slot};
use crate::protocol::reply::{ConflictField, Refusal, Reply};
use crate::protocol::report::ReportKind;
use crate::ui::action::Tone;
use crate::ui::key::Key;

fn desk() -> Harness {
    Harness::new(120, 36, Lang::Zh)
}

fn last_query(h: &Harness, wanted: impl Fn(&Query) -> bool) -> &Query {
    h.canned.queries.iter().rev().find(|q| wanted(q)).unwrap()
}

#[test]
fn dossier_and_flags_follow_the_selected_customer() {
    let mut h = desk();
    assert!(h.screen().contains("C000123"));
    h.keys("j");
    assert!(h.screen().contains("C000207"));
    assert!(!h.screen().contains("C000123"));
}

#[test]
fn the_agenda_follows_the_day_of_the_calendar() {
    let mut h = desk();
    h.keys("<tab>ll");
    let query = last_query(&h, |q| matches!(q, Query::Agenda { .. }));
    let Query::Agenda { filter, .. } = query else { panic!("{query:?}") };
    assert_eq!(*filter, AgendaFilter::Day(today() + chrono::Days::new(2)));
    assert!(h.screen().contains("青山建材"));
    h.keys("]t<enter>");
    assert!(h.screen().contains("张记货栈"));
}

#[test]
fn a_report_is_asked_for_and_its_place_is_said() {
    // Wide enough for the whole key bar.
    let mut h = Harness::new(200, 60, Lang::Zh);
    assert!(!key_bar(&h).contains("出报告"), "{}", h.screen());
    h.keys("l");
    assert!(key_bar(&h).contains("d 出报告"), "{}", h.screen());
    h.keys("d<enter>");
    let Some(Command::MakeReport { order, made: None }) = h.written.last() else {
        panic!("{:?}", h.written)
    };
    // Her latest record comes first among the reports.
    assert_eq!((order.subject.kind(), order.subject.id()), (ReportKind::Visit, "V8"));
    assert_eq!((order.format.as_code(), order.lang.as_code()), ("docx", "zh-CN"));
    assert!(!order.unmasked);
    assert!(h.screen().contains("报告已生成"), "{}", h.screen());
    assert!(h.screen().contains("/srv/exports/brief.docx"), "{}", h.screen());
    // The next one is about the customer.
    h.keys("<enter>d<right><enter><enter>");
    let Some(Command::MakeReport { order, .. }) = h.written.last() else { panic!() };
    assert_eq!((order.subject.kind(), order.subject.id()), (ReportKind::Renewal, "C000123"));
    // In clear only with a reason.
    let before = h.written.len();
    h.keys("d<down><down><down><right><enter>");
    assert!(h.screen().contains("还需填写"), "{}", h.screen());
    assert_eq!(h.written.len(), before);
    h.keys("audit<enter>");
    let Some(Command::MakeReport { order, .. }) = h.written.last() else { panic!() };
    assert!(order.unmasked && order.reason == "audit");
}

/// The last line of the screen, without which nobody finds a key.
fn key_bar(h: &Harness) -> String {
    h.screen().trim_end().lines().last().unwrap_or_default().to_owned()
}

#[test]
fn a_visit_is_started_with_the_duties_that_its_class_can_meet() {
    let mut h = desk();
    h.keys("<enter><right><enter>");
    let [Command::StartVisit { customer, class, channel, visited_on, purposes }] = &h.written[..]
    else {
        panic!("{:?}", h.written)
    };
    assert_eq!((customer.as_str(), *class), ("C000123", VisitClass::Offsite));
    assert_eq!((channel.as_str(), *visited_on), ("电话", today()));
    let codes: Vec<DutyCode> = purposes.iter().map(|p| p.code).collect();
    assert_eq!(codes, [DutyCode::PeriodicOffsite]);
    assert!(h.canned.queries.iter().any(|q| matches!(q, Query::Visit { .. })));
}

#[test]
fn a_visit_in_the_future_is_not_started() {
    let mut h = desk();
    h.keys("<enter><down><down><ctrl-u>2026-11-24<enter>");
    assert!(h.written.is_empty());
    assert!(h.screen().contains("不能晚于今天"));
}

#[test]
fn a_customer_is_found_by_typing_han_in_a_list() {
    let mut h = desk();
    h.keys("鼎盛<enter>");
    assert!(h.screen().contains("北京鼎盛新能源有限公司"));
    h.keys("/dsxny<enter>");
    assert!(h.written.is_empty());
}

#[test]
fn an_answer_to_an_older_question_is_dropped() {
    let mut h = desk();
    let old = h.canned.handle(crate::protocol::reply::Request::Watch {
        slot: Slot::Agenda,
        seq: 0,
        query: Query::Agenda {
            filter: AgendaFilter::Overdue,
            class: None,
            officer: None,
            window: crate::protocol::query::Window { offset: 0, limit: 9 },
        },
    });
    let before = h.screen();
    for reply in old {
        h.event(Event::Store(reply));
    }
    h.draw();
    assert_eq!(h.screen(), before);
}

#[test]
fn the_selection_stays_on_its_customer_when_rows_change() {
    let mut h = desk();
    h.keys("jj");
    assert!(h.screen().contains("C000311"));
    h.canned.gone = Some("C000123");
    h.keys("<f5>");
    assert!(h.screen().contains("C000311"));
}

#[test]
fn the_language_changes_while_running() {
    let mut h = desk();
    assert!(h.screen().contains("今日"));
    h.keys("<ctrl-g>");
    assert!(h.screen().contains("Today") && !h.screen().contains("客户经理"));
    h.keys(":中文<enter>");
    assert!(h.screen().contains("今日"));
}

#[test]
fn customers_are_filtered_and_sorted() {
    let mut h = desk();
    h.keys("2ftier:关注 exposure:>10m<enter>s<down><down><enter>");
    let query = last_query(&h, |q| matches!(q, Query::Customers { .. }));
    let Query::Customers { filter, sort, .. } = query else { panic!("{query:?}") };
    assert_eq!(filter.tier, Some(crate::domain::loan::Tier::SpecialMention));
    assert_eq!(*sort, CustomerSort::Exposure);
    h.keys("f<ctrl-u>colour:red<enter>");
    assert!(h.screen().contains("不能识别“colour:red”"));
}

#[test]
fn a_burst_of_keys_is_no_typing() {
    let mut h = desk();
    for c in "zzzwjjq5k:".chars() {
        h.event(Event::Key(Key::char(c), Duration::from_secs(9)));
    }
    h.draw();
    assert!(!h.quit);
    assert!(h.screen().contains("已忽略一串连续按键") || h.screen().contains("按 w"));
    let mut held = desk();
    for _ in 0..30 {
        held.event(Event::Key(Key::char('j'), Duration::from_secs(9)));
    }
    held.draw();
    assert!(!held.screen().contains("已忽略"));
}

#[test]
fn a_conflict_shows_both_values_and_writes_mine_only_when_told() {
    let mut h = desk();
    let fields = vec![ConflictField {
        field: "turnover".into(),
        mine: "120".into(),
        theirs: "130".into(),
        by: "李芳".into(),
    }];
    h.canned.refuse = Some(Refusal::Conflict { now: 7, fields });
    h.keys("u");
    assert!(h.screen().contains("120") && h.screen().contains("130"));
    assert_eq!(h.written.len(), 1);
    h.keys("m");
    assert_eq!(h.written.len(), 2);
}

#[test]
fn leaving_asks_and_the_line_dropping_does_not() {
    let mut h = desk();
    h.keys("q");
    assert!(!h.quit);
    h.keys("<esc>");
    h.keys("q<enter>");
    assert!(h.quit);
    let mut dropped = desk();
    dropped.event(Event::Hangup);
    assert!(dropped.quit);
    let mut twice = desk();
    twice.keys("<ctrl-c><ctrl-c>");
    assert!(twice.quit);
}

#[test]
fn where_a_line_is_typed_ctrl_c_goes_back_and_never_ends_the_program() {
    for open in ["/ab", ":ab", "?ab", "2fab"] {
        let mut h = desk();
        h.keys("2");
        let before = h.screen();
        h.keys(open);
        assert_ne!(h.screen(), before, "{open}");
        h.keys("<ctrl-c>");
        assert!(!h.screen().contains("再按一次 Ctrl-C 退出"), "{open}\n{}", h.screen());
        // The second one is the first where nothing is typed: it warns.
        h.keys("<ctrl-c>");
        assert!(!h.quit && h.screen().contains("再按一次 Ctrl-C 退出"), "{open}\n{}", h.screen());
    }
}

#[test]
fn an_empty_database_offers_ways_to_begin_and_the_tour() {
    let mut h = desk();
    h.canned.empty = true;
    h.keys("<f5>");
    assert!(h.screen().contains("huifang demo"));
    h.keys("<enter>");
    assert_eq!(h.copied, ["huifang demo"]);
    h.keys("k<enter>");
    assert!(h.screen().contains("导览 1/5"));
    h.keys("<enter><enter><enter><enter><enter>");
    assert!(!h.screen().contains("导览"));
}

#[test]
fn the_clock_moves_by_the_minute_only() {
    let mut h = desk();
    assert!(h.screen().contains("09:12"));
    h.event(Event::Tick(now() + chrono::Duration::minutes(1)));
    h.draw();
    assert!(h.screen().contains("09:13"));
}

#[test]
fn a_dead_worker_ends_the_program() {
    let mut h = desk();
    h.event(Event::Store(Reply::Down { what: "x".into() }));
    assert!(h.quit);
}

#[test]
fn every_pane_is_reachable_on_a_small_screen() {
    let mut h = Harness::new(60, 16, Lang::Zh);
    let mut seen = h.screen();
    for _ in 0..3 {
        h.keys("<tab>");
        seen.push_str(&h.screen());
    }
    for heading in ["2026年11月", "[日程]", "[档案]", "[风险信号]"] {
        assert!(seen.contains(heading), "{heading}\n{seen}");
    }
}

#[test]
fn below_sixty_by_sixteen_keys_do_nothing_but_leave() {
    let mut h = Harness::new(59, 16, Lang::Zh);
    assert!(h.screen().contains("窗口太小"));
    h.keys("<enter>");
    assert!(h.written.is_empty() && !h.quit);
    h.keys("q");
    assert!(h.quit);
}

#[test]
fn what_is_said_is_told_whole_and_what_waits_comes_back_with_the_next_key() {
    let mut h = Harness::new(80, 24, Lang::En);
    let last = |h: &Harness| h.screen().lines().last().unwrap().trim_end().to_owned();
    let before = last(&h);
    assert!(before.contains("overdue"), "{before}");
    // Short enough for both, then not.
    for (letters, waits) in [(20, true), (70, false)] {
        let said = "x".repeat(letters);
        h.app.say(Tone::Warn, said.clone());
        h.draw();
        assert!(last(&h).contains(&said), "{}", last(&h));
        assert_eq!(last(&h).contains("overdue"), waits, "{}", last(&h));
        h.keys("j");
        assert_eq!(last(&h), before);
    }
}
