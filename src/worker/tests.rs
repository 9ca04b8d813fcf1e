//! The worker as the screen sees it, called instead of awaited.

use super::*;
use crate::clock::FixedClock;
use crate::domain::flag::Level;
use crate::domain::ids::{CustomerId, UserId};
use crate::store::tests::{Branch, actor, day};
use chrono::Days;

fn inbox(seq: u64) -> Request {
    Request::Watch { slot: Slot::Inbox, seq, query: Query::Inbox }
}

fn flag() -> Command {
    flag_at("C1")
}

fn flag_at(customer: &str) -> Command {
    Command::RaiseFlag {
        lowered: None,
        customer: CustomerId::from(customer),
        visit: None,
        item: None,
        signal: "OPS-01".to_owned(),
        level: Level::Red,
        proposed: false,
        owner: Some(UserId::from(if customer == "C1" { "zhang" } else { "li" })),
        measure: "续查".to_owned(),
        due_on: Some(Store::business_date(day(0)) + Days::new(3)),
        note: String::new(),
    }
}

fn worker(branch: &Branch, user: &str) -> (Worker, FixedClock) {
    let clock = FixedClock::at(day(0));
    let worker = Worker::new(branch.second(), actor(user), Arc::new(clock.clone()));
    (worker, clock)
}

#[test]
fn pages_are_sent_only_when_they_differ() {
    let mut branch = Branch::new();
    let (mut supervisor, _) = worker(&branch, "wang");
    supervisor = supervisor.without_jobs();
    let first = supervisor.handle(inbox(1));
    assert!(matches!(first.as_slice(), [Reply::Loaded { seq: 1, .. }]), "{first:?}");
    assert!(supervisor.poll().is_empty());
    // Somebody else writes something that is not on the screen.
    let copy = Command::NoteCopy { customer: None, what: "name".to_owned() };
    branch.run("zhang", copy).unwrap();
    assert!(supervisor.poll().is_empty());
    // And something that is.
    branch.run("zhang", flag()).unwrap();
    assert_eq!(supervisor.poll().len(), 1);
    assert!(supervisor.poll().is_empty());
    // An older watch that comes late is dropped.
    assert!(supervisor.handle(inbox(0)).is_empty());
    assert!(supervisor.handle(Request::Unwatch { slot: Slot::Inbox }).is_empty());
}

/// What others type is kept on the disk every two seconds: with a hundred sessions nobody may read
/// everything again for that.
#[test]
fn pages_are_read_again_only_after_something_was_journalled() {
    let mut branch = Branch::new();
    let (mut supervisor, _) = worker(&branch, "wang");
    supervisor = supervisor.without_jobs();
    branch.run("zhang", flag()).unwrap();
    supervisor.poll();
    let query = Query::Dossier { customer: CustomerId::from("C1") };
    supervisor.handle(Request::Watch { slot: Slot::Dossier, seq: 1, query });
    branch.rename_unjournalled("鼎盛储能");
    assert!(supervisor.poll().is_empty());
    branch.run("li", flag_at("C2")).unwrap();
    assert_eq!(supervisor.poll().len(), 1);
}

#[test]
fn own_writes_are_told_before_the_pages() {
    let branch = Branch::new();
    let (mut worker, _) = worker(&branch, "risk");
    worker.handle(inbox(1));
    let op = OpId::from("op-a");
    let replies = worker.handle(Request::Apply { op: op.clone(), command: flag() });
    assert!(matches!(&replies[0], Reply::Done { op: done, .. } if *done == op));
    let again = worker.handle(Request::Apply { op: op.clone(), command: Command::Undo });
    assert!(matches!(&again[0], Reply::Refused { .. }), "{again:?}");
}

#[test]
fn jobs_run_with_the_first_look_and_with_each_new_day() {
    let branch = Branch::new();
    let (mut worker, clock) = worker(&branch, "wang");
    assert!(matches!(worker.poll().first(), Some(Reply::JobsRan { .. })));
    assert!(worker.poll().is_empty());
    clock.set(day(1));
    assert!(matches!(worker.poll().first(), Some(Reply::JobsRan { .. })));
    // The clock set back: nothing runs.
    clock.set(day(0));
    assert!(!worker.poll().iter().any(|reply| matches!(reply, Reply::JobsRan { .. })));
}

#[test]
fn a_panic_ends_the_service_cleanly() {
    struct Broken;
    impl Clock for Broken {
        fn now(&self) -> DateTime<FixedOffset> {
            panic!("张伟");
        }
    }
    let branch = Branch::new();
    let (mut worker, _) = worker(&branch, "wang");
    worker.clock = Arc::new(Broken);
    let replies = worker.handle(inbox(1));
    assert_eq!(replies, [Reply::Down { what: "panic:Inbox".to_owned() }]);
    assert!(worker.is_down());
    assert!(worker.handle(inbox(2)).is_empty());
}

#[test]
fn the_thread_serves_and_ends_with_its_requests() {
    let branch = Branch::new();
    let (worker, _) = worker(&branch, "wang");
    let (send, requests) = std::sync::mpsc::channel();
    let (reply, replies) = std::sync::mpsc::channel();
    let thread = spawn(worker, requests, move |said| reply.send(said).is_ok()).unwrap();
    send.send(inbox(1)).unwrap();
    assert!(matches!(replies.recv().unwrap(), Reply::Loaded { .. }));
    drop(send);
    thread.join().unwrap();
}

/// The disk was full, or the file away, for a moment: the look still comes into the journal, once.
#[test]
fn a_look_that_could_not_be_written_is_tried_again() {
    let branch = Branch::new();
    let (looking, clock) = worker(&branch, "zhang");
    let mut looking = looking.without_jobs().noting(Noting::Looks);
    let path = branch.store.path().to_owned();
    let away = path.with_extension("away");
    let seconds = |n: i64| clock.set(day(0) + chrono::Duration::seconds(n));
    let watch = |looking: &mut Worker, customer: &str| {
        let query = Query::Dossier { customer: CustomerId::from(customer) };
        looking.handle(Request::Watch { slot: Slot::Dossier, seq: 1, query });
    };
    let looks = |customer: &str| {
        let sql = "SELECT count(*) FROM journal WHERE command LIKE 'read%' AND subject = ";
        branch.text(&format!("{sql}'{customer}'"))
    };
    watch(&mut looking, "C1");
    std::fs::rename(&path, &away).unwrap();
    seconds(3);
    // Another customer is looked at, and the first one is not forgotten for that.
    watch(&mut looking, "C2");
    seconds(4);
    std::fs::rename(&away, &path).unwrap();
    looking.poll();
    assert_eq!(looks("C1"), "0", "not at every key");
    watch(&mut looking, "C1");
    seconds(6);
    looking.poll();
    assert_eq!((looks("C1").as_str(), looks("C2").as_str()), ("1", "0"));
    seconds(20);
    looking.poll();
    watch(&mut looking, "C1");
    seconds(30);
    looking.poll();
    assert_eq!(looks("C1"), "1", "once a day");
}
