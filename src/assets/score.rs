//! The score card: TOML to values and back.

use std::fmt::Write as _;
use std::sync::{Arc, OnceLock};

use serde::Deserialize;

use super::reading::{faults, read};
use crate::form::{Fault, FaultKind};
use crate::risk::score::{Band, Card, CardFault, Input, Judged, Rule, Source};

const FILE: &str = "score/default.toml";
const SOURCE: &str = include_str!("../../assets/score/default.toml");

/// The built-in card.
pub fn load() -> Result<Card, Fault> {
    parse(FILE, SOURCE)
}

/// The built-in card, read once in the life of the program.
pub fn shared() -> Result<Arc<Card>, Fault> {
    static PACK: OnceLock<Result<Arc<Card>, Fault>> = OnceLock::new();
    PACK.get_or_init(|| load().map(Arc::new)).clone()
}

/// The text of the built-in card.
pub const fn default_text() -> &'static str {
    SOURCE
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCard {
    card: String,
    double_odds: i32,
    base_rate: f64,
    #[serde(default)]
    source: Vec<RawSource>,
    #[serde(default)]
    judged: Vec<RawJudged>,
    input: Vec<RawRule>,
    band: Vec<RawBand>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSource {
    name: String,
    citation: String,
    rows: u32,
    bad: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawJudged {
    name: String,
    auc: f64,
    recall: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    code: toml::Spanned<String>,
    zh: String,
    en: String,
    how_zh: String,
    how_en: String,
    steps: Vec<f64>,
    points: Vec<i32>,
    missing: i32,
    source: String,
    verified: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawBand {
    from: i32,
    probability: f64,
    grade: char,
}

/// Reads a card; the first fault refuses it, with file and line.
pub fn parse(file: &str, text: &str) -> Result<Card, Fault> {
    let fault = faults(file, text);
    let raw: RawCard = read(text, &fault)?;
    let mut rules = Vec::with_capacity(raw.input.len());
    let mut places = Vec::with_capacity(raw.input.len());
    for rule in raw.input {
        let at = rule.code.span().start;
        let code = rule.code.into_inner();
        let input =
            Input::from_code(&code).ok_or_else(|| fault(at, FaultKind::Unknown(code.clone())))?;
        for (lang, words) in [("zh", &rule.zh), ("en", &rule.en)] {
            if words.trim().is_empty() {
                return Err(fault(at, FaultKind::MissingWords(code, lang)));
            }
        }
        places.push((input, at));
        rules.push(Rule {
            input,
            zh: rule.zh,
            en: rule.en,
            how_zh: rule.how_zh,
            how_en: rule.how_en,
            steps: rule.steps,
            points: rule.points,
            missing: rule.missing,
            source: rule.source,
            verified: rule.verified,
        });
    }
    let card = Card {
        id: raw.card,
        double_odds: raw.double_odds,
        base_rate: raw.base_rate,
        rules,
        bands: raw
            .band
            .into_iter()
            .map(|b| Band { from: b.from, probability: b.probability, grade: b.grade })
            .collect(),
        sources: raw
            .source
            .into_iter()
            .map(|s| Source { name: s.name, citation: s.citation, rows: s.rows, bad: s.bad })
            .collect(),
        judged: raw
            .judged
            .into_iter()
            .map(|j| Judged { name: j.name, auc: j.auc, recall: j.recall })
            .collect(),
    };
    card.check().map_err(|why| {
        let place = |input: Input| {
            // The last one with this code: of two the second is the one too many.
            places.iter().rev().find(|(known, _)| *known == input).map_or(0, |(_, at)| *at)
        };
        let shape = |input: Input, what: &str| {
            fault(place(input), FaultKind::Shape(format!("{}: {what}", input.as_code())))
        };
        match why {
            CardFault::Twice(input) => {
                fault(place(input), FaultKind::Duplicate(input.as_code().to_owned()))
            }
            CardFault::Points(input) => shape(input, "points: one more than steps"),
            CardFault::Steps(input) => shape(input, "steps: ascending numbers"),
            CardFault::Range(input) => {
                shape(input, "points: at most 10000 either way, missing within those of the bins")
            }
            CardFault::NotMonotone(input) => shape(input, "points: must rise to the riskier side"),
            CardFault::Bands => fault(
                0,
                FaultKind::Shape(
                    "band: ascending, from the least score on, grades as well".to_owned(),
                ),
            ),
            CardFault::Scale => {
                fault(0, FaultKind::Shape("double_odds, base_rate: positive, a share".to_owned()))
            }
        }
    })?;
    Ok(card)
}

/// What stands at the head of a card that was trained.
const HEAD: &str = "\
# The early-warning score card. Whole points that anybody can add up by hand; a sum stands for a
# probability and a grade. An aid, no verdict.
#
# Points with source \"fit\" rest on the outcomes of the sets named below, and on nothing else; they
# are made again by `huifang score train` (the card that is built in: examples/train_score.rs).
# Points with source \"J\" are our judgement; verified = false: a person of the bank has to confirm them.
";

/// Writes a card as a pack; reading it gives the same card.
pub fn write(card: &Card) -> String {
    let mut text = HEAD.to_owned();
    let text_of = |words: &str| toml::Value::from(words).to_string();
    let _ = write!(
        text,
        "\ncard = {}\ndouble_odds = {}\nbase_rate = {:?}\n",
        text_of(&card.id),
        card.double_odds,
        card.base_rate
    );
    for source in &card.sources {
        let _ = write!(
            text,
            "\n[[source]]\nname = {}\ncitation = {}\nrows = {}\nbad = {}\n",
            text_of(&source.name),
            text_of(&source.citation),
            source.rows,
            source.bad
        );
    }
    if !card.judged.is_empty() {
        text.push_str("\n# On companies that the points were not made of (cross-validated).\n");
    }
    for judged in &card.judged {
        let _ = write!(
            text,
            "[[judged]]\nname = {}\nauc = {:?}\nrecall = {:?}\n\n",
            text_of(&judged.name),
            judged.auc,
            judged.recall
        );
    }
    for rule in &card.rules {
        let _ = write!(
            text,
            "\n[[input]]\ncode = {}\nzh = {}\nen = {}\nhow_zh = {}\nhow_en = {}\nsteps = {:?}\n\
             points = {:?}\nmissing = {}\nsource = {}\nverified = {}\n",
            text_of(rule.input.as_code()),
            text_of(&rule.zh),
            text_of(&rule.en),
            text_of(&rule.how_zh),
            text_of(&rule.how_en),
            rule.steps,
            rule.points,
            rule.missing,
            text_of(&rule.source),
            rule.verified
        );
    }
    for band in &card.bands {
        let _ = write!(
            text,
            "\n[[band]]\nfrom = {}\nprobability = {:?}\ngrade = \"{}\"\n",
            band.from, band.probability, band.grade
        );
    }
    text
}

#[cfg(test)]
mod tests;
