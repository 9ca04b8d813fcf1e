//! How the ratios of the statements are judged in print: as on the screen.

use super::sample::day;
use super::*;
use crate::domain::loan::GuaranteeMode;
use crate::domain::statement::{Statement, StatementLine as Line};
use crate::protocol::page::CollateralRow;

fn statement(end: &str, lines: &[(Line, i64)]) -> Statement {
    let amounts = lines.iter().map(|(line, yuan)| (*line, Fen::from_yuan(*yuan))).collect();
    Statement { months: Some(12), amounts, ..Statement::empty(day(end)) }
}

/// The last column of a ratio's row in the report of a visit.
fn judged(name: &str, lang: Lang, statements: Vec<Statement>, unfinished: bool) -> String {
    let mut page = sample::visit();
    page.base.dossier.statements = statements;
    page.base.dossier.unfinished = unfinished;
    let text = text_of(&page, lang, ReportFormat::Markdown);
    // A question of the checklist may have the same name: its row has fewer cells.
    let rows = text.lines().filter(|line| line.starts_with(&format!("| {name} |")));
    let row = rows.map(|line| line.split('|').collect::<Vec<_>>()).find(|row| row.len() == 8);
    row.unwrap()[6].trim().to_owned()
}

#[test]
fn ratios_are_judged_in_print_as_on_the_screen() {
    let sheet = |assets, debts| [(Line::TotalAssets, assets), (Line::TotalLiabilities, debts)];
    let margin = |end, gross| statement(end, &[(Line::Revenue, 1_000), (Line::GrossProfit, gross)]);
    let debt = "资产负债率";
    let cases = [
        (debt, vec![statement("2026-09-30", &sheet(100, 50))], "正常"),
        (debt, vec![statement("2026-09-30", &sheet(100, 65))], "**关注**"),
        (debt, vec![statement("2026-09-30", &sheet(100, 80))], "**警戒**"),
        (debt, vec![statement("2026-09-30", &sheet(100, 120))], "**红线**"),
        // There is no ratio, and nothing is graver.
        (debt, vec![statement("2026-09-30", &sheet(0, 50))], "**红线**"),
        (debt, vec![statement("2026-09-30", &sheet(0, 0))], ""),
        // Within its limits, and worse by eight points than a year ago.
        ("毛利率", vec![margin("2026-09-30", 220)], "正常"),
        ("毛利率", vec![margin("2026-09-30", 220), margin("2025-09-30", 300)], "**关注**"),
    ];
    for (name, statements, expected) in cases {
        assert_eq!(judged(name, Lang::Zh, statements.clone(), false), expected, "{statements:?}");
        // A project that is being built is not judged, and so not told as fine.
        assert_eq!(judged(name, Lang::Zh, statements, true), "");
    }
    let grave = vec![statement("2026-09-30", &sheet(100, 120))];
    assert_eq!(judged("Debt ratio", Lang::En, grave, false), "**RED LINE**");
}

#[test]
fn a_statement_that_came_after_the_visit_says_nothing_in_its_report() {
    use crate::risk::statements::Fact;
    let mut page = sample::visit();
    let told = |page: &crate::protocol::page::ReportPage| {
        let said = crate::i18n::words::statement_fact(Lang::Zh, Fact::NegativeEquity);
        text_of(page, Lang::Zh, ReportFormat::Markdown).contains(said)
    };
    let used_up = |end| statement(end, &[(Line::TotalAssets, 100), (Line::Equity, -5)]);
    let fine = statement("2026-09-30", &[(Line::TotalAssets, 100), (Line::Equity, 5)]);
    page.base.dossier.statements = vec![used_up("2026-12-31"), fine];
    assert!(!told(&page));
    page.base.dossier.statements = vec![used_up("2026-09-30")];
    assert!(told(&page));
}

/// What collateral secures stands among the ratios in print as on the screen.
#[test]
fn the_share_that_collateral_secures_is_a_ratio_in_print() {
    let of = |guarantee| {
        let mut page = sample::visit();
        let dossier = &mut page.base.dossier;
        dossier.statements = vec![statement("2026-09-30", &[(Line::TotalAssets, 100)])];
        dossier.loans[0].guarantee = Some(guarantee);
        dossier.collateral = vec![CollateralRow {
            id: "Y1".to_owned(),
            kind: "厂房".to_owned(),
            value: Fen::from_yuan(12_315_000),
            place: None,
            valued_on: None,
            next_valuation_on: None,
            insured_until: None,
            counts: true,
        }];
        let text = text_of(&page, Lang::Zh, ReportFormat::Markdown);
        text.lines().any(|line| line.starts_with("| 抵押率 |") && line.contains("75"))
    };
    assert!(of(GuaranteeMode::Mortgage));
    assert!(!of(GuaranteeMode::Guarantee), "nothing is secured");
}
