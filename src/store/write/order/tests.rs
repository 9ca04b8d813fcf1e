//! Inspections by order: who may, what is asked in the visit, when one counts as made.

use chrono::NaiveDate;

use super::super::Command;
use crate::domain::duty::{DutyClass, DutyCode};
use crate::domain::facts::{self, Facts};
use crate::domain::ids::CustomerId;
use crate::domain::visit::VisitClass;
use crate::protocol::command::{OrderCommand, Whom};
use crate::protocol::page::{BatchRow, Page, TaskFate};
use crate::protocol::query::{CustomerFilter, Query};
use crate::protocol::reply::{Outcome, Refusal};
use crate::store::tests::{Branch, actor, day};

fn date(text: &str) -> NaiveDate {
    crate::domain::sample::day(text)
}

fn these(customers: &[&str]) -> Whom {
    Whom::These(customers.iter().map(|id| CustomerId::from(*id)).collect())
}

fn issue(whom: Whom, class: DutyClass, due_on: &str, points: &[&str]) -> Command {
    Command::Order(OrderCommand::Issue {
        whom,
        class,
        due_on: date(due_on),
        points: points.iter().map(|point| (*point).to_owned()).collect(),
    })
}

fn ordinary() -> Command {
    issue(these(&["C1", "C2"]), DutyClass::Onsite, "2026-12-10", &["看二号仓库", "核对订单"])
}

fn batches(branch: &Branch, who: &str) -> Vec<BatchRow> {
    match branch.store.query(&actor(who), day(0), &Query::Tasks).unwrap() {
        Page::Tasks(page) => page.batches.clone(),
        other => panic!("{other:?}"),
    }
}

fn visit(branch: &mut Branch, class: VisitClass, channel: &str) -> Facts {
    let command = Command::StartVisit {
        customer: CustomerId::from("C1"),
        class,
        channel: channel.to_owned(),
        visited_on: day(0).date_naive(),
        purposes: Vec::new(),
    };
    assert!(matches!(branch.run("zhang", command), Ok(Outcome::VisitStarted(_))));
    Facts::decode(&branch.text("SELECT facts FROM records ORDER BY visit_id DESC LIMIT 1"))
}

#[test]
fn an_order_makes_visits_due_and_its_points_questions() {
    let mut branch = Branch::new();
    branch.run("wang", ordinary()).unwrap();
    let due =
        "SELECT count(*) FROM due_visits WHERE codes LIKE '%directed%' AND due = '2026-12-10'";
    assert_eq!(branch.text(due), "2");
    let page = batches(&branch, "wang");
    assert_eq!((page.len(), page[0].tasks.len(), page[0].open(), page[0].done()), (1, 2, 2, 0));
    assert_eq!(page[0].points, ["看二号仓库", "核对订单"]);
    // An officer sees her own part of it.
    assert_eq!(batches(&branch, "zhang")[0].tasks.len(), 1);
    assert!(batches(&branch, "far").is_empty());
    assert_eq!(
        branch.text("SELECT group_concat(to_user) FROM (SELECT to_user FROM notices WHERE kind = 'task_issued' ORDER BY 1)"),
        "li,zhang"
    );
    let facts = visit(&mut branch, VisitClass::Onsite, "实地");
    let asked = crate::domain::answer::Value::Text("看二号仓库\n核对订单".to_owned());
    assert_eq!(facts.get(facts::POINTS), Some(&asked));
}

#[test]
fn a_call_does_not_serve_an_order_to_go_there_and_asks_nothing_of_it() {
    let mut branch = Branch::new();
    branch.run("wang", ordinary()).unwrap();
    let facts = visit(&mut branch, VisitClass::Offsite, "电话");
    assert_eq!(facts.get(facts::POINTS), None);
}

#[test]
fn what_a_visit_has_made_is_done_and_not_asked_again() {
    let mut branch = Branch::new();
    branch.run("wang", ordinary()).unwrap();
    branch.run("wang", issue(these(&["C1"]), DutyClass::Any, "2026-12-20", &["问电费"])).unwrap();
    let first = "Z20261123-C1";
    let tx = branch.store.begin().unwrap();
    tx.execute(
        "INSERT INTO visits (visit_id, customer_id, visited_on, class, state, purposes)
         VALUES ('V1', 'C1', '2026-11-23', 'onsite', 'submitted', 'directed:' || ?1)",
        [first],
    )
    .unwrap();
    tx.commit().unwrap();
    let page = batches(&branch, "wang");
    let fates: Vec<TaskFate> = page
        .iter()
        .flat_map(|batch| &batch.tasks)
        .filter(|task| task.customer.as_str() == "C1")
        .map(|task| task.fate)
        .collect();
    let on = date("2026-11-23");
    assert!(fates.contains(&TaskFate::Done { on, late: false }), "{fates:?}");
    assert!(fates.contains(&TaskFate::Open(-27)), "{fates:?}");
    let facts = visit(&mut branch, VisitClass::Onsite, "实地");
    let asked = crate::domain::answer::Value::Text("问电费".to_owned());
    assert_eq!(facts.get(facts::POINTS), Some(&asked));
}

#[test]
fn what_can_not_be_ordered_is_refused_with_the_reason() {
    let mut branch = Branch::new();
    let invalid = |field, why| Err(Refusal::Invalid { field, why });
    let long = "长".repeat(201);
    let all = |total| Whom::Filter { filter: CustomerFilter::default(), total };
    branch.store.plan_book(day(0).date_naive()).unwrap();
    for (who, command, expected) in [
        ("zhang", ordinary(), Err(Refusal::NotAllowed)),
        ("risk", ordinary(), Err(Refusal::NotAllowed)),
        ("far", ordinary(), Err(Refusal::NotFound)),
        (
            "wang",
            issue(these(&["C1", "C3"]), DutyClass::Any, "2026-12-10", &["a"]),
            Err(Refusal::NotFound),
        ),
        (
            "wang",
            issue(these(&[]), DutyClass::Any, "2026-12-10", &["a"]),
            invalid("customers", "missing"),
        ),
        (
            "wang",
            issue(these(&["C1"]), DutyClass::Any, "2026-11-22", &["a"]),
            invalid("due_on", "past"),
        ),
        (
            "wang",
            issue(these(&["C1"]), DutyClass::Any, "2026-12-10", &[" "]),
            invalid("points", "missing"),
        ),
        (
            "wang",
            issue(these(&["C1"]), DutyClass::Any, "2026-12-10", &[&long]),
            invalid("points", "too_long"),
        ),
        // She agreed to three customers, and there are two.
        (
            "wang",
            issue(all(Some(3)), DutyClass::Any, "2026-12-10", &["a"]),
            invalid("customers", "changed"),
        ),
    ] {
        assert_eq!(branch.run(who, command), expected, "{who} {expected:?}");
    }
    assert_eq!(branch.text("SELECT count(*) FROM tasks"), "0");
    branch.run("wang", issue(all(Some(2)), DutyClass::Any, "2026-12-10", &["a", "a"])).unwrap();
    assert_eq!(branch.text("SELECT count(*) || min(points) FROM tasks"), "2a");
}

#[test]
fn an_order_is_called_off_with_a_reason_and_its_duty_ends() {
    let mut branch = Branch::new();
    branch.run("wang", ordinary()).unwrap();
    let task = batches(&branch, "zhang")[0].tasks[0].clone();
    let cancel = |reason: &str, seen| {
        let tasks = vec![(task.task.clone(), seen)];
        Command::Order(OrderCommand::Cancel { tasks, reason: reason.to_owned() })
    };
    assert_eq!(branch.run("zhang", cancel("不再需要", 1)), Err(Refusal::NotAllowed));
    assert_eq!(branch.run("far", cancel("不再需要", 1)), Err(Refusal::NotFound));
    let missing = Err(Refusal::Invalid { field: "reason", why: "missing" });
    assert_eq!(branch.run("wang", cancel(" ", 1)), missing);
    assert!(matches!(branch.run("zhao", cancel("重复", 7)), Err(Refusal::Conflict { now: 1, .. })));
    branch.run("zhao", cancel("与总行检查重复", 1)).unwrap();
    let state = "closed".to_owned();
    assert_eq!(branch.run("wang", cancel("再次", 2)), Err(Refusal::WrongState { state }));
    let now = batches(&branch, "zhang")[0].tasks[0].clone();
    assert_eq!((now.fate, now.reason.as_deref()), (TaskFate::Cancelled, Some("与总行检查重复")));
    let code = DutyCode::Directed.as_code();
    let due = format!(
        "SELECT count(*) FROM due_visits WHERE customer_id = 'C1' AND codes LIKE '%{code}%'"
    );
    assert_eq!(branch.text(&due), "0");
    assert_eq!(branch.text("SELECT to_user FROM notices WHERE kind = 'task_cancelled'"), "zhang");
    branch.store.verify_journal(&[]).unwrap();
}

#[test]
fn a_task_of_the_banks_own_system_is_called_off_there() {
    let mut branch = Branch::new();
    let tx = branch.store.begin().unwrap();
    tx.execute_batch(
        "INSERT INTO tasks (task_id, customer_id, issued_on, due_on, class, points)
         VALUES ('Z1', 'C1', '2026-11-01', '2026-11-20', 'any', '要点')",
    )
    .unwrap();
    tx.commit().unwrap();
    let page = batches(&branch, "wang");
    assert_eq!((page[0].overdue(), page[0].tasks[0].here), (1, false));
    let tasks = vec![(page[0].tasks[0].task.clone(), 1)];
    let cancel = Command::Order(OrderCommand::Cancel { tasks, reason: "x".to_owned() });
    let state = "imported".to_owned();
    assert_eq!(branch.run("wang", cancel), Err(Refusal::WrongState { state }));
}
