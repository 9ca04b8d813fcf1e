use super::*;

fn names(uid: u32) -> Option<String> {
    match uid {
        0 => Some("root".to_owned()),
        900 => Some("huifang".to_owned()),
        1001 => Some("zhangwei".to_owned()),
        1002 => Some("wangfang".to_owned()),
        _ => None,
    }
}

struct Case {
    what: &'static str,
    mode: IdentityMode,
    around: Surroundings,
    expected: Result<(&'static str, &'static str, bool), Fault>,
}

fn at(uid: u32) -> Surroundings {
    Surroundings { uid, ..Surroundings::default() }
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of cases")]
fn who_is_acting() {
    use IdentityMode::{ForcedCommand, Os, Sudo};
    let named = |uid, owner, user: &str| Surroundings {
        uid,
        file_owner: owner,
        named: Some(user.to_owned()),
        ..Surroundings::default()
    };
    let sudo = |sudo_uid: &str, login_uid| Surroundings {
        uid: 900,
        sudo_uid: Some(sudo_uid.to_owned()),
        login_uid,
        file_owner: Some(900),
        ..Surroundings::default()
    };
    let cases = [
        Case {
            what: "one's own machine, no file yet",
            mode: Os,
            around: at(1001),
            expected: Ok(("zhangwei", "zhangwei", true)),
        },
        Case {
            what: "a file of somebody else: read with one's own rights, no operator",
            mode: Os,
            around: Surroundings { file_owner: Some(0), ..at(1001) },
            expected: Ok(("zhangwei", "zhangwei", false)),
        },
        Case {
            what: "--as on one's own file",
            mode: Os,
            around: named(1001, Some(1001), "lifang"),
            expected: Ok(("lifang", "zhangwei", true)),
        },
        Case {
            what: "--as on a file of somebody else",
            mode: Os,
            around: named(1001, Some(1002), "lifang"),
            expected: Err(Fault::NotOwner),
        },
        Case {
            what: "--as on a demo of somebody else",
            mode: Os,
            around: Surroundings { demo: true, ..named(1001, Some(1002), "lifang") },
            expected: Ok(("lifang", "zhangwei", false)),
        },
        Case {
            what: "a uid without a name",
            mode: Os,
            around: at(4711),
            expected: Err(Fault::Unknown(4711)),
        },
        Case {
            what: "sudo says who",
            mode: Sudo,
            around: sudo("1002", None),
            expected: Ok(("wangfang", "wangfang", false)),
        },
        Case {
            what: "sudo and kernel agree",
            mode: Sudo,
            around: sudo("1002", Some(1002)),
            expected: Ok(("wangfang", "wangfang", false)),
        },
        Case {
            what: "sudo and kernel differ",
            mode: Sudo,
            around: sudo("1002", Some(1001)),
            expected: Err(Fault::LoginUidDiffers),
        },
        Case {
            what: "sudo mode without sudo",
            mode: Sudo,
            around: at(900),
            expected: Err(Fault::NoSudoUid),
        },
        Case {
            what: "sudo uid that is no number",
            mode: Sudo,
            around: sudo("zhangwei", None),
            expected: Err(Fault::NoSudoUid),
        },
        Case {
            what: "--as in sudo mode",
            mode: Sudo,
            around: Surroundings { named: Some("lifang".to_owned()), ..sudo("1002", None) },
            expected: Err(Fault::AsRefused("sudo")),
        },
        Case {
            what: "forced command",
            mode: ForcedCommand,
            around: named(900, Some(900), "zhangwei"),
            expected: Ok(("zhangwei", "huifang", false)),
        },
        Case {
            what: "a timer of the server keeps house",
            mode: Sudo,
            around: Surroundings { house: true, file_owner: Some(900), ..at(900) },
            expected: Ok(("huifang", "huifang", true)),
        },
        Case {
            what: "who was called by sudo is no timer",
            mode: Sudo,
            around: Surroundings { house: true, ..sudo("1002", None) },
            expected: Ok(("wangfang", "wangfang", false)),
        },
        Case {
            what: "a word that is no number makes no timer",
            mode: Sudo,
            around: Surroundings { house: true, ..sudo("", None) },
            expected: Err(Fault::NoSudoUid),
        },
        Case {
            what: "somebody else's file is not the timer's",
            mode: ForcedCommand,
            around: Surroundings { house: true, file_owner: Some(900), ..at(1001) },
            expected: Err(Fault::NotOwner),
        },
        Case {
            what: "forced command without a name",
            mode: ForcedCommand,
            around: at(900),
            expected: Err(Fault::AsMissing),
        },
    ];
    for case in cases {
        let found = resolve(case.mode, &case.around, names);
        let expected = case.expected.map(|(user, os_user, operator)| Identity {
            user: user.to_owned(),
            os_user: os_user.to_owned(),
            operator,
        });
        assert_eq!(found, expected, "{}", case.what);
    }
}

#[test]
fn names_are_read_from_the_list() {
    let list = "root:x:0:0:root:/root:/bin/sh\nzhangwei:x:1001:1001::/home/z:/bin/sh\nbroken\n";
    assert_eq!(name_in(list, 1001).as_deref(), Some("zhangwei"));
    assert_eq!(name_in(list, 7), None);
}
