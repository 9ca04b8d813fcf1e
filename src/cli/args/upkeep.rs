//! Words of keeping house: jobs, people, the journal, the server.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Subcommand};

use crate::domain::user::Role;
use crate::i18n::{Lang, words};

/// Codes of the roles, as they are typed.
pub(in crate::cli) const ROLES: [&str; 6] =
    ["officer", "supervisor", "risk", "compliance", "auditor", "admin"];

/// A role by its code or its Chinese name, as the import takes it.
fn role_named(text: &str) -> Result<Role, String> {
    let named = |role: &Role| words::role(Lang::Zh, *role) == text;
    let found = Role::from_code(text).or_else(|| Role::ALL.iter().copied().find(named));
    found.ok_or_else(|| ROLES.join(", "))
}

#[derive(Debug, Clone, Subcommand)]
pub enum Jobs {
    List,
    Run {
        #[arg(long)]
        confirm_clock: bool,
    },
    Enable {
        #[arg(value_name = "NAME")]
        name: String,
    },
}

#[derive(Debug, Clone, Subcommand)]
pub enum User {
    Add {
        #[arg(value_name = "USER")]
        user: String,
        #[arg(long)]
        name: Option<String>,
        #[arg(long, value_parser = role_named, default_value = "officer")]
        role: Role,
        #[arg(long)]
        branch: Option<String>,
    },
    List,
    Disable {
        #[arg(value_name = "USER")]
        user: String,
    },
    Pin,
    ResetPin {
        #[arg(value_name = "USER")]
        user: String,
    },
}

#[derive(Debug, Clone, Subcommand)]
pub enum Journal {
    Verify {
        #[arg(long, value_name = "FILE|FOLDER")]
        anchors: Option<PathBuf>,
        #[arg(long, value_name = "FILE", requires = "anchors")]
        signers: Option<PathBuf>,
    },
    Anchor {
        #[arg(long, value_name = "FOLDER")]
        out: Option<PathBuf>,
        #[arg(long, value_name = "FILE")]
        key: Option<PathBuf>,
    },
    Head,
    Show {
        #[arg(long, value_name = "ID")]
        subject: Option<String>,
        #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=100_000))]
        last: u32,
        #[arg(long, value_name = "USER")]
        user: Option<String>,
        #[arg(long, value_name = "COMMAND")]
        kind: Option<String>,
        #[arg(long, value_name = "DATE")]
        from: Option<NaiveDate>,
        #[arg(long, value_name = "DATE")]
        to: Option<NaiveDate>,
    },
    Unusual {
        #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=366))]
        days: u32,
    },
}

#[derive(Debug, Clone, Subcommand)]
pub enum Retention {
    List,
    Propose {
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    Agree {
        #[arg(value_name = "ERASURE")]
        erasure: String,
    },
    Refuse {
        #[arg(value_name = "ERASURE")]
        erasure: String,
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    Withdraw {
        #[arg(value_name = "ERASURE")]
        erasure: String,
    },
    Hold {
        #[arg(value_name = "CUSTOMER")]
        customer: String,
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    Release {
        #[arg(value_name = "CUSTOMER")]
        customer: String,
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
}

#[derive(Debug, Clone, Args)]
pub struct Restore {
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[arg(long)]
    pub yes: bool,
    #[arg(long)]
    pub force: bool,
    #[arg(long)]
    pub drill: bool,
    #[arg(long, value_name = "FILE|FOLDER", requires = "drill")]
    pub anchors: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub identity: Option<PathBuf>,
}

#[derive(Debug, Clone, Subcommand)]
pub enum Server {
    Check,
}
