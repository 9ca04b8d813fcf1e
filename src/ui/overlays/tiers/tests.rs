//! What is told of one tier.

use super::draw::told;
use crate::domain::ids::CustomerId;
use crate::domain::loan::Tier;
use crate::domain::sample::day;
use crate::i18n::{Catalog, Lang};
use crate::protocol::page::{TierAnswered, TierRow};
use crate::ui::ctx::Ctx;
use crate::ui::theme::Theme;

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
            customer: CustomerId::from("C1"),
            name: "张记货栈".to_owned(),
            officer: "zhangwei".to_owned(),
            officer_name: "张伟".to_owned(),
            exposure: None,
            booked: Some(booked),
            confirmed: Some(confirmed),
            in_force: booked.max(confirmed),
            machine,
            reasons: Vec::new(),
            due_on: None,
            answered: Some(TierAnswered {
                since: day("2026-11-02"),
                tier: confirmed,
                on: day("2026-11-20"),
                by: "胡鹏".to_owned(),
                by_login: "hupeng".into(),
            }),
            open: None,
            events: Vec::new(),
            past: Vec::new(),
        };
        let lines: Vec<String> = told(&row, 100, &ctx).iter().map(ToString::to_string).collect();
        let said = lines.join("\n");
        assert_eq!(said.contains("与账面不一致"), books, "{said}");
        assert_eq!(said.contains("与测算不一致"), !books, "{said}");
    }
}
