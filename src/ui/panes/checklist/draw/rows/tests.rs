//! The columns of a checklist.

use super::*;

#[test]
fn long_questions_have_the_room_that_nothing_else_needs() {
    for (width, longest, has_last, (question, last)) in [
        (85, 10, true, (30, 20)),
        (85, 33, true, (33, 20)),
        (85, 70, true, (34, 20)),
        (85, 70, false, (45, 0)),
        (60, 70, true, (31, 0)),
    ] {
        let columns = Columns::of(width, longest, has_last);
        assert_eq!((columns.question, columns.last), (question, last), "{width} {longest}");
        let all = columns.question + columns.answer + columns.last;
        assert_eq!(all + 5, usize::from(width));
        assert!(columns.answer >= columns.question * 2 / 3);
    }
}
