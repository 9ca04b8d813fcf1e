use super::*;

fn actor(role: Role) -> Actor {
    Actor {
        user: "zhangwei".into(),
        name: "张伟".into(),
        role,
        branch: "城东支行".into(),
        os_user: "zhangwei".into(),
        session: "s1".into(),
        operator: false,
    }
}

#[test]
fn the_role_matrix_is_exactly_this() {
    use Action::{HandleFlags, ManagePeople, Operate, Order, Read, ReadJournal, Review, Visit};
    let matrix: &[(Role, &[Action])] = &[
        (Role::Officer, &[Read, Visit, HandleFlags]),
        (Role::Supervisor, &[Read, Visit, Review, Order, HandleFlags]),
        (Role::Risk, &[Read, HandleFlags]),
        (Role::Compliance, &[Read]),
        (Role::Auditor, &[Read, ReadJournal]),
        (Role::Admin, &[ManagePeople, Operate, ReadJournal]),
    ];
    for (role, allowed) in matrix {
        for action in [Read, Visit, Review, Order, HandleFlags, ManagePeople, Operate, ReadJournal]
        {
            assert_eq!(actor(*role).may(action), allowed.contains(&action), "{role:?} {action:?}");
        }
    }
}

#[test]
fn masks_leave_what_people_need_to_tell_rows_apart() {
    assert_eq!(mask_id("110101199003070123"), "110101********0123");
    assert_eq!(mask_phone("13812345678"), "138****5678");
    assert_eq!(mask_phone("12345"), "*****");
    assert_eq!(mask_name("张小伟"), "张**");
    assert_eq!(mask_name(""), "");
}
