//! The levelling of a month on a small demo, beside a plan that takes the first day with room: no
//! more trips, no fewer visits, and every hard limit kept. The board and the command line agree.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use chrono::{NaiveDate, TimeZone};
use huifang::access::Actor;
use huifang::assets::Packs;
use huifang::clock::china;
use huifang::demo::history::Rules;
use huifang::demo::{self, Recipe};
use huifang::domain::ids::UserId;
use huifang::domain::user::Role;
use huifang::planning::{self, Listed, MonthEntry, Placed};
use huifang::store::{Mode, Store};

#[path = "../benches/month/first_fit.rs"]
mod first_fit;

use first_fit::{count, first_fit};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn actor() -> Actor {
    Actor {
        user: UserId::from("admin"),
        name: "admin".to_owned(),
        role: Role::Auditor,
        branch: String::new(),
        os_user: "os".to_owned(),
        session: "s".to_owned(),
        operator: true,
    }
}

fn book(path: &Path, packs: &Arc<Packs>, today: NaiveDate) -> Vec<MonthEntry> {
    let now = china().from_local_datetime(&today.and_hms_opt(9, 0, 0).unwrap()).unwrap();
    let mut store = Store::open(path, Arc::clone(packs), Mode::Create).unwrap();
    let recipe = Recipe { customers: 200, seed: 1, today };
    let rules = Rules { policy: &packs.policy, days: &packs.workdays };
    let fill = |put: &mut huifang::store::Put<'_>| {
        demo::generate(recipe, rules, |row| put(row.table, row.cells))
    };
    store.fill_demo(&actor(), now, fill).unwrap();
    let to = planning::month_limit(&packs.policy, &packs.workdays, today) + chrono::Days::new(60);
    let mut entries = Vec::new();
    let each = |file: huifang::domain::portfolio::CustomerFile| {
        let plan = planning::plan(&file, &packs.policy, &packs.workdays, today, to);
        entries.extend(plan.visits.into_iter().map(|visit| MonthEntry {
            listed: Listed {
                name: file.customer.name.clone(),
                officer: file.customer.officer.clone(),
                district: file.customer.district.clone(),
                trade_circle: file.customer.trade_circle.clone(),
                level: plan.level,
                visit,
            },
            fixed: None,
            paused: None,
        }));
    };
    store.each_file(&actor(), None, each).unwrap();
    entries
}

/// Workday, window and capacity, looked at without the code that planned.
fn keeps_every_limit(placed: &[Placed], packs: &Packs, as_of: NaiveDate) {
    let rule = &packs.policy.month;
    let mut taken: BTreeMap<(UserId, NaiveDate), u32> = BTreeMap::new();
    for one in placed {
        assert_eq!(one.day.is_none(), one.reason.is_some(), "{one:?}");
        let (Some(on), visit) = (one.day, &one.listed.visit) else { continue };
        assert!(packs.workdays.is_workday(on) && on >= as_of, "{one:?}");
        assert!(on >= visit.opens && (on <= visit.due || visit.due < as_of), "{one:?}");
        let points = planning::points(rule, visit.class);
        *taken.entry((one.listed.officer.clone(), on)).or_default() += points;
    }
    assert!(taken.values().all(|points| *points <= rule.day_points), "{taken:?}");
}

#[test]
fn levelling_needs_no_more_trips_than_the_first_day_with_room() {
    let dir = tempfile::tempdir().unwrap();
    let packs = Arc::new(huifang::assets::packs().unwrap());
    let today = day("2026-11-23");
    let entries = book(&dir.path().join("d.db"), &packs, today);
    let mut seen = BTreeSet::new();
    for month in ["2026-11-01", "2026-12-01", "2027-01-01"] {
        let (policy, days) = (&packs.policy, &packs.workdays);
        let plain = first_fit(&entries, policy, days, day(month), today);
        let with_day = |(entry, on): (&'_ MonthEntry, &Option<NaiveDate>)| {
            on.map(|on| (entry.listed.clone(), on))
        };
        let plain: Vec<(Listed, NaiveDate)> =
            entries.iter().zip(&plain).filter_map(with_day).collect();
        let plain = count(plain.iter().map(|(listed, on)| (listed, *on)));
        let placed = planning::month(entries.clone(), &[], policy, days, day(month), today);
        keeps_every_limit(&placed, &packs, today);
        let levelled = count(placed.iter().filter_map(|p| Some((&p.listed, p.day?))));
        assert!(levelled.trips <= plain.trips, "{month}: {levelled:?} {plain:?}");
        assert!(levelled.placed >= plain.placed, "{month}: {levelled:?} {plain:?}");
        seen.insert(levelled.placed > 20 && levelled.trips < plain.trips);
    }
    assert!(seen.contains(&true), "somewhere it saves trips");
}
