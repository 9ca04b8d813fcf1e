use proptest::prelude::*;

use super::*;
use crate::assets::notes::shared;

mod amounts;
mod days;
mod families;
mod figures;
mod lists;
mod rules;
mod transcripts;
mod turned;
mod work;

/// Our own sentences, written for this test and labelled by hand: no measure of real notes, but of
/// negation, questions, shields and both languages. `-` = proposes no signal.
const LABELLED: &[(&str, &str)] = &[
    ("企业已停产两个月，大门紧闭。", "OPS-01"),
    ("车间未停产，机器运转正常。", "-"),
    ("客户称没有停产，现场看到三条线在开。", "-"),
    ("停产传闻不属实。", "-"),
    ("因产品升级暂停产品发货一周。", "-"),
    ("如果停产，将第一时间告知我行。", "-"),
    ("询问是否拖欠工资，财务称按月发放。", "-"),
    ("工人反映已拖欠工资三个月", "MGT-11"),
    ("欠薪问题已解决，工资表已核对。", "-"),
    ("老板联系不上，电话关机。", "MGT-04"),
    ("最近订单减少三成，开工不足。", "OPS-02 OPS-07"),
    ("没有订单，只能等。", "OPS-07"),
    ("账户被法院冻结，金额 120 万元。", "ACC-10"),
    ("账户未被冻结。", "-"),
    ("实控人涉及赌博，欠下赌债。", "MGT-07"),
    ("夫妻正在闹离婚，可能影响还款。", "MGT-06"),
    ("向私人借款 50 万，属民间借贷。", "FIN-16"),
    ("未发现民间借贷。", "-"),
    ("客户否认有民间借贷，征信无异常。", "-"),
    ("已被列入失信名单", "EXT-05"),
    ("营业执照在有效期内。", "-"),
    ("贷款挪作他用，买了理财。", "ACC-07 ACC-08"),
    ("抵押物被查封，查封法院为江城区法院。", "COL-01"),
    ("厂房火灾保险已续。", "-"),
    ("仓库上月发生火灾，损失较大。", "OPS-11"),
    ("最大客户流失后，库存积压严重", "FIN-09 OPS-08"),
    ("财务负责人离职，接替人尚未到岗。", "MGT-03"),
    ("担心原材料涨价，暂无影响。", "-"),
    ("原材料涨价，毛利被压缩。", "EXT-02"),
    ("客户配合检查，主动提供水电费单。", "-"),
    ("经营正常，产销两旺。", "-"),
    ("房租没交，房东催了两次。", "OPS-10"),
    ("设备闲置，部分设备被搬走。", "OPS-05"),
    ("工地停工一个月，工程款没付。", "PRJ-05 PRJ-07"),
    ("被供应商起诉，新增诉讼一起。", "EXT-06"),
    ("本月未新增诉讼。", "-"),
    ("法定代表人变更，未告知我行。", "MGT-01"),
    ("用电量下降四成。", "OPS-03"),
    ("保险到期未续。", "COL-05"),
    ("担保人否认签字。", "COL-09"),
    ("出现逾期，利息没还。", "ACC-02 ACC-04"),
    ("逾期已结清。", "-"),
    ("税务稽查正在进行。", "EXT-04"),
    ("贷款用于采购钢材，发票齐全。", "-"),
    ("老板重病住院，由其弟代管。", "MGT-05"),
    ("Production stopped in March; the gate was locked.", "OPS-01"),
    ("Production has not stopped.", "-"),
    ("There is no sign of unpaid wages.", "-"),
    ("Workers say there are unpaid wages since June.", "MGT-11"),
    ("He asked whether the account frozen last year mattered.", "-"),
    ("The account frozen by the court holds 2 million yuan.", "ACC-10"),
    ("The owner cannot be reached.", "MGT-04"),
    ("They lost their largest customer and orders fell by a third.", "OPS-07 OPS-08"),
    ("The fire insurance is paid.", "-"),
    ("A fire broke out in the warehouse.", "OPS-11"),
    ("The rumour of gambling was denied.", "-"),
    ("Without private lending so far.", "-"),
    ("Admits a private loan at high interest.", "FIN-16"),
    ("She was cooperative and provided everything.", "-"),
    ("Rent unpaid for two months.", "OPS-10"),
];

#[test]
fn proposals_are_mostly_right_and_seldom_missing() {
    let lexicon = shared().unwrap();
    let (mut right, mut wrong, mut missed) = (0, 0, 0);
    let mut faults = Vec::new();
    for (text, wanted) in LABELLED {
        let wanted: Vec<&str> = wanted.split(' ').filter(|code| *code != "-").collect();
        let found = propose(&lexicon.scan(text)).signals;
        right += found.iter().filter(|code| wanted.contains(&code.as_str())).count();
        wrong += found.iter().filter(|code| !wanted.contains(&code.as_str())).count();
        missed += wanted.iter().filter(|code| !found.iter().any(|f| f == *code)).count();
        if found != wanted {
            faults.push(format!("{text}: {found:?} for {wanted:?}"));
        }
    }
    // Of 100 proposed at least 85 right, of 100 to be proposed at least 70 found.
    assert!(right * 100 >= 85 * (right + wrong), "{right} {wrong} {missed}\n{faults:#?}");
    assert!(right * 100 >= 70 * (right + missed), "{right} {wrong} {missed}\n{faults:#?}");
}

#[test]
fn spans_say_where_and_stand_says_how() {
    let lexicon = shared().unwrap();
    let text = "未停产；但拖欠工资 12.5 万元，2026年11月3日起。";
    let found = lexicon.scan(text);
    let said: Vec<(String, Stand)> = found
        .iter()
        .map(|f| (text.chars().skip(f.start).take(f.end - f.start).collect(), f.stand))
        .collect();
    let wanted = [
        ("停产", Stand::Denied),
        ("拖欠工资", Stand::Said),
        ("12.5 万元", Stand::Said),
        ("2026年11月3日", Stand::Said),
    ];
    assert_eq!(said, wanted.map(|(word, stand)| (word.to_owned(), stand)));
    assert_eq!(found[2].what, What::Amount(Fen::from_yuan(125_000)));
}

#[test]
fn two_words_near_each_other_stand_for_one_thing() {
    let lexicon = shared().unwrap();
    let found = |text: &str| -> Vec<(String, Stand)> {
        let all = lexicon.scan(text).into_iter().filter(|f| matches!(f.what, What::Word(_)));
        all.map(|f| (text.chars().skip(f.start).take(f.end - f.start).collect(), f.stand)).collect()
    };
    let cases: [(&str, &[(&str, Stand)]); 9] = [
        ("订单从每月300吨掉到120吨", &[("订单从每月300吨掉到", Stand::Said)]),
        // What denies may stand before both or between them; a part of the words denies nothing.
        ("订单没有减少", &[("订单没有减少", Stand::Denied)]),
        ("未见订单从高位掉到谷底", &[("订单从高位掉到", Stand::Denied)]),
        ("工人两个月工资没拿到", &[("工资没拿到", Stand::Said)]),
        ("若订单再掉到一半", &[("订单再掉到", Stand::Supposed)]),
        // Nothing is joined over a mark or over too much.
        ("订单很多，价格掉到谷底", &[]),
        ("订单这一项与别的各项相比在各个方面都说不上掉到谷底", &[]),
        ("Sales in the old town are down.", &[("Sales in the old town are down", Stand::Said)]),
        ("Sales are good and the second shop goes down well.", &[]),
    ];
    for (text, wanted) in cases {
        let wanted: Vec<(String, Stand)> =
            wanted.iter().map(|(words, stand)| ((*words).to_owned(), *stand)).collect();
        assert_eq!(found(text), wanted, "{text}");
    }
}

#[test]
fn what_is_asked_or_over_proposes_nothing() {
    let lexicon = shared().unwrap();
    let cases = [
        ("停产了吗", Stand::Supposed),
        ("停产了？", Stand::Supposed),
        ("停产？不，机器在转", Stand::Supposed),
        ("请核实停产一事", Stand::Supposed),
        ("去年曾停产一周，现已恢复正常", Stand::Denied),
        ("半年前账户曾被冻结，8月已解冻", Stand::Denied),
        ("据传停产，现场查看传言不实", Stand::Denied),
        // Something else is over, or it began long ago and is not.
        ("已停产，欠款已还清", Stand::Said),
        ("去年停产至今", Stand::Said),
        ("去年停产。现已恢复供货的是邻厂", Stand::Said),
    ];
    for (text, stand) in cases {
        let found = lexicon.scan(text);
        let first = found.iter().find(|f| matches!(f.what, What::Word(_))).unwrap();
        assert_eq!(first.stand, stand, "{text}");
    }
}

#[test]
fn the_graver_attitude_of_two_counts() {
    let lexicon = shared().unwrap();
    let of = |text: &str| propose(&lexicon.scan(text)).attitude;
    assert_eq!(of("态度友好，积极配合"), Some(Attitude::Cooperative));
    assert_eq!(of("先配合，后发火"), Some(Attitude::Hostile));
    assert_eq!(of("不配合检查"), Some(Attitude::Hostile));
    assert_eq!(of("今天下雨"), None);
}

/// What stands in a text: the words with how they stand.
fn stands(text: &str) -> Vec<(String, Stand)> {
    let found =
        shared().unwrap().scan(text).into_iter().filter(|f| matches!(f.what, What::Word(_)));
    found.map(|f| (text.chars().skip(f.start).take(f.end - f.start).collect(), f.stand)).collect()
}

#[test]
fn an_amount_below_the_least_of_a_signal_proposes_nothing() {
    let cases = [
        ("订单下降5%", Stand::Below),
        ("订单下降30%", Stand::Said),
        ("订单下降29.9％", Stand::Below),
        ("订单下降", Stand::Said),
        ("订单下降一成", Stand::Below),
        ("订单少了一成半", Stand::Below),
        ("订单少了两三成", Stand::Said),
        ("订单下降百分之五", Stand::Below),
        ("订单下降百分之三十五", Stand::Said),
        ("订单减少五分之一", Stand::Below),
        ("订单减少一半", Stand::Said),
        ("订单有所减少，约5%", Stand::Below),
        // What is not clear is not below; what is at most the least is.
        ("订单下降超过5%", Stand::Said),
        ("订单下降20%多", Stand::Said),
        ("订单下降不到三成", Stand::Below),
        // What is left is not what is gone.
        ("订单掉到去年的95%", Stand::Below),
        ("订单掉到去年的六成", Stand::Said),
        ("订单从每月300吨掉到290吨", Stand::Below),
        ("订单从每月300吨掉到120吨", Stand::Said),
        ("订单从2025年的300吨掉到290吨", Stand::Below),
        // Two figures of two kinds say nothing.
        ("订单从每月3万掉到9千", Stand::Said),
        // The amount of something else.
        ("占比5%的老客户说订单减少", Stand::Said),
        ("5%的订单被取消", Stand::Below),
        ("毛利率下降2个百分点", Stand::Below),
        ("毛利率下降12个点", Stand::Said),
        ("毛利率降到8%", Stand::Said),
        ("毛利率从22%降到20%", Stand::Below),
        ("毛利从三成降到两成", Stand::Said),
        ("裁员5%", Stand::Below),
        ("裁员三成", Stand::Said),
        ("裁掉两名员工", Stand::Said),
        ("拖欠工资5%", Stand::Said),
        ("营业额下降15%", Stand::Below),
        ("营业额下降20%", Stand::Said),
        ("用电量同比下降10%", Stand::Below),
        ("用电量同比下降35%", Stand::Said),
        ("钢材涨了3%", Stand::Below),
        ("钢材涨了18%", Stand::Said),
        ("Orders fell by 5 percent", Stand::Below),
        ("Orders fell by a third", Stand::Said),
        ("Orders fell by more than 20 %", Stand::Said),
        ("10 percent fewer orders", Stand::Below),
        ("Sales are down to 95 percent of last year", Stand::Below),
    ];
    for (text, stand) in cases {
        assert_eq!(stands(text).first().map(|found| found.1), Some(stand), "{text}");
    }
    let said = propose(&shared().unwrap().scan("订单下降5%，毛利率下降12个百分点"));
    assert_eq!(said.signals, ["FIN-18"]);
}

#[test]
fn hearsay_is_told_and_proposes_nothing() {
    let cases = [
        ("听说可能要被列入失信名单", Stand::Supposed),
        ("听说已被列入失信名单", Stand::Hearsay),
        ("据说他被列为被执行人", Stand::Hearsay),
        ("有人说厂里停产了", Stand::Hearsay),
        ("听同行讲他迷上了赌博，还欠下高利贷", Stand::Hearsay),
        ("停产的传闻在圈里流传", Stand::Hearsay),
        ("Rumour has it that he gambles", Stand::Hearsay),
        ("The shop is reportedly closed down", Stand::Hearsay),
        // Somebody looked; or it is another sentence.
        ("听说停产，到现场看大门紧闭", Stand::Said),
        ("据说被执行，经核实已列入失信名单", Stand::Said),
        ("听说行情不好。已停产", Stand::Said),
        ("听说停产，现场查看传言不实", Stand::Denied),
        // Nobody has looked into it.
        ("看门的讲停产了，没处核", Stand::Hearsay),
    ];
    for (text, stand) in cases {
        let found = stands(text);
        assert!(
            !found.is_empty() && found.iter().all(|found| found.1 == stand),
            "{text} {found:?}"
        );
    }
    let of = |text: &str| {
        let proposal = propose(&shared().unwrap().scan(text));
        (proposal.signals, proposal.hearsay)
    };
    assert_eq!(of("听说停产了"), (vec![], vec!["OPS-01".to_owned()]));
    // What is said as well is no hearsay.
    assert_eq!(of("听说停产了。现已停产"), (vec!["OPS-01".to_owned()], vec![]));
}

#[test]
fn denied_twice_is_said_and_what_is_over_is_not() {
    let cases = [
        ("不是没有停产，上周停了三天", Stand::Said),
        ("并非没有停产", Stand::Said),
        ("不是停产，是放假", Stand::Denied),
        ("没有停产", Stand::Denied),
        ("去年停产过一次，现在已恢复正常", Stand::Denied),
    ];
    for (text, stand) in cases {
        assert_eq!(stands(text).first().map(|found| found.1), Some(stand), "{text}");
    }
}

#[test]
fn everyday_words_for_what_is_owed_and_who_has_changed() {
    let cases = [
        ("厂里拖欠工人工资三个月", "MGT-11"),
        ("工人工资拖欠三个月", "MGT-11"),
        ("老板欠着大家半年的工钱", "MGT-11"),
        ("工人说两个月没领到工资，工资一直没结", "MGT-11"),
        ("wages are unpaid", "MGT-11"),
        ("He still owes his staff their wages", "MGT-11"),
        ("水电费欠了两个月", "OPS-10"),
        ("欠缴电费两个月", "OPS-10"),
        ("两个月没交物业费了", "OPS-10"),
        ("店租已经欠了半年", "OPS-10"),
        ("公司法人换了", "MGT-01"),
        ("上个月公司换了个法人", "MGT-01"),
        ("用电量同比下降35%", "OPS-03"),
        ("不欠工人工资", "-"),
        ("没发现拖欠工资", "-"),
    ];
    for (text, wanted) in cases {
        let found = propose(&shared().unwrap().scan(text)).signals.join(" ");
        assert_eq!(if found.is_empty() { "-" } else { found.as_str() }, wanted, "{text}");
    }
}
