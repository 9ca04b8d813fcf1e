//! Plans that hold and plans that don't.

use super::*;
use crate::domain::sample::day;

fn rules() -> Rules {
    crate::assets::strategy::load().unwrap()
}

fn step(due: &str, yuan: i64) -> PlanStep {
    PlanStep {
        due: day(due), target: Fen::from_yuan(yuan), measure: "处置存货还款".to_owned()
    }
}

#[test]
fn a_plan_goes_down_step_by_step_to_where_it_is_to_end() {
    use PlanFault::{Days, Measure, NoPlan, NotNothing, Targets, TooFar, TooMany};
    use Strategy::{Exit, Increase, Keep, Reduce};
    let silent = PlanStep { measure: "  ".to_owned(), ..step("2027-01-31", 500) };
    let seven: Vec<PlanStep> =
        (1..=7).map(|n| step(&format!("2027-0{n}-28"), 900 - 100 * n)).collect();
    for (strategy, steps, expected) in [
        (Keep, vec![], None),
        (Reduce, vec![], None),
        (Increase, vec![step("2027-01-31", 500)], Some(NoPlan)),
        (Keep, vec![step("2027-01-31", 500)], Some(NoPlan)),
        (Reduce, vec![step("2027-01-31", 500)], None),
        (Reduce, vec![step("2027-01-31", 999), step("2027-02-28", 998)], None),
        (Reduce, vec![step("2027-01-31", 1_000)], Some(Targets)),
        (Reduce, vec![step("2027-01-31", 500), step("2027-02-28", 500)], Some(Targets)),
        (Reduce, vec![step("2027-01-31", -1)], Some(Targets)),
        (Reduce, vec![step("2026-11-23", 500)], Some(Days)),
        (Reduce, vec![step("2027-01-31", 500), step("2027-01-31", 400)], Some(Days)),
        (Reduce, vec![step("2028-11-23", 500)], None),
        (Reduce, vec![step("2028-11-24", 500)], Some(TooFar)),
        (Exit, vec![step("2029-11-23", 0)], None),
        (Exit, vec![step("2029-11-24", 0)], Some(TooFar)),
        (Exit, vec![step("2027-01-31", 1)], Some(NotNothing)),
        (Exit, vec![step("2027-01-31", 400), step("2027-06-30", 0)], None),
        (Reduce, vec![silent], Some(Measure)),
        (Reduce, seven, Some(TooMany)),
    ] {
        let found =
            rules().fault_of(strategy, &steps, Some(Fen::from_yuan(1_000)), day("2026-11-23"));
        assert_eq!(found, expected, "{strategy:?} {steps:?}");
    }
    // While a balance is missing, only the steps themselves are held against each other.
    let free = rules().fault_of(Reduce, &[step("2027-01-31", 5_000)], None, day("2026-11-23"));
    assert_eq!(free, None);
}

#[test]
fn leaving_a_plan_takes_two_people_whatever_comes_next() {
    let rules = rules();
    for from in Strategy::ALL {
        for to in Strategy::ALL {
            let expected = *to != Strategy::Keep || from.has_plan();
            assert_eq!(rules.takes_two(*from, *to), expected, "{from:?} {to:?}");
        }
    }
}
