//! `huifang deadlines`: what falls due without a visit.

use serde_json::json;

use super::args::{Deadlines, Format};
use super::session::{Desk, Io, Session, Want};
use super::table::Sheet;
use crate::domain::ids::CustomerId;
use crate::fault::Fault;
use crate::i18n::Catalog;
use crate::protocol::page::Page;
use crate::protocol::query::Query;
use crate::protocol::reply::Refusal;

/// Prints them: those that are near, or all of a customer.
pub fn run(args: &Deadlines, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let format = desk.format(&[Format::Table, Format::Json, Format::Csv])?;
    let session = Session::batch(desk, Want::Read)?;
    let query = Query::Deadlines {
        customer: args.customer.as_deref().map(CustomerId::from),
        officer: session.officer(args.officer.as_deref())?,
    };
    let Page::Deadlines(page) = session.store.query(&session.actor, session.now(), &query)? else {
        return Err(Refusal::NotFound.into());
    };
    let (t, c) = (&Catalog::of(desk.lang).deadlines, &Catalog::of(desk.lang).cli);
    let machine = format != Format::Table;
    let mut sheet = Sheet::new(&[
        ("due", c.due),
        ("late_days", t.late),
        ("kind", t.kind),
        ("customer_id", c.customer_id),
        ("customer", c.customer),
        ("officer", c.officer),
        ("ref", t.reference),
        ("loan_id", t.loan),
        ("period_end", t.period),
        ("about", t.about),
        ("headroom", t.headroom),
        ("figure", t.figure),
        ("in_a_row", t.in_a_row),
        ("target", t.target),
        ("balance", t.balance),
    ]);
    let names = session.names(machine)?;
    for row in &page.rows {
        let one = &row.deadline;
        let kind = if machine { one.kind.as_code() } else { t.of(one.kind) };
        let headroom =
            one.headroom.map(|state| if machine { state.as_code() } else { t.headroom(state) });
        sheet.push(vec![
            json!(one.due.to_string()),
            json!(row.late_days),
            json!(kind),
            json!(row.customer.as_str()),
            json!(row.name),
            json!(names.of(&row.officer)),
            json!(one.reference),
            json!(one.loan),
            json!(one.period_end.map(|end| end.to_string())),
            json!(one.about),
            json!(headroom),
            json!(one.figure.map(|figure| figure.to_string())),
            json!(one.late_in_a_row),
            json!(one.target.map(|fen| fen.to_string())),
            json!(one.balance.map(|fen| fen.to_string())),
        ]);
    }
    super::lists::print(&sheet, format, io)?;
    if !desk.global.quiet && (page.rows.len() as u64) < u64::from(page.total) {
        writeln!(io.err, "{}", t.counted(page.total, page.late))?;
    }
    Ok(())
}
