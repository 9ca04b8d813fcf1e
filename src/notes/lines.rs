//! Lines of a text: where one was only wrapped, the sentence goes on in the next. What people jot down
//! has a thing on each line and often no mark at its end, so a line counts as wrapped only where
//! something tells it.

use super::Turns;
use super::words::{hits, plain};

/// Marks at which a sentence may go on.
const GOES_ON: &str = "，、,";
/// Marks at which it ends.
const ENDS: &str = "。！？!?.；;：:…";
/// What a line of a list begins with.
const ITEMS: &str = "-–—•·*●○■□▪(（①②③④⑤⑥⑦⑧⑨";
/// Behind a number they make it one of a list.
const NUMBERED: &str = ".．、)）";
/// Columns of a line that is full: shorter ones were hardly wrapped by a program.
const FULL: usize = 60;
/// Columns that a full line may be short of the longest.
const SHORT: usize = 3;

/// A text as it is compared, wrapped lines joined, with the place of each of its characters in the text.
pub(super) fn read(turns: &Turns, text: &str) -> (Vec<char>, Vec<usize>) {
    let all: Vec<char> = text.chars().map(plain).collect();
    if !all.contains(&'\n') {
        let places = (0..all.len()).collect();
        return (all, places);
    }
    let lines = lines(&all);
    let widths: Vec<usize> = lines.iter().map(|line| width(part(&all, *line))).collect();
    let longest = widths.iter().copied().max().unwrap_or(0);
    let is_full = |width: &usize| *width >= FULL && *width + SHORT >= longest;
    // One long line alone tells no margin.
    let margin = widths.iter().filter(|width| is_full(width)).count() > 1;
    let (mut chars, mut places) = (Vec::new(), Vec::new());
    let mut goes_on = false;
    for (n, (line, width)) in lines.iter().zip(&widths).enumerate() {
        let (from, mut to) = *line;
        let mut from = from;
        if goes_on {
            // What was joined has no blanks between wide characters.
            from += part(&all, *line).iter().take_while(|c| c.is_whitespace()).count();
            let before = chars.last().is_some_and(|c| is_wide(*c));
            if !(before && all.get(from).is_some_and(|c| is_wide(*c))) {
                chars.push(' ');
                places.push(line.0.saturating_sub(1));
            }
        }
        let next = lines.get(n + 1).map(|next| part(&all, *next));
        goes_on = next
            .is_some_and(|next| wraps(turns, part(&all, *line), next, margin && is_full(width)));
        if goes_on {
            to -= part(&all, *line).iter().rev().take_while(|c| c.is_whitespace()).count();
        }
        for at in from..to {
            chars.extend(all.get(at));
            places.push(at);
        }
        if let Some(mark) = all.get(line.1).filter(|_| !goes_on) {
            chars.push(*mark);
            places.push(line.1);
        }
    }
    (chars, places)
}

/// Puts a line behind what was said in the same breath.
pub(super) fn join(text: &mut String, line: &str) {
    let wide = |c: Option<char>| c.is_some_and(is_wide);
    let runs_on = wide(text.chars().last()) && wide(line.chars().next());
    if !text.is_empty() && !runs_on {
        text.push(' ');
    }
    text.push_str(line);
}

/// Whether somebody speaks who did not speak in the line before.
pub(super) fn is_turn(line: &str) -> bool {
    line.starts_with(['-', '–', '—'])
}

/// Whether a text breaks off behind a denial: 我们从来没有. An answer (有没有？没有; 涉诉：无) does not.
pub(super) fn breaks_off(turns: &Turns, line: &[char]) -> bool {
    let end = line.len() - line.iter().rev().take_while(|c| c.is_whitespace()).count();
    let goes_on = |(at, to): (usize, usize)| {
        let before = at.checked_sub(1).and_then(|at| line.get(at));
        // 无 alone is an answer, as is what stands by itself.
        to == end
            && line.get(at).is_some_and(|c| is_wide(*c) && *c != '无')
            && before.is_some_and(|c| c.is_alphanumeric())
    };
    // The longest denial is not as long as this.
    let tail = end.saturating_sub(8);
    let mut all = hits(line, (tail, end), &turns.before);
    let twice = || hits(line, (tail, end), &turns.twice).any(|(_, to)| to == end);
    all.any(goes_on) && !twice()
}

fn wraps(turns: &Turns, line: &[char], next: &[char], full: bool) -> bool {
    let last = line.iter().rev().find(|c| !c.is_whitespace());
    let Some(first) = next.iter().position(|c| !c.is_whitespace()) else { return false };
    let Some(last) = last.filter(|c| !ENDS.contains(**c)) else { return false };
    let next = next.get(first..).unwrap_or_default();
    if is_item(next) {
        return false;
    }
    full || GOES_ON.contains(*last) || breaks_off(turns, line)
}

/// Whether a line begins an item of a list.
fn is_item(line: &[char]) -> bool {
    let numeral = |c: &&char| c.is_ascii_digit() || "一二三四五六七八九十".contains(**c);
    let number = line.iter().take_while(numeral).count();
    let numbered = number > 0 && line.get(number).is_some_and(|c| NUMBERED.contains(*c));
    numbered || line.first().is_some_and(|c| ITEMS.contains(*c))
}

fn lines(chars: &[char]) -> Vec<(usize, usize)> {
    let mut lines = Vec::new();
    let mut from = 0;
    for (at, c) in chars.iter().enumerate() {
        if *c == '\n' {
            lines.push((from, at));
            from = at + 1;
        }
    }
    lines.push((from, chars.len()));
    lines
}

fn part(chars: &[char], (from, to): (usize, usize)) -> &[char] {
    chars.get(from..to).unwrap_or_default()
}

/// Whether words of its script stand without blanks.
fn is_wide(c: char) -> bool {
    u32::from(c) >= 0x2E80
}

fn width(line: &[char]) -> usize {
    line.iter().map(|c| if is_wide(*c) { 2 } else { 1 }).sum()
}
