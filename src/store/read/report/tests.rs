use crate::domain::ids::{CustomerId, VisitId};
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
