//! How like two texts are (F55): the share of one that stands in the other, by runs of five
//! characters. Blanks, punctuation, case and full-width forms make no difference.
//!
//! For looking up among very many texts a text has a few *bands*: texts of which four fifths are the
//! same share at least one of them in all but one or two of a hundred cases. Bands are kept on disk,
//! so the numbers that this file makes must never change.

/// Characters in a run.
const RUN: usize = 5;
/// Bands of a text.
pub const BANDS: usize = 8;
/// Minima that make a band.
const PER_BAND: usize = 4;

/// A text as runs of characters: their hashes in order, each once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Runs {
    hashes: Vec<u64>,
    /// Characters that count.
    pub length: usize,
}

impl Runs {
    /// The runs of a text; none where it is shorter than a run.
    pub fn of(text: &str) -> Self {
        let plain: Vec<char> = text.chars().filter_map(plain).collect();
        let mut hashes: Vec<u64> = plain.windows(RUN).map(hash).collect();
        hashes.sort_unstable();
        hashes.dedup();
        Self { hashes, length: plain.len() }
    }

    /// How much of this text stands in the other: percent, rounded down, so that only what is
    /// wholly the same is a hundred.
    pub fn percent_in(&self, other: &Self) -> u8 {
        let there = |hash: &&u64| other.hashes.binary_search(hash).is_ok();
        let same = self.hashes.iter().filter(there).count();
        let percent = (same * 100).checked_div(self.hashes.len()).unwrap_or(0);
        u8::try_from(percent).unwrap_or(100)
    }

    /// The bands under which like texts meet; none where there is no run.
    pub fn bands(&self) -> Vec<i64> {
        if self.hashes.is_empty() {
            return Vec::new();
        }
        (0..BANDS).map(|band| self.band(band)).collect()
    }

    fn band(&self, band: usize) -> i64 {
        let minimum = |row: usize| {
            let seed = mix((band * PER_BAND + row) as u64 + 1);
            self.hashes.iter().map(|hash| mix(hash ^ seed)).min().unwrap_or(u64::MAX)
        };
        let start = mix(band as u64 ^ 0x5bd1_e995);
        let all = (0..PER_BAND).fold(start, |all, row| mix(all ^ minimum(row)));
        all.cast_signed()
    }
}

/// The character without case and width; `None` for what makes no difference.
fn plain(c: char) -> Option<char> {
    let narrow = match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        other => other,
    };
    narrow.is_alphanumeric().then(|| narrow.to_ascii_lowercase())
}

fn hash(run: &[char]) -> u64 {
    run.iter().fold(0x9e37_79b9_7f4a_7c15, |all, c| mix(all ^ u64::from(u32::from(*c))))
}

/// The finaliser of `SplitMix64`.
const fn mix(n: u64) -> u64 {
    let n = n.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let n = (n ^ (n >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let n = (n ^ (n >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    n ^ (n >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const REPORT: &str =
        "本季度营业收入同比下降两成，主要因下游两家客户减少订单；现有库存约三百万元，周转放慢。";

    #[test]
    fn what_is_the_same_is_a_hundred() {
        let cases = [
            (REPORT.to_owned(), 100),
            (REPORT.replace('，', " ").replace('；', "\n"), 100),
            ("资产负债率稳定，上游账期未变，实际控制人无新增对外担保与诉讼。".to_owned(), 0),
            (String::new(), 0),
        ];
        for (other, wanted) in cases {
            assert_eq!(Runs::of(REPORT).percent_in(&Runs::of(&other)), wanted, "{other}");
        }
        let more = format!("{REPORT}另，本月新签一份三年期供货合同，金额五百万元。");
        assert_eq!(Runs::of(REPORT).percent_in(&Runs::of(&more)), 100);
        let back = Runs::of(&more).percent_in(&Runs::of(REPORT));
        assert!((50..80).contains(&back), "{back}");
        assert_eq!(Runs::of("ＡＢＣＤＥＦ").percent_in(&Runs::of("abcdef")), 100);
    }

    #[test]
    fn a_small_change_is_still_found_by_a_band() {
        let mended = REPORT.replace("两成", "三成");
        let (a, b) = (Runs::of(REPORT), Runs::of(&mended));
        assert!(a.percent_in(&b) >= 80, "{}", a.percent_in(&b));
        let shared = a.bands().iter().filter(|band| b.bands().contains(band)).count();
        assert!(shared > 0);
        // On disk they stay as they are.
        assert_eq!(a.bands().first(), Some(&FIRST_BAND));
    }

    const FIRST_BAND: i64 = 6_006_123_315_817_411_748;

    proptest! {
        #[test]
        fn a_text_is_like_itself_and_never_panics(text in any::<String>(), other in any::<String>()) {
            let (a, b) = (Runs::of(&text), Runs::of(&other));
            let own = a.percent_in(&a);
            prop_assert!(own == 100 || a.hashes.is_empty());
            prop_assert!(a.percent_in(&b) <= 100);
            prop_assert_eq!(a.bands().len(), if a.hashes.is_empty() { 0 } else { BANDS });
        }
    }
}
