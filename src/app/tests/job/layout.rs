//! The screens of the main job at each size and in both languages, with real content.

use super::*;
use crate::app::tests::desk::Office;
use crate::i18n::Lang;

const SIZES: [(u16, u16); 5] = [(80, 24), (120, 36), (200, 60), (100, 30), (60, 16)];

#[test]
fn checklist_review_and_flags_are_whole_at_every_size_in_both_languages() {
    let office = Office::open();
    for lang in [Lang::Zh, Lang::En] {
        let mut officer = office.desk_of("zhangwei", 80, 24, lang);
        let mut head = office.desk_of("lifang", 80, 24, lang);
        officer.keys("1/C000020<enter>v");
        let visit = officer.open_visit();
        let rows = judged(&officer.visit(&visit)).rows.len();
        for (columns, lines) in SIZES {
            officer.resize(columns, lines);
            officer.keys("3");
            for row in (0..rows).step_by(4) {
                officer.keys(&to_row(row));
                officer.assert_whole();
                officer.keys("w").assert_whole();
                officer.keys("<enter>").assert_whole();
                officer.keys("<esc>").keys("<esc>");
                if officer.app.place.screen != crate::ui::screen::Screen::Checklist {
                    officer.keys("3");
                }
            }
            officer.keys("e").assert_whole();
            officer.keys("<esc>");
            head.resize(columns, lines);
            for keys in [
                "5", "<enter>", "jjj", "x", "G", "x", "a", "<esc>", "4", "jj", "<enter>", "<esc>",
                "<tab>",
            ] {
                head.keys(keys).assert_whole();
            }
        }
    }
}

#[test]
fn the_checklist_at_80_by_24() {
    let office = Office::open();
    let mut h = office.desk_of("zhangwei", 80, 24, Lang::Zh);
    h.keys("/C000020<enter>v]]]]");
    insta::assert_snapshot!(h.screen());
}

#[test]
fn a_list_longer_than_its_place_says_where_one_stands_in_it() {
    let office = Office::open();
    let at = |screen: &str| -> Option<(usize, usize)> {
        let mut words = screen.split_whitespace().rev();
        words.find_map(|word| {
            let (at, of) = word.split_once('/')?;
            Some((at.parse().ok()?, of.parse().ok()?))
        })
    };
    for lang in [Lang::Zh, Lang::En] {
        let mut h = office.desk_of("zhangwei", 80, 24, lang);
        h.keys("/C000020<enter>ve");
        let title = crate::i18n::Catalog::of(lang).checklist.gaps_title;
        let head = |h: &Desk| h.screen().lines().find(|l| l.contains(title)).map(str::to_owned);
        let line = head(&h).unwrap_or_else(|| panic!("{}", h.screen()));
        let (first, of) = at(&line).unwrap();
        assert_eq!(first, 1, "{line}");
        h.keys("G");
        assert_eq!(head(&h).and_then(|l| at(&l)), Some((of, of)), "{}", h.screen());
        let mut h = office.desk_of("zhangwei", 80, 24, lang);
        for (keys, next) in [("?", "<down>"), ("<esc>:", "<down>"), ("<esc>e", "j")] {
            h.keys(keys);
            let frame = |h: &Desk| h.screen().lines().rev().find_map(at);
            let (first, of) = frame(&h).unwrap_or_else(|| panic!("{keys}\n{}", h.screen()));
            assert_eq!(first, 1, "{keys}\n{}", h.screen());
            h.keys(next);
            assert_eq!(frame(&h), Some((2, of)), "{keys}\n{}", h.screen());
        }
    }
}

#[test]
fn the_checklist_at_120_by_36_with_checks() {
    let office = Office::open();
    let mut h = office.desk_of("zhangwei", 120, 36, Lang::En);
    h.keys("/C000030<enter>v<down>");
    insta::assert_snapshot!(h.screen());
}

#[test]
fn the_caret_stands_behind_what_was_typed() {
    let office = Office::open();
    let mut h = office.desk_of("zhangwei", 80, 24, Lang::Zh);
    h.keys("/C000013<enter>v<enter>");
    let visit = h.open_visit();
    let state = judged(&h.visit(&visit));
    let text = state.rows.iter().position(|r| matches!(r.item.kind, Kind::Text)).unwrap();
    h.keys(&(to_row(text) + "店主"));
    let (x, y) = h.caret();
    let line = h.screen().lines().nth(usize::from(y)).unwrap().to_owned();
    let before: usize = unicode_width::UnicodeWidthStr::width(line.split("店主").next().unwrap());
    assert_eq!(usize::from(x), before + 4, "{line}");
    h.keys("<left>");
    assert_eq!(h.caret(), (x - 2, y));
    h.keys("张<right>三");
    assert_eq!(h.caret(), (x + 4, y));
    h.keys("<enter>");
    // Many lines: Chinese and Latin, wrapped at the edge.
    let long = state.rows.iter().position(|r| matches!(r.item.kind, Kind::LongText));
    let Some(long) = long else { return };
    h.keys(&(to_row(long) + "<enter>库存ab"));
    let (x, y) = h.caret();
    assert_eq!(x, 1 + 6);
    h.keys("<enter>二");
    assert_eq!(h.caret(), (1 + 2, y + 1));
    h.keys(&"满".repeat(60));
    let (x, y) = h.caret();
    assert!(x < 80 && y < 23, "{x} {y}\n{}", h.screen());
    h.assert_whole();
}

#[test]
fn flags_and_days_past_due_are_never_cut_from_the_head_of_a_dossier() {
    use crate::domain::flag::Level;
    use crate::i18n::words;
    let office = Office::open();
    let theme = crate::ui::theme::Theme::default();
    for lang in [Lang::Zh, Lang::En] {
        let mut h = office.desk_of("lifang", 120, 36, lang);
        let window = Window { offset: 0, limit: 40 };
        let filter = AgendaFilter::Overdue;
        let agenda = Query::Agenda { filter, class: None, officer: None, window };
        let Page::Agenda(page) = h.query(&agenda) else { panic!() };
        let flagged: Vec<_> = page.rows.iter().filter(|row| row.level.is_some()).collect();
        assert!(!flagged.is_empty(), "the invented book has some");
        for row in flagged.into_iter().take(4) {
            let query = Query::Dossier { customer: row.customer.clone() };
            let Page::Dossier(dossier) = h.query(&query) else { panic!() };
            h.keys(&format!("1/{}<enter>", row.customer));
            let screen = h.screen();
            for (level, count) in Level::ALL.iter().zip(dossier.flags).filter(|(_, n)| *n > 0) {
                let mark = theme.level_mark(*level);
                let name = words::level(lang, *level);
                let told = [format!("{mark} {name}{count}"), format!("{mark}{count}")];
                assert!(told.iter().any(|told| screen.contains(told)), "{told:?}\n{screen}");
            }
        }
    }
}
