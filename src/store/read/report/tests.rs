use crate::domain::ids::{CustomerId, VisitId};
use crate::domain::preparation::LookedUp::{Found, NotQueried, Nothing};
use crate::domain::user::Role;
use crate::protocol::page::{Page, ReportBody, ReportPage};
use crate::protocol::query::Query;
use crate::protocol::reply::Refusal;
use crate::protocol::report::ReportSubject;
use crate::store::read::tests::{Desk, actor, desk, now};

fn read(
    desk: &Desk,
    user: &str,
    role: Role,
    branch: &str,
    subject: ReportSubject,
    unmasked: bool,
) -> Result<std::sync::Arc<ReportPage>, Refusal> {
    let query = Query::Report { subject, unmasked };
    match desk.store.query(&actor(user, role, branch), now(), &query)? {
        Page::Report(page) => Ok(page),
        other => panic!("{other:?}"),
    }
}

fn every_subject() -> [ReportSubject; 6] {
    let customer = || CustomerId::from("C001");
    [
        ReportSubject::Visit(VisitId::from("V1")),
        ReportSubject::Renewal(customer()),
        ReportSubject::Diligence(customer()),
        ReportSubject::Brief(customer()),
        ReportSubject::Pack(customer()),
        ReportSubject::PackOf(VisitId::from("V1")),
    ]
}

#[test]
fn a_report_is_made_of_ones_own_customers_only() {
    let desk = desk();
    for subject in every_subject() {
        let of = |user, role, branch| read(&desk, user, role, branch, subject.clone(), false);
        assert!(of("zhang", Role::Officer, "城东").is_ok(), "{subject:?}");
        assert!(of("boss", Role::Supervisor, "城东").is_ok());
        assert!(of("audit", Role::Auditor, "").is_ok());
        assert_eq!(of("li", Role::Officer, "城东").unwrap_err(), Refusal::NotFound);
        assert_eq!(of("boss2", Role::Supervisor, "城西").unwrap_err(), Refusal::NotFound);
        assert_eq!(of("admin", Role::Admin, "城东").unwrap_err(), Refusal::NotFound);
    }
    let nobody = ReportSubject::Brief(CustomerId::from("C999"));
    let of = read(&desk, "zhang", Role::Officer, "城东", nobody, false);
    assert_eq!(of.unwrap_err(), Refusal::NotFound);
}

#[test]
fn personal_data_are_masked_unless_asked_for_in_clear() {
    let desk = desk();
    let subject = || ReportSubject::Brief(CustomerId::from("C001"));
    let shown = read(&desk, "zhang", Role::Officer, "城东", subject(), false).unwrap();
    let dossier = &shown.base.dossier;
    assert_eq!(dossier.phone.as_deref(), Some("138****5678"));
    assert_eq!(dossier.legal_rep.as_deref(), Some("陈**"));
    assert_eq!(dossier.contacts[0].0, "刘**");
    assert!(!shown.base.unmasked);
    let clear = read(&desk, "zhang", Role::Officer, "城东", subject(), true).unwrap();
    let dossier = &clear.base.dossier;
    assert_eq!(dossier.phone.as_deref(), Some("13812345678"));
    assert_eq!(dossier.legal_rep.as_deref(), Some("陈建国"));
    assert_eq!(dossier.contacts[0].2.as_deref(), Some("13987654321"));
    assert!(clear.base.unmasked);
    let refused = read(&desk, "admin", Role::Admin, "城东", subject(), true);
    assert_eq!(refused.unwrap_err(), Refusal::NotAllowed);
}

#[test]
fn numbers_typed_into_texts_are_masked_as_well() {
    let desk = desk();
    desk.store
        .conn()
        .execute_batch(
            "UPDATE visits SET conclusion = '电话 13812345678 联系陈总' WHERE visit_id = 'V0';
             UPDATE flags SET note = '身份证 110101199001010123' WHERE flag_id = 'F1';",
        )
        .unwrap();
    let subject = || ReportSubject::Renewal(CustomerId::from("C001"));
    let shown = read(&desk, "zhang", Role::Officer, "城东", subject(), false).unwrap();
    let text = format!("{shown:?}");
    assert!(!text.contains("13812345678") && !text.contains("110101199001010123"), "{text}");
    let clear = read(&desk, "zhang", Role::Officer, "城东", subject(), true).unwrap();
    assert!(format!("{clear:?}").contains("13812345678"));
}

#[test]
fn a_visit_report_has_its_versions_and_the_visit_before() {
    let desk = desk();
    let subject = ReportSubject::Visit(VisitId::from("V2"));
    let page = read(&desk, "zhang", Role::Officer, "城东", subject, false).unwrap();
    let ReportBody::Visit(report) = &page.body else { panic!() };
    assert_eq!(report.versions.iter().map(|v| v.version).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(report.versions[0].note.as_deref(), Some("补充照片"));
    assert_eq!(report.versions[0].submitted_at.as_deref(), Some("2026-11-20 10:00"));
    assert_eq!(report.before.unwrap().to_string(), "2026-08-10");
    let imported = ReportSubject::Visit(VisitId::from("V0"));
    let page = read(&desk, "zhang", Role::Officer, "城东", imported, false).unwrap();
    let ReportBody::Visit(report) = &page.body else { panic!() };
    assert!(report.record.is_none() && report.versions.is_empty());
    assert_eq!(report.row.conclusion.as_deref(), Some("正常\n第二行"));
}

#[test]
fn the_due_diligence_pack_has_warnings_and_changes_with_their_times() {
    let desk = desk();
    let subject = ReportSubject::Diligence(CustomerId::from("C001"));
    let page = read(&desk, "boss", Role::Supervisor, "城东", subject, false).unwrap();
    let ReportBody::Diligence(report) = &page.body else { panic!() };
    assert_eq!(report.warnings[0].sent_at, "2026-11-20 10:30");
    assert_eq!(report.warnings[0].to, "张伟");
    assert_eq!(report.changes[0].at, "2026-11-20 09:02");
    assert!(!report.duties.is_empty());
    assert!(report.visits.is_sorted_by_key(|past| past.row.visited_on));
}

/// A phone number in every text that somebody can type about a visit.
const TYPED: &str = "
UPDATE records SET review_note = 'R 13712345601', amend_reason = 'A 13712345602',
    lateness_reason = 'L 13712345603',
    facts = 'open_promises\tm:补交 13712345604\nlast_problems\tm:催 13712345605\n'
    WHERE visit_id = 'V2' AND version = 2;
INSERT INTO answers (visit_id, version, item, value, note, answered_by, answered_at) VALUES
    ('V2', 2, 'conclusion', 't:打 13712345606', '记 13712345607', 'zhang', '2026-11-20T03:30:00.000Z'),
    ('V2', 2, 'promise_kept[补交 13712345604]', 't:见 13712345608', '', 'zhang', '2026-11-20T03:30:00.000Z'),
    ('V2', 2, 'people_met[0].name', 't:欧阳锋之', '', 'zhang', '2026-11-20T03:30:00.000Z'),
    ('V2', 2, 'questionnaire_by', 't:欧阳锋之 财务', '', 'zhang', '2026-11-20T03:30:00.000Z');
INSERT INTO co_inspections (visit_id, version, user, asked_by, asked_at, stand, opinion, signed_at, content_hash)
    VALUES ('V2', 2, 'li', 'zhang', '2026-11-20T03:40:00.000Z', 'reserve', 'O 13712345609',
    '2026-11-20T03:50:00.000Z', 'h3');
INSERT INTO opinions (visit_id, version, content_hash, level, user, verdict, text, at)
    VALUES ('V2', 2, 'h3', 'review', 'boss', 'agree', 'V 13712345610', '2026-11-21T03:50:00.000Z');
INSERT INTO call_backs (visit_id, n, version, result, contact, text, user, at)
    VALUES ('V2', 1, 2, 'confirmed', '欧阳锋之', 'C 13712345611', 'boss', '2026-11-22T03:50:00.000Z');
INSERT INTO returns (visit_id, version, n, user, at, reason)
    VALUES ('V2', 2, 1, 'boss', '2026-11-20T03:55:00.000Z', 'T 13712345612');
UPDATE comments SET text = 'K 13712345613', version = 2;
INSERT INTO comment_replies (comment_id, text, author, at)
    VALUES ('k1', 'Y 13712345614', 'zhang', '2026-11-20T03:56:00.000Z');
INSERT INTO handings (visit_id, version, likeness_reason, wished_next, wish_reason)
    VALUES ('V2', 2, 'S 13712345615', '2026-12-01', 'W 13712345616');
INSERT INTO declared_answers (visit_id, version, item, value, declared_by, declared_on, taken_by, taken_at)
    VALUES ('V2', 2, 'conclusion', 't:自 13712345617', '欧阳锋之 财务', '2026-11-19', 'zhang', '');
INSERT INTO todos (todo_id, customer_id, visit_id, kind, text, owner, promised_by, due_on, state, done_on, proof, noted_by, noted_on)
    VALUES ('T1', 'C001', 'V2', 'agreed', 'D 13712345618', 'zhang', 'customer', '2026-12-01', 'done',
    '2026-11-22', 'P 13712345619', 'zhang', '2026-11-20');
UPDATE flags SET measure = 'M 13712345620', note = 'N 13712345621' WHERE flag_id = 'F1';
UPDATE conditions SET text = 'B 13712345622';
INSERT INTO prep_checks (customer_id, code, n, option, result, detail, place, looked_up_on, pack, by, at)
    VALUES ('C001', 'news', 1, 'found', 'found', 'X 13712345623', 'Z 13712345624', '2026-11-19', 'p', 'zhang',
    '2026-11-19T03:00:00.000Z');
INSERT INTO prep_meetings (customer_id, n, by, at) VALUES ('C001', 1, 'zhang', '2026-11-22T03:00:00.000Z');
INSERT INTO prep_people (customer_id, n, name) VALUES ('C001', 1, '刘会计');
";

#[test]
fn whatever_was_typed_leaves_masked_and_is_whole_in_clear() {
    let desk = desk();
    desk.store.conn().execute_batch(TYPED).unwrap();
    let visit = || ReportSubject::Visit(VisitId::from("V2"));
    let brief = || ReportSubject::Brief(CustomerId::from("C001"));
    for role in [Role::Officer, Role::Supervisor] {
        let user = if role == Role::Officer { "zhang" } else { "boss" };
        for subject in [visit(), brief()] {
            let page = read(&desk, user, role, "城东", subject.clone(), false).unwrap();
            let text = format!("{page:?}");
            for secret in ["137123456", "欧阳锋之", "刘会计"] {
                let before =
                    text.split_once(secret).map(|(before, _)| before.chars().rev().take(60));
                let before: Option<String> = before.map(Iterator::collect);
                assert_eq!(before, None, "{secret} {subject:?}, backwards");
            }
            let page = read(&desk, user, role, "城东", subject.clone(), true).unwrap();
            let text = format!("{page:?}");
            // Numbers of the visit on the visit's report, of the customer on both.
            let wanted = if matches!(subject, ReportSubject::Visit(_)) { 1..=24 } else { 18..=24 };
            for number in wanted {
                let number = format!("137123456{number:02}");
                assert!(text.contains(&number), "{number} {subject:?}");
            }
        }
    }
}

#[test]
fn an_item_asked_about_a_masked_text_keeps_its_answer() {
    let desk = desk();
    desk.store.conn().execute_batch(TYPED).unwrap();
    let subject = ReportSubject::Visit(VisitId::from("V2"));
    let page = read(&desk, "boss", Role::Supervisor, "城东", subject, false).unwrap();
    let ReportBody::Visit(report) = &page.body else { panic!() };
    let visit = &report.record.as_ref().unwrap().visit;
    let Some(crate::domain::answer::Value::Multi(promises)) = visit.facts.get("open_promises")
    else {
        panic!()
    };
    let key = format!("promise_kept[{}]", promises[0]);
    assert!(visit.answers.contains_key(&key), "{key} {:?}", visit.answers.keys());
}

#[test]
fn look_ups_of_a_visit_are_those_noted_before_it_was_handed_in() {
    let desk = desk();
    desk.store
        .conn()
        .execute_batch(
            "INSERT INTO prep_checks (customer_id, code, n, option, result, detail, looked_up_on, pack, by, at) VALUES
             ('C001', 'news', 1, 'none', 'none', '', '2026-11-19', 'p', 'zhang', '2026-11-19T03:00:00.000Z'),
             ('C001', 'news', 2, 'found', 'found', '后来才知道', '2026-11-21', 'p', 'zhang', '2026-11-21T03:00:00.000Z'),
             ('C001', 'tax', 1, 'none', 'none', '', '2026-11-22', 'p', 'zhang', '2026-11-22T03:00:00.000Z');",
        )
        .unwrap();
    let result = |subject: ReportSubject, code: &str| {
        let page = read(&desk, "zhang", Role::Officer, "城东", subject, false).unwrap();
        let rows = match &page.body {
            ReportBody::Visit(report) => report.lookups.clone(),
            ReportBody::Brief(brief) => brief.lookups.clone(),
            other => panic!("{other:?}"),
        };
        rows.into_iter().find(|row| row.code == code).map(|row| row.result).unwrap()
    };
    let visit = || ReportSubject::Visit(VisitId::from("V2"));
    assert_eq!((result(visit(), "news"), result(visit(), "tax")), (Nothing, NotQueried));
    let brief = || ReportSubject::Brief(CustomerId::from("C001"));
    assert_eq!((result(brief(), "news"), result(brief(), "tax")), (Found, Nothing));
}
