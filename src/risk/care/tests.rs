use super::*;

fn care(hours: u32) -> Care {
    let time = |h| NaiveTime::from_hms_opt(h, 0, 0).unwrap();
    Care {
        described: Vec::new(),
        least: Least { reason: 4, proof: 6 },
        again: Again { cleared: 90, transferred: 30 },
        moved: 5,
        latest: vec![(Level::Red, 60)],
        id: "care@0".to_owned(),
        hours: Hours { from: time(9), to: time(17) },
        limits: vec![Limit {
            level: Level::Red,
            awaits: Awaited::Acknowledged,
            hours,
            clock: false,
            source: String::new(),
            verified: false,
        }],
        measures: Vec::new(),
        contagion: Contagion {
            from: Level::Red,
            workdays: 5,
            most: 9,
            echoes: Vec::new(),
            default_days: 30,
            zh: String::new(),
            en: String::new(),
        },
    }
}

fn due(hours: u32, from: &str) -> Option<String> {
    let from = DateTime::parse_from_rfc3339(&format!("{from}:00+08:00")).unwrap();
    let days = Workdays::default();
    let due = care(hours).due(&days, Level::Red, Awaited::Acknowledged, from)?;
    Some(due.format("%Y-%m-%dT%H:%M").to_string())
}

#[test]
fn working_hours_pass_only_on_workdays_between_opening_and_closing() {
    // 2026-11-23 is a Monday, 27 a Friday.
    let cases = [
        (4, "2026-11-23T10:00", "2026-11-23T14:00"),
        (4, "2026-11-23T07:30", "2026-11-23T13:00"),
        (4, "2026-11-23T15:00", "2026-11-24T11:00"),
        (4, "2026-11-23T17:00", "2026-11-24T13:00"),
        (4, "2026-11-27T16:30", "2026-11-30T12:30"),
        (8, "2026-11-28T11:00", "2026-11-30T17:00"),
        (16, "2026-11-26T12:00", "2026-11-30T12:00"),
    ];
    for (hours, from, expected) in cases {
        assert_eq!(due(hours, from).as_deref(), Some(expected), "{hours} h from {from}");
    }
}

#[test]
fn hours_of_the_clock_pass_over_night_and_days_off() {
    let mut care = care(48);
    care.limits[0].clock = true;
    for (from, expected) in
        [("2026-11-23T10:00", "2026-11-25T10:00"), ("2026-11-27T16:00", "2026-11-29T16:00")]
    {
        let from = DateTime::parse_from_rfc3339(&format!("{from}:00+08:00")).unwrap();
        let due = care.due(&Workdays::default(), Level::Red, Awaited::Acknowledged, from).unwrap();
        assert_eq!(due.format("%Y-%m-%dT%H:%M").to_string(), expected);
    }
}

#[test]
fn what_has_no_limit_is_never_due() {
    let from = DateTime::parse_from_rfc3339("2026-11-23T10:00:00+08:00").unwrap();
    let (care, days) = (care(4), Workdays::default());
    assert_eq!(care.due(&days, Level::Yellow, Awaited::Acknowledged, from), None);
    assert_eq!(care.due(&days, Level::Red, Awaited::Acting, from), None);
}

proptest::proptest! {
    #[test]
    fn a_limit_ends_within_working_hours_and_never_before_it_began(
        minutes in 0_i64..60 * 24 * 40,
        hours in 1_u32..60,
    ) {
        let start = DateTime::parse_from_rfc3339("2026-11-01T00:00:00+08:00").unwrap();
        let from = start + Duration::minutes(minutes);
        let (care, days) = (care(hours), Workdays::default());
        let due = care.due(&days, Level::Red, Awaited::Acknowledged, from).unwrap();
        proptest::prop_assert!(due - from >= Duration::hours(i64::from(hours)));
        proptest::prop_assert!(days.is_workday(due.date_naive()));
        let time = due.time();
        proptest::prop_assert!(time > care.hours.from && time <= care.hours.to);
    }
}

#[test]
fn each_end_has_days_of_its_own_and_a_step_before_it_none() {
    let care = care(8);
    for (ending, days) in
        [(FlagStep::Cleared, Some(90)), (FlagStep::Transferred, Some(30)), (FlagStep::Verify, None)]
    {
        assert_eq!(care.quiet_days(ending), days, "{ending:?}");
    }
}
