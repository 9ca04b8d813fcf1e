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

proptest! {
    #[test]
    fn nothing_hangs_or_panics(keys in "[\\^\\[OA-Z0-9;~a-z]{0,60}") {
        let _ = mend(&keys);
    }
}
