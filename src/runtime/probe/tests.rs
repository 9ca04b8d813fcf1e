use super::*;

#[test]
fn the_report_is_read_only_when_complete() {
    for (answer, meant) in [
        ("\u{1b}[5;2R", Some(2)),
        ("\u{1b}[5;3R", Some(3)),
        ("jk\u{1b}[12;3R", Some(3)),
        ("\u{1b}[5;3", None),
        ("\u{1b}[5R", None),
        ("", None),
    ] {
        assert_eq!(column(answer.as_bytes()), meant, "{answer:?}");
    }
}
