//! What is not well with a borrower of the demo. Most have nothing; a few of each kind show what the
//! rules of signals find. Figures follow the trouble, and so do the flags.

use chrono::{Datelike, Months, NaiveDate};

use super::chance::Chance;
use crate::domain::customer::Line;
use crate::domain::loan::{Loan, LoanStatus, Tier};

/// One thing that is not well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trouble {
    /// Sales fall.
    Sales,
    /// Customers pay late.
    Receivables,
    /// Stock piles up.
    Stock,
    /// More debt than the business carries.
    Debt,
    /// Short money.
    Liquidity,
    /// The account at the bank is used less.
    Inflow,
    /// Less power is used.
    Power,
    /// The collateral has lost value.
    Value,
}

impl Trouble {
    /// The signal that finds it.
    pub(super) const fn signal(self) -> &'static str {
        match self {
            Self::Sales => "FIN-05",
            Self::Receivables => "FIN-08",
            Self::Stock => "FIN-09",
            Self::Debt => "FIN-01",
            Self::Liquidity => "FIN-02",
            Self::Inflow => "ACC-09",
            Self::Power => "OPS-03",
            Self::Value => "COL-02",
        }
    }
}

/// What is not well with the n-th borrower: one in fifty of those that pay, a third of those that don't.
pub(super) fn of(n: u32, line: Line, tier: Tier, chance: &mut Chance) -> Option<Trouble> {
    let share = if tier == Tier::Normal { 18 } else { 350 };
    let drawn = chance.per_mille(share);
    let company = matches!(line, Line::Corporate | Line::SmallBusiness | Line::Project);
    let kind = if company {
        let rest = [
            (Trouble::Receivables, 20),
            (Trouble::Stock, 20),
            (Trouble::Debt, 12),
            (Trouble::Liquidity, 12),
            (Trouble::Inflow, 12),
            (Trouble::Value, 8),
        ];
        chance.weigh(Trouble::Sales, &rest, 20)
    } else if line == Line::MicroShop {
        chance.weigh(Trouble::Inflow, &[(Trouble::Power, 50)], 50)
    } else {
        Trouble::Inflow
    };
    // Even the smallest book shows two of them.
    (drawn || matches!(n, 16 | 27)).then_some(kind)
}

/// Whether a rule finds such a thing in the figures, so that a flag without them would look invented.
pub(super) fn is_found_by_rule(signal: &str) -> bool {
    ["FIN-", "ACC-0", "COL-02"].iter().any(|begin| signal.starts_with(begin))
}

/// Days past due of the loan that is furthest.
pub(super) fn days_past_due(loans: &[Loan]) -> i64 {
    let active = loans.iter().filter(|loan| loan.status == LoanStatus::Active);
    active.filter_map(|loan| loan.days_past_due).max().unwrap_or(0)
}

/// The signals of being so late; interest that was owed on the last quarter day is one of its own.
pub(super) fn of_arrears(days: i64, today: NaiveDate) -> Vec<&'static str> {
    let since = (0..=3).find_map(|back| {
        let month = today.checked_sub_months(Months::new(back))?;
        let day = month.with_day(20)?;
        (month.month().is_multiple_of(3) && day <= today).then_some((today - day).num_days())
    });
    let late = match days {
        ..=0 => return Vec::new(),
        1..=7 => "ACC-01",
        8..=30 => "ACC-02",
        _ => "ACC-03",
    };
    let interest = since.is_some_and(|since| days >= since);
    std::iter::once(late).chain(interest.then_some("ACC-04")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrears_have_the_signal_of_their_length() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let cases: [(i64, &[&str]); 8] = [
            (-1, &[]),
            (0, &[]),
            (1, &["ACC-01"]),
            (7, &["ACC-01"]),
            (8, &["ACC-02"]),
            (30, &["ACC-02"]),
            (63, &["ACC-03"]),
            (64, &["ACC-03", "ACC-04"]),
        ];
        for (days, signals) in cases {
            assert_eq!(of_arrears(days, today), signals, "{days}");
        }
    }
}
