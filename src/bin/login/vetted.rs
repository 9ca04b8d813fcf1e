//! Which variables of the environment a login may bring along.

use std::ffi::OsStr;

/// Name and greatest length. They say how the terminal looks and from where the line comes; none of
/// them says who is there, what is run, or where anything lies. An address of the new kind is long.
const PASSED: [(&str, usize); 8] = [
    ("TERM", 64),
    ("LANG", 64),
    ("LC_ALL", 64),
    ("LC_CTYPE", 64),
    ("COLORTERM", 64),
    ("NO_COLOR", 64),
    ("SSH_CONNECTION", 96),
    ("SSH_TTY", 64),
];

/// Those that are set and harmless.
pub(crate) fn vetted() -> impl Iterator<Item = (&'static str, std::ffi::OsString)> {
    PASSED.into_iter().filter_map(|(name, longest)| {
        let value = std::env::var_os(name)?;
        harmless(&value, longest).then_some((name, value))
    })
}

/// Printable ASCII without anything that names a place: a terminal's description, a language.
/// `SSH_TTY` alone is a path, of a device.
fn harmless(value: &OsStr, longest: usize) -> bool {
    let bytes = value.as_encoded_bytes();
    bytes.len() <= longest && bytes.iter().all(|b| matches!(b, b' '..=b'~'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_short_printable_ascii_passes() {
        let cases = [
            ("xterm-256color", true),
            ("zh_CN.UTF-8", true),
            ("", true),
            ("10.17.0.4 50022 10.17.0.1 22", true),
            ("x\u{1b}[31m", false),
            ("中文", false),
            ("a\nb", false),
            ("x\u{7f}", false),
        ];
        for (value, passes) in cases {
            assert_eq!(harmless(OsStr::new(value), 64), passes, "{value:?}");
        }
        assert!(harmless(OsStr::new(&"x".repeat(64)), 64));
        assert!(!harmless(OsStr::new(&"x".repeat(65)), 64));
    }
}
