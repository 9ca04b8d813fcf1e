//! Denials that hold for a whole list, however long: 未发现停产、欠税、涉诉等情况; no sign of lawsuits, liens
//! or frozen accounts. What such a list says behind a word that turns it (但, 已, but) is denied no more.

use super::clause::clauses;
use super::words::{hits, spaced};
use super::{Listed, Turns};

/// From behind a denial to where its list ends.
type List = (usize, usize);

/// More characters than an item has that the list goes on with behind a comma.
const LONGEST_ITEM: usize = 12;
/// The same in a language with spaces.
const LONGEST_ITEM_SPACED: usize = 32;
/// Where a list goes on this near behind what seems to close it, it is not closed: 涉诉等风险、停产.
const GOES_ON: usize = 6;

/// The lists that are denied in a sentence.
pub(super) fn lists(turns: &Turns, chars: &[char], sentence: List) -> Vec<List> {
    let Listed { of, closed, aside, stops, closers, last } = &turns.listed;
    let (mut denials, mut only_closed) = (Vec::new(), Vec::new());
    let none: Vec<_> =
        hits(chars, sentence, &turns.twice).chain(hits(chars, sentence, aside)).collect();
    let is_one = |(at, end): &List| !none.iter().any(|(from, to)| at < to && *from < *end);
    denials.extend(hits(chars, sentence, of).filter(is_one));
    only_closed.extend(hits(chars, sentence, closed).filter(is_one));
    if denials.is_empty() && only_closed.is_empty() {
        return Vec::new();
    }
    let around = Around {
        chars,
        clauses: clauses(chars, sentence),
        stops: hits(chars, sentence, stops).map(|(at, _)| at).collect(),
        closers: hits(chars, sentence, closers).filter(|(_, end)| closes(chars, *end)).collect(),
        last: hits(chars, sentence, last).map(|(at, _)| at).collect(),
    };
    let all = denials.into_iter().map(|denial| (denial, false));
    let all = all.chain(only_closed.into_iter().map(|denial| (denial, true)));
    all.filter_map(|(denial, closed)| around.list(denial, closed)).collect()
}

/// Whether no item follows near.
fn closes(chars: &[char], end: usize) -> bool {
    !chars.iter().skip(end).take(GOES_ON).any(|c| *c == '、')
}

/// What stands in a sentence around its denials.
struct Around<'a> {
    chars: &'a [char],
    clauses: Vec<(usize, usize)>,
    /// Where a word begins that turns what follows.
    stops: Vec<usize>,
    /// What closes a list: 等情况.
    closers: Vec<(usize, usize)>,
    /// What joins the last item of a list to it in a language with spaces: or.
    last: Vec<usize>,
}

impl Around<'_> {
    /// The list behind a denial, if there is one.
    fn list(&self, (at, end): (usize, usize), only_closed: bool) -> Option<List> {
        let clause = self.clauses.partition_point(|(from, _)| *from <= at).checked_sub(1)?;
        let to = self.clauses.get(clause)?.1;
        let stop = self.stops.get(self.stops.partition_point(|stop| *stop < end)).copied();
        let stop = stop.unwrap_or(self.chars.len());
        let spaced = spaced(self.chars, at);
        let close = if spaced {
            // Of several the last one.
            let before = self.last.partition_point(|last| *last < stop);
            let last = before.checked_sub(1).and_then(|n| self.last.get(n)).copied();
            last.filter(|last| *last >= end)
        } else {
            let first = self.closers.partition_point(|(from, _)| *from < end);
            self.closers.get(first).map(|(from, _)| *from).filter(|from| *from <= stop)
        };
        let reached = close.and_then(|close| self.goes_to(clause, close, spaced));
        let ends = match (reached, close) {
            (Some(clause), Some(_)) if spaced => self.clauses.get(clause)?.1,
            (Some(_), Some(close)) => close,
            _ if spaced || only_closed => return None,
            _ => to,
        };
        Some((end, ends.min(stop)))
    }

    /// The clause in which a list of this clause is closed, if between them stand only short items.
    fn goes_to(&self, clause: usize, close: usize, spaced: bool) -> Option<usize> {
        let last = self.clauses.partition_point(|(from, _)| *from <= close).checked_sub(1)?;
        let most = if spaced { LONGEST_ITEM_SPACED } else { LONGEST_ITEM };
        let items = self.clauses.get(clause..=last)?;
        let commas = items.iter().take(items.len() - 1);
        let joined =
            commas.map(|(_, to)| self.chars.get(*to)).all(|c| matches!(c, Some('，' | ',')));
        // Of the last clause what stands before the close, and in a language with spaces behind it.
        let short = items.iter().skip(1).all(|(from, to)| close.min(*to) - from <= most)
            && items.last().is_none_or(|(_, to)| !spaced || to - close <= most);
        (joined && short).then_some(last)
    }
}
