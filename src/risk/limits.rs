//! Limits of the ratios, as the pack gives them.

use std::collections::BTreeMap;

use super::ratios::Ratio;
use crate::domain::money::Decimal4;

/// Judgement of a figure against its limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Light {
    /// Within the limits.
    Ok,
    /// 关注: beyond the first limit.
    Watch,
    /// 警戒: beyond the second limit.
    Alarm,
    /// A figure is missing, or would divide by zero: never shown as ok.
    Unknown,
}

/// Which side of a limit is bad.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Greater than the limit.
    Above,
    /// Smaller than the limit.
    Below,
}

/// Two limits with their origin, in the ratio's own unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limit {
    /// 关注
    pub watch: Decimal4,
    /// 警戒
    pub alarm: Decimal4,
    /// Where the numbers come from.
    pub source: String,
    /// Whether the bank has confirmed them.
    pub verified: bool,
}

/// A ratio with its name and limits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RatioRule {
    /// 中文
    pub zh: String,
    /// English.
    pub en: String,
    /// Which side is bad.
    pub beyond: Side,
    /// Limits for everybody else.
    pub general: Limit,
    /// Limits of industries whose text has one of the words, first match counts.
    pub industries: Vec<(Vec<String>, Limit)>,
}

impl RatioRule {
    /// The limits for a customer of this industry.
    pub fn limit(&self, industry: Option<&str>) -> &Limit {
        let fits = |words: &Vec<String>| {
            industry.is_some_and(|text| words.iter().any(|word| text.contains(word.as_str())))
        };
        let special = self.industries.iter().find(|(words, _)| fits(words));
        special.map_or(&self.general, |(_, limit)| limit)
    }

    /// Judges a value; `None` = not computable.
    pub fn judge(&self, value: Option<Decimal4>, industry: Option<&str>) -> Light {
        let Some(value) = value else { return Light::Unknown };
        let limit = self.limit(industry);
        let beyond = |border: Decimal4| match self.beyond {
            Side::Above => value > border,
            Side::Below => value < border,
        };
        if beyond(limit.alarm) {
            Light::Alarm
        } else if beyond(limit.watch) {
            Light::Watch
        } else {
            Light::Ok
        }
    }
}

/// The limits of all ratios.
pub type Limits = BTreeMap<Ratio, RatioRule>;
