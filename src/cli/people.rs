//! `huifang user`: people.

use serde_json::json;

use super::args::{Format, User};
use super::session::{Desk, Io, Session, Want};
use super::table::Sheet;
use crate::access::Action;
use crate::domain::ids::UserId;
use crate::domain::user::Role;
use crate::fault::Fault;
use crate::i18n::{Catalog, words};
use crate::protocol::command::{Command, PinCommand, SetUser};
use crate::protocol::reply::{Outcome, Refusal};

/// Adds, lists, disables, sets PINs.
pub fn run(what: &User, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    match what {
        User::Add { user, name, role, branch } => {
            let own_branch = Catalog::of(desk.lang).cli.own_branch;
            let mut session = Session::batch(desk, Want::Create)?;
            session.apply(&Command::SetUser(SetUser {
                user: UserId::from(user.as_str()),
                name: name.clone().unwrap_or_else(|| user.clone()),
                role: Role::from_code(role).unwrap_or(Role::Officer),
                branch: branch.clone().unwrap_or_else(|| own_branch.to_owned()),
                disabled: false,
            }))?;
            tell_set(user, desk, io)
        }
        User::Disable { user } => disable(user, desk, io),
        User::Pin => set_pin(desk, io),
        User::ResetPin { user } => {
            let mut session = Session::batch(desk, Want::Write)?;
            let reset = PinCommand::Reset { user: UserId::from(user.as_str()) };
            session.apply(&Command::Pin(reset))?;
            tell_set(user, desk, io)
        }
        User::List => list(desk, io),
    }
}

fn tell_set(user: &str, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    if !desk.global.quiet {
        writeln!(io.err, "{}", Catalog::of(desk.lang).cli.user_set(user))?;
    }
    Ok(())
}

/// She stays as she is known, but comes in no more.
fn disable(user: &str, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let mut session = Session::batch(desk, Want::Write)?;
    let path = session.store.path().to_owned();
    let person = session.store.person(&UserId::from(user)).map_err(Fault::store(&path))?;
    let person = person.ok_or(Refusal::NotFound)?;
    session.apply(&Command::SetUser(SetUser {
        user: person.id,
        name: person.name,
        role: person.role,
        branch: person.branch,
        disabled: true,
    }))?;
    tell_set(user, desk, io)
}

/// One's own PIN, asked for at the terminal.
fn set_pin(desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let mut session = Session::writer(desk)?;
    let set = super::pin::set(&mut session, desk, io)?;
    if let Outcome::Pin { right: false, .. } = session.outcome(&Command::Pin(set))? {
        return Err(Refusal::Invalid { field: "pin", why: "pin_wrong" }.into());
    }
    if !desk.global.quiet {
        writeln!(io.err, "{}", Catalog::of(desk.lang).lock.is_set)?;
    }
    Ok(())
}

fn list(desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let format = desk.format(&[Format::Table, Format::Json, Format::Csv])?;
    let session = Session::batch(desk, Want::Read)?;
    if !session.actor.may(Action::ManagePeople) {
        return Err(Refusal::NotAllowed.into());
    }
    let path = session.store.path().to_owned();
    let t = &Catalog::of(desk.lang).cli;
    let mut sheet = Sheet::new(&[
        ("user", t.user),
        ("name", t.name),
        ("role", t.role),
        ("branch", t.branch),
        ("disabled", t.disabled),
    ]);
    let machine = format != Format::Table;
    for person in session.store.people().map_err(Fault::store(&path))? {
        let role =
            if machine { person.role.as_code() } else { words::role(desk.lang, person.role) };
        let disabled = match (machine, person.disabled) {
            (true, disabled) => json!(disabled),
            (false, true) => json!(t.yes),
            (false, false) => json!(""),
        };
        sheet.push(vec![
            json!(person.id.as_str()),
            json!(person.name),
            json!(role),
            json!(person.branch),
            disabled,
        ]);
    }
    super::lists::print(&sheet, format, io)
}
