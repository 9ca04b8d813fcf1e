//! A denial holds for the whole list behind it, and for a sentence that was only wrapped.

use super::transcript::Layout;
use super::*;
use crate::notes::hear::hear;

/// The signals that a text proposes.
fn proposed(text: &str) -> String {
    propose(&shared().unwrap().scan(text)).signals.join(" ")
}

#[test]
fn what_is_denied_as_a_list_is_denied_to_its_end() {
    for text in [
        "未发现企业存在停产、半停产、拖欠工资、欠税、涉诉、民间借贷、对外担保等异常情况。",
        "没有发现停产停业、拖欠工资、涉诉等情况",
        "经查询，未发现借款人及实际控制人涉诉、被执行、被列入失信名单等情况",
        "目前不存在欠息、挪用贷款、对外担保代偿等情形",
        "本季未接到关于企业停产、拖欠工资或法定代表人失联的举报",
        "经现场核查，未发现借款人及其关联企业存在涉诉",
        "经核查借款人不涉及停产、欠税、涉诉、查封",
        "企业无停产、半停产、拖欠工资、欠税、被起诉等情况",
        "我们从来没有停产、欠税、拖欠工资、被人起诉等现象",
        "未发现停产，半停产，拖欠工资，欠税，涉诉等异常情况",
        "No sign of stopped production, unpaid wages, tax arrears, lawsuits, private lending or frozen accounts.",
        "There were no lawsuits, unpaid wages, tax arrears or frozen accounts",
    ] {
        assert_eq!(proposed(text), "", "{text}");
    }
}

#[test]
fn a_form_that_is_filled_in_with_none_proposes_nothing() {
    for text in [
        "涉诉：无",
        "涉诉情况：无。停产：否",
        "民间借贷、对外担保、涉诉情况: 暂无",
        "停产停业：未发现\n拖欠工资：没有",
        "Lawsuits: none. Unpaid wages: no",
    ] {
        assert_eq!(proposed(text), "", "{text}");
    }
    for (text, signals) in [
        ("民间借贷：有，利息两分", "FIN-16"),
        ("停产：无订单，车间全停", "OPS-01"),
        ("停产了，老板说：没有办法", "OPS-01"),
    ] {
        assert_eq!(proposed(text), signals, "{text}");
    }
}

#[test]
fn what_turns_a_list_is_said_again() {
    for (text, signals) in [
        ("未发现企业存在半停产、欠税等情况，但账户被法院冻结", "ACC-10"),
        ("未发现企业及其关联方存在欠税、涉诉等情况但账户已被法院冻结", "ACC-10"),
        ("未发现企业存在欠税、涉诉、民间借贷等情况，车间已停产", "OPS-01"),
        // An officer who lists what is wrong denies nothing by 没.
        ("工人没领到工资、企业欠税、车间停产两个月等情况属实", "MGT-11 OPS-01"),
        ("No unpaid wages, production stopped in March", "OPS-01"),
    ] {
        let found = proposed(text);
        for signal in signals.split(' ') {
            assert!(found.contains(signal), "{text}: {found}");
        }
    }
}

#[test]
fn a_sentence_goes_on_where_its_line_was_only_wrapped() {
    let codes = |text: &str, layout| -> Vec<String> {
        let heard = hear(&shared().unwrap(), text, layout).unwrap();
        let mut codes: Vec<String> =
            heard.iter().map(|one| one.meaning.coded().1.to_owned()).collect();
        codes.dedup();
        codes
    };
    let cue = |n: u32, text: &str| format!("{n}\n00:00:0{n},000 --> 00:00:0{n},900\n{text}\n\n");
    for (text, layout, wanted) in [
        (cue(1, "厂里没有\n停产，工资也没有\n拖欠过"), Layout::Srt, vec![]),
        (cue(1, "企业停\n产了"), Layout::Srt, vec!["OPS-01"]),
        (cue(1, "我们从来没有") + &cue(2, "借过高利贷"), Layout::Srt, vec![]),
        // Somebody else answers, or it was an answer.
        (cue(1, "- 停产过没有\n- 停产两个月了"), Layout::Srt, vec!["OPS-01"]),
        (cue(1, "没有") + &cue(2, "停产两个月了"), Layout::Srt, vec!["OPS-01"]),
        ("厂里没有\n停产，工资也没有\n拖欠过".to_owned(), Layout::Plain, vec![]),
        ("异常情况：无\n停产两个月".to_owned(), Layout::Plain, vec!["OPS-01"]),
        ("工资没有拖欠\n停产两个月".to_owned(), Layout::Plain, vec!["OPS-01"]),
        ("工资没有拖欠，\n1. 停产两个月".to_owned(), Layout::Plain, vec!["OPS-01"]),
    ] {
        assert_eq!(codes(&text, layout), wanted, "{text}");
    }
    // Of a text that a program wrapped: the margin is that of its full lines.
    let wrapped = "本次检查到企业生产现场查看了原料库成品库以及三个生产车间的用工情况，没有发现停\n\
        产的现象；向财务人员查看了最近三个月的工资发放表和银行流水，也没有发现企业有拖\n\
        欠工资的现象。\n";
    assert_eq!(codes(wrapped, Layout::Plain), Vec::<String>::new());
    let said = wrapped.replace("没有发现停", "查实企业已停");
    assert!(codes(&said, Layout::Plain).contains(&"OPS-01".to_owned()));
}

#[test]
fn an_accountant_who_cannot_be_reached_is_no_controller() {
    for (text, signal) in [
        ("会计联系不上", ""),
        ("财务电话关机", ""),
        ("老板联系不上", "MGT-04"),
        ("老板和会计联系不上", "MGT-04"),
        ("会计联系不上，老板也联系不上", "MGT-04"),
    ] {
        assert_eq!(proposed(text), signal, "{text}");
    }
}
