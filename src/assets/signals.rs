//! The signal library: TOML to signals.

use std::sync::{Arc, OnceLock};

use serde::Deserialize;

use crate::domain::flag::Level;
use crate::form::{Fault, FaultKind};
use crate::risk::{Group, Signal, Signals};

const FILE: &str = "default.toml";
const SOURCE: &str = include_str!("../../assets/signals/default.toml");

/// The built-in library.
pub fn load() -> Result<Signals, Fault> {
    parse(SOURCE)
}

/// The built-in library, read once in the life of the program.
pub fn shared() -> Result<Arc<Signals>, Fault> {
    static PACK: OnceLock<Result<Arc<Signals>, Fault>> = OnceLock::new();
    PACK.get_or_init(|| load().map(Arc::new)).clone()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSignals {
    pack: String,
    signal: Vec<RawSignal>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSignal {
    code: toml::Spanned<String>,
    zh: String,
    en: String,
    level: String,
    up_to: Option<String>,
    source: String,
    verified: bool,
}

/// Reads a library; the first fault refuses it.
fn parse(text: &str) -> Result<Signals, Fault> {
    let line = |offset: usize| 1 + text.bytes().take(offset).filter(|b| *b == b'\n').count();
    let fault = |offset, what| Fault { file: FILE.to_owned(), line: line(offset), what };
    let raw: RawSignals = toml::from_str(text).map_err(|error| {
        let offset = error.span().map_or(0, |span| span.start);
        fault(offset, FaultKind::Shape(error.message().to_owned()))
    })?;
    let mut signals: Vec<Signal> = Vec::with_capacity(raw.signal.len());
    for signal in raw.signal {
        let at = signal.code.span().start;
        let code = signal.code.into_inner();
        let group =
            Group::of_code(&code).ok_or_else(|| fault(at, FaultKind::BadCode(code.clone())))?;
        if signals.iter().any(|known| known.code == code) {
            return Err(fault(at, FaultKind::Duplicate(code)));
        }
        for (lang, words) in [("zh", &signal.zh), ("en", &signal.en)] {
            if words.trim().is_empty() {
                return Err(fault(at, FaultKind::MissingWords(code, lang)));
            }
        }
        let level = |name: &str| {
            Level::from_code(name).ok_or_else(|| fault(at, FaultKind::Unknown(name.to_owned())))
        };
        signals.push(Signal {
            level: level(&signal.level)?,
            up_to: signal.up_to.as_deref().map(level).transpose()?,
            zh: signal.zh,
            en: signal.en,
            group,
            source: signal.source,
            verified: signal.verified,
            code,
        });
    }
    Ok(Signals::new(raw.pack, signals))
}

#[cfg(test)]
mod tests;
