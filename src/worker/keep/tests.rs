//! Typing through the worker: how often it writes, and what is on disk when.

use std::sync::Arc;

use chrono::Duration;

use crate::clock::{Clock, FixedClock};
use crate::domain::answer::{Answer, Value};
use crate::domain::ids::{CustomerId, OpId, VisitId};
use crate::domain::visit::VisitClass;
use crate::protocol::command::Command;
use crate::protocol::page::Page;
use crate::protocol::query::Query;
use crate::protocol::reply::{Outcome, Reply, Request};
use crate::store::Store;
use crate::store::tests::{Branch, actor, day};
use crate::worker::Worker;

struct Desk {
    branch: Branch,
    worker: Worker,
    clock: FixedClock,
    visit: VisitId,
    op: u32,
}

impl Desk {
    fn new() -> Self {
        let mut branch = Branch::new();
        let start = Command::StartVisit {
            customer: CustomerId::from("C1"),
            class: VisitClass::Onsite,
            channel: "实地".to_owned(),
            visited_on: Store::business_date(day(0)),
            purposes: Vec::new(),
        };
        let Outcome::VisitStarted(visit) = branch.run("zhang", start).unwrap() else { panic!() };
        let clock = FixedClock::at(day(0));
        let worker = Worker::new(branch.second(), actor("zhang"), Arc::new(clock.clone()));
        Self { branch, worker: worker.without_jobs(), clock, visit, op: 0 }
    }

    fn apply(&mut self, command: Command) -> Vec<Reply> {
        self.op += 1;
        let op = OpId(format!("op-{}", self.op));
        self.worker.handle(Request::Apply { op, command })
    }

    fn types(&mut self, text: &str) {
        let replies = self.keep("purpose", text);
        assert!(matches!(&replies[..], [Reply::Done { outcome: Outcome::Plain, .. }]));
    }

    fn keep(&mut self, item: &str, text: &str) -> Vec<Reply> {
        let caret = u32::try_from(text.chars().count()).unwrap();
        let (visit, item, text) = (self.visit.clone(), item.to_owned(), text.to_owned());
        self.apply(Command::KeepDraft { visit, item, text, caret })
    }

    fn wait(&mut self, millis: i64) {
        self.clock.set(self.clock.now() + Duration::milliseconds(millis));
        self.worker.poll();
    }

    /// What another process finds on disk.
    fn on_disk(&self) -> Option<String> {
        let query = Query::Visit { visit: self.visit.clone() };
        let page = self.branch.second().query(&actor("zhang"), day(0), &query).unwrap();
        let Page::Visit(page) = page else { panic!("{page:?}") };
        page.draft.clone().map(|(_, text, _)| text)
    }
}

#[test]
fn many_keys_are_one_write() {
    let mut desk = Desk::new();
    desk.branch.store.changed_elsewhere().unwrap();
    for n in 1..=20 {
        desk.types(&"存".repeat(n));
        desk.wait(50);
    }
    assert!(!desk.branch.store.changed_elsewhere().unwrap());
    assert_eq!(desk.on_disk(), None);
    desk.wait(500);
    assert!(desk.branch.store.changed_elsewhere().unwrap());
    assert_eq!(desk.on_disk(), Some("存".repeat(20)));
    desk.wait(5_000);
    assert!(!desk.branch.store.changed_elsewhere().unwrap());
}

#[test]
fn the_first_unsaved_key_waits_no_longer_than_it_may() {
    let mut desk = Desk::new();
    desk.types("一");
    desk.wait(1_499);
    assert_eq!(desk.on_disk(), None);
    desk.types("一二");
    desk.wait(1);
    assert_eq!(desk.on_disk().as_deref(), Some("一二"));
    // A clock that is set back does not hold it.
    desk.types("一二三");
    desk.wait(-60_000);
    assert_eq!(desk.on_disk().as_deref(), Some("一二三"));
}

#[test]
fn any_other_write_and_the_end_bring_it_to_the_disk() {
    let mut desk = Desk::new();
    desk.types("半句");
    desk.apply(Command::NoteCopy { customer: None, what: "name".to_owned() });
    assert_eq!(desk.on_disk().as_deref(), Some("半句"));
    // The answer itself ends the draft, also one that is still in memory.
    desk.types("半句话");
    let answer = Answer {
        value: Value::Text("整句话".to_owned()),
        evidence: None,
        note: String::new(),
        unchanged: false,
    };
    let (visit, item) = (desk.visit.clone(), "purpose".to_owned());
    desk.apply(Command::Answer { visit, item, answer: Some(answer), seen: 0 });
    desk.wait(2_000);
    assert_eq!(desk.on_disk(), None);
    desk.types("最后");
    let Desk { branch, worker, visit, .. } = desk;
    worker.close();
    let query = Query::Visit { visit };
    let Page::Visit(page) = branch.store.query(&actor("zhang"), day(0), &query).unwrap() else {
        panic!()
    };
    assert_eq!(page.draft.as_ref().map(|d| d.1.as_str()), Some("最后"));
}

#[test]
fn nothing_typed_any_more_leaves_nothing_on_disk() {
    let mut desk = Desk::new();
    desk.types("半句");
    desk.wait(2_000);
    assert!(desk.on_disk().is_some());
    desk.keep("", "");
    desk.wait(2_000);
    assert_eq!(desk.on_disk(), None);
}

#[test]
fn what_the_store_never_takes_is_given_up() {
    let mut desk = Desk::new();
    desk.types(&"长".repeat(40_000));
    desk.wait(2_000);
    assert_eq!(desk.on_disk(), None);
    desk.types("短");
    desk.wait(2_000);
    assert_eq!(desk.on_disk().as_deref(), Some("短"));
}
