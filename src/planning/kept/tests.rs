//! What a change of policy or cell leaves as it was.

use chrono::{Datelike as _, Days};
use proptest::prelude::*;

use super::*;
use crate::assets;
use crate::domain::customer::Line;
use crate::domain::duty::Fate;
use crate::domain::order::Request;
use crate::domain::sample::day;
use crate::planning::tests::book::{book, delay, flag, visit};
use crate::planning::tests::laws::{AS_OF, packs, some_file};
use crate::planning::{Plan, Tally, explain, plan, rehearsal};

/// The shipped policy as another version, with texts put in place of others wherever they stand.
fn policy(version: &str, changes: &[(&str, &str)]) -> Policy {
    let mut pack = assets::policy::default_text().to_owned();
    for (text, instead) in changes {
        assert!(pack.contains(text), "{text}");
        pack = pack.replace(text, instead);
    }
    let pack = pack.replacen("version = 1", &format!("version = {version}"), 1);
    assets::policy::parse("p.toml", &pack).unwrap()
}

fn stricter() -> &'static Policy {
    static IT: std::sync::LazyLock<Policy> = std::sync::LazyLock::new(|| {
        policy(
            "2",
            &[
                ("\"on 12, off 6\"", "\"on 6, off 2\""),
                ("\"on 12, off 3\"", "\"on 6, off 1\""),
                ("\"30 days after drawn_on\"", "\"20 days after drawn_on\""),
                ("\"90 days after disbursed_on\"", "\"80 days after disbursed_on\""),
                ("again = \"90 days\"", "again = \"30 days\""),
                ("due = \"30 days before matures_on\"", "due = \"45 days before matures_on\""),
            ],
        )
    });
    &IT
}

fn laxer() -> &'static Policy {
    static IT: std::sync::LazyLock<Policy> = std::sync::LazyLock::new(|| {
        policy(
            "3",
            &[
                ("\"on 12, off 3\"", "\"on 12, off 12\""),
                ("\"on 6, off 3\"", "\"on 12, off 6\""),
                ("\"30 days after drawn_on\"", "\"50 days after drawn_on\""),
                ("first = \"10 workdays\"", "first = \"20 workdays\""),
                ("normal = \"sample 10\"", "normal = \"off 6\""),
            ],
        )
    });
    &IT
}

fn changed(file: &CustomerFile, policies: (&Policy, &Policy), on: NaiveDate) -> CustomerFile {
    rehearsal::under(file, policies, packs().1, on).0
}

fn overdue(plan: &Plan, as_of: NaiveDate) -> Vec<(DutyCode, String, NaiveDate)> {
    let duties = plan.visits.iter().flat_map(|visit| &visit.duties);
    let late = duties.filter(|duty| duty.due < as_of);
    late.map(|duty| (duty.code, duty.reference.clone(), duty.raw_due)).collect()
}

fn counted(plan: &Plan, before: NaiveDate) -> Vec<Tally> {
    plan.tallies.iter().copied().filter(|tally| tally.month < before).collect()
}

/// Without what no bank can have: a change of cadence in the future, a delay to an earlier day.
fn possible(mut file: CustomerFile, on: NaiveDate) -> CustomerFile {
    let customer = &mut file.customer;
    customer.cadence_since = customer.cadence_since.filter(|day| *day < on);
    customer.extra_visit_from = customer.extra_visit_from.filter(|day| *day < on);
    file.requests.retain(|one| one.new_due.is_none_or(|day| day > one.raw_due));
    file
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    #[test]
    fn a_new_policy_judges_nothing_that_was_settled(file in some_file(), lax in any::<bool>()) {
        let (old, days) = packs();
        let new = if lax { laxer() } else { stricter() };
        let on = day(AS_OF);
        let file = possible(file, on);
        let now = changed(&file, (old, new), on);
        let (was, is) = (plan(&file, old, days, on, on), plan(&now, new, days, on, on));
        prop_assert_eq!(&was.tallies, &is.tallies);
        let late = overdue(&was, on);
        for duty in overdue(&is, on) {
            prop_assert!(late.contains(&duty), "late by the new policy alone: {duty:?}");
        }
        // Taken back the same day, then another one: the months stay as they were.
        let back = changed(&now, (new, old), on);
        prop_assert_eq!(&was.tallies, &plan(&back, old, days, on, on).tallies);
        let later = on + Days::new(10);
        let month = on.with_day(1).unwrap();
        let before = counted(&plan(&now, new, days, later, later), month);
        let again = changed(&now, (new, old), later);
        prop_assert_eq!(before, counted(&plan(&again, old, days, later, later), month));
    }

    #[test]
    fn a_change_of_the_cell_does_neither(file in some_file(), tier in 0..5_usize) {
        let (policy, days) = packs();
        let on = day(AS_OF);
        // Which handover is asked for depends on the tier of the day, and a visit before the change
        // meets `before_maturity` whatever its class (section 4).
        let mut file = CustomerFile { handovers: Vec::new(), ..possible(file, on) };
        for visit in &mut file.visits {
            visit.purposes.retain(|purpose| purpose.code != DutyCode::BeforeMaturity);
        }
        let mut now = file.clone();
        now.customer.tier = Some(crate::domain::loan::Tier::ALL[tier]);
        let was = plan(&file, policy, days, on, on);
        let is = plan(&now, policy, days, on, on);
        if was.cell.is_none() || is.cell.is_none() || was.cell == is.cell {
            return Ok(());
        }
        now.customer.cadence_since = Some(on);
        now.customer.extra_visit_from = Some(on);
        now.kept = keep((&file, &now), (policy, policy), days, on);
        prop_assert_eq!(was.tallies, plan(&now, policy, days, on, on).tallies);
    }
}

/// One customer, a change on a day, and what became of her duties of one code.
struct Case {
    name: &'static str,
    visits: &'static [(&'static str, &'static str)],
    /// Each on its day, by its text.
    changes: &'static [(&'static str, &'static Changed)],
    code: DutyCode,
    as_of: &'static str,
    wanted: &'static [&'static str],
}

/// Texts put in place of others.
type Changed = [(&'static str, &'static str)];

const FUNDS_20: &Changed = &[("\"30 days after drawn_on\"", "\"20 days after drawn_on\"")];
const FUNDS_50: &Changed = &[("\"30 days after drawn_on\"", "\"50 days after drawn_on\"")];
const NOTHING: &Changed = &[];
const OFF_2: &Changed = &[("\"on 12, off 3\"", "\"on 12, off 2\"")];
const ONLY_LONG: &Changed = &[("min_term = \"180 days\"", "min_term = \"400 days\"")];
/// Asks for the talk a year and a half before maturity: on a day that is long past.
const TALK_EARLY: &Changed = &[
    ("due = \"90 days before matures_on\"", "due = \"300 days before matures_on\""),
    ("opens = \"120 days before matures_on\"", "opens = \"330 days before matures_on\""),
];

/// The loan runs from 2026-01-05 to 2027-01-05: funds by 4 February, off-site by 5 April (the 3rd),
/// 5 July (the 3rd), 5 October, and so on.
const CASES: &[Case] = &[
    Case {
        name: "met before the change, on time: stays so under a shorter period",
        visits: &[("2026-02-03", "use_of_funds")],
        changes: &[("2026-02-10", FUNDS_20)],
        code: DutyCode::UseOfFunds,
        as_of: "2026-02-20",
        wanted: &["2026-02-04 met+0 default@1"],
    },
    Case {
        name: "met late before the change: stays late under a longer one",
        visits: &[("2026-02-06", "use_of_funds")],
        changes: &[("2026-02-10", FUNDS_50)],
        code: DutyCode::UseOfFunds,
        as_of: "2026-02-20",
        wanted: &["2026-02-04 met+2 default@1"],
    },
    Case {
        name: "overdue on the day of the change: stays overdue by its own policy",
        visits: &[],
        changes: &[("2026-02-10", FUNDS_50)],
        code: DutyCode::UseOfFunds,
        as_of: "2026-02-20",
        wanted: &["2026-02-04 open default@1"],
    },
    Case {
        name: "made in time and handed in after the change: in time",
        visits: &[("2026-02-04", "use_of_funds")],
        changes: &[("2026-02-10", FUNDS_50)],
        code: DutyCode::UseOfFunds,
        as_of: "2026-02-20",
        wanted: &["2026-02-04 met+0 default@1"],
    },
    Case {
        name: "open in mid-month: goes by the new policy",
        visits: &[],
        changes: &[("2026-01-15", FUNDS_50)],
        code: DutyCode::UseOfFunds,
        as_of: "2026-01-20",
        wanted: &["2026-02-24 open default@2"],
    },
    Case {
        name: "open, but over by the new policy: stays with the old one",
        visits: &[],
        changes: &[("2026-01-28", FUNDS_20)],
        code: DutyCode::UseOfFunds,
        as_of: "2026-01-29",
        wanted: &["2026-02-04 open default@1"],
    },
    Case {
        name: "withdrawn before the day: goes by what is in force again",
        visits: &[],
        changes: &[("2026-01-15", FUNDS_50), ("2026-01-20", NOTHING)],
        code: DutyCode::UseOfFunds,
        as_of: "2026-01-26",
        wanted: &["2026-02-04 open default@3"],
    },
    Case {
        name: "withdrawn after the old day, within the new one: nobody is late by that",
        visits: &[],
        changes: &[("2026-01-15", FUNDS_50), ("2026-02-10", NOTHING)],
        code: DutyCode::UseOfFunds,
        as_of: "2026-02-11",
        wanted: &["2026-02-24 open default@2"],
    },
    Case {
        name: "long over by the new policy: stays with the old one",
        visits: &[],
        changes: &[("2026-06-10", TALK_EARLY)],
        code: DutyCode::RenewalTalk,
        as_of: "2026-09-20",
        wanted: &["2026-10-07 open default@1"],
    },
    Case {
        name: "asked for by the new policy alone, on a day that is past: nobody owes it",
        visits: &[],
        changes: &[("2026-01-10", ONLY_LONG), ("2026-10-20", NOTHING)],
        code: DutyCode::RenewalTalk,
        as_of: "2026-10-21",
        wanted: &[],
    },
    Case {
        name: "no longer asked for: what was overdue stays owed",
        visits: &[],
        changes: &[("2026-10-20", ONLY_LONG)],
        code: DutyCode::RenewalTalk,
        as_of: "2026-10-21",
        wanted: &["2026-10-07 open default@1"],
    },
    Case {
        name: "no longer asked for before its day: gone",
        visits: &[],
        changes: &[("2026-09-20", ONLY_LONG)],
        code: DutyCode::RenewalTalk,
        as_of: "2026-10-21",
        wanted: &[],
    },
    Case {
        name: "slots before the change by the old grid, after it by the new one",
        visits: &[("2026-04-01", ""), ("2026-06-15", "")],
        changes: &[("2026-07-15", OFF_2)],
        code: DutyCode::PeriodicOffsite,
        as_of: "2026-08-01",
        wanted: &[
            "2026-04-05 met+0 default@1",
            "2026-07-05 met+0 default@1",
            "2026-09-05 open default@2",
        ],
    },
    Case {
        name: "a slot missed before the change counts as missed",
        visits: &[],
        changes: &[("2026-07-15", OFF_2)],
        code: DutyCode::PeriodicOffsite,
        as_of: "2026-08-01",
        wanted: &[
            "2026-04-05 missed default@1",
            "2026-07-05 missed default@1",
            "2026-09-05 open default@2",
        ],
    },
    Case {
        name: "and is made good late",
        visits: &[("2026-07-20", "")],
        changes: &[("2026-07-15", OFF_2)],
        code: DutyCode::PeriodicOffsite,
        as_of: "2026-08-01",
        wanted: &[
            "2026-04-05 met+108 default@1",
            "2026-07-05 met+17 default@1",
            "2026-09-05 open default@2",
        ],
    },
];

#[test]
fn a_duty_is_judged_by_the_policy_that_was_in_force_on_its_day() {
    let days = packs().1;
    for case in CASES {
        let mut file = book(Line::Corporate, 5_000_000);
        let made = case.visits.iter().zip(1..);
        file.visits = made
            .map(|((on, purposes), n)| visit(&format!("V{n}"), on, VisitClass::Offsite, purposes))
            .collect();
        let mut current = assets::policy::load().unwrap();
        for ((on, text), version) in case.changes.iter().zip(2..) {
            let next = policy(&version.to_string(), text);
            file = changed(&file, (&current, &next), day(on));
            current = next;
        }
        let as_of = day(case.as_of);
        let to = as_of + Days::new(60);
        let found: Vec<String> = explain(&file, &current, days, as_of, to)
            .duties
            .iter()
            .filter(|one| one.duty.code == case.code)
            .filter_map(|one| {
                let fate = match &one.fate {
                    Fate::Open => "open".to_owned(),
                    Fate::Missed => "missed".to_owned(),
                    Fate::Met { late_days, .. } => format!("met+{late_days}"),
                    Fate::Terminated => "terminated".to_owned(),
                    Fate::NotOwed(_) => return None,
                };
                Some(format!("{} {fate} {}", one.duty.raw_due, one.duty.policy))
            })
            .collect();
        assert_eq!(found, case.wanted, "{}", case.name);
    }
}

#[test]
fn a_delay_and_an_extension_are_not_lost() {
    let (old, days) = packs();
    let new = policy("2", FUNDS_20);
    let mut file = book(Line::Corporate, 5_000_000);
    let put_off = |to| -> Request {
        delay("R1", DutyCode::UseOfFunds, "L001#1", "2026-02-04", "2026-01-20", Some(to))
    };
    file.requests = vec![put_off("2026-02-26")];
    let now = changed(&file, (old, &new), day("2026-02-10"));
    let due = |file: &CustomerFile, code| {
        let page = explain(file, &new, days, day("2026-02-11"), day("2027-12-31"));
        let found = page.duties.into_iter().filter(|one| one.fate == Fate::Open);
        found.filter(|one| one.duty.code == code).map(|one| one.duty.due).collect::<Vec<_>>()
    };
    assert_eq!(due(&now, DutyCode::UseOfFunds), [day("2026-02-26")]);
    // A talk that was missed is kept; once the loan is extended, its new end counts.
    let late = day("2026-10-20");
    let mut now = changed(&file, (old, &new), late);
    let kept =
        |now: &CustomerFile| now.kept.iter().any(|one| one.duty.code == DutyCode::RenewalTalk);
    assert!(kept(&now));
    now.loans[0].matures_on = Some(day("2028-01-05"));
    assert_eq!(due(&now, DutyCode::RenewalTalk), [day("2027-10-07")]);
}

#[test]
fn the_chain_of_a_flag_goes_on_from_what_was_met() {
    let (old, days) = packs();
    let new = policy("2", &[("again = \"90 days\"", "again = \"30 days\"")]);
    let mut file = book(Line::Corporate, 5_000_000);
    file.flags = vec![flag("F1", crate::domain::flag::Level::Yellow, "2026-03-02")];
    file.visits = vec![visit("V1", "2026-03-20", VisitClass::Offsite, "flag_revisit")];
    let due = |file: &CustomerFile, policy: &Policy, on: &str| {
        let page = explain(file, policy, days, day(on), day("2026-12-31"));
        let found = page.duties.into_iter().filter(|one| one.duty.code == DutyCode::FlagRevisit);
        found.map(|one| format!("{} {}", one.duty.raw_due, one.duty.policy)).collect::<Vec<_>>()
    };
    // 20 March + 90 days = 18 June; by the new rule 19 April.
    let early = changed(&file, (old, &new), day("2026-04-01"));
    assert_eq!(due(&early, &new, "2026-04-02"), ["2026-04-01 default@1", "2026-04-19 default@2"]);
    let over = changed(&file, (old, &new), day("2026-05-06"));
    assert_eq!(due(&over, &new, "2026-05-07"), ["2026-04-01 default@1", "2026-06-18 default@1"]);
    // A rise of the level begins anew.
    let mut risen = over;
    risen.flags[0].level_since = Some(day("2026-05-08"));
    assert_eq!(due(&risen, &new, "2026-05-09"), ["2026-06-07 default@2"]);
}

#[test]
fn an_extra_visit_that_was_kept_takes_the_place_of_slots_still() {
    let ((old, days), new, on) = (packs(), stricter(), day(AS_OF));
    let mut file = book(Line::PersonalConsumption, 300_000);
    file.customer.onboarded_on = None;
    file.customer.extra_visit_from = Some(day("2026-11-09"));
    file.loans[0].disbursed_on = day("2025-05-24");
    file.loans[0].matures_on = Some(day("2025-05-25"));
    file.loans[0].tier = Some(crate::domain::loan::Tier::SpecialMention);
    // It came late for what was open before, and meets nothing else.
    file.visits = vec![visit("V00", "2026-11-09", VisitClass::Offsite, "sample")];
    let now = changed(&file, (old, new), on);
    let tallies = |file: &CustomerFile, policy| plan(file, policy, days, on, on).tallies;
    assert_eq!(tallies(&file, old), tallies(&now, new));
    let told = explain(&now, new, days, on, day("2027-03-01")).duties;
    let slot = told.iter().find(|one| one.duty.raw_due == day("2026-11-24")).unwrap();
    assert_eq!(slot.fate, Fate::NotOwed(crate::planning::reason::EXTRA_VISIT));
}
