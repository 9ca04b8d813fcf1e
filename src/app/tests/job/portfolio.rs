//! The portfolio by keys: every view whole, and down to a customer.

use crate::app::tests::desk::Office;
use crate::i18n::Lang;

#[test]
fn every_view_is_whole_and_leads_to_a_customer() {
    let office = Office::open();
    for (lang, width, height) in
        [(Lang::Zh, 80, 24), (Lang::En, 80, 24), (Lang::Zh, 120, 36), (Lang::En, 200, 60)]
    {
        let mut h = office.desk_of("lifang", width, height, lang);
        h.keys("5p");
        let first = lang.pick("Total", "合计");
        assert!(h.screen().contains(first), "{}", h.screen());
        for _ in 0..7 {
            h.assert_whole();
            h.keys("<enter>");
            h.assert_whole();
            let before = h.screen();
            h.keys("<esc>l");
            assert_ne!(h.screen(), before);
        }
        // Back at the tiers: the first customer of the first row opens.
        h.keys("<enter>");
        let listed = h.screen();
        h.keys("<enter>");
        assert!(h.app.overlays.is_empty(), "{}", h.screen());
        let (_, name) = h.app.panes.dossier.named().unwrap();
        let start: String = name.chars().take(4).collect();
        assert!(listed.contains(&start), "{name}\n{listed}");
    }
}

#[test]
fn the_back_test_is_found_wherever_the_portfolio_is() {
    let office = Office::open();
    let mut h = office.desk("lifang");
    // Above the portfolio, and back to it.
    h.play(&[("5p", "组合|b 回测"), ("b", "回测：预警与结果"), ("<esc>", "组合|合计")]);
    h.keys("<esc>");
    for screen in ["2", "8", "5"] {
        h.play(&[
            (&format!("{screen}:回测"), "回测"),
            ("<enter>", "回测：预警与结果"),
            ("<esc>:组合<enter>", "关联集团|前十大"),
            ("<esc>", "!关联集团"),
        ]);
    }
}
