//! What statements say: whether they add up (`domain.md` 4.3, data rules), and each period's ratios
//! and facts by name.

use std::collections::BTreeMap;

use chrono::{Datelike as _, Months};

use super::ratios::{Beside, NotComputable, Opening, Ratio, ratio};
use crate::domain::code::codes;
use crate::domain::flag::Level;
use crate::domain::money::{Decimal4, Fen};
use crate::domain::statement::{Statement, StatementLine as Line, years_before};
use crate::risk::Signals;

codes! {
    /// A rule by which a statement adds up.
    pub enum Balance {
        /// 资产 = 负债 + 所有者权益
        Sheet = "sheet",
        /// 流动资产 + 非流动资产 = 资产总计
        Assets = "assets",
        /// 流动负债 + 非流动负债 = 负债合计
        Liabilities = "liabilities",
        /// 货币资金 + 应收账款 + 存货 ≤ 流动资产合计
        CurrentAssets = "current_assets",
        /// 短期借款 + 应付账款 ≤ 流动负债合计
        CurrentLiabilities = "current_liabilities",
        /// 实收资本 + 留存收益 ≤ 所有者权益合计
        Equity = "equity",
        /// 营业收入 − 营业成本 = 毛利
        Gross = "gross",
        /// 利润总额 − 所得税费用 = 净利润
        Net = "net",
        /// 经营 + 投资 + 筹资 = 现金净增加额
        CashFlow = "cash_flow",
        /// 期初现金 + 现金净增加额 = 期末现金
        CashBalance = "cash_balance",
        /// 期末现金 ≤ 货币资金
        Cash = "cash",
    }
}

/// How the two sides of a rule stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Equal,
    AtMost,
}

/// How a rule came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It holds, within what rounding can do.
    Holds,
    /// Left less right.
    Off(Fen),
    /// This line is not known.
    Unknown(Line),
}

impl Balance {
    /// Lines on the left with the factor of each, the sign, lines on the right.
    const fn sides(self) -> (&'static [(Line, i128)], Sign, &'static [Line]) {
        match self {
            Self::Sheet => {
                (&[(Line::TotalAssets, 1)], Sign::Equal, &[Line::TotalLiabilities, Line::Equity])
            }
            Self::Assets => (
                &[(Line::CurrentAssets, 1), (Line::NoncurrentAssets, 1)],
                Sign::Equal,
                &[Line::TotalAssets],
            ),
            Self::Liabilities => (
                &[(Line::CurrentLiabilities, 1), (Line::NoncurrentLiabilities, 1)],
                Sign::Equal,
                &[Line::TotalLiabilities],
            ),
            Self::CurrentAssets => (
                &[(Line::Cash, 1), (Line::Receivables, 1), (Line::Inventory, 1)],
                Sign::AtMost,
                &[Line::CurrentAssets],
            ),
            Self::CurrentLiabilities => (
                &[(Line::ShortDebt, 1), (Line::Payables, 1)],
                Sign::AtMost,
                &[Line::CurrentLiabilities],
            ),
            Self::Equity => (
                &[(Line::PaidInCapital, 1), (Line::RetainedEarnings, 1)],
                Sign::AtMost,
                &[Line::Equity],
            ),
            Self::Gross => {
                (&[(Line::Revenue, 1), (Line::CostOfSales, -1)], Sign::Equal, &[Line::GrossProfit])
            }
            Self::Net => (
                &[(Line::ProfitBeforeTax, 1), (Line::IncomeTax, -1)],
                Sign::Equal,
                &[Line::NetProfit],
            ),
            Self::CashFlow => (
                &[
                    (Line::OperatingCashFlow, 1),
                    (Line::InvestingCashFlow, 1),
                    (Line::FinancingCashFlow, 1),
                ],
                Sign::Equal,
                &[Line::CashChange],
            ),
            Self::CashBalance => (
                &[(Line::OpeningCash, 1), (Line::CashChange, 1)],
                Sign::Equal,
                &[Line::ClosingCash],
            ),
            Self::Cash => (&[(Line::ClosingCash, 1)], Sign::AtMost, &[Line::Cash]),
        }
    }

    /// The lines that the rule is about, those on the left first.
    pub fn lines(self) -> impl Iterator<Item = Line> {
        let (left, _, right) = self.sides();
        left.iter().map(|(line, _)| *line).chain(right.iter().copied())
    }

    /// What a line must be so that the rule holds, if the other lines are known.
    pub fn solve(self, wanted: Line, of: &Statement) -> Option<Fen> {
        let (left, sign, right) = self.sides();
        if sign != Sign::Equal || !self.lines().any(|line| line == wanted) {
            return None;
        }
        // Everything on the left: the wanted line is minus what is left of the rest.
        let all = left.iter().copied().chain(right.iter().map(|line| (*line, -1)));
        let (mut rest, mut own) = (0_i128, 1_i128);
        for (line, factor) in all {
            if line == wanted {
                own = factor;
            } else {
                rest += i128::from(of.get(line)?.0) * factor;
            }
        }
        i64::try_from(-rest * own).ok().map(Fen)
    }

    /// Judges a statement by the rule.
    pub fn judge(self, of: &Statement) -> Verdict {
        let (left, sign, right) = self.sides();
        let mut sums = [0_i128; 2];
        let sides = left.iter().map(|(line, factor)| (0, *line, *factor));
        for (side, line, factor) in sides.chain(right.iter().map(|line| (1, *line, 1))) {
            let Some(amount) = of.get(line) else { return Verdict::Unknown(line) };
            if let Some(sum) = sums.get_mut(side) {
                *sum += i128::from(amount.0) * factor;
            }
        }
        let [left, right] = sums;
        let off = left - right;
        // One yuan, or a thousandth: what rounding to 万元 does.
        let slack = (right.abs() / 1_000).max(100);
        let holds = match sign {
            Sign::Equal => off.abs() <= slack,
            Sign::AtMost => off <= slack,
        };
        if holds {
            Verdict::Holds
        } else {
            // Sums of a few amounts that fit can be more than fits.
            let off = i64::try_from(off).unwrap_or(if off < 0 { i64::MIN } else { i64::MAX });
            Verdict::Off(Fen(off))
        }
    }
}

/// All rules with their verdicts.
pub fn balances(of: &Statement) -> impl Iterator<Item = (Balance, Verdict)> + '_ {
    Balance::ALL.iter().map(|rule| (*rule, rule.judge(of)))
}

/// What the bank knows beside the latest statement. `flows` are inflows by month (`2026-09`).
pub fn beside<'f>(
    exposure: Option<Fen>,
    collateral: impl IntoIterator<Item = Fen>,
    flows: impl Iterator<Item = (&'f str, Option<Fen>)>,
    now: Option<&Statement>,
) -> Beside {
    let mut collateral = collateral.into_iter().peekable();
    // Nothing pledged is not a value of nothing.
    let collateral = if collateral.peek().is_some() { Fen::sum_of(collateral) } else { None };
    let inflow = now.and_then(|now| {
        let months = u32::try_from(now.months?).ok()?;
        let last = now.period_end;
        let from = last.with_day(1)?.checked_sub_months(Months::new(months.checked_sub(1)?))?;
        let (from, until) = (from.format("%Y-%m").to_string(), last.format("%Y-%m").to_string());
        let within = flows.filter(|(month, _)| *month >= from.as_str() && *month <= until.as_str());
        let known: Vec<Fen> = within.filter_map(|(_, inflow)| inflow).collect();
        // A month that is missing would make the inflow look small.
        (known.len() == months as usize).then(|| Fen::sum_of(known))?
    });
    Beside { exposure, collateral, inflow, opening: Opening::default() }
}

/// One period with everything that can be worked out for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period<'s> {
    /// The statement.
    pub statement: &'s Statement,
    /// The same period of the year before.
    pub same: Option<&'s Statement>,
    /// Every ratio, or why it can't be worked out.
    pub ratios: BTreeMap<Ratio, Result<Decimal4, NotComputable>>,
    /// What stood when the same period of the year before began.
    began_before: Beside,
}

impl Period<'_> {
    /// The value of a ratio, if it can be worked out.
    pub fn value(&self, of: Ratio) -> Option<Decimal4> {
        self.ratios.get(&of).copied()?.ok()
    }

    /// The value of a ratio for the same period of the year before, if it can be worked out.
    fn value_before(&self, of: Ratio) -> Option<Decimal4> {
        ratio(of, self.same?, None, &self.began_before).ok()
    }
}

/// Works out every period, latest first.
pub fn periods<'s>(statements: &'s [Statement], beside: &Beside) -> Vec<Period<'s>> {
    let mut periods: Vec<Period<'s>> = statements
        .iter()
        .map(|statement| {
            let same = years_before(statements, statement.period_end, 1);
            let began_before = same.map(|same| Beside::began(statements, same)).unwrap_or_default();
            Period { statement, same, ratios: BTreeMap::new(), began_before }
        })
        .collect();
    periods.sort_by_key(|period| std::cmp::Reverse(period.statement.period_end));
    for (n, period) in periods.iter_mut().enumerate() {
        let began = Beside::began(statements, period.statement);
        // What the bank knows belongs to the latest.
        let beside = if n == 0 { Beside { opening: began.opening, ..*beside } } else { began };
        period.ratios = Ratio::ALL
            .iter()
            .map(|which| (*which, ratio(*which, period.statement, period.same, &beside)))
            .collect();
    }
    periods
}

codes! {
    /// What statements of several periods tell together.
    pub enum Fact {
        /// 净资产为负
        NegativeEquity = "negative_equity",
        /// 本期亏损
        Loss = "loss",
        /// 连续两期亏损
        LossTwice = "loss_twice",
        /// 经营现金流为负
        NegativeCashFlow = "negative_cash_flow",
        /// 经营现金流连续两期为负
        NegativeCashFlowTwice = "negative_cash_flow_twice",
        /// 报表不平
        Unbalanced = "unbalanced",
    }
}

/// The facts that hold for the latest period. What is not known is no fact.
///
/// Interim figures run from the first of January, so that a period is compared with the last
/// year-end and with the same period of the year before: either makes it the second time.
pub fn facts(statements: &[Statement]) -> Vec<Fact> {
    let mut facts = Vec::new();
    let Some(now) = statements.iter().max_by_key(|statement| statement.period_end) else {
        return facts;
    };
    let below = |of: &Statement, line| of.get(line).is_some_and(|fen| fen.0 < 0);
    let before = statements
        .iter()
        .filter(|s| s.period_end < now.period_end && s.months == Some(12))
        .max_by_key(|s| s.period_end);
    let same = years_before(statements, now.period_end, 1);
    if below(now, Line::Equity) {
        facts.push(Fact::NegativeEquity);
    }
    for (line, once, twice) in [
        (Line::NetProfit, Fact::Loss, Fact::LossTwice),
        (Line::OperatingCashFlow, Fact::NegativeCashFlow, Fact::NegativeCashFlowTwice),
    ] {
        if below(now, line) {
            let again = before.into_iter().chain(same).any(|other| below(other, line));
            facts.push(if again { twice } else { once });
        }
    }
    if balances(now).any(|(_, verdict)| matches!(verdict, Verdict::Off(_))) {
        facts.push(Fact::Unbalanced);
    }
    facts
}

/// Whether a ratio of the latest period is worse than the one before, and that worse than its
/// own predecessor: a signal even inside the limits.
pub fn worsens(library: &Signals, periods: &[Period<'_>], of: Ratio) -> bool {
    let Some(rule) = library.ratio(of) else { return false };
    let course: Vec<Decimal4> =
        periods.iter().take(3).filter_map(|period| period.value(of)).collect();
    match course.as_slice() {
        [now, before, earlier] => rule.is_worse(*now, *before) && rule.is_worse(*before, *earlier),
        _ => false,
    }
}

/// How grave a ratio of a period is; `None` = within the limits, not computable or not judged.
pub fn level(
    library: &Signals,
    period: &Period<'_>,
    of: Ratio,
    industry: Option<&str>,
) -> Option<Level> {
    if !library.judges(industry) {
        return None;
    }
    let rule = library.ratio(of)?;
    rule.level(period.value(of)?, period.value_before(of), industry)
}

#[cfg(test)]
mod tests;
