//! Choosing an option by typing: its number, or how its name or code begins.

use std::sync::OnceLock;

use ib_matcher::pinyin::{PinyinData, PinyinNotation};

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
