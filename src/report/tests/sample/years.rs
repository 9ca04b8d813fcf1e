//! The visits of the years before, and what the bank did meanwhile.

use super::*;

fn past() -> Vec<PastVisit> {
    let record = |answers: BTreeMap<String, Answer>| PastRecord {
        version: 2,
        pack_text: None,
        sections: sections(),
        facts: known(),
        answers,
        lateness_reason: Some("客户外出，改约".to_owned()),
        submitted_at: Some("2026-11-20 09:30".to_owned()),
        reviewed_by: Some("王芳".to_owned()),
        hash: Some(HASH.to_owned()),
    };
    let mut earlier: BTreeMap<String, Answer> =
        last().into_iter().map(|(item, (answer, _))| (item, answer)).collect();
    earlier.insert(
        "doc_bank".to_owned(),
        document(DocumentState::Promised, Some("2026-11-10"), "月底前"),
    );
    let visit = |row: VisitRow, record: Option<PastRecord>| PastVisit {
        conclusion: row.conclusion.clone(),
        submitted_on: Some(row.visited_on),
        record,
        row,
    };
    vec![
        visit(row("V-C001-20260220-X", "2026-02-20", false), None),
        visit(row("V-C001-20260820-X", "2026-08-20", true), Some(record(earlier))),
        visit(row("V-C001-20261119-X", "2026-11-19", true), Some(record(answers()))),
    ]
}

pub(in crate::report::tests) fn renewal() -> ReportPage {
    ReportPage { base: base(), body: ReportBody::Renewal(past()) }
}

pub(in crate::report::tests) fn diligence() -> ReportPage {
    let met = |late_days| Fate::Met {
        visit: VisitId::from("V-C001-20260820-X"),
        on: day("2026-08-20"),
        late_days,
    };
    let report = DiligenceReport {
        visits: past(),
        duties: vec![
            duty(DutyCode::PeriodicOnsite, "2026-08-20", met(0)),
            duty(DutyCode::UseOfFunds, "2026-08-10", met(10)),
            duty(DutyCode::FlagRevisit, "2026-11-01", Fate::Open),
            duty(DutyCode::PeriodicOffsite, "2027-02-01", Fate::Open),
        ],
        requests: vec![RequestRow {
            code: DutyCode::UseOfFunds,
            reference: "J001-L1#1".to_owned(),
            raw_due: day("2026-08-01"),
            termination: false,
            new_due: Some(day("2026-08-10")),
            reason: Some("实际控制人出差".to_owned()),
            requested_by: Some("张伟".to_owned()),
            decided_by: Some("王芳".to_owned()),
            decided_on: Some(day("2026-07-30")),
            approved: Some(true),
        }],
        warnings: vec![
            WarningRow {
                kind: "flag_red".to_owned(),
                to: "王芳".to_owned(),
                sent_at: "2026-09-01 09:30".to_owned(),
                acknowledged_at: Some("2026-09-01 11:02".to_owned()),
            },
            WarningRow {
                kind: "visit_overdue".to_owned(),
                to: "张伟".to_owned(),
                sent_at: "2026-11-02 08:00".to_owned(),
                acknowledged_at: None,
            },
        ],
        changes: vec![FlagChangeRow {
            flag: "F1".to_owned(),
            at: "2026-09-01 09:30".to_owned(),
            by: "张伟".to_owned(),
            what: "raised".to_owned(),
            note: "营业收入同比下降 25%".to_owned(),
        }],
        handovers: vec![HandoverRow {
            on: day("2026-01-05"),
            from: "李娜".to_owned(),
            to: "张伟".to_owned(),
            witness: None,
        }],
        journal: vec![JournalRow {
            seq: 1712,
            at: "2026-11-20 09:30".to_owned(),
            actor: "张伟".to_owned(),
            command: "submit".to_owned(),
            subject: "V-C001-20261119-X".to_owned(),
            hash: HASH.to_owned(),
        }],
        answers: 41,
    };
    ReportPage { base: base(), body: ReportBody::Diligence(Box::new(report)) }
}
