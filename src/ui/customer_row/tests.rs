//! A row by itself.

use super::*;
use crate::ui::ctx::with_ctx;

/// The longest names of companies have fourteen characters, two cells each.
#[test]
fn a_long_name_is_whole_beside_every_set_of_columns() {
    for width in 74..=240 {
        assert!(name_width(width) >= 28, "{width}: {}", name_width(width));
    }
}

/// Behind what is confirmed stands what is proposed, and by itself it is no dash.
#[test]
fn proposed_flags_are_told_as_such() {
    let said = |lang, open, proposed| {
        with_ctx(lang, |ctx| {
            let row = CustomerRow { flags: open, proposed, ..customer() };
            let (said, style) = flags(&row, ctx);
            (said, style == ctx.theme.style(Meaning::Accent))
        })
    };
    assert_eq!(said(Lang::Zh, [0; 3], [0; 3]), ("-".to_owned(), false));
    assert_eq!(said(Lang::Zh, [0; 3], [1, 0, 2]), ("?红2 黄1".to_owned(), true));
    assert_eq!(said(Lang::Zh, [0, 0, 1], [1, 0, 0]), ("红1 ?黄1".to_owned(), false));
    let (english, _) = said(Lang::En, [0; 3], [0, 1, 0]);
    assert!(english.starts_with('?') && english.ends_with('1'), "{english}");
}

fn customer() -> CustomerRow {
    CustomerRow {
        customer: "C1".into(),
        name: "立诚".to_owned(),
        line: None,
        district: None,
        officer: "zhang".into(),
        officer_name: "张伟".to_owned(),
        tier: crate::domain::loan::Tier::Normal,
        exposure: None,
        days_past_due: 0,
        flags: [0; 3],
        proposed: [0; 3],
        score: None,
        next_due: None,
        last_visit: None,
        gaps: 0,
    }
}
