use super::*;

fn parse(text: &str) -> Result<Config, Fault> {
    Config::parse(text, Path::new("c.toml"))
}

#[test]
fn nothing_said_is_the_default() {
    assert_eq!(parse("").unwrap(), Config::default());
}

#[test]
fn the_example_shows_the_defaults_and_every_key() {
    let text = include_str!("../../config.example.toml");
    assert_eq!(parse(text).unwrap(), Config::default());
    // Keys whose default is "nothing" stand there as comments; each must be readable when taken in.
    let mut taken = String::new();
    for line in text.lines() {
        let line = line.strip_prefix("#: ").unwrap_or(line);
        taken.push_str(line);
        taken.push('\n');
    }
    let config = parse(&taken).unwrap();
    assert!(config.db.is_some() && config.backup_dir.is_some() && !config.keys.is_empty());
    for key in [
        "db",
        "lang",
        "theme",
        "borders",
        "identity",
        "backup_dir",
        "export_dir",
        "clipboard",
        "[keys]",
    ] {
        assert!(taken.lines().any(|l| l.starts_with(key)), "{key} is not in the example");
    }
}

#[test]
fn values_are_read() {
    let config = parse(
        "db = \"/srv/h.db\"\nlang = \"en\"\ntheme = \"mono\"\nborders = \"ascii\"\n\
         identity = \"forced-command\"\nclipboard = true\n[keys.list]\nnext = [\"j\", \"down\"]\n",
    )
    .unwrap();
    assert_eq!(config.db.as_deref(), Some(Path::new("/srv/h.db")));
    assert_eq!(config.lang, LangChoice::En);
    assert_eq!(config.identity, IdentityMode::ForcedCommand);
    assert_eq!(config.keys["list"]["next"], ["j", "down"]);
}

#[test]
fn faults_name_their_line() {
    let cases = [
        ("lang = \"zh-CN\"\n\ncolour = \"red\"\n", 3),
        ("theme = \"pink\"\n", 1),
        ("clipboard = \"yes\"\n", 1),
        ("lang = \"en\"\nlang = \"en\"\n", 2),
        ("\n\n= 3\n", 3),
    ];
    for (text, expected) in cases {
        match parse(text) {
            Err(Fault::Wrong { line, .. }) => assert_eq!(line, expected, "{text}"),
            other => panic!("{text}: {other:?}"),
        }
    }
}

#[test]
fn paths_must_be_absolute() {
    assert!(matches!(parse("db = \"h.db\""), Err(Fault::RelativePath { key: "db", .. })));
}

#[test]
fn a_day_of_ones_own_that_is_none_is_refused_with_its_line() {
    for (date, fine) in [("05-18", true), ("5-18", false), ("02-29", false), ("12-32", false)] {
        let text = format!("clipboard = true\n[own_days]\n\"{date}\" = \"x\"\n");
        match Config::parse(&text, Path::new("c.toml")) {
            Ok(config) => assert!(fine && config.own_days.len() == 1, "{date}"),
            Err(fault) => {
                let told = format!("c.toml:3: own_days: `{date}` is no day such as `05-18`");
                assert_eq!((fine, fault.to_string()), (false, told));
            }
        }
    }
}
