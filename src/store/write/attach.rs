//! Files of a record: registering, taking away. What a file is, is found out from its content
//! before the write begins; the write itself only puts a row.

use std::io::BufReader;

use rusqlite::{OptionalExtension, named_params, params};

use super::answer::{self, OpenRecord, Stored};
use super::canon::Object;
use super::inverse::{Inverse, Undoable};
use super::{Ctx, Done, Written, conflict, heard, proof, reuse};
use crate::domain::answer::{Answer, DocumentState, Value};
use crate::domain::attachment::{FileFault, Looks, PhotoCategory};
use crate::domain::ids::{FlagId, VisitId};
use crate::form::Item;
use crate::media;
use crate::protocol::command::{Command, FileSource, ProofCommand, Revision};
use crate::protocol::page::FirstUse;
use crate::protocol::reply::{Outcome, Refusal};
use crate::store::Store;
use crate::store::files::{Drops, Shelf, Taken, refused};

/// A file on the shelf with what it is: all that the write needs to know of it.
#[derive(Debug)]
pub(super) struct Staged {
    pub(super) taken: Taken,
    pub(super) looks: Looks,
    /// What it says, if it is a transcript of a visit.
    transcript: Option<heard::Transcript>,
}

/// Takes the file of a command in before the write begins, so that nobody waits for a disk while
/// the database is locked. Who may not write here is refused before anything is read.
pub(super) fn stage(
    store: &Store,
    ctx: &Ctx<'_>,
    command: &Command,
) -> Result<Option<Staged>, Refusal> {
    let (source, photo) = match command {
        Command::Attach { visit, item, source, .. } => {
            answer::open_record(ctx, visit)?;
            (source, asked(ctx, item)?.is_some_and(|item| item.photo))
        }
        Command::Proof(ProofCommand::Add { flag, source }) => {
            proof::open_flag(ctx, flag)?;
            (source, false)
        }
        _ => return Ok(None),
    };
    let rules = &ctx.packs.attachments;
    let limit = if photo { rules.photo_bytes } else { rules.document_bytes };
    let shelf = Shelf::of(ctx.tx);
    let taken = match source {
        FileSource::Dropped(name) => {
            from_drops(&store.drops_of(ctx.actor), &shelf, name, photo, limit)?
        }
        FileSource::TakenIn { sha256, name } => {
            let file = shelf.open(sha256).map_err(refused)?;
            let size = file.metadata().map_err(|_error| refused(FileFault::Unreadable))?.len();
            if size > limit {
                return Err(refused(FileFault::TooLarge));
            }
            Taken { sha256: sha256.clone(), size, name: name.clone() }
        }
    };
    let file = shelf.open(&taken.sha256).map_err(refused)?;
    let looks = media::looks(&mut BufReader::new(file)).map_err(refused)?;
    if photo && !looks.media.is_picture() {
        return Err(refused(FileFault::NoPhoto));
    }
    let transcript = match command {
        Command::Attach { .. } => heard::read(ctx, &shelf, &taken, &looks)?,
        _ => None,
    };
    Ok(Some(Staged { taken, looks, transcript }))
}

/// Looks first, so that what is none of ours is not copied; then copies and believes the copy alone.
fn from_drops(
    drops: &Drops,
    shelf: &Shelf,
    name: &str,
    photo: bool,
    limit: u64,
) -> Result<Taken, Refusal> {
    let file = drops.open(name).map_err(refused)?;
    if file.metadata().is_ok_and(|meta| meta.len() > limit) {
        return Err(refused(FileFault::TooLarge));
    }
    let looks = media::looks(&mut BufReader::new(file)).map_err(refused)?;
    if photo && !looks.media.is_picture() {
        return Err(refused(FileFault::NoPhoto));
    }
    let mut file = drops.open(name).map_err(refused)?;
    shelf.take_in(&mut file, name, limit)
}

/// The question that a file answers, where the pack in force knows it.
fn asked<'a>(ctx: &Ctx<'a>, path: &str) -> Result<Option<&'a Item>, Refusal> {
    answer::check_item(path)?;
    match ctx.packs.library.item(path) {
        Some(item) if matches!(item.kind, crate::form::Kind::Document) => Ok(Some(item)),
        Some(_) => Err(Refusal::Invalid { field: "item", why: "wrong_kind" }),
        None => Ok(None),
    }
}

/// Registers the staged file.
pub(super) fn attach(ctx: &Ctx<'_>, command: &Command) -> Result<Done, Refusal> {
    let (Command::Attach { visit, item, category, .. }, Some(staged)) = (command, ctx.staged)
    else {
        return Err(Refusal::NotFound);
    };
    let record = answer::open_record(ctx, visit)?;
    let asked = asked(ctx, item)?.filter(|_| record.pack == ctx.packs.library.id());
    let Staged { taken, looks, transcript } = staged;
    let outcome = |known| Outcome::Attached { item: item.clone(), name: taken.name.clone(), known };
    if let Some(first) = reuse::visit_of(ctx, &taken.sha256)? {
        if first == *visit {
            return Ok(Done::Quiet(outcome(true)));
        }
        let told = reuse::first_visit(ctx, &first)?;
        return refuse_reuse(ctx, visit, item, taken, (first.as_str(), None, told));
    }
    if let Some(flag) = reuse::flag_of(ctx, &taken.sha256)?
        && !reuse::proves(ctx, visit, &flag)?
    {
        let told = reuse::first_flag(ctx, &flag)?;
        return refuse_reuse(ctx, visit, item, taken, ("", Some(&flag), told));
    }
    // It may have been tidied away since it was taken in; the row must not be without it.
    if !Shelf::of(ctx.tx).holds(&taken.sha256, taken.size) {
        return Err(refused(FileFault::NotThere));
    }
    let photo = looks.media.is_picture();
    let category = category.or(asked.and_then(|item| item.category)).filter(|_| photo);
    put(ctx, visit, &record, item, category, staged)?;
    heard::keep(ctx, visit, &taken.sha256, transcript.as_ref())?;
    let undo = receive(ctx, visit, &record, item, &taken.sha256)?;
    let after = Object::new()
        .text("item", item)
        .text("sha256", &taken.sha256)
        .text("name", &taken.name)
        .text("media", looks.media.as_code())
        .int("size", i64::try_from(taken.size).unwrap_or(i64::MAX))
        .maybe("category", category.map(PhotoCategory::as_code))
        .done();
    let mut written = Written::plain(visit.as_str(), None, Some(after)).outcome(outcome(false));
    written.undo = Some(undo);
    Ok(written.into())
}

fn put(
    ctx: &Ctx<'_>,
    visit: &VisitId,
    record: &OpenRecord,
    item: &str,
    category: Option<PhotoCategory>,
    staged: &Staged,
) -> Result<(), Refusal> {
    const SQL: &str = "
        INSERT INTO attachments (sha256, visit_id, version, item, category, media, name, size, width,
            height, taken_at, latitude, longitude, added_by, added_at, seq)
        VALUES (:sha, :visit, :version, :item, :category, :media, :name, :size, :width,
            :height, :taken, :latitude, :longitude, :me, :at, :seq)";
    let Staged { taken, looks, .. } = staged;
    super::record::note_writer(ctx, visit.as_str(), record.version)?;
    ctx.tx.prepare_cached(SQL)?.execute(named_params! {
        ":sha": taken.sha256, ":visit": visit.as_str(), ":version": record.version, ":item": item,
        ":category": category.map(PhotoCategory::as_code), ":media": looks.media.as_code(),
        ":name": taken.name, ":size": i64::try_from(taken.size).unwrap_or(i64::MAX),
        ":width": looks.pixels.map(|p| p.0), ":height": looks.pixels.map(|p| p.1),
        ":taken": looks.taken_at.map(|at| at.format("%Y-%m-%dT%H:%M:%S").to_string()),
        ":latitude": looks.place.map(|p| p.latitude), ":longitude": looks.place.map(|p| p.longitude),
        ":me": ctx.actor.user.as_str(), ":at": ctx.at(), ":seq": ctx.next_seq()?,
    })?;
    Ok(())
}

/// What was registered has been received: says so in the answer, unless it says so already.
fn receive(
    ctx: &Ctx<'_>,
    visit: &VisitId,
    record: &OpenRecord,
    item: &str,
    sha256: &str,
) -> Result<Undoable, Refusal> {
    let before = answer::stored(ctx, visit.as_str(), record.version, item)?;
    let from = before.as_ref().map_or(0, |stored| stored.revision);
    let says_so = |stored: &Stored| {
        matches!(stored.answer.value, Value::Document { state: DocumentState::Received, .. })
    };
    let to = if before.as_ref().is_some_and(says_so) {
        from
    } else {
        let evidence = before.as_ref().and_then(|stored| stored.answer.evidence);
        let note = before.as_ref().map(|stored| stored.answer.note.clone()).unwrap_or_default();
        let value =
            Value::Document { state: DocumentState::Received, until: None, note: String::new() };
        let received = Answer { value, evidence, note, unchanged: false };
        answer::put(ctx, visit.as_str(), record.version, item, Some(&received))?
    };
    Ok(Undoable {
        command: "attach",
        subject: visit.as_str().to_owned(),
        part: item.to_owned(),
        from,
        to,
        inverse: Inverse::Attach {
            version: record.version,
            sha256: sha256.to_owned(),
            before: before.map(|stored| stored.answer),
        },
    })
}

/// A file of another visit, or one that proves a flag elsewhere, is not taken. That somebody tried stays: the reviewer is told.
fn refuse_reuse(
    ctx: &Ctx<'_>,
    visit: &VisitId,
    item: &str,
    taken: &Taken,
    (first, flag, told): (&str, Option<&FlagId>, Option<FirstUse>),
) -> Result<Done, Refusal> {
    const SQL: &str = "
        INSERT INTO attachment_refusals (visit_id, sha256, item, name, first_visit, first_flag,
            tried_by, tried_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING";
    let flag = flag.map(FlagId::as_str);
    ctx.tx.prepare_cached(SQL)?.execute(params![
        visit.as_str(),
        taken.sha256,
        item,
        taken.name,
        first,
        flag,
        ctx.actor.user.as_str(),
        ctx.at()
    ])?;
    let after = Object::new()
        .text("item", item)
        .text("sha256", &taken.sha256)
        .text("name", &taken.name)
        .maybe("first_visit", Some(first).filter(|first| !first.is_empty()))
        .maybe("first_flag", flag)
        .done();
    let outcome = Outcome::Reused { name: taken.name.clone(), first: told };
    Ok(Written::plain(visit.as_str(), None, Some(after)).outcome(outcome).into())
}

/// JSON of a row, from which it can be put back.
const ROW_JSON: &str = "
    SELECT json_object('sha256', sha256, 'visit_id', visit_id, 'version', version, 'item', item,
        'category', category, 'media', media, 'name', name, 'size', size, 'width', width,
        'height', height, 'taken_at', taken_at, 'latitude', latitude, 'longitude', longitude,
        'added_by', added_by, 'added_at', added_at, 'seq', seq)
    FROM attachments WHERE sha256 = ?1 AND visit_id = ?2 AND version = ?3";

/// Takes a file away that was registered with this open version. What an earlier version has stays.
pub(super) fn detach(ctx: &Ctx<'_>, visit: &VisitId, sha256: &str) -> Result<Done, Refusal> {
    let record = answer::open_record(ctx, visit)?;
    let before = take_away(ctx, visit, record.version, sha256)?;
    let mut written = Written::plain(visit.as_str(), Some(before.clone()), None);
    written.undo = Some(Undoable {
        command: "detach",
        subject: visit.as_str().to_owned(),
        part: sha256.to_owned(),
        from: 1,
        to: 0,
        inverse: Inverse::Detach { version: record.version, row: before },
    });
    Ok(written.into())
}

/// Deletes a row; gives what it was.
fn take_away(
    ctx: &Ctx<'_>,
    visit: &VisitId,
    version: i64,
    sha256: &str,
) -> Result<String, Refusal> {
    let mut statement = ctx.tx.prepare_cached(ROW_JSON)?;
    let row = statement
        .query_row(params![sha256, visit.as_str(), version], |row| row.get(0))
        .optional()?;
    let row = row.ok_or(Refusal::NotFound)?;
    super::record::note_writer(ctx, visit.as_str(), version)?;
    ctx.tx.prepare_cached("DELETE FROM attachments WHERE sha256 = ?1")?.execute([sha256])?;
    Ok(row)
}

/// Takes registering back: the row goes, and the answer is what it was, unless somebody changed it.
/// Gives what was there and the revision of the answer now.
pub(super) fn undo_attach(
    ctx: &Ctx<'_>,
    last: &Undoable,
    version: i64,
    sha256: &str,
    before: Option<&Answer>,
) -> Result<(String, Revision), Refusal> {
    let visit = VisitId::from(last.subject.as_str());
    if answer::open_record(ctx, &visit)?.version != version {
        return Err(Refusal::NotFound);
    }
    let row = take_away(ctx, &visit, version, sha256)?;
    let now = answer::stored(ctx, visit.as_str(), version, &last.part)?;
    let there = now.map_or(0, |stored| stored.revision);
    if last.from == last.to || there != last.to {
        return Ok((row, there));
    }
    let revision = answer::put(ctx, visit.as_str(), version, &last.part, before)?;
    Ok((row, revision))
}

/// Puts a file back that was taken away, if it still lies on the shelf and is nobody else's now.
pub(super) fn undo_detach(
    ctx: &Ctx<'_>,
    last: &Undoable,
    version: i64,
    row: &str,
) -> Result<(), Refusal> {
    const SQL: &str = "
        INSERT INTO attachments (sha256, visit_id, version, item, category, media, name, size, width,
            height, taken_at, latitude, longitude, added_by, added_at, seq)
        SELECT value ->> 'sha256', value ->> 'visit_id', value ->> 'version', value ->> 'item',
            value ->> 'category', value ->> 'media', value ->> 'name', value ->> 'size',
            value ->> 'width', value ->> 'height', value ->> 'taken_at', value ->> 'latitude',
            value ->> 'longitude', value ->> 'added_by', value ->> 'added_at', value ->> 'seq'
        FROM (SELECT ?1 AS value)";
    const SIZE: &str = "SELECT ?1 ->> 'size'";
    let visit = VisitId::from(last.subject.as_str());
    if answer::open_record(ctx, &visit)?.version != version {
        return Err(Refusal::NotFound);
    }
    if let Some(other) = reuse::visit_of(ctx, &last.part)? {
        return Err(conflict(1, "file", "", other.as_str(), ""));
    }
    if let Some(flag) = reuse::flag_of(ctx, &last.part)?
        && !reuse::proves(ctx, &visit, &flag)?
    {
        return Err(conflict(1, "file", "", flag.as_str(), ""));
    }
    let size: i64 = ctx.tx.query_row(SIZE, [row], |line| line.get(0))?;
    if !Shelf::of(ctx.tx).holds(&last.part, u64::try_from(size).unwrap_or(0)) {
        return Err(refused(FileFault::NotThere));
    }
    super::record::note_writer(ctx, visit.as_str(), version)?;
    ctx.tx.prepare_cached(SQL)?.execute([row])?;
    Ok(())
}

#[cfg(test)]
mod tests;
