//! The built-in pack is sound, and faults of others name file and line.

use super::*;
use crate::domain::visit::Purpose;

#[test]
fn channels_are_known_by_every_name() {
    let conduct = load().unwrap();
    for (name, code) in [
        ("实地", "onsite"),
        ("现场", "onsite"),
        ("telephone", "phone"),
        (" 视频会议 ", "video"),
        ("问卷", "questionnaire"),
        ("案头", "desk"),
        ("desk", "desk"),
    ] {
        assert_eq!(conduct.channel(name).map(|c| c.code.as_str()), Some(code), "{name}");
    }
    assert_eq!(conduct.channel("飞鸽"), None);
    let funds = [Purpose { code: DutyCode::UseOfFunds, reference: None }];
    assert_eq!(conduct.unmet("问卷", &funds), Some(DutyCode::UseOfFunds));
    assert_eq!(conduct.unmet("电话", &funds), None);
    assert_eq!(conduct.unmet("飞鸽", &funds), None);
}

#[test]
fn a_fault_names_file_and_line() {
    let cases = [
        ("percent = 80", "percent = 0"),
        ("percent = 80", "percent = 800"),
        ("percent = 80", "percents = 80"),
        ("least_characters = 20", "least_characters = 4"),
        ("level = \"red\"", "level = \"crimson\""),
        ("class = \"onsite\"\nfrom", "class = \"somewhere\"\nfrom"),
        ("from_exposure_yuan = 50000000", "from_exposure_yuan = -1"),
        ("not_for = [\"renewal_talk\", \"handover\"]", "not_for = [\"tea\"]"),
        ("also = [\"案头\"]", "also = [\"视频\"]"),
        ("en = \"desk\"", "en = \" \""),
    ];
    for (is, becomes) in cases {
        assert!(DEFAULT.1.contains(is), "{is}");
        let text = DEFAULT.1.replacen(is, becomes, 1);
        let fault = parse("own.toml", &text).unwrap_err();
        assert_eq!(fault.file, "own.toml");
        assert!(fault.line > 10 && !fault.what.is_empty(), "{becomes}: {fault}");
    }
}
