//! The command line as `exchange.md` section 3 fixes it. Help texts are in `i18n/help.rs`.

#![expect(
    missing_docs,
    reason = "each field is one argument; i18n/help.rs explains it in both languages"
)]

mod lists;
mod orders;
mod risk;
mod scan;
mod score;
mod upkeep;

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::domain::user::Role;

pub use lists::{
    Callbacks, Cockpit, Deadlines, Digest, FlagList, List, Month, Portfolio, Strategy, Tiers,
};

pub use orders::{Handover, Holidays};
pub use risk::{EventNew, Events, Signals};
pub use scan::Scan;
pub use score::{Growth, Score, ScoreWhat};
pub(super) use upkeep::ROLES;
pub use upkeep::{Jobs, Journal, Restore, Retention, Server, User};

/// Everything that can be said on the command line.
#[derive(Debug, Clone, Parser)]
#[command(name = "huifang", version, disable_help_subcommand = true)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Option<Cmd>,
}

/// Options of every command.
#[derive(Debug, Clone, Default, Args)]
pub struct Global {
    #[arg(long, global = true, value_name = "FILE")]
    pub db: Option<PathBuf>,
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    #[arg(long, global = true, value_name = "zh-CN|en", value_parser = ["zh-CN", "en"])]
    pub lang: Option<String>,
    #[arg(long, global = true, value_name = "DATE")]
    pub as_of: Option<NaiveDate>,
    #[arg(long, global = true)]
    pub format: Option<Format>,
    #[arg(long, global = true, value_name = "USER")]
    pub r#as: Option<String>,
    #[arg(long, short, global = true)]
    pub quiet: bool,
    #[arg(long, short, global = true)]
    pub verbose: bool,
}

/// How a result is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Table,
    Json,
    Csv,
    Ics,
}

#[derive(Debug, Clone, Subcommand)]
pub enum Cmd {
    Demo(Demo),
    Import(Import),
    Template(Template),
    Export(Export),
    Plan(Plan),
    Customers(List),
    Visits(List),
    Flags(FlagList),
    Actions(List),
    Signals {
        #[command(subcommand)]
        what: Signals,
    },
    Events {
        #[command(subcommand)]
        what: Events,
    },
    Callbacks(Callbacks),
    Tiers(Tiers),
    Strategy(Strategy),
    Portfolio(Portfolio),
    Digest(Digest),
    Cockpit(Cockpit),
    Deadlines(Deadlines),
    Month {
        #[command(subcommand)]
        what: Month,
    },
    Attach(Attach),
    Proof(Proof),
    Questionnaire {
        #[command(subcommand)]
        what: Questionnaire,
    },
    Jobs {
        #[command(subcommand)]
        what: Jobs,
    },
    User {
        #[command(subcommand)]
        what: User,
    },
    Journal {
        #[command(subcommand)]
        what: Journal,
    },
    Retention {
        #[command(subcommand)]
        what: Retention,
    },
    Backup {
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    Restore(Restore),
    Doctor,
    Server {
        #[command(subcommand)]
        what: Server,
    },
    Report(Report),
    Backtest,
    Scan(Scan),
    Score(Score),
    Handover(Handover),
    Policy {
        #[command(subcommand)]
        what: Policy,
    },
    Holidays {
        #[command(subcommand)]
        what: Holidays,
    },
    Completions {
        shell: Shell,
    },
    Man,
}

#[derive(Debug, Clone, Args)]
pub struct Demo {
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..=999_999))]
    pub customers: u32,
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    #[arg(long, default_value = "officer", value_parser = upkeep::ROLES)]
    pub role: String,
    #[arg(long)]
    pub no_open: bool,
}

impl Demo {
    /// Whose desk is opened.
    pub fn role(&self) -> Role {
        Role::from_code(&self.role).unwrap_or(Role::Officer)
    }
}

#[expect(clippy::struct_excessive_bools, reason = "each is one switch fixed in exchange.md")]
#[derive(Debug, Clone, Args)]
pub struct Import {
    #[arg(value_name = "FILE|FOLDER")]
    pub source: PathBuf,
    #[arg(long, value_name = "TABLE")]
    pub kind: Option<String>,
    #[arg(long)]
    pub dry_run: bool,
    #[arg(long, value_name = "FILE.csv")]
    pub rejects: Option<PathBuf>,
    #[arg(long, requires = "rejects")]
    pub force: bool,
    #[arg(long)]
    pub accept_valid: bool,
    #[arg(long)]
    pub ignore_unknown: bool,
    #[arg(long, value_name = "NAME")]
    pub encoding: Option<String>,
    #[arg(long, value_parser = ["wan"])]
    pub unit: Option<String>,
    #[arg(long)]
    pub create_users: bool,
    #[arg(long, value_name = "loans", value_parser = ["loans"])]
    pub complete: Option<String>,
    #[arg(long, requires = "complete", requires = "as_of_file")]
    pub settle_missing: bool,
    #[arg(long, value_name = "DATE")]
    pub as_of_file: Option<NaiveDate>,
}

#[derive(Debug, Clone, Args)]
pub struct Template {
    #[arg(long, value_name = "FILE.xlsx")]
    pub out: PathBuf,
    #[arg(long)]
    pub force: bool,
}

#[derive(Debug, Clone, Args)]
pub struct Export {
    #[arg(value_name = "TABLE|calendar|journal|all")]
    pub what: String,
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    #[arg(long)]
    pub force: bool,
    #[arg(long, value_name = "USER")]
    pub officer: Option<String>,
    #[arg(long, requires = "reason")]
    pub unmask: bool,
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
    #[arg(long)]
    pub private: bool,
}

#[derive(Debug, Clone, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Plan {
    #[command(subcommand)]
    pub month: Option<PlanMonth>,
    #[arg(long, value_name = "DATE")]
    pub from: Option<NaiveDate>,
    #[arg(long, value_name = "DATE")]
    pub to: Option<NaiveDate>,
    #[arg(long, value_name = "USER")]
    pub officer: Option<String>,
    #[arg(long, conflicts_with = "explain")]
    pub gaps: bool,
    #[arg(long)]
    pub private: bool,
    #[arg(long, value_name = "CUSTOMER")]
    pub explain: Option<String>,
}

#[derive(Debug, Clone, Subcommand)]
pub enum PlanMonth {
    Month {
        #[arg(value_name = "YYYY-MM")]
        month: String,
        #[arg(long, value_name = "USER")]
        officer: Option<String>,
    },
}

#[derive(Debug, Clone, Args)]
pub struct Attach {
    #[arg(value_name = "VISIT")]
    pub visit: String,
    #[arg(value_name = "ITEM")]
    pub item: String,
    #[arg(value_name = "FILE|-", allow_hyphen_values = true)]
    pub file: String,
    #[arg(long, value_name = "TEXT")]
    pub name: Option<String>,
    #[arg(long, value_parser = ["signboard", "premises", "staff", "production", "stock", "collateral", "meeting", "paper", "other"])]
    pub category: Option<String>,
}

#[derive(Debug, Clone, Args)]
pub struct Proof {
    #[arg(value_name = "FLAG")]
    pub flag: String,
    #[arg(value_name = "FILE|-", allow_hyphen_values = true)]
    pub file: String,
    #[arg(long, value_name = "TEXT")]
    pub name: Option<String>,
}

#[derive(Debug, Clone, Subcommand)]
pub enum Questionnaire {
    Export {
        #[arg(value_name = "VISIT")]
        visit: String,
        #[arg(long, value_name = "FILE.txt|FILE.xlsx")]
        out: PathBuf,
    },
    Import {
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

#[derive(Debug, Clone, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Report {
    #[command(subcommand)]
    pub of: Option<ReportOf>,
    #[arg(value_name = "VISIT", required = true)]
    pub visit: Option<String>,
    #[command(flatten)]
    pub file: Option<ReportFile>,
}

#[derive(Debug, Clone, Subcommand)]
pub enum ReportOf {
    Renewal {
        #[arg(value_name = "CUSTOMER")]
        customer: String,
        #[command(flatten)]
        file: ReportFile,
    },
    Diligence {
        #[arg(value_name = "CUSTOMER")]
        customer: String,
        #[command(flatten)]
        file: ReportFile,
    },
    Brief {
        #[arg(value_name = "CUSTOMER")]
        customer: String,
        #[command(flatten)]
        file: ReportFile,
    },
    Handover {
        #[arg(value_name = "HANDOVER")]
        packet: String,
        #[command(flatten)]
        file: ReportFile,
    },
    Pack {
        #[arg(value_name = "CUSTOMER|VISIT")]
        of: String,
        #[command(flatten)]
        file: ReportFile,
    },
}

/// Where a report goes, and how open it is.
#[derive(Debug, Clone, Args)]
pub struct ReportFile {
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    #[arg(long)]
    pub force: bool,
    #[arg(long, requires = "reason")]
    pub unmask: bool,
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
}

#[derive(Debug, Clone, Subcommand)]
pub enum Policy {
    Show {
        #[arg(value_name = "VERSION")]
        version: Option<String>,
    },
    List,
    Check {
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
    },
    Diff {
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
        #[arg(long, value_name = "DATE")]
        to: Option<NaiveDate>,
        #[arg(long, value_name = "USER")]
        officer: Option<String>,
    },
    Propose {
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    Activate {
        #[arg(value_name = "VERSION")]
        version: String,
        #[arg(long, value_name = "TEXT", default_value = "")]
        reason: String,
    },
    Refuse {
        #[arg(value_name = "VERSION")]
        version: String,
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
}
