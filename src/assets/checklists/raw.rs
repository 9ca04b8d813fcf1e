//! The shape of a pack's TOML.

use serde::Deserialize;
use toml::Spanned;

/// A text of which faults name the line.
pub(super) type Text = Spanned<String>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pack {
    #[serde(rename = "pack")]
    pub(super) id: String,
    #[serde(default)]
    pub(super) threshold: Vec<Threshold>,
    #[serde(default)]
    pub(super) list: Vec<List>,
    #[serde(default)]
    pub(super) term: Vec<Term>,
    #[serde(default)]
    pub(super) fact: Vec<Fact>,
    #[serde(default)]
    pub(super) section: Vec<Section>,
    #[serde(default)]
    pub(super) check: Vec<Check>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Threshold {
    pub(super) id: Text,
    pub(super) zh: Option<String>,
    pub(super) en: Option<String>,
    pub(super) value: Option<String>,
    /// Code of `Unit`; with it the limit has a name.
    pub(super) unit: Option<String>,
    /// How the first two packs gave a limit in percent or points.
    pub(super) percent: Option<String>,
    pub(super) source: String,
    pub(super) verified: bool,
}

/// A condition over facts with a name.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Term {
    pub(super) id: String,
    pub(super) is: Text,
}

/// How a fact reads.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fact {
    pub(super) id: Text,
    pub(super) zh: Option<String>,
    pub(super) en: Option<String>,
}

/// Whether it is asked what was seen, or what should have been seen at the least.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Evidence {
    Asked(bool),
    Level(String),
}

/// A figure to compare with.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Against {
    pub(super) zh: Option<String>,
    pub(super) en: Option<String>,
    pub(super) is: Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct List {
    pub(super) id: Text,
    pub(super) options: Vec<Choice>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Choice {
    pub(super) code: String,
    pub(super) zh: Option<String>,
    pub(super) en: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Section {
    pub(super) id: Text,
    pub(super) zh: Option<String>,
    pub(super) en: Option<String>,
    #[serde(default)]
    pub(super) covers: Vec<String>,
    pub(super) relevant: Option<Text>,
    #[serde(default)]
    pub(super) item: Vec<Item>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Item {
    pub(super) code: Text,
    pub(super) zh: Option<String>,
    pub(super) en: Option<String>,
    pub(super) help_zh: Option<String>,
    pub(super) help_en: Option<String>,
    pub(super) good_zh: Option<String>,
    pub(super) good_en: Option<String>,
    pub(super) bad_zh: Option<String>,
    pub(super) bad_en: Option<String>,
    pub(super) kind: String,
    pub(super) options: Option<Vec<Choice>>,
    pub(super) list: Option<String>,
    pub(super) unit_zh: Option<String>,
    pub(super) unit_en: Option<String>,
    pub(super) each: Option<Text>,
    pub(super) relevant: Option<Text>,
    pub(super) needed: Option<String>,
    pub(super) hard_if: Option<Text>,
    pub(super) constraint: Option<Text>,
    pub(super) message_zh: Option<String>,
    pub(super) message_en: Option<String>,
    pub(super) calculation: Option<Text>,
    pub(super) explain: Option<String>,
    #[serde(default)]
    pub(super) note_for: Vec<String>,
    pub(super) key: Option<Text>,
    /// Code of `DossierField`: which field of the dossier the answer is news for.
    pub(super) updates: Option<Text>,
    /// What a photo proves: code of `PhotoCategory`.
    pub(super) category: Option<String>,
    /// Full months before the visit that a document covers.
    pub(super) window_months: Option<u8>,
    #[serde(default)]
    pub(super) against: Vec<Against>,
    pub(super) evidence: Option<Evidence>,
    pub(super) evidence_again: Option<bool>,
    /// Code of `Carry`, where it is not the usual one of the kind.
    pub(super) carry: Option<String>,
    #[serde(default)]
    pub(super) onsite: bool,
    #[serde(default)]
    pub(super) signed: bool,
    #[serde(default, rename = "self")]
    pub(super) declarable: bool,
    #[serde(default)]
    pub(super) cell: Vec<Self>,
    #[serde(default)]
    pub(super) flag: Vec<Flag>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Flag {
    pub(super) when: Text,
    pub(super) signal: String,
    pub(super) level: String,
    pub(super) zh: Option<String>,
    pub(super) en: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Check {
    pub(super) id: Text,
    pub(super) zh: Option<String>,
    pub(super) en: Option<String>,
    pub(super) question_zh: Option<String>,
    pub(super) question_en: Option<String>,
    pub(super) relevant: Option<Text>,
    pub(super) mode: String,
    #[serde(default)]
    pub(super) money: bool,
    pub(super) left: Side,
    pub(super) right: Side,
    pub(super) watch: String,
    pub(super) alarm: String,
    /// A difference of no more than this is none, in what the sides count.
    pub(super) least: Option<String>,
    pub(super) source: String,
    pub(super) verified: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Side {
    pub(super) zh: Option<String>,
    pub(super) en: Option<String>,
    pub(super) is: Text,
}
