use chrono::NaiveDate;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::*;
use crate::domain::money::Fen;
use crate::i18n::{Catalog, Lang};
use crate::ui::theme::Theme;

fn row(visit: &str, own: bool, waiting: i64) -> QueueRow {
    QueueRow {
        visit: VisitId::from(visit),
        version: 1,
        customer: CustomerId(format!("C-{visit}")),
        name: "北京鼎盛新能源有限公司".to_owned(),
        officer: "zhang".into(),
        district: None,
        author_name: "张伟".to_owned(),
        own,
        mine: !own,
        returned: 0,
        waits_for: Vec::new(),
        disputed: false,
        visited_on: NaiveDate::from_ymd_opt(2026, 11, 18).unwrap(),
        submitted_at: "11-20 17:02".to_owned(),
        waiting_workdays: waiting,
        late_days: 3,
        flags: [1, 0, 2],
        changes: 5,
        missing: 2,
        exposure: Some(Fen::from_yuan(52_000_000)),
    }
}

fn pane(rows: Vec<QueueRow>) -> QueuePane {
    let mut pane = QueuePane::default();
    pane.load(Arc::new(QueuePage { rows }));
    pane
}

fn ctx(lang: Lang, theme: &Theme) -> Ctx<'_> {
    let now: chrono::DateTime<chrono::FixedOffset> = "2026-11-23T09:12:00+08:00".parse().unwrap();
    Ctx { text: Catalog::of(lang), lang, theme, now, today: now.date_naive(), home: None }
}

fn drawn(pane: &mut QueuePane, size: (u16, u16), ctx: &Ctx<'_>) -> String {
    let mut terminal = Terminal::new(TestBackend::new(size.0, size.1)).unwrap();
    terminal.draw(|frame| pane.render(frame, frame.area(), true, ctx)).unwrap();
    terminal.backend().to_string()
}

#[test]
fn what_waits_for_somebody_else_comes_after_what_waits_for_her() {
    let theme = Theme::default();
    let ctx = ctx(Lang::Zh, &theme);
    let said = QueueRow { mine: false, ..row("V1", false, 9) };
    let mut pane = pane(vec![said, row("V2", true, 3), row("V3", false, 1), row("V4", false, 1)]);
    assert_eq!(pane.on_action(&Action::Open, &ctx), [Action::OpenRecord(VisitId::from("V3"))]);
    assert_eq!(pane.neighbour(Some(&VisitId::from("V3")), true), Some(VisitId::from("V4")));
    // The narrow list tells the exposure too.
    assert!(drawn(&mut pane, (60, 12), &ctx).contains("5,200万"));
}

#[test]
fn enter_opens_the_selected_record() {
    let theme = Theme::default();
    let ctx = ctx(Lang::Zh, &theme);
    let mut pane = pane(vec![row("V1", false, 1), row("V2", false, 1)]);
    pane.on_action(&Action::Next, &ctx);
    assert_eq!(pane.on_action(&Action::Open, &ctx), [Action::OpenRecord(VisitId::from("V2"))]);
}

#[test]
fn the_next_record_after_a_decision_is_one_that_i_may_review() {
    let id = VisitId::from;
    let pane = pane(vec![
        row("V1", false, 1),
        row("V2", true, 1),
        row("V3", false, 1),
        row("V4", true, 1),
    ]);
    let cases = [("V1", Some("V3")), ("V3", Some("V1")), ("V2", Some("V1"))];
    for (decided, next) in cases {
        assert_eq!(pane.after(&id(decided)), next.map(id), "{decided}");
    }
    // By hand the own ones are read as well, and the ends are ends.
    let steps = [
        ("V3", true, Some("V2")),
        ("V4", true, None),
        ("V1", false, None),
        ("V3", false, Some("V1")),
    ];
    for (here, forward, there) in steps {
        assert_eq!(pane.neighbour(Some(&id(here)), forward), there.map(id), "{here}");
    }
}

#[test]
fn nothing_follows_the_last_record() {
    let pane = pane(vec![row("V1", false, 1), row("V2", true, 1)]);
    assert_eq!(pane.after(&VisitId::from("V1")), None);
}

#[test]
fn state_tells_own_late_and_waiting() {
    let theme = Theme::default();
    let ctx = ctx(Lang::Zh, &theme);
    let cases =
        [(row("V", true, 9), "本人"), (row("V", false, 6), "超时"), (row("V", false, 5), "待审")];
    for (row, word) in cases {
        assert_eq!(state(&row, &ctx).0, word);
    }
}

#[test]
fn every_size_and_language_draws_and_draws_the_same_again() {
    let theme = Theme::default();
    let rows: Vec<_> = (0..40).map(|n| row(&format!("V{n}"), n % 5 == 0, n)).collect();
    for lang in [Lang::Zh, Lang::En] {
        for size in [(80, 20), (40, 32), (46, 56), (200, 56), (1, 1), (4, 2), (74, 2)] {
            let ctx = ctx(lang, &theme);
            let mut pane = pane(rows.clone());
            pane.on_action(&Action::Last, &ctx);
            let first = drawn(&mut pane, size, &ctx);
            assert_eq!(first, drawn(&mut pane, size, &ctx), "{lang:?} {size:?}");
        }
    }
    let shown = drawn(&mut pane(rows), (80, 20), &ctx(Lang::En, &theme));
    assert!(shown.contains("52m") && shown.contains("11-20 17:02"), "{shown}");
}

#[test]
fn whose_turn_it_is_as_a_picture() {
    let theme = Theme::default();
    let level = crate::domain::review::OpinionLevel::Second;
    let mut again = row("V2", false, 2);
    again.returned = 2;
    let mut asked = row("V3", false, 1);
    asked.waits_for = vec![level];
    let mut waits = row("V4", false, 1);
    waits.waits_for = vec![level];
    waits.mine = false;
    let mut against = row("V5", false, 1);
    against.disputed = true;
    let rows = vec![row("V1", false, 7), again, asked, waits, against, row("V6", true, 1)];
    for (size, lang, name) in [
        ((80, 20), Lang::Zh, "80_zh"),
        ((80, 20), Lang::En, "80_en"),
        ((46, 20), Lang::Zh, "46_zh"),
        ((120, 12), Lang::Zh, "120_zh"),
        ((200, 12), Lang::En, "200_en"),
    ] {
        let ctx = ctx(lang, &theme);
        insta::assert_snapshot!(
            format!("queue_{name}"),
            plain(&drawn(&mut pane(rows.clone()), size, &ctx))
        );
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
