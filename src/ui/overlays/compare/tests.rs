use std::collections::BTreeMap;

use chrono::NaiveDate;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::*;
use crate::domain::answer::{Answer, Value};
use crate::domain::facts::{self, Facts};
use crate::domain::ids::VisitId;
use crate::domain::money::Fen;
use crate::domain::visit::{VisitClass, VisitState};
use crate::i18n::{Catalog, Lang};
use crate::protocol::page::{CompareChoice, CompareSide};
use crate::ui::theme::Theme;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn ctx(lang: Lang, theme: &Theme) -> Ctx<'_> {
    let now: chrono::DateTime<chrono::FixedOffset> = "2026-11-23T09:12:00+08:00".parse().unwrap();
    Ctx { text: Catalog::of(lang), lang, theme, now, today: now.date_naive(), home: None }
}

fn choice(visit: &str, version: Option<i64>, on: &str) -> CompareChoice {
    CompareChoice {
        id: (VisitId::from(visit), version),
        visited_on: day(on),
        class: VisitClass::Onsite,
        state: VisitState::Approved,
        officer_name: "张伟".to_owned(),
    }
}

fn side(visit: &str, version: Option<i64>, takings: i64) -> CompareSide {
    let given = |value| Answer { value, evidence: None, note: String::new(), unchanged: false };
    let choice = |code: &str| Value::Choice(code.to_owned());
    let facts = BTreeMap::from([
        (facts::LINE.to_owned(), choice("micro_shop")),
        (facts::CLASS.to_owned(), choice("onsite")),
        (facts::TIER.to_owned(), choice("normal")),
    ]);
    let answers = BTreeMap::from([
        ("shop_open".to_owned(), given(choice("open"))),
        ("shop_takings".to_owned(), given(Value::Money(Fen::from_yuan(takings)))),
    ]);
    let recorded = version.is_some();
    CompareSide {
        id: (VisitId::from(visit), version),
        channel: "实地".to_owned(),
        conclusion: (!recorded).then(|| "经营正常\u{1b}[2J".to_owned()),
        note: None,
        pack: "checklists@1".to_owned(),
        pack_text: None,
        sections: if recorded { vec!["shop".to_owned()] } else { Vec::new() },
        facts: if recorded { Facts(facts) } else { Facts::default() },
        answers: if recorded { answers } else { BTreeMap::new() },
    }
}

fn page(left: Option<CompareSide>, right: CompareSide) -> ComparePage {
    let number =
        |yuan| BTreeMap::from([("shop_takings".to_owned(), Value::Money(Fen::from_yuan(yuan)))]);
    ComparePage {
        customer: CustomerId::from("C1"),
        name: "张记货栈".to_owned(),
        choices: vec![
            choice("V0", None, "2026-02-20"),
            choice("V1", Some(1), "2026-05-20"),
            choice("V2", Some(1), "2026-08-20"),
            choice("V2", Some(2), "2026-08-20"),
            choice("V3", Some(1), "2026-11-20"),
        ],
        left,
        right: Some(right),
        series: vec![
            (day("2026-05-20"), number(20_000)),
            (day("2026-08-20"), number(26_000)),
            (day("2026-11-20"), number(52_000)),
        ],
    }
}

fn overlay(page: ComparePage) -> Compare {
    let mut it = Compare::new(CustomerId::from("C1"), None);
    it.load(Arc::new(page));
    it
}

fn drawn(it: &mut Compare, size: (u16, u16), ctx: &Ctx<'_>) -> String {
    let mut terminal = Terminal::new(TestBackend::new(size.0, size.1)).unwrap();
    terminal.draw(|frame| it.render(frame, frame.area(), ctx)).unwrap();
    terminal.backend().to_string()
}

#[test]
fn only_what_differs_is_shown_until_everything_is_asked_for() {
    let theme = Theme::default();
    let ctx = ctx(Lang::Zh, &theme);
    let mut it = overlay(page(Some(side("V2", Some(2), 26_000)), side("V3", Some(1), 52_000)));
    let paths = |it: &Compare| {
        let rows = it.model.shown(it.all).filter_map(|row| row.path().map(str::to_owned));
        rows.collect::<Vec<_>>()
    };
    assert!(paths(&it).contains(&"shop_takings".to_owned()));
    assert!(!paths(&it).contains(&"shop_open".to_owned()));
    let shown = drawn(&mut it, (120, 36), &ctx);
    for part in ["26,000", "52,000", "▲100.0%", "2026-08-20", "2026-11-20"] {
        assert!(shown.contains(part), "{part} is not in\n{shown}");
    }
    it.on_action(&Action::ShowAll);
    assert!(paths(&it).contains(&"shop_open".to_owned()));
}

#[test]
fn an_imported_visit_shows_what_it_has() {
    let theme = Theme::default();
    let ctx = ctx(Lang::En, &theme);
    let mut it = overlay(page(Some(side("V0", None, 0)), side("V3", Some(1), 52_000)));
    it.on_action(&Action::ShowAll);
    let shown = drawn(&mut it, (80, 24), &ctx);
    for part in ["imported", "经营正常", "52,000", "Conclusion"] {
        let there = shown.replace(' ', "").contains(&part.replace(' ', ""));
        assert!(there, "{part} is not in\n{shown}");
    }
    assert!(!shown.contains('\u{1b}'));
}

/// Nobody knows how the questions of a record would have been answered then.
#[test]
fn nothing_has_changed_since_an_imported_visit() {
    let theme = Theme::default();
    for (lang, told) in [(Lang::Zh, "导入的回访无答案"), (Lang::En, "Imported: no answers ")]
    {
        let ctx = ctx(lang, &theme);
        let mut it = overlay(page(Some(side("V0", None, 0)), side("V3", Some(1), 52_000)));
        assert_eq!(it.model.differing(), 0);
        let about: Vec<_> = it.model.shown(false).map(|row| row.subject.clone()).collect();
        assert_eq!(about, [model::Subject::Conclusion]);
        let shown = plain(&drawn(&mut it, (80, 24), &ctx));
        assert!(shown.contains(told) && !shown.contains(theme.glyphs.due), "{shown}");
        assert!(!shown.contains("52,000"), "{shown}");
        it.on_action(&Action::ShowAll);
        let shown = plain(&drawn(&mut it, (80, 24), &ctx));
        assert!(shown.contains("52,000") && !shown.contains(theme.glyphs.due), "{shown}");
    }
    let both = overlay(page(Some(side("V0", None, 0)), side("V00", None, 0)));
    assert!(both.model.comparable);
    let first = overlay(page(None, side("V3", Some(1), 52_000)));
    assert_eq!((first.model.differing(), first.model.shown(false).count()), (0, 0));
}

#[test]
fn either_side_is_turned_and_the_other_one_is_passed_over() {
    let mut it = overlay(page(Some(side("V2", Some(2), 1)), side("V3", Some(1), 2)));
    let wanted = |it: &Compare| {
        let (_, Query::Compare { left, right, .. }) = it.query() else { panic!() };
        let told = |side: Option<SideId>| {
            side.map(|(visit, version)| format!("{visit}/{}", version.unwrap_or(0)))
        };
        (told(left).unwrap_or_default(), told(right).unwrap_or_default())
    };
    assert_eq!(wanted(&it), (String::new(), String::new()));
    it.on_action(&Action::Left);
    assert_eq!(wanted(&it), ("V2/1".to_owned(), "V3/1".to_owned()));
    // Newer than the newest but one: the other side stands there, so nothing.
    it.on_action(&Action::Right);
    assert_eq!(wanted(&it), ("V2/1".to_owned(), "V3/1".to_owned()));
    it.on_action(&Action::NextPane);
    it.on_action(&Action::Left);
    assert_eq!(wanted(&it), ("V2/2".to_owned(), "V2/1".to_owned()));
    assert!(it.on_action(&Action::Back).close);
}

#[test]
fn every_size_and_language_draws_and_draws_the_same_again() {
    let theme = Theme::default();
    let sides = [Some(side("V2", Some(2), 26_000)), Some(side("V0", None, 0)), None];
    let sizes = [(80, 22), (120, 34), (200, 58), (60, 14), (1, 1), (4, 2), (30, 7)];
    for (left, lang) in sides.iter().flat_map(|s| [(s, Lang::Zh), (s, Lang::En)]) {
        for size in sizes {
            let ctx = ctx(lang, &theme);
            let mut it = overlay(page(left.clone(), side("V3", Some(1), 52_000)));
            for key in [Action::Next, Action::ShowAll, Action::Last] {
                it.on_action(&key);
                let first = drawn(&mut it, size, &ctx);
                assert_eq!(first, drawn(&mut it, size, &ctx), "{size:?} {lang:?}");
            }
        }
    }
}

#[test]
fn the_trend_stands_beside_where_there_is_room() {
    let theme = Theme::default();
    let ctx = ctx(Lang::Zh, &theme);
    let mut it = overlay(page(Some(side("V2", Some(2), 26_000)), side("V3", Some(1), 52_000)));
    let shown = drawn(&mut it, (200, 40), &ctx);
    assert!(shown.contains("2026-05-20") && shown.contains("████"), "{shown}");
    let shown = drawn(&mut it, (80, 24), &ctx);
    assert!(shown.contains("05-20") && shown.contains('▁') && shown.contains('█'), "{shown}");
}

#[test]
fn two_visits_as_pictures() {
    let theme = Theme::default();
    for (size, lang, name) in [
        ((80, 22), Lang::Zh, "80_zh"),
        ((80, 22), Lang::En, "80_en"),
        ((120, 24), Lang::Zh, "120_zh"),
        ((120, 24), Lang::En, "120_en"),
        ((200, 30), Lang::Zh, "200_zh"),
        ((200, 30), Lang::En, "200_en"),
    ] {
        let ctx = ctx(lang, &theme);
        let right = side("V3", Some(1), 52_000);
        let mut it = overlay(page(Some(side("V2", Some(2), 26_000)), right));
        it.on_action(&Action::ShowAll);
        it.on_action(&Action::Last);
        insta::assert_snapshot!(format!("compare_{name}"), plain(&drawn(&mut it, size, &ctx)));
    }
}

/// A drawing as lines, without what stands under the second half of a wide character.
fn plain(drawn: &str) -> String {
    let line = |line: &str| {
        let shown = line.split("\" Hidden by").next().unwrap_or_default();
        shown.trim_matches('"').trim_end().to_owned()
    };
    drawn.lines().map(line).collect::<Vec<_>>().join("\n")
}
