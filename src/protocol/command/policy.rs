//! Policies of the bank's own.

/// What is done about a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PolicyCommand {
    /// Puts a policy forward; somebody else brings it into force.
    Propose {
        /// The pack as written, TOML.
        content: String,
        /// Why.
        reason: String,
    },
    /// Brings a proposed policy into force, or refuses it.
    Decide {
        /// Id and version: `chengdong@2`.
        policy: String,
        /// SHA-256 of the content that the decider looked at, in hexadecimal.
        sha256: String,
        /// Into force, or refused.
        activate: bool,
        /// Why; required to refuse.
        reason: String,
    },
}

impl PolicyCommand {
    /// The code under which the journal keeps the command.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Propose { .. } => "propose_policy",
            Self::Decide { .. } => "decide_policy",
        }
    }
}
