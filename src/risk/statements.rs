//! What statements say: each period's ratios and facts by name.

use std::collections::BTreeMap;

use chrono::{Datelike as _, Months, NaiveDate};

use super::ratios::{Beside, NotComputable, Opening, Ratio, ratio};
use crate::domain::code::codes;
use crate::domain::flag::Level;
use crate::domain::money::{Decimal4, Fen};
use crate::domain::statement::{self, Statement, StatementLine as Line, years_before};
pub use crate::domain::statement::{Balance, Verdict, balances, is_unbalanced};
use crate::risk::{RatioRule, Signals};

/// What the bank knows beside the latest statement: the exposure and what of it collateral secures, the
/// values of the collateral, and inflows by month (`2026-09`).
pub fn beside<'f>(
    (exposure, secured): (Option<Fen>, Option<Fen>),
    collateral: impl IntoIterator<Item = Fen>,
    flows: impl Iterator<Item = (&'f str, Option<Fen>)>,
    now: Option<&Statement>,
) -> Beside {
    let mut collateral = collateral.into_iter().peekable();
    // Nothing pledged is not a value of nothing.
    let collateral = if collateral.peek().is_some() { Fen::sum_of(collateral) } else { None };
    let inflow = now.and_then(|now| {
        let months = u32::try_from(now.months?).ok()?;
        let last = now.period_end;
        let from = last.with_day(1)?.checked_sub_months(Months::new(months.checked_sub(1)?))?;
        let (from, until) = (from.format("%Y-%m").to_string(), last.format("%Y-%m").to_string());
        let within = flows.filter(|(month, _)| *month >= from.as_str() && *month <= until.as_str());
        let known: Vec<Fen> = within.filter_map(|(_, inflow)| inflow).collect();
        // A month that is missing would make the inflow look small.
        (known.len() == months as usize).then(|| Fen::sum_of(known))?
    });
    Beside { exposure, secured, collateral, inflow, opening: Opening::default() }
}

/// One period with everything that can be worked out for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period<'s> {
    /// The statement.
    pub statement: &'s Statement,
    /// The same period of the year before.
    pub same: Option<&'s Statement>,
    /// Every ratio, or why it can't be worked out.
    pub ratios: BTreeMap<Ratio, Result<Decimal4, NotComputable>>,
    /// What stood when the same period of the year before began.
    began_before: Beside,
}

impl Period<'_> {
    /// The value of a ratio, if it can be worked out.
    pub fn value(&self, of: Ratio) -> Option<Decimal4> {
        self.ratios.get(&of).copied()?.ok()
    }

    /// The value of a ratio for the same period of the year before, if it can be worked out.
    pub fn value_before(&self, of: Ratio) -> Option<Decimal4> {
        ratio(of, self.same?, None, &self.began_before).ok()
    }
}

/// The period of a statement.
pub fn period_of<'a, 's>(all: &'a [Period<'s>], of: &Statement) -> Option<&'a Period<'s>> {
    all.iter().find(|period| period.statement.period_end == of.period_end)
}

/// Works out every period, latest first.
pub fn periods<'s>(statements: &'s [Statement], beside: &Beside) -> Vec<Period<'s>> {
    let mut periods: Vec<Period<'s>> = statements
        .iter()
        .map(|statement| {
            let same = years_before(statements, statement.period_end, 1);
            let began_before = same.map(|same| Beside::began(statements, same)).unwrap_or_default();
            Period { statement, same, ratios: BTreeMap::new(), began_before }
        })
        .collect();
    periods.sort_by_key(|period| std::cmp::Reverse(period.statement.period_end));
    for (n, period) in periods.iter_mut().enumerate() {
        let began = Beside::began(statements, period.statement);
        // What the bank knows belongs to the latest.
        let beside = if n == 0 { Beside { opening: began.opening, ..*beside } } else { began };
        period.ratios = Ratio::ALL
            .iter()
            .map(|which| (*which, ratio(*which, period.statement, period.same, &beside)))
            .collect();
    }
    periods
}

codes! {
    /// What statements of several periods tell together.
    pub enum Fact {
        /// 净资产为负
        NegativeEquity = "negative_equity",
        /// 本期亏损
        Loss = "loss",
        /// 连续两期亏损
        LossTwice = "loss_twice",
        /// 经营现金流为负
        NegativeCashFlow = "negative_cash_flow",
        /// 经营现金流连续两期为负
        NegativeCashFlowTwice = "negative_cash_flow_twice",
        /// 报表不平
        Unbalanced = "unbalanced",
    }
}

impl Fact {
    /// How grave it is.
    pub const fn level(self) -> Level {
        match self {
            Self::NegativeEquity => Level::Red,
            Self::LossTwice | Self::NegativeCashFlowTwice => Level::Orange,
            Self::Loss | Self::NegativeCashFlow | Self::Unbalanced => Level::Yellow,
        }
    }
}

/// The facts that hold for the latest period up to a day, as they were known by then. What is not
/// known is no fact.
///
/// Two periods running are the latest and the one that ended when it began, as signals have it: an
/// older one, or the same months of the year before, does not run on to it.
pub fn facts(statements: &[Statement], until: NaiveDate) -> Vec<Fact> {
    let mut facts = Vec::new();
    let known = statements.iter().filter(|statement| statement.period_end <= until);
    let Some(now) = known.max_by_key(|statement| statement.period_end) else {
        return facts;
    };
    let below = |of: &Statement, line| of.get(line).is_some_and(|fen| fen.0 < 0);
    let before = before(statements, now);
    if below(now, Line::Equity) {
        facts.push(Fact::NegativeEquity);
    }
    for (line, once, twice) in [
        (Line::NetProfit, Fact::Loss, Fact::LossTwice),
        (Line::OperatingCashFlow, Fact::NegativeCashFlow, Fact::NegativeCashFlowTwice),
    ] {
        if below(now, line) {
            let again = before.is_some_and(|before| below(before, line));
            facts.push(if again { twice } else { once });
        }
    }
    if is_unbalanced(now) {
        facts.push(Fact::Unbalanced);
    }
    facts
}

/// The statement of the period that ended when this one began. Where nobody says how many months it
/// covers, it runs from the beginning of its year.
fn before<'s>(statements: &'s [Statement], now: &Statement) -> Option<&'s Statement> {
    if now.months.is_some() {
        return statement::opening(statements, now);
    }
    let months = Some(i64::from(now.period_end.month()));
    statement::opening(statements, &Statement { months, ..now.clone() })
}

/// Whether a ratio of the latest period is worse than the one before, and that worse than its
/// own predecessor: a signal even inside the limits. Only said of periods that follow each other in
/// equal steps without a month between them of which nothing is told; flows are told of a year.
pub fn worsens(library: &Signals, periods: &[Period<'_>], of: Ratio) -> bool {
    let Some(rule) = library.ratio(of) else { return false };
    let [now, before, earlier, ..] = periods else { return false };
    let follows = |later: &Period<'_>, earlier: &Period<'_>| {
        statement::untold(later.statement, earlier.statement) == 0
    };
    let even = statement::apart(now.statement, before.statement)
        == statement::apart(before.statement, earlier.statement);
    if !even || !follows(now, before) || !follows(before, earlier) {
        return false;
    }
    let least = library.least_change();
    let worse = |later: &Period<'_>, earlier: &Period<'_>| {
        let both = later.value(of).zip(earlier.value(of));
        both.is_some_and(|(later, earlier)| rule.beyond.worse_by(later, earlier, least))
    };
    worse(now, before) && worse(before, earlier)
}

/// How grave a ratio of a period is; `None` = within the limits, not computable or not judged.
/// `unfinished` = a project that is still being built.
pub fn level(
    library: &Signals,
    period: &Period<'_>,
    of: Ratio,
    industry: Option<&str>,
    unfinished: bool,
) -> Option<Level> {
    if !library.judges(industry, unfinished) {
        return None;
    }
    let (value, before) = (period.value(of), period.value_before(of));
    level_of(of, library.ratio(of)?, period.statement, value, before, industry)
}

/// How grave a ratio of a statement is by its rule: its value, where it can be worked out, and that
/// of the same period of the year before.
pub fn level_of(
    of: Ratio,
    rule: &RatioRule,
    statement: &Statement,
    value: Option<Decimal4>,
    before: Option<Decimal4>,
    industry: Option<&str>,
) -> Option<Level> {
    match value {
        Some(value) => rule.level(value, before, industry),
        None => is_beyond_any(of, statement).then_some(Level::Red),
    }
}

/// Whether a statement is worse than any limit though it makes no ratio.
fn is_beyond_any(of: Ratio, statement: &Statement) -> bool {
    match of {
        Ratio::Debt => owes_more_than_nothing(statement),
        Ratio::Contingent => guarantees_on_nothing(statement),
        _ => false,
    }
}

/// Whether something is guaranteed for others and the equity is used up: any sum is above it then.
fn guarantees_on_nothing(of: &Statement) -> bool {
    let given = of.get(Line::GuaranteesGiven).is_some_and(|fen| fen.0 > 0);
    given && of.get(Line::Equity).is_some_and(|fen| fen.0 <= 0)
}

/// The statements that still tell something, the latest first, with what each stands beside. Whoever
/// judges by statements asks here which one tells of a figure: the latest that has it. One that comes
/// without a balance sheet clears nothing that the one before it says.
#[derive(Debug, Clone)]
pub struct Telling<'s> {
    judged: Vec<Judged<'s>>,
}

/// A statement, the one of the same period of the year before, and what stood when it began.
#[derive(Debug, Clone, Copy)]
pub struct Judged<'s> {
    /// The statement.
    pub statement: &'s Statement,
    /// The same period of the year before.
    pub same: Option<&'s Statement>,
    /// What stood when its period began.
    pub began: Beside,
}

impl<'s> Telling<'s> {
    /// Of these statements those that end from `oldest` (`None` = any) up to a day.
    pub fn of(statements: &'s [Statement], oldest: Option<NaiveDate>, until: NaiveDate) -> Self {
        let within = |s: &&Statement| {
            s.period_end <= until && oldest.is_none_or(|oldest| s.period_end >= oldest)
        };
        let mut judged: Vec<Judged<'s>> = statements
            .iter()
            .filter(within)
            .map(|statement| Judged {
                statement,
                same: years_before(statements, statement.period_end, 1),
                began: Beside::began(statements, statement),
            })
            .collect();
        judged.sort_by_key(|one| std::cmp::Reverse(one.statement.period_end));
        Self { judged }
    }

    /// The latest that has a line.
    pub fn line(&self, line: Line) -> Option<Judged<'s>> {
        self.judged.iter().find(|one| one.statement.get(line).is_some()).copied()
    }

    /// The latest for which this can be worked out, and what comes of it. That nothing stands below
    /// the line is told; a figure that is missing is not, and the one before is asked.
    pub fn figure<T>(
        &self,
        work_out: impl Fn(&Judged<'s>) -> Result<T, NotComputable>,
    ) -> Option<(Judged<'s>, Result<T, NotComputable>)> {
        self.judged.iter().map(|one| (*one, work_out(one))).find(|(_, found)| is_told(found))
    }

    /// The same of a ratio.
    pub fn ratio(&self, of: Ratio) -> Option<(Judged<'s>, Result<Decimal4, NotComputable>)> {
        let work_out = |one: &Judged<'s>| ratio(of, one.statement, one.same, &one.began);
        let mut all = self.judged.iter().map(|one| (*one, work_out(one)));
        all.find(|(one, found)| is_told(found) || is_beyond_any(of, one.statement))
    }
}

/// Whether the figures are there, whether or not they make a ratio.
pub const fn is_told<T>(found: &Result<T, NotComputable>) -> bool {
    !matches!(found, Err(NotComputable::Missing(_) | NotComputable::NoComparison))
}

/// Whether there are debts and no assets: there is no debt ratio then, and nothing is graver.
pub fn owes_more_than_nothing(of: &Statement) -> bool {
    let nothing = of.get(Line::TotalAssets).is_some_and(|fen| fen.0 <= 0);
    let owes = of.get(Line::TotalLiabilities).is_some_and(|fen| fen.0 > 0);
    let used_up = of.get(Line::Equity).is_some_and(|fen| fen.0 < 0);
    nothing && (owes || used_up)
}

#[cfg(test)]
mod tests;
