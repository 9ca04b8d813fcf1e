//! Chance that repeats: the same seed gives the same portfolio on every machine.

/// A stream of pseudo-random numbers (`SplitMix64`), good enough for invented figures and nothing else.
#[derive(Debug, Clone)]
pub(super) struct Chance(u64);

impl Chance {
    /// The stream of one customer: independent of how many others are made before it.
    pub(super) fn of(seed: u64, stream: u64) -> Self {
        let mut chance = Self(seed ^ stream.wrapping_mul(0xD1B5_4A32_D192_ED03));
        chance.next();
        chance
    }

    /// The next number.
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from `low` to `high`, both included; `low` when the range is empty.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        if high <= low {
            return low;
        }
        let span = high.abs_diff(low).saturating_add(1);
        // The rest is below `span`, which came from an `i64` range.
        low.saturating_add(i64::try_from(self.next() % span).unwrap_or(0))
    }

    /// True in so many of a thousand cases.
    pub(super) fn per_mille(&mut self, n: i64) -> bool {
        self.between(0, 999) < n
    }

    /// One of these; the default of nothing.
    pub(super) fn pick<T: Copy + Default>(&mut self, from: &[T]) -> T {
        let last = i64::try_from(from.len()).unwrap_or(i64::MAX).saturating_sub(1);
        let i = usize::try_from(self.between(0, last)).unwrap_or(0);
        from.get(i).copied().unwrap_or_default()
    }

    /// One of these by weight.
    pub(super) fn weigh<T: Copy>(&mut self, first: T, rest: &[(T, i64)], first_weight: i64) -> T {
        let total: i64 = first_weight + rest.iter().map(|(_, w)| w).sum::<i64>();
        let mut left = self.between(1, total) - first_weight;
        if left <= 0 {
            return first;
        }
        for (value, weight) in rest {
            left -= weight;
            if left <= 0 {
                return *value;
            }
        }
        first
    }

    /// A figure that looks like one of real life: `base` give or take so many per cent.
    pub(super) fn about(&mut self, base: i64, percent: i64) -> i64 {
        let factor = self.between(100 - percent, 100 + percent);
        i64::try_from(i128::from(base) * i128::from(factor) / 100).unwrap_or(base)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_repeats_and_streams_differ() {
        let draw = |seed, stream| {
            let mut chance = Chance::of(seed, stream);
            [chance.between(0, 1_000_000), chance.between(0, 1_000_000)]
        };
        assert_eq!(draw(1, 7), draw(1, 7));
        assert_ne!(draw(1, 7), draw(1, 8));
        assert_ne!(draw(1, 7), draw(2, 7));
    }

    #[test]
    fn draws_stay_in_their_range() {
        let mut chance = Chance::of(3, 3);
        assert!((0..2000).all(|_| (-3..=4).contains(&chance.between(-3, 4))));
        assert_eq!(chance.between(5, 5), 5);
        assert_eq!(chance.pick::<i32>(&[]), 0);
    }
}
