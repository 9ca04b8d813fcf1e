use chrono::TimeZone;

use super::*;
use crate::clock::china;
use crate::ui::theme::Theme;

fn first(typed: &str) -> Option<Action> {
    let theme = Theme::default();
    let now = china().with_ymd_and_hms(2026, 11, 23, 9, 12, 0).unwrap();
    let ctx = Ctx {
        text: Catalog::of(Lang::Zh),
        lang: Lang::Zh,
        theme: &theme,
        now,
        today: now.date_naive(),
        home: None,
    };
    let mut palette = Palette::new(KeyContext::Agenda);
    palette.on_paste(typed);
    palette.found(&ctx, &Keymap::default()).into_iter().next().map(|c| c.action)
}

#[test]
fn a_command_is_found_in_three_writings_and_by_its_letters() {
    for typed in ["复核", "fuhe", "fh", "review", "rvw"] {
        assert_eq!(first(typed), Some(Action::ScreenReview), "{typed}");
    }
    assert_eq!(first("hfyw"), None);
    assert_eq!(first("wh"), Some(Action::Why));
}
