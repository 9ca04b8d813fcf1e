//! Financial ratios (`domain.md` 4.3), exact: a missing figure or a zero below the line makes a
//! ratio not computable, never 0 and never fine.

use crate::domain::code::codes;
use crate::domain::money::{Decimal4, Fen};
use crate::domain::statement::{self, Statement, StatementLine as Line};

codes! {
    /// A ratio. Shares and margins are in percent, the others in times or days.
    pub enum Ratio {
        /// 资产负债率: total liabilities ÷ total assets, percent.
        Debt = "debt_ratio",
        /// 流动比率: current assets ÷ current liabilities.
        Current = "current_ratio",
        /// 速动比率: (current assets − inventory) ÷ current liabilities.
        Quick = "quick_ratio",
        /// 现金比率: cash ÷ current liabilities.
        Cash = "cash_ratio",
        /// 现金短债比: cash ÷ short-term debt.
        CashToShortDebt = "cash_to_short_debt",
        /// 应收账款周转率: revenue of a year ÷ average receivables.
        ReceivableTurnover = "receivable_turnover",
        /// 应收账款周转天数: 360 ÷ turnover.
        ReceivableDays = "receivable_days",
        /// 存货周转率: cost of sales of a year ÷ average inventory.
        InventoryTurnover = "inventory_turnover",
        /// 存货周转天数: 360 ÷ turnover.
        InventoryDays = "inventory_days",
        /// 总资产周转率: revenue of a year ÷ average total assets.
        AssetTurnover = "asset_turnover",
        /// 毛利率: (revenue − cost) ÷ revenue, percent.
        GrossMargin = "gross_margin",
        /// 净利率: net profit ÷ revenue, percent.
        NetMargin = "net_margin",
        /// 利息保障倍数: EBIT ÷ interest expense.
        InterestCover = "interest_cover",
        /// 现金流动负债比: operating cash flow of a year ÷ current liabilities, percent.
        CashFlowToCurrent = "ocf_to_current",
        /// 有息负债率: (short + long debt) ÷ total liabilities, percent.
        InterestBearing = "interest_bearing",
        /// 营收增长率: against the same period of the year before, percent.
        RevenueGrowth = "revenue_growth",
        /// 销贷比: (short + long debt) ÷ revenue of a year, percent.
        DebtToRevenue = "debt_to_revenue",
        /// 偿债备付率: (EBIT + depreciation − tax) ÷ principal and interest due in the period.
        DebtService = "debt_service_cover",
        /// 对外担保 ÷ 净资产, percent.
        Contingent = "contingent",
        /// 客户集中度: the five largest customers' share of revenue, percent.
        TopFive = "top5_share",
        /// 关联交易占比: sales to affiliates ÷ revenue, percent.
        AffiliateSales = "affiliate_share",
        /// 受限资金占比: ÷ cash, percent.
        RestrictedCash = "restricted_cash_share",
        /// 股权质押比例: percent.
        SharePledge = "share_pledge",
        /// 抵押率: secured exposure ÷ collateral value, percent.
        LoanToValue = "loan_to_value",
        /// 结算回笼率: inflow at this bank ÷ (this bank's share of the debt × revenue), percent.
        AccountCoverage = "account_coverage",
    }
}

/// In what a ratio is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Of a hundred.
    Percent,
    /// So many times.
    Times,
    /// Days.
    Days,
}

impl Ratio {
    /// Its unit, which decides how it is written.
    pub const fn unit(self) -> Unit {
        match self {
            Self::Current
            | Self::Quick
            | Self::Cash
            | Self::CashToShortDebt
            | Self::ReceivableTurnover
            | Self::InventoryTurnover
            | Self::AssetTurnover
            | Self::InterestCover
            | Self::DebtService => Unit::Times,
            Self::ReceivableDays | Self::InventoryDays => Unit::Days,
            Self::Debt
            | Self::GrossMargin
            | Self::NetMargin
            | Self::CashFlowToCurrent
            | Self::InterestBearing
            | Self::RevenueGrowth
            | Self::DebtToRevenue
            | Self::Contingent
            | Self::TopFive
            | Self::AffiliateSales
            | Self::RestrictedCash
            | Self::SharePledge
            | Self::LoanToValue
            | Self::AccountCoverage => Unit::Percent,
        }
    }

    /// Whether the ratio says how things stand at this bank, not what a statement says: it is only
    /// known for the present period.
    pub const fn is_of_the_bank(self) -> bool {
        matches!(self, Self::LoanToValue | Self::AccountCoverage)
    }
}

/// What stood when the period of a statement began. Turnover is told of the average between then and
/// its end; of what is not known, the end alone stands for the period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Opening {
    /// 期初应收账款
    pub receivables: Option<Fen>,
    /// 期初存货
    pub inventory: Option<Fen>,
    /// 期初资产总计
    pub total_assets: Option<Fen>,
}

impl Opening {
    /// From the statements of a customer.
    pub fn of(statements: &[Statement], of: &Statement) -> Self {
        let began = statement::opening(statements, of);
        let known = |line| began.and_then(|began| began.get(line));
        Self {
            receivables: known(Line::Receivables),
            inventory: known(Line::Inventory),
            total_assets: known(Line::TotalAssets),
        }
    }

    const fn line(self, line: Line) -> Option<Fen> {
        match line {
            Line::Receivables => self.receivables,
            Line::Inventory => self.inventory,
            Line::TotalAssets => self.total_assets,
            _ => None,
        }
    }
}

/// What is known beside a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Beside {
    /// Sum of the balances of the running loans.
    pub exposure: Option<Fen>,
    /// Sum of the balances of those that collateral secures; `None` where there are none.
    pub secured: Option<Fen>,
    /// Sum of the appraised values of the collateral.
    pub collateral: Option<Fen>,
    /// Inflow of the accounts here over the months that the statement covers; `None` unless every
    /// month is known.
    pub inflow: Option<Fen>,
    /// What stood when the period began.
    pub opening: Opening,
}

impl Beside {
    /// Nothing of the bank, only what stood when the period began.
    pub fn began(statements: &[Statement], of: &Statement) -> Self {
        Self { opening: Opening::of(statements, of), ..Self::default() }
    }
}

/// A figure that a ratio is worked out from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Input {
    /// A line of the statement.
    Line(Line),
    /// Months that the flow figures cover.
    Months,
    /// Share of the shares that is pledged.
    Pledged,
    /// Exposure at this bank.
    Exposure,
    /// What of it is secured by collateral.
    Secured,
    /// Value of the collateral.
    Collateral,
    /// Inflow of the accounts at this bank.
    Inflow,
}

/// Why a ratio can't be worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotComputable {
    /// This figure is not known.
    Missing(Input),
    /// What stands below the line is zero or less.
    NothingBelow(Input),
    /// There is no statement of the same period of the year before.
    NoComparison,
    /// The result does not fit.
    TooLarge,
}

type Figure = Result<i128, NotComputable>;

const fn known(fen: Option<Fen>, input: Input) -> Figure {
    match fen {
        // `i128::from` is not const.
        Some(fen) => Ok(fen.0 as i128),
        None => Err(NotComputable::Missing(input)),
    }
}

const fn positive(n: i128, input: Input) -> Figure {
    if n > 0 { Ok(n) } else { Err(NotComputable::NothingBelow(input)) }
}

fn get(of: &Statement, line: Line) -> Figure {
    known(of.get(line), Input::Line(line))
}

/// A figure that has to stand below the line.
fn below(of: &Statement, line: Line) -> Figure {
    positive(get(of, line)?, Input::Line(line))
}

fn months(of: &Statement) -> Figure {
    // More than ten years is no period of a statement.
    let months = of.months.filter(|months| *months <= 120);
    let months = months.ok_or(NotComputable::Missing(Input::Months))?;
    positive(i128::from(months), Input::Months)
}

fn debt(of: &Statement) -> Figure {
    Ok(get(of, Line::ShortDebt)? + get(of, Line::LongDebt)?)
}

/// Above and below the line.
type Fraction = Result<(i128, i128), NotComputable>;

/// Twice what a stock was on average in the period.
fn twice(of: &Statement, stock: Line, began: Opening) -> Figure {
    let end = get(of, stock)?;
    Ok(end + began.line(stock).map_or(end, |began| i128::from(began.0)))
}

/// A flow to a year by a stock.
fn turnover(of: &Statement, flow: Line, stock: Line, began: Opening) -> Fraction {
    let stock = positive(twice(of, stock, began)?, Input::Line(stock))?;
    Ok((get(of, flow)? * 12 * 2, stock * months(of)?))
}

/// How many days of a flow a stock is.
fn days(of: &Statement, stock: Line, flow: Line, began: Opening) -> Fraction {
    Ok((twice(of, stock, began)? * months(of)? * 360, below(of, flow)? * 12 * 2))
}

/// So many hundredths of it.
fn percent(above: Figure, below: impl FnOnce() -> Figure) -> Fraction {
    Ok((above? * 100, below()?))
}

fn gross(of: &Statement) -> Figure {
    match get(of, Line::GrossProfit) {
        Ok(profit) => Ok(profit),
        Err(_not_stated) => Ok(get(of, Line::Revenue)? - get(of, Line::CostOfSales)?),
    }
}

/// Works out a ratio. `before` is the statement of the same period of the year before.
pub fn ratio(
    ratio: Ratio,
    now: &Statement,
    before: Option<&Statement>,
    beside: &Beside,
) -> Result<Decimal4, NotComputable> {
    let (f, began) = (now, beside.opening);
    let revenue = || below(f, Line::Revenue);
    let current = || below(f, Line::CurrentLiabilities);
    let (above, below) = match ratio {
        Ratio::Debt => percent(get(f, Line::TotalLiabilities), || below(f, Line::TotalAssets))?,
        Ratio::Current => (get(f, Line::CurrentAssets)?, current()?),
        Ratio::Quick => (get(f, Line::CurrentAssets)? - get(f, Line::Inventory)?, current()?),
        Ratio::Cash => (get(f, Line::Cash)?, current()?),
        Ratio::CashToShortDebt => (get(f, Line::Cash)?, below(f, Line::ShortDebt)?),
        Ratio::ReceivableTurnover => turnover(f, Line::Revenue, Line::Receivables, began)?,
        Ratio::ReceivableDays => days(f, Line::Receivables, Line::Revenue, began)?,
        Ratio::InventoryTurnover => turnover(f, Line::CostOfSales, Line::Inventory, began)?,
        Ratio::InventoryDays => days(f, Line::Inventory, Line::CostOfSales, began)?,
        Ratio::AssetTurnover => turnover(f, Line::Revenue, Line::TotalAssets, began)?,
        Ratio::GrossMargin => percent(gross(f), revenue)?,
        Ratio::NetMargin => percent(get(f, Line::NetProfit), revenue)?,
        Ratio::InterestCover => (get(f, Line::Ebit)?, below(f, Line::InterestExpense)?),
        Ratio::CashFlowToCurrent => {
            (get(f, Line::OperatingCashFlow)? * 12 * 100, current()? * months(f)?)
        }
        Ratio::InterestBearing => percent(debt(f), || below(f, Line::TotalLiabilities))?,
        Ratio::RevenueGrowth => {
            let before = before.ok_or(NotComputable::NoComparison)?;
            if months(before)? != months(f)? {
                return Err(NotComputable::NoComparison);
            }
            let old = below(before, Line::Revenue)?;
            ((get(f, Line::Revenue)? - old) * 100, old)
        }
        Ratio::DebtToRevenue => (debt(f)? * months(f)? * 100, revenue()? * 12),
        Ratio::DebtService => {
            let earned = get(f, Line::Ebit)? + get(f, Line::Depreciation)?;
            (earned - get(f, Line::IncomeTax)?, below(f, Line::DebtService)?)
        }
        Ratio::Contingent => percent(get(f, Line::GuaranteesGiven), || below(f, Line::Equity))?,
        Ratio::TopFive => percent(get(f, Line::TopFiveSales), revenue)?,
        Ratio::AffiliateSales => percent(get(f, Line::AffiliateSales), revenue)?,
        Ratio::RestrictedCash => percent(get(f, Line::RestrictedCash), || below(f, Line::Cash))?,
        Ratio::SharePledge => {
            return f.pledged.ok_or(NotComputable::Missing(Input::Pledged));
        }
        Ratio::LoanToValue => {
            let value = known(beside.collateral, Input::Collateral)?;
            (known(beside.secured, Input::Secured)? * 100, positive(value, Input::Collateral)?)
        }
        Ratio::AccountCoverage => account_coverage(f, beside)?,
    };
    divide(above, below)
}

/// Inflow by what would be this bank's share of the revenue if every lender got hers.
fn account_coverage(of: &Statement, beside: &Beside) -> Fraction {
    let exposure = positive(known(beside.exposure, Input::Exposure)?, Input::Exposure)?;
    let all = positive(debt(of)?, Input::Line(Line::ShortDebt))?;
    // A loan younger than the statement is not in its debt yet: the share ends at the whole.
    let share = exposure.min(all);
    let due = share.checked_mul(below(of, Line::Revenue)?).ok_or(NotComputable::TooLarge)?;
    let inflow = known(beside.inflow, Input::Inflow)? * 100;
    Ok((inflow.checked_mul(all).ok_or(NotComputable::TooLarge)?, due))
}

/// The quotient in ten-thousandths, rounded half away from zero. `below` is positive.
fn divide(above: i128, below: i128) -> Result<Decimal4, NotComputable> {
    let scaled = above.checked_mul(10_000).ok_or(NotComputable::TooLarge)?;
    let (whole, rest) = (scaled / below, scaled % below);
    let up = match rest.abs().checked_mul(2) {
        Some(twice) if twice < below => 0,
        _ => rest.signum(),
    };
    i64::try_from(whole + up).map(Decimal4).map_err(|_too_large| NotComputable::TooLarge)
}

#[cfg(test)]
mod tests;
