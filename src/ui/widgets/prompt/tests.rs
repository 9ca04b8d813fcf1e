use super::*;

fn typed(text: &str) -> Option<Prompt<&'static str>> {
    let mut prompt = Some(Prompt::new("R1"));
    assert!(Prompt::on_paste(&mut prompt, text));
    prompt
}

#[test]
fn enter_finishes_what_is_enough() {
    let mut prompt = typed("理由");
    assert_eq!(Prompt::on_action(&mut prompt, &Action::Next, words), Typed::Nothing);
    assert!(prompt.is_some(), "other keys leave it alone");
    let done = Prompt::on_action(&mut prompt, &Action::Accept, words);
    assert_eq!(done, Typed::Done("R1", "理由".to_owned()));
    assert!(prompt.is_none());
}

#[test]
fn what_is_not_enough_stays_with_its_words() {
    let mut prompt = typed("  ");
    assert_eq!(Prompt::on_action(&mut prompt, &Action::Accept, words), Typed::Missing);
    assert!(Prompt::on_paste(&mut prompt, "理由"));
    let done = Prompt::on_action(&mut prompt, &Action::Accept, words);
    assert_eq!(done, Typed::Done("R1", "  理由".to_owned()));
}

#[test]
fn esc_takes_it_back() {
    for action in [Action::Back, Action::Cancel] {
        let mut prompt = typed("理由");
        assert_eq!(Prompt::on_action(&mut prompt, &action, words), Typed::Nothing);
        assert!(prompt.is_none());
        assert!(
            !Prompt::on_paste(&mut prompt, "x") && !Prompt::on_key(&mut prompt, Key::char('x'))
        );
    }
}
