use super::*;
use crate::i18n::help;

fn words(line: &str) -> Vec<OsString> {
    line.split_whitespace().map(OsString::from).collect()
}

fn paths(command: &Command, path: &str, found: &mut Vec<String>) {
    found.push(path.to_owned());
    for arg in command.get_arguments() {
        let own = format!("{path} --{}", arg.get_id());
        let id = format!("--{}", arg.get_id());
        found.push(if arg.is_global_set() { id } else { own.trim().to_owned() });
    }
    for sub in command.get_subcommands() {
        let path = format!("{path} {}", sub.get_name());
        paths(sub, path.trim(), found);
    }
}

#[test]
fn everything_is_explained_in_both_languages_and_nothing_else() {
    let mut found = Vec::new();
    paths(&command(Lang::En), "", &mut found);
    found.sort();
    found.dedup();
    let mut explained: Vec<String> = help::all().map(|(path, _, _)| (*path).to_owned()).collect();
    explained.sort();
    assert_eq!(found, explained);
    assert!(
        help::all().all(|(_, en, zh)| en.is_ascii() | en.contains("万元") && !zh.is_ascii()
            || zh.contains("bash"))
    );
}

#[test]
fn the_tree_is_sound() {
    command(Lang::Zh).debug_assert();
}

#[test]
fn a_start_of_the_workstation_is_read_as_the_whole_tree_reads_it() {
    let whole = |line: &str| {
        let all = std::iter::once(OsString::from("huifang")).chain(words(line));
        let matches = command(Lang::En).try_get_matches_from(all).ok()?;
        Cli::from_arg_matches(&matches).ok().filter(|cli| cli.command.is_none())
    };
    let plain =
        |line: &str| workstation(std::iter::once(OsString::from("huifang")).chain(words(line)));
    let written = |cli: Option<Cli>| cli.map(|cli| format!("{cli:?}"));
    let starts = [
        "",
        "--db x.db --as zhangwei --as-of 2026-11-23 --lang zh-CN",
        "--config=c.toml -q -v",
        "--format json",
    ];
    for line in starts {
        assert!(plain(line).is_some(), "{line}");
        assert_eq!(written(plain(line)), written(whole(line)), "{line}");
    }
    for line in ["demo", "--db x.db demo", "--help", "-V", "--lang fr", "--nothing", "--", "x"] {
        assert_eq!(written(plain(line)), written(whole(line)), "{line}");
    }
}

#[test]
fn commands_of_exchange_md_parse() {
    let lines = [
        "",
        "demo --customers 100000 --seed 7 --role supervisor --db x.db --no-open",
        "import book.xlsx --dry-run --format json --rejects r.csv --accept-valid --ignore-unknown",
        "import loans.csv --kind loans --encoding gb18030 --unit wan --create-users",
        "import d --complete loans --settle-missing --as-of-file 2026-11-01",
        "template --out portfolio.xlsx",
        "export all --out all.xlsx --officer zhangwei --unmask --reason audit",
        "export calendar --out c.ics --private",
        "plan --as-of 2026-11-23 --from 2026-11-01 --to 2026-12-31 --officer zhangwei --format json",
        "plan month 2026-12 --officer zhangwei --format json",
        "plan --gaps --format json",
        "plan --explain C000001",
        "customers --officer zhangwei --query bjds --format csv",
        "visits",
        "flags",
        "actions",
        "jobs list",
        "jobs run --as-of 2026-11-23",
        "user add zhangwei --name 张伟 --role officer --branch 城东支行",
        "user list",
        "user disable zhangwei",
        "journal verify",
        "journal head",
        "journal show --subject C000001 --last 10",
        "backup b.db",
        "restore b.db",
        "doctor",
        "policy show",
        "policy check p.toml",
        "completions bash",
        "man",
        "--as lifang --db x.db --config c.toml --lang en --quiet --verbose",
    ];
    for line in lines {
        assert!(matches!(parse(&words(line), Lang::En), Parsed::Run(_)), "{line}");
    }
}

#[test]
fn wrong_words_are_named() {
    use MisuseKind::{BadValue, Conflict, Missing, NoSuchCommand, NoSuchOption, NoValue, Twice};
    let cases = [
        ("frobnicate", NoSuchCommand, "frobnicate", ""),
        ("plan --when", NoSuchOption, "--when", ""),
        ("--as-of yesterday plan", BadValue, "--as-of <DATE>", "yesterday"),
        ("demo --customers 0", BadValue, "--customers <CUSTOMERS>", "0"),
        ("demo --role boss", BadValue, "--role <ROLE>", "boss"),
        ("import", Missing, "<FILE|FOLDER>", ""),
        ("export loans --out x.csv --unmask", Missing, "--reason <TEXT>", ""),
        ("plan --gaps --explain C1", Conflict, "--gaps", ""),
        ("plan --officer a --officer b", Twice, "--officer <USER>", ""),
        ("plan --explain", NoValue, "--explain <CUSTOMER>", ""),
    ];
    for (line, kind, what, value) in cases {
        match parse(&words(line), Lang::En) {
            Parsed::Misuse(found) => {
                assert_eq!(
                    (found.kind, &*found.what, &*found.value),
                    (kind, what, value),
                    "{line}"
                );
            }
            other => panic!("{line}: {other:?}"),
        }
    }
}

#[test]
fn help_is_in_the_chosen_language() {
    for (lang, word) in [(Lang::Zh, "用法"), (Lang::En, "Usage")] {
        match parse(&words("import --help"), lang) {
            Parsed::Show(text) => assert!(text.contains(word), "{text}"),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn the_language_comes_from_words_then_environment() {
    let none = |_: &str| None;
    let english = |name: &str| (name == "LANG").then(|| "en_GB.UTF-8".to_owned());
    assert_eq!(language(&words("plan --lang en"), none), Some(Lang::En));
    assert_eq!(language(&words("plan --lang=zh-CN"), english), Some(Lang::Zh));
    assert_eq!(language(&words("plan"), english), Some(Lang::En));
    assert_eq!(language(&words("plan --lang"), none), None);
}
