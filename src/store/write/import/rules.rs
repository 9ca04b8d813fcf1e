//! What is special to a table (`exchange.md` sections 1.2 and 1.4): dates that belong to codes, and
//! dates that the system keeps.

use chrono::NaiveDate;
use rusqlite::Connection;

use crate::access::Actor;
use crate::domain::ids::UserId;
use crate::domain::money::Decimal4;
use crate::domain::statement::{Impossible, MOST_MONTHS, impossible};
use crate::domain::user::Role;
use crate::protocol::import::Why;
use crate::protocol::reply::Refusal;
use crate::protocol::tables::{Cell, Column, Kind, Table};
use crate::store::Error;
use crate::store::write::staff::check_person;

/// What is known of a row besides its new values.
pub(super) struct Known<'r> {
    /// The row as it is, if it is known.
    pub(super) old: Option<&'r [Cell]>,
    /// Per column whether the file says something about it in this row.
    pub(super) given: &'r [bool],
    /// The business date, or the day of the file if that is later.
    pub(super) latest: NaiveDate,
}

/// More than all of the loan as interest each year is a rate typed without its decimal point.
const HIGHEST_RATE_PERCENT: u8 = 100;

/// A hundred years past due: more is a date, or an amount, in the column of days.
const MOST_DAYS: i64 = 36_600;

impl Known<'_> {
    fn gives(&self, at: usize) -> bool {
        self.given.get(at) == Some(&true)
    }

    fn changes(&self, at: usize, new: &[Cell]) -> bool {
        self.old.is_some_and(|old| old.get(at) != new.get(at))
    }

    /// Whether the row is new here, or says something new of one of these: what is wrong with a
    /// row of old keeps no other column of it from being brought up to date.
    fn says(&self, places: &[usize], new: &[Cell]) -> bool {
        self.old.is_none() || places.iter().any(|at| self.changes(*at, new))
    }
}

/// The rules of a table, with the places of the columns that they look at.
#[derive(Debug, Clone, Copy)]
pub(super) enum Rules {
    /// None.
    Plain,
    Customers {
        onboarded_on: usize,
        cadence_since: usize,
    },
    Loans {
        status: usize,
        settled_on: usize,
        rate: usize,
        disbursed_on: usize,
        matures_on: usize,
        days: usize,
    },
    Repayments {
        paid_on: usize,
    },
    Statements {
        period_end: usize,
        months: Option<usize>,
        pledged: Option<usize>,
    },
    Visits {
        visited_on: usize,
        submitted_on: usize,
        state: usize,
    },
    Flags {
        level: usize,
        state: usize,
        confirmed_on: usize,
        level_since: usize,
        closed_on: usize,
    },
    Requests {
        kind: usize,
        new_due: usize,
        requested_by: usize,
        decided_by: usize,
        decided_on: usize,
        decision: usize,
    },
}

/// A fault: the place of its column, and why.
pub(super) type Wrong = Vec<(usize, Why)>;

impl Rules {
    pub(super) fn of(table: &Table) -> Self {
        let at = |name: &str| table.columns.iter().position(|c| c.name == name).unwrap_or(0);
        match table.name {
            "customers" => Self::Customers {
                onboarded_on: at("onboarded_on"),
                cadence_since: at("cadence_since"),
            },
            "loans" => Self::Loans {
                status: at("status"),
                settled_on: at("settled_on"),
                rate: at("rate"),
                disbursed_on: at("disbursed_on"),
                matures_on: at("matures_on"),
                days: at("days_past_due"),
            },
            "repayments" => Self::Repayments { paid_on: at("paid_on") },
            "statements" | "statement_details" => Self::Statements {
                period_end: at("period_end"),
                months: table.columns.iter().position(|c| c.name == "period_months"),
                pledged: table.columns.iter().position(|c| c.name == "shares_pledged"),
            },
            "visits" => Self::Visits {
                visited_on: at("visited_on"),
                submitted_on: at("submitted_on"),
                state: at("state"),
            },
            "flags" => Self::Flags {
                level: at("level"),
                state: at("state"),
                confirmed_on: at("confirmed_on"),
                level_since: at("level_since"),
                closed_on: at("closed_on"),
            },
            "requests" => Self::Requests {
                kind: at("kind"),
                new_due: at("new_due"),
                requested_by: at("requested_by"),
                decided_by: at("decided_by"),
                decided_on: at("decided_on"),
                decision: at("decision"),
            },
            _ => Self::Plain,
        }
    }

    /// Completes a row by its rules and says what is wrong with it.
    pub(super) fn check(&self, known: &Known<'_>, new: &mut [Cell], as_of: NaiveDate) -> Wrong {
        let mut wrong = Wrong::new();
        match *self {
            Self::Plain => {}
            Self::Customers { onboarded_on, cadence_since } => {
                past_days(known, new, [onboarded_on, cadence_since], &mut wrong);
            }
            Self::Repayments { paid_on } => past_days(known, new, [paid_on], &mut wrong),
            Self::Loans { status, settled_on, rate, disbursed_on, matures_on, days } => {
                if known.changes(status, new) && !known.gives(settled_on) {
                    let ended = text(new, status) != "active";
                    set(new, settled_on, if ended { date(as_of) } else { Cell::Empty });
                }
                if text(new, status) == "active" && is_set(new, settled_on) {
                    wrong.push((settled_on, Why::MustBeEmpty("status", "active")));
                }
                loan_terms(known, new, [rate, days], [disbursed_on, matures_on], &mut wrong);
            }
            Self::Statements { period_end, months, pledged } => {
                statement(known, new, period_end, [months, pledged], &mut wrong);
            }
            Self::Visits { visited_on, submitted_on, state } => {
                if !is_set(new, state) && (known.old.is_none() || known.gives(state)) {
                    set(new, state, Cell::Text("approved".to_owned()));
                }
                if is_set(new, submitted_on) && text(new, submitted_on) < text(new, visited_on) {
                    wrong.push((submitted_on, Why::Before("visited_on")));
                }
            }
            Self::Flags { level, state, confirmed_on, level_since, closed_on } => {
                let dates_change =
                    known.changes(confirmed_on, new) || known.changes(closed_on, new);
                let by_dates = if known.gives(state) {
                    !is_set(new, state)
                } else {
                    known.old.is_none() || dates_change
                };
                if by_dates {
                    let code = if is_set(new, closed_on) {
                        "closed"
                    } else if is_set(new, confirmed_on) {
                        "confirmed"
                    } else {
                        "proposed"
                    };
                    set(new, state, Cell::Text(code.to_owned()));
                }
                // `level_since` is the day of the last rise; a fall does not move it.
                if let Some(old) = known.old
                    && !known.gives(level_since)
                    && rank(text(new, level)) > rank(text(old, level))
                {
                    set(new, level_since, date(as_of));
                }
                flag_dates(new, state, confirmed_on, closed_on, &mut wrong);
            }
            Self::Requests { kind, new_due, requested_by, decided_by, decided_on, decision } => {
                let delay = text(new, kind) == "delay";
                if delay && !is_set(new, new_due) {
                    wrong.push((new_due, Why::NeededWith("kind", "delay")));
                } else if !delay && is_set(new, new_due) {
                    wrong.push((new_due, Why::MustBeEmpty("kind", "termination")));
                }
                if is_set(new, decided_by) && text(new, decided_by) == text(new, requested_by) {
                    wrong.push((decided_by, Why::SameAs("requested_by")));
                }
                if is_set(new, decision) {
                    for at in [decided_by, decided_on] {
                        if !is_set(new, at) {
                            wrong.push((at, Why::NeededWith("decision", "approved")));
                        }
                    }
                }
            }
        }
        wrong
    }
}

/// Nothing is owed up to these days of a customer, and nothing has been paid on one to come: it would
/// silence her.
fn past_days<const N: usize>(
    known: &Known<'_>,
    new: &[Cell],
    places: [usize; N],
    wrong: &mut Wrong,
) {
    let latest = known.latest.to_string();
    for at in places {
        if text(new, at) > latest.as_str() && known.says(&[at], new) {
            wrong.push((at, Why::InTheFuture));
        }
    }
}

/// What the screen refuses of a statement is refused of a file.
fn statement(
    known: &Known<'_>,
    new: &[Cell],
    period_end: usize,
    [months, pledged]: [Option<usize>; 2],
    wrong: &mut Wrong,
) {
    let Ok(end) = text(new, period_end).parse() else { return };
    let number = |at: Option<usize>| match at.and_then(|at| new.get(at)) {
        Some(Cell::Int(number)) => Some(*number),
        _ => None,
    };
    let share = number(pledged).map(Decimal4);
    for what in impossible((end, known.latest), number(months), share) {
        let (at, why) = match what {
            Impossible::ToCome => (Some(period_end), Why::InTheFuture),
            Impossible::Months => (months, Why::OutOfRange(1, MOST_MONTHS)),
            Impossible::Pledged => (pledged, Why::OutOfRange(0, 100)),
        };
        if let Some(at) = at.filter(|at| known.says(&[*at], new)) {
            wrong.push((at, why));
        }
    }
}

fn loan_terms(
    known: &Known<'_>,
    new: &[Cell],
    [rate, days]: [usize; 2],
    [disbursed_on, matures_on]: [usize; 2],
    wrong: &mut Wrong,
) {
    if is_set(new, matures_on)
        && text(new, matures_on) < text(new, disbursed_on)
        && known.says(&[matures_on, disbursed_on], new)
    {
        wrong.push((matures_on, Why::Before("disbursed_on")));
    }
    let highest = i64::from(HIGHEST_RATE_PERCENT) * 10_000;
    if matches!(new.get(rate), Some(Cell::Int(n)) if *n > highest) && known.says(&[rate], new) {
        wrong.push((rate, Why::RateAbove(HIGHEST_RATE_PERCENT)));
    }
    let fits = |days: &i64| (0..=MOST_DAYS).contains(days);
    if matches!(new.get(days), Some(Cell::Int(n)) if !fits(n)) && known.says(&[days], new) {
        wrong.push((days, Why::OutOfRange(0, MOST_DAYS)));
    }
}

fn flag_dates(
    new: &[Cell],
    state: usize,
    confirmed_on: usize,
    closed_on: usize,
    wrong: &mut Wrong,
) {
    match text(new, state) {
        "confirmed" if !is_set(new, confirmed_on) => {
            wrong.push((confirmed_on, Why::NeededWith("state", "confirmed")));
        }
        "proposed" if is_set(new, confirmed_on) => {
            wrong.push((confirmed_on, Why::MustBeEmpty("state", "proposed")));
        }
        "rejected" if is_set(new, confirmed_on) => {
            wrong.push((confirmed_on, Why::MustBeEmpty("state", "rejected")));
        }
        _ => {}
    }
    match text(new, state) {
        "closed" if !is_set(new, closed_on) => {
            wrong.push((closed_on, Why::NeededWith("state", "closed")));
        }
        "closed" => {}
        "confirmed" if is_set(new, closed_on) => {
            wrong.push((closed_on, Why::MustBeEmpty("state", "confirmed")));
        }
        "rejected" if is_set(new, closed_on) => {
            wrong.push((closed_on, Why::MustBeEmpty("state", "rejected")));
        }
        _ if is_set(new, closed_on) => {
            wrong.push((closed_on, Why::MustBeEmpty("state", "proposed")));
        }
        _ => {}
    }
}

fn rank(level: &str) -> u8 {
    match level {
        "yellow" => 1,
        "orange" => 2,
        "red" => 3,
        _ => 0,
    }
}

pub(super) fn text(cells: &[Cell], at: usize) -> &str {
    match cells.get(at) {
        Some(Cell::Text(text)) => text,
        _ => "",
    }
}

fn is_set(cells: &[Cell], at: usize) -> bool {
    cells.get(at).is_some_and(|c| *c != Cell::Empty)
}

fn set(cells: &mut [Cell], at: usize, value: Cell) {
    if let Some(cell) = cells.get_mut(at) {
        *cell = value;
    }
}

pub(super) fn date(day: NaiveDate) -> Cell {
    Cell::Text(day.to_string())
}

/// What a field of a new row is that the file does not have.
pub(super) fn blank(column: &Column) -> Cell {
    if column.kind == Kind::YesNo { Cell::Int(0) } else { Cell::Empty }
}

/// Fields that an empty cell does not clear (`exchange.md` section 1.2).
pub(super) fn only_value_changes(table: &Table, column: &Column) -> bool {
    table.name == "customers" && matches!(column.name, "tier" | "onboarded_on")
}

/// What `set_user` would refuse of a member of staff.
pub(super) fn person(
    tx: &Connection,
    actor: &Actor,
    table: &Table,
    new: &[Cell],
) -> Result<Option<(usize, Why)>, Error> {
    let at = |name: &str| table.columns.iter().position(|c| c.name == name).unwrap_or(0);
    let role = Role::from_code(text(new, at("role"))).unwrap_or(Role::Officer);
    let disabled = new.get(at("disabled")) == Some(&Cell::Int(1));
    let user = UserId::from(text(new, at("user")));
    let branch = text(new, at("branch")).trim();
    Ok(match check_person(tx, actor, &user, role, branch, disabled) {
        Ok(()) => None,
        Err(Refusal::Invalid { field: "branch", .. }) => {
            Some((at("branch"), Why::NeededWith("role", role.as_code())))
        }
        Err(Refusal::Invalid { why: "self", .. }) => Some((at("role"), Why::OwnRow)),
        Err(Refusal::Invalid { .. }) => Some((at("user"), Why::NotALogin)),
        Err(Refusal::Busy) => return Err(Error::Busy),
        Err(_) => return Err(Error::Value("users")),
    })
}
