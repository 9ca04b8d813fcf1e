//! What a text or a talk proposes, each thing with the words that caused it and where they stand.

use super::transcript::{Layout, Unread, whole_cues};
use super::words::spaced;
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
    for cue in whole_cues(lexicon, text, layout)? {
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

/// The words of a finding in brackets, with a little around them of their own sentence; what is cut
/// off says so.
fn marked(chars: &[char], finding: &Finding) -> String {
    let part = |from: usize, to: usize| -> String {
        let chars = chars.get(from..to).unwrap_or_default();
        chars.iter().map(|c| if c.is_control() { ' ' } else { *c }).collect()
    };
    let ends = |at: &usize| chars.get(*at).is_some_and(|c| "。！？!?；;\n".contains(*c));
    let (start, end) = (finding.start, finding.end);
    let first = start.saturating_sub(AROUND);
    let from = (first..start).rev().find(ends).map_or(first, |mark| mark + 1);
    let begins = from == 0 || ends(&(from - 1));
    let last = (end + AROUND).min(chars.len());
    let to = (end..last).find(ends).map_or(last, |mark| mark + 1);
    let stops = to == chars.len() || ends(&to.saturating_sub(1)) || ends(&to);
    let (before, after) = (part(from, start), part(end, to));
    // Of a language with spaces whole words are left.
    let before = match before.split_once(' ') {
        Some((_, rest)) if !begins && spaced(chars, from - 1) && spaced(chars, from) => rest,
        _ => before.as_str(),
    };
    let after = match after.rsplit_once(' ') {
        Some((rest, _)) if !stops && spaced(chars, to - 1) && spaced(chars, to) => rest,
        _ => after.as_str(),
    };
    let cut = |whole: bool| if whole { "" } else { "…" };
    format!(
        "{}{}[{}]{}{}",
        cut(begins),
        before.trim_start(),
        part(start, end),
        after.trim_end(),
        cut(stops)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notes::What;

    #[test]
    fn the_words_around_are_those_of_the_sentence_and_cuts_are_told() {
        let cases = [
            ("现场看到，企业已停产两个月。", "停产", "现场看到，企业已[停产]两个月。"),
            ("听说要拆迁，没核实。门市停业", "停业", "门市[停业]"),
            (
                "老板今天上午在电话里承认上个月停产了，工人都回家去了。",
                "停产",
                "…电话里承认上个月[停产]了，工人都回家去…",
            ),
            (
                "Yesterday we found that the plant stopped for good",
                "stopped",
                "…plant [stopped] for…",
            ),
            ("停产", "停产", "[停产]"),
        ];
        for (text, word, wanted) in cases {
            let chars: Vec<char> = text.chars().collect();
            let at = text.split(word).next().unwrap().chars().count();
            let (start, end) = (at, at + word.chars().count());
            let finding = Finding { what: What::Day, stand: Stand::Said, start, end };
            assert_eq!(marked(&chars, &finding), wanted, "{text}");
        }
    }
}
