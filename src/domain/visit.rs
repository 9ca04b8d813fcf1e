//! Visits (回访) and the state of their records.

use chrono::NaiveDate;

use super::code::codes;
use super::duty::DutyCode;
use super::ids::VisitId;

codes! {
    /// 检查方式 of a visit that was made.
    pub enum VisitClass {
        /// 现场
        Onsite = "onsite",
        /// 非现场: phone, video, questionnaire, desk.
        Offsite = "offsite",
    }
}

codes! {
    /// 回访状态
    pub enum VisitState {
        /// 草稿
        Draft = "draft",
        /// 已提交
        Submitted = "submitted",
        /// 退回
        Returned = "returned",
        /// 已复核
        Approved = "approved",
    }
}

impl VisitState {
    /// Whether a visit in this state meets duties (`planning.md` section 4).
    pub const fn is_done(self) -> bool {
        matches!(self, Self::Submitted | Self::Approved)
    }

    /// Whether the officer may still write in the record.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::Returned)
    }
}

codes! {
    /// 回访重点 (seed 002): what this visit is mainly for.
    pub enum Focus {
        /// 风险控制
        RiskControl = "risk_control",
        /// 熟悉客户
        GettingToKnow = "getting_to_know",
        /// 客户转介
        Referral = "referral",
        /// 旁证信息
        SideInformation = "side_information",
    }
}

/// A duty code that a visit served, maybe of one reference only: `use_of_funds:L001-D2`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Purpose {
    /// Which kind of duty.
    pub code: DutyCode,
    /// Only this one; `None` = all that are open.
    pub reference: Option<String>,
}

impl Purpose {
    /// Whether the visit served this duty.
    pub fn covers(&self, code: DutyCode, reference: &str) -> bool {
        self.code == code && self.reference.as_deref().is_none_or(|r| r == reference)
    }
}

impl std::fmt::Display for Purpose {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code.as_code())?;
        self.reference.as_ref().map_or(Ok(()), |r| write!(f, ":{r}"))
    }
}

/// A visit as planning needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// 回访编号
    pub id: VisitId,
    /// 回访日期
    pub visited_on: NaiveDate,
    /// 提交日期
    pub submitted_on: Option<NaiveDate>,
    /// 检查方式
    pub class: VisitClass,
    /// 回访状态
    pub state: VisitState,
    /// 检查事由
    pub purposes: Vec<Purpose>,
}

/// On-site inspections of a calendar year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OnsiteYear {
    /// So many were made. Where each half-year asks for one, a second in the same half counts no
    /// more.
    pub made: u32,
    /// So many the cadence asks for in a whole year.
    pub asked: u32,
}
