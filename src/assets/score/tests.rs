use proptest::prelude::*;

use super::*;
use crate::risk::score::{Given, Side, Taken};

#[test]
fn the_built_in_card_names_what_it_was_made_of() {
    let card = load().unwrap();
    assert_eq!(card.id, "score@4");
    assert_eq!(card.sources.len(), 3);
    for source in &card.sources {
        assert!(source.citation.contains("CC BY 4.0"), "{source:?}");
    }
    assert!(
        card.rules.iter().filter(|rule| rule.source == "fit").all(|rule| rule.points.len() > 1)
    );
    for rule in &card.rules {
        // Our judgement waits for the bank.
        assert_eq!(rule.verified, rule.source == "fit", "{}", rule.input.as_code());
    }
    assert!(card.bands.len() >= 8, "{:?}", card.bands);
}

#[test]
fn what_is_written_reads_the_same() {
    let card = load().unwrap();
    assert_eq!(parse("x", &write(&card)).unwrap(), card);
}

#[test]
fn a_faulty_card_is_refused_with_its_line() {
    let text = default_text();
    let first = text.lines().position(|line| line == "code = \"debt_ratio\"").unwrap() + 1;
    let second = text.lines().position(|line| line == "code = \"roa\"").unwrap() + 1;
    let cases = [
        (text.replacen("code = \"debt_ratio\"", "code = \"luck\"", 1), first),
        (text.replacen("code = \"roa\"", "code = \"debt_ratio\"", 1), first.max(second)),
        (text.replacen("zh = \"资产负债率\"", "zh = \"\"", 1), first),
        (text.replacen("steps = [", "steps = [99.0, ", 1), 0),
        (text.replacen("double_odds = 50", "double_odds = 0", 1), 1),
        (text.replacen("verified = true", "verified = maybe", 1), 0),
    ];
    for (text, line) in cases {
        let fault = parse("own.toml", &text).unwrap_err();
        assert_eq!(fault.file, "own.toml");
        assert!(line == 0 || fault.line == line, "{fault:?}: line {line}");
    }
}

proptest! {
    /// Whatever is known of a company: one figure that turns for the worse never lowers the score.
    #[test]
    fn worse_is_never_safer(
        values in prop::collection::vec(prop::option::of(-3.0_f64..6.0), Given::ALL.len()),
        which in 0..9_usize,
        by in 0.0_f64..4.0,
    ) {
        let card = load().unwrap();
        let mut taken = Taken::default();
        for (given, value) in Given::ALL.iter().zip(&values) {
            if let Some(value) = value {
                taken.set(*given, Ok(*value));
            }
        }
        let given = Given::STATEMENT[which];
        if let Ok(value) = taken.get(given) {
            let input = Input::from_code(given.as_code()).unwrap();
            let worse = if input.riskier() == Side::High { value + by } else { value - by };
            let before = card.sum(&taken);
            let mut after = taken.clone();
            after.set(given, Ok(worse));
            prop_assert!(card.sum(&after) >= before, "{given:?} {value} -> {worse}");
        }
    }
}
