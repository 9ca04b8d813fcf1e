//! Narrowing a list of options by typing: by a part of the name, its pinyin or initials, or the
//! beginning of the code.

use ib_matcher::matcher::{IbMatcher, PinyinMatchConfig};
use ib_matcher::pinyin::PinyinNotation;

/// What has been typed so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Narrow(String);

impl Narrow {
    /// What has been typed.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// Takes a character, if an option of the list fits then.
    pub fn push(&mut self, typed: char, options: &[(&str, &str)]) -> bool {
        self.0.extend(typed.to_lowercase());
        let fits = !self.fitting(options).is_empty();
        if !fits {
            self.0.pop();
        }
        fits
    }

    /// Takes the last character back; `false` = there is none.
    pub fn back(&mut self) -> bool {
        self.0.pop().is_some()
    }

    /// Forgets everything; `false` = nothing was typed.
    pub fn clear(&mut self) -> bool {
        let typed = !self.0.is_empty();
        self.0.clear();
        typed
    }

    /// Places of the options, each a code and a name, that fit.
    pub fn fitting(&self, options: &[(&str, &str)]) -> Vec<usize> {
        let all = options.iter().enumerate();
        if self.0.is_empty() {
            return all.map(|(place, _)| place).collect();
        }
        let matcher = matcher(&self.0);
        let fits = |code: &str, name: &str| {
            matcher.is_match(name) || code.to_lowercase().starts_with(&self.0)
        };
        all.filter(|(_, (code, name))| fits(code, name)).map(|(place, _)| place).collect()
    }

    /// The fitting option after or before one; the nearest end where there is none.
    pub fn step(&self, options: &[(&str, &str)], at: usize, forward: bool) -> usize {
        let fitting = self.fitting(options);
        let next = if forward {
            fitting.iter().find(|place| **place > at).or(fitting.last())
        } else {
            fitting.iter().rfind(|place| **place < at).or(fitting.first())
        };
        next.copied().unwrap_or(at)
    }

    /// An option that fits: this one if it does, otherwise the first.
    pub fn nearest(&self, options: &[(&str, &str)], at: usize) -> usize {
        let fitting = self.fitting(options);
        if fitting.contains(&at) { at } else { fitting.first().copied().unwrap_or(at) }
    }
}

/// Finds a part of a name, its pinyin or initials.
fn matcher(typed: &str) -> IbMatcher<'_> {
    IbMatcher::builder(typed)
        .pinyin(PinyinMatchConfig::notations(
            PinyinNotation::Ascii | PinyinNotation::AsciiFirstLetter,
        ))
        .is_pattern_partial(true)
        .build()
}

/// Places of the names that have what was typed: a part of the name, its pinyin or initials.
pub fn named(typed: &str, names: &[Option<String>]) -> Vec<usize> {
    let typed = typed.trim().to_lowercase();
    let matcher = matcher(&typed);
    let has = |name: &Option<String>| {
        name.as_ref().is_some_and(|name| matcher.is_match(name.to_lowercase().as_str()))
    };
    let all = names.iter().enumerate();
    all.filter(|(_, name)| has(name)).map(|(place, _)| place).collect()
}

/// The place after this one among those that were found, round and round, with how many lie before it:
/// the first where none is in view.
pub fn onward(found: &[usize], here: Option<usize>) -> Option<(usize, usize)> {
    let next = found.iter().position(|place| here.is_none_or(|here| *place > here)).unwrap_or(0);
    found.get(next).map(|place| (next, *place))
}

#[cfg(test)]
mod tests;
