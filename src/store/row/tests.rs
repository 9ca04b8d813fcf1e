use super::*;
use proptest::prelude::*;

#[test]
fn odd_dates_are_refused() {
    for text in [
        "",
        "2026-11-2",
        "2026-02-30",
        "2026/11/23",
        "20261123",
        "2026-1a-01",
        "+026-01-01",
        "2026-11-23 ",
    ] {
        assert_eq!(parse_day(text.as_bytes()), None, "{text}");
    }
}

#[test]
fn instants_are_shown_in_the_branch() {
    assert_eq!(shown_to_second("2026-11-22T23:12:31.005Z"), "11-23 07:12:31");
    assert_eq!(shown_to_minute("2026-11-22T23:12:31.005Z"), "11-23 07:12");
    assert_eq!(shown_to_minute("yesterday"), "");
}

proptest! {
    #[test]
    fn hand_made_dates_equal_the_general_parser(days in -300_000i32..300_000) {
        let date = NaiveDate::from_num_days_from_ce_opt(730_000 + days).unwrap();
        let text = date.to_string();
        prop_assert_eq!(parse_day(text.as_bytes()), text.parse().ok().filter(|_| text.len() == 10));
    }
}
