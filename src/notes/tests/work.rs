//! How much of a text is looked at.

use super::super::clause::WORK;
use super::load;

/// How many characters were looked at.
fn work(text: &str) -> usize {
    let lexicon = load().unwrap();
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
