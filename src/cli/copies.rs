//! `huifang backup | restore`: whole copies, sealed for a key that lies elsewhere if wanted.

mod seal;

use std::io::IsTerminal;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::json;

use super::args::{Format, Restore};
use super::journal::anchors;
use super::session::{Desk, Io, Session, Want, packs};
use super::table::document;
use crate::access::Action;
use crate::clock::{Clock, SystemClock};
use crate::fault::{Fault, Found, Unsealed, Wrong};
use crate::i18n::Catalog;
use crate::protocol::reply::Refusal;
use crate::store::{self, FilesCopied, Mode, Store};

/// Writes a checked copy.
pub fn backup(file: &Path, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    if seal::is_sealed(file) {
        return sealed(file, desk, io);
    }
    let session = begin(file, desk)?;
    let size = session.store.backup_to(file).map_err(Fault::store(file))?;
    let folder = Store::files_beside(file);
    let files = session.store.copy_files_to(folder.clone()).map_err(Fault::store(&folder))?;
    tell(&session, (file, size), (files, &folder), desk, io)
}

/// Whoever keeps house, and a place that is free in a folder that is there.
fn begin(file: &Path, desk: &Desk) -> Result<Session, Fault> {
    let session = Session::batch(desk, Want::Read)?;
    if !session.actor.may(Action::Operate) {
        return Err(Refusal::NotAllowed.into());
    }
    if file.exists() {
        return Err(Fault::Exists(file.to_owned()));
    }
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.map_or(Ok(()), require_there)?;
    Ok(session)
}

/// The same for the holder of a key that is not here: nothing readable is left behind.
fn sealed(file: &Path, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let recipient = desk.config.backup_to.as_deref().ok_or(Fault::Seal(Unsealed::NoRecipient))?;
    let session = begin(file, desk)?;
    // On the volume of the database, whose protection it then has.
    let plain = beside(session.store.path(), &format!(".sealing-{}", std::process::id()));
    let size = session.store.backup_to(&plain).map_err(Fault::store(&plain))?;
    let named = Store::open(&plain, Arc::clone(&session.packs), Mode::ReadOnly)
        .and_then(|copy| copy.file_names())
        .map_err(Fault::store(&plain));
    // Its files first: a copy that lies there can be opened with all that it names.
    let shelf = Store::files_beside(session.store.path());
    let folder = seal::files_beside(file);
    let made = named.and_then(|named| {
        let files = seal::seal_files(recipient, &shelf, &folder, &named)?;
        seal::list(file, &named)?;
        seal::seal(recipient, &plain, file)?;
        Ok(files)
    });
    std::fs::remove_file(&plain).map_err(Fault::file(&plain))?;
    let files = made?;
    seal::let_go(file)?;
    tell(&session, (file, size), (files, &folder), desk, io)
}

/// Notes a copy of so many bytes in the journal, and tells of it and of its files.
fn tell(
    session: &Session,
    (file, size): (&Path, u64),
    (files, folder): (FilesCopied, &Path),
    desk: &Desk,
    io: &mut Io<'_>,
) -> Result<(), Fault> {
    let t = &Catalog::of(desk.lang).cli;
    if let Err(error) = note_backup(session, file, size) {
        // A full disk or a file that can't be written is when a copy is wanted most.
        tracing::warn!(%error, "backup not noted");
        writeln!(io.err, "{}", t.backup_not_noted())?;
    }
    if !desk.global.quiet {
        writeln!(io.err, "{}", t.made(&file.display().to_string()))?;
    }
    tell_files(files, folder, desk, io)
}

/// What became of documents and photos; that some are missing is told in any case.
fn tell_files(
    files: FilesCopied,
    folder: &Path,
    desk: &Desk,
    io: &mut Io<'_>,
) -> Result<(), Fault> {
    let t = &Catalog::of(desk.lang).cli;
    let whole = files.copied + files.there;
    if whole > 0 && !desk.global.quiet {
        writeln!(io.err, "{}", t.files_kept(whole, &folder.display().to_string()))?;
    }
    if files.missing > 0 {
        writeln!(io.err, "{}", t.files_missing(files.missing))?;
    }
    Ok(())
}

/// Notes in the journal that a copy was made. A file of an older schema is not brought up for that.
fn note_backup(session: &Session, file: &Path, size: u64) -> Result<(), store::Error> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let after = json!({"file": name, "bytes": size}).to_string();
    let packs = Arc::clone(&session.packs);
    let mut store = Store::open_as_it_is(session.store.path(), packs)?;
    store.note_backup(&session.actor, session.now(), &after)
}

/// A file with something behind its name: `huifang.db` → `huifang.db.before-20261123`.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Says that a copy, or a folder, is not there: no database is missing.
fn require_there(path: &Path) -> Result<(), Fault> {
    path.metadata().map(|_| ()).map_err(Fault::file(path))
}

/// Puts a backup in place, or tries whether it could be.
pub fn restore(wish: &Restore, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let target = desk.database()?;
    if target.exists() {
        require_right(&target, desk)?;
    }
    require_there(&wish.file)?;
    if !seal::is_sealed(&wish.file) {
        return if wish.drill {
            drill(&wish.file, wish, desk, io)
        } else {
            replace(&wish.file, wish, &target, desk, io)
        };
    }
    let identity = wish.identity.as_deref().ok_or(Fault::Seal(Unsealed::NoIdentity))?;
    let opened = seal::Opened::make(&wish.file, identity, &target)?;
    if wish.drill {
        drill(opened.copy(), wish, desk, io)
    } else {
        replace(opened.copy(), wish, &target, desk, io)
    }
}

/// Looks a copy through as if it were put in place: structure, references, journal against anchors,
/// documents and photos. The present file is not touched.
fn drill(file: &Path, wish: &Restore, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let format = desk.format(&[Format::Table, Format::Json])?;
    let copy = Store::open(file, packs(), Mode::ReadOnly).map_err(Fault::store(file))?;
    let head = copy.check().map_err(Fault::store(file))?;
    let kept = wish.anchors.as_deref().map(anchors::read).transpose()?.unwrap_or_default();
    anchors::follow_one_another(&kept)?;
    // Younger anchors belong to what was written after the copy was made.
    let older: Vec<(i64, String)> = kept
        .iter()
        .filter(|anchor| anchor.seq <= head.seq)
        .map(|anchor| (anchor.seq, anchor.hash.clone()))
        .collect();
    copy.verify_journal(&older).map_err(Fault::store(file))?;
    let people = copy.people().map_err(Fault::store(file))?.len();
    let files = copy.copied_shelf_state().map_err(Fault::store(file))?;
    let whole = files.rows - files.missing - files.damaged;
    if format == Format::Json {
        let told = json!({"rows": head.seq, "hash": head.hash, "anchors": older.len(),
            "people": people, "files": files.rows, "files_whole": whole});
        document(&told, io.out)?;
    } else {
        let t = &Catalog::of(desk.lang).cli;
        writeln!(io.out, "{}", t.drilled(head.seq, older.len(), people, (whole, files.rows)))?;
    }
    if files.is_whole() { Ok(()) } else { Err(Fault::Found(Found::Illness(1))) }
}

/// The present file is moved aside with its log, never overwritten; other sessions notice that and
/// write no more.
fn replace(
    file: &Path,
    wish: &Restore,
    target: &Path,
    desk: &Desk,
    io: &mut Io<'_>,
) -> Result<(), Fault> {
    let copy = Store::open(file, packs(), Mode::ReadOnly).map_err(Fault::store(file))?;
    copy.check().map_err(Fault::store(file))?;
    if target.exists() && !wish.force && store::is_in_use(target) {
        return Err(Fault::Wrong(Wrong::InUse(target.to_owned())));
    }
    if target.exists() && !wish.yes {
        confirm(target, file, desk, io)?;
    }
    let stamp = SystemClock.now().format("%Y%m%d-%H%M%S").to_string();
    let fresh = beside(target, &format!(".restoring-{stamp}"));
    copy.backup_to(&fresh).map_err(Fault::store(&fresh))?;
    // Before the database that names them is put in place.
    let files = copy.bring_files_to(target).map_err(Fault::store(target))?;
    drop(copy);
    let before = beside(target, &format!(".before-{stamp}"));
    let replaced = target.exists();
    for ending in ["-wal", "-shm", ""] {
        let old = beside(target, ending);
        if old.exists() {
            std::fs::rename(&old, beside(&before, ending)).map_err(Fault::file(&old))?;
        }
    }
    std::fs::rename(&fresh, target).map_err(Fault::file(target))?;
    if !desk.global.quiet {
        let t = &Catalog::of(desk.lang).cli;
        let (now, before) = (target.display().to_string(), before.display().to_string());
        writeln!(io.err, "{}", t.restored(&now, replaced.then_some(before.as_str())))?;
    }
    tell_files(files, &Store::files_beside(target), desk, io)
}

/// Refuses somebody who may not replace the present file.
fn require_right(target: &Path, desk: &Desk) -> Result<(), Fault> {
    match Session::batch(desk, Want::Read) {
        Ok(session) if session.actor.may(Action::Operate) => Ok(()),
        Ok(_) => Err(Refusal::NotAllowed.into()),
        // A file that can't be read can't tell who may replace it; its owner may in any case.
        Err(fault @ Fault::Store { .. }) => {
            let owner = std::fs::metadata(target).map_err(Fault::file(target))?.uid();
            if owner == rustix::process::geteuid().as_raw() { Ok(()) } else { Err(fault) }
        }
        Err(other) => Err(other),
    }
}

/// Asks whoever sits at the terminal; a script says --yes.
fn confirm(target: &Path, file: &Path, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let t = &Catalog::of(desk.lang).cli;
    let refused = || Fault::Wrong(Wrong::NotConfirmed(target.to_owned()));
    if !std::io::stdin().is_terminal() {
        return Err(refused());
    }
    let (now, copy) = (target.display().to_string(), file.display().to_string());
    writeln!(io.err, "{}", t.restore_asks(&now, &copy))?;
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer).map_err(|error| Fault::Output(error.kind()))?;
    let agreed = matches!(answer.trim().to_lowercase().as_str(), "y" | "yes" | "是");
    if agreed { Ok(()) } else { Err(Fault::Declined(target.to_owned())) }
}
