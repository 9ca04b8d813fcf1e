//! The review pack: TOML to rules. The first fault refuses it, with file and line.

use std::sync::{Arc, OnceLock};

use serde::Deserialize;

use crate::domain::loan::Tier;
use crate::domain::money::Fen;
use crate::domain::review::{OpinionLevel, OpinionRule, ReviewRules, ScriptLine};
use crate::form::{Fault, FaultKind};

const FILE: &str = "review/default.toml";
const SOURCE: &str = include_str!("../../assets/review/default.toml");

/// The built-in rules.
pub fn load() -> Result<ReviewRules, Fault> {
    parse(FILE, SOURCE)
}

/// The built-in rules, read once in the life of the program.
pub fn shared() -> Result<Arc<ReviewRules>, Fault> {
    static PACK: OnceLock<Result<Arc<ReviewRules>, Fault>> = OnceLock::new();
    PACK.get_or_init(|| load().map(Arc::new)).clone()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    id: String,
    version: u32,
    call_back: RawCallBack,
    #[serde(default)]
    opinion: Vec<RawOpinion>,
    script: Vec<RawLine>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCallBack {
    percent: toml::Spanned<u32>,
    differs_signal: String,
    #[serde(rename = "source")]
    _source: String,
    #[serde(rename = "verified")]
    _verified: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOpinion {
    id: toml::Spanned<String>,
    needs: Vec<String>,
    #[serde(default)]
    red_flag: bool,
    #[serde(default)]
    tier_worse: bool,
    tier_from: Option<String>,
    exposure_from: Option<String>,
    source: String,
    verified: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLine {
    zh: toml::Spanned<String>,
    en: String,
}

/// Reads rules; `file` names them in faults.
pub fn parse(file: &str, text: &str) -> Result<ReviewRules, Fault> {
    let line = |offset: usize| 1 + text.bytes().take(offset).filter(|b| *b == b'\n').count();
    let fault = |at: usize, what| Fault { file: file.to_owned(), line: line(at), what };
    let raw: Raw = toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        fault(at, FaultKind::Shape(error.message().to_owned()))
    })?;
    let percent = *raw.call_back.percent.get_ref();
    if percent > 100 {
        let at = raw.call_back.percent.span().start;
        return Err(fault(at, FaultKind::Unknown(percent.to_string())));
    }
    let mut opinions: Vec<OpinionRule> = Vec::with_capacity(raw.opinion.len());
    for rule in raw.opinion {
        let at = rule.id.span().start;
        let id = rule.id.into_inner();
        let unknown = |name: &str| fault(at, FaultKind::Unknown(name.to_owned()));
        let needs: Result<Vec<_>, _> = rule
            .needs
            .iter()
            .map(|code| OpinionLevel::from_code(code).ok_or_else(|| unknown(code)))
            .collect();
        let needs = needs?;
        let tier = rule.tier_from.as_deref();
        let tier_from = tier.map(|code| Tier::from_code(code).ok_or_else(|| unknown(code)));
        let exposure = rule.exposure_from.as_deref();
        let exposure_from = exposure.map(|text| yuan(text).ok_or_else(|| unknown(text)));
        if opinions.iter().any(|known| known.id == id) {
            return Err(fault(at, FaultKind::Duplicate(id)));
        }
        if needs.is_empty() {
            return Err(unknown(&id));
        }
        opinions.push(OpinionRule {
            needs,
            red_flag: rule.red_flag,
            tier_from: tier_from.transpose()?,
            tier_worse: rule.tier_worse,
            exposure_from: exposure_from.transpose()?,
            source: rule.source,
            verified: rule.verified,
            id,
        });
    }
    let mut script = Vec::with_capacity(raw.script.len());
    for said in raw.script {
        let at = said.zh.span().start;
        let zh = said.zh.into_inner();
        for (lang, words) in [("zh", &zh), ("en", &said.en)] {
            if words.trim().is_empty() {
                return Err(fault(at, FaultKind::MissingWords("script".to_owned(), lang)));
            }
        }
        script.push(ScriptLine { zh, en: said.en });
    }
    Ok(ReviewRules {
        version: format!("{}@{}", raw.id, raw.version),
        sample_percent: percent,
        differs_signal: raw.call_back.differs_signal,
        opinions,
        script,
    })
}

/// `5000000 yuan`.
fn yuan(text: &str) -> Option<Fen> {
    let (number, unit) = text.trim().split_once(' ')?;
    let yuan: i64 = number.parse().ok().filter(|yuan| *yuan >= 0)?;
    (unit == "yuan").then(|| yuan.checked_mul(100).map(Fen))?
}

#[cfg(test)]
mod tests;
