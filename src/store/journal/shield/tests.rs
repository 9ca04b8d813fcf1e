//! No number gets through, however it was typed; what is no number of a person stays.

use super::*;

#[test]
fn numbers_are_masked_however_they_were_typed() {
    let cases = [
        (r"13812345678", r"138****5678"),
        (r"\n13812345678", r"\n138****5678"),
        (r"\u000a13812345678", r"\n138****5678"),
        (r"tel13812345678", r"tel138****5678"),
        (r"A13812345678b", r"A138****5678b"),
        (r"电话138-1234-5678。", r"电话138-****-5678。"),
        (r"138 1234 5678", r"138 **** 5678"),
        (r"（138）1234 5678", r"（138）**** 5678"),
        (r"１３８１２３４５６７８", r"１３８****５６７８"),
        (r"+86 138-1234-5678", r"+86 138-****-5678"),
        (r"8613812345678", r"86138****5678"),
        (r"008613812345678", r"0086138****5678"),
        (r"2026-11-23 13812345678", r"2026-11-23 138****5678"),
        (r"13812345678 13912345678", r"138****5678 139****5678"),
        (r"f:13812345678", r"f:138****5678"),
        (r"n:13812345678；回电", r"n:138****5678；回电"),
        (r"11010119900307001X", r"110101********001X"),
        (r"110101 19900307 001x", r"110101 ******** 001x"),
        (r"１１０１０１１９９００３０７００１Ｘ", r"１１０１０１********００１Ｘ"),
        (r"证号110101900307001", r"证号110101*****7001"),
        (r#"\"13812345678\""#, r#"\"138****5678\""#),
    ];
    for (typed, kept) in cases {
        let json = format!(r#"{{"note":"{typed}","n":1}}"#);
        assert_eq!(shield(&json), format!(r#"{{"note":"{kept}","n":1}}"#), "{typed}");
    }
    // As a key, as the text of an answer, and in a list.
    assert_eq!(shield(r#"{"13812345678":1}"#), r#"{"138****5678":1}"#);
    assert_eq!(shield(r#"{"value":"t:\n13812345678"}"#), r#"{"value":"t:\n138****5678"}"#);
    assert_eq!(shield(r#"{"value":"f:13812345678 "}"#), r#"{"value":"f:138****5678 "}"#);
    assert_eq!(shield(r#"["13812345678"]"#), r#"["138****5678"]"#);
}

#[test]
fn what_is_no_number_of_a_person_stays() {
    let hash = "13812345678".to_owned() + &"a".repeat(53);
    let whole = [
        r#"{"value":"f:13812345678"}"#.to_owned(),
        r#"{"value":"n:-13812345678"}"#.to_owned(),
        r#"{"facts":"exposure\tf:13812345678\nline\tc:corporate"}"#.to_owned(),
        r#"{"amount":13812345678}"#.to_owned(),
        r#"{"visit_id":"V-C000123-20261123-X-2"}"#.to_owned(),
        r#"{"note":"账号6222021234567890123，金额123456"}"#.to_owned(),
        format!(r#"{{"content_hash":"{hash}"}}"#),
    ];
    for json in whole {
        assert_eq!(shield(&json), json);
    }
    let facts = r#"{"facts":"exposure\tf:13812345678\npoints\tt:电话13812345678"}"#;
    let kept = r#"{"facts":"exposure\tf:13812345678\npoints\tt:电话138****5678"}"#;
    assert_eq!(shield(facts), kept);
}
