use super::*;

/// Rows of a list by line; `-1` = a heading.
fn lines(rows: &[i32]) -> Lines {
    rows.iter().map(|row| (usize::try_from(*row).ok(), Line::default())).collect()
}

#[test]
fn the_selected_row_is_in_view_with_its_headings() {
    let list = lines(&[-1, 0, 0, 1, 1, -1, -1, 2, 2, 3, -1, -1]);
    // Where the view was, what is selected, how high: where it is then.
    let cases = [
        (0, 0, 4, 0),
        (0, 1, 4, 1),
        (0, 2, 4, 5),
        (5, 3, 4, 8),
        (8, 2, 4, 5),
        (8, 0, 4, 0),
        (3, 9, 4, 3),
        (0, 2, 1, 7),
        (9, 0, 40, 0),
    ];
    for (top, selected, height, expected) in cases {
        let mut blocks = Blocks { top };
        blocks.scroll_to(&list, selected, height);
        assert_eq!(blocks.top, expected, "{top} {selected} {height}");
        blocks.scroll_to(&list, selected, height);
        assert_eq!(blocks.top, expected, "again: {top} {selected} {height}");
    }
}
