//! The same customer's next visit being prepared, and how the last one was conducted.

use super::sample::{base, choice, day, duty, flag, said, text};
use crate::domain::answer::{DocumentState, Value};
use crate::domain::conduct::Stand;
use crate::domain::duty::{DutyCode, Fate};
use crate::domain::facts;
use crate::domain::flag::{FlagState, Level};
use crate::domain::ids::{CustomerId, UserId, VisitId};
use crate::domain::loan::Tier;
use crate::domain::money::{Decimal4, Fen};
use crate::domain::preparation::LookedUp;
use crate::domain::visit::Focus;
use crate::protocol::page::*;

fn entry(option: &str, result: LookedUp, detail: &str, on: Option<&str>) -> LookUpEntry {
    LookUpEntry {
        option: option.to_owned(),
        result,
        detail: detail.to_owned(),
        place: "国家企业信用信息公示系统".to_owned(),
        on: on.map(day),
        by: "张伟".to_owned(),
    }
}

fn look_up(code: &str, result: LookedUp, last: Option<LookUpEntry>, stale: bool) -> LookUpRow {
    LookUpRow { code: code.to_owned(), revision: 1, result, last, stale, before: None }
}

/// Nothing, a finding, a reason, no word at all, too old.
pub(super) fn look_ups() -> Vec<LookUpRow> {
    use LookedUp::{Found, NotQueried, Nothing};
    vec![
        look_up(
            "licence",
            Nothing,
            Some(entry("existing", Nothing, "", Some("2026-11-18"))),
            false,
        ),
        look_up(
            "court_company",
            Found,
            Some(entry("found", Found, "执行标的 80 万元", Some("2026-11-18"))),
            false,
        ),
        look_up(
            "news",
            NotQueried,
            Some(entry("not_queried", NotQueried, "系统维护", None)),
            false,
        ),
        look_up("court_person", NotQueried, None, false),
        look_up("tax", NotQueried, Some(entry("none", Nothing, "", Some("2026-03-01"))), true),
    ]
}

/// How a visit was conducted: people, co-inspector, questionnaire, likeness.
pub(super) fn conduct(record: &mut RecordPage) {
    let page = &mut record.visit;
    let answers = [
        ("met_anybody", said(Value::Bool(true))),
        ("people_met", said(Value::Rows(1))),
        ("people_met[0].name", text("唐**")),
        ("people_met[0].role", choice("finance")),
        ("people_met[0].identity", choice("document")),
        ("planned_not_met_why", text("控制人赴外地催款，12-02 补见")),
        ("needs", said(Value::Multi(vec!["settlement".to_owned()]))),
        ("renewal", choice("yes")),
        ("satisfaction", choice("fair")),
        ("gifts", choice("none")),
        ("retrospective", text("先看库存再谈数字")),
    ];
    for (item, answer) in answers {
        let by = UserId::from("zhang");
        let recorded = Recorded { answer, revision: 1, by, at: "11-19 10:00:00".to_owned() };
        page.answers.insert(item.to_owned(), recorded);
    }
    let mut know = |name: &str, texts: &[&str]| {
        let texts = texts.iter().map(|text| (*text).to_owned()).collect();
        page.facts.0.insert(name.to_owned(), Value::Multi(texts));
    };
    know(facts::PLANNED_TO_MEET, &["杨*", "唐**"]);
    know(facts::PLANNED_ROLES, &["controller", "finance"]);
    page.second.asked = Some(SecondRow {
        user: UserId::from("li"),
        name: "李娜".to_owned(),
        stand: Some(Stand::Reserve),
        opinion: "库存未逐垛盘点".to_owned(),
        signed_at: Some("11-20 09:12".to_owned()),
        holds: true,
        content_hash: String::new(),
        revision: 2,
    });
    let declared = Declared {
        value: Value::Number(Decimal4::from_int(86)),
        by: "唐** 财务负责人".to_owned(),
        on: day("2026-11-17"),
        kept_own: false,
    };
    page.declared.insert("staff_total".to_owned(), declared);
    record.handing = Handing {
        like: vec![LikeRow {
            item: Some("conclusion".to_owned()),
            place: None,
            percent: 96,
            on: day("2026-08-20"),
            whose: LikeWhose::Same,
        }],
        likeness_reason: Some("情况未变".to_owned()),
        next: Some((day("2027-02-01"), vec![DutyCode::PeriodicOffsite])),
        wish: Some((day("2026-12-02"), "补见控制人".to_owned())),
    };
}

fn person(name: &str, role: &str, chosen: bool) -> Person {
    Person {
        key: name.to_owned(),
        name: name.to_owned(),
        role: Some(role.to_owned()),
        phone: Some("126****0998".to_owned()),
        chosen,
    }
}

fn paper(item: &str, window: Option<(&str, &str)>, hard: bool, photo: bool) -> Paper {
    let refused = Value::Document {
        state: DocumentState::Refused,
        until: None,
        note: "称涉及商业秘密".to_owned(),
    };
    Paper {
        item: item.to_owned(),
        window: window.map(|(from, to)| (day(from), day(to))),
        hard,
        photo,
        last: (item == "doc_goods").then_some((refused, day("2026-08-20"))),
    }
}

/// The page of the preparation.
pub(super) fn brief() -> BriefPage {
    let found = Found {
        day: day("2026-11-19"),
        by: "张伟".to_owned(),
        conclusion: Some("经营正常，继续关注应收账款。".to_owned()),
        problems: Some("应收账款集中于两家。".to_owned()),
        strengths: None,
        before: Some(day("2026-08-20")),
        changes: vec![Changed {
            item: "sales_3m".to_owned(),
            then: Value::Money(Fen::from_yuan(3_000_000)),
            now: Value::Money(Fen::from_yuan(3_300_000)),
            percent: Some(Decimal4(100_000)),
            note: "旺季前备货".to_owned(),
        }],
    };
    BriefPage {
        day: day("2026-11-25"),
        dossier: base().dossier,
        duties: vec![duty(DutyCode::FlagRevisit, "2026-11-01", Fate::Open)],
        occasions: Vec::new(),
        since: Some(Since {
            day: day("2026-11-19"),
            visit: Some(VisitId::from("V-C001-20261119-X")),
            tier: Some(Tier::Normal),
            exposure: None,
            days_past_due: Some(0),
            flags_raised: vec![("FIN-05".to_owned(), day("2026-11-20"))],
            flags_closed: Vec::new(),
            loans_new: vec![("J001-L2".to_owned(), day("2026-11-21"), Fen::from_yuan(500_000))],
            loans_settled: Vec::new(),
            statements: vec![day("2026-10-31")],
        }),
        found: Some(found),
        flags: vec![flag("F1", "FIN-05", Level::Red, FlagState::Confirmed)],
        covenants: Vec::new(),
        must_meet: vec![
            MustMeet {
                rule: "company".to_owned(),
                roles: vec!["controller".to_owned(), "legal_rep".to_owned()],
                on_file: true,
                chosen: true,
            },
            MustMeet {
                rule: "company".to_owned(),
                roles: vec!["finance".to_owned()],
                on_file: false,
                chosen: false,
            },
        ],
        people: vec![person("王*", "guarantor", false), person("杨*", "controller", true)],
        people_revision: 1,
        papers: vec![
            paper("doc_bank", Some(("2026-08-01", "2026-10-31")), true, false),
            paper("doc_goods", Some(("2026-08-01", "2026-10-31")), false, false),
            paper("photo_signboard", None, true, true),
        ],
        instalments: vec![Instalment {
            loan: "J001-L1".to_owned(),
            due_on: day("2026-12-03"),
            principal: Some(Fen::from_yuan(100_000)),
            interest: None,
            paid_on: None,
            paid: None,
            open: true,
        }],
        neighbours: vec![Neighbour {
            customer: CustomerId::from("C002"),
            name: "云津化工有限公司".to_owned(),
            due: day("2026-11-20"),
            codes: vec![DutyCode::PeriodicOnsite],
            circle: true,
            line: None,
        }],
        outline: vec![("head".to_owned(), 9), ("documents".to_owned(), 14)],
        focus: Some((Focus::RiskControl, "flag".to_owned())),
        lookups: look_ups(),
        writable: true,
        pack: "preparation@1".to_owned(),
    }
}
