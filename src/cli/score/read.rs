//! Who is to be scored, and what is known of them.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::{Datelike as _, NaiveDate};

use super::{Company, Fault};
use crate::cli::args::Growth;
use crate::cli::session::Session;
use crate::domain::ids::CustomerId;
use crate::domain::money::Fen;
use crate::domain::statement::{
    Impossible, MOST_MONTHS, Statement, StatementLine, doubts, impossible, years_before,
};
use crate::exchange::figures::{self, FigureFault, Found, RatioRow};
use crate::exchange::rows::ReadFault;
use crate::fault::Fault as CliFault;
use crate::protocol::import::{Doubtful, RowDoubt, Why};
use crate::protocol::tables::{Cell, Table};
use crate::risk::score::{Given, Taken, told};
use crate::store::ScoredCustomer;

/// A file of ratios, read in the units that the card needs.
pub(super) struct Ratios {
    /// The rows in the order of the file.
    pub rows: Vec<RatioRow>,
    /// What each of them says.
    pub taken: Vec<Taken>,
    /// Names of columns that were not read.
    pub ignored: Vec<String>,
    /// How the file tells growth.
    pub growth: told::Growth,
}

/// A file of ratios.
pub(super) fn ratios(path: &Path, growth: Growth) -> Result<Ratios, Fault> {
    let figures::Found { rows, ignored } = figures::ratios(path).map_err(Fault::file(path))?;
    let mut taken: Vec<Taken> = rows.iter().map(self::taken).collect();
    if let Some(given) = told::percents(&taken) {
        let file = path.display().to_string();
        return Err(Fault::Percent { file, column: given.as_code() });
    }
    let growth = match growth {
        Growth::Auto => told::growth(&taken),
        Growth::Change => told::Growth::Change,
        Growth::Quotient => told::Growth::Quotient,
    };
    for one in &mut taken {
        told::as_change(one, growth);
    }
    Ok(Ratios { rows, taken, ignored, growth })
}

/// What a row of ratios says.
fn taken(row: &RatioRow) -> Taken {
    let mut taken = Taken::default();
    for (column, number) in &row.numbers {
        if let Some(given) = Given::from_code(column) {
            taken.set(given, Ok(*number));
        }
    }
    taken
}

/// What a file of statements says.
pub(super) struct Read {
    /// Each customer by her latest statement, compared with that of a year before.
    pub companies: Vec<Company>,
    /// Names of columns that were not read.
    pub ignored: Vec<String>,
    /// Statements that hardly can be right.
    pub doubtful: Vec<Doubtful>,
}

/// A file of statements. What the import refuses is refused, what it doubts is told.
pub(super) fn statements(path: &Path, today: NaiveDate) -> Result<Read, FigureFault> {
    let table = Table::named("statements")
        .ok_or_else(|| ReadFault::UnknownTable("statements".to_owned()))?;
    let Found { rows, ignored } = figures::statements(path, table)?;
    let mut customers: BTreeMap<String, Vec<Statement>> = BTreeMap::new();
    let mut doubtful = Vec::new();
    for row in rows {
        let (mut id, mut end, mut months) = (None, None, None);
        let mut amounts = BTreeMap::new();
        for (column, cell) in row.cells {
            match (column, cell) {
                ("customer_id", Cell::Text(text)) => id = Some(text),
                ("period_end", Cell::Text(day)) => end = day.parse::<NaiveDate>().ok(),
                ("period_months", Cell::Int(covered)) => months = Some(covered),
                (_, Cell::Int(fen)) => {
                    if let Some(line) = StatementLine::from_code(column) {
                        amounts.insert(line, Fen(fen));
                    }
                }
                _ => {}
            }
        }
        let (Some(id), Some(end)) = (id, end) else { continue };
        if let Some(what) = impossible((end, today), months, None).next() {
            let (column, value, why) = match what {
                Impossible::ToCome => ("period_end", end.to_string(), Why::InTheFuture),
                Impossible::Months | Impossible::Pledged => {
                    let value = months.unwrap_or_default().to_string();
                    ("period_months", value, Why::OutOfRange(1, MOST_MONTHS))
                }
            };
            return Err(FigureFault::Cell { line: row.line, column, value, why });
        }
        let known = customers.entry(id.clone()).or_default();
        if known.iter().any(|statement| statement.period_end == end) {
            return Err(FigureFault::Twice { line: row.line, key: format!("{id} {end}") });
        }
        // Where nobody says how many months, a statement runs from the beginning of its year.
        let months = months.or_else(|| Some(i64::from(end.month())));
        let statement = Statement { months, amounts, ..Statement::empty(end) };
        doubtful.extend(doubts(&statement, None).into_iter().map(|doubt| Doubtful {
            sheet: path.display().to_string(),
            line: row.line,
            customer: CustomerId::from(id.as_str()),
            key: end.to_string(),
            doubt: RowDoubt::Statement(doubt),
        }));
        known.push(statement);
    }
    let companies = customers.into_iter().filter_map(|(id, statements)| {
        let now = statements.iter().max_by_key(|statement| statement.period_end)?;
        let before = years_before(&statements, now.period_end, 1);
        let statement_on = Some(now.period_end);
        Some(Company { id, who: None, statement_on, taken: Taken::of_statements(now, before) })
    });
    Ok(Read { companies: companies.collect(), ignored, doubtful })
}

/// The customers of the book that the actor may see.
pub(super) fn book(officer: Option<&str>, session: &Session) -> Result<Vec<Company>, CliFault> {
    let officer = session.officer(officer)?;
    let rows = session.store.score_book(&session.actor, session.today(), officer.as_ref())?;
    let company = |(who, taken): (ScoredCustomer, Taken)| Company {
        id: who.id.0.clone(),
        statement_on: who.statement_on,
        who: Some(who),
        taken,
    };
    Ok(rows.into_iter().map(company).collect())
}
