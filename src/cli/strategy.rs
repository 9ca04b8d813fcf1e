//! `huifang strategy`: financing strategies that wait or go by a plan, or one customer's.

use serde_json::{Value, json};

use super::args::{Format, Strategy};
use super::session::{Desk, Io, Session, Want};
use super::table::{Sheet, person};
use crate::domain::ids::{CustomerId, UserId};
use crate::domain::money::Fen;
use crate::domain::strategy::Strategy as Meant;
use crate::fault::Fault;
use crate::i18n::{Catalog, words};
use crate::protocol::page::{Page, StrategiesPage, StrategyDecision, StrategyRow};
use crate::protocol::query::Query;
use crate::protocol::reply::Refusal;

/// Prints the list, the plan of a customer, or all that was put forward for her.
pub fn run(args: &Strategy, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let format = desk.format(&[Format::Table, Format::Json, Format::Csv])?;
    let session = Session::batch(desk, Want::Read)?;
    let query = Query::Strategies {
        customer: args.customer.as_deref().map(CustomerId::from),
        officer: session.officer(args.officer.as_deref())?,
    };
    let page = match session.store.query(&session.actor, session.now(), &query) {
        Ok(Page::Strategies(page)) => page,
        Ok(_) | Err(Refusal::NotFound) => {
            let customer = args.customer.clone();
            return Err(customer.map_or(Refusal::NotFound.into(), Fault::NoCustomer));
        }
        Err(why) => return Err(why.into()),
    };
    let machine = format != Format::Table;
    let today = crate::store::Store::business_date(session.now());
    let sheet = match (&args.customer, page.rows.first()) {
        (Some(_), Some(row)) if args.history => history(row, desk, machine),
        (Some(_), Some(row)) => plan(row, desk, machine, today),
        _ => list(&page, desk, machine),
    };
    if !machine && !desk.global.quiet {
        tell(&page, args.customer.is_some(), desk, io)?;
    }
    super::lists::print(&sheet, format, io)
}

/// What people are told above the table.
fn tell(page: &StrategiesPage, one: bool, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let text = &Catalog::of(desk.lang).strategies;
    let unsure = if page.verified { String::new() } else { format!("   * {}", text.unverified) };
    let said = match page.rows.first() {
        Some(row) if one => {
            format!("{}  {}  {} {}", row.customer, row.name, text.in_force, text.holds(row))
        }
        _ => text.counted(page.total, page.waiting, &page.pack),
    };
    writeln!(io.err, "{said}{unsure}")?;
    Ok(())
}

fn strategy(of: Meant, desk: &Desk, machine: bool) -> Value {
    json!(if machine { of.as_code() } else { words::strategy(desk.lang, of) })
}

fn amount(fen: Option<Fen>) -> Value {
    fen.map_or(Value::Null, |fen| json!(fen.to_string()))
}

fn list(page: &StrategiesPage, desk: &Desk, machine: bool) -> Sheet {
    let catalog = Catalog::of(desk.lang);
    let (t, text) = (&catalog.cli, &catalog.strategies);
    let mut sheet = Sheet::new(&[
        ("customer_id", t.customer_id),
        ("customer", t.customer),
        ("officer", t.officer),
        ("balance", text.balance),
        ("in_force", text.in_force),
        ("waiting", text.waiting),
        ("next_step", text.next),
        ("target", text.target),
        ("measure", text.measure),
    ]);
    for row in &page.rows {
        let next = row.next();
        sheet.push(vec![
            json!(row.customer.as_str()),
            json!(row.name),
            person(machine, row.officer.as_str(), &row.officer_name),
            amount(row.balance),
            strategy(row.in_force(), desk, machine),
            row.open.as_ref().map_or(Value::Null, |one| strategy(one.strategy, desk, machine)),
            next.map_or(Value::Null, |step| json!(step.plan.due.to_string())),
            amount(next.map(|step| step.plan.target)),
            json!(next.map(|step| step.plan.measure.as_str())),
        ]);
    }
    sheet
}

/// The steps of the plan in force and of the one that waits.
fn plan(row: &StrategyRow, desk: &Desk, machine: bool, today: chrono::NaiveDate) -> Sheet {
    let text = &Catalog::of(desk.lang).strategies;
    let mut sheet = Sheet::new(&[
        ("strategy", text.strategy),
        ("state", text.state),
        ("step", text.step),
        ("due", text.due),
        ("target", text.target),
        ("measure", text.measure),
        ("met_on", text.met),
        ("balance", text.balance),
        ("days_left", text.days_left),
    ]);
    for one in row.current.iter().chain(&row.open) {
        let state =
            if machine { one.state.as_code() } else { words::strategy_state(desk.lang, one.state) };
        if one.steps.is_empty() {
            let mut cells = vec![strategy(one.strategy, desk, machine), json!(state)];
            cells.resize(9, Value::Null);
            sheet.push(cells);
        }
        for step in &one.steps {
            let met = step.met.map(|(on, _)| on);
            let met = met.or(step.marked.as_ref().map(|(_, on, ..)| *on));
            let left = step.is_open().then(|| (step.plan.due - today).num_days());
            sheet.push(vec![
                strategy(one.strategy, desk, machine),
                json!(state),
                json!(step.step),
                json!(step.plan.due.to_string()),
                amount(Some(step.plan.target)),
                json!(step.plan.measure),
                json!(met.map(|on| on.to_string())),
                amount(step.met.map(|(_, balance)| balance)),
                json!(left),
            ]);
        }
    }
    sheet
}

/// Everything that was put forward, latest first.
fn history(row: &StrategyRow, desk: &Desk, machine: bool) -> Sheet {
    let text = &Catalog::of(desk.lang).strategies;
    let mut sheet = Sheet::new(&[
        ("n", "#"),
        ("day", text.day),
        ("from", text.from),
        ("to", text.strategy),
        ("state", text.state),
        ("by", text.by),
        ("visit", text.visit),
        ("decided_on", text.decided_on),
        ("decided_by", text.decided_by),
        ("reason", text.reason),
        ("opinion", text.opinion),
    ]);
    let mut all: Vec<&StrategyDecision> =
        row.current.iter().chain(&row.open).chain(&row.past).collect();
    all.sort_by_key(|one| std::cmp::Reverse(one.n));
    for one in all {
        let state =
            if machine { one.state.as_code() } else { words::strategy_state(desk.lang, one.state) };
        let decided = one.decided.as_ref();
        let login = one.decided_login.as_ref().map(UserId::as_str);
        let by = login.zip(decided).map(|(login, (name, ..))| person(machine, login, name));
        sheet.push(vec![
            json!(one.n),
            json!(one.on.to_string()),
            strategy(one.before, desk, machine),
            strategy(one.strategy, desk, machine),
            json!(state),
            person(machine, one.by_login.as_str(), &one.by),
            json!(one.visit.as_ref().map(|(visit, _)| visit.as_str())),
            json!(decided.map(|(_, on, _)| on.to_string())),
            json!(by),
            json!(one.reason),
            json!(decided.map(|(_, _, note)| note)),
        ]);
    }
    sheet
}
