//! Masks identity and phone numbers in the texts of the journal. They are found by their shape, so
//! that also one that an officer typed into a note does not stay in a log that can't be changed.

use std::borrow::Cow;

use crate::access::{mask_id, mask_phone};

/// The JSON text with identity and phone numbers masked. Numbers outside of strings and encoded
/// amounts (`f:…`, `n:…`) are left: an amount may well have eleven digits.
pub(super) fn shield(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let mut rest = json;
    while let Some((before, after)) = rest.split_once('"') {
        out.push_str(before);
        let (text, tail) = string_end(after);
        out.push('"');
        if text.starts_with("f:") || text.starts_with("n:") {
            out.push_str(text);
        } else {
            out.push_str(&shield_text(text));
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

/// Masks each run of letters and digits that looks like an identity or phone number.
fn shield_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run = String::new();
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            run.push(c);
        } else {
            out.push_str(&masked(&run));
            run.clear();
            out.push(c);
        }
    }
    out.push_str(&masked(&run));
    out
}

fn masked(run: &str) -> Cow<'_, str> {
    if is_phone(run) {
        mask_phone(run).into()
    } else if is_identity(run) {
        mask_id(run).into()
    } else {
        run.into()
    }
}

/// A mobile number of the mainland, maybe with the country code.
fn is_phone(run: &str) -> bool {
    let number = run.strip_prefix("86").filter(|rest| rest.len() == 11).unwrap_or(run);
    number.len() == 11
        && number.bytes().all(|b| b.is_ascii_digit())
        && number.starts_with('1')
        && !matches!(number.as_bytes().get(1), Some(b'0'..=b'2') | None)
}

/// A resident identity number: 18 characters with a birthday in them, or the old 15 digits.
fn is_identity(run: &str) -> bool {
    let digits = run.strip_suffix(['X', 'x']).unwrap_or(run);
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
