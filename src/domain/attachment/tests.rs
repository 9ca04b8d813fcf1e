use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn windows_are_full_months() {
    for (on, months, from, to) in [
        ("2026-11-23", 3, "2026-08-01", "2026-10-31"),
        ("2026-11-01", 3, "2026-08-01", "2026-10-31"),
        ("2026-01-31", 1, "2025-12-01", "2025-12-31"),
        ("2028-03-31", 1, "2028-02-01", "2028-02-29"),
        ("2026-03-01", 12, "2025-03-01", "2026-02-28"),
    ] {
        assert_eq!(window(months, day(on)), Some((day(from), day(to))), "{on} {months}");
    }
}

#[test]
fn photos_of_other_days_are_told() {
    let rules = FileRules {
        photo_bytes: 1,
        document_bytes: 1,
        days_apart: 2,
        source: String::new(),
        verified: false,
    };
    let looks = |media, taken: Option<&str>| Looks {
        media,
        pixels: None,
        taken_at: taken.map(|t| day(t).and_hms_opt(9, 0, 0).unwrap()),
        place: None,
    };
    for (media, taken, wanted) in [
        (Media::Jpeg, Some("2026-11-21"), vec![]),
        (Media::Jpeg, Some("2026-11-25"), vec![]),
        (Media::Jpeg, Some("2026-11-20"), vec![FileWarning::TakenBefore(3)]),
        (Media::Png, Some("2026-11-26"), vec![FileWarning::TakenAfter(3)]),
        (Media::Jpeg, None, vec![FileWarning::NoTime]),
        (Media::Pdf, None, vec![]),
    ] {
        assert_eq!(rules.warnings(&looks(media, taken), day("2026-11-23")), wanted, "{taken:?}");
    }
}
