//! The levelling of a month on a small demo, beside a plan that takes the first day with room: no
//! more trips, no fewer visits, and every hard limit kept. The board and the command line agree.

#![expect(clippy::unwrap_used, reason = "a test: what is unexpected ends it")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command as Program;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate, TimeZone};
use huifang::access::Actor;
use huifang::assets::Packs;
use huifang::clock::china;
use huifang::demo::history::Rules;
use huifang::demo::{self, Recipe};
use huifang::domain::ids::{OpId, UserId};
use huifang::domain::plan::AppointmentKind;
use huifang::domain::user::Role;
use huifang::planning::{self, Listed, MonthEntry, Placed};
use huifang::protocol::command::{Appointment, Command, FixedDay, ScheduleCommand};
use huifang::protocol::page::{MonthPlanPage, Page, Stand};
use huifang::protocol::query::Query;
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

fn morning(today: NaiveDate) -> DateTime<FixedOffset> {
    china().from_local_datetime(&today.and_hms_opt(9, 0, 0).unwrap()).unwrap()
}

fn book(path: &Path, packs: &Arc<Packs>, today: NaiveDate) -> Vec<MonthEntry> {
    let now = morning(today);
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
            proposed: None,
            paused: None,
        }));
    };
    store.each_file(&actor(), None, each).unwrap();
    entries
}

/// Names the first difference; two whole books side by side would tell nobody anything.
fn same(found: &[Listed], wanted: &[Listed]) {
    let differs = found.iter().zip(wanted).find(|(one, other)| one != other);
    assert_eq!(differs, None);
    assert_eq!(found.len(), wanted.len());
}

/// What was projected for the day is what the files say, for one officer and for all; another day,
/// another policy or a longer reach has to be planned.
#[test]
fn the_projected_due_list_is_the_planned_one() {
    let packs = Arc::new(huifang::assets::packs());
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("book.db");
    let today = day("2026-11-23");
    let entries = book(&path, &packs, today);
    let to = today + chrono::Days::new(60);
    let mut planned: Vec<Listed> = entries.into_iter().map(|entry| entry.listed).collect();
    planned.retain(|listed| listed.visit.due <= to);
    planning::sort(&mut planned);
    let store = Store::open(&path, Arc::clone(&packs), Mode::ReadOnly).unwrap();
    let ask = |officer: Option<&UserId>, as_of: NaiveDate, to: NaiveDate| {
        let list = store.projected(&actor(), officer, as_of, to).unwrap();
        list.map(|mut list| {
            planning::sort(&mut list);
            list
        })
    };
    assert!(planned.iter().any(|one| one.visit.due < today), "some are overdue");
    same(&ask(None, today, to).unwrap(), &planned);
    let officer = UserId::from("zhangwei");
    planned.retain(|listed| listed.officer == officer);
    assert!(!planned.is_empty());
    same(&ask(Some(&officer), today, to).unwrap(), &planned);
    assert_eq!(ask(None, day("2026-11-24"), to), None, "another day");
    assert_eq!(ask(None, today, today + chrono::Days::new(121)), None, "further than projected");
    let mut other = packs.policy.clone();
    other.version = "other@1".to_owned();
    let packs = Arc::new(packs.with_policy(other));
    let store = Store::open(&path, packs, Mode::ReadOnly).unwrap();
    assert_eq!(store.projected(&actor(), None, today, to).unwrap(), None, "another policy");
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
    let packs = Arc::new(huifang::assets::packs());
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

/// What `huifang plan month` prints for an officer.
fn printed(folder: &Path, officer: &str) -> Vec<serde_json::Value> {
    let output = Program::new(env!("CARGO_BIN_EXE_huifang"))
        .args(["plan", "month", "2026-12", "--format", "json", "--officer", officer])
        .args(["--db", "demo.db", "--as-of", "2026-11-23", "--as", "lifang"])
        .env("HOME", folder)
        .env("XDG_DATA_HOME", folder)
        .env("XDG_CONFIG_HOME", folder)
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn the_board_and_the_command_line_tell_the_same_month() {
    let dir = tempfile::tempdir().unwrap();
    let made = Program::new(env!("CARGO_BIN_EXE_huifang"))
        .args(["demo", "--no-open", "--as-of", "2026-11-23", "--db", "demo.db"])
        .env("HOME", dir.path())
        .env("XDG_DATA_HOME", dir.path())
        .env("XDG_CONFIG_HOME", dir.path())
        .current_dir(dir.path())
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let packs = Arc::new(huifang::assets::packs());
    let mut store = Store::open(&dir.path().join("demo.db"), packs, Mode::Existing).unwrap();
    let user = UserId::from("zhangwei");
    let person = store.person(&user).unwrap().unwrap();
    let me = Actor { user: user.clone(), role: person.role, branch: person.branch, ..actor() };
    let (now, first) = (morning(day("2026-11-23")), day("2026-12-01"));
    let month = |store: &Store| -> MonthPlanPage {
        let query = Query::MonthPlan { first, officer: user.clone() };
        match store.query(&me, now, &query).unwrap() {
            Page::MonthPlan(page) => (*page).clone(),
            other => panic!("{other:?}"),
        }
    };
    // Nothing is set yet: the plain proposal, as it always was.
    let lines = printed(dir.path(), "zhangwei");
    assert!(lines.iter().all(|line| line.get("fixed").is_none()));
    // Three days are set as proposed, and a trip takes the better part of another.
    let proposed = month(&store);
    let days: Vec<FixedDay> = proposed
        .visits
        .iter()
        .filter(|visit| matches!(visit.stand, Stand::Proposed(on) if on >= first))
        .take(3)
        .map(|v| FixedDay { visit: v.key(), day: v.stand.day(), seen: 0 })
        .collect();
    let trip = Appointment {
        id: None,
        seen: 0,
        officer: user.clone(),
        day: day("2026-12-09"),
        kind: AppointmentKind::PreLoan,
        title: "看厂房".to_owned(),
        district: proposed.visits[0].district.clone().unwrap_or_default(),
        trade_circle: String::new(),
        points: 4,
    };
    let writes = [ScheduleCommand::Fix(days), ScheduleCommand::Appoint(Box::new(trip))];
    for (n, write) in writes.into_iter().enumerate() {
        let op = OpId(format!("op-{n}"));
        store.apply(&me, now, &op, &Command::Schedule(write)).unwrap();
    }
    let page = month(&store);
    let lines = printed(dir.path(), "zhangwei");
    let (trips, visits): (Vec<_>, Vec<_>) =
        lines.into_iter().partition(|line| line.get("appointment").is_some());
    assert_eq!(trips.len(), 1);
    assert_eq!((&trips[0]["appointment"], &trips[0]["points"]), (&"看厂房".into(), &4.into()));
    let told: Vec<(String, String, Option<String>, bool)> = visits
        .iter()
        .map(|line| {
            let text = |key: &str| line[key].as_str().map(str::to_owned);
            let fixed = line.get("fixed").is_some();
            (text("customer_id").unwrap(), text("due").unwrap(), text("day"), fixed)
        })
        .collect();
    let shown: Vec<(String, String, Option<String>, bool)> = page
        .visits
        .iter()
        .filter(|visit| visit.stand != Stand::Later)
        .map(|visit| {
            let fixed = matches!(visit.stand, Stand::Fixed(_));
            let day = visit.stand.day().map(|day| day.to_string());
            (visit.customer.to_string(), visit.due.to_string(), day, fixed)
        })
        .collect();
    assert_eq!(told, shown);
    assert_eq!(shown.iter().filter(|(.., fixed)| *fixed).count(), 3);
}
