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
fn the_plain_reader_and_the_full_one_agree() {
    for (file, text) in FILES {
        assert_eq!(plain::read(text), read(file, text).ok(), "{file}");
    }
    // What it does not know, it leaves alone.
    let table =
        "year = 2031\nannounced = false\n[[holiday]]\nname = \"元旦\"\noff = [\"2031-01-01\"]\n";
    assert!(plain::read(table).is_some());
    for (known, other) in [
        ("announced = false\n", ""),
        ("announced", "Announced"),
        ("false", "maybe"),
        ("[[holiday]]", "[holiday]"),
        ("name = \"元旦\"\n", ""),
        ("\"元旦\"", "'元旦'"),
        ("元旦", "元\\u65e6"),
        ("[\"2031-01-01\"]", "[\"2031-01-01\",]"),
        ("[\"2031-01-01\"]", "[\"2031-01-01\"] # x"),
        ("2031-01-01", "2032-01-01"),
        ("2031-01-01", "2031-02-30"),
        ("2031-01-01", "2031-01-01\", \"2031-01-01"),
    ] {
        assert_eq!(plain::read(&table.replacen(known, other, 1)), None, "{known} → {other}");
    }
    // A holiday without a name does not take the one before it.
    let nameless = format!("{table}[[holiday]]\noff = [\"2031-05-01\"]\n");
    assert_eq!(plain::read(&nameless), None);
    assert!(read("a.toml", &nameless).is_err());
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
fn faults_name_file_line_and_value() {
    let head = "year = 2026\nannounced = true\n[[holiday]]\nname = \"x\"\n";
    let with = |rest: &str| format!("{head}{rest}");
    for (text, told) in [
        (with("off = [\"2025-01-01\"]"), "a.toml:5: `2025-01-01` is not a date of 2026"),
        (with("off = [\"2026-02-30\"]"), "a.toml:5: `2026-02-30` is not a date of 2026"),
        (
            with("off = [\n  \"2026-01-01\",\n  \"2026-01-01\",\n]"),
            "a.toml:7: 2026-01-01 stands twice",
        ),
        (
            with("off = []\nwork = [\"2026-01-05\"]"),
            "a.toml:6: 2026-01-05 is a weekday: a make-up workday falls on a Saturday or Sunday",
        ),
        ("year = 1999\nannounced = true".to_owned(), "a.toml:1: 1999 is no year from 2007 to 2199"),
    ] {
        assert_eq!(read_new("a.toml", &text, &[]).unwrap_err().to_string(), told);
    }
    for (text, line) in [("year = true", 1), ("year = 2027\nannounced = true\nwhat = 1", 3)] {
        let fault = read("a.toml", text).unwrap_err();
        assert!(matches!(fault.what, Wrong::Syntax(_)), "{fault}");
        assert_eq!(fault.line, line, "{fault}");
    }
}

/// 2027 as it might be announced: the legal days, moved and made up.
const ANNOUNCED: &str = r#"year = 2027
announced = true

[[holiday]]
name = "元旦"
off = ["2027-01-01", "2027-01-02", "2027-01-03"]

[[holiday]]
name = "春节"
off = ["2027-02-05", "2027-02-06", "2027-02-07", "2027-02-08", "2027-02-09", "2027-02-10", "2027-02-11"]
work = ["2027-01-31", "2027-02-20"]

[[holiday]]
name = "清明节"
off = ["2027-04-03", "2027-04-04", "2027-04-05"]

[[holiday]]
name = "劳动节"
off = ["2027-05-01", "2027-05-02", "2027-05-03"]

[[holiday]]
name = "端午节"
off = ["2027-06-09"]

[[holiday]]
name = "中秋节"
off = ["2027-09-15"]

[[holiday]]
name = "国庆节"
off = ["2027-10-01", "2027-10-02", "2027-10-03", "2027-10-04", "2027-10-05"]
"#;

#[test]
fn an_announced_year_takes_the_place_of_the_legal_days() {
    let year = read_new("2027.toml", ANNOUNCED, &[]).unwrap();
    assert_eq!(year.counts(), (23, 2));
    let table = with_own(&[year]).unwrap();
    for (text, work) in [("2027-02-10", false), ("2027-02-20", true), ("2026-10-10", true)] {
        assert_eq!(table.is_workday(day(text)), work, "{text}");
    }
    assert!(!table.is_provisional(day("2027-06-01")) && table.is_provisional(day("2028-01-04")));
}

#[test]
fn what_can_not_be_added_is_refused() {
    let year_2026 = text(2026).unwrap();
    for (file, own, told) in [
        (year_2026.to_owned(), vec![], "the year 2026 is there already"),
        (ANNOUNCED.to_owned(), vec![2027], "the year 2027 is there already"),
        (ANNOUNCED.replace("announced = true", "announced = false"), vec![], "announced = false"),
        (
            ANNOUNCED.replace("off = [\"2027-06-09\"]", "off = []"),
            vec![],
            "2027-06-09 is off by law (端午节)",
        ),
    ] {
        let fault = read_new("x.toml", &file, &own).unwrap_err();
        assert!(fault.to_string().contains(told), "{fault}");
    }
}
