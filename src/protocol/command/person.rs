//! People of the bank.

use crate::domain::ids::UserId;
use crate::domain::user::Role;

/// A member of staff as she shall be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetUser {
    /// Login name.
    pub user: UserId,
    /// Name for people.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Branch.
    pub branch: String,
    /// Can't log in.
    pub disabled: bool,
}
