//! What is told of one tier.

use super::Asked;
use super::draw::told;
use crate::domain::ids::CustomerId;
use crate::domain::loan::Tier;
use crate::domain::sample::day;
use crate::domain::tier::{TierEvent, TierReason};
use crate::i18n::{Catalog, Lang};
use crate::protocol::page::{TierAnswered, TierHappened, TierOpen, TierRow, TierSpans, TiersPage};
use crate::ui::ctx::Ctx;
use crate::ui::theme::Theme;

fn row() -> TierRow {
    TierRow {
        customer: CustomerId::from("C1"),
        name: "张记货栈".to_owned(),
        officer: "zhangwei".to_owned(),
        officer_name: "张伟".to_owned(),
        exposure: None,
        booked: None,
        confirmed: None,
        in_force: Tier::Normal,
        machine: Tier::Normal,
        reasons: Vec::new(),
        due_on: None,
        answered: None,
        open: None,
        events: Vec::new(),
        ended: Vec::new(),
        past: Vec::new(),
    }
}

fn said(row: &TierRow, verified: bool, ctx: &Ctx<'_>) -> String {
    let page = TiersPage {
        rows: vec![row.clone()],
        total: 1,
        answered: 0,
        verified,
        pack: "tiers@1".to_owned(),
        spans: TierSpans { observation: (12, 2), cure: (6, 2) },
    };
    let lines = told((&page, row), 100, ctx);
    lines.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

#[test]
fn whoever_decides_sees_what_was_worked_out_and_why() {
    let theme = Theme::default();
    let now: chrono::DateTime<chrono::FixedOffset> = "2026-11-23T09:12:00+08:00".parse().unwrap();
    let overdue = TierReason::Overdue { loan: "J1".to_owned(), days: 400, over: 360 };
    let open = TierOpen {
        n: 1,
        tier: Tier::Normal,
        subgrade: None,
        reason: "系统误报".to_owned(),
        by: "张伟".to_owned(),
        at: "2026-11-23 09:12".to_owned(),
        own: false,
    };
    let ended = TierHappened {
        event: TierEvent::Liquidation,
        since: day("2026-09-01"),
        note: String::new(),
        by: Some("李娜".to_owned()),
        ended_on: Some(day("2026-11-20")),
    };
    let bad = TierRow {
        machine: Tier::Loss,
        reasons: vec![overdue],
        open: Some(open.clone()),
        ended: vec![ended],
        ..row()
    };
    let unknown = TierRow {
        in_force: Tier::Substandard,
        machine: Tier::Substandard,
        reasons: vec![TierReason::NoSchedule],
        open: Some(open),
        ..row()
    };
    for (lang, tier, why, none) in [
        (Lang::Zh, "测算 损失", "借据 J1 逾期 400 天，超过 360 天", "还款计划"),
        (Lang::En, "Proposed loss", "J1: 400 days past due, more than 360", "schedule"),
    ] {
        let text = Catalog::of(lang);
        let ctx = Ctx { text, lang, theme: &theme, now, today: now.date_naive(), home: None };
        for asked in [Asked::Propose, Asked::Confirm, Asked::Refuse] {
            let said = super::ask(asked, &bad, &ctx).lines.join("\n");
            assert!(said.contains(tier) && said.contains(why), "{said}");
            assert!(said.contains("2026-09-01") && said.contains("李娜"), "{said}");
            let said = super::ask(asked, &unknown, &ctx).lines.join("\n");
            assert!(said.contains(none), "{said}");
        }
    }
}

#[test]
fn a_restructuring_tells_how_long_it_binds_and_who_noted_and_ended_what() {
    let theme = Theme::default();
    let now: chrono::DateTime<chrono::FixedOffset> = "2026-11-23T09:12:00+08:00".parse().unwrap();
    let happened = |event, by: Option<&str>, ended_on| TierHappened {
        event,
        since: day("2026-12-20"),
        note: "重组协议\n登记有误".to_owned(),
        by: by.map(str::to_owned),
        ended_on,
    };
    let row = TierRow {
        in_force: Tier::Substandard,
        machine: Tier::Substandard,
        reasons: vec![TierReason::Event(TierEvent::Restructured), TierReason::NotCured(1, 3)],
        events: vec![
            happened(TierEvent::Restructured, Some("张伟"), None),
            happened(TierEvent::Refinanced, None, None),
        ],
        ended: vec![happened(TierEvent::Impaired, Some("王芳"), Some(day("2026-12-28")))],
        ..row()
    };
    for (lang, verified, parts) in [
        (Lang::Zh, false, ["满 12 个月且还款满 2 期", "连续 6 个月、2 期", "（待本行确认）"]),
        (
            Lang::En,
            false,
            ["12 months and 2 instalments", "6 months", "to be confirmed by the bank"],
        ),
        (Lang::En, true, ["from the first new due date", "then 6 months", "restructured"]),
    ] {
        let text = Catalog::of(lang);
        let ctx = Ctx { text, lang, theme: &theme, now, today: now.date_naive(), home: None };
        let told = said(&row, verified, &ctx);
        for part in parts.into_iter().chain(["张伟", "2026-12-28", "王芳", text.tiers.by_flag])
        {
            assert!(told.contains(part), "{part}\n{told}");
        }
        assert_eq!(told.contains("confirmed by the bank"), !verified && lang == Lang::En, "{told}");
    }
}

#[test]
fn what_the_core_system_books_otherwise_is_no_difference_of_opinion() {
    let theme = Theme::default();
    let now: chrono::DateTime<chrono::FixedOffset> = "2026-11-23T09:12:00+08:00".parse().unwrap();
    let (text, lang) = (Catalog::of(Lang::Zh), Lang::Zh);
    let ctx = Ctx { text, lang, theme: &theme, now, today: now.date_naive(), home: None };
    // Booked, confirmed, worked out; whether the books or people stand apart from the last.
    for (booked, confirmed, machine, books) in [
        (Tier::Loss, Tier::Doubtful, Tier::Doubtful, true),
        (Tier::Doubtful, Tier::Doubtful, Tier::Substandard, false),
        (Tier::Loss, Tier::Doubtful, Tier::Substandard, false),
    ] {
        let row = TierRow {
            booked: Some(booked),
            confirmed: Some(confirmed),
            in_force: booked.max(confirmed),
            machine,
            answered: Some(TierAnswered {
                since: day("2026-11-02"),
                tier: confirmed,
                on: day("2026-11-20"),
                by: "胡鹏".to_owned(),
                by_login: "hupeng".into(),
            }),
            ..row()
        };
        let said = said(&row, true, &ctx);
        assert_eq!(said.contains("与账面不一致"), books, "{said}");
        assert_eq!(said.contains("与测算不一致"), !books, "{said}");
    }
}
