//! From a promised document to its 待办, over submissions, amendments and later visits.

use std::sync::LazyLock;

use super::*;
use crate::assets::checklists;
use crate::domain::facts::{OPEN_PROMISES, TODAY};
use crate::domain::ids::{CustomerId, VisitId};
use crate::domain::visit::VisitClass;
use crate::protocol::command::{Command, TodoCommand};
use crate::protocol::reply::Outcome;
use crate::store::tests::{Branch, actor, day, packs};

/// A checklist with two documents.
const PACK: &str = "
#: t
pack = 't@1'
[[section]]
id = 's'
zh = '节'
en = 'S'
[[section.item]]
code = 'statement'
kind = 'document'
zh = '财务报表'
en = 'Statements'
help_zh = '因'
help_en = 'W'
[[section.item]]
code = 'licence'
kind = 'document'
zh = '营业执照'
en = 'Licence'
help_zh = '因'
help_en = 'W'
[[section.item]]
code = 'promise'
kind = 'group'
each = 'open_promises'
zh = '承诺'
en = 'Promises'
help_zh = '因'
help_en = 'W'
[[section.item.cell]]
code = 'kept'
kind = 'choice'
options = [{ code = 'kept', zh = '已兑现', en = 'kept' }, { code = 'broken', zh = '未兑现', en = 'broken' }]
zh = '承诺：{subject}'
en = 'Promised: {subject}'
help_zh = '因'
help_en = 'W'
";

struct Desk {
    branch: Branch,
    ops: u32,
}

impl Desk {
    fn new() -> Self {
        let mut packs = Arc::into_inner(packs()).unwrap();
        packs.library = Arc::new(LazyLock::new(|| Arc::new(checklists::parse(PACK).unwrap())));
        Self { branch: Branch::with(Arc::new(packs)), ops: 0 }
    }

    fn run(&mut self, who: &str, on: i64, command: &Command) -> Result<Outcome, Refusal> {
        self.ops += 1;
        let op = crate::domain::ids::OpId(format!("p-{}", self.ops));
        self.branch.store.apply(&actor(who), day(on), &op, command)
    }

    fn start(&mut self, on: i64) -> VisitId {
        let command = Command::StartVisit {
            customer: CustomerId::from("C1"),
            class: VisitClass::Onsite,
            channel: "实地".to_owned(),
            visited_on: day(on).date_naive(),
            purposes: Vec::new(),
        };
        match self.run("zhang", on, &command).unwrap() {
            Outcome::VisitStarted(visit) => visit,
            other => panic!("{other:?}"),
        }
    }

    fn answer(&mut self, on: i64, visit: &VisitId, item: &str, value: Value) {
        let seen = self.branch.text(&format!(
            "SELECT revision FROM answers WHERE item = '{item}' AND visit_id = '{visit}'
             ORDER BY version DESC LIMIT 1"
        ));
        let answer = Some(Answer { value, evidence: None, note: String::new(), unchanged: false });
        let (visit, item) = (visit.clone(), item.to_owned());
        let command = Command::Answer { visit, item, answer, seen: seen.parse().unwrap_or(0) };
        self.run("zhang", on, &command).unwrap();
    }

    fn submit(&mut self, on: i64, visit: &VisitId) {
        let seen = self.branch.text(&format!(
            "SELECT revision FROM records WHERE visit_id = '{visit}' ORDER BY version DESC LIMIT 1"
        ));
        let command = Command::Submit {
            visit: visit.clone(),
            seen: seen.parse().unwrap(),
            seen_answers: i64::MAX,
            lateness_reason: Some("出差".to_owned()),
            likeness_reason: None,
        };
        self.run("zhang", on, &command).unwrap();
    }

    /// `item:state:due:text:note`, in order of the id.
    fn shown(&self) -> Vec<String> {
        let all = self.branch.text(
            "SELECT group_concat(line, '|') FROM (
                SELECT item || ':' || state || ':' || due_on || ':' || text || ':'
                    || coalesce(proof, reason, '') AS line FROM todos ORDER BY todo_id)",
        );
        all.split('|').filter(|line| !line.is_empty()).map(str::to_owned).collect()
    }
}

fn promised(until: &str, note: &str) -> Value {
    document(DocumentState::Promised, Some(until), note)
}

fn document(state: DocumentState, until: Option<&str>, note: &str) -> Value {
    let until = until.map(|day| day.parse().unwrap());
    Value::Document { state, until, note: note.to_owned() }
}

#[test]
fn a_promise_is_noted_once_and_follows_what_is_handed_in_again() {
    let mut desk = Desk::new();
    let visit = desk.start(0);
    desk.answer(0, &visit, "statement", promised("2026-12-10", "9月"));
    desk.answer(0, &visit, "licence", promised("2026-12-01", ""));
    assert!(desk.shown().is_empty(), "a draft promises nothing");
    desk.submit(0, &visit);
    let first = ["statement:open:2026-12-10:财务报表（9月）:", "licence:open:2026-12-01:营业执照:"];
    assert_eq!(desk.shown(), first);
    let english = desk.branch.text("SELECT text_en FROM todos WHERE item = 'statement'");
    assert_eq!(english, "Statements (9月)");
    let journal = "SELECT json_array_length(after, '$.todos') FROM journal WHERE command = 'submit' ORDER BY seq DESC LIMIT 1";
    assert_eq!(desk.branch.text(journal), "2");
    // Taken back and handed in unchanged: nothing twice, nothing told.
    let withdraw = |seen| Command::Withdraw { visit: visit.clone(), seen };
    desk.run("zhang", 0, &withdraw(2)).unwrap();
    desk.submit(0, &visit);
    assert_eq!(desk.shown(), first);
    assert_eq!(desk.branch.text(journal), "0");
    // Taken back and changed: one day later, the other no more.
    desk.run("zhang", 0, &withdraw(4)).unwrap();
    desk.answer(0, &visit, "statement", promised("2026-12-20", "9月"));
    desk.answer(0, &visit, "licence", document(DocumentState::NotApplicable, None, ""));
    desk.submit(0, &visit);
    let second = [
        "statement:open:2026-12-20:财务报表（9月）:",
        "licence:dropped:2026-12-01:营业执照:amended",
    ];
    assert_eq!(desk.shown(), second);
    // And promised after all: the same one is open again.
    desk.run("zhang", 0, &withdraw(6)).unwrap();
    desk.answer(0, &visit, "licence", promised("2026-12-03", ""));
    desk.submit(0, &visit);
    assert_eq!(desk.shown()[1], "licence:open:2026-12-03:营业执照:");
    desk.branch.store.check().unwrap();
}

#[test]
fn a_later_visit_ends_what_an_earlier_one_was_promised() {
    let mut desk = Desk::new();
    let first = desk.start(0);
    desk.answer(0, &first, "statement", promised("2026-12-10", ""));
    desk.answer(0, &first, "licence", promised("2026-12-10", ""));
    desk.submit(0, &first);
    let second = desk.start(20);
    let facts = desk.branch.text(&format!("SELECT facts FROM records WHERE visit_id = '{second}'"));
    assert!(facts.contains(OPEN_PROMISES) && facts.contains(TODAY), "{facts}");
    assert!(facts.contains("财务报表;营业执照"), "{facts}");
    desk.answer(20, &second, "statement", document(DocumentState::Received, None, "1份"));
    desk.answer(20, &second, "licence", promised("2027-01-10", ""));
    desk.submit(20, &second);
    assert_eq!(
        desk.shown(),
        [
            format!("statement:done:2026-12-10:财务报表:{second}"),
            "licence:dropped:2026-12-10:营业执照:promised_again".to_owned(),
            "licence:open:2027-01-10:营业执照:".to_owned(),
        ]
    );
}

#[test]
fn what_has_come_in_meanwhile_stays_done() {
    let mut desk = Desk::new();
    let visit = desk.start(0);
    desk.answer(0, &visit, "statement", promised("2026-12-10", ""));
    desk.submit(0, &visit);
    let todo = desk.branch.text("SELECT todo_id FROM todos");
    let end = Command::Todo(TodoCommand::End {
        todo: todo.as_str().into(),
        seen: 1,
        done: true,
        note: "已收".into(),
    });
    desk.run("zhang", 1, &end).unwrap();
    desk.run("zhang", 1, &Command::Withdraw { visit: visit.clone(), seen: 2 }).unwrap();
    desk.submit(1, &visit);
    assert_eq!(desk.shown(), ["statement:done:2026-12-10:财务报表:已收"]);
}

#[test]
fn what_a_record_says_was_kept_is_done_with_the_visit_as_proof() {
    let mut desk = Desk::new();
    let add = Command::Todo(TodoCommand::Add {
        customer: CustomerId::from("C1"),
        visit: None,
        item: None,
        kind: TodoKind::Agreed,
        text: "每月报送 库存表".to_owned(),
        owner: UserId::from("zhang"),
        promised_by: Promiser::Customer,
        due_on: "2026-12-10".parse().unwrap(),
    });
    desk.run("zhang", 0, &add).unwrap();
    let visit = desk.start(20);
    let said = |code: &str| Value::Choice(code.to_owned());
    desk.answer(20, &visit, "promise[每月报送 库存表].kept", said("kept"));
    let state =
        "SELECT state || ':' || coalesce(proof, '') || ':' || coalesce(done_on, '') FROM todos";
    assert_eq!(desk.branch.text(state), "open::", "a draft ends nothing");
    desk.submit(20, &visit);
    assert_eq!(desk.branch.text(state), format!("done:{visit}:2026-12-13"));
    desk.run("zhang", 20, &Command::Withdraw { visit: visit.clone(), seen: 2 }).unwrap();
    desk.answer(20, &visit, "promise[每月报送 库存表].kept", said("broken"));
    desk.submit(20, &visit);
    assert_eq!(desk.branch.text(state), "open::");
    desk.branch.store.verify_journal(&[]).unwrap();
}
