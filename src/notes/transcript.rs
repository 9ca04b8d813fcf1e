//! Transcripts of talks: `.srt` and `.vtt` without their numbers and times.

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
    /// Subtitles: `.srt`, `.vtt`.
    Subtitles,
}

impl Layout {
    /// How a transcript of this name is laid out; `None` = by its name it is none.
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        let is = |known: &str| ending.eq_ignore_ascii_case(known);
        if is("srt") || is("vtt") {
            Some(Self::Subtitles)
        } else {
            is("txt").then_some(Self::Plain)
        }
    }
}

/// The speech in a file, cue by cue; plain text is one cue.
pub fn cues(text: &str, layout: Layout) -> Vec<Cue> {
    if layout == Layout::Plain {
        return vec![Cue { at: String::new(), text: text.to_owned() }];
    }
    let mut cues: Vec<Cue> = Vec::new();
    let mut open = false;
    for line in text.lines().map(str::trim) {
        if let Some((from, _)) = line.split_once("-->") {
            // Hours, minutes and seconds; their fractions say nothing to a person.
            let at = from.trim().split([',', '.']).next().unwrap_or_default().to_owned();
            cues.push(Cue { at, text: String::new() });
            open = true;
        } else if line.is_empty() {
            open = false;
        } else if let (true, Some(cue)) = (open, cues.last_mut()) {
            if !cue.text.is_empty() {
                cue.text.push('\n');
            }
            cue.text.push_str(&without_marks(line));
        }
    }
    cues.retain(|cue| !cue.text.is_empty());
    cues
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
