//! The file that a spreadsheet opens.

use super::*;
use crate::domain::cockpit::CockpitRule;
use crate::domain::sample::day;
use crate::protocol::page::Closing;

fn page() -> CockpitPage {
    let mut row = CockpitRow::new("=cmd|' /C calc'!A0", "=HYPERLINK(\"x\")");
    row.set(Figure::Late4, 3);
    (row.met, row.asked) = (2, 3);
    let mut total = CockpitRow::default();
    total.add(&row);
    CockpitPage {
        by: Grouping::Officer,
        month: day("2026-10-01"),
        earliest: day("2026-08-01"),
        rule: CockpitRule { ages: [7, 30, 90], verified: false },
        total,
        rows: vec![row],
        exempt: 0,
        closed: None,
    }
}

fn text(page: &CockpitPage, lang: Lang) -> String {
    String::from_utf8(csv(page, lang).unwrap()).unwrap()
}

#[test]
fn it_opens_in_a_spreadsheet_and_runs_nothing() {
    assert_eq!(
        text(&page(), Lang::Zh),
        "\u{feff}客户经理,编号,管户数,按时率 %,逾期 1-7 天,逾期 8-30 天,逾期 31-90 天,逾期超过 90 天,\
         未排期借据,口径与数据缺口,待批申请,未处置信号,待复核记录,按时完成,应完成\n\
         \"'=HYPERLINK(\"\"x\"\")\",'=cmd|' /C calc'!A0,0,66,0,0,0,3,0,0,0,0,0,2,3\n\
         合计,,0,66,0,0,0,3,0,0,0,0,0,2,3\n"
    );
}

#[test]
fn a_closed_month_brings_its_figures_beside_those_of_now() {
    let mut page = page();
    let mut then = page.rows[0].clone();
    then.set(Figure::Late4, 1);
    page.closed = Some(Closing { by: "x".into(), at: "11-01 09:00".into(), rows: vec![then] });
    let text = text(&page, Lang::En);
    let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split(',').collect()).collect();
    assert!(lines.iter().all(|line| line.len() == lines[0].len()), "{text}");
    let at = |name: &str| lines[0].iter().position(|head| *head == name).unwrap();
    assert_eq!(lines[1][at("over 90 days overdue")], "3");
    assert_eq!(lines[1][at("over 90 days overdue (at closing)")], "1");
}
