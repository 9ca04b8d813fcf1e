//! `huifang callbacks`: the sample of a month, for whoever calls the customers back.

use chrono::{Datelike as _, NaiveDate};
use serde_json::{Value, json};

use super::args::{Callbacks, Format};
use super::session::{Desk, Io, Session, Want};
use super::table::{Sheet, person};
use crate::access::Action;
use crate::fault::Fault;
use crate::i18n::{Catalog, words};
use crate::protocol::page::Page;
use crate::protocol::query::Query;
use crate::protocol::reply::Refusal;

/// Prints the sample of a month: this one, if none is named.
pub fn run(args: &Callbacks, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let format = desk.format(&[Format::Table, Format::Json, Format::Csv])?;
    let month = args.month.as_deref().map(super::plan::month_of).transpose()?;
    let session = Session::batch(desk, Want::Read)?;
    // Whoever made the visits need not know which of them are called back.
    if !session.actor.may(Action::Opine) && !session.actor.may(Action::ReadJournal) {
        return Err(Refusal::NotAllowed.into());
    }
    let today = session.today();
    let first = |day: NaiveDate| day.with_day(1).unwrap_or(day);
    let query = Query::Sample { month: month.unwrap_or_else(|| first(today)) };
    let Page::Sample(page) = session.store.query(&session.actor, session.now(), &query)? else {
        return Err(Refusal::NotFound.into());
    };
    let catalog = Catalog::of(desk.lang);
    let (t, review) = (&catalog.cli, &catalog.review);
    // Codes for machines, their words for people.
    let machine = format != Format::Table;
    let word = |code: &'static str, word: &'static str| json!(if machine { code } else { word });
    let mut sheet = Sheet::new(&[
        ("visit_id", t.visit),
        ("customer_id", t.customer_id),
        ("customer", t.customer),
        ("officer", t.officer),
        ("visited_on", t.visited_on),
        ("state", t.state),
        ("result", t.result),
        ("calls", review.calls_column),
        ("own", review.state_own),
    ]);
    for row in &page.rows {
        let result = match row.result {
            Some(result) => word(result.as_code(), words::call_result(desk.lang, result)),
            None if machine => Value::Null,
            None => json!(review.not_called),
        };
        let own = match (machine, row.own) {
            (true, own) => json!(own),
            (false, true) => json!(t.yes),
            (false, false) => json!(""),
        };
        sheet.push(vec![
            json!(row.visit.as_str()),
            json!(row.customer.as_str()),
            json!(row.name),
            person(machine, row.officer.as_str(), &row.officer_name),
            json!(row.visited_on.to_string()),
            word(row.state.as_code(), words::visit_state(desk.lang, row.state)),
            result,
            json!(row.calls),
            own,
        ]);
    }
    if !machine && !desk.global.quiet {
        let told = review.sample_of(page.rows.len(), page.drawn_from, page.percent);
        writeln!(io.err, "{} {told}", page.month.format("%Y-%m"))?;
    }
    super::lists::print(&sheet, format, io)
}
