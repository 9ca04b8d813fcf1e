//! What a text or a talk proposes, each thing with the words that caused it and where they stand.

use super::transcript::{Layout, Unread, cues};
use super::{Finding, Lexicon, Meaning, Stand};

/// How many characters around the words are kept.
const AROUND: usize = 8;

/// A signal, a tag or an attitude that is said, or a signal that only others tell of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// What.
    pub meaning: Meaning,
    /// Whether only others tell of it.
    pub hearsay: bool,
    /// Where: `00:01:05` of a talk, the number of the line of a text.
    pub mark: String,
    /// The words that caused it in brackets, with a little around them.
    pub words: String,
}

/// Everything that is said, in the order of the text, and signals of hearsay; what is denied or
/// supposed proposes nothing.
pub fn hear(lexicon: &Lexicon, text: &str, layout: Layout) -> Result<Vec<Heard>, Unread> {
    let mut heard = Vec::new();
    for cue in cues(text, layout)? {
        let chars: Vec<char> = cue.text.chars().collect();
        // Findings stand in the order of the text, so that its lines are counted once.
        let (mut counted, mut line) = (0, 1);
        for finding in lexicon.scan(&cue.text) {
            let Some(meaning) = finding.counts() else { continue };
            let passed = chars.get(counted..finding.start).unwrap_or_default();
            line += passed.iter().filter(|c| **c == '\n').count();
            counted = finding.start;
            let mark = if cue.at.is_empty() { line.to_string() } else { cue.at.clone() };
            let hearsay = finding.stand == Stand::Hearsay;
            let words = marked(&chars, &finding);
            heard.push(Heard { meaning: meaning.clone(), hearsay, mark, words });
        }
    }
    Ok(heard)
}

/// The words of a finding in brackets, with a little around them.
fn marked(chars: &[char], finding: &Finding) -> String {
    let part = |from: usize, to: usize| -> String {
        let chars = chars.get(from..to.min(chars.len())).unwrap_or_default();
        chars.iter().map(|c| if c.is_control() { ' ' } else { *c }).collect()
    };
    let from = finding.start.saturating_sub(AROUND);
    let before = part(from, finding.start);
    let after = part(finding.end, finding.end + AROUND);
    format!("{before}[{}]{after}", part(finding.start, finding.end))
}
