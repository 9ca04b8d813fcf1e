use super::*;
use crate::domain::workday::Workdays;
use crate::risk::care::Written;
use chrono::{DateTime, Duration};

#[test]
fn every_level_has_measures_and_limits() {
    let care = load().unwrap();
    for level in Level::ALL {
        assert!(care.measures_for(*level).count() >= 2, "{level:?}");
        assert!(care.limits.iter().any(|limit| limit.level == *level), "{level:?}");
    }
    // Whatever the moment, a red flag waits no longer than an orange one.
    let monday = DateTime::parse_from_rfc3339("2026-11-23T00:00:00+08:00").unwrap();
    for (awaits, hour) in Awaited::ALL.iter().flat_map(|a| (0..24 * 7).map(move |h| (*a, h))) {
        let from = monday + Duration::hours(hour);
        let due = |level| care.due(&Workdays::default(), level, awaits, from).unwrap();
        assert!(due(Level::Red) <= due(Level::Orange), "{awaits:?} {from}");
    }
    // Domain page 4.7.
    let days = |level, awaits| care.due(&Workdays::default(), level, awaits, monday);
    let two = monday + Duration::hours(48);
    assert_eq!(days(Level::Red, Awaited::MeasureDecided), Some(two));
    let first = care.measure_first("m07 按合同").unwrap();
    assert_eq!((first.0.code.as_str(), first.1), ("M07", " 按合同"));
    assert_eq!(care.measure_first("按合同"), None);
    let described: Vec<_> =
        Level::ALL.iter().map(|level| care.may_be_described(*level, FlagStep::Cleared)).collect();
    assert_eq!(described, [true, true, false]);
    assert!(care.least.reason > 1 && care.least.proof >= care.least.reason);
    assert_eq!(care.quiet_days(FlagStep::Acting), None);
    for ending in [FlagStep::Cleared, FlagStep::Transferred] {
        assert!(care.quiet_days(ending).is_some_and(|days| days > 0), "{ending:?}");
    }
}

#[test]
fn a_mistyped_code_is_no_measure_in_words() {
    let care = load().unwrap();
    let cases = [
        ("M05 今日", 1),
        ("m05", 1),
        ("M99", 0),
        ("m123", 0),
        ("M99 停", 2),
        ("m123 x", 2),
        ("M99、M05 今日", 1),
        ("M99、M05", 0),
        ("M05 停止提款，冻结未用额度、M99", 0),
        ("M05 查 M88 机床", 1),
        ("M05和M99", 0),
        ("M88 机床停用", 2),
        ("Mahnung", 2),
        ("续查", 2),
        ("", 2),
        ("M02、M05", 1),
        ("M02 M05", 1),
        ("m02,m05 今日", 1),
        ("M02和M05", 1),
        ("M02；M99", 0),
        ("设备 M99 停用", 2),
    ];
    for (text, expected) in cases {
        let found = match care.written(text) {
            Written::Unknown => 0,
            Written::Known(_) => 1,
            Written::Words => 2,
        };
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn each_code_in_a_measure_counts_once() {
    let care = load().unwrap();
    for text in [
        "M02、M05",
        "M02 M05",
        "M02,M05",
        "m02，m05 今日",
        "M02/M05；M02",
        "M02和M05",
        "M02 今日 M05 明日",
        "M02 查 M88 机床，M05",
        "M02 see lathe M88; M05",
    ] {
        let Written::Known(known) = care.written(text) else { panic!("{text}") };
        assert_eq!(
            known.iter().map(|m| m.code.as_str()).collect::<Vec<_>>(),
            ["M02", "M05"],
            "{text}"
        );
    }
}

#[test]
fn faults_name_their_line() {
    let cases = [
        ("code = \"M02\"", "code = \"M01\"", "M01"),
        ("awaits = \"acting\"", "awaits = \"resting\"", "resting"),
        ("to = \"17:00\"", "to = \"08:00\"", "08:00"),
        ("from = \"09:00\"", "from = \"nine\"", "nine"),
        ("levels = [\"red\"]", "levels = [\"pink\"]", "pink"),
        ("described = [\"transferred\"]", "described = [\"verify\"]", "verify"),
        ("en = \"early recall\"", "en = \" \"", "M07"),
    ];
    for (good, bad, named) in cases {
        let text = SOURCE.replacen(good, bad, 1);
        assert_ne!(text, SOURCE, "{good}");
        let fault = parse(&text).unwrap_err();
        assert!(fault.line > 1 && format!("{fault:?}").contains(named), "{fault:?}");
    }
}
