//! Loans and drawdowns.

mod doubt;

use chrono::NaiveDate;

use super::code::codes;
use super::ids::{DrawdownId, LoanId};
use super::money::Fen;

pub use doubt::{LONGEST_YEARS, LoanDoubt, Terms, doubts};

codes! {
    /// 五级分类, from best to worst.
    pub enum Tier {
        /// 正常
        Normal = "normal",
        /// 关注
        SpecialMention = "special_mention",
        /// 次级
        Substandard = "substandard",
        /// 可疑
        Doubtful = "doubtful",
        /// 损失
        Loss = "loss",
    }
}

codes! {
    /// 借据状态
    pub enum LoanStatus {
        /// 正常在贷
        Active = "active",
        /// 结清
        Settled = "settled",
        /// 核销
        WrittenOff = "written_off",
    }
}

codes! {
    /// 担保方式
    pub enum GuaranteeMode {
        /// 信用
        Credit = "credit",
        /// 保证
        Guarantee = "guarantee",
        /// 抵押
        Mortgage = "mortgage",
        /// 质押
        Pledge = "pledge",
    }
}

impl GuaranteeMode {
    /// Whether collateral secures the loan: its balance is part of what a loan-to-value holds against
    /// the value of the collateral.
    pub const fn is_by_collateral(self) -> bool {
        matches!(self, Self::Mortgage | Self::Pledge)
    }
}

/// A loan: one receipt (借据).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loan {
    /// 借据号
    pub id: LoanId,
    /// 借据金额
    pub amount: Fen,
    /// 贷款余额; missing = gap.
    pub balance: Option<Fen>,
    /// 放款日期
    pub disbursed_on: NaiveDate,
    /// 到期日期; missing = gap.
    pub matures_on: Option<NaiveDate>,
    /// 借据状态
    pub status: LoanStatus,
    /// Day of settlement or write-off; `None` counts as `matures_on`.
    pub settled_on: Option<NaiveDate>,
    /// 逾期天数, as the bank reports it.
    pub days_past_due: Option<i64>,
    /// `None` counts as normal and is a gap that does not block.
    pub tier: Option<Tier>,
    /// In order of date and id; empty = drawn once, in full, on `disbursed_on`.
    pub drawdowns: Vec<Drawdown>,
}

/// Days past due of a loan (`domain.md` 4.1): as reported, else counted from the schedule, whose
/// oldest open instalment fell due on that day and is past due from the next. `None` = neither is
/// known.
pub fn days_past_due(
    reported: Option<i64>,
    oldest_open: Option<NaiveDate>,
    today: NaiveDate,
) -> Option<i64> {
    reported.or_else(|| oldest_open.map(|due| (today - due).num_days().max(0)))
}

/// A drawdown of a loan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawdown {
    /// 提款号
    pub id: DrawdownId,
    /// 提款日期
    pub drawn_on: NaiveDate,
    /// 提款金额
    pub amount: Fen,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_reported_counts_and_else_the_day_after_the_due_date_is_the_first() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let today = day("2026-11-23");
        for (reported, open, days) in [
            (None, None, None),
            (Some(0), Some("2026-08-15"), Some(0)),
            (None, Some("2026-11-24"), Some(0)),
            (None, Some("2026-11-23"), Some(0)),
            (None, Some("2026-11-22"), Some(1)),
            (None, Some("2026-08-15"), Some(100)),
        ] {
            assert_eq!(
                days_past_due(reported, open.map(day), today),
                days,
                "{reported:?} {open:?}"
            );
        }
    }
}
