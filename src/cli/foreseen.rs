//! `huifang events add --dry-run`: whom an event would have looked at. Nothing is written.

use serde_json::json;

use super::args::Format;
use super::session::{Desk, Io, Session};
use super::table::{Sheet, document, person};
use crate::fault::Fault;
use crate::i18n::Catalog;
use crate::protocol::page::{ForeseenPage, Page};
use crate::protocol::query::{Query, Reaching};
use crate::protocol::reply::Refusal;

/// Prints how many, whose they are and the first of them; what entering would refuse is refused.
pub fn run(of: Reaching, session: &Session, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let format = desk.format(&[Format::Table, Format::Json])?;
    let field = if of.districts.is_empty() { "industries" } else { "districts" };
    let page = session.store.query(&session.actor, session.now(), &Query::Foreseen(of))?;
    let Page::Foreseen(page) = page else { return Err(Refusal::NotFound.into()) };
    if page.customers == 0 {
        return Err(Refusal::Invalid { field, why: "meets_nobody" }.into());
    }
    print(&page, format == Format::Json, desk, io)
}

fn print(page: &ForeseenPage, machine: bool, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let catalog = Catalog::of(desk.lang);
    let (t, c) = (&catalog.foreseen, &catalog.cli);
    let mut officers = Sheet::new(&[("officer", t.officer), ("customers", t.customers)]);
    for one in &page.officers {
        let officer = person(machine, one.officer.as_str(), &one.name);
        officers.push(vec![officer, json!(one.customers)]);
    }
    let mut first = Sheet::new(&[
        ("customer_id", c.customer_id),
        ("customer", c.customer),
        ("exposure", catalog.tiers.exposure),
    ]);
    for one in &page.first {
        let exposure = one.exposure.map(|fen| fen.to_string());
        first.push(vec![json!(one.customer.as_str()), json!(one.name), json!(exposure)]);
    }
    if machine {
        let all = json!({
            "customers": page.customers,
            "exposure": page.exposure.to_string(),
            "unknown_exposure": page.unknown_exposure,
            "officers": officers.value(),
            "first": first.value(),
            "unknown_industries": page.unknown_industries,
            "unknown_districts": page.unknown_districts,
        });
        return Ok(document(&all, io.out)?);
    }
    writeln!(io.out, "{}\n", t.meets(page))?;
    officers.text(io.out)?;
    writeln!(io.out, "\n{}", t.first)?;
    first.text(io.out)?;
    for line in t.strange(page) {
        writeln!(io.err, "{line}")?;
    }
    if !desk.global.quiet {
        writeln!(io.err, "{}", t.nothing_entered)?;
    }
    Ok(())
}
