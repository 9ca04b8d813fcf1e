//! Words in a text: how characters are compared, where a word can begin and end, and where words stand.

#[cfg(test)]
use std::cell::Cell;

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

/// Whether a letter or a digit of a language with spaces stands here.
pub(super) fn spaced(chars: &[char], at: usize) -> bool {
    chars.get(at).is_some_and(char::is_ascii_alphanumeric)
}

/// Latin words begin and end between letters and something else; Chinese ones anywhere.
pub(super) fn may_begin(chars: &[char], at: usize) -> bool {
    !spaced(chars, at) || at == 0 || !spaced(chars, at - 1)
}

pub(super) fn may_end(chars: &[char], end: usize) -> bool {
    end == 0 || !spaced(chars, end - 1) || !spaced(chars, end)
}

/// Whether these characters stand here, wherever a word begins.
pub(super) fn starts(chars: &[char], at: usize, word: &str) -> bool {
    word.chars().enumerate().all(|(n, c)| chars.get(at + n) == Some(&c))
}

/// Behind a word that begins here; the word is written as it is compared.
pub(super) fn word_at(chars: &[char], at: usize, word: &str) -> Option<usize> {
    let end = || at + word.chars().count();
    let stands = starts(chars, at, word) && may_begin(chars, at) && may_end(chars, end());
    stands.then(end)
}

/// Where these words begin and end in a part of a text; what stands beside the part counts for
/// whether a word can begin or end there.
pub(super) fn hits<'a>(
    chars: &'a [char],
    (from, to): (usize, usize),
    words: &'a [String],
) -> impl Iterator<Item = (usize, usize)> + 'a {
    (from..to).flat_map(move |at| {
        look();
        let ends = words.iter().filter_map(move |word| word_at(chars, at, word));
        ends.filter(move |end| *end <= to).map(move |end| (at, end))
    })
}

/// Whether any of these words stands in a part of a text.
pub(super) fn any(chars: &[char], part: (usize, usize), words: &[String]) -> bool {
    hits(chars, part, words).next().is_some()
}

/// A test counts what was looked at.
pub(super) fn look() {
    #[cfg(test)]
    WORK.set(WORK.get() + 1);
}
