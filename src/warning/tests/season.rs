//! Falls of months: what the season does is none.

use super::*;
use crate::warning::material::year_months;

fn drop_before(today: &str, power: Series, circle: Option<i64>) -> Option<i64> {
    let circle_drop = circle.map(Decimal4::from_int);
    let material = Material { inflow: power, circle_drop, ..Material::default() };
    let signals = crate::assets::signals::shared().unwrap();
    number(&sheet(&material, &signals, day(today)), Fact::InflowDropBefore)
}

#[test]
fn january_and_february_are_compared_together() {
    // Which months before the month of today, from the earlier to the later.
    let cases = [
        (1, (3, 1)),
        (2, (4, 2)),
        (3, (3, 1)),
        (4, (3, 1)),
        (5, (4, 1)),
        (6, (3, 1)),
        (12, (3, 1)),
    ];
    for (month, wanted) in cases {
        assert_eq!(year_months(month), wanted, "{month}");
        let (from, to) = wanted;
        let has = |wanted: u32| (to..=from).any(|back| (month + 23 - back) % 12 + 1 == wanted);
        assert_eq!(has(1), has(2), "today in month {month}");
    }
    // In February the figure is of the quarter that ended in December.
    let inflow = Series { year_now: Some(40), year_before: Some(100), ..Series::default() };
    let material = Material { inflow, ..Material::default() };
    let signals = crate::assets::signals::shared().unwrap();
    for (today, end) in
        [("2027-02-10", "2026-12-31"), ("2027-03-10", "2027-02-28"), ("2027-05-10", "2027-04-30")]
    {
        let sheet = sheet(&material, &signals, day(today));
        let fact = sheet.get(Fact::InflowDropYear).unwrap();
        assert_eq!((fact.day, number(&sheet, Fact::InflowDropYear)), (Some(day(end)), Some(60)));
    }
}

#[test]
fn a_quarter_that_is_low_every_year_is_no_fall() {
    let of = |last, before, season: Option<(i64, i64)>| Series {
        last_3: Some(last),
        before_3: Some(before),
        season_3: season.map(|(last, _)| last),
        season_before_3: season.map(|(_, before)| before),
        ..Series::default()
    };
    let cases = [
        // As much less as a year before; a little less; the half of that.
        ("2027-04-10", of(60, 100, Some((30, 50))), None, Some(0)),
        ("2027-04-10", of(54, 100, Some((30, 50))), None, Some(10)),
        ("2027-04-10", of(30, 100, Some((30, 50))), None, Some(50)),
        // That it rose a year before is no reason to expect it now.
        ("2027-04-10", of(80, 100, Some((90, 50))), None, Some(20)),
        // Nobody knows the season: with the Spring Festival in it only the circle tells.
        ("2027-04-10", of(60, 100, None), None, None),
        ("2027-02-10", of(60, 100, None), None, None),
        ("2027-08-10", of(60, 100, None), None, None),
        ("2027-09-10", of(60, 100, None), None, Some(40)),
        ("2027-01-10", of(60, 100, None), None, Some(40)),
        ("2027-04-10", of(60, 100, None), Some(40), Some(0)),
        ("2027-04-10", of(60, 100, None), Some(-10), Some(40)),
        // Closed in that season last year: nothing is expected.
        ("2027-04-10", of(0, 100, Some((0, 50))), None, None),
        ("2027-04-10", of(60, 100, Some((30, 0))), None, None),
    ];
    for (today, series, circle, wanted) in cases {
        assert_eq!(drop_before(today, series, circle), wanted, "{today} {series:?} {circle:?}");
    }
}
