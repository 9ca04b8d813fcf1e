//! Words → [`Cli`], with help and complaints in the chosen language.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Args as _, Command, CommandFactory, FromArgMatches};

use super::args::{Cli, Global};
use crate::fault::usage::{Misuse, MisuseKind};
use crate::i18n::Lang;
use crate::i18n::help::{Heading, heading, help};

/// What parsing came to.
#[derive(Debug)]
pub enum Parsed {
    /// Something to do.
    Run(Box<Cli>),
    /// Help or version, to print.
    Show(String),
    /// Wrong usage.
    Misuse(Misuse),
}

/// The language that words and environment ask for: `--lang`, else `LC_ALL`, `LC_MESSAGES`, `LANG`.
pub fn language(words: &[OsString], variable: impl Fn(&str) -> Option<String>) -> Option<Lang> {
    let mut words = words.iter().filter_map(|w| w.to_str());
    while let Some(word) = words.next() {
        let value = match word.strip_prefix("--lang") {
            Some("") => words.next(),
            Some(rest) => rest.strip_prefix('='),
            None => None,
        };
        if let Some(lang) = value.and_then(Lang::from_code) {
            return Some(lang);
        }
    }
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .filter_map(|name| variable(name))
        .find(|value| !value.is_empty())
        .and_then(|value| Lang::from_code(&value))
}

/// The command tree with its texts.
pub fn command(lang: Lang) -> Command {
    localise(bare(), lang, "")
}

/// The command tree alone: enough to read what needs no answer in words.
fn bare() -> Command {
    let flag = |id: &'static str, short, action| Arg::new(id).long(id).short(short).action(action);
    Cli::command()
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(flag("help", 'h', ArgAction::Help).global(true))
        .arg(flag("version", 'V', ArgAction::Version))
}

/// The words of a start of the workstation, which are options alone: the tree of all commands takes a
/// tenth of that start to put up.
fn workstation(words: impl Iterator<Item = OsString>) -> Option<Cli> {
    let plain = Command::new("huifang").disable_help_flag(true);
    let matches = Global::augment_args(plain).try_get_matches_from(words).ok()?;
    Some(Cli { global: Global::from_arg_matches(&matches).ok()?, command: None })
}

fn localise(command: Command, lang: Lang, path: &str) -> Command {
    let template =
        format!("{{about}}\n\n{}: {{usage}}\n\n{{all-args}}", heading(lang, Heading::Usage));
    let names: Vec<String> = command.get_subcommands().map(|c| c.get_name().to_owned()).collect();
    let mut command = command
        .about(help(lang, path))
        .help_template(template)
        .subcommand_help_heading(heading(lang, Heading::Commands))
        .mut_args(|arg| {
            let id = format!("--{}", arg.get_id());
            let own = format!("{path} {id}");
            let text = help(lang, own.trim()).or_else(|| help(lang, &id));
            let part = if arg.is_positional() { Heading::Arguments } else { Heading::Options };
            let arg = arg.help(text).help_heading(heading(lang, part));
            if arg.get_action().takes_values() {
                arg.hide_possible_values(true).hide_default_value(true)
            } else {
                arg
            }
        });
    for name in names {
        let path = if path.is_empty() { name.clone() } else { format!("{path} {name}") };
        command = command.mut_subcommand(name, |sub| localise(sub, lang, &path));
    }
    command
}

/// Reads the words after the program's name.
pub fn parse(words: &[OsString], lang: Lang) -> Parsed {
    let all = || std::iter::once(OsString::from("huifang")).chain(words.iter().cloned());
    if let Some(cli) = workstation(all()) {
        return Parsed::Run(Box::new(cli));
    }
    let read =
        |tree: Command| tree.try_get_matches_from(all()).and_then(|m| Cli::from_arg_matches(&m));
    // Only help and faults show texts, and hanging them up takes longer than reading.
    match read(bare()).or_else(|_| read(command(lang))) {
        Ok(cli) => Parsed::Run(Box::new(cli)),
        Err(fault) => match fault.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
                Parsed::Show(fault.render().to_string())
            }
            kind => Parsed::Misuse(misuse(kind, &fault)),
        },
    }
}

fn misuse(kind: ErrorKind, fault: &clap::Error) -> Misuse {
    let texts = |wanted| match fault.get(wanted) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        _ => Vec::new(),
    };
    let first = |wanted| texts(wanted).into_iter().next().unwrap_or_default();
    let kind = match kind {
        ErrorKind::InvalidSubcommand => MisuseKind::NoSuchCommand,
        ErrorKind::UnknownArgument => MisuseKind::NoSuchOption,
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => MisuseKind::BadValue,
        ErrorKind::MissingRequiredArgument
        | ErrorKind::MissingSubcommand
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => MisuseKind::Missing,
        ErrorKind::ArgumentConflict => MisuseKind::Conflict,
        _ => MisuseKind::Other,
    };
    let what = match kind {
        MisuseKind::NoSuchCommand => first(ContextKind::InvalidSubcommand),
        MisuseKind::Missing => texts(ContextKind::InvalidArg).join(" "),
        _ => first(ContextKind::InvalidArg),
    };
    let mut right = texts(ContextKind::ValidValue);
    right.extend(texts(ContextKind::ValidSubcommand));
    right.extend(texts(ContextKind::SuggestedSubcommand));
    right.extend(texts(ContextKind::SuggestedArg));
    let (value, prior) = (first(ContextKind::InvalidValue), texts(ContextKind::PriorArg));
    let kind = match kind {
        MisuseKind::Conflict if prior.first() == Some(&what) => MisuseKind::Twice,
        MisuseKind::BadValue if value.is_empty() => MisuseKind::NoValue,
        kind => kind,
    };
    if kind == MisuseKind::BadValue && what.ends_with("<DATE>") {
        right.push("YYYY-MM-DD".to_owned());
    }
    if kind == MisuseKind::BadValue && what.ends_with("<ROLE>") {
        right.extend(super::args::ROLES.map(str::to_owned));
    }
    right.extend(prior.into_iter().filter(|prior| *prior != what));
    Misuse { kind, what, value, right }
}

#[cfg(test)]
mod tests;
