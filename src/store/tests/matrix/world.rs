//! Two branches furnished alike, on a file that is copied for each try.

use super::*;
use crate::domain::answer::{Answer, Value};
use crate::domain::duty::DutyClass;
use crate::domain::event::EventKind;
use crate::domain::flag::Level;
use crate::domain::ids::{
    AppointmentId, CustomerId, ErasureId, EventId, FlagId, PacketId, RequestId, TaskId, TodoId,
    VisitId,
};
use crate::domain::order::{RequestGround, RequestKind};
use crate::domain::plan::AppointmentKind;
use crate::domain::todo::{Promiser, TodoKind};
use crate::domain::visit::VisitClass;
use crate::protocol::command::{
    Appointment, EventCommand, NewEvent, NewPacket, OrderCommand, RequestCommand, ScheduleCommand,
    TodoCommand, Whom,
};
use chrono::Days;

/// zhang: officer of what is asked for; li: officer beside her; wang: her supervisor; risk, law,
/// audit, admin: by their roles; far: supervisor of the other branch.
pub(super) const PEOPLE: [&str; 8] =
    ["zhang", "li", "wang", "risk", "law", "audit", "admin", "far"];

pub(super) fn person(who: &str) -> Actor {
    match who {
        "law" => Actor { role: Role::Compliance, ..actor("law") },
        "out" | "out2" | "far2" => Actor {
            role: if who == "far2" { Role::Supervisor } else { Role::Officer },
            branch: "B2".to_owned(),
            ..actor(who)
        },
        _ => actor(who),
    }
}

/// Whether this person sees the customers of that branch's furnished part.
pub(super) fn sees(who: &str, what: &str) -> bool {
    match what {
        "own" => ["zhang", "wang", "risk", "law", "audit"].contains(&who),
        _ => ["far", "audit"].contains(&who),
    }
}

/// Names that must never come up in a page of this person.
pub(super) fn hidden_from(who: &str) -> &'static [&'static str] {
    match who {
        "audit" => &[],
        "far" => &["鼎盛新能源", "张记货栈"],
        "zhang" => &["张记货栈", "远方贸易"],
        "li" => &["鼎盛新能源", "远方贸易"],
        "admin" => &["鼎盛新能源", "张记货栈", "远方贸易"],
        _ => &["远方贸易"],
    }
}

/// What commands and queries name.
#[derive(Debug, Clone)]
pub(super) struct Ids {
    pub(super) customer: CustomerId,
    pub(super) officer: UserId,
    /// A customer in the packet.
    pub(super) moving: CustomerId,
    /// A draft.
    pub(super) visit: VisitId,
    /// A record that was handed in.
    pub(super) sent: VisitId,
    pub(super) hash: String,
    pub(super) flag: FlagId,
    pub(super) proposed: FlagId,
    pub(super) todo: TodoId,
    pub(super) event: EventId,
    pub(super) task: TaskId,
    pub(super) packet: PacketId,
    pub(super) request: RequestId,
    pub(super) appointment: AppointmentId,
    pub(super) erasure: ErasureId,
    pub(super) notice: i64,
    pub(super) comment: String,
    pub(super) due: NaiveDate,
}

impl Ids {
    /// Of the same shape, and nowhere.
    pub(super) fn nothing() -> Self {
        Self {
            customer: "C9".into(),
            officer: "ghost".into(),
            moving: "C8".into(),
            visit: "V-C9-20261123-X".into(),
            sent: "V-C9-20261123-F".into(),
            hash: "0".repeat(64),
            flag: "F-C9-1".into(),
            proposed: "F-C9-2".into(),
            todo: "T-C9-1".into(),
            event: "E-9".into(),
            task: "D-C9-1".into(),
            packet: "H-C9-1".into(),
            request: "R-C9-1".into(),
            appointment: "A-C9-1".into(),
            erasure: "E-B9".into(),
            notice: 999_999,
            comment: "k-C9-1".to_owned(),
            due: today() + Days::new(27),
        }
    }
}

pub(super) fn today() -> NaiveDate {
    instant::business_date(day(0))
}

pub(super) struct World {
    pub(super) store: Store,
    pub(super) own: Ids,
    pub(super) foreign: Ids,
    pub(super) head: Head,
    packs: Arc<Packs>,
    dir: tempfile::TempDir,
    file: PathBuf,
}

const MORE: &str = "
    INSERT INTO users (user, name, role, branch) VALUES
        ('law', '合规', 'compliance', 'B1'), ('out2', '外人二', 'officer', 'B2'),
        ('far2', '远方二', 'supervisor', 'B2');
    UPDATE customers SET phone = '13900139000' WHERE customer_id = 'C3';
    INSERT INTO customers (customer_id, name, line, officer, onboarded_on) VALUES
        ('C5', '移交甲', 'corporate', 'zhang', '2025-01-01'),
        ('C6', '移交乙', 'corporate', 'out', '2025-01-01');
    INSERT INTO loans (loan_id, customer_id, amount, balance, disbursed_on, matures_on, status) VALUES
        ('L3', 'C3', 100000000, 80000000, '2026-06-01', '2026-12-20', 'active');
    INSERT INTO erasures (erasure, branch, reason, proposed_by, proposed_at) VALUES
        ('E-B1', 'B1', '期满', 'law', '2026-11-20T01:00:00Z'),
        ('E-B2', 'B2', '期满', 'law2', '2026-11-20T01:00:00Z');
    UPDATE customers SET industry = '有色金属冶炼';";

impl World {
    pub(super) fn new() -> Self {
        let mut branch = Branch::new();
        let tx = branch.store.begin().unwrap();
        tx.execute_batch(MORE).unwrap();
        project::project_book(&tx, &branch.packs, today()).unwrap();
        search::reindex_book(&tx).unwrap();
        tx.commit().unwrap();
        let own = furnish(&mut branch, ["zhang", "wang", "li", "zhao"], ["C1", "C5"]);
        let foreign = furnish(&mut branch, ["out", "far", "out2", "far2"], ["C3", "C6"]);
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("template.db");
        branch.store.backup_to(&file).unwrap();
        let packs = Arc::clone(&branch.packs);
        let store = Store::open(&file, Arc::clone(&packs), Mode::Existing).unwrap();
        let head = store.journal_head().unwrap();
        Self { store, own, foreign, head, packs, dir, file }
    }

    /// One command on a copy of its own.
    pub(super) fn run(&self, who: &str, command: &Command) -> (Store, Result<Outcome, Refusal>) {
        let copy = self.dir.path().join("copy.db");
        for ending in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{ending}", copy.display()));
        }
        std::fs::copy(&self.file, &copy).unwrap();
        let mut store = Store::open(&copy, Arc::clone(&self.packs), Mode::Existing).unwrap();
        let outcome = store.apply(&person(who), day(0), &OpId::from("matrix"), command);
        (store, outcome)
    }
}

/// One of everything at a customer, made by those who may.
#[expect(clippy::too_many_lines, reason = "one thing after another")]
fn furnish(branch: &mut Branch, people: [&str; 4], customers: [&str; 2]) -> Ids {
    let [officer, boss, other, witness] = people;
    let [customer, moving] = customers.map(CustomerId::from);
    let mut run = |who: &str, command: Command| {
        branch.ops += 1;
        let op = OpId(format!("furnish-{}", branch.ops));
        branch.store.apply(&person(who), day(0), &op, &command).unwrap()
    };
    let start = |class| Command::StartVisit {
        customer: customer.clone(),
        class,
        channel: if class == VisitClass::Onsite { "实地" } else { "电话" }.to_owned(),
        visited_on: today(),
        purposes: Vec::new(),
    };
    let visit = |outcome| match outcome {
        Outcome::VisitStarted(visit) => visit,
        other => panic!("{other:?}"),
    };
    let raised = |outcome| match outcome {
        Outcome::FlagRaised(flag) => flag,
        other => panic!("{other:?}"),
    };
    let sent = visit(run(officer, start(VisitClass::Offsite)));
    let value = Value::Text("正常".to_owned());
    let answer = Some(Answer { value, evidence: None, note: String::new(), unchanged: false });
    let item = "conclusion".to_owned();
    run(officer, Command::Answer { visit: sent.clone(), item, answer, seen: 0 });
    run(
        officer,
        Command::Submit {
            visit: sent.clone(),
            seen: 1,
            seen_answers: i64::MAX,
            lateness_reason: Some("出差".to_owned()),
            likeness_reason: Some("同期".to_owned()),
        },
    );
    let comment =
        Command::Comment { visit: sent.clone(), item: None, text: "请补充".to_owned() };
    run(boss, comment);
    let draft = visit(run(officer, start(VisitClass::Onsite)));
    let flag = |proposed: bool, signal: &str| Command::RaiseFlag {
        lowered: None,
        customer: customer.clone(),
        visit: None,
        item: None,
        signal: signal.to_owned(),
        level: Level::Yellow,
        proposed,
        owner: (!proposed).then(|| UserId::from(officer)),
        measure: if proposed { String::new() } else { "续查".to_owned() },
        due_on: (!proposed).then(|| today() + Days::new(7)),
        note: "见流水".to_owned(),
    };
    let live = raised(run(officer, flag(false, "停工待查")));
    let proposed = raised(run(officer, flag(true, "OPS-02")));
    run(
        officer,
        Command::Todo(TodoCommand::Add {
            customer: customer.clone(),
            visit: None,
            item: None,
            kind: TodoKind::Agreed,
            text: "补交发票".to_owned(),
            owner: UserId::from(officer),
            promised_by: Promiser::Customer,
            due_on: today() + Days::new(7),
        }),
    );
    run(
        boss,
        Command::Order(OrderCommand::Issue {
            whom: Whom::These(vec![customer.clone()]),
            class: DutyClass::Onsite,
            due_on: today() + Days::new(10),
            points: vec!["看厂房".to_owned()],
        }),
    );
    run(
        boss,
        Command::Order(OrderCommand::StartPacket(Box::new(NewPacket {
            giver: UserId::from(officer),
            receiver: UserId::from(other),
            witness: UserId::from(witness),
            on: today() + Days::new(10),
            whom: Whom::These(vec![moving.clone()]),
            reason: "轮岗".to_owned(),
        }))),
    );
    run(
        officer,
        Command::Schedule(ScheduleCommand::Appoint(Box::new(Appointment {
            id: None,
            seen: 0,
            officer: UserId::from(officer),
            day: today() + Days::new(3),
            kind: AppointmentKind::Other,
            title: "例会".to_owned(),
            district: String::new(),
            trade_circle: String::new(),
            points: 1,
        }))),
    );
    run(
        boss,
        Command::Event(EventCommand::Add(Box::new(NewEvent {
            kind: EventKind::Policy,
            title: "限产".to_owned(),
            change: None,
            happened_on: today(),
            industries: vec!["冶炼".to_owned()],
            districts: Vec::new(),
            drivers: Vec::new(),
            points: "核查产能".to_owned(),
            due_on: today() + Days::new(20),
        }))),
    );
    let text = |branch: &Branch, sql: &str| branch.text(sql);
    let c = customer.as_str();
    let due = text(branch, &format!("SELECT max(due) FROM due_visits WHERE customer_id = '{c}'"));
    let due: NaiveDate = due.parse().unwrap();
    branch.ops += 1;
    let ask = Command::Request(RequestCommand::Ask {
        customer: customer.clone(),
        due,
        kind: RequestKind::Delay,
        new_due: Some(due + Days::new(5)),
        reason: "客户出差".to_owned(),
        interim: "每周电话核实经营".to_owned(),
        ground: RequestGround::CustomerAway,
    });
    let op = OpId(format!("furnish-{}", branch.ops));
    branch.store.apply(&person(officer), day(0), &op, &ask).unwrap();
    let one = |sql: String| text(branch, &sql);
    Ids {
        erasure: if c == "C1" { "E-B1" } else { "E-B2" }.into(),
        hash: one(format!("SELECT content_hash FROM records WHERE visit_id = '{sent}'")),
        todo: one(format!("SELECT todo_id FROM todos WHERE customer_id = '{c}'")).into(),
        event: one(format!("SELECT event_id FROM events WHERE entered_by = '{boss}'")).into(),
        task: one(format!("SELECT task_id FROM tasks WHERE customer_id = '{c}'")).into(),
        packet: one(format!("SELECT packet FROM packets WHERE giver = '{officer}'")).into(),
        request: one(format!("SELECT min(request_id) FROM requests WHERE customer_id = '{c}'"))
            .into(),
        appointment: one(format!(
            "SELECT appointment_id FROM appointments WHERE officer = '{officer}'"
        ))
        .into(),
        notice: one(format!("SELECT min(notice_id) FROM notices WHERE to_user = '{officer}'"))
            .parse()
            .unwrap_or(0),
        comment: one(format!("SELECT comment_id FROM comments WHERE visit_id = '{sent}'")),
        customer,
        officer: UserId::from(officer),
        moving,
        visit: draft,
        sent,
        flag: live,
        proposed,
        due,
    }
}
