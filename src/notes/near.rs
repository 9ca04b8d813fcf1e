//! Two words near each other that stand for one thing: 订单 … 掉到, wages … still owed. What lies
//! between them is free, but for a mark that ends the thought.

use std::collections::BTreeMap;

use super::clause::{may_begin, may_end, plain};
use super::{Sense, Span, Twice};

/// How far apart the two may stand, in characters.
const GAP: usize = 12;
/// The same in a language with spaces.
const GAP_SPACED: usize = 24;

/// Pairs of words with what they stand for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Pairs {
    /// By the first word, what may follow it.
    by_first: BTreeMap<Vec<char>, Vec<(Vec<char>, Sense)>>,
    longest: usize,
}

/// How a pair is told to whoever writes the pack.
pub fn pair(first: &str, then: &str) -> String {
    format!("{first} … {then}")
}

/// A pair that stands in a text.
pub(super) struct Pair<'a> {
    pub(super) sense: &'a Sense,
    pub(super) span: Span,
}

impl Pairs {
    /// Takes a pair in; one that stands twice is a fault.
    pub(super) fn take(&mut self, first: &str, then: &str, sense: Sense) -> Result<(), Twice> {
        let chars = |word: &str| word.chars().map(plain).collect::<Vec<char>>();
        let (key, follower) = (chars(first), chars(then));
        self.longest = self.longest.max(key.len());
        let followers = self.by_first.entry(key).or_default();
        if followers.iter().any(|(known, _)| *known == follower) {
            return Err(Twice(pair(first, then)));
        }
        followers.push((follower, sense));
        Ok(())
    }

    /// The pair that begins here: of the longest first word the follower that comes soonest, the
    /// longer one of two.
    pub(super) fn at(&self, chars: &[char], at: usize, to: usize) -> Option<Pair<'_>> {
        if !may_begin(chars, at) {
            return None;
        }
        let most = (at + self.longest).min(to);
        (at + 1..=most).rev().find_map(|behind| {
            let followers = self.by_first.get(chars.get(at..behind)?)?;
            if !may_end(chars, behind) {
                return None;
            }
            let spaced = chars.get(at).is_some_and(char::is_ascii_alphanumeric);
            let last = behind + if spaced { GAP_SPACED } else { GAP };
            (behind..=last.min(to)).find_map(|then| {
                let fits = |word: &&(Vec<char>, Sense)| {
                    let end = then + word.0.len();
                    end <= to
                        && chars.get(then..end) == Some(word.0.as_slice())
                        && may_begin(chars, then)
                        && may_end(chars, end)
                };
                let longest = followers.iter().filter(fits).max_by_key(|(word, _)| word.len());
                longest.map(|(word, sense)| {
                    let span = Span { start: at, behind, then, end: then + word.len() };
                    Pair { sense, span }
                })
            })
        })
    }
}
