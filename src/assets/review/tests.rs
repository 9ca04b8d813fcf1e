use super::*;

#[test]
fn the_built_in_rules_name_signals_that_there_are() {
    let rules = load().unwrap();
    let signals = crate::assets::signals::load().unwrap();
    assert!(signals.get(&rules.differs_signal).is_some());
    assert!((1..=100).contains(&rules.sample_percent));
    assert!(!rules.script.is_empty() && !rules.opinions.is_empty());
}

#[test]
fn a_faulty_pack_is_refused_with_its_line() {
    let cases = [
        ("percent = 5", "percent = 500", 9, "500"),
        ("needs = [\"second\"]", "needs = [\"third\"]", 16, "third"),
        ("needs = [\"second\"]", "needs = []", 16, "red_flag"),
        ("id = \"tier_worse\"", "id = \"red_flag\"", 23, "red_flag"),
        ("\"doubtful\"", "\"bad\"", 30, "bad"),
        ("5000000 yuan", "5000000 dollars", 30, "dollars"),
        ("source = \"J\"", "sauce = \"J\"", 11, "sauce"),
    ];
    for (there, instead, line, named) in cases {
        let text = SOURCE.replacen(there, instead, 1);
        let fault = parse(FILE, &text).unwrap_err();
        let said = fault.to_string();
        assert!(said.contains(named), "{said}");
        assert!(fault.line.abs_diff(line) <= 1, "{line}: {said}");
    }
}
