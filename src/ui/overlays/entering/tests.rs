use super::*;
use crate::i18n::Lang;
use crate::ui::ctx::with_ctx;

#[test]
fn an_amount_is_written_as_it_was_typed_in_either_unit() {
    for (unit, text, fen) in [
        (Unit::Yuan, "1234.5", 123_450),
        (Unit::Yuan, "-0.07", -7),
        (Unit::Wan, "1.234507", 1_234_507),
        (Unit::Wan, "-120", -120_000_000),
        (Unit::Yuan, "0", 0),
        (Unit::Wan, "100", 100_000_000),
    ] {
        assert_eq!(unit.read(text), Some(Fen(fen)), "{text}");
        assert_eq!(unit.write(Fen(fen)), text);
    }
    assert_eq!(Unit::Yuan.read("1.234"), None, "never rounded");
}

fn entering() -> Entering {
    let statement = Statement::empty("2026-09-30".parse().unwrap());
    Entering::new(Wanted {
        customer: "C1".into(),
        name: String::new(),
        statement,
        seen: 0,
        before: None,
        on_file: vec!["2025-12-31".parse().unwrap()],
    })
}

#[test]
fn a_column_that_is_pasted_fills_the_rows_from_here() {
    let mut it = entering();
    it.go(Row::Line(StatementLine::Cash));
    it.on_paste("1,200.50\n\n300\t x\n¥ 400");
    let (statement, wrong) = it.read();
    assert_eq!(wrong, None);
    assert_eq!(statement.get(StatementLine::Cash), Some(Fen(120_050)));
    assert_eq!(statement.get(StatementLine::RestrictedCash), None, "an empty cell is unknown");
    assert_eq!(statement.get(StatementLine::Receivables), Some(Fen::from_yuan(300)));
    assert_eq!(statement.get(StatementLine::Inventory), Some(Fen::from_yuan(400)));
    it.change_unit();
    assert_eq!(it.text_of(Row::Line(StatementLine::Receivables)), "0.03");
    assert_eq!(it.read().0, statement, "the unit changes no amount");
}

#[test]
fn what_cannot_be_read_is_named() {
    let mut it = entering();
    it.go(Row::Line(StatementLine::Revenue));
    it.set_focused("12x");
    assert_eq!(it.read().1, Some(Row::Line(StatementLine::Revenue)));
    it.go(Row::End);
    it.set_focused("2026-02-30");
    assert_eq!(it.read().1, Some(Row::End));
}

#[test]
fn a_refusal_stands_at_the_field_that_is_meant() {
    let mut it = entering();
    it.go(Row::Line(StatementLine::Revenue));
    for (field, row) in
        [("period_months", Row::Months), ("period_end", Row::End), ("shares_pledged", Row::Pledged)]
    {
        it.refused("x".to_owned(), Some(field));
        assert_eq!(it.focused(), Some(row));
    }
    it.refused("y".to_owned(), None);
    assert_eq!(it.focused(), Some(Row::Pledged), "nothing moves without need");
}

#[test]
fn months_are_replaced_as_a_whole() {
    let mut it = entering();
    it.rows[1].1 = Input::preset("9");
    it.go(Row::Months);
    for c in "10".chars() {
        it.on_key(Key::plain(KeyCode::Char(c)));
    }
    assert_eq!(it.text_of(Row::Months), "10");
}

#[test]
fn whoever_goes_on_writing_does_not_leave() {
    with_ctx(Lang::En, still_writing);
}

fn still_writing(ctx: &Ctx<'_>) {
    let about_to_leave = || {
        let mut it = entering();
        it.go(Row::Line(StatementLine::Revenue));
        it.on_paste("12");
        assert!(!it.on_action(&Action::Back, ctx).close);
        assert_eq!(it.told(ctx).as_deref(), Some(ctx.text.statements.unsaved));
        it
    };
    for key in ["3", "backspace", "ctrl-w", "home", "="] {
        let mut it = about_to_leave();
        assert!(it.on_key(Key::parse(key).unwrap()), "{key}");
        assert_eq!(it.told(ctx), None, "{key}");
    }
    let mut it = about_to_leave();
    it.on_paste("34");
    assert_eq!(it.told(ctx), None, "a paste");
    assert!(!it.on_action(&Action::Back, ctx).close, "it asks anew");
    it.on_action(&Action::Next, ctx);
    assert_eq!(it.told(ctx), None, "another row");
    it.on_action(&Action::Back, ctx);
    assert!(it.on_action(&Action::Back, ctx).close, "Esc twice leaves");
}

#[test]
fn a_day_that_has_a_statement_is_said_at_once_and_never_written_over() {
    with_ctx(Lang::En, |ctx| {
        let mut it = entering();
        it.go(Row::Line(StatementLine::Revenue));
        it.on_paste("12");
        it.go(Row::End);
        assert_eq!(it.told(ctx), None);
        it.set_focused("2025-12-31");
        let told = "2025-12-31 has a statement already: correct that one with e";
        assert_eq!(it.told(ctx).as_deref(), Some(told));
        it.go(Row::Line(StatementLine::Revenue));
        let step = it.on_action(&Action::Save, ctx);
        assert!(!step.close && step.actions.is_empty(), "nothing is written");
        assert_eq!(it.focused(), Some(Row::End));
        assert_eq!(it.told(ctx).as_deref(), Some(told));
        it.set_focused("2025-12-30");
        assert!(it.on_action(&Action::Save, ctx).close, "{:?}", it.told(ctx));
    });
}

#[test]
fn what_is_wrong_with_the_months_or_a_share_is_told_of_them() {
    with_ctx(Lang::En, |ctx| {
        for (row, typed, told) in [
            (Row::Months, "x", "months of the statement: 1 to 24, as a whole number"),
            (Row::Months, "0", "months of the statement: 1 to 24, as a whole number"),
            (Row::Months, "25", "months of the statement: 1 to 24, as a whole number"),
            (Row::Pledged, "x", "shares pledged: percent from 0 to 100, such as 45.5"),
            (Row::Pledged, "101", "shares pledged: percent from 0 to 100, such as 45.5"),
            (Row::End, "x", ctx.text.statements.unreadable),
        ] {
            let mut it = entering();
            it.go(row);
            it.set_focused(typed);
            assert!(!it.on_action(&Action::Save, ctx).close);
            assert_eq!(it.told(ctx).as_deref(), Some(told), "{typed}");
        }
    });
}
