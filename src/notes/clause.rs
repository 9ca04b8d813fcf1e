//! Clauses, and whether a word in one is said, denied or only supposed.

use super::{Stand, Turns};

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

/// Spans between marks that end a thought.
pub(super) fn clauses(chars: &[char]) -> Vec<(usize, usize)> {
    let mut spans = Vec::new();
    let mut from = 0;
    for (at, c) in chars.iter().enumerate() {
        let inside_number = *c == ','
            && chars.get(at + 1).is_some_and(char::is_ascii_digit)
            && at > 0
            && chars.get(at - 1).is_some_and(char::is_ascii_digit);
        let point = *c == '.' && chars.get(at + 1).is_some_and(|next| !next.is_whitespace());
        if "，。；！？,;!?.\n…".contains(*c) && !inside_number && !point {
            spans.push((from, at));
            from = at + 1;
        }
    }
    spans.push((from, chars.len()));
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

/// How a word stands in its clause.
pub(super) fn stand(
    turns: &Turns,
    chars: &[char],
    (from, to): (usize, usize),
    (start, end): (usize, usize),
) -> Stand {
    let spaced = chars.get(start).is_some_and(char::is_ascii_alphanumeric);
    let reach = if spaced { REACH_SPACED } else { REACH };
    let near = chars.get(from.max(start.saturating_sub(reach))..start).unwrap_or_default();
    let whole = chars.get(from..start).unwrap_or_default();
    let behind = chars.get(end..to).unwrap_or_default();
    if turns.maybe.iter().any(|word| has(whole, word)) {
        Stand::Supposed
    } else if turns.before.iter().any(|word| has(near, word))
        || turns.after.iter().any(|word| has(behind, word))
    {
        Stand::Denied
    } else {
        Stand::Said
    }
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
