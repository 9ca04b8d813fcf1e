//! How long something lasts, held against what a signal means.

use super::rules::proposed;
use super::*;
use crate::assets::warning::shared_limits;

fn all(cases: &[(&str, &str)]) {
    let wrong: Vec<_> = cases
        .iter()
        .map(|(text, wanted)| (text, proposed(text), wanted))
        .filter(|(_, found, wanted)| found != *wanted)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_standstill_of_days_is_none_of_a_month() {
    all(&[
        ("工地停工三天", "-"),
        ("工地停了十几天", "-"),
        ("工地停工二十九天", "-"),
        ("工地停工两周", "-"),
        ("工地停工半个月", "-"),
        ("工地停工不到一个月", "-"),
        ("工地停工一个多月", "PRJ-07"),
        ("工地停工三十天", "PRJ-07"),
        ("工地停工快俩月了", "PRJ-07"),
        ("工地停了四十多天", "PRJ-07"),
        ("工地停工一个半月", "PRJ-07"),
        ("工地停工半年", "PRJ-07"),
        // No time is named, or it isn't clear: whoever writes it is asked.
        ("工地停工", "PRJ-07"),
        ("工地停工不到两个月", "PRJ-07"),
        ("工地停工超过两周", "PRJ-07"),
        // No times.
        ("塔吊不转，工地一天到晚没人", "PRJ-07"),
        ("工地从2025年停工", "PRJ-07"),
        // The time of the clause counts, or of the next one.
        ("工地停工，到今天三天了", "-"),
        ("工地停工三天，工期三个月", "-"),
        ("The site stopped for three days.", "-"),
        ("Construction stopped for a fortnight.", "-"),
        ("Construction stopped 45 days ago.", "PRJ-07"),
        ("The site has been deserted for two months.", "PRJ-07"),
        // A workshop is no project.
        ("车间停工三天", "OPS-01"),
        ("车间停工一个多月", "OPS-01"),
    ]);
}

#[test]
fn who_is_not_reached_for_a_day_is_not_gone() {
    all(&[
        ("老板失联两天", "-"),
        ("老板手机关机半天", "-"),
        ("老板失联三天", "MGT-04"),
        ("老板失联好几天", "MGT-04"),
        ("老板失联一周", "MGT-04"),
        ("老板电话关机", "MGT-04"),
        ("The owner cannot be reached for two days", "-"),
        ("The owner cannot be reached for a week", "MGT-04"),
    ]);
}

#[test]
fn days_past_due_tell_which_signal_it_is() {
    all(&[
        ("本息逾期5天", "ACC-01"),
        ("本息逾期七天", "ACC-01"),
        ("本息逾期8天", "ACC-02"),
        ("还款日过去二十多天了还没还", "ACC-02"),
        ("本息逾期三十天", "ACC-02"),
        ("本息逾期31天", "ACC-03"),
        ("本息逾期超过三十天", "ACC-03"),
        ("本息逾期30天以上", "ACC-03"),
        ("本息逾期两个月", "ACC-03"),
        ("The loan is twenty days overdue", "ACC-02"),
        ("The loan is forty days overdue", "ACC-03"),
        ("本息逾期", "ACC-02"),
        ("本息没有逾期", "-"),
    ]);
}

#[test]
fn of_three_signals_for_days_past_due_one_is_told() {
    let found = shared().unwrap().scan("本息逾期四十天");
    let told: Vec<_> = found.iter().map(|finding| (&finding.what, finding.stand)).collect();
    let long = What::Word(Meaning::Signal("ACC-03".to_owned()));
    assert_eq!(told, [(&long, Stand::Said)]);
}

/// A signal's name tells the number that its words are held against: neither changes alone.
#[test]
fn limits_in_days_are_those_that_the_signals_tell() {
    let (limits, signals) = (shared_limits().unwrap(), crate::assets::signals::shared().unwrap());
    let named = [
        ("overdue_short", "ACC-01"),
        ("overdue_long", "ACC-02"),
        ("overdue_long", "ACC-03"),
        ("unreachable_days", "MGT-04"),
        ("standstill_days", "PRJ-07"),
    ];
    for (limit, code) in named {
        let days = (limits[limit].value.0 / 10_000).to_string();
        let signal = signals.get(code).unwrap();
        for name in [&signal.zh, &signal.en] {
            let mut numbers = name.split(|c: char| !c.is_ascii_digit());
            assert!(numbers.any(|number| number == days), "{limit} {days}: {name}");
        }
    }
}

#[test]
fn a_time_does_not_hide_a_denial() {
    let stands = |text| {
        let found = shared().unwrap().scan(text);
        found.into_iter().map(|finding| finding.stand).collect::<Vec<_>>()
    };
    assert_eq!(stands("工地没有停工三天"), [Stand::Denied]);
    assert_eq!(stands("工地停工三天"), [Stand::Below]);
}
