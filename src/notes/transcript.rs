//! Transcripts of talks: `.srt` and `.vtt` without their numbers and times. What is no transcript is
//! refused with its line: a talk that nobody could read is not one in which nothing was said.

use super::Lexicon;
use super::lines::{breaks_off, is_turn, join};
use crate::domain::heard::TalkFault;

/// A line of speech with when it was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cue {
    /// `00:01:05`; empty in plain text.
    pub at: String,
    /// What was said.
    pub text: String,
}

/// How a file is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// Text.
    Plain,
    /// Subtitles: `.srt`.
    Srt,
    /// Subtitles of the web: `.vtt`.
    Vtt,
}

impl Layout {
    /// How a transcript of this name is laid out; `None` = by its name it is none.
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        let known = [("srt", Self::Srt), ("vtt", Self::Vtt), ("txt", Self::Plain)];
        known
            .into_iter()
            .find_map(|(name, layout)| ending.eq_ignore_ascii_case(name).then_some(layout))
    }
}

/// Why a transcript can't be read, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unread {
    /// Line from 1.
    pub line: u32,
    /// Why.
    pub why: TalkFault,
}

/// The speech in a file as it is scanned: a cue that breaks off behind a denial (我们从来没有) goes on with
/// the next one, under its own time.
pub fn whole_cues(lexicon: &Lexicon, text: &str, layout: Layout) -> Result<Vec<Cue>, Unread> {
    let mut whole: Vec<Cue> = Vec::new();
    for cue in cues(text, layout)? {
        let before = whole.last_mut().filter(|before| {
            let chars: Vec<char> = before.text.chars().collect();
            breaks_off(&lexicon.turns, &chars) && !is_turn(&cue.text)
        });
        match before {
            Some(before) => join(&mut before.text, &cue.text),
            None => whole.push(cue),
        }
    }
    Ok(whole)
}

/// The speech in a file, cue by cue; plain text is one cue. A block without a time that follows speech
/// is more of it: nothing that was said is lost.
pub fn cues(text: &str, layout: Layout) -> Result<Vec<Cue>, Unread> {
    let fault = |line: u32, why| Err(Unread { line, why });
    if text.trim().is_empty() {
        return fault(1, TalkFault::Empty);
    }
    if layout == Layout::Plain {
        return Ok(vec![Cue { at: String::new(), text: text.to_owned() }]);
    }
    let mut blocks = blocks(text);
    if layout == Layout::Vtt {
        let head = blocks.first().and_then(|block| block.first()).map_or("", |(_, line)| *line);
        if head.split_whitespace().next() != Some("WEBVTT") {
            return fault(1, TalkFault::NoHeader);
        }
        // The header ends at an empty line, or at the first time.
        if let Some(head) = blocks.first_mut() {
            let end = head.iter().position(|(_, line)| is_time(line));
            head.drain(..end.unwrap_or(head.len()));
        }
        blocks.retain(|block| !block.is_empty());
        let aside = ["NOTE", "STYLE", "REGION"];
        blocks.retain(|block| {
            let word = block.first().and_then(|(_, line)| line.split_whitespace().next());
            !word.is_some_and(|word| aside.contains(&word))
        });
    }
    let mut cues: Vec<Cue> = Vec::new();
    for block in &blocks {
        let number = block.first().is_some_and(|(_, line)| is_number(line));
        // The time stands first, or below the number or name of the cue.
        let timed = block.iter().take(2).position(|(_, line)| is_time(line));
        let from = match (timed, cues.is_empty() || number) {
            (Some(at), _) => {
                let (line, time) = block.get(at).copied().unwrap_or_default();
                let Some(at_time) = begins(time) else { return fault(line, TalkFault::NoTime) };
                cues.push(Cue { at: at_time, text: String::new() });
                at + 1
            }
            (None, false) => 0,
            (None, true) => {
                let line = block.get(usize::from(number)).or(block.first()).map_or(1, |at| at.0);
                return fault(line, TalkFault::NoTime);
            }
        };
        let Some(cue) = cues.last_mut() else { continue };
        // Lines of a cue are its layout, but where another person speaks; a block is more that was said.
        for (n, (_, line)) in block.iter().skip(from).enumerate() {
            let line = without_marks(line);
            if n > 0 && !is_turn(&line) {
                join(&mut cue.text, &line);
                continue;
            }
            if !cue.text.is_empty() {
                cue.text.push('\n');
            }
            cue.text.push_str(&line);
        }
    }
    cues.retain(|cue| !cue.text.is_empty());
    if cues.is_empty() { fault(1, TalkFault::Empty) } else { Ok(cues) }
}

/// Lines between empty ones, with their numbers from 1. A time further down begins a block of its own,
/// with the number just before it: not all who write such files leave lines empty.
fn blocks(text: &str) -> Vec<Vec<(u32, &str)>> {
    let mut blocks: Vec<Vec<(u32, &str)>> = vec![Vec::new()];
    for (n, line) in (1..).zip(text.lines().map(str::trim)) {
        let Some(block) = blocks.last_mut().filter(|_| !line.is_empty()) else {
            blocks.push(Vec::new());
            continue;
        };
        // What stands alone before a time is its number or name.
        let alone = block.len() < 2 && !block.iter().any(|(_, line)| is_time(line));
        if is_time(line) && !alone {
            let number = block.pop_if(|(_, line)| is_number(line));
            blocks.push(number.into_iter().chain([(n, line)]).collect());
        } else {
            block.push((n, line));
        }
    }
    blocks.retain(|block| !block.is_empty());
    blocks
}

/// Whether it tells when something was said, readable or not.
fn is_time(line: &str) -> bool {
    line.contains("-->")
}

/// Whether it numbers a cue.
fn is_number(line: &str) -> bool {
    line.bytes().all(|b| b.is_ascii_digit())
}

/// `00:01:05` of `00:01:05,250 --> 00:01:06,000`: fractions say nothing to a person. Both must be times.
fn begins(line: &str) -> Option<String> {
    let (from, to) = line.split_once("-->")?;
    let time = |text: &str| -> Option<String> {
        let whole = text.split([',', '.']).next()?;
        let parts: Vec<&str> = whole.split(':').collect();
        let digits = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        (matches!(parts.len(), 2 | 3) && parts.iter().all(digits)).then(|| whole.to_owned())
    };
    let (from, to) = (from.trim(), to.split_whitespace().next()?);
    let begins = time(from)?;
    time(to)?;
    // What ends before it begins was damaged, and its time says nothing.
    (moment(from) <= moment(to)).then_some(begins)
}

/// A time as hours, minutes, seconds and thousandths; hours may be left out.
fn moment(time: &str) -> [u64; 4] {
    let (whole, fraction) = time.split_once([',', '.']).unwrap_or((time, ""));
    let number = |text: &str| text.parse().unwrap_or(0);
    let mut parts = whole.rsplit(':').map(number);
    let mut next = || parts.next().unwrap_or(0);
    let (seconds, minutes, hours) = (next(), next(), next());
    let thousandths: String = fraction.chars().chain("000".chars()).take(3).collect();
    [hours, minutes, seconds, number(&thousandths)]
}

/// `<v Zhang>` and `<i>` say who speaks and how it looks, not what is said.
fn without_marks(line: &str) -> String {
    let mut inside = false;
    line.chars()
        .filter(|c| {
            match c {
                '<' => inside = true,
                '>' if inside => {
                    inside = false;
                    return false;
                }
                _ => {}
            }
            !inside
        })
        .collect()
}
