//! `huifang user`: people.

use serde_json::json;

use super::args::{Format, User};
use super::session::{Desk, Io, Session, Want};
use super::table::Sheet;
use crate::access::Action;
use crate::domain::ids::UserId;
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
            let id = UserId::from(user.as_str());
            let path = session.store.path().to_owned();
            // What is not said of somebody who is known stays as it is.
            let known = session.store.person(&id).map_err(Fault::store(&path))?;
            let (known_name, known_branch) = known.map(|p| (p.name, p.branch)).unzip();
            let known_branch = known_branch.filter(|branch: &String| !branch.is_empty());
            let set = SetUser {
                user: id,
                name: name.clone().or(known_name).unwrap_or_else(|| user.clone()),
                role: *role,
                branch: branch.clone().or(known_branch).unwrap_or_else(|| own_branch.to_owned()),
                disabled: false,
            };
            session.apply(&Command::SetUser(set.clone()))?;
            let role = words::role(desk.lang, set.role);
            let t = &Catalog::of(desk.lang).cli;
            desk.tell(&t.user_set(user, &set.name, role, &set.branch), io)
        }
        User::Disable { user } => disable(user, desk, io),
        User::Pin => set_pin(desk, io),
        User::ResetPin { user } => {
            let mut session = Session::batch(desk, Want::Write)?;
            let reset = PinCommand::Reset { user: UserId::from(user.as_str()) };
            session.apply(&Command::Pin(reset))?;
            desk.tell(&Catalog::of(desk.lang).cli.pin_reset(user), io)
        }
        User::List => list(desk, io),
    }
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
    desk.tell(&Catalog::of(desk.lang).cli.user_disabled(user), io)
}

/// One's own PIN, asked for at the terminal.
fn set_pin(desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let mut session = Session::writer(desk)?;
    let set = super::pin::set(&mut session, desk, io)?;
    if let Outcome::Pin { right: false, .. } = session.outcome(&Command::Pin(set))? {
        return Err(Refusal::Invalid { field: "pin", why: "pin_wrong" }.into());
    }
    desk.tell(Catalog::of(desk.lang).lock.is_set, io)
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
