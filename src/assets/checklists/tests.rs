use super::*;

#[test]
fn the_built_in_pack_loads() {
    match load() {
        Ok(library) => assert_eq!(library.id(), "checklists@1"),
        Err(fault) => panic!("{fault}"),
    }
}
