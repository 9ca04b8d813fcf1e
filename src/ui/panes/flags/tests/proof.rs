//! The files that prove how a flag ended.

use super::*;

/// A file that proves a flag.
fn proof(name: &str, missing: bool) -> ProofRow {
    ProofRow {
        sha256: "ab".repeat(32),
        flag: FlagId::from("F1"),
        signal: "EXT-05".to_owned(),
        raised_on: day("2026-11-11"),
        name: name.to_owned(),
        size: 1_300_000,
        looks: Looks { media: Media::Pdf, pixels: None, taken_at: None, place: None },
        by: "张伟".to_owned(),
        at: "11-20 09:12:31".to_owned(),
        warnings: Vec::new(),
        missing,
    }
}

#[test]
fn whoever_ends_a_flag_is_shown_what_proves_it() {
    let (theme, home) = (Theme::default(), home(Role::Supervisor));
    let ctx = ctx(Lang::Zh, &theme, &home);
    let text = &ctx.text.flags;
    let close = |level, proofs: Vec<ProofRow>| {
        let mut row = flag("F1", FlagState::Confirmed, level);
        (row.step, row.proofs) = (FlagStep::Verify, proofs);
        let asked = of_customer(vec![row]).on_action(&Action::CloseFlag, &ctx);
        let [Action::Ask(ask)] = asked.as_slice() else { panic!("{asked:?}") };
        (**ask).clone()
    };
    let ends = |ask: &crate::ui::ask::Ask| match &ask.fields[0].kind {
        crate::ui::ask::FieldKind::Choice(options) => options.len(),
        other => panic!("{other:?}"),
    };
    // A red one without a file, or with one that is not there any more, is only handed over.
    for proofs in [Vec::new(), vec![proof("回单.pdf", true)]] {
        let ask = close(Level::Red, proofs);
        // Nothing is chosen yet: Enter alone hands nothing over.
        assert_eq!((ends(&ask), ask.fields[0].value.as_str()), (2, ""));
        assert!(ask.lines.iter().any(|line| line == text.no_file_yet), "{:?}", ask.lines);
    }
    let ask = close(Level::Red, vec![proof("回单.pdf", false)]);
    let told = ask.lines.join("|");
    assert_eq!(ends(&ask), 2);
    assert!(ask.files.is_some());
    for part in ["证明文件 1 个", "1 回单.pdf", "1.2 MB", "abababababab", "张伟 11-20 09:12:31"]
    {
        assert!(told.contains(part), "{part}: {told}");
    }
    // An orange one may be described.
    let ask = close(Level::Orange, Vec::new());
    assert_eq!((ends(&ask), ask.files), (2, None));
    assert!(ask.lines.iter().any(|line| line == text.described));
}

#[test]
fn an_ended_flag_takes_no_file_and_shows_what_it_has() {
    let (theme, home) = (Theme::default(), home(Role::Officer));
    let ctx = ctx(Lang::Zh, &theme, &home);
    let mut live = of_customer(vec![flag("F1", FlagState::Confirmed, Level::Red)]);
    let asked = live.on_action(&Action::Attach, &ctx);
    assert!(matches!(asked.as_slice(), [Action::OpenDrops(_)]), "{asked:?}");
    let mut row = flag("F1", FlagState::Closed, Level::Red);
    // Where there is nothing to look at, that is said.
    let none = of_customer(vec![row.clone()]).on_action(&Action::Photos, &ctx);
    assert_eq!(none, [Action::warn(ctx.text.files.gallery_empty)]);
    row.proofs = vec![proof("回单.pdf", false)];
    let mut ended = of_customer(vec![row]);
    let refused = Action::warn(ctx.text.flags.ended_keeps);
    assert_eq!(ended.on_action(&Action::Attach, &ctx), [refused]);
    let shown = ended.on_action(&Action::Photos, &ctx);
    let [Action::OpenPhotos(photos)] = shown.as_slice() else { panic!("{shown:?}") };
    assert!(matches!(**photos, crate::ui::action::Photos::Of { open: false, .. }));
}
