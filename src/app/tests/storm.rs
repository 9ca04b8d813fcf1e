//! Random keys at random sizes: nothing panics, drawing twice gives the same, no line is too wide.

use proptest::prelude::*;

use super::harness::{Harness, widths};
use crate::app::{Event, Look};
use crate::i18n::Lang;
use crate::ui::clean;
use crate::ui::key::Key;
use crate::ui::theme::{Scheme, Theme};

const KEYS: &[&str] = &[
    "j",
    "k",
    "h",
    "l",
    "g",
    "G",
    "enter",
    "esc",
    "q",
    "tab",
    "backtab",
    "1",
    "2",
    "3",
    "4",
    "5",
    "z",
    "w",
    "p",
    "f",
    "s",
    "o",
    "t",
    "[",
    "]",
    "/",
    ":",
    "?",
    "i",
    "u",
    "y",
    "v",
    "c",
    "n",
    "m",
    "space",
    "up",
    "down",
    "left",
    "right",
    "pageup",
    "pagedown",
    "home",
    "end",
    "backspace",
    "delete",
    "ctrl-u",
    "ctrl-d",
    "ctrl-g",
    "ctrl-t",
    "f1",
    "f5",
    "张",
    "：",
    "-",
    "=",
    "9",
    "x",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]
    #[test]
    fn keys_and_sizes_never_break_the_screen(
        steps in prop::collection::vec((0..KEYS.len(), prop::option::weighted(0.08, (1_u16..200, 1_u16..60))), 1..90),
        english in any::<bool>(),
        ascii in any::<bool>(),
    ) {
        let lang = if english { Lang::En } else { Lang::Zh };
        let theme = Theme::new(Scheme::Dark, ascii, ascii);
        let mut h = Harness::with(120, 36, Look { lang, theme, clipboard: true, ..Look::default() });
        for (key, size) in steps {
            if let Some((columns, rows)) = size {
                h.resize(columns, rows);
            }
            h.key(Key::parse(KEYS[key]).unwrap());
            h.draw();
            let first = h.buffer().clone();
            h.draw();
            prop_assert_eq!(&first, h.buffer());
            let columns = usize::from(first.area.width);
            for (row, width) in widths(&first).into_iter().enumerate() {
                prop_assert!(width <= columns, "row {} is {} wide", row, width);
            }
            for cell in first.content() {
                prop_assert!(cell.symbol().chars().all(clean::is_safe));
                if ascii && !cell.symbol().is_ascii() {
                    let symbol = cell.symbol();
                    let wide = unicode_width::UnicodeWidthStr::width_cjk(symbol);
                    prop_assert_eq!(wide, unicode_width::UnicodeWidthStr::width(symbol), "{}", symbol);
                }
            }
        }
    }

    #[test]
    fn pastes_never_become_commands(text in any::<String>()) {
        let mut h = Harness::new(80, 24, Lang::Zh);
        h.event(Event::Paste(text.clone()));
        h.keys("/");
        h.event(Event::Paste(text));
        h.draw();
        prop_assert!(h.written.is_empty() && !h.quit);
    }
}
