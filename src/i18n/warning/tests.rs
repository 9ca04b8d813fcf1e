use super::*;
use crate::warning::Fact;

#[test]
fn a_day_is_told_with_what_it_is_the_day_of() {
    let day = NaiveDate::from_ymd_opt(2026, 7, 29).unwrap();
    for (fact, zh, en) in [
        ("days_past_due", "最早未还期 2026-07-29", "oldest unpaid since 2026-07-29"),
        ("matures_in", "到期日 2026-07-29", "maturity 2026-07-29"),
        ("inflow_drop_year", "截至 2026-07-29", "as of 2026-07-29"),
        ("ACC-03", "2026-07-29", "2026-07-29"),
    ] {
        assert_eq!(day_of(Lang::Zh, fact, day), zh);
        assert_eq!(day_of(Lang::En, fact, day), en);
    }
    // What counts days is not a figure as of a day.
    for fact in Fact::ALL.iter().filter(|fact| fact.is_age()) {
        for lang in [Lang::En, Lang::Zh] {
            let told = day_of(lang, fact.as_code(), day);
            assert!(!told.starts_with(lang.pick("as of", "截至")), "{told}");
        }
    }
}
