//! `huifang user pin`: the PIN of one's own locked screen, read a line each and never shown.

use std::io::{self, BufRead as _, IsTerminal as _};

use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};

use super::session::{Desk, Io, Session};
use crate::domain::pin::Pin;
use crate::fault::Fault;
use crate::i18n::Catalog;
use crate::protocol::command::PinCommand;
use crate::protocol::query::Query;
use crate::protocol::reply::Refusal;

/// Asks for the present one, where there is one, and for the new one.
pub fn set(session: &mut Session, desk: &Desk, io: &mut Io<'_>) -> Result<PinCommand, Fault> {
    let t = &Catalog::of(desk.lang).lock;
    let home = session.store.query(&session.actor, session.now(), &Query::Home)?;
    let has_one = matches!(home, crate::protocol::page::Page::Home(home) if home.pin);
    let _quiet = Quiet::begin();
    let present = if has_one { Some(ask(t.present, io)?) } else { None };
    let new = ask(t.new, io)?;
    if io::stdin().is_terminal() && ask(t.again, io)? != new {
        return Err(Refusal::Invalid { field: "pin", why: "pin_differs" }.into());
    }
    Ok(PinCommand::Set { present, new })
}

fn ask(what: &str, io: &mut Io<'_>) -> Result<Pin, Fault> {
    let watched = io::stdin().is_terminal();
    if watched {
        write!(io.err, "{what}: ")?;
        io.err.flush()?;
    }
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line)?;
    if watched {
        writeln!(io.err)?;
    }
    Ok(Pin::new(line.trim_end_matches(['\r', '\n'])))
}

/// While it lives, what is typed is not shown.
struct Quiet(Option<Termios>);

impl Quiet {
    fn begin() -> Self {
        let before = tcgetattr(io::stdin()).ok();
        if let Some(mut quiet) = before.clone() {
            quiet.local_modes.remove(LocalModes::ECHO);
            // Where it can't be, the terminal shows what is typed: no reason to refuse.
            let _ = tcsetattr(io::stdin(), OptionalActions::Flush, &quiet);
        }
        Self(before)
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        if let Some(before) = &self.0 {
            let _ = tcsetattr(io::stdin(), OptionalActions::Flush, before);
        }
    }
}
