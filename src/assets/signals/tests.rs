use super::*;

#[test]
fn all_ninety_six_signals_are_there() {
    let signals = load().unwrap();
    let counts: Vec<usize> = Group::ALL
        .iter()
        .map(|group| signals.all().filter(|signal| signal.group == *group).count())
        .collect();
    assert_eq!(counts, [19, 20, 14, 11, 10, 11, 11]);
    assert_eq!(signals.len(), 96);
    let closed = signals.get("OPS-01").unwrap();
    assert_eq!((closed.level, closed.verified), (Level::Red, true));
    let wages = signals.get("MGT-11").unwrap();
    assert_eq!((wages.level, wages.up_to), (Level::Orange, Some(Level::Red)));
    assert!(!signals.get("FIN-04").unwrap().verified, "from memory: not verified");
}

#[test]
fn faulty_libraries_are_refused_with_their_line() {
    let signal = |code: &str, zh: &str, level: &str| {
        format!(
            "[[signal]]\ncode = \"{code}\"\nzh = \"{zh}\"\nen = \"x\"\nlevel = \"{level}\"\nsource = \"S\"\nverified = true\n"
        )
    };
    let cases = [
        (signal("FIN-01", "甲", "pink"), 3),
        (signal("XXX-01", "甲", "red"), 3),
        (signal("FIN-01", "", "red"), 3),
        (signal("FIN-01", "甲", "red") + &signal("FIN-01", "乙", "red"), 10),
        ("[[signal]]\ncode = 1\n".to_owned(), 3),
    ];
    for (text, line) in cases {
        let fault = parse(&format!("pack = \"s@1\"\n{text}")).unwrap_err();
        assert_eq!((fault.file.as_str(), fault.line), ("default.toml", line), "{text}{fault}");
    }
}
