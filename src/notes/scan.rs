//! Reads a text: words first, then what rules tell that no word told.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use super::clause;
use super::near::{Found, Meant, Piece};
use super::{
    Finding, Lexicon, Meaning, Place, Sense, Span, Stand, What, days, figure, lines, share, words,
};

/// Where findings of one meaning begin and end, that do not overlap.
type Known<'a> = BTreeMap<&'a Meaning, BTreeMap<usize, usize>>;

impl Lexicon {
    /// Everything that stands in a text, in its order.
    pub fn scan(&self, text: &str) -> Vec<Finding> {
        let (chars, places) = lines::read(&self.turns, text);
        let mut words: Vec<Finding> = Vec::new();
        // Where the words of the sentence before begin.
        let mut last = 0;
        for sentence in clause::sentences(&chars) {
            self.take_back(&chars, sentence, words.get_mut(last..).unwrap_or_default());
            last = words.len();
            words.extend(self.findings_of(&chars, sentence));
        }
        let mut findings = figure::figures(&chars);
        findings.append(&mut words);
        // Where they stand in the text as it was given.
        let place = |at: usize| places.get(at).copied().unwrap_or(at);
        for finding in &mut findings {
            finding.start = place(finding.start);
            finding.end = finding.end.checked_sub(1).map_or(0, |last| place(last) + 1);
        }
        findings.sort_by_key(|finding| (finding.start, finding.end));
        findings
    }

    /// Denies what the sentence before told, where this one takes it back.
    fn take_back(&self, chars: &[char], sentence: Piece, before: &mut [Finding]) {
        if before.is_empty() {
            return;
        }
        let Some(back) = clause::takes_back(&self.turns, chars, sentence) else { return };
        for finding in before {
            if finding.stand == back || finding.stand == Stand::Hearsay {
                finding.stand = Stand::Denied;
            }
        }
    }

    /// What stands in a sentence: words, then what rules tell that no word told.
    fn findings_of(&self, chars: &[char], sentence: Piece) -> Vec<Finding> {
        let clauses = clause::clauses(chars, sentence);
        let told = OnceCell::new();
        let place = |clause: &Piece| {
            let (turned, named) = (OnceCell::new(), OnceCell::new());
            Place { chars, sentence, told: &told, clause: *clause, turned, named }
        };
        let places: Vec<Place<'_>> = clauses.iter().map(place).collect();
        let (words, harmless) = self.words_of(&places);
        let hits = self.pairs.hits(chars, sentence, &harmless);
        let mut found = Vec::new();
        let mut known = Known::new();
        let lasting = |sense: &Sense, stand: Stand, span: Piece| {
            let means = |lasting| days::can_mean(&self.amounts, lasting, chars, &clauses, span);
            let lasting = sense.lasting.filter(|lasting| stand.is_open() && !means(*lasting));
            // Of several signals that tell how long it lasts only the one that is meant is told.
            lasting.map_or(Some(stand), |lasting| lasting.is_alone().then_some(Stand::Below))
        };
        for (meant, place, (start, end)) in words {
            if meant.is_stopped(&hits) {
                continue;
            }
            let sense = &meant.sense;
            let stand = self.stand(sense, place, &Span::of(&[(start, end)]));
            let Some(stand) = lasting(sense, stand, (start, end)) else { continue };
            let what = What::Word(sense.meaning.clone());
            known.entry(&sense.meaning).or_default().insert(start, end);
            found.push((sense, Finding { what, stand, start, end }));
        }
        let mut told = Vec::new();
        for Found { sense, far, pieces } in self.pairs.found(chars, &clauses, &hits) {
            let stand = worst(&places, &pieces, |place, span| {
                self.stand(sense, place, &Span { far, ..span })
            });
            let span = Span::of(&pieces);
            let stand = lasting(sense, stand, (span.start, span.end));
            told.extend(stand.map(|stand| (stand, span, sense)));
        }
        for (sense, pieces) in self.compares.found(chars, sentence, &hits) {
            let stand = worst(&places, &pieces, |place, span| {
                clause::turned(&self.turns, place, &span).unwrap_or(Stand::Said)
            });
            told.push((stand, Span::of(&pieces), sense));
        }
        // Of two that tell the same in one place the one that says it counts.
        told.sort_by_key(|(stand, span, _)| (*stand, span.start, span.end));
        for (stand, Span { start, end, .. }, sense) in told {
            let alike = known.entry(&sense.meaning).or_default();
            if alike.range(..end).next_back().is_some_and(|(_, behind)| start < *behind) {
                continue;
            }
            alike.insert(start, end);
            let what = What::Word(sense.meaning.clone());
            found.push((sense, Finding { what, stand, start, end }));
        }
        without_replaced(found)
    }

    /// The words of the pack in a sentence, each with its clause, and where harmless ones stand.
    fn words_of<'a>(&'a self, places: &'a [Place<'a>]) -> (Vec<Word<'a>>, Vec<Piece>) {
        let (mut words, mut harmless) = (Vec::new(), Vec::new());
        for place in places {
            let (mut at, to) = place.clause;
            while at < to {
                let Some((meant, end)) = self.longest_at(place.chars, at, to) else {
                    at += 1;
                    continue;
                };
                match meant {
                    Some(meant) => words.push((meant, place, (at, end))),
                    None => harmless.push((at, end)),
                }
                at = end;
            }
        }
        (words, harmless)
    }

    /// How it stands; an amount too small is told before whose words it is.
    fn stand(&self, sense: &Sense, place: &Place<'_>, span: &Span) -> Stand {
        let stand = clause::stand(&self.turns, place, span);
        let below = |least| share::is_below(&self.amounts, least, place, span);
        if stand.is_open() && sense.least.is_some_and(below) { Stand::Below } else { stand }
    }

    /// The longest word of the pack that begins here, where a word can begin; `None` in it = harmless.
    fn longest_at(&self, chars: &[char], at: usize, to: usize) -> Option<(Option<&Meant>, usize)> {
        if !words::may_begin(chars, at) {
            return None;
        }
        let most = (at + self.longest).min(to);
        (at + 1..=most).rev().find_map(|end| {
            let meant = self.words.get(chars.get(at..end)?)?;
            words::may_end(chars, end).then_some((meant.as_deref(), end))
        })
    }
}

/// A word of the pack, with its clause and where it stands.
type Word<'a> = (&'a Meant, &'a Place<'a>, Piece);

impl Span {
    /// From the first of these to the last.
    fn of(pieces: &[Piece]) -> Self {
        let (start, _) = pieces.first().copied().unwrap_or_default();
        let (last, end) = pieces.last().copied().unwrap_or_default();
        let before = pieces.len().checked_sub(2).and_then(|n| pieces.get(n));
        let behind = before.map_or(start, |piece| piece.1);
        Self { start, behind, then: last.max(behind), end, far: false }
    }
}

/// The findings of a sentence but for signals that another one that is said stands instead of.
fn without_replaced(found: Vec<(&Sense, Finding)>) -> Vec<Finding> {
    let said = found.iter().filter(|(_, finding)| finding.stand.is_open());
    let gone: BTreeSet<&String> = said.flat_map(|(sense, _)| sense.instead.iter()).collect();
    let kept = |finding: &Finding| match &finding.what {
        What::Word(Meaning::Signal(code)) => !gone.contains(code),
        _ => true,
    };
    found.into_iter().map(|(_, finding)| finding).filter(kept).collect()
}

/// How words stand that lie in one clause or several, in order: said only where they are in each.
fn worst(
    places: &[Place<'_>],
    pieces: &[Piece],
    stand: impl Fn(&Place<'_>, Span) -> Stand,
) -> Stand {
    let clause = |piece: &Piece| places.partition_point(|place| place.clause.0 <= piece.0);
    let parts = pieces.chunk_by(|one, next| clause(one) == clause(next));
    let all = parts.filter_map(|within| {
        let place = places.get(clause(within.first()?).checked_sub(1)?)?;
        Some(stand(place, Span::of(within)))
    });
    // What only others tell in one clause may be denied in another.
    let worse = |one: Stand, next| if one.is_open() && next != Stand::Said { next } else { one };
    all.reduce(worse).unwrap_or(Stand::Said)
}
