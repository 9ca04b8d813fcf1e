//! Flags as dialogs ask for them, for the panes that raise and change them.

use crate::domain::flag::Level;
use crate::i18n::words;
use crate::risk::Group;
use crate::ui::ask::Field;
use crate::ui::ctx::Ctx;
use crate::ui::value::{latest, signal_level, signal_line};

/// A signal as it is written down, and how grave the library has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signal {
    /// A code of the library, or the officer's own words.
    pub written: String,
    /// `None` = her own words: nobody says how grave they are.
    pub level: Option<Level>,
}

/// Fewer characters than this name no signal of the library.
const LEAST: usize = 2;

/// Reads what was typed: a code, or words that stand in the name of one signal alone, in English whole
/// ones, are written as the library has it; so nobody who does not know the codes makes a red signal a yellow one. Other
/// words stay the officer's own. Otherwise the reason why it can't be read.
pub fn read_signal(typed: &str, ctx: &Ctx<'_>) -> Result<Signal, String> {
    let words = typed.trim();
    let code = words.to_ascii_uppercase();
    let level = signal_level(&code);
    if level.is_some() {
        return Ok(Signal { written: code, level });
    }
    if Group::of_code(&code).is_some() {
        return Err(ctx.text.flags.unknown_signal.to_owned());
    }
    match named(words).as_slice() {
        [] => Ok(Signal { written: words.to_owned(), level: None }),
        [code] => Ok(Signal { written: code.clone(), level: signal_level(code) }),
        several => {
            let lines: Vec<String> =
                several.iter().map(|code| signal_line(code, ctx.lang)).collect();
            Err(ctx.text.flags.several_signals(&lines))
        }
    }
}

/// The codes of the library among which words that mean several of its signals leave to choose; empty
/// where they mean one, none, or are a code.
pub fn several(typed: &str) -> Vec<String> {
    let words = typed.trim();
    if signal_level(&words.to_ascii_uppercase()).is_some() {
        return Vec::new();
    }
    Some(named(words)).filter(|codes| codes.len() > 1).unwrap_or_default()
}

/// The codes of the signals in whose name, in either language, these words stand: the one that is
/// named so, or all.
fn named(words: &str) -> Vec<String> {
    let words = words.to_lowercase();
    // A built-in pack is sound: a test reads it.
    let Ok(library) = crate::assets::signals::shared() else { return Vec::new() };
    if words.chars().count() < LEAST {
        return Vec::new();
    }
    let names = || {
        library
            .all()
            .map(|signal| (&signal.code, [&signal.zh, &signal.en].map(|s| s.to_lowercase())))
    };
    let whole = names().find(|(_, names)| names.contains(&words));
    if let Some((code, _)) = whole {
        return vec![code.clone()];
    }
    let part = names().filter(|(_, names)| names.iter().any(|name| stand_in(name, &words)));
    part.map(|(code, _)| code.clone()).collect()
}

/// Whether words stand in a name and no letter or digit of a language with spaces goes on beside them:
/// "order" is no part of "orders".
fn stand_in(name: &str, words: &str) -> bool {
    let goes_on = |one: Option<char>, next: Option<char>| {
        [one, next].iter().all(|c| c.is_some_and(|c| c.is_ascii_alphanumeric()))
    };
    let (first, last) = (words.chars().next(), words.chars().next_back());
    name.match_indices(words).any(|(at, found)| {
        let before = name.get(..at).and_then(|part| part.chars().next_back());
        let behind = name.get(at + found.len()..).and_then(|part| part.chars().next());
        !goes_on(before, first) && !goes_on(last, behind)
    })
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
mod tests;
