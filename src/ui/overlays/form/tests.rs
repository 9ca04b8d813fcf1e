use super::*;

#[test]
fn days_are_read_as_people_write_them() {
    let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
    for (typed, meant) in [
        ("2026-12-01", Some("2026-12-01")),
        ("12-01", Some("2026-12-01")),
        ("11/20", Some("2026-11-20")),
        ("1.5", Some("2027-01-05")),
        ("+7", Some("2026-11-30")),
        ("25", Some("2026-11-25")),
        ("3", Some("2026-12-03")),
        ("soon", None),
        ("13-40", None),
    ] {
        assert_eq!(read_day(typed, today).map(|d| d.to_string()).as_deref(), meant, "{typed}");
    }
}
