//! Texts in cells: cut on a cell boundary, padded, aligned. Never measured in bytes or characters.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How many cells a text needs.
pub fn cells(text: &str) -> usize {
    text.width()
}

/// The longest beginning that fits in `max` cells, with the cells it takes.
fn head(text: &str, max: usize) -> (String, usize) {
    let mut out = String::new();
    let mut used = 0;
    for c in text.chars() {
        let width = c.width().unwrap_or(0);
        if used + width > max {
            break;
        }
        used += width;
        out.push(c);
    }
    (out, used)
}

/// Cuts to `max` cells; `mark` (one cell: `…` or `~`) says that something is missing.
pub fn cut(text: &str, max: usize, mark: &str) -> String {
    if cells(text) <= max {
        return text.to_owned();
    }
    let (mut out, _) = head(text, max.saturating_sub(cells(mark)));
    if max >= cells(mark) {
        out.push_str(mark);
    }
    out
}

/// Cuts or pads on the right to exactly `width` cells: a column of texts.
pub fn fit(text: &str, width: usize, mark: &str) -> String {
    let mut out = cut(text, width, mark);
    let used = cells(&out);
    out.extend(std::iter::repeat_n(' ', width.saturating_sub(used)));
    out
}

/// Cuts or pads on the left to exactly `width` cells: a column of figures.
pub fn fit_right(text: &str, width: usize, mark: &str) -> String {
    let text = cut(text, width, mark);
    let used = cells(&text);
    let mut out: String = std::iter::repeat_n(' ', width.saturating_sub(used)).collect();
    out.push_str(&text);
    out
}

/// Cuts in the middle, so that names that differ at their end can be told apart:
/// `北京中鼎…分公司`.
pub fn cut_middle(text: &str, max: usize, mark: &str) -> String {
    let (total, marks) = (cells(text), cells(mark));
    if total <= max || max < marks + 4 {
        return cut(text, max, mark);
    }
    let tail_room = (max - marks) / 3;
    let mut tail: Vec<char> = Vec::new();
    let mut used = 0;
    for c in text.chars().rev() {
        let width = c.width().unwrap_or(0);
        if used + width > tail_room {
            break;
        }
        used += width;
        tail.push(c);
    }
    let (mut out, _) = head(text, max - marks - used);
    out.push_str(mark);
    out.extend(tail.into_iter().rev());
    out
}

/// Breaks a text into lines of at most `width` cells; no closing mark starts a line.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let options = textwrap::Options::new(width.max(2))
        .word_separator(textwrap::WordSeparator::UnicodeBreakProperties)
        .break_words(true);
    textwrap::wrap(text, options).into_iter().map(std::borrow::Cow::into_owned).collect()
}

#[cfg(test)]
mod tests;
