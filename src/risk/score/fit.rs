//! Makes a card from outcomes: logistic regression on bins whose points may only rise towards the
//! side that the trade knows to be riskier.
//!
//! Everything is deterministic: the same rows give the same card to the last point. Each market (or
//! file) has a level of its own in the fit, so that the card learns order within markets and not
//! which market is worse; bad and good companies of a market weigh alike. What is not known counts
//! as the middle between the bad and the good companies of its market, where it moves the odds neither
//! way: in some collections the very gap gives the outcome away.
//!
//! Where a published formula knows how much an input matters, its steps are drawn towards that and
//! not towards none: so few or foreign outcomes do not flatten what was found elsewhere.

mod bins;
mod solve;
mod tested;

use bins::{Binned, Layout};
use solve::{Model, Pull};

use super::lead::Lead;
use super::measure::Slice;
use super::{Card, Input, Judged, Rule, Source, Taken};

/// One company at one date, with what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// Index of its market.
    pub market: usize,
    /// The company: all its rows stand on the same side of each test.
    pub company: String,
    /// What was known.
    pub taken: Taken,
    /// Whether it turned bad.
    pub bad: bool,
}

/// A set of companies under one law and one book-keeping.
#[derive(Debug, Clone, PartialEq)]
pub struct Market {
    /// Name.
    pub name: String,
    /// Citation and licence.
    pub citation: String,
    /// How much its bad companies weigh beside those of the others.
    pub weight: f64,
    /// How much its good companies weigh beside its bad ones.
    pub goods: f64,
}

/// How a card is made.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// Into how many bins an input is cut at first; bins with equal points are joined.
    pub bins: usize,
    /// How strongly steps are drawn towards none.
    pub ridge: f64,
    /// How strongly the steps of an input that has a published slope are drawn towards that.
    pub firm: f64,
    /// Towards what share of the published slope.
    pub share: f64,
    /// Into how many parts companies are divided for testing.
    pub folds: u32,
    /// Least number of bad and of good companies.
    pub least: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { bins: 20, ridge: 15.0, firm: 60.0, share: 0.5, folds: 5, least: 50 }
    }
}

/// Why no card can be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FitFault {
    /// Too few outcomes of either kind.
    TooFew {
        /// Bad ones.
        bad: u32,
        /// Good ones.
        good: u32,
        /// How many of each are needed.
        least: u32,
    },
    /// The template has no input of statements.
    NoInput,
}

/// A card with how it was tested.
#[derive(Debug, Clone, PartialEq)]
pub struct Fitted {
    /// The card, made of all rows.
    pub card: Card,
    /// The sum of each company, in the order of the rows, by a card that was made without it.
    pub unseen: Vec<i32>,
    /// Tenths of score on companies not used: predicted against observed.
    pub slices: Vec<Slice>,
    /// How the card does beside its template on companies not used, in the order of the markets.
    pub beside: Vec<Beside>,
}

/// Another card on the companies of a market, and whether the new one is better.
#[derive(Debug, Clone, PartialEq)]
pub struct Beside {
    /// How well the other card orders them.
    pub judged: Judged,
    /// By how much the new one orders them better.
    pub lead: Option<Lead>,
}

/// What all bad companies weigh: together with the ridge it decides how bold steps are.
const EVIDENCE: f64 = 1_500.0;

/// Makes a card after a template: its inputs, names and points of conduct are kept.
pub fn fit(
    template: &Card,
    id: &str,
    samples: &[Sample],
    markets: &[Market],
    settings: Settings,
) -> Result<Fitted, FitFault> {
    let bad = count(samples, true);
    let good = count(samples, false);
    if bad < settings.least || good < settings.least {
        return Err(FitFault::TooFew { bad, good, least: settings.least });
    }
    let inputs: Vec<Input> =
        template.rules.iter().map(|rule| rule.input).filter(|input| !input.is_conduct()).collect();
    if inputs.is_empty() {
        return Err(FitFault::NoInput);
    }
    let weights = weights(samples, markets);
    let mut card = rules_of(template, id, &inputs, samples, &weights, markets.len(), settings);
    // Each company is scored by a card made without it.
    let mut unseen = vec![0_i32; samples.len()];
    for fold in 0..settings.folds {
        let inside = |sample: &Sample| fold_of(&sample.company, settings.folds) == fold;
        let rest: Vec<usize> = indices(samples, |sample| !inside(sample));
        let training: Vec<Sample> = rest.iter().filter_map(|i| samples.get(*i).cloned()).collect();
        let weights = self::weights(&training, markets);
        let part = rules_of(template, id, &inputs, &training, &weights, markets.len(), settings);
        for at in indices(samples, inside) {
            if let (Some(sample), Some(score)) = (samples.get(at), unseen.get_mut(at)) {
                *score = part.sum(&sample.taken);
            }
        }
    }
    let even = even_weights(samples, markets.len());
    card.base_rate = rounded(mean_rate(samples, &even), 4);
    card.bands = tested::bands(samples, &unseen, &even);
    let slices = tested::slices(&card, samples, &unseen, &even);
    card.judged = tested::judge(samples, markets, &unseen);
    let other: Vec<i32> = samples.iter().map(|sample| template.sum(&sample.taken)).collect();
    let beside = tested::judge(samples, markets, &other)
        .into_iter()
        .map(|judged| {
            let market = markets.iter().position(|market| market.name == judged.name);
            let lead = market.and_then(|at| tested::lead(samples, at, &unseen, &other));
            Beside { judged, lead }
        })
        .collect();
    card.sources = markets
        .iter()
        .enumerate()
        .map(|(market, of)| {
            let own: Vec<Sample> =
                samples.iter().filter(|sample| sample.market == market).cloned().collect();
            Source {
                name: of.name.clone(),
                citation: of.citation.clone(),
                rows: count(&own, true) + count(&own, false),
                bad: count(&own, true),
            }
        })
        .collect();
    Ok(Fitted { card, unseen, slices, beside })
}

fn count(samples: &[Sample], bad: bool) -> u32 {
    u32::try_from(samples.iter().filter(|sample| sample.bad == bad).count()).unwrap_or(u32::MAX)
}

fn indices(samples: &[Sample], wanted: impl Fn(&Sample) -> bool) -> Vec<usize> {
    samples.iter().enumerate().filter(|(_, sample)| wanted(sample)).map(|(at, _)| at).collect()
}

/// In which part a company is: by its name alone, whatever stands before it in the file.
fn fold_of(company: &str, folds: u32) -> u32 {
    // FNV-1a.
    let hash = company.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let folded = (hash >> 32) ^ (hash & 0xffff_ffff);
    u32::try_from(folded % u64::from(folds.max(1))).unwrap_or(0)
}

/// How many good and bad companies each market has, at least one.
fn sizes(samples: &[Sample], markets: usize) -> Vec<[f64; 2]> {
    let of = |market, bad| {
        let n = samples.iter().filter(|s| s.market == market && s.bad == bad).count();
        f64::from(u32::try_from(n).unwrap_or(u32::MAX)).max(1.0)
    };
    (0..markets).map(|market| [of(market, false), of(market, true)]).collect()
}

/// The bad companies of a market together weigh as much as its good ones.
fn halves(samples: &[Sample], markets: usize) -> Vec<f64> {
    let sizes = sizes(samples, markets);
    samples
        .iter()
        .map(|s| sizes.get(s.market).map_or(1.0, |sizes| 0.5 / sizes[usize::from(s.bad)]))
        .collect()
}

/// The bad companies of a market weigh what the market weighs, its good ones so many times that.
fn weights(samples: &[Sample], markets: &[Market]) -> Vec<f64> {
    let sizes = sizes(samples, markets.len());
    let sum: f64 = markets.iter().map(|market| market.weight).sum();
    samples
        .iter()
        .map(|sample| {
            let market = markets.get(sample.market);
            let weight = market.map_or(1.0, |market| market.weight) / sum;
            let share = if sample.bad { 1.0 } else { market.map_or(1.0, |market| market.goods) };
            let n = sizes.get(sample.market).map_or(1.0, |sizes| sizes[usize::from(sample.bad)]);
            EVIDENCE * weight * share / n
        })
        .collect()
}

/// Each market weighs alike, its companies as they are: what probabilities are told of.
fn even_weights(samples: &[Sample], markets: usize) -> Vec<f64> {
    let sizes: Vec<f64> = (0..markets)
        .map(|market| {
            let n = samples.iter().filter(|sample| sample.market == market).count();
            f64::from(u32::try_from(n).unwrap_or(u32::MAX)).max(1.0)
        })
        .collect();
    samples.iter().map(|s| 1.0 / sizes.get(s.market).copied().unwrap_or(1.0)).collect()
}

fn mean_rate(samples: &[Sample], weights: &[f64]) -> f64 {
    let sum: f64 = weights.iter().sum();
    let bad: f64 = samples.iter().zip(weights).filter(|(s, _)| s.bad).map(|(_, w)| *w).sum();
    bad / sum.max(f64::MIN_POSITIVE)
}

/// A card without bands.
fn rules_of(
    template: &Card,
    id: &str,
    inputs: &[Input],
    samples: &[Sample],
    weights: &[f64],
    markets: usize,
    settings: Settings,
) -> Card {
    let layout = Layout::new(inputs, samples, weights, settings.bins);
    let binned = Binned::new(&layout, samples, weights, &halves(samples, markets), markets);
    let pull: Vec<Pull> = layout.pull(&binned, settings);
    let model = Model::solve(&binned, samples, weights, &pull);
    let scale = f64::from(template.double_odds) / std::f64::consts::LN_2;
    let rules = template
        .rules
        .iter()
        .map(|rule| match inputs.iter().position(|input| *input == rule.input) {
            None => rule.clone(),
            Some(at) => {
                let (steps, points, missing) = layout.rule(at, &model, &binned, scale);
                let source = "fit".to_owned();
                Rule { steps, points, missing, source, verified: true, ..rule.clone() }
            }
        })
        .collect();
    Card { id: id.to_owned(), rules, bands: Vec::new(), ..template.clone() }
}

/// So many decimals: what stands in a card is what it was made of.
fn rounded(value: f64, decimals: i32) -> f64 {
    let scale = 10_f64.powi(decimals);
    (value * scale).round() / scale
}

#[cfg(test)]
mod tests;
