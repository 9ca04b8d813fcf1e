//! How many of a year's on-site inspections have been made (R11): told beside what is due.

use chrono::{Datelike as _, NaiveDate};

use super::policy::Interval;
use crate::domain::visit::OnsiteYear;

/// Counts the days of on-site visits; a visit in any other way is not among them. `None` = the
/// cadence asks for less than one a year.
pub fn onsite_year(
    on: Interval,
    year: i32,
    visits: impl Iterator<Item = NaiveDate>,
) -> Option<OnsiteYear> {
    let asked = 12 / on.months().max(1);
    if asked == 0 {
        return None;
    }
    let mut halves = [0_u32; 2];
    for day in visits.filter(|day| day.year() == year) {
        let [first, second] = &mut halves;
        *(if day.month() <= 6 { first } else { second }) += 1;
    }
    let made = match on {
        Interval::HalfYear => halves.iter().map(|n| (*n).min(1)).sum(),
        Interval::Months(_) => halves.iter().sum(),
    };
    Some(OnsiteYear { made, asked })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sample::day;

    #[test]
    fn each_half_year_counts_once_and_other_years_not() {
        let year = |on, days: &[&str]| {
            onsite_year(on, 2026, days.iter().map(|text| day(text)))
                .map(|year| (year.made, year.asked))
        };
        for (on, days, wanted) in [
            (Interval::HalfYear, &[][..], Some((0, 2))),
            (Interval::HalfYear, &["2026-02-03", "2026-06-30"], Some((1, 2))),
            (Interval::HalfYear, &["2026-06-30", "2026-07-01"], Some((2, 2))),
            (Interval::HalfYear, &["2025-12-31", "2027-01-01"], Some((0, 2))),
            (Interval::Months(3), &["2026-01-05", "2026-02-05"], Some((2, 4))),
            (Interval::Months(12), &["2026-01-05"], Some((1, 1))),
            (Interval::Months(24), &["2026-01-05"], None),
        ] {
            assert_eq!(year(on, days), wanted, "{on:?} {days:?}");
        }
    }
}
