//! Who is to be scored, and what is known of them.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::{Months, NaiveDate};

use super::Company;
use crate::cli::fault::Fault;
use crate::cli::session::{Desk, Session, Want};
use crate::domain::ids::UserId;
use crate::domain::money::Fen;
use crate::exchange::figures::{self, FigureFault, Found, RatioRow};
use crate::exchange::rows::ReadFault;
use crate::protocol::tables::{Cell, Table};
use crate::risk::score::{Given, Taken};
use crate::risk::Figures;

/// A file of ratios.
pub(super) fn ratios(path: &Path) -> Result<(Vec<Company>, Vec<String>), FigureFault> {
    let found = figures::ratios(path)?;
    let companies = found.rows.iter().map(|row| Company { id: row.id.clone(), taken: taken(row) });
    Ok((companies.collect(), found.ignored))
}

/// What a row of ratios says.
pub(super) fn taken(row: &RatioRow) -> Taken {
    let mut taken = Taken::default();
    for (column, number) in &row.numbers {
        if let Some(given) = Given::from_code(column) {
            taken.set(given, Ok(*number));
        }
    }
    taken
}

/// The statements of one period.
#[derive(Debug, Clone, Default)]
struct Period {
    months: Option<i64>,
    amounts: BTreeMap<&'static str, Fen>,
}

impl Period {
    fn figures(&self) -> Figures<'_> {
        Figures { amounts: &self.amounts, months: self.months }
    }
}

/// A file of statements: each customer by her latest one, compared with that of a year before.
pub(super) fn statements(path: &Path) -> Result<(Vec<Company>, Vec<String>), FigureFault> {
    let table = Table::named("statements")
        .ok_or_else(|| ReadFault::UnknownTable("statements".to_owned()))?;
    let Found { rows, ignored } = figures::statements(path, table)?;
    let mut customers: BTreeMap<String, BTreeMap<NaiveDate, Period>> = BTreeMap::new();
    for row in rows {
        let mut period = Period::default();
        let (mut id, mut end) = (None, None);
        for (column, cell) in row.cells {
            match (column, cell) {
                ("customer_id", Cell::Text(text)) => id = Some(text),
                ("period_end", Cell::Text(day)) => end = day.parse().ok(),
                ("period_months", Cell::Int(months)) => period.months = Some(months),
                (_, Cell::Int(fen)) => drop(period.amounts.insert(column, Fen(fen))),
                _ => {}
            }
        }
        let (Some(id), Some(end)) = (id, end) else { continue };
        // Where nobody says how many months, a statement runs from the beginning of its year.
        period.months =
            period.months.or_else(|| Some(i64::from(chrono::Datelike::month(&end))));
        let periods = customers.entry(id.clone()).or_default();
        if periods.insert(end, period).is_some() {
            return Err(FigureFault::Twice { line: row.line, key: format!("{id} {end}") });
        }
    }
    let companies = customers.into_iter().filter_map(|(id, periods)| {
        let (end, now) = periods.last_key_value()?;
        let before = end.checked_sub_months(Months::new(12)).and_then(|day| periods.get(&day));
        let taken = Taken::of_statements(now.figures(), before.map(Period::figures));
        Some(Company { id, taken })
    });
    Ok((companies.collect(), ignored))
}

/// The customers of the book that the actor may see.
pub(super) fn book(officer: Option<&str>, desk: &Desk) -> Result<Vec<Company>, Fault> {
    let session = Session::batch(desk, Want::Read)?;
    let officer = officer.map(UserId::from);
    let rows = session.store.score_book(&session.actor, session.today(), officer.as_ref())?;
    Ok(rows.into_iter().map(|(id, taken)| Company { id: id.0, taken }).collect())
}
