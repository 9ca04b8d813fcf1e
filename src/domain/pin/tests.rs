use super::*;

#[test]
fn what_can_be_one() {
    let cases = [
        ("", Some("pin_short")),
        ("19283", Some("pin_short")),
        ("192837", None),
        ("１９２８３７", None),
        ("111111", Some("pin_plain")),
        ("123456", Some("pin_plain")),
        ("987654", Some("pin_plain")),
        ("abcdef", Some("pin_plain")),
        ("112233", None),
        ("回访回访回访", Some("pin_kind")),
        ("19 28 37", Some("pin_kind")),
        ("k9!p2x", None),
    ];
    for (typed, fault) in cases {
        assert_eq!(Pin::new(typed).fault(), fault, "{typed}");
    }
    assert_eq!(Pin::new(&"ab".repeat(33)).fault(), Some("pin_long"));
}

#[test]
fn wide_digits_mean_the_same_and_none_is_told() {
    assert_eq!(Pin::new("１９２８３７"), Pin::new("192837"));
    assert!(!format!("{:?}", Pin::new("192837")).contains('1'));
}
