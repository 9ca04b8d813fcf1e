use chrono::{DateTime, FixedOffset};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::*;
use crate::domain::attachment::{Looks, Media};
use crate::domain::flag::{FlagStep, Level};
use crate::domain::ids::FlagId;
use crate::domain::sample::day;
use crate::domain::user::Role;
use crate::i18n::{Catalog, Lang};
use crate::protocol::page::{HomePage, ProofRow};
use crate::ui::action::Answered;
use crate::ui::theme::Theme;

mod offered;
mod proof;

fn now() -> DateTime<FixedOffset> {
    "2026-11-23T09:12:00+08:00".parse().unwrap()
}

fn home(role: Role) -> HomePage {
    HomePage {
        user: UserId::from("liwei"),
        name: "李伟".to_owned(),
        role,
        branch: "城东支行".to_owned(),
        today: day("2026-11-23"),
        demo: false,
        empty: false,
        unseen: false,
        planned_on: None,
        overdue: 0,
        due_today: 0,
        due_week: 0,
        drafts: 0,
        returned: 0,
        to_review: 0,
        requests: 0,
        to_sign: 0,
        todos_overdue: 0,
        deadlines_late: 0,
        unread: 0,
        gaps: 0,
        provisional_year: None,
        clock_back: false,
        clock_ahead: false,
        pin: false,
        resume: None,
    }
}

fn ctx<'a>(lang: Lang, theme: &'a Theme, home: &'a HomePage) -> Ctx<'a> {
    let text = Catalog::of(lang);
    Ctx { text, lang, theme, now: now(), today: day("2026-11-23"), home: Some(home) }
}

fn flag(id: &str, state: FlagState, level: Level) -> FlagRow {
    FlagRow {
        beside: crate::protocol::page::FlagBeside::default(),
        lowered: None,
        lies_with: None,
        asks_me: false,
        flag: FlagId::from(id),
        customer: CustomerId::from("C1"),
        name: "北京鼎盛新能源有限公司".to_owned(),
        signal: "EXT-05".to_owned(),
        level,
        state,
        step: FlagStep::Open,
        raised_on: day("2026-11-11"),
        owner: Some(UserId::from("zhangwei")),
        owner_name: Some("张伟".to_owned()),
        measure: Some("追加担保".to_owned()),
        due_on: Some(day("2026-11-25")),
        note: Some("执行标的 120万".to_owned()),
        overdue_days: 0,
        rots: false,
        step_due: None,
        step_late: false,
        proofs: Vec::new(),
        reused: Vec::new(),
        visit: None,
        revision: 7,
    }
}

fn pane_of(scope: FlagScope, rows: Vec<FlagRow>) -> FlagsPane {
    let mut pane = FlagsPane::default();
    pane.show(Some(scope));
    let total = u32::try_from(rows.len()).unwrap();
    pane.load(Arc::new(FlagsPage { total, offset: 0, rows, officer: None, todos: Vec::new() }));
    pane
}

fn of_customer(rows: Vec<FlagRow>) -> FlagsPane {
    pane_of(FlagScope::Customer(CustomerId::from("C1")), rows)
}

fn drawn(pane: &mut FlagsPane, size: (u16, u16), ctx: &Ctx<'_>) -> String {
    let mut terminal = Terminal::new(TestBackend::new(size.0, size.1)).unwrap();
    terminal.draw(|frame| pane.render(frame, frame.area(), true, ctx)).unwrap();
    terminal.backend().to_string()
}

/// Presses a key that asks, answers the dialog, gives the command.
fn answer(pane: &mut FlagsPane, key: &Action, values: &[&str], ctx: &Ctx<'_>) -> Command {
    let asked = pane.on_action(key, ctx);
    let [Action::Ask(ask)] = asked.as_slice() else { panic!("{key:?} asked nothing: {asked:?}") };
    let values = values.iter().map(|v| (*v).to_owned()).collect();
    let answered = Action::Answered(Answered { tag: ask.tag, values });
    let done = pane.on_action(&answered, ctx);
    let [Action::Apply(command)] = done.as_slice() else { panic!("nothing written: {done:?}") };
    (**command).clone()
}

#[test]
fn what_waits_for_a_decision_comes_first_and_what_ended_last() {
    let pane = of_customer(vec![
        flag("F1", FlagState::Confirmed, Level::Red),
        flag("F2", FlagState::Closed, Level::Red),
        flag("F3", FlagState::Proposed, Level::Yellow),
    ]);
    assert_eq!(pane.row().unwrap().flag, FlagId::from("F3"));
    assert_eq!(pane.order, [2, 0, 1]);
}

#[test]
fn the_selection_stays_on_its_flag_when_a_page_arrives() {
    let (theme, home) = (Theme::default(), home(Role::Supervisor));
    let ctx = ctx(Lang::Zh, &theme, &home);
    let confirmed = |id: &str| flag(id, FlagState::Confirmed, Level::Red);
    let mut pane = of_customer(vec![confirmed("F1"), confirmed("F2")]);
    pane.on_action(&Action::Next, &ctx);
    let rows = vec![confirmed("F0"), confirmed("F1"), confirmed("F2")];
    pane.load(Arc::new(FlagsPage { total: 3, offset: 0, rows, officer: None, todos: Vec::new() }));
    assert_eq!(pane.row().unwrap().flag, FlagId::from("F2"));
}

#[test]
fn each_key_writes_its_command_with_the_revision_that_was_seen() {
    let (theme, home) = (Theme::default(), home(Role::Supervisor));
    let ctx = ctx(Lang::Zh, &theme, &home);
    let id = FlagId::from("F1");
    let mut proposed = of_customer(vec![flag("F1", FlagState::Proposed, Level::Orange)]);
    let mut confirmed = of_customer(vec![flag("F1", FlagState::Confirmed, Level::Orange)]);
    let mut checked = flag("F1", FlagState::Confirmed, Level::Orange);
    checked.step = FlagStep::Verify;
    let mut verified = of_customer(vec![checked]);
    let zhangwei = UserId::from("zhangwei");
    let cases = [
        (
            answer(
                &mut proposed,
                &Action::ConfirmFlag,
                &["zhangwei", "追加担保", "2026-12-01", ""],
                &ctx,
            ),
            Command::DecideFlag {
                flag: id.clone(),
                seen: 7,
                confirm: true,
                owner: Some(zhangwei.clone()),
                measure: "追加担保".to_owned(),
                due_on: Some(day("2026-12-01")),
                reason: String::new(),
            },
        ),
        (
            answer(&mut proposed, &Action::RejectFlag, &["误报"], &ctx),
            Command::DecideFlag {
                flag: id.clone(),
                seen: 7,
                confirm: false,
                owner: None,
                measure: String::new(),
                due_on: None,
                reason: "误报".to_owned(),
            },
        ),
        (
            answer(
                &mut confirmed,
                &Action::Edit,
                &["red", "zhangwei", "查封", "2026-12-02", "新裁定"],
                &ctx,
            ),
            Command::UpdateFlag {
                flag: id.clone(),
                seen: 7,
                level: Level::Red,
                owner: zhangwei,
                measure: "查封".to_owned(),
                due_on: day("2026-12-02"),
                note: "新裁定".to_owned(),
            },
        ),
        (
            answer(&mut confirmed, &Action::Advance, &["acknowledged", "已阅"], &ctx),
            Command::MoveFlag {
                flag: id.clone(),
                seen: 7,
                step: FlagStep::Acknowledged,
                note: "已阅".to_owned(),
                measure: String::new(),
                left: None,
            },
        ),
        (
            answer(&mut verified, &Action::CloseFlag, &["cleared", "结案通知"], &ctx),
            Command::MoveFlag {
                flag: id,
                seen: 7,
                step: FlagStep::Cleared,
                note: "结案通知".to_owned(),
                measure: String::new(),
                left: None,
            },
        ),
    ];
    for (written, expected) in cases {
        assert_eq!(written, expected);
    }
}

#[test]
fn a_page_that_arrives_during_the_dialog_changes_neither_flag_nor_revision() {
    let (theme, home) = (Theme::default(), home(Role::Supervisor));
    let ctx = ctx(Lang::En, &theme, &home);
    let mut pane = of_customer(vec![flag("F1", FlagState::Proposed, Level::Red)]);
    let asked = pane.on_action(&Action::RejectFlag, &ctx);
    assert!(matches!(asked.as_slice(), [Action::Ask(_)]));
    let mut newer = flag("F9", FlagState::Proposed, Level::Red);
    newer.revision = 9;
    pane.load(Arc::new(FlagsPage {
        total: 1,
        offset: 0,
        rows: vec![newer],
        officer: None,
        todos: Vec::new(),
    }));
    let answered = Answered { tag: "flag-reject", values: vec!["no".to_owned()] };
    let done = pane.on_action(&Action::Answered(answered), &ctx);
    let [Action::Apply(command)] = done.as_slice() else { panic!("{done:?}") };
    let Command::DecideFlag { flag, seen, .. } = &**command else { panic!("{command:?}") };
    assert_eq!((flag.as_str(), *seen), ("F1", 7));
}

#[test]
fn a_key_that_does_not_fit_the_state_says_why() {
    let (theme, home) = (Theme::default(), home(Role::Supervisor));
    let ctx = ctx(Lang::En, &theme, &home);
    let mut mine = flag("F1", FlagState::Confirmed, Level::Red);
    // She confirmed it.
    mine.beside.own = true;
    let text = &ctx.text.flags;
    let cases = [
        (flag("F1", FlagState::Confirmed, Level::Red), Action::ConfirmFlag, text.only_proposed),
        (flag("F1", FlagState::Closed, Level::Red), Action::RejectFlag, text.only_proposed),
        (flag("F1", FlagState::Proposed, Level::Red), Action::Advance, text.only_confirmed),
        (flag("F1", FlagState::Proposed, Level::Red), Action::CloseFlag, text.only_confirmed),
        (flag("F1", FlagState::Closed, Level::Red), Action::Edit, text.only_live),
        (mine, Action::CloseFlag, text.four_eyes),
    ];
    for (row, key, why) in cases {
        let mut pane = of_customer(vec![row]);
        assert_eq!(pane.on_action(&key, &ctx), [Action::warn(why)], "{key:?}");
    }
    let mut none = of_customer(Vec::new());
    assert_eq!(none.on_action(&Action::Edit, &ctx), [Action::warn(text.no_flag)]);
}

#[test]
fn an_officer_is_not_offered_the_superiors_step() {
    let (theme, home) = (Theme::default(), home(Role::Officer));
    let ctx = ctx(Lang::Zh, &theme, &home);
    let mut pane = of_customer(vec![flag("F1", FlagState::Confirmed, Level::Yellow)]);
    let asked = pane.on_action(&Action::Advance, &ctx);
    let [Action::Ask(ask)] = asked.as_slice() else { panic!("{asked:?}") };
    assert_eq!(ask.fields[0].value, "measure_decided");
}

#[test]
fn a_flag_is_raised_with_the_librarys_code_or_in_own_words() {
    let (theme, home) = (Theme::default(), home(Role::Officer));
    let ctx = ctx(Lang::Zh, &theme, &home);
    let cases = [
        ("ext-05", Some(("EXT-05", Level::Red))),
        ("老板失联", Some(("老板失联", Level::Yellow))),
        ("FIN-99", None),
    ];
    for (typed, expected) in cases {
        let mut pane = of_customer(Vec::new());
        let asked = pane.on_action(&Action::Flag, &ctx);
        let [Action::Ask(ask)] = asked.as_slice() else { panic!("{asked:?}") };
        let answered = |tag, values: &[&str]| {
            let values = values.iter().map(|value| (*value).to_owned()).collect();
            Action::Answered(Answered { tag, values })
        };
        let asked = pane.on_action(&answered(ask.tag, &[typed]), &ctx);
        let [Action::Ask(ask)] = asked.as_slice() else {
            assert!(matches!(asked.as_slice(), [Action::Say(_)]), "{asked:?}");
            assert_eq!(expected, None, "{typed}");
            continue;
        };
        let level = ask.fields[0].value.clone();
        let values = [&level, "liwei", "续查", "2026-12-01", ""];
        let done = pane.on_action(&answered(ask.tag, &values), &ctx);
        let [Action::Apply(command)] = done.as_slice() else { panic!("{done:?}") };
        let Command::RaiseFlag { signal, customer, level, .. } = &**command else { panic!() };
        assert_eq!(customer.as_str(), "C1");
        assert_eq!(Some((signal.as_str(), *level)), expected, "{typed}");
    }
}

#[test]
fn the_column_shows_level_signal_age_owner_measure_and_date() {
    let (theme, home) = (Theme::default(), home(Role::Supervisor));
    let mut late = flag("F1", FlagState::Confirmed, Level::Red);
    late.overdue_days = 3;
    let mut rotten = flag("F2", FlagState::Confirmed, Level::Orange);
    (rotten.owner_name, rotten.measure) = (None, None);
    let mut pane = of_customer(vec![late, rotten]);
    let shown = drawn(&mut pane, (32, 12), &ctx(Lang::Zh, &theme, &home));
    let shown: String = shown.chars().filter(|c| *c != ' ').collect();
    for part in ["●红EXT-05", "12天", "张伟", "!逾期3天", "无责任人", "未定措施"] {
        assert!(shown.contains(part), "{part} is not in\n{shown}");
    }
}

#[test]
fn what_the_store_counts_as_left_lying_stands_first_under_its_heading() {
    let (theme, home) = (Theme::default(), home(Role::Supervisor));
    let (lang, rots) = (Lang::Zh, true);
    let rows = vec![
        FlagRow { rots, owner: None, ..flag("F1", FlagState::Proposed, Level::Red) },
        FlagRow { rots, measure: None, ..flag("F2", FlagState::Confirmed, Level::Yellow) },
        flag("F3", FlagState::Confirmed, Level::Red),
        flag("F4", FlagState::Proposed, Level::Yellow),
    ];
    let mut pane = pane_of(FlagScope::Live, rows);
    assert_eq!(pane.order, [0, 1, 3, 2], "the store's order, and what is to be decided");
    let ctx = ctx(lang, &theme, &home);
    let shown = drawn(&mut pane, (80, 20), &ctx);
    let heading = |name, count| ctx.text.flags.counted(name, count).replace(' ', "");
    let shown: String = shown.chars().filter(|c| *c != ' ').collect();
    let text = &ctx.text.flags;
    for (name, count) in [(text.rotting, 2), (text.to_decide, 1), (text.in_hand, 1)] {
        assert!(shown.contains(&heading(name, count)), "{name} {count}\n{shown}");
    }
}

#[test]
fn a_heading_is_no_step_of_handling() {
    let (theme, home) = (Theme::default(), home(Role::Supervisor));
    for lang in [Lang::Zh, Lang::En] {
        let text = &ctx(lang, &theme, &home).text.flags;
        let headings = [text.asked_of_us, text.rotting, text.to_decide, text.in_hand, text.ended];
        for step in FlagStep::ALL {
            let word = crate::i18n::words::flag_step(lang, *step);
            assert!(headings.iter().all(|heading| heading.to_lowercase() != word), "{word}");
        }
    }
}

#[test]
fn every_size_and_language_draws_and_draws_the_same_again() {
    let (theme, home) = (Theme::default(), home(Role::Supervisor));
    let states = [FlagState::Proposed, FlagState::Confirmed, FlagState::Closed];
    let rows: Vec<_> =
        (0..60).map(|n| flag(&format!("F{n}"), states[n % 3], Level::ALL[n % 3])).collect();
    let sizes = [(80, 20), (120, 32), (200, 56), (32, 30), (1, 1), (5, 2), (20, 4), (72, 3)];
    for scope in [FlagScope::Live, FlagScope::Customer(CustomerId::from("C1"))] {
        for (lang, size) in [Lang::Zh, Lang::En].into_iter().flat_map(|l| sizes.map(|s| (l, s))) {
            let ctx = ctx(lang, &theme, &home);
            let mut pane = pane_of(scope.clone(), rows.clone());
            for key in [Action::Next, Action::Last, Action::PageUp] {
                pane.on_action(&key, &ctx);
                let first = drawn(&mut pane, size, &ctx);
                assert_eq!(first, drawn(&mut pane, size, &ctx), "{lang:?} {size:?} {key:?}");
            }
        }
    }
}
