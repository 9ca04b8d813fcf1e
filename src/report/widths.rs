//! How wide the columns of a table are: the same for a page of text and for a word processor.

use unicode_width::UnicodeWidthStr;

use super::model::Table;

/// No column is narrower than this, so that two Chinese characters stand side by side.
const LEAST: usize = 4;
/// What needs no more than this stands in one line.
const WHOLE: usize = 8;
/// A word is broken when it is longer than this: an id, an amount.
const LONGEST_WORD: usize = 24;

/// Cells for each column so that together they fill at most `room`. Short columns get what they
/// need, long ones share the rest, and no amount or id is broken while there is room.
pub(super) fn widths(table: &Table, room: usize) -> Vec<usize> {
    fitted(table, room, false)
}

/// The same; `bold` = headings are printed wider than what stands below them.
fn fitted(table: &Table, room: usize, bold: bool) -> Vec<usize> {
    let count = table.columns.len();
    let mut natural = vec![LEAST; count];
    let mut comfortable = vec![LEAST; count];
    let mut least = vec![LEAST; count];
    let titles = table.columns.iter().map(|column| column.title.as_str());
    for (low, column) in least.iter_mut().zip(&table.columns).filter(|_| bold) {
        let word = column.title.split(breaks_after).map(longest_run).max().unwrap_or(0);
        *low = (*low).max((word + usize::from(word > LEAST)).min(LONGEST_WORD));
    }
    let texts =
        table.rows.iter().flat_map(|row| row.iter().map(|said| said.text.as_str()).enumerate());
    for (at, text) in titles.enumerate().chain(texts) {
        let line = text.lines().map(UnicodeWidthStr::width).max().unwrap_or(0);
        let word = text.split(breaks_after).map(longest_run).max().unwrap_or(0);
        if let Some(wide) = natural.get_mut(at) {
            *wide = (*wide).max(line);
        }
        if let Some(low) = least.get_mut(at) {
            *low = (*low).max(word.min(LONGEST_WORD));
        }
        if let Some(short) = comfortable.get_mut(at) {
            *short = (*short).max(line.min(WHOLE));
        }
    }
    if natural.iter().sum::<usize>() <= room {
        return natural;
    }
    let mut given = least;
    // Too many long words for the page: all give way alike.
    while given.iter().sum::<usize>() > room {
        let Some(widest) = given.iter().copied().max().filter(|w| *w > 1) else { break };
        let Some(at) = given.iter().position(|w| *w == widest) else { break };
        if let Some(width) = given.get_mut(at) {
            *width -= 1;
        }
    }
    // First short texts get their one line, then the long ones share what is left.
    fill(&mut given, &comfortable, room);
    fill(&mut given, &natural, room);
    given
}

/// Columns of the shares that the table asks for, on a page where they stand below others of the
/// same shares; otherwise by what stands in them.
pub(super) fn steady(table: &Table, room: usize) -> Vec<usize> {
    let all: usize = table.shares.iter().map(|share| usize::from(*share)).sum();
    if all == 0 || table.shares.len() != table.columns.len() {
        return fitted(table, room, true);
    }
    table.shares.iter().map(|share| (usize::from(*share) * room / all).max(1)).collect()
}

/// Widens columns towards what they want, always the one that would need the most lines.
fn fill(given: &mut [usize], wanted: &[usize], room: usize) {
    while given.iter().sum::<usize>() < room {
        let need = |at: usize| {
            let (want, width) = (wanted.get(at).copied()?, given.get(at).copied()?);
            (want > width).then(|| want * 1_000 / width.max(1))
        };
        let most = (0..given.len()).filter(|at| need(*at).is_some()).max_by_key(|at| need(*at));
        let Some(width) = most.and_then(|at| given.get_mut(at)) else { return };
        *width += 1;
    }
}

fn breaks_after(c: char) -> bool {
    c.is_whitespace() && c != '\u{a0}' || matches!(c, '/' | '，' | '、' | '；' | '：')
}

/// Cells of the longest part that is not broken: Chinese text breaks between any two characters.
fn longest_run(word: &str) -> usize {
    let runs = word.split(|c: char| !c.is_ascii() && c != '\u{a0}');
    runs.map(UnicodeWidthStr::width).max().unwrap_or(0)
}

/// Breaks a text into lines of at most `width` cells, line feeds kept; no closing mark starts a
/// line. An empty text is one empty line.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let options = textwrap::Options::new(width.max(2))
        .word_separator(textwrap::WordSeparator::UnicodeBreakProperties)
        .break_words(true);
    let mut lines = Vec::new();
    for line in text.split('\n') {
        lines.extend(textwrap::wrap(line, &options).into_iter().map(std::borrow::Cow::into_owned));
    }
    if lines.is_empty() {
        lines.push(String::new());
    }
    lines
}
