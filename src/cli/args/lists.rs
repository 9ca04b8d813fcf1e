//! The words of the commands that list something.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Clone, Args)]
pub struct List {
    #[arg(long, value_name = "USER")]
    pub officer: Option<String>,
    #[arg(long, value_name = "TEXT")]
    pub query: Option<String>,
}

#[derive(Debug, Clone, Args)]
pub struct FlagList {
    #[command(flatten)]
    pub list: List,
    #[arg(long)]
    pub watch: bool,
}

#[derive(Debug, Clone, Args)]
pub struct Callbacks {
    #[arg(value_name = "YYYY-MM")]
    pub month: Option<String>,
}

#[derive(Debug, Clone, Args)]
pub struct Digest {
    #[arg(long, value_name = "USER")]
    pub user: Option<String>,
    #[arg(long)]
    pub names: bool,
}

#[derive(Debug, Clone, Args)]
pub struct Cockpit {
    #[arg(long, default_value = "officer", value_parser = ["officer", "district"])]
    pub by: String,
    #[arg(long, value_name = "YYYY-MM")]
    pub month: Option<String>,
}

#[derive(Debug, Clone, Subcommand)]
pub enum Month {
    Close {
        #[arg(value_name = "YYYY-MM")]
        month: String,
    },
}

#[derive(Debug, Clone, Args)]
pub struct Deadlines {
    #[arg(long, value_name = "USER")]
    pub officer: Option<String>,
    #[arg(long, value_name = "CUSTOMER")]
    pub customer: Option<String>,
}

#[derive(Debug, Clone, Args)]
pub struct Tiers {
    #[arg(long, value_name = "USER")]
    pub officer: Option<String>,
}

#[derive(Debug, Clone, Args)]
pub struct Strategy {
    #[arg(value_name = "CUSTOMER")]
    pub customer: Option<String>,
    #[arg(long, value_name = "USER", conflicts_with = "customer")]
    pub officer: Option<String>,
    #[arg(long, requires = "customer")]
    pub history: bool,
}

#[derive(Debug, Clone, Args)]
pub struct Portfolio {
    #[arg(long, value_name = "WHAT", default_value = "tier",
        value_parser = ["tier", "industry", "district", "officer", "strategy", "group", "single"])]
    pub by: String,
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    #[arg(long, requires = "out")]
    pub force: bool,
}
