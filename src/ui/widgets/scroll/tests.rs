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
fn what_the_screen_can_show_is_asked_for_first() {
    let mut part = Part::default();
    part.set_rows(36);
    assert_eq!((part.window().offset, part.window().limit), (0, FIRST));
    part.scroll.view(30, 5_000);
    part.on_action(&Action::Next, 5_000);
    assert_eq!(part.window().limit, FIRST, "a few rows down nothing is asked for");
    // The next part is asked for before a key could leave the first rows.
    part.on_action(&Action::PageDown, 5_000);
    assert_eq!((part.window().offset, part.window().limit), (0, PART));
    // It stays so until the list begins anew.
    part.on_action(&Action::First, 5_000);
    assert_eq!(part.window().limit, PART);
    part.reset();
    assert_eq!((part.scroll.selected(), part.window().limit), (0, FIRST));
    // A short list is all there.
    part.on_action(&Action::Last, FIRST);
    assert_eq!(part.window().limit, FIRST);
    // No list is higher than the terminal, whatever its height.
    part.set_rows(200);
    assert_eq!(part.window().limit, 200);
}

#[test]
fn every_row_in_view_is_in_the_part_asked_for() {
    for rows in [10, 24, 36, 60, 64, 100, 240, 300] {
        let (mut part, height, total) = (Part::default(), usize::from(rows), 1_000);
        part.set_rows(rows);
        let mut seen = part.scroll.view(height, total);
        for action in [Action::PageDown, Action::Next, Action::PageUp, Action::Last, Action::First]
        {
            for _ in 0..40 {
                part.on_action(&action, u32::try_from(total).unwrap());
                seen = part.scroll.view(height, total);
                let window = part.window();
                let (from, to) = (window.offset as usize, (window.offset + window.limit) as usize);
                let loaded = from..to.min(total);
                assert!(
                    seen.start >= loaded.start && seen.end <= loaded.end,
                    "{rows} rows, {action:?}: {seen:?} of {loaded:?}"
                );
            }
        }
        assert_eq!(seen.start, 0);
    }
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
