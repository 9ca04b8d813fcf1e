//! Preparing a visit: what is looked up, whom to meet, and the question that a finding asks.

use super::*;
use crate::app::tests::desk::{Desk, Office};
use crate::domain::customer::Line;
use crate::domain::ids::CustomerId;
use crate::i18n::Lang;
use crate::protocol::command::Command;
use crate::protocol::page::{BriefPage, Page};
use crate::protocol::query::{CustomerFilter, CustomerSort, Query, Window};
use std::sync::Arc;

fn brief(desk: &mut Desk, customer: &CustomerId) -> Arc<BriefPage> {
    match desk.query(&Query::Brief { customer: customer.clone() }) {
        Page::Brief(page) => page,
        other => panic!("{other:?}"),
    }
}

/// A company of the officer with people on file and without record or preparation.
fn company(desk: &mut Desk) -> CustomerId {
    let query = Query::Customers {
        filter: CustomerFilter::default(),
        sort: CustomerSort::Id,
        window: Window { offset: 0, limit: 200 },
    };
    let Page::Customers(page) = desk.query(&query) else { panic!() };
    let wanted = |desk: &mut Desk, customer: &CustomerId| {
        let page = brief(desk, customer);
        let file = &page.dossier;
        file.line == Some(Line::SmallBusiness)
            && file.record.is_none()
            && !page.duties.is_empty()
            && page.people.len() > 1
            && page.lookups.iter().all(|row| row.revision == 0)
    };
    let found = page.rows.iter().find(|row| wanted(desk, &row.customer));
    found.expect("a company that nobody prepared").customer.clone()
}

#[test]
fn the_brief_is_asked_for_as_a_document_where_it_is_read() {
    let office = Office::open();
    let mut h = office.desk("zhangwei");
    let customer = company(&mut h);
    h.keys(&format!("/{customer}<enter>p"));
    h.play(&[("d", "生成报告|访前提要"), ("<esc>", "!生成报告")]);
    assert_eq!(h.app.key_context(), crate::ui::keymap::KeyContext::Brief);
}

#[test]
fn the_preparation_at_every_size_in_both_languages() {
    let office = Office::open();
    for (columns, rows) in [(80, 24), (120, 36), (200, 60)] {
        for lang in [Lang::Zh, Lang::En] {
            let mut h = office.desk_of("zhangwei", columns, rows, lang);
            h.keys("/C000020<enter>p");
            h.assert_whole();
            insta::assert_snapshot!(
                format!("prepare_{columns}x{rows}_{}", lang.as_code()),
                h.screen()
            );
            for keys in ["<tab>", "jjj", "<enter>", "<esc>", "<tab>", "l", "]", "<tab>", "l", "G"] {
                h.keys(keys).assert_whole();
            }
        }
    }
}

#[test]
fn the_look_ups_and_the_script_at_80_by_24() {
    let office = Office::open();
    let mut h = office.desk_of("zhangwei", 80, 24, Lang::Zh);
    h.keys("/C000020<enter>p<tab>j");
    let mut all = h.screen();
    h.keys("<tab>");
    all.push_str("\n\n");
    all.push_str(&h.screen());
    insta::assert_snapshot!("prepare_tabs_80x24", all);
}

#[test]
fn from_the_brief_over_a_finding_to_the_question_that_blocks() {
    let office = Office::open();
    let mut h = office.desk("zhangwei");
    let company = company(&mut h);
    h.play(&[
        (&format!("/{company}<enter>p"), "为何回访|要收的资料|访前查询|已查 0/"),
        // Nothing is chosen beforehand; two keys say that nothing was found today.
        ("<tab><enter>", "查询结果  营业执照状态"),
        ("<enter>", "!已记录"),
        ("1<enter>", "已记录|已查 1/|存续"),
    ]);
    let page = brief(&mut h, &company);
    let court = page.lookups.iter().position(|row| row.code == "court_company").unwrap();
    let down = "j".repeat(court - 1);
    h.play(&[
        (&format!("{down}<enter>"), "查询结果  被执行信息（企业）"),
        // A finding without words is not taken.
        ("2<enter>", "请写明查到的内容或未查询的原因"),
        // The words go where they are missing.
        ("执行标的80万元<enter>", "已记录|发现 1|有记录"),
        // Not queried needs its reason as well.
        ("<enter>4<tab>系统维护<enter>", "已记录|系统维护"),
        ("p", ""),
    ]);
    // Whom to meet, from those on file.
    h.play(&[("<tab><tab>m", "这次约见谁？"), ("<left><enter>", "约见人已选定|已约")]);
    h.play(&[("v", "开始回访"), ("<enter>", "检查表|约见")]);
    let visit = h.open_visit();
    let path = "finding_answer[court_company]";
    let asked = judged(&h.visit(&visit));
    let row = asked.row(path).expect("the finding asks its question");
    assert_eq!(row.needed, Needed::Hard);
    assert!(row.title.zh.contains("执行标的80万元"), "{}", row.title.zh);
    // Everything else is answered, and still it can't be handed in.
    fill(&mut h, &visit, &[path]);
    h.play(&[("s", "未完成与有误的项目|执行标的80万元"), ("<esc>", "")]);
    assert!(h.written.iter().all(|c| !matches!(c, Command::Submit { .. })));
    at(&mut h, &visit, path, "<enter>已和解，分三期付清。<ctrl-s>");
    let state = judged(&h.visit(&visit));
    assert!(state.is_complete(), "{:?}", state.gaps);
    // What was not queried is no reason to stop, and no reason to be silent.
    let open = state.gaps.iter().find(|gap| gap.item.starts_with("lookup_later[")).unwrap();
    let title = &state.row(&open.item).unwrap().title;
    assert!(title.zh.starts_with("未查询："), "{}", title.zh);
    assert_eq!(h.refused, []);
}

#[test]
fn a_finding_while_the_draft_is_open_asks_at_once_and_undo_takes_it_back() {
    let office = Office::open();
    let mut h = office.desk("zhangwei");
    let company = company(&mut h);
    h.keys(&format!("/{company}<enter>v<enter>"));
    let visit = h.open_visit();
    let asked = |h: &mut Desk| {
        let state = judged(&h.visit(&visit));
        state.rows.iter().any(|row| row.path.starts_with("finding_answer["))
    };
    assert!(!asked(&mut h));
    h.play(&[("p<tab><enter>", "查询结果"), ("5<tab>公示系统查无此企业<enter>", "已记录")]);
    assert!(asked(&mut h));
    h.play(&[("u", "已撤销")]);
    assert!(!asked(&mut h));
    // Back to the checklist from which it was asked for.
    h.play(&[("q", ""), ("q", "检查表")]);
    assert_eq!(h.refused, []);
}

#[test]
fn script_and_sheets_are_one_key_away_in_the_checklist() {
    let office = Office::open();
    for (columns, rows) in [(80, 24), (120, 36)] {
        let mut h = office.desk_of("zhangwei", columns, rows, Lang::Zh);
        let company = company(&mut h);
        h.keys(&format!("/{company}<enter>v<enter>3"));
        h.play(&[
            (";", "话术|开场|工牌"),
            ("<right>", "电话"),
            ("<esc>", "!话术"),
            (",", "合同|借款人|还款计划|合同号"),
            ("<right>", "证件|管户"),
            ("<right><esc>", "检查表"),
        ]);
        h.assert_whole();
        let screen = h.screen();
        assert!(!screen.contains("合同号"), "{screen}");
    }
}

#[test]
fn two_who_prepare_the_same_customer_see_each_other() {
    let office = Office::open();
    let mut officer = office.desk("zhangwei");
    let mut head = office.desk("lifang");
    let company = company(&mut officer);
    officer.keys(&format!("/{company}<enter>p<tab><enter>"));
    head.keys(&format!("/{company}<enter>p<tab><enter>1<enter>"));
    assert_eq!(head.refused, []);
    officer.play(&[("2<enter>", "他人已更新|营业执照状态")]);
    assert_eq!(officer.refused.len(), 1);
    officer.keys("<esc>").poll();
    officer.play(&[("", "存续|李芳")]);
}
