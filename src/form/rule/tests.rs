use super::*;

fn vocabulary() -> Vocabulary {
    Vocabulary::new(
        [
            ("drop".to_owned(), FactType::Number),
            ("tier".to_owned(), FactType::Code(vec!["normal", "loss"])),
            ("light.debt_ratio".to_owned(), FactType::Code(vec!["ok", "alarm"])),
        ],
        BTreeMap::from([("drop".to_owned(), Decimal4(500_000)), ("none".to_owned(), Decimal4(0))]),
    )
}

#[test]
fn a_rule_that_names_or_compares_what_is_not_there_is_refused() {
    let cases = [
        ("dropp >= 30", FaultKind::UnknownName("dropp".to_owned())),
        ("drop >= limit.dropp", FaultKind::UnknownName("dropp".to_owned())),
        (
            "drop == 'much'",
            FaultKind::WrongType(
                "drop == 'much'".to_owned(),
                "number".to_owned(),
                "text".to_owned(),
            ),
        ),
        ("tier == 'lost'", FaultKind::NotAnOption("lost".to_owned(), "tier == 'lost'".to_owned())),
        ("drop / 0 > 1", FaultKind::ZeroBelow(String::new())),
        ("drop / limit.none > 1", FaultKind::ZeroBelow(String::new())),
        ("drop", FaultKind::WrongType("drop".to_owned(), "bool".to_owned(), "number".to_owned())),
    ];
    for (text, fault) in cases {
        let found = vocabulary().rule(text).unwrap_err();
        assert_eq!(
            std::mem::discriminant(&found),
            std::mem::discriminant(&fault),
            "{text}: {found}"
        );
    }
    assert!(matches!(vocabulary().rule("drop >= "), Err(FaultKind::Syntax(_))));
}

#[test]
fn what_is_not_known_neither_holds_nor_does_not() {
    let vocabulary = vocabulary();
    let rule = vocabulary.rule("drop >= limit.drop || light.debt_ratio == 'alarm'").unwrap();
    let limits = [("drop".to_owned(), Decimal4(500_000))];
    assert_eq!((rule.facts(), rule.limits()), ([0, 2].as_slice(), limits.as_slice()));
    let number = |n: i64| Value::Number(Decimal4(n * 10_000));
    let light = |code: &str| Value::Choice(code.to_owned());
    let cases = [
        (Some(number(50)), None, Some(true)),
        (Some(number(49)), None, None),
        (Some(number(49)), Some(light("ok")), Some(false)),
        (None, Some(light("alarm")), Some(true)),
        (None, Some(light("ok")), None),
        (None, None, None),
    ];
    for (drop, debt, expected) in cases {
        let known = Known::of([drop.as_ref(), None, debt.as_ref()]);
        assert_eq!(rule.holds(&known), expected, "{drop:?} {debt:?}");
    }
}

#[test]
fn a_rule_needs_what_it_is_never_met_without() {
    let vocabulary = vocabulary();
    let cases: [(&str, &[usize]); 9] = [
        ("drop >= 1", &[0]),
        ("drop >= 1 && tier == 'loss'", &[0, 1]),
        ("drop >= 1 || tier == 'loss'", &[]),
        ("!(drop >= 1 || tier == 'loss')", &[0, 1]),
        ("!(drop >= 1 && tier == 'loss')", &[]),
        ("default(drop, 0) >= 1 && tier == 'loss'", &[1]),
        ("tier in ['loss'] || tier == 'normal'", &[1]),
        ("drop >= 1 ? tier == 'loss' : tier == 'normal'", &[0, 1]),
        ("(drop >= 1 && tier == 'loss') || (tier == 'normal' && drop < 0)", &[0, 1]),
    ];
    for (text, needs) in cases {
        assert_eq!(vocabulary.rule(text).unwrap().needs(), needs, "{text}");
    }
}

fn condition() -> impl proptest::strategy::Strategy<Value = String> {
    use proptest::prelude::*;
    let leaf = proptest::sample::select(vec![
        "drop >= 1",
        "drop < 1",
        "tier == 'loss'",
        "light.debt_ratio == 'alarm'",
        "default(drop, 2) >= 1",
        "known(tier)",
        "drop - 1 > limit.drop",
    ])
    .prop_map(str::to_owned);
    leaf.prop_recursive(4, 24, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|a| format!("!({a})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a}) && ({b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a}) || ({b})")),
            (inner.clone(), inner.clone(), inner)
                .prop_map(|(a, b, c)| format!("({a}) ? ({b}) : ({c})")),
        ]
    })
}

proptest::proptest! {
    /// Whatever the condition: where it is met, everything that it needs is known.
    #[test]
    fn what_is_met_has_what_it_needs(
        text in condition(),
        drop in proptest::option::of(-20_i64..80),
        tier in proptest::option::of(proptest::sample::select(vec!["normal", "loss"])),
        debt in proptest::option::of(proptest::sample::select(vec!["ok", "alarm"])),
    ) {
        let rule = vocabulary().rule(&text).unwrap();
        let drop = drop.map(|n| Value::Number(Decimal4(n * 10_000)));
        let code = |code: &str| Value::Choice(code.to_owned());
        let facts = [drop, tier.map(code), debt.map(code)];
        if rule.holds(&Known::of(facts.iter().map(Option::as_ref))) == Some(true) {
            for place in rule.needs() {
                proptest::prop_assert!(facts[*place].is_some(), "{} needs {}", text, place);
            }
        }
    }
}
