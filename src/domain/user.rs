//! Staff.

use super::code::codes;
use super::ids::UserId;

codes! {
    /// What a member of staff may do; one role per person and session (`domain.md` 4.7).
    pub enum Role {
        /// 客户经理: plans and makes visits to her own customers.
        Officer = "officer",
        /// 主管: reviews and decides for the branch.
        Supervisor = "supervisor",
        /// 风险经理: reads the branch, works on flags.
        Risk = "risk",
        /// 法律合规: reads the branch.
        Compliance = "compliance",
        /// 审计: reads everything, changes nothing, is logged.
        Auditor = "auditor",
        /// 系统管理员: people, jobs, backups; sees no customers.
        Admin = "admin",
    }
}

/// Work that is not everybody's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// Visits, records and what is planned for them.
    Visits,
    /// Flags, to-dos, deadlines, tiers put forward.
    Flags,
    /// Decisions on what others put forward; orders.
    Decisions,
    /// Opinions on records of others.
    Opinions,
    /// Events outside.
    Events,
}

impl Role {
    /// Whether it is work of this role.
    pub const fn does(self, work: Work) -> bool {
        match work {
            Work::Visits => matches!(self, Self::Officer | Self::Supervisor),
            Work::Flags => matches!(self, Self::Officer | Self::Supervisor | Self::Risk),
            Work::Decisions => matches!(self, Self::Supervisor),
            Work::Opinions => matches!(self, Self::Supervisor | Self::Risk | Self::Compliance),
            Work::Events => matches!(self, Self::Supervisor | Self::Risk),
        }
    }
}

/// A member of staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Login name.
    pub id: UserId,
    /// Name for people.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Branch (机构); scope of supervisors, risk and compliance.
    pub branch: String,
    /// Can't log in and counts as "not a user" among the gaps of the plan.
    pub disabled: bool,
}
