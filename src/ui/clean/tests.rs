use proptest::prelude::*;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::*;

#[test]
fn what_could_steer_the_terminal_goes() {
    let cases = [
        ("\u{1b}[2J北京", "[2J北京"),
        ("甲\u{202e}乙\u{200b}丙", "甲乙丙"),
        ("一\n二\t三", "一 二 三"),
        ("⚠\u{fe0f}", "⚠"),
        ("e\u{301}\u{301}\u{301}\u{301}", "e\u{301}\u{301}"),
        ("\u{9b}31m", "31m"),
    ];
    for (raw, shown) in cases {
        assert_eq!(text(raw), shown);
    }
}

#[test]
fn pasted_lines_keep_their_breaks_only() {
    assert_eq!(pasted("a\r\nb\rc\u{1b}[A\td"), "a\nb\nc[A d");
}

#[test]
fn the_sweep_finds_what_was_forgotten() {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 6, 1));
    buffer.set_string(0, 0, "a中─b", Style::new());
    buffer[(0, 0)].set_symbol("\u{1b}");
    sweep(&mut buffer, true);
    let row: String = (0..6).map(|x| buffer[(x, 0)].symbol().to_owned()).collect();
    assert_eq!(row, "?中 -b ");
}

#[test]
fn what_is_passed_over_at_a_glance_is_harmless() {
    for c in '\0'..=char::MAX {
        let mut bytes = [0; 4];
        let symbol = c.encode_utf8(&mut bytes).as_bytes();
        for wide in [false, true] {
            let harmless = is_safe(c) && !(wide && narrow(c).is_some());
            assert!(harmless || !is_plain(symbol, wide), "{c:?}, wide: {wide}");
        }
    }
    for symbol in ["中", "a", "─"] {
        assert!(is_plain(symbol.as_bytes(), false), "{symbol}");
    }
    for symbol in ["", "中\u{301}", "a\u{301}", "\u{1b}", "\u{1b}[", "\u{200b}", "\u{e000}"] {
        assert!(!is_plain(symbol.as_bytes(), false), "{symbol:?}");
    }
}

proptest! {
    #[test]
    fn clean_text_is_safe_and_stays_so(raw in any::<String>()) {
        let once = text(&raw);
        prop_assert!(once.chars().all(is_safe));
        prop_assert_eq!(text(&once), once.clone());
    }
}
