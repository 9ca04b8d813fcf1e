use super::*;

#[test]
fn grave_flags_take_one_step_at_a_time_and_end_only_where_somebody_has_verified() {
    use FlagStep::{Acknowledged, Acting, Cleared, MeasureDecided, Open, Transferred, Verify};
    for level in [Level::Orange, Level::Red] {
        for step in FlagStep::ALL {
            let ways = step.ways(level);
            assert_eq!(ways.contains(&Cleared), *step == Verify, "{step:?}");
            assert!(ways.iter().filter(|way| !way.ends() && *way > step).count() <= 1, "{step:?}");
        }
        let path = [Open, Acknowledged, MeasureDecided, Acting, Verify, Cleared];
        assert!(path.windows(2).all(|pair| pair[0].ways(level).contains(&pair[1])));
    }
    assert!(Open.ways(Level::Yellow).contains(&Cleared));
    assert_eq!(Verify.ways(Level::Yellow), [Acting, Cleared, Transferred]);
}

#[test]
fn nothing_leads_out_of_an_end_and_nothing_back_but_from_verification() {
    for level in Level::ALL {
        for step in FlagStep::ALL {
            for way in step.ways(*level) {
                assert!(!step.ends());
                assert!(way > step || (*step, *way) == (FlagStep::Verify, FlagStep::Acting));
            }
        }
    }
}

#[test]
fn an_ended_flag_waits_for_nothing() {
    for step in FlagStep::ALL {
        assert_eq!(Awaited::of(FlagState::Closed, *step), None);
        assert_eq!(Awaited::of(FlagState::Rejected, *step), None);
        assert_eq!(Awaited::of(FlagState::Proposed, *step), Some(Awaited::Decision));
    }
    assert_eq!(Awaited::of(FlagState::Confirmed, FlagStep::Acting), None);
}
