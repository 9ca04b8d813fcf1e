use std::collections::BTreeSet;
use std::path::Path;

use super::*;

/// All text of the rooms that refuse, without their tests.
fn sources() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.join("store")];
    let mut text = std::fs::read_to_string(root.join("store.rs")).unwrap();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") && !path.ends_with("tests.rs") {
                text += &std::fs::read_to_string(path).unwrap();
            }
        }
    }
    text
}

/// The words in quotes that follow each of these places.
fn quoted(text: &str, before: &str) -> BTreeSet<String> {
    text.split(before).skip(1).filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())).collect()
}

#[test]
fn every_code_with_which_the_store_refuses_has_words_in_both_languages() {
    let text = sources();
    let whys = quoted(&text, "why: \"");
    assert!(whys.contains("past") && whys.len() > 8, "{whys:?}");
    for lang in [Lang::En, Lang::Zh] {
        for why in &whys {
            let words = fault(lang, why).or_else(|| whole(lang, why));
            assert!(words.is_some(), "no words for {why}");
        }
    }
    let mut fields = BTreeSet::new();
    for piece in text.split("Refusal::Invalid {").skip(1) {
        fields.extend(quoted(piece.split_once('}').unwrap().0, "field: \""));
    }
    for call in ["needed(", "words(", "require_staff("] {
        for piece in text.split(call).skip(1) {
            let inside = piece.split_once(')').map_or("", |(inside, _)| inside);
            fields.extend(quoted(inside, ", \""));
        }
    }
    assert!(fields.contains("measure") && fields.contains("due_on"), "{fields:?}");
    for name in &fields {
        assert!(field(Lang::En, name).is_some(), "no words for the field {name}");
    }
}

#[test]
fn a_refusal_is_a_sentence_without_codes() {
    assert_eq!(invalid(Lang::Zh, "due_on", "past"), "期限早于今天，请改为今天或以后的日期");
    assert_eq!(
        invalid(Lang::En, "due_on", "past"),
        "Due on lies in the past; choose today or a later day"
    );
    assert!(!invalid(Lang::En, "x_y", "y_z").contains('_'));
    assert!(!wrong_state(Lang::Zh, "submitted_before").contains('_'));
    assert!(!wrong_state(Lang::Zh, "never_heard_of").contains('_'));
}

#[test]
fn what_stays_is_named_in_both_languages() {
    let deeds = ["propose_flag", "confirm_flag", "reject_flag", "decide_measure", "end_flag"];
    for code in crate::i18n::journal::CODES.iter().chain(&deeds) {
        for (lang, says) in [(Lang::En, "Not undone: "), (Lang::Zh, "不能撤销，")] {
            let said = stays(lang, code);
            assert!(said.contains(says) && !said.contains('_'), "{said}");
        }
    }
}
