//! Sentences and clauses, and whether a word in one is said, denied, over or only supposed. What a
//! sentence or a clause says around its words is worked out once, however many words stand in it.

use super::words::{any, hits, spaced, word_at};
use super::{Ended, Place, Span, Stand, Turns, listed};

/// How far before a word its denial may stand, in characters.
const REACH: usize = 12;
/// The same in a language with spaces.
const REACH_SPACED: usize = 28;
/// The same before the words of a far rule.
const REACH_FAR: usize = 4;
/// How far before the last word of a far rule its denial may stand.
const REACH_BETWEEN: usize = 4;
/// The same in a language with spaces.
const REACH_BETWEEN_SPACED: usize = 12;
/// How far before what says that it is over, or was seen, the denial of that may stand: 至今没有完全恢复正常.
const REACH_AFFIRMED: usize = 6;
/// The same in a language with spaces: has not yet been released.
const REACH_AFFIRMED_SPACED: usize = 20;

/// How far behind a word the colon of a form may stand: 民间借贷、对外担保、涉诉情况：无.
const REACH_FORM: usize = 32;

/// Spans between marks that end a sentence.
pub(super) fn sentences(chars: &[char]) -> Vec<(usize, usize)> {
    parts(chars, (0, chars.len()), "。！？!?.\n…")
}

/// Spans of a sentence between marks that end a thought.
pub(super) fn clauses(chars: &[char], sentence: (usize, usize)) -> Vec<(usize, usize)> {
    parts(chars, sentence, "，；,;")
}

fn parts(chars: &[char], (begin, end): (usize, usize), marks: &str) -> Vec<(usize, usize)> {
    let mut spans = Vec::new();
    let mut from = begin;
    for at in begin..end {
        let Some(c) = chars.get(at) else { break };
        let inside_number = *c == ','
            && chars.get(at + 1).is_some_and(char::is_ascii_digit)
            && at > 0
            && chars.get(at - 1).is_some_and(char::is_ascii_digit);
        let point = *c == '.' && chars.get(at + 1).is_some_and(|next| !next.is_whitespace());
        if marks.contains(*c) && !inside_number && !point {
            spans.push((from, at));
            from = at + 1;
        }
    }
    spans.push((from, end));
    spans.retain(|(from, to)| from < to);
    spans
}

/// Whether a form asks for what ends here and was filled in with none, alone behind its colon. Nothing but
/// the question stands between.
fn is_none(turns: &Turns, chars: &[char], (end, clause_end): (usize, usize)) -> bool {
    let is_colon = |at: &usize| matches!(chars.get(*at), Some('：' | ':'));
    let Some(colon) = (end..clause_end.min(end + REACH_FORM)).find(is_colon) else { return false };
    let is_blank = |at: &usize| chars.get(*at).is_some_and(|c| c.is_whitespace());
    let from = (colon + 1..clause_end).find(|at| !is_blank(at)).unwrap_or(clause_end);
    let alone = |end: usize| {
        chars.get(end).is_none_or(|c| end >= clause_end || *c == '、' || c.is_whitespace())
    };
    turns.none.iter().filter_map(|word| word_at(chars, from, word)).any(alone)
}

/// Whether a part of a text denies what follows. What is denied twice is said: 不是没有停产.
fn denies(turns: &Turns, chars: &[char], part: (usize, usize)) -> bool {
    let twice: Vec<_> = hits(chars, part, &turns.twice).collect();
    hits(chars, part, &turns.before)
        .any(|(at, end)| !twice.iter().any(|(from, to)| at < *to && *from < end))
}

/// Where these words stand in a sentence and are not denied themselves, in their own clause and just
/// before them: 未恢复生产 is no end of it, 未经核实 is no finding.
fn affirmed<'a>(
    turns: &'a Turns,
    chars: &'a [char],
    sentence: (usize, usize),
    words: &'a [String],
) -> impl Iterator<Item = usize> + 'a {
    let stands = move |at: usize| {
        let reach = if spaced(chars, at) { REACH_AFFIRMED_SPACED } else { REACH_AFFIRMED };
        let first = at.saturating_sub(reach).max(sentence.0);
        let clause = clauses(chars, (first, at)).last().copied();
        // Nothing lies between it and a mark, or the beginning.
        clause.filter(|(_, to)| *to == at).is_none_or(|clause| !denies(turns, chars, clause))
    };
    hits(chars, sentence, words).map(|(at, _)| at).filter(move |at| stands(*at))
}

/// Where a part of a text says that what stood before is over: 已于10月解冻.
fn ended<'a>(
    turns: &'a Turns,
    chars: &'a [char],
    part: (usize, usize),
) -> impl Iterator<Item = usize> + 'a {
    let Ended { mark, gap, of } = &turns.ended;
    let marked = move |at: &usize| {
        let between = chars.get(part.0..*at).unwrap_or_default().iter().rev();
        let between = between.take_while(|c| gap.contains(**c)).count();
        // The mark may end anywhere in what lies between: its own signs may be signs of the gap.
        (at - between..=*at).any(|end| {
            let ends = |word: &String| {
                let from = end.checked_sub(word.chars().count()).filter(|from| *from >= part.0);
                from.is_some_and(|from| word_at(chars, from, word).is_some())
            };
            mark.iter().any(ends)
        })
    };
    affirmed(turns, chars, part, of).filter(marked)
}

/// What a sentence says around its words.
pub(super) struct Told {
    /// Behind the first word of former times or of what others say.
    past: Option<usize>,
    /// Where it says for the last time that something is over, if it tells of former times or of what
    /// others say.
    over: Option<usize>,
    /// Where it says for the last time that all before is over.
    settled: Option<usize>,
    /// Behind the first word that supposes all that follows.
    wide: Option<usize>,
    /// Behind each word that tells of whom all that follows is told: whether it is somebody else.
    others: Vec<(usize, bool)>,
    /// Behind the first word of hearsay, unless somebody says that it was seen.
    hearsay: Option<usize>,
    /// From where to where lists stand that are denied as a whole.
    lists: Vec<(usize, usize)>,
}

impl Told {
    fn of(turns: &Turns, place: &Place<'_>) -> Self {
        let (chars, sentence) = (place.chars, place.sentence);
        let first_end = |words| hits(chars, sentence, words).map(|(_, end)| end).min();
        let heard = first_end(&turns.hearsay);
        let past = [heard, first_end(&turns.once)].into_iter().flatten().min();
        let last = |words| affirmed(turns, chars, sentence, words).max();
        // What nobody looked into is hearsay from the beginning.
        let unseen = any(chars, sentence, &turns.unseen).then_some(sentence.0);
        let seen = || affirmed(turns, chars, sentence, &turns.seen).next().is_some();
        Self {
            past,
            over: past.and_then(|_| last(&turns.over).max(ended(turns, chars, sentence).max())),
            settled: last(&turns.settled),
            wide: first_end(&turns.wide),
            others: others(turns, chars, sentence),
            hearsay: unseen.or(heard).filter(|_| !seen()),
            lists: listed::lists(turns, chars, sentence),
        }
    }

    /// Whether words stand in a list that is denied.
    fn is_listed(&self, span: &Span) -> bool {
        self.lists.iter().any(|(from, to)| *from <= span.start && span.end <= *to)
    }

    /// Whether what stands before tells of somebody else and then no more of the customer.
    fn is_of_others(&self, at: usize) -> bool {
        let before = self.others.partition_point(|(end, _)| *end <= at);
        before.checked_sub(1).and_then(|n| self.others.get(n)).is_some_and(|(_, others)| *others)
    }
}

/// Of whom a sentence tells behind each word that says so, in order: of two words that end before a
/// place the one counts that begins later, and of two that begin together the customer.
fn others(turns: &Turns, chars: &[char], sentence: (usize, usize)) -> Vec<(usize, bool)> {
    let of = |words, others| hits(chars, sentence, words).map(move |(at, end)| (end, at, others));
    let mut all: Vec<_> = of(&turns.others, true).chain(of(&turns.own, false)).collect();
    all.sort_unstable();
    let mut last = None;
    let told = all.into_iter().map(|(end, at, others)| {
        last = last.max(Some((at, !others)));
        (end, last.is_some_and(|(_, own)| !own))
    });
    told.collect()
}

/// Whether a sentence takes back the one before: what others told, or also what is said, where the
/// sentence tells that somebody looked.
pub(super) fn takes_back(turns: &Turns, chars: &[char], sentence: (usize, usize)) -> Option<Stand> {
    let says = |words| affirmed(turns, chars, sentence, words).next().is_some();
    let looked = || if says(&turns.seen) { Stand::Said } else { Stand::Hearsay };
    says(&turns.back).then(looked)
}

/// What a clause says around its words.
pub(super) struct Turned {
    /// It ends as a question.
    asked: bool,
    /// Behind the first word that only supposes.
    maybe: Option<usize>,
    /// Where the last word stands that denies what was said before it.
    after: Option<usize>,
}

impl Turned {
    fn of(turns: &Turns, place: &Place<'_>) -> Self {
        let (chars, clause) = (place.chars, place.clause);
        let last = clause.1.checked_sub(1).and_then(|at| chars.get(at));
        Self {
            asked: matches!(chars.get(clause.1), Some('？' | '?')) || last == Some(&'吗'),
            maybe: hits(chars, clause, &turns.maybe).map(|(_, end)| end).min(),
            after: hits(chars, clause, &turns.after)
                .map(|(at, _)| at)
                .chain(ended(turns, chars, clause))
                .max(),
        }
    }
}

impl Place<'_> {
    /// What its sentence says around its words.
    fn told(&self, turns: &Turns) -> &Told {
        self.told.get_or_init(|| Told::of(turns, self))
    }

    /// What it says itself.
    fn turned(&self, turns: &Turns) -> &Turned {
        self.turned.get_or_init(|| Turned::of(turns, self))
    }
}

/// How words stand in their clause.
pub(super) fn stand(turns: &Turns, place: &Place<'_>, span: &Span) -> Stand {
    let (chars, (from, _)) = (place.chars, place.clause);
    let (reach, lies) = match (span.far, spaced(chars, span.start)) {
        (false, false) => (REACH, None),
        (false, true) => (REACH_SPACED, None),
        (true, false) => (REACH_FAR, Some(REACH_BETWEEN)),
        (true, true) => (REACH_SPACED, Some(REACH_BETWEEN_SPACED)),
    };
    let near = (from.max(span.start.saturating_sub(reach)), span.start);
    let lies = lies.map_or(0, |reach| span.then.saturating_sub(reach));
    let between = (span.behind.max(lies), span.then);
    let turned = turned(turns, place, span);
    let after = place.turned(turns).after;
    if turned == Some(Stand::Supposed) || any(chars, between, &turns.maybe) {
        Stand::Supposed
    } else if denies(turns, chars, near)
        || denies(turns, chars, between)
        || place.told(turns).is_listed(span)
        || after.is_some_and(|at| at >= span.end)
        || is_none(turns, chars, (span.end, place.clause.1))
    {
        Stand::Denied
    } else {
        turned.unwrap_or(Stand::Said)
    }
}

/// How words stand by what else their clause and sentence tell, whatever denies them: asked, over,
/// somebody else's, hearsay.
pub(super) fn turned(turns: &Turns, place: &Place<'_>, span: &Span) -> Option<Stand> {
    let (_, to) = place.clause;
    let (turned, told) = (place.turned(turns), place.told(turns));
    let ends_before = |end: Option<usize>, at: usize| end.is_some_and(|end| end <= at);
    let stands_behind = |at: Option<usize>| at.is_some_and(|at| at >= span.end);
    // The sentence up to here tells of former times or of what others say, and then that it is over.
    let is_over = || stands_behind(told.over) && ends_before(told.past, to);
    if turned.asked || ends_before(turned.maybe, span.start) || ends_before(told.wide, span.start) {
        Some(Stand::Supposed)
    } else if is_over() || stands_behind(told.settled) || told.is_of_others(span.start) {
        Some(Stand::Denied)
    } else {
        ends_before(told.hearsay, to).then_some(Stand::Hearsay)
    }
}
