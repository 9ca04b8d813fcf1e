//! Statements that are taken in though they hardly can be right: the row is told, so that somebody
//! looks at it.

use rusqlite::Connection;

use super::State;
use super::stage::Staged;
use crate::domain::ids::CustomerId;
use crate::domain::money::Fen;
use crate::domain::statement::{Doubt, Statement, StatementLine, doubts};
use crate::protocol::import::{Doubtful, ImportReport};
use crate::protocol::tables::{Cell, Table};
use crate::store::Error;
use crate::store::read::statements;

/// The places of what is looked at in the rows of a table with lines of statements.
#[derive(Debug)]
pub(super) struct Doubts {
    customer: usize,
    period_end: usize,
    lines: Vec<(usize, StatementLine)>,
    /// The other lines of a statement stand in a table that has rows.
    beside: bool,
}

impl Doubts {
    /// For a table that has lines of statements.
    pub(super) fn of(db: &Connection, table: &Table) -> Result<Option<Self>, Error> {
        let other = match table.name {
            "statements" => "statement_details",
            "statement_details" => "statements",
            _ => return Ok(None),
        };
        let at = |name: &str| table.columns.iter().position(|column| column.name == name);
        let (Some(customer), Some(period_end)) = (at("customer_id"), at("period_end")) else {
            return Ok(None);
        };
        let line = |(place, name): (usize, &str)| Some((place, StatementLine::from_code(name)?));
        let names = table.columns.iter().map(|column| column.name).enumerate();
        let lines = names.filter_map(line).collect();
        let beside = format!("SELECT EXISTS (SELECT 1 FROM {other})");
        let beside = db.query_row(&beside, [], |row| row.get(0))?;
        Ok(Some(Self { customer, period_end, lines, beside }))
    }

    /// Notes what is doubtful in a row that is written.
    pub(super) fn note(
        &self,
        db: &Connection,
        state: &mut State,
        (sheet, staged): (&str, &Staged),
        new: &[Cell],
    ) -> Result<(), Error> {
        let (Some(Cell::Text(customer)), Some(Cell::Text(day))) =
            (new.get(self.customer), new.get(self.period_end))
        else {
            return Ok(());
        };
        let Ok(period_end) = day.parse() else { return Ok(()) };
        let customer = CustomerId::from(customer.as_str());
        let known = if self.beside { statements::of_day(db, &customer, period_end)? } else { None };
        let mut statement = known.unwrap_or_else(|| Statement::empty(period_end));
        for (place, line) in &self.lines {
            match new.get(*place) {
                Some(Cell::Int(fen)) => drop(statement.amounts.insert(*line, Fen(*fen))),
                _ => drop(statement.amounts.remove(line)),
            }
        }
        // What the other table alone says is not the fault of this row.
        let own = |doubt: &Doubt| {
            let lines = doubt.lines();
            self.lines.iter().any(|(_, line)| lines.contains(line))
        };
        for doubt in doubts(&statement, None).into_iter().filter(own) {
            state.report.doubtful_count += 1;
            if state.report.doubtful.len() < ImportReport::LISTED {
                state.report.doubtful.push(Doubtful {
                    sheet: sheet.to_owned(),
                    line: u64::try_from(staged.line).unwrap_or(0),
                    customer: customer.clone(),
                    period_end,
                    doubt,
                });
            }
        }
        Ok(())
    }
}
