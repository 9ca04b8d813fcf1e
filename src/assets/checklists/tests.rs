use super::*;

/// A pack of one section with these items, each given by its lines; the first stands in line 6.
fn pack(items: &str) -> String {
    format!(
        "#: test.toml\npack = \"t@1\"\n[[section]]\nid = \"s\"\nzh = \"节\"\nen = \"S\"\n{items}"
    )
}

fn item(code: &str, rest: &str) -> String {
    format!(
        "[[section.item]]\ncode = \"{code}\"\nzh = \"问\"\nen = \"Q\"\nhelp_zh = \"因\"\nhelp_en = \"Why\"\n{rest}\n"
    )
}

fn all(items: &[Arc<Item>]) -> Vec<Arc<Item>> {
    items.iter().fold(Vec::new(), |mut out, item| {
        out.push(Arc::clone(item));
        if let Kind::Group(cells) = &item.kind {
            out.extend(all(cells));
        }
        out
    })
}

fn refusal(text: &str) -> Fault {
    match parse(text) {
        Ok(_) => panic!("accepted:\n{text}"),
        Err(fault) => fault,
    }
}

#[test]
fn the_built_in_pack_loads() {
    match load() {
        Ok(library) => assert_eq!(library.id(), "checklists@2"),
        Err(fault) => panic!("{fault}"),
    }
}

#[test]
fn every_wording_of_the_built_in_pack_is_in_its_language() {
    let library = load().unwrap();
    let han = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let both = |words: &Words, at: &str| {
        assert!(!words.zh.is_empty() && !words.en.is_empty(), "{at}");
        assert!(!han(&words.en), "{at}: {}", words.en);
    };
    for section in library.sections() {
        both(&section.title, &section.id);
        for item in all(&section.items) {
            both(&item.title, &item.code);
            both(&item.help, &item.code);
            assert!(han(&item.title.zh) || item.code == "dscr", "{}", item.code);
            item.kind.choices().iter().for_each(|choice| both(&choice.words, &item.code));
        }
    }
}

#[test]
fn every_proposed_signal_is_in_the_library() {
    let (library, signals) = (load().unwrap(), super::super::signals::load().unwrap());
    let unknown: Vec<_> =
        library.proposed_signals().into_iter().filter(|code| signals.get(code).is_none()).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
    assert!(library.proposed_signals().len() > 50);
}

/// Name, items, line of the fault, and what it is.
type Case = (&'static str, String, usize, fn(&FaultKind) -> bool);

#[test]
fn broken_packs_are_refused_with_file_and_line() {
    let number = |code: &str, rest: &str| item(code, &format!("kind = \"number\"\n{rest}"));
    let cases: Vec<Case> = vec![
        ("unknown name", number("a", "relevant = \"b > 1\""), 13, |f| matches!(f, FaultKind::UnknownName(n) if n == "b")),
        ("unknown fact", number("a", "relevant = \"known(weather)\""), 13, |f| matches!(f, FaultKind::UnknownName(_))),
        ("wrong type", number("a", "") + &number("b", "relevant = \"a\""), 21, |f| matches!(f, FaultKind::WrongType(..))),
        ("text as number", number("a", "relevant = \"industry > 3\""), 13, |f| matches!(f, FaultKind::WrongType(..))),
        ("bool plus number", number("a", "calculation = \"low_risk + 1\""), 13, |f| matches!(f, FaultKind::WrongType(..))),
        ("calculation of another type", number("a", "calculation = \"industry\""), 13, |f| matches!(f, FaultKind::WrongType(..))),
        ("no such option", number("a", "relevant = \"line == 'bakery'\""), 13, |f| matches!(f, FaultKind::NotAnOption(o, _) if o == "bakery")),
        ("no such option in a list", number("a", "relevant = \"tier in ['normal', 'awful']\""), 13, |f| matches!(f, FaultKind::NotAnOption(..))),
        ("no such option chosen", number("a", "relevant = \"'picnic' in duties\""), 13, |f| matches!(f, FaultKind::NotAnOption(..))),
        ("not CEL", number("a", "relevant = \"line == \""), 13, |f| matches!(f, FaultKind::Syntax(_))),
        ("a part of CEL we do without", number("a", "relevant = \"[1, 2].exists(x, x > 1)\""), 13, |f| matches!(f, FaultKind::Unsupported(_))),
        ("cycle", number("a", "relevant = \"b > 1\"") + &number("b", "relevant = \"known(a)\""), 7, |f| matches!(f, FaultKind::Cycle(_, path) if path == "a > b > a")),
        ("depends on itself", number("a", "relevant = \"a > 1\""), 7, |f| matches!(f, FaultKind::Cycle(..))),
        ("twice", number("a", "") + &number("a", ""), 15, |f| matches!(f, FaultKind::Duplicate(_))),
        ("named like a fact", number("tier", ""), 7, |f| matches!(f, FaultKind::Duplicate(_))),
        ("bad code", number("A-1", ""), 7, |f| matches!(f, FaultKind::BadCode(_))),
        ("no such kind", item("a", "kind = \"colour\""), 7, |f| matches!(f, FaultKind::Unknown(_))),
        ("choice without options", item("a", "kind = \"choice\""), 7, |f| matches!(f, FaultKind::Unknown(_))),
        ("no such list", item("a", "kind = \"choice\"\nlist = \"x\""), 7, |f| matches!(f, FaultKind::Unknown(_))),
        ("no such limit", number("a", "explain = \"x\""), 7, |f| matches!(f, FaultKind::Unknown(_))),
        ("no English", "[[section.item]]\ncode = \"a\"\nzh = \"问\"\nhelp_zh = \"因\"\nhelp_en = \"w\"\nkind = \"bool\"\n".to_owned(), 7, |f| matches!(f, FaultKind::MissingWords(w, "en") if w == "a")),
        ("no help", "[[section.item]]\ncode = \"a\"\nzh = \"问\"\nen = \"Q\"\nhelp_zh = \" \"\nhelp_en = \"w\"\nkind = \"bool\"\n".to_owned(), 7, |f| matches!(f, FaultKind::MissingWords(w, "zh") if w == "a.help")),
        ("rule without message", number("a", "constraint = \"a > 1\""), 7, |f| matches!(f, FaultKind::MissingWords(..))),
        ("unknown field", number("a", "colour = \"red\""), 13, |f| matches!(f, FaultKind::Shape(_))),
        ("no such group", number("a", "calculation = \"sum('x', 'y')\""), 13, |f| matches!(f, FaultKind::UnknownName(_))),
        ("no such fact for each", number("a", "each = \"moons\""), 13, |f| matches!(f, FaultKind::UnknownName(_))),
        ("level of a flag", number("a", "[[section.item.flag]]\nwhen = \"a > 1\"\nsignal = \"X\"\nlevel = \"pink\"\nzh = \"注\"\nen = \"n\""), 14, |f| matches!(f, FaultKind::Unknown(_))),
        ("note names nothing known", number("a", "[[section.item.flag]]\nwhen = \"a > 1\"\nsignal = \"X\"\nlevel = \"red\"\nzh = \"{b}\"\nen = \"n\""), 14, |f| matches!(f, FaultKind::UnknownName(_))),
    ];
    for (name, items, line, expected) in cases {
        let fault = refusal(&pack(&items));
        assert!(expected(&fault.what), "{name}: {fault}");
        assert_eq!((fault.file.as_str(), fault.line), ("test.toml", line), "{name}: {fault}");
    }
}

#[test]
fn faults_of_a_later_file_count_its_own_lines() {
    let text = pack(&item("a", "kind = \"bool\""))
        + "#: second.toml\n[[section]]\nid = \"s\"\nzh = \"节\"\nen = \"S\"\n";
    let fault = refusal(&text);
    assert_eq!(fault.to_string(), "second.toml:2: `s` is used twice");
}
