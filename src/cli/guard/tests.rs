use super::*;

/// An officer at the workstation of a server that is set up well.
fn well() -> Start {
    Start {
        mode: IdentityMode::Sudo,
        settings: ("/etc/huifang/config.toml".into(), true),
        database_named: true,
        euid: 900,
        owner: Some(900),
        caller: person("o1023", true, false),
        wish: Wish::Screen,
        one_terminal: true,
    }
}

fn person(user: &str, officer: bool, admin: bool) -> Caller {
    Caller::Person { user: user.to_owned(), officer, admin }
}

/// What is different, how, and what follows.
type Case = (&'static str, fn(&mut Start), Result<(), Refused>);

#[test]
fn what_must_hold_before_the_start() {
    let outside = |user: &str, group| Refused::NotInGroup { user: user.to_owned(), group };
    let cases: [Case; 17] = [
        ("all is well", |_| {}, Ok(())),
        (
            "others can change the settings",
            |s| s.settings.1 = false,
            Err(Refused::Settings("/etc/huifang/config.toml".into())),
        ),
        ("no database in the settings", |s| s.database_named = false, Err(Refused::NoDatabase)),
        ("started as root", |s| (s.euid, s.owner) = (0, Some(0)), Err(Refused::Root)),
        ("no folder", |s| s.owner = None, Err(Refused::NoFolder)),
        ("the officer's own account", |s| s.euid = 1023, Err(Refused::NotTheService(1023))),
        ("a command", |s| s.wish = Wish::Other, Err(Refused::Words)),
        ("--as", |s| s.wish = Wish::ScreenAs, Err(Refused::Words)),
        (
            "no officer",
            |s| s.caller = person("mallory", false, false),
            Err(outside("mallory", OFFICERS)),
        ),
        (
            "an administrator has no workstation",
            |s| s.caller = person("root1", false, true),
            Err(outside("root1", OFFICERS)),
        ),
        ("output goes elsewhere", |s| s.one_terminal = false, Err(Refused::NotOneTerminal)),
        ("an officer keeps no house", |s| s.wish = Wish::House, Err(outside("o1023", ADMINS))),
        (
            "an administrator keeps house",
            |s| (s.wish, s.caller) = (Wish::House, person("root1", false, true)),
            Ok(()),
        ),
        (
            "a timer keeps house without a terminal",
            |s| (s.wish, s.caller, s.one_terminal) = (Wish::House, Caller::Service, false),
            Ok(()),
        ),
        (
            "a forced command",
            |s| {
                (s.mode, s.wish) = (IdentityMode::ForcedCommand, Wish::ScreenAs);
                s.caller = Caller::Service;
            },
            Ok(()),
        ),
        (
            "a forced command with more words",
            |s| {
                (s.mode, s.wish) = (IdentityMode::ForcedCommand, Wish::Other);
                s.caller = Caller::Service;
            },
            Err(Refused::Words),
        ),
        (
            "a forced command without a terminal",
            |s| {
                (s.mode, s.wish) = (IdentityMode::ForcedCommand, Wish::ScreenAs);
                (s.caller, s.one_terminal) = (Caller::Service, false);
            },
            Err(Refused::NotOneTerminal),
        ),
    ];
    for (what, change, expected) in cases {
        let mut start = well();
        change(&mut start);
        assert_eq!(judge(&start), expected, "{what}");
    }
}

#[test]
fn the_lists_of_the_system_are_read() {
    assert!(entry("passwd", "root").is_some_and(|line| line.starts_with("root:")));
    assert_eq!(entry("passwd", "nobody-of-this-name"), None);
    assert!(is_in("root", "root"), "by the own group");
    assert!(!is_in("root", "no-such-group"));
    assert!(!is_in("nobody-of-this-name", "root"));
}

#[test]
fn settings_of_others_do_not_count() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("config.toml");
    assert!(!is_roots(&file), "not there");
    std::fs::write(&file, "").unwrap();
    let root = folder.path().metadata().unwrap().uid() == 0;
    assert_eq!(is_roots(&file), root);
    let open = std::os::unix::fs::PermissionsExt::from_mode(0o666);
    std::fs::set_permissions(&file, open).unwrap();
    assert!(!is_roots(&file), "writable for all");
}
