//! The early-warning score: a card of points that anybody can add up by hand.
//!
//! Each input falls into one bin, each bin has whole points, the score is their sum; a table turns
//! the sum into a probability and a grade. The card is data; [`fit`] makes one from outcomes.
//! A score is an aid: nothing follows from it by itself.

pub mod fit;
pub mod formula;
pub mod input;
pub mod lead;
pub mod measure;
pub mod told;

pub use input::{Given, Input, Measure, Side, Taken, Unknown};

/// So many points an input at the most, on either side of 0: whole sums that anybody can add up.
pub const MOST_POINTS: u32 = 10_000;

/// A scorecard.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// Id: `score@4`.
    pub id: String,
    /// So many points more double the odds.
    pub double_odds: i32,
    /// Mean share of bad outcomes to which the probabilities are calibrated.
    pub base_rate: f64,
    /// Inputs in the order in which they are shown.
    pub rules: Vec<Rule>,
    /// What the sum means, in ascending order of [`Band::from`].
    pub bands: Vec<Band>,
    /// What it was made of.
    pub sources: Vec<Source>,
    /// How well it did on companies that it was not made of.
    pub judged: Vec<Judged>,
}

/// Points of one input.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Which input.
    pub input: Input,
    /// 中文
    pub zh: String,
    /// English.
    pub en: String,
    /// How it is worked out, 中文.
    pub how_zh: String,
    /// How it is worked out, English.
    pub how_en: String,
    /// Borders of the bins, ascending; a value that equals a border lies above it.
    pub steps: Vec<f64>,
    /// Points of the bins, one more than borders.
    pub points: Vec<i32>,
    /// Points where the input is not known: the mean, so that not knowing says nothing.
    pub missing: i32,
    /// Where the points come from: `fit`, or a letter as in the other packs.
    pub source: String,
    /// Whether they rest on outcomes or have been confirmed by the bank.
    pub verified: bool,
}

/// What sums from here on mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    /// Least score of the band.
    pub from: i32,
    /// Share of bad outcomes.
    pub probability: f64,
    /// Grade, `A` the best.
    pub grade: char,
}

/// A set of companies that a card was made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Name.
    pub name: String,
    /// Citation and licence.
    pub citation: String,
    /// How many rows.
    pub rows: u32,
    /// How many of them turned bad.
    pub bad: u32,
}

/// How well a card orders the companies of one set.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// Name of the set.
    pub name: String,
    /// Chance that a bad one scores higher than a good one.
    pub auc: f64,
    /// Share of the bad ones among the tenth that scores highest.
    pub recall: f64,
}

/// What one input adds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// Which input.
    pub input: Input,
    /// Its value, or why there is none.
    pub value: Result<f64, Unknown>,
    /// Its points.
    pub points: i32,
    /// Greatest points that it could have: how much it weighs.
    pub at_most: i32,
}

/// A score with everything that it is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Scored {
    /// The sum of the points.
    pub score: i32,
    /// Share of bad outcomes among companies with such a score.
    pub probability: f64,
    /// Grade.
    pub grade: char,
    /// One part an input, in the order of the card.
    pub parts: Vec<Part>,
    /// How many inputs of the statements are known.
    pub known: usize,
}

impl Scored {
    /// The probability in ten-thousandths, as it is stored.
    #[expect(clippy::cast_possible_truncation, reason = "a share is at most one")]
    pub fn per_ten_thousand(&self) -> i64 {
        (self.probability * 10_000.0).round() as i64
    }
}

/// Why a card is faulty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CardFault {
    /// No or too many points for the bins of this input.
    Points(Input),
    /// The borders of this input are not in ascending order, or not numbers.
    Steps(Input),
    /// Points of this input are more than [`MOST_POINTS`], or those of not knowing lie outside its bins.
    Range(Input),
    /// Points of this input do not rise towards the side that is riskier.
    NotMonotone(Input),
    /// This input stands twice.
    Twice(Input),
    /// Bands must begin with a score that every company reaches, and rise in score, probability and grade.
    Bands,
    /// A share that is none, or points that double nothing.
    Scale,
}

impl Card {
    /// Whether the card can be used: what a person may have mistyped.
    pub fn check(&self) -> Result<(), CardFault> {
        let share = |p: f64| p.is_finite() && (0.0..=1.0).contains(&p);
        if self.double_odds <= 0 || !share(self.base_rate) {
            return Err(CardFault::Scale);
        }
        for (at, rule) in self.rules.iter().enumerate() {
            rule.check()?;
            if self.rules.iter().skip(at + 1).any(|other| other.input == rule.input) {
                return Err(CardFault::Twice(rule.input));
            }
        }
        let least: i32 = self.rules.iter().map(Rule::at_least).sum();
        let rises = self.bands.windows(2).all(|pair| match pair {
            [low, high] => {
                low.from < high.from
                    && low.probability <= high.probability
                    && low.grade <= high.grade
            }
            _ => true,
        });
        let reached = self.bands.first().is_some_and(|band| band.from <= least);
        if reached && rises && self.bands.iter().all(|band| share(band.probability)) {
            Ok(())
        } else {
            Err(CardFault::Bands)
        }
    }

    /// The rule of an input.
    pub fn rule(&self, input: Input) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.input == input)
    }

    /// Adds up what is known of a company.
    pub fn score(&self, taken: &Taken) -> Scored {
        let parts: Vec<Part> = self.rules.iter().map(|rule| rule.part(taken)).collect();
        let score = parts.iter().map(|part| part.points).sum();
        let known = Given::STATEMENT.iter().filter(|given| taken.get(**given).is_ok()).count();
        let band = self.band(score);
        Scored { score, probability: band.probability, grade: band.grade, parts, known }
    }

    /// The sum alone: what a whole book needs.
    pub fn sum(&self, taken: &Taken) -> i32 {
        self.rules.iter().map(|rule| rule.part(taken).points).sum()
    }

    /// What a score means.
    pub fn band(&self, score: i32) -> Band {
        let none = Band { from: 0, probability: self.base_rate, grade: '?' };
        let reached = self.bands.iter().take_while(|band| band.from <= score).last();
        reached.or(self.bands.first()).copied().unwrap_or(none)
    }
}

impl Rule {
    fn check(&self) -> Result<(), CardFault> {
        if self.points.len() != self.steps.len() + 1 {
            return Err(CardFault::Points(self.input));
        }
        let ascending = self.steps.windows(2).all(|pair| matches!(pair, [a, b] if a < b));
        if !ascending || !self.steps.iter().all(|step| step.is_finite()) {
            return Err(CardFault::Steps(self.input));
        }
        let monotone = self.points.windows(2).all(|pair| match (pair, self.input.riskier()) {
            ([a, b], Side::High) => a <= b,
            ([a, b], Side::Low) => a >= b,
            _ => true,
        });
        if !monotone {
            return Err(CardFault::NotMonotone(self.input));
        }
        let bounded = self.points.iter().all(|points| points.unsigned_abs() <= MOST_POINTS);
        let (least, most) = (self.points.iter().min(), self.points.iter().max());
        // Not knowing is neither better nor worse than everything that could be known.
        let between = least <= Some(&self.missing) && Some(&self.missing) <= most;
        if bounded && between { Ok(()) } else { Err(CardFault::Range(self.input)) }
    }

    fn at_least(&self) -> i32 {
        self.points.iter().copied().chain([self.missing]).min().unwrap_or(0)
    }

    fn part(&self, taken: &Taken) -> Part {
        let value = self.input.value(taken);
        let at_most = self.points.iter().copied().max().unwrap_or(0);
        let points = match value {
            Ok(value) => {
                let bin = self.steps.iter().take_while(|step| **step <= value).count();
                self.points.get(bin).copied().unwrap_or(self.missing)
            }
            // No debt ratio is worse than debts without assets.
            Err(Unknown::OwesOnNothing) if self.input == Input::Debt => at_most,
            Err(_unknown) => self.missing,
        };
        Part { input: self.input, value, points, at_most }
    }
}

#[cfg(test)]
mod tests;
