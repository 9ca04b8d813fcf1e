//! The figures of a branch: what is on time, what is left lying, what waits for somebody.

use super::code::codes;

codes! {
    /// A figure of the cockpit, in the order in which they stand. Behind each there are customers.
    pub enum Figure {
        /// Customers in charge.
        Customers = "customers",
        /// Duties of the month that were not met in time; shown as the share of those that were.
        OnTime = "on_time",
        /// Overdue visits of the youngest age.
        Late1 = "late_1",
        /// Overdue visits of the second age.
        Late2 = "late_2",
        /// Overdue visits of the third age.
        Late3 = "late_3",
        /// Overdue visits older than that.
        Late4 = "late_4",
        /// Active loans for which the plan holds nothing.
        Unplanned = "unplanned",
        /// What the plan lacks.
        Gaps = "gaps",
        /// Requests that nobody has decided.
        Requests = "requests",
        /// Live flags without an owner or a measure, or past their date.
        Flags = "flags",
        /// Records that wait for their review.
        Reviews = "reviews",
    }
}

codes! {
    /// What a row of the cockpit stands for.
    pub enum Grouping {
        /// A member of staff.
        Officer = "officer",
        /// A district.
        District = "district",
    }
}

impl Figure {
    /// Which age of overdue visits it counts, from 0.
    pub const fn age(self) -> Option<usize> {
        match self {
            Self::Late1 => Some(0),
            Self::Late2 => Some(1),
            Self::Late3 => Some(2),
            Self::Late4 => Some(3),
            _ => None,
        }
    }

    /// Whether anything of it is too much: it is marked on the screen.
    pub const fn is_burden(self) -> bool {
        !matches!(self, Self::Customers | Self::OnTime)
    }
}

impl Grouping {
    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Officer => Self::District,
            Self::District => Self::Officer,
        }
    }
}

/// How the figures are cut: the bank's own numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CockpitRule {
    /// Last day of the first, second and third age of overdue visits, in days past due.
    pub ages: [u32; 3],
    /// Whether somebody has confirmed the ages.
    pub verified: bool,
}

impl CockpitRule {
    /// Days past due of an age: the first and, but for the oldest, the last.
    pub fn span(&self, age: usize) -> (u32, Option<u32>) {
        let before = age.checked_sub(1).and_then(|at| self.ages.get(at)).copied();
        (before.map_or(1, |last| last + 1), self.ages.get(age).copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_follow_each_other_without_hole_or_overlap() {
        let rule = CockpitRule { ages: [7, 30, 90], verified: false };
        let spans: Vec<_> = Figure::ALL.iter().filter_map(|one| one.age()).collect();
        let spans: Vec<_> = spans.into_iter().map(|age| rule.span(age)).collect();
        assert_eq!(spans, [(1, Some(7)), (8, Some(30)), (31, Some(90)), (91, None)]);
    }
}
