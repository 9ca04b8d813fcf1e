use chrono::NaiveDate;

use super::*;
use crate::i18n::Lang;
use crate::ui::ctx::with_ctx;

fn statement(figures: &[(StatementLine, i64)]) -> Statement {
    let end = NaiveDate::from_ymd_opt(2026, 9, 30).unwrap();
    let amounts = figures.iter().map(|(n, v)| (*n, Fen(*v))).collect();
    Statement { months: Some(9), amounts, ..Statement::empty(end) }
}

fn text(spans: &[Span<'_>]) -> String {
    spans.iter().map(|span| span.content.as_ref()).collect()
}

#[test]
fn a_ratio_has_its_name_limits_and_judgement_from_the_library() {
    with_ctx(Lang::Zh, |ctx| {
        let library = signals::shared().unwrap();
        let rule = library.ratio(Ratio::Debt).unwrap();
        let now = statement(&[
            (StatementLine::TotalLiabilities, 992),
            (StatementLine::TotalAssets, 1_000),
        ]);
        let all = [now];
        let periods = statements::periods(&all, &Beside::default());
        let value = periods[0].value(Ratio::Debt);
        let of = (Ratio::Debt, rule, Some(Level::Orange));
        let spans = ratio_spans(of, (value, Some(Decimal4(951_000))), true, None, 60, ctx);
        let line = text(&spans);
        assert!(line.contains("资产负债率") && line.contains("99.2%"), "{line}");
        assert!(line.contains("▲ +4.1") && line.contains("警戒"), "{line}");
        // Told by a mark and by colour.
        assert_eq!(spans[1].style, ctx.theme.level(Level::Orange));
        assert!(line.contains(ctx.theme.level_mark(Level::Orange)), "{line}");
        let unknown = ratio_spans((Ratio::Debt, rule, None), (None, None), true, None, 60, ctx);
        assert_eq!(unknown[1].content.trim(), "不可算");
        assert_eq!(unknown[1].style, ctx.theme.style(Meaning::Muted));
        let exempt = ratio_spans((Ratio::Debt, rule, None), (value, None), false, None, 60, ctx);
        assert!(!text(&exempt).contains("警戒"), "no limit where none applies");
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
    with_ctx(Lang::Zh, |ctx| {
        let bars = text(&spark(&[Some(10), None, Some(20), Some(15)], 8, ctx));
        assert_eq!(bars, "▁ ▇▄");
        assert_eq!(text(&spark(&[Some(5), Some(5)], 8, ctx)), "▄▄");
        assert_eq!(text(&spark(&[Some(1), Some(2), Some(3)], 2, ctx)), "▁▇");
        assert_eq!(text(&spark(&[], 8, ctx)), "");
        // 1.15 and 1.16 are as good as the same; a fall by a twentieth is one.
        assert_eq!(text(&spark(&[Some(11_600), Some(11_500), Some(11_550)], 8, ctx)), "▄▃▄");
        assert_eq!(text(&spark(&[Some(10_000), Some(9_500)], 8, ctx)), "▇▁");
    });
}

#[test]
fn a_course_has_gaps_where_periods_are_missing_and_one_height_for_what_looks_alike() {
    let of = |end: &str, months, cash: i64| {
        let lines = [(StatementLine::Cash, cash), (StatementLine::CurrentLiabilities, 100_000)];
        let end = end.parse().unwrap();
        let amounts = lines.map(|(line, yuan)| (line, Fen::from_yuan(yuan))).into();
        Statement { months: Some(months), amounts, ..Statement::empty(end) }
    };
    let all = [of("2026-06-30", 6, 7_400), of("2025-09-30", 9, 6_600), of("2024-12-31", 12, 7_200)];
    let periods = statements::periods(&all, &Beside::default());
    let course = statement::course(&all, 8);
    assert_eq!(
        course_of(&course, &periods, Ratio::Cash),
        [Some(700), None, None, Some(700), None, None, Some(700)]
    );
}

#[test]
fn what_moved_has_an_arrow_and_no_sign_and_what_did_not_has_neither() {
    with_ctx(Lang::Zh, |ctx| {
        for (down, told, shown) in
            [(true, "4", "▼4%"), (false, "12.5", "▲12.5%"), (false, "0", ""), (true, "0.0", "")]
        {
            assert_eq!(moved(down, told, ctx), shown);
        }
    });
}
