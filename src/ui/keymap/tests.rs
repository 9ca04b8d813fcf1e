use super::*;
use crate::i18n::Lang;

#[test]
fn no_key_has_two_meanings_in_one_place() {
    assert_eq!(Keymap::default().check(), Ok(()));
}

#[test]
fn capital_letters_only_move() {
    for row in &Keymap::default().rows {
        for key in &row.keys {
            if key.typed().is_some_and(|c| c.is_ascii_uppercase()) {
                assert_eq!(row.action, Action::Last, "{row:?}");
            }
        }
    }
}

#[test]
fn every_action_has_a_name_and_comes_back_by_it() {
    for action in Action::KEYS {
        let name = action.name().unwrap();
        assert_eq!(Action::from_name(&name).as_ref(), Some(action));
        assert!(!action.label(Catalog::of(Lang::Zh)).is_empty());
    }
    assert_eq!(Action::NextPane.name().as_deref(), Some("next-pane"));
}

#[test]
fn the_config_moves_keys_and_is_checked() {
    let map = Keymap::with_overrides([("agenda", "why", vec!["m"])]).unwrap();
    assert_eq!(map.resolve(KeyContext::Agenda, Key::char('m')), Some(Action::Why));
    assert_eq!(map.resolve(KeyContext::Agenda, Key::char('w')), None);
    let twice = Keymap::with_overrides([("agenda", "why", vec!["f"])]);
    assert!(matches!(twice, Err(KeymapFault::Twice { .. })));
    let unknown = Keymap::with_overrides([("agenda", "fly", vec!["p"])]);
    assert_eq!(unknown, Err(KeymapFault::Action("fly".into())));
}

#[test]
fn full_width_keys_mean_the_half_width_ones() {
    for (typed, meant) in
        [('：', ':'), ('？', '?'), ('、', '/'), ('／', '/'), ('１', '1'), ('　', ' '), ('ｊ', 'j')]
    {
        assert_eq!(Key::char(typed).half_width(), Key::char(meant));
    }
    assert!(Key::char('张').is_han());
    assert!(!Key::char('z').is_han());
}

#[test]
fn the_key_table_names_every_row_in_both_languages() {
    for lang in [Lang::Zh, Lang::En] {
        let table = key_table_markdown(lang);
        assert_eq!(table.lines().count(), Keymap::default().rows.len() + 2);
        assert!(table.contains("`Ctrl-S`"));
    }
}
