//! What a text or a talk proposes, each thing with the words that caused it and where they stand.

use super::transcript::{Layout, Unread, cues};
use super::{Finding, Lexicon, Meaning, Stand, What};

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
        for finding in lexicon.scan(&cue.text) {
            let What::Word(meaning) = &finding.what else { continue };
            let hearsay = finding.stand == Stand::Hearsay;
            let kept = match meaning {
                Meaning::Harmless => false,
                Meaning::Signal(_) => hearsay || finding.stand == Stand::Said,
                Meaning::Tag(_) | Meaning::Attitude(_) => finding.stand == Stand::Said,
            };
            if !kept {
                continue;
            }
            let mark = if cue.at.is_empty() { line(&cue.text, &finding) } else { cue.at.clone() };
            let words = marked(&cue.text, &finding);
            heard.push(Heard { meaning: meaning.clone(), hearsay, mark, words });
        }
    }
    Ok(heard)
}

/// The number of the line in which a finding begins, from 1.
fn line(text: &str, finding: &Finding) -> String {
    let before = text.chars().take(finding.start).filter(|c| *c == '\n').count();
    (before + 1).to_string()
}

/// The words of a finding in brackets, with a little around them.
pub fn marked(text: &str, finding: &Finding) -> String {
    let part = |from: usize, to: usize| -> String {
        let chars = text.chars().skip(from).take(to.saturating_sub(from));
        chars.map(|c| if c.is_control() { ' ' } else { c }).collect()
    };
    let from = finding.start.saturating_sub(AROUND);
    let before = part(from, finding.start);
    let after = part(finding.end, finding.end + AROUND);
    format!("{before}[{}]{after}", part(finding.start, finding.end))
}
