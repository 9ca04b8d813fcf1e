//! Risk flags (风险信号), their levels, states and measures.

use chrono::NaiveDate;

use super::code::codes;
use super::ids::{FlagId, UserId};
use super::user::Role;

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
    /// 会办部门: whose word on a flag is asked for.
    pub enum Department {
        /// 主管
        Supervisor = "supervisor",
        /// 风险管理
        Risk = "risk",
        /// 法律合规
        Compliance = "compliance",
    }
}

impl Department {
    /// The department that somebody of this role speaks for.
    pub const fn of(role: Role) -> Option<Self> {
        match role {
            Role::Supervisor => Some(Self::Supervisor),
            Role::Risk => Some(Self::Risk),
            Role::Compliance => Some(Self::Compliance),
            Role::Officer | Role::Auditor | Role::Admin => None,
        }
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

impl FlagStep {
    /// The steps that a confirmed flag of this level can take from here. An orange or red one goes
    /// one step at a time, so that each is dated by somebody; a yellow one may leave steps out.
    pub const fn ways(self, level: Level) -> &'static [Self] {
        use FlagStep::{Acknowledged, Acting, Cleared, MeasureDecided, Open, Transferred, Verify};
        match (self, level) {
            (Cleared | Transferred, _) => &[],
            (Verify, _) => &[Acting, Cleared, Transferred],
            (Open, Level::Yellow) => {
                &[Acknowledged, MeasureDecided, Acting, Verify, Cleared, Transferred]
            }
            (Acknowledged, Level::Yellow) => {
                &[MeasureDecided, Acting, Verify, Cleared, Transferred]
            }
            (MeasureDecided, Level::Yellow) => &[Acting, Verify, Cleared, Transferred],
            (Acting, Level::Yellow) => &[Verify, Cleared, Transferred],
            (Open, _) => &[Acknowledged],
            (Acknowledged, _) => &[MeasureDecided, Transferred],
            (MeasureDecided, _) => &[Acting, Transferred],
            (Acting, _) => &[Verify, Transferred],
        }
    }

    /// Where a live flag from elsewhere stands of which nobody here has taken a step. What was
    /// decided about a mild one holds; a grave one is seen, and its measure decided, here as well.
    pub const fn brought(level: Level, has_measure: bool) -> Self {
        match level {
            Level::Yellow if has_measure => Self::MeasureDecided,
            _ => Self::Open,
        }
    }

    /// Whether a step ends the flag.
    pub const fn ends(self) -> bool {
        matches!(self, Self::Cleared | Self::Transferred)
    }

    /// Whether the step is for a superior: seeing a flag always, deciding the measure of an orange
    /// or red one.
    pub const fn is_superiors(self, level: Level) -> bool {
        match self {
            Self::Acknowledged => true,
            Self::MeasureDecided => !matches!(level, Level::Yellow),
            _ => false,
        }
    }
}

codes! {
    /// What becomes of open to-dos of a flag's measure when the flag ends.
    pub enum Leftover {
        /// They stay with their owners.
        Stay = "stay",
        /// They are not needed any more.
        Drop = "drop",
    }
}

codes! {
    /// What a flag waits for within a limit of working hours (`domain.md` 4.7).
    pub enum Awaited {
        /// Confirmed or rejected.
        Decision = "decision",
        /// 已阅
        Acknowledged = "acknowledged",
        /// 已定措施
        MeasureDecided = "measure_decided",
        /// 处置中
        Acting = "acting",
        /// 核实结果
        Verified = "verified",
    }
}

impl Awaited {
    /// What a flag in this state and at this step waits for; while somebody acts, the date of the
    /// measure counts instead.
    pub const fn of(state: FlagState, step: FlagStep) -> Option<Self> {
        match (state, step) {
            (FlagState::Proposed, _) => Some(Self::Decision),
            (FlagState::Confirmed, FlagStep::Open) => Some(Self::Acknowledged),
            (FlagState::Confirmed, FlagStep::Acknowledged) => Some(Self::MeasureDecided),
            (FlagState::Confirmed, FlagStep::MeasureDecided) => Some(Self::Acting),
            (FlagState::Confirmed, FlagStep::Verify) => Some(Self::Verified),
            _ => None,
        }
    }
}

/// A flag is kept milder than a rule asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lowered {
    /// The rule's level.
    pub from: Level,
    /// Why.
    pub why: String,
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

#[cfg(test)]
mod tests;
