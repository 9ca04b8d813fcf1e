//! Families of sentences of which one was told wrongly once.

use super::stands;
use crate::assets::notes::shared;
use crate::notes::{Stand, propose};

fn proposed(text: &str) -> String {
    propose(&shared().unwrap().scan(text)).signals.join(" ")
}

#[test]
fn none_of_it_is_none() {
    for text in [
        "目前逾期0天",
        "目前逾期 0 天，欠息0元",
        "贷款逾期天数为0",
        "本息逾期天数：0",
        "该户贷款逾期零天",
        "The loan is 0 days overdue",
    ] {
        assert_eq!(proposed(text), "", "{text}");
    }
    assert_eq!(proposed("目前逾期5天"), "ACC-01");
    assert_eq!(proposed("目前逾期10天"), "ACC-02");
}

#[test]
fn what_has_ended_in_the_same_sentence_is_over() {
    for text in [
        "账户冻结后已于10月解冻",
        "上年账户被冻结，已经解冻",
        "基本户冻结已于2026年9月3日解除",
        "上年被列入失信名单，今年已移出",
        "去年被列入失信名单，已于3月被移出",
        "曾经停产过，现在正常",
        "曾停业两个月，目前经营正常",
        "去年停产，已于5月复产",
    ] {
        assert_eq!(proposed(text), "", "{text}");
    }
    for (text, signal) in [
        ("账户已被冻结等待解冻", "ACC-10"),
        ("账户冻结后至今未解冻", "ACC-10"),
        ("账户被冻结，已申请解冻", "ACC-10"),
        ("去年被列入失信名单，至今没有移出", "EXT-05"),
        ("曾经停产过，现在又停产了", "OPS-01"),
    ] {
        assert_eq!(proposed(text), signal, "{text}");
    }
    assert_eq!(stands("账户冻结后已于10月解冻")[0].1, Stand::Denied);
}

#[test]
fn what_was_not_done_is_told_with_its_own_no() {
    for (text, signal) in [
        ("实控人已三个月没有联系上", "MGT-04"),
        ("法人一周未能联系上", "MGT-04"),
        ("借款人十天无法取得联系", "MGT-04"),
        ("本期未按期付息", "ACC-04"),
        ("三季度没有按时付息", "ACC-04"),
        ("本息均未按时归还", "ACC-02"),
        ("贷款到期未归还", "ACC-02"),
        ("本金未能按期偿还", "ACC-02"),
        // One day is no loss of contact, and what is denied was done.
        ("实控人昨天没有联系上，今天一天就回了电话", ""),
        ("不存在未按期付息的情况", ""),
        ("没有本息未按时归还的记录", ""),
    ] {
        assert_eq!(proposed(text), signal, "{text}");
    }
}

#[test]
fn staff_that_falls_from_one_figure_to_another_is_told_by_its_share() {
    for (text, signal) in [
        ("员工从200人减到120人", "MGT-11"),
        ("员工由200人降至130人", "MGT-11"),
        ("职工原来200人，现减至110人", "MGT-11"),
        ("员工从200人减到180人", ""),
        ("员工从120人增加到200人", ""),
    ] {
        assert_eq!(proposed(text), signal, "{text}");
    }
}

#[test]
fn goods_that_secure_a_loan_of_no_bank_tell_of_that_loan() {
    for (text, signal) in [
        ("存货抵押给了小贷公司", "FIN-16"),
        ("两台设备质押给了典当行", "FIN-16"),
        ("查册才见，抵我们的铺子又押给了小贷公司", "COL-01"),
        ("存货没有抵押给小贷公司", ""),
    ] {
        assert_eq!(proposed(text), signal, "{text}");
    }
}
