//! The shape of the pack's TOML.

use serde::Deserialize;
use toml::Spanned;

/// A text of which faults name the line.
pub(super) type Text = Spanned<String>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Head {
    pub(super) pack: String,
    pub(super) near_days: u64,
    pub(super) instalments: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LookUps {
    pub(super) answers: Vec<Answers>,
    pub(super) lookup: Vec<LookUp>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Answers {
    pub(super) id: Text,
    pub(super) options: Vec<Answer>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Answer {
    pub(super) code: String,
    pub(super) result: String,
    pub(super) zh: Option<String>,
    pub(super) en: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LookUp {
    pub(super) code: Text,
    pub(super) zh: Option<String>,
    pub(super) en: Option<String>,
    pub(super) place_zh: Option<String>,
    pub(super) place_en: Option<String>,
    pub(super) help_zh: Option<String>,
    pub(super) help_en: Option<String>,
    pub(super) about: String,
    pub(super) lines: Vec<String>,
    pub(super) fresh: u64,
    pub(super) answers: String,
    pub(super) source: String,
    pub(super) verified: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Meetings {
    pub(super) meeting: Vec<Meeting>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Meeting {
    pub(super) id: Text,
    #[serde(default)]
    pub(super) lines: Vec<String>,
    #[serde(default)]
    pub(super) duties: Vec<String>,
    pub(super) roles: Vec<Vec<String>>,
    pub(super) zh: Option<String>,
    pub(super) en: Option<String>,
    pub(super) source: String,
    pub(super) verified: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Focuses {
    pub(super) rule: Vec<FocusRule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FocusRule {
    pub(super) id: Text,
    pub(super) focus: String,
    #[serde(default)]
    pub(super) duties: Vec<String>,
    #[serde(default)]
    pub(super) industries: Vec<String>,
    #[serde(default)]
    pub(super) tiers: Vec<String>,
    pub(super) level: Option<String>,
    pub(super) new_loan_days: Option<i64>,
    #[serde(default)]
    pub(super) first_visit: bool,
    #[serde(default)]
    pub(super) always: bool,
    pub(super) zh: Option<String>,
    pub(super) en: Option<String>,
    pub(super) source: String,
    pub(super) verified: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Script {
    pub(super) pack: String,
    pub(super) say: Vec<Say>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Say {
    pub(super) part: Text,
    #[serde(default)]
    pub(super) focus: Vec<String>,
    #[serde(default)]
    pub(super) channel: Vec<String>,
    #[serde(default)]
    pub(super) lines: Vec<String>,
    pub(super) zh: Option<String>,
    pub(super) en: Option<String>,
}
