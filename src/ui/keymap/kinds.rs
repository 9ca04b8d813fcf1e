//! What kinds of places there are where keys go.

use super::KeyContext;

impl KeyContext {
    /// Whether letters are commands here: full-width keys are mapped, Han characters open the
    /// search, and bursts of keys are taken for a paste.
    pub fn is_list(self) -> bool {
        self.layers().contains(&Self::Global)
    }

    /// Whether something is typed here that leaving would lose: the key that leaves the program
    /// elsewhere goes back one step. An answer of a checklist is kept as it is typed, so that there
    /// the key leaves as everywhere; twice back would give it up.
    pub const fn is_typed_in(self) -> bool {
        matches!(self, Self::Choosing | Self::Entering | Self::Form | Self::Picking)
    }

    /// Whether it is a box over the screens in which nothing is typed: a digit leaves it for a screen.
    pub const fn is_box(self) -> bool {
        matches!(
            self,
            Self::Deadlines
                | Self::Events
                | Self::Inbox
                | Self::Journal
                | Self::Packets
                | Self::Policies
                | Self::Portfolio
                | Self::Requests
                | Self::Retention
                | Self::Statements
                | Self::Tasks
                | Self::Tiers
                | Self::Strategies
        )
    }
}
