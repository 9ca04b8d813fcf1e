//! `huifang cockpit`: a branch in figures. `huifang month close | list`: months that were closed.

use serde_json::{Value, json};

use super::args::{Cockpit, Format, Month};
use super::session::{Desk, Io, Session, Want};
use super::table::Sheet;
use crate::domain::cockpit::{Figure, Grouping};
use crate::fault::Fault;
use crate::i18n::Catalog;
use crate::protocol::command::{CockpitCommand, Command};
use crate::protocol::page::{CockpitPage, CockpitRow, Page};
use crate::protocol::query::{CustomerFilter, CustomerSort, Query, Window};
use crate::protocol::reply::Refusal;
use crate::ui::clean::text as clean;

/// So many customers are named where they stand in the way of closing.
const MOST: u32 = 20;

/// Prints the figures.
pub fn run(args: &Cockpit, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let format = desk.format(&[Format::Table, Format::Json, Format::Csv])?;
    let month = args.month.as_deref().map(super::plan::month_of).transpose()?;
    let session = Session::batch(desk, Want::Read)?;
    let by = Grouping::from_code(&args.by).unwrap_or(Grouping::Officer);
    let page = page(&session, by, month.unwrap_or_else(|| session.today()))?;
    if month.is_some_and(|month| month != page.month) {
        return Err(Refusal::Invalid { field: "month", why: "too_long_ago" }.into());
    }
    let t = &Catalog::of(desk.lang).cockpit;
    let machine = format != Format::Table;
    // The headings of a table for people are short; machines have the codes.
    let short: Vec<String> =
        Figure::ALL.iter().map(|figure| t.short(*figure, &page.rule)).collect();
    let mut columns = vec![("key", t.key), ("name", t.grouping(by))];
    columns.extend(Figure::ALL.iter().zip(&short).map(|(f, name)| (f.as_code(), name.as_str())));
    columns.extend([("met", t.met), ("asked", t.asked)]);
    let mut sheet = Sheet::titled(&columns);
    for row in &page.rows {
        sheet.push(line(row, &row.name));
    }
    if !machine {
        sheet.push(line(&page.total, t.total));
    }
    super::lists::print(&sheet, format, io)?;
    if !machine && !desk.global.quiet {
        let state = page
            .closed
            .as_ref()
            .map_or_else(|| t.open.to_owned(), |closed| t.closed(&clean(&closed.by), &closed.at));
        writeln!(io.err, "{}  {state}", page.month.format("%Y-%m"))?;
    }
    Ok(())
}

fn line(row: &CockpitRow, name: &str) -> Vec<Value> {
    let figure = |figure: &Figure| match figure {
        Figure::OnTime => json!(row.rate()),
        figure => json!(row.count(*figure)),
    };
    let mut cells = vec![json!(row.key), json!(name)];
    cells.extend(Figure::ALL.iter().map(figure));
    cells.extend([json!(row.met), json!(row.asked)]);
    cells
}

/// Closes a month.
pub fn month(what: &Month, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let Month::Close { month } = what;
    let first = super::plan::month_of(month)?;
    let mut session = Session::writer(desk)?;
    let closed = session.apply(&Command::Cockpit(CockpitCommand::CloseMonth { month: first }));
    if closed.is_err() {
        tell_blocks(&session, desk, io)?;
    }
    closed?;
    if !desk.global.quiet {
        writeln!(io.err, "{month}  {}", Catalog::of(desk.lang).cockpit.closed_done)?;
    }
    Ok(())
}

/// Names what stands in the way, before the refusal is said.
fn tell_blocks(session: &Session, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let page = page(session, Grouping::Officer, session.today())?;
    let t = &Catalog::of(desk.lang).cockpit;
    for figure in [Figure::Unplanned, Figure::Gaps] {
        let count = page.total.count(figure);
        if count == 0 {
            continue;
        }
        writeln!(io.err, "{} {count}", t.name(figure, &page.rule))?;
        let filter = CustomerFilter { figure: Some(figure), ..CustomerFilter::default() };
        let window = Window { offset: 0, limit: MOST };
        let query = Query::Customers { filter, sort: CustomerSort::Id, window };
        let Page::Customers(found) = session.store.query(&session.actor, session.now(), &query)?
        else {
            return Err(Refusal::NotFound.into());
        };
        for row in &found.rows {
            writeln!(io.err, "  {}  {}", row.customer, clean(&row.officer_name))?;
        }
        if found.total > MOST {
            writeln!(io.err, "  +{}", found.total - MOST)?;
        }
    }
    Ok(())
}

fn page(
    session: &Session,
    by: Grouping,
    month: chrono::NaiveDate,
) -> Result<std::sync::Arc<CockpitPage>, Fault> {
    match session.store.query(&session.actor, session.now(), &Query::Cockpit { by, month })? {
        Page::Cockpit(page) => Ok(page),
        _ => Err(Refusal::NotFound.into()),
    }
}
