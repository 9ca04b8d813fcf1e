//! The thread around the worker.

use std::collections::BTreeMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::Worker;
use crate::protocol::query::Slot;
use crate::protocol::reply::{Reply, Request};
use crate::store::{Mode, Store};

/// How often the file is looked at while somebody works.
const BUSY_POLL: Duration = Duration::from_millis(400);
/// How often it is looked at after [`IDLE_AFTER`] without a request.
const IDLE_POLL: Duration = Duration::from_secs(1);
/// From when on nobody is at the keys.
const IDLE_AFTER: Duration = Duration::from_mins(1);

/// An id for this session, for the journal: no two are alike.
pub fn session_id() -> String {
    // Seeded by the operating system, anew for each.
    let random = |salt: u32| RandomState::new().hash_one((std::process::id(), salt));
    format!("{:016x}{:04x}", random(0), random(1) & 0xFFFF)
}

/// Starts the worker's thread. It ends when the requests' other end is gone, when `reply` answers
/// that nobody listens any more (`false`), or after `Reply::Down`.
pub fn spawn(
    mut worker: Worker,
    requests: Receiver<Request>,
    mut reply: impl FnMut(Reply) -> bool + Send + 'static,
) -> std::io::Result<JoinHandle<()>> {
    std::thread::Builder::new().name("store".to_owned()).spawn(move || {
        serve(&mut worker, &requests, &mut reply);
        worker.close();
    })
}

fn serve(worker: &mut Worker, requests: &Receiver<Request>, reply: &mut impl FnMut(Reply) -> bool) {
    let mut last_request = Instant::now();
    let mut house: Option<JoinHandle<()>> = None;
    loop {
        let idle = last_request.elapsed() >= IDLE_AFTER;
        let mut waiting = match requests.recv_timeout(if idle { IDLE_POLL } else { BUSY_POLL }) {
            Ok(request) => vec![request],
            Err(RecvTimeoutError::Timeout) => Vec::new(),
            Err(RecvTimeoutError::Disconnected) => return,
        };
        let quiet = waiting.is_empty();
        if !quiet {
            last_request = Instant::now();
            waiting.extend(requests.try_iter());
        }
        for request in latest_wins(waiting) {
            if !worker.handle(request).into_iter().all(&mut *reply) {
                return;
            }
        }
        if !worker.refresh().into_iter().all(&mut *reply) || worker.is_down() {
            return;
        }
        // Never before the first pages, and never in the way of a key.
        if quiet && house.as_ref().is_none_or(JoinHandle::is_finished) && worker.jobs_are_due() {
            house = keep_house(worker);
        }
    }
}

/// Runs the jobs on a connection and a thread of their own: rolling a large book into a new day takes
/// a second, and nobody shall wait for it. What has changed the worker sees as it sees the changes of
/// other processes.
fn keep_house(worker: &Worker) -> Option<JoinHandle<()>> {
    let path = worker.store.path().to_owned();
    let packs = Arc::clone(worker.store.packs());
    let (now, session) = (worker.clock.now(), worker.actor.session.clone());
    let run = move || match Store::open(&path, packs, Mode::Existing) {
        Ok(mut store) => {
            store.run_jobs(now, &session);
        }
        Err(error) => tracing::warn!(%error, "jobs not run"),
    };
    let thread = std::thread::Builder::new().name("jobs".to_owned()).spawn(run);
    thread.map_err(|error| tracing::warn!(%error, "jobs not run")).ok()
}

/// Drops watches that a later request for the same slot replaces anyway.
fn latest_wins(waiting: Vec<Request>) -> Vec<Request> {
    let slot_of = |request: &Request| match request {
        Request::Watch { slot, .. } | Request::Unwatch { slot } => Some(*slot),
        Request::Apply { .. } => None,
    };
    let last: BTreeMap<Slot, usize> =
        waiting.iter().enumerate().filter_map(|(i, r)| Some((slot_of(r)?, i))).collect();
    let keep = |i: usize, r: &Request| slot_of(r).is_none_or(|slot| last.get(&slot) == Some(&i));
    waiting.into_iter().enumerate().filter(|(i, r)| keep(*i, r)).map(|(_, r)| r).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::OpId;
    use crate::protocol::command::Command;
    use crate::protocol::query::Query;

    #[test]
    fn only_the_latest_watch_of_a_slot_is_served() {
        let watch = |slot, seq| Request::Watch { slot, seq, query: Query::Home };
        let write = Request::Apply { op: OpId::from("a"), command: Command::Undo };
        let waiting = vec![
            watch(Slot::Home, 1),
            watch(Slot::Inbox, 2),
            write.clone(),
            watch(Slot::Home, 3),
            Request::Unwatch { slot: Slot::Inbox },
        ];
        let kept = latest_wins(waiting);
        let wanted = vec![write, watch(Slot::Home, 3), Request::Unwatch { slot: Slot::Inbox }];
        assert_eq!(kept, wanted);
    }

    #[test]
    fn sessions_differ() {
        assert_ne!(session_id(), session_id());
        assert_eq!(session_id().len(), 20);
    }
}
