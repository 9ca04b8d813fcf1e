//! Signals and the death of the line, as events.

use std::io;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{Sender, channel};
use std::thread;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, poll};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGXFSZ};
use signal_hook::iterator::Signals;

use super::terminal;
use crate::app::Event;

/// How long leaving may take after the line has dropped or the process was asked to end. A
/// terminal that takes no more bytes, or a lock held by a stopped process, must not keep a
/// process alive that nobody sees.
const LAST_MOMENT: Duration = Duration::from_millis(4_500);
/// How long a terminal that is to be restored at the last moment may take no bytes.
const LAST_BYTES: Duration = Duration::from_millis(200);

/// Makes of a limit on the size of files a write that is refused, not the end of the process.
pub fn outlive_file_limit() -> io::Result<()> {
    signal_hook::flag::register(SIGXFSZ, Arc::new(AtomicBool::new(false))).map(|_| ())
}

/// Starts both watchers. Neither is joined: they end with the process.
pub(super) fn spawn(events: &Sender<Event>) -> io::Result<()> {
    let mut signals = Signals::new([SIGHUP, SIGINT, SIGTERM])?;
    let sender = events.clone();
    thread::Builder::new().name("signals".to_owned()).spawn(move || {
        for _ in signals.forever() {
            hang_up(&sender);
        }
    })?;
    let sender = events.clone();
    thread::Builder::new().name("line".to_owned()).spawn(move || watch_line(&sender))?;
    Ok(())
}

/// Asks the screen to leave, and sees to it that the process ends.
fn hang_up(events: &Sender<Event>) {
    // The receiver may be gone already, which is as good.
    let _ = events.send(Event::Hangup);
    // Without the thread the process ends as the screen sees fit.
    let _ = thread::Builder::new().name("last".to_owned()).spawn(|| {
        thread::sleep(LAST_MOMENT);
        let (done, waits) = channel();
        let restoring = thread::Builder::new().spawn(move || {
            let _ = terminal::restore();
            let _ = done.send(());
        });
        if restoring.is_err() || waits.recv_timeout(LAST_BYTES).is_err() {
            let _ = terminal::cook();
        }
        std::process::exit(1);
    });
}

/// Sleeps until the terminal hangs up. The reader of events can't be trusted with that: it may
/// read an end of file for ever without telling.
fn watch_line(events: &Sender<Event>) {
    let stdin = io::stdin();
    loop {
        let mut fds = [PollFd::new(&stdin, PollFlags::empty())];
        match poll(&mut fds, None) {
            Ok(_) => {
                let gone = PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL;
                if fds.iter().any(|fd| fd.revents().intersects(gone)) {
                    hang_up(events);
                    return;
                }
            }
            Err(rustix::io::Errno::INTR) => {}
            Err(_) => return,
        }
    }
}
