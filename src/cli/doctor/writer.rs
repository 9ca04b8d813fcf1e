//! Which process holds the lock for writing, if one does. A stopped one keeps everybody waiting, and
//! only its number helps.

use std::fs::File;
use std::path::Path;

use rustix::process::{Flock, FlockOffsetType, FlockType, fcntl_getlk};

/// Where the engine locks for writing, in the file of its shared memory.
const WRITE_LOCK: u64 = 120;

/// A process that writes at this moment.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Writer {
    pub(super) pid: i32,
    pub(super) name: String,
    /// Stopped, by a signal or a debugger.
    pub(super) stopped: bool,
}

/// Looks at the lock. To be called while this process has no connection to the file: closing the
/// shared memory would drop its own locks.
pub(super) fn look(db: &Path) -> Option<Writer> {
    let mut shared = db.as_os_str().to_owned();
    shared.push("-shm");
    let shared = File::open(shared).ok()?;
    let asked = Flock {
        start: WRITE_LOCK,
        length: 1,
        pid: None,
        typ: FlockType::WriteLock,
        offset_type: FlockOffsetType::Set,
    };
    let pid = fcntl_getlk(&shared, &asked).ok()??.pid?.as_raw_nonzero().get();
    let told = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let (name, stopped) = read(&told);
    Some(Writer { pid, name, stopped })
}

/// `123 (huifang) S …`: name and whether it is stopped.
fn read(stat: &str) -> (String, bool) {
    let (before, after) = stat.rsplit_once(')').unwrap_or_default();
    let name = before.split_once('(').map_or("", |(_, name)| name);
    (name.to_owned(), matches!(after.trim_start().chars().next(), Some('T' | 't')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_kernel_says_is_read() {
        assert_eq!(read("12 (huifang) S 1 12"), ("huifang".to_owned(), false));
        assert_eq!(read("12 (a) b) T 1 12"), ("a) b".to_owned(), true));
        assert_eq!(read("12 (bot) t 1 12"), ("bot".to_owned(), true));
        assert_eq!(read(""), (String::new(), false));
    }

    #[test]
    fn nobody_holds_what_nobody_opened() {
        let folder = tempfile::tempdir().unwrap();
        let db = folder.path().join("a.db");
        assert_eq!(look(&db), None);
        std::fs::write(folder.path().join("a.db-shm"), [0; 4096]).unwrap();
        assert_eq!(look(&db), None);
    }
}
