//! The rules in force, compiled.

use std::collections::BTreeMap;

use super::facts;
use crate::domain::flag::Level;
use crate::domain::money::Decimal4;
use crate::form::FaultKind;
use crate::form::rule::{Rule, Vocabulary};
use crate::risk::{Basis, Ratio, Side, Signals};

pub use crate::risk::{Combination, Same};

/// Rules of signals and of their combination.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    /// Id of the pack.
    pub pack: String,
    /// By signal, in order of code.
    pub(super) signals: Vec<SignalRule>,
    /// In the order of the pack.
    pub(super) combinations: Vec<Combination>,
    /// Signals that tell of one trouble.
    troubles: Vec<Vec<String>>,
    /// Which way each ratio is worse.
    sides: BTreeMap<String, Side>,
}

/// The rule of one signal.
#[derive(Debug, Clone)]
pub(super) struct SignalRule {
    pub(super) code: String,
    pub(super) level: Level,
    pub(super) rule: Rule,
    /// A higher level, and when it is proposed instead.
    pub(super) graver: Option<(Level, Rule)>,
    pub(super) text: String,
}

/// Which way the fact with this name is worse by a library; `None` = no way is.
pub fn side_of(signals: &Signals, fact: &str) -> Option<Side> {
    let ratio = fact.strip_prefix("ratio.").and_then(Ratio::from_code);
    ratio.and_then(|ratio| Some(signals.ratio(ratio)?.beyond)).or_else(|| facts::side_of(fact))
}

impl Rules {
    /// Compiles the rules of a library under these limits, but for signals that are off. The fault
    /// of the first rule that is not sound, with the code of its signal.
    pub fn compile(
        signals: &Signals,
        limits: BTreeMap<String, Decimal4>,
    ) -> Result<Self, (String, FaultKind)> {
        let vocabulary = Vocabulary::new(facts::all(), limits);
        let mut rules = Vec::new();
        for signal in signals.all() {
            let Basis::Rule(text) = &signal.basis else { continue };
            // One that is off must be sound too: it may be switched on again.
            let rule = vocabulary.rule(text).map_err(|fault| (signal.code.clone(), fault))?;
            let graver = signal.up_to.zip(signal.graver.as_ref()).map(|(level, text)| {
                let rule = vocabulary.rule(text).map_err(|fault| (signal.code.clone(), fault))?;
                Ok((level, rule))
            });
            let graver = graver.transpose()?;
            if signal.on {
                let (code, level) = (signal.code.clone(), signal.level);
                rules.push(SignalRule { code, level, rule, graver, text: text.clone() });
            }
        }
        let on = |c: &&Combination| signals.get(&c.code).is_some_and(|signal| signal.on);
        Ok(Self {
            pack: signals.id().to_owned(),
            signals: rules,
            combinations: signals.combinations().iter().filter(on).cloned().collect(),
            troubles: signals.troubles().to_vec(),
            sides: Ratio::ALL
                .iter()
                .filter_map(|r| Some((format!("ratio.{}", r.as_code()), signals.ratio(*r)?.beyond)))
                .collect(),
        })
    }

    /// Which way the fact with this name is worse; `None` = no way is.
    pub(super) fn side(&self, fact: &str) -> Option<Side> {
        self.sides.get(fact).copied().or_else(|| facts::side_of(fact))
    }

    /// What stands for the trouble of which a signal tells: the signal, or the first of its set.
    pub(super) fn trouble<'a>(&'a self, signal: &'a str) -> &'a str {
        let set = self.troubles.iter().find(|set| set.iter().any(|code| code == signal));
        set.and_then(|set| set.first()).map_or(signal, String::as_str)
    }

    /// How many signals have a rule here.
    pub fn len(&self) -> usize {
        self.signals.len()
    }

    /// Whether a rule asks what was answered at visits: reading it takes time.
    pub fn ask_for_answers(&self) -> bool {
        let places = self.signals.iter().flat_map(|signal| signal.rule.facts());
        places.copied().any(facts::is_of_visits)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.signals.is_empty()
    }
}
