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
        ("订单下降一点五成", Stand::Said),
        ("订单下降一成五", Stand::Below),
        ("从三点起两成订单减少", Stand::Below),
    ];
    for (text, stand) in cases {
        assert_eq!(stands(text).first().map(|found| found.1), Some(stand), "{text}");
    }
}
