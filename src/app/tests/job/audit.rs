//! The auditor: what she reads is written down, and so is what she looks for. Compliance: what is due to
//! be erased, with two people.

use crate::app::tests::desk::Office;
use crate::i18n::Lang;
use crate::protocol::command::Command;
use crate::worker::Noting;

#[test]
fn an_auditor_reads_the_journal_and_stands_in_it() {
    let office = Office::open();
    let mut officer = office.desk("zhangwei");
    officer.play(&[("/C000113<enter>", "C000113"), ("m<enter>", "15 秒后自动隐去")]);
    let mut h = office.desk_noting("zhenghua", Noting::Each);
    h.play(&[
        (":rizhi<enter>", "日志|从未另处留存"),
        ("f", "谁：zhangwei"),
        ("人:zhangwei 做:查看完整<enter>", "筛选：人:zhangwei|查看完整个人信息|C000113|reason"),
        ("f<ctrl-u>做:没有这个<enter>", "不明白：做:没有这个"),
        ("<ctrl-u>C000113<enter>", "查看完整个人信息"),
        ("c", "从未另处留存"),
        ("<esc>", "!从未另处留存"),
        // What she looks at herself is the next row.
        ("/C000113<enter>", "C000113"),
        (":rizhi<enter>f人:zhenghua<enter>", "查看客户档案|C000113"),
        ("<tab>", "异常读取|audit@1"),
    ]);
    assert_eq!(h.refused, []);
    let before = office.store().journal_head().unwrap();
    // The same customer again on the same day is no second row.
    h.play(&[("<esc><esc><esc>", ""), ("1/C000113<enter>", "C000113")]);
    assert_eq!(office.store().journal_head().unwrap(), before);
}

#[test]
fn a_look_of_a_moment_is_none_and_a_longer_one_is_written_once() {
    let office = Office::open();
    let mut h = office.desk_noting("zhangwei", Noting::Looks);
    let rows = |office: &Office| {
        let filter = crate::protocol::query::JournalFilter {
            kinds: vec!["read".to_owned()],
            ..Default::default()
        };
        office.store().journal_tail(&office.actor("zhenghua"), &filter).unwrap().len()
    };
    h.keys("/C000113<enter>");
    office.wait(1_000);
    h.keys("1jj");
    office.wait(1_000);
    h.poll();
    assert_eq!(rows(&office), 0);
    h.keys("/C000113<enter>");
    office.wait(4_000);
    h.poll();
    assert_eq!(rows(&office), 1);
    office.wait(4_000);
    h.poll().keys("1").keys("/C000113<enter>");
    office.wait(4_000);
    h.poll();
    assert_eq!(rows(&office), 1, "once a day");
}

#[test]
fn compliance_puts_forward_and_a_supervisor_agrees() {
    let office = Office::open();
    office.store().settle_for_tests("C000113", "2021-11-01");
    let mut law = office.desk("wumei");
    law.play(&[
        (":qimanshuju<enter>", "保存期满的客户数据|满 5 年|待合规确认|C000113|已期满"),
        ("m", "暂缓理由"),
        ("诉讼未结<enter>", "暂缓|诉讼未结"),
        ("n", "没有保存期满的客户"),
        ("m结案<enter>", "已期满|已解除暂缓"),
        ("n", "清除理由"),
        ("<enter>", "请写明理由"),
        ("满五年<enter>", "待同意|清除 1 户|已提出"),
        ("a", "须由他人同意"),
    ]);
    assert_eq!(law.refused, []);
    let mut h = office.desk("lifang");
    h.play(&[
        ("i", "数据清除待同意"),
        ("<enter>", "保存期满的客户数据|满五年"),
        ("n", "由法律合规岗提出"),
        ("a", "不可恢复"),
        ("2<enter>", "请输入户数"),
        ("<ctrl-u>1<enter>", "已清除 1 户|夜间备份"),
        ("<esc>", ""),
        ("/C000113", "没有找到"),
    ]);
    assert_eq!(h.refused, []);
}

#[test]
fn both_read_in_english_too() {
    let office = Office::open();
    office.store().settle_for_tests("C000113", "2021-11-01");
    let mut h = office.desk_of("zhenghua", 80, 24, Lang::En);
    h.play(&[
        (":journal<enter>", "Journal|rows|never written down outside"),
        ("<tab>", "Unusual reads|limits to be confirmed by audit"),
        ("<esc><esc>", "!Unusual reads"),
        (":data to erase<enter>", "Data whose time is over|5 years after|C000113"),
        ("n", "Compliance puts erasures forward"),
    ]);
    h.assert_whole();
    assert!(h.written.iter().all(|command| !matches!(command, Command::Retention(_))));
}

#[test]
fn who_does_not_read_the_journal_is_told_whose_it_is_and_nothing_else() {
    let office = Office::open();
    let mut h = office.desk("lifang");
    h.play(&[("5v", "日志由审计人员查阅|!没有找到"), ("<esc>", "!日志由审计人员查阅")]);
}
