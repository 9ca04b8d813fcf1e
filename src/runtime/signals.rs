//! Signals and the death of the line, as events.

use std::io;
use std::sync::mpsc::Sender;
use std::thread;

use rustix::event::{PollFd, PollFlags, poll};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::app::Event;

/// Starts both watchers. Neither is joined: they end with the process.
pub(super) fn spawn(events: &Sender<Event>) -> io::Result<()> {
    let mut signals = Signals::new([SIGHUP, SIGINT, SIGTERM])?;
    let sender = events.clone();
    thread::Builder::new().name("signals".to_owned()).spawn(move || {
        for _ in signals.forever() {
            if sender.send(Event::Hangup).is_err() {
                return;
            }
        }
    })?;
    let sender = events.clone();
    thread::Builder::new().name("line".to_owned()).spawn(move || watch_line(&sender))?;
    Ok(())
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
                    // The receiver may be gone already, which is as good.
                    let _ = events.send(Event::Hangup);
                    return;
                }
            }
            Err(rustix::io::Errno::INTR) => {}
            Err(_) => return,
        }
    }
}
