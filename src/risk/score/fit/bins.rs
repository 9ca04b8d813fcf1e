//! Rows become bins. A bin is a row of steps: the first `n` of them are taken.

use super::{Model, Pull, Sample, Settings, rounded};
use crate::risk::score::formula::published;
use crate::risk::score::{Input, Side};

/// Where each input is cut.
#[derive(Debug)]
pub(super) struct Layout {
    inputs: Vec<(Input, Vec<f64>)>,
}

/// The rows as bins, and what each bin stands for.
#[derive(Debug)]
pub(super) struct Binned {
    /// Per input the level of each row.
    pub levels: Vec<Vec<u8>>,
    /// Per input the steps of each level: bins from the safest, then one level a market for what is
    /// not known there.
    pub steps: Vec<Vec<Vec<f64>>>,
    /// Per input the middle between the mean steps of bad and of good companies.
    pub mean: Vec<Vec<f64>>,
    /// Per input what a published formula adds at each bin, from the safest; empty where none does.
    pub published: Vec<Vec<f64>>,
    /// How many markets there are.
    pub markets: usize,
}

impl Layout {
    /// Cuts each input where the weights of its known values part evenly.
    pub(super) fn new(inputs: &[Input], samples: &[Sample], weights: &[f64], bins: usize) -> Self {
        let cut = |input: Input| {
            let mut known: Vec<(f64, f64)> = samples
                .iter()
                .zip(weights)
                .filter_map(|(s, w)| Some((input.value(&s.taken).ok()?, *w)))
                .collect();
            known.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
            let total: f64 = known.iter().map(|(_, weight)| weight).sum();
            let least = known.first().map_or(0.0, |(value, _)| *value);
            let parts = f64::from(u32::try_from(bins.clamp(2, 60)).unwrap_or(2));
            let mut cuts: Vec<f64> = Vec::new();
            let mut passed = 0.0;
            for (value, weight) in &known {
                passed += weight;
                loop {
                    let next = f64::from(u32::try_from(cuts.len() + 1).unwrap_or(u32::MAX));
                    if next >= parts || passed / total < next / parts {
                        break;
                    }
                    cuts.push(rounded(*value, 3));
                }
            }
            cuts.dedup();
            cuts.retain(|cut| *cut > least);
            cuts
        };
        // A matter of yes and no has one border.
        let border = |input| if input == Input::Loss { vec![0.5] } else { cut(input) };
        Self { inputs: inputs.iter().map(|input| (*input, border(*input))).collect() }
    }

    /// Towards what each step is drawn, and how strongly.
    pub(super) fn pull(&self, binned: &Binned, settings: Settings) -> Vec<Pull> {
        let mut pull = Vec::new();
        for ((_, cuts), adds) in self.inputs.iter().zip(&binned.published) {
            if adds.is_empty() {
                pull.extend(cuts.iter().map(|_| Pull { to: 0.0, by: settings.ridge }));
                continue;
            }
            let steps = adds.iter().zip(adds.iter().skip(1));
            pull.extend(steps.map(|(safer, riskier)| Pull {
                to: (riskier - safer).max(0.0) * settings.share,
                by: settings.firm,
            }));
        }
        pull
    }

    /// The rule of an input: borders with points from the left, and the points of not knowing.
    pub(super) fn rule(
        &self,
        at: usize,
        model: &Model,
        binned: &Binned,
        scale: f64,
    ) -> (Vec<f64>, Vec<i32>, i32) {
        let Some((input, cuts)) = self.inputs.get(at) else { return (Vec::new(), vec![0], 0) };
        let betas = model.of(at);
        let mut points = vec![0];
        let mut sum = 0.0;
        for beta in betas {
            sum += beta;
            points.push(whole(sum * scale));
        }
        let mean = binned.mean.get(at).map_or(&[][..], Vec::as_slice);
        let missing = whole(mean.iter().zip(betas).map(|(m, b)| m * b).sum::<f64>() * scale);
        if input.riskier() == Side::Low {
            points.reverse();
        }
        // Neighbours with the same points are one bin.
        let mut steps = Vec::new();
        let mut kept = vec![points.first().copied().unwrap_or(0)];
        for (cut, point) in cuts.iter().zip(points.iter().skip(1)) {
            if kept.last() != Some(point) {
                steps.push(*cut);
                kept.push(*point);
            }
        }
        (steps, kept, missing)
    }
}

impl Binned {
    pub(super) fn new(
        layout: &Layout,
        samples: &[Sample],
        weights: &[f64],
        halves: &[f64],
        markets: usize,
    ) -> Self {
        let mut all = Self {
            levels: Vec::new(),
            steps: Vec::new(),
            mean: Vec::new(),
            published: Vec::new(),
            markets,
        };
        for (input, cuts) in &layout.inputs {
            let width = cuts.len();
            let rank = |value: f64| {
                let above = cuts.iter().take_while(|cut| **cut <= value).count();
                if input.riskier() == Side::High { above } else { width - above }
            };
            let mut levels = Vec::with_capacity(samples.len());
            // Known weight and weighted steps, for each market and for all.
            let mut known = vec![0.0; markets + 1];
            let mut sums = vec![vec![0.0; width]; markets + 1];
            let slope = published(*input);
            // Of each bin its weight, and what the formula adds there.
            let mut adds = vec![(0.0, 0.0); if slope.is_some() { width + 1 } else { 0 }];
            for ((sample, weight), half) in samples.iter().zip(weights).zip(halves) {
                let Ok(value) = input.value(&sample.taken) else {
                    levels.push(narrow(width + 1 + sample.market));
                    continue;
                };
                let rank = rank(value);
                levels.push(narrow(rank));
                if let (Some(slope), Some(bin)) = (slope, adds.get_mut(rank)) {
                    bin.0 += weight;
                    bin.1 += weight * slope.adds(value);
                }
                for place in [sample.market, markets] {
                    if let (Some(known), Some(sums)) = (known.get_mut(place), sums.get_mut(place)) {
                        *known += half;
                        sums.iter_mut().take(rank).for_each(|sum| *sum += half);
                    }
                }
            }
            let mean = |place: usize| -> Vec<f64> {
                let sums = sums.get(place).map_or(&[][..], Vec::as_slice);
                let known = known.get(place).copied().unwrap_or(0.0);
                sums.iter().map(|sum| if known > 0.0 { sum / known } else { 0.0 }).collect()
            };
            let pooled = mean(markets);
            let mut steps: Vec<Vec<f64>> = (0..=width)
                .map(|rank| (0..width).map(|at| f64::from(u8::from(at < rank))).collect())
                .collect();
            for market in 0..markets {
                let has = known.get(market).is_some_and(|known| *known > 0.0);
                steps.push(if has { mean(market) } else { pooled.clone() });
            }
            all.levels.push(levels);
            all.steps.push(steps);
            all.mean.push(pooled);
            // A bin that nobody is in adds what the one before it does.
            let mut last = 0.0;
            all.published.push(
                adds.into_iter()
                    .map(|(weight, sum)| {
                        last = if weight > 0.0 { sum / weight } else { last };
                        last
                    })
                    .collect(),
            );
        }
        all
    }
}

/// There are at most some sixty bins and a handful of markets.
fn narrow(level: usize) -> u8 {
    u8::try_from(level).unwrap_or(u8::MAX)
}

#[expect(clippy::cast_possible_truncation, reason = "points are small; a cast saturates")]
fn whole(points: f64) -> i32 {
    points.round() as i32
}
