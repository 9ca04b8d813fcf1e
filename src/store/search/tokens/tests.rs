use super::*;

#[test]
fn patterns_are_read_in_syllables_and_initials() {
    for (pattern, query) in [
        ("bjzd", "(\"ibj\" AND \"ijz\" AND \"izd\")"),
        ("北京", "(\"北京\")"),
        ("北", "(\"北\" *)"),
        ("b", "(\"ib\" *)"),
        ("北京z", "(\"北京\" AND \"ijz\")"),
    ] {
        assert_eq!(name_query(pattern, false).as_deref(), Some(query), "{pattern}");
    }
    assert_eq!(name_query("", false), None);
    assert_eq!(id_query("ab"), None);
    assert_eq!(id_query("12").as_deref(), Some("\"v12\" *"));
    assert_eq!(id_query("1234").as_deref(), Some("\"v123\" AND \"v234\""));
}

#[test]
fn folding_keeps_the_place_in_the_original() {
    let folded = Folded::of("（ＡＢＣ）北京·Ｘ１");
    assert_eq!(folded.text, "abc北京x1");
    let original = "（ＡＢＣ）北京·Ｘ１";
    let (from, to) = folded.original(3, 9).unwrap();
    assert_eq!(original.get(from..to), Some("北京"));
}
