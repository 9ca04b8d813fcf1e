//! Masks identity and phone numbers in the texts of the journal. They are found by their shape, so
//! that also one that an officer typed into a note does not stay in a log that can't be changed:
//! whatever stands before it, between its digits, or in which width it was typed.

use crate::access::{mask_id, mask_phone};

/// The JSON text with identity and phone numbers masked. Numbers outside of strings and encoded
/// amounts (`f:…`, `n:…` of an answer or a fact) are left: an amount may well have eleven digits.
pub(super) fn shield(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let mut rest = json;
    let mut key = String::new();
    while let Some((before, after)) = rest.split_once('"') {
        out.push_str(before);
        let (text, tail) = string_end(after);
        let said = unescaped(text);
        let is_key = tail.is_some_and(|tail| tail.trim_start().starts_with(':'));
        let safe = if is_key { shield_text(&said) } else { shield_value(&key, &said) };
        out.push('"');
        match safe {
            Some(safe) => out.push_str(&escaped(&safe)),
            None => out.push_str(text),
        }
        if is_key {
            key = said;
        }
        if let Some(tail) = tail {
            out.push('"');
            rest = tail;
        } else {
            rest = "";
        }
    }
    out.push_str(rest);
    out
}

/// Splits at the closing quote.
fn string_end(text: &str) -> (&str, Option<&str>) {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => {
                let (inside, tail) = text.split_at(at);
                return (inside, tail.strip_prefix('"'));
            }
            _ => {}
        }
    }
    (text, None)
}

/// What a JSON string says; one that is none says what stands there.
fn unescaped(text: &str) -> String {
    if !text.contains('\\') {
        return text.to_owned();
    }
    serde_json::from_str(&format!("\"{text}\"")).unwrap_or_else(|_| text.to_owned())
}

/// The inside of a JSON string that says this.
fn escaped(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    let inside = quoted.strip_prefix('"').and_then(|inside| inside.strip_suffix('"'));
    inside.unwrap_or_default().to_owned()
}

/// Masks the value of a field; `None` = it may stay as it is.
fn shield_value(key: &str, text: &str) -> Option<String> {
    match key {
        "value" if is_amount(text) => None,
        // An address of the network; whoever writes it has looked at its shape.
        "ssh_from" => None,
        // `L13812345678` is the number of a loan.
        id if id.ends_with("_id") && text.starts_with(|c: char| c.is_ascii_alphabetic()) => None,
        // One fact a line: its name, a tab, its value.
        "facts" => {
            let plain = |line: &str| line.split_once('\t').is_some_and(|(_, v)| is_amount(v));
            let lines: Vec<_> = text
                .split('\n')
                .map(|line| if plain(line) { None } else { shield_text(line) }.ok_or(line))
                .collect();
            lines.iter().any(Result::is_ok).then(|| {
                let texts: Vec<&str> =
                    lines.iter().map(|l| l.as_deref().unwrap_or_else(|line| line)).collect();
                texts.join("\n")
            })
        }
        _ => shield_text(text),
    }
}

/// An encoded number or amount and nothing else.
fn is_amount(text: &str) -> bool {
    let Some(number) = text.strip_prefix("f:").or_else(|| text.strip_prefix("n:")) else {
        return false;
    };
    let digits = number.strip_prefix('-').unwrap_or(number);
    !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
}

/// A digit of a chain: where it stands in the text, which it is, and whether something separates
/// it from the one before.
struct Digit {
    at: usize,
    value: char,
    apart: bool,
}

/// Masks each run of digits that looks like an identity or phone number; `None` = there is none.
pub(in crate::store) fn shield_text(text: &str) -> Option<String> {
    let hash = text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit());
    if hash || text.len() < 11 {
        return None;
    }
    let mut chars: Vec<char> = text.chars().collect();
    let mut hidden = Vec::new();
    let mut chain: Vec<Digit> = Vec::new();
    let mut between = 0;
    for (at, c) in chars.iter().copied().enumerate() {
        match plain(c) {
            Some('X') => {
                if !chain.is_empty() {
                    chain.push(Digit { at, value: 'X', apart: between > 0 });
                }
                search(&mut chain, &mut hidden);
                between = 0;
            }
            Some(digit) => {
                chain.push(Digit { at, value: digit, apart: between > 0 });
                between = 0;
            }
            None if separates(c) && between < MOST_BETWEEN => between += 1,
            None => {
                search(&mut chain, &mut hidden);
                between = 0;
            }
        }
    }
    search(&mut chain, &mut hidden);
    if hidden.is_empty() {
        return None;
    }
    for at in hidden {
        if let Some(c) = chars.get_mut(at) {
            *c = '*';
        }
    }
    Some(chars.into_iter().collect())
}

/// How many separators in a row may stand within one number.
const MOST_BETWEEN: usize = 3;

/// The ASCII digit of a digit in either width; `X` for the check mark of an identity number.
fn plain(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10),
        'X' | 'x' | 'Ｘ' | 'ｘ' => Some('X'),
        _ => None,
    }
}

/// What people put between the digits of one number.
fn separates(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '-' | '_' | '.' | ',' | '·' | '/' | '(' | ')' | '（' | '）' | '－' | '，' | '、' | '。'
                | '\u{2010}'..='\u{2015}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}'
        )
}

/// Looks a chain through from each beginning of a group of digits, and notes which places are to
/// be hidden. Empties the chain.
fn search(chain: &mut Vec<Digit>, hidden: &mut Vec<usize>) {
    let mut from = 0;
    while from < chain.len() {
        let begins = from == 0 || chain.get(from).is_some_and(|digit| digit.apart);
        let length = if begins { found(chain, from, hidden) } else { None };
        from += length.unwrap_or(1);
    }
    chain.clear();
}

/// The number that begins here, if one does: how many digits it has.
fn found(chain: &[Digit], from: usize, hidden: &mut Vec<usize>) -> Option<usize> {
    for (length, lead) in [(18, 0), (15, 0), (15, 4), (13, 2), (11, 0)] {
        let Some(run) = chain.get(from..from + length) else { continue };
        // It must not go on: a longer number is something else.
        let goes_on = |next: &Digit| !next.apart && next.value != 'X';
        if chain.get(from + length).is_some_and(goes_on) {
            continue;
        }
        let text: String = run.iter().map(|digit| digit.value).collect();
        let masked = match lead {
            0 if length == 11 && is_phone(&text) => mask_phone(&text),
            0 if is_identity(&text) => mask_id(&text),
            2 => match text.strip_prefix("86").filter(|rest| is_phone(rest)) {
                Some(rest) => format!("86{}", mask_phone(rest)),
                None => continue,
            },
            4 => match text.strip_prefix("0086").filter(|rest| is_phone(rest)) {
                Some(rest) => format!("0086{}", mask_phone(rest)),
                None => continue,
            },
            _ => continue,
        };
        let places = run.iter().zip(masked.chars()).filter(|(_, c)| *c == '*');
        hidden.extend(places.map(|(digit, _)| digit.at));
        return Some(length);
    }
    None
}

/// A mobile number of the mainland.
fn is_phone(run: &str) -> bool {
    run.len() == 11
        && run.bytes().all(|b| b.is_ascii_digit())
        && run.starts_with('1')
        && !matches!(run.as_bytes().get(1), Some(b'0'..=b'2') | None)
}

/// A resident identity number: 18 characters with a birthday in them, or the old 15 digits.
fn is_identity(run: &str) -> bool {
    let digits = run.strip_suffix('X').unwrap_or(run);
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    let number = |from: usize, to: usize| run.get(from..to).and_then(|s| s.parse::<u32>().ok());
    let day_of_year = |month: Option<u32>, day: Option<u32>| {
        month.is_some_and(|m| (1..=12).contains(&m)) && day.is_some_and(|d| (1..=31).contains(&d))
    };
    match (run.len(), digits.len()) {
        (18, 17 | 18) => {
            number(6, 10).is_some_and(|year| (1900..2100).contains(&year))
                && day_of_year(number(10, 12), number(12, 14))
        }
        (15, 15) => day_of_year(number(8, 10), number(10, 12)),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
