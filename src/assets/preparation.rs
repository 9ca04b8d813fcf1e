//! The pack of preparation and its scripts: TOML to values.

mod raw;

use std::sync::{Arc, OnceLock};

use serde::de::DeserializeOwned;

use super::reading::faults;
use crate::domain::customer::Line;
use crate::domain::duty::DutyCode;
use crate::domain::flag::Level;
use crate::domain::loan::Tier;
use crate::domain::preparation::LookedUp;
use crate::domain::visit::Focus;
use crate::form::preparation::{
    About, Channel, FocusRule, LookUp, LookUpOption, Meeting, Part, Preparation, ScriptLine,
};
use crate::form::{Fault, FaultKind, Words};

/// A file of the pack: its name and text.
type File<'a> = (&'a str, &'a str);

macro_rules! file {
    ($folder:literal, $name:literal) => {
        ($name, include_str!(concat!("../../assets/", $folder, "/", $name)))
    };
}

/// The files of a pack.
#[derive(Debug, Clone, Copy)]
struct Files<'a> {
    pack: File<'a>,
    lookups: File<'a>,
    meet: File<'a>,
    focus: File<'a>,
    scripts: File<'a>,
}

const BUILT_IN: Files<'static> = Files {
    pack: file!("preparation", "pack.toml"),
    lookups: file!("preparation", "lookups.toml"),
    meet: file!("preparation", "meet.toml"),
    focus: file!("preparation", "focus.toml"),
    scripts: file!("scripts", "default.toml"),
};

/// The built-in pack, read once in the life of the program.
pub fn shared() -> Result<Arc<Preparation>, Fault> {
    static PACK: OnceLock<Result<Arc<Preparation>, Fault>> = OnceLock::new();
    PACK.get_or_init(|| load(BUILT_IN).map(Arc::new)).clone()
}

/// Reads the files; the first fault refuses them all.
fn load(files: Files<'_>) -> Result<Preparation, Fault> {
    let head: raw::Head = shape(files.pack)?;
    let (scripts_id, script) = script(files.scripts)?;
    Ok(Preparation {
        id: head.pack,
        scripts_id,
        near_days: head.near_days,
        instalments: head.instalments,
        lookups: lookups(files.lookups)?,
        meetings: meetings(files.meet)?,
        focuses: focuses(files.focus)?,
        script,
    })
}

fn shape<T: DeserializeOwned>((name, text): File<'_>) -> Result<T, Fault> {
    toml::from_str(text).map_err(|error| {
        let offset = error.span().map_or(0, |span| span.start);
        faults(name, text)(offset, FaultKind::Shape(error.message().to_owned()))
    })
}

/// Where something stands, to say what is wrong with it.
#[derive(Clone, Copy)]
struct At<'a> {
    file: File<'a>,
    offset: usize,
}

impl<'a> At<'a> {
    fn new(file: File<'a>, text: &raw::Text) -> Self {
        Self { file, offset: text.span().start }
    }

    fn fault(self, what: FaultKind) -> Fault {
        faults(self.file.0, self.file.1)(self.offset, what)
    }

    /// Both wordings, or a fault that names the missing one.
    fn words(self, zh: Option<String>, en: Option<String>, what: &str) -> Result<Words, Fault> {
        let given = |text: Option<String>, lang| {
            let text = text.map(|t| t.trim().to_owned()).filter(|t| !t.is_empty());
            text.ok_or_else(|| self.fault(FaultKind::MissingWords(what.to_owned(), lang)))
        };
        Ok(Words { zh: given(zh, "zh")?, en: given(en, "en")? })
    }

    fn code<T>(self, text: &str, known: fn(&str) -> Option<T>) -> Result<T, Fault> {
        known(text).ok_or_else(|| self.fault(FaultKind::Unknown(text.to_owned())))
    }

    fn codes<T>(self, texts: &[String], known: fn(&str) -> Option<T>) -> Result<Vec<T>, Fault> {
        texts.iter().map(|text| self.code(text, known)).collect()
    }

    fn unique(self, taken: bool, code: &str) -> Result<(), Fault> {
        if taken { Err(self.fault(FaultKind::Duplicate(code.to_owned()))) } else { Ok(()) }
    }
}

fn lookups(file: File<'_>) -> Result<Vec<LookUp>, Fault> {
    let raw: raw::LookUps = shape(file)?;
    let mut lists: Vec<(String, Vec<LookUpOption>)> = Vec::new();
    for list in raw.answers {
        let at = At::new(file, &list.id);
        let id = list.id.into_inner();
        at.unique(lists.iter().any(|(known, _)| *known == id), &id)?;
        lists.push((id, options(list.options, at)?));
    }
    let mut all: Vec<LookUp> = Vec::new();
    for one in raw.lookup {
        let at = At::new(file, &one.code);
        let code = one.code.into_inner();
        at.unique(all.iter().any(|known| known.code == code), &code)?;
        let list = lists.iter().find(|(id, _)| *id == one.answers);
        let (_, options) = list.ok_or_else(|| at.fault(FaultKind::Unknown(one.answers.clone())))?;
        all.push(LookUp {
            title: at.words(one.zh, one.en, &code)?,
            place: at.words(one.place_zh, one.place_en, &format!("{code}.place"))?,
            help: at.words(one.help_zh, one.help_en, &format!("{code}.help"))?,
            about: at.code(&one.about, About::from_code)?,
            lines: at.codes(&one.lines, Line::from_code)?,
            fresh_days: one.fresh,
            options: options.clone(),
            source: one.source,
            verified: one.verified,
            code,
        });
    }
    Ok(all)
}

fn options(raw: Vec<raw::Answer>, at: At<'_>) -> Result<Vec<LookUpOption>, Fault> {
    let mut options: Vec<LookUpOption> = Vec::with_capacity(raw.len());
    for one in raw {
        at.unique(options.iter().any(|known| known.code == one.code), &one.code)?;
        options.push(LookUpOption {
            words: at.words(one.zh, one.en, &one.code)?,
            result: at.code(&one.result, LookedUp::from_code)?,
            code: one.code,
        });
    }
    // Without a way to say "not queried" it would be said as "none".
    let possible = |wanted| options.iter().any(|option| option.result == wanted);
    for wanted in LookedUp::ALL {
        if !possible(*wanted) {
            return Err(at.fault(FaultKind::Unknown(wanted.as_code().to_owned())));
        }
    }
    Ok(options)
}

fn meetings(file: File<'_>) -> Result<Vec<Meeting>, Fault> {
    /// Roles of contacts as the exchange has them.
    const ROLES: [&str; 9] = [
        "controller",
        "legal_rep",
        "finance",
        "borrower",
        "agent",
        "guarantor",
        "custodian",
        "project_lead",
        "other",
    ];
    let raw: raw::Meetings = shape(file)?;
    let mut all: Vec<Meeting> = Vec::new();
    for one in raw.meeting {
        let at = At::new(file, &one.id);
        let id = one.id.into_inner();
        at.unique(all.iter().any(|known| known.id == id), &id)?;
        if let Some(role) = one.roles.iter().flatten().find(|role| !ROLES.contains(&role.as_str()))
        {
            return Err(at.fault(FaultKind::Unknown(role.clone())));
        }
        all.push(Meeting {
            lines: at.codes(&one.lines, Line::from_code)?,
            duties: at.codes(&one.duties, DutyCode::from_code)?,
            roles: one.roles,
            reason: at.words(one.zh, one.en, &id)?,
            source: one.source,
            verified: one.verified,
            id,
        });
    }
    Ok(all)
}

fn focuses(file: File<'_>) -> Result<Vec<FocusRule>, Fault> {
    let raw: raw::Focuses = shape(file)?;
    let mut all: Vec<FocusRule> = Vec::new();
    for one in raw.rule {
        let at = At::new(file, &one.id);
        let id = one.id.into_inner();
        at.unique(all.iter().any(|known| known.id == id), &id)?;
        all.push(FocusRule {
            focus: at.code(&one.focus, Focus::from_code)?,
            duties: at.codes(&one.duties, DutyCode::from_code)?,
            industries: one.industries,
            tiers: at.codes(&one.tiers, Tier::from_code)?,
            level: one.level.map(|code| at.code(&code, Level::from_code)).transpose()?,
            new_loan_days: one.new_loan_days,
            first_visit: one.first_visit,
            always: one.always,
            reason: at.words(one.zh, one.en, &id)?,
            source: one.source,
            verified: one.verified,
            id,
        });
    }
    Ok(all)
}

fn script(file: File<'_>) -> Result<(String, Vec<ScriptLine>), Fault> {
    let raw: raw::Script = shape(file)?;
    let mut all = Vec::with_capacity(raw.say.len());
    for one in raw.say {
        let at = At::new(file, &one.part);
        all.push(ScriptLine {
            part: at.code(one.part.get_ref(), Part::from_code)?,
            focuses: at.codes(&one.focus, Focus::from_code)?,
            channels: at.codes(&one.channel, Channel::from_code)?,
            lines: at.codes(&one.lines, Line::from_code)?,
            words: at.words(one.zh, one.en, one.part.get_ref())?,
        });
    }
    Ok((raw.pack, all))
}

#[cfg(test)]
mod tests;
