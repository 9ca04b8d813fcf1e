//! `huifang digest`: what waits for each person, as text that the bank's own mailer can send.
//!
//! One text a person, each with `To:` and `Subject:` lines, parted by a form feed. Whoever owns the
//! file gets everybody's, others their own. No names of customers unless asked for: mail leaves
//! the server.

use std::fmt::Write as _;

use super::args::Digest;
use super::session::{Desk, Io, Session, Want};
use crate::access::Actor;
use crate::domain::ids::UserId;
use crate::domain::user::{Role, User};
use crate::fault::Fault;
use crate::i18n::{Catalog, Lang, words};
use crate::protocol::page::{AgendaRow, DeadlineRow, Page};
use crate::protocol::query::{AgendaFilter, Query, Window};
use crate::protocol::reply::Refusal;
use crate::ui::clean::text as clean;

/// Lines of each list; what is beyond is counted.
const MOST: usize = 20;
/// A list is read up to here, so that what is beyond [`MOST`] can be counted.
const READ: u32 = 5_000;

/// Prints the digests.
pub fn run(args: &Digest, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let session = Session::batch(desk, Want::Read)?;
    let path = session.store.path().to_owned();
    let everybody = session.store.people().map_err(Fault::store(&path))?;
    let wanted = args.user.as_deref().map(UserId::from);
    // Who owns the file, is no officer of it and names nobody acts as the service.
    let whole = matches!(session.actor.role, Role::Auditor | Role::Admin);
    let service = session.actor.operator && whole && desk.global.r#as.is_none();
    let may = |person: &User| service || person.id == session.actor.user;
    let people = everybody.iter().filter(|person| {
        let works = matches!(person.role, Role::Officer | Role::Supervisor) && !person.disabled;
        works && wanted.as_ref().is_none_or(|wanted| *wanted == person.id)
    });
    let (mut first, mut found) = (true, false);
    for person in people {
        found = true;
        if !may(person) {
            if wanted.is_some() {
                return Err(Refusal::NotAllowed.into());
            }
            continue;
        }
        let Some(text) = digest(&session, person, args.names, desk.lang)? else { continue };
        if !first {
            writeln!(io.out, "\u{c}")?;
        }
        first = false;
        write!(io.out, "{text}")?;
    }
    if wanted.is_some() && !found {
        return Err(Refusal::NotFound.into());
    }
    Ok(())
}

/// What waits for a person; `None` = nothing does.
fn digest(
    session: &Session,
    person: &User,
    names: bool,
    lang: Lang,
) -> Result<Option<String>, Fault> {
    let actor = Actor {
        user: person.id.clone(),
        name: person.name.clone(),
        role: person.role,
        branch: person.branch.clone(),
        operator: false,
        ..session.actor.clone()
    };
    let (now, today) = (session.now(), session.today());
    let Page::Home(home) = session.store.query(&actor, now, &Query::Home)? else {
        return Err(Refusal::NotFound.into());
    };
    let waits = Catalog::of(lang).shell.counters(&home).0;
    if waits.is_empty() {
        return Ok(None);
    }
    // As far ahead as the first reminder looks.
    let ahead = session.packs.policy.remind.before.iter().max().copied().unwrap_or_default();
    let until = session.packs.workdays.plus_workdays(today, ahead);
    let query = Query::Agenda {
        filter: AgendaFilter::Until(until),
        class: None,
        officer: None,
        window: Window { offset: 0, limit: READ },
    };
    let Page::Agenda(agenda) = session.store.query(&actor, now, &query)? else {
        return Err(Refusal::NotFound.into());
    };
    let t = &Catalog::of(lang).digest;
    let mut text = format!(
        "To: {}\nSubject: {}\n\n",
        clean(person.id.as_str()),
        clean(&t.subject(&person.name, today, &waits))
    );
    // Whom a supervisor has paused is nobody to be reminded of.
    let due = agenda.rows.iter().filter(|row| row.paused.is_none());
    let (late, soon): (Vec<_>, Vec<_>) = due.partition(|row| row.overdue_days > 0);
    let line = |row: &&AgendaRow| visit(row, names, lang);
    list(&mut text, t.overdue, &late.iter().map(line).collect::<Vec<_>>(), lang);
    list(&mut text, t.soon, &soon.iter().map(line).collect::<Vec<_>>(), lang);
    let query = Query::Deadlines { customer: None, officer: None };
    let Page::Deadlines(deadlines) = session.store.query(&actor, now, &query)? else {
        return Err(Refusal::NotFound.into());
    };
    let near = deadlines.rows.iter().filter(|row| row.deadline.due <= until);
    let near = near.map(|row| deadline(row, names, lang));
    list(&mut text, t.deadlines, &near.collect::<Vec<_>>(), lang);
    let Page::Inbox(inbox) = session.store.query(&actor, now, &Query::Inbox)? else {
        return Err(Refusal::NotFound.into());
    };
    let overlays = &Catalog::of(lang).overlays;
    let unread = inbox.rows.iter().filter(|row| row.unread).map(|row| {
        let about = match (&row.ahead, &row.customer) {
            (Some(ahead), _) => overlays.ahead(&row.kind, *ahead, today),
            (None, Some(customer)) if names => {
                format!("{customer} {}", row.name.as_deref().unwrap_or_default())
            }
            (None, Some(customer)) => customer.to_string(),
            (None, None) => String::from("-"),
        };
        format!("{}  {}  {about}", row.date, overlays.notice(&row.kind, row.days))
    });
    list(&mut text, t.messages, &unread.collect::<Vec<_>>(), lang);
    // Writing into a string never fails.
    let _ = writeln!(text, "{}", t.foot);
    Ok(Some(text))
}

/// A heading with its count and at most [`MOST`] lines; nothing for nothing.
fn list(text: &mut String, title: &str, lines: &[String], lang: Lang) {
    if lines.is_empty() {
        return;
    }
    let _ = writeln!(text, "{title} ({})", lines.len());
    for line in lines.iter().take(MOST) {
        let _ = writeln!(text, "  {}", clean(line));
    }
    if lines.len() > MOST {
        let _ = writeln!(text, "  {}", Catalog::of(lang).digest.more(lines.len() - MOST));
    }
    text.push('\n');
}

/// A due visit in a line.
fn visit(row: &AgendaRow, names: bool, lang: Lang) -> String {
    let duties: Vec<&str> = row.codes.iter().map(|code| words::duty(lang, *code)).collect();
    let mut line = format!("{}  {}", row.due, row.customer);
    if names {
        let _ = write!(line, " {}", row.name);
    }
    let _ = write!(line, "  {}", duties.join(" + "));
    if row.overdue_days > 0 {
        let _ = write!(line, "  {}", Catalog::of(lang).digest.late(row.overdue_days));
    }
    line
}

/// A deadline beside visits in a line.
fn deadline(row: &DeadlineRow, names: bool, lang: Lang) -> String {
    let catalog = Catalog::of(lang);
    let mut line = format!("{}  {}", row.deadline.due, row.customer);
    if names {
        let _ = write!(line, " {}", row.name);
    }
    let kind = catalog.deadlines.of(row.deadline.kind);
    let _ = write!(line, "  {kind} {}", row.deadline.reference);
    if row.late_days > 0 {
        let _ = write!(line, "  {}", catalog.digest.late(row.late_days));
    }
    line
}
