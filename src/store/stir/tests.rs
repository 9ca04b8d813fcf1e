//! What a commit costs a standing queue, in steps of the engine, and that it stays right.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::Days;

use super::*;
use crate::domain::answer::{Answer, Value};
use crate::domain::flag::Level;
use crate::domain::ids::{UserId, VisitId};
use crate::domain::visit::VisitClass;
use crate::protocol::command::{Command, SetUser};
use crate::protocol::page::Page;
use crate::protocol::query::Query;
use crate::protocol::reply::Outcome;
use crate::store::tests::{Branch, actor, day};

/// How many records wait.
const WAITING: u32 = 12;

fn customer(n: u32) -> String {
    format!("Q{n:02}")
}

fn start(branch: &mut Branch, customer: &str) -> VisitId {
    let command = Command::StartVisit {
        customer: CustomerId::from(customer),
        class: VisitClass::Onsite,
        channel: "实地".to_owned(),
        visited_on: day(0).date_naive(),
        purposes: Vec::new(),
    };
    let Outcome::VisitStarted(visit) = branch.run("zhang", command).unwrap() else { panic!() };
    visit
}

fn answer(visit: &VisitId, item: &str) -> Command {
    let value = Value::Text("正常".to_owned());
    let answer = Some(Answer { value, evidence: None, note: String::new(), unchanged: false });
    Command::Answer { visit: visit.clone(), item: item.to_owned(), answer, seen: 0 }
}

/// A branch in which [`WAITING`] records of zhang wait for their review.
fn waiting() -> (Branch, Vec<VisitId>) {
    let mut branch = Branch::new();
    let mut visits = Vec::new();
    for n in 0..WAITING {
        let id = customer(n);
        let sql = format!(
            "INSERT INTO customers (customer_id, name, line, officer, onboarded_on)
             VALUES ('{id}', '客户{n}', 'corporate', 'zhang', '2025-01-01');
             INSERT INTO loans (loan_id, customer_id, amount, balance, disbursed_on, matures_on, status)
             VALUES ('L-{id}', '{id}', 100000000, 80000000, '2026-06-01', '2026-12-20', 'active');"
        );
        branch.store.conn().execute_batch(&sql).unwrap();
        let visit = start(&mut branch, &id);
        branch.run("zhang", answer(&visit, "turnover")).unwrap();
        let submit = Command::Submit {
            visit: visit.clone(),
            seen: 1,
            seen_answers: i64::MAX,
            lateness_reason: Some("出差".to_owned()),
            likeness_reason: Some("同期".to_owned()),
        };
        branch.run("zhang", submit).unwrap();
        visits.push(visit);
    }
    (branch, visits)
}

/// A supervisor's session that looks at the queue.
struct Desk {
    store: Store,
    page: Page,
    seen: i64,
    steps: Arc<AtomicU64>,
}

impl Desk {
    fn new(branch: &Branch) -> (Self, u64) {
        let mut store = branch.second();
        let steps = Arc::new(AtomicU64::new(0));
        let counted = Arc::clone(&steps);
        let count = move || {
            counted.fetch_add(1, Ordering::Relaxed);
            false
        };
        store.opened.conn.progress_handler(1, Some(count)).unwrap();
        let seen = store.stir(0).unwrap().head;
        steps.store(0, Ordering::Relaxed);
        let page = store.query(&actor("wang"), day(0), &Query::Queue).unwrap();
        let whole = steps.load(Ordering::Relaxed);
        (Self { store, page, seen, steps }, whole)
    }

    /// Looks again; gives what it cost, and makes sure that nothing was passed over.
    fn look(&mut self) -> u64 {
        self.steps.store(0, Ordering::Relaxed);
        let stir = self.store.stir(self.seen).unwrap();
        let who = actor("wang");
        let page = self.store.query_again(&who, day(0), &Query::Queue, &self.page, &stir).unwrap();
        let steps = self.steps.load(Ordering::Relaxed);
        assert_eq!(page, self.store.query(&who, day(0), &Query::Queue).unwrap());
        (self.page, self.seen) = (page, stir.head);
        steps
    }
}

#[test]
fn what_others_write_costs_a_standing_queue_little() {
    let (mut branch, visits) = waiting();
    let draft = start(&mut branch, "C1");
    let (mut desk, whole) = Desk::new(&branch);
    assert!(matches!(&desk.page, Page::Queue(page) if page.rows.len() == visits.len()));
    // Answers in drafts are what is written most: a look at the journal is all.
    branch.run("zhang", answer(&draft, "turnover")).unwrap();
    let after_answer = desk.look();
    assert!(after_answer < 150, "{after_answer} of {whole} steps");
    // What concerns one customer costs her row and the list.
    let flag = Command::RaiseFlag {
        lowered: None,
        customer: CustomerId::from(customer(3).as_str()),
        visit: None,
        item: None,
        signal: "OPS-01".to_owned(),
        level: Level::Red,
        proposed: false,
        owner: Some(UserId::from("zhang")),
        measure: "续查".to_owned(),
        due_on: Some(day(0).date_naive() + Days::new(3)),
        note: String::new(),
    };
    branch.run("zhang", flag).unwrap();
    let after_flag = desk.look();
    assert!(after_flag * 4 < whole, "{after_flag} of {whole} steps");
    let Page::Queue(page) = &desk.page else { panic!() };
    assert_eq!(page.rows[0].visit, visits[3], "red first");
}

#[test]
fn a_standing_back_test_is_asked_again_only_for_what_it_is_held_against() {
    let (mut branch, _) = waiting();
    let draft = start(&mut branch, "C1");
    let (mut desk, _) = Desk::new(&branch);
    let who = actor("wang");
    let mut page = desk.store.query(&who, day(0), &Query::Backtest).unwrap();
    let mut look = |desk: &mut Desk| {
        let stir = desk.store.stir(desk.seen).unwrap();
        desk.steps.store(0, Ordering::Relaxed);
        let again = desk.store.query_again(&who, day(0), &Query::Backtest, &page, &stir).unwrap();
        let steps = desk.steps.load(Ordering::Relaxed);
        assert_eq!(again, desk.store.query(&who, day(0), &Query::Backtest).unwrap());
        let same = again == page;
        (page, desk.seen) = (again, stir.head);
        (steps, same)
    };
    branch.run("zhang", answer(&draft, "turnover")).unwrap();
    assert_eq!(look(&mut desk), (0, true));
    let comment =
        |text: &str| Command::Comment { visit: draft.clone(), item: None, text: text.to_owned() };
    branch.run("wang", comment("补照片")).unwrap();
    assert_eq!(look(&mut desk), (0, true));
    // A remark that proposes a signal is one more that was raised.
    branch.run("wang", comment("路过看到已停产")).unwrap();
    let (steps, same) = look(&mut desk);
    assert!(steps > 0 && !same);
}

#[test]
fn a_standing_queue_misses_nothing() {
    let (mut branch, visits) = waiting();
    let (mut desk, _) = Desk::new(&branch);
    let hash = |branch: &Branch, visit: &VisitId| {
        branch.text(&format!("SELECT content_hash FROM records WHERE visit_id = '{visit}'"))
    };
    let give_back =
        Command::Return { visit: visits[1].clone(), seen: 2, reason: "缺照片".into() };
    branch.run("zhao", give_back).unwrap();
    desk.look();
    let content_hash = hash(&branch, &visits[2]);
    let approve =
        Command::Approve { visit: visits[2].clone(), seen: 2, content_hash, note: String::new() };
    branch.run("zhao", approve).unwrap();
    desk.look();
    branch.run("zhao", Command::Undo).unwrap();
    desk.look();
    let withdraw = Command::Withdraw { visit: visits[4].clone(), seen: 2 };
    branch.run("zhang", withdraw).unwrap();
    desk.look();
    // Somebody has another name, an import another tier: of whom, the journal does not say.
    let named = Command::SetUser(SetUser {
        user: UserId::from("zhang"),
        name: "张大伟".to_owned(),
        role: crate::domain::user::Role::Officer,
        branch: "B1".to_owned(),
        disabled: false,
    });
    branch.run("admin", named).unwrap();
    desk.look();
    let Page::Queue(page) = &desk.page else { panic!() };
    assert!(page.rows.iter().all(|row| row.author_name == "张大伟"));
    // Very many rows at once.
    for n in 0..=MOST {
        let what = format!("name{n}");
        branch.run("zhang", Command::NoteCopy { customer: None, what }).unwrap();
    }
    assert_eq!(desk.store.stir(desk.seen).unwrap().customers, None);
    desk.look();
}
