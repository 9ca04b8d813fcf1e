//! Sentences and clauses, and whether a word in one is said, denied, over or only supposed.

use super::{Place, Span, Stand, Turns};

/// How far before a word its denial may stand, in characters.
const REACH: usize = 12;
/// The same in a language with spaces.
const REACH_SPACED: usize = 28;

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
    let reach = if spaced { REACH_SPACED } else { REACH };
    // What is denied twice is said: 不是没有停产.
    let near = without(part(from.max(span.start.saturating_sub(reach)), span.start), &turns.twice);
    let between = without(part(span.behind, span.then), &turns.twice);
    let asked = matches!(chars.get(to), Some('？' | '?')) || part(from, to).ends_with(&['吗']);
    // The sentence around tells of former times or of what others say, and then that it is over.
    let (first, last) = place.sentence;
    let told = part(first, to);
    let is_over = || {
        any(&turns.over, part(span.end, last))
            && (any(&turns.once, told) || any(&turns.hearsay, told))
    };
    if asked || any(&turns.maybe, part(from, span.start)) || any(&turns.maybe, &between) {
        Stand::Supposed
    } else if any(&turns.before, &near)
        || any(&turns.before, &between)
        || any(&turns.after, part(span.end, to))
        || is_over()
    {
        Stand::Denied
    } else if is_hearsay(turns, place) {
        Stand::Hearsay
    } else {
        Stand::Said
    }
}

/// Whether somebody only told of it: 听说 in its clause or before it in the sentence, and nobody says
/// that it was seen.
fn is_hearsay(turns: &Turns, place: &Place<'_>) -> bool {
    let (chars, (first, last)) = (place.chars, place.sentence);
    let part = |from: usize, to: usize| chars.get(from..to).unwrap_or_default();
    let any = |words: &[String], chars: &[char]| words.iter().any(|word| has(chars, word));
    any(&turns.hearsay, part(first, place.clause.1)) && !any(&turns.seen, part(first, last))
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
