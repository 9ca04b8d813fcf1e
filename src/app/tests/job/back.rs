//! Esc leads back to the list from which a customer was opened, and to the same row of it.

use super::*;
use crate::app::tests::desk::Office;
use crate::i18n::Lang;
use crate::ui::screen::{PaneId, Screen};

/// The screen without the clock and the status line.
fn body(desk: &Desk) -> String {
    let lines: Vec<_> = desk.screen().lines().skip(1).map(str::to_owned).collect();
    lines.get(..lines.len() - 1).unwrap_or_default().join("\n")
}

#[test]
fn esc_from_a_customer_leads_back_to_the_list_and_its_row() {
    let office = Office::open();
    // Who, the keys to the list and down in it, the key that opens a customer.
    for (who, list, opens) in [
        ("zhangwei", "4jj", "l"),
        ("zhangwei", "ejj", "<enter>"),
        ("zhangwei", "i", "<enter>"),
        ("lifang", "5p<down><enter>", "<enter>"),
        ("zhangwei", "2j", "<enter>"),
        ("zhangwei", "jj", "l"),
    ] {
        for size in [(80, 24), (120, 36)] {
            let mut desk = office.desk_of(who, size.0, size.1, Lang::Zh);
            desk.keys(list);
            let (before, at) = (body(&desk), desk.app.place.screen);
            desk.keys(opens);
            let focused = desk.app.place.focused();
            if focused != PaneId::Dossier {
                // A message about a record leads to that, not to a customer.
                assert!(list == "i", "{who} {list}{opens}: {focused:?}\n{}", desk.screen());
                continue;
            }
            desk.keys("<esc>");
            assert_eq!(desk.app.place.screen, at, "{who} {list}{opens}");
            assert_eq!(body(&desk), before, "{who} {list}{opens}");
        }
    }
}

#[test]
fn figures_lead_to_a_list_and_esc_back_to_them_by_way_of_the_customer() {
    let office = Office::open();
    let mut desk = office.desk_of("lifang", 120, 36, Lang::Zh);
    desk.keys("8<enter>");
    assert_eq!(desk.app.place.screen, Screen::Customers, "{}", desk.screen());
    desk.keys("j<enter>");
    assert_eq!(desk.app.place.focused(), PaneId::Dossier);
    desk.keys("<esc>");
    assert_eq!(desk.app.place.focused(), PaneId::Customers);
    desk.keys("<esc>");
    assert_eq!(desk.app.place.screen, Screen::Cockpit);
    // A digit is no way to come back from.
    desk.keys("<enter>1<esc>");
    assert_eq!(desk.app.place.screen, Screen::Today);
}

#[test]
fn the_watch_list_is_in_front_whatever_was_read_beside_it_before() {
    let office = Office::open();
    for way in ["4p", "4pl4p", "2l4p"] {
        let mut h = office.desk("zhangwei");
        h.keys(way);
        assert_eq!(h.app.place.focused(), PaneId::Customers, "{way}\n{}", h.screen());
        assert!(h.screen().contains("关注：是"), "{way}\n{}", h.screen());
        h.keys("<esc>");
        assert_eq!(h.app.place.screen, Screen::Flags, "{way}\n{}", h.screen());
    }
    // From the dossier beside it the list comes first, then the flags.
    let mut h = office.desk("zhangwei");
    h.keys("4pl<esc>");
    assert_eq!(h.app.place.focused(), PaneId::Customers, "{}", h.screen());
    h.keys("<esc>");
    assert_eq!(h.app.place.screen, Screen::Flags, "{}", h.screen());
}
