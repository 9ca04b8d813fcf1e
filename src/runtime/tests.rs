use super::*;

#[test]
fn a_dumb_terminal_and_a_foreign_charset_are_refused_in_ascii() {
    for (term, locale, fine) in [
        (Some("xterm-256color"), Some("zh_CN.UTF-8"), true),
        (Some("xterm"), Some("C.utf8"), true),
        (Some("xterm"), None, true),
        (Some("dumb"), Some("C.UTF-8"), false),
        (None, Some("C.UTF-8"), false),
        (Some("xterm"), Some("zh_CN.GB18030"), false),
    ] {
        let said = refuse(term, locale);
        assert_eq!(said.is_none(), fine, "{term:?} {locale:?}");
        assert!(said.is_none_or(str::is_ascii));
    }
}
