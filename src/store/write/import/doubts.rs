//! Rows that are taken in though they hardly can be right: they are told, so that somebody looks at
//! them.

use chrono::NaiveDate;
use rusqlite::Connection;

use super::State;
use super::rules::text;
use super::stage::Staged;
use crate::domain::ids::CustomerId;
use crate::domain::loan::{self, LoanDoubt, LoanStatus, Terms};
use crate::domain::money::Fen;
use crate::domain::statement::{Doubt, Statement, StatementLine, doubts};
use crate::protocol::import::{Doubtful, ImportReport, RowDoubt};
use crate::protocol::tables::{Cell, Table};
use crate::store::Error;
use crate::store::read::statements;
use crate::store::search::half_width;

/// What is looked at in the rows of a table, by the places of its columns.
#[derive(Debug)]
pub(super) enum Doubts {
    /// Lines of statements.
    Statements(Lines),
    /// Loans.
    Loans {
        id: usize,
        customer: usize,
        sums: [usize; 2],
        days: [usize; 2],
        status: usize,
        past_due: usize,
    },
    /// Numbers of customers.
    Customers { id: usize },
    /// What is counted by months.
    Months { customer: usize, month: usize },
}

/// The lines of statements that a table has.
#[derive(Debug)]
pub(super) struct Lines {
    customer: usize,
    period_end: usize,
    places: Vec<(usize, StatementLine)>,
    /// The other lines of a statement stand in a table that has rows.
    beside: bool,
}

impl Doubts {
    /// For a table in which something is looked at.
    pub(super) fn of(db: &Connection, table: &Table) -> Result<Option<Self>, Error> {
        let at = |name: &str| table.columns.iter().position(|column| column.name == name);
        let place = |name: &str| at(name).unwrap_or(usize::MAX);
        let other = match table.name {
            "statements" => "statement_details",
            "statement_details" => "statements",
            "loans" => {
                return Ok(Some(Self::Loans {
                    id: place("loan_id"),
                    customer: place("customer_id"),
                    sums: [place("amount"), place("balance")],
                    days: [place("disbursed_on"), place("matures_on")],
                    status: place("status"),
                    past_due: place("days_past_due"),
                }));
            }
            "customers" => return Ok(Some(Self::Customers { id: place("customer_id") })),
            "account_flows" | "utilities" => {
                let (customer, month) = (place("customer_id"), place("month"));
                return Ok(Some(Self::Months { customer, month }));
            }
            _ => return Ok(None),
        };
        let (Some(customer), Some(period_end)) = (at("customer_id"), at("period_end")) else {
            return Ok(None);
        };
        let line = |(place, name): (usize, &str)| Some((place, StatementLine::from_code(name)?));
        let names = table.columns.iter().map(|column| column.name).enumerate();
        let places = names.filter_map(line).collect();
        let beside = format!("SELECT EXISTS (SELECT 1 FROM {other})");
        let beside = db.query_row(&beside, [], |row| row.get(0))?;
        Ok(Some(Self::Statements(Lines { customer, period_end, places, beside })))
    }

    /// Whether a row must be looked at once it is written: of most nothing is to be told.
    pub(super) fn asks(&self, new: &[Cell], latest: NaiveDate) -> bool {
        match self {
            Self::Statements(_) => true,
            Self::Loans { .. } => self.of_loan(new, latest).next().is_some(),
            Self::Customers { id } => {
                let id = text(new, *id);
                others(id).iter().any(|other| other != id)
            }
            Self::Months { month, .. } => text(new, *month) > month_of(latest).as_str(),
        }
    }

    fn of_loan(&self, new: &[Cell], latest: NaiveDate) -> impl Iterator<Item = LoanDoubt> + use<> {
        let number = |at: usize| match new.get(at) {
            Some(Cell::Int(number)) => Some(*number),
            _ => None,
        };
        let sum = |at: usize| number(at).map(Fen);
        let day = |at: usize| text(new, at).parse().ok();
        let terms = match self {
            Self::Loans { sums: [amount, balance], days: [from, to], status, past_due, .. } => {
                Some(Terms {
                    amount: sum(*amount),
                    balance: sum(*balance),
                    disbursed_on: day(*from),
                    matures_on: day(*to),
                    status: LoanStatus::from_code(text(new, *status)),
                    days_past_due: number(*past_due),
                })
            }
            _ => None,
        };
        terms.into_iter().flat_map(move |terms| loan::doubts(&terms, latest))
    }

    /// Notes what is doubtful in a row that is written.
    pub(super) fn note(
        &self,
        db: &Connection,
        state: &mut State,
        (sheet, staged): (&str, &Staged),
        new: &[Cell],
    ) -> Result<(), Error> {
        let (customer, key, found) = match self {
            Self::Statements(lines) => {
                let found = lines.doubts(db, new)?;
                (lines.customer, lines.period_end, found)
            }
            Self::Loans { id, customer, .. } => {
                let found = self.of_loan(new, state.latest()).map(RowDoubt::Loan).collect();
                (*customer, *id, found)
            }
            Self::Customers { id } => (*id, *id, alike(db, text(new, *id))?),
            Self::Months { customer, month } => (*customer, *month, vec![RowDoubt::MonthToCome]),
        };
        for doubt in found {
            state.report.doubtful_count += 1;
            if state.report.doubtful.len() < ImportReport::LISTED {
                state.report.doubtful.push(Doubtful {
                    sheet: sheet.to_owned(),
                    line: u64::try_from(staged.line).unwrap_or(0),
                    customer: CustomerId::from(text(new, customer)),
                    key: text(new, key).to_owned(),
                    doubt,
                });
            }
        }
        Ok(())
    }
}

/// The number of a customer in small letters, in large ones, and in half width.
fn others(id: &str) -> [String; 4] {
    let narrow: String = id.chars().map(half_width).collect();
    [narrow.to_lowercase(), narrow.to_uppercase(), id.to_lowercase(), narrow]
}

/// Whether a customer's number could be meant for another one's.
fn alike(db: &Connection, id: &str) -> Result<Vec<RowDoubt>, Error> {
    let others = others(id);
    let mut there = db.prepare_cached("SELECT 1 FROM customers WHERE customer_id = ?1")?;
    for other in others.iter().filter(|other| *other != id) {
        if there.exists([other])? {
            return Ok(vec![RowDoubt::Alike]);
        }
    }
    let [.., narrow] = &others;
    Ok(if narrow == id { Vec::new() } else { vec![RowDoubt::FullWidth] })
}

/// A month as rows have it.
fn month_of(day: NaiveDate) -> String {
    day.format("%Y-%m").to_string()
}

impl Lines {
    /// What is doubtful in a row that is written.
    fn doubts(&self, db: &Connection, new: &[Cell]) -> Result<Vec<RowDoubt>, Error> {
        let (Some(Cell::Text(customer)), Some(Cell::Text(day))) =
            (new.get(self.customer), new.get(self.period_end))
        else {
            return Ok(Vec::new());
        };
        let Ok(period_end) = day.parse() else { return Ok(Vec::new()) };
        let customer = CustomerId::from(customer.as_str());
        let known = if self.beside { statements::of_day(db, &customer, period_end)? } else { None };
        let mut statement = known.unwrap_or_else(|| Statement::empty(period_end));
        for (place, line) in &self.places {
            match new.get(*place) {
                Some(Cell::Int(fen)) => drop(statement.amounts.insert(*line, Fen(*fen))),
                _ => drop(statement.amounts.remove(line)),
            }
        }
        // What the other table alone says is not the fault of this row.
        let own = |doubt: &Doubt| {
            let lines = doubt.lines();
            self.places.iter().any(|(_, line)| lines.contains(line))
        };
        let before = statements::before(db, &customer, period_end)?;
        let found = doubts(&statement, before.as_ref()).into_iter().filter(own);
        Ok(found.map(RowDoubt::Statement).collect())
    }
}
