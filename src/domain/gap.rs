//! What a record still lacks before it can be handed in, or for good.

/// Something wrong at an item of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// Path of the item to jump to.
    pub item: String,
    /// What.
    pub kind: GapKind,
}

/// What is wrong at an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GapKind {
    /// Required and not answered: the record can't be handed in.
    Missing,
    /// Against the constraint: the record can't be handed in.
    Invalid,
    /// Changed beyond the threshold and not explained: can't be handed in.
    Unexplained,
    /// Asked for and not answered: printed as missing.
    Wanted,
    /// Answered, but less was seen for it than the item wants: printed with the answer.
    Weak,
    /// A flag of this visit without owner, measure or date, or not decided.
    OpenProposal,
    /// What is proposed for the customer's tier differs from the tier in force, and nobody has put one
    /// forward or decided of late.
    Unclassified,
    /// The reviewer's comment waits for an answer.
    Commented,
    /// The co-inspector has not been named, has not signed, or signed something else.
    Unsigned,
}

impl GapKind {
    /// Whether the record can't be handed in with it.
    pub const fn is_hard(self) -> bool {
        !matches!(self, Self::Wanted | Self::Weak | Self::Commented)
    }

    /// Whether there is no answer where one is needed or asked for.
    pub const fn is_missing(self) -> bool {
        matches!(self, Self::Missing | Self::Wanted)
    }
}
