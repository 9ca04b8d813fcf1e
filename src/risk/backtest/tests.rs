use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn rules() -> Rules {
    Rules {
        id: "b@1".to_owned(),
        horizon_days: 180,
        late_days: 8,
        least_signal: 3,
        least_outcomes: 2,
        verified: true,
    }
}

fn raised(customer: &str, on: &str, confirmed: bool) -> Raised {
    Raised { customer: customer.to_owned(), signal: "FIN-05".to_owned(), on: day(on), confirmed }
}

/// Late enough eight days after it fell due.
fn late(on: &str) -> Event {
    Event { on: day(on), kind: Kind::Late, since: day(on) - Days::new(8) }
}

fn lowered(on: &str) -> Event {
    Event { on: day(on), kind: Kind::Downgrade, since: day(on) }
}

fn events() -> Events {
    Events::from([
        ("A".to_owned(), vec![late("2025-01-01"), late("2026-03-01"), lowered("2026-05-01")]),
        ("B".to_owned(), vec![late("2026-12-01")]),
        ("C".to_owned(), vec![late("2026-02-10"), lowered("2026-09-01")]),
    ])
}

/// All owe something throughout.
fn owed() -> Owed {
    ["A", "B", "C", "D"].map(|id| (id.to_owned(), vec![(day("2020-01-01"), None)])).into()
}

#[test]
fn who_has_paid_back_everything_is_watched_no_longer() {
    let stood = ["A", "C", "D", "E"].map(|customer| Stood {
        customer: customer.to_owned(),
        on: day("2025-12-01"),
        grade: 'A',
        probability: 20,
    });
    let mut owed = owed();
    owed.remove("E");
    // Paid back before the quarter began, and a new loan only after it.
    let gap = vec![
        (day("2020-01-01"), Some(day("2025-12-31"))),
        (day("2026-01-02"), Some(day("2026-03-01"))),
    ];
    owed.insert("D".to_owned(), gap);
    let today = day("2026-10-01");
    let Scores::Known(_, found) = scores(&stood, &owed, &events(), &rules(), today) else {
        panic!("two events are enough");
    };
    let quarters: Vec<_> = found.iter().map(|one| (one.quarter, one.customers)).collect();
    assert_eq!(quarters, [(day("2026-01-01"), 2), (day("2026-04-01"), 2)]);
    // In the quarter itself she still owed something: that nothing came counts.
    owed.insert("D".to_owned(), vec![(day("2020-01-01"), Some(day("2026-01-01")))]);
    let Scores::Known(_, found) = scores(&stood, &owed, &events(), &rules(), today) else {
        panic!("two events are enough");
    };
    assert_eq!(found[0].customers, 3);
}

#[test]
fn a_signal_has_its_time_before_it_counts_as_false() {
    let all = [
        // Came true after 59 days; the event before it does not count.
        raised("A", "2026-01-01", true),
        // Its event came too late.
        raised("B", "2026-01-01", false),
        // Nothing ever came.
        raised("D", "2026-01-01", true),
        // It has come true already, and counts when its time is over; the other is still open.
        raised("C", "2026-02-01", true),
        raised("D", "2026-06-01", false),
        // On the very day it says nothing about the future.
        raised("C", "2026-02-10", false),
    ];
    let found = signals(&all, &events(), &rules(), day("2026-07-01"));
    let wanted = SignalResult {
        signal: "FIN-05".to_owned(),
        raised: 6,
        confirmed: 3,
        ripe: 3,
        true_ones: 1,
        downgraded: 1,
        days_ahead: Some(59),
        enough: true,
    };
    assert_eq!(found.first(), Some(&wanted));
    // A month later C's time is over as well; its tier was lowered too late.
    let later = signals(&all, &events(), &rules(), day("2026-08-01"));
    // Of two the median lies between them.
    let days_ahead = Some(34);
    assert_eq!(later, [SignalResult { ripe: 4, true_ones: 2, days_ahead, ..wanted }]);
    let few = signals(&all[..2], &events(), &rules(), day("2026-07-01"));
    assert!(!few[0].enough, "two are too few to tell");
    assert!(signals(&[], &events(), &rules(), day("2026-07-01")).is_empty());
}

#[test]
fn what_had_begun_before_a_signal_is_no_proof_of_it() {
    let today = day("2026-11-01");
    // Raised by an instalment of January that was open; the tier was lowered for the same days.
    let one = [raised("A", "2026-02-01", true)];
    let lowered_since = |on: &str, since: &str| Event { since: day(since), ..lowered(on) };
    let cases = [
        // She paid all that fell due afterwards.
        (vec![late("2026-01-28")], (0, 0)),
        (vec![late("2026-02-05")], (0, 0)),
        (vec![lowered_since("2026-02-10", "2026-01-20")], (0, 0)),
        // It fell due on that very day: known when the signal was raised.
        (vec![late("2026-02-09")], (0, 0)),
        // The first one that fell due afterwards and was late.
        (vec![late("2026-02-10")], (1, 0)),
        (vec![late("2026-01-28"), late("2026-02-28"), late("2026-03-28")], (1, 0)),
        // The tier was lowered for something new.
        (vec![late("2026-01-28"), lowered_since("2026-04-10", "2026-03-01")], (1, 1)),
        (vec![late("2026-01-28"), lowered("2026-02-10")], (1, 1)),
    ];
    for (all, wanted) in cases {
        let events = Events::from([("A".to_owned(), all.clone())]);
        let found = signals(&one, &events, &rules(), today);
        assert_eq!((found[0].true_ones, found[0].downgraded), wanted, "{all:?}");
        assert_eq!(found[0].ripe, 1, "{all:?}");
    }
}

#[test]
fn scores_are_judged_by_quarter_and_only_with_outcomes_enough() {
    let stood = |customer: &str, on: &str, grade, probability| Stood {
        customer: customer.to_owned(),
        on: day(on),
        grade,
        probability,
    };
    let all = [
        stood("A", "2025-11-01", 'B', 100),
        // The later one of the quarter counts.
        stood("A", "2025-12-20", 'E', 3_000),
        stood("C", "2025-12-01", 'E', 2_000),
        stood("D", "2025-12-01", 'A', 20),
        // After the quarter: another one's matter.
        stood("D", "2026-01-05", 'E', 9_000),
    ];
    let today = day("2026-07-01");
    let Scores::Known(_, found) = scores(&all, &owed(), &events(), &rules(), today) else {
        panic!("two events are enough");
    };
    let at = |grade| found.iter().find(|one| one.grade == grade).unwrap();
    assert!(found.iter().all(|one| one.quarter == day("2026-01-01")));
    assert_eq!((at('E').customers, at('E').events), (2, 2));
    assert_eq!(at('E').predicted, 2_500);
    assert_eq!((at('A').customers, at('A').events), (1, 0));
    let strict = Rules { least_outcomes: 50, ..rules() };
    assert_eq!(scores(&all, &owed(), &events(), &strict, today), Scores::TooEarly(2, 50));
    assert_eq!(scores(&[], &owed(), &events(), &rules(), today), Scores::TooEarly(0, 2));
    // Before the quarter's time is over nothing is told.
    assert_eq!(
        scores(&all, &owed(), &events(), &rules(), day("2026-06-29")),
        Scores::TooEarly(0, 2)
    );
}

#[test]
fn a_lowered_tier_is_an_event_of_its_own() {
    let events = Events::from([("A".to_owned(), vec![lowered("2026-03-02")])]);
    let found = signals(&[raised("A", "2026-01-01", true)], &events, &rules(), day("2026-07-01"));
    assert_eq!((found[0].true_ones, found[0].downgraded, found[0].days_ahead), (1, 1, Some(60)));
}

#[test]
fn each_customer_of_a_quarter_stands_in_one_of_four_fields() {
    let of = |quarter: &str, grade, customers, events| GradeResult {
        quarter: day(quarter),
        grade,
        customers,
        predicted: 1_000,
        events,
    };
    let all = [
        of("2026-01-01", 'A', 50, 1),
        of("2026-01-01", 'C', 20, 2),
        of("2026-01-01", 'D', 10, 3),
        of("2026-01-01", 'E', 5, 4),
        of("2026-04-01", 'E', 1, 0),
    ];
    let found = confusion(&all);
    let first = Confusion { hit: 7, alarm: 8, missed: 3, quiet: 67 };
    let second = Confusion { alarm: 1, ..Confusion::default() };
    assert_eq!(found, [(day("2026-01-01"), first), (day("2026-04-01"), second)]);
    assert!(confusion(&[]).is_empty());
}

#[test]
fn quarters_follow_each_other() {
    for (from, to) in [
        ("2026-01-01", "2026-04-01"),
        ("2026-03-31", "2026-04-01"),
        ("2026-12-31", "2027-01-01"),
        ("2026-10-01", "2027-01-01"),
    ] {
        assert_eq!(next_quarter(day(from)), Some(day(to)), "{from}");
    }
}

#[test]
fn what_comes_once_is_one_outcome_in_however_many_quarters() {
    let stood =
        [Stood { customer: "A".to_owned(), on: day("2025-11-01"), grade: 'B', probability: 100 }];
    // Within 180 days of the ends of two quarters.
    let events = Events::from([("A".to_owned(), vec![late("2026-05-10")])]);
    let rules = Rules { horizon_days: 180, least_outcomes: 1, ..rules() };
    let Scores::Known(known, found) = scores(&stood, &owed(), &events, &rules, day("2026-12-31"))
    else {
        panic!("one is enough");
    };
    assert_eq!(known, 1);
    assert_eq!(found.iter().map(|one| one.events).sum::<u32>(), 2);
    let strict = Rules { least_outcomes: 2, ..rules };
    let told = scores(&stood, &owed(), &events, &strict, day("2026-12-31"));
    assert_eq!(told, Scores::TooEarly(1, 2));
}

#[test]
fn of_an_even_number_the_median_lies_between_the_two_in_the_middle() {
    assert_eq!(median(&mut []), None);
    assert_eq!(median(&mut [10]), Some(10));
    assert_eq!(median(&mut [100, 10]), Some(55));
    assert_eq!(median(&mut [3, 1, 2]), Some(2));
    assert_eq!(median(&mut [4, 1, 2, 3]), Some(2));
}
