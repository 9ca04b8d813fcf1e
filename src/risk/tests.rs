use super::*;

#[test]
fn the_group_is_in_the_code() {
    for group in Group::ALL {
        assert_eq!(Group::of_code(&format!("{}-01", group.prefix())), Some(*group));
    }
    for code in ["", "OPS", "ops-01", "XYZ-01"] {
        assert_eq!(Group::of_code(code), None, "{code}");
    }
}
