//! `huifang tiers`: customers whose proposed tier is not the one in force, or waits for somebody.

use serde_json::{Value, json};

use super::args::{Format, Tiers};
use super::session::{Desk, Io, Session, Want};
use super::table::{Sheet, person};
use crate::domain::loan::Tier;
use crate::fault::Fault;
use crate::i18n::{Catalog, words};
use crate::protocol::page::Page;
use crate::protocol::query::Query;
use crate::protocol::reply::Refusal;

/// Prints the list.
pub fn run(args: &Tiers, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let format = desk.format(&[Format::Table, Format::Json, Format::Csv])?;
    let session = Session::batch(desk, Want::Read)?;
    let officer = session.officer(args.officer.as_deref())?;
    let query = Query::Tiers { customer: None, officer };
    let Page::Tiers(page) = session.store.query(&session.actor, session.now(), &query)? else {
        return Err(Refusal::NotFound.into());
    };
    let catalog = Catalog::of(desk.lang);
    let (t, tiers) = (&catalog.cli, &catalog.tiers);
    // Codes for machines, their words for people.
    let machine = format != Format::Table;
    let tier =
        |tier: Tier| json!(if machine { tier.as_code() } else { words::tier(desk.lang, tier) });
    let maybe = |of: Option<Tier>| of.map_or(Value::Null, &tier);
    let mut sheet = Sheet::new(&[
        ("customer_id", t.customer_id),
        ("customer", t.customer),
        ("officer", t.officer),
        ("exposure", tiers.exposure),
        ("booked", tiers.booked),
        ("confirmed", tiers.confirmed),
        ("in_force", tiers.in_force),
        ("proposed", tiers.machine),
        ("put_forward", tiers.put_forward),
        ("subgrade", tiers.grade),
        ("confirm_by", tiers.due),
        ("decided_on", tiers.answered_on),
        ("decided_by", tiers.answered_by),
        ("reasons", tiers.reasons),
    ]);
    for row in &page.rows {
        let reasons: Vec<String> = row
            .reasons
            .iter()
            .map(|reason| if machine { reason.encode() } else { tiers.said(reason) })
            .collect();
        let answered = row.answered.as_ref();
        sheet.push(vec![
            json!(row.customer.as_str()),
            json!(row.name),
            person(machine, row.officer.as_str(), &row.officer_name),
            row.exposure.map_or(Value::Null, |fen| json!(fen.to_string())),
            maybe(row.booked),
            maybe(row.confirmed),
            tier(row.in_force),
            tier(row.machine),
            maybe(row.open.as_ref().map(|open| open.tier)),
            json!(row.open.as_ref().and_then(|open| open.subgrade.clone())),
            row.due_on.map_or(Value::Null, |day| json!(day.to_string())),
            json!(answered.map(|of| of.on.to_string())),
            json!(answered.map(|of| person(machine, of.by_login.as_str(), &of.by))),
            json!(reasons.join("; ")),
        ]);
    }
    if !machine && !desk.global.quiet {
        let note = if page.verified { String::new() } else { format!("   {}", tiers.unverified) };
        writeln!(io.err, "{}{note}", tiers.count(page.total, page.answered, &page.pack))?;
    }
    super::lists::print(&sheet, format, io)
}
