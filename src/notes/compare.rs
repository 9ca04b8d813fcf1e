//! Two figures of a sentence held against each other: 卖了610万，去年这会儿890万.

use std::cmp::Ordering;
use std::sync::Arc;

use super::clause::look;
use super::figure::{digit, starts};
use super::near::{Hits, Meant, Piece, Sets};
use super::share::{digits, share};
use super::{Held, Least, Sense, Unit, Way};

/// What makes a figure a time or an order instead of an amount.
const NO_AMOUNT: [&str; 16] = [
    "年", "月", "日", "号", "季", "天", "周", "期", "个月", "点钟", "岁", "次", "回", "楼", "星期",
    "家门",
];
/// What a short figure in words must stand before to be one: 一 alone is a figure of speech.
const OF: &str = "块元成吨人名套斤度户亩头柜万";
/// The same for all but 一: 十个柜, but not 一个.
const OF_MORE: &str = "个单条台辆家桌";
/// More characters than a number has.
const LONGEST: usize = 24;
/// Around how many times ten thousand two figures may differ before one of them is taken to leave it out.
const TEN_THOUSAND: i64 = 10_000;
/// Figures of one sentence that differ more are of two kinds.
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

/// A figure in hundredths.
#[derive(Debug, Clone, Copy)]
struct Figure {
    value: i64,
    share: bool,
    /// It is said to be in ten thousands.
    scaled: bool,
    start: usize,
    end: usize,
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
        let mut figures: Option<Vec<Figure>> = None;
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
    fn told(&self, marked: &[usize], figures: &[Figure]) -> Option<(Figure, Figure)> {
        let at = *marked.first()?;
        let was = *figures.get(at)?;
        let others = (at + 1..figures.len())
            .chain((0..at).rev())
            .filter(|n| marked.binary_search(n).is_err());
        let mut others = others.filter_map(|n| figures.get(n)).filter(|is| is.share == was.share);
        others.find_map(|is| self.differs(was, *is).then_some((was, *is)))
    }

    fn differs(&self, was: Figure, is: Figure) -> bool {
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
        let by = match self.by.unit {
            Unit::Points => Some(by),
            Unit::Percent => by.checked_mul(10_000).and_then(|by| by.checked_div(old)),
        };
        of_one_kind && by.is_some_and(|by| by > 0 && by >= self.by.hundredths)
    }
}

/// The figures behind one of these words, where there is one.
fn marked(than: &[Piece], figures: &[Figure]) -> Option<Vec<usize>> {
    let before = |n: usize| n.checked_sub(1).and_then(|n| figures.get(n)).map_or(0, |f| f.end);
    let behind = |(n, figure): (usize, &Figure)| {
        let first = than.partition_point(|word| word.0 < before(n));
        let words = than.get(first..).unwrap_or_default().iter();
        let mut words = words.take_while(|word| word.0 < figure.start);
        words.any(|word| word.1 <= figure.start).then_some(n)
    };
    let marked: Vec<usize> = figures.iter().enumerate().filter_map(behind).collect();
    (!marked.is_empty()).then_some(marked)
}

/// The amounts of a sentence, without times and orders.
fn figures_of(chars: &[char], (from, to): Piece) -> Vec<Figure> {
    let mut figures = Vec::new();
    let mut at = from;
    while at < to {
        let Some(figure) = figure(chars, at) else {
            at += 1;
            continue;
        };
        at = figure.end;
        let is_time = NO_AMOUNT.iter().any(|word| starts(chars, figure.end, word));
        if !is_time || starts(chars, figure.end, "号人") {
            figures.push(figure);
        }
    }
    figures
}

/// A share or a number that begins here.
fn figure(chars: &[char], at: usize) -> Option<Figure> {
    if let Some((value, end)) = share(chars, at) {
        return Some(Figure { value, share: true, scaled: false, start: at, end });
    }
    let (value, scaled, end) = number(chars, at)?;
    Some(Figure { value, share: false, scaled, start: at, end })
}

/// A number as it is written or spoken (890万, 六万八, 一千五, 八百来万), in hundredths, whether in ten
/// thousands, and where it ends.
fn number(chars: &[char], at: usize) -> Option<(i64, bool, usize)> {
    let mut end = at;
    let (mut whole, mut part, mut last) = (0_i64, 0_i64, 1_i64);
    // The last of 万 and 亿.
    let mut most = 0;
    let mut scaled = false;
    // A figure that waits for what it is of, in hundredths.
    let mut open: Option<i64> = None;
    while let Some(c) = chars.get(end).filter(|_| end < at + LONGEST) {
        look();
        if c.is_ascii_digit() {
            if open.is_some() {
                break;
            }
            let (value, behind) = digits(chars, end)?;
            (open, end) = (Some(value), behind);
            continue;
        }
        if let Some(digit) = digit(*c) {
            // 十二三个: the later one counts.
            open = Some(digit * 100);
            if digit == 0 {
                // 一百零五: units follow, or what says its own.
                last = 1;
            }
            end += 1;
            continue;
        }
        let times = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1_000,
            '万' => TEN_THOUSAND,
            '亿' => 100_000_000,
            // 八百来万, 一个亿.
            '多' | '来' | '个' if end > at && joins(chars, end) => {
                end += 1;
                continue;
            }
            _ => break,
        };
        if times == 10 && open.is_none() && part == 0 {
            open = Some(100);
        }
        if times >= TEN_THOUSAND {
            let unit = part.checked_add(open.take().unwrap_or(0))?;
            // 一万亿: the greater one is of all before; 一亿二千万: the smaller one comes to it; 十万八万:
            // the later one counts.
            whole = match times.cmp(&most) {
                Ordering::Greater => whole.checked_add(unit)?.checked_mul(times)?,
                Ordering::Less => whole.checked_add(unit.checked_mul(times)?)?,
                Ordering::Equal => unit.checked_mul(times)?,
            };
            (part, most, scaled) = (0, times, true);
        } else {
            part = part.checked_add(open.take()?.checked_mul(times)?)?;
        }
        last = times;
        end += 1;
    }
    let rest = open.unwrap_or(0);
    let tail = if last >= 100 { rest.checked_mul(last / 10)? } else { rest };
    let mut value = whole.checked_add(part)?.checked_add(tail)?;
    // 一块八.
    let tenth = chars.get(end + 1).and_then(|c| digit(*c));
    if let (Some('块'), Some(tenth)) = (chars.get(end), tenth) {
        (value, end) = (value + tenth * 10, end + 2);
    }
    let in_words = chars.get(at).is_some_and(|c| !c.is_ascii_digit());
    let short = in_words && end - at < 2;
    let of = |words: &str| chars.get(end).is_some_and(|c| words.contains(*c));
    let stands_alone = short && !(of(OF) || (value != 100 && of(OF_MORE)));
    (end > at && value > 0 && !stands_alone).then_some((value, scaled, end))
}

/// Whether something stands behind that goes on with a number.
fn joins(chars: &[char], at: usize) -> bool {
    let next = chars.get(at + 1);
    next.is_some_and(|c| "万亿".contains(*c)) || (chars.get(at) != Some(&'个') && next.is_some())
}
