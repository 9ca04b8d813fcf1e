//! One customer with a bit of everything.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::answer::{Answer, DocumentState, Evidence, Value};
use crate::domain::attachment::{Looks, Media};
use crate::domain::customer::Line;
use crate::domain::duty::{Duty, DutyClass, DutyCode, Fate};
use crate::domain::facts::{self, Facts};
use crate::domain::flag::{FlagState, FlagStep, Level};
use crate::domain::ids::{CustomerId, FlagId, UserId, VisitId};
use crate::domain::loan::{GuaranteeMode, LoanStatus, Tier};
use crate::domain::money::{Decimal4, Fen};
use crate::domain::review::{CallResult, OpinionLevel, Verdict};
use crate::domain::statement::{Statement, StatementLine};
use crate::domain::todo::{Promiser, TodoKind, TodoState};
use crate::domain::user::Role;
use crate::domain::visit::{Purpose, VisitClass, VisitState};
use crate::protocol::page::*;

mod dossier;
mod recorded;
mod years;

use dossier::dossier;
use recorded::recorded;
pub(super) use years::{diligence, renewal};

pub(super) const HASH: &str = "7d3f0c2a91b84e65d7c3f0c2a91b84e65d7c3f0c2a91b84e65d7c3f0c2a91b84";

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(super) fn said(value: Value) -> Answer {
    Answer { value, evidence: None, note: String::new(), unchanged: false }
}

pub(super) fn text(text: &str) -> Answer {
    said(Value::Text(text.to_owned()))
}

pub(super) fn choice(code: &str) -> Answer {
    said(Value::Choice(code.to_owned()))
}

fn money(yuan: i64) -> Answer {
    said(Value::Money(Fen::from_yuan(yuan)))
}

fn document(state: DocumentState, until: Option<&str>, note: &str) -> Answer {
    said(Value::Document { state, until: until.map(day), note: note.to_owned() })
}

fn answers() -> BTreeMap<String, Answer> {
    let sales = Answer {
        evidence: Some(Evidence::Original),
        note: "旺季前备货".to_owned(),
        ..money(3_300_000)
    };
    let list = [
        ("focus", choice("risk_control")),
        ("visit_place", text("松浦市江北区厂区")),
        ("co_inspector", text("李娜")),
        ("person_met", text("陈**")),
        ("operating", Answer { unchanged: true, ..choice("normal") }),
        ("sales_3m", sales),
        ("staff_total", said(Value::Number(Decimal4::from_int(86)))),
        ("suppliers", said(Value::Rows(2))),
        ("suppliers[0].name", text("鼎盛钢材")),
        ("suppliers[0].share", said(Value::Number(Decimal4::from_int(40)))),
        ("suppliers[1].name", text("云津化工")),
        ("doc_bank", document(DocumentState::Received, None, "3 个月")),
        ("doc_invoices", document(DocumentState::Promised, Some("2026-12-01"), "")),
        ("doc_goods", document(DocumentState::Refused, None, "称涉及商业秘密")),
        ("ability", choice("normal")),
        ("problems", text("应收账款集中于两家，账期由60天延至90天。")),
        ("strengths", text("订单充足，设备成新率高。")),
        ("conclusion", text("经营正常，继续关注应收账款。")),
        ("tier_proposal", choice("normal")),
        ("strategy", choice("keep")),
    ];
    list.into_iter().map(|(item, answer)| (item.to_owned(), answer)).collect()
}

fn last() -> BTreeMap<String, (Answer, NaiveDate)> {
    let before = day("2026-08-20");
    let list = [
        ("operating", choice("normal")),
        ("sales_3m", money(3_000_000)),
        ("conclusion", text("经营正常。")),
    ];
    list.into_iter().map(|(item, answer)| (item.to_owned(), (answer, before))).collect()
}

fn known() -> Facts {
    let mut all = BTreeMap::new();
    all.insert(facts::LINE.to_owned(), Value::Choice("corporate".to_owned()));
    all.insert(facts::CLASS.to_owned(), Value::Choice("onsite".to_owned()));
    all.insert(facts::TODAY.to_owned(), Value::Date(day("2026-11-19")));
    Facts(all)
}

fn sections() -> Vec<String> {
    ["head", "operation", "partners", "people", "repayment", "documents", "closing"]
        .map(str::to_owned)
        .to_vec()
}

pub(super) fn flag(id: &str, signal: &str, level: Level, state: FlagState) -> FlagRow {
    FlagRow {
        beside: crate::protocol::page::FlagBeside::default(),
        lowered: None,
        lies_with: None,
        asks_me: false,
        flag: FlagId::from(id),
        customer: CustomerId::from("C001"),
        name: "枫陵顺兴家具有限公司".to_owned(),
        signal: signal.to_owned(),
        level,
        state,
        step: FlagStep::Acting,
        raised_on: day("2026-09-01"),
        owner: Some(UserId::from("zhang")),
        owner_name: Some("张伟".to_owned()),
        measure: Some("追加应收账款质押".to_owned()),
        due_on: Some(day("2026-11-20")),
        note: Some("营业收入同比下降 25%".to_owned()),
        overdue_days: 3,
        rots: false,
        step_due: None,
        step_late: false,
        proofs: if id == "F1" { vec![proof(id, signal)] } else { Vec::new() },
        reused: Vec::new(),
        visit: None,
        revision: 1,
    }
}

/// A receipt that proves what was done about a flag.
fn proof(flag: &str, signal: &str) -> ProofRow {
    ProofRow {
        sha256: "9f".repeat(32),
        flag: FlagId::from(flag),
        signal: signal.to_owned(),
        raised_on: day("2026-09-01"),
        name: "质押登记回执.pdf".to_owned(),
        size: 182_000,
        looks: Looks { media: Media::Pdf, pixels: None, taken_at: None, place: None },
        by: "张伟".to_owned(),
        at: "11-12 16:05:31".to_owned(),
        warnings: Vec::new(),
        missing: false,
    }
}

fn statement(end: &str, months: i64, revenue: i64) -> Statement {
    let amounts = [
        (StatementLine::TotalAssets, 15_000_000),
        (StatementLine::TotalLiabilities, 9_000_000),
        (StatementLine::CurrentAssets, 8_000_000),
        (StatementLine::CurrentLiabilities, 9_500_000),
        (StatementLine::Inventory, 3_000_000),
        (StatementLine::Revenue, revenue),
        (StatementLine::NetProfit, 600_000),
    ];
    let amounts = amounts.into_iter().map(|(line, yuan)| (line, Fen::from_yuan(yuan))).collect();
    Statement { months: Some(months), amounts, ..Statement::empty(day(end)) }
}

fn row(visit: &str, on: &str, has_record: bool) -> VisitRow {
    VisitRow {
        visit: VisitId::from(visit),
        visited_on: day(on),
        class: VisitClass::Onsite,
        channel: Some("实地".to_owned()),
        officer_name: "张伟".to_owned(),
        state: VisitState::Approved,
        purposes: vec![Purpose { code: DutyCode::PeriodicOnsite, reference: None }],
        conclusion: Some("经营正常，继续关注应收账款。".to_owned()),
        version: has_record.then_some(1),
    }
}

pub(super) fn duty(code: DutyCode, due: &str, fate: Fate) -> WhyDuty {
    WhyDuty {
        duty: Duty {
            code,
            reference: "C001".to_owned(),
            class: DutyClass::Onsite,
            opens: day("2026-10-01"),
            raw_due: day(due),
            due: day(due),
            delayed_from: None,
            rule: "cadence.standard.normal".to_owned(),
            policy: "default@1".to_owned(),
        },
        fate,
        source: "J".to_owned(),
        verified: false,
        uncounted: Vec::new(),
    }
}

fn todo(id: &str, text: &str, due: &str, done: Option<&str>) -> TodoRow {
    TodoRow {
        todo: id.into(),
        customer: CustomerId::from("C001"),
        name: "枫陵顺兴家具有限公司".to_owned(),
        kind: TodoKind::Agreed,
        text: text.to_owned(),
        text_en: None,
        owner: UserId::from("zhang"),
        owner_name: "张伟".to_owned(),
        promised_by: Promiser::Customer,
        due_on: day(due),
        state: if done.is_some() { TodoState::Done } else { TodoState::Open },
        done_on: done.map(day),
        note: None,
        overdue_days: 0,
        visit: None,
        item: None,
        revision: 1,
    }
}

fn opinion(level: Option<OpinionLevel>, by: &str, verdict: Verdict, text: &str) -> OpinionRow {
    OpinionRow {
        level,
        by: by.to_owned(),
        verdict,
        text: text.to_owned(),
        at: "11-21 10:00".to_owned(),
        revision: 1,
        mine: false,
        current: true,
    }
}

fn condition(id: &str, text: &str, due: &str, done: Option<&str>) -> ConditionRow {
    ConditionRow {
        id: id.to_owned(),
        text: text.to_owned(),
        due_on: Some(day(due)),
        done_on: done.map(day),
    }
}

pub(super) fn base() -> ReportBase {
    ReportBase {
        as_of: day("2026-11-23"),
        by: "张伟".to_owned(),
        by_user: UserId::from("zhang"),
        role: Role::Officer,
        branch: "城东支行".to_owned(),
        unmasked: false,
        demo: false,
        policy: "default@1".to_owned(),
        dossier: dossier(),
        contracts: BTreeMap::from([("J001-L1".to_owned(), "HT001-L1".to_owned())]),
        covenants: vec![CovenantRow {
            id: "T1".to_owned(),
            kind: Some("financial".to_owned()),
            indicator: Some("资产负债率".to_owned()),
            operator: Some("<=".to_owned()),
            limit: Some(Decimal4::from_int(70)),
            frequency: Some("quarterly".to_owned()),
        }],
        instalments: vec![InstalmentRow {
            loan: "J001-L1".to_owned(),
            due_on: day("2026-12-03"),
            principal: Some(Fen::from_yuan(100_000)),
            interest: None,
        }],
        drawdowns: vec![DrawdownRow {
            loan: "J001-L1".to_owned(),
            id: "D1".to_owned(),
            drawn_on: day("2026-02-03"),
            amount: Fen::from_yuan(10_000_000),
            payee: Some("鼎盛钢材".to_owned()),
            mode: Some("entrusted".to_owned()),
        }],
        flags: vec![
            flag("F1", "FIN-05", Level::Red, FlagState::Confirmed),
            flag("F2", "账期延长", Level::Yellow, FlagState::Proposed),
            FlagRow { overdue_days: 0, ..flag("F3", "OPS-01", Level::Orange, FlagState::Closed) },
        ],
        chain: (1830, HASH.to_owned(), "sm3"),
    }
}

fn version(number: i64, state: VisitState) -> VersionRow {
    VersionRow {
        version: number,
        state,
        writers: vec!["张伟".to_owned(), "李娜".to_owned()],
        submitted_at: Some("2026-11-20 09:30".to_owned()),
        reviewed_by: Some("王芳".to_owned()),
        reviewed_at: Some("2026-11-21 10:00".to_owned()),
        note: Some("补充照片".to_owned()),
        amend_reason: None,
        hash: Some(HASH.to_owned()),
    }
}

pub(super) fn visit() -> ReportPage {
    let met = Fate::Met {
        visit: VisitId::from("V-C001-20261119-X"),
        on: day("2026-11-19"),
        late_days: 4,
    };
    let report = VisitReport {
        row: row("V-C001-20261119-X", "2026-11-19", true),
        note: None,
        record: Some({
            let mut record = recorded();
            super::prepared::conduct(&mut record);
            record
        }),
        lookups: super::prepared::look_ups(),
        versions: vec![version(1, VisitState::Returned), version(2, VisitState::Approved)],
        met: vec![duty(DutyCode::PeriodicOnsite, "2026-11-15", met)],
        before: Some(day("2026-08-20")),
    };
    ReportPage { base: base(), body: ReportBody::Visit(Box::new(report)) }
}

pub(super) fn imported() -> ReportPage {
    let mut page = visit();
    if let ReportBody::Visit(report) = &mut page.body {
        report.record = None;
        report.versions.clear();
        report.lookups.clear();
        report.met.clear();
    }
    page
}

fn paper() -> PackReport {
    PackReport {
        visit: None,
        pack_text: None,
        sections: sections(),
        facts: known(),
        last: last(),
        duties: vec![duty(DutyCode::FlagRevisit, "2026-11-01", Fate::Open)],
    }
}

pub(super) fn brief() -> ReportPage {
    ReportPage { base: base(), body: ReportBody::Brief(Box::new(super::prepared::brief())) }
}

pub(super) fn pack() -> ReportPage {
    ReportPage { base: base(), body: ReportBody::Pack(Box::new(paper())) }
}

pub(super) fn all() -> Vec<ReportPage> {
    vec![visit(), imported(), renewal(), diligence(), brief(), pack()]
}
