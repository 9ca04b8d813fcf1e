//! The locked screen: chosen, asked for, limited, forgotten.

use crate::app::Event;
use crate::app::tests::desk::{Desk, Office};
use crate::clock::Clock;
use crate::i18n::Lang;

pub(super) const CHOOSE: &[(&str, &str)] = &[
    (":shezhisuoping<enter>", "锁屏口令|新口令|!现口令"),
    ("192837<tab>192837", "******|!192837"),
    ("<enter>", "锁屏口令已设置"),
];

fn with_a_pin(office: &Office, user: &str) -> Desk {
    let mut h = office.desk(user);
    h.poll();
    h.play(CHOOSE);
    assert_eq!(h.refused, []);
    h
}

#[test]
fn it_locks_at_once_and_opens_with_the_pin() {
    let office = Office::open();
    let mut h = with_a_pin(&office, "zhangwei");
    h.play(&[
        ("/C000113<enter>", "C000113"),
        ("<ctrl-o>", "屏幕已锁定|!C000113|!张伟"),
        // Keys of the screen below mean nothing here.
        ("jjq", "屏幕已锁定|***"),
        ("<esc>", "!***"),
        ("192838<enter>", "口令不对，再错 4 次|!192838"),
        // An input method's digits are digits.
        ("１９２８３７<enter>", "C000113|!屏幕已锁定"),
    ]);
    assert!(!h.quit);
}

#[test]
fn five_wrong_ones_end_the_session() {
    let office = Office::open();
    let mut h = with_a_pin(&office, "zhangwei");
    h.keys("<ctrl-o>");
    for left in [4, 3, 2, 1] {
        assert!(!h.quit, "{left}");
        h.play(&[("000001<enter>", &format!("再错 {left} 次"))]);
    }
    h.keys("000001<enter>");
    assert!(h.quit);
}

#[test]
fn who_has_forgotten_it_leaves_and_her_draft_stays() {
    let office = Office::open();
    let mut h = with_a_pin(&office, "zhangwei");
    h.play(&[("/C000113<enter>", "C000113"), ("v", "开始回访"), ("<enter>", "检查表")]);
    let visit = h.open_visit();
    h.keys("<enter>正在写的一段").keys("<ctrl-o>");
    assert!(h.screen().contains("屏幕已锁定"), "{}", h.screen());
    h.paste("192837");
    assert!(!h.screen().contains('*'), "a paste opens nothing");
    h.keys("<ctrl-c>");
    assert!(h.quit);
    drop(h);
    let mut again = office.desk("zhangwei");
    again.poll();
    assert!(again.screen().contains("可继续的草稿"), "{visit:?}\n{}", again.screen());
}

#[test]
fn changing_it_asks_for_the_present_one() {
    let office = Office::open();
    let mut h = with_a_pin(&office, "zhangwei");
    h.play(&[
        (":shezhisuoping<enter>", "现口令"),
        ("192838<tab>abc123<tab>abc123<enter>", "口令不对，再错 4 次"),
        ("<esc>", ""),
        (":shezhisuoping<enter>", "现口令"),
        ("192837<tab>123456<tab>123456<enter>", "太容易猜到"),
        ("<esc>", ""),
        (":shezhisuoping<enter>192837<tab>abc123<tab>abc124<enter>", "两次输入不一致"),
        ("<esc>", ""),
        (":shezhisuoping<enter>192837<tab>abc123<tab>abc123<enter>", "锁屏口令已设置"),
        ("<ctrl-o>192837<enter>", "口令不对"),
        ("abc123<enter>", "!屏幕已锁定"),
    ]);
}

#[test]
fn on_a_server_nobody_comes_back_without_one() {
    let office = Office::open();
    for (lang, first, over) in
        [(Lang::Zh, "请先设置", "按任意键结束会话"), (Lang::En, "choose one first", "Any key ends")]
    {
        let mut h = office.server_desk("zhangwei", lang);
        h.poll();
        // Locking by key asks for one first; a screen left alone is over with the next key.
        h.play(&[("<ctrl-o><ctrl-o>", first), ("<esc>", "")]);
        assert!(!h.screen().contains("123456"), "one dialog is enough");
        for minutes in [0, 5] {
            office.wait(minutes * 60_000);
            h.event(Event::Tick(office.clock.now()));
        }
        assert!(h.screen().contains(over), "{}", h.screen());
        assert!(!h.quit);
        h.keys("j");
        assert!(h.quit);
    }
}

#[test]
fn a_screen_left_alone_locks_and_ends_though_keys_are_tried() {
    let office = Office::open();
    let mut h = with_a_pin(&office, "zhangwei");
    drop(h);
    h = office.server_desk("zhangwei", Lang::Zh);
    h.poll();
    let tick = |h: &mut Desk, minutes: i64| {
        office.wait(minutes * 60_000);
        h.event(Event::Tick(office.clock.now()));
    };
    tick(&mut h, 0);
    tick(&mut h, 5);
    assert!(h.screen().contains("屏幕已锁定"), "{}", h.screen());
    tick(&mut h, 20);
    h.keys("12");
    tick(&mut h, 5);
    assert!(h.quit, "who only tries keys does not keep it open");
}
