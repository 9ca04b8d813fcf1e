//! Flags of the demo: what is not well is nearly always known and acted upon within its date; a few
//! rot, and of some nobody has heard yet, so that the jobs find them.

use chrono::{Days, NaiveDate};

use super::borrower::{Book, Borrower, days_before};
use super::chance::Chance;
use super::names::Signal;
use super::row::Row;
use super::trouble;
use crate::domain::flag::{Flag, FlagState, Level};
use crate::domain::ids::{CustomerId, FlagId};
use crate::domain::loan::Tier;

/// What a rule of the library would find and nobody has heard of yet, of a thousand.
const UNKNOWN: i64 = 220;

/// Why one is rejected.
pub(super) const REJECTED: &str = "已核实，属正常波动";

/// How one flag stands.
struct Stand {
    state: FlagState,
    raised: NaiveDate,
    closed: Option<NaiveDate>,
    due: Option<NaiveDate>,
    owned: bool,
}

/// Flags of what is not well, then one of the past or of a conversation for some.
pub(super) fn rows(book: &Book<'_>, made: &mut Borrower, n: u32, chance: &mut Chance) -> Vec<Row> {
    let days = trouble::days_past_due(&made.file.loans);
    let arrears = trouble::of_arrears(days, book.today);
    let figures = made.trouble.map(trouble::Trouble::signal);
    let mut rows = Vec::new();
    for code in arrears.into_iter().chain(figures) {
        let signal = book.names.signals.iter().find(|s| s.code == code).copied();
        let Some(signal) = signal.filter(|_| !chance.per_mille(UNKNOWN)) else { continue };
        let stand = under_care(book.today, days, chance);
        rows.push(row(made, n, signal, &stand));
    }
    let share = match made.file.customer.tier {
        None | Some(Tier::Normal) => 80,
        Some(_) => 300,
    };
    // Even the smallest book has one that waits for somebody.
    let waits = n == 12;
    if chance.per_mille(share) || waits {
        let signal = chance.pick(&book.names.signals);
        let taken = made.file.flags.iter().any(|flag| flag.signal == signal.code);
        if let Some(stand) = of_the_past(book.today, signal, waits, chance).filter(|_| !taken) {
            rows.push(row(made, n, signal, &stand));
        }
    }
    rows
}

/// Confirmed, with somebody who acts until a day ahead. One in ten is late, one in thirty has nobody.
fn under_care(today: NaiveDate, days_past_due: i64, chance: &mut Chance) -> Stand {
    let latest = if days_past_due > 0 { days_past_due.min(40) } else { 40 };
    let raised = days_before(today, chance.between(1, latest.max(1)));
    let late = chance.per_mille(100);
    let due = days_before(today, if late { chance.between(1, 12) } else { -chance.between(2, 24) });
    Stand {
        state: FlagState::Confirmed,
        raised: raised.min(days_before(due, 3)),
        closed: None,
        due: Some(due),
        owned: !chance.per_mille(30),
    }
}

/// Mostly over: cleared or rejected; the rest is mild and watched, or waits for somebody to decide.
fn of_the_past(
    today: NaiveDate,
    signal: Signal,
    waits: bool,
    chance: &mut Chance,
) -> Option<Stand> {
    let drawn = chance.weigh(
        FlagState::Closed,
        &[(FlagState::Rejected, 22), (FlagState::Confirmed, 10), (FlagState::Proposed, 6)],
        54,
    );
    let state = if waits { FlagState::Proposed } else { drawn };
    let ago = chance.between(30, 240);
    let (length, left) = (chance.between(8, 28), chance.between(2, 24));
    let raised = days_before(today, ago);
    let mild = signal.level == Level::Yellow.as_code();
    Some(match state {
        FlagState::Closed | FlagState::Rejected => Stand {
            state,
            raised,
            closed: (state == FlagState::Closed).then(|| days_before(raised, -length)),
            due: None,
            owned: state == FlagState::Closed,
        },
        FlagState::Proposed => Stand {
            state,
            raised: days_before(today, ago % 4 + 1),
            closed: None,
            due: None,
            owned: false,
        },
        // What was found at the spot and not by a rule.
        FlagState::Confirmed if mild || !trouble::is_found_by_rule(signal.code) => Stand {
            state,
            raised: days_before(today, ago % 25 + 1),
            closed: None,
            due: Some(days_before(today, -left)),
            owned: true,
        },
        FlagState::Confirmed => return None,
    })
}

fn row(made: &mut Borrower, n: u32, signal: Signal, stand: &Stand) -> Row {
    let level = signal.level();
    let id = format!("R{}-{}", made.file.customer.id, made.file.flags.len() + 1);
    let decided = matches!(stand.state, FlagState::Confirmed | FlagState::Closed);
    let confirmed = stand.raised.checked_add_days(Days::new(1)).filter(|_| decided);
    let officer = made.file.customer.officer.clone();
    let owner = stand.owned.then_some(officer);
    let note = match stand.state {
        FlagState::Rejected => REJECTED,
        _ if n.is_multiple_of(3) => "回访时发现",
        _ => "",
    };
    let flag = Flag {
        id: FlagId(id),
        signal: signal.code.to_owned(),
        level,
        state: stand.state,
        raised_on: stand.raised,
        confirmed_on: confirmed,
        level_since: None,
        closed_on: stand.closed,
        owner,
    };
    let measure = if decided { signal.measure } else { "" };
    let row = row_of(&made.file.customer.id, &flag, measure, note).date("due_on", stand.due);
    made.file.flags.push(flag);
    row
}

/// The row of a flag without a last day.
pub(super) fn row_of(customer: &CustomerId, flag: &Flag, measure: &str, note: &str) -> Row {
    Row::of("flags")
        .text("flag_id", flag.id.as_str())
        .text("customer_id", customer.as_str())
        .text("signal", &flag.signal)
        .text("level", flag.level.as_code())
        .text("state", flag.state.as_code())
        .date("raised_on", Some(flag.raised_on))
        .date("confirmed_on", flag.confirmed_on)
        .date("closed_on", flag.closed_on)
        .text("owner", flag.owner.as_ref().map_or("", |user| user.as_str()))
        .text("measure", measure)
        .text("note", note)
}
