//! The command line: parse, call, print. One file per group of commands; no business logic.
//!
//! A command reads and writes through the same queries and commands as the screen, and tells its
//! outcome as lines, JSON or CSV; a fault goes up to `main.rs`, which makes the sentence of it.

pub mod args;
pub mod attach;
pub mod backtest;
pub mod callbacks;
pub mod cockpit;
pub mod copies;
pub mod deadlines;
pub mod demo;
pub mod digest;
pub mod doctor;
pub mod events;
pub mod export;
pub mod files;
pub mod foreseen;
pub mod guard;
pub mod handover;
pub mod holidays;
pub mod identity;
pub mod import;
pub mod jobs;
pub mod journal;
mod leave;
pub mod lists;
pub mod pack;
pub mod parse;
pub mod people;
pub mod pin;
pub mod plan;
pub mod plan_print;
mod points;
pub mod policy;
pub mod portfolio;
pub mod questionnaire;
pub mod report;
pub mod retention;
pub mod scan;
pub mod score;
pub mod server;
pub mod session;
pub mod signals;
pub mod strategy;
pub mod table;
pub mod template;
pub mod tiers;
mod versions;
pub mod workstation;

use std::ffi::OsString;

use crate::fault::{Fault, Wrong};
use args::{Cli, Cmd};
use lists::Kind;
use parse::Parsed;
use session::{Desk, Io};

use crate::i18n::Lang;

/// Runs the words after the program's name; gives the language in which to speak of a fault.
pub fn run(words: &[OsString], io: &mut Io<'_>) -> (Lang, Result<(), Fault>) {
    let asked = parse::language(words, |name| std::env::var(name).ok());
    let lang = asked.unwrap_or_default();
    let cli = match parse::parse(words, lang) {
        Parsed::Run(cli) => *cli,
        Parsed::Show(text) => {
            return (lang, io.out.write_all(text.as_bytes()).map_err(Fault::from));
        }
        Parsed::Misuse(misuse) => return (lang, Err(Fault::Usage(misuse))),
    };
    let Cli { global, command } = cli;
    match Desk::new(global, asked) {
        Ok(mut desk) => {
            desk.house = command.as_ref().is_some_and(guard::keeps_house);
            // What a set-up lacks is told before the set-up is insisted on.
            let asks = matches!(command, Some(Cmd::Server { .. }));
            let started =
                if asks { Ok(()) } else { guard::check(&desk, words.len(), command.as_ref()) };
            let ran = started.map_err(Fault::from);
            (desk.lang, ran.and_then(|()| dispatch(command.as_ref(), &desk, io)))
        }
        Err(fault) => (lang, Err(fault)),
    }
}

fn dispatch(command: Option<&Cmd>, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    // Writing under another day than today's would forge the record (`exchange.md` section 3).
    let writes = matches!(
        command,
        Some(
            Cmd::Import(_)
                | Cmd::Attach(_)
                | Cmd::Proof(_)
                | Cmd::Handover(_)
                | Cmd::Month { .. }
                | Cmd::Events { what: args::Events::Add(_) }
                | Cmd::Holidays {
                    what: args::Holidays::Add { .. } | args::Holidays::Remove { .. }
                }
                | Cmd::Questionnaire { what: args::Questionnaire::Import { .. } }
                | Cmd::Retention {
                    what: args::Retention::Propose { .. }
                        | args::Retention::Agree { .. }
                        | args::Retention::Refuse { .. }
                        | args::Retention::Withdraw { .. }
                        | args::Retention::Hold { .. }
                        | args::Retention::Release { .. }
                }
                | Cmd::User {
                    what: args::User::Add { .. }
                        | args::User::Disable { .. }
                        | args::User::Pin
                        | args::User::ResetPin { .. }
                }
                | Cmd::Score(args::Score {
                    what: Some(
                        args::ScoreWhat::Propose { .. }
                            | args::ScoreWhat::Activate { .. }
                            | args::ScoreWhat::Refuse { .. }
                            | args::ScoreWhat::Retire { .. }
                    ),
                    ..
                })
                | Cmd::Policy {
                    what: args::Policy::Propose { .. }
                        | args::Policy::Activate { .. }
                        | args::Policy::Refuse { .. }
                }
        )
    );
    if writes && desk.global.as_of.is_some() {
        return Err(Fault::Wrong(Wrong::AsOf));
    }
    match command {
        None => workstation::run(desk),
        Some(Cmd::Demo(args)) => demo::run(args, desk, io),
        Some(Cmd::Import(args)) => files::take_in(args, desk, io),
        Some(Cmd::Template(args)) => files::empty(args, desk, io),
        Some(Cmd::Export(args)) => files::give_out(args, desk, io),
        Some(Cmd::Plan(args)) => plan::run(args, desk, io),
        Some(Cmd::Customers(list)) => lists::run(Kind::Customers, list, desk, io),
        Some(Cmd::Visits(list)) => lists::run(Kind::Visits, list, desk, io),
        Some(Cmd::Flags(flags)) => {
            let kind = if flags.watch { Kind::Watch } else { Kind::Flags };
            lists::run(kind, &flags.list, desk, io)
        }
        Some(Cmd::Signals { what }) => signals::run(what, desk, io),
        Some(Cmd::Events { what }) => events::run(what, desk, io),
        Some(Cmd::Actions(list)) => lists::run(Kind::Actions, list, desk, io),
        Some(Cmd::Portfolio(args)) => portfolio::run(args, desk, io),
        Some(Cmd::Tiers(args)) => tiers::run(args, desk, io),
        Some(Cmd::Strategy(args)) => strategy::run(args, desk, io),
        Some(Cmd::Callbacks(args)) => callbacks::run(args, desk, io),
        Some(Cmd::Deadlines(args)) => deadlines::run(args, desk, io),
        Some(Cmd::Cockpit(args)) => cockpit::run(args, desk, io),
        Some(Cmd::Month { what }) => cockpit::month(what, desk, io),
        Some(Cmd::Digest(args)) => digest::run(args, desk, io),
        Some(Cmd::Attach(args)) => attach::run(args, desk, io),
        Some(Cmd::Proof(args)) => attach::prove(args, desk, io),
        Some(Cmd::Questionnaire { what }) => questionnaire::run(what, desk, io),
        Some(Cmd::Jobs { what }) => jobs::run(what, desk, io),
        Some(Cmd::User { what }) => people::run(what, desk, io),
        Some(Cmd::Retention { what }) => retention::run(what, desk, io),
        Some(Cmd::Journal { what }) => journal::run(what, desk, io),
        Some(Cmd::Backup { file }) => copies::backup(file, desk, io),
        Some(Cmd::Restore(wish)) => copies::restore(wish, desk, io),
        Some(Cmd::Doctor) => doctor::run(desk, io),
        Some(Cmd::Server { what: args::Server::Check }) => server::check(desk, io),
        Some(Cmd::Report(args)) => report::run(args, desk, io),
        Some(Cmd::Backtest) => backtest::run(desk, io),
        Some(Cmd::Scan(args)) => scan::run(args, desk, io),
        Some(Cmd::Score(args)) => score::run(args, desk, io),
        Some(Cmd::Handover(args)) => handover::run(args, desk, io),
        Some(Cmd::Policy { what }) => policy::run(what, desk, io),
        Some(Cmd::Holidays { what }) => holidays::run(what, desk, io),
        Some(Cmd::Completions { shell }) => pack::completions(*shell, desk, io),
        Some(Cmd::Man) => pack::man(desk, io),
    }
}
