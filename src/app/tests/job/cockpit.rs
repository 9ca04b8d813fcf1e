//! The cockpit by keys: a figure leads to its customers and back, what is on the screen becomes a
//! file, a month is closed once nothing stands in its way.

use super::*;
use crate::domain::cockpit::{Figure, Grouping};
use crate::domain::sample::day;
use crate::i18n::Lang;
use crate::protocol::command::{CockpitCommand, Command};
use crate::protocol::page::{CockpitPage, Page};
use crate::protocol::query::Query;
use crate::ui::screen::PaneId;

fn page(desk: &mut Desk, by: Grouping) -> CockpitPage {
    match desk.query(&Query::Cockpit { by, month: day("2026-11-01") }) {
        Page::Cockpit(page) => (*page).clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn two_keys_lead_from_a_figure_to_its_customers_and_back() {
    let office = Office::open();
    let mut desk = office.desk("lifang");
    desk.play(&[("8", "合计|按时"), ("o", "区域"), ("o", "客户经理")]);
    let page = page(&mut desk, Grouping::Officer);
    // The first row with gaps; the columns begin at the rate.
    let row = page.rows.iter().position(|row| row.count(Figure::Gaps) > 0).unwrap();
    let right = Figure::Gaps as usize - Figure::OnTime as usize;
    desk.keys(&format!("g{}{}<enter>", "j".repeat(row + 1), "l".repeat(right)));
    let officer = &page.rows[row].key;
    let screen = desk.screen();
    assert!(screen.contains(&format!("客户经理:{officer} 指标:口径与数据缺口")), "{screen}");
    desk.play(&[("-", "口径与数据缺口")]);
    // Of all together, without an officer.
    desk.keys("g<enter>");
    assert!(!desk.screen().contains("客户经理:"), "{}", desk.screen());
    assert!(desk.screen().contains("指标:口径与数据缺口"), "{}", desk.screen());
    // What nobody is behind says so.
    desk.keys("-");
    let none = page.rows.iter().position(|row| row.count(Figure::Requests) == 0).unwrap();
    desk.keys(&format!("g{}l<enter>", "j".repeat(none + 1)));
    assert!(desk.screen().contains("没有客户"), "{}", desk.screen());
}

/// Where there is room, the customers behind the figure stand below it: those that Enter leads to.
#[test]
fn whom_a_figure_is_about_is_told_below_it() {
    let office = Office::open();
    let mut desk = office.desk_of("lifang", 120, 36, Lang::Zh);
    desk.keys("8");
    let page = page(&mut desk, Grouping::Officer);
    let row = page.rows.iter().position(|row| row.count(Figure::Gaps) > 0).unwrap();
    let right = Figure::Gaps as usize - Figure::OnTime as usize;
    desk.keys(&format!("g{}{}", "j".repeat(row + 1), "l".repeat(right)));
    desk.assert_whole();
    let below = desk.screen();
    desk.keys("<enter>");
    let customers = desk.app.panes.customers.selected().unwrap();
    let name = match desk.query(&Query::Dossier { customer: customers }) {
        Page::Dossier(page) => page.name.clone(),
        other => panic!("{other:?}"),
    };
    assert!(below.contains(&name), "{name}\n{below}");
    // Behind nothing nobody is listed.
    let none = page.rows.iter().position(|row| row.count(Figure::Requests) == 0).unwrap();
    desk.keys(&format!("8g{}l", "j".repeat(none + 1)));
    assert!(!desk.screen().contains("下次应访"), "{}", desk.screen());
}

#[test]
fn behind_the_reviews_lies_the_queue_of_that_officer() {
    let office = Office::open();
    let mut desk = office.desk("lifang");
    desk.keys("8");
    for by in [Grouping::Officer, Grouping::District] {
        let page = page(&mut desk, by);
        let row = page.rows.iter().position(|row| row.count(Figure::Reviews) > 0).unwrap();
        let right = Figure::Reviews as usize - Figure::OnTime as usize;
        desk.keys(&format!(
            "g{}{}{}<enter>",
            "j".repeat(row + 1),
            "h".repeat(20),
            "l".repeat(right + 1)
        ));
        let one = &page.rows[row];
        assert_eq!(desk.app.place.focused(), PaneId::Queue, "{}", desk.screen());
        let name = format!("待复核  {}", one.name);
        desk.play(&[("", name.as_str())]);
        let shown = |desk: &Desk| desk.app.panes.queue.count();
        assert_eq!(shown(&desk), one.count(Figure::Reviews) as usize);
        // Back as one came; by its own key, all of them.
        desk.keys("<esc>");
        assert_eq!(desk.app.place.focused(), PaneId::Cockpit);
        desk.keys("5");
        assert_eq!(shown(&desk), page.total.count(Figure::Reviews) as usize);
        assert!(!desk.screen().contains(&name), "{}", desk.screen());
        desk.keys("8o");
    }
}

#[test]
fn what_is_on_the_screen_becomes_a_file() {
    let office = Office::open();
    let mut desk = office.desk("lifang");
    desk.play(&[("8o", "区域"), ("x", "表格存放位置")]);
    let exports = office.store().path().with_file_name("exports");
    let files: Vec<_> = std::fs::read_dir(exports).unwrap().map(|file| file.unwrap()).collect();
    assert_eq!(files.len(), 1);
    let text = std::fs::read_to_string(files[0].path()).unwrap();
    let page = page(&mut desk, Grouping::District);
    assert_eq!(text.lines().count(), page.rows.len() + 2);
    assert!(text.starts_with("\u{feff}区域,") && text.contains("合计"), "{text}");
}

#[test]
fn a_customer_who_cannot_be_planned_says_why_in_her_dossier() {
    let office = Office::open();
    let mut desk = office.desk("lifang");
    // The demo leaves out a maturity, a line and balances; each takes the periodic visits away.
    desk.play(&[
        ("/C000020<enter>", "以下数据补齐前，排不出定期检查：|到期日期 J000020-L1"),
        ("/云津污水<enter>", "云津污水处理项目有限公司|应访"),
    ]);
    assert!(!desk.screen().contains("排不出定期检查"), "{}", desk.screen());
}

#[test]
fn a_month_with_gaps_is_not_closed_and_says_what_to_do() {
    let office = Office::open();
    let mut desk = office.desk("lifang");
    desk.play(&[
        ("8c", "最后一天"),
        ("[", "2026年10月|未结账：除按时率外均为今日数"),
        ("c", "不能结账："),
    ]);
    assert!(!desk.written.iter().any(|c| matches!(c, Command::Cockpit(_))));
    let mut officer = office.desk("zhangwei");
    officer.play(&[("8", "张伟"), ("c", "只有主管")]);
    // Once they are filled in it asks once, and the figures are kept.
    let mut store = office.store();
    store.mend_gaps_for_tests(day("2026-11-23"));
    desk.keys("<f5>");
    desk.poll();
    desk.play(&[("c", "确认本月结账"), ("<enter>", "已结账")]);
    let close = CockpitCommand::CloseMonth { month: day("2026-10-01") };
    assert!(desk.written.contains(&Command::Cockpit(close)));
    desk.play(&[("", "结账|此后"), ("c", "已于"), ("]", "未结账")]);
}

#[test]
fn the_cockpit_fits_small_and_large_screens_in_both_languages() {
    let office = Office::open();
    for (columns, rows) in [(80, 24), (120, 36), (200, 60)] {
        for lang in [Lang::Zh, Lang::En] {
            let mut desk = office.desk_of("lifang", columns, rows, lang);
            desk.keys("8jlll");
            desk.assert_whole();
            let name = format!("cockpit_{columns}_{}", lang.as_code());
            insta::assert_snapshot!(name, desk.screen());
        }
    }
}
