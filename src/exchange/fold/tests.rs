use super::*;

#[test]
fn full_width_names_are_half_width_names() {
    for (given, wanted) in [
        ("账户流水（月）", "账户流水(月)"),
        ("ＳＳＨ公钥", "SSH公钥"),
        ("\u{3000}客户号 ", "客户号"),
        ("ｌｏａｎ＿ｉｄ", "loan_id"),
    ] {
        assert_eq!(half_width(given), wanted);
    }
}

#[test]
fn harmful_characters_are_shown_not_sent() {
    assert_eq!(visible("a\u{1b}]52;c\u{7}\u{202E}b"), "a<U+001B>]52;c<U+0007><U+202E>b");
    assert_eq!(visible(&"长".repeat(50)), format!("{}…", "长".repeat(40)));
}
