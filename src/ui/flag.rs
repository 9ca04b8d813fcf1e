//! Flags as dialogs ask for them, for the panes that raise and change them.

use crate::domain::flag::Level;
use crate::i18n::words;
use crate::risk::Group;
use crate::ui::ask::Field;
use crate::ui::ctx::Ctx;
use crate::ui::value::{latest, signal_level};

/// A signal as it is written down, and how grave the library has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signal {
    /// A code of the library, or the officer's own words.
    pub written: String,
    /// `None` = her own words: nobody says how grave they are.
    pub level: Option<Level>,
}

/// Reads what was typed: a code is written as the library has it. `None` = a code of a group of
/// the library that has no such signal.
pub fn read_signal(typed: &str) -> Option<Signal> {
    let code = typed.trim().to_ascii_uppercase();
    let level = signal_level(&code);
    if level.is_some() {
        return Some(Signal { written: code, level });
    }
    Group::of_code(&code).is_none().then(|| Signal { written: typed.trim().to_owned(), level })
}

/// Every level by its name.
pub fn levels(ctx: &Ctx<'_>) -> Vec<(String, String)> {
    let named = |level: &Level| words::level(ctx.lang, *level).to_owned();
    Level::ALL.iter().map(|level| (level.as_code().to_owned(), named(level))).collect()
}

/// Who acts, what is done, until when; with the last day that the level allows. `None` = the level
/// is not known yet, and so no day either.
pub fn handling(
    owner: &str,
    measure: &str,
    due_on: &str,
    level: Option<Level>,
    ctx: &Ctx<'_>,
) -> [Field; 3] {
    let text = &ctx.text.flags;
    let due = text.due_until(level.and_then(|level| latest(level, ctx.today)));
    [
        Field::text(text.owner, owner).required(),
        Field::text(text.measure, measure).required(),
        Field::date(due, due_on).required(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_the_library_has_it() {
        let own = |words: &str| Some(Signal { written: words.to_owned(), level: None });
        let known =
            |code: &str, level| Some(Signal { written: code.to_owned(), level: Some(level) });
        for (typed, expected) in [
            (" fin-01 ", known("FIN-01", signal_level("FIN-01").unwrap())),
            ("FIN-99", None),
            ("ext-999", None),
            (" rent unpaid", own("rent unpaid")),
            ("老板失联", own("老板失联")),
        ] {
            assert_eq!(read_signal(typed), expected, "{typed}");
        }
    }
}
