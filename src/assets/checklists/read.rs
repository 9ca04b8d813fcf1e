//! The text of a pack to definitions: everything but the expressions, which the form checks.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::place::{Files, fault};
use super::raw;
use super::usual::carry;
use crate::domain::answer::Evidence;
use crate::domain::attachment::PhotoCategory;
use crate::domain::customer::DossierField;
use crate::domain::flag::Level;
use crate::domain::money::Decimal4;
use crate::form::definition::{Choice, Item, Kind, Needed, Threshold, Unit, Words};
use crate::form::source::{
    CheckMode, Formula, Pack, Place, RawCheck, RawFlag, RawItem, RawSection,
};
use crate::form::{Fault, FaultKind};

/// Reads the text; expressions are not yet checked.
pub(super) fn pack(text: &str, is_signal: &dyn Fn(&str) -> bool) -> Result<Pack, Fault> {
    let files = Files::new(text);
    let raw: raw::Pack = toml::from_str(text).map_err(|error| {
        let offset = error.span().map_or(0, |span| span.start);
        fault(&files.place(offset), FaultKind::Shape(error.message().to_owned()))
    })?;
    let (lists, thresholds) = (reader_lists(&raw, &files)?, reader_thresholds(&raw, &files)?);
    let reader = Reader { lists, thresholds, files, is_signal };
    let terms = raw.term.into_iter().map(|term| (term.id, reader.formula(term.is))).collect();
    let facts = raw.fact.into_iter().map(|fact| reader.fact(fact));
    let facts = facts.collect::<Result<_, _>>()?;
    let limits = reader.thresholds.iter().map(|(id, limit)| (id.clone(), limit.clone())).collect();
    let sections = raw.section.into_iter().map(|section| reader.section(section));
    let sections = sections.collect::<Result<Vec<_>, _>>()?;
    let checks = raw.check.into_iter().map(|check| reader.check(check));
    let checks = checks.collect::<Result<Vec<_>, _>>()?;
    Ok(Pack { id: raw.id, terms, limits, facts, sections, checks })
}

/// Both wordings, or a fault that names the missing one.
fn words(zh: Option<String>, en: Option<String>, what: &str, at: &Place) -> Result<Words, Fault> {
    let given = |text: Option<String>, lang| {
        let text = text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        text.ok_or_else(|| fault(at, FaultKind::MissingWords(what.to_owned(), lang)))
    };
    Ok(Words { zh: given(zh, "zh")?, en: given(en, "en")? })
}

/// Both wordings or none.
fn maybe_words(
    zh: Option<String>,
    en: Option<String>,
    what: &str,
    at: &Place,
) -> Result<Words, Fault> {
    if zh.is_none() && en.is_none() { Ok(Words::default()) } else { words(zh, en, what, at) }
}

fn reader_lists(raw: &raw::Pack, files: &Files) -> Result<BTreeMap<String, Vec<Choice>>, Fault> {
    let mut lists = BTreeMap::new();
    for list in &raw.list {
        let at = files.place(list.id.span().start);
        let choices = choices(&list.options, &at)?;
        if lists.insert(list.id.get_ref().clone(), choices).is_some() {
            return Err(fault(&at, FaultKind::Duplicate(list.id.get_ref().clone())));
        }
    }
    Ok(lists)
}

fn choices(options: &[raw::Choice], at: &Place) -> Result<Vec<Choice>, Fault> {
    let mut choices: Vec<Choice> = Vec::with_capacity(options.len());
    for option in options {
        if choices.iter().any(|known| known.code == option.code) {
            return Err(fault(at, FaultKind::Duplicate(option.code.clone())));
        }
        let words = words(option.zh.clone(), option.en.clone(), &option.code, at)?;
        choices.push(Choice { code: option.code.clone(), words });
    }
    Ok(choices)
}

fn reader_thresholds(raw: &raw::Pack, files: &Files) -> Result<Thresholds, Fault> {
    let mut thresholds = Thresholds::new();
    for raw in &raw.threshold {
        let at = files.place(raw.id.span().start);
        let threshold = Arc::new(threshold(raw, &at)?);
        if thresholds.insert(raw.id.get_ref().clone(), threshold).is_some() {
            return Err(fault(&at, FaultKind::Duplicate(raw.id.get_ref().clone())));
        }
    }
    Ok(thresholds)
}

/// A limit; in the first two packs it had neither name nor unit.
fn threshold(raw: &raw::Threshold, at: &Place) -> Result<Threshold, Fault> {
    let id = raw.id.get_ref();
    let (name, unit) = match (&raw.unit, &raw.percent) {
        (Some(code), _) => {
            let unit = Unit::from_code(code);
            let unit = unit.ok_or_else(|| fault(at, FaultKind::Unknown(code.clone())))?;
            (words(raw.zh.clone(), raw.en.clone(), id, at)?, unit)
        }
        (None, Some(_)) => (Words::same(id), Unit::Percent),
        (None, None) => (Words::same(id), Unit::Plain),
    };
    let value = raw.value.as_deref().or(raw.percent.as_deref()).unwrap_or_default();
    let (value, source, verified) = (decimal(value, at)?, raw.source.clone(), raw.verified);
    Ok(Threshold { name, value, unit, source, verified })
}

fn decimal(text: &str, at: &Place) -> Result<Decimal4, Fault> {
    Decimal4::parse(text).map_err(|_fault| fault(at, FaultKind::Unknown(text.to_owned())))
}

/// The kind by its name, with the options, the unit and whether it has cells.
fn kind(
    name: &str,
    (options, unit, has_cells): (Vec<Choice>, Words, bool),
    of: &str,
    at: &Place,
) -> Result<Kind, Fault> {
    let empty = || fault(at, FaultKind::EmptyChoice(of.to_owned()));
    Ok(match name {
        "bool" => Kind::Bool,
        "choice" | "multi" if options.is_empty() => return Err(empty()),
        "group" if !has_cells => return Err(empty()),
        "choice" => Kind::Choice(options),
        "multi" => Kind::Multi(options),
        "number" => Kind::Number(unit),
        "money" => Kind::Money,
        "percent" => Kind::Percent,
        "date" => Kind::Date,
        "text" => Kind::Text,
        "long_text" => Kind::LongText,
        "document" | "photo" => Kind::Document,
        "group" => Kind::Group(Vec::new()),
        other => return Err(fault(at, FaultKind::Unknown(other.to_owned()))),
    })
}

fn needed(text: Option<&str>, at: &Place) -> Result<Needed, Fault> {
    match text {
        None | Some("soft") => Ok(Needed::Soft),
        Some("hard") => Ok(Needed::Hard),
        Some("no") => Ok(Needed::No),
        Some(other) => Err(fault(at, FaultKind::Unknown(other.to_owned()))),
    }
}

/// Whether it is asked what was seen, and what should have been seen at the least.
fn evidence(raw: Option<raw::Evidence>, at: &Place) -> Result<(bool, Option<Evidence>), Fault> {
    match raw {
        None | Some(raw::Evidence::Asked(false)) => Ok((false, None)),
        Some(raw::Evidence::Asked(true)) => Ok((true, None)),
        Some(raw::Evidence::Level(level)) => match Evidence::from_code(&level) {
            Some(wants) => Ok((true, Some(wants))),
            None => Err(fault(at, FaultKind::Unknown(level))),
        },
    }
}

/// The options that say little without a note.
fn noted(codes: Vec<String>, kind: &Kind, of: &str, at: &Place) -> Result<Vec<String>, Fault> {
    let known = |code: &String| kind.choices().iter().any(|choice| choice.code == *code);
    match codes.iter().find(|code| !known(code)) {
        Some(unknown) => Err(fault(at, FaultKind::NotAnOption(unknown.clone(), of.to_owned()))),
        None => Ok(codes),
    }
}

/// Whether a rule reads an answer as a time of day.
fn reads_time(rule: &str, code: &str) -> bool {
    rule.contains(&format!("minutes({code})")) // tidy: not a text
}

/// What a photo proves; only photos prove something.
fn category(raw: Option<&str>, kind: &str, at: &Place) -> Result<Option<PhotoCategory>, Fault> {
    let Some(name) = raw else { return Ok(None) };
    let known = PhotoCategory::from_code(name).filter(|_| kind == "photo");
    known.map(Some).ok_or_else(|| fault(at, FaultKind::Unknown(name.to_owned())))
}

type Thresholds = BTreeMap<String, Arc<Threshold>>;

/// Turns what was read into definitions.
struct Reader<'a> {
    lists: BTreeMap<String, Vec<Choice>>,
    thresholds: Thresholds,
    files: Files,
    is_signal: &'a dyn Fn(&str) -> bool,
}

impl Reader<'_> {
    fn formula(&self, text: raw::Text) -> Formula {
        let at = self.files.place(text.span().start);
        Formula { text: text.into_inner(), at }
    }

    fn fact(&self, raw: raw::Fact) -> Result<(Formula, Words), Fault> {
        let id = self.formula(raw.id);
        let words = words(raw.zh, raw.en, &id.text, &id.at)?;
        Ok((id, words))
    }

    fn against(&self, raw: raw::Against, code: &str) -> Result<(Words, Formula), Fault> {
        let is = self.formula(raw.is);
        Ok((words(raw.zh, raw.en, &format!("{code}.against"), &is.at)?, is))
    }

    fn section(&self, raw: raw::Section) -> Result<RawSection, Fault> {
        let at = self.files.place(raw.id.span().start);
        let id = raw.id.into_inner();
        let items = raw.item.into_iter().map(|item| self.item(item));
        Ok(RawSection {
            title: words(raw.zh, raw.en, &id, &at)?,
            covers: raw.covers,
            relevant: raw.relevant.map(|text| self.formula(text)),
            items: items.collect::<Result<Vec<_>, _>>()?,
            id,
            at,
        })
    }

    fn item(&self, raw: raw::Item) -> Result<RawItem, Fault> {
        let at = self.files.place(raw.code.span().start);
        let code = raw.code.into_inner();
        let help = words(raw.help_zh, raw.help_en, &format!("{code}.help"), &at)?;
        let options = self.options(raw.options, raw.list, &at)?;
        let unit = maybe_words(raw.unit_zh, raw.unit_en, &format!("{code}.unit"), &at)?;
        let has_cells = !raw.cell.is_empty();
        let kind = kind(&raw.kind, (options, unit, has_cells), &code, &at)?;
        let needed = needed(raw.needed.as_deref(), &at)?;
        let explain = raw.explain.map(|name| {
            let limit = self.thresholds.get(&name).cloned();
            limit.ok_or_else(|| fault(&at, FaultKind::Unknown(name)))
        });
        let explain = explain.transpose()?;
        let clock = raw.constraint.as_ref().is_some_and(|rule| reads_time(rule.get_ref(), &code));
        let constraint = match raw.constraint {
            None => None,
            Some(text) => {
                let what = format!("{code}.message");
                Some((self.formula(text), words(raw.message_zh, raw.message_en, &what, &at)?))
            }
        };
        let (evidence, wants) = evidence(raw.evidence, &at)?;
        let good = maybe_words(raw.good_zh, raw.good_en, &format!("{code}.good"), &at)?;
        let bad = maybe_words(raw.bad_zh, raw.bad_en, &format!("{code}.bad"), &at)?;
        let against = raw.against.into_iter().map(|one| self.against(one, &code));
        let against = against.collect::<Result<Vec<_>, _>>()?;
        let noted = noted(raw.note_for, &kind, &code, &at)?;
        let category = category(raw.category.as_deref(), &raw.kind, &at)?;
        let updates = self.updates(raw.updates, &kind)?;
        let months = raw.window_months;
        if months.is_some_and(|n| !(1..=60).contains(&n) || raw.kind != "document") {
            return Err(fault(&at, FaultKind::Unknown("window_months".to_owned())));
        }
        let carry = carry(raw.carry.as_deref(), (&raw.kind, clock, months.is_some()), &at)?;
        // By its key a row is known again.
        let key_of = raw.key.as_ref().map(|key| key.get_ref().clone());
        let cells = raw.cell.into_iter().map(|mut cell| {
            if key_of.as_ref() == Some(cell.code.get_ref()) {
                cell.carry.get_or_insert_with(|| carry.as_code().to_owned());
            }
            self.item(cell)
        });
        let flags = raw.flag.into_iter().map(|flag| self.flag(flag));
        Ok(RawItem {
            item: Item {
                title: words(raw.zh, raw.en, &code, &at)?,
                help,
                good,
                bad,
                kind,
                computed: raw.calculation.is_some(),
                evidence,
                wants,
                again: raw.evidence_again.unwrap_or(evidence),
                carry,
                onsite: raw.onsite,
                photo: raw.kind == "photo",
                clock,
                ranged: false,
                updates,
                declarable: raw.declarable,
                category,
                window_months: months,
                explain,
                noted,
                key: None,
                code,
            },
            against,
            key: raw.key.map(|text| self.formula(text)),
            cells: cells.collect::<Result<Vec<_>, _>>()?,
            signed: raw.signed,
            each: raw.each.map(|text| self.formula(text)),
            relevant: self.relevant(raw.relevant, raw.onsite, &at),
            needed,
            hard_if: raw.hard_if.map(|text| self.formula(text)),
            constraint,
            calculation: raw.calculation.map(|text| self.formula(text)),
            flags: flags.collect::<Result<Vec<_>, _>>()?,
            at,
        })
    }

    /// The options of an item: its own, or those of a list by its name.
    fn options(
        &self,
        own: Option<Vec<raw::Choice>>,
        list: Option<String>,
        at: &Place,
    ) -> Result<Vec<Choice>, Fault> {
        match (own, list) {
            (Some(own), _) => choices(&own, at),
            (None, Some(name)) => {
                let list = self.lists.get(&name).cloned();
                list.ok_or_else(|| fault(at, FaultKind::Unknown(name)))
            }
            (None, None) => Ok(Vec::new()),
        }
    }

    /// The field of the dossier for which a text is news.
    fn updates(&self, raw: Option<raw::Text>, kind: &Kind) -> Result<Option<DossierField>, Fault> {
        let Some(text) = raw else { return Ok(None) };
        let field = self.formula(text);
        let known = DossierField::from_code(&field.text).filter(|_| *kind == Kind::Text);
        known.map(Some).ok_or_else(|| fault(&field.at, FaultKind::Unknown(field.text)))
    }

    /// An item that can only be seen on the spot is asked at visits on site alone.
    fn relevant(&self, text: Option<raw::Text>, onsite: bool, at: &Place) -> Option<Formula> {
        let formula = text.map(|text| self.formula(text));
        if !onsite {
            return formula;
        }
        let there = "class == 'onsite'";
        Some(match formula {
            Some(rule) => Formula { text: format!("{there} && ({})", rule.text), at: rule.at },
            None => Formula { text: there.to_owned(), at: at.clone() },
        })
    }

    fn flag(&self, raw: raw::Flag) -> Result<RawFlag, Fault> {
        let when = self.formula(raw.when);
        let level = Level::from_code(&raw.level)
            .ok_or_else(|| fault(&when.at, FaultKind::Unknown(raw.level.clone())))?;
        if !(self.is_signal)(&raw.signal) {
            return Err(fault(&when.at, FaultKind::UnknownSignal(raw.signal)));
        }
        let note = words(raw.zh, raw.en, &format!("{}.note", raw.signal), &when.at)?;
        Ok(RawFlag { when, signal: raw.signal, level, note })
    }

    fn check(&self, raw: raw::Check) -> Result<RawCheck, Fault> {
        let at = self.files.place(raw.id.span().start);
        let id = raw.id.into_inner();
        let mode = match raw.mode.as_str() {
            "deviation" => CheckMode::Deviation,
            "share" => CheckMode::Share,
            "cover" => CheckMode::Cover,
            other => return Err(fault(&at, FaultKind::Unknown(other.to_owned()))),
        };
        let side = |side: raw::Side| {
            let name = words(side.zh, side.en, &format!("{id}.side"), &at)?;
            Ok((name, self.formula(side.is)))
        };
        Ok(RawCheck {
            title: words(raw.zh, raw.en, &id, &at)?,
            question: words(raw.question_zh, raw.question_en, &format!("{id}.question"), &at)?,
            relevant: raw.relevant.map(|text| self.formula(text)),
            sides: [side(raw.left)?, side(raw.right)?],
            money: raw.money,
            mode,
            limits: [decimal(&raw.watch, &at)?, decimal(&raw.alarm, &at)?],
            verified: raw.verified,
            source: raw.source,
            least: raw.least.as_deref().map_or(Ok(Decimal4::default()), |n| decimal(n, &at))?,
            id,
            at,
        })
    }
}
