//! Choosing an option by typing: its number, or how its name or code begins.

use std::sync::OnceLock;

use ib_matcher::pinyin::{PinyinData, PinyinNotation};
use ratatui::crossterm::event::KeyCode;

use crate::ui::ctx::Ctx;
use crate::ui::key::Key;
use crate::ui::narrow::Narrow;
use crate::ui::widgets::input::Input;

/// Code and name of each option.
pub(super) fn plain(options: &[(String, String)]) -> Vec<(&str, &str)> {
    options.iter().map(|(code, name)| (code.as_str(), name.as_str())).collect()
}

/// A key in a long list: a digit chooses by number, other characters narrow the list.
pub(super) fn narrow(
    options: &[(String, String)],
    input: &mut Input,
    narrow: &mut Narrow,
    fault: &mut Option<String>,
    key: Key,
    ctx: &Ctx<'_>,
) -> bool {
    if key.code == KeyCode::Backspace {
        return narrow.back();
    }
    let Some(typed) = key.half_width().typed() else { return false };
    let now = input.text();
    let (found, all) = (options.iter().position(|(code, _)| *code == now), plain(options));
    let digit = typed.to_digit(10).and_then(|digit| usize::try_from(digit).ok());
    let place = match digit {
        Some(digit) => digit.checked_sub(1).filter(|place| *place < options.len()),
        None if narrow.push(typed, &all) => Some(narrow.nearest(&all, found.unwrap_or(0))),
        None => None,
    };
    *fault = match place.and_then(|place| options.get(place)) {
        Some((code, _)) => {
            input.set(code);
            None
        }
        None => Some(ctx.text.checklist.no_such_option.to_owned()),
    };
    true
}

/// The code of the option that a typed character means: a digit counts from one; a letter or a
/// Chinese character finds the next option whose name, whose pinyin or whose code begins with it.
pub(super) fn meant<'a>(
    options: &'a [(String, String)],
    now: &str,
    typed: char,
) -> Option<&'a str> {
    if let Some(digit) = typed.to_digit(10) {
        let index = usize::try_from(digit).ok()?.checked_sub(1)?;
        return options.get(index).map(|(code, _)| code.as_str());
    }
    let typed = typed.to_lowercase().next().unwrap_or(typed);
    let here = options.iter().position(|(code, _)| code == now).map_or(0, |at| at + 1);
    // Once around, so that the same letter again goes on to the next of several.
    let turned = options.iter().cycle().skip(here).take(options.len());
    let by_name = turned.clone().find(|(_, name)| begins(name, typed));
    let found = by_name.or_else(|| turned.clone().find(|(code, _)| begins(code, typed)));
    found.map(|(code, _)| code.as_str())
}

fn begins(text: &str, typed: char) -> bool {
    static SOUNDS: OnceLock<PinyinData> = OnceLock::new();
    let Some(first) = text.chars().next() else { return false };
    if first.to_lowercase().next() == Some(typed) {
        return true;
    }
    if first.is_ascii() || !typed.is_ascii_alphabetic() {
        return false;
    }
    let sounds = SOUNDS.get_or_init(|| PinyinData::new(PinyinNotation::AsciiFirstLetter));
    let mut found = false;
    sounds.get_pinyins_and_for_each(first, |reading| {
        let letter = reading.notation(PinyinNotation::AsciiFirstLetter);
        found |= letter.and_then(|letter| letter.chars().next()) == Some(typed);
    });
    found
}

#[cfg(test)]
mod tests;
