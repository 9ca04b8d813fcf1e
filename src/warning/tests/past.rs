//! What past flags make of a finding: combinations, and what is no news.

use super::*;

fn flag(signal: &str, level: Level, state: FlagState, raised: &str) -> PastFlag {
    PastFlag {
        id: format!("F-{signal}-{raised}"),
        signal: signal.to_owned(),
        level,
        state,
        raised_on: day(raised),
        stamp: None,
        by_rule: false,
        lowered: false,
        lapsed: false,
        ended: None,
    }
}

#[test]
fn weak_signals_combine() {
    use FlagState::{Confirmed, Proposed, Rejected};
    let flags = |level: Level, all: &[(&str, FlagState, &str)]| -> Vec<PastFlag> {
        all.iter().map(|(signal, state, on)| flag(signal, level, *state, on)).collect()
    };
    let (yellow, orange) = (|all| flags(Level::Yellow, all), |all| flags(Level::Orange, all));
    let first = ("ACC-15", Confirmed, "2026-10-01");
    let second = ("MGT-03", Proposed, "2026-10-02");
    let cases = [
        (yellow(&[first, second, ("EXT-09", Confirmed, "2026-10-03")]), Some("CMB-01")),
        (yellow(&[first, second]), None),
        (yellow(&[first, ("ACC-16", Proposed, "2026-10-02")]), Some("CMB-03")),
        (yellow(&[first, ("ACC-16", Rejected, "2026-10-02")]), None),
        (yellow(&[first, ("ACC-16", Confirmed, "2026-08-25")]), None),
        (
            orange(&[("ACC-02", Confirmed, "2026-10-01"), ("OPS-02", Confirmed, "2026-11-01")]),
            Some("CMB-02"),
        ),
        // Arrears and the interest in them are one trouble.
        (orange(&[("ACC-02", Confirmed, "2026-10-01"), ("ACC-04", Confirmed, "2026-11-01")]), None),
        (orange(&[("CMB-01", Confirmed, "2026-10-01"), ("OPS-02", Confirmed, "2026-11-01")]), None),
    ];
    for (flags, expected) in cases {
        let material = Material { flags, ..Material::default() };
        let found = found(&material);
        assert_eq!(found.first().map(|(code, _)| code.as_str()), expected, "{:?}", material.flags);
    }
}

#[test]
fn the_same_yellow_signal_at_three_visits_running_is_orange() {
    use FlagState::{Closed, Confirmed};
    let of = |on: &str, state| flag("MGT-03", Level::Yellow, state, on);
    let found = |raised: [&str; 3], visits: &[&str]| {
        let [a, b, c] = raised;
        let flags = vec![of(a, Closed), of(b, Closed), of(c, Confirmed)];
        let visits = visits.iter().map(|on| day(on)).collect();
        let found = found(&Material { flags, visits, ..Material::default() });
        found.first().map(|(code, level)| (code.clone(), *level))
    };
    let orange = Some(("CMB-04".to_owned(), Level::Orange));
    let visits = ["2026-11-01", "2026-08-01", "2026-05-01"];
    // On the day of each visit, or between it and the next.
    assert_eq!(found(["2026-05-01", "2026-08-01", "2026-11-01"], &visits), orange);
    assert_eq!(found(["2026-05-04", "2026-10-31", "2026-11-20"], &visits), orange);
    // Three times, but one visit between them found nothing; or there were not three visits.
    assert_eq!(found(["2026-02-01", "2026-05-01", "2026-11-01"], &visits), None);
    assert_eq!(found(["2026-11-01", "2026-11-02", "2026-11-03"], &visits), None);
    assert_eq!(found(["2026-05-01", "2026-08-01", "2026-11-01"], &visits[..2]), None);
    assert_eq!(found(["2026-05-01", "2026-08-01", "2026-11-01"], &[]), None);
}

#[test]
fn what_nobody_puts_right_counts_at_each_visit() {
    let visits = ["2026-11-01", "2026-08-01", "2026-05-01"].map(day).to_vec();
    let open = flag("MGT-03", Level::Yellow, FlagState::Confirmed, "2026-05-01");
    let until = |on: &str| {
        let mut flag = flag("MGT-03", Level::Yellow, FlagState::Closed, "2026-05-01");
        let (on, inputs) = (day(on), Vec::new());
        flag.ended = Some(Ended { on, quiet_until: on, moved: 5, held: None, inputs });
        flag
    };
    let look = |flags: Vec<PastFlag>| {
        findings(&Material { flags, visits: visits.clone(), ..Material::default() })
    };
    let found = look(vec![open.clone()]);
    assert_eq!((found[0].signal.as_str(), found[0].level), ("CMB-04", Level::Orange));
    // One entry for each visit.
    let days: Vec<_> = found[0].inputs.iter().filter_map(|input| input.day).collect();
    assert_eq!(days, ["2026-05-01", "2026-08-01", "2026-11-01"].map(day));
    // Put right between two visits it was not there at the later one, unless it was raised anew.
    assert_eq!(look(vec![until("2026-09-15")]), []);
    let anew = flag("MGT-03", Level::Yellow, FlagState::Confirmed, "2026-11-05");
    assert_eq!(look(vec![until("2026-09-15"), anew]).len(), 1);
    // Rejected, it comes again with the next visit.
    let mut rejected = flag("CMB-04", Level::Orange, FlagState::Rejected, "2026-11-02");
    rejected.stamp = Some(found[0].stamp.clone());
    assert_eq!(look(vec![open, rejected]), []);
}

#[test]
fn a_rejected_combination_comes_again_only_with_another_flag_in_it() {
    let of = |signal: &str, on: &str| flag(signal, Level::Yellow, FlagState::Proposed, on);
    let seen = |flags: Vec<PastFlag>| {
        findings(&Material { loans: vec![loan(Some(3))], flags, ..Material::default() })
    };
    // An old flag, and one that the same look finds: their order is no news once both are flags.
    let old = of("ACC-15", "2026-10-01");
    let first = seen(vec![old.clone()]);
    let signals = |found: &[Finding]| found.iter().map(|f| f.signal.clone()).collect::<Vec<_>>();
    assert_eq!(signals(&first), ["ACC-01", "CMB-03"]);
    let mut rejected = flag("CMB-03", Level::Orange, FlagState::Rejected, "2026-11-23");
    rejected.stamp = Some(first[1].stamp.clone());
    let both = vec![rejected.clone(), of("ACC-01", "2026-11-23"), old.clone()];
    assert_eq!(signals(&seen(both.clone())), [""; 0]);
    // As it was written before it was sorted.
    let mut unsorted = both.clone();
    unsorted[0].stamp = Some("ACC-15@2026-10-01;ACC-01@2026-11-23;".to_owned());
    assert_eq!(signals(&seen(unsorted)), [""; 0]);
    // One of three falls out of its days: fewer than what was rejected.
    let mut three = both.clone();
    let stamp = "ACC-19@2026-08-01;ACC-15@2026-10-01;ACC-01@2026-11-23;";
    three[0].stamp = Some(stamp.to_owned());
    assert_eq!(signals(&seen(three)), [""; 0]);
    let another = both.into_iter().chain([of("ACC-16", "2026-11-20")]).collect();
    assert_eq!(signals(&seen(another)), ["CMB-03"]);
    // What was rejected of one group says nothing of another one.
    let others = [of("MGT-03", "2026-11-01"), of("MGT-15", "2026-11-02")];
    let two = [rejected, of("ACC-01", "2026-11-23"), old].into_iter().chain(others).collect();
    assert!(signals(&seen(two)).contains(&"CMB-03".to_owned()));
}

#[test]
fn what_was_decided_about_is_not_proposed_again_until_its_inputs_change() {
    let material = |last_3, flags| Material {
        inflow: Series { last_3: Some(last_3), before_3: Some(100), ..Series::default() },
        flags,
        ..Material::default()
    };
    let first = findings(&material(40, Vec::new())).remove(0);
    assert_eq!(
        first.inputs.iter().filter(|i| !i.is_limit()).map(|i| i.fact.as_str()).collect::<Vec<_>>(),
        ["inflow_drop_before"]
    );
    assert_eq!(first.inputs[0].day, Some(day("2026-10-31")));
    let stamped = |state| {
        let mut flag = flag("ACC-09", Level::Orange, state, "2026-11-02");
        flag.stamp = Some(first.stamp.clone());
        flag.ended = (state == FlagState::Closed).then(|| Ended {
            on: day("2026-11-20"),
            quiet_until: day("2027-01-20"),
            moved: 5,
            held: Some(true),
            inputs: first.inputs.clone(),
        });
        vec![flag]
    };
    for state in [FlagState::Proposed, FlagState::Confirmed, FlagState::Rejected, FlagState::Closed]
    {
        assert!(findings(&material(40, stamped(state))).is_empty(), "{state:?}");
        let live = matches!(state, FlagState::Proposed | FlagState::Confirmed);
        assert_eq!(findings(&material(30, stamped(state))).is_empty(), live, "{state:?}");
    }
}

#[test]
fn days_that_grow_are_no_news() {
    let at = |today: &str, flags: &[PastFlag]| {
        let material = Material {
            loans: vec![loan(None)],
            instalments: Some(Instalments {
                running: true,
                oldest_unpaid: Some(day("2026-11-10")),
                ..Instalments::default()
            }),
            ..Material::default()
        };
        let signals = crate::assets::signals::shared().unwrap();
        let sheet = sheet(&material, &signals, day(today));
        let past = Past { flags, visits: &[] };
        judge(&crate::assets::warning::shared().unwrap().general, &sheet, past, day(today))
    };
    let first = at("2026-11-20", &[]).remove(0);
    let mut rejected = flag("ACC-02", Level::Orange, FlagState::Rejected, "2026-11-20");
    rejected.stamp = Some(first.stamp);
    assert!(at("2026-11-25", &[rejected.clone()]).is_empty());
    // The next band is another signal.
    assert_eq!(at("2026-12-15", &[rejected]).remove(0).signal, "ACC-03");
}

proptest::proptest! {
    /// Taking a fact away never raises what was not raised with it: not known is never bad.
    #[test]
    fn what_is_not_known_raises_nothing(
        dpd in proptest::option::of(0_i64..90),
        last in proptest::option::of(0_i64..200),
        before in proptest::option::of(0_i64..200),
        same in proptest::option::of(0_i64..200),
        hide in 0_usize..4,
    ) {
        let material = |hidden: Option<usize>| {
            let keep = |n: usize, value: Option<i64>| value.filter(|_| hidden != Some(n));
            Material {
                loans: vec![loan(keep(0, dpd))],
                inflow: Series {
                    last_3: keep(1, last), before_3: keep(2, before), year_now: keep(1, last),
                    year_before: keep(3, same), ..Series::default()
                },
                ..Material::default()
            }
        };
        let whole = found(&material(None));
        for signal in found(&material(Some(hide))) {
            proptest::prop_assert!(whole.contains(&signal), "{:?}", signal);
        }
    }
}
