//! The only place that opens connections, always with the same engine profile
//! (`reliability.md` 1.2): nothing acknowledged may be lost by a power cut, two programs may write
//! at once, and a file that is not ours is left as it is.

mod path;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags};

use super::error::Error;
use super::migrate::{self, APPLICATION_ID};
use path::{Claim, Header};

/// SQLite before 3.51.3 can lose commits when two connections write and checkpoint at once.
const OLDEST_SQLITE: i32 = 3_051_003;

/// How long a writer waits for another process's lock.
const PATIENCE: Duration = Duration::from_secs(10);
/// A step of that waiting at the shortest, and how much longer one may be, in microseconds.
const LOOK: (u64, u64) = (500, 14_500);

/// For who goes through a whole book: the pages that lead to its rows stay at hand.
pub(super) const WIDE: &str = "PRAGMA cache_size = -16384";
/// The profile's own again.
pub(super) const NARROW: &str = "PRAGMA cache_size = -1536";

/// Lets others have the write lock between two steps of long work: longer than any of them takes to
/// look for it once more.
pub(super) fn give_way() {
    std::thread::sleep(Duration::from_micros(LOOK.0 + LOOK.1));
}

/// How a file is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Make the file and its directory if they are not there.
    Create,
    /// Open what is there, bring its schema up if need be.
    Existing,
    /// Open what is there and never write.
    ReadOnly,
}

/// An open file with its main connection.
#[derive(Debug)]
pub(super) struct Opened {
    /// The main connection.
    pub(super) conn: Connection,
    /// Canonical path.
    pub(super) path: PathBuf,
    /// Keeps the file known as open in this process.
    pub(super) claim: Arc<Claim>,
}

/// Opens a file as [`Mode`] says, with its schema brought up.
pub(super) fn open(path: &Path, mode: Mode) -> Result<Opened, Error> {
    let found = rusqlite::version_number();
    if found < OLDEST_SQLITE {
        return Err(Error::OldSqlite { found });
    }
    let path = path::canonical(path, mode == Mode::Create)?;
    if mode == Mode::Create {
        path::create(&path)?;
    }
    path::check(&path, mode != Mode::ReadOnly)?;
    let (claim, header) = path::claim(&path)?;
    check_header(header, mode)?;
    let mut conn = connect(&path, mode == Mode::ReadOnly)?;
    if mode == Mode::ReadOnly {
        let version = migrate::version(&conn)?;
        if version < migrate::newest() {
            return Err(Error::OlderSchema { found: version });
        }
    } else {
        path::tighten(&path)?;
        migrate::bring_up(&mut conn, &path)?;
        switch_to_wal(&conn)?;
    }
    Ok(Opened { conn, path, claim: Arc::new(claim) })
}

/// A file that is not ours, or newer than this program, is refused before the engine touches it.
fn check_header(header: Header, mode: Mode) -> Result<(), Error> {
    match header {
        Header::OpenHere => Ok(()),
        Header::Empty if mode == Mode::Create => Ok(()),
        Header::Empty | Header::Other => Err(Error::NotADatabase),
        Header::Sqlite { application_id, .. } if application_id != APPLICATION_ID => {
            Err(Error::Foreign { application_id })
        }
        Header::Sqlite { user_version, .. } => {
            let found = i64::from(user_version);
            if found > migrate::newest() && mode != Mode::ReadOnly {
                return Err(Error::NewerSchema { found });
            }
            Ok(())
        }
    }
}

/// A further connection to a file that [`open`] has accepted: the same profile.
pub(super) fn reconnect(path: &Path) -> Result<Connection, Error> {
    let conn = connect(path, false)?;
    switch_to_wal(&conn)?;
    Ok(conn)
}

/// Whether another process has this database open. The file stays as it is; one that can't be read is in
/// nobody's use.
#[expect(clippy::disallowed_methods, reason = "this is the one place that opens connections")]
pub fn is_in_use(path: &Path) -> bool {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let alone = || {
        let conn = Connection::open_with_flags(path, flags)?;
        conn.busy_timeout(Duration::ZERO)?;
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        // Whoever has a file of this kind open holds a lock that all share and nobody can have alone.
        conn.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
        conn.query_row("SELECT count(*) FROM sqlite_schema", [], |_row| Ok(()))
    };
    matches!(alone().map_err(Error::from), Err(Error::Busy))
}

/// The connection for what need not survive a power cut (the field being typed, the caret): it
/// does not wait for the disk.
pub(super) fn soft(path: &Path) -> Result<Connection, Error> {
    let conn = connect(path, false)?;
    conn.pragma_update(None, "synchronous", "NORMAL")?;
    conn.pragma_update(None, "cache_size", -256)?;
    conn.set_prepared_statement_cache_capacity(8);
    Ok(conn)
}

/// A file that need not be one of ours in use: a backup to be looked at.
pub(super) fn inspect(path: &Path) -> Result<Connection, Error> {
    connect(path, true)
}

#[expect(clippy::disallowed_methods, reason = "this is the one place that opens connections")]
fn connect(path: &Path, read_only: bool) -> Result<Connection, Error> {
    let access = if read_only {
        OpenFlags::SQLITE_OPEN_READ_ONLY
    } else {
        OpenFlags::SQLITE_OPEN_READ_WRITE
    };
    let flags = access | OpenFlags::SQLITE_OPEN_NOFOLLOW | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut conn = Connection::open_with_flags(path, flags)?;
    // First of all: without it the very next statement may fail on a busy file.
    conn.busy_handler(Some(patience()))?;
    if !read_only && conn.is_readonly("main")? {
        return Err(Error::ReadOnly);
    }
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    // Without it the engine parses and plans a kept statement again whenever a bound value changes,
    // to look the new one up in its statistics: a third of a page's time, and no plan to rely on.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    for (name, value) in [
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("recursive_triggers", 1),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
        ("secure_delete", 1),
        ("mmap_size", 0),
        // In memory: what is sorted never lies in a file beside the database.
        ("temp_store", 2),
        ("wal_autocheckpoint", 1000),
        ("journal_size_limit", 64 << 20),
        // Negative: KiB. A branch server runs a hundred of these.
        ("cache_size", -1536),
    ] {
        conn.pragma_update(None, name, value)?;
    }
    conn.set_limit(Limit::SQLITE_LIMIT_LENGTH, 64 << 20)?;
    conn.set_limit(Limit::SQLITE_LIMIT_SQL_LENGTH, 1 << 20)?;
    // One is what a backup by VACUUM needs.
    conn.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 1)?;
    conn.set_limit(Limit::SQLITE_LIMIT_TRIGGER_DEPTH, 16)?;
    conn.set_prepared_statement_cache_capacity(64);
    Ok(conn)
}

/// Write-ahead logging stands in the file once it is on; the answer is what counts.
fn switch_to_wal(conn: &Connection) -> Result<(), Error> {
    // Where two sessions switch a new file at once, the engine answers "busy" to one of them without
    // asking the busy handler: so it is asked here.
    let mut patience = patience();
    let mut tries = 0;
    loop {
        match conn.query_row("PRAGMA journal_mode = WAL", [], |row| row.get::<_, String>(0)) {
            Ok(mode) if mode == "wal" => return Ok(()),
            Ok(_) => return Err(Error::NoWal),
            Err(error) => match Error::from(error) {
                Error::Busy if patience(tries) => tries += 1,
                error => return Err(error),
            },
        }
    }
}

/// Waits for a lock in short steps of uneven length, so that many waiting sessions don't wake at
/// the same moment, and gives up after [`PATIENCE`].
fn patience() -> impl FnMut(i32) -> bool + Send + 'static {
    let mut since = None;
    let mut seed = u64::from(std::process::id()) | 1;
    move |tries| {
        let now = Instant::now();
        let start = if tries == 0 { now } else { since.unwrap_or(now) };
        since = Some(start);
        if now.duration_since(start) >= PATIENCE {
            return false;
        }
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        std::thread::sleep(Duration::from_micros(LOOK.0 + seed % LOOK.1));
        true
    }
}

/// A bare connection, as another program would make it.
#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "this is the one place that opens connections")]
fn connect_new(path: &Path) -> Connection {
    Connection::open(path).unwrap()
}

#[cfg(test)]
mod tests;
