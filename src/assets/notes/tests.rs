use super::*;

#[test]
fn the_built_in_lexicon_is_sound() {
    let lexicon = load().unwrap();
    assert_eq!(lexicon.id(), "notes@4");
}

#[test]
fn a_word_twice_or_an_unknown_signal_is_refused_with_its_line() {
    let signals = signals::load().unwrap();
    let line = |needle: &str| SOURCE.lines().position(|l| l.contains(needle)).unwrap() + 1;
    let cases = [
        // The second place is the one too many.
        (SOURCE.replacen("\"欠薪\"", "\"欠薪\", \"停产\"", 1), line("\"停业\"")),
        (
            SOURCE.replacen("\"营收\", \"营业收入\"", "\"营收\", \"营收\", \"营业收入\"", 1),
            line("[\"营收\", "),
        ),
        (SOURCE.replacen("[[\"营收\"", "[[\"\", \"营收\"", 1), line("[\"营收\", ")),
        (SOURCE.replacen("code = \"OPS-01\"", "code = \"OPS-99\"", 1), line("code = \"OPS-01\"")),
        (SOURCE.replacen("code = \"evasive\"", "code = \"shy\"", 1), line("code = \"evasive\"")),
        (
            SOURCE.replacen("\nverified = false", "\nverified = perhaps", 1),
            line("source = \"M, J\"") + 1,
        ),
    ];
    for (text, line) in cases {
        let Err(fault) = parse("own.toml", &text, &signals) else { panic!("line {line}") };
        assert_eq!((fault.file.as_str(), fault.line), ("own.toml", line), "{fault:?}");
    }
}
