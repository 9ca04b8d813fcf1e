use proptest::prelude::*;

use super::*;

fn rule(needs: &[OpinionLevel]) -> OpinionRule {
    OpinionRule {
        id: "r".to_owned(),
        needs: needs.to_vec(),
        red_flag: false,
        tier_from: None,
        tier_worse: false,
        exposure_from: None,
        source: "J".to_owned(),
        verified: false,
    }
}

fn rules(opinions: Vec<OpinionRule>) -> ReviewRules {
    ReviewRules {
        version: "review@1".to_owned(),
        sample_percent: 5,
        differs_signal: "MGT-01".to_owned(),
        opinions,
        script: Vec::new(),
    }
}

#[test]
fn a_rule_needs_all_that_it_names() {
    use OpinionLevel::{Compliance, Risk, Second};
    let red = OpinionRule { red_flag: true, ..rule(&[Second]) };
    let worse = OpinionRule { tier_worse: true, ..rule(&[Risk]) };
    let bad = OpinionRule {
        tier_from: Some(Tier::Doubtful),
        exposure_from: Some(Fen(100)),
        ..rule(&[Compliance, Risk])
    };
    let all = rules(vec![red, worse, bad]);
    let case = |red_flag, tier, tier_before, exposure| ReviewCase {
        red_flag,
        tier,
        tier_before,
        exposure,
    };
    let normal = Some(Tier::Normal);
    let mention = Some(Tier::SpecialMention);
    let cases: [(ReviewCase, &[OpinionLevel]); 8] = [
        (case(false, normal, normal, None), &[]),
        (case(true, normal, normal, None), &[Second]),
        (case(false, mention, normal, None), &[Risk]),
        (case(false, normal, mention, None), &[]),
        (case(false, mention, None, None), &[]),
        (case(false, Some(Tier::Loss), Some(Tier::Loss), Some(Fen(99))), &[]),
        (case(false, Some(Tier::Loss), Some(Tier::Loss), Some(Fen(100))), &[Risk, Compliance]),
        (case(true, Some(Tier::Loss), normal, Some(Fen(100))), &[Second, Risk, Compliance]),
    ];
    for (case, wanted) in cases {
        assert_eq!(all.needed(&case), wanted, "{case:?}");
    }
    // A rule without any condition would hold up every record: it holds for none.
    assert_eq!(rules(vec![rule(&[Second])]).needed(&case(true, mention, normal, None)), []);
}

proptest! {
    /// A case that is worse in one respect never needs fewer opinions.
    #[test]
    fn worse_never_needs_less(red in any::<bool>(), tier in 0_usize..5, exposure in 0_i64..200) {
        let all = rules(vec![
            OpinionRule { red_flag: true, ..rule(&[OpinionLevel::Second]) },
            OpinionRule { tier_from: Some(Tier::Doubtful), ..rule(&[OpinionLevel::Risk]) },
            OpinionRule { exposure_from: Some(Fen(100)), ..rule(&[OpinionLevel::Compliance]) },
        ]);
        let case = ReviewCase {
            red_flag: red,
            tier: Tier::ALL.get(tier).copied(),
            tier_before: None,
            exposure: Some(Fen(exposure)),
        };
        let needed = all.needed(&case);
        let worse = ReviewCase {
            red_flag: true,
            tier: Some(Tier::Loss),
            tier_before: None,
            exposure: Some(Fen(exposure + 1)),
        };
        let more = all.needed(&worse);
        prop_assert!(needed.iter().all(|level| more.contains(level)));
    }
}
