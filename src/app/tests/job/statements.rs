//! Statements by keys: read in four columns, entered, corrected, taken back.

use super::*;
use crate::app::tests::desk::Office;
use crate::domain::ids::CustomerId;
use crate::domain::statement::{Statement, StatementLine};
use crate::i18n::Lang;
use crate::protocol::page::Page;
use crate::protocol::query::Query;

/// A company with statements.
const COMPANY: &str = "C000113";

fn statements(desk: &mut Desk, customer: &str) -> Vec<Statement> {
    let query = Query::Statements { customer: CustomerId::from(customer) };
    match desk.query(&query) {
        Page::Statements(page) => page.statements.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn ratios_lines_and_checks_of_a_company() {
    let office = Office::open();
    for (lang, width, height) in [(Lang::Zh, 80, 24), (Lang::En, 120, 36), (Lang::Zh, 120, 36)] {
        let mut h = office.desk_of("zhangwei", width, height, lang);
        h.keys(&format!("/{COMPANY}<enter>s"));
        h.assert_whole();
        let ratio = lang.pick("debt ratio", "资产负债率");
        assert!(h.screen().contains(ratio), "{}", h.screen());
        h.keys("G");
        h.assert_whole();
        h.keys("l");
        h.assert_whole();
        let part = lang.pick("Balance sheet", "资产负债表");
        assert!(h.screen().contains(part), "{}", h.screen());
        h.keys("l");
        h.assert_whole();
        let rule = lang.pick("assets = liabilities + equity", "资产总计＝负债合计＋所有者权益");
        assert!(h.screen().contains(rule), "{}", h.screen());
        // The period before has another day.
        let before = h.screen();
        h.keys("[");
        assert_ne!(h.screen(), before);
        h.keys("]");
        assert_eq!(h.screen(), before);
        h.keys("q");
        assert!(h.app.overlays.is_empty());
    }
}

#[test]
fn entered_worked_out_corrected_and_taken_back() {
    let office = Office::open();
    let mut h = office.desk("zhangwei");
    // A person has no statements yet.
    h.keys("/C000013<enter>s");
    assert!(h.screen().contains("尚无报表"), "{}", h.screen());
    h.keys("n");
    assert!(h.screen().contains("录入报表"), "{}", h.screen());
    h.assert_whole();
    // Past day, months, source and audit to the first line.
    h.keys("<down><down> <down> <down>1000<enter>");
    h.keys("<pagedown>500<enter>400<enter>=");
    h.keys("<ctrl-s>");
    assert_eq!(h.refused, [], "{}", h.screen());
    let kept = statements(&mut h, "C000013");
    assert_eq!(kept.len(), 1, "{}", h.screen());
    let kept = &kept[0];
    assert_eq!(kept.period_end.to_string(), "2026-09-30");
    assert!(kept.audited && kept.source.is_some());
    let yuan = |line| kept.get(line).map(|fen| fen.0 / 100);
    assert_eq!(yuan(StatementLine::Cash), Some(1_000));
    assert_eq!(yuan(StatementLine::GrossProfit), Some(100), "worked out by =");
    // The view below shows it at once; a slip is corrected.
    assert!(h.screen().contains("26-09-30"), "{}", h.screen());
    h.keys("e<down><down><down><down>9<ctrl-s>");
    assert_eq!(statements(&mut h, "C000013")[0].get(StatementLine::Cash).unwrap().0, 1_000_900);
    h.keys("<esc>u");
    assert_eq!(statements(&mut h, "C000013")[0].get(StatementLine::Cash).unwrap().0, 100_000);
    h.keys("u");
    assert!(statements(&mut h, "C000013").is_empty(), "{}", h.screen());
}

#[test]
fn what_was_typed_is_not_lost_by_one_key_and_what_is_wrong_is_said() {
    let office = Office::open();
    let mut h = office.desk("zhangwei");
    h.keys(&format!("/{COMPANY}<enter>se"));
    h.keys("<pagedown>x");
    h.keys("<ctrl-s>");
    assert!(h.screen().contains("此项无法识别"), "{}", h.screen());
    h.keys("<esc>");
    assert!(h.screen().contains("尚未保存"), "{}", h.screen());
    h.keys("<backspace><esc>");
    assert!(!h.screen().contains("尚未保存"), "nothing is typed any more\n{}", h.screen());
    h.keys("e<pagedown>7<esc>");
    assert!(h.screen().contains("尚未保存"), "{}", h.screen());
    let written = h.written.len();
    h.keys("<esc>");
    assert!(h.screen().contains("资产负债率"), "{}", h.screen());
    assert_eq!(h.written.len(), written);
}

#[test]
fn a_day_that_has_a_statement_is_not_entered_anew() {
    let office = Office::open();
    let mut h = office.desk("zhangwei");
    let before = statements(&mut h, COMPANY);
    let day = before[0].period_end;
    h.keys(&format!("/{COMPANY}<enter>sn{day}<pagedown>500<ctrl-s>"));
    assert!(h.screen().contains(&format!("已有 {day} 的报表，请用 e 修改")), "{}", h.screen());
    h.assert_whole();
    assert_eq!((h.written.len(), statements(&mut h, COMPANY)), (0, before));
}

#[test]
fn a_line_is_found_by_its_name_or_its_initials() {
    let office = Office::open();
    for (lang, width, height) in [(Lang::Zh, 80, 24), (Lang::En, 80, 24), (Lang::En, 200, 60)] {
        let mut h = office.desk_of("zhangwei", width, height, lang);
        h.keys(&format!("/{COMPANY}<enter>s"));
        let ratio = lang.pick("debt ratio", "资产负债率");
        let typed = lang.pick("debt rat", "zcfzl");
        h.keys("G/");
        h.assert_whole();
        h.keys(&format!("{typed}<enter>"));
        h.assert_whole();
        assert!(h.screen().contains(ratio) && h.screen().contains(lang.pick("1 of", "第 1 处")));
        // The same words again lead on, round and round; others begin anew.
        h.keys("/<enter>");
        h.keys(&format!("/{}qqq<enter>", "<backspace>".repeat(9)));
        assert!(
            h.screen().contains(lang.pick("Nothing in view", "本页没有此名称")),
            "{}",
            h.screen()
        );
        // Esc gives up the search, not the statements; nothing behind them was searched.
        h.keys("/<esc>l");
        let line = lang.pick("net profit", "净利润");
        h.keys(&format!("/{}{}<enter>", "<backspace>".repeat(9), lang.pick("NET PRO", "jlr")));
        assert!(h.screen().contains(line), "{}", h.screen());
        h.keys("<esc>");
        assert!(h.app.overlays.is_empty());
    }
}

#[test]
fn leaving_by_ctrl_c_asks_as_esc_does_and_ends_no_more_than_the_form() {
    let office = Office::open();
    let mut h = office.desk("zhangwei");
    h.keys(&format!("/{COMPANY}<enter>se<pagedown>7<ctrl-c>"));
    assert!(h.screen().contains("尚未保存"), "{}", h.screen());
    assert!(!h.screen().contains("再按一次 Ctrl-C 退出"), "{}", h.screen());
    h.keys("<ctrl-c>");
    assert!(!h.quit && h.screen().contains("资产负债率"), "{}", h.screen());
    h.keys("<esc>f");
    h.paste("写了几个字");
    h.keys("<ctrl-c>");
    assert!(!h.screen().contains("再按一次 Ctrl-C 退出"), "{}", h.screen());
    h.keys("<ctrl-c>");
    assert!(!h.quit, "{}", h.screen());
    h.keys("<ctrl-c><ctrl-c>");
    assert!(h.quit, "where nothing is written it leaves");
}
