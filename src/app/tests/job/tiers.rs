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
    row_of(desk, COMPANY)
}

fn row_of(desk: &mut Desk, customer: &str) -> TierRow {
    let query = Query::Tiers { customer: Some(CustomerId::from(customer)), officer: None };
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
    for absent in ["a 确认", "r 不同意", "x 撤回", "d 解除事项"] {
        assert!(!bar(&h).contains(absent), "{}", bar(&h));
    }
    h.keys("e<tab><tab>经营恶化<enter><esc>c");
    assert!(bar(&h).contains("x 撤回") && !bar(&h).contains("a 确认"), "{}", h.screen());
    let mut head = office.desk("lifang");
    head.keys(&format!("/{COMPANY}<enter>c"));
    assert!(bar(&head).contains("a 确认") && !bar(&head).contains("x 撤回"), "{}", head.screen());
    head.play(&[("a同意<enter>", "已确认，即时按"), ("<esc>c", "五级分类")]);
    assert!(!bar(&head).contains("a 确认"), "{}", head.screen());
    // What she has put forward herself is taken back, and that is said.
    head.keys("e<tab><tab>再议<enter>");
    head.play(&[("x", "已撤回")]);
    // Strategies likewise.
    head.keys("<esc>n");
    assert!(head.screen().contains("授信策略"), "{}", head.screen());
    assert!(!bar(&head).contains("a 通过") && bar(&head).contains("e 提出"), "{}", head.screen());
    // And an empty list offers nothing that is done to one of its lines.
    head.keys("<esc>5r");
    assert!(!bar(&head).contains("a 通过") && !bar(&head).contains("x 撤回"), "{}", head.screen());
    assert!(bar(&head).contains("c 统计"), "{}", head.screen());
    head.play(&[("<esc>5e", "保存期满的客户数据|!n 提出清除|Esc 返回"), ("<esc>5r", "申请")]);
    // Nor does it go away at such a key, so that the next one would be done to what lies below.
    head.play(&[("a", "延期与终止申请"), ("<esc>", "!延期与终止申请")]);
}

#[test]
fn a_restructuring_goes_from_its_day_to_the_confirmed_tier_and_holds_it() {
    let office = Office::open();
    let bar = |h: &Desk| h.screen().trim_end().lines().last().unwrap_or_default().to_owned();
    let mut h = office.desk_of("lifang", 80, 24, Lang::Zh);
    let of = row_of(&mut h, "C000018");
    assert_eq!((of.in_force, of.machine), (Tier::Normal, Tier::Normal));
    h.keys("/C000018<enter>c");
    // The day is asked for by its name; it lies ahead as a rule.
    h.play(&[("n", "重组的日期填新的首个还款日"), ("c", "重组，处于观察期")]);
    h.play(&[("<tab>+30<tab>展期十二个月<enter>", "关注|满 12 个月且还款满 2 期|待本行确认")]);
    h.play(&[("", "李芳  展期十二个月")]);
    // Another tier than the machine's takes words, and that is marked.
    h.play(&[
        ("e<right>", "理由 *"),
        ("<enter>", "还需填写：理由"),
        ("<backtab><backtab><left>", "!理由 *"),
    ]);
    assert!(bar(&h).contains("Tab 下一项"), "{}", h.screen());
    h.play(&[("<enter>", "已提出")]);
    let mut head = office.desk_of("hupeng", 80, 24, Lang::Zh);
    // In the list, too, the machine's reasons stand beside what was put forward.
    head.play(&[("5c", "满 12 个月且还款满 2 期"), ("a", "正常 → 关注")]);
    assert!(head.screen().contains(&of.name), "{}", head.screen());
    assert!(!bar(&head).contains("Tab"), "one line has no other: {}", head.screen());
    head.play(&[("同意<enter>", "已确认，即时按")]);
    assert_eq!((h.refused.clone(), head.refused.clone()), (vec![], vec![]));
    h.play(&[("e<left><tab><tab>观察<enter>", "重组观察期未满")]);
    h.keys("<esc><esc>");
    // Of several that were noted one is chosen, and who looks later sees why it ended.
    h.play(&[("d", "事项解除|2026-12-23 重组"), ("登记有误<enter>", "已结束|已解除事项|登记有误")]);
}
