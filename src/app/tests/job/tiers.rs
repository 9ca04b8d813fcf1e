//! Five tiers by keys: put forward by one, confirmed by another, noted and ended.

use super::*;
use crate::app::tests::desk::Office;
use crate::domain::ids::CustomerId;
use crate::domain::loan::Tier;
use crate::i18n::Lang;
use crate::protocol::page::{Page, TierRow};
use crate::protocol::query::Query;

const COMPANY: &str = "C000113";

fn row(desk: &mut Desk) -> TierRow {
    let query = Query::Tiers { customer: Some(CustomerId::from(COMPANY)), officer: None };
    match desk.query(&query) {
        Page::Tiers(page) => page.rows[0].clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn put_forward_confirmed_and_planned_by() {
    let office = Office::open();
    let mut h = office.desk("zhangwei");
    h.keys(&format!("/{COMPANY}<enter>c"));
    h.assert_whole();
    assert!(h.screen().contains("五级分类") && h.screen().contains("较差"), "{}", h.screen());
    let before = row(&mut h);
    // Something happened: the machine follows at once.
    h.keys("n<right><right><tab><tab>对外公告<enter>");
    assert_eq!(h.refused, [], "{}", h.screen());
    let noted = row(&mut h);
    assert_eq!(noted.events.len(), before.events.len() + 1, "{}", h.screen());
    // Choices turn with the arrows; what differs from the machine needs words.
    h.keys("e<tab>经营恶化<enter>");
    assert_eq!(h.refused, [], "{}", h.screen());
    let open = row(&mut h).open.unwrap();
    assert_eq!(open.tier, noted.machine);
    h.keys("a");
    assert!(h.screen().contains("须由他人确认"), "{}", h.screen());
    let mut head = office.desk("lifang");
    head.keys(&format!("/{COMPANY}<enter>ca"));
    assert!(head.screen().contains("经营恶化"), "{}", head.screen());
    head.assert_whole();
    head.keys("同意<enter>");
    assert_eq!(head.refused, [], "{}", head.screen());
    let decided = row(&mut head);
    assert_eq!((decided.open, decided.confirmed), (None, Some(noted.machine)));
    assert!(head.screen().contains("同意") || decided.past.len() == 1);
    assert!(decided.in_force >= Tier::SpecialMention);
}

#[test]
fn a_refused_event_comes_back_with_its_words_and_the_reason() {
    let office = Office::open();
    let mut h = office.desk("zhangwei");
    h.keys(&format!("/{COMPANY}<enter>c"));
    let before = row(&mut h).events.len();
    h.keys("n<right><right><tab>+7<tab>对外公告<enter>");
    assert_eq!(h.refused.len(), 1, "{}", h.screen());
    assert!(h.screen().contains("对外公告"), "{}", h.screen());
    h.assert_whole();
    h.keys("<ctrl-u>11-20<enter>");
    assert_eq!(row(&mut h).events.len(), before + 1, "{:?}\n{}", h.refused, h.screen());
}

#[test]
fn the_list_is_whole_on_every_screen() {
    let office = Office::open();
    for (lang, width, height) in [(Lang::Zh, 80, 24), (Lang::En, 80, 24), (Lang::En, 200, 60)] {
        let mut h = office.desk_of("lifang", width, height, lang);
        h.keys("5c");
        h.assert_whole();
        h.keys(&format!("<esc>/{COMPANY}<enter>c"));
        h.assert_whole();
        h.keys("e");
        h.assert_whole();
        h.keys("<esc>n");
        h.assert_whole();
        h.keys("<esc><esc>");
        assert!(h.app.overlays.is_empty(), "{}", h.screen());
    }
}

#[test]
fn the_cursor_of_the_list_goes_and_stays_with_its_customer() {
    let office = Office::open();
    let night = crate::clock::Clock::now(&office.clock);
    office.store().run_jobs(night, "night");
    let mut officer = office.desk("zhangwei");
    // Three customers wait: what one officer puts forward is in her list and her head's.
    for customer in ["C000018", "C000019", "C000063"] {
        officer.keys(&format!("/{customer}<enter>ce<right><tab><tab>下游回款变慢<enter><esc>"));
        assert_eq!(officer.refused, [], "{customer} {}", officer.screen());
    }
    let mut h = office.desk("lifang");
    h.keys("5c");
    let Page::Tiers(page) = h.query(&Query::Tiers { customer: None, officer: None }) else {
        panic!()
    };
    let names: Vec<&str> = page.rows.iter().map(|row| row.name.as_str()).collect();
    assert!(names.len() >= 3, "{names:?}");
    // The question of the selected line names its customer; it does not open by itself.
    let asked = |h: &mut Desk| {
        h.keys("e");
        let screen = h.screen();
        h.keys("<esc>");
        names.iter().position(|name| screen.contains(&format!("{name}  现行")))
    };
    let first = asked(&mut h);
    h.keys("j");
    let second = asked(&mut h);
    h.keys("G");
    let last = asked(&mut h);
    h.keys("gg");
    assert_eq!((first, asked(&mut h)), (Some(0), Some(0)), "{}", h.screen());
    assert_eq!((second, last), (Some(1), Some(names.len() - 1)));
    h.assert_whole();
}

#[test]
fn a_night_lists_only_who_differs() {
    let office = Office::open();
    let night = crate::clock::Clock::now(&office.clock);
    assert!(office.store().run_jobs(night, "night").iter().any(|ran| ran.job == "classify"));
    let mut h = office.desk("lifang");
    h.keys("5c");
    h.assert_whole();
    let Page::Tiers(page) = h.query(&Query::Tiers { customer: None, officer: None }) else {
        panic!()
    };
    // What the machine sees as people do is not listed.
    assert!(page.rows.iter().all(|row| row.machine != row.in_force && row.due_on.is_some()));
}

#[test]
fn only_what_can_be_done_is_named_below() {
    let office = Office::open();
    let bar = |h: &Desk| h.screen().trim_end().lines().last().unwrap_or_default().to_owned();
    let mut h = office.desk("zhangwei");
    h.keys(&format!("/{COMPANY}<enter>c"));
    for absent in ["a 通过", "r 退回", "x 撤回", "d 完成"] {
        assert!(!bar(&h).contains(absent), "{}", bar(&h));
    }
    h.keys("e<tab><tab>经营恶化<enter><esc>c");
    assert!(bar(&h).contains("x 撤回") && !bar(&h).contains("a 通过"), "{}", h.screen());
    let mut head = office.desk("lifang");
    head.keys(&format!("/{COMPANY}<enter>c"));
    assert!(bar(&head).contains("a 通过") && !bar(&head).contains("x 撤回"), "{}", head.screen());
    head.play(&[("a同意<enter>", "已确认，即时生效"), ("<esc>c", "五级分类")]);
    assert!(!bar(&head).contains("a 通过"), "{}", head.screen());
    // What she has put forward herself is taken back, and that is said.
    head.keys("e<tab><tab>再议<enter>");
    head.play(&[("x", "已撤回")]);
    // Strategies likewise.
    head.keys("<esc>n");
    assert!(head.screen().contains("授信策略"), "{}", head.screen());
    assert!(!bar(&head).contains("a 通过") && bar(&head).contains("e 编辑"), "{}", head.screen());
    // And an empty list offers nothing that is done to one of its lines.
    head.keys("<esc>5r");
    assert!(!bar(&head).contains("a 通过") && !bar(&head).contains("x 撤回"), "{}", head.screen());
    assert!(bar(&head).contains("c 统计"), "{}", head.screen());
    // Nor does it go away at such a key, so that the next one would be done to what lies below.
    head.play(&[("a", "延期与终止申请"), ("<esc>", "!延期与终止申请")]);
}
