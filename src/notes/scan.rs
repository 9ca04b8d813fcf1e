//! Reads a text: words first, then what rules tell that no word told.

use super::near::Found;
use super::{Finding, Lexicon, Meaning, Place, Sense, Span, Stand, What, clause, figure, share};

impl Lexicon {
    /// Everything that stands in a text, in its order.
    pub fn scan(&self, text: &str) -> Vec<Finding> {
        let chars: Vec<char> = text.chars().map(clause::plain).collect();
        let mut findings = figure::figures(&chars);
        let mut last = 0;
        for sentence in clause::sentences(&chars) {
            let back = clause::takes_back(
                &self.turns,
                chars.get(sentence.0..sentence.1).unwrap_or_default(),
            );
            for finding in findings.iter_mut().filter(|f| last <= f.start && f.end <= sentence.0) {
                let told = matches!(finding.what, What::Word(_));
                if told
                    && (back == Some(finding.stand)
                        || back == Some(Stand::Said) && finding.stand == Stand::Hearsay)
                {
                    finding.stand = Stand::Denied;
                }
            }
            findings.extend(self.findings_of(&chars, sentence));
            last = sentence.0;
        }
        findings.sort_by_key(|finding| (finding.start, finding.end));
        findings
    }

    /// What stands in a sentence: words, then what rules tell that no word told.
    fn findings_of(&self, chars: &[char], sentence: (usize, usize)) -> Vec<Finding> {
        let clauses = clause::clauses(chars, sentence);
        let (mut words, mut harmless) = (Vec::new(), Vec::new());
        for clause in &clauses {
            let mut at = clause.0;
            while at < clause.1 {
                let Some((sense, end)) = self.longest_at(chars, at, clause.1) else {
                    at += 1;
                    continue;
                };
                if sense.meaning == Meaning::Harmless {
                    harmless.push((at, end));
                } else {
                    words.push((sense, *clause, (at, end)));
                }
                at = end;
            }
        }
        let hits = self.pairs.hits(chars, sentence, &harmless);
        let mut found = Vec::new();
        for (sense, clause, piece) in words {
            if self.pairs.is_stopped(sense, &hits) {
                continue;
            }
            let stand = self.stand(sense, &Place { chars, sentence, clause }, &Span::of(&[piece]));
            let what = What::Word(sense.meaning.clone());
            found.push((sense, Finding { what, stand, start: piece.0, end: piece.1 }));
        }
        let mut told = Vec::new();
        for Found { sense, far, pieces } in self.pairs.found(chars, &clauses, &hits) {
            let stand = worst(&clauses, &pieces, |clause, span| {
                let span = Span { far, ..span };
                self.stand(sense, &Place { chars, sentence, clause }, &span)
            });
            told.push((sense, stand, pieces));
        }
        for (sense, pieces) in self.compares.found(&self.pairs, chars, sentence, &hits) {
            let stand = worst(&clauses, &pieces, |clause, span| {
                clause::turned(&self.turns, &Place { chars, sentence, clause }, &span)
                    .unwrap_or(Stand::Said)
            });
            told.push((sense, stand, pieces));
        }
        // Of two that tell the same in one place the one that says it counts.
        told.sort_by_key(|(_, stand, pieces)| {
            let Span { start, end, .. } = Span::of(pieces);
            (*stand, start, end)
        });
        for (sense, stand, pieces) in told {
            let Span { start, end, .. } = Span::of(&pieces);
            let what = What::Word(sense.meaning.clone());
            let known = |f: &Finding| f.what == what && f.start < end && start < f.end;
            if !found.iter().any(|(_, finding)| known(finding)) {
                found.push((sense, Finding { what, stand, start, end }));
            }
        }
        without_replaced(found)
    }

    /// How it stands; an amount too small is told before whose words it is.
    fn stand(&self, sense: &Sense, place: &Place<'_>, span: &Span) -> Stand {
        let stand = clause::stand(&self.turns, place, span);
        let open = matches!(stand, Stand::Said | Stand::Hearsay);
        let below = |least| share::is_below(&self.amounts, least, place, span);
        if open && sense.least.is_some_and(below) { Stand::Below } else { stand }
    }

    /// The longest word of the pack that begins here, where a word can begin.
    fn longest_at(&self, chars: &[char], at: usize, to: usize) -> Option<(&Sense, usize)> {
        if !clause::may_begin(chars, at) {
            return None;
        }
        let most = (at + self.longest).min(to);
        (at + 1..=most).rev().find_map(|end| {
            let sense = self.words.get(chars.get(at..end)?)?;
            clause::may_end(chars, end).then_some((sense, end))
        })
    }
}

impl Span {
    /// From the first of these to the last.
    fn of(pieces: &[(usize, usize)]) -> Self {
        let (start, _) = pieces.first().copied().unwrap_or_default();
        let (last, end) = pieces.last().copied().unwrap_or_default();
        let before = pieces.len().checked_sub(2).and_then(|n| pieces.get(n));
        let behind = before.map_or(start, |piece| piece.1);
        Self { start, behind, then: last.max(behind), end, far: false }
    }
}

/// The findings of a sentence but for signals that another one that is said stands instead of.
fn without_replaced(found: Vec<(&Sense, Finding)>) -> Vec<Finding> {
    let open = |stand| matches!(stand, Stand::Said | Stand::Hearsay);
    let said = found.iter().filter(|(_, finding)| open(finding.stand));
    let gone: Vec<String> = said.flat_map(|(sense, _)| sense.instead.iter().cloned()).collect();
    let kept = |finding: &Finding| match &finding.what {
        What::Word(Meaning::Signal(code)) => !gone.contains(code),
        _ => true,
    };
    found.into_iter().map(|(_, finding)| finding).filter(kept).collect()
}

/// How words stand that lie in one clause or several: said only where they are in each.
fn worst(
    clauses: &[(usize, usize)],
    pieces: &[(usize, usize)],
    stand: impl Fn((usize, usize), Span) -> Stand,
) -> Stand {
    let mut all = clauses.iter().filter_map(|clause| {
        let within = pieces.iter().filter(|piece| clause.0 <= piece.0 && piece.0 < clause.1);
        let within: Vec<(usize, usize)> = within.copied().collect();
        (!within.is_empty()).then(|| stand(*clause, Span::of(&within)))
    });
    all.find(|stand| *stand != Stand::Said).unwrap_or(Stand::Said)
}
