//! Both ways to the last day of a delay say the same of a visit that was never put off.

use super::*;
use crate::assets;
use crate::domain::duty::{DutyClass, DutyCode};
use crate::domain::sample::day;

fn duty(due: NaiveDate, delayed_from: Option<NaiveDate>) -> Duty {
    Duty {
        code: DutyCode::UseOfFunds,
        reference: "L1#1".to_owned(),
        class: DutyClass::Any,
        opens: due,
        raw_due: due,
        due,
        delayed_from,
        rule: "node.use_of_funds".to_owned(),
        policy: "default@1".to_owned(),
    }
}

#[test]
fn a_first_delay_goes_as_far_as_the_rule_of_all() {
    let mut policy = assets::policy::parse("p.toml", assets::policy::default_text()).unwrap();
    let today = day("2026-11-23");
    for most in [0, 1, 30] {
        policy.delay.most_days = most;
        for due in ["2026-10-01", "2026-11-22", "2026-11-23", "2026-12-20"].map(day) {
            let first = last_first_delay(due, &policy, today);
            assert_eq!(first, last_delay(&[duty(due, None)], &policy, today), "{due} {most}");
            let counted = due.max(today) + Days::new(u64::try_from(most).unwrap());
            assert_eq!(first, (due < counted).then_some(counted), "{due} {most}");
        }
    }
}

#[test]
fn what_was_put_off_counts_from_its_own_day() {
    let policy = assets::policy::parse("p.toml", assets::policy::default_text()).unwrap();
    let most = Days::new(u64::try_from(policy.delay.most_days).unwrap());
    let (before, now) = (day("2026-11-20"), day("2026-11-21"));
    let last = last_delay(&[duty(now, Some(before))], &policy, day("2026-11-19"));
    assert_eq!(last, Some(before + most));
    // Put off as far as may be, it goes no further.
    let full = before + most;
    assert_eq!(last_delay(&[duty(full, Some(before))], &policy, day("2026-11-19")), None);
}
