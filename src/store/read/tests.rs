//! A small branch on a real file: two officers, one of another branch, records made by hand.

use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::*;
use crate::domain::flag::Level;
use crate::domain::ids::{CustomerId, FlagId, UserId, VisitId};
use crate::domain::money::Fen;
use crate::domain::user::Role;
use crate::protocol::page::GroupSum;
use crate::protocol::query::{AgendaFilter, CustomerFilter, CustomerSort, FlagScope, Window};
use crate::store::{Mode, Store, project, search};

pub(crate) struct Desk {
    pub(crate) store: Store,
    _directory: tempfile::TempDir,
}

const ROWS: &str = "
INSERT INTO users (user, name, role, branch, disabled) VALUES
  ('zhang', '张伟', 'officer', '城东', 0), ('li', '李娜', 'officer', '城东', 0),
  ('wang', '王芳', 'officer', '城西', 0), ('boss', '赵主管', 'supervisor', '城东', 0),
  ('boss2', '钱主管', 'supervisor', '城西', 0), ('audit', '审计', 'auditor', NULL, 0),
  ('admin', '管理', 'admin', '城东', 0);
INSERT INTO customers (customer_id, name, line, district, officer, phone, id_no, legal_rep, address, onboarded_on) VALUES
  ('C001', '北京中鼎建材有限公司', 'corporate', '东城', 'zhang', '13812345678', '110101199001010123', '陈建国', '北京市东城区建国路88号', '2025-01-01'),
  ('C002', '重庆行远物流有限公司', 'small_business', '渝中', 'zhang', NULL, NULL, NULL, NULL, '2025-01-01'),
  ('C003', '厦门厦工机械', 'corporate', '思明', 'li', NULL, NULL, NULL, NULL, '2025-01-01'),
  ('C004', '六安单氏茶叶', NULL, '金安', 'wang', NULL, NULL, NULL, NULL, '2025-01-01');
INSERT INTO loans (loan_id, customer_id, contract_no, amount, balance, disbursed_on, matures_on, status, tier, days_past_due) VALUES
  ('L001', 'C001', 'HT2026001', 2000000000, 1500000000, '2026-02-01', '2027-02-01', 'active', 'normal', 0),
  ('L002', 'C002', 'HT2026002', 400000000, 400000000, '2026-05-01', '2027-05-01', 'active', 'special_mention', 12),
  ('L003', 'C003', 'HT2026003', 90000000, 90000000, '2026-03-01', '2027-03-01', 'active', NULL, 0),
  ('L004', 'C004', 'HT2026004', 90000000, 90000000, '2026-03-01', '2027-03-01', 'active', 'normal', 0);
INSERT INTO drawdowns (drawdown_id, loan_id, drawn_on, amount) VALUES
  ('D2', 'L001', '2026-04-01', 500000000), ('D1', 'L001', '2026-02-01', 1000000000);
INSERT INTO contacts (customer_id, name, role, phone) VALUES ('C001', '刘会计', 'finance', '13987654321');
INSERT INTO relations (customer_id, related_name, related_customer_id, kind) VALUES
  ('C001', '厦工', 'C003', 'upstream'), ('C001', '重庆行远', 'C002', 'downstream'), ('C001', '孙某某', NULL, 'family');
INSERT INTO conditions (condition_id, customer_id, text, due_on) VALUES ('K1', 'C001', '办妥抵押登记', '2026-12-01');
INSERT INTO statements (customer_id, period_end, period_months, total_assets) VALUES ('C001', '2026-06-30', 6, 7700);
INSERT INTO flags (flag_id, customer_id, signal, level, state, raised_on, confirmed_on, owner, measure, due_on) VALUES
  ('F1', 'C001', 'OPS-01', 'red', 'confirmed', '2026-11-20', '2026-11-20', 'zhang', '追加担保', '2026-12-20'),
  ('F2', 'C002', 'FIN-05', 'yellow', 'confirmed', '2026-10-01', '2026-10-01', NULL, NULL, NULL),
  ('F3', 'C003', 'FIN-05', 'orange', 'proposed', '2026-11-01', NULL, NULL, NULL, NULL),
  ('F4', 'C001', 'ACC-16', 'yellow', 'closed', '2026-01-01', '2026-01-01', 'zhang', 'x', NULL);
INSERT INTO flag_history (flag_id, n, at, by, what) VALUES ('F1', 1, '2026-11-20T01:02:03.000Z', 'zhang', 'raised');
INSERT INTO visits (visit_id, customer_id, visited_on, submitted_on, class, channel, officer, state, purposes, conclusion, origin) VALUES
  ('V0', 'C001', '2026-03-15', '2026-03-15', 'onsite', '实地', 'zhang', NULL, 'use_of_funds;periodic_onsite', '正常
第二行', 'import'),
  ('V1', 'C001', '2026-08-10', '2026-08-10', 'onsite', '实地', 'zhang', 'approved', 'periodic_onsite', NULL, 'here'),
  ('V2', 'C001', '2026-11-20', '2026-11-20', 'onsite', '实地', 'zhang', 'submitted', 'periodic_onsite', NULL, 'here'),
  ('V3', 'C002', '2026-11-21', NULL, 'offsite', '电话', 'zhang', 'draft', NULL, NULL, 'here'),
  ('V4', 'C003', '2026-11-21', '2026-11-21', 'offsite', '电话', 'li', 'submitted', NULL, NULL, 'here');
INSERT INTO records (visit_id, version, state, pack, sections, facts, author, started_at, submitted_by, submitted_at, content_hash) VALUES
  ('V1', 1, 'approved', 'old@1', 's1;s2', '', 'zhang', '2026-08-10T01:00:00.000Z', 'zhang', '2026-08-10T02:00:00.000Z', 'h1'),
  ('V2', 1, 'returned', 'old@1', 's1;s2', '', 'zhang', '2026-11-20T01:00:00.000Z', 'zhang', '2026-11-20T02:00:00.000Z', 'h2'),
  ('V2', 2, 'submitted', 'old@1', 's1;s2', '', 'zhang', '2026-11-20T03:00:00.000Z', 'zhang', '2026-11-20T04:00:00.000Z', 'h3'),
  ('V3', 1, 'draft', 'old@1', 's1', '', 'zhang', '2026-11-21T01:00:00.000Z', NULL, NULL, NULL),
  ('V4', 1, 'submitted', 'old@1', 's1', '', 'li', '2026-11-21T01:00:00.000Z', 'li', '2026-11-21T02:00:00.000Z', 'h4');
UPDATE records SET review_note = '补充照片' WHERE visit_id = 'V2' AND version = 1;
INSERT INTO packs (pack, kind, sha256, content, first_used_at) VALUES ('old@1', 'checklists', '', 'old text', '');
INSERT INTO answers (visit_id, version, item, value, answered_by, answered_at) VALUES
  ('V1', 1, 'staff', 'n:100000', 'zhang', '2026-08-10T01:30:00.000Z'),
  ('V1', 1, 'running', 'b:1', 'zhang', '2026-08-10T01:30:00.000Z'),
  ('V1', 1, 'report', 'o:promised|2026-12-01|2份', 'zhang', '2026-08-10T01:30:00.000Z'),
  ('V2', 2, 'staff', 'n:80000', 'zhang', '2026-11-20T03:30:05.000Z'),
  ('V2', 2, 'running', 'b:1', 'zhang', '2026-11-20T03:30:00.000Z'),
  ('V3', 1, 'staff', 'n:10000', 'zhang', '2026-11-21T01:30:00.000Z');
INSERT INTO comments (comment_id, visit_id, version, item, text, author, at) VALUES
  ('k1', 'V2', 1, 'staff', '为何减少', 'boss', '2026-11-20T02:30:00.000Z');
INSERT INTO field_drafts (visit_id, user, item, text, caret, at) VALUES ('V3', 'zhang', 'note', '写到一半', 4, '');
INSERT INTO notices (to_user, kind, customer_id, subject, business_date, created_at) VALUES
  ('zhang', 'flag_red', 'C001', 's', '2026-11-20', '2026-11-20T02:30:00.000Z');
";

pub(crate) fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
}

pub(crate) fn now() -> DateTime<FixedOffset> {
    "2026-11-23T09:12:00+08:00".parse().unwrap()
}

pub(crate) fn desk() -> Desk {
    let directory = tempfile::tempdir().unwrap();
    let packs = Arc::new(crate::assets::packs());
    let mut store =
        Store::open(&directory.path().join("book.db"), Arc::clone(&packs), Mode::Create).unwrap();
    let tx = store.begin().unwrap();
    tx.execute_batch(ROWS).unwrap();
    project::project_book(&tx, &packs, today()).unwrap();
    search::reindex_book(&tx).unwrap();
    tx.commit().unwrap();
    Desk { store, _directory: directory }
}

pub(crate) fn actor(user: &str, role: Role, branch: &str) -> Actor {
    Actor {
        user: UserId::from(user),
        name: user.to_owned(),
        role,
        branch: branch.to_owned(),
        os_user: String::new(),
        session: String::new(),
        operator: false,
    }
}

pub(crate) fn zhang() -> Actor {
    actor("zhang", Role::Officer, "城东")
}

pub(crate) fn boss() -> Actor {
    actor("boss", Role::Supervisor, "城东")
}

const ALL: Window = Window { offset: 0, limit: 50 };

impl Desk {
    fn ask(&self, who: &Actor, query: &Query) -> Result<Page, Refusal> {
        let first = self.store.query(who, now(), query);
        assert_eq!(first, self.store.query(who, now(), query), "the same page twice is equal");
        first
    }
}

macro_rules! page {
    ($kind:ident, $desk:expr, $who:expr, $query:expr) => {
        match $desk.ask(&$who, &$query).unwrap() {
            Page::$kind(page) => page,
            other => panic!("{other:?}"),
        }
    };
}

mod beside;
mod inbox;
mod lists;

fn every_query(customer: &str, visit: &str, flag: &str) -> Vec<Query> {
    let customer = CustomerId::from(customer);
    let visit = VisitId::from(visit);
    vec![
        Query::Dossier { customer: customer.clone() },
        Query::Why { customer: customer.clone() },
        Query::Flags { scope: FlagScope::Customer(customer), window: ALL },
        Query::Visit { visit: visit.clone() },
        Query::Record { visit },
        Query::FlagHistory { flag: FlagId::from(flag) },
    ]
}

#[test]
fn what_lies_outside_looks_like_what_is_not_there() {
    let desk = desk();
    let nobody = actor("admin", Role::Admin, "城东");
    for query in every_query("C003", "V4", "F3") {
        assert_eq!(desk.ask(&zhang(), &query), Err(Refusal::NotFound), "{query:?}");
        assert_eq!(desk.ask(&nobody, &query), Err(Refusal::NotFound), "{query:?}");
        assert!(desk.ask(&boss(), &query).is_ok(), "{query:?}");
        let other = actor("boss2", Role::Supervisor, "城西");
        assert_eq!(desk.ask(&other, &query), Err(Refusal::NotFound), "{query:?}");
        let auditor = actor("audit", Role::Auditor, "");
        assert!(desk.ask(&auditor, &query).is_ok(), "{query:?}");
    }
    for query in every_query("nope", "nope", "nope") {
        assert_eq!(desk.ask(&boss(), &query), Err(Refusal::NotFound), "{query:?}");
    }
}

#[test]
fn lists_never_show_other_peoples_customers() {
    let desk = desk();
    let all = AgendaFilter::Until(NaiveDate::from_ymd_opt(2027, 3, 1).unwrap());
    let lists = [
        Query::Home,
        Query::Inbox,
        Query::Queue,
        Query::Agenda { filter: all, class: None, officer: None, window: ALL },
        Query::Agenda { filter: all, class: None, officer: Some("li".into()), window: ALL },
        Query::Flags { scope: FlagScope::Live, window: ALL },
        Query::Customers {
            filter: CustomerFilter::default(),
            sort: CustomerSort::Tier,
            window: ALL,
        },
        Query::Search { text: "xm".into(), limit: 9 },
        Query::Search { text: "C003".into(), limit: 9 },
        Query::Dossier { customer: "C001".into() },
    ];
    for query in &lists {
        // The search page repeats what was typed.
        let shown =
            format!("{:?}", desk.ask(&zhang(), query).unwrap()).replace("text: \"C003\"", "");
        assert!(!shown.contains("C003") && !shown.contains("厦门"), "{query:?}: {shown}");
        let shown = format!("{:?}", desk.ask(&boss(), query).unwrap());
        assert!(!shown.contains("C004"), "{query:?}: {shown}");
    }
}

#[test]
fn home_counts_what_waits() {
    let desk = desk();
    let home = page!(Home, desk, zhang(), Query::Home);
    assert_eq!((home.drafts, home.returned, home.to_review, home.unread), (1, 0, 0, 1));
    assert_eq!((home.empty, home.planned_on), (false, Some(today())));
    assert_eq!(
        home.resume,
        Some((VisitId::from("V3"), "重庆行远物流有限公司".into(), "11-21 09:30".into()))
    );
    let home = page!(Home, desk, boss(), Query::Home);
    assert_eq!((home.to_review, home.gaps), (2, 1), "V2 and V4; C003 has a loan without tier");
    let everything = AgendaFilter::Until(today());
    let query = Query::Agenda { filter: everything, class: None, officer: None, window: ALL };
    assert_eq!(page!(Agenda, desk, boss(), query).total, home.overdue + home.due_today);
}

#[test]
fn what_was_begun_for_a_customer_who_was_handed_over_waits_with_nobody_who_cannot_see_her() {
    let mut desk = desk();
    let tx = desk.store.begin().unwrap();
    tx.execute_batch(
        "UPDATE customers SET officer = 'li' WHERE customer_id = \
         (SELECT customer_id FROM visits WHERE visit_id = 'V3')",
    )
    .unwrap();
    tx.commit().unwrap();
    let home = page!(Home, desk, zhang(), Query::Home);
    assert_eq!((home.drafts, home.returned, &home.resume), (0, 0, &None));
}

#[test]
fn the_dossier_masks_people_and_shows_every_section() {
    let desk = desk();
    let page = page!(Dossier, desk, zhang(), Query::Dossier { customer: "C001".into() });
    assert_eq!(page.phone.as_deref(), Some("138****5678"));
    assert_eq!(page.id_no.as_deref(), Some("110101********0123"));
    assert_eq!(page.legal_rep.as_deref(), Some("陈**"));
    assert_eq!(page.address.as_deref(), Some("北京市东城区建国路"));
    assert_eq!(
        page.contacts,
        [("刘**".into(), Some("finance".into()), Some("139****4321".into()))]
    );
    let names: Vec<_> =
        page.relations.iter().map(|r| (r.name.as_str(), r.customer.is_some())).collect();
    assert_eq!(names, [("重庆行远物流有限公司", true), ("孙**", false), ("厦*", false)]);
    assert_eq!(page.flags, [0, 0, 1]);
    assert_eq!(page.visits.len(), 3);
    assert_eq!(page.visits[2].conclusion.as_deref(), Some("正常"));
    assert_eq!((page.visits[2].version, page.visits[0].version), (None, Some(2)));
    assert_eq!(page.loans[0].drawdowns, 2);
    assert_eq!(page.statements[0].amounts.len(), 1, "what is not known is not 0");
    let conditions: Vec<_> = page.conditions.iter().map(|c| c.id.as_str()).collect();
    assert_eq!(conditions, ["K1"]);
    assert!(!page.due.is_empty());
}

#[test]
fn what_a_group_owes_says_of_how_many_it_is_not_known() {
    let mut desk = desk();
    let sum = |desk: &Desk| {
        page!(Dossier, desk, zhang(), Query::Dossier { customer: "C001".into() }).group_sum
    };
    assert_eq!(sum(&desk), None, "in no group");
    let packs = Arc::clone(desk.store.packs());
    let tx = desk.store.begin().unwrap();
    // C003 is another officer's, out of sight.
    tx.execute_batch(
        "UPDATE customers SET group_id = 'G' WHERE customer_id IN ('C001', 'C002', 'C003');
         UPDATE loans SET balance = NULL WHERE loan_id = 'L002'",
    )
    .unwrap();
    project::project_book(&tx, &packs, today()).unwrap();
    tx.commit().unwrap();
    let wanted = GroupSum { customers: 2, exposure: Fen(1_500_000_000), unknown: 1, hidden: 1 };
    assert_eq!(sum(&desk), Some(wanted));
    let members = |customer: &str| {
        let page = page!(Dossier, desk, zhang(), Query::Dossier { customer: customer.into() });
        let of_group = page.relations.iter().filter(|row| row.kind == "group");
        of_group.map(|row| (row.customer.clone(), row.exposure)).collect::<Vec<_>>()
    };
    // Who is told to be related stands there once, and not as a member as well.
    assert_eq!(members("C001"), []);
    assert_eq!(members("C002"), [(Some("C001".into()), Some(wanted.exposure))]);
}

#[test]
fn a_record_shows_its_last_version_and_what_was_said_last_time() {
    let desk = desk();
    let page = page!(Visit, desk, zhang(), Query::Visit { visit: "V2".into() });
    assert_eq!((page.version, page.writable), (2, false));
    assert_eq!(page.answers["staff"].at, "11-20 11:30:05");
    assert_eq!(page.last["staff"].1, NaiveDate::from_ymd_opt(2026, 8, 10).unwrap());
    assert_eq!(page.pack_text.as_deref(), Some("old text"));
    assert!(page.comments[0].resolved, "a comment of version 1 is not one of version 2");
    assert_eq!(page.return_reason.as_deref(), Some("补充照片"));
    let draft = page!(Visit, desk, zhang(), Query::Visit { visit: "V3".into() });
    assert!(draft.writable);
    assert_eq!(draft.draft, Some(("note".into(), "写到一半".into(), 4)));
    assert!(draft.last.is_empty(), "another customer's answers are not this one's");
    let record = page!(Record, desk, boss(), Query::Record { visit: "V2".into() });
    let versions: Vec<_> = record.versions.iter().map(|row| (row.version, row.state)).collect();
    let state = crate::domain::visit::VisitState::Returned;
    assert!(versions.contains(&(1, state)), "{versions:?}");
    assert_eq!((record.own, record.content_hash.as_deref()), (false, Some("h3")));
    let mine = page!(Record, desk, zhang(), Query::Record { visit: "V2".into() });
    assert!(mine.own && !mine.visit.writable);
}

#[test]
fn officers_without_a_branch_are_seen_by_the_one_branch_there_is_and_by_no_other() {
    let mut desk = desk();
    // Asked of the reads themselves: the store would refuse a boss who is not where she says.
    let seen = |desk: &Desk, branch: &str| {
        let boss = actor("boss", Role::Supervisor, branch);
        let ask = |query| super::page(desk.store.conn(), desk.store.packs(), &boss, now(), &query);
        let customers = ask(Query::Customers {
            filter: CustomerFilter::default(),
            sort: CustomerSort::Tier,
            window: ALL,
        });
        match (customers, ask(Query::Home)) {
            (Ok(Page::Customers(customers)), Ok(Page::Home(home))) => {
                (customers.total, home.unseen)
            }
            other => panic!("{other:?}"),
        }
    };
    let change = |desk: &mut Desk, sql: &str| {
        let tx = desk.store.begin().unwrap();
        tx.execute_batch(sql).unwrap();
        tx.commit().unwrap();
    };
    // Two branches are named: who has none belongs to neither.
    change(&mut desk, "UPDATE users SET branch = NULL WHERE user = 'li'");
    assert_eq!(seen(&desk, "城东"), (2, false));
    assert_eq!(seen(&desk, ""), (1, false));
    // One branch is named: it is everybody's.
    change(&mut desk, "UPDATE users SET branch = '' WHERE user IN ('wang', 'boss2')");
    assert_eq!(seen(&desk, "城东"), (4, false));
    assert_eq!(seen(&desk, "城南"), (0, true));
    // None is named: it is the same branch without a name.
    change(&mut desk, "UPDATE users SET branch = NULL");
    assert_eq!(seen(&desk, ""), (4, false));
    assert_eq!(seen(&desk, "城东"), (4, false));
}
