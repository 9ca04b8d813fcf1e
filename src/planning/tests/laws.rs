//! Laws over generated portfolios.

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::domain::customer::Line;
use crate::domain::duty::{DutyClass, Fate};
use crate::domain::ids::VisitId;
use crate::domain::loan::Loan;
use crate::domain::money::Fen;
use crate::domain::visit::{Purpose, Visit, VisitState};

/// A day of the three years before and the one after the as-of day of the laws.
fn some_day() -> impl Strategy<Value = NaiveDate> {
    (0_u64..1460).prop_map(|n| day("2023-11-22") + Days::new(n))
}

pub(in crate::planning) const AS_OF: &str = "2026-11-22";

fn some_loan() -> impl Strategy<Value = Loan> {
    let yuan = prop_oneof![
        Just(300_000_i64),
        Just(3_000_000),
        Just(50_000_000),
        Just(0),
        0_i64..20_000_000
    ];
    (some_day(), 1_u64..1200, yuan, 0..4_u8, prop::option::of(0..5_usize), vec(some_day(), 0..3))
        .prop_map(|(from, term, yuan, kind, tier, drawn)| {
            let to = from + Days::new(term);
            let mut loan = loan("L", &from.to_string(), &to.to_string(), yuan);
            loan.tier = tier.map(|t| Tier::ALL[t]);
            if kind == 0 {
                loan.status = LoanStatus::Settled;
                loan.settled_on = Some(from + Days::new(term / 2));
            }
            let named = |(i, on): (usize, NaiveDate)| drawdown(&format!("D{i}"), &on.to_string());
            loan.drawdowns = drawn.into_iter().enumerate().map(named).collect();
            loan
        })
}

fn some_visit() -> impl Strategy<Value = Visit> {
    (some_day(), any::<bool>(), vec(0..DutyCode::ALL.len(), 0..4), 0..5_u8).prop_map(
        |(on, onsite, codes, state)| Visit {
            id: VisitId::default(),
            visited_on: on,
            submitted_on: None,
            class: if onsite { VisitClass::Onsite } else { VisitClass::Offsite },
            state: if state == 0 { VisitState::Draft } else { VisitState::Submitted },
            purposes: codes
                .into_iter()
                .map(|code| Purpose { code: DutyCode::ALL[code], reference: None })
                .collect(),
        },
    )
}

prop_compose! {
    pub(in crate::planning) fn some_file()(
        line in prop::option::weighted(0.95, 0..Line::ALL.len()),
        low_risk in prop::bool::weighted(0.1),
        days in [prop::option::of(some_day()), prop::option::weighted(0.3, some_day()), prop::option::weighted(0.3, some_day())],
        mut loans in vec(some_loan(), 1..5),
        mut visits in vec(some_visit(), 0..12),
        flags in vec((some_day(), 0..3_usize), 0..3),
        tasks in vec((some_day(), 0_u64..90, any::<bool>()), 0..2),
        handovers in vec(some_day(), 0..2),
        delays in vec((0..40_usize, some_day(), any::<bool>()), 0..3),
    ) -> CustomerFile {
        let mut file = book(Line::Corporate, 1);
        file.customer.line = line.map(|l| Line::ALL[l]);
        file.customer.low_risk = low_risk;
        let [onboarded_on, cadence_since, extra_visit_from] = days;
        file.customer.onboarded_on = onboarded_on;
        file.customer.cadence_since = cadence_since;
        file.customer.extra_visit_from = extra_visit_from;
        for (i, loan) in loans.iter_mut().enumerate() {
            loan.id = format!("L{i}").into();
            for drawdown in &mut loan.drawdowns {
                drawdown.id = format!("L{i}-{}", drawdown.id).into();
            }
        }
        for (i, visit) in visits.iter_mut().enumerate() {
            visit.id = format!("V{i:02}").into();
        }
        file.loans = loans;
        file.visits = visits;
        file.flags = flags.into_iter().enumerate()
            .map(|(i, (on, level))| flag(&format!("F{i}"), Level::ALL[level], &on.to_string())).collect();
        file.tasks = tasks.into_iter().enumerate().map(|(i, (on, n, onsite))| {
            let class = if onsite { DutyClass::Onsite } else { DutyClass::Any };
            task(&format!("T{i}"), &on.to_string(), &(on + Days::new(n)).to_string(), class)
        }).collect();
        file.handovers = handovers.into_iter().enumerate()
            .map(|(i, on)| handover(&format!("H{i}"), &on.to_string())).collect();
        // Requests about duties that are there: delays and terminations.
        let (policy, workdays) = packs();
        let open = explain(&file, policy, workdays, day(AS_OF), day("2027-03-01")).duties;
        for (i, (pick, new_due, terminate)) in delays.into_iter().enumerate() {
            let Some(duty) = open.get(pick).map(|e| &e.duty) else { continue };
            let (raw_due, new_due) = (duty.raw_due.to_string(), new_due.to_string());
            let mut request =
                delay(&format!("R{i}"), duty.code, &duty.reference, &raw_due, "2026-11-01", Some(&new_due));
            if terminate {
                request.kind = RequestKind::Termination;
            }
            file.requests.push(request);
        }
        file
    }
}

/// Read once: the cases are many.
pub(in crate::planning) fn packs() -> (&'static Policy, &'static Workdays) {
    static PACKS: std::sync::LazyLock<(Policy, Workdays)> =
        std::sync::LazyLock::new(|| (policy::load().unwrap(), holidays::load().unwrap()));
    (&PACKS.0, &PACKS.1)
}

type Identity = (&'static str, String, NaiveDate);

fn identity(duty: &Duty) -> Identity {
    (duty.code.as_code(), duty.reference.clone(), duty.raw_due)
}

/// How often each open duty stands in the explanation.
fn open_in(file: &CustomerFile, to: &str) -> BTreeMap<Identity, Duty> {
    let (policy, days) = packs();
    explain(file, policy, days, day(AS_OF), day(to))
        .duties
        .into_iter()
        .filter(|e| e.fate == Fate::Open)
        .map(|e| (identity(&e.duty), e.duty))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    #[test]
    fn a_due_visit_is_the_same_whatever_the_window(file in some_file(), n in 0_u64..200) {
        let (policy, days) = packs();
        let (as_of, near) = (day(AS_OF), day(AS_OF) + Days::new(n));
        let far = plan(&file, policy, days, as_of, near + Days::new(150));
        let mut close = plan(&file, policy, days, as_of, near);
        prop_assert_eq!(&close, &plan(&file, policy, days, as_of, near));
        let kept: Vec<DueVisit> = far.visits.into_iter().filter(|v| v.due <= near || v.due < as_of).collect();
        prop_assert_eq!(std::mem::take(&mut close.visits), kept);
    }

    #[test]
    fn merging_loses_and_doubles_nothing(file in some_file()) {
        let (policy, days) = packs();
        let to = "2027-02-20";
        let visits = plan(&file, policy, days, day(AS_OF), day(to)).visits;
        let mut seen = BTreeMap::new();
        for visit in &visits {
            prop_assert!(!visit.duties.is_empty());
            prop_assert_eq!(visit.due, visit.duties[0].due);
            prop_assert_eq!(Some(visit.opens), visit.duties.iter().map(|d| d.opens).max());
            prop_assert_eq!(Some(visit.class), visit.duties.iter().map(|d| d.class).max());
            for duty in &visit.duties {
                prop_assert!(seen.insert(identity(duty), duty.clone()).is_none(), "twice");
            }
        }
        for (id, duty) in open_in(&file, to) {
            prop_assert_eq!(seen.get(&id), Some(&duty));
        }
        let longer = open_in(&file, "2028-12-31");
        for id in seen.keys() {
            prop_assert!(longer.contains_key(id));
        }
    }

    #[test]
    fn a_visit_holds_only_what_it_would_meet_of_a_series(file in some_file()) {
        let (policy, days) = packs();
        let as_of = day(AS_OF);
        for visit in plan(&file, policy, days, as_of, day("2027-02-20")).visits {
            for code in [DutyCode::PeriodicOnsite, DutyCode::PeriodicOffsite] {
                let slots: Vec<&Duty> = visit.duties.iter().filter(|d| d.code == code).collect();
                let late = slots.iter().filter(|d| d.due < as_of).count();
                prop_assert!(late == slots.len() || (late == 0 && slots.len() == 1));
            }
        }
    }

    #[test]
    fn nothing_is_due_on_a_day_without_work(file in some_file()) {
        let (policy, days) = packs();
        for visit in plan(&file, policy, days, day(AS_OF), day("2027-02-20")).visits {
            for duty in visit.duties {
                let own_date = duty.code == DutyCode::Directed || duty.delayed_from.is_some();
                prop_assert!(own_date || days.is_workday(duty.due), "{duty:?}");
            }
        }
    }

    #[test]
    fn a_done_visit_never_adds_a_duty(file in some_file(), visit in some_visit()) {
        let before = open_in(&file, "2027-02-20");
        let mut file = file;
        file.visits.push(Visit { id: "W".into(), ..visit });
        for (id, _) in open_in(&file, "2027-02-20") {
            // A flag that is met asks again, counted from that visit.
            prop_assert!(id.0 == "flag_revisit" || before.contains_key(&id), "{id:?}");
        }
    }

    #[test]
    fn the_worst_tier_decides_the_column(file in some_file()) {
        let (policy, days) = packs();
        let plan = plan(&file, policy, days, day(AS_OF), day(AS_OF));
        let active = |l: &&Loan| l.status == LoanStatus::Active && l.disbursed_on <= day(AS_OF);
        let worst = file.loans.iter().filter(active).filter_map(|l| l.tier).max();
        prop_assert_eq!(plan.tier, worst.unwrap_or(Tier::Normal));
        if let Some(cell) = plan.cell {
            prop_assert_eq!(super::super::policy::column(cell.column), super::super::policy::column(plan.tier));
            prop_assert_eq!(cell.to_string().parse::<Cell>(), Ok(cell));
        }
        let balances: Option<Vec<Fen>> = file.loans.iter().filter(active).map(|l| l.balance).collect();
        let total = balances.and_then(Fen::sum_of);
        prop_assert_eq!(plan.exposure, total);
    }

    #[test]
    fn the_order_is_total(files in vec(some_file(), 1..4)) {
        let (policy, days) = packs();
        let mut list: Vec<Listed> = Vec::new();
        for (i, mut file) in files.into_iter().enumerate() {
            file.customer.id = format!("C{i}").into();
            let plan = plan(&file, policy, days, day(AS_OF), day("2027-02-20"));
            list.extend(plan.visits.into_iter().map(|visit| listed(visit, plan.level)));
        }
        let mut other: Vec<Listed> = list.iter().rev().cloned().collect();
        sort(&mut list);
        sort(&mut other);
        prop_assert_eq!(&list, &other);
        let overdue: Vec<i64> = list.iter().map(|l| l.visit.overdue_days(day(AS_OF))).collect();
        prop_assert!(overdue.is_sorted_by(|a, b| a >= b));
    }

    #[test]
    fn what_a_started_visit_takes_in_is_met_by_it(file in some_file(), onsite in any::<bool>()) {
        let (policy, days) = packs();
        let class = if onsite { VisitClass::Onsite } else { VisitClass::Offsite };
        let taken = open_duties(&file, policy, days, day(AS_OF), class);
        let mut file = file;
        file.visits.push(Visit {
            id: "W".into(),
            visited_on: day(AS_OF),
            submitted_on: None,
            class,
            state: VisitState::Submitted,
            purposes: DutyCode::ALL.iter().map(|c| Purpose { code: *c, reference: None }).collect(),
        });
        let met = explain(&file, policy, days, day(AS_OF), day("2028-12-31")).duties;
        let met = |id: &Identity| met.iter().any(|e| identity(&e.duty) == *id
            && matches!(&e.fate, Fate::Met { visit, .. } if visit.as_str() == "W"));
        for duty in taken {
            prop_assert!(met(&identity(&duty)), "{duty:?}");
        }
    }
}

/// A due visit as lists show it.
pub(super) fn listed(visit: DueVisit, level: Option<Level>) -> Listed {
    Listed {
        name: "甲公司".to_owned(),
        officer: "zhangwei".into(),
        district: None,
        trade_circle: None,
        level,
        visit,
    }
}
