//! Events outside (外部事件): a price, a policy, a flood.

use super::code::codes;
use super::money::Decimal4;

codes! {
    /// What kind of event.
    pub enum EventKind {
        /// 价格变动
        Price = "price",
        /// 政策
        Policy = "policy",
        /// 灾害、疫情
        Disaster = "disaster",
        /// 其他
        Other = "other",
    }
}

/// On which side of a price a customer stands: buyers are hurt by a rise, sellers by a fall.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PriceSide {
    /// It is a cost to her.
    Buys,
    /// It is her product.
    Sells,
    /// Both, or nobody knows.
    Either,
}

impl PriceSide {
    /// Whether a change of the price hurts who stands there.
    pub const fn is_hurt(self, change: Decimal4) -> bool {
        match self {
            Self::Buys => change.0 > 0,
            Self::Sells => change.0 < 0,
            Self::Either => true,
        }
    }
}

/// Whom an event concerns. What is empty concerns everybody in that respect.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reach {
    /// Words of industries; a customer's text that has one of them is meant.
    pub industries: Vec<String>,
    /// Districts, by their exact names.
    pub districts: Vec<String>,
    /// Words of the industries that hang on the drivers.
    pub driven: Vec<String>,
}

impl Reach {
    /// Whether nothing narrows it: then nobody is meant, for a register that means all tells nothing.
    pub fn is_empty(&self) -> bool {
        self.industries.is_empty() && self.districts.is_empty() && self.driven.is_empty()
    }

    /// Whether a customer is meant: in one of the districts, and of an industry that is named or
    /// hangs on a driver.
    pub fn meets(&self, industry: Option<&str>, district: Option<&str>) -> bool {
        if self.is_empty() {
            return false;
        }
        let here = self.districts.is_empty()
            || district.is_some_and(|at| self.districts.iter().any(|known| known == at));
        let words = || self.industries.iter().chain(&self.driven);
        let of_trade = words().next().is_none()
            || industry.is_some_and(|text| words().any(|word| has(text, word)));
        here && of_trade
    }

    /// Whether an industry is one of those that are named, not only one that hangs on a driver.
    pub fn names(&self, industry: Option<&str>) -> bool {
        self.industries.iter().any(|word| industry.is_some_and(|text| has(text, word)))
    }

    /// Why a customer is meant: the district and the words of its industry that meet.
    pub fn why(&self, industry: Option<&str>, district: Option<&str>) -> Vec<String> {
        let here = self.districts.iter().filter(|known| district == Some(known.as_str()));
        let words = self.industries.iter().chain(&self.driven);
        let mut all: Vec<String> = Vec::new();
        let met = words.filter(|word| industry.is_some_and(|text| has(text, word)));
        for word in here.chain(met) {
            if !all.contains(word) {
                all.push(word.clone());
            }
        }
        all
    }
}

/// Whether an industry is of a word; 非金属 is not of 金属.
pub fn has(industry: &str, word: &str) -> bool {
    industry
        .match_indices(word)
        .any(|(at, _)| industry.get(..at).is_some_and(|before| !before.ends_with('非')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_meets_whom_it_names_and_nobody_when_it_names_nobody() {
        let list = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect();
        let reach = |industries: &[&str], districts: &[&str], driven: &[&str]| Reach {
            industries: list(industries),
            districts: list(districts),
            driven: list(driven),
        };
        let cases = [
            (reach(&[], &[], &[]), Some("钢材批发"), Some("城东"), false),
            (reach(&["钢"], &[], &[]), Some("钢材批发"), Some("城东"), true),
            (reach(&["钢"], &[], &[]), None, Some("城东"), false),
            (reach(&[], &["城东"], &[]), None, Some("城东"), true),
            (reach(&[], &["城东"], &[]), None, Some("城东区"), false),
            (reach(&["钢"], &["城东"], &[]), Some("钢材批发"), Some("城西"), false),
            (reach(&["茶"], &[], &["机械"]), Some("机械制造"), None, true),
            (reach(&[], &[], &["金属"]), Some("非金属矿物制品"), None, false),
            (reach(&[], &[], &["金属"]), Some("金属制品"), None, true),
            (reach(&[], &[], &["金属"]), Some("非金属与金属制品"), None, true),
        ];
        for (reach, industry, district, expected) in cases {
            assert_eq!(reach.meets(industry, district), expected, "{reach:?} {industry:?}");
            // Whoever is meant is told why.
            if expected {
                assert_ne!(reach.why(industry, district), Vec::<String>::new(), "{reach:?}");
            }
        }
        let all = reach(&["钢", "材"], &["城东"], &["钢"]);
        assert_eq!(all.why(Some("钢材批发"), Some("城东")), ["城东", "钢", "材"]);
        assert_eq!(all.why(Some("茶叶"), None), Vec::<String>::new());
    }
}
