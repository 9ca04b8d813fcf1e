//! Financial statements: one per customer and day on which the period ended.

mod balance;
mod doubt;

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::code::codes;
use super::money::{Decimal4, Fen};

pub use balance::{Balance, Verdict, balances, is_unbalanced};
pub use doubt::{Doubt, Impossible, doubts, impossible};

/// No flow figure covers more months than this.
pub const MOST_MONTHS: i64 = 24;

/// Whether a number can be a share of a whole, in percent.
pub fn is_share(percent: Decimal4) -> bool {
    (0..=Decimal4::from_int(100).0).contains(&percent.0)
}

codes! {
    /// A line of a statement (报表项目): its code is the column of the exchange.
    pub enum StatementLine {
        /// 货币资金
        Cash = "cash",
        /// 其中：受限资金
        RestrictedCash = "restricted_cash",
        /// 应收账款
        Receivables = "receivables",
        /// 存货
        Inventory = "inventory",
        /// 流动资产合计
        CurrentAssets = "current_assets",
        /// 固定资产
        FixedAssets = "fixed_assets",
        /// 非流动资产合计
        NoncurrentAssets = "noncurrent_assets",
        /// 资产总计
        TotalAssets = "total_assets",
        /// 短期借款
        ShortDebt = "short_debt",
        /// 应付账款
        Payables = "payables",
        /// 流动负债合计
        CurrentLiabilities = "current_liabilities",
        /// 长期借款
        LongDebt = "long_debt",
        /// 非流动负债合计
        NoncurrentLiabilities = "noncurrent_liabilities",
        /// 负债合计
        TotalLiabilities = "total_liabilities",
        /// 实收资本
        PaidInCapital = "paid_in_capital",
        /// 留存收益
        RetainedEarnings = "retained_earnings",
        /// 所有者权益合计
        Equity = "equity",
        /// 营业收入
        Revenue = "revenue",
        /// 营业成本
        CostOfSales = "cost_of_sales",
        /// 毛利
        GrossProfit = "gross_profit",
        /// 期间费用
        OperatingExpenses = "operating_expenses",
        /// 息税前利润
        Ebit = "ebit",
        /// 折旧与摊销
        Depreciation = "depreciation",
        /// 利息支出
        InterestExpense = "interest_expense",
        /// 利润总额
        ProfitBeforeTax = "profit_before_tax",
        /// 所得税费用
        IncomeTax = "income_tax",
        /// 净利润
        NetProfit = "net_profit",
        /// 经营活动现金流量净额
        OperatingCashFlow = "operating_cash_flow",
        /// 投资活动现金流量净额
        InvestingCashFlow = "investing_cash_flow",
        /// 筹资活动现金流量净额
        FinancingCashFlow = "financing_cash_flow",
        /// 现金净增加额
        CashChange = "cash_change",
        /// 期初现金余额
        OpeningCash = "opening_cash",
        /// 期末现金余额, without what is restricted.
        ClosingCash = "closing_cash",
        /// 前五大客户销售额
        TopFiveSales = "top5_sales",
        /// 关联方销售额
        AffiliateSales = "affiliate_sales",
        /// 对外担保余额
        GuaranteesGiven = "guarantees_given",
        /// 本期应还本息, to all lenders.
        DebtService = "debt_service",
        /// 市值
        MarketValue = "market_value",
    }
}

codes! {
    /// Part of a statement.
    pub enum StatementPart {
        /// 资产负债表
        BalanceSheet = "balance_sheet",
        /// 利润表
        Income = "income",
        /// 现金流量表
        CashFlow = "cash_flow",
        /// 附注
        Notes = "notes",
    }
}

codes! {
    /// Where a statement comes from (R102).
    pub enum StatementSource {
        /// 客户提供
        Customer = "customer",
        /// 税务报送
        Tax = "tax",
        /// 公开披露
        Published = "public",
        /// 第三方
        Third = "third",
    }
}

impl StatementLine {
    /// The part in which the line stands.
    pub const fn part(self) -> StatementPart {
        match self {
            Self::Revenue
            | Self::CostOfSales
            | Self::GrossProfit
            | Self::OperatingExpenses
            | Self::Ebit
            | Self::Depreciation
            | Self::InterestExpense
            | Self::ProfitBeforeTax
            | Self::IncomeTax
            | Self::NetProfit => StatementPart::Income,
            Self::OperatingCashFlow
            | Self::InvestingCashFlow
            | Self::FinancingCashFlow
            | Self::CashChange
            | Self::OpeningCash
            | Self::ClosingCash => StatementPart::CashFlow,
            Self::TopFiveSales
            | Self::AffiliateSales
            | Self::GuaranteesGiven
            | Self::DebtService
            | Self::MarketValue => StatementPart::Notes,
            _ => StatementPart::BalanceSheet,
        }
    }

    /// Whether the line is a sum of others, or what is left of them.
    pub const fn is_total(self) -> bool {
        matches!(
            self,
            Self::CurrentAssets
                | Self::NoncurrentAssets
                | Self::TotalAssets
                | Self::CurrentLiabilities
                | Self::NoncurrentLiabilities
                | Self::TotalLiabilities
                | Self::Equity
                | Self::GrossProfit
                | Self::ProfitBeforeTax
                | Self::NetProfit
                | Self::CashChange
                | Self::ClosingCash
        )
    }

    /// Whether the line is what came together in the period, not what stood at its end.
    pub const fn is_flow(self) -> bool {
        match self.part() {
            StatementPart::Income => true,
            StatementPart::CashFlow => !matches!(self, Self::OpeningCash | Self::ClosingCash),
            StatementPart::Notes => {
                matches!(self, Self::TopFiveSales | Self::AffiliateSales | Self::DebtService)
            }
            StatementPart::BalanceSheet => false,
        }
    }

    /// Whether the line can well be below zero: what is left of others, and flows.
    pub const fn may_be_negative(self) -> bool {
        matches!(
            self,
            Self::RetainedEarnings
                | Self::Equity
                | Self::GrossProfit
                | Self::Ebit
                | Self::InterestExpense
                | Self::ProfitBeforeTax
                | Self::IncomeTax
                | Self::NetProfit
                | Self::OperatingCashFlow
                | Self::InvestingCashFlow
                | Self::FinancingCashFlow
                | Self::CashChange
        )
    }

    /// Whether the line is among the columns of `statements`; the others stand in
    /// `statement_details`.
    pub const fn is_basic(self) -> bool {
        !matches!(
            self,
            Self::RestrictedCash
                | Self::FixedAssets
                | Self::NoncurrentAssets
                | Self::NoncurrentLiabilities
                | Self::PaidInCapital
                | Self::ProfitBeforeTax
                | Self::IncomeTax
                | Self::InvestingCashFlow
                | Self::FinancingCashFlow
                | Self::CashChange
                | Self::OpeningCash
                | Self::ClosingCash
                | Self::TopFiveSales
                | Self::AffiliateSales
                | Self::GuaranteesGiven
                | Self::DebtService
        )
    }
}

/// A statement; a line that is not in it is unknown, never 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// 报表日期
    pub period_end: NaiveDate,
    /// Months that the flow figures cover.
    pub months: Option<i64>,
    /// Amounts in yuan, exact.
    pub amounts: BTreeMap<StatementLine, Fen>,
    /// Share of the owners' shares that is pledged, percent.
    pub pledged: Option<Decimal4>,
    /// Where it comes from; `None` = not said.
    pub source: Option<StatementSource>,
    /// Whether an auditor has signed it.
    pub audited: bool,
}

impl Statement {
    /// A statement without a line.
    pub const fn empty(period_end: NaiveDate) -> Self {
        Self {
            period_end,
            months: None,
            amounts: BTreeMap::new(),
            pledged: None,
            source: None,
            audited: false,
        }
    }

    /// The amount of a line as a course shows it: a flow worked out to a year, so that nine months
    /// stand beside twelve.
    pub fn paced(&self, line: StatementLine) -> Option<Fen> {
        let amount = self.get(line)?;
        if !line.is_flow() {
            return Some(amount);
        }
        let months = self.months.filter(|months| *months > 0)?;
        i64::try_from(i128::from(amount.0) * 12 / i128::from(months)).ok().map(Fen)
    }

    /// The amount of a line.
    pub fn get(&self, line: StatementLine) -> Option<Fen> {
        self.amounts.get(&line).copied()
    }
}

/// The statement of the same month, so many years before this one.
pub fn years_before(statements: &[Statement], end: NaiveDate, years: i32) -> Option<&Statement> {
    statements
        .iter()
        .find(|s| s.period_end.year() == end.year() - years && s.period_end.month() == end.month())
}

/// Counted in months, so that the 31st of August begins what ends on the 30th of November.
fn month(of: &Statement) -> i64 {
    i64::from(of.period_end.year()) * 12 + i64::from(of.period_end.month0())
}

/// The statement of the day on which the period of this one began.
pub fn opening<'s>(statements: &'s [Statement], of: &Statement) -> Option<&'s Statement> {
    let months = u32::try_from(of.months?).ok().filter(|months| (1..=120).contains(months))?;
    let began = month(of) - i64::from(months);
    statements.iter().find(|s| month(s) == began)
}

/// Months from the end of one statement to the end of a later one.
pub fn apart(later: &Statement, earlier: &Statement) -> i64 {
    month(later) - month(earlier)
}

/// Months between two statements of which neither tells: from the end of the earlier one to the
/// beginning of the later. One that does not say how long its period was tells a year at the most.
pub fn untold(later: &Statement, earlier: &Statement) -> i64 {
    (apart(later, earlier) - later.months.unwrap_or(12)).max(0)
}

/// The statements in even steps of time, the latest last, at most so many steps: where there is none,
/// there is a gap. A step is the longest that meets every statement, a year at the most.
pub fn course<'s>(
    statements: impl IntoIterator<Item = &'s Statement>,
    most: usize,
) -> Vec<Option<&'s Statement>> {
    let mut all: Vec<&Statement> = statements.into_iter().collect();
    all.sort_by_key(|s| std::cmp::Reverse(s.period_end));
    // Two of one month take one place: the later one stands there.
    all.dedup_by_key(|s| month(s));
    let Some(latest) = all.first().copied() else { return Vec::new() };
    let step = all.iter().fold(12, |step, s| greatest_divisor(step, apart(latest, s)));
    let mut course = Vec::new();
    for statement in all {
        let place = usize::try_from(apart(latest, statement) / step).unwrap_or(usize::MAX);
        if place >= most {
            break;
        }
        course.resize(place, None);
        course.push(Some(statement));
    }
    course.reverse();
    course
}

fn greatest_divisor(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { greatest_divisor(b, a % b) }
}

/// The statements that are compared (F51), each where there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FourColumns<'s> {
    /// 放款时: the latest up to the day on which the first running loan was paid out.
    pub at_disbursement: Option<&'s Statement>,
    /// 上年末: of the last year-end before the present one.
    pub last_year_end: Option<&'s Statement>,
    /// 上年同期: of the same month of the year before.
    pub same_period: Option<&'s Statement>,
    /// 本期: the latest.
    pub now: Option<&'s Statement>,
}

impl<'s> FourColumns<'s> {
    /// Chooses among statements up to a day; their order does not matter.
    pub fn choose(
        statements: &'s [Statement],
        disbursed: Option<NaiveDate>,
        day: NaiveDate,
    ) -> Self {
        let latest = |until: NaiveDate| {
            let known = statements.iter().filter(|s| s.period_end <= until);
            known.max_by_key(|s| s.period_end)
        };
        let Some(now) = latest(day) else { return Self::default() };
        let year_end = NaiveDate::from_ymd_opt(now.period_end.year() - 1, 12, 31);
        Self {
            at_disbursement: disbursed.and_then(latest),
            last_year_end: statements.iter().find(|s| Some(s.period_end) == year_end),
            same_period: years_before(statements, now.period_end, 1),
            now: Some(now),
        }
    }

    /// In the order in which they are shown.
    pub const fn all(self) -> [Option<&'s Statement>; 4] {
        [self.at_disbursement, self.last_year_end, self.same_period, self.now]
    }
}

#[cfg(test)]
mod tests;
