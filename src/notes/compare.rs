//! Two figures of a sentence held against each other: 卖了610万，去年这会儿890万.

use std::sync::Arc;

use super::amount::{Amount, amount, part};
use super::near::{Hits, Meant, Piece, Sets};
use super::number::TEN_THOUSAND;
use super::{Held, Least, Sense, Way};

/// Around how many times ten thousand two figures may differ before one of them is taken to leave it out.
/// Amounts of one sentence that differ more are of two kinds.
const MOST_TIMES: i64 = 30;

/// Rules of what is held against what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Compares {
    rules: Vec<Rule>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Rule {
    of: usize,
    /// The first of these that stands before a figure counts.
    than: Vec<usize>,
    way: Way,
    by: Least,
    meant: Arc<Meant>,
}

impl Compares {
    /// Takes a rule in; its sets of words lie beside those of the others.
    pub(super) fn take<'a>(&mut self, sets: &mut Sets<'a>, held: Held<'a>, meant: &Arc<Meant>) {
        let Held { of, than, way, by } = held;
        let of = sets.set(of);
        let than = than.into_iter().map(|words| sets.set(words)).collect();
        self.rules.push(Rule { of, than, way, by, meant: Arc::clone(meant) });
    }

    /// What the figures of a sentence tell, with the words and figures that do.
    pub(super) fn found(
        &self,
        chars: &[char],
        sentence: Piece,
        hits: &Hits,
    ) -> Vec<(&Sense, Vec<Piece>)> {
        let mut figures: Option<Vec<Amount>> = None;
        let mut found = Vec::new();
        for rule in &self.rules {
            let Some(of) = hits.get(&rule.of) else { continue };
            if rule.meant.is_stopped(hits) {
                continue;
            }
            let figures = figures.get_or_insert_with(|| figures_of(chars, sentence));
            let marked = rule.than.iter().find_map(|set| marked(hits.get(set)?, figures));
            let told = marked.and_then(|marked| rule.told(&marked, figures));
            let Some((was, is)) = told else { continue };
            let topic = of.first().copied().into_iter();
            let mut pieces: Vec<Piece> =
                topic.chain([(was.start, was.end), (is.start, is.end)]).collect();
            pieces.sort_unstable();
            found.push((&rule.meant.sense, pieces));
        }
        found
    }
}

impl Rule {
    /// The figure to begin from and the other one, where they differ as much as the rule asks.
    fn told(&self, marked: &[usize], figures: &[Amount]) -> Option<(Amount, Amount)> {
        let at = *marked.first()?;
        let was = *figures.get(at)?;
        let others = (at + 1..figures.len())
            .chain((0..at).rev())
            .filter(|n| marked.binary_search(n).is_err());
        let mut others =
            others.filter_map(|n| figures.get(n)).filter(|is| is.is_share == was.is_share);
        others.find_map(|is| self.differs(was, *is).then_some((was, *is)))
    }

    fn differs(&self, was: Amount, is: Amount) -> bool {
        let (mut old, mut new) = (was.value, is.value);
        if was.scaled && !is.scaled && new < old / 100 {
            new = new.saturating_mul(TEN_THOUSAND);
        } else if is.scaled && !was.scaled && old < new / 100 {
            old = old.saturating_mul(TEN_THOUSAND);
        }
        let of_one_kind = old > 0 && new > 0 && old / new < MOST_TIMES && new / old < MOST_TIMES;
        let by = match self.way {
            Way::Falls => old - new,
            Way::Rises => new - old,
            Way::Differs => (new - old).abs(),
        };
        of_one_kind
            && part(self.by.unit, by, old).is_some_and(|by| by > 0 && by >= self.by.hundredths)
    }
}

/// The figures behind one of these words, where there is one.
fn marked(than: &[Piece], figures: &[Amount]) -> Option<Vec<usize>> {
    let before = |n: usize| n.checked_sub(1).and_then(|n| figures.get(n)).map_or(0, |f| f.end);
    let behind = |(n, figure): (usize, &Amount)| {
        let first = than.partition_point(|word| word.0 < before(n));
        let words = than.get(first..).unwrap_or_default().iter();
        let mut words = words.take_while(|word| word.0 < figure.start);
        words.any(|word| word.1 <= figure.start).then_some(n)
    };
    let marked: Vec<usize> = figures.iter().enumerate().filter_map(behind).collect();
    (!marked.is_empty()).then_some(marked)
}

/// The amounts of a sentence, without times and orders.
fn figures_of(chars: &[char], (from, to): Piece) -> Vec<Amount> {
    let mut figures = Vec::new();
    let mut at = from;
    while at < to {
        let Some(figure) = amount(chars, at) else {
            at += 1;
            continue;
        };
        at = figure.end;
        if !figure.is_time {
            figures.push(figure);
        }
    }
    figures
}
