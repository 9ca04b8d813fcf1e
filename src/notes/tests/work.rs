//! How much of a text is looked at.

use super::super::words::WORK;
use super::shared;

/// How many characters were looked at.
fn work(text: &str) -> usize {
    let lexicon = shared().unwrap();
    WORK.set(0);
    lexicon.scan(text);
    WORK.get()
}

/// A sentence, or a clause, that is ten times as long is ten times the work, and not a hundred times.
#[test]
fn what_a_sentence_says_around_its_words_is_worked_out_once() {
    for text in ["去年停产，", "去年停产", "订单下降5%，", "订单下降5%", "听说停产，经核实"]
    {
        let (short, long) = (work(&text.repeat(20)), work(&text.repeat(200)));
        assert!(short > 0 && long <= 11 * short, "{text}: {short} {long}");
    }
    // What nothing stands in is not looked at.
    assert_eq!(work(&"今天天气好，".repeat(200)), 0);
}

/// The same where rules join words far apart, hold figures against each other, or tell of others.
#[test]
fn what_rules_join_is_looked_for_nearby() {
    for text in [
        "六台注塑机，四台罩着布落灰，",
        "罩着布落灰的是那几台注塑机，",
        "订单从300吨掉到120吨，",
        "订单从300吨掉到120吨",
        "上半年卖了610万，去年这会儿890万，",
        "要是停产，隔壁那家停产了，我们也停产了，",
        "担保的老周，他那厂关张了，",
        "停产了。没这回事。",
        "Six machines stand still, the guarantor owes wages and rent, ",
    ] {
        let (short, long) = (work(&text.repeat(20)), work(&text.repeat(200)));
        assert!(short > 0 && long <= 11 * short, "{text}: {short} {long}");
    }
}

/// The same for a number that does not end, behind words that ask for one.
#[test]
fn a_number_is_read_only_as_far_as_one_goes() {
    for (asks, figure) in [("概算", "零零零零"), ("欠", "三三三三")] {
        let of = |times| work(&format!("{asks}{}", figure.repeat(times)));
        let (short, long) = (of(40), of(400));
        assert!(short > 0 && long <= 11 * short, "{figure}: {short} {long}");
    }
}
