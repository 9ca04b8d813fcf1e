//! Which cell of the matrix a customer is in, and what it asks for (section 3).

use std::fmt;
use std::str::FromStr;

use crate::domain::loan::Tier;
use crate::domain::money::Fen;

use super::Policy;
use super::policy::{Interval, Row, RuleName, column};
use super::seen::Seen;

/// The cell of a customer: what `cadence_since` watches. Its text is stable and is kept by the store.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Cell {
    /// Row of the matrix.
    pub row: String,
    /// Tier column; loss counts as doubtful, with which it shares the column.
    pub column: Tier,
    /// Whether the long-term rule sets the off-site interval.
    pub long_term: bool,
    /// On-site series.
    pub on: Option<Interval>,
    /// Off-site series in months, after the long-term rule.
    pub off: Option<u32>,
    /// Policy version.
    pub policy: String,
}

impl Cell {
    /// Whether a change from `before` to this cell is one for the worse: a worse tier column, a
    /// series more, or a shorter interval. A sample is no series.
    pub fn is_worse_than(&self, before: &Self) -> bool {
        let shorter = |now: Option<u32>, then: Option<u32>| match (now, then) {
            (Some(now), Some(then)) => now < then,
            (now, _) => now.is_some(),
        };
        self.column > before.column
            || shorter(self.on.map(Interval::months), before.on.map(Interval::months))
            || shorter(self.off, before.off)
    }
}

impl fmt::Display for Cell {
    /// `standard/normal/long/on 12/off 3/default@1`; `-` stands for what is not there.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let long = if self.long_term { "long" } else { "-" };
        write!(f, "{}/{}/{long}/", self.row, self.column.as_code())?;
        match self.on {
            None => f.write_str("-")?,
            Some(Interval::HalfYear) => f.write_str("on 6c")?,
            Some(Interval::Months(n)) => write!(f, "on {n}")?,
        }
        match self.off {
            None => f.write_str("/-")?,
            Some(n) => write!(f, "/off {n}")?,
        }
        write!(f, "/{}", self.policy)
    }
}

/// A text that no [`Cell`] was written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the text of a cadence cell")]
pub struct NotACell;

impl FromStr for Cell {
    type Err = NotACell;

    fn from_str(text: &str) -> Result<Self, NotACell> {
        fn number(text: &str) -> Result<u32, NotACell> {
            text.parse().map_err(|_not_a_number| NotACell)
        }
        let mut parts = text.splitn(6, '/');
        let mut part = || parts.next().ok_or(NotACell);
        let row = part()?.to_owned();
        let column = Tier::from_code(part()?).ok_or(NotACell)?;
        let long_term = part()? == "long";
        let on = match part()?.strip_prefix("on ") {
            None => None,
            Some("6c") => Some(Interval::HalfYear),
            Some(n) => Some(Interval::Months(number(n)?)),
        };
        let off = part()?.strip_prefix("off ").map(number).transpose()?;
        Ok(Self { row, column, long_term, on, off, policy: part()?.to_owned() })
    }
}

/// A series with the rule that sets its interval.
#[derive(Debug, Clone, Copy)]
pub(super) struct Series<'a> {
    pub(super) interval: Interval,
    pub(super) name: &'a RuleName,
}

/// What the matrix asks of one customer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'a> {
    /// Index of the row.
    pub(super) index: usize,
    pub(super) row: &'a Row,
    /// The rule of the cell.
    pub(super) name: &'a RuleName,
    pub(super) on: Option<Series<'a>>,
    pub(super) off: Option<Series<'a>>,
    pub(super) sample: Option<u32>,
    pub(super) long_term: bool,
}

/// The first row that matches.
pub(super) fn matching<'a>(
    seen: &Seen<'_>,
    policy: &'a Policy,
    exposure: Fen,
) -> Option<(usize, &'a Row)> {
    policy.rows.iter().enumerate().find(|(_, row)| row.matches(&seen.file.customer, exposure))
}

/// The customer's cell after the long-term rule; only for customers without a blocking gap.
pub(super) fn asked<'a>(seen: &Seen<'_>, policy: &'a Policy) -> Option<Asked<'a>> {
    let (index, row) = matching(seen, policy, seen.exposure?)?;
    let column = column(seen.tier);
    let cell = row.cells.get(column)?;
    let exempt = row.exempt.get(column).copied().unwrap_or_default();
    let name = row.name(seen.tier);
    let rule = &policy.long_term;
    let enough = cell.on.is_some_and(|on| on.months() <= rule.onsite_enough);
    let long_term = seen.long_term
        && !exempt
        && match cell.off {
            Some(n) => n > rule.off,
            None => !enough,
        };
    let off = if long_term {
        Some(Series { interval: Interval::Months(rule.off), name: &rule.name })
    } else {
        cell.off.map(|n| Series { interval: Interval::Months(n), name })
    };
    let on = cell.on.map(|interval| Series { interval, name });
    Some(Asked { index, row, name, on, off, sample: cell.sample, long_term })
}

impl Asked<'_> {
    /// The cell as a value to keep.
    pub(super) fn cell(&self, tier: Tier, policy: &Policy) -> Cell {
        Cell {
            row: self.row.id.clone(),
            column: if tier == Tier::Loss { Tier::Doubtful } else { tier },
            long_term: self.long_term,
            on: self.on.map(|series| series.interval),
            off: self.off.map(|series| series.interval.months()),
            policy: policy.version.clone(),
        }
    }
}
