//! By how much one score orders companies better than another, and how far chance reaches.
//!
//! The interval is a bootstrap: companies are drawn again and again with all their years, since the
//! years of one company are no news of each other. What is drawn depends on the companies alone, so
//! the same file tells the same interval.

use std::collections::HashMap;

/// How often companies are drawn; the borders of the interval then move in the third decimal.
const DRAWS: usize = 400;
/// What lies outside of the interval, on either side.
const TAIL: f64 = 0.025;

/// A company at one date under two scores, with what became of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair<'a> {
    /// The company: all its rows are drawn together.
    pub company: &'a str,
    /// The score that is asked about; higher = riskier.
    pub ours: f64,
    /// The score beside it; higher = riskier, in any unit.
    pub theirs: f64,
    /// Whether it turned bad.
    pub bad: bool,
}

/// How much higher the chance is that a bad company scores above a good one (AUC).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lead {
    /// On these companies; below zero where the other score orders better.
    pub by: f64,
    /// Lower end of the 95 % interval.
    pub from: f64,
    /// Upper end.
    pub to: f64,
}

impl Lead {
    /// Whether chance alone hardly makes such a lead.
    pub fn is_clear(self) -> bool {
        self.from > 0.0
    }
}

/// The lead of our score; `None` without companies of both kinds.
pub fn lead(pairs: &[Pair<'_>]) -> Option<Lead> {
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    let rows: Vec<(usize, bool)> = pairs
        .iter()
        .map(|pair| {
            let next = numbers.len();
            (*numbers.entry(pair.company).or_insert(next), pair.bad)
        })
        .collect();
    let (ours, theirs) = (order(pairs, |pair| pair.ours), order(pairs, |pair| pair.theirs));
    let apart = |times: &[u32]| {
        Some(area(&ours, &rows, times)? - area(&theirs, &rows, times)?).filter(|by| by.is_finite())
    };
    let by = apart(&vec![1; numbers.len()])?;
    let mut draw = Draw(0);
    let mut seen: Vec<f64> = Vec::with_capacity(DRAWS);
    for _ in 0..DRAWS {
        let mut times = vec![0; numbers.len()];
        for _ in 0..times.len() {
            let at = draw.below(times.len());
            if let Some(one) = times.get_mut(at) {
                *one += 1;
            }
        }
        seen.extend(apart(&times));
    }
    seen.sort_by(f64::total_cmp);
    Some(Lead { by, from: quantile(&seen, TAIL)?, to: quantile(&seen, 1.0 - TAIL)? })
}

/// Rows from the riskiest on, in runs of equal scores.
fn order(pairs: &[Pair<'_>], score: impl Fn(&Pair<'_>) -> f64) -> Vec<Vec<usize>> {
    let mut sorted: Vec<(f64, usize)> =
        pairs.iter().enumerate().map(|(at, pair)| (score(pair), at)).collect();
    sorted.sort_by(|a, b| b.0.total_cmp(&a.0));
    sorted
        .chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq())
        .map(|run| run.iter().map(|(_, at)| *at).collect())
        .collect()
}

/// [`auc`](super::measure::auc) where each company counts as often as it was drawn.
fn area(order: &[Vec<usize>], rows: &[(usize, bool)], times: &[u32]) -> Option<f64> {
    let (mut above, mut goods, mut pairs) = (0_u64, 0_u64, 0.0);
    for run in order {
        let (mut bad, mut good) = (0_u64, 0_u64);
        for (company, is_bad) in run.iter().filter_map(|at| rows.get(*at)) {
            let n = u64::from(times.get(*company).copied().unwrap_or(0));
            if *is_bad { bad += n } else { good += n }
        }
        pairs += number(good) * (number(above) + number(bad) / 2.0);
        above += bad;
        goods += good;
    }
    (above > 0 && goods > 0).then(|| pairs / (number(above) * number(goods)))
}

#[expect(clippy::cast_precision_loss, reason = "a count of rows lies far below 2^53")]
fn number(count: u64) -> f64 {
    count as f64
}

/// The value below which this share of the sorted ones lies.
fn quantile(sorted: &[f64], share: f64) -> Option<f64> {
    let last = u32::try_from(sorted.len().checked_sub(1)?).ok()?;
    let at = (share * f64::from(last)).round();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to `last`")]
    let at = at as usize;
    sorted.get(at).copied()
}

/// A stream of numbers that repeats (`SplitMix64`).
struct Draw(u64);

impl Draw {
    /// A number below `n`.
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let n = u64::try_from(n).unwrap_or(u64::MAX);
        usize::try_from((z ^ (z >> 31)) % n.max(1)).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests;
