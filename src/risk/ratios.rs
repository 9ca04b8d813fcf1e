//! Financial ratios (`domain.md` 4.3), exact: a missing figure or a zero below the line makes a
//! ratio not computable, never 0 and never fine.

use std::collections::BTreeMap;

use crate::domain::code::codes;
use crate::domain::money::{Decimal4, Fen};

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
        /// 应收账款周转率: revenue of a year ÷ receivables.
        ReceivableTurnover = "receivable_turnover",
        /// 应收账款周转天数: 360 ÷ turnover.
        ReceivableDays = "receivable_days",
        /// 存货周转率: cost of sales of a year ÷ inventory.
        InventoryTurnover = "inventory_turnover",
        /// 存货周转天数: 360 ÷ turnover.
        InventoryDays = "inventory_days",
        /// 总资产周转率: revenue of a year ÷ total assets.
        AssetTurnover = "asset_turnover",
        /// 毛利率: (revenue − cost) ÷ revenue, percent.
        GrossMargin = "gross_margin",
        /// 净利率: net profit ÷ revenue, percent.
        NetMargin = "net_margin",
        /// 利息保障倍数: EBIT ÷ interest expense.
        InterestCover = "interest_cover",
        /// 现金流动负债比: operating cash flow ÷ current liabilities, percent.
        CashFlowToCurrent = "ocf_to_current",
        /// 有息负债率: (short + long debt) ÷ total liabilities, percent.
        InterestBearing = "interest_bearing",
        /// 营收增长率: against the same period of the year before, percent.
        RevenueGrowth = "revenue_growth",
        /// 销贷比: (short + long debt) ÷ revenue of a year, percent.
        DebtToRevenue = "debt_to_revenue",
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
            | Self::InterestCover => Unit::Times,
            Self::ReceivableDays | Self::InventoryDays => Unit::Days,
            Self::Debt
            | Self::GrossMargin
            | Self::NetMargin
            | Self::CashFlowToCurrent
            | Self::InterestBearing
            | Self::RevenueGrowth
            | Self::DebtToRevenue => Unit::Percent,
        }
    }
}

/// Figures of one statement.
#[derive(Debug, Clone, Copy)]
pub struct Figures<'a> {
    /// Amounts by column name of the exchange (`total_assets`, `revenue` …); absent = unknown.
    pub amounts: &'a BTreeMap<&'static str, Fen>,
    /// Months that the flow figures cover.
    pub months: Option<i64>,
}

/// Why a ratio can't be worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotComputable {
    /// This figure is not known: column name, or `period_months`.
    Missing(&'static str),
    /// What stands below the line is zero or less: column name.
    NothingBelow(&'static str),
    /// There is no statement of the same period of the year before.
    NoComparison,
    /// The result does not fit.
    TooLarge,
}

type Figure = Result<i128, NotComputable>;

impl Figures<'_> {
    fn get(&self, name: &'static str) -> Figure {
        let known = self.amounts.get(name).map(|fen| i128::from(fen.0));
        known.ok_or(NotComputable::Missing(name))
    }

    /// A figure that has to stand below the line.
    fn below(&self, name: &'static str) -> Figure {
        Self::positive(self.get(name)?, name)
    }

    const fn positive(n: i128, name: &'static str) -> Figure {
        if n > 0 { Ok(n) } else { Err(NotComputable::NothingBelow(name)) }
    }

    fn months(&self) -> Figure {
        // More than ten years is no period of a statement.
        let months = self.months.filter(|months| *months <= 120);
        let months = months.ok_or(NotComputable::Missing("period_months"))?;
        Self::positive(i128::from(months), "period_months")
    }

    fn debt(&self) -> Figure {
        Ok(self.get("short_debt")? + self.get("long_debt")?)
    }

    /// `flow` to a year by `stock`, as numerator and denominator.
    fn turnover(
        &self,
        flow: &'static str,
        stock: &'static str,
    ) -> Result<(i128, i128), NotComputable> {
        Ok((self.get(flow)? * 12, self.below(stock)? * self.months()?))
    }
}

/// Works out a ratio. `before` is the statement of the same period of the year before.
pub fn ratio(
    ratio: Ratio,
    now: Figures<'_>,
    before: Option<Figures<'_>>,
) -> Result<Decimal4, NotComputable> {
    let f = now;
    let (scale, above, below) = match ratio {
        Ratio::Debt => (100, f.get("total_liabilities")?, f.below("total_assets")?),
        Ratio::Current => (1, f.get("current_assets")?, f.below("current_liabilities")?),
        Ratio::Quick => {
            let quick = f.get("current_assets")? - f.get("inventory")?;
            (1, quick, f.below("current_liabilities")?)
        }
        Ratio::Cash => (1, f.get("cash")?, f.below("current_liabilities")?),
        Ratio::CashToShortDebt => (1, f.get("cash")?, f.below("short_debt")?),
        Ratio::ReceivableTurnover => {
            let (flow, stock) = f.turnover("revenue", "receivables")?;
            (1, flow, stock)
        }
        Ratio::ReceivableDays => {
            let stock = f.get("receivables")? * f.months()?;
            (360, stock, f.below("revenue")? * 12)
        }
        Ratio::InventoryTurnover => {
            let (flow, stock) = f.turnover("cost_of_sales", "inventory")?;
            (1, flow, stock)
        }
        Ratio::InventoryDays => {
            let stock = f.get("inventory")? * f.months()?;
            (360, stock, f.below("cost_of_sales")? * 12)
        }
        Ratio::AssetTurnover => {
            let (flow, stock) = f.turnover("revenue", "total_assets")?;
            (1, flow, stock)
        }
        Ratio::GrossMargin => {
            let profit = match f.get("gross_profit") {
                Ok(profit) => profit,
                Err(_not_stated) => f.get("revenue")? - f.get("cost_of_sales")?,
            };
            (100, profit, f.below("revenue")?)
        }
        Ratio::NetMargin => (100, f.get("net_profit")?, f.below("revenue")?),
        Ratio::InterestCover => (1, f.get("ebit")?, f.below("interest_expense")?),
        Ratio::CashFlowToCurrent => {
            (100, f.get("operating_cash_flow")?, f.below("current_liabilities")?)
        }
        Ratio::InterestBearing => (100, f.debt()?, f.below("total_liabilities")?),
        Ratio::RevenueGrowth => {
            let before = before.ok_or(NotComputable::NoComparison)?;
            if before.months()? != f.months()? {
                return Err(NotComputable::NoComparison);
            }
            let old = before.below("revenue")?;
            (100, f.get("revenue")? - old, old)
        }
        Ratio::DebtToRevenue => (100, f.debt()? * f.months()?, f.below("revenue")? * 12),
    };
    divide(above * scale, below)
}

/// The quotient in ten-thousandths, rounded half away from zero. `below` is positive.
fn divide(above: i128, below: i128) -> Result<Decimal4, NotComputable> {
    let scaled = above.checked_mul(10_000).ok_or(NotComputable::TooLarge)?;
    let (whole, rest) = (scaled / below, scaled % below);
    let up = if rest.abs() * 2 >= below { rest.signum() } else { 0 };
    i64::try_from(whole + up).map(Decimal4).map_err(|_too_large| NotComputable::TooLarge)
}

#[cfg(test)]
mod tests;
