//! What stands beside a statement, worked out from it, so that all of it adds up.

use super::row::Row;
use crate::domain::money::Fen;
use crate::protocol::tables::Cell;

/// The row of `statement_details` that belongs to a row of `statements`.
pub(super) fn of(statement: &Row, customer: &str) -> Row {
    let fen = |column| match statement.cell(column) {
        Some(Cell::Int(n)) => *n,
        _ => 0,
    };
    let months = fen("period_months");
    let cash = fen("cash");
    let restricted = cash * 15 / 100;
    let (closing, change) = (cash - restricted, cash / 20);
    let before_tax = fen("ebit") - fen("interest_expense");
    let operating = fen("operating_cash_flow");
    let investing = -fen("depreciation");
    let year_end = months == 12;
    let money = |row: Row, (column, n): (&str, i64)| row.money(column, Some(Fen(n)));
    let head = Row::of("statement_details")
        .text("customer_id", customer)
        .text("source", if year_end { "tax" } else { "customer" })
        .int("audited", Some(i64::from(year_end)));
    let head = match statement.cell("period_end") {
        Some(Cell::Text(end)) => head.text("period_end", end),
        _ => head,
    };
    [
        ("restricted_cash", restricted),
        ("fixed_assets", (fen("total_assets") - fen("current_assets")) * 7 / 10),
        ("noncurrent_assets", fen("total_assets") - fen("current_assets")),
        ("noncurrent_liabilities", fen("total_liabilities") - fen("current_liabilities")),
        ("paid_in_capital", fen("equity").max(0) / 2),
        ("profit_before_tax", before_tax),
        ("income_tax", before_tax - fen("net_profit")),
        ("investing_cash_flow", investing),
        ("financing_cash_flow", change - operating - investing),
        ("cash_change", change),
        ("opening_cash", closing - change),
        ("closing_cash", closing),
        ("top5_sales", fen("revenue") * 47 / 100),
        ("affiliate_sales", fen("revenue") * 6 / 100),
        ("guarantees_given", fen("equity").max(0) * 18 / 100),
        ("debt_service", fen("interest_expense") + fen("short_debt") * months / 36),
    ]
    .into_iter()
    .fold(head, money)
}
