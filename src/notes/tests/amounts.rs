//! How amounts beside words are meant.

use super::{Stand, stands};

#[test]
fn words_beside_an_amount_are_whole_words() {
    let cases = [
        // What bounds an amount says nothing of what is left.
        ("Orders fell by up to 5 percent", Stand::Below),
        ("Orders fell up to 5 percent", Stand::Below),
        ("Orders fell by at most 5 percent", Stand::Below),
        ("Orders fell by at least 5 percent", Stand::Said),
        ("Orders fell by no more than 5 percent", Stand::Below),
        ("订单下降没有超过5%", Stand::Below),
        ("Sales are down to at most 95 percent of last year", Stand::Said),
        ("Sales are down to at least 95 percent of last year", Stand::Below),
        // A part of a word is none: neither over nor to.
        ("Sales turnover 5 percent down", Stand::Below),
        ("Sales down by 5 percent overall", Stand::Below),
        ("Orders fell somewhat only 5 percent", Stand::Below),
        ("订单下降不 到5%", Stand::Below),
        ("订单下降 超过 5%", Stand::Said),
    ];
    for (text, stand) in cases {
        assert_eq!(stands(text).first().map(|found| found.1), Some(stand), "{text}");
    }
}

#[test]
fn a_number_that_goes_on_is_not_read_by_its_beginning() {
    let cases = [
        ("订单下降百分之一", Stand::Below),
        ("订单下降百分之一百", Stand::Said),
        ("订单下降百分之百", Stand::Said),
        ("订单下降百分之一百二十个百分点", Stand::Said),
        ("订单下降一点五成", Stand::Below),
        ("订单下降一成五", Stand::Below),
        ("从三点起两成订单减少", Stand::Below),
    ];
    for (text, stand) in cases {
        assert_eq!(stands(text).first().map(|found| found.1), Some(stand), "{text}");
    }
}

#[test]
fn figures_in_words_are_read_as_those_in_digits() {
    let cases = [
        // From one figure to another.
        ("订单从三千二掉到一千", Stand::Said),
        ("订单从三千二掉到三千一", Stand::Below),
        ("订单从3200掉到三千一", Stand::Below),
        ("订单从3200掉到1000左右", Stand::Said),
        ("订单从3200掉到3100左右", Stand::Below),
        ("订单由每月三万二掉到三万出头", Stand::Below),
        ("订单由每月三万二掉到一万出头", Stand::Said),
        ("订单从3万掉到2.9万", Stand::Below),
        ("订单从每月三百吨掉到二百九十吨", Stand::Below),
        ("订单从每月三百吨掉到一百二十吨", Stand::Said),
        ("订单从二十五号的三千二掉到三千一", Stand::Below),
        ("订单从八百来万掉到七百五十万", Stand::Below),
        ("订单从八百来万掉到五百多万", Stand::Said),
        ("裁员从五十人减到四十八人", Stand::Below),
        // Of two kinds, or no figure at all.
        ("订单从每月三万掉到九家", Stand::Said),
        ("订单从一开始就下降到现在", Stand::Said),
        ("订单从三月掉到五月", Stand::Said),
        // Shares.
        ("毛利率由三成降到一成五", Stand::Said),
        ("毛利率由三成降到两成五", Stand::Below),
        ("毛利率由三成降到两成半", Stand::Below),
        ("毛利率从百分之二十二降到百分之二十点五", Stand::Below),
        ("毛利率从二十二个点掉到十个点", Stand::Said),
        ("订单少了一半", Stand::Said),
        ("订单少了一成五", Stand::Below),
        ("订单少了三成五", Stand::Said),
        ("订单少了两成五左右", Stand::Below),
        ("订单下降百分之三点五", Stand::Below),
        ("订单下降百分之三十点五", Stand::Said),
        ("订单掉到去年的九成五", Stand::Below),
        // Behind a share something else is counted.
        ("订单少了三成五个客户都说", Stand::Said),
        ("订单少了两成三家都一样", Stand::Below),
        ("订单少了两成九月才好", Stand::Below),
    ];
    let told = |text: &str| stands(text).first().map(|found| found.1);
    let wrong: Vec<_> = cases.iter().filter(|(text, stand)| told(text) != Some(*stand)).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
