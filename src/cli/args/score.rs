//! Words of the early-warning score.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

#[derive(Debug, Clone, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Score {
    #[command(subcommand)]
    pub what: Option<ScoreWhat>,
    #[arg(long, value_name = "FILE.csv", conflicts_with = "ratios")]
    pub statements: Option<PathBuf>,
    #[arg(long, value_name = "FILE.csv")]
    pub ratios: Option<PathBuf>,
    #[arg(long, value_name = "FILE.csv")]
    pub out: Option<PathBuf>,
    #[arg(long, requires = "out")]
    pub force: bool,
    #[arg(long, value_name = "CUSTOMER")]
    pub explain: Option<String>,
    #[arg(long, value_name = "CARD.toml")]
    pub card: Option<PathBuf>,
    #[arg(long, value_name = "USER")]
    pub officer: Option<String>,
    #[arg(long, default_value = "auto", requires = "ratios", conflicts_with = "statements")]
    pub growth: Growth,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Growth {
    Auto,
    Change,
    Quotient,
}

#[derive(Debug, Clone, Subcommand)]
pub enum ScoreWhat {
    Train {
        #[arg(value_name = "FILE.csv", required = true)]
        files: Vec<PathBuf>,
        #[arg(long, value_name = "CARD.toml")]
        out: Option<PathBuf>,
        #[arg(long, requires = "out")]
        force: bool,
        #[arg(long, value_name = "NAME", default_value = "score-own@1")]
        id: String,
        #[arg(long, default_value = "auto")]
        growth: Growth,
    },
    Cards,
    Show {
        #[arg(value_name = "CARD")]
        card: Option<String>,
    },
    Compare {
        #[arg(value_name = "CARD")]
        card: String,
    },
    Propose {
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    Activate {
        #[arg(value_name = "CARD")]
        card: String,
        #[arg(long, value_name = "TEXT", default_value = "")]
        reason: String,
    },
    Refuse {
        #[arg(value_name = "CARD")]
        card: String,
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    Retire {
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
}
