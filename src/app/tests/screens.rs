//! Reviewed pictures of whole screens.

use super::harness::Harness;
use crate::app::Look;
use crate::i18n::Lang;
use crate::ui::theme::{Scheme, Theme};

const SIZES: [(u16, u16); 4] = [(60, 16), (80, 24), (120, 36), (200, 60)];

#[test]
fn today_at_every_size_in_both_languages() {
    for (columns, rows) in SIZES {
        for lang in [Lang::Zh, Lang::En] {
            let h = Harness::new(columns, rows, lang);
            insta::assert_snapshot!(
                format!("today_{columns}x{rows}_{}", lang.as_code()),
                h.screen()
            );
        }
    }
}

#[test]
fn meaning_of_the_colours_on_the_workbench() {
    let h = Harness::new(120, 36, Lang::Zh);
    insta::assert_snapshot!("today_120x36_styles", h.screen_with_styles());
}

#[test]
fn without_colour_and_box_drawing() {
    let look = Look { theme: Theme::new(Scheme::Mono, true, true), ..Look::default() };
    let mut h = Harness::with(120, 36, look);
    h.keys("<tab><tab>ll");
    insta::assert_snapshot!("finance_120x36_ascii", h.screen());
}

#[test]
fn every_section_of_the_dossier() {
    let mut h = Harness::new(80, 24, Lang::Zh);
    h.keys("<tab><tab>");
    let mut all = String::new();
    for _ in 0..7 {
        all.push_str(&h.screen());
        all.push_str("\n\n");
        h.keys("l");
    }
    insta::assert_snapshot!("dossier_80x24", all);
}

#[test]
fn a_score_added_up() {
    for (width, height, lang, look) in
        [(80, 24, Lang::Zh, "80x24"), (120, 36, Lang::En, "120x36_en")]
    {
        let mut h = Harness::new(width, height, lang);
        h.keys("<tab><tab>a");
        insta::assert_snapshot!(format!("score_{look}"), h.screen());
    }
}

#[test]
fn what_was_foretold_and_what_came() {
    for (width, height, lang, look) in
        [(80, 24, Lang::Zh, "80x24"), (120, 36, Lang::En, "120x36_en")]
    {
        let mut h = Harness::new(width, height, lang);
        h.keys("5b");
        insta::assert_snapshot!(format!("backtest_{look}"), h.screen());
        h.keys("<esc>");
        assert!(!h.screen().contains("180"), "closed");
    }
}

#[test]
fn customers_and_overlays() {
    for (name, keys) in [
        ("customers", "2"),
        ("help", "?"),
        ("palette", ":fh"),
        ("search", "/鼎盛"),
        ("why", "w"),
        ("inbox", "i"),
        ("start", "<enter>"),
        ("quit", "q"),
    ] {
        let mut h = Harness::new(120, 36, Lang::Zh);
        h.keys(keys);
        insta::assert_snapshot!(format!("overlay_{name}"), h.screen());
    }
}
