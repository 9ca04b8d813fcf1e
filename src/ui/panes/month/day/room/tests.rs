//! Who gives way on a full day, and where to.

use super::*;
use crate::domain::duty::{DutyClass, DutyCode};
use crate::domain::sample::day;
use crate::protocol::page::BoardDay;

fn visit(id: &str, stand: Stand, (from, until): (&str, &str)) -> PlanVisit {
    PlanVisit {
        customer: id.into(),
        name: id.to_owned(),
        district: None,
        trade_circle: None,
        class: DutyClass::Onsite,
        points: 2,
        codes: vec![DutyCode::PeriodicOnsite],
        due: day(until),
        first: day(until),
        delayed_from: None,
        overdue_days: 0,
        level: None,
        from: day(from),
        until: day(until),
        stand,
        lapsed: None,
        paused: None,
        asked: None,
        delay_to: None,
        revision: 0,
    }
}

/// November 2026 with these visits, in order of urgency; six points a day.
fn page(visits: Vec<PlanVisit>) -> MonthPlanPage {
    let days = day("2026-11-01").iter_days().take(30).map(|date| BoardDay {
        date,
        workday: !matches!(chrono::Datelike::weekday(&date).num_days_from_monday(), 5 | 6),
        special: None,
        provisional: false,
    });
    MonthPlanPage {
        first: day("2026-11-01"),
        officer: "zhang".into(),
        name: String::new(),
        capacity: 6,
        days: days.collect(),
        visits,
        appointments: Vec::new(),
        near: Vec::new(),
        planned_to: day("2027-03-01"),
    }
}

fn told(gone: &[(PlanVisit, To)]) -> String {
    let to = |to: &To| match to {
        To::Day(day) => day.to_string(),
        To::Replanned => "replanned".to_owned(),
        To::Nowhere => "nowhere".to_owned(),
    };
    let gone = gone.iter().map(|(other, place)| format!("{} {}", other.name, to(place)));
    gone.collect::<Vec<_>>().join(", ")
}

#[test]
fn the_least_urgent_goes_to_the_nearest_day_with_room_and_who_is_due_stays() {
    let on = day("2026-11-26");
    let proposed = Stand::Proposed(on);
    let near = visit("N", Stand::Later, ("2026-11-01", "2026-12-20"));
    let due = visit("A", proposed, ("2026-11-26", "2026-11-26"));
    let calm = visit("B", proposed, ("2026-11-01", "2026-11-30"));
    let calmer = visit("C", proposed, ("2026-11-27", "2026-12-10"));
    let look =
        |visits: Vec<PlanVisit>| told(&give_way(&page(visits), &near, on, day("2026-11-23")));
    let cases = [
        ("room is left", vec![due.clone(), calm.clone()], ""),
        ("the last of the list", vec![due.clone(), calm.clone(), calmer.clone()], "C 2026-11-27"),
        ("who can't go stays", vec![calm.clone(), due.clone(), due.clone()], "B 2026-11-25"),
        (
            "who can wait for the next month goes before who has nowhere to go",
            vec![
                visit("L", proposed, ("2026-11-26", "2026-12-07")),
                due.clone(),
                due.clone(),
                visit("X", Stand::Fixed(day("2026-11-27")), ("2026-11-01", "2026-11-30")),
                visit("X", Stand::Fixed(day("2026-11-27")), ("2026-11-01", "2026-11-30")),
                visit("X", Stand::Fixed(day("2026-11-27")), ("2026-11-01", "2026-11-30")),
                visit("X", Stand::Fixed(day("2026-11-30")), ("2026-11-01", "2026-11-30")),
                visit("X", Stand::Fixed(day("2026-11-30")), ("2026-11-01", "2026-11-30")),
                visit("X", Stand::Fixed(day("2026-11-30")), ("2026-11-01", "2026-11-30")),
            ],
            "L replanned",
        ),
        ("nobody can", vec![due.clone(), due.clone(), due.clone()], "A nowhere"),
        (
            "not before today, nor on a full day",
            vec![
                due.clone(),
                due.clone(),
                visit("B", proposed, ("2026-11-01", "2026-11-26")),
                visit("X", Stand::Fixed(day("2026-11-25")), ("2026-11-01", "2026-11-30")),
                visit("Y", Stand::Fixed(day("2026-11-25")), ("2026-11-01", "2026-11-30")),
                visit("Z", Stand::Fixed(day("2026-11-25")), ("2026-11-01", "2026-11-30")),
            ],
            "B 2026-11-24",
        ),
        (
            "what is set by hand sends nobody away",
            vec![
                visit("X", Stand::Fixed(on), ("2026-11-01", "2026-11-30")),
                visit("Y", Stand::Fixed(on), ("2026-11-01", "2026-11-30")),
                visit("Z", Stand::Fixed(on), ("2026-11-01", "2026-11-30")),
            ],
            "",
        ),
    ];
    for (name, visits, wanted) in cases {
        assert_eq!(look(visits), wanted, "{name}");
    }
}
