//! How a visit is conducted: by which channel, by how many, and how like another record its words
//! may be. The numbers come from a pack (`assets::conduct`); nothing here has a value of its own.

use super::code::codes;
use super::duty::DutyCode;
use super::flag::Level;
use super::loan::Tier;
use super::money::Fen;
use super::visit::{Purpose, VisitClass};

codes! {
    /// 协查意见: what a co-inspector says of the record that she read.
    pub enum Stand {
        /// 同意
        Agree = "agree",
        /// 保留
        Reserve = "reserve",
        /// 不同意
        Disagree = "disagree",
    }
}

codes! {
    /// Why a visit needs two persons.
    pub enum TwoReason {
        /// The exposure reaches the limit.
        Exposure = "exposure",
        /// A flag of the limit's level or worse is open.
        Flag = "flag",
        /// The tier is one of those named.
        Tier = "tier",
    }
}

/// The rules in force.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Conduct {
    /// Id and version: `conduct@1`.
    pub version: String,
    /// The channels, in the order in which they are offered.
    pub channels: Vec<Channel>,
    /// Which visits need two persons.
    pub two: TwoPersons,
    /// From which likeness on the officer must say why.
    pub likeness: Likeness,
}

/// A way to see or hear a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Channel {
    /// `onsite`, `phone`, `video`, `questionnaire`, `desk`.
    pub code: String,
    /// Its names; the first of each language is the one that is offered.
    pub names: Vec<String>,
    /// On site or not.
    pub class: VisitClass,
    /// Duties that a visit by this channel does not meet.
    pub not_for: Vec<DutyCode>,
}

/// Which visits need two persons.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TwoPersons {
    /// Only visits of this class; `None` = all.
    pub class: Option<VisitClass>,
    /// From this exposure on.
    pub from_exposure: Option<Fen>,
    /// With an open flag of this level or worse.
    pub level: Option<Level>,
    /// With one of these tiers.
    pub tiers: Vec<Tier>,
}

/// How like another record the words of a record may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Likeness {
    /// From this percentage on a reason is required.
    pub percent: u8,
    /// Shorter texts, in characters, are not compared.
    pub least: usize,
}

impl Default for Likeness {
    fn default() -> Self {
        Self { percent: 100, least: usize::MAX }
    }
}

impl Conduct {
    /// The channel with this name, in whichever language, or with this code.
    pub fn channel(&self, name: &str) -> Option<&Channel> {
        let name = name.trim();
        self.channels.iter().find(|c| c.code == name || c.names.iter().any(|n| n == name))
    }

    /// The first duty among these that a visit by this channel does not meet. A channel that the
    /// pack does not know meets what its class meets.
    pub fn unmet(&self, channel: &str, purposes: &[Purpose]) -> Option<DutyCode> {
        let channel = self.channel(channel)?;
        purposes.iter().map(|p| p.code).find(|code| channel.not_for.contains(code))
    }
}

impl TwoPersons {
    /// Why a visit needs two persons; `None` = one is enough.
    pub fn reason(
        &self,
        class: VisitClass,
        exposure: Option<Fen>,
        level: Option<Level>,
        tier: Option<Tier>,
    ) -> Option<TwoReason> {
        if self.class.is_some_and(|only| only != class) {
            return None;
        }
        let reaches = |limit: Fen| exposure.is_some_and(|exposure| exposure >= limit);
        let flagged = |limit: Level| level.is_some_and(|level| level >= limit);
        if self.level.is_some_and(flagged) {
            Some(TwoReason::Flag)
        } else if tier.is_some_and(|tier| self.tiers.contains(&tier)) {
            Some(TwoReason::Tier)
        } else if self.from_exposure.is_some_and(reaches) {
            Some(TwoReason::Exposure)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_persons_where_a_rule_says_so() {
        let rule = TwoPersons {
            class: Some(VisitClass::Onsite),
            from_exposure: Some(Fen(1_000)),
            level: Some(Level::Red),
            tiers: vec![Tier::Loss],
        };
        let on = VisitClass::Onsite;
        let cases = [
            (on, Some(999), None, None, None),
            (on, Some(1_000), None, None, Some(TwoReason::Exposure)),
            (VisitClass::Offsite, Some(1_000), Some(Level::Red), Some(Tier::Loss), None),
            (on, None, Some(Level::Orange), Some(Tier::Normal), None),
            (on, None, Some(Level::Red), None, Some(TwoReason::Flag)),
            (on, None, None, Some(Tier::Loss), Some(TwoReason::Tier)),
        ];
        for (class, exposure, level, tier, wanted) in cases {
            let found = rule.reason(class, exposure.map(Fen), level, tier);
            assert_eq!(found, wanted, "{class:?} {exposure:?} {level:?} {tier:?}");
        }
        assert_eq!(TwoPersons::default().reason(on, Some(Fen(i64::MAX)), None, None), None);
    }
}
