//! What the officer's own words and the transcripts of the visit name: signals stand beside what rules
//! suggest and are decided with the same key, but never owed; tags, attitude and signals that are only
//! hearsay are told. Each has the words that caused it and where they stand. The words of the pack are
//! read when the first text is there.

use std::collections::BTreeMap;

use crate::assets::{notes, signals};
use crate::domain::answer::{Answer, Value};
use crate::domain::heard::HeardKind;
use crate::form::{Proposal, Words};
use crate::i18n::{Catalog, Lang};
use crate::notes::Lexicon;
use crate::notes::hear::{Heard, hear};
use crate::notes::transcript::Layout;
use crate::protocol::page::HeardRow;
use crate::risk::Signals;
use crate::ui::value::pick;

/// Shorter texts are names and numbers.
const LEAST: usize = 3;

/// A tag, an attitude or a signal that is hearsay, with where it was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hint {
    pub(super) kind: HeardKind,
    pub(super) code: String,
    pub(super) said: Words,
}

/// What words name, each thing once.
#[derive(Debug, Default)]
pub(super) struct Read {
    /// Signals: those of answers in the order of the items, then those of the talks.
    pub(super) signals: Vec<Proposal>,
    /// Tags and attitudes in the same order.
    pub(super) hints: Vec<Hint>,
}

/// What answers, their notes and the transcripts name; `title` is the question of a path, with the
/// flag or point that it was made for in it.
pub(super) fn read<'a>(
    answers: &BTreeMap<String, Answer>,
    heard: &[HeardRow],
    title: impl Fn(&str) -> Option<&'a Words>,
) -> Read {
    let texts: Vec<(&str, &str)> = answers
        .iter()
        .flat_map(|(item, answer)| {
            let own = match &answer.value {
                Value::Text(text) => Some(text.as_str()),
                _ => None,
            };
            own.into_iter().chain([answer.note.as_str()]).map(move |text| (item.as_str(), text))
        })
        .filter(|(_, text)| text.chars().count() >= LEAST)
        .collect();
    let mut read = Read::default();
    if texts.is_empty() && heard.is_empty() {
        return read;
    }
    // Built-in packs are sound: a test reads them.
    let (Ok(lexicon), Ok(signals)) = (notes::shared(), signals::shared()) else { return read };
    for (item, text) in texts {
        // An answer whose question is not asked any more says nothing.
        let Some(title) = title(item) else { continue };
        for said in of_text(title, text, &lexicon) {
            read.take(item, said, &signals);
        }
    }
    for row in heard {
        let told = |lang| Catalog::of(lang).scan.heard(&row.file, &row.mark, &row.words);
        let words = Words { zh: told(Lang::Zh), en: told(Lang::En) };
        let (kind, code, hearsay) = (row.kind, row.code.clone(), row.hearsay);
        read.take(&row.item, Said { kind, code, hearsay, words }, &signals);
    }
    // What is said elsewhere as a fact is no hearsay.
    let Read { signals, hints } = &mut read;
    hints.retain(|hint| {
        hint.kind != HeardKind::Signal || !signals.iter().any(|known| known.signal == hint.code)
    });
    read
}

/// One thing that a text names.
struct Said {
    kind: HeardKind,
    code: String,
    hearsay: bool,
    words: Words,
}

impl Read {
    fn take(&mut self, item: &str, said: Said, signals: &Signals) {
        let Said { kind, code, hearsay, words: said } = said;
        if kind == HeardKind::Signal && !hearsay {
            let known = self.signals.iter().any(|known| known.signal == code);
            if let Some(level) = signals.get(&code).map(|signal| signal.level).filter(|_| !known) {
                let (item, limits) = (item.to_owned(), Vec::new());
                self.signals.push(Proposal { signal: code, level, item, note: said, limits });
            }
        } else if !self.hints.iter().any(|known| (known.kind, &known.code) == (kind, &code)) {
            self.hints.push(Hint { kind, code, said });
        }
    }
}

/// What one text says, with the words and the question at which they stand.
fn of_text(title: &Words, text: &str, lexicon: &Lexicon) -> Vec<Said> {
    let one = |heard: Heard| {
        let told = |lang: Lang| Catalog::of(lang).scan.says(pick(title, lang), &heard.words);
        let (kind, code) = heard.meaning.coded();
        let words = Words { zh: told(Lang::Zh), en: told(Lang::En) };
        Some(Said { kind, code: code.to_owned(), hearsay: heard.hearsay, words })
    };
    // A text of blanks says nothing.
    let heard = hear(lexicon, text, Layout::Plain).unwrap_or_default();
    heard.into_iter().filter_map(one).collect()
}

#[cfg(test)]
mod tests;
