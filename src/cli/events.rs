//! `huifang events`: the register of events outside.

use std::path::Path;

use serde_json::json;

use super::args::{EventNew, Events, Format};
use super::foreseen;
use super::leave::{self, Place};
use super::session::{Desk, Io, Session, Want};
use super::table::{Sheet, person};
use crate::access::Action;
use crate::assets::drivers;
use crate::domain::event::EventKind;
use crate::domain::ids::EventId;
use crate::domain::money::Decimal4;
use crate::domain::user::Work;
use crate::fault::{Fault, Wrong};
use crate::i18n::{Catalog, Lang, warning, words};
use crate::protocol::command::{Command, EventCommand, NewEvent};
use crate::protocol::page::{EventRow, Page};
use crate::protocol::query::Query;
use crate::protocol::reply::Refusal;

/// Does what was asked for.
pub fn run(what: &Events, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    match what {
        Events::List { out, force } => list(place(out.as_deref(), *force), desk, io),
        Events::Looks { event, out, force } => {
            looks(event.as_deref(), place(out.as_deref(), *force), desk, io)
        }
        Events::Add(new) => add(new, desk, io),
        Events::Drivers => show_drivers(desk, io),
    }
}

fn place(out: Option<&Path>, force: bool) -> Option<Place<'_>> {
    out.map(|path| Place { path, force })
}

fn list(out: Option<Place<'_>>, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let format = desk.format(&[Format::Table, Format::Json, Format::Csv])?;
    let mut session = Session::batch(desk, Want::Read)?;
    let page = session.store.query(&session.actor, session.now(), &Query::Events)?;
    let Page::Events(page) = page else { return Err(Refusal::NotFound.into()) };
    let t = &Catalog::of(desk.lang).warning;
    let mut sheet = Sheet::new(&[
        ("event_id", t.event),
        ("kind", t.kind),
        ("title", t.title),
        ("change", t.change),
        ("happened_on", t.happened_on),
        ("due_on", t.due_on),
        ("drivers", t.drivers),
        ("industries", t.industries),
        ("districts", t.districts),
        ("customers", t.customers),
        ("done", t.done),
        ("late", t.late),
        ("closed_on", t.closed),
        ("finding", t.found),
    ]);
    for row in &page.rows {
        sheet.push(cells(row, format != Format::Table || out.is_some(), desk.lang));
    }
    match out {
        Some(place) => leave::to_file(&sheet, place, "events", &mut session, (desk, io)),
        None => super::lists::print(&sheet, format, io),
    }
}

/// Who is looked at because of events, in sight, and what came of it.
fn looks(
    event: Option<&str>,
    out: Option<Place<'_>>,
    desk: &Desk,
    io: &mut Io<'_>,
) -> Result<(), Fault> {
    let format = desk.format(&[Format::Table, Format::Json, Format::Csv])?;
    let mut session = Session::batch(desk, Want::Read)?;
    let event = event.map(EventId::from);
    let query = Query::LookAts { event: event.clone() };
    let page = session.store.query(&session.actor, session.now(), &query)?;
    let Page::LookAts(page) = page else { return Err(Refusal::NotFound.into()) };
    // An event that nobody knows is a slip, and no list without rows.
    if let Some(event) = event.filter(|_| page.rows.is_empty()) {
        let store = &session.store;
        let known = store.enters_event(&session.actor, &event);
        if !known.map_err(Fault::store(store.path()))? {
            return Err(Refusal::NotFound.into());
        }
    }
    let machine = format != Format::Table || out.is_some();
    let (t, c) = (&Catalog::of(desk.lang).warning, &Catalog::of(desk.lang).cli);
    let mut sheet = Sheet::new(&[
        ("event_id", t.event),
        ("title", t.title),
        ("customer_id", c.customer_id),
        ("customer", c.customer),
        ("why", t.why),
        ("owner", c.owner),
        ("due_on", t.due_on),
        ("state", c.state),
        ("done_on", t.looked_on),
        ("came_of_it", t.found),
    ]);
    for row in &page.rows {
        let state = words::todo_state(desk.lang, row.state);
        let why = row.why.join(desk.lang.list_mark());
        sheet.push(vec![
            json!(row.event.as_str()),
            json!(row.title),
            json!(row.customer.as_str()),
            json!(row.name),
            if machine { json!(row.why) } else { json!(why) },
            person(machine, row.owner.as_str(), &row.owner_name),
            json!(row.due_on.to_string()),
            json!(if machine { row.state.as_code() } else { state }),
            json!(row.done_on.map(|day| day.to_string())),
            json!(row.result),
        ]);
    }
    match out {
        Some(place) => leave::to_file(&sheet, place, "look_ats", &mut session, (desk, io)),
        None => super::lists::print(&sheet, format, io),
    }
}

fn cells(row: &EventRow, machine: bool, lang: Lang) -> Vec<serde_json::Value> {
    let [industries, districts, drivers] = &row.reach;
    vec![
        json!(row.event.as_str()),
        json!(if machine { row.kind.as_code() } else { warning::event_kind(lang, row.kind) }),
        json!(row.title),
        json!(row.change.map(|n| n.to_string())),
        json!(row.happened_on.to_string()),
        json!(row.due_on.to_string()),
        json!(drivers),
        json!(industries),
        json!(districts),
        json!(row.customers),
        json!(row.done),
        json!(row.late),
        json!(row.closed_on.map(|day| day.to_string())),
        json!(row.finding),
    ]
}

/// Enters an event as a person of the file: a supervisor or risk manager.
fn add(new: &EventNew, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let mut session = Session::writer(desk)?;
    if !session.actor.may(Action::RegisterEvents) {
        return Err(Fault::Work(Work::Events));
    }
    let known = drivers::shared().map_err(Fault::Faulty)?;
    let words: Vec<String> = new.driver.iter().map(|word| word.trim().to_owned()).collect();
    let strange = drivers::resolve(&known, &words).unknown;
    if let Some(word) = strange.into_iter().find(|word| !word.is_empty()) {
        return Err(Fault::Wrong(Wrong::Driver(word)));
    }
    let change = new.change.as_deref().map(|text| {
        Decimal4::parse(text.trim_end_matches('%').trim_start_matches('+'))
            .map_err(|_not_a_number| Refusal::Invalid { field: "change", why: "malformed" })
    });
    let today = session.today();
    let event = NewEvent {
        kind: EventKind::from_code(&new.kind).unwrap_or(EventKind::Other),
        title: new.title.clone(),
        change: change.transpose()?,
        happened_on: new.on.unwrap_or(today),
        industries: new.industry.clone(),
        districts: new.district.clone(),
        drivers: new.driver.clone(),
        points: new.points.clone(),
        due_on: new.due,
    };
    if new.dry_run {
        let of = session.store.try_event(&event, (&session.actor, session.now()))?;
        return foreseen::run(of, &session, desk, io);
    }
    session.apply(&Command::Event(EventCommand::Add(Box::new(event))))?;
    writeln!(io.out, "{}", Catalog::of(desk.lang).warning.entered)?;
    Ok(())
}

fn show_drivers(desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let format = desk.format(&[Format::Table, Format::Json, Format::Csv])?;
    let drivers = drivers::shared().map_err(Fault::Faulty)?;
    let t = &Catalog::of(desk.lang).warning;
    let mut sheet = Sheet::new(&[("code", t.code), ("driver", t.driver), ("industries", t.words)]);
    for driver in drivers.iter() {
        let name = if desk.lang == Lang::Zh { &driver.zh } else { &driver.en };
        sheet.push(vec![json!(driver.code), json!(name), json!(driver.industries)]);
    }
    super::lists::print(&sheet, format, io)
}
