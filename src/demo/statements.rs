//! Statements of a borrower: two years of quarters that hang together, so that ratios, trends and
//! signals say something. Most businesses are sound; what is not well comes from [`Trouble`].

use chrono::{Datelike, NaiveDate};

use super::borrower::{Borrower, days_before};
use super::chance::Chance;
use super::details;
use super::row::Row;
use super::trouble::Trouble;
use crate::domain::loan::Tier;
use crate::domain::money::Fen;

/// What stays the same from quarter to quarter, in per cent.
struct Shape {
    /// Change of sales in a year.
    trend: i64,
    /// Gross margin.
    margin: i64,
    /// What running the business takes of the gross profit.
    running: i64,
    /// Debt to assets.
    debt: i64,
    /// Receivables to sales.
    receivables: i64,
    /// Stock to sales.
    stock: i64,
    /// Cash to sales.
    cash: i64,
    /// Current assets to current liabilities.
    current_ratio: i64,
}

impl Shape {
    fn of(borrower: &Borrower, chance: &mut Chance) -> Self {
        let tier = borrower.file.customer.tier;
        let weak = tier.is_some_and(|tier| tier != Tier::Normal);
        let mut shape = Self {
            trend: trend(borrower, chance),
            margin: chance.between(14, 34),
            running: chance.between(45, 60),
            debt: chance.between(38, 57) + if weak { 7 } else { 0 },
            receivables: chance.between(14, 22),
            stock: chance.between(9, 16),
            cash: chance.between(5, 9),
            current_ratio: chance.between(155, 235) - if weak { 25 } else { 0 },
        };
        match borrower.trouble {
            Some(Trouble::Debt) => shape.debt = chance.between(83, 89),
            Some(Trouble::Liquidity) => {
                (shape.receivables, shape.stock, shape.cash) = (12, 10, 2);
                shape.current_ratio = chance.between(72, 90);
            }
            _ => {}
        }
        shape
    }
}

/// How sales change from year to year, in per cent: worse borrowers shrink.
pub(super) fn trend(borrower: &Borrower, chance: &mut Chance) -> i64 {
    match (borrower.trouble, borrower.file.customer.tier) {
        (Some(Trouble::Sales), _) => chance.between(-34, -27),
        (Some(Trouble::Receivables), _) => chance.between(-3, 0),
        (_, None | Some(Tier::Normal)) => chance.between(-6, 12),
        (_, Some(_)) => chance.between(-14, -4),
    }
}

/// Eight quarters; flow figures run from the first of January.
pub(super) fn rows(
    today: NaiveDate,
    borrower: &Borrower,
    sales: i64,
    chance: &mut Chance,
) -> Vec<Row> {
    let shape = Shape::of(borrower, chance);
    let employees = (sales / 700_000).clamp(4, 900);
    let mut end = last_quarter_end(today);
    let mut rows = Vec::new();
    for back in 0..8 {
        let statement = quarter(borrower, &shape, (sales, employees), (end, back), chance);
        let beside = details::of(&statement, borrower.id());
        rows.extend([statement, beside]);
        end = last_quarter_end(days_before(end, 1));
    }
    rows
}

fn quarter(
    borrower: &Borrower,
    shape: &Shape,
    (sales, employees): (i64, i64),
    (end, back): (NaiveDate, i64),
    chance: &mut Chance,
) -> Row {
    let months = i64::from(end.month());
    // The further back, the less of the trend has happened.
    let year = sales * (100 - shape.trend * back / 4) / 100;
    let revenue = chance.about(year * months / 12, 2);
    let gross = revenue * shape.margin / 100 * chance.between(97, 103) / 100;
    let operating = gross * shape.running / 100;
    let interest = borrower.exposure() * months / 12 / 22;
    let depreciation = year / 40 * months / 12;
    let ebit = gross - operating;
    let profit = (ebit - interest) * 3 / 4;
    // What piles up has done so since the spring.
    let piled = |trouble| if borrower.trouble == Some(trouble) && back < 3 { 148 } else { 100 };
    let of_year = |share: i64, chance: &mut Chance| chance.about(year * share / 100, 3);
    let receivables = of_year(shape.receivables, chance) * piled(Trouble::Receivables) / 100;
    let inventory = of_year(shape.stock, chance) * piled(Trouble::Stock) / 100;
    let cash = of_year(shape.cash, chance);
    let current = (cash + receivables + inventory) * 105 / 100;
    let short_liabilities = current * 100 / shape.current_ratio;
    let assets = chance.about(year * 9 / 10, 2).max(current * 106 / 100);
    let liabilities = (assets * shape.debt / 100).max(short_liabilities * 104 / 100);
    let short = borrower.exposure().min(short_liabilities * 7 / 10);
    let yuan = |n: i64| Some(Fen::from_yuan(n));
    Row::of("statements")
        .text("customer_id", borrower.id())
        .date("period_end", Some(end))
        .int("period_months", Some(months))
        .money("cash", yuan(cash))
        .money("receivables", yuan(receivables))
        .money("inventory", yuan(inventory))
        .money("current_assets", yuan(current))
        .money("total_assets", yuan(assets))
        .money("short_debt", yuan(short))
        .money("payables", yuan(short_liabilities * 28 / 100))
        .money("current_liabilities", yuan(short_liabilities))
        .money("long_debt", yuan((liabilities - short_liabilities) * 9 / 10))
        .money("total_liabilities", yuan(liabilities))
        .money("retained_earnings", yuan((assets - liabilities) * 4 / 10))
        .money("equity", yuan(assets - liabilities))
        .money("revenue", yuan(revenue))
        .money("cost_of_sales", yuan(revenue - gross))
        .money("gross_profit", yuan(gross))
        .money("operating_expenses", yuan(operating))
        .money("ebit", yuan(ebit))
        .money("depreciation", yuan(depreciation))
        .money("interest_expense", yuan(interest))
        .money("net_profit", yuan(profit))
        .money("operating_cash_flow", yuan(chance.about(profit + depreciation, 45)))
        .int("employees", Some(chance.about(employees, 8)))
}

/// The last end of a quarter not later than this day.
pub(super) fn last_quarter_end(day: NaiveDate) -> NaiveDate {
    let next = day.checked_add_days(chrono::Days::new(1)).unwrap_or(day);
    let first = next.month0() / 3 * 3 + 1;
    NaiveDate::from_ymd_opt(next.year(), first, 1).and_then(|d| d.pred_opt()).unwrap_or(day)
}
