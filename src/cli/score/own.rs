//! A card of the bank's own: put forward, compared on the book, brought into force by two people.

use std::path::Path;

use serde_json::json;

use super::{from_file, from_text, read, text_of, train};
use crate::assets::score::parse;
use crate::cli::args::{Format, ScoreWhat};
use crate::cli::leave::Place;
use crate::cli::lists;
use crate::cli::session::{Desk, Io, Session, Want};
use crate::cli::table::Sheet;
use crate::cli::versions;
use crate::fault::{Fault, Wrong};
use crate::i18n::Catalog;
use crate::protocol::command::{CardCommand, Command};
use crate::protocol::reply::Refusal;
use crate::risk::score::Card;

/// Does what was asked for.
pub(super) fn run(what: &ScoreWhat, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    match what {
        ScoreWhat::Train { files, out, force, id, growth } => {
            let out = out.as_deref().map(|path| Place { path, force: *force });
            train::run(files, out, id, *growth, desk, io)
        }
        ScoreWhat::Cards => list(desk, io),
        ScoreWhat::Show { card } => show(card.as_deref(), desk, io),
        ScoreWhat::Compare { card } => compare(card, desk, io),
        ScoreWhat::Propose { file, reason } => propose(file, reason, desk, io),
        ScoreWhat::Activate { card, reason } => decide(card, true, reason, desk, io),
        ScoreWhat::Refuse { card, reason } => decide(card, false, reason, desk, io),
        ScoreWhat::Retire { reason } => retire(reason, desk, io),
    }
}

/// The card by which the book is scored.
pub(super) fn in_force(session: &Session) -> Result<Card, Fault> {
    kept(None, session)?.ok_or_else(|| Refusal::NotFound.into())
}

/// A card of this version, or the one in force.
fn kept(version: Option<&str>, session: &Session) -> Result<Option<Card>, Fault> {
    let path = session.store.path().to_owned();
    let text = session.store.card_text(version).map_err(Fault::store(&path))?;
    let read = text.map(|text| parse(version.unwrap_or("card"), &text)).transpose();
    read.map_err(Fault::Faulty)
}

fn list(desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let format = desk.format(&[Format::Table, Format::Json, Format::Csv])?;
    let session = Session::batch(desk, Want::Read)?;
    let t = &Catalog::of(desk.lang).score;
    let path = session.store.path().to_owned();
    let cards = session.store.cards().map_err(Fault::store(&path))?;
    let in_force = t.in_force(&in_force(&session)?.id);
    versions::list(cards, ("card", t.card), &in_force, &session, (format, desk), io)
}

/// Prints the text of a card: what somebody looks at before she brings it into force.
fn show(version: Option<&str>, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let format = desk.format(&[Format::Table, Format::Json])?;
    let session = Session::batch(desk, Want::Read)?;
    let path = session.store.path().to_owned();
    let text = session.store.card_text(version).map_err(Fault::store(&path))?;
    let text = text.ok_or(Refusal::NotFound)?;
    if format == Format::Json {
        return versions::as_json(&text, io);
    }
    Ok(io.out.write_all(text.as_bytes())?)
}

/// Whose grade would change, those that get worse first.
fn compare(named: &str, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let format = desk.format(&[Format::Table, Format::Json, Format::Csv])?;
    let session = Session::batch(desk, Want::Read)?;
    let now = in_force(&session)?;
    let then = match kept(Some(named), &session)? {
        Some(card) => card,
        None if Path::new(named).exists() => from_file(Path::new(named))?,
        None => return Err(Fault::Wrong(Wrong::Card(named.to_owned()))),
    };
    let t = &Catalog::of(desk.lang).score;
    let words = &Catalog::of(desk.lang).cli;
    let mut sheet = Sheet::new(&[
        ("id", t.id),
        ("customer", words.customer),
        ("officer", words.officer),
        ("score_now", t.score_now),
        ("grade_now", t.grade_now),
        ("score_then", t.score_then),
        ("grade_then", t.grade_then),
    ]);
    let companies = read::book(None, &session)?;
    let mut moved: Vec<_> = companies
        .iter()
        .filter(|company| !company.taken.is_empty())
        .map(|company| (company, now.score(&company.taken), then.score(&company.taken)))
        .collect();
    let all = moved.len();
    moved.retain(|(_, now, then)| now.grade != then.grade);
    let up = moved.iter().filter(|(_, now, then)| then.grade > now.grade).count();
    moved.sort_by(|(a, now_a, then_a), (b, now_b, then_b)| {
        let worse = |now: char, then: char| i64::from(u32::from(now)) - i64::from(u32::from(then));
        let by = worse(now_a.grade, then_a.grade).cmp(&worse(now_b.grade, then_b.grade));
        by.then_with(|| a.id.cmp(&b.id))
    });
    for (company, now, then) in &moved {
        let [name, officer] = super::print::who(company, format != Format::Table);
        sheet.push(vec![
            json!(company.id),
            name,
            officer,
            json!(now.score),
            json!(now.grade.to_string()),
            json!(then.score),
            json!(then.grade.to_string()),
        ]);
    }
    if format != Format::Table {
        return lists::print(&sheet, format, io);
    }
    writeln!(io.out, "{}", t.compared(&now.id, &then.id, all, up, moved.len() - up))?;
    if sheet.is_empty() {
        return Ok(());
    }
    writeln!(io.out)?;
    Ok(sheet.text(io.out)?)
}

fn propose(file: &Path, reason: &str, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    // What is faulty is told with its line before anything is written.
    let content = text_of(file)?;
    let card = from_text(file, &content)?;
    let mut session = Session::batch(desk, Want::Write)?;
    session.apply(&Command::Card(CardCommand::Propose { content, reason: reason.to_owned() }))?;
    desk.tell(&Catalog::of(desk.lang).score.proposed(&card.id), io)
}

fn decide(
    card: &str,
    activate: bool,
    reason: &str,
    desk: &Desk,
    io: &mut Io<'_>,
) -> Result<(), Fault> {
    let mut session = Session::batch(desk, Want::Write)?;
    let path = session.store.path().to_owned();
    let cards = session.store.cards().map_err(Fault::store(&path))?;
    let found = versions::named(cards, card, "huifang score cards")?;
    let decided = session.apply(&Command::Card(CardCommand::Decide {
        card: found.id,
        sha256: found.sha256,
        activate,
        reason: reason.to_owned(),
    }));
    decided.map_err(versions::own)?;
    desk.tell(&Catalog::of(desk.lang).score.decided(card, activate), io)
}

fn retire(reason: &str, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let mut session = Session::batch(desk, Want::Write)?;
    let card = in_force(&session)?.id;
    let command = CardCommand::Retire { card: card.clone(), reason: reason.to_owned() };
    session.apply(&Command::Card(command))?;
    let built_in = super::built_in()?.id;
    desk.tell(&Catalog::of(desk.lang).score.retired(&card, &built_in), io)
}
