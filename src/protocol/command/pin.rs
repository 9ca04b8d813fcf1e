//! The PIN of a locked screen. It is nobody's business: each is about the actor's own, but for taking
//! a forgotten one away.

use crate::domain::ids::UserId;
use crate::domain::pin::Pin;

/// A write about a PIN.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PinCommand {
    /// Sets one's own.
    Set {
        /// The present one; not needed where none is set.
        present: Option<Pin>,
        /// From now on.
        new: Pin,
    },
    /// Opens a locked screen.
    Unlock {
        /// As typed.
        pin: Pin,
    },
    /// Takes a forgotten one away.
    Reset {
        /// Whose.
        user: UserId,
    },
}

impl PinCommand {
    /// The code under which the journal keeps it.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Set { .. } => "set_pin",
            Self::Unlock { .. } => "unlock",
            Self::Reset { .. } => "reset_pin",
        }
    }
}
