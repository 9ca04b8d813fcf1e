//! What signals and scores foretold: held against the instalments that fell due afterwards and were
//! paid late, and against the tiers that were lowered.
//!
//! What had begun when a signal was raised is no proof of it: else a signal of overdue days would
//! prove itself by the very instalment that raised it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, Days, NaiveDate};

/// How it is reckoned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// Id of the pack: `backtest@1`.
    pub id: String,
    /// How long a signal or score has to come true, in days.
    pub horizon_days: u32,
    /// From how many days on a late instalment is an event.
    pub late_days: u32,
    /// Least number of raised signals of a kind of which anything is told.
    pub least_signal: u32,
    /// Least number of events of which scores are judged.
    pub least_outcomes: u32,
    /// Whether the bank has confirmed the numbers.
    pub verified: bool,
}

/// A signal that was raised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raised {
    /// At whom.
    pub customer: String,
    /// Its code.
    pub signal: String,
    /// When.
    pub on: NaiveDate,
    /// Whether somebody confirmed it.
    pub confirmed: bool,
}

/// A score that stood from a day on.
#[derive(Debug, Clone, PartialEq)]
pub struct Stood {
    /// Whose.
    pub customer: String,
    /// From when.
    pub on: NaiveDate,
    /// Grade.
    pub grade: char,
    /// Probability, in ten-thousandths.
    pub probability: u32,
}

/// What a signal or score is held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// An instalment was late.
    Late,
    /// The tier was lowered.
    Downgrade,
}

/// Something bad that happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Event {
    /// When.
    pub on: NaiveDate,
    /// What.
    pub kind: Kind,
    /// When it began: the day on which the instalment fell due, or the oldest one of those for which
    /// the tier was lowered.
    pub since: NaiveDate,
}

/// Events by customer, in ascending order of day.
pub type Events = BTreeMap<String, Vec<Event>>;

/// By customer, from when to when she owed something; without an end she still does.
pub type Owed = BTreeMap<String, Vec<(NaiveDate, Option<NaiveDate>)>>;

/// What became of one kind of signal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignalResult {
    /// Its code.
    pub signal: String,
    /// How often it was raised.
    pub raised: u32,
    /// How often confirmed.
    pub confirmed: u32,
    /// How many had their whole time. One that came true before its time is over counts when it is over:
    /// else those that take long would be missing beside it.
    pub ripe: u32,
    /// How many of these came true.
    pub true_ones: u32,
    /// How many of those by a lowered tier, whatever else came.
    pub downgraded: u32,
    /// Median of days ahead, of those that came true.
    pub days_ahead: Option<u32>,
    /// Whether there are enough of them to tell.
    pub enough: bool,
}

/// What became of the scores of one quarter and grade.
#[derive(Debug, Clone, PartialEq)]
pub struct GradeResult {
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

/// Grades from here on warn.
pub const WARNS: char = 'D';

/// Who was warned of and who was not, in one quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Confusion {
    /// Warned of, and it came.
    pub hit: u32,
    /// Warned of, and nothing came.
    pub alarm: u32,
    /// Not warned of, and it came.
    pub missed: u32,
    /// Not warned of, and nothing came.
    pub quiet: u32,
}

/// The four fields of each quarter, the earliest first.
pub fn confusion(results: &[GradeResult]) -> Vec<(NaiveDate, Confusion)> {
    let mut quarters: BTreeMap<NaiveDate, Confusion> = BTreeMap::new();
    for one in results {
        let fields = quarters.entry(one.quarter).or_default();
        let nothing = one.customers.saturating_sub(one.events);
        if one.grade >= WARNS {
            fields.hit += one.events;
            fields.alarm += nothing;
        } else {
            fields.missed += one.events;
            fields.quiet += nothing;
        }
    }
    quarters.into_iter().collect()
}

/// Results of scores, or that it is too early.
#[derive(Debug, Clone, PartialEq)]
pub enum Scores {
    /// So many events are known; so many are needed.
    TooEarly(u32, u32),
    /// How many events are known, each once, and what came by quarter and grade.
    Known(u32, Vec<GradeResult>),
}

/// The events that began after a day and came within so many days.
fn within<'a>(
    events: &'a Events,
    customer: &str,
    on: NaiveDate,
    horizon: u32,
) -> impl Iterator<Item = &'a Event> {
    let last = on.checked_add_days(Days::new(u64::from(horizon)));
    let all = events.get(customer).map_or(&[][..], Vec::as_slice);
    // What began afterwards came afterwards.
    all.iter().filter(move |event| event.since > on && last.is_some_and(|last| event.on <= last))
}

/// Whether a day lies so far back that its time is over.
fn ripe(on: NaiveDate, horizon: u32, today: NaiveDate) -> bool {
    on.checked_add_days(Days::new(u64::from(horizon))).is_some_and(|last| last <= today)
}

/// Each kind of signal, those raised most often first.
pub fn signals(
    raised: &[Raised],
    events: &Events,
    rules: &Rules,
    today: NaiveDate,
) -> Vec<SignalResult> {
    let mut by_code: BTreeMap<&str, Vec<&Raised>> = BTreeMap::new();
    for one in raised {
        by_code.entry(&one.signal).or_default().push(one);
    }
    let mut results: Vec<SignalResult> = by_code
        .into_iter()
        .map(|(code, all)| {
            let over = |one: &&&Raised| ripe(one.on, rules.horizon_days, today);
            let full: Vec<&Raised> = all.iter().filter(over).copied().collect();
            let ahead = |one: &&Raised| {
                let event = within(events, &one.customer, one.on, rules.horizon_days).next();
                event.map(|event| (event.on - one.on).num_days())
            };
            let lowered = |one: &&&Raised| {
                within(events, &one.customer, one.on, rules.horizon_days)
                    .any(|event| event.kind == Kind::Downgrade)
            };
            let mut leads: Vec<i64> = full.iter().filter_map(ahead).collect();
            let middle = median(&mut leads);
            let ripe = count(full.len());
            SignalResult {
                signal: code.to_owned(),
                raised: count(all.len()),
                confirmed: count(all.iter().filter(|one| one.confirmed).count()),
                ripe,
                true_ones: count(leads.len()),
                downgraded: count(full.iter().filter(lowered).count()),
                days_ahead: middle.and_then(|n| u32::try_from(n).ok()),
                enough: ripe >= rules.least_signal,
            }
        })
        .collect();
    results.sort_by(|a, b| b.raised.cmp(&a.raised).then_with(|| a.signal.cmp(&b.signal)));
    results
}

/// The middle one, or halfway between the two in the middle; sorts them.
pub fn median(all: &mut [i64]) -> Option<i64> {
    all.sort_unstable();
    let upper = all.get(all.len() / 2)?;
    let lower = all.get((all.len() - 1) / 2)?;
    Some(lower + (upper - lower) / 2)
}

/// Scores as they stood at the end of each quarter whose time is over, of those who owed something then:
/// of who has paid back everything nothing can come.
pub fn scores(
    stood: &[Stood],
    owed: &Owed,
    events: &Events,
    rules: &Rules,
    today: NaiveDate,
) -> Scores {
    let mut by_customer: BTreeMap<&str, Vec<&Stood>> = BTreeMap::new();
    for one in stood {
        by_customer.entry(&one.customer).or_default().push(one);
    }
    let mut results: BTreeMap<(NaiveDate, char), (u32, u64, u32)> = BTreeMap::new();
    // The time of a quarter reaches into the next: what came is one outcome all the same.
    let mut outcomes: BTreeSet<(&str, NaiveDate)> = BTreeSet::new();
    let first = stood.iter().map(|one| one.on).min();
    let mut quarter = first.and_then(next_quarter);
    while let Some(day) = quarter.filter(|day| ripe(*day, rules.horizon_days, today)) {
        let owes = |customer: &str| {
            let mut spans = owed.get(customer).into_iter().flatten();
            spans.any(|(from, to)| *from < day && to.is_none_or(|to| to >= day))
        };
        for (customer, all) in by_customer.iter().filter(|(customer, _)| owes(customer)) {
            let Some(last) = all.iter().filter(|one| one.on < day).max_by_key(|one| one.on) else {
                continue;
            };
            let cell = results.entry((day, last.grade)).or_default();
            cell.0 += 1;
            cell.1 += u64::from(last.probability);
            if let Some(event) = within(events, customer, day, rules.horizon_days).next() {
                cell.2 += 1;
                outcomes.insert((customer, event.on));
            }
        }
        quarter = next_quarter(day);
    }
    let found = count(outcomes.len());
    if found < rules.least_outcomes {
        return Scores::TooEarly(found, rules.least_outcomes);
    }
    let result = |((quarter, grade), (customers, promised, events)): ((NaiveDate, char), _)| {
        let (customers, promised): (u32, u64) = (customers, promised);
        let of = u64::from(customers.max(1));
        let mean = (promised + of / 2) / of;
        let predicted = u32::try_from(mean).unwrap_or(u32::MAX);
        GradeResult { quarter, grade, customers, predicted, events }
    };
    Scores::Known(found, results.into_iter().map(result).collect())
}

/// The first day of the quarter after a day.
fn next_quarter(day: NaiveDate) -> Option<NaiveDate> {
    let month = day.month0() / 3 * 3 + 3;
    let year = day.year() + i32::from(month == 12);
    NaiveDate::from_ymd_opt(year, month % 12 + 1, 1)
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
