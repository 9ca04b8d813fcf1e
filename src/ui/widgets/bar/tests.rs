use super::bar;
use crate::i18n::{Catalog, Lang};
use crate::ui::ctx::Ctx;
use crate::ui::theme::Theme;

#[test]
fn a_bar_is_as_long_as_its_figure() {
    let theme = Theme::default();
    let now: chrono::DateTime<chrono::FixedOffset> = "2026-11-23T09:12:00+08:00".parse().unwrap();
    let (text, lang) = (Catalog::of(Lang::Zh), Lang::Zh);
    let ctx = Ctx { text, lang, theme: &theme, now, today: now.date_naive(), home: None };
    for (part, wanted) in [
        (0, ""),
        (-5, ""),
        // A thousandth, and all that is less than half a cell.
        (1, "·"),
        (49, "·"),
        (50, "█"),
        (149, "█"),
        (150, "██"),
        (1_000, "██████████"),
    ] {
        assert_eq!(bar(part, (1_000, 10), &ctx), wanted, "{part}");
    }
    // A long bar tells smaller differences.
    for (part, cells) in [(1_000, 34), (500, 17), (30, 1)] {
        assert_eq!(bar(part, (1_000, 34), &ctx).chars().count(), cells, "{part}");
    }
}
