//! A screen that nobody touches.

use super::harness::{Harness, now};
use crate::app::{Event, Idle, Look};
use crate::i18n::Lang;

fn desk(lang: Lang) -> Harness {
    let idle = Idle { cover: Some(5), end: Some(30), shared: false };
    Harness::with(120, 36, Look { lang, idle, ..Look::default() })
}

fn after(h: &mut Harness, minutes: i64) {
    h.event(Event::Tick(now() + chrono::Duration::minutes(minutes)));
    h.draw();
}

#[test]
fn it_is_covered_and_the_first_key_only_takes_the_cover_away() {
    for (lang, said) in [(Lang::Zh, "屏幕已遮住"), (Lang::En, "covered")] {
        let mut h = desk(lang);
        let before = h.screen();
        after(&mut h, 0);
        after(&mut h, 4);
        assert!(!h.screen().contains(said), "{}", h.screen());
        after(&mut h, 5);
        let covered = h.screen();
        assert!(covered.contains(said), "{covered}");
        // Nothing else stands on it, not even a name.
        assert_eq!(covered.lines().filter(|line| !line.trim().is_empty()).count(), 1, "{covered}");
        h.keys("q");
        assert!(!h.quit);
        assert!(h.screen().lines().nth(2) == before.lines().nth(2), "{}", h.screen());
    }
}

#[test]
fn it_is_left_after_half_an_hour_without_a_key() {
    let mut h = desk(Lang::Zh);
    after(&mut h, 0);
    after(&mut h, 20);
    h.keys("x");
    after(&mut h, 49);
    assert!(!h.quit, "a key counts from the minute in which it came");
    after(&mut h, 50);
    assert!(h.quit);
}

#[test]
fn on_ones_own_machine_it_stays() {
    let mut h = Harness::with(120, 36, Look::default());
    after(&mut h, 0);
    after(&mut h, 600);
    assert!(!h.quit && !h.screen().contains("遮住"));
}
