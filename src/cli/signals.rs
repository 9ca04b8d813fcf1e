//! `huifang signals`: the library with its rules, the check of a branch's own file, and a look at
//! the book or at one customer.

use std::path::Path;

use serde_json::json;

use super::args::{Format, Signals};
use super::session::{Desk, Io, Session, Want, clock};
use super::table::{Sheet, document};
use crate::access::Action;
use crate::assets::warning::{Book, book, shared};
use crate::domain::ids::CustomerId;
use crate::fault::{Fault, Wrong};
use crate::i18n::{Catalog, Lang, warning, words};
use crate::protocol::reply::Refusal;
use crate::risk::Basis;
use crate::store::Proposed;
use crate::ui::seen;
use crate::warning::branches::Unknown;

/// Does what was asked for.
pub fn run(what: &Signals, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    match what {
        Signals::List => list(desk, io),
        Signals::Check { file } => check(file, desk, io),
        Signals::Run { customer } => look(customer.as_deref(), desk, io),
    }
}

/// The library in force; without a database the one that is built in.
fn list(desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let format = desk.format(&[Format::Table, Format::Json, Format::Csv])?;
    let book = match Session::batch(desk, Want::Read) {
        Ok(session) => {
            let path = session.store.path().to_owned();
            session.store.rule_book().map_err(Fault::store(&path))?
        }
        Err(Fault::NoDatabase(_)) => shared().map_err(Fault::Faulty)?,
        Err(fault) => return Err(fault),
    };
    let sheet = library(&book, format != Format::Table, desk.lang);
    super::lists::print(&sheet, format, io)
}

fn library(book: &Book, machine: bool, lang: Lang) -> Sheet {
    let t = &Catalog::of(lang).warning;
    let mut sheet = Sheet::new(&[
        ("code", t.code),
        ("level", t.level),
        ("signal", t.name),
        ("basis", t.basis),
        ("rule", t.rule),
        ("on", t.on),
        ("source", t.source),
        ("verified", t.verified),
    ]);
    for signal in book.signals.all() {
        let together = book.signals.combinations().iter().find(|c| c.code == signal.code);
        let (basis, rule) = match &signal.basis {
            Basis::Rule(rule) => ("rule", Some(rule.clone())),
            Basis::Answers => ("answers", None),
            Basis::Deadline => ("deadline", None),
            Basis::Manual => ("manual", None),
            Basis::Combination => ("combination", together.map(crate::risk::Combination::told)),
        };
        let code =
            |code: &'static str, word: &'static str| json!(if machine { code } else { word });
        let yes = |yes: bool| if machine { json!(yes) } else { json!(t.yes_no(yes)) };
        sheet.push(vec![
            json!(signal.code),
            code(signal.level.as_code(), words::level(lang, signal.level)),
            json!(if lang == Lang::Zh { &signal.zh } else { &signal.en }),
            code(basis, warning::basis(lang, basis)),
            json!(rule),
            yes(signal.on),
            json!(signal.source),
            yes(signal.verified),
        ]);
    }
    sheet
}

/// A branch that a file names and nobody has, in words.
pub(super) fn unknown_branch(lang: Lang, of: &Unknown) -> String {
    let branch = crate::exchange::fold::visible(&of.named.branch);
    warning::unknown_branch(lang, of.named.line, &branch, of.like.as_deref())
}

/// Whether a branch's own file is sound: the first fault with file, line and reason.
fn check(file: &Path, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let format = desk.format(&[Format::Table, Format::Json])?;
    let text = std::fs::read_to_string(file).map_err(Fault::file(file))?;
    let book = book(&text).map_err(|mut fault| {
        if fault.file == crate::assets::warning::OWN_FILE {
            fault.file = file.display().to_string();
        }
        Fault::Faulty(fault)
    })?;
    // Whom entries are for only a database knows; without one there is nothing to say.
    let strange = match Session::batch(desk, Want::Read) {
        Ok(session) => session.store.unknown_branches_of(&text).unwrap_or_default(),
        Err(_no_database) => Vec::new(),
    };
    let strange: Vec<String> = strange.iter().map(|one| unknown_branch(desk.lang, one)).collect();
    if format == Format::Json {
        let off: Vec<_> = book.signals.all().filter(|s| !s.on).map(|s| &s.code).collect();
        let told = json!({
            "ok": true, "rules": book.general.len(), "off": off, "warnings": strange,
        });
        document(&told, io.out)?;
        return Ok(());
    }
    let t = Catalog::of(desk.lang);
    let told = t.warning.sound(book.general.len());
    writeln!(io.out, "{}: {} {told}", file.display(), t.cli.fine)?;
    for said in strange {
        writeln!(io.err, "{}: {}: {said}", file.display(), t.cli.worth_note)?;
    }
    Ok(())
}

/// Looks for signals, proposes what is new and prints it with what was seen.
fn look(customer: Option<&str>, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let format = desk.format(&[Format::Table, Format::Json, Format::Csv])?;
    let mut session = Session::batch(desk, Want::Write)?;
    let path = session.store.path().to_owned();
    if !session.actor.may(Action::Operate) {
        return Err(Refusal::NotAllowed.into());
    }
    let ahead = desk.global.as_of.is_some_and(|day| day > clock(None).now().date_naive());
    if ahead && !session.store.is_demo().map_err(Fault::store(&path))? {
        return Err(Fault::Wrong(Wrong::AsOf));
    }
    let customer = customer.map(CustomerId::from);
    // A number that nobody has is a slip, and no customer without signals.
    if let Some(one) = &customer
        && !session.store.knows_customer(one).map_err(Fault::store(&path))?
    {
        return Err(Fault::Wrong(Wrong::Customer(one.to_string())));
    }
    let (now, mark) = (session.now(), session.actor.session.clone());
    let made = session
        .store
        .propose_signals(customer.as_ref().map(std::slice::from_ref), now, &mark)
        .map_err(Fault::store(&path))?;
    // Whoever runs it for the whole book sees figures of her own customers alone.
    let count = made.len();
    let seen = session.store.seen_by(&session.actor, made).map_err(Fault::store(&path))?;
    let sheet = proposals(&seen, format != Format::Table, desk.lang);
    super::lists::print(&sheet, format, io)?;
    let unseen = count - seen.len();
    if unseen > 0 {
        let t = Catalog::of(desk.lang);
        writeln!(io.err, "{}: {}", t.cli.worth_note, t.warning.unseen(unseen))?;
    }
    Ok(())
}

fn proposals(made: &[Proposed], machine: bool, lang: Lang) -> Sheet {
    let t = &Catalog::of(lang).warning;
    let mut sheet = Sheet::new(&[
        ("flag_id", t.flag),
        ("customer_id", t.customer_id),
        ("signal", t.name),
        ("level", t.level),
        ("inputs", t.seen),
    ]);
    for proposed in made {
        let level = proposed.finding.level;
        let inputs =
            proposed.finding.inputs.iter().filter(|i| machine || !i.is_limit()).map(|input| {
                let day = |day: chrono::NaiveDate| {
                    let of = warning::day_of(lang, &input.fact, day);
                    if machine { format!(" {day}") } else { format!(" {of}") }
                };
                let day = input.day.map(day).unwrap_or_default();
                let (name, value) = seen::told(&input.fact, &input.value, lang);
                let shown = if machine { input.value.encode() } else { format!("{name} {value}") };
                let fact = if machine { format!("{}=", input.fact) } else { String::new() };
                format!("{fact}{shown}{day}")
            });
        sheet.push(vec![
            json!(proposed.flag.as_str()),
            json!(proposed.customer.as_str()),
            json!(crate::ui::value::signal_line(&proposed.finding.signal, lang)),
            json!(if machine { level.as_code() } else { words::level(lang, level) }),
            json!(inputs.collect::<Vec<_>>()),
        ]);
    }
    sheet
}
