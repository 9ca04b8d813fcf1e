//! Words of two sets or three near each other that stand for one thing: 订单 … 掉到, wages … still
//! owed. A near rule keeps to the order of its sets within one clause; a far one takes any order within
//! one sentence. Sets are matched where a text is scanned, they are never joined.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::words::{look, may_begin, may_end, plain, spaced};
use super::{Near, Sense, Twice};

/// How far apart two of a near rule may stand, in characters.
const GAP: usize = 12;
/// The same in a language with spaces.
const GAP_SPACED: usize = 24;
/// How far those of a far rule may reach together.
const REACH: usize = 28;
/// The same in a language with spaces.
const REACH_SPACED: usize = 64;
/// Stands for a number in a word of a set: 欠#期, # days.
const NUMBER: char = '#';
/// More characters than a number has.
const LONGEST_NUMBER: usize = 16;
/// What a number is written with.
const NUMERALS: &str = "0123456789.,一二三四五六七八九十百千万两几半俩仨来多好数";

/// From where to where words stand.
pub(super) type Piece = (usize, usize);
/// The words of sets that stand in a sentence, by set.
pub(super) type Hits = BTreeMap<usize, Vec<Piece>>;

/// Sets of words with the rules that join them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Pairs {
    words: Words,
    /// By the first of its sets.
    rules: BTreeMap<usize, Vec<Rule>>,
}

/// Words with the sets that they are in. There are thousands of both: they lie in rows, those of one word
/// behind those of another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Words {
    letters: Vec<char>,
    sets: Vec<usize>,
    /// Where the letters and the sets of a word lie.
    places: Vec<(Piece, Piece)>,
    /// Where the words with this first character lie.
    initials: BTreeMap<char, Piece>,
}

/// Sets of words while rules are taken in, by number: the same words are the same set.
#[derive(Default)]
pub(super) struct Sets<'a> {
    known: BTreeMap<Vec<&'a str>, usize>,
    /// Each word with the set that it is in, behind its first character.
    words: Vec<(char, &'a str, usize)>,
}

/// A sense with the set of words that stops it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Meant {
    pub(super) sense: Sense,
    unless: Option<usize>,
}

impl Meant {
    /// Whether one of the words stands in the sentence that stop it.
    pub(super) fn is_stopped(&self, hits: &Hits) -> bool {
        self.unless.is_some_and(|set| hits.contains_key(&set))
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Rule {
    sets: Vec<usize>,
    far: bool,
    meant: Arc<Meant>,
}

/// What a rule found.
pub(super) struct Found<'a> {
    pub(super) sense: &'a Sense,
    pub(super) far: bool,
    /// In the order of the text.
    pub(super) pieces: Vec<Piece>,
}

impl<'a> Sets<'a> {
    /// The number of a set of words.
    pub(super) fn set(&mut self, words: Vec<&'a str>) -> usize {
        if let Some(known) = self.known.get(&words) {
            return *known;
        }
        let set = self.known.len();
        for word in &words {
            if let Some(initial) = word.chars().next() {
                self.words.push((plain(initial), word, set));
            }
        }
        self.known.insert(words, set);
        set
    }

    /// A sense, its words that stop it among the sets.
    pub(super) fn meant(&mut self, sense: Sense, unless: Vec<&'a str>) -> Meant {
        let unless = (!unless.is_empty()).then(|| self.set(unless));
        Meant { sense, unless }
    }
}

impl Words {
    /// Each word once; one that stands twice in a set is a fault.
    fn of(sets: Sets<'_>) -> Result<Self, Twice<'_>> {
        let (mut all, mut words) = (Self::default(), sets.words);
        words.sort_unstable();
        for alike in words.chunk_by(|one, next| one.0 == next.0) {
            let first = all.places.len();
            for same in alike.chunk_by(|one, next| one.1 == next.1) {
                let mut pairs = same.iter().zip(same.iter().skip(1));
                if let Some(((_, one, _), (_, next, _))) = pairs.find(|(one, next)| one.2 == next.2)
                {
                    // The later one.
                    return Err(Twice(if one.as_ptr() > next.as_ptr() { one } else { next }));
                }
                let Some((_, word, _)) = same.first() else { continue };
                let (letters, sets) = (all.letters.len(), all.sets.len());
                all.letters.extend(word.chars().map(plain));
                all.sets.extend(same.iter().map(|(.., set)| set));
                all.places.push(((letters, all.letters.len()), (sets, all.sets.len())));
            }
            let initial = alike.first().map(|(initial, ..)| *initial);
            all.initials.extend(initial.map(|initial| (initial, (first, all.places.len()))));
        }
        Ok(all)
    }

    /// The words that begin with this character, each with its sets.
    fn of_initial(&self, initial: char) -> impl Iterator<Item = (&[char], &[usize])> {
        let place = self.initials.get(&initial).copied().unwrap_or_default();
        let words = self.places.get(place.0..place.1).unwrap_or_default().iter();
        words.filter_map(|(letters, sets)| {
            Some((self.letters.get(letters.0..letters.1)?, self.sets.get(sets.0..sets.1)?))
        })
    }
}

impl Pairs {
    /// Takes a rule in.
    pub(super) fn take<'a>(&mut self, sets: &mut Sets<'a>, near: Near<'a>, meant: &Arc<Meant>) {
        let all: Vec<usize> = near.sets.into_iter().map(|words| sets.set(words)).collect();
        let Some(first) = all.first().copied() else { return };
        let (far, meant) = (near.far, Arc::clone(meant));
        self.rules.entry(first).or_default().push(Rule { sets: all, far, meant });
    }

    /// Takes the words of all sets in, once every rule knows its own by number.
    pub(super) fn close<'a>(&mut self, sets: Sets<'a>) -> Result<(), Twice<'a>> {
        self.words = Words::of(sets)?;
        Ok(())
    }

    /// The words of sets that stand in a sentence; of two that begin at one place the longer one of a
    /// set. What lies within the spans that are taken is none.
    pub(super) fn hits(&self, chars: &[char], (from, to): Piece, taken: &[Piece]) -> Hits {
        let mut hits = Hits::new();
        for at in (from..to).filter(|at| may_begin(chars, *at)) {
            let initial = chars.get(at).copied().unwrap_or_default();
            let begins = if NUMERALS.contains(initial) { Some(NUMBER) } else { None };
            let lists = [Some(initial), begins].into_iter().flatten();
            for (word, sets) in lists.flat_map(|c| self.words.of_initial(c)) {
                let Some(end) = end_of(chars, at, to, word) else { continue };
                // Of spans that do not overlap only the last one that begins before can hold it.
                let before = taken.partition_point(|(first, _)| *first <= at).checked_sub(1);
                let holds = before
                    .and_then(|n| taken.get(n))
                    .is_some_and(|(first, last)| end <= *last && (*first, *last) != (at, end));
                if holds {
                    continue;
                }
                for set in sets {
                    let known = hits.entry(*set).or_default();
                    match known.last_mut().filter(|(start, _)| *start == at) {
                        Some(last) => last.1 = last.1.max(end),
                        None => known.push((at, end)),
                    }
                }
            }
        }
        hits
    }

    /// What the rules find in a sentence.
    pub(super) fn found(&self, chars: &[char], clauses: &[Piece], hits: &Hits) -> Vec<Found<'_>> {
        let mut found = Vec::new();
        for (set, firsts) in hits {
            for rule in self.rules.get(set).into_iter().flatten() {
                if rule.meant.is_stopped(hits) {
                    continue;
                }
                let all = if rule.far {
                    rule.far(chars, firsts, hits).into_iter().collect()
                } else {
                    rule.near(chars, clauses, firsts, hits)
                };
                found.extend(all.into_iter().map(|pieces| Found {
                    sense: &rule.meant.sense,
                    far: rule.far,
                    pieces,
                }));
            }
        }
        found
    }
}

impl Rule {
    /// Behind each of the first words in its clause the second that comes soonest.
    fn near(
        &self,
        chars: &[char],
        clauses: &[Piece],
        firsts: &[Piece],
        hits: &Hits,
    ) -> Vec<Vec<Piece>> {
        let thens = self.sets.get(1).and_then(|set| hits.get(set)).map_or(&[][..], Vec::as_slice);
        let behind = |first: &Piece| {
            let clause = clauses.partition_point(|(from, _)| *from <= first.0).checked_sub(1)?;
            let (_, to) = clauses.get(clause)?;
            let last = first.1 + if spaced(chars, first.0) { GAP_SPACED } else { GAP };
            let mut thens = between(thens, first.1, last);
            thens.find(|then| then.1 <= *to).map(|then| vec![*first, *then])
        };
        firsts.iter().filter_map(behind).collect()
    }

    /// One of each set in any order, those that stand closest.
    fn far(&self, chars: &[char], firsts: &[Piece], hits: &Hits) -> Option<Vec<Piece>> {
        let together = |first: &Piece| {
            let most = if spaced(chars, first.0) { REACH_SPACED } else { REACH };
            let mut pieces = vec![*first];
            for set in self.sets.get(1..)? {
                let apart = |piece: &&Piece| {
                    pieces.iter().all(|known| piece.1 <= known.0 || known.1 <= piece.0)
                };
                // What begins further off reaches too far.
                let around = between(hits.get(set)?, first.0.saturating_sub(most), first.1 + most);
                let next = around.filter(apart).min_by_key(|piece| {
                    if piece.0 >= first.1 { piece.0 - first.1 } else { first.0 - piece.1 }
                })?;
                pieces.push(*next);
            }
            pieces.sort_unstable();
            (reach(&pieces) <= most).then_some(pieces)
        };
        firsts.iter().filter_map(together).min_by_key(|pieces| reach(pieces))
    }
}

/// Those of words in order that begin from one place to another.
fn between(pieces: &[Piece], from: usize, to: usize) -> impl Iterator<Item = &Piece> {
    let first = pieces.partition_point(|piece| piece.0 < from);
    let from = pieces.get(first..).unwrap_or_default().iter();
    from.take_while(move |piece| piece.0 <= to).inspect(|_| look())
}

fn reach(pieces: &[Piece]) -> usize {
    let from = pieces.first().map_or(0, |piece| piece.0);
    pieces.last().map_or(0, |piece| piece.1).saturating_sub(from)
}

/// Behind the last character of a word that begins here.
fn end_of(chars: &[char], at: usize, to: usize, word: &[char]) -> Option<usize> {
    let Some((initial, rest)) = word.split_first() else {
        return may_end(chars, at).then_some(at);
    };
    if *initial == NUMBER {
        let numeral = |n: &usize| chars.get(*n).is_some_and(|c| NUMERALS.contains(*c));
        if !numeral(&at) {
            return None;
        }
        let behind = (at + 1..to).take(LONGEST_NUMBER - 1).take_while(numeral);
        let last = behind.inspect(|_| look()).count() + at + 1;
        return (at + 1..=last).rev().find_map(|next| end_of(chars, next, to, rest));
    }
    (at < to && chars.get(at) == Some(initial)).then(|| end_of(chars, at + 1, to, rest)).flatten()
}
