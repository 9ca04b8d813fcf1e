use super::*;

#[test]
fn the_shipped_rules_are_sound() {
    let book = shared().unwrap();
    assert_eq!(book.general.len(), 27);
    assert_eq!(book.signals.combinations().len(), 4);
    let unused: Vec<_> = limits()
        .unwrap()
        .into_keys()
        .filter(|name| !LIMIT_USERS.contains(&format!("limit.{name}")))
        .filter(|name| !NOTES.contains(&format!(" = \"{name}\"")))
        .collect();
    assert!(unused.is_empty(), "neither a rule nor the notes scan names {unused:?}");
}

/// The words of the notes scan, which names limits as well.
const NOTES: &str = include_str!("../../../assets/notes/default.toml");
/// The text of all rules.
const LIMIT_USERS: &str = include_str!("../../../assets/signals/default.toml");

#[test]
fn every_fact_has_words_in_both_languages() {
    let words = fact_words().unwrap();
    for fact in crate::warning::Fact::ALL {
        let told = words.get(fact.as_code()).unwrap_or_else(|| panic!("{fact:?} has no words"));
        assert!(!told.zh.trim().is_empty() && !told.en.trim().is_empty(), "{fact:?}");
    }
    for (name, _) in facts::all().iter().filter(|(name, _)| name.starts_with("visit")) {
        assert!(words.contains_key(name), "{name} has no words");
    }
    for (name, limit) in limits().unwrap() {
        assert!(!limit.words.zh.is_empty() && !limit.words.en.is_empty(), "{name}");
        assert!(!limit.source.is_empty(), "{name}");
    }
}

/// What tells a signal is what the pack says: a rule, a checklist, or nobody but a person.
#[test]
fn signals_told_by_answers_are_asked_for_in_a_checklist() {
    let library = crate::assets::checklists::shared().unwrap();
    let asked = library.proposed_signals();
    for signal in signals::load().unwrap().all() {
        let told = asked.contains(signal.code.as_str());
        match signal.basis {
            Basis::Answers => assert!(told, "{} is asked for nowhere", signal.code),
            Basis::Manual | Basis::Deadline => {
                assert!(!told, "{} is told by an answer", signal.code);
            }
            Basis::Rule(_) | Basis::Combination => {}
        }
    }
}

#[test]
fn answers_that_rules_can_name_are_asked_for_as_numbers() {
    use crate::form::Kind;
    let library = crate::assets::checklists::shared().unwrap();
    for item in facts::Answered::ALL {
        let asked =
            library.item(item.as_code()).unwrap_or_else(|| panic!("{item:?} is asked nowhere"));
        let number = matches!(asked.kind, Kind::Money | Kind::Number(_) | Kind::Percent);
        assert!(number, "{item:?} is no number");
    }
    // The shipped rules don't need them: nothing is read for a rule that nobody has.
    assert!(!shared().unwrap().asks_for_answers());
    let own = "[[signal]]\ncode = \"ACC-18\"\nbranch = \"城东支行\"
        rule = \"inflow_3m < visit.sales_3m / 3 && visit_days <= 120\"";
    assert!(book(own).unwrap().asks_for_answers());
}

#[test]
fn a_file_of_the_branchs_own_changes_what_it_names_and_nothing_else() {
    let own = "
        [[limit]]
        name = \"inflow_drop\"
        value = \"40\"
        [[limit]]
        name = \"inflow_drop\"
        value = \"35\"
        branch = \"城东支行\"
        [[signal]]
        code = \"ACC-01\"
        on = false
        [[signal]]
        code = \"CMB-03\"
        on = false
        [[signal]]
        code = \"FIN-03\"
        level = \"red\"
        rule = \"ratio.interest_cover < 1\"
        branch = \"城东支行\"";
    let book = book(own).unwrap();
    assert_eq!(book.limits["inflow_drop"], Decimal4(400_000));
    assert_eq!((book.general.len(), book.of("城东支行").len()), (26, 26));
    assert_eq!(book.of("别处").pack, "signals@3");
    assert!(!book.signals.get("ACC-01").unwrap().on);
}

#[test]
fn a_level_of_the_branchs_own_counts_wherever_a_signal_comes_from() {
    let entry = |code: &str, level: &str, branch: &str| {
        format!("[[signal]]\ncode = \"{code}\"\nlevel = \"{level}\"\n{branch}")
    };
    let of = "branch = \"城东支行\"\n";
    let own =
        [entry("CMB-03", "red", ""), entry("MGT-08", "red", ""), entry("FIN-04", "yellow", of)];
    let book = book(&own.concat()).unwrap();
    let made = book.signals.combinations().iter().find(|made| made.code == "CMB-03");
    assert_eq!(made.unwrap().level, Level::Red);
    // A deadline gives it yellow, the library orange.
    let drawdown = book.signals.get("MGT-08").unwrap();
    assert_eq!(drawdown.level_for(Level::Yellow), Level::Red);
    // What is given as graver than the library has it stays graver.
    assert_eq!(crate::risk::level_for(Level::Red, Level::Orange, Level::Yellow), Level::Red);
    let there = book.signals_of("城东支行");
    assert_eq!(there.get("FIN-04").unwrap().level, Level::Yellow);
    assert_eq!(there.get("MGT-08").unwrap().level, Level::Red);
    let elsewhere = book.signals_of("别处");
    let known = elsewhere.get("FIN-04").unwrap();
    assert_eq!((known.level, known.level_for(Level::Orange)), (Level::Red, Level::Orange));
}

#[test]
fn the_same_text_is_read_once() {
    let last = Last::new();
    let (mine, theirs) = ("", "[[signal]]\ncode = \"ACC-01\"\non = false\n");
    let first = last.book(mine).unwrap();
    assert!(Arc::ptr_eq(&first, &last.book(mine).unwrap()));
    let other = last.book(theirs).unwrap();
    assert_eq!((first.general.len(), other.general.len()), (27, 26));
    // A fault is the answer of its own text and of no other.
    let fault = last.book("[[signals]]").unwrap_err();
    assert_eq!(last.book("[[signals]]").unwrap_err(), fault);
    assert_eq!(last.book(theirs).unwrap().general.len(), 26);
}

#[test]
fn faults_of_a_branchs_file_name_line_and_reason() {
    let rule = |text: &str| format!("[[signal]]\ncode = \"ACC-09\"\nrule = \"{text}\"\n");
    let cases = [
        ("[[signal]]\ncode = \"ACC-99\"\n".to_owned(), 2, "ACC-99"),
        ("[[limit]]\nname = \"inflow\"\nvalue = \"1\"\n".to_owned(), 2, "inflow"),
        ("[[limit]]\nname = \"inflow_drop\"\nvalue = \"half\"\n".to_owned(), 3, "half"),
        ("[[limit]]\nname = \"inflow_drop\"\nvalue = \"-40\"\n".to_owned(), 3, "-40 < 0"),
        (
            "[[limit]]\nname = \"inflow_drop\"\nvalue = \"1\"\nsource = \"x\"\n".to_owned(),
            4,
            "source",
        ),
        (rule("inflow_dropp > 3"), 3, "inflow_dropp"),
        (rule("inflow_drop_year > 'much'"), 3, "number"),
        (rule("inflow_drop_year >"), 3, "expression"),
        (rule("tier == 'bad'"), 3, "bad"),
        ("[[signal]]\ncode = \"ACC-09\"\nlevel = \"pink\"\n".to_owned(), 3, "pink"),
        (
            "[[signal]]\ncode = \"CMB-03\"\nrule = \"days_past_due > 3\"\n".to_owned(),
            3,
            "CMB-03: rule",
        ),
        (
            "[[signal]]\ncode = \"ACC-09\"\non = true\n[[signal]]\ncode = \"ACC-09\"\n".to_owned(),
            5,
            "twice",
        ),
    ];
    for (text, line, named) in cases {
        let fault = book(&text).unwrap_err();
        assert_eq!((fault.file.as_str(), fault.line), (OWN_FILE, line), "{text}{fault}");
        assert!(fault.to_string().contains(named), "{fault}");
    }
}
