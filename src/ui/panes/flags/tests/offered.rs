//! Which keys are hints, where Esc leads, and what a card has room for.

use super::*;

#[test]
fn only_what_can_be_done_with_a_flag_is_a_hint() {
    let (theme, head, officer) = (Theme::default(), home(Role::Supervisor), home(Role::Officer));
    let keys = [
        (Action::ConfirmFlag, 'c'),
        (Action::RejectFlag, 'x'),
        (Action::ReopenFlag, 'a'),
        (Action::Edit, 'e'),
        (Action::Advance, 'n'),
        (Action::CloseFlag, 'd'),
        (Action::Comment, 'm'),
        (Action::Photos, 'o'),
    ];
    let offered = |row: FlagRow, home: &HomePage| -> String {
        let ctx = ctx(Lang::En, &theme, home);
        let pane = of_customer(vec![row]);
        // What is a hint asks something, and does not warn.
        for (action, _) in keys.iter().filter(|(action, _)| pane.offers(action, &ctx)) {
            let mut pane = of_customer(vec![pane.row().unwrap().clone()]);
            let done = pane.on_action(action, &ctx);
            assert!(
                matches!(done.as_slice(), [Action::Ask(_) | Action::OpenPhotos(_)]),
                "{action:?}"
            );
        }
        keys.iter().filter(|(action, _)| pane.offers(action, &ctx)).map(|(_, key)| key).collect()
    };
    let at = |step| FlagRow { step, ..flag("F1", FlagState::Confirmed, Level::Red) };
    let cases = [
        (flag("F1", FlagState::Proposed, Level::Red), "cxem", "cxem"),
        (at(FlagStep::Open), "enm", "em"),
        (at(FlagStep::Acting), "endm", "endm"),
        (flag("F1", FlagState::Rejected, Level::Red), "a", ""),
        (flag("F1", FlagState::Closed, Level::Red), "", ""),
    ];
    for (row, of_head, of_officer) in cases {
        let told = (offered(row.clone(), &head), offered(row.clone(), &officer));
        assert_eq!(told, (of_head.to_owned(), of_officer.to_owned()), "{row:?}");
    }
    let none = of_customer(Vec::new());
    let ctx = ctx(Lang::En, &theme, &officer);
    assert!(keys.iter().all(|(action, _)| !none.offers(action, &ctx)));
    assert!(none.offers(&Action::Flag, &ctx) && none.offers(&Action::Events, &ctx));
}

#[test]
fn what_was_made_milder_is_left_for_what_is_live() {
    let (theme, home) = (Theme::default(), home(Role::Supervisor));
    let ctx = ctx(Lang::En, &theme, &home);
    let mut pane = pane_of(FlagScope::Live, Vec::new());
    assert!(!pane.leave());
    pane.on_action(&Action::Weakened, &ctx);
    assert!(pane.is_weakened());
    assert!(pane.leave() && pane.scope == Some(FlagScope::Live));
    // A digit of another screen takes it away as well.
    pane.on_action(&Action::Weakened, &ctx);
    pane.show(None);
    assert!(pane.leave());
    pane.show(Some(FlagScope::Live));
    assert!(!pane.is_weakened());
}

#[test]
fn a_long_measure_stands_whole_below_owner_and_day() {
    let (theme, home) = (Theme::default(), home(Role::Officer));
    for (lang, written) in [
        (Lang::Zh, "下次回访核实保证人代偿能力并补充抵押"),
        (Lang::En, "see the guarantor and ask for more security"),
    ] {
        let mut row = flag("F1", FlagState::Confirmed, Level::Red);
        row.measure = Some(written.to_owned());
        let shown = drawn(&mut of_customer(vec![row]), (32, 12), &ctx(lang, &theme, &home));
        let lines = shown.lines().map(|line| line.split("\" Hidden").next().unwrap_or_default());
        let squeezed: String =
            lines.collect::<String>().chars().filter(|c| !" \"".contains(*c)).collect();
        let wanted: String = written.chars().filter(|c| *c != ' ').collect();
        assert!(squeezed.contains(&wanted) && squeezed.contains("张伟"), "{shown}");
    }
}

#[test]
fn an_officers_own_flags_have_room_for_signal_and_customer() {
    let (theme, mut home) = (Theme::default(), home(Role::Officer));
    home.user = UserId::from("zhangwei");
    let ctx = ctx(Lang::Zh, &theme, &home);
    let name = "北京鼎盛新能源";
    let mut row = flag("F1", FlagState::Confirmed, Level::Red);
    row.name = name.to_owned();
    let told = |row: &FlagRow| {
        let shown = drawn(&mut pane_of(FlagScope::Live, vec![row.clone()]), (80, 20), &ctx);
        let line = shown.lines().find(|line| line.contains("EXT-05")).unwrap().to_owned();
        line.chars().filter(|c| *c != ' ').collect::<String>()
    };
    assert!(told(&row).contains(name) && !told(&row).contains("张伟"), "{}", told(&row));
    row.owner = Some(UserId::from("lifang"));
    assert!(told(&row).contains("张伟"), "somebody else's has its owner");
}

#[test]
fn words_that_mean_several_signals_are_chosen_from() {
    let (theme, home) = (Theme::default(), home(Role::Officer));
    let ctx = ctx(Lang::Zh, &theme, &home);
    let mut pane = of_customer(Vec::new());
    let answered =
        |tag, value: &str| Action::Answered(Answered { tag, values: vec![value.to_owned()] });
    pane.on_action(&Action::Flag, &ctx);
    let asked = pane.on_action(&answered("flag-signal", "保证人"), &ctx);
    let [Action::Ask(ask)] = asked.as_slice() else { panic!("{asked:?}") };
    let crate::ui::ask::FieldKind::Choice(options) = &ask.fields[0].kind else { panic!("{ask:?}") };
    assert!(options.len() > 1 && options.iter().all(|(_, name)| name.contains("保证人")));
    let asked = pane.on_action(&answered(ask.tag, &options[1].0), &ctx);
    let [Action::Ask(ask)] = asked.as_slice() else { panic!("{asked:?}") };
    assert!(ask.fields.len() > 3 && ask.lines[1].contains(&options[1].1), "{ask:?}");
}
