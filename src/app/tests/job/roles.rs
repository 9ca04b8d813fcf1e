//! What a role may not do is not offered to it and not begun.

use super::*;
use crate::app::offered::work;
use crate::app::tests::desk::Office;
use crate::domain::user::{Role, Work};
use crate::i18n::{Catalog, Lang};
use crate::ui::keymap::{KeyContext, Keymap};

#[test]
fn every_role_but_the_looking_ones_has_its_work() {
    let all = [Work::Visits, Work::Flags, Work::Decisions, Work::Opinions, Work::Events];
    let of = |role: Role| all.map(|work| role.does(work));
    assert_eq!(of(Role::Officer), [true, true, false, false, false]);
    assert_eq!(of(Role::Supervisor), [true; 5]);
    assert_eq!(of(Role::Risk), [false, true, false, true, true]);
    assert_eq!(of(Role::Compliance), [false, false, false, true, false]);
    assert_eq!(of(Role::Auditor), [false; 5]);
    assert_eq!(of(Role::Admin), [false; 5]);
}

#[test]
fn what_an_auditor_may_not_do_is_neither_offered_nor_begun() {
    let office = Office::open();
    for lang in [Lang::Zh, Lang::En] {
        let text = Catalog::of(lang);
        let mut desk = office.desk_of("zhenghua", 120, 36, lang);
        let keymap = Keymap::default();
        let hint = |context, desk: &Desk| {
            let rows = keymap.hints(context).into_iter();
            let of_others = rows.filter(|row| work(context, &row.action).is_some());
            let last = desk.screen().lines().last().unwrap_or_default().to_owned();
            of_others.map(|row| row.label(text)).find(|label| last.contains(*label))
        };
        assert_eq!(hint(KeyContext::Agenda, &desk), None, "{}", desk.screen());
        // Each key, and the sentence; no dialog opens.
        for (keys, said) in [
            ("1<enter>", text.shell.work_visits),
            ("1f", text.shell.work_flags),
            ("1b", text.shell.work_flags),
            ("1d", text.shell.work_visits),
            ("1s", text.board.only_supervisors),
            ("2v", text.shell.work_visits),
            ("4f", text.shell.work_flags),
            ("4c", text.shell.work_flags),
        ] {
            desk.keys(keys);
            let begin: String = said.chars().take(20).collect();
            assert!(desk.screen().contains(&begin), "{keys}\n{}", desk.screen());
            assert!(desk.app.overlays.is_empty(), "{keys}\n{}", desk.screen());
        }
        assert_eq!(desk.refused, [], "nothing reached the store");
    }
}
