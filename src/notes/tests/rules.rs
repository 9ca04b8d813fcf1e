//! Rules over a whole sentence: words far apart, figures held against each other, whose it is.

use super::*;

/// What a text proposes, hearsay marked.
pub(super) fn proposed(text: &str) -> String {
    let proposal = propose(&shared().unwrap().scan(text));
    let hearsay = proposal.hearsay.iter().map(|code| format!("~{code}"));
    let all: Vec<String> = proposal.signals.iter().cloned().chain(hearsay).collect();
    if all.is_empty() { "-".to_owned() } else { all.join(" ") }
}

#[test]
fn words_far_apart_tell_one_thing_in_any_order_and_over_commas() {
    let cases = [
        ("六台注塑机，四台罩着布落灰", "OPS-05"),
        ("罩着布落灰的是那几台注塑机", "OPS-05"),
        // Another sentence is another thing.
        ("六台注塑机。罩着布的是桌子", "-"),
        // A number of any kind.
        ("约了三次都推说在外地", "MGT-08"),
        ("约了12次都推说在外地", "MGT-08"),
        ("这笔已经展过两回", "ACC-17"),
        // Said only where it is said in each clause: what only others tell hides no denial.
        ("听说六台注塑机，罩着布落灰", "~OPS-05"),
        ("听说六台注塑机，没有罩着布落灰", "-"),
        ("听说六台注塑机，是不是罩着布落灰", "-"),
        // Denied close to the words; further off it denies something else.
        ("机器没有蒙着布", "-"),
        ("没听过的会计师事务所，原先那家不接了", "FIN-14"),
        // Words that stop an entry.
        ("铣床盖着布，送修的明天来", "-"),
    ];
    for (text, wanted) in cases {
        assert_eq!(proposed(text), wanted, "{text}");
    }
}

#[test]
fn two_figures_are_held_against_each_other() {
    let cases = [
        ("上半年卖了610万，去年这会儿890万", "FIN-05"),
        ("上半年卖了860万，去年这会儿890万", "-"),
        ("去年这会儿卖了610万，上半年890万", "-"),
        // In words, and with the ten thousand left out.
        ("概算八千万，已花九千六还没完", "PRJ-02"),
        ("概算八千万，已花八千一还没完", "-"),
        ("豆粕三个月里从三千二涨到三千九百多", "EXT-02"),
        // A smaller unit behind a greater one is added, a greater one is of all before.
        ("概算一亿二千万，已花一亿二千五百万还没完", "-"),
        ("概算一亿二千万，已花一亿五千万还没完", "PRJ-02"),
        ("概算1万亿，已花1万3千亿还没完", "PRJ-02"),
        ("概算一万二千亿，已花一万二千一百亿还没完", "-"),
        // Behind a 零 come units.
        ("豆粕三个月里从一百零五涨到一百三", "EXT-02"),
        ("豆粕三个月里从一千零五涨到一千三", "EXT-02"),
        ("豆粕三个月里从一万零八涨到一万三", "EXT-02"),
        ("豆粕三个月里从一千零五十涨到一千一", "-"),
        ("蒜头从三块跌到一块八", "EXT-02"),
        ("蒜头从三块跌到两块八", "-"),
        // Shares in points; a share and a sum are of two kinds.
        ("毛利率去年31，今年18", "FIN-18"),
        ("毛利率去年31，今年28", "-"),
        ("监理月报：计划72%，实际51%", "PRJ-01"),
        ("监理月报：计划72%，实际已付51万", "-"),
        // Years and days are no amounts.
        ("今年卖到11月20号，去年卖到12月", "-"),
        ("原来一百二十号人，如今砍到七十来个", "MGT-11"),
    ];
    for (text, wanted) in cases {
        assert_eq!(proposed(text), wanted, "{text}");
    }
}

#[test]
fn others_plans_and_what_is_settled_propose_nothing() {
    let cases = [
        ("隔壁那家停产了", "-"),
        ("隔壁那家停产了，我们也停产了", "OPS-01"),
        ("他们停产了，隔壁那家没停", "OPS-01"),
        ("要是停产，工资就发不出了", "-"),
        ("劝他别停产", "-"),
        ("说他停产，是误会", "-"),
        ("停产半天，下午就开了", "-"),
        // The sentence before is taken back: what others told, or what somebody looked at.
        ("听说他停产了。没这回事", "-"),
        ("停产了。没这回事", "OPS-01"),
        ("停产了。到现场看没这回事", "-"),
        ("停产了。天气好。到现场看没这回事", "OPS-01"),
    ];
    for (text, wanted) in cases {
        assert_eq!(proposed(text), wanted, "{text}");
    }
}

#[test]
fn a_signal_may_stand_instead_of_another() {
    assert_eq!(proposed("担保的老周，他那厂关张了"), "COL-08");
    assert_eq!(proposed("他那厂关张了"), "OPS-01");
    // What is denied stands instead of nothing.
    assert_eq!(proposed("担保人没有生病。厂子关张了"), "OPS-01");
}
