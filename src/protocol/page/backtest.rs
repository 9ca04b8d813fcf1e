//! What signals and scores foretold.

use chrono::NaiveDate;

/// The back-test of what the actor sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BacktestPage {
    /// Id of the pack of its numbers.
    pub pack: String,
    /// Whether the bank has confirmed them.
    pub verified: bool,
    /// How long a signal or score has to come true, in days.
    pub horizon_days: u32,
    /// From how many days on a late instalment counts.
    pub late_days: u32,
    /// Kinds of signals, those raised most often first.
    pub signals: Vec<BacktestSignal>,
    /// How many events are known for scores whose time is over.
    pub outcomes: u32,
    /// How many are needed before anything is told of scores.
    pub least_outcomes: u32,
    /// Scores by quarter and grade; empty while there are too few outcomes.
    pub grades: Vec<BacktestGrade>,
    /// Who was warned of and who was not, by quarter.
    pub quarters: Vec<BacktestQuarter>,
}

/// What became of a kind of signal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BacktestSignal {
    /// Its code.
    pub signal: String,
    /// How often it was raised.
    pub raised: u32,
    /// How often confirmed.
    pub confirmed: u32,
    /// How many had their time.
    pub ripe: u32,
    /// How many of these came true.
    pub came_true: u32,
    /// How many by a lowered tier.
    pub downgraded: u32,
    /// Share that came true, in ten-thousandths; `None` = too few to tell.
    pub precision: Option<u32>,
    /// Median of days ahead; `None` = too few to tell, or none came true.
    pub days_ahead: Option<u32>,
}

/// What became of the scores of one quarter and grade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BacktestGrade {
    /// First day of the quarter after which it is reckoned.
    pub quarter: NaiveDate,
    /// Grade.
    pub grade: char,
    /// How many customers had it.
    pub customers: u32,
    /// Share of events that was promised, in ten-thousandths.
    pub predicted: u32,
    /// How many had an event.
    pub events: u32,
}

impl BacktestGrade {
    /// Share of customers that had an event, in ten-thousandths.
    pub const fn observed(&self) -> u32 {
        share_of(self.events, self.customers)
    }
}

/// A part of a whole in ten-thousandths, rounded; of nothing it is 0.
pub const fn share_of(part: u32, whole: u32) -> u32 {
    let whole = if whole == 0 { 1 } else { whole };
    part.saturating_mul(10_000).saturating_add(whole / 2) / whole
}

/// The four fields of one quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BacktestQuarter {
    /// First day of the quarter after which it is reckoned.
    pub quarter: NaiveDate,
    /// Grade from which on it is warned.
    pub from: char,
    /// Warned of, and it came.
    pub hit: u32,
    /// Warned of, and nothing came.
    pub alarm: u32,
    /// Not warned of, and it came.
    pub missed: u32,
    /// Not warned of, and nothing came.
    pub quiet: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_rounded_to_the_nearest() {
        for (part, whole, share) in
            [(3, 44, 682), (1, 3, 3_333), (2, 3, 6_667), (1, 8, 1_250), (0, 0, 0), (7, 7, 10_000)]
        {
            assert_eq!(share_of(part, whole), share, "{part} of {whole}");
        }
    }
}
