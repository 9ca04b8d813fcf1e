use super::*;

#[test]
fn the_selection_stays_in_view_and_in_the_list() {
    let mut scroll = Scroll::default();
    assert_eq!(scroll.view(5, 12), 0..5);
    for _ in 0..20 {
        scroll.on_action(&Action::Next, 12);
    }
    assert_eq!((scroll.selected(), scroll.view(5, 12)), (11, 7..12));
    scroll.on_action(&Action::PageUp, 12);
    assert_eq!((scroll.selected(), scroll.view(5, 12)), (7, 7..12));
    assert_eq!(scroll.view(5, 3), 0..3);
    assert_eq!(scroll.selected(), 2);
    scroll.on_action(&Action::Next, 0);
    assert_eq!(scroll.view(0, 0), 0..0);
}

#[test]
fn a_long_list_asks_for_the_part_around_the_selection() {
    let mut part = Part::default();
    part.on_action(&Action::Last, 100_000);
    assert_eq!(part.window().offset, 99_999 - PART / 2);
    part.on_action(&Action::First, 100_000);
    assert_eq!(part.window().offset, 0);
    part.on_action(&Action::Next, 100);
    assert_eq!(part.window().offset, 0);
}

#[test]
fn the_selection_follows_its_row() {
    let mut scroll = Scroll::default();
    scroll.select(1);
    assert!(!follow(&mut scroll, Some(&"b"), ["x", "a", "b"].into_iter()));
    assert_eq!(scroll.selected(), 2);
    assert!(follow(&mut scroll, Some(&"b"), ["x", "a"].into_iter()));
    assert_eq!(scroll.selected(), 1);
}
