//! Financing strategies by keys: put forward with a plan, approved by another, told in the dossier,
//! owed among the deadlines; and the portfolio as a file.

use super::*;
use crate::domain::strategy::Strategy;
use crate::i18n::Lang;
use crate::protocol::page::StrategyRow;

const COMPANY: &str = "C000113";

fn row(desk: &mut Desk) -> StrategyRow {
    let query = Query::Strategies { customer: Some(CustomerId::from(COMPANY)), officer: None };
    match desk.query(&query) {
        Page::Strategies(page) => page.rows[0].clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn put_forward_with_a_plan_approved_and_owed() {
    let office = Office::open();
    let mut h = office.desk("zhangwei");
    h.keys(&format!("/{COMPANY}<enter>n"));
    h.assert_whole();
    assert!(h.screen().contains("尚未提出授信策略"), "{}", h.screen());
    // What can't be read stays with everything typed, and is named.
    h.keys("e<right><tab>经营恶化<tab>+30 处置存货<enter>");
    assert!(h.screen().contains("第 1 步：须写"), "{}", h.screen());
    h.assert_whole();
    // What the store refuses comes back with everything typed as well.
    h.keys("<ctrl-u>+9999 0 处置存货<enter>");
    assert_eq!(h.refused.len(), 1, "{}", h.screen());
    assert!(h.screen().contains("处置存货") && h.screen().contains("经营恶化"), "{}", h.screen());
    h.refused.clear();
    h.keys("<ctrl-u>+30 -20万 处置存货还款<tab>+90 0 处置厂房<enter>");
    assert_eq!(h.refused, [], "{}", h.screen());
    let open = row(&mut h).open.unwrap();
    assert_eq!((open.strategy, open.steps.len()), (Strategy::Reduce, 2));
    assert_eq!(open.steps[0].plan.target.0, open.balance.unwrap().0 - 20_000_000);
    h.keys("a");
    assert!(h.screen().contains("须由他人审批"), "{}", h.screen());
    // Changing it begins with what was typed.
    h.keys("e");
    assert!(h.screen().contains("经营恶化") && h.screen().contains("处置厂房"), "{}", h.screen());
    h.keys("<esc>");
    let mut head = office.desk("lifang");
    head.keys("i");
    assert!(head.screen().contains("授信策略待审批"), "{}", head.screen());
    head.keys(&format!("<esc>/{COMPANY}<enter>na"));
    assert!(head.screen().contains("经营恶化"), "{}", head.screen());
    head.assert_whole();
    head.keys("同意<enter>");
    assert_eq!(head.refused, [], "{}", head.screen());
    let decided = row(&mut head);
    assert_eq!((decided.open.is_none(), decided.in_force()), (true, Strategy::Reduce));
    head.keys("<esc>");
    assert!(
        head.screen().contains("压缩") && head.screen().contains("下一步"),
        "{}",
        head.screen()
    );
    h.poll();
    h.keys("<esc>e");
    let screen = h.screen();
    assert!(screen.contains("压降步骤") && screen.contains("处置厂房"), "{screen}");
    // Met otherwise: noted with its proof, and the next step comes to the front.
    h.keys("a还款凭证12号<enter>");
    assert_eq!(h.refused, [], "{}", h.screen());
    let current = row(&mut h).current.unwrap();
    assert_eq!(current.next().map(|step| step.step), Some(2));
    h.keys("<esc>n");
    assert!(h.screen().contains("还款凭证12号"), "{}", h.screen());
    h.assert_whole();
}

#[test]
fn the_list_and_a_customer_are_whole_on_every_screen() {
    let office = Office::open();
    for (lang, width, height) in [
        (Lang::Zh, 80, 24),
        (Lang::En, 80, 24),
        (Lang::Zh, 120, 36),
        (Lang::En, 120, 36),
        (Lang::En, 200, 60),
    ] {
        let mut h = office.desk_of("lifang", width, height, lang);
        h.keys("5n");
        h.assert_whole();
        h.keys("jje");
        h.assert_whole();
        h.keys(&format!("<esc><esc>/{COMPANY}<enter>n"));
        h.assert_whole();
        h.keys("jjjGe");
        h.assert_whole();
        h.keys("<esc><esc>");
        assert!(h.app.overlays.is_empty(), "{}", h.screen());
    }
}

#[test]
fn what_the_portfolio_shows_leaves_as_a_file() {
    let office = Office::open();
    let mut h = office.desk("lifang");
    h.play(&[("5px", "表格存放位置")]);
    // The first Enter takes the word about the file away.
    h.keys("<enter><enter>");
    h.keys("x");
    assert_eq!(h.refused, [], "{}", h.screen());
    assert!(!h.app.overlays.is_empty(), "what was on the screen is still there");
    let exports = office.store().path().with_file_name("exports");
    let mut names: Vec<String> = std::fs::read_dir(exports)
        .unwrap()
        .map(|file| file.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert_eq!(names, ["portfolio-tier-2026-11-23.csv", "portfolio-tier-normal-2026-11-23.csv"]);
}
