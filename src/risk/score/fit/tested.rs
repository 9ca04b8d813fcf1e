//! How a card does on companies that it was not made of: what its sums came to mean.

use super::{Market, Sample, rounded};
use crate::risk::score::lead::{self, Lead, Pair};
use crate::risk::score::measure::{self, Outcome, Slice};
use crate::risk::score::{Band, Card, Judged};

/// Where the last bands are cut: tenths, and finer where it is graver.
const CUTS: [f64; 11] = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98];
/// Probabilities at which grades begin.
const GRADES: [(f64, char); 4] = [(0.12, 'E'), (0.05, 'D'), (0.02, 'C'), (0.005, 'B')];

/// Cuts the scores into bands and gives each the share of bad ones seen there, which may only rise.
pub(super) fn bands(samples: &[Sample], scores: &[i32], weights: &[f64]) -> Vec<Band> {
    let mut sorted: Vec<(i32, f64, bool)> = samples
        .iter()
        .zip(scores)
        .zip(weights)
        .map(|((sample, score), weight)| (*score, *weight, sample.bad))
        .collect();
    sorted.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let total: f64 = weights.iter().sum();
    let mut starts = vec![0];
    let mut passed = 0.0;
    let mut cuts = CUTS.iter().peekable();
    for (score, weight, _) in &sorted {
        passed += weight;
        while cuts.next_if(|cut| passed / total >= **cut).is_some() {
            if starts.last().is_some_and(|last| last < score) {
                starts.push(*score);
            }
        }
    }
    // (from, weight, weight of the bad): neighbours that fall are joined.
    let mut pools: Vec<(i32, f64, f64)> = Vec::new();
    for (at, from) in starts.iter().enumerate() {
        let end = starts.get(at + 1).copied().unwrap_or(i32::MAX);
        let inside = sorted.iter().filter(|(s, ..)| s >= from && *s < end);
        let (all, bad) = inside.fold((0.0, 0.0), |(all, bad), (_, w, is_bad)| {
            (all + w, if *is_bad { bad + w } else { bad })
        });
        pools.push((*from, all, bad));
        while let [.., (_, a, b), (_, c, d)] = pools.as_slice()
            && b / a >= d / c
        {
            let (c, d) = (*c, *d);
            pools.pop();
            if let Some(low) = pools.last_mut() {
                low.1 += c;
                low.2 += d;
            }
        }
    }
    pools
        .into_iter()
        .map(|(from, all, bad)| {
            let probability = rounded(bad / all, 4);
            Band { from, probability, grade: grade(probability) }
        })
        .collect()
}

fn grade(probability: f64) -> char {
    GRADES.iter().find(|(from, _)| probability >= *from).map_or('A', |(_, grade)| *grade)
}

/// Tenths of score: what the bands promised and what came.
pub(super) fn slices(
    card: &Card,
    samples: &[Sample],
    scores: &[i32],
    weights: &[f64],
) -> Vec<Slice> {
    let mut order: Vec<usize> = (0..samples.len()).collect();
    order.sort_by_key(|at| (scores.get(*at).copied(), *at));
    let total: f64 = weights.iter().sum();
    let empty = Slice { weight: 0.0, predicted: 0.0, observed: 0.0, bad: 0 };
    let mut slices = vec![empty];
    let mut passed = 0.0;
    for at in order {
        let (Some(sample), Some(score), Some(weight)) =
            (samples.get(at), scores.get(at), weights.get(at))
        else {
            continue;
        };
        if let Some(slice) = slices.last_mut() {
            slice.weight += weight;
            slice.predicted += weight * card.band(*score).probability;
            if sample.bad {
                slice.observed += weight;
                slice.bad += 1;
            }
        }
        passed += weight;
        let tenths = f64::from(u32::try_from(slices.len()).unwrap_or(u32::MAX)) / 10.0;
        if passed / total >= tenths && slices.len() < 10 {
            slices.push(empty);
        }
    }
    for slice in &mut slices {
        slice.predicted /= slice.weight.max(f64::MIN_POSITIVE);
        slice.observed /= slice.weight.max(f64::MIN_POSITIVE);
    }
    slices
}

/// How well scores order each market, where it has companies of both kinds.
pub(super) fn judge(samples: &[Sample], markets: &[Market], scores: &[i32]) -> Vec<Judged> {
    markets
        .iter()
        .enumerate()
        .filter_map(|(market, of)| {
            let outcomes: Vec<Outcome> = own(samples, market, scores)
                .map(|(sample, score)| Outcome { score, bad: sample.bad })
                .collect();
            let auc = rounded(measure::auc(&outcomes)?, 4);
            let recall = rounded(measure::recall(&outcomes, 0.1)?, 4);
            Some(Judged { name: of.name.clone(), auc, recall })
        })
        .collect()
}

/// By how much scores order a market better than others do.
pub(super) fn lead(
    samples: &[Sample],
    market: usize,
    scores: &[i32],
    others: &[i32],
) -> Option<Lead> {
    let pairs: Vec<Pair<'_>> = own(samples, market, scores)
        .zip(own(samples, market, others))
        .map(|((sample, ours), (_, theirs))| Pair {
            company: &sample.company,
            ours,
            theirs,
            bad: sample.bad,
        })
        .collect();
    lead::lead(&pairs)
}

/// The companies of a market with their scores.
fn own<'a>(
    samples: &'a [Sample],
    market: usize,
    scores: &'a [i32],
) -> impl Iterator<Item = (&'a Sample, f64)> {
    samples
        .iter()
        .zip(scores)
        .filter(move |(sample, _)| sample.market == market)
        .map(|(sample, score)| (sample, f64::from(*score)))
}
