use super::*;

#[test]
fn all_signals_are_there() {
    let signals = load().unwrap();
    let counts: Vec<usize> = Group::ALL
        .iter()
        .map(|group| signals.all().filter(|signal| signal.group == *group).count())
        .collect();
    assert_eq!(counts, [19, 22, 14, 11, 10, 11, 11, 4]);
    assert_eq!(signals.len(), 98 + 4);
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
            "[[signal]]\ncode = \"{code}\"\nzh = \"{zh}\"\nen = \"x\"\nlevel = \"{level}\"\nsource = \"S\"\nverified = true\nrule = \"manual\"\n"
        )
    };
    let cases = [
        (signal("FIN-01", "甲", "pink"), 3),
        (signal("XXX-01", "甲", "red"), 3),
        (signal("FIN-01", "", "red"), 3),
        (signal("FIN-01", "甲", "red") + &signal("FIN-01", "乙", "red"), 11),
        ("[[signal]]\ncode = 1\n".to_owned(), 3),
    ];
    for (text, line) in cases {
        let fault = parse(&format!("pack = \"s@1\"\n{text}"), Ratios::default()).unwrap_err();
        assert_eq!((fault.file.as_str(), fault.line), ("default.toml", line), "{text}{fault}");
    }
}

#[test]
fn every_ratio_has_its_limits() {
    use crate::risk::Light;
    let signals = load().unwrap();
    for ratio in Ratio::ALL {
        let rule = signals.ratio(*ratio).unwrap_or_else(|| panic!("{ratio:?}"));
        let (watch, alarm) = (rule.general.watch, rule.general.alarm);
        assert_eq!(rule.beyond == Side::Above, alarm > watch, "{ratio:?}");
        assert_eq!(rule.judge(Some(watch), None), Light::Ok, "the limit itself is inside");
        assert_eq!(rule.judge(None, None), Light::Unknown);
    }
    assert!(signals.judges(None, false) && signals.judges(Some("制造业"), false));
    assert!(!signals.judges(Some("货币金融服务"), false), "made otherwise");
    let debt = signals.ratio(Ratio::Debt).unwrap();
    let judge = |percent: i64, industry| debt.judge(Some(Decimal4::from_int(percent)), industry);
    assert_eq!(judge(71, None), Light::Alarm);
    assert_eq!(judge(71, Some("房地产开发")), Light::Ok);
    assert_eq!(judge(76, Some("土木工程建筑业")), Light::Watch);
    assert_eq!(judge(71, Some("批发和零售业")), Light::Watch);
}

#[test]
fn faulty_limits_are_refused_with_their_line() {
    let rule = |code: &str, beyond: &str, watch: &str| {
        format!(
            "[[ratio]]\ncode = \"{code}\"\nzh = \"甲\"\nen = \"x\"\nbeyond = \"{beyond}\"\nwatch = \"{watch}\"\nalarm = \"1\"\nsource = \"S\"\nverified = true\n"
        )
    };
    let good = rule("net_margin", "below", "2");
    for text in [
        rule("luck", "below", "2"),
        rule("net_margin", "left", "2"),
        rule("net_margin", "below", "x"),
    ] {
        let head = "pack = \"r@1\"\nleast_change = \"1\"\njudged_months = 18";
        let fault = parse_limits(&format!("{head}\n{text}")).unwrap_err();
        assert_eq!((fault.file.as_str(), fault.line), ("ratios.toml", 5), "{fault}");
    }
    let head = "pack = \"r@1\"\nleast_change = \"1\"\njudged_months = 18";
    let twice = parse_limits(&format!("{head}\n{good}{good}")).unwrap_err();
    assert_eq!((twice.line, twice.what), (14, FaultKind::Duplicate("net_margin".to_owned())));
    let change = parse_limits(&format!(
        "pack = \"r@1\"\nleast_change = \"little\"\njudged_months = 18\n{good}"
    ));
    let change = change.unwrap_err();
    assert_eq!((change.line, change.what), (2, FaultKind::Unknown("little".to_owned())));
}

#[test]
fn the_graver_case_of_a_signal_needs_its_level() {
    let text = "pack = \"s@1\"\n[[signal]]\ncode = \"FIN-01\"\nzh = \"甲\"\nen = \"x\"\nlevel = \"orange\"\nsource = \"S\"\nverified = true\nrule = \"manual\"\nup_to_when = \"tier == 'loss'\"\n";
    let fault = parse(text, Ratios::default()).unwrap_err();
    assert_eq!((fault.line, fault.what), (3, FaultKind::Unknown("up_to_when".to_owned())));
    let signals = load().unwrap();
    for (code, level) in [("FIN-01", Level::Red), ("FIN-03", Level::Red), ("FIN-12", Level::Red)] {
        let signal = signals.get(code).unwrap();
        assert_eq!(signal.up_to, Some(level), "{code}");
        assert!(signal.graver.is_some(), "{code}");
    }
}

#[test]
fn a_project_that_is_being_built_is_not_judged() {
    let signals = load().unwrap();
    assert!(!signals.judges(Some("污水处理"), true));
    assert!(signals.judges(Some("污水处理"), false));
    assert_eq!(signals.least_change(), Decimal4::from_int(1));
}
