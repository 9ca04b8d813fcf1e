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
    /// 逾期天数
    pub days_past_due: Option<i64>,
    /// `None` counts as normal and is a gap that does not block.
    pub tier: Option<Tier>,
    /// In order of date and id; empty = drawn once, in full, on `disbursed_on`.
    pub drawdowns: Vec<Drawdown>,
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
