use super::*;
use crate::assets;
use crate::domain::customer::Line;
use crate::domain::sample::day;
use crate::planning::tests::book::{book, loan};

/// The shipped policy with one text put in place of another.
fn policy(text: &str, instead: &str) -> Policy {
    let pack = assets::policy::default_text();
    assert!(pack.contains(text), "{text}");
    let pack = pack.replacen(text, instead, 1).replacen("version = 1", "version = 2", 1);
    assets::policy::parse("p.toml", &pack).unwrap()
}

fn told(file: &CustomerFile, new: &Policy, on: &str) -> (Vec<String>, bool, bool) {
    let old = assets::policy::load().unwrap();
    let days = assets::holidays::load().unwrap();
    let on = day(on);
    let found = rehearse(file, &old, new, &days, on, on + chrono::Days::new(365));
    let due = |v: Option<&DueVisit>| v.map_or("-".to_owned(), |v| v.due.to_string());
    let tell = |s: &Shift| format!("{} {} {}", s.as_code(), due(s.from()), due(s.to()));
    (found.shifts.iter().map(tell).collect(), found.left_out, found.unmatched)
}

#[test]
fn a_new_version_that_says_the_same_moves_nothing() {
    let same = policy("# The default policy", "# The same policy");
    let file = book(Line::SmallBusiness, 5_000_000);
    assert_eq!(told(&file, &same, "2026-02-02"), (Vec::new(), false, false));
}

#[test]
fn a_shorter_window_of_a_node_moves_that_visit() {
    let new =
        policy("due = \"90 days after disbursed_on\"", "due = \"80 days after disbursed_on\"");
    // 2026-01-05 + 90 days = 5 April, a Sunday in the Qingming holiday; + 80 = 26 March.
    let (shifts, ..) = told(&book(Line::SmallBusiness, 5_000_000), &new, "2026-02-02");
    assert!(shifts.contains(&"moved 2026-04-03 2026-03-26".to_owned()), "{shifts:?}");
}

#[test]
fn a_cell_without_visits_leaves_the_customer_out() {
    // A consumer with one loan of which the funds were checked: only her tier asks for visits.
    let mut file = book(Line::PersonalConsumption, 200_000);
    file.loans = vec![loan("L001", "2025-01-06", "2026-12-28", 200_000)];
    file.customer.onboarded_on = Some(day("2026-01-10"));
    file.customer.tier = Some(crate::domain::loan::Tier::SpecialMention);
    let new = policy(
        "special_mention = \"off 3\"\nsubstandard = \"off 1\"\ndoubtful_loss = \"off 1\"\n\n# --- What",
        "special_mention = \"none\"\nsubstandard = \"off 1\"\ndoubtful_loss = \"off 1\"\n\n# --- What",
    );
    let (shifts, left_out, unmatched) = told(&file, &new, "2026-02-02");
    assert!(left_out && !unmatched, "{shifts:?}");
    assert!(!shifts.is_empty() && shifts.iter().all(|s| s.starts_with("gone")), "{shifts:?}");
}

#[test]
fn a_matrix_without_her_row_is_said() {
    let new =
        policy("lines = [\"personal_consumption\"]", "lines = [\"project\"]\ngrades = [\"A\"]");
    let mut file = book(Line::PersonalConsumption, 200_000);
    file.customer.tier = Some(crate::domain::loan::Tier::SpecialMention);
    let (_, _, unmatched) = told(&file, &new, "2026-02-02");
    assert!(unmatched);
}

#[test]
fn a_stricter_cell_asks_for_one_visit_more_at_once() {
    let new = policy("normal = \"on 12, off 3\"", "normal = \"on 6, off 3\"");
    let file = book(Line::SmallBusiness, 5_000_000);
    let old = assets::policy::load().unwrap();
    let days = assets::holidays::load().unwrap();
    let (then, _) = under(&file, (&old, &new), &days, day("2026-06-15"));
    assert_eq!(then.customer.extra_visit_from, Some(day("2026-06-15")));
    assert_eq!(then.customer.cadence_since, Some(day("2026-06-15")));
    // Ten workdays after 15 June 2026: the 19th is the Dragon Boat Festival.
    let (shifts, ..) = told(&file, &new, "2026-06-15");
    assert!(shifts.iter().any(|s| s.ends_with("2026-06-30")), "{shifts:?}");
}
