//! What a branch has set about signals in its own file, as it stood when the visit began: it counts for
//! what answers and words propose as for what rules find.

use super::definition::Proposal;
use crate::domain::answer::Value;
use crate::domain::facts::{self, Facts};
use crate::domain::flag::Level;
use crate::risk::{Signals, level_for};

/// Takes out what is not looked for, and gives what is left the level that the branch has set.
pub fn in_force(proposals: &mut Vec<Proposal>, facts: &Facts) {
    let list = |name: &str| match facts.get(name) {
        Some(Value::Multi(list)) => list.as_slice(),
        _ => &[],
    };
    let (off, levels) = (list(facts::SIGNALS_OFF), list(facts::SIGNAL_LEVELS));
    proposals.retain(|proposal| !off.contains(&proposal.signal));
    for proposal in proposals.iter_mut() {
        let mut set = levels.iter().filter_map(|set| of(set));
        if let Some((_, shipped, own)) = set.find(|(code, ..)| *code == proposal.signal) {
            proposal.level = level_for(proposal.level, shipped, own);
        }
    }
}

/// `FIN-04:orange:red`: the level of the library, and that of the branch.
fn of(set: &str) -> Option<(&str, Level, Level)> {
    let (rest, own) = set.rsplit_once(':')?;
    let (code, shipped) = rest.rsplit_once(':')?;
    Some((code, Level::from_code(shipped)?, Level::from_code(own)?))
}

/// The same as facts of a record: signals that are off, and levels that are the branch's own; `None` =
/// there are none.
pub fn as_facts(signals: &Signals) -> [(&'static str, Option<Value>); 2] {
    let off: Vec<String> =
        signals.all().filter(|signal| !signal.on).map(|signal| signal.code.clone()).collect();
    let level = |signal: &crate::risk::Signal| {
        let (shipped, own) = (signal.shipped?.as_code(), signal.level.as_code());
        Some(format!("{}:{shipped}:{own}", signal.code))
    };
    let levels: Vec<String> = signals.all().filter_map(level).collect();
    let some = |list: Vec<String>| (!list.is_empty()).then_some(Value::Multi(list));
    [(facts::SIGNALS_OFF, some(off)), (facts::SIGNAL_LEVELS, some(levels))]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Words;

    #[test]
    fn what_is_off_is_not_proposed_and_a_level_of_the_branch_counts() {
        let proposal = |signal: &str, level| Proposal {
            signal: signal.to_owned(),
            level,
            item: String::new(),
            note: Words { zh: String::new(), en: String::new() },
            limits: Vec::new(),
        };
        let library = crate::assets::signals::shared().unwrap();
        let mut signals = (*library).clone();
        for (code, on, level) in
            [("FIN-10", false, None), ("FIN-11", true, Some(Level::Red)), ("MGT-09", true, None)]
        {
            signals = signals.with_change(code, |signal| {
                signal.on = on;
                if let Some(level) = level {
                    signal.set_level(level);
                }
            });
        }
        let known = as_facts(&signals).into_iter();
        let facts = known.filter_map(|(name, value)| Some((name.to_owned(), value?))).collect();
        let all = ["FIN-10", "FIN-11", "FIN-14"];
        let mut proposals: Vec<_> = all.map(|code| proposal(code, Level::Orange)).into();
        in_force(&mut proposals, &Facts(facts));
        let left: Vec<_> = proposals.iter().map(|p| (p.signal.as_str(), p.level)).collect();
        assert_eq!(left, [("FIN-11", Level::Red), ("FIN-14", Level::Orange)]);
        // Nothing set: nothing kept.
        assert_eq!(as_facts(&library).map(|(_, value)| value), [None, None]);
    }
}
