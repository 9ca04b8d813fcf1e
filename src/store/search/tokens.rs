//! What a name and an id become in the index, and what is asked of it.
//!
//! One kind of token each, told apart by its first letter, which no syllable begins with:
//! `北京` a pair of characters (the last one alone), `u北京` the pair at the start; `ibj` a pair of
//! initials (all readings), `ubj` the pair at the start; `bei` a syllable; `v138` three characters
//! of an id or phone; `0…` the officer. Every name that a pattern matches has all tokens of one of
//! the pattern's readings, so the index only sieves; what is a match is decided by [`super::matching`].

use std::collections::BTreeSet;
use std::sync::OnceLock;

use ib_matcher::pinyin::{PinyinData, PinyinNotation};

/// Initials of a character that are indexed at the most; the rarest heteronyms have six readings.
const INITIALS: usize = 4;
/// Ways to read a run of letters that are asked for.
const READINGS: usize = 4;
/// How much dearer than the best way another one may be: two more steps.
const DEARER: u32 = 24;
/// From this length on only the best ways are asked for: a long pattern says enough by itself.
const LONG: usize = 8;

/// Pinyin of all characters; built at the first use.
pub(super) fn pinyin() -> &'static PinyinData {
    static DATA: OnceLock<PinyinData> = OnceLock::new();
    DATA.get_or_init(|| PinyinData::new(PinyinNotation::Ascii | PinyinNotation::AsciiFirstLetter))
}

/// All syllables, in order.
fn syllables() -> &'static [String] {
    static ALL: OnceLock<Vec<String>> = OnceLock::new();
    ALL.get_or_init(|| {
        let all: BTreeSet<String> = pinyin()
            .iter()
            .filter_map(|p| p.notation(PinyinNotation::Ascii))
            .map(str::to_owned)
            .collect();
        all.into_iter().collect()
    })
}

fn is_syllable(text: &str) -> bool {
    syllables().binary_search_by(|s| s.as_str().cmp(text)).is_ok()
}

fn begins_syllable(text: &str) -> bool {
    let at = syllables().partition_point(|s| s.as_str() < text);
    syllables().get(at).is_some_and(|s| s.starts_with(text))
}

/// A text as it is compared: letters and digits only, lower case, half width.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Folded {
    /// The text.
    pub(crate) text: String,
    /// Per character: where it starts in `text`, and its bytes in the original.
    places: Vec<(usize, usize, usize)>,
}

impl Folded {
    /// Folds a text.
    pub(crate) fn of(original: &str) -> Self {
        let mut folded = Self::default();
        for (at, c) in original.char_indices() {
            for c in half_width(c).to_lowercase().filter(|c| c.is_alphanumeric()) {
                folded.places.push((folded.text.len(), at, at + char_len(original, at)));
                folded.text.push(c);
            }
        }
        folded
    }

    /// Bytes of the original that a byte range of the folded text came from.
    pub(crate) fn original(&self, from: usize, to: usize) -> Option<(usize, usize)> {
        let first = self.places.iter().find(|place| place.0 >= from)?;
        let last = self.places.iter().rev().find(|place| place.0 < to)?;
        Some((first.1, last.2))
    }
}

fn char_len(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
}

/// A full-width character in half width.
pub(in crate::store) fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        other => other,
    }
}

/// A character as the index sees it.
struct Seen {
    c: char,
    initials: Vec<char>,
}

fn seen(c: char, syllables: Option<&mut BTreeSet<String>>) -> Seen {
    let mut initials = Vec::new();
    if c.is_ascii() {
        initials.push(c);
        return Seen { c, initials };
    }
    let mut all = syllables;
    pinyin().get_pinyins_and_for_each(c, |reading| {
        let Some(text) = reading.notation(PinyinNotation::Ascii) else { return };
        let Some(initial) = text.chars().next() else { return };
        if !initials.contains(&initial) && initials.len() < INITIALS {
            initials.push(initial);
        }
        if let Some(all) = all.as_deref_mut()
            && text.len() > 1
            && !all.contains(text)
        {
            all.insert(text.to_owned());
        }
    });
    Seen { c, initials }
}

/// The tokens of one customer, parted by blanks.
pub(crate) fn tokens_of(name: &str, officer: &str, ids: &[String]) -> String {
    let mut tokens = BTreeSet::new();
    tokens.insert(officer_token(officer));
    name_tokens(name, &mut tokens);
    for id in ids {
        id_tokens(id, &mut tokens);
    }
    tokens.into_iter().collect::<Vec<_>>().join(" ")
}

fn name_tokens(name: &str, tokens: &mut BTreeSet<String>) {
    let chars: Vec<Seen> = Folded::of(name).text.chars().map(|c| seen(c, Some(tokens))).collect();
    for (i, this) in chars.iter().enumerate() {
        let next = chars.get(i + 1);
        for mark in ["i", "u"].into_iter().take(if i == 0 { 2 } else { 1 }) {
            for a in &this.initials {
                match next {
                    Some(next) => {
                        tokens.extend(next.initials.iter().map(|b| format!("{mark}{a}{b}")));
                    }
                    None => drop(tokens.insert(format!("{mark}{a}"))),
                }
            }
        }
        for mark in ["", "u"].into_iter().take(if i == 0 { 2 } else { 1 }) {
            match next {
                Some(next) if this.c.is_ascii() && next.c.is_ascii() => {}
                Some(next) => drop(tokens.insert(format!("{mark}{}{}", this.c, next.c))),
                None if this.c.is_ascii() => {}
                None => drop(tokens.insert(format!("{mark}{}", this.c))),
            }
        }
    }
}

fn id_tokens(id: &str, tokens: &mut BTreeSet<String>) {
    let chars: Vec<char> = Folded::of(id).text.chars().collect();
    for start in 0..chars.len() {
        let part: String = chars.iter().skip(start).take(3).collect();
        tokens.insert(format!("v{part}"));
    }
}

/// The token of an officer: her login name letter by letter as code points, one word for any name.
fn officer_token(officer: &str) -> String {
    use std::fmt::Write as _;
    let mut token = String::from("0");
    for c in officer.chars() {
        // Writing to a string can't fail.
        let _ = write!(token, "{:x}z", u32::from(c));
    }
    token
}

/// One step of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Unit {
    /// A character itself.
    Han(char),
    /// A letter or digit: an initial, or itself.
    Letter(char),
    /// A syllable; `whole` unless it is still being typed.
    Syllable { text: String, whole: bool },
}

impl Unit {
    fn initials(&self) -> Vec<char> {
        match self {
            Self::Han(c) => seen(*c, None).initials,
            Self::Letter(c) => vec![*c],
            Self::Syllable { text, .. } => text.chars().take(1).collect(),
        }
    }
}

/// Expression for names that hold the (folded) pattern, at their start if `anchored`; `None` if
/// there is nothing to ask.
pub(super) fn name_query(pattern: &str, anchored: bool) -> Option<String> {
    let ways: Vec<String> =
        readings(pattern).iter().filter_map(|units| way(units, anchored)).collect();
    if ways.is_empty() { None } else { Some(ways.join(" OR ")) }
}

/// Narrows an expression to one officer's customers.
pub(super) fn of_officer(query: &str, officer: &str) -> String {
    format!("\"{}\" AND ({query})", officer_token(officer))
}

/// Expression for ids, phones and contracts that hold the (folded) pattern.
pub(super) fn id_query(pattern: &str) -> Option<String> {
    let chars: Vec<char> = pattern.chars().collect();
    if chars.is_empty() || (chars.len() < 3 && !chars.iter().any(char::is_ascii_digit)) {
        return None;
    }
    if chars.len() < 3 {
        return Some(format!("\"v{pattern}\" *"));
    }
    let parts = chars.windows(3).map(|w| format!("\"v{}\"", w.iter().collect::<String>()));
    Some(parts.collect::<Vec<_>>().join(" AND "))
}

fn way(units: &[Unit], anchored: bool) -> Option<String> {
    let mut needed: Vec<String> = Vec::new();
    let mark = |i: usize| if anchored && i == 0 { "u" } else { "" };
    if let [only] = units {
        needed.push(match only {
            Unit::Han(c) => format!("\"{}{c}\" *", mark(0)),
            other => any(other
                .initials()
                .iter()
                .map(|a| format!("\"{}{a}\" *", if anchored { "u" } else { "i" })))?,
        });
    }
    for (i, pair) in units.windows(2).enumerate() {
        let [a, b] = pair else { continue };
        if let (Unit::Han(a), Unit::Han(b)) = (a, b) {
            needed.push(format!("\"{}{a}{b}\"", mark(i)));
            continue;
        }
        let mark = if anchored && i == 0 { "u" } else { "i" };
        // Two syllables ask for themselves; their initials would only be read in vain.
        if mark == "i" && matches!((a, b), (Unit::Syllable { .. }, Unit::Syllable { .. })) {
            continue;
        }
        let (a, b) = (a.initials(), b.initials());
        needed
            .push(any(a.iter().flat_map(|a| b.iter().map(move |b| format!("\"{mark}{a}{b}\""))))?);
    }
    for unit in units {
        if let Unit::Syllable { text, whole } = unit {
            needed.push(if *whole { format!("\"{text}\"") } else { format!("\"{text}\" *") });
        }
    }
    Some(format!("({})", needed.join(" AND ")))
}

fn any(options: impl Iterator<Item = String>) -> Option<String> {
    let options: Vec<String> = options.collect();
    match options.as_slice() {
        [] => None,
        [one] => Some(one.clone()),
        many => Some(format!("({})", many.join(" OR "))),
    }
}

/// The likeliest ways to read a pattern: `beijingzd` = bei·jing·z·d.
fn readings(pattern: &str) -> Vec<Vec<Unit>> {
    let chars: Vec<char> = pattern.chars().collect();
    let mut ways: Vec<Vec<(u32, Vec<Unit>)>> = vec![Vec::new(); chars.len() + 1];
    if let Some(start) = ways.first_mut() {
        start.push((0, Vec::new()));
    }
    for at in 0..chars.len() {
        let mut here = ways.get_mut(at).map(std::mem::take).unwrap_or_default();
        here.sort_by_key(|way| way.0);
        here.truncate(READINGS);
        for (length, cost, unit) in steps(&chars, at) {
            if let Some(there) = ways.get_mut(at + length) {
                there.extend(here.iter().map(|(before, units)| {
                    let mut units = units.clone();
                    units.push(unit.clone());
                    (before + cost, units)
                }));
            }
        }
    }
    let mut done = ways.pop().unwrap_or_default();
    done.sort_by_key(|way| way.0);
    done.truncate(READINGS);
    let best = done.first().map_or(0, |way| way.0);
    let dearer = if chars.len() > LONG { 9 } else { DEARER };
    done.retain(|way| way.0 <= best + dearer);
    done.into_iter().map(|way| way.1).filter(|units| !units.is_empty()).collect()
}

/// What can stand at this place of a pattern: how many characters it takes, what it costs.
fn steps(chars: &[char], at: usize) -> Vec<(usize, u32, Unit)> {
    let Some(&first) = chars.get(at) else { return Vec::new() };
    if !first.is_ascii() {
        return vec![(1, 10, Unit::Han(first))];
    }
    // No syllable begins with these: only a letter of a Latin name is meant.
    let cost = if matches!(first, 'i' | 'u' | 'v') { 40 } else { 11 };
    let mut found = vec![(1, cost, Unit::Letter(first))];
    let mut text = String::from(first);
    for (length, &c) in (2..=6).zip(chars.iter().skip(at + 1)) {
        if !c.is_ascii_lowercase() {
            break;
        }
        text.push(c);
        // At the end the syllable may go on: what begins so includes what is so.
        let last = at + length == chars.len();
        let known = if last { begins_syllable(&text) } else { is_syllable(&text) };
        if known {
            found.push((length, 10, Unit::Syllable { text: text.clone(), whole: !last }));
        }
    }
    found
}

#[cfg(test)]
mod tests;
