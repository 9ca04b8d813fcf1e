//! How well scores order companies, and whether probabilities come true.

/// A company with its outcome.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outcome {
    /// Its score; higher = riskier.
    pub score: f64,
    /// Whether it turned bad.
    pub bad: bool,
}

/// Predicted against observed, in one slice of scores.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Slice {
    /// Sum of weights.
    pub weight: f64,
    /// Mean predicted share of bad ones.
    pub predicted: f64,
    /// Observed share.
    pub observed: f64,
    /// How many bad ones there are.
    pub bad: u32,
}

/// Runs of equal scores in descending order: (all, bad).
fn runs(outcomes: &[Outcome]) -> Vec<(f64, f64)> {
    let mut sorted: Vec<Outcome> = outcomes.to_vec();
    sorted.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut runs: Vec<(f64, f64)> = Vec::new();
    let mut last = None;
    for one in sorted {
        if last != Some(one.score.to_bits()) {
            runs.push((0.0, 0.0));
            last = Some(one.score.to_bits());
        }
        if let Some(run) = runs.last_mut() {
            run.0 += 1.0;
            run.1 += f64::from(u8::from(one.bad));
        }
    }
    runs
}

/// Chance that a bad company scores higher than a good one, ties counting half; `None` without
/// companies of both kinds.
pub fn auc(outcomes: &[Outcome]) -> Option<f64> {
    let runs = runs(outcomes);
    let bad: f64 = runs.iter().map(|run| run.1).sum();
    let good: f64 = runs.iter().map(|run| run.0 - run.1).sum();
    let mut above = 0.0;
    let mut pairs = 0.0;
    for (all, worse) in runs {
        pairs += (all - worse) * (above + worse / 2.0);
        above += worse;
    }
    (bad > 0.0 && good > 0.0).then(|| pairs / (bad * good))
}

/// Share of the bad companies among this share of all that scores highest; a tie at the border
/// counts in proportion, so that a coarse score is neither favoured nor punished.
pub fn recall(outcomes: &[Outcome], share: f64) -> Option<f64> {
    let runs = runs(outcomes);
    let all: f64 = runs.iter().map(|run| run.0).sum();
    let bad: f64 = runs.iter().map(|run| run.1).sum();
    let mut room = share * all;
    let mut found = 0.0;
    for (n, worse) in runs {
        let taken = n.min(room);
        found += worse * taken / n;
        room -= taken;
        if room <= 0.0 {
            break;
        }
    }
    (bad > 0.0).then(|| found / bad)
}

#[cfg(test)]
mod tests;
