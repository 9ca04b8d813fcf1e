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
