//! `huifang events add --dry-run`: whom an event would have looked at. Nothing is written.

use serde_json::json;

use super::args::Format;
use super::session::{Desk, Io, Session};
use super::table::{Sheet, document};
use crate::fault::Fault;
use crate::i18n::Catalog;
use crate::protocol::command::NewEvent;
use crate::protocol::page::{ForeseenPage, Page};
use crate::protocol::query::{Query, Reaching};
use crate::protocol::reply::Refusal;

/// Prints how many, whose they are and the first of them; what entering would refuse is refused.
pub fn run(event: &NewEvent, session: &Session, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let format = desk.format(&[Format::Table, Format::Json])?;
    let of = Reaching {
        industries: words(&event.industries),
        districts: words(&event.districts),
        drivers: words(&event.drivers),
    };
    let refused = |field, why| Fault::from(Refusal::Invalid { field, why });
    if of.is_empty() {
        return Err(refused("industries", "reaches_nobody"));
    }
    let at_district = !of.districts.is_empty();
    let page = session.store.query(&session.actor, session.now(), &Query::Foreseen(of))?;
    let Page::Foreseen(page) = page else { return Err(Refusal::NotFound.into()) };
    if !page.unknown_drivers.is_empty() {
        return Err(refused("drivers", "unknown_driver"));
    }
    if page.customers == 0 {
        return Err(refused(if at_district { "districts" } else { "industries" }, "meets_nobody"));
    }
    print(&page, format == Format::Json, desk, io)
}

/// The words of a list that are not empty.
fn words(list: &[String]) -> Vec<String> {
    list.iter().map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect()
}

fn print(page: &ForeseenPage, machine: bool, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let catalog = Catalog::of(desk.lang);
    let (t, c) = (&catalog.foreseen, &catalog.cli);
    let mut officers = Sheet::new(&[("officer", t.officer), ("customers", t.customers)]);
    for one in &page.officers {
        let name = if machine { one.officer.as_str() } else { &one.name };
        officers.push(vec![json!(name), json!(one.customers)]);
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
        });
        return Ok(document(&all, io.out)?);
    }
    writeln!(io.out, "{}\n", t.meets(page))?;
    officers.text(io.out)?;
    writeln!(io.out, "\n{}", t.first)?;
    first.text(io.out)?;
    if !desk.global.quiet {
        writeln!(io.err, "{}", t.nothing_entered)?;
    }
    Ok(())
}
