//! `huifang retention`: data whose time is over, and what is done about it.

use serde_json::{Value, json};

use super::args::{Format, Retention};
use super::session::{Desk, Io, Session, Want};
use super::table::{Sheet, person};
use crate::domain::ids::{CustomerId, ErasureId, UserId};
use crate::fault::Fault;
use crate::i18n::Catalog;
use crate::protocol::command::{Command, RetentionCommand};
use crate::protocol::page::Page;
use crate::protocol::query::Query;
use crate::protocol::reply::Refusal;

/// Lists, or does what the words say.
pub fn run(what: &Retention, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let t = &Catalog::of(desk.lang).retention;
    let erasure = |id: &String| ErasureId::from(id.as_str());
    let customer = |id: &String| CustomerId::from(id.as_str());
    let (command, said) = match what {
        Retention::List => return list(desk, io),
        Retention::Propose { reason } => {
            (RetentionCommand::Propose { reason: reason.clone() }, t.said_proposed)
        }
        Retention::Agree { erasure: id } => {
            let (erasure, note) = (erasure(id), String::new());
            (RetentionCommand::Decide { erasure, agree: true, note }, t.said_decided)
        }
        Retention::Refuse { erasure: id, reason } => {
            let (erasure, note) = (erasure(id), reason.clone());
            (RetentionCommand::Decide { erasure, agree: false, note }, t.said_decided)
        }
        Retention::Withdraw { erasure: id } => {
            (RetentionCommand::Withdraw { erasure: erasure(id) }, t.said_withdrawn)
        }
        Retention::Hold { customer: id, reason } => {
            (RetentionCommand::Hold { customer: customer(id), reason: reason.clone() }, t.said_held)
        }
        Retention::Release { customer: id, reason } => {
            let (customer, reason) = (customer(id), reason.clone());
            (RetentionCommand::Release { customer, reason }, t.said_released)
        }
    };
    let mut session = Session::batch(desk, Want::Write)?;
    session.apply(&Command::Retention(command))?;
    if !desk.global.quiet {
        writeln!(io.err, "{said}")?;
        if let Retention::Agree { erasure } = what {
            let page = session.store.query(&session.actor, session.now(), &Query::Retention)?;
            let Page::Retention(page) = page else { return Err(Refusal::NotFound.into()) };
            let done = page.past.iter().find(|row| row.erasure.as_str() == erasure);
            if let Some(done) = done {
                writeln!(io.err, "{}", t.erased(done.erased))?;
            }
            writeln!(io.err, "{}", t.backups)?;
        }
    }
    Ok(())
}

fn list(desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let format = desk.format(&[Format::Table, Format::Json, Format::Csv])?;
    let session = Session::batch(desk, Want::Read)?;
    let page = session.store.query(&session.actor, session.now(), &Query::Retention)?;
    let Page::Retention(page) = page else { return Err(Refusal::NotFound.into()) };
    let t = &Catalog::of(desk.lang).retention;
    let machine = format != Format::Table;
    let mut sheet = Sheet::new(&[
        ("state", t.state),
        ("id", t.number),
        ("about", t.customer),
        ("ended_on", t.since),
        ("by", t.by),
        ("reason", t.reason),
    ]);
    for row in page.open.iter().chain(&page.past) {
        let state = if machine { row.state.as_code() } else { t.state(row.state) };
        let about = if machine { row.names.join("; ") } else { t.proposal(row.customers) };
        sheet.push(vec![
            json!(state),
            json!(row.erasure.as_str()),
            json!(about),
            Value::Null,
            person(machine, row.by_login.as_str(), &row.by),
            json!(row.reason),
        ]);
    }
    for row in &page.due {
        let (code, word) = if row.hold.is_some() { ("held", t.held) } else { ("over", t.over) };
        let (reason, by) = row.hold.clone().unwrap_or_default();
        let login = row.held_by.as_ref().map_or("", UserId::as_str);
        sheet.push(vec![
            json!(if machine { code } else { word }),
            json!(row.customer.as_str()),
            json!(row.name),
            json!(row.ended_on.to_string()),
            person(machine, login, &by),
            json!(reason),
        ]);
    }
    if !machine && !desk.global.quiet {
        let rule = t.rule(page.years, page.verified, page.due_total, page.undated);
        writeln!(io.err, "{rule}")?;
    }
    super::lists::print(&sheet, format, io)
}
