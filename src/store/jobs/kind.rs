//! The jobs there are.

/// A job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Job {
    /// Projects the plan of the whole book for the business date.
    RollPlan,
    /// Looks at the tiers of the whole book.
    Classify,
    /// Scores every customer of whom something is known; stores what differs.
    ScoreBook,
    /// Looks for signals in the whole book.
    Signals,
    /// Messages about what has been left lying.
    Escalate,
    /// Says once a month whose data are due to be erased.
    Retention,
    /// The nightly copy.
    Backup,
    /// Takes the texts of records that were handed in before there was an index into it.
    IndexTexts,
    /// Lets the engine tidy up.
    Maintain,
}

impl Job {
    /// In the order in which they run.
    pub(super) const ALL: [Self; 9] = [
        Self::RollPlan,
        Self::Classify,
        Self::ScoreBook,
        Self::Signals,
        Self::Escalate,
        Self::Retention,
        Self::Backup,
        Self::IndexTexts,
        Self::Maintain,
    ];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::RollPlan => "roll_plan",
            Self::Classify => "classify",
            Self::ScoreBook => "score_book",
            Self::Signals => "signals",
            Self::Escalate => "escalate",
            Self::Retention => "retention",
            Self::Backup => "backup",
            Self::IndexTexts => "index_texts",
            Self::Maintain => "maintain",
        }
    }
}
