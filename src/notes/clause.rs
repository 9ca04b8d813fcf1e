//! Sentences and clauses, and whether a word in one is said, denied, over or only supposed.

use super::{Place, Span, Stand, Turns};

/// How far before a word its denial may stand, in characters.
const REACH: usize = 12;
/// The same in a language with spaces.
const REACH_SPACED: usize = 28;
/// The same before the words of a far rule.
const REACH_FAR: usize = 4;
/// How far before the last word of a far rule its denial may stand.
const REACH_BETWEEN: usize = 4;
/// The same in a language with spaces.
const REACH_BETWEEN_SPACED: usize = 12;

/// A character as it is compared: small, half-width.
pub(super) fn plain(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{FF01}'..='\u{FF5E}' => {
            // The full-width forms stand in the order of ASCII; marks of a sentence stay.
            if "，；：！？".contains(c) {
                return c;
            }
            char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c).to_ascii_lowercase()
        }
        _ => c.to_ascii_lowercase(),
    }
}

/// Spans between marks that end a sentence.
pub(super) fn sentences(chars: &[char]) -> Vec<(usize, usize)> {
    parts(chars, (0, chars.len()), "。！？!?.\n…")
}

/// Spans of a sentence between marks that end a thought.
pub(super) fn clauses(chars: &[char], sentence: (usize, usize)) -> Vec<(usize, usize)> {
    parts(chars, sentence, "，；,;")
}

fn parts(chars: &[char], (begin, end): (usize, usize), marks: &str) -> Vec<(usize, usize)> {
    let mut spans = Vec::new();
    let mut from = begin;
    for at in begin..end {
        let Some(c) = chars.get(at) else { break };
        let inside_number = *c == ','
            && chars.get(at + 1).is_some_and(char::is_ascii_digit)
            && at > 0
            && chars.get(at - 1).is_some_and(char::is_ascii_digit);
        let point = *c == '.' && chars.get(at + 1).is_some_and(|next| !next.is_whitespace());
        if marks.contains(*c) && !inside_number && !point {
            spans.push((from, at));
            from = at + 1;
        }
    }
    spans.push((from, end));
    spans.retain(|(from, to)| from < to);
    spans
}

/// Latin words begin and end between letters and something else; Chinese ones anywhere.
pub(super) fn may_begin(chars: &[char], at: usize) -> bool {
    let letter = |c: Option<&char>| c.is_some_and(char::is_ascii_alphanumeric);
    !letter(chars.get(at)) || at == 0 || !letter(chars.get(at - 1))
}

pub(super) fn may_end(chars: &[char], end: usize) -> bool {
    let letter = |c: Option<&char>| c.is_some_and(char::is_ascii_alphanumeric);
    end == 0 || !letter(chars.get(end - 1)) || !letter(chars.get(end))
}

/// How words stand in their clause.
pub(super) fn stand(turns: &Turns, place: &Place<'_>, span: &Span) -> Stand {
    let (chars, (from, to)) = (place.chars, place.clause);
    let part = |from: usize, to: usize| chars.get(from..to).unwrap_or_default();
    let any = |words: &[String], chars: &[char]| words.iter().any(|word| has(chars, word));
    let spaced = chars.get(span.start).is_some_and(char::is_ascii_alphanumeric);
    let reach = match (spaced, span.far) {
        (true, _) => REACH_SPACED,
        (false, true) => REACH_FAR,
        (false, false) => REACH,
    };
    // What is denied twice is said: 不是没有停产.
    let near = without(part(from.max(span.start.saturating_sub(reach)), span.start), &turns.twice);
    let lies = match (span.far, spaced) {
        (false, _) => 0,
        (true, false) => span.then.saturating_sub(REACH_BETWEEN),
        (true, true) => span.then.saturating_sub(REACH_BETWEEN_SPACED),
    };
    let between = without(part(span.behind.max(lies), span.then), &turns.twice);
    let turned = turned(turns, place, span);
    if turned == Some(Stand::Supposed) || any(&turns.maybe, &between) {
        Stand::Supposed
    } else if any(&turns.before, &near)
        || any(&turns.before, &between)
        || any(&turns.after, part(span.end, to))
    {
        Stand::Denied
    } else {
        turned.unwrap_or(Stand::Said)
    }
}

/// How words stand by what else their clause and sentence tell, whatever denies them: asked, over,
/// somebody else's, hearsay.
pub(super) fn turned(turns: &Turns, place: &Place<'_>, span: &Span) -> Option<Stand> {
    let (chars, (from, to)) = (place.chars, place.clause);
    let part = |from: usize, to: usize| chars.get(from..to).unwrap_or_default();
    let any = |words: &[String], chars: &[char]| words.iter().any(|word| has(chars, word));
    let asked = matches!(chars.get(to), Some('？' | '?')) || part(from, to).ends_with(&['吗']);
    // The sentence around tells of former times or of what others say, and then that it is over.
    let (first, last) = place.sentence;
    let told = part(first, to);
    let is_over = || {
        any(&turns.over, part(span.end, last))
            && (any(&turns.once, told) || any(&turns.hearsay, told))
    };
    let before = part(first, span.start);
    if asked || any(&turns.maybe, part(from, span.start)) || any(&turns.wide, before) {
        Some(Stand::Supposed)
    } else if is_over() || any(&turns.settled, part(span.end, last)) || of_others(turns, before) {
        Some(Stand::Denied)
    } else {
        is_hearsay(turns, place).then_some(Stand::Hearsay)
    }
}

/// Whether what stands before tells of somebody else and then no more of the customer.
fn of_others(turns: &Turns, before: &[char]) -> bool {
    let last = |words: &[String]| {
        let ends = words.iter().filter_map(|word| {
            let word: Vec<char> = word.chars().map(plain).collect();
            let begins = |at: usize, part: &[char]| {
                part == word && may_begin(before, at) && may_end(before, at + word.len())
            };
            let mut parts = before.windows(word.len().max(1)).enumerate().rev();
            parts.find_map(|(at, part)| begins(at, part).then_some(at))
        });
        ends.max()
    };
    last(&turns.others).is_some_and(|at| last(&turns.own).is_none_or(|own| own < at))
}

/// Whether somebody only told of it: 听说 in its clause or before it in the sentence, or 没处核 behind
/// it, and nobody says that it was seen.
fn is_hearsay(turns: &Turns, place: &Place<'_>) -> bool {
    let (chars, (first, last)) = (place.chars, place.sentence);
    let part = |from: usize, to: usize| chars.get(from..to).unwrap_or_default();
    let any = |words: &[String], chars: &[char]| words.iter().any(|word| has(chars, word));
    let told = any(&turns.hearsay, part(first, place.clause.1));
    (told || any(&turns.unseen, part(first, last))) && !any(&turns.seen, part(first, last))
}

/// Whether a sentence takes back the one before: what others told, or also what is said, where the
/// sentence tells that somebody looked.
pub(super) fn takes_back(turns: &Turns, sentence: &[char]) -> Option<Stand> {
    let any = |words: &[String]| words.iter().any(|word| has(sentence, word));
    let looked = || if any(&turns.seen) { Stand::Said } else { Stand::Hearsay };
    any(&turns.back).then(looked)
}

/// The characters with these words blotted out.
fn without(chars: &[char], words: &[String]) -> Vec<char> {
    let mut left = chars.to_vec();
    for word in words {
        let word: Vec<char> = word.chars().map(plain).collect();
        for at in 0..left.len() {
            let end = at + word.len();
            if !word.is_empty() && left.get(at..end) == Some(word.as_slice()) {
                left.get_mut(at..end).unwrap_or_default().fill('\0');
            }
        }
    }
    left
}

fn has(chars: &[char], word: &str) -> bool {
    let word: Vec<char> = word.chars().map(plain).collect();
    if word.is_empty() {
        return false;
    }
    chars.windows(word.len()).enumerate().any(|(at, window)| {
        window == word && may_begin(chars, at) && may_end(chars, at + word.len())
    })
}
