//! Whether a statement adds up (`domain.md` 4.3, data rules).

use super::{Statement, StatementLine as Line};
use crate::domain::code::codes;
use crate::domain::money::Fen;

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
        /// 受限资金 ≤ 货币资金
        RestrictedCash = "restricted_cash",
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
            Self::RestrictedCash => (&[(Line::RestrictedCash, 1)], Sign::AtMost, &[Line::Cash]),
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

/// Whether a rule is broken. What is not known breaks none.
pub fn is_unbalanced(of: &Statement) -> bool {
    balances(of).any(|(_, verdict)| matches!(verdict, Verdict::Off(_)))
}

/// All rules with their verdicts.
pub fn balances(of: &Statement) -> impl Iterator<Item = (Balance, Verdict)> + '_ {
    Balance::ALL.iter().map(|rule| (*rule, rule.judge(of)))
}
