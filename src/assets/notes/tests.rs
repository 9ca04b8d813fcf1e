use super::*;

#[test]
fn the_built_in_lexicon_is_sound() {
    let lexicon = load().unwrap();
    assert_eq!(lexicon.id(), "notes@7");
}

#[test]
fn a_word_twice_or_an_unknown_signal_is_refused_with_its_line() {
    let signals = signals::load().unwrap();
    let line = |needle: &str| SOURCE.lines().position(|l| l.contains(needle)).unwrap() + 1;
    let cases = [
        // The second place is the one too many.
        (SOURCE.replacen("\"欠薪\"", "\"欠薪\", \"停产\"", 1), line("\"停业\"")),
        (
            SOURCE.replacen("\"营收\", \"营业收入\"", "\"营收\", \"营收\", \"营业收入\"", 1),
            line("[\"营收\", "),
        ),
        (SOURCE.replacen("[[\"营收\"", "[[\"\", \"营收\"", 1), line("[[\"营收\"")),
        // An empty word; one that stands twice in a list of two lines.
        (SOURCE.replacen("\"停业\"", "\"停业\", \"\"", 1), line("\"停业\"")),
        (
            SOURCE.replacen("unless = [\"赔\"", "unless = [\"赔\",\n\"赔\"", 1),
            line("unless = [\"赔\"") + 1,
        ),
        (SOURCE.replacen("code = \"OPS-01\"", "code = \"OPS-99\"", 1), line("code = \"OPS-01\"")),
        (SOURCE.replacen("code = \"evasive\"", "code = \"shy\"", 1), line("code = \"evasive\"")),
        (
            SOURCE.replacen("\nverified = false", "\nverified = perhaps", 1),
            line("source = \"M, J\"") + 1,
        ),
    ];
    for (text, line) in cases {
        let Err(fault) = parse("own.toml", &text, &signals) else { panic!("line {line}") };
        assert_eq!((fault.file.as_str(), fault.line), ("own.toml", line), "{fault:?}");
    }
}

/// A time of the pack.
const STANDSTILL: &str = "days = { least = \"standstill_days\" }";

#[test]
fn classes_and_rules_that_cannot_be_are_refused_with_their_line() {
    let signals = signals::load().unwrap();
    let line = |needle: &str| SOURCE.lines().position(|l| l.contains(needle)).unwrap() + 1;
    let workers = SOURCE.lines().find(|line| line.starts_with("workers = ")).unwrap();
    let sales = "held = [{ of = [\"@sales\"";
    let rules = [
        // A class that nobody knows, that is empty, that stands twice, that names another one or a word twice.
        (SOURCE.replacen("[[\"@machines\"]", "[[\"@mashines\"]", 1), line("[[\"@machines\"]")),
        (SOURCE.replacen(workers, "workers = []", 1), line(workers)),
        (SOURCE.replacen(workers, &format!("{workers}\n{workers}"), 1), line(workers) + 1),
        (SOURCE.replacen(workers, "workers = [\"@boss\"]", 1), line(workers)),
        (SOURCE.replacen(workers, "workers = [\"工人\", \"工人\"]", 1), line(workers)),
        // A word beside the class that it is in; one list alone; four of them.
        (
            SOURCE.replacen("[[\"@machines\"]", "[[\"@machines\", \"机器\"]", 1),
            line("[[\"@machines\"]"),
        ),
        (
            SOURCE.replacen("near = [\n  [[", "near = [\n  [[\"一\"]],\n  [[", 1),
            line("near = [") + 1,
        ),
        (
            SOURCE.replacen(
                "[[\"@machines\"]",
                "[[\"机器\"], [\"二\"], [\"三\"], [\"@machines\"]",
                1,
            ),
            line("[[\"@machines\"]"),
        ),
        // No way, no figure to hold it against, no words.
        (SOURCE.replacen("way = \"falls\"", "way = \"sinks\"", 1), line("way = \"falls\"")),
        (SOURCE.replacen(sales, "held = [{ of = [\"@sails\"", 1), line(sales)),
        (SOURCE.replacen("instead = [\"", "instead = [\"XXX-01\", \"", 1), line("instead = [\"")),
        (SOURCE.replacen("unless = [\"", "unless = [\"\", \"", 1), line("unless = [\"")),
        // A limit that nobody knows, one that is none of days, two of them, none.
        (SOURCE.replacen(STANDSTILL, "days = { least = \"nothing\" }", 1), line(STANDSTILL)),
        (SOURCE.replacen(STANDSTILL, "days = { least = \"revenue_drop\" }", 1), line(STANDSTILL)),
        (
            SOURCE.replacen(
                STANDSTILL,
                &STANDSTILL.replace(" }", ", above = \"overdue_long\" }"),
                1,
            ),
            line(STANDSTILL),
        ),
        (SOURCE.replacen(STANDSTILL, "days = { named = true }", 1), line(STANDSTILL)),
    ];
    for (text, line) in rules {
        let Err(fault) = parse("own.toml", &text, &signals) else { panic!("line {line}") };
        assert_eq!((fault.file.as_str(), fault.line), ("own.toml", line), "{fault:?}");
    }
}

#[test]
fn a_word_with_an_escape_is_refused_with_its_line() {
    let signals = signals::load().unwrap();
    // In a list of one line, on a line of its own, in a rule, a class and a list without rules.
    let cases = [
        "\nzh = [\"",
        "near = [\n  [[\"",
        "far = [\n  [[\"",
        "held = [{ of = [\"",
        ", than = [\"",
        "unless = [\"",
        "\nworkers = [\"",
        "[harmless]\nzh = [\"",
    ];
    for before in cases {
        for word in ["所谓\\\"停产\\\"", "a\\tb", "\\u505c产"] {
            let at = SOURCE.find(before).unwrap_or_else(|| panic!("{before}")) + before.len();
            let line = SOURCE.bytes().take(at).filter(|b| *b == b'\n').count() + 1;
            let text = SOURCE.replacen(before, &format!("{before}{word}\", \""), 1);
            let Err(fault) = parse("own.toml", &text, &signals) else { panic!("{before}{word}") };
            assert_eq!((fault.file.as_str(), fault.line), ("own.toml", line), "{fault:?}");
            assert_eq!(fault.what, FaultKind::Shape(ESCAPED.to_owned()), "{before}{word}");
        }
    }
    // Between single marks it stands as it is.
    let text = SOURCE.replacen("unless = [\"", "unless = ['所谓\"停产\"', \"", 1);
    parse("own.toml", &text, &signals).unwrap();
}

#[test]
fn what_is_held_against_a_figure_needs_to_know_by_how_much() {
    let signals = signals::load().unwrap();
    let rule = "[[signal]]\ncode = \"OPS-01\"\nzh = []\nen = []\nheld = [{ of = [\"甲\"], way = \"falls\" }]\n";
    let text = SOURCE.replacen("[[tag]]", &format!("{rule}\n[[tag]]"), 1);
    let line = text.lines().position(|l| l.contains("[\"甲\"]")).unwrap() + 1;
    let Err(fault) = parse("own.toml", &text, &signals) else { panic!("no fault") };
    assert_eq!(
        (fault.line, fault.what),
        (line, FaultKind::Shape("held: by is missing".to_owned()))
    );
}

#[test]
fn a_list_with_an_empty_word_is_told_by_its_field() {
    let signals = signals::load().unwrap();
    let cases = [
        ("near = [\n  [[\"", "near"),
        ("far = [\n  [[\"", "far"),
        ("held = [{ of = [\"", "of"),
        (", than = [\"", "than"),
        ("unless = [\"", "unless"),
        ("\nworkers = [\"", "class"),
    ];
    for (before, field) in cases {
        let text = SOURCE.replacen(before, &format!("{before}\", \""), 1);
        let Err(fault) = parse("own.toml", &text, &signals) else { panic!("{field}") };
        assert_eq!(fault.what, FaultKind::MissingWords("own.toml".to_owned(), field));
    }
}
