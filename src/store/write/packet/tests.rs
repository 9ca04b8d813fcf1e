//! Customers that change hands: three people, one content, nothing before the last signature.

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::super::Command;
use crate::domain::flag::Level;
use crate::domain::ids::{CustomerId, OpId, PacketId, UserId};
use crate::domain::order::{PacketState, Party};
use crate::domain::todo::{Promiser, TodoKind, TodoState};
use crate::protocol::command::{NewPacket, OrderCommand, TodoCommand, Whom};
use crate::protocol::page::{PacketPage, PacketsPage, Page};
use crate::protocol::query::{CustomerFilter, Query};
use crate::protocol::reply::{Outcome, Refusal};
use crate::store::Store;
use crate::store::tests::{Branch, actor, day};

fn date(text: &str) -> NaiveDate {
    crate::domain::sample::day(text)
}

fn ordinary() -> NewPacket {
    NewPacket {
        giver: UserId::from("zhang"),
        receiver: UserId::from("li"),
        witness: UserId::from("wang"),
        on: date("2026-11-23"),
        whom: Whom::These(vec![CustomerId::from("C1")]),
        reason: "轮岗".to_owned(),
    }
}

fn start(new: NewPacket) -> Command {
    Command::Order(OrderCommand::StartPacket(Box::new(new)))
}

fn list(store: &Store, who: &str) -> PacketsPage {
    match store.query(&actor(who), day(0), &Query::Packets).unwrap() {
        Page::Packets(page) => (*page).clone(),
        other => panic!("{other:?}"),
    }
}

fn page(store: &Store, who: &str) -> PacketPage {
    let packet = list(store, who).rows[0].packet.clone();
    let customer = Some(CustomerId::from("C1"));
    match store.query(&actor(who), day(0), &Query::Packet { packet, customer }).unwrap() {
        Page::Packet(page) => (*page).clone(),
        other => panic!("{other:?}"),
    }
}

fn sign_at(branch: &mut Branch, who: &str, at: DateTime<FixedOffset>) -> Result<Outcome, Refusal> {
    let page = page(&branch.store, "wang");
    let (packet, content_hash) = (page.head.packet, page.content_hash);
    let op = OpId(format!("sign-{who}-{at}-{content_hash}"));
    let command = Command::Order(OrderCommand::Sign { packet, content_hash });
    branch.store.apply(&actor(who), at, &op, &command)
}

fn sign(branch: &mut Branch, who: &str) -> Result<Outcome, Refusal> {
    sign_at(branch, who, day(0))
}

fn note(branch: &mut Branch, who: &str, text: &str, seen: i64) -> Result<Outcome, Refusal> {
    let packet = page(&branch.store, "wang").head.packet;
    let (customer, text) = (CustomerId::from("C1"), text.to_owned());
    branch.run(who, Command::Order(OrderCommand::NoteOddity { packet, customer, text, seen }))
}

fn withdraw(branch: &mut Branch, who: &str, reason: &str) -> Result<Outcome, Refusal> {
    let head = page(&branch.store, "wang").head;
    let (packet, seen, reason) = (head.packet, head.revision, reason.to_owned());
    branch.run(who, Command::Order(OrderCommand::WithdrawPacket { packet, seen, reason }))
}

const OFFICER: &str = "SELECT officer FROM customers WHERE customer_id = 'C1'";

#[test]
fn with_the_third_signature_and_not_before_the_customer_changes_hands() {
    let mut branch = Branch::new();
    branch
        .run(
            "zhang",
            Command::RaiseFlag {
                lowered: None,
                customer: CustomerId::from("C1"),
                visit: None,
                item: None,
                signal: "停工待查".to_owned(),
                level: Level::Yellow,
                proposed: false,
                owner: Some(UserId::from("zhang")),
                measure: "核实".to_owned(),
                due_on: Some(date("2026-12-01")),
                note: String::new(),
            },
        )
        .unwrap();
    branch
        .run(
            "zhang",
            Command::Todo(TodoCommand::Add {
                customer: CustomerId::from("C1"),
                visit: None,
                item: None,
                kind: TodoKind::Agreed,
                text: "补交报表".to_owned(),
                owner: UserId::from("zhang"),
                promised_by: Promiser::Customer,
                due_on: date("2026-12-01"),
            }),
        )
        .unwrap();
    branch.run("wang", start(ordinary())).unwrap();
    // The receiver sees a customer that is not hers yet, as far as the packet goes.
    let seen = page(&branch.store, "li");
    assert_eq!((seen.rows.len(), seen.head.mine), (1, Some(Party::Receiver)));
    let detail = seen.detail.unwrap();
    assert_eq!((detail.flags.len(), detail.todos.len()), (1, 1));
    let dossier = Query::Dossier { customer: CustomerId::from("C1") };
    assert_eq!(branch.store.query(&actor("li"), day(0), &dossier), Err(Refusal::NotFound));

    note(&mut branch, "zhang", "老板娘管账，下午才在", 1).unwrap();
    for who in ["zhang", "li"] {
        sign(&mut branch, who).unwrap();
        assert_eq!(branch.text(OFFICER), "zhang");
        let state = "packet_signed".to_owned();
        let op_again = day(0) + chrono::Duration::seconds(1);
        assert_eq!(sign_at(&mut branch, who, op_again), Err(Refusal::WrongState { state }));
    }
    // Nobody signs for another, and a bystander does not sign at all.
    assert_eq!(sign(&mut branch, "zhao"), Err(Refusal::NotAllowed));
    assert_eq!(sign(&mut branch, "far"), Err(Refusal::NotFound));
    sign(&mut branch, "wang").unwrap();
    assert_eq!(branch.text(OFFICER), "li");
    assert_eq!(branch.text("SELECT owner FROM flags"), "li");
    assert_eq!(branch.text("SELECT owner FROM todos"), "li");
    assert_eq!(branch.text("SELECT what FROM flag_history ORDER BY n DESC LIMIT 1"), "handed_over");
    let line = "SELECT \"from\" || \"to\" || \"on\" || witness || origin FROM handovers";
    assert_eq!(branch.text(line), "zhangli2026-11-23wanghere");
    // 30 days, and the 23rd of December is a Wednesday; the plan is the receiver's.
    let due = "SELECT officer || due FROM due_visits WHERE codes LIKE '%handover%'";
    assert_eq!(branch.text(due), "li2026-12-23");
    assert_eq!(branch.text("SELECT count(*) FROM due_visits WHERE officer = 'zhang'"), "0");
    // The giver keeps no sight of the customer; the line in time stands in the dossier.
    assert!(page(&branch.store, "zhang").rows.is_empty());
    let Page::Dossier(dossier) = branch.store.query(&actor("li"), day(0), &dossier).unwrap() else {
        panic!()
    };
    assert_eq!(dossier.handovers[0].from, "张伟");
    let done = page(&branch.store, "li");
    assert_eq!(done.head.state, PacketState::Done);
    let state = "packet_done".to_owned();
    assert_eq!(withdraw(&mut branch, "wang", "x"), Err(Refusal::WrongState { state }));
    branch.store.verify_journal(&[]).unwrap();
}

#[test]
fn who_noted_something_afterwards_voids_what_was_signed() {
    let mut branch = Branch::new();
    branch.run("zhang", start(ordinary())).unwrap();
    sign(&mut branch, "zhang").unwrap();
    sign(&mut branch, "li").unwrap();
    let old = page(&branch.store, "wang");
    note(&mut branch, "zhang", "二号仓库是租的", 1).unwrap();
    let told = "SELECT group_concat(to_user) FROM notices WHERE kind = 'handover_changed'";
    assert_eq!(branch.text(told), "li");
    // The witness had the old content before her eyes.
    let (packet, content_hash) = (old.head.packet, old.content_hash);
    let stale = Command::Order(OrderCommand::Sign { packet, content_hash });
    let why = Err(Refusal::Invalid { field: "handover", why: "changed" });
    assert_eq!(branch.run("wang", stale), why);
    sign(&mut branch, "wang").unwrap();
    assert_eq!(branch.text(OFFICER), "zhang");
    sign(&mut branch, "li").unwrap();
    assert_eq!(branch.text(OFFICER), "zhang");
    sign(&mut branch, "zhang").unwrap();
    assert_eq!(branch.text(OFFICER), "li");
    // Two writers of the same note: the second is told.
    let mut other = Branch::new();
    other.run("wang", start(ordinary())).unwrap();
    note(&mut other, "zhang", "一", 1).unwrap();
    assert!(matches!(note(&mut other, "wang", "二", 1), Err(Refusal::Conflict { now: 2, .. })));
    assert_eq!(note(&mut other, "li", "三", 2), Err(Refusal::NotAllowed));
}

#[test]
fn two_sessions_sign_one_after_the_other_on_one_file() {
    let mut branch = Branch::new();
    branch.run("wang", start(ordinary())).unwrap();
    let mut second = branch.second();
    let seen = page(&second, "li");
    sign(&mut branch, "zhang").unwrap();
    let command = Command::Order(OrderCommand::Sign {
        packet: seen.head.packet.clone(),
        content_hash: seen.content_hash.clone(),
    });
    let op = OpId::from("li-signs");
    second.apply(&actor("li"), day(0), &op, &command).unwrap();
    // Twice with the same id writes nothing twice.
    assert_eq!(second.apply(&actor("li"), day(0), &op, &command), Ok(Outcome::Plain));
    assert_eq!(branch.text("SELECT count(*) FROM packet_signatures"), "2");
    let head = &list(&branch.store, "wang").rows[0];
    let signed = head.partners.iter().filter(|partner| partner.signed_at.is_some()).count();
    assert_eq!((signed, head.mine), (2, Some(Party::Witness)));
}

#[test]
fn three_different_people_who_are_there_and_whose_customers_they_are() {
    let mut branch = Branch::new();
    branch.store.plan_book(day(0).date_naive()).unwrap();
    let invalid = |field, why| Err(Refusal::Invalid { field, why });
    let user = |name: &str| UserId::from(name);
    let with = |change: &dyn Fn(&mut NewPacket)| {
        let mut new = ordinary();
        change(&mut new);
        start(new)
    };
    let whom = |ids: &[&str]| Whom::These(ids.iter().map(|id| CustomerId::from(*id)).collect());
    let cases: Vec<(&str, Command, Result<Outcome, Refusal>)> = vec![
        ("wang", with(&|n| n.receiver = user("zhang")), invalid("receiver", "same_person")),
        ("wang", with(&|n| n.witness = user("zhang")), invalid("witness", "same_person")),
        ("wang", with(&|n| n.witness = user("li")), invalid("witness", "same_person")),
        ("wang", with(&|n| n.receiver = user("nobody")), invalid("receiver", "unknown_user")),
        ("wang", with(&|n| n.receiver = user("risk")), invalid("receiver", "other_role")),
        ("wang", with(&|n| n.witness = user("audit")), invalid("witness", "other_role")),
        ("wang", with(&|n| n.on = date("2026-11-22")), invalid("on", "past")),
        ("wang", with(&|n| n.reason = " ".to_owned()), invalid("reason", "missing")),
        ("wang", with(&|n| n.whom = whom(&["C2"])), invalid("customers", "not_the_givers")),
        ("wang", with(&|n| n.whom = whom(&[])), invalid("customers", "missing")),
        ("wang", with(&|n| n.whom = whom(&["C3"])), Err(Refusal::NotFound)),
        ("li", start(ordinary()), Err(Refusal::NotAllowed)),
        ("risk", start(ordinary()), Err(Refusal::NotAllowed)),
        ("far", start(ordinary()), Err(Refusal::NotFound)),
    ];
    for (who, command, expected) in cases {
        assert_eq!(branch.run(who, command), expected, "{who}");
    }
    let filter = CustomerFilter { officer: Some(user("zhang")), ..CustomerFilter::default() };
    branch
        .run("zhang", with(&|n| n.whom = Whom::Filter { filter: filter.clone(), total: None }))
        .unwrap();
    assert_eq!(branch.run("wang", start(ordinary())), invalid("customers", "in_packet"));
    // The store's own last word, whatever a command would say.
    let tx = branch.store.begin().unwrap();
    for sql in [
        "UPDATE packets SET state = 'done', ended_by = 'wang', ended_at = 'x'",
        "INSERT INTO packet_signatures SELECT packet, 'h', 'receiver', 'zhang', 'x' FROM packets",
        "UPDATE packets SET witness = 'zhao'",
    ] {
        assert!(tx.execute_batch(sql).is_err(), "{sql}");
    }
}

#[test]
fn the_last_signature_waits_for_the_day_and_a_packet_can_be_taken_back() {
    let mut branch = Branch::new();
    branch.run("wang", start(NewPacket { on: date("2026-11-25"), ..ordinary() })).unwrap();
    sign(&mut branch, "zhang").unwrap();
    sign(&mut branch, "wang").unwrap();
    let why = Err(Refusal::Invalid { field: "on", why: "not_yet" });
    assert_eq!(sign(&mut branch, "li"), why);
    assert_eq!(withdraw(&mut branch, "li", "不接"), Err(Refusal::NotAllowed));
    assert_eq!(
        withdraw(&mut branch, "zhang", ""),
        Err(Refusal::Invalid { field: "reason", why: "missing" })
    );
    withdraw(&mut branch, "zhao", "改由他人接收").unwrap();
    let state = "packet_withdrawn".to_owned();
    assert_eq!(sign_at(&mut branch, "li", day(3)), Err(Refusal::WrongState { state }));
    assert_eq!(branch.text(OFFICER), "zhang");
    // The customer is free for another one, which then holds on its day.
    branch.run("wang", start(NewPacket { on: date("2026-11-25"), ..ordinary() })).unwrap();
    for who in ["zhang", "wang", "li"] {
        sign_at(&mut branch, who, day(2)).unwrap();
    }
    assert_eq!(branch.text(OFFICER), "li");
    assert_eq!(branch.text("SELECT \"on\" FROM handovers"), "2026-11-25");
    let id: PacketId = list(&branch.store, "wang").rows[0].packet.clone();
    assert_eq!(id.as_str(), "J-zhang-20261123-2");
}

#[test]
fn a_supervisor_stands_in_for_a_giver_who_has_left() {
    let mut branch = Branch::new();
    branch.run("zhao", start(ordinary())).unwrap();
    // While she is there nobody signs for her.
    assert_eq!(sign(&mut branch, "zhao"), Err(Refusal::NotAllowed));
    assert_eq!(page(&branch.store, "zhao").head.mine, None);
    branch
        .store
        .conn()
        .execute_batch("UPDATE users SET disabled = 1 WHERE user = 'zhang'")
        .unwrap();
    // Neither the receiver nor the witness does it for her; another supervisor does.
    let roles =
        |branch: &Branch| ["li", "wang", "zhao"].map(|who| page(&branch.store, who).head.mine);
    let all = [Some(Party::Receiver), Some(Party::Witness), Some(Party::Giver)];
    assert_eq!(roles(&branch), all);
    for who in ["li", "wang"] {
        sign(&mut branch, who).unwrap();
        assert!(sign_at(&mut branch, who, day(0) + chrono::Duration::seconds(1)).is_err());
    }
    assert_eq!(branch.text(OFFICER), "zhang");
    sign(&mut branch, "zhao").unwrap();
    assert_eq!(branch.text(OFFICER), "li");
    let signed = branch.text("SELECT user FROM packet_signatures WHERE part = 'giver'");
    assert_eq!(signed, "zhao");
}

#[test]
fn whoever_has_not_signed_what_stands_there_now_is_told() {
    let waits =
        |branch: &Branch, who: &str| match branch.store.query(&actor(who), day(0), &Query::Home) {
            Ok(Page::Home(home)) => home.to_sign,
            other => panic!("{other:?}"),
        };
    let mut branch = Branch::new();
    branch.run("wang", start(ordinary())).unwrap();
    let all = ["zhang", "li", "zhao", "wang", "risk"].map(|who| waits(&branch, who));
    assert_eq!(all.iter().sum::<u32>(), 3, "{all:?}");
    assert_eq!(waits(&branch, "zhang"), 1);
    sign(&mut branch, "zhang").unwrap();
    assert_eq!(waits(&branch, "zhang"), 0);
    // Another wording is another content: it waits again.
    note(&mut branch, "zhang", "只收电子回单", 1).unwrap();
    assert_eq!(waits(&branch, "zhang"), 1);
    withdraw(&mut branch, "wang", "改期").unwrap();
    assert_eq!(waits(&branch, "zhang"), 0);
}

#[test]
fn a_packet_that_is_done_says_what_was_given() {
    let mut branch = Branch::new();
    let tx = branch.store.begin().unwrap();
    tx.execute_batch(
        "INSERT INTO flags (flag_id, customer_id, signal, level, state, raised_on, confirmed_on, owner, measure, due_on)
             VALUES ('F1', 'C1', 'OPS-01', 'yellow', 'confirmed', '2026-11-01', '2026-11-01', 'zhang', '核实', '2026-12-01');
         INSERT INTO todos (todo_id, customer_id, kind, text, owner, promised_by, due_on, noted_by, noted_on)
             VALUES ('T1', 'C1', 'agreed', '补交报表', 'zhang', 'customer', '2026-12-01', 'zhang', '2026-11-20')",
    )
    .unwrap();
    tx.commit().unwrap();
    branch.store.plan_book(day(0).date_naive()).unwrap();
    branch.run("wang", start(ordinary())).unwrap();
    let before = page(&branch.store, "li");
    for who in ["zhang", "li", "wang"] {
        sign(&mut branch, who).unwrap();
    }
    // Everything that was handed over becomes something else.
    let tx = branch.store.begin().unwrap();
    tx.execute_batch(
        "UPDATE flags SET level = 'red', measure = '诉讼', owner = 'li';
         UPDATE todos SET state = 'done', done_on = '2026-11-23';
         UPDATE loans SET balance = 1",
    )
    .unwrap();
    tx.commit().unwrap();
    branch.store.plan_book(day(0).date_naive()).unwrap();
    // So much has come since that no list of what is latest reaches back to that day.
    let tx = branch.store.begin().unwrap();
    tx.execute_batch(
        "UPDATE flags SET state = 'closed', closed_on = '2026-11-24';
         WITH RECURSIVE k(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM k WHERE n < 300)
         INSERT INTO flags (flag_id, customer_id, signal, level, state, raised_on, closed_on)
             SELECT 'X' || n, 'C1', 'OPS-01', 'red', 'closed', '2026-11-24', '2026-11-24' FROM k;
         WITH RECURSIVE k(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM k WHERE n < 60)
         INSERT INTO todos (todo_id, customer_id, kind, text, owner, promised_by, due_on, noted_by,
                 noted_on, state, done_on)
             SELECT 'X' || n, 'C1', 'agreed', 'x', 'li', 'customer', '2026-11-24', 'li', '2026-11-24',
                 'done', '2026-11-24' FROM k;
         WITH RECURSIVE k(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM k WHERE n < 60)
         INSERT INTO visits (visit_id, customer_id, visited_on, class, channel, officer, state)
             SELECT 'X' || n, 'C1', '2026-11-24', 'onsite', 'x', 'li', 'approved' FROM k",
    )
    .unwrap();
    tx.commit().unwrap();
    let after = page(&branch.store, "li");
    assert_eq!(after.head.state, PacketState::Done);
    assert_eq!(after.rows, before.rows);
    let (before, after) = (before.detail.unwrap(), after.detail.unwrap());
    assert_eq!(after.flags[0].measure, before.flags[0].measure);
    assert_eq!(after.flags[0].level, Level::Yellow);
    assert_eq!(after.flags[0].owner, Some(UserId::from("zhang")));
    assert_eq!(after.todos.iter().map(|row| row.state).collect::<Vec<_>>(), [TodoState::Open]);
    // And stays: nobody changes it afterwards.
    for sql in ["UPDATE packet_given SET red = 0", "DELETE FROM packet_open"] {
        assert!(branch.store.conn().execute_batch(sql).is_err(), "{sql}");
    }
}
