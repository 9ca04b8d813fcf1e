//! Logistic regression by Newton's method, with steps that may not be negative.
//!
//! Rows are only counted into tables of level against level; all the rest works on these.

use super::Sample;
use super::bins::Binned;

/// Rounds of Newton's method, of the inner search, and how often a round is halved.
const ROUNDS: usize = 40;
const SWEEPS: usize = 400;
const HALVINGS: usize = 12;
/// When steps move less than this they have arrived.
const STILL: f64 = 1e-7;

/// Towards what a step is drawn, in log-odds, and how strongly.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Pull {
    pub to: f64,
    pub by: f64,
}

/// The steps of each input, then one level a market.
#[derive(Debug)]
pub(super) struct Model {
    betas: Vec<f64>,
    /// Where the steps of each input begin.
    starts: Vec<usize>,
}

impl Model {
    /// The steps of an input.
    pub(super) fn of(&self, input: usize) -> &[f64] {
        let end = self.starts.get(input + 1).copied().unwrap_or(0);
        self.starts.get(input).and_then(|start| self.betas.get(*start..end)).unwrap_or_default()
    }

    /// Finds the steps under which the outcomes are likeliest, less what draws them elsewhere.
    pub(super) fn solve(
        binned: &Binned,
        samples: &[Sample],
        weights: &[f64],
        pull: &[Pull],
    ) -> Self {
        let problem = Problem::new(binned, samples, weights, pull);
        let mut betas = vec![0.0; problem.width];
        let mut worth = problem.loss(&betas);
        for _ in 0..ROUNDS {
            let (slope, curve) = problem.bend(&betas);
            let target = problem.descend(&betas, &slope, &curve);
            let mut share = 1.0;
            let mut moved = None;
            for _ in 0..HALVINGS {
                let tried: Vec<f64> =
                    betas.iter().zip(&target).map(|(b, t)| b + share * (t - b)).collect();
                let loss = problem.loss(&tried);
                if loss <= worth {
                    moved = Some((tried, loss));
                    break;
                }
                share /= 2.0;
            }
            let Some((next, loss)) = moved else { break };
            let most = betas.iter().zip(&next).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
            betas = next;
            worth = loss;
            if most < STILL {
                break;
            }
        }
        Self { betas, starts: problem.starts }
    }
}

/// A factor: the level of each row and the steps of each level.
struct Factor<'a> {
    levels: &'a [u8],
    steps: &'a [Vec<f64>],
}

struct Problem<'a> {
    factors: Vec<Factor<'a>>,
    starts: Vec<usize>,
    markets: usize,
    width: usize,
    samples: &'a [Sample],
    weights: &'a [f64],
    pull: &'a [Pull],
}

impl<'a> Problem<'a> {
    fn new(
        binned: &'a Binned,
        samples: &'a [Sample],
        weights: &'a [f64],
        pull: &'a [Pull],
    ) -> Self {
        let factors: Vec<Factor<'a>> = binned
            .levels
            .iter()
            .zip(&binned.steps)
            .map(|(levels, steps)| Factor { levels, steps })
            .collect();
        let mut starts = vec![0];
        let mut width = 0;
        for factor in &factors {
            width += factor.steps.first().map_or(0, Vec::len);
            starts.push(width);
        }
        let markets = binned.markets;
        Self { factors, starts, markets, width: width + markets, samples, weights, pull }
    }

    /// Where the levels of the markets begin.
    fn free(&self) -> usize {
        self.width - self.markets
    }

    /// What each level of each factor adds.
    fn sums(&self, betas: &[f64]) -> Vec<Vec<f64>> {
        self.factors
            .iter()
            .zip(&self.starts)
            .map(|(factor, start)| {
                let own = betas.get(*start..).unwrap_or_default();
                factor.steps.iter().map(|row| dot(row, own)).collect()
            })
            .collect()
    }

    /// The log-odds of each row.
    fn odds(&self, betas: &[f64]) -> Vec<f64> {
        let base = betas.get(self.free()..).unwrap_or_default();
        let mut odds: Vec<f64> =
            self.samples.iter().map(|s| base.get(s.market).copied().unwrap_or(0.0)).collect();
        for (factor, sums) in self.factors.iter().zip(self.sums(betas)) {
            for (z, level) in odds.iter_mut().zip(factor.levels) {
                *z += sums.get(usize::from(*level)).copied().unwrap_or(0.0);
            }
        }
        odds
    }

    fn loss(&self, betas: &[f64]) -> f64 {
        let rows = self.odds(betas).into_iter().zip(self.samples).zip(self.weights);
        let fit: f64 = rows
            .map(|((z, sample), weight)| {
                let z = if sample.bad { -z } else { z };
                // ln(1 + e^z) without overflow.
                weight * (z.max(0.0) + (-z.abs()).exp().ln_1p())
            })
            .sum();
        let drawn: f64 = self
            .pull
            .iter()
            .zip(betas)
            .map(|(pull, beta)| pull.by * (beta - pull.to).powi(2))
            .sum();
        fit + 0.5 * drawn
    }

    /// Gradient and Hessian.
    fn bend(&self, betas: &[f64]) -> (Vec<f64>, Vec<Vec<f64>>) {
        let mut slope = vec![0.0; self.width];
        let mut curve = vec![vec![0.0; self.width]; self.width];
        let rows: Vec<(f64, f64)> = self
            .odds(betas)
            .into_iter()
            .zip(self.samples)
            .zip(self.weights)
            .map(|((z, sample), weight)| {
                let p = 1.0 / (1.0 + (-z).exp());
                let y = f64::from(u8::from(sample.bad));
                (weight * (p - y), weight * (p * (1.0 - p)).max(1e-9))
            })
            .collect();
        let mut market_slope = vec![0.0; self.markets];
        let mut market_curve = vec![0.0; self.markets];
        for (sample, (g, h)) in self.samples.iter().zip(&rows) {
            add(&mut market_slope, sample.market, *g);
            add(&mut market_curve, sample.market, *h);
        }
        for market in 0..self.markets {
            let at = self.free() + market;
            add(&mut slope, at, market_slope.get(market).copied().unwrap_or(0.0));
            put(&mut curve, at, at, market_curve.get(market).copied().unwrap_or(0.0));
        }
        for (a, first) in self.factors.iter().enumerate() {
            let from = self.starts.get(a).copied().unwrap_or(0);
            let mut table = vec![0.0; first.steps.len()];
            let mut beside = vec![vec![0.0; self.markets]; first.steps.len()];
            for ((level, sample), (g, h)) in first.levels.iter().zip(self.samples).zip(&rows) {
                add(&mut table, usize::from(*level), *g);
                if let Some(row) = beside.get_mut(usize::from(*level)) {
                    add(row, sample.market, *h);
                }
            }
            for (level, row) in first.steps.iter().enumerate() {
                for (at, step) in row.iter().enumerate().filter(|(_, step)| **step != 0.0) {
                    add(&mut slope, from + at, step * table.get(level).copied().unwrap_or(0.0));
                    for (market, h) in beside.get(level).into_iter().flatten().enumerate() {
                        let to = self.free() + market;
                        put(&mut curve, from + at, to, step * h);
                        put(&mut curve, to, from + at, step * h);
                    }
                }
            }
            for (b, second) in self.factors.iter().enumerate().skip(a) {
                self.cross(&rows, (a, first), (b, second), &mut curve);
            }
        }
        for (at, (pull, beta)) in self.pull.iter().zip(betas).enumerate() {
            add(&mut slope, at, pull.by * (beta - pull.to));
            put(&mut curve, at, at, pull.by);
        }
        (slope, curve)
    }

    /// The block of two factors, by way of the table of their levels.
    fn cross(
        &self,
        rows: &[(f64, f64)],
        (a, first): (usize, &Factor<'_>),
        (b, second): (usize, &Factor<'_>),
        curve: &mut [Vec<f64>],
    ) {
        let mut table = vec![vec![0.0; second.steps.len()]; first.steps.len()];
        for ((x, y), (_, h)) in first.levels.iter().zip(second.levels).zip(rows) {
            if let Some(row) = table.get_mut(usize::from(*x)) {
                add(row, usize::from(*y), *h);
            }
        }
        let (from, to) =
            (self.starts.get(a).copied().unwrap_or(0), self.starts.get(b).copied().unwrap_or(0));
        let width = second.steps.first().map_or(0, Vec::len);
        for (level, row) in first.steps.iter().enumerate() {
            // Σ over the levels of the second: table × its steps.
            let mut folded = vec![0.0; width];
            for (h, steps) in table.get(level).into_iter().flatten().zip(second.steps) {
                for (sum, step) in folded.iter_mut().zip(steps) {
                    *sum += h * step;
                }
            }
            for (i, step) in row.iter().enumerate().filter(|(_, step)| **step != 0.0) {
                for (j, sum) in folded.iter().enumerate() {
                    put(curve, from + i, to + j, step * sum);
                    if a != b {
                        put(curve, to + j, from + i, step * sum);
                    }
                }
            }
        }
    }

    /// The lowest point of the parabola, coordinate by coordinate, steps not below zero.
    fn descend(&self, betas: &[f64], slope: &[f64], curve: &[Vec<f64>]) -> Vec<f64> {
        let mut target = betas.to_vec();
        let mut residual = slope.to_vec();
        for _ in 0..SWEEPS {
            let mut most = 0.0_f64;
            for (at, row) in curve.iter().enumerate() {
                let bend = row.get(at).copied().unwrap_or(0.0);
                let (Some(value), Some(pull)) = (target.get(at).copied(), residual.get(at)) else {
                    continue;
                };
                if bend <= 0.0 {
                    continue;
                }
                let wanted = value - pull / bend;
                let next = if at < self.free() { wanted.max(0.0) } else { wanted };
                let change = next - value;
                if change == 0.0 {
                    continue;
                }
                most = most.max(change.abs());
                if let Some(slot) = target.get_mut(at) {
                    *slot = next;
                }
                for (pull, bend) in residual.iter_mut().zip(row) {
                    *pull += bend * change;
                }
            }
            if most < STILL / 10.0 {
                break;
            }
        }
        target
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

fn add(row: &mut [f64], at: usize, value: f64) {
    if let Some(slot) = row.get_mut(at) {
        *slot += value;
    }
}

fn put(table: &mut [Vec<f64>], row: usize, column: usize, value: f64) {
    if let Some(row) = table.get_mut(row) {
        add(row, column, value);
    }
}
