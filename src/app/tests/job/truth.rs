//! The plan tells the truth: a new policy leaves the past alone, months know each other's proposals, who
//! gives way is named, and what was asked for shows where the day is planned.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::*;
use crate::domain::cockpit::Grouping;
use crate::domain::ids::{OpId, UserId};
use crate::i18n::Lang;
use crate::protocol::command::{Command, PolicyCommand};
use crate::protocol::page::{CockpitRow, MonthPlanPage, Stand};

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn month(desk: &mut Desk, first: &str) -> MonthPlanPage {
    let query = Query::MonthPlan { first: date(first), officer: UserId::from("zhangwei") };
    match desk.query(&query) {
        Page::MonthPlan(page) => (*page).clone(),
        other => panic!("{other:?}"),
    }
}

/// Of each officer: duties of a month met in time, and how many there were.
fn on_time(desk: &mut Desk, first: &str) -> Vec<(String, u32, u32)> {
    let query = Query::Cockpit { by: Grouping::Officer, month: date(first) };
    let Page::Cockpit(page) = desk.query(&query) else { panic!() };
    let of = |row: &CockpitRow| (row.key.clone(), row.met, row.asked);
    page.rows.iter().map(of).collect()
}

/// Two people bring a policy into force.
fn in_force(office: &Office, version: u32, changes: &[(&str, &str)]) {
    let mut content = crate::assets::policy::default_text().to_owned();
    for (text, instead) in changes {
        assert!(content.contains(text), "{text}");
        content = content.replace(text, instead);
    }
    let content = content.replacen("version = 1", &format!("version = {version}"), 1);
    let mut store = office.store();
    let now = crate::clock::Clock::now(&office.clock);
    let (reason, policy) = ("频率调整".to_owned(), format!("default@{version}"));
    let propose = PolicyCommand::Propose { content, reason };
    let op = |what: &str| OpId(format!("{what}{version}"));
    store.apply(&office.actor("hupeng"), now, &op("p"), &Command::Policy(propose)).unwrap();
    let sha256 = store.policies().unwrap().into_iter().find(|one| one.id == policy).unwrap().sha256;
    let decide =
        PolicyCommand::Decide { policy, sha256, activate: true, reason: "同意".to_owned() };
    store.apply(&office.actor("lifang"), now, &op("d"), &Command::Policy(decide)).unwrap();
}

#[test]
fn a_new_policy_leaves_the_months_as_they_were() {
    let office = Office::open();
    let mut h = office.desk("lifang");
    let months = ["2026-08-01", "2026-09-01", "2026-10-01", "2026-11-01"];
    let before = months.map(|first| on_time(&mut h, first));
    assert!(before.iter().flatten().any(|(_, met, asked)| met < asked));
    let stricter = [
        ("\"on 12, off 6\"", "\"on 6, off 2\""),
        ("\"on 12, off 3\"", "\"on 6, off 1\""),
        ("\"on 6, off 3\"", "\"on 3, off 2\""),
        ("\"30 days after drawn_on\"", "\"20 days after drawn_on\""),
        ("\"90 days after disbursed_on\"", "\"80 days after disbursed_on\""),
    ];
    in_force(&office, 2, &stricter);
    h.poll();
    assert_eq!(months.map(|first| on_time(&mut h, first)), before, "stricter");
    // Withdrawn on the same day: neither does that change anything that was.
    in_force(&office, 3, &[("\"on 12, off 6\"", "\"on 12, off 12\"")]);
    h.poll();
    assert_eq!(months.map(|first| on_time(&mut h, first)), before, "laxer");
    // What nobody has met yet goes by the one in force; what is over names the one of its day.
    let named = h.query(&Query::Why { customer: "C000113".into() });
    let Page::Why(why) = named else { panic!("{named:?}") };
    let said = format!("{why:?}");
    assert!(said.contains("default@3") && said.contains("default@1"), "{said}");
}

#[test]
fn what_this_month_proposes_the_next_does_not() {
    let office = Office::open();
    let mut h = office.desk("zhangwei");
    let (now, next) = (month(&mut h, "2026-11-01"), month(&mut h, "2026-12-01"));
    let proposed = |page: &MonthPlanPage| -> BTreeSet<(String, NaiveDate, NaiveDate)> {
        let of = |visit: &crate::protocol::page::PlanVisit| match visit.stand {
            Stand::Proposed(day) => Some((visit.customer.0.clone(), visit.due, day)),
            _ => None,
        };
        page.visits.iter().filter_map(of).collect()
    };
    let (now, next) = (proposed(&now), proposed(&next));
    assert!(now.len() > 5);
    for (customer, due, day) in &now {
        let again = next.iter().find(|(c, d, _)| (c, d) == (customer, due));
        assert_eq!(again.map(|(_, _, other)| other), Some(day), "{customer} {due}");
    }
    assert!(next.iter().any(|(_, _, day)| *day >= date("2026-12-08")), "December has its own");
}

#[test]
fn who_gives_way_to_a_neighbour_is_named_before_anything_is_set() {
    let office = Office::open();
    let mut h = office.desk("zhangwei");
    let page = month(&mut h, "2026-12-01");
    let crowded = |(day, at): &&(NaiveDate, usize)| {
        let visit = &page.visits[*at];
        let load = page.load(*day);
        let own = if visit.stand.day() == Some(*day) { visit.points } else { 0 };
        load.taken() + visit.points > page.capacity + own && load.proposed > 0
    };
    let (day, at) = *page.near.iter().find(crowded).expect("a neighbour of a full day");
    let row = page.on(day).len()
        + page.appointments.iter().filter(|one| one.day == day).count()
        + page.near.iter().filter(|(on, _)| *on == day).position(|(_, a)| *a == at).unwrap();
    let days = usize::try_from((day - date("2026-11-23")).num_days()).unwrap();
    h.keys(&format!("7t{}<enter>g{}", "j".repeat(days), "j".repeat(row)));
    h.keys("a");
    let screen = h.screen();
    let wanted = &page.visits[at];
    let stood = |h: &mut Desk| {
        let page = month(h, "2026-12-01");
        let is_it = |v: &&crate::protocol::page::PlanVisit| {
            v.customer == wanted.customer && v.due == wanted.due
        };
        page.visits.iter().find(is_it).unwrap().stand
    };
    assert!(screen.contains("须有人让位") && screen.contains("到期）"), "{screen}");
    assert!(!matches!(stood(&mut h), Stand::Fixed(_)), "nothing before the answer");
    h.assert_whole();
    h.keys("<enter>");
    assert_eq!(h.refused, [], "{}", h.screen());
    assert_eq!(stood(&mut h), Stand::Fixed(day));
    h.play(&[("u", "已撤销")]);
    assert!(!matches!(stood(&mut h), Stand::Fixed(_)));
}

#[test]
fn what_is_asked_for_shows_where_the_day_is_planned() {
    for (lang, mark, remark) in
        [(Lang::Zh, "延期待批", "已申请延期至"), (Lang::En, "delay?", "waits for a decision")]
    {
        let office = Office::open();
        let mut h = office.desk_of("zhangwei", 120, 36, lang);
        let page = month(&mut h, "2026-11-01");
        let day = date("2026-11-23");
        let row = page.on(day).into_iter().position(|at| page.visits[at].asked.is_none()).unwrap();
        h.keys(&format!("7t<enter>g{}d", "j".repeat(row)));
        let latest = match lang {
            Lang::Zh => "延期最迟到 20",
            Lang::En => "at the latest",
        };
        assert!(h.screen().contains(latest), "{}", h.screen());
        h.assert_whole();
        h.keys("2027-09-30<tab><right><tab>客户出国<tab>每周电话跟进<enter>");
        let refused = match lang {
            Lang::Zh => "最迟为 20",
            Lang::En => "is the latest",
        };
        assert!(h.screen().contains(refused), "{}", h.screen());
        h.keys("<ctrl-u>2026-12-22<enter>");
        let screen = h.screen();
        assert!(screen.contains(mark) && screen.contains(remark), "{screen}");
        h.assert_whole();
    }
}

#[test]
fn undo_answers_in_a_box_as_well() {
    let office = Office::open();
    let mut h = office.desk("zhangwei");
    h.play(&[("r", "延期与终止申请"), ("u", "没有可撤销|延期与终止申请")]);
}

#[test]
fn the_figures_of_requests_stand_apart_at_every_width() {
    for (columns, lang) in [(80, Lang::Zh), (80, Lang::En), (120, Lang::Zh), (120, Lang::En)] {
        let office = Office::open();
        let mut h = office.desk_of("lifang", columns, 24, lang);
        h.keys("5rc");
        h.assert_whole();
        let screen = h.screen();
        let heads = match lang {
            Lang::Zh => ["申请  ", "已同意  ", "未同意  ", "待审批  ", "平均延期天数"],
            Lang::En => ["asked  ", "approved  ", "refused  ", "open  ", "avg. days"],
        };
        for head in heads {
            assert!(screen.contains(head), "{head}\n{screen}");
        }
    }
}
