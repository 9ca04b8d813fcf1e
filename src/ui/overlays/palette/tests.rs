use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::*;
use crate::ui::ctx::with_ctx;

fn first(typed: &str) -> Option<Action> {
    found(KeyContext::Agenda, typed).into_iter().next()
}

fn found(place: KeyContext, typed: &str) -> Vec<Action> {
    let mut palette = Palette::new(place);
    palette.on_paste(typed);
    with_ctx(Lang::Zh, |ctx| {
        palette.found(ctx, &Keymap::default()).into_iter().map(|c| c.action).collect()
    })
}

#[test]
fn a_command_is_found_in_three_writings_and_by_its_letters() {
    for typed in ["复核", "fuhe", "fh", "review", "rvw"] {
        assert_eq!(first(typed), Some(Action::ScreenReview), "{typed}");
    }
    assert_eq!(first("hfyw"), None);
    assert_eq!(first("wh"), Some(Action::Why));
}

#[test]
fn the_codes_of_the_screens_lead_there_first() {
    for (code, screen) in [
        ("rl", Action::ScreenToday),
        ("kh", Action::ScreenCustomers),
        ("jc", Action::ScreenChecklist),
        ("fx", Action::ScreenFlags),
        ("fh", Action::ScreenReview),
    ] {
        assert_eq!(first(code), Some(screen), "{code}");
    }
}

#[test]
fn lists_of_the_whole_book_open_from_every_pane_and_tell_their_keys() {
    for typed in ["组合", "zuhe", "portfolio"] {
        assert_eq!(first(typed), Some(Action::Portfolio), "{typed}");
    }
    let told = with_ctx(Lang::Zh, |ctx| {
        let all = commands(KeyContext::Calendar, ctx, &Keymap::default());
        all.into_iter().find(|command| command.action == Action::Events).map(|c| c.keys)
    });
    assert_eq!(told.as_deref(), Some("4 v"));
    // A box has its own commands only.
    assert!(!found(KeyContext::Packets, "portfolio").contains(&Action::Portfolio));
}

/// Whoever types a command's name as it is shown, in either language or by its initials, gets it.
#[test]
fn every_command_of_every_place_is_found_by_both_of_its_names() {
    for action in Action::KEYS.iter().filter(|a| !a.is_movement()) {
        for lang in [Lang::Zh, Lang::En] {
            let name = action.label(Catalog::of(lang));
            let places = KeyContext::ALL
                .into_iter()
                .filter(|place| Keymap::default().rows_of(*place).any(|row| row.action == *action));
            for place in places {
                let hits = found(place, name);
                assert!(hits.iter().take(3).any(|a| a == action), "{place:?} {name}: {hits:?}");
            }
        }
    }
}

#[test]
fn a_name_that_nothing_has_is_told_and_stays_to_be_mended() {
    let (area, keymap) = (Rect::new(0, 0, 80, 24), Keymap::default());
    for lang in [Lang::Zh, Lang::En] {
        with_ctx(lang, |ctx| {
            let mut palette = Palette::new(KeyContext::Agenda);
            let drawn = |palette: &mut Palette| {
                let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
                terminal.draw(|frame| palette.render(frame, area, ctx, &keymap)).unwrap();
                terminal.backend().to_string().replace(' ', "")
            };
            let none = ctx.text.overlays.palette_none.replace(' ', "");
            assert!(!drawn(&mut palette).contains(&none));
            palette.on_paste("qqqq");
            assert!(drawn(&mut palette).contains(&none));
            let step = palette.on_action(&Action::Accept, ctx, &keymap);
            assert!(!step.close && step.actions.is_empty());
            assert!(palette.on_action(&Action::Back, ctx, &keymap).close);
        });
    }
}

#[test]
fn what_a_risk_officer_looks_for_is_found_by_her_words() {
    for (typed, action) in [
        ("限额", Action::Portfolio),
        ("concentration", Action::Portfolio),
        ("预警质量", Action::Backtest),
        ("alert quality", Action::Backtest),
        ("规则", Action::Policies),
        ("制度", Action::Policies),
        ("导出", Action::Portfolio),
    ] {
        assert!(found(KeyContext::Agenda, typed).contains(&action), "{typed}");
    }
    // What has no screen tells where it lies.
    for lang in [Lang::Zh, Lang::En] {
        with_ctx(lang, |ctx| {
            for typed in ["阈值", "信号库", "threshold", "signal library"] {
                assert_eq!(elsewhere(typed, ctx), [ctx.text.palette.thresholds], "{typed}");
            }
            assert_eq!(elsewhere("export", ctx), [ctx.text.palette.export]);
            assert!(elsewhere("t", ctx).is_empty() && elsewhere("", ctx).is_empty());
        });
    }
}
