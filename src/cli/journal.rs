//! `huifang journal`: is every row as it was written, and what is kept outside to prove it.

pub(super) mod anchors;

use std::path::Path;

use serde_json::json;

use super::args::{Format, Journal};
use super::session::{Desk, Io, Session, Want};
use super::table::{Sheet, document, person};
use crate::access::Action;
use crate::clock::china;
use crate::domain::ids::UserId;
use crate::fault::Fault;
use crate::i18n::Catalog;
use crate::i18n::journal::codes_of;
use crate::protocol::page::Page;
use crate::protocol::query::{JournalFilter, Query};
use crate::protocol::reply::Refusal;
use crate::store;

/// Verifies, anchors, shows the head, the last rows and what was unusual.
pub fn run(what: &Journal, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let wish = if matches!(what, Journal::Anchor { .. }) { Want::Write } else { Want::Read };
    let mut session = Session::batch(desk, wish)?;
    if !session.actor.may(Action::ReadJournal) {
        return Err(Refusal::NotAllowed.into());
    }
    match what {
        Journal::Verify { anchors, signers } => {
            let signers = signers.as_deref();
            verify(&session, anchors.as_deref(), signers, desk, io)
        }
        Journal::Head => head(&session, desk, io),
        Journal::Anchor { out, key } => anchor(&mut session, out.as_deref(), key.as_deref(), io),
        Journal::Unusual { days } => unusual(&session, *days, desk, io),
        Journal::Show { subject, last, user, kind, from, to } => {
            let kinds = kind.as_deref().map(codes_of).unwrap_or_default();
            if kind.is_some() && kinds.is_empty() {
                return Err(Refusal::Invalid { field: "kind", why: "unknown_kind" }.into());
            }
            let filter = JournalFilter {
                person: user.as_deref().map(UserId::from),
                kinds,
                about: subject.clone(),
                since: *from,
                until: *to,
                limit: *last,
            };
            show(&session, &filter, desk, io)
        }
    }
}

/// `huifang journal verify`: the whole chain, held against anchors that somebody else kept.
fn verify(
    session: &Session,
    anchors: Option<&Path>,
    signers: Option<&Path>,
    desk: &Desk,
    io: &mut Io<'_>,
) -> Result<(), Fault> {
    let format = desk.format(&[Format::Table, Format::Json])?;
    let kept = anchors.map(anchors::read).transpose()?.unwrap_or_default();
    anchors::follow_one_another(&kept)?;
    if let Some(signers) = signers {
        anchors::are_signed(&kept, signers)?;
    }
    let missing = anchors::missing_days(&kept);
    let anchors: Vec<(i64, String)> =
        kept.iter().map(|anchor| (anchor.seq, anchor.hash.clone())).collect();
    let checked = session.store.prove_journal(&anchors);
    if format == Format::Json {
        let told = match &checked {
            Ok(proved) => json!({"ok": true, "rows": proved.head.seq,
                "hash": proved.head.hash, "anchors": anchors.len(),
                "days_without_anchor": missing, "words_gone": proved.gone,
                "words_for_ever": proved.bare}),
            Err(store::Error::Journal { seq }) => json!({"ok": false, "first_bad": seq}),
            Err(_) => json!({"ok": false}),
        };
        document(&told, io.out)?;
    }
    let proved = checked.map_err(Fault::store(session.store.path()))?;
    if format == Format::Table {
        let t = &Catalog::of(desk.lang).cli;
        writeln!(io.out, "{}", t.journal_whole(proved.head.seq, anchors.len()))?;
        if proved.gone > 0 {
            writeln!(io.out, "{}", t.words_gone(proved.gone))?;
        }
        if missing > 0 {
            writeln!(io.out, "{}", t.days_without_anchor(missing))?;
        }
    }
    Ok(())
}

/// The moment of a row as the screen shows it; rows keep it as UTC, which their hash covers.
fn local(at: &str) -> String {
    let read = chrono::DateTime::parse_from_rfc3339(at);
    let told = |at: chrono::DateTime<_>| at.with_timezone(&china()).format("%Y-%m-%d %H:%M:%S");
    read.map_or_else(|_| at.to_owned(), |at| told(at).to_string())
}

/// `huifang journal head`.
fn head(session: &Session, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let format = desk.format(&[Format::Table, Format::Json])?;
    let head = session.store.journal_head().map_err(Fault::store(session.store.path()))?;
    let (seq, hash, kind) = (head.seq, head.hash, head.algorithm.as_code());
    if format == Format::Json {
        document(&json!({"seq": seq, "algorithm": kind, "hash": hash}), io.out)?;
    } else {
        writeln!(io.out, "{seq} {kind} {hash}")?;
    }
    Ok(())
}

/// `huifang journal anchor`: the head in a file of its own, for somebody else to keep.
fn anchor(
    session: &mut Session,
    out: Option<&Path>,
    key: Option<&Path>,
    io: &mut Io<'_>,
) -> Result<(), Fault> {
    let path = session.store.path().to_owned();
    let beside = session.store.anchors_dir();
    let head = session.store.journal_head().map_err(Fault::store(&path))?;
    let made = anchors::write(out.unwrap_or(&beside), &head, session.today(), key)?;
    let file = made.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let (actor, now) = (session.actor.clone(), session.now());
    session.store.note_anchor(&actor, now, &file, &head).map_err(Fault::store(&path))?;
    writeln!(io.out, "{}", made.display())?;
    Ok(())
}

/// `huifang journal show`.
fn show(
    session: &Session,
    filter: &JournalFilter,
    desk: &Desk,
    io: &mut Io<'_>,
) -> Result<(), Fault> {
    let format = desk.format(&[Format::Table, Format::Json, Format::Csv])?;
    let t = &Catalog::of(desk.lang).cli;
    let mut sheet = Sheet::new(&[
        ("seq", t.seq),
        ("at", t.at),
        ("actor", t.actor),
        ("role", t.role),
        ("command", t.command),
        ("subject", t.subject),
    ]);
    for line in session.store.journal_tail(&session.actor, filter)? {
        sheet.push(vec![
            json!(line.seq),
            json!(if format == Format::Table { local(&line.at) } else { line.at }),
            json!(line.actor),
            json!(line.role),
            json!(line.command),
            json!(line.subject),
        ]);
    }
    super::lists::print(&sheet, format, io)
}

/// `huifang journal unusual`.
fn unusual(session: &Session, days: u32, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let format = desk.format(&[Format::Table, Format::Json, Format::Csv])?;
    let page = session.store.query(&session.actor, session.now(), &Query::Unusual { days })?;
    let Page::Unusual(page) = page else { return Err(Refusal::NotFound.into()) };
    let t = &Catalog::of(desk.lang).journal;
    let machine = format != Format::Table;
    let mut sheet = Sheet::new(&[
        ("day", t.day),
        ("user", t.who),
        ("what", t.what),
        ("count", t.count),
        ("usual", t.usual),
        ("between", t.between),
    ]);
    for row in &page.rows {
        let what = if machine { row.what.as_code() } else { t.unusual(row.what) };
        let usual = row.usual.map(|tenths| {
            if machine { json!(f64::from(tenths) / 10.0) } else { json!(t.usually(tenths)) }
        });
        sheet.push(vec![
            json!(row.day.to_string()),
            person(machine, row.user.as_str(), &row.actor),
            json!(what),
            json!(row.count),
            usual.unwrap_or(serde_json::Value::Null),
            json!(format!("{}-{}", row.between.0, row.between.1)),
        ]);
    }
    if !machine && !desk.global.quiet {
        writeln!(io.err, "{}", t.reach(page.days, &page.pack.0, page.pack.1))?;
    }
    super::lists::print(&sheet, format, io)
}
