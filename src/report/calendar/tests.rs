//! Calendar files, read back by a parser that is not ours.

use calcard::Entry as Read;
use calcard::common::IanaString as _;
use calcard::icalendar::{ICalendarComponentType, ICalendarProperty as P, ICalendarValue};
use chrono::TimeZone as _;

use super::*;
use crate::domain::deadline::DeadlineKind;
use crate::domain::sample::day;

fn duty(code: DutyCode, reference: &str, raw_due: &str) -> Duty {
    Duty {
        code,
        reference: reference.to_owned(),
        class: DutyClass::Onsite,
        opens: day("2026-10-31"),
        raw_due: day(raw_due),
        due: day(raw_due),
        delayed_from: None,
        rule: "node.x".to_owned(),
        policy: "default@1".to_owned(),
    }
}

fn entry(customer: &str, name: &str, due: &str) -> Entry {
    Entry {
        officer: UserId::from("zhang"),
        customer: CustomerId::from(customer),
        name: name.to_owned(),
        district: Some("城东, 老街; 一号".to_owned()),
        due: day(due),
        opens: day("2026-10-31"),
        what: What::Visit {
            class: DutyClass::Onsite,
            duties: vec![
                duty(DutyCode::UseOfFunds, "L001#1", "2026-11-29"),
                duty(DutyCode::PeriodicOnsite, customer, "2026-12-01"),
            ],
        },
    }
}

fn deadline(kind: DeadlineKind, reference: &str, due: &str, end: Option<&str>) -> Entry {
    let deadline = Deadline {
        kind,
        reference: reference.to_owned(),
        due: day(due),
        opens: day("2026-11-01"),
        about: "王五承诺补办".to_owned(),
        loan: None,
        period_end: end.map(day),
        headroom: None,
        figure: None,
        target: None,
        balance: None,
        late_in_a_row: 2,
    };
    let what = What::Deadline(Box::new(deadline));
    Entry { district: None, due: day(due), what, ..entry("C001", "甲公司", due) }
}

#[test]
fn deadlines_stand_beside_visits_and_keep_their_place() {
    let (report, renew) = (DeadlineKind::Statement, DeadlineKind::Insurance);
    let entries = [
        deadline(report, "R1", "2026-10-30", Some("2026-09-30")),
        deadline(report, "R1", "2027-01-30", Some("2026-12-31")),
        deadline(renew, "P_1", "2026-12-15", None),
        entry("C001", "甲公司", "2026-11-27"),
    ];
    let (text, known) = file(&entries, &[], false, "2026-11-23");
    assert_eq!(
        read(&text, &P::Uid)[..3],
        [
            "C001_deadline_insurance_P=5f=1_@huifang",
            "C001_deadline_statement_R1_2026-09-30@huifang",
            "C001_deadline_statement_R1_2026-12-31@huifang"
        ]
    );
    assert_eq!(known.iter().filter(|event| is_deadline(event)).count(), 3);
    assert_eq!(read(&text, &P::Summary)[0], "期限 甲公司 押品保险");
    assert_eq!(read(&text, &P::Dtstart)[..2], ["20261215", "20261030"]);
    assert!(read(&text, &P::Description)[1].contains("王五承诺补办"));
    // Insured again: the event moves. The statement came in: it is struck out.
    let later = [deadline(renew, "P_1", "2027-12-15", None)];
    let (text, _) = file(&later, &known, false, "2026-11-24");
    assert_eq!(read(&text, &P::Dtstart)[..2], ["20271215", "20261030"]);
    assert_eq!(read(&text, &P::Status)[..2], ["CONFIRMED", "CANCELLED"]);
    assert_eq!(read(&text, &P::Sequence)[..2], ["1", "1"]);
    // Without names: nor what the bank wrote about it.
    let (text, _) = file(&entries, &[], true, "2026-11-23");
    assert!(!text.contains('甲') && !text.contains("王五"), "{text}");
    assert_eq!(read(&text, &P::Summary)[0], "期限 C001 押品保险");
}

fn stamp() -> DateTime<FixedOffset> {
    crate::clock::china().with_ymd_and_hms(2026, 11, 23, 7, 30, 0).unwrap()
}

fn file(
    entries: &[Entry],
    known: &[CalendarEvent],
    private: bool,
    today: &str,
) -> (String, Vec<CalendarEvent>) {
    let events = next(entries, known, private, Lang::Zh, day(today));
    (write(entries, &events, private, Lang::Zh, stamp()), events)
}

/// Value of a property of each event, as another program reads it.
fn read(text: &str, name: &P) -> Vec<String> {
    let Read::ICalendar(calendar) = calcard::Parser::new(text).entry() else {
        panic!("no calendar:\n{text}")
    };
    let events = calendar.components.iter();
    let events = events.filter(|part| part.component_type == ICalendarComponentType::VEvent);
    events
        .map(|event| {
            let found = event.entries.iter().find(|entry| entry.name == *name);
            found.and_then(|entry| entry.values.first()).map(told).unwrap_or_default()
        })
        .collect()
}

fn told(value: &ICalendarValue) -> String {
    match value {
        ICalendarValue::Text(text) => text.clone(),
        ICalendarValue::Integer(number) => number.to_string(),
        ICalendarValue::Status(status) => status.as_str().to_owned(),
        ICalendarValue::Classification(class) => class.as_str().to_owned(),
        ICalendarValue::PartialDateTime(at) => {
            let part = |n: Option<u8>| n.map_or_else(String::new, |n| format!("{n:02}"));
            let (year, hour) = (at.year.unwrap_or_default(), part(at.hour));
            let hour = if hour.is_empty() { hour } else { format!("T{hour}") };
            format!("{year}{}{}{hour}{}", part(at.month), part(at.day), part(at.minute))
        }
        other => format!("{other:?}"),
    }
}

#[test]
fn another_program_reads_days_names_and_places() {
    let long = "云津市第一有限责任公司及其全部分支机构".repeat(6);
    let entries =
        [entry("C001", "甲, 乙; 丙\\公司", "2026-11-27"), entry("C2_#", &long, "2026-12-31")];
    let (text, _) = file(&entries, &[], false, "2026-11-23");
    // Folded at 75 octets, never inside a character: every line is text by itself.
    for line in text.split("\r\n") {
        assert!(line.len() <= 75 && !line.contains('\n'), "{} {line}", line.len());
    }
    assert_eq!(read(&text, &P::Dtstart), ["20261127", "20261231"]);
    assert_eq!(read(&text, &P::Dtend), ["20261128", "20270101"]);
    assert_eq!(read(&text, &P::Dtstamp), ["20261122T2330"; 2]);
    assert_eq!(read(&text, &P::Status), ["CONFIRMED"; 2]);
    assert_eq!(read(&text, &P::Summary)[0], "回访 甲, 乙; 丙\\公司 现场");
    assert!(read(&text, &P::Summary)[1].contains(&long));
    assert_eq!(read(&text, &P::Location)[0], "城东, 老街; 一号");
    assert!(read(&text, &P::Description)[0].contains("用途检查"));
    let uids = read(&text, &P::Uid);
    assert_eq!(uids[0], "C001_use=5f=of=5f=funds_L001=23=1_2026-11-29@huifang");
    assert!(uids[1].starts_with("C2=5f==23=_"), "{uids:?}");
}

#[test]
fn private_files_have_no_names_and_no_places() {
    let entries = [entry("C001", "甲公司", "2026-11-27")];
    let (text, _) = file(&entries, &[], true, "2026-11-23");
    assert!(!text.contains('甲') && !text.contains("城东"), "{text}");
    assert_eq!(read(&text, &P::Summary), ["回访 C001 现场"]);
    assert_eq!(read(&text, &P::Class), ["PRIVATE"]);
}

#[test]
fn what_moved_rises_what_stayed_stays_and_what_is_gone_is_struck_out() {
    let both = [entry("C001", "甲", "2026-11-27"), entry("C002", "乙", "2026-11-30")];
    let (first, known) = file(&both, &[], false, "2026-11-23");
    assert_eq!(read(&first, &P::Sequence), ["0", "0"]);
    let (again, known) = file(&both, &known, false, "2026-11-24");
    assert_eq!(again, first);
    // The first was put off, the second was made.
    let moved = [entry("C001", "甲", "2026-12-04")];
    let (text, known) = file(&moved, &known, false, "2026-11-25");
    assert_eq!(read(&text, &P::Uid), read(&first, &P::Uid));
    assert_eq!(read(&text, &P::Sequence), ["1", "1"]);
    assert_eq!(read(&text, &P::Status), ["CONFIRMED", "CANCELLED"]);
    assert_eq!(read(&text, &P::Dtstart), ["20261204", "20261130"]);
    // It is told for a while with the same number, then forgotten.
    let (text, known) = file(&moved, &known, false, "2027-01-20");
    assert_eq!(read(&text, &P::Sequence), ["1", "1"]);
    let (text, known) = file(&moved, &known, false, "2027-01-26");
    assert_eq!((read(&text, &P::Uid).len(), known.len()), (1, 1));
    // One that comes back is confirmed with a higher number.
    let (_, gone) = file(&[], &known, false, "2027-01-27");
    let (text, _) = file(&moved, &gone, false, "2027-01-28");
    assert_eq!(
        (read(&text, &P::Sequence), read(&text, &P::Status)),
        (vec!["3".to_owned()], vec!["CONFIRMED".to_owned()])
    );
    // Another officer's calendar is another calendar.
    let mut hers = moved[0].clone();
    hers.officer = UserId::from("li");
    let (text, _) = file(&[hers], &known, false, "2027-01-27");
    assert_eq!(read(&text, &P::Status), ["CONFIRMED", "CANCELLED"]);
}
