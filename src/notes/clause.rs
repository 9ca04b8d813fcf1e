//! Sentences and clauses, and whether a word in one is said, denied, over or only supposed. What a
//! sentence or a clause says around its words is worked out once, however many words stand in it.

#[cfg(test)]
use std::cell::Cell;

use super::figure::starts;
use super::{Place, Span, Stand, Turns};

/// How far before a word its denial may stand, in characters.
const REACH: usize = 12;
/// The same in a language with spaces.
const REACH_SPACED: usize = 28;
/// How far before what says that it is over, or was seen, the denial of that may stand: 至今没有完全恢复正常.
const REACH_AFFIRMED: usize = 6;
/// The same in a language with spaces: has not yet been released.
const REACH_AFFIRMED_SPACED: usize = 20;

// Characters that were looked at: a test counts them.
#[cfg(test)]
thread_local!(pub(super) static WORK: Cell<usize> = const { Cell::new(0) });

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

/// Writes words as they are compared.
pub(super) fn make_plain(words: &mut Vec<String>) {
    for word in words.iter_mut() {
        *word = word.chars().map(plain).collect();
    }
    words.retain(|word| !word.is_empty());
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

/// Behind a word that begins here; the word is written as it is compared.
pub(super) fn word_at(chars: &[char], at: usize, word: &str) -> Option<usize> {
    let end = || at + word.chars().count();
    let stands = starts(chars, at, word) && may_begin(chars, at) && may_end(chars, end());
    stands.then(end)
}

/// Where these words begin and end in a part of a text; what stands beside the part counts for
/// whether a word can begin or end there.
fn hits<'a>(
    chars: &'a [char],
    (from, to): (usize, usize),
    words: &'a [String],
) -> impl Iterator<Item = (usize, usize)> + 'a {
    (from..to).flat_map(move |at| {
        #[cfg(test)]
        WORK.set(WORK.get() + 1);
        let ends = words.iter().filter_map(move |word| word_at(chars, at, word));
        ends.filter(move |end| *end <= to).map(move |end| (at, end))
    })
}

/// Whether any of these words stands in a part of a text.
pub(super) fn any(chars: &[char], part: (usize, usize), words: &[String]) -> bool {
    hits(chars, part, words).next().is_some()
}

/// Whether a part of a text denies what follows. What is denied twice is said: 不是没有停产.
fn denies(turns: &Turns, chars: &[char], part: (usize, usize)) -> bool {
    let twice: Vec<_> = hits(chars, part, &turns.twice).collect();
    hits(chars, part, &turns.before)
        .any(|(at, end)| !twice.iter().any(|(from, to)| at < *to && *from < end))
}

/// Where these words stand in a sentence and are not denied themselves, in their own clause and just
/// before them: 未恢复生产 is no end of it, 未经核实 is no finding.
fn affirmed<'a>(
    turns: &'a Turns,
    chars: &'a [char],
    sentence: (usize, usize),
    words: &'a [String],
) -> impl Iterator<Item = usize> + 'a {
    let stands = move |at: usize| {
        let spaced = chars.get(at).is_some_and(char::is_ascii_alphanumeric);
        let reach = if spaced { REACH_AFFIRMED_SPACED } else { REACH_AFFIRMED };
        let first = at.saturating_sub(reach).max(sentence.0);
        let clause = clauses(chars, (first, at)).last().copied();
        // Nothing lies between it and a mark, or the beginning.
        clause.filter(|(_, to)| *to == at).is_none_or(|clause| !denies(turns, chars, clause))
    };
    hits(chars, sentence, words).map(|(at, _)| at).filter(move |at| stands(*at))
}

/// What a sentence says around its words.
pub(super) struct Told {
    /// Where it says for the last time that something is over, if it tells of former times or of what
    /// others say.
    over: Option<usize>,
    /// Behind the first word of hearsay, unless somebody says that it was seen.
    hearsay: Option<usize>,
}

impl Told {
    fn of(turns: &Turns, place: &Place<'_>) -> Self {
        let (chars, sentence) = (place.chars, place.sentence);
        let heard = hits(chars, sentence, &turns.hearsay).map(|(_, end)| end).min();
        let past = heard.is_some() || any(chars, sentence, &turns.once);
        let over = || affirmed(turns, chars, sentence, &turns.over).max();
        let seen = || affirmed(turns, chars, sentence, &turns.seen).next().is_some();
        Self { over: past.then(over).flatten(), hearsay: heard.filter(|_| !seen()) }
    }
}

/// What a clause says around its words.
pub(super) struct Turned {
    /// Behind the first word that only supposes.
    maybe: Option<usize>,
    /// Where the last word stands that denies what was said before it.
    after: Option<usize>,
}

impl Turned {
    fn of(turns: &Turns, place: &Place<'_>) -> Self {
        let (chars, clause) = (place.chars, place.clause);
        Self {
            maybe: hits(chars, clause, &turns.maybe).map(|(_, end)| end).min(),
            after: hits(chars, clause, &turns.after).map(|(at, _)| at).max(),
        }
    }
}

/// How words stand in their clause.
pub(super) fn stand(turns: &Turns, place: &Place<'_>, span: &Span) -> Stand {
    let (chars, (from, to)) = (place.chars, place.clause);
    let spaced = chars.get(span.start).is_some_and(char::is_ascii_alphanumeric);
    let reach = if spaced { REACH_SPACED } else { REACH };
    let near = (from.max(span.start.saturating_sub(reach)), span.start);
    let between = (span.behind, span.then);
    let asked =
        matches!(chars.get(to), Some('？' | '?')) || chars.get(to.saturating_sub(1)) == Some(&'吗');
    let turned = place.turned.get_or_init(|| Turned::of(turns, place));
    // The sentence around tells of former times or of what others say, and then that it is over.
    let told = || place.told.get_or_init(|| Told::of(turns, place));
    let stands_behind = |at: Option<usize>| at.is_some_and(|at| at >= span.end);
    if asked
        || turned.maybe.is_some_and(|end| end <= span.start)
        || any(chars, between, &turns.maybe)
    {
        Stand::Supposed
    } else if denies(turns, chars, near)
        || denies(turns, chars, between)
        || stands_behind(turned.after)
        || stands_behind(told().over)
    {
        Stand::Denied
    } else if told().hearsay.is_some_and(|end| end <= to) {
        Stand::Hearsay
    } else {
        Stand::Said
    }
}
