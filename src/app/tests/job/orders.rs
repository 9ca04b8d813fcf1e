//! Orders by keys: an inspection for many customers, and customers that change hands at three desks.

use super::*;
use crate::app::tests::desk::Office;
use crate::domain::order::PacketState;
use crate::domain::visit::VisitState;
use crate::i18n::Lang;
use crate::protocol::page::{BatchRow, PacketHead, Page};
use crate::protocol::query::Query;

fn batches(desk: &mut Desk) -> Vec<BatchRow> {
    match desk.query(&Query::Tasks) {
        Page::Tasks(page) => page.batches.clone(),
        other => panic!("{other:?}"),
    }
}

fn packets(desk: &mut Desk) -> Vec<PacketHead> {
    match desk.query(&Query::Packets) {
        Page::Packets(page) => page.rows.clone(),
        other => panic!("{other:?}"),
    }
}

/// The new order, by its first point.
fn ordered(desk: &mut Desk, point: &str) -> BatchRow {
    let all = batches(desk);
    let found = all.iter().find(|batch| batch.points.first().is_some_and(|p| p == point));
    found.unwrap_or_else(|| panic!("no {point}\n{}", desk.screen())).clone()
}

#[test]
fn a_supervisor_orders_for_many_and_sees_how_far_it_is() {
    let office = Office::open();
    let mut head = office.desk("lifang");
    head.play(&[
        ("2", "客户"),
        ("f立诚<enter>", "立诚文具店"),
        ("m", "已标记 1"),
        ("c", "已标记 1"),
        ("fofficer:wangfang<enter>mm", "已标记 3"),
        ("n", "下达专项检查|3 户"),
        ("<enter>", "还需填写：要点 1"),
        ("看仓库<tab>对订单<enter>", "确认下达专项检查|1. 看仓库|2. 对订单"),
        ("n", "下达专项检查|看仓库"),
        ("<enter><enter>", "已下达|!已标记"),
    ]);
    assert_eq!(head.refused, [], "{}", head.screen());
    let batch = ordered(&mut head, "看仓库");
    assert_eq!((batch.tasks.len(), batch.open()), (3, 3));
    assert_eq!(batch.due_on.to_string(), "2026-12-07");

    // The officer hears of it; her visit must answer both points.
    let mut officer = office.desk("zhangwei");
    officer.play(&[("i", "有新的专项检查"), ("<esc>", "")]);
    officer.keys("/C000013<enter>v<enter>");
    let visit = officer.open_visit();
    let paths: Vec<String> = judged(&officer.visit(&visit))
        .rows
        .iter()
        .filter(|row| row.item.code == "point_answer")
        .map(|row| row.path.to_string())
        .collect();
    assert_eq!(paths.len(), 2, "{paths:?}");
    fill(&mut officer, &visit, &[paths[0].as_str()]);
    let open = judged(&officer.visit(&visit)).gaps;
    let open = open.iter().any(|gap| gap.item == paths[0] && gap.kind.is_hard());
    assert!(open, "a point may stay open");
    fill(&mut officer, &visit, &[]);
    countersign(&office, &mut officer, &visit);
    for _ in 0..9 {
        let page = officer.visit(&visit);
        if judged(&page).proposals.iter().all(|p| page.flags.iter().any(|f| f.signal == p.signal)) {
            break;
        }
        officer.keys("f<down><enter>现场已核实<enter>");
    }
    officer.keys("s<enter>");
    let state = officer.visit(&visit).state;
    assert_eq!(state, VisitState::Submitted, "{:?}\n{}", officer.refused, officer.screen());

    head.poll();
    head.play(&[("t", "专项检查|完成 1/3|看仓库"), ("<esc>", "")]);
    let at = batches(&mut head).iter().position(|b| b.batch == batch.batch).unwrap();
    head.keys(&format!("t{}<enter>", "j".repeat(at)));
    head.play(&[("", "立诚文具店|已完成|未完成|1. 看仓库")]);
    // One of them is called off with a reason, then the rest of the order.
    head.play(&[
        ("x", "1 户  取消任务"),
        ("<enter>", "请填写理由"),
        ("客户已结清<enter>", "已取消"),
    ]);
    head.play(&[("<esc>", "完成 1/3"), ("x", "1 户  取消任务"), ("重复<enter>", "已取消")]);
    assert_eq!(head.refused, []);
    let batch = ordered(&mut head, "看仓库");
    assert_eq!((batch.open(), batch.done()), (0, 1));
    // An officer neither orders nor calls off.
    officer.poll();
    officer.play(&[("2n", "只有主管可以下达"), ("tx", "只有主管可以下达"), ("<esc>", "")]);
}

#[test]
fn three_people_sign_and_the_customers_change_hands() {
    let office = Office::open();
    let mut head = office.desk("lifang");
    head.play(&[
        ("2f立诚<enter>mh", "移交客户|立诚文具店|张伟"),
        // Receiver by the first letter of her name, the supervisor herself as the witness.
        ("<tab>w<tab><tab><tab><tab><enter>", "还需填写：理由"),
        ("轮岗<enter>", "已发起"),
    ]);
    assert_eq!(head.refused, [], "{}", head.screen());
    let head_row = packets(&mut head)[0].clone();
    assert_eq!(head_row.partners[1].user.as_str(), "wangfang");
    assert_eq!(head_row.partners[2].user.as_str(), "lifang");

    let mut giver = office.desk("zhangwei");
    giver.play(&[
        ("i", "移交待签署"),
        ("<enter>", "移交|待您签署|1 户"),
        ("<enter>", "立诚文具店|未填|张伟 未签"),
        ("e老板下午在店<enter>", "已保存|老板下午在店"),
        ("s", "已阅读并签署"),
        ("<enter>", "张伟 已签 11-23"),
        ("s", "此移交无须您签署"),
    ]);
    let mut receiver = office.desk("wangfang");
    receiver.play(&[("2rs", "立诚文具店|老板下午在店|张伟 已签"), ("s<enter>", "王芳 已签")]);
    assert_eq!(packets(&mut receiver)[0].state, PacketState::Open);
    head.poll();
    head.play(&[("r<enter>s<enter>", "已签署|李芳 已签")]);
    assert_eq!(packets(&mut head)[0].state, PacketState::Done);
    assert_eq!(head.refused, []);

    receiver.poll();
    receiver.play(&[("<esc><esc>", ""), ("/C000013<enter>", "立诚文具店|管户 王芳")]);
    // The line in time stands in the history.
    receiver
        .play(&[("<right><right><right><right><right><right>", "移交：张伟 至 王芳，监交 李芳")]);
    assert_eq!(giver.refused, []);
    giver.poll();
    giver.play(&[("", "客户已由接收人管户")]);
}

#[test]
fn orders_are_whole_at_every_size_in_both_languages() {
    let office = Office::open();
    let mut head = office.desk("lifang");
    head.keys("2f立诚<enter>mh<tab>w<tab><tab><tab><tab>轮岗<enter>");
    assert_eq!(head.refused, []);
    for (columns, rows) in [(60, 16), (80, 24), (120, 36), (200, 60)] {
        for lang in [Lang::Zh, Lang::En] {
            let mut h = office.desk_of("lifang", columns, rows, lang);
            for keys in
                ["2m", "n", "<esc>h", "<esc>t", "<enter>", "x", "<esc><esc><esc>r", "<enter>", "x"]
            {
                h.keys(keys);
                h.assert_whole();
            }
            assert_eq!(h.refused, []);
        }
    }
    let mut small = office.desk_of("lifang", 80, 24, Lang::Zh);
    let mut shown = String::new();
    for keys in ["2mjm", "n", "<esc>h", "<esc>t", "<enter>", "<esc><esc>r", "<enter>"] {
        small.keys(keys);
        shown.push_str(&small.screen());
        shown.push_str("\n\n");
    }
    insta::assert_snapshot!("orders_80x24", shown);
    let mut wide = office.desk_of("lifang", 120, 36, Lang::En);
    let mut shown = String::new();
    for keys in ["2t", "<enter>", "<esc><esc>r", "<enter>"] {
        wide.keys(keys);
        shown.push_str(&wide.screen());
        shown.push_str("\n\n");
    }
    insta::assert_snapshot!("orders_120x36_en", shown);
}

#[test]
fn a_request_is_decided_where_it_is_listed() {
    let office = Office::open();
    let mut officer = office.desk("zhangwei");
    officer.play(&[
        ("d", "申请延期或终止"),
        ("<backtab>2<tab><tab>7<tab>贷款已结清<tab>每周电话<enter>", "已提交申请"),
    ]);
    assert_eq!(officer.refused, [], "{}", officer.screen());
    let mut head = office.desk("lifang");
    head.play(&[
        ("1r", "延期与终止申请|贷款已结清|a 通过  r 不同意"),
        ("r", "请写理由"),
        ("<esc>", ""),
    ]);
    head.play(&[("a<enter>", "已同意")]);
    assert_eq!(head.refused, [], "{}", head.screen());
}
