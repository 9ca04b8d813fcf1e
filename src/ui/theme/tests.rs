use unicode_width::UnicodeWidthStr;

use super::*;

fn all(g: &Glyphs) -> Vec<&'static str> {
    let mut all = vec![
        g.cut,
        g.horizontal,
        g.vertical,
        g.tee_up,
        g.tee_down,
        g.tee_right,
        g.tee_left,
        g.dot,
        g.up,
        g.down,
        g.overdue,
        g.due,
        g.cursor,
        g.open_box,
        g.done_box,
    ];
    all.extend(g.corners);
    all.extend(g.levels);
    all.extend(g.bars);
    all
}

#[test]
fn every_glyph_is_one_cell_and_the_ascii_set_is_ascii() {
    for glyph in all(&UNICODE) {
        assert_eq!(glyph.width(), 1, "{glyph}");
    }
    for glyph in all(&ASCII) {
        assert!(glyph.is_ascii() && glyph.len() == 1, "{glyph}");
        assert_eq!(glyph.width_cjk(), 1);
    }
}

#[test]
fn a_wide_terminal_gets_no_ambiguous_character() {
    let theme = Theme::new(Scheme::Dark, false, true);
    assert_eq!(theme.clean("“甲”…①—乙"), "\"甲\"...1-乙");
    assert_eq!(theme.glyphs, ASCII);
}

#[test]
fn levels_differ_without_colour() {
    for ascii in [false, true] {
        let theme = Theme::new(Scheme::Mono, ascii, false);
        let marks: std::collections::BTreeSet<_> =
            Level::ALL.iter().map(|l| theme.level_mark(*l)).collect();
        assert_eq!(marks.len(), 3);
    }
}
