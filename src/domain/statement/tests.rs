use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn the_four_columns_are_chosen_by_their_days() {
    let ends = ["2024-09-30", "2024-12-31", "2025-03-31", "2025-09-30", "2025-12-31", "2026-09-30"];
    let all: Vec<Statement> = ends.into_iter().map(|end| Statement::empty(day(end))).collect();
    let ends = |disbursed: Option<&str>, on: &str| {
        let chosen = FourColumns::choose(&all, disbursed.map(day), day(on));
        chosen.all().map(|s| s.map(|s| s.period_end.to_string()).unwrap_or_default())
    };
    let cases = [
        (
            Some("2025-05-06"),
            "2026-11-23",
            ["2025-03-31", "2025-12-31", "2025-09-30", "2026-09-30"],
        ),
        // The day itself counts; a later statement does not.
        (
            Some("2024-09-30"),
            "2025-09-30",
            ["2024-09-30", "2024-12-31", "2024-09-30", "2025-09-30"],
        ),
        // Nobody knows how things stood at a disbursement before the first statement.
        (Some("2020-01-01"), "2025-01-31", ["", "", "", "2024-12-31"]),
        (None, "2025-12-31", ["", "2024-12-31", "2024-12-31", "2025-12-31"]),
        (Some("2025-01-01"), "2024-01-01", ["", "", "", ""]),
    ];
    for (disbursed, on, expected) in cases {
        assert_eq!(ends(disbursed, on), expected, "{disbursed:?} {on}");
    }
}

#[test]
fn every_line_has_a_code_of_its_own_and_a_part() {
    for line in StatementLine::ALL {
        assert_eq!(StatementLine::from_code(line.as_code()), Some(*line));
    }
    for part in StatementPart::ALL {
        assert!(StatementLine::ALL.iter().any(|line| line.part() == *part), "{part:?}");
    }
}

#[test]
fn a_flow_is_paced_to_a_year_and_a_stock_is_not() {
    let of = |months| Statement {
        months,
        amounts: [(StatementLine::Revenue, Fen(900)), (StatementLine::Cash, Fen(70))].into(),
        ..Statement::empty(day("2026-09-30"))
    };
    let paced =
        |months| (of(months).paced(StatementLine::Revenue), of(months).paced(StatementLine::Cash));
    assert_eq!(paced(Some(9)), (Some(Fen(1_200)), Some(Fen(70))));
    assert_eq!(paced(Some(12)), (Some(Fen(900)), Some(Fen(70))));
    // How long it took is not known.
    assert_eq!(paced(None), (None, Some(Fen(70))));
    assert_eq!(paced(Some(0)).0, None);
}

fn told(course: &[Option<&Statement>]) -> Vec<String> {
    let month = |s: &Statement| s.period_end.format("%y-%m").to_string();
    course.iter().map(|s| s.map_or_else(|| "-".to_owned(), month)).collect()
}

#[test]
fn a_course_goes_in_even_steps_and_shows_its_gaps() {
    let cases: [(&[&str], usize, &[&str]); 6] = [
        (&[], 8, &[]),
        (&["2026-09-30"], 8, &["26-09"]),
        (&["2024-12-31", "2025-12-31", "2023-12-31"], 8, &["23-12", "24-12", "25-12"]),
        (
            &["2024-12-31", "2025-09-30", "2026-06-30"],
            8,
            &["24-12", "-", "-", "25-09", "-", "-", "26-06"],
        ),
        // What lies further back than that has no place; what lies at the edge has.
        (
            &["2024-12-31", "2026-06-30", "2026-09-30"],
            8,
            &["24-12", "-", "-", "-", "-", "-", "26-06", "26-09"],
        ),
        (&["2024-12-31", "2026-06-30", "2026-09-30"], 7, &["26-06", "26-09"]),
    ];
    for (ends, most, expected) in cases {
        let all: Vec<Statement> = ends.iter().map(|end| Statement::empty(day(end))).collect();
        assert_eq!(told(&course(&all, most)), expected, "{ends:?}");
    }
}

#[test]
fn months_of_which_nothing_is_told_lie_between_two_periods() {
    let of = |end: &str, months| Statement { months, ..Statement::empty(day(end)) };
    let cases = [
        (("2026-09-30", Some(9)), ("2026-06-30", Some(6)), 0),
        (("2026-03-31", Some(3)), ("2025-12-31", Some(12)), 0),
        (("2026-06-30", Some(6)), ("2025-09-30", Some(9)), 3),
        (("2026-12-31", Some(12)), ("2024-12-31", Some(12)), 12),
        // How long it was is not said: a year at the most.
        (("2026-12-31", None), ("2025-12-31", None), 0),
        (("2026-12-31", None), ("2025-06-30", None), 6),
    ];
    for ((later, months), (earlier, before), expected) in cases {
        assert_eq!(untold(&of(later, months), &of(earlier, before)), expected, "{later} {earlier}");
    }
}

proptest::proptest! {
    #[test]
    fn a_course_holds_every_month_once_in_order(
        months in proptest::collection::btree_set(0_i64..120, 1..12)
    ) {
        let end = |n: i64| {
            let first = NaiveDate::from_ymd_opt(2016, 1, 1).unwrap();
            first.checked_add_months(chrono::Months::new(u32::try_from(n).unwrap())).unwrap()
        };
        let all: Vec<Statement> = months.iter().map(|n| Statement::empty(end(*n))).collect();
        let course = course(&all, 200);
        let found: Vec<NaiveDate> = course.iter().flatten().map(|s| s.period_end).collect();
        proptest::prop_assert_eq!(found, months.iter().map(|n| end(*n)).collect::<Vec<_>>());
        proptest::prop_assert!(course.first().unwrap().is_some() && course.last().unwrap().is_some());
    }
}
