use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::*;
use crate::i18n::{Catalog, Lang};
use crate::ui::theme::Theme;

/// Draws rows with so many told lines each, in a box of 12 lines; tells the screen.
fn drawn(it: &mut Telling, rows: &[usize]) -> String {
    let theme = Theme::default();
    let now: chrono::DateTime<chrono::FixedOffset> = "2026-11-23T09:12:00+08:00".parse().unwrap();
    let (text, lang) = (Catalog::of(Lang::En), Lang::En);
    let ctx = Ctx { text, lang, theme: &theme, now, today: now.date_naive(), home: None };
    let mut terminal = Terminal::new(TestBackend::new(20, 13)).unwrap();
    let line = |of: &usize| Line::raw(format!("row of {of}"));
    let told = |of: &usize| (1..=*of).map(|n| Line::raw(format!("told {n}/{of}"))).collect();
    terminal
        .draw(|frame| {
            let area = Rect { height: 12, ..frame.area() };
            it.render(frame, (area, area), rows, &ctx, (line, told));
        })
        .unwrap();
    terminal.backend().to_string()
}

/// What the lower border says.
fn place(screen: &str) -> &str {
    screen.lines().last().unwrap_or_default().trim_matches(['"', ' '])
}

#[test]
fn the_keys_choose_rows_and_the_pages_read_where_there_is_more() {
    // Twelve lines: four for the list, one apart, seven to read.
    let rows = [20, 3, 3, 3, 3, 3];
    let mut it = Telling::default();
    let screen = drawn(&mut it, &rows);
    assert!(screen.contains("told 7/20") && !screen.contains("told 8/20"), "{screen}");
    assert!(screen.contains(" 1/6 ") && place(&screen) == "7/20", "{screen}");
    assert!(it.on_action(&Action::PageDown, rows.len()));
    assert!(drawn(&mut it, &rows).contains("told 14/20"));
    assert_eq!(it.selected(), 0, "the row stays");
    // The next row begins at its top, and whole: there the pages choose.
    assert!(it.on_action(&Action::Next, rows.len()));
    let screen = drawn(&mut it, &rows);
    assert!(screen.contains("told 1/3") && place(&screen).is_empty(), "{screen}");
    assert!(it.on_action(&Action::PageDown, rows.len()));
    assert!(it.selected() > 1);
    assert!(!it.on_action(&Action::Open, rows.len()));
}

#[test]
fn of_one_row_every_key_reads() {
    let mut it = Telling::default();
    drawn(&mut it, &[20]);
    for (action, last) in [(Action::Next, "told 9/20"), (Action::Last, "told 20/20")] {
        assert!(it.on_action(&action, 1));
        let screen = drawn(&mut it, &[20]);
        assert!(screen.contains(last) && it.selected() == 0, "{screen}");
    }
}

#[test]
fn a_row_that_is_gone_is_not_read_on() {
    let mut it = Telling::default();
    drawn(&mut it, &[20, 20]);
    it.on_action(&Action::PageDown, 2);
    it.follow(Some(&7), [7, 8].into_iter());
    assert!(!drawn(&mut it, &[20, 20]).contains("told 1/20"), "the same row reads on");
    it.follow(Some(&9), [7, 8].into_iter());
    assert!(drawn(&mut it, &[20, 20]).contains("told 1/20"));
}
