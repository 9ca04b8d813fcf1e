use super::*;

#[test]
fn answers_are_read_only_when_complete() {
    let said = |wide, sixel| Answers { wide, sixel };
    for (answer, meant, whole) in [
        ("\u{1b}[5;2R\u{1b}[?62;22c", said(Some(false), false), true),
        ("\u{1b}[5;3R\u{1b}[?62;4;22c", said(Some(true), true), true),
        ("jk\u{1b}[12;3Rx\u{1b}[?1;2c", said(Some(true), false), true),
        ("\u{1b}[?64;4c", said(None, true), true),
        // The class of a terminal is no attribute.
        ("\u{1b}[?4c", said(None, false), true),
        ("\u{1b}[5;3R", said(Some(true), false), false),
        ("\u{1b}[5;3R\u{1b}[?62;4", said(Some(true), false), false),
        ("\u{1b}[5;3", said(None, false), false),
        ("\u{1b}[5R", said(None, false), false),
        // A key that was pressed meanwhile.
        ("\u{1b}[A\u{1b}[5;2R", said(Some(false), false), false),
        ("", said(None, false), false),
    ] {
        assert_eq!(read(answer.as_bytes()), (meant, whole), "{answer:?}");
    }
}
