use proptest::prelude::*;

use super::*;

fn mend(keys: &str) -> Vec<String> {
    let mut mender = Mender::default();
    let mut out = Vec::new();
    for c in keys.chars() {
        let key = if c == '^' { Key::plain(KeyCode::Esc) } else { Key::char(c) };
        out.extend(mender.feed(key));
    }
    out.extend(mender.give_up());
    out.iter().map(ToString::to_string).collect()
}

#[test]
fn torn_sequences_are_put_together_and_never_typed() {
    for (keys, meant) in [
        ("^", vec!["Esc"]),
        ("^[A", vec!["Up"]),
        ("^[5~", vec!["PgUp"]),
        ("^[1;5C", vec!["Right"]),
        ("^OB", vec!["Down"]),
        ("^[99x", vec![]),
        ("^[", vec![]),
        ("^j", vec!["Esc", "j"]),
        ("j^[Bk", vec!["j", "Down", "k"]),
        ("^^[A", vec!["Esc", "Up"]),
        ("^OP", vec!["F1"]),
        ("^OS", vec!["F4"]),
        ("^[11~", vec!["F1"]),
        ("^[17~", vec!["F6"]),
        ("^[24~", vec!["F12"]),
        ("^[[A", vec!["F1"]),
        ("^[[E", vec!["F5"]),
        ("^[[", vec![]),
    ] {
        assert_eq!(mend(keys), meant, "{keys}");
    }
}

/// What comes of keys that arrive at once, `ms` milliseconds after the start: `Paste(…)` or keys.
fn joined(joiner: &mut Joiner, keys: &str, ms: u64) -> String {
    let at = Duration::from_millis(ms);
    let key = |c| match c {
        '\n' => Key::plain(KeyCode::Enter),
        '^' => Key::plain(KeyCode::Esc),
        c => Key::char(c),
    };
    let batch = keys.chars().map(|c| Event::Key(key(c), at)).collect();
    let told = joiner.join(batch).into_iter().map(|event| match event {
        Event::Key(key, _) => format!("{key} "),
        Event::Paste(text) => format!("Paste({text})"),
        other => format!("{other:?}"),
    });
    told.collect()
}

#[test]
fn keys_that_nobody_typed_are_a_paste() {
    for (keys, told) in [
        ("j", "j "),
        ("12345678", "1 2 3 4 5 6 7 8 "),
        ("jjjjjjjjjjjj", "j j j j j j j j j j j j "),
        ("y\ny\ny\ny\ny\n", "Paste(y\ny\ny\ny\ny\n)"),
        ("负责人说租约续签了两年", "Paste(负责人说租约续签了两年)"),
        ("^q", "Esc q "),
        ("abcdefghi^jk", "Paste(abcdefghi)Esc Paste(jk)"),
    ] {
        assert_eq!(joined(&mut Joiner::default(), keys, 5), told, "{keys}");
    }
    let mut joiner = Joiner::default();
    assert_eq!(joined(&mut joiner, "abcdefghij", 10), "Paste(abcdefghij)");
    assert_eq!(joined(&mut joiner, "\ny", 40), "Paste(\ny)", "the tail of a paste");
    assert_eq!(joined(&mut joiner, "y", 200), "y ", "typed later");
}

proptest! {
    #[test]
    fn nothing_hangs_or_panics(keys in "[\\^\\[OA-Z0-9;~a-z]{0,60}") {
        let _ = mend(&keys);
    }
}
