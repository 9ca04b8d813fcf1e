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
