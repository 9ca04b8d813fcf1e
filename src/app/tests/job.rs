//! The whole job of officer and supervisor, key by key, on the real store.

use super::desk::Office;

#[test]
fn look() {
    let office = Office::open();
    let mut h = office.desk("zhangwei");
    println!("{}", h.screen());
    for k in ["3", "1", "<enter>", "<enter>", "j", "1i"] {
        h.keys(k);
        println!("=== {k}\n{}\n{:?}", h.screen(), h.refused);
    }
}
