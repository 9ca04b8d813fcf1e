//! The conduct pack: TOML to the rules of how a visit is conducted.

use std::sync::OnceLock;

use serde::Deserialize;
use toml::Spanned;

use crate::domain::conduct::{Channel, Conduct, Likeness, TwoPersons};
use crate::domain::duty::DutyCode;
use crate::domain::flag::Level;
use crate::domain::loan::Tier;
use crate::domain::money::Fen;
use crate::domain::visit::VisitClass;

/// The built-in pack.
const DEFAULT: (&str, &str) =
    ("conduct/default.toml", include_str!("../../assets/conduct/default.toml"));

/// Why a conduct pack can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {what}")]
pub struct ConductFault {
    /// Which file.
    pub file: String,
    /// Line in it, from 1.
    pub line: usize,
    /// What is wrong there: the reader's message, or the value that means nothing.
    pub what: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pack {
    id: String,
    version: u32,
    two_persons: Two,
    likeness: Like,
    channel: Vec<Way>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Two {
    #[serde(rename = "source")]
    _source: String,
    #[serde(rename = "verified")]
    _verified: bool,
    class: Option<Spanned<String>>,
    from_exposure_yuan: Option<Spanned<i64>>,
    level: Option<Spanned<String>>,
    #[serde(default)]
    tiers: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Like {
    #[serde(rename = "source")]
    _source: String,
    #[serde(rename = "verified")]
    _verified: bool,
    percent: Spanned<u8>,
    least_characters: Spanned<usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Way {
    code: Spanned<String>,
    zh: String,
    en: String,
    #[serde(default)]
    also: Vec<String>,
    class: Spanned<String>,
    #[serde(default)]
    not_for: Vec<Spanned<String>>,
    #[serde(rename = "source")]
    _source: String,
    #[serde(rename = "verified")]
    _verified: bool,
}

/// Offset in the text and what is wrong there.
type At = (usize, String);

/// The built-in rules.
pub fn load() -> Result<Conduct, ConductFault> {
    parse(DEFAULT.0, DEFAULT.1)
}

/// The built-in rules, read once in the life of the program. They can't be faulty: a test reads
/// them.
pub fn shared() -> Option<&'static Conduct> {
    static RULES: OnceLock<Option<Conduct>> = OnceLock::new();
    RULES.get_or_init(|| load().ok()).as_ref()
}

/// Rules from TOML; `file` names it in faults.
pub fn parse(file: &str, text: &str) -> Result<Conduct, ConductFault> {
    let fault = |(offset, what): At| {
        let before = text.char_indices().take_while(|(at, _)| *at < offset);
        let line = 1 + before.filter(|(_, c)| *c == '\n').count();
        ConductFault { file: file.to_owned(), line, what }
    };
    let pack: Pack = toml::from_str(text).map_err(|error| {
        let offset = error.span().map_or(0, |span| span.start);
        fault((offset, error.message().to_owned()))
    })?;
    build(pack).map_err(fault)
}

fn build(pack: Pack) -> Result<Conduct, At> {
    let two = pack.two_persons;
    let from_exposure = match two.from_exposure_yuan {
        Some(yuan) if *yuan.get_ref() < 0 => {
            return Err((yuan.span().start, yuan.get_ref().to_string()));
        }
        limit => limit.map(|yuan| Fen::from_yuan(yuan.into_inner())),
    };
    let percent = pack.likeness.percent;
    if !(1..=100).contains(percent.get_ref()) {
        return Err((percent.span().start, percent.get_ref().to_string()));
    }
    let least = pack.likeness.least_characters;
    if *least.get_ref() < 5 {
        // The shingles that are compared have five characters.
        return Err((least.span().start, least.get_ref().to_string()));
    }
    let mut channels: Vec<Channel> = Vec::new();
    for way in pack.channel {
        let channel = channel(way.code.get_ref(), &way)?;
        let taken = |name: &String| {
            channels.iter().any(|c| c.code == *name || c.names.iter().any(|other| other == name))
        };
        if taken(&channel.code) || channel.names.iter().any(taken) {
            return Err((way.code.span().start, channel.code));
        }
        channels.push(channel);
    }
    Ok(Conduct {
        version: format!("{}@{}", pack.id, pack.version),
        channels,
        two: TwoPersons {
            class: two.class.map(|c| code(&c, VisitClass::from_code)).transpose()?,
            from_exposure,
            level: two.level.map(|l| code(&l, Level::from_code)).transpose()?,
            tiers: codes(&two.tiers, Tier::from_code)?,
        },
        likeness: Likeness { percent: percent.into_inner(), least: least.into_inner() },
    })
}

fn channel(id: &str, way: &Way) -> Result<Channel, At> {
    let mut names = vec![way.zh.clone(), way.en.clone()];
    if names.iter().any(|name| name.trim().is_empty()) {
        return Err((way.code.span().start, format!("{id}: zh, en")));
    }
    names.extend(way.also.iter().cloned());
    Ok(Channel {
        code: id.to_owned(),
        names,
        class: code(&way.class, VisitClass::from_code)?,
        not_for: codes(&way.not_for, DutyCode::from_code)?,
    })
}

fn code<T>(text: &Spanned<String>, from: fn(&str) -> Option<T>) -> Result<T, At> {
    from(text.get_ref()).ok_or_else(|| (text.span().start, text.get_ref().clone()))
}

fn codes<T>(texts: &[Spanned<String>], from: fn(&str) -> Option<T>) -> Result<Vec<T>, At> {
    texts.iter().map(|text| code(text, from)).collect()
}

#[cfg(test)]
mod tests;
