use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::assets::{holidays, policy};
use crate::domain::duty::{DueVisit, Duty, DutyCode};
use crate::domain::loan::Tier;
use crate::domain::sample::day;

pub(super) fn entry(
    n: usize,
    class: DutyClass,
    opens: NaiveDate,
    due: NaiveDate,
    district: &str,
) -> MonthEntry {
    let customer = format!("C{n:03}");
    let duty = Duty {
        code: DutyCode::PeriodicOnsite,
        reference: customer.clone(),
        class,
        opens,
        raw_due: due,
        due,
        delayed_from: None,
        rule: String::new(),
        policy: String::new(),
    };
    let visit = DueVisit {
        customer: customer.into(),
        class,
        opens,
        due,
        tier: Tier::Normal,
        exposure: None,
        duties: vec![duty],
    };
    let listed = Listed {
        name: String::new(),
        officer: "zhangwei".into(),
        district: Some(district.to_owned()),
        trade_circle: None,
        level: None,
        visit,
    };
    MonthEntry { listed, fixed: None, proposed: None, paused: None }
}

fn placed(entries: Vec<MonthEntry>, of: &str, as_of: &str) -> Vec<Placed> {
    let (policy, days) = (policy::load().unwrap(), holidays::load().unwrap());
    month(entries, &[], &policy, &days, day(of), day(as_of))
}

fn days_of(found: &[Placed]) -> Vec<String> {
    found.iter().map(|p| p.day.map_or_else(|| "-".to_owned(), |d| d.to_string())).collect()
}

#[test]
fn the_plan_reaches_into_the_first_week_of_the_next_month() {
    let (policy, days) = (policy::load().unwrap(), holidays::load().unwrap());
    // 1 to 5 May and the weekend of 2 and 3 May are off, 9 May is worked: 6, 7, 8, 9, 11 May.
    assert_eq!(month_limit(&policy, &days, day("2026-04-15")), day("2026-05-11"));
    let late = entry(1, DutyClass::Any, day("2026-04-01"), day("2026-05-12"), "东");
    assert!(placed(vec![late], "2026-04-01", "2026-03-30").is_empty());
}

#[test]
fn visits_of_one_district_share_a_day() {
    let on = DutyClass::Onsite;
    let (a, b) = (day("2026-06-01"), day("2026-06-30"));
    let entries = vec![
        entry(1, on, a, day("2026-06-12"), "东"),
        entry(2, on, a, day("2026-06-15"), "西"),
        entry(3, on, day("2026-06-10"), b, "东"),
        entry(4, on, day("2026-06-09"), b, "西"),
    ];
    let found = placed(entries, "2026-06-01", "2026-06-01");
    assert_eq!(found[0].day, found[2].day);
    assert_eq!(found[1].day, found[3].day);
    assert_ne!(found[0].day, None);
}

#[test]
fn six_points_fill_a_day_and_the_rest_is_listed_with_the_reason() {
    let one = day("2026-07-01");
    let mut entries: Vec<MonthEntry> =
        (0..4).map(|n| entry(n, DutyClass::Onsite, one, one, "东")).collect();
    // Window of a weekend only.
    entries.push(entry(9, DutyClass::Any, day("2026-07-04"), day("2026-07-05"), "东"));
    let found = placed(entries, "2026-07-01", "2026-07-01");
    assert_eq!(days_of(&found), ["2026-07-01", "2026-07-01", "2026-07-01", "-", "-"]);
    assert_eq!(found[3].reason, Some(Unplaced::Crowded));
    assert_eq!(found[4].reason, Some(Unplaced::NoWorkday));
    assert_eq!(found[0].reason, None);
}

#[test]
fn overdue_visits_come_as_early_as_can_be_and_fixed_days_stay() {
    let mut fixed = entry(1, DutyClass::Onsite, day("2026-07-01"), day("2026-07-31"), "东");
    fixed.fixed = Some(day("2026-07-01"));
    let mut entries = vec![fixed];
    for n in 2..5 {
        entries.push(entry(n, DutyClass::Onsite, day("2026-05-01"), day("2026-06-01"), "西"));
    }
    let found = placed(entries, "2026-07-01", "2026-07-01");
    assert_eq!(days_of(&found), ["2026-07-01", "2026-07-01", "2026-07-02", "2026-07-01"]);
}

#[test]
fn before_a_long_holiday_visits_come_early() {
    // National Day 2026 from 1 October: the ten workdays before it begin on 16 September (20 September is worked).
    let soon = entry(1, DutyClass::Onsite, day("2026-09-01"), day("2026-09-29"), "东");
    let calm = entry(2, DutyClass::Onsite, day("2026-09-07"), day("2026-09-10"), "东");
    let found = placed(vec![calm, soon], "2026-09-01", "2026-09-01");
    assert_eq!(days_of(&found), ["2026-09-07", "2026-09-01"]);
}

#[test]
fn one_visit_makes_room_for_another() {
    // Three on-site visits could stand on the 1st or 2nd; three more only on the 1st.
    let (one, two) = (day("2026-07-01"), day("2026-07-02"));
    let mut entries: Vec<MonthEntry> =
        (0..3).map(|n| entry(n, DutyClass::Onsite, one, two, "东")).collect();
    entries.extend((3..6).map(|n| entry(n, DutyClass::Any, one, one, "西")));
    let found = placed(entries, "2026-07-01", "2026-07-01");
    assert!(found.iter().all(|p| p.day.is_some()), "{:?}", days_of(&found));
}

proptest! {
    #[test]
    fn days_are_workdays_within_window_and_capacity(
        jobs in vec((0_u64..70, 0_u64..40, any::<bool>(), 0..4_usize), 0..60),
    ) {
        let (policy, days) = (policy::load().unwrap(), holidays::load().unwrap());
        let as_of = day("2026-09-01");
        let begin = day("2026-08-01");
        let entries: Vec<MonthEntry> = jobs.iter().enumerate().map(|(n, (from, length, onsite, district))| {
            let class = if *onsite { DutyClass::Onsite } else { DutyClass::Any };
            let opens = begin + chrono::Days::new(*from);
            let due = days.on_or_before(opens + chrono::Days::new(*length));
            entry(n, class, opens, due, ["东", "西", "南", "北"][*district])
        }).collect();
        let found = month(entries.clone(), &[], &policy, &days, as_of, as_of);
        let mut again = entries;
        again.reverse();
        prop_assert_eq!(&found, &month(again, &[], &policy, &days, as_of, as_of));
        let mut points: BTreeMap<NaiveDate, u32> = BTreeMap::new();
        let worth = |p: &Placed| if p.listed.visit.class == DutyClass::Onsite { 2 } else { 1 };
        for p in &found {
            prop_assert_eq!(p.day.is_some(), p.reason.is_none());
            let Some(on) = p.day else { continue };
            let visit = &p.listed.visit;
            prop_assert!(days.is_workday(on) && on >= as_of && on >= visit.opens);
            prop_assert!(on <= visit.due || visit.due < as_of);
            *points.entry(on).or_default() += worth(p);
        }
        prop_assert!(points.values().all(|sum| *sum <= 6));
        // What is not placed would fit nowhere in its window.
        let limit = month_limit(&policy, &days, as_of);
        for p in found.iter().filter(|p| p.day.is_none()) {
            let visit = &p.listed.visit;
            let end = if visit.due < as_of { limit } else { visit.due };
            let free = visit.opens.max(as_of).iter_days().take_while(|d| *d <= end)
                .filter(|d| days.is_workday(*d))
                .find(|d| points.get(d).copied().unwrap_or_default() + worth(p) <= 6);
            prop_assert_eq!(free, None);
        }
        let trips: BTreeSet<_> = found.iter().filter(|p| worth(p) == 2)
            .filter_map(|p| Some((p.day?, p.listed.district.clone()))).collect();
        let onsite = found.iter().filter(|p| worth(p) == 2 && p.day.is_some()).count();
        prop_assert!(trips.len() <= onsite);
    }
}

proptest! {
    #[test]
    fn fixed_days_errands_and_pauses_keep_their_place(
        jobs in vec(
            (0_u64..60, 0_u64..40, any::<bool>(), 0..4_usize, 0_u64..80, 0_u64..60), 0..40,
        ),
        errands in vec((0_u64..40, 0_u32..8, 0..4_usize), 0..8),
    ) {
        let (policy, days) = (policy::load().unwrap(), holidays::load().unwrap());
        let as_of = day("2026-09-01");
        let after = |n: u64| as_of + chrono::Days::new(n);
        let districts = ["东", "西", "南", "北"];
        let entries: Vec<MonthEntry> = jobs
            .iter()
            .enumerate()
            .map(|(n, (from, length, onsite, district, fixed, paused))| {
                let class = if *onsite { DutyClass::Onsite } else { DutyClass::Any };
                let opens = day("2026-08-01") + chrono::Days::new(*from);
                let due = days.on_or_before(opens + chrono::Days::new(*length));
                MonthEntry {
                    // One in two is fixed somewhere, one in three paused for a while.
                    fixed: (*fixed % 2 == 0).then(|| after(*fixed / 2)),
                    proposed: None,
                    paused: (*paused % 3 == 0).then(|| after(*paused / 3)),
                    ..entry(n, class, opens, due, districts[*district])
                }
            })
            .collect();
        let errands: Vec<Errand> = errands
            .iter()
            .map(|(on, points, district)| Errand {
                officer: "zhangwei".into(),
                day: after(*on),
                points: *points,
                district: Some(districts[*district].to_owned()),
                trade_circle: None,
            })
            .collect();
        let found = month(entries.clone(), &errands, &policy, &days, as_of, as_of);
        let mut set: BTreeMap<NaiveDate, u32> = BTreeMap::new();
        let mut all: BTreeMap<NaiveDate, u32> = BTreeMap::new();
        for errand in &errands {
            *set.entry(errand.day).or_default() += errand.points;
            *all.entry(errand.day).or_default() += errand.points;
        }
        for placed in &found {
            let visit = &placed.listed.visit;
            let asked = entries.iter().find(|e| e.listed.visit.customer == visit.customer).unwrap();
            let book = (&policy, &days);
            let stands = asked.fixed.filter(|on| holds(visit, asked.paused, *on, book, as_of));
            prop_assert_eq!(placed.fixed, stands.is_some());
            if let Some(on) = stands {
                prop_assert_eq!(placed.day, Some(on));
            }
            let Some(on) = placed.day else { continue };
            prop_assert!(days.is_workday(on) && on >= as_of && on >= visit.opens);
            prop_assert!(on <= visit.due || visit.due < as_of);
            prop_assert!(asked.paused.is_none_or(|until| on > until));
            let points = points(&policy.month, visit.class);
            *all.entry(on).or_default() += points;
            if placed.fixed {
                *set.entry(on).or_default() += points;
            }
        }
        for (on, taken) in all {
            // Only what people have set themselves may be more than a day holds.
            let theirs = set.get(&on).copied().unwrap_or_default();
            prop_assert!(taken <= policy.month.day_points || taken == theirs, "{} {}", on, taken);
        }
    }
}

/// What is overdue is taken in by the plan of any month; without a delay it may be set on a day of
/// its window only.
#[test]
fn a_month_ahead_takes_in_what_is_overdue_now() {
    let (policy, days) = (policy::load().unwrap(), holidays::load().unwrap());
    let as_of = day("2026-11-23");
    let late = entry(1, DutyClass::Any, day("2026-10-01"), day("2026-11-10"), "东");
    let window = (late.listed.visit.opens, late.listed.visit.due);
    let (_, last) = month_window(window, None, (&policy, &days), as_of);
    assert_eq!(last, day("2026-12-07"));
    for (of, within) in [("2026-11-01", true), ("2026-12-01", true), ("2027-01-01", false)] {
        let found = month(vec![late.clone()], &[], &policy, &days, day(of), as_of);
        let on = found.first().unwrap().day.unwrap();
        assert_eq!(on <= last, within, "{of}: {on}");
    }
}

/// The month as somebody without a plan fills it: each on the first day of its window with room.
/// Who has a day, the most urgent first, and how many trips that needs.
fn first_fit(
    entries: &[MonthEntry],
    policy: &Policy,
    days: &Workdays,
    as_of: NaiveDate,
) -> (Vec<bool>, usize) {
    let limit = month_limit(policy, days, as_of);
    let mut order: Vec<&MonthEntry> = entries.iter().collect();
    order.sort_by(|a, b| urgency(&a.listed.visit, None).cmp(&urgency(&b.listed.visit, None)));
    let mut taken: BTreeMap<NaiveDate, u32> = BTreeMap::new();
    let mut trips = BTreeSet::new();
    let mut placed = Vec::new();
    for entry in order.iter().filter(|entry| entry.listed.visit.due <= limit) {
        let visit = &entry.listed.visit;
        let (from, until) = month_window((visit.opens, visit.due), None, (policy, days), as_of);
        let worth = points(&policy.month, visit.class);
        let end = until.min(limit);
        let free = from.iter_days().take_while(|on| *on <= end).find(|on| {
            days.is_workday(*on)
                && taken.get(on).copied().unwrap_or(0) + worth <= policy.month.day_points
        });
        placed.push(free.is_some());
        let Some(on) = free else { continue };
        *taken.entry(on).or_default() += worth;
        if visit.class == DutyClass::Onsite {
            trips.insert((on, entry.listed.district.clone()));
        }
    }
    (placed, trips.len())
}

proptest! {
    /// Whatever the book, even one that holds far more than the month: the first who is treated in
    /// another way than by the first day with room gets a day, and for the same visits there are
    /// never more trips.
    #[test]
    fn levelling_is_never_worse_than_the_first_day_with_room(
        jobs in vec((0_u64..70, 0_u64..40, any::<bool>(), 0..5_usize), 0..160),
    ) {
        let (policy, days) = (policy::load().unwrap(), holidays::load().unwrap());
        // No long holiday near: nothing but what is overdue has to be soon.
        let as_of = day("2026-11-02");
        let entries: Vec<MonthEntry> = jobs.iter().enumerate().map(|(n, (from, length, onsite, district))| {
            let class = if *onsite { DutyClass::Onsite } else { DutyClass::Any };
            let opens = day("2026-10-01") + chrono::Days::new(*from);
            let due = days.on_or_before(opens + chrono::Days::new(*length)).max(opens);
            entry(n, class, opens, due, ["东", "西", "南", "北", "中"][*district])
        }).collect();
        let (plain, trips) = first_fit(&entries, &policy, &days, as_of);
        let found = month(entries, &[], &policy, &days, as_of, as_of);
        let levelled: Vec<bool> = found.iter().map(|p| p.day.is_some()).collect();
        prop_assert_eq!(levelled.len(), plain.len());
        let differs = plain.iter().zip(&levelled).find(|(plain, levelled)| plain != levelled);
        prop_assert!(differs.is_none_or(|(_, levelled)| *levelled), "{plain:?} {levelled:?}");
        let led = found.iter().filter(|p| p.listed.visit.class == DutyClass::Onsite)
            .filter_map(|p| Some((p.day?, p.listed.district.clone()))).collect::<BTreeSet<_>>();
        prop_assert!(differs.is_some() || led.len() <= trips, "{} > {trips}", led.len());
        // Who is overdue could not come earlier.
        let mut taken: BTreeMap<NaiveDate, u32> = BTreeMap::new();
        for p in &found {
            if let Some(on) = p.day {
                *taken.entry(on).or_default() += points(&policy.month, p.listed.visit.class);
            }
        }
        for p in found.iter().filter(|p| p.listed.visit.due < as_of) {
            let worth = points(&policy.month, p.listed.visit.class);
            let Some(on) = p.day else { continue };
            let free = as_of.iter_days().take_while(|d| *d < on)
                .filter(|d| days.is_workday(*d) && *d >= p.listed.visit.opens)
                .find(|d| taken.get(d).copied().unwrap_or(0) + worth <= policy.month.day_points);
            prop_assert_eq!(free, None);
        }
    }
}

#[test]
fn overdue_visits_change_places_within_a_week_to_save_trips() {
    // Six days of three districts, as they come: three trips a day. Gathered: one.
    let entries: Vec<MonthEntry> = (0..9)
        .map(|n| {
            let due = day("2026-10-12") + chrono::Days::new(n as u64);
            entry(n, DutyClass::Onsite, day("2026-09-01"), due, ["东", "西", "南"][n % 3])
        })
        .collect();
    let found = placed(entries, "2026-11-01", "2026-11-02");
    let trips: BTreeSet<_> =
        found.iter().map(|p| (p.day.unwrap(), p.listed.district.clone())).collect();
    let on: BTreeSet<_> = found.iter().map(|p| p.day.unwrap()).collect();
    assert_eq!((trips.len(), on.len()), (3, 3), "{:?}", days_of(&found));
    assert_eq!(on.last(), Some(&day("2026-11-04")));
}

#[test]
fn who_is_near_by_is_offered_by_circle_then_district() {
    let (policy, days) = (policy::load().unwrap(), holidays::load().unwrap());
    let as_of = day("2026-07-01");
    let (one, far) = (day("2026-06-01"), day("2026-07-20"));
    let at = |n: usize, district: &str, circle: Option<&str>, due: NaiveDate| {
        let mut found = entry(n, DutyClass::Any, one, due, district);
        found.listed.trade_circle = circle.map(str::to_owned);
        found
    };
    let others = [
        at(1, "东", None, far),
        at(2, "西", Some("渔港"), far),
        at(3, "东", Some("建材街"), far),
        at(4, "东", Some("渔港"), day("2026-09-30")),
        at(5, "东", Some("渔港"), day("2026-06-30")),
    ];
    let others: Vec<&MonthEntry> = others.iter().collect();
    let errand = Errand {
        officer: "zhangwei".into(),
        day: day("2026-07-02"),
        points: 2,
        district: Some("东".to_owned()),
        trade_circle: Some("建材街".to_owned()),
    };
    let when = (day("2026-07-02"), as_of);
    let offered = |free: u32| near(&others, &[], &[&errand], free, (&policy, &days), when);
    // The same circle leads; another district and what is due much later are not offered.
    assert_eq!(offered(4), [2, 0, 4]);
    assert!(offered(0).is_empty());
    assert!(near(&others, &[], &[], 6, (&policy, &days), when).is_empty());
}
