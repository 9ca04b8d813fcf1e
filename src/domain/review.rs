//! Review in levels: whose further opinion a record needs, what she can say, and call-backs.

use super::code::codes;
use super::loan::Tier;
use super::money::Fen;
use super::user::Role;

codes! {
    /// 会签层级: whose opinion is wanted beside the reviewer's.
    pub enum OpinionLevel {
        /// 第二主管: another supervisor.
        Second = "second",
        /// 风险
        Risk = "risk",
        /// 合规
        Compliance = "compliance",
    }
}

impl OpinionLevel {
    /// The role that gives this opinion.
    pub const fn role(self) -> Role {
        match self {
            Self::Second => Role::Supervisor,
            Self::Risk => Role::Risk,
            Self::Compliance => Role::Compliance,
        }
    }
}

codes! {
    /// 意见
    pub enum Verdict {
        /// 同意
        Agree = "agree",
        /// 有条件同意: the text says which.
        Conditions = "conditions",
        /// 不同意: the text says why.
        Disagree = "disagree",
    }
}

impl Verdict {
    /// Whether a record may be approved with it.
    pub const fn lets_pass(self) -> bool {
        !matches!(self, Self::Disagree)
    }
}

codes! {
    /// 抽样回访结果
    pub enum CallResult {
        /// 一致: the customer confirms what the record says.
        Confirmed = "confirmed",
        /// 未联系上
        NotReached = "not_reached",
        /// 不一致
        Differs = "differs",
    }
}

/// The rules of review: a pack, changed by the bank without a new program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewRules {
    /// `review@1`.
    pub version: String,
    /// Of a hundred records handed in during a month, how many are called back.
    pub sample_percent: u32,
    /// The signal that is proposed when a call-back differs.
    pub differs_signal: String,
    /// Which records need which further opinions.
    pub opinions: Vec<OpinionRule>,
    /// What is asked in a call-back, in order.
    pub script: Vec<ScriptLine>,
}

/// A record that fulfils every condition given needs these opinions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpinionRule {
    /// Id.
    pub id: String,
    /// Whose.
    pub needs: Vec<OpinionLevel>,
    /// A red flag is open, or was proposed in this visit.
    pub red_flag: bool,
    /// The tier is this one or worse.
    pub tier_from: Option<Tier>,
    /// The tier is worse than at the visit before.
    pub tier_worse: bool,
    /// The exposure is at least this.
    pub exposure_from: Option<Fen>,
    /// Where the rule comes from.
    pub source: String,
    /// Whether the bank has confirmed it.
    pub verified: bool,
}

/// One line of the script of a call-back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScriptLine {
    /// 中文
    pub zh: String,
    /// English.
    pub en: String,
}

/// What the rules look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ReviewCase {
    /// A red flag is open, or was proposed in this visit.
    pub red_flag: bool,
    /// Tier now.
    pub tier: Option<Tier>,
    /// Tier at the visit before.
    pub tier_before: Option<Tier>,
    /// Exposure.
    pub exposure: Option<Fen>,
}

impl OpinionRule {
    fn holds(&self, case: &ReviewCase) -> bool {
        let worse = case.tier.zip(case.tier_before).is_some_and(|(now, then)| now > then);
        let any = self.red_flag
            || self.tier_worse
            || self.tier_from.is_some()
            || self.exposure_from.is_some();
        any && (!self.red_flag || case.red_flag)
            && (!self.tier_worse || worse)
            && self.tier_from.is_none_or(|from| case.tier.is_some_and(|tier| tier >= from))
            && self.exposure_from.is_none_or(|from| case.exposure.is_some_and(|sum| sum >= from))
    }
}

impl ReviewRules {
    /// The opinions that a record needs, each once, in the order of the levels.
    pub fn needed(&self, case: &ReviewCase) -> Vec<OpinionLevel> {
        let rules = self.opinions.iter().filter(|rule| rule.holds(case));
        let mut levels: Vec<_> = rules.flat_map(|rule| rule.needs.iter().copied()).collect();
        levels.sort_unstable();
        levels.dedup();
        levels
    }
}

#[cfg(test)]
mod tests;
