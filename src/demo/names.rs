//! Invented names: place + stem + trade + legal form for companies, surname × given name for
//! persons. Numbers have the right shape but lie in ranges that are never issued.

use super::chance::Chance;
use crate::domain::customer::Line;
use crate::domain::flag::Level;

const PLACES: &str = include_str!("../../assets/demo/places.txt");
const STEMS: &str = include_str!("../../assets/demo/stems.txt");
const TRADES: &str = include_str!("../../assets/demo/trades.txt");
const DISTRICTS: &str = include_str!("../../assets/demo/districts.txt");
const PERSONS: &str = include_str!("../../assets/demo/persons.txt");
const SIGNALS: &str = include_str!("../../assets/demo/signals.txt");
const SENTENCES: &str = include_str!("../../assets/demo/sentences.txt");

/// What a company does.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Trade {
    /// Which lines it belongs to.
    group: &'static str,
    /// Word in the company's name.
    pub(super) word: &'static str,
    /// 行业
    pub(super) industry: &'static str,
}

/// A signal that a demo flag carries.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Signal {
    /// Code of the signal library.
    pub(super) code: &'static str,
    /// Code of the level.
    pub(super) level: &'static str,
    /// What is done about it.
    pub(super) measure: &'static str,
}

impl Signal {
    /// Its level; yellow where the list names none.
    pub(super) fn level(&self) -> Level {
        Level::from_code(self.level).unwrap_or(Level::Yellow)
    }
}

/// The word lists, read once.
#[derive(Debug)]
pub(super) struct Names {
    places: Vec<&'static str>,
    stems: Vec<&'static str>,
    trades: Vec<Trade>,
    districts: Vec<(&'static str, Vec<&'static str>)>,
    surnames: Vec<&'static str>,
    given: Vec<&'static str>,
    /// Signals with level and measure.
    pub(super) signals: Vec<Signal>,
    /// Conclusions of past visits.
    pub(super) sentences: Vec<&'static str>,
}

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.starts_with('#') && !line.is_empty())
}

impl Names {
    /// Reads the word lists that are built in.
    pub(super) fn load() -> Self {
        let field = |line: &'static str, n: usize| line.split('|').nth(n).unwrap_or_default();
        let trades = lines(TRADES)
            .map(|l| Trade { group: field(l, 0), word: field(l, 1), industry: field(l, 2) })
            .collect();
        let signals = lines(SIGNALS)
            .map(|l| Signal { code: field(l, 0), level: field(l, 1), measure: field(l, 2) })
            .collect();
        let districts =
            lines(DISTRICTS).map(|l| (field(l, 0), field(l, 1).split(',').collect())).collect();
        let mut persons = lines(PERSONS).map(|l| l.split(' ').collect());
        Self {
            places: lines(PLACES).map(|l| field(l, 0)).collect(),
            stems: lines(STEMS).collect(),
            trades,
            districts,
            surnames: persons.next().unwrap_or_default(),
            given: persons.next().unwrap_or_default(),
            signals,
            sentences: lines(SENTENCES).collect(),
        }
    }

    /// A person's name.
    pub(super) fn person(&self, chance: &mut Chance) -> String {
        format!("{}{}", chance.pick(&self.surnames), chance.pick(&self.given))
    }

    /// A trade that fits the line.
    pub(super) fn trade(&self, line: Line, chance: &mut Chance) -> Trade {
        let group = match line {
            Line::Corporate => "corporate",
            Line::SmallBusiness => "small",
            Line::PersonalBusiness | Line::PersonalConsumption => "personal",
            Line::MicroShop => "micro",
            Line::Project => "project",
        };
        let fitting: Vec<Trade> =
            self.trades.iter().filter(|t| t.group == group).copied().collect();
        chance.pick(&fitting)
    }

    /// A borrower's name: a company, a shop, or the person herself.
    pub(super) fn borrower(
        &self,
        line: Line,
        trade: Trade,
        person: &str,
        chance: &mut Chance,
    ) -> String {
        let place = chance.pick(&self.places);
        let stem = chance.pick(&self.stems);
        match line {
            Line::Corporate => {
                let form = chance.pick(&["有限公司", "股份有限公司", "集团有限公司"]);
                format!("{place}{stem}{}{form}", trade.word)
            }
            Line::SmallBusiness => format!("{place}{stem}{}有限公司", trade.word),
            Line::Project => format!("{place}{}项目有限公司", trade.word),
            Line::PersonalBusiness | Line::MicroShop => format!("{stem}{}", trade.word),
            Line::PersonalConsumption => person.to_owned(),
        }
    }

    /// A district with one of its trade circles.
    pub(super) fn district(&self, chance: &mut Chance) -> (&'static str, &'static str) {
        let n = i64::try_from(self.districts.len()).unwrap_or(1);
        let i = usize::try_from(chance.between(0, n - 1)).unwrap_or(0);
        self.districts.get(i).map_or(("", ""), |(d, circles)| (*d, chance.pick(circles)))
    }

    /// A street address in a district.
    pub(super) fn address(&self, district: &str, chance: &mut Chance) -> String {
        let street = chance.pick(&["和平路", "解放街", "望湖大道", "创业路", "石板巷", "滨江路"]);
        let n = chance.between(1, 388);
        format!("{}市{district}{street}{n}号", chance.pick(&self.places))
    }
}

/// A mobile number with the right shape; numbers that begin with 12 are not given out.
pub(super) fn phone(chance: &mut Chance) -> String {
    format!("12{:09}", chance.between(0, 999_999_999))
}

/// An identity number with a right check digit; region 99 does not exist.
pub(super) fn person_id(chance: &mut Chance) -> String {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let body = format!(
        "990{:03}{:04}{:02}{:02}{:03}",
        chance.between(100, 999),
        chance.between(1962, 1999),
        chance.between(1, 12),
        chance.between(1, 28),
        chance.between(1, 999)
    );
    let sum: u32 = body.chars().zip(WEIGHTS).map(|(c, w)| c.to_digit(10).unwrap_or(0) * w).sum();
    let check = "10X98765432".chars().nth((sum % 11) as usize).unwrap_or('0');
    format!("{body}{check}")
}

/// A unified social credit code with a right check character; region 990000 does not exist.
pub(super) fn company_id(chance: &mut Chance) -> String {
    const SIGNS: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    let mut body = String::from("91990000");
    for _ in 0..9 {
        let i = usize::try_from(chance.between(0, 30)).unwrap_or(0);
        body.push(SIGNS.chars().nth(i).unwrap_or('0'));
    }
    let mut weight = 1_usize;
    let mut sum = 0;
    for c in body.chars() {
        sum += SIGNS.chars().position(|s| s == c).unwrap_or(0) * weight;
        weight = weight * 3 % 31;
    }
    body.push(SIGNS.chars().nth((31 - sum % 31) % 31).unwrap_or('0'));
    body
}
