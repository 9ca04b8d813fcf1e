use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::*;

/// Draws ten lines into four rows and tells which came first.
fn first(reader: &mut Reader, height: u16) -> String {
    let mut terminal = Terminal::new(TestBackend::new(4, height)).unwrap();
    let lines = (0..10).map(|n| Line::raw(n.to_string())).collect();
    terminal.draw(|frame| reader.render(frame, frame.area(), lines)).unwrap();
    terminal.backend().buffer()[(0, 0)].symbol().to_owned()
}

#[test]
fn reading_never_leaves_the_lines() {
    let mut reader = Reader::default();
    assert_eq!(first(&mut reader, 4), "0");
    let cases = [
        (Action::Previous, "0"),
        (Action::Next, "1"),
        (Action::PageDown, "5"),
        (Action::PageDown, "6"),
        (Action::Next, "6"),
        (Action::PageUp, "2"),
        (Action::Last, "6"),
        (Action::First, "0"),
    ];
    for (action, wanted) in cases {
        assert!(reader.on_action(&action), "{action:?}");
        assert_eq!(first(&mut reader, 4), wanted, "after {action:?}");
    }
    assert!(!reader.on_action(&Action::Open));
}

#[test]
fn a_larger_window_shows_the_end_and_not_emptiness() {
    let mut reader = Reader::default();
    first(&mut reader, 2);
    reader.on_action(&Action::Last);
    assert_eq!(first(&mut reader, 2), "8");
    assert_eq!(first(&mut reader, 8), "2");
}

#[test]
fn a_line_is_brought_into_view_only_if_it_is_out_of_it() {
    let mut reader = Reader::default();
    first(&mut reader, 4);
    for (line, top, row) in [(3, "0", 3), (7, "5", 2), (6, "5", 1), (9, "6", 3), (0, "0", 0)] {
        reader.bring(line);
        assert_eq!(first(&mut reader, 4), top, "{line}");
        assert_eq!(reader.row_of(line), Some(row), "{line}");
    }
    assert_eq!(reader.row_of(4), None);
}
