//! A signal as it is typed.

use super::*;
use crate::i18n::Lang;
use crate::ui::ctx::with_ctx;

#[test]
fn a_code_is_read_as_the_library_has_it() {
    with_ctx(Lang::Zh, |ctx| {
        let own = |words: &str| Ok((words.to_owned(), None));
        let known = |code: &str| Ok((code.to_owned(), signal_level(code)));
        let unknown = || Err(ctx.text.flags.unknown_signal.to_owned());
        for (typed, expected) in [
            (" fin-01 ", known("FIN-01")),
            ("FIN-99", unknown()),
            ("ext-999", unknown()),
            (" rent unpaid", own("rent unpaid")),
            ("老板失联", own("老板失联")),
            // Words that stand in the name of one signal mean it.
            ("民间借贷", known("FIN-16")),
            ("Debt ratio over limit", known("FIN-01")),
            ("借", own("借")),
            // In English whole words: part of one is the officer's own.
            ("orders", known("OPS-07")),
            ("order", own("order")),
            ("der", own("der")),
            ("late tenants", own("late tenants")),
            ("private lending", known("FIN-16")),
            ("private lend", own("private lend")),
            ("lending", known("FIN-16")),
        ] {
            let read = read_signal(typed, ctx).map(|signal| (signal.written, signal.level));
            assert_eq!(read, expected, "{typed}");
        }
    });
}

#[test]
fn words_of_several_signals_name_them() {
    with_ctx(Lang::Zh, |ctx| {
        let why = read_signal("本息逾期", ctx).unwrap_err();
        for code in ["ACC-01", "ACC-02", "ACC-03"] {
            assert!(why.contains(code), "{why}");
        }
    });
}
