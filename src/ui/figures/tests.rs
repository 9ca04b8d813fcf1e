use chrono::{NaiveDate, TimeZone};

use super::*;
use crate::clock::china;
use crate::i18n::{Catalog, Lang};
use crate::ui::theme::Theme;

fn statement(figures: &[(StatementLine, i64)]) -> Statement {
    let end = NaiveDate::from_ymd_opt(2026, 9, 30).unwrap();
    let amounts = figures.iter().map(|(n, v)| (*n, Fen(*v))).collect();
    Statement { months: Some(9), amounts, ..Statement::empty(end) }
}

fn with_ctx<T>(look: impl FnOnce(&Ctx<'_>) -> T) -> T {
    let theme = Theme::default();
    let now = china().with_ymd_and_hms(2026, 11, 23, 9, 12, 0).unwrap();
    look(&Ctx {
        text: Catalog::of(Lang::Zh),
        lang: Lang::Zh,
        theme: &theme,
        now,
        today: now.date_naive(),
        home: None,
    })
}

fn text(spans: &[Span<'_>]) -> String {
    spans.iter().map(|span| span.content.as_ref()).collect()
}

#[test]
fn a_ratio_has_its_name_limits_and_judgement_from_the_library() {
    with_ctx(|ctx| {
        let library = signals::shared().unwrap();
        let rule = library.ratio(Ratio::Debt).unwrap();
        let now = statement(&[
            (StatementLine::TotalLiabilities, 992),
            (StatementLine::TotalAssets, 1_000),
        ]);
        let value = ratio(Ratio::Debt, &now, None, &Beside::default()).ok();
        let spans = ratio_spans(Ratio::Debt, rule, (value, Some(Decimal4(951_000))), None, 60, ctx);
        let line = text(&spans);
        assert!(line.contains("资产负债率") && line.contains("99.2%"), "{line}");
        assert!(line.contains("▲ +4.1") && line.contains("警戒"), "{line}");
        assert_eq!(spans[1].style, ctx.theme.style(Meaning::Red));
        let unknown = ratio_spans(Ratio::Debt, rule, (None, None), None, 60, ctx);
        assert_eq!(unknown[1].content.trim(), "-");
        assert_eq!(unknown[1].style, ctx.theme.style(Meaning::Muted));
    });
}

#[test]
fn each_unit_is_written_its_way() {
    for (of, value, with_unit, limit) in [
        (Ratio::Debt, 682_000, "68.2%", "68.2"),
        (Ratio::Debt, 600_000, "60.0%", "60"),
        (Ratio::Current, 11_200, "1.12", "1.1"),
        (Ratio::Current, 15_000, "1.50", "1.5"),
        (Ratio::ReceivableDays, 905_000, "90.5", "90"),
    ] {
        assert_eq!(written(of, Decimal4(value)), with_unit);
        assert_eq!(bare(of, Decimal4(value)), limit);
    }
}

#[test]
fn change_against_nothing_is_not_shown() {
    assert_eq!(yoy(Some(Fen(77)), Some(Fen(100))), Some(Decimal4(-2_300)));
    assert_eq!(yoy(Some(Fen(77)), Some(Fen(0))), None);
    assert_eq!(yoy(None, Some(Fen(1))), None);
}

#[test]
fn a_sparkline_shows_the_course_and_leaves_the_unknown_blank() {
    with_ctx(|ctx| {
        let bars = text(&spark(&[Some(10), None, Some(20), Some(15)], 8, ctx));
        assert_eq!(bars, "▁ ▇▄");
        assert_eq!(text(&spark(&[Some(5), Some(5)], 8, ctx)), "▄▄");
        assert_eq!(text(&spark(&[Some(1), Some(2), Some(3)], 2, ctx)), "▁▇");
        assert_eq!(text(&spark(&[], 8, ctx)), "");
    });
}
