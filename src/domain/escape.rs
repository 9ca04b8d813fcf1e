//! Texts as fields of a line: what would end the field or the line stands behind a backslash.

use std::borrow::Cow;

/// A text without tabs, line feeds and carriage returns.
pub fn escape(text: &str) -> Cow<'_, str> {
    if !text.contains(['\\', '\t', '\n', '\r']) {
        return text.into();
    }
    text.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\r").into()
}

/// Reads [`escape`].
pub fn unescape(text: &str) -> String {
    if !text.contains('\\') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (c, if c == '\\' { chars.next() } else { None }) {
            ('\\', Some('n')) => out.push('\n'),
            ('\\', Some('t')) => out.push('\t'),
            ('\\', Some('r')) => out.push('\r'),
            ('\\', Some(other)) => out.push(other),
            (plain, _) => out.push(plain),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn what_was_escaped_reads_as_it_was(text in "[\\\\\t\n\rntr一a]{0,12}") {
            let field = escape(&text);
            proptest::prop_assert!(!field.contains(['\t', '\n', '\r']));
            proptest::prop_assert_eq!(unescape(&field), text);
        }
    }
}
