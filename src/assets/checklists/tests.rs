use std::sync::Arc;

use super::*;
use crate::form::FaultKind;
use crate::form::definition::{Item, Kind};

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
        Ok(library) => assert_eq!(library.id(), "checklists@4"),
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
        ("choice without options", item("a", "kind = \"choice\""), 7, |f| matches!(f, FaultKind::EmptyChoice(c) if c == "a")),
        ("choice of nothing", item("a", "kind = \"multi\"\noptions = []"), 7, |f| matches!(f, FaultKind::EmptyChoice(_))),
        ("group without cells", item("a", "kind = \"group\""), 7, |f| matches!(f, FaultKind::EmptyChoice(_))),
        ("key that is no cell", item("a", "kind = \"group\"\nkey = \"b\"\n[[section.item.cell]]\ncode = \"c\"\nzh = \"问\"\nen = \"Q\"\nhelp_zh = \"因\"\nhelp_en = \"W\"\nkind = \"text\""), 13, |f| matches!(f, FaultKind::UnknownName(n) if n == "b")),
        ("no such signal", number("a", "[[section.item.flag]]\nwhen = \"a > 1\"\nsignal = \"FIN-99\"\nlevel = \"red\"\nzh = \"注\"\nen = \"n\""), 14, |f| matches!(f, FaultKind::UnknownSignal(s) if s == "FIN-99")),
        ("no such field of the dossier", item("a", "kind = \"text\"\nupdates = \"shoe_size\""), 13, |f| matches!(f, FaultKind::Unknown(w) if w == "shoe_size")),
        ("news that is no text", number("a", "updates = \"phone\""), 13, |f| matches!(f, FaultKind::Unknown(w) if w == "phone")),
        ("no such evidence", number("a", "evidence = \"hearsay\""), 7, |f| matches!(f, FaultKind::Unknown(w) if w == "hearsay")),
        ("good answer in one language", number("a", "good_zh = \"好\""), 7, |f| matches!(f, FaultKind::MissingWords(w, "en") if w == "a.good")),
        ("no such limit named", number("a", "relevant = \"a > limit.sky\""), 13, |f| matches!(f, FaultKind::UnknownName(n) if n == "sky")),
        ("no such column", number("a", "calculation = \"then.revenue\""), 13, |f| matches!(f, FaultKind::UnknownName(_))),
        ("property without an entry", number("a", "relevant = \"entry.amount > 1\""), 13, |f| matches!(f, FaultKind::UnknownName(_))),
        ("figure to compare of another type", number("a", "[[section.item.against]]\nzh = \"去年\"\nen = \"then\"\nis = \"industry\""), 16, |f| matches!(f, FaultKind::WrongType(..))),
        ("note names no known limit", number("a", "[[section.item.flag]]\nwhen = \"a > 1\"\nsignal = \"OPS-01\"\nlevel = \"red\"\nzh = \"{limit.sky}\"\nen = \"n\""), 14, |f| matches!(f, FaultKind::UnknownName(n) if n == "sky")),
        ("limit without a name", "[[threshold]]\nid = \"x\"\nen = \"x\"\nvalue = \"1\"\nunit = \"days\"\nsource = \"J\"\nverified = false\n".to_owned(), 7, |f| matches!(f, FaultKind::MissingWords(w, "zh") if w == "x")),
        ("limit of no known unit", "[[threshold]]\nid = \"x\"\nzh = \"限\"\nen = \"x\"\nvalue = \"1\"\nunit = \"miles\"\nsource = \"J\"\nverified = false\n".to_owned(), 7, |f| matches!(f, FaultKind::Unknown(w) if w == "miles")),
        ("limit that is no number", "[[threshold]]\nid = \"x\"\nzh = \"限\"\nen = \"x\"\nvalue = \"many\"\nunit = \"days\"\nsource = \"J\"\nverified = false\n".to_owned(), 7, |f| matches!(f, FaultKind::Unknown(w) if w == "many")),
        ("no such list", item("a", "kind = \"choice\"\nlist = \"x\""), 7, |f| matches!(f, FaultKind::Unknown(_))),
        ("no such limit", number("a", "explain = \"x\""), 7, |f| matches!(f, FaultKind::Unknown(_))),
        ("no English", "[[section.item]]\ncode = \"a\"\nzh = \"问\"\nhelp_zh = \"因\"\nhelp_en = \"w\"\nkind = \"bool\"\n".to_owned(), 7, |f| matches!(f, FaultKind::MissingWords(w, "en") if w == "a")),
        ("no help", "[[section.item]]\ncode = \"a\"\nzh = \"问\"\nen = \"Q\"\nhelp_zh = \" \"\nhelp_en = \"w\"\nkind = \"bool\"\n".to_owned(), 7, |f| matches!(f, FaultKind::MissingWords(w, "zh") if w == "a.help")),
        ("rule without message", number("a", "constraint = \"a > 1\""), 7, |f| matches!(f, FaultKind::MissingWords(..))),
        ("unknown field", number("a", "colour = \"red\""), 13, |f| matches!(f, FaultKind::Shape(_))),
        ("no such group", number("a", "calculation = \"sum('x', 'y')\""), 13, |f| matches!(f, FaultKind::UnknownName(_))),
        ("no such fact for each", number("a", "each = \"moons\""), 13, |f| matches!(f, FaultKind::UnknownName(_))),
        ("level of a flag", number("a", "[[section.item.flag]]\nwhen = \"a > 1\"\nsignal = \"OPS-01\"\nlevel = \"pink\"\nzh = \"注\"\nen = \"n\""), 14, |f| matches!(f, FaultKind::Unknown(_))),
        ("note names nothing known", number("a", "[[section.item.flag]]\nwhen = \"a > 1\"\nsignal = \"OPS-01\"\nlevel = \"red\"\nzh = \"{b}\"\nen = \"n\""), 14, |f| matches!(f, FaultKind::UnknownName(_))),
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

#[test]
fn conditions_have_names_and_faults_in_them_their_line() {
    let term = |id: &str, is: &str| format!("[[term]]\nid = \"{id}\"\nis = \"{is}\"\n");
    let with = |terms: &str, items: &str| {
        let text = pack(items);
        text.replace("pack = \"t@1\"\n", &format!("pack = \"t@1\"\n{terms}"))
    };
    let sound =
        term("is_shop", "line == 'micro_shop'") + &term("is_small", "is_shop && exposure < 5");
    assert!(parse(&with(&sound, &item("a", "kind = \"bool\"\nrelevant = \"is_small\""))).is_ok());
    let cases = [
        (term("a", "true"), 4, FaultKind::Duplicate("a".to_owned())),
        (term("tier", "true"), 4, FaultKind::Duplicate("tier".to_owned())),
        (term("x", "y"), 4, FaultKind::UnknownName("y".to_owned())),
        (term("x", "a > 1"), 4, FaultKind::UnknownName("a".to_owned())),
    ];
    for (terms, line, what) in cases {
        let fault = refusal(&with(&terms, &item("a", "kind = \"number\"")));
        assert_eq!((fault.line, fault.what), (line, what));
    }
}

/// A pack under which records were made before this one, as it is kept beside them.
fn kept_pack(packed: &[u8]) -> String {
    use std::io::Read;
    let mut text = String::new();
    flate2::read::GzDecoder::new(packed).read_to_string(&mut text).unwrap();
    text
}

#[test]
fn records_made_under_an_earlier_pack_open_and_are_judged_by_it() {
    let first = include_bytes!("../../../tests/fixtures/checklists-1.toml.gz");
    let second = include_bytes!("../../../tests/fixtures/checklists-2.toml.gz");
    opens("checklists@1", &kept_pack(first), Some("suppliers[0].standing"));
    let third = include_bytes!("../../../tests/fixtures/checklists-3.toml.gz");
    opens("checklists@2", &kept_pack(second), None);
    opens("checklists@3", &kept_pack(third), None);
}

/// `gone` is a question that later packs do not ask any more.
fn opens(id: &str, text: &str, gone: Option<&str>) {
    use crate::domain::answer::{Answer, Value};
    use crate::domain::facts::{self, Facts};
    use crate::form::{Form, Problem};
    use std::collections::BTreeMap;
    let library = for_record(Some(text)).unwrap();
    assert_eq!(library.id(), id);
    let facts = Facts(BTreeMap::from([
        (facts::LINE.to_owned(), Value::Choice("corporate".to_owned())),
        (facts::CLASS.to_owned(), Value::Choice("onsite".to_owned())),
        (facts::OPEN_FLAGS.to_owned(), Value::Multi(vec!["OPS-01".to_owned()])),
    ]));
    let sections = library.compose(&facts);
    assert!(sections.iter().any(|id| id == "partners"));
    let form = Form::new(library, &sections, facts, BTreeMap::new());
    let plain = |value| Answer::plain(value);
    let mut answers = BTreeMap::from([
        ("suppliers".to_owned(), plain(Value::Rows(1))),
        ("open_flag[OPS-01]".to_owned(), plain(Value::Choice("gone".to_owned()))),
    ]);
    answers.extend(gone.map(|path| (path.to_owned(), plain(Value::Choice("lost".to_owned())))));
    let state = form.evaluate(&answers);
    for path in answers.keys() {
        assert!(state.row(path).is_some_and(|row| row.answered), "{path}");
    }
    assert_eq!(state.row("suppliers[0].name").unwrap().problem, Some(Problem::Missing));
}

/// Every text under one of these keys, with the code or id that it belongs to.
fn texts(value: &toml::Value, keys: &[&str], of: &str, out: &mut Vec<(String, String)>) {
    match value {
        toml::Value::Table(table) => {
            let named = ["code", "id"].iter().find_map(|key| table.get(*key)?.as_str());
            let of = named.unwrap_or(of);
            for (key, value) in table {
                match value.as_str().filter(|_| keys.contains(&key.as_str())) {
                    Some(text) => out.push((of.to_owned(), text.to_owned())),
                    None => texts(value, keys, of, out),
                }
            }
        }
        toml::Value::Array(all) => all.iter().for_each(|value| texts(value, keys, of, out)),
        _ => {}
    }
}

/// The bare numbers of an expression: figures inside names and quoted texts are none.
fn numbers(expression: &str) -> Vec<String> {
    let unquoted: String = expression.split('\'').step_by(2).collect::<Vec<_>>().join(" ");
    let word = |c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '.');
    let words = unquoted.split(word).filter(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    words.map(str::to_owned).collect()
}

#[test]
fn numbers_of_the_trade_stand_in_the_table_of_limits() {
    // What is left turns one unit into another: parts into percent, months and quarters into
    // years, years into days as banks count them.
    const UNITS: [&str; 7] = ["0", "1", "3", "4", "12", "100", "360"];
    let pack: toml::Value = toml::from_str(source()).unwrap();
    let (mut conditions, mut sums) = (Vec::new(), Vec::new());
    texts(&pack, &["relevant", "when", "constraint", "hard_if"], "", &mut conditions);
    texts(&pack, &["calculation", "is"], "", &mut sums);
    assert!(conditions.len() > 300 && sums.len() > 30);
    for (code, condition) in &conditions {
        // A share is at the most the whole.
        let odd: Vec<_> = numbers(condition)
            .into_iter()
            .filter(|n| !matches!(n.as_str(), "0" | "1" | "100"))
            .collect();
        assert!(odd.is_empty(), "{code}: {condition}: give {odd:?} a name in thresholds.toml");
    }
    for (code, sum) in &sums {
        let odd: Vec<_> =
            numbers(sum).into_iter().filter(|n| !UNITS.contains(&n.as_str())).collect();
        assert!(odd.is_empty(), "{code}: {sum}: {odd:?}");
    }
}

#[test]
fn every_limit_is_used_and_has_name_unit_and_source() {
    let pack: toml::Value = toml::from_str(source()).unwrap();
    let (mut said, mut explained) = (Vec::new(), Vec::new());
    let rules = ["relevant", "when", "constraint", "hard_if", "calculation", "is", "zh", "en"];
    texts(&pack, &rules, "", &mut said);
    texts(&pack, &["explain"], "", &mut explained);
    let limits = pack.get("threshold").and_then(toml::Value::as_array).unwrap();
    for limit in limits {
        let field = |name: &str| limit.get(name).and_then(toml::Value::as_str).unwrap_or_default();
        let id = field("id");
        for name in ["zh", "en", "value", "unit", "source"] {
            assert!(!field(name).is_empty(), "{id} has no {name}");
        }
        let named = said.iter().any(|(_, text)| text.contains(&format!("limit.{id}")));
        assert!(named || explained.iter().any(|(_, name)| name == id), "nothing uses {id}");
    }
}
