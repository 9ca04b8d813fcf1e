use super::*;

fn person(id: &str, role: Role, branch: &str, disabled: bool) -> User {
    User { id: id.into(), name: id.to_owned(), role, branch: branch.to_owned(), disabled }
}

/// What is looked at, who is there, and which branches are told.
type Case = (&'static str, Vec<User>, Vec<(&'static str, usize)>);

#[test]
fn a_branch_with_one_supervisor_is_told() {
    use Role::{Auditor, Officer, Supervisor};
    let of = |branch, role, id: &str| person(id, role, branch, false);
    let cases: [Case; 7] = [
        ("nobody", vec![], vec![]),
        ("two", vec![of("东", Supervisor, "a"), of("东", Supervisor, "b")], vec![]),
        ("one", vec![of("东", Officer, "o"), of("东", Supervisor, "a")], vec![("东", 1)]),
        ("none", vec![of("", Officer, "o")], vec![("", 0)]),
        (
            "one of two can't log in",
            vec![of("东", Supervisor, "a"), person("b", Supervisor, "东", true)],
            vec![("东", 1)],
        ),
        ("who writes nothing needs none", vec![of("总行", Auditor, "x")], vec![]),
        (
            "who has no branch is of the only one",
            vec![of("东", Supervisor, "a"), of("", Supervisor, "b"), of("", Officer, "o")],
            vec![],
        ),
    ];
    for (what, people, expected) in cases {
        assert_eq!(short_of_supervisors(&people), expected, "{what}");
    }
    let two = [of("东", Supervisor, "a"), of("西", Supervisor, "b"), of("", Supervisor, "c")];
    assert_eq!(short_of_supervisors(&two), [("", 1), ("东", 1), ("西", 1)]);
}
