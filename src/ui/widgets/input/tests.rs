use super::*;

fn typed(keys: &str) -> Input {
    let mut input = Input::default();
    for key in keys.split(' ') {
        input.on_key(Key::parse(key).unwrap());
    }
    input
}

#[test]
fn typing_moves_deletes_and_inserts_by_character() {
    assert_eq!(typed("张 三 left 老 backspace 小").text(), "张小三");
    assert_eq!(typed("a b space c d ctrl-w").text(), "ab ");
    assert_eq!(typed("a b left ctrl-u").text(), "b");
    assert_eq!(typed("a home delete delete").text(), "");
    assert!(!Input::default().on_key(Key::parse("enter").unwrap()));
}

#[test]
fn what_is_typed_takes_the_place_of_a_proposed_text() {
    for (keys, left) in [
        ("3", "3"),
        ("+ 7", "+7"),
        ("backspace", ""),
        ("delete", ""),
        ("ctrl-u 1", "1"),
        // A key that moves keeps it: what follows is put in.
        ("end 5", "2026-11-235"),
        ("right backspace", "2026-11-2"),
        ("home delete", "026-11-23"),
        ("left 5", "2026-11-253"),
        ("enter", "2026-11-23"),
    ] {
        let mut input = Input::preset("2026-11-23");
        for key in keys.split(' ') {
            input.on_key(Key::parse(key).unwrap());
        }
        assert_eq!(input.text(), left, "{keys}");
    }
    let mut input = Input::preset("2026-11-23");
    input.on_paste("12-01");
    assert_eq!(input.text(), "12-01");
    assert!(!Input::preset("").preset, "nothing is proposed");
}

#[test]
fn a_paste_is_cleaned() {
    let mut input = Input::new("前后");
    input.set_caret(1);
    input.on_paste("中\n\u{1b}x");
    assert_eq!((input.text().as_str(), input.caret()), ("前中 x后", 4));
}
