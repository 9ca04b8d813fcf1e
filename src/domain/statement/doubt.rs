//! What makes one ask whether a statement was read right: it is kept as it is, but not without a
//! question.

use chrono::NaiveDate;

use super::balance::{Balance, Verdict, balances};
use super::{MOST_MONTHS, Statement, StatementLine as Line, is_share};
use crate::domain::money::{Decimal4, Fen};

/// What no statement can say, entered by hand or taken from a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Impossible {
    /// Its period ends on a day to come.
    ToCome,
    /// Its flow figures cover no month, or more than [`MOST_MONTHS`].
    Months,
    /// More than all of the owners' shares are pledged, or less than none.
    Pledged,
}

/// What of a statement can't be, in the order of the columns. `latest` is the last day that can
/// have been.
pub fn impossible(
    (period_end, latest): (NaiveDate, NaiveDate),
    months: Option<i64>,
    pledged: Option<Decimal4>,
) -> impl Iterator<Item = Impossible> {
    let month_fits = |months: i64| (1..=MOST_MONTHS).contains(&months);
    let found = [
        (period_end > latest).then_some(Impossible::ToCome),
        months.is_some_and(|months| !month_fits(months)).then_some(Impossible::Months),
        pledged.is_some_and(|share| !is_share(share)).then_some(Impossible::Pledged),
    ];
    found.into_iter().flatten()
}

/// A doubt about a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// A line is below zero that hardly can be.
    Negative(Line),
    /// A rule by which a statement adds up is broken by so much.
    Off(Balance, Fen),
    /// A line is a thousand times what it was in the statement before, or a thousandth: the unit may be
    /// another one.
    Unit(Line),
    /// It has so many lines where the one before it had so many: most ratios of the latest period
    /// could not be worked out any more.
    Thin(usize, usize),
}

impl Doubt {
    /// The lines that it is about; none where it is about the statement as a whole.
    pub fn lines(self) -> Vec<Line> {
        match self {
            Self::Negative(line) | Self::Unit(line) => vec![line],
            Self::Off(rule, _) => rule.lines().collect(),
            Self::Thin(..) => Vec::new(),
        }
    }
}

/// The doubts about a statement, in the order of its lines, then of the rules. `before` is the
/// statement that it follows as the latest one, if it does.
pub fn doubts(of: &Statement, before: Option<&Statement>) -> Vec<Doubt> {
    let negative = of.amounts.iter().filter(|(line, fen)| fen.0 < 0 && !line.may_be_negative());
    let off = balances(of).filter_map(|(rule, verdict)| match verdict {
        Verdict::Off(by) => Some(Doubt::Off(rule, by)),
        Verdict::Holds | Verdict::Unknown(_) => None,
    });
    let thin = before.and_then(|before| {
        let (now, then) = (of.amounts.len(), before.amounts.len());
        (now > 0 && now * 2 < then).then_some(Doubt::Thin(now, then))
    });
    let unit = before.and_then(|before| {
        [Line::TotalAssets, Line::Revenue].into_iter().find(|line| other_unit(of, before, *line))
    });
    let negative = negative.map(|(line, _)| Doubt::Negative(*line));
    negative.chain(off).chain(unit.map(Doubt::Unit)).chain(thin).collect()
}

/// The least factor between the units in which statements are written: 元, 千元, 万元.
const UNITS: u64 = 1_000;

/// Whether a line differs from the one before by as much as two units do.
fn other_unit(of: &Statement, before: &Statement, line: Line) -> bool {
    let (Some(Fen(now)), Some(Fen(then))) = (of.get(line), before.get(line)) else { return false };
    let (now, then) = (now.unsigned_abs(), then.unsigned_abs());
    now.min(then) > 0 && now.max(then) / UNITS >= now.min(then)
}

#[cfg(test)]
mod tests;
