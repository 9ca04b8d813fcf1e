//! Limits of the ratios, as the pack gives them.

use std::collections::BTreeMap;

use super::ratios::Ratio;
use crate::domain::flag::Level;
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

impl Side {
    /// Whether a value lies on this side of a border.
    fn is_beyond(self, value: Decimal4, border: Decimal4) -> bool {
        match self {
            Self::Above => value > border,
            Self::Below => value < border,
        }
    }

    /// Whether the course from one value to the next is one for the worse, by at least so many
    /// percent of the earlier one: less is noise.
    pub fn worse_by(self, now: Decimal4, before: Decimal4, percent: Decimal4) -> bool {
        let moved = i128::from(now.0) - i128::from(before.0);
        let least = i128::from(before.0).abs() * i128::from(percent.0);
        self.is_beyond(now, before) && moved.abs() * 1_000_000 >= least
    }
}

/// Two limits with their origin, in the ratio's own unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limit {
    /// 关注
    pub watch: Decimal4,
    /// 警戒
    pub alarm: Decimal4,
    /// 红线: where the source knows a third one.
    pub grave: Option<Decimal4>,
    /// Where the numbers come from.
    pub source: String,
    /// Whether the bank has confirmed them.
    pub verified: bool,
}

/// Two limits of the change against the same period of the year before, in the bad direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// By so many points: 关注, 警戒.
    Points(Decimal4, Decimal4),
    /// To so many times: 关注, 警戒.
    Times(Decimal4, Decimal4),
}

/// Words of an industry, and words beside which they mean another one: who makes ceramics for building
/// builds nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trade {
    /// One of these stands in the text.
    pub words: Vec<String>,
    /// And none of these.
    pub not: Vec<String>,
}

impl Trade {
    /// Whether an industry is meant.
    pub fn fits(&self, industry: &str) -> bool {
        let has = |words: &[String]| words.iter().any(|word| industry.contains(word.as_str()));
        has(&self.words) && !has(&self.not)
    }
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
    /// Limits of industries, first match counts.
    pub industries: Vec<(Trade, Limit)>,
    /// Limits of the change against the same period.
    pub change: Option<Change>,
}

impl RatioRule {
    /// The limits for a customer of this industry.
    pub fn limit(&self, industry: Option<&str>) -> &Limit {
        let fits = |trade: &Trade| industry.is_some_and(|text| trade.fits(text));
        let special = self.industries.iter().find(|(trade, _)| fits(trade));
        special.map_or(&self.general, |(_, limit)| limit)
    }

    /// Judges a value; `None` = not computable.
    pub fn judge(&self, value: Option<Decimal4>, industry: Option<&str>) -> Light {
        let Some(value) = value else { return Light::Unknown };
        let limit = self.limit(industry);
        if self.is_beyond(value, limit.alarm) {
            Light::Alarm
        } else if self.is_beyond(value, limit.watch) {
            Light::Watch
        } else {
            Light::Ok
        }
    }

    /// How grave a value is, by itself and against the same period of the year before: 关注 is
    /// yellow, 警戒 orange, 红线 red; `None` = within all limits.
    pub fn level(
        &self,
        value: Decimal4,
        same: Option<Decimal4>,
        industry: Option<&str>,
    ) -> Option<Level> {
        let limit = self.limit(industry);
        if limit.grave.is_some_and(|grave| self.is_beyond(value, grave)) {
            return Some(Level::Red);
        }
        let of = |light| match light {
            Light::Alarm => Some(Level::Orange),
            Light::Watch => Some(Level::Yellow),
            Light::Ok | Light::Unknown => None,
        };
        let changed = same.and_then(|same| self.change_light(value, same));
        of(self.judge(Some(value), industry)).max(changed.and_then(of))
    }

    fn change_light(&self, value: Decimal4, same: Decimal4) -> Option<Light> {
        let (watch, alarm) = match self.change? {
            Change::Points(watch, alarm) => (self.moved(same, watch), self.moved(same, alarm)),
            // Times of nothing, or of less, say nothing.
            Change::Times(..) if same.0 <= 0 => return None,
            Change::Times(watch, alarm) => (times(same, watch)?, times(same, alarm)?),
        };
        if self.is_beyond(value, alarm) {
            Some(Light::Alarm)
        } else {
            self.is_beyond(value, watch).then_some(Light::Watch)
        }
    }

    /// So many points from a value into the bad direction.
    const fn moved(&self, from: Decimal4, by: Decimal4) -> Decimal4 {
        match self.beyond {
            Side::Above => Decimal4(from.0.saturating_add(by.0)),
            Side::Below => Decimal4(from.0.saturating_sub(by.0)),
        }
    }

    /// Whether a value lies on the bad side of a limit.
    pub fn is_beyond(&self, value: Decimal4, border: Decimal4) -> bool {
        self.beyond.is_beyond(value, border)
    }
}

fn times(value: Decimal4, factor: Decimal4) -> Option<Decimal4> {
    let product = i128::from(value.0) * i128::from(factor.0) / 10_000;
    i64::try_from(product).ok().map(Decimal4)
}

/// The limits of all ratios.
pub type Limits = BTreeMap<Ratio, RatioRule>;

#[cfg(test)]
mod tests;
