//! Signals that the officer's own words name: shown beside what rules suggest and decided with the
//! same key, but never owed. The words of the pack are read when the first text is there.

use std::collections::BTreeMap;

use crate::assets::{notes, signals};
use crate::domain::answer::{Answer, Value};
use crate::form::{Proposal, Words};
use crate::i18n::{Catalog, Lang};
use crate::notes::{Finding, Lexicon, Meaning, Stand, What};
use crate::risk::Signals;

/// How many characters around the words are shown.
const AROUND: usize = 8;
/// Shorter texts are names and numbers.
const LEAST: usize = 3;

/// What answers and notes name, each signal once, in the order of the items.
pub(super) fn proposals(answers: &BTreeMap<String, Answer>) -> Vec<Proposal> {
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
    if texts.is_empty() {
        return Vec::new();
    }
    // Built-in packs are sound: a test reads them.
    let (Ok(lexicon), Ok(signals)) = (notes::shared(), signals::shared()) else {
        return Vec::new();
    };
    let mut found: Vec<Proposal> = Vec::new();
    for (item, text) in texts {
        for proposal in of_text(item, text, &lexicon, &signals) {
            if !found.iter().any(|known| known.signal == proposal.signal) {
                found.push(proposal);
            }
        }
    }
    found
}

fn of_text(item: &str, text: &str, lexicon: &Lexicon, signals: &Signals) -> Vec<Proposal> {
    let proposal = |finding: Finding| {
        let What::Word(Meaning::Signal(code)) = &finding.what else { return None };
        let level = signals.get(code)?.level;
        let said = |lang: Lang| Catalog::of(lang).scan.says(&marked(text, &finding));
        Some(Proposal {
            signal: code.clone(),
            level,
            item: item.to_owned(),
            note: Words { zh: said(Lang::Zh), en: said(Lang::En) },
            limits: Vec::new(),
        })
    };
    let findings = lexicon.scan(text).into_iter();
    findings.filter(|finding| finding.stand == Stand::Said).filter_map(proposal).collect()
}

/// The words that caused it in brackets, with a little around them.
fn marked(text: &str, finding: &Finding) -> String {
    let part = |from: usize, to: usize| -> String {
        let chars = text.chars().skip(from).take(to.saturating_sub(from));
        chars.map(|c| if c == '\n' { ' ' } else { c }).collect()
    };
    let from = finding.start.saturating_sub(AROUND);
    let before = part(from, finding.start);
    let after = part(finding.end, finding.end + AROUND);
    format!("{before}[{}]{after}", part(finding.start, finding.end))
}

#[cfg(test)]
mod tests;
