//! Names of tables and columns, in which full-width and half-width forms are the same, and text
//! from a file made fit for a terminal.

/// The half-width form: `（` → `(`, `ＳＳＨ` → `SSH`, U+3000 → a space; ends trimmed.
pub fn half_width(name: &str) -> String {
    trim(name).chars().map(half_width_char).collect::<String>().trim().to_owned()
}

/// One character in its half-width form.
pub fn half_width_char(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        // The full-width forms stand in the order of ASCII, 0xFEE0 further up.
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// Takes away spaces at the ends, also U+3000 and the no-break space.
pub fn trim(text: &str) -> &str {
    text.trim_matches([' ', '\u{3000}', '\u{A0}'])
}

/// Whether a character has no place in a text: it moves the cursor, hides or turns text around.
pub fn is_dangerous(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}'
            | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// How many characters of a refused value a report shows.
const SHOWN: usize = 40;

/// The text for people: what could harm a terminal as `<U+202E>`, and shortened.
pub fn visible(text: &str) -> String {
    let mut shown = String::new();
    for (n, c) in text.chars().enumerate() {
        if n == SHOWN {
            shown.push('…');
            break;
        }
        if is_dangerous(c) || matches!(c, '\u{200B}'..='\u{200D}' | '\u{2060}') {
            shown.push_str(&mark(c));
        } else {
            shown.push(c);
        }
    }
    shown
}

/// A character that must not be sent, in words: `<U+202E>`.
pub fn mark(c: char) -> String {
    format!("<U+{:04X}>", u32::from(c))
}

#[cfg(test)]
mod tests;
