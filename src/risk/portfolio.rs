//! Shares of a portfolio and their limits; customers that hang together.

use std::collections::BTreeMap;

use crate::domain::money::{Decimal4, Fen};
use crate::domain::portfolio_by::PortfolioBy;

/// Limits of concentration, as the pack gives them: percent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortfolioLimits {
    /// Id of the pack: `portfolio@2`.
    pub id: String,
    /// The ten largest together.
    pub ten: i64,
    /// One industry.
    pub industry: i64,
    /// One district.
    pub district: i64,
    /// Share of bad loans from which on a row is hot.
    pub bad: i64,
    /// Net capital of the bank; `None` = not known.
    pub capital: Option<Fen>,
    /// One customer, of the capital.
    pub single_of_capital: i64,
    /// One group, of the capital.
    pub group_of_capital: i64,
    /// Where the numbers come from.
    pub source: String,
    /// Whether the bank has confirmed them.
    pub verified: bool,
}

/// What a part is held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// Its share of that in percent.
    pub share: Option<Decimal4>,
    /// The limit in percent.
    pub limit: i64,
}

impl Held {
    /// Whether it is over.
    pub fn is_over(self) -> bool {
        is_over(self.share, self.limit)
    }
}

impl PortfolioLimits {
    /// What a part is held against: one customer and one group the net capital, while it is known; an
    /// industry and a district the whole in view. `None` = nothing.
    pub fn held(&self, by: PortfolioBy, part: Fen, whole: Fen) -> Option<Held> {
        let (of, limit) = match by {
            PortfolioBy::Single => (self.capital?, self.single_of_capital),
            PortfolioBy::Group => (self.capital?, self.group_of_capital),
            PortfolioBy::Industry => (whole, self.industry),
            PortfolioBy::District => (whole, self.district),
            PortfolioBy::Tier | PortfolioBy::Officer | PortfolioBy::Strategy => return None,
        };
        Some(Held { share: share(part, of), limit })
    }
}

/// A part of a whole in percent; `None` where the whole is nothing.
pub fn share(part: Fen, whole: Fen) -> Option<Decimal4> {
    Decimal4::percent_of(part.0, whole.0)
}

/// Whether a share is over a limit in percent.
pub fn is_over(share: Option<Decimal4>, limit: i64) -> bool {
    share.is_some_and(|share| share > Decimal4::from_int(limit))
}

/// Puts everything together that an edge connects: the members of each part with two or more, in
/// order.
pub fn connected(edges: &[(String, String)]) -> Vec<Vec<String>> {
    let mut place: BTreeMap<&str, usize> = BTreeMap::new();
    for (a, b) in edges {
        for name in [a, b] {
            let next = place.len();
            place.entry(name).or_insert(next);
        }
    }
    let mut parent: Vec<usize> = (0..place.len()).collect();
    for (a, b) in edges {
        let (Some(a), Some(b)) = (place.get(a.as_str()), place.get(b.as_str())) else { continue };
        let (a, b) = (root(&parent, *a), root(&parent, *b));
        // The smaller place leads, so that the result does not depend on the order of the edges.
        if let Some(slot) = parent.get_mut(a.max(b)) {
            *slot = a.min(b);
        }
    }
    let mut parts: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for (name, at) in &place {
        parts.entry(root(&parent, *at)).or_default().push((*name).to_owned());
    }
    let mut parts: Vec<_> = parts.into_values().filter(|part| part.len() > 1).collect();
    parts.sort();
    parts
}

/// Who leads the part that a place belongs to.
fn root(parent: &[usize], mut at: usize) -> usize {
    while let Some(up) = parent.get(at).copied().filter(|up| *up != at) {
        at = up;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_share_of_nothing_is_none_and_the_limit_itself_is_inside() {
        assert_eq!(share(Fen(1), Fen(0)), None);
        assert_eq!(share(Fen(1), Fen(8)), Some(Decimal4(125_000)));
        assert!(!is_over(share(Fen(10), Fen(100)), 10));
        assert!(is_over(share(Fen(10_001), Fen(100_000)), 10));
        assert!(!is_over(None, 0));
    }

    #[test]
    fn one_customer_and_one_group_are_held_against_the_capital_alone() {
        let limits = PortfolioLimits {
            id: String::new(),
            ten: 50,
            industry: 25,
            district: 40,
            bad: 5,
            capital: None,
            single_of_capital: 10,
            group_of_capital: 15,
            source: String::new(),
            verified: false,
        };
        let rich = PortfolioLimits { capital: Some(Fen(1_000)), ..limits.clone() };
        let over = |limits: &PortfolioLimits, by, part| {
            limits.held(by, Fen(part), Fen(200)).map(Held::is_over)
        };
        // A large share of the view breaks no limit by capital.
        for by in [PortfolioBy::Single, PortfolioBy::Group] {
            assert_eq!(over(&limits, by, 199), None, "{by:?}");
        }
        assert_eq!(
            [100, 101].map(|part| over(&rich, PortfolioBy::Single, part)),
            [Some(false), Some(true)]
        );
        assert_eq!(
            [150, 151].map(|part| over(&rich, PortfolioBy::Group, part)),
            [Some(false), Some(true)]
        );
        assert_eq!(
            [50, 51].map(|part| over(&rich, PortfolioBy::Industry, part)),
            [Some(false), Some(true)]
        );
        assert_eq!(over(&rich, PortfolioBy::Officer, 200), None);
    }

    fn edges(of: &[(&str, &str)]) -> Vec<(String, String)> {
        of.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
    }

    #[test]
    fn what_hangs_together_is_one_part() {
        let parts = connected(&edges(&[("a", "b"), ("c", "d"), ("b", "e"), ("f", "f")]));
        assert_eq!(parts, [vec!["a", "b", "e"], vec!["c", "d"]]);
    }

    proptest! {
        #[test]
        fn the_order_of_the_edges_does_not_matter(
            pairs in prop::collection::vec((0..9_u8, 0..9_u8), 0..12),
        ) {
            let name = |n: &u8| n.to_string();
            let one: Vec<_> = pairs.iter().map(|(a, b)| (name(a), name(b))).collect();
            let other: Vec<_> = pairs.iter().rev().map(|(a, b)| (name(b), name(a))).collect();
            prop_assert_eq!(connected(&one), connected(&other));
        }
    }
}
