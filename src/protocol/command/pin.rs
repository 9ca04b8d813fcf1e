//! The PIN of a locked screen, and of a weighty decision. It is nobody's business: each is about the actor's own, but for taking
//! a forgotten one away.

use crate::domain::ids::{UserId, VisitId};
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
    /// Says again that it is she, right before she decides about a record with a red flag.
    Vouch {
        /// As typed.
        pin: Pin,
        /// About which record.
        visit: VisitId,
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
            Self::Vouch { .. } => "vouch",
            Self::Reset { .. } => "reset_pin",
        }
    }
}
