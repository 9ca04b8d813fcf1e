//! `huifang score`: the early-warning score of a file or of the book, and a card of one's own.

mod own;
mod print;
mod read;
mod train;

use std::path::Path;

use super::args::{Format, Score, ScoreWhat};
use super::session::{Desk, Io, Session, Want};
use crate::assets::score::{parse, shared};
use crate::exchange::figures::FigureFault;
use crate::i18n::{Catalog, Lang, exchange as text};
use crate::outgoing::Draft;
use crate::risk::score::{Card, Taken};

/// Why a score came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// A file can't be reckoned with.
    #[error("{file}: {fault}")]
    File {
        /// Its name.
        file: String,
        /// Why.
        fault: FigureFault,
    },
    /// Nobody of this id is there.
    #[error("{0} not found")]
    Nobody(String),
    /// Too few outcomes for a card.
    #[error("{bad} bad, {good} good")]
    TooFew {
        /// Bad ones.
        bad: u32,
        /// Good ones.
        good: u32,
        /// How many of each are needed.
        least: u32,
    },
    /// A row without an outcome in a file for training.
    #[error("{file}, line {line}: no outcome")]
    NoOutcome {
        /// Its name.
        file: String,
        /// Line from 1.
        line: u64,
    },
}

impl Fault {
    /// What, where, and what to do.
    pub fn sentence(&self, lang: Lang) -> String {
        let t = &Catalog::of(lang).score;
        match self {
            Self::File { file, fault: FigureFault::File(fault) } => {
                text::unreadable(lang, file, fault)
            }
            Self::File { file, fault: FigureFault::Cell { line, column, value, why } } => {
                t.faulty(file, *line, column, value, &text::expected(lang, why))
            }
            Self::File { file, fault: FigureFault::Twice { line, key } } => {
                t.twice(file, *line, key)
            }
            Self::Nobody(id) => t.nobody(&crate::exchange::fold::visible(id)),
            Self::TooFew { bad, good, least } => t.too_few(*bad, *good, *least),
            Self::NoOutcome { file, line } => t.no_outcome(file, *line),
        }
    }

    fn file(path: &Path) -> impl Fn(FigureFault) -> Self {
        let file = path.display().to_string();
        move |fault| Self::File { file: file.clone(), fault }
    }
}

/// A company to score.
#[derive(Debug, Clone, PartialEq)]
struct Company {
    id: String,
    taken: Taken,
}

/// Scores, explains or trains.
pub fn run(args: &Score, desk: &Desk, io: &mut Io<'_>) -> Result<(), super::fault::Fault> {
    match &args.what {
        Some(ScoreWhat::Train { files, out, id }) => {
            return train::run(files, out.as_deref(), id, desk, io);
        }
        Some(what) => return own::run(what, desk, io),
        None => {}
    }
    let format = desk.format(&[Format::Table, Format::Json, Format::Csv])?;
    let of_the_book = args.ratios.is_none() && args.statements.is_none();
    let card = match &args.card {
        Some(path) => from_file(path)?,
        None if of_the_book => own::in_force(&Session::batch(desk, Want::Read)?)?,
        None => built_in()?,
    };
    let t = &Catalog::of(desk.lang).score;
    let (companies, ignored) = match (&args.ratios, &args.statements) {
        (Some(path), _) => read::ratios(path).map_err(Fault::file(path))?,
        (None, Some(path)) => read::statements(path).map_err(Fault::file(path))?,
        (None, None) => (read::book(args.officer.as_deref(), desk)?, Vec::new()),
    };
    if !ignored.is_empty() && !desk.global.quiet {
        writeln!(io.err, "{}", t.ignored(&ignored))?;
    }
    if let Some(id) = &args.explain {
        let found = companies.iter().find(|company| company.id == *id);
        let company = found.ok_or_else(|| Fault::Nobody(id.clone()))?;
        return Ok(print::explain(&card, company, format, desk.lang, io)?);
    }
    match &args.out {
        Some(path) => {
            let mut bytes = Vec::new();
            print::csv(&card, &companies, &mut bytes)?;
            Draft::of(path, &bytes)
                .and_then(|draft| draft.take(path))
                .map_err(super::fault::Fault::file(path))?;
            if !desk.global.quiet {
                writeln!(io.err, "{}", t.scored(companies.len()))?;
            }
            Ok(())
        }
        None if format == Format::Csv => Ok(print::csv(&card, &companies, io.out)?),
        None => Ok(print::list(&card, &companies, format, desk.lang, io)?),
    }
}

/// The card that is built in.
fn built_in() -> Result<Card, super::fault::Fault> {
    let card = shared().map_err(|fault| super::fault::Fault::Pack(fault.to_string()))?;
    Ok(card.as_ref().clone())
}

/// The card of a file.
fn from_file(path: &Path) -> Result<Card, super::fault::Fault> {
    let text = std::fs::read_to_string(path).map_err(super::fault::Fault::file(path))?;
    parse(&path.display().to_string(), &text)
        .map_err(|fault| super::fault::Fault::Pack(fault.to_string()))
}
