//! Drivers of events: TOML to values.

use std::sync::{Arc, OnceLock};

use serde::Deserialize;

use super::reading::{faults, read};
use crate::domain::event::{PriceSide, has};
use crate::form::{Fault, FaultKind};

const FILE: &str = "drivers.toml";
const SOURCE: &str = include_str!("../../assets/signals/drivers.toml");

/// What the business of customers hangs on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Driver {
    /// Code: `steel`.
    pub code: String,
    /// 中文
    pub zh: String,
    /// English.
    pub en: String,
    /// Words of the industries that hang on it.
    pub industries: Vec<String>,
    /// Words of those among them that sell what the driver is the price of.
    pub sells: Vec<String>,
    /// Words of those that buy and sell it.
    pub either: Vec<String>,
    /// Whether the bank has confirmed it.
    pub verified: bool,
}

/// The built-in drivers, read once in the life of the program.
pub fn shared() -> Result<Arc<Vec<Driver>>, Fault> {
    static PACK: OnceLock<Result<Arc<Vec<Driver>>, Fault>> = OnceLock::new();
    PACK.get_or_init(|| parse(SOURCE).map(Arc::new)).clone()
}

/// The driver with this code or name.
pub fn find<'a>(drivers: &'a [Driver], text: &str) -> Option<&'a Driver> {
    drivers.iter().find(|d| d.code == text || d.zh == text || d.en.eq_ignore_ascii_case(text))
}

/// What the drivers are that a list of words means.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Resolved {
    /// Codes of those that are known.
    pub codes: Vec<String>,
    /// Words of the industries that hang on them.
    pub industries: Vec<String>,
    /// Words that mean none, as they were written.
    pub unknown: Vec<String>,
}

/// Reads words as codes or names of drivers.
pub fn resolve(drivers: &[Driver], words: &[String]) -> Resolved {
    let mut all = Resolved::default();
    for word in words {
        match find(drivers, word) {
            Some(driver) => {
                all.codes.push(driver.code.clone());
                all.industries.extend(driver.industries.iter().cloned());
            }
            None => all.unknown.push(word.clone()),
        }
    }
    all
}

/// On which side of the prices of these drivers an industry stands. Who is concerned for another
/// reason than a driver may stand on either.
pub fn side<'a>(
    drivers: &[Driver],
    codes: impl IntoIterator<Item = &'a str>,
    industry: Option<&str>,
) -> PriceSide {
    let Some(industry) = industry else { return PriceSide::Either };
    let is_of = |words: &[String]| words.iter().any(|word| has(industry, word));
    let of = |driver: &Driver| {
        if is_of(&driver.either) {
            PriceSide::Either
        } else if is_of(&driver.sells) {
            PriceSide::Sells
        } else {
            PriceSide::Buys
        }
    };
    let named = codes.into_iter().filter_map(|code| find(drivers, code));
    let mut sides = named.filter(|driver| is_of(&driver.industries)).map(of);
    let Some(first) = sides.next() else { return PriceSide::Either };
    if sides.all(|side| side == first) { first } else { PriceSide::Either }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    #[serde(rename = "pack")]
    _pack: String,
    driver: Vec<RawDriver>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDriver {
    code: toml::Spanned<String>,
    zh: String,
    en: String,
    industries: Vec<String>,
    #[serde(default)]
    sells: Vec<String>,
    #[serde(default)]
    either: Vec<String>,
    #[serde(rename = "source")]
    _source: String,
    verified: bool,
}

fn parse(text: &str) -> Result<Vec<Driver>, Fault> {
    let fault = faults(FILE, text);
    let raw: Raw = read(text, &fault)?;
    let mut drivers: Vec<Driver> = Vec::with_capacity(raw.driver.len());
    for driver in raw.driver {
        let at = driver.code.span().start;
        let code = driver.code.into_inner();
        if drivers.iter().any(|known| known.code == code) {
            return Err(fault(at, FaultKind::Duplicate(code)));
        }
        if driver.industries.is_empty() {
            return Err(fault(at, FaultKind::EmptyChoice(code)));
        }
        drivers.push(Driver {
            code,
            zh: driver.zh,
            en: driver.en,
            industries: driver.industries,
            sells: driver.sells,
            either: driver.either,
            verified: driver.verified,
        });
    }
    Ok(drivers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drivers_are_found_by_code_and_by_name() {
        let drivers = shared().unwrap();
        for text in ["steel", "钢材", "Steel"] {
            assert_eq!(find(&drivers, text).unwrap().code, "steel", "{text}");
        }
        assert_eq!(find(&drivers, "gold"), None);
        assert!(drivers.iter().all(|driver| !driver.zh.is_empty() && !driver.en.is_empty()));
        let words = ["钢材", "gold", "grain"].map(str::to_owned);
        let all = resolve(&drivers, &words);
        assert_eq!(all.codes, ["steel", "grain"]);
        assert_eq!(all.unknown, ["gold"]);
        let hang = ["steel", "grain"].map(|code| find(&drivers, code).unwrap().industries.clone());
        assert_eq!(all.industries, hang.concat());
    }

    #[test]
    fn an_industry_buys_or_sells_what_a_driver_is_the_price_of() {
        use PriceSide::{Buys, Either, Sells};
        let drivers = shared().unwrap();
        let cases = [
            (&["steel"][..], Some("机械制造"), Buys),
            (&["steel"], Some("钢材批发"), Sells),
            (&["steel"], Some("茶叶零售"), Either),
            (&["steel"], None, Either),
            (&[], Some("机械制造"), Either),
            (&["chemicals"], Some("化工"), Either),
            (&["steel", "cement"], Some("建筑安装"), Buys),
            (&["steel", "cement"], Some("钢铁、石材"), Sells),
            (&["fuel", "steel"], Some("钢材运输"), Either),
        ];
        for (codes, industry, wanted) in cases {
            assert_eq!(side(&drivers, codes.iter().copied(), industry), wanted, "{industry:?}");
        }
        // No word stands on two sides.
        let on_two = |d: &&Driver| d.either.iter().any(|word| d.sells.contains(word));
        assert_eq!(drivers.iter().find(on_two), None);
    }

    #[test]
    fn a_driver_twice_or_of_nothing_is_refused() {
        let twice = SOURCE.replace("code = \"fuel\"", "code = \"steel\"");
        assert!(matches!(parse(&twice).unwrap_err().what, FaultKind::Duplicate(_)));
        let (before, after) = SOURCE.split_once("industries = [").unwrap();
        let empty = format!("{before}industries = []{}", after.split_once(']').unwrap().1);
        assert!(matches!(parse(&empty).unwrap_err().what, FaultKind::EmptyChoice(_)));
    }
}
