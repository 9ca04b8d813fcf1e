//! The cockpit: a branch in figures.

use chrono::NaiveDate;

use crate::domain::cockpit::{CockpitRule, Figure, Grouping};

/// A branch in figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CockpitPage {
    /// What the rows are.
    pub by: Grouping,
    /// First day of the month whose duties are counted; all other figures are those of now.
    pub month: NaiveDate,
    /// First day of the earliest month that can be asked for.
    pub earliest: NaiveDate,
    /// The ages of overdue visits.
    pub rule: CockpitRule,
    /// Everything in scope together.
    pub total: CockpitRow,
    /// Rows by name.
    pub rows: Vec<CockpitRow>,
    /// Active loans of which the policy asks nothing at present.
    pub exempt: u32,
    /// The month as it was when it was closed.
    pub closed: Option<Closing>,
}

/// A month that was closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    /// By whom: name for people.
    pub by: String,
    /// When, in the branch.
    pub at: String,
    /// The figures on that day. Empty where they tell of others than the actor may see.
    pub rows: Vec<CockpitRow>,
}

/// The figures of an officer, a district or all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CockpitRow {
    /// Login name or district; empty = all, or customers without a district.
    pub key: String,
    /// Name for people.
    pub name: String,
    /// Of the duties that fell due in the month: how many were met in time.
    pub met: u32,
    /// How many there were.
    pub asked: u32,
    counts: [u32; Figure::ALL.len()],
}

impl CockpitRow {
    /// One without figures.
    pub fn new(key: &str, name: &str) -> Self {
        Self { key: key.to_owned(), name: name.to_owned(), ..Self::default() }
    }

    /// A figure as a count. Of [`Figure::OnTime`] those that were not met in time.
    pub fn count(&self, figure: Figure) -> u32 {
        if figure == Figure::OnTime {
            return self.asked.saturating_sub(self.met);
        }
        self.counts.get(figure as usize).copied().unwrap_or(0)
    }

    /// Sets a count.
    pub fn set(&mut self, figure: Figure, n: u32) {
        if let Some(count) = self.counts.get_mut(figure as usize) {
            *count = n;
        }
    }

    /// Adds another row's figures.
    pub fn add(&mut self, other: &Self) {
        self.met += other.met;
        self.asked += other.asked;
        for (sum, n) in self.counts.iter_mut().zip(other.counts) {
            *sum += n;
        }
    }

    /// Percent of the month's duties that were met in time, rounded down: only all of them are 100.
    pub fn rate(&self) -> Option<u32> {
        (u64::from(self.met) * 100)
            .checked_div(u64::from(self.asked))
            .and_then(|percent| u32::try_from(percent).ok())
    }
}

impl CockpitPage {
    /// The row of the closed month with the same key.
    pub fn at_closing(&self, row: &CockpitRow) -> Option<&CockpitRow> {
        self.closed.as_ref()?.rows.iter().find(|one| one.key == row.key)
    }
}
