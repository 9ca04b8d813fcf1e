//! Files that prove what became of a flag: registering, taking away, and whether there is proof
//! enough to end one.

use rusqlite::{OptionalExtension as _, named_params, params};

use super::attach::Staged;
use super::canon::Object;
use super::flag::{self, Flag};
use super::inverse::{Change, Inverse, Undoable};
use super::{Ctx, Done, Written, conflict, reuse};
use crate::access::Action;
use crate::domain::attachment::FileFault;
use crate::domain::flag::{FlagState, FlagStep};
use crate::domain::ids::{FlagId, VisitId};
use crate::protocol::command::ProofCommand;
use crate::protocol::page::FirstUse;
use crate::protocol::reply::{Outcome, Refusal};
use crate::store::files::{Shelf, refused};

/// JSON of a row, from which it can be put back.
const ROW_JSON: &str = "
    SELECT json_object('sha256', sha256, 'flag_id', flag_id, 'media', media, 'name', name,
        'size', size, 'width', width, 'height', height, 'taken_at', taken_at,
        'latitude', latitude, 'longitude', longitude, 'added_by', added_by,
        'added_at', added_at, 'seq', seq)
    FROM proofs WHERE sha256 = ?1 AND flag_id = ?2";

/// Does what a command says.
pub(super) fn run(ctx: &Ctx<'_>, command: &ProofCommand) -> Result<Done, Refusal> {
    match command {
        ProofCommand::Add { flag, .. } => add(ctx, flag),
        ProofCommand::Remove { flag, sha256 } => remove(ctx, flag, sha256),
    }
}

/// A flag that files can be registered with: it is in sight and has not ended. What an ended flag
/// has, it keeps.
pub(super) fn open_flag(ctx: &Ctx<'_>, flag: &FlagId) -> Result<Flag, Refusal> {
    ctx.require(Action::HandleFlags)?;
    let flag = flag::load(ctx, flag)?;
    flag.require_state(&[FlagState::Proposed, FlagState::Confirmed])?;
    Ok(flag)
}

/// Refuses to end or lower a flag for which the pack wants a file and there is none in its place.
pub(super) fn require(ctx: &Ctx<'_>, flag: &Flag, ending: FlagStep) -> Result<(), Refusal> {
    const SQL: &str = "SELECT sha256, size FROM proofs WHERE flag_id = ?1";
    if ctx.packs.care.may_be_described(flag.level, ending) {
        return Ok(());
    }
    let shelf = Shelf::of(ctx.tx);
    let mut statement = ctx.tx.prepare_cached(SQL)?;
    let mut rows = statement.query([&flag.id])?;
    while let Some(row) = rows.next()? {
        let (sha256, size): (String, i64) = (row.get(0)?, row.get(1)?);
        if shelf.holds(&sha256, u64::try_from(size).unwrap_or(0)) {
            return Ok(());
        }
    }
    Err(Refusal::Invalid { field: "proof", why: "no_file" })
}

/// Registers the staged file. The flag's revision rises: whoever is ending it sees the file first.
fn add(ctx: &Ctx<'_>, id: &FlagId) -> Result<Done, Refusal> {
    const SQL: &str = "
        INSERT INTO proofs (sha256, flag_id, media, name, size, width, height, taken_at, latitude,
            longitude, added_by, added_at, seq)
        VALUES (:sha, :flag, :media, :name, :size, :width, :height, :taken, :latitude,
            :longitude, :me, :at, :seq)";
    let Some(Staged { taken, looks, .. }) = ctx.staged else { return Err(Refusal::NotFound) };
    let flag = open_flag(ctx, id)?;
    let outcome = |known| {
        let (item, name) = (String::new(), taken.name.clone());
        Outcome::Attached { item, name, known }
    };
    match reuse::flag_of(ctx, &taken.sha256)? {
        Some(other) if other == *id => return Ok(Done::Quiet(outcome(true))),
        Some(other) => {
            let told = reuse::first_flag(ctx, &other)?;
            return refuse(ctx, id, (None, Some(&other)), told);
        }
        None => {}
    }
    if let Some(visit) = reuse::visit_of(ctx, &taken.sha256)?
        && !reuse::proves(ctx, &visit, id)?
    {
        let told = reuse::first_visit(ctx, &visit)?;
        return refuse(ctx, id, (Some(&visit), None), told);
    }
    // It may have been tidied away since it was taken in; the row must not be without it.
    if !Shelf::of(ctx.tx).holds(&taken.sha256, taken.size) {
        return Err(refused(FileFault::NotThere));
    }
    flag::take_over(ctx, &flag.id)?;
    let size = i64::try_from(taken.size).unwrap_or(i64::MAX);
    ctx.tx.prepare_cached(SQL)?.execute(named_params! {
        ":sha": taken.sha256, ":flag": flag.id, ":media": looks.media.as_code(),
        ":name": taken.name, ":size": size,
        ":width": looks.pixels.map(|p| p.0), ":height": looks.pixels.map(|p| p.1),
        ":taken": looks.taken_at.map(|at| at.format("%Y-%m-%dT%H:%M:%S").to_string()),
        ":latitude": looks.place.map(|p| p.latitude), ":longitude": looks.place.map(|p| p.longitude),
        ":me": ctx.actor.user.as_str(), ":at": ctx.at(), ":seq": ctx.next_seq()?,
    })?;
    changed(ctx, &flag, "proof_added", &taken.name)?;
    let after = Object::new()
        .text("sha256", &taken.sha256)
        .text("name", &taken.name)
        .text("media", looks.media.as_code())
        .int("size", size)
        .done();
    let mut written = Written::plain(&flag.id, None, Some(after)).outcome(outcome(false));
    written.undo = Some(way_back(&flag, "add_proof", &taken.sha256, None));
    Ok(written.into())
}

/// A file that belongs elsewhere is not taken. That somebody tried stays: whoever ends the flag is told.
fn refuse(
    ctx: &Ctx<'_>,
    flag: &FlagId,
    (visit, other): (Option<&VisitId>, Option<&FlagId>),
    told: Option<FirstUse>,
) -> Result<Done, Refusal> {
    const SQL: &str = "
        INSERT INTO proof_refusals (flag_id, sha256, name, first_visit, first_flag, tried_by, tried_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING";
    let Some(Staged { taken, .. }) = ctx.staged else { return Err(Refusal::NotFound) };
    let (visit, other) = (visit.map(VisitId::as_str), other.map(FlagId::as_str));
    ctx.tx.prepare_cached(SQL)?.execute(params![
        flag.as_str(),
        taken.sha256,
        taken.name,
        visit,
        other,
        ctx.actor.user.as_str(),
        ctx.at()
    ])?;
    let after = Object::new()
        .text("sha256", &taken.sha256)
        .text("name", &taken.name)
        .maybe("first_visit", visit)
        .maybe("first_flag", other)
        .done();
    let outcome = Outcome::Reused { name: taken.name.clone(), first: told };
    Ok(Written::plain(flag.as_str(), None, Some(after)).outcome(outcome).into())
}

/// Takes a file away again: only whoever registered it, and only while the flag has not ended.
fn remove(ctx: &Ctx<'_>, id: &FlagId, sha256: &str) -> Result<Done, Refusal> {
    const MINE: &str = "SELECT added_by = ?3 FROM proofs WHERE sha256 = ?1 AND flag_id = ?2";
    let flag = open_flag(ctx, id)?;
    let me = ctx.actor.user.as_str();
    let mine: Option<bool> = ctx
        .tx
        .prepare_cached(MINE)?
        .query_row([sha256, id.as_str(), me], |row| row.get(0))
        .optional()?;
    if !mine.ok_or(Refusal::NotFound)? {
        return Err(Refusal::NotAllowed);
    }
    let before = take_away(ctx, &flag, sha256)?;
    let mut written = Written::plain(&flag.id, Some(before.clone()), None);
    written.undo = Some(way_back(&flag, "remove_proof", sha256, Some(before)));
    Ok(written.into())
}

/// Deletes a row; gives what it was.
fn take_away(ctx: &Ctx<'_>, flag: &Flag, sha256: &str) -> Result<String, Refusal> {
    const NAME: &str = "SELECT ?1 ->> 'name'";
    let mut statement = ctx.tx.prepare_cached(ROW_JSON)?;
    let row: Option<String> =
        statement.query_row([sha256, &flag.id], |row| row.get(0)).optional()?;
    let row = row.ok_or(Refusal::NotFound)?;
    ctx.tx.prepare_cached("DELETE FROM proofs WHERE sha256 = ?1")?.execute([sha256])?;
    let name: String = ctx.tx.query_row(NAME, [&row], |line| line.get(0))?;
    changed(ctx, flag, "proof_removed", &name)?;
    Ok(row)
}

fn changed(ctx: &Ctx<'_>, flag: &Flag, what: &str, name: &str) -> Result<(), Refusal> {
    const SQL: &str = "UPDATE flags SET revision = revision + 1 WHERE flag_id = ?1";
    ctx.tx.prepare_cached(SQL)?.execute([&flag.id])?;
    flag::history(ctx, &flag.id, what, name)
}

fn way_back(flag: &Flag, command: &'static str, sha256: &str, row: Option<String>) -> Undoable {
    Undoable {
        command,
        subject: flag.id.clone(),
        part: String::new(),
        from: flag.revision,
        to: flag.revision + 1,
        inverse: Inverse::Proof { sha256: sha256.to_owned(), row },
    }
}

/// Takes registering or taking away back, unless somebody changed the flag since.
pub(super) fn take_back(
    ctx: &Ctx<'_>,
    last: &Undoable,
    sha256: &str,
    row: Option<&str>,
) -> Result<Change, Refusal> {
    let flag = open_flag(ctx, &FlagId::from(last.subject.as_str()))?;
    flag.require_seen(ctx, last.to, "proof", "")?;
    let revision = flag.revision + 1;
    let Some(row) = row else {
        let before = take_away(ctx, &flag, sha256)?;
        return Ok(Change { before: Some(before), after: None, revision });
    };
    put_back(ctx, &flag, sha256, row)?;
    Ok(Change { before: None, after: Some(row.to_owned()), revision })
}

/// Puts a file back that was taken away, if it still lies on the shelf and proves nothing else now.
fn put_back(ctx: &Ctx<'_>, flag: &Flag, sha256: &str, row: &str) -> Result<(), Refusal> {
    const SQL: &str = "
        INSERT INTO proofs (sha256, flag_id, media, name, size, width, height, taken_at, latitude,
            longitude, added_by, added_at, seq)
        SELECT value ->> 'sha256', value ->> 'flag_id', value ->> 'media', value ->> 'name',
            value ->> 'size', value ->> 'width', value ->> 'height', value ->> 'taken_at',
            value ->> 'latitude', value ->> 'longitude', value ->> 'added_by',
            value ->> 'added_at', value ->> 'seq'
        FROM (SELECT ?1 AS value)";
    const TOLD: &str = "SELECT ?1 ->> 'size', ?1 ->> 'name'";
    if let Some(other) = reuse::flag_of(ctx, sha256)? {
        return Err(conflict(1, "file", "", other.as_str(), ""));
    }
    // Meanwhile it may have been filed where it proves nothing for this flag.
    let id = FlagId::from(flag.id.as_str());
    if let Some(visit) = reuse::visit_of(ctx, sha256)?
        && !reuse::proves(ctx, &visit, &id)?
    {
        return Err(conflict(1, "file", "", visit.as_str(), ""));
    }
    let (size, name): (i64, String) =
        ctx.tx.query_row(TOLD, [row], |line| Ok((line.get(0)?, line.get(1)?)))?;
    if !Shelf::of(ctx.tx).holds(sha256, u64::try_from(size).unwrap_or(0)) {
        return Err(refused(FileFault::NotThere));
    }
    ctx.tx.prepare_cached(SQL)?.execute([row])?;
    changed(ctx, flag, "proof_added", &name)
}

#[cfg(test)]
mod tests;
