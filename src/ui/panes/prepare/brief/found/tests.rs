use super::*;
use crate::domain::answer::Value;
use crate::domain::money::{Decimal4, Fen};
use crate::i18n::{Catalog, Lang};
use crate::ui::theme::Theme;

#[test]
fn a_change_tells_both_answers_and_by_how_much() {
    let theme = Theme::default();
    let now = "2026-11-23T09:00:00+08:00".parse().unwrap();
    let today = "2026-11-23".parse().unwrap();
    let (text, lang) = (Catalog::of(Lang::Zh), Lang::Zh);
    let ctx = Ctx { text, lang, theme: &theme, now, today, home: None };
    let money = |yuan| Value::Money(Fen::from_yuan(yuan));
    let choice = |code: &str| Value::Choice(code.to_owned());
    let change = |item: &str, then, now, percent: Option<i64>, note: &str| Changed {
        item: item.to_owned(),
        then,
        now,
        percent: percent.map(Decimal4),
        note: note.to_owned(),
    };
    let becomes = theme.glyphs.becomes;
    let cases = [
        (
            change("sales_3m", money(300), money(330), Some(100_000), "旺季"),
            format!("300 {becomes} 330  +10%  旺季"),
        ),
        (
            change("sales_3m", money(300), money(200), Some(-333_333), ""),
            format!("300 {becomes} 200  -33.3%"),
        ),
        (
            change("operating", choice("normal"), choice("normal"), None, ""),
            format!("正常 {becomes} 正常"),
        ),
    ];
    for (change, wanted) in cases {
        assert_eq!(changed(&change, &ctx), Some(wanted), "{change:?}");
    }
    // What the checklists ask no more has no name to be told by.
    assert_eq!(changed(&change("no_longer_asked", money(1), money(2), None, ""), &ctx), None);
}
