//! Score cards of the bank's own.

/// What is done about a score card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CardCommand {
    /// Puts a card forward; somebody else brings it into force.
    Propose {
        /// The card as written, TOML.
        content: String,
        /// Why.
        reason: String,
    },
    /// Brings a proposed card into force, or refuses it.
    Decide {
        /// Id and version: `score-own@1`.
        card: String,
        /// SHA-256 of the content that the decider looked at, in hexadecimal.
        sha256: String,
        /// Into force, or refused.
        activate: bool,
        /// Why; required to refuse.
        reason: String,
    },
    /// Takes the card in force out of it: the one built in scores again.
    Retire {
        /// Id and version of the card that the actor saw in force.
        card: String,
        /// Why.
        reason: String,
    },
}

impl CardCommand {
    /// The code under which the journal keeps the command.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Propose { .. } => "propose_card",
            Self::Decide { .. } => "decide_card",
            Self::Retire { .. } => "retire_card",
        }
    }
}
