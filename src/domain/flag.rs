//! Risk flags (风险信号), their levels, states and measures.

use chrono::NaiveDate;

use super::code::codes;
use super::ids::{FlagId, UserId};

codes! {
    /// 预警等级, from mild to severe.
    pub enum Level {
        /// 黄
        Yellow = "yellow",
        /// 橙
        Orange = "orange",
        /// 红
        Red = "red",
    }
}

codes! {
    /// 信号状态 as exchanged; the steps between confirmation and closing are in [`FlagStep`].
    pub enum FlagState {
        /// 待确认
        Proposed = "proposed",
        /// 已确认
        Confirmed = "confirmed",
        /// 已否决
        Rejected = "rejected",
        /// 已解除
        Closed = "closed",
    }
}

codes! {
    /// How far the handling of a confirmed flag has come (`domain.md` 4.7).
    pub enum FlagStep {
        /// Nobody superior has seen it yet.
        Open = "open",
        /// 已阅
        Acknowledged = "acknowledged",
        /// 已定措施
        MeasureDecided = "measure_decided",
        /// 处置中
        Acting = "acting",
        /// 待核实
        Verify = "verify",
        /// 已解除
        Cleared = "cleared",
        /// 移交保全
        Transferred = "transferred",
    }
}

/// A risk flag as planning needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flag {
    /// 信号编号
    pub id: FlagId,
    /// Code of the signal library (`OPS-01`) or the bank's own text.
    pub signal: String,
    /// 预警等级
    pub level: Level,
    /// 信号状态
    pub state: FlagState,
    /// 发现日期
    pub raised_on: NaiveDate,
    /// 确认日期
    pub confirmed_on: Option<NaiveDate>,
    /// Day of the last rise in level; `None` = `confirmed_on`.
    pub level_since: Option<NaiveDate>,
    /// 解除日期
    pub closed_on: Option<NaiveDate>,
    /// 责任人
    pub owner: Option<UserId>,
}
