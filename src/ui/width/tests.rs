use proptest::prelude::*;

use super::*;

#[test]
fn a_han_character_is_never_split() {
    assert_eq!(cut("北京鼎盛", 5, "~"), "北京~");
    assert_eq!(cut("北京鼎盛", 6, "~"), "北京~");
    assert_eq!(fit("北京鼎盛", 6, "~"), "北京~ ");
    assert_eq!(fit_right("12", 5, "~"), "   12");
    assert_eq!(cut_middle("北京中鼎建设工程有限公司", 17, "~"), "北京中鼎建设~公司");
    assert_eq!(cut("ab", 0, "~"), "");
}

#[test]
fn no_closing_mark_starts_a_line() {
    for line in wrap("贷款用途与合同一致，发票三张，金额相符。", 8) {
        assert!(!line.starts_with(['，', '。']), "{line}");
    }
}

proptest! {
    #[test]
    fn a_column_has_its_width(text in "[ -~\u{4e00}-\u{9fff}]{0,40}", width in 0_usize..60) {
        prop_assert_eq!(cells(&fit(&text, width, "~")), width);
        prop_assert_eq!(cells(&fit_right(&text, width, "~")), width);
        prop_assert!(cells(&cut_middle(&text, width, "~")) <= width);
    }
}
