//! `huifang score`: the early-warning score of a file or of the book, and a card of one's own.

mod own;
mod print;
mod read;
mod train;

use std::path::Path;

use chrono::NaiveDate;
use serde_json::json;

use super::args::{Format, Growth, Score};
use super::leave::{self, Leaving, Place};
use super::session::{Desk, Io, Session, Want, clock};
use crate::assets::score::{parse, shared};
use crate::clock::china;
use crate::fault::score::Fault;
use crate::i18n::{Catalog, exchange};
use crate::outgoing::Draft;
use crate::risk::score::{Card, Taken, told};
use crate::store::ScoredCustomer;
use crate::ui::clean;

/// Most doubts that are told.
const LISTED: usize = 50;

/// A company to score.
#[derive(Debug, Clone, PartialEq)]
struct Company {
    id: String,
    /// Name and officer, of a customer of the book.
    who: Option<ScoredCustomer>,
    /// End of the statement that it rests on.
    statement_on: Option<NaiveDate>,
    taken: Taken,
}

/// Scores, explains or trains.
pub fn run(args: &Score, desk: &Desk, io: &mut Io<'_>) -> Result<(), crate::fault::Fault> {
    if let Some(what) = &args.what {
        return own::run(what, desk, io);
    }
    let format = desk.format(&[Format::Table, Format::Json, Format::Csv])?;
    if let Some(path) = &args.out {
        let read = [&args.statements, &args.ratios, &args.card].map(Option::as_ref);
        let read: Vec<_> = read.into_iter().flatten().cloned().collect();
        Place { path, force: args.force }.beside(&read)?;
    }
    let named = args.card.as_deref().map(from_file).transpose()?;
    // Files are scored without a database.
    let of_the_book = args.ratios.is_none() && args.statements.is_none();
    let mut session = of_the_book.then(|| Session::batch(desk, Want::Read)).transpose()?;
    let card = match (named, &session) {
        (Some(card), _) => card,
        (None, Some(session)) => own::in_force(session)?,
        (None, None) => built_in()?,
    };
    let t = &Catalog::of(desk.lang).score;
    let (companies, ignored) = match (&args.ratios, &args.statements, &session) {
        (Some(path), ..) => {
            let read = read::ratios(path, args.growth)?;
            note(path, &read, args.growth, desk, io)?;
            let ids = read.rows.into_iter().map(|row| row.id);
            let rows = ids.zip(read.taken).map(|(id, taken)| Company {
                id,
                who: None,
                statement_on: None,
                taken,
            });
            (rows.collect(), read.ignored)
        }
        (None, Some(path), _) => {
            let today = clock(desk.global.as_of).now().with_timezone(&china()).date_naive();
            let read = read::statements(path, today).map_err(Fault::file(path))?;
            if !desk.global.quiet {
                for doubtful in read.doubtful.iter().take(LISTED) {
                    let told = exchange::doubtful(desk.lang, doubtful);
                    writeln!(io.err, "{}", clean::text(&told))?;
                }
            }
            (read.companies, read.ignored)
        }
        (None, None, Some(session)) => (read::book(args.officer.as_deref(), session)?, Vec::new()),
        (None, None, None) => (Vec::new(), Vec::new()),
    };
    if !ignored.is_empty() && !desk.global.quiet {
        writeln!(io.err, "{}", clean::text(&t.ignored(&ignored)))?;
    }
    let unknown: Vec<&str> =
        companies.iter().filter(|one| one.taken.is_empty()).map(|one| one.id.as_str()).collect();
    if !unknown.is_empty() && args.explain.is_none() && !desk.global.quiet {
        writeln!(io.err, "{}", clean::text(&t.unscored(&unknown)))?;
    }
    if let Some(id) = &args.explain {
        let found = companies.iter().find(|company| company.id == *id);
        let nobody = || {
            if of_the_book {
                return crate::fault::Fault::NoCustomer(id.clone());
            }
            Fault::Nobody(id.clone()).into()
        };
        let company = found.ok_or_else(nobody)?;
        return Ok(print::explain(&card, company, format, desk.lang, io)?);
    }
    match &args.out {
        Some(path) => {
            match &mut session {
                Some(session) => take_out(&card, &companies, args, path, session)?,
                None => {
                    write(&card, &companies, of_the_book, path)
                        .map_err(crate::fault::Fault::file(path))?;
                }
            }
            if !desk.global.quiet {
                writeln!(io.err, "{}", t.scored(companies.len()))?;
            }
            Ok(())
        }
        None if format == Format::Csv => Ok(print::csv(&card, &companies, of_the_book, io.out)?),
        None => Ok(print::list(&card, &companies, of_the_book, (format, desk.lang), io)?),
    }
}

/// Says when growth was read otherwise than it stands there, unless somebody asked for it.
fn note(
    path: &Path,
    read: &read::Ratios,
    asked: Growth,
    desk: &Desk,
    io: &mut Io<'_>,
) -> std::io::Result<()> {
    if desk.global.quiet || asked != Growth::Auto || read.growth == told::Growth::Change {
        return Ok(());
    }
    let file = clean::text(&path.display().to_string());
    writeln!(io.err, "{}", Catalog::of(desk.lang).score.quotient(&file))
}

/// Writes the scores of the book to a file, and notes in the journal that they leave.
fn take_out(
    card: &Card,
    companies: &[Company],
    args: &Score,
    path: &Path,
    session: &mut Session,
) -> Result<(), crate::fault::export::Fault> {
    leave::check(&session.actor)?;
    let who = (&session.actor, session.noted_at()?);
    let about = [("card", json!(card.id)), ("officer", json!(args.officer))];
    let about = about.map(|(name, value)| (name.to_owned(), value)).into_iter().collect();
    let leaving = Leaving::begin(&mut session.store, who, "score", about)?;
    let at = crate::fault::export::Fault::file(path);
    let written = write(card, companies, true, path).map_err(at);
    leaving.end(&mut session.store, path, written).map(|_rows| ())
}

/// Writes scores to a file. Gives how many rows it has.
fn write(card: &Card, companies: &[Company], of_book: bool, path: &Path) -> std::io::Result<u64> {
    let mut bytes = Vec::new();
    print::csv(card, companies, of_book, &mut bytes)?;
    Draft::of(path, &bytes)?.take(path)?;
    Ok(u64::try_from(companies.len()).unwrap_or(u64::MAX))
}

/// The card that is built in.
fn built_in() -> Result<Card, crate::fault::Fault> {
    let card = shared().map_err(crate::fault::Fault::Faulty)?;
    Ok(card.as_ref().clone())
}

/// The card of a file.
fn from_file(path: &Path) -> Result<Card, crate::fault::Fault> {
    from_text(path, &text_of(path)?)
}

/// The card that a file's text says.
fn from_text(path: &Path, text: &str) -> Result<Card, crate::fault::Fault> {
    parse(&path.display().to_string(), text).map_err(crate::fault::Fault::Faulty)
}

/// The text of a file.
fn text_of(path: &Path) -> Result<String, crate::fault::Fault> {
    std::fs::read_to_string(path).map_err(crate::fault::Fault::file(path))
}
