//! The whole job of officer and supervisor, key by key, on the real store.

use super::desk::Office;

#[test]
fn look() {
    let office = Office::open();
    let mut h = office.desk_of("zhangwei", 80, 24, crate::i18n::Lang::Zh);
    for c in h.all_customers() {
        println!("{c:?}");
    }
    for k in [
        "",
        "jjj<enter>",
        "<enter>",
        "]",
        "]",
        "]",
        "]",
        "]",
        "e",
        "<esc>",
        "<pagedown>",
        "<pagedown>",
        "<pagedown>",
        "<pagedown>",
    ] {
        h.keys(k);
        println!("=== {k}\n{}\n{:?}", h.screen(), h.refused);
    }
}
