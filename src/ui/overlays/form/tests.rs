use super::*;
use crate::i18n::Lang;
use crate::ui::ctx::with_ctx;

fn document() -> Form {
    let options = [("received", "Received"), ("promised", "Promised"), ("refused", "Refused")];
    let options = options.map(|(c, n)| (c.to_owned(), n.to_owned())).to_vec();
    Form::new(Ask::form(
        "t",
        "Document",
        vec![
            Field::choice("State", "received", options),
            Field::date("Until", "").required_when(0, "promised"),
            Field::text("Note", "").required(),
        ],
    ))
}

#[test]
fn all_that_is_missing_is_named_at_once_and_depends_on_the_choice() {
    with_ctx(Lang::En, |ctx| {
        let mut form = document();
        form.on_action(&Action::Accept, ctx);
        assert_eq!(form.told(ctx).as_deref(), Some("Still needed: Note"));
        let mut form = document();
        assert!(form.on_key(Key::char('p'), ctx), "a letter chooses");
        form.on_action(&Action::Accept, ctx);
        assert_eq!(form.told(ctx).as_deref(), Some("Still needed: Until, Note"));
        assert_eq!(form.focus, 1);
    });
}

#[test]
fn what_is_missing_is_named_until_it_is_there() {
    with_ctx(Lang::En, |ctx| {
        let mut form = document();
        form.on_key(Key::char('p'), ctx);
        assert_eq!(form.told(ctx), None, "nobody is told before Enter");
        form.on_action(&Action::Accept, ctx);
        form.on_key(Key::char('3'), ctx);
        assert_eq!(form.told(ctx).as_deref(), Some("Still needed: Note"));
        form.on_action(&Action::Next, ctx);
        form.on_paste("by post");
        assert_eq!(form.told(ctx), None);
        // What the store said of a value stays until the next Enter.
        form.refused("taken".to_owned(), Some("Note"));
        form.on_key(Key::char('2'), ctx);
        assert_eq!(form.told(ctx).as_deref(), Some("taken"));
        // What was wanted in a field goes when it is typed there, and not before.
        form.refused_at("say more".to_owned(), Some(1));
        form.on_action(&Action::Next, ctx);
        form.on_key(Key::char('2'), ctx);
        assert_eq!((form.told(ctx).as_deref(), form.focus), (Some("say more"), 2));
        form.on_action(&Action::Previous, ctx);
        form.on_key(Key::char('2'), ctx);
        assert_eq!(form.told(ctx), None);
    });
}

#[test]
fn a_letter_that_names_no_option_says_how_to_choose() {
    with_ctx(Lang::En, |ctx| {
        let mut form = document();
        assert!(form.on_key(Key::char('x'), ctx));
        assert_eq!(form.fault.as_deref(), Some(ctx.text.overlays.form_choose));
        assert!(form.on_key(Key::char('3'), ctx));
        assert_eq!((form.inputs[0].text().as_str(), &form.fault), ("refused", &None));
    });
}

#[test]
fn days_are_read_as_people_write_them() {
    let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
    for (typed, meant) in [
        ("2026-12-01", Some("2026-12-01")),
        ("12-01", Some("2026-12-01")),
        ("11/20", Some("2026-11-20")),
        ("1.5", Some("2027-01-05")),
        ("+7", Some("2026-11-30")),
        ("25", Some("2026-11-25")),
        ("3", Some("2026-12-03")),
        ("soon", None),
        ("13-40", None),
    ] {
        assert_eq!(read_day(typed, today).map(|d| d.to_string()).as_deref(), meant, "{typed}");
    }
}

#[test]
fn a_label_is_whole_and_leaves_half_of_the_box_to_what_is_typed() {
    let long = "Day on which the paper was received";
    let form = Form::new(Ask::form("t", "T", vec![Field::text(long, "abc").required()]));
    assert_eq!((form.label_cells(60), form.label_cells(100)), (30, long.len() + 4));
    let short = Form::new(Ask::form("t", "T", vec![Field::text("Note", "")]));
    assert_eq!(short.label_cells(60), 20, "short labels keep their column");
}

#[test]
fn a_day_is_proposed_and_a_text_is_gone_on_with() {
    with_ctx(Lang::En, |ctx| {
        let fields = vec![Field::date("Day", "2026-11-23"), Field::text("Note", "so")];
        let mut form = Form::new(Ask::form("t", "T", fields));
        for key in ["+", "7", "tab"] {
            let key = Key::parse(key).unwrap();
            if !form.on_key(key, ctx) {
                form.on_action(&Action::Next, ctx);
            }
        }
        form.on_key(Key::char('!'), ctx);
        let typed: Vec<String> = form.inputs.iter().map(Input::text).collect();
        assert_eq!(typed, ["+7", "so!"]);
    });
}

/// A form with one word written and Esc pressed over it.
fn about_to_leave(ctx: &Ctx<'_>) -> Form {
    let fields = vec![Field::text("Note", ""), Field::text("More", "")];
    let mut form = Form::new(Ask::form("t", "T", fields));
    assert!(form.on_paste("long thought of"));
    form.on_action(&Action::Back, ctx);
    assert_eq!(form.told(ctx).as_deref(), Some(ctx.text.overlays.form_leave));
    form
}

#[test]
fn whoever_goes_on_writing_does_not_leave() {
    with_ctx(Lang::En, |ctx| {
        for key in ["!", "backspace", "delete", "left", "ctrl-w", "home"] {
            let mut form = about_to_leave(ctx);
            assert!(form.on_key(Key::parse(key).unwrap(), ctx), "{key}");
            assert_eq!(form.told(ctx), None, "{key}");
        }
        let mut form = about_to_leave(ctx);
        assert!(form.on_paste("and more"));
        assert_eq!(form.told(ctx), None, "a paste");
        assert!(!form.on_action(&Action::Back, ctx).close, "it asks anew");
        form.on_action(&Action::Next, ctx);
        assert_eq!(form.told(ctx), None, "another field");
        form.on_action(&Action::Back, ctx);
        assert!(form.on_action(&Action::Back, ctx).close, "Esc twice leaves");
    });
}

#[test]
fn a_written_form_is_cancelled_with_two_keys() {
    with_ctx(Lang::En, |ctx| {
        let mut form = about_to_leave(ctx);
        form.on_key(Key::char('!'), ctx);
        assert!(!form.on_action(&Action::Back, ctx).close);
        assert_eq!(form.told(ctx).as_deref(), Some(ctx.text.overlays.form_leave));
        assert!(form.on_action(&Action::Back, ctx).close);
        let mut empty = Form::new(Ask::form("t", "T", vec![Field::text("Note", "")]));
        assert!(empty.on_action(&Action::Back, ctx).close, "nothing is lost");
    });
}

#[test]
fn one_line_offers_no_way_to_a_field_that_is_not_there() {
    with_ctx(Lang::En, |ctx| {
        let options = ["a", "b"].map(|code| (code.to_owned(), code.to_owned())).to_vec();
        let line = Form::new(Ask::form("t", "Reason", vec![Field::text("Reason", "")]));
        let list = Form::new(Ask::form("t", "Choice", vec![Field::choice("C", "a", options)]));
        for (form, moves) in [(line, false), (list, true), (document(), true)] {
            assert_eq!(form.offers(&Action::Next), moves);
        }
        // Where nothing is needed, nothing stands at the foot; the keys are in the status line.
        let told = Form::new(Ask::tell("t", "Told", vec!["Something".to_owned()]));
        assert!(told.note(ctx).is_empty() && !told.offers(&Action::Accept));
    });
}

#[test]
fn what_may_come_to_be_needed_moves_no_column() {
    with_ctx(Lang::En, |ctx| {
        let options = ["agree", "but"].map(|code| (code.to_owned(), code.to_owned())).to_vec();
        let label = "conditions or reasons of all";
        let words = Field::text(label, "").required_unless(0, "agree");
        let fields = vec![Field::choice("opinion", "agree", options), words];
        let mut form = Form::new(Ask::form("t", "Opinion", fields));
        let cells = form.label_cells(80);
        assert!(form.missing().next().is_none() && form.note(ctx).is_empty());
        form.on_action(&Action::Right, ctx);
        assert_eq!(form.missing().map(|(at, _)| at).collect::<Vec<_>>(), [1]);
        assert_eq!((form.label_cells(80), form.note(ctx).is_empty()), (cells, false));
    });
}

#[test]
fn a_day_that_can_not_be_read_is_told_once() {
    with_ctx(Lang::Zh, |ctx| {
        let mut form = Form::new(Ask::form("t", "T", vec![Field::date("日期", "下周")]));
        form.on_action(&Action::Accept, ctx);
        assert_eq!(form.fault.as_deref(), Some("日期：请输入 2026-11-23、11-23 或 +7"));
    });
}
