use proptest::prelude::*;

use super::*;

fn rules() -> Rules {
    Rules {
        id: "tiers@1".to_owned(),
        grace: 7,
        substandard: 90,
        doubtful: 270,
        loss: 360,
        bad_share: 10,
        observation_months: 12,
        observation_instalments: 2,
        cure_months: 6,
        cure_instalments: 2,
        confirm_days: 10,
        signals: BTreeMap::new(),
        verified: false,
        source: "M".to_owned(),
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

const TODAY: &str = "2026-11-23";

fn claim(loan: &str, yuan: i64, days: i64) -> Claim {
    Claim { loan: loan.to_owned(), balance: Some(Fen::from_yuan(yuan)), days }
}

fn debtor<'a>(claims: &'a [Claim], events: &'a [(TierEvent, NaiveDate)]) -> Debtor<'a> {
    Debtor {
        company: true,
        claims,
        events,
        instalments: &[],
        scheduled: false,
        in_force: Tier::Normal,
    }
}

fn tier(of: Debtor<'_>) -> Tier {
    propose(&rules(), of, day(TODAY)).tier
}

#[test]
fn strictly_more_days_are_worse() {
    let cases = [
        (0, Tier::Normal),
        (7, Tier::Normal),
        (8, Tier::SpecialMention),
        (90, Tier::SpecialMention),
        (91, Tier::Substandard),
        (270, Tier::Substandard),
        (271, Tier::Doubtful),
        (360, Tier::Doubtful),
        (361, Tier::Loss),
        (i64::MAX, Tier::Loss),
        (-3, Tier::Normal),
    ];
    for (days, expected) in cases {
        let claims = [claim("L1", 100, days)];
        let found =
            propose(&rules(), Debtor { company: false, ..debtor(&claims, &[]) }, day(TODAY));
        assert_eq!(found.tier, expected, "{days}");
        assert_eq!(found.reasons.is_empty(), expected == Tier::Normal, "{days}");
    }
}

#[test]
fn every_event_alone_is_enough_and_the_worst_counts() {
    for event in TierEvent::ALL {
        let events = [(*event, day("2026-10-01"))];
        assert_eq!(tier(debtor(&[], &events)), event.at_least(), "{event:?}");
        let person = Debtor { company: false, ..debtor(&[], &events) };
        let bound = !event.is_of_companies();
        assert_eq!(tier(person), if bound { event.at_least() } else { Tier::Normal }, "{event:?}");
    }
    let (claims, events) = ([claim("L1", 1, 95)], [(TierEvent::EvadesDebt, day("2026-10-01"))]);
    let found = propose(&rules(), debtor(&claims, &events), day(TODAY));
    assert_eq!(found.tier, Tier::Doubtful);
    assert_eq!(found.reasons[0], TierReason::Event(TierEvent::EvadesDebt), "the gravest first");
}

#[test]
fn more_than_a_tenth_of_bad_claims_makes_all_of_a_company_bad() {
    let share = |bad: i64, all: i64| {
        let claims = [claim("L1", bad, 91), claim("L2", all - bad, 0)];
        let found = propose(&rules(), debtor(&claims, &[]), day(TODAY));
        found.reasons.iter().any(|reason| matches!(reason, TierReason::BadShare(_)))
    };
    assert!(!share(100, 1_000), "a tenth is not more than a tenth");
    assert!(share(101, 1_000));
    let claims = [claim("L1", 500, 91), Claim { balance: None, ..claim("L2", 0, 0) }];
    let unknown = propose(&rules(), debtor(&claims, &[]), day(TODAY));
    assert_eq!(unknown.reasons.len(), 1, "a share of what is not known is none");
    let person = Debtor { company: false, ..debtor(&claims[..1], &[]) };
    assert_eq!(propose(&rules(), person, day(TODAY)).reasons.len(), 1);
}

/// An instalment of the loan `L1`, which runs.
fn one(due: &str, paid: Option<&str>) -> Instalment {
    of_loan("L1", due, paid)
}

fn of_loan(loan: &str, due: &str, paid: Option<&str>) -> Instalment {
    Instalment { loan: loan.to_owned(), runs: true, due: day(due), paid: paid.map(day) }
}

/// In order of their due days, as the store reads them.
fn sorted(mut all: Vec<Instalment>) -> Vec<Instalment> {
    all.sort_by(|a, b| (a.due, &a.loan).cmp(&(b.due, &b.loan)));
    all
}

/// A debtor of whom a schedule is known where there are instalments.
fn paying(instalments: &[Instalment]) -> Debtor<'_> {
    Debtor { instalments, scheduled: !instalments.is_empty(), ..debtor(&[], &[]) }
}

fn monthly(paid_late: &[&str]) -> Vec<Instalment> {
    let days = ["01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11"];
    days.iter()
        .map(|month| {
            let paid = if paid_late.contains(month) { "21" } else { "20" };
            one(&format!("2026-{month}-20"), Some(&format!("2026-{month}-{paid}")))
        })
        .collect()
}

#[test]
fn a_bad_debtor_rises_only_after_six_months_and_two_instalments() {
    let of = |instalments: &[Instalment]| {
        let bad = Debtor { in_force: Tier::Doubtful, ..paying(instalments) };
        propose(&rules(), bad, day(TODAY))
    };
    let cured = of(&monthly(&[]));
    assert_eq!((cured.tier, &*cured.reasons), (Tier::Normal, &[TierReason::Cured(11, 10)][..]));
    assert_eq!(of(&monthly(&["05"])).reasons, [TierReason::Cured(6, 6)]);
    assert_eq!(of(&monthly(&["06"])).reasons, [TierReason::NotCured(5, 5)]);
    assert_eq!(of(&monthly(&["11"])).reasons, [TierReason::NotCured(0, 0)]);
    let unknown = of(&[]);
    assert_eq!((unknown.tier, &*unknown.reasons), (Tier::Doubtful, &[TierReason::NoSchedule][..]));
    let mention = |instalments: &[Instalment]| {
        let of = Debtor { in_force: Tier::SpecialMention, ..paying(instalments) };
        propose(&rules(), of, day(TODAY)).tier
    };
    assert_eq!(mention(&[]), Tier::SpecialMention, "whoever lowered her may have had reasons");
    assert_eq!(mention(&monthly(&[])), Tier::Normal);
    let half_yearly = [one("2026-05-20", Some("2026-05-20"))];
    assert_eq!(of(&half_yearly).reasons, [TierReason::NotCured(1, 6)]);
}

#[test]
fn the_months_before_a_debtor_rises_begin_when_the_arrears_are_paid() {
    let of = |instalments: &[Instalment], today: &str| {
        let bad = Debtor { in_force: Tier::Substandard, ..paying(instalments) };
        propose(&rules(), bad, day(today)).reasons
    };
    // One loan is due every month and always on time, another was paid nine months late and settled.
    let mut all: Vec<Instalment> = monthly(&[]);
    let settled = of_loan("L2", "2026-02-15", Some("2026-11-18"));
    all.push(Instalment { runs: false, ..settled });
    all = sorted(all);
    assert_eq!(of(&all, "2026-11-23"), [TierReason::NotCured(1, 0)]);
    for month in ["2026-12-20", "2027-01-20", "2027-02-20", "2027-03-20", "2027-04-20"] {
        all.push(one(month, Some(month)));
    }
    assert_eq!(of(&all, "2027-05-17"), [TierReason::NotCured(6, 5)]);
    assert_eq!(of(&all, "2027-05-18"), [TierReason::Cured(6, 6)]);
    // While one of them is open, nothing counts; a payment to come pays nothing yet.
    for paid in [None, Some("2027-11-18")] {
        let open = sorted([all.clone(), vec![of_loan("L3", "2026-02-16", paid)]].concat());
        assert_eq!(of(&open, "2027-05-18"), [TierReason::NotCured(0, 0)]);
    }
}

#[test]
fn what_another_loan_pays_cures_none_that_was_in_arrears() {
    let of = |instalments: Vec<Instalment>| {
        let of = sorted(instalments);
        let bad = Debtor { in_force: Tier::Substandard, ..paying(&of) };
        propose(&rules(), bad, day(TODAY)).reasons
    };
    // Due twice a year: paid four months late, on time once, the next not due yet.
    let bad = || {
        vec![
            of_loan("L4", "2026-01-10", Some("2026-05-10")),
            of_loan("L4", "2026-07-10", Some("2026-07-10")),
        ]
    };
    assert_eq!(of(bad()), [TierReason::NotCured(1, 6)]);
    assert_eq!(of([bad(), monthly(&[])].concat()), [TierReason::NotCured(1, 6)]);
    // Once it is settled it has no periods to come, and the others tell.
    let settled = bad().into_iter().map(|one| Instalment { runs: false, ..one }).collect();
    assert_eq!(of([settled, monthly(&[])].concat()), [TierReason::Cured(7, 6)]);
    // A delay of another loan long ago asks for periods since that delay, not since today's.
    let old = || {
        ["2024-06-20", "2025-06-20", "2026-06-20"]
            .map(|due| of_loan("L5", due, Some(if due < "2025" { "2024-06-21" } else { due })))
            .to_vec()
    };
    assert_eq!(of([old(), monthly(&["04"])].concat()), [TierReason::Cured(2, 7)]);
    // Two loans that are paid on one day are one period of each.
    let twins =
        || ["L1", "L2"].map(|loan| of_loan(loan, "2026-05-20", Some("2026-05-20"))).to_vec();
    assert_eq!(of(twins()), [TierReason::NotCured(1, 6)]);
}

#[test]
fn nobody_is_proposed_to_rise_who_is_deep_in_arrears() {
    let of = |in_force, days: i64, instalments: &[Instalment]| {
        let claims = [claim("L1", 100, days)];
        propose(&rules(), Debtor { claims: &claims, in_force, ..paying(instalments) }, day(TODAY))
    };
    for (in_force, days) in [(Tier::Loss, 276), (Tier::Doubtful, 216), (Tier::Loss, 91)] {
        // The days say so, whether the schedule does or not.
        for instalments in [&monthly(&[])[..], &[]] {
            assert_eq!(of(in_force, days, instalments).tier, in_force, "{days}");
        }
    }
    assert_eq!(of(Tier::Loss, 0, &monthly(&["09"])).tier, Tier::Loss, "not cured yet");
    assert_eq!(of(Tier::Loss, 8, &monthly(&[])).tier, Tier::SpecialMention);
    assert_eq!(of(Tier::Doubtful, 361, &[]).tier, Tier::Loss, "worse she may always be");
}

#[test]
fn people_let_a_debtor_rise_no_further_than_what_binds_her() {
    let of = |in_force, claims: &[Claim], events: &[_], instalments: &[_]| {
        let debtor = Debtor { claims, events, in_force, ..paying(instalments) };
        best(&rules(), debtor, day(TODAY)).tier
    };
    // A softer reason is people's to take back, a bad debtor is cured first.
    assert_eq!(of(Tier::SpecialMention, &[], &[], &[]), Tier::Normal);
    assert_eq!(of(Tier::Substandard, &[], &[], &monthly(&["10"])), Tier::Substandard);
    assert_eq!(of(Tier::Loss, &[], &[], &monthly(&["10"])), Tier::Substandard);
    // Without a schedule nothing could ever prove that she is cured.
    assert_eq!(of(Tier::Substandard, &[], &[], &[]), Tier::Normal);
    assert_eq!(of(Tier::Loss, &[claim("L1", 1, 91)], &[], &[]), Tier::Substandard);
    assert_eq!(of(Tier::Loss, &[], &[], &monthly(&[])), Tier::Normal);
    assert_eq!(of(Tier::Loss, &[], &[], &monthly(&["08"])), Tier::Substandard);
    // What binds her stands, however well she pays.
    let restructured = [(TierEvent::Restructured, day("2026-03-01"))];
    assert_eq!(of(Tier::Loss, &[], &restructured, &monthly(&[])), Tier::SpecialMention);
    assert_eq!(of(Tier::Loss, &[claim("L1", 1, 271)], &[], &monthly(&[])), Tier::Doubtful);
}

#[test]
fn the_observation_after_a_restructuring_ends_by_itself_and_begins_anew() {
    let of = |since: &str, instalments: &[Instalment]| {
        let events = [(TierEvent::Restructured, day(since))];
        tier(Debtor { events: &events, ..paying(instalments) })
    };
    assert_eq!(of("2025-11-23", &monthly(&[])), Tier::Normal);
    assert_eq!(of("2025-11-24", &monthly(&[])), Tier::SpecialMention, "a year is a year");
    assert_eq!(of("2026-05-24", &monthly(&[])), Tier::SpecialMention, "not the six months of 2007");
    assert_eq!(of("2025-11-23", &monthly(&["03"])), Tier::SpecialMention, "it begins anew");
    assert_eq!(of("2025-11-23", &[]), Tier::Normal, "without instalments time decides");
    // Paid late and once on its day since: that is one instalment of two.
    let on = |due: &str, paid: &str| one(due, Some(paid));
    let yearly = [on("2025-11-20", "2025-12-30"), on("2026-11-20", "2026-11-20")];
    assert_eq!(of("2025-11-20", &yearly), Tier::SpecialMention, "the missed one does not count");
    // Two loans paid on one day are not two periods; nor does what was paid beside a missed one count.
    let twins = ["L1", "L2"].map(|loan| of_loan(loan, "2026-05-20", Some("2026-05-20")));
    assert_eq!(of("2025-11-20", &twins), Tier::SpecialMention);
}

#[test]
fn an_observation_that_has_ended_does_not_begin_again() {
    // Since January 2022, on the 20th of each month; today is in November 2026.
    let schedule = |late: &[&str]| -> Vec<Instalment> {
        let first = day("2022-01-20");
        let due = (0..58).filter_map(|n| first.checked_add_months(Months::new(n)));
        due.map(|due| {
            let late = late.contains(&due.to_string().as_str());
            let paid = if late { due.succ_opt() } else { Some(due) };
            Instalment { loan: "L1".to_owned(), runs: true, due, paid }
        })
        .collect()
    };
    let of = |instalments: &[Instalment], today: &str| {
        let events = [(TierEvent::RestructuredAgain, day("2022-02-20"))];
        propose(&rules(), Debtor { events: &events, ..paying(instalments) }, day(today)).tier
    };
    assert_eq!(of(&schedule(&[]), TODAY), Tier::Normal);
    assert_eq!(of(&schedule(&["2026-10-20"]), TODAY), Tier::Normal, "it ended years ago");
    assert_eq!(of(&schedule(&["2023-03-20"]), TODAY), Tier::Normal, "a month after its end");
    // On its last day it begins anew; and again within what began anew.
    let late = schedule(&["2023-02-20"]);
    assert_eq!(of(&late, "2024-02-19"), Tier::Substandard);
    assert_eq!(of(&late, "2024-02-20"), Tier::Normal);
    let late = schedule(&["2023-02-20", "2024-01-20"]);
    assert_eq!(of(&late, "2025-01-19"), Tier::Substandard);
    assert_eq!(of(&late, "2025-01-20"), Tier::Normal);
}

#[test]
fn only_what_was_paid_on_its_day_counts_among_the_two_of_an_observation() {
    let of = |instalments: &[Instalment]| {
        let events = [(TierEvent::Restructured, day("2025-01-20"))];
        tier(Debtor { events: &events, ..paying(instalments) })
    };
    let paid = |due: &str, paid: &str| one(due, Some(paid));
    // Paid once a half-year: late at first, so that it begins anew, and on time since.
    let late = [paid("2025-07-20", "2025-07-22"), paid("2026-07-20", "2026-07-20")];
    assert_eq!(of(&late), Tier::SpecialMention, "one on time is not two");
    let proper = [paid("2025-07-20", "2025-07-20"), paid("2026-07-20", "2026-07-20")];
    assert_eq!(of(&proper), Tier::Normal);
}

proptest! {
    #[test]
    fn more_days_are_never_better(days in 0..500_i64, more in 0..200_i64) {
        let of = |days| tier(debtor(&[claim("L1", 100, days)], &[]));
        prop_assert!(of(days) <= of(days + more));
    }
}
