use std::path::PathBuf;

use super::*;
use crate::domain::sample::day;

#[test]
fn known_days_are_as_announced() {
    let table = load().unwrap();
    // (day, workday): holidays, make-up weekends, ordinary days, legal days of a year without notice.
    for (text, work) in [
        ("2006-12-30", false),
        ("2006-12-29", true),
        ("2026-01-01", false),
        ("2026-01-04", true),
        ("2026-02-14", true),
        ("2026-02-23", false),
        ("2026-02-24", true),
        ("2026-10-01", false),
        ("2026-10-07", false),
        ("2026-10-08", true),
        ("2026-10-10", true),
        ("2027-02-05", false),
        ("2027-02-09", true),
        ("2030-09-12", false),
        ("2031-10-01", true),
        ("2031-10-04", false),
    ] {
        assert_eq!(table.is_workday(day(text)), work, "{text}");
    }
}

#[test]
fn only_years_without_notice_are_provisional() {
    let table = load().unwrap();
    for (text, provisional) in
        [("2006-05-01", false), ("2026-12-31", false), ("2027-01-01", true), ("2032-03-03", true)]
    {
        assert_eq!(table.is_provisional(day(text)), provisional, "{text}");
    }
}

/// The reference data may be absent (a plain checkout): then the fixed days above must do.
#[test]
fn agrees_with_the_reference_data() {
    let folder = std::env::var_os("HUIFANG_SHARED_DATA").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data"),
        PathBuf::from,
    );
    let Ok(special) = std::fs::read_to_string(folder.join("holidays/special_days.csv")) else {
        println!("skipped: no reference data in {}", folder.display());
        return;
    };
    let statutory =
        std::fs::read_to_string(folder.join("holidays/statutory_days_2025_2030.csv")).unwrap();
    let mut expected = HashMap::new();
    for line in special.lines().skip(1) {
        let mut cells = line.split(',');
        let date = day(cells.next().unwrap());
        expected.insert(date, cells.next().unwrap() == "work");
    }
    for line in statutory.lines().skip(1) {
        let date = day(line.split(',').next().unwrap());
        if date.year() > 2026 {
            expected.insert(date, false);
        }
    }
    let table = load().unwrap();
    for date in day("2007-01-01").iter_days().take_while(|d| d.year() <= 2030) {
        let weekday = date.weekday().number_from_monday() <= 5;
        let work = expected.get(&date).copied().unwrap_or(weekday);
        assert_eq!(table.is_workday(date), work, "{date}");
    }
}

#[test]
fn faults_name_file_and_value() {
    let wrong = "year = 2026\nannounced = true\n[[holiday]]\nname = \"x\"\noff = [\"2025-01-01\"]";
    let fault = parse(&[("a.toml", wrong)]).unwrap_err();
    assert_eq!(fault.to_string(), "a.toml: `2025-01-01` is not a date of 2026");
    let twice = "year = 2026\nannounced = true\n[[holiday]]\nname = \"x\"\noff = [\"2026-01-01\", \"2026-01-01\"]";
    assert!(matches!(parse(&[("a.toml", twice)]), Err(HolidayFault::Twice { .. })));
    let year = "year = 2026\nannounced = true";
    assert!(matches!(parse(&[("a", year), ("b", year)]), Err(HolidayFault::Twice { .. })));
    assert!(matches!(parse(&[("a.toml", "year = true")]), Err(HolidayFault::Syntax { .. })));
}
