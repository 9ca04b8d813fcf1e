//! The words of the commands about signals and events.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Subcommand};

#[derive(Debug, Clone, Subcommand)]
pub enum Signals {
    List,
    Check {
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    Run {
        #[arg(long, value_name = "CUSTOMER")]
        customer: Option<String>,
    },
}

#[derive(Debug, Clone, Subcommand)]
pub enum Events {
    List {
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        #[arg(long, requires = "out")]
        force: bool,
    },
    Looks {
        #[arg(long, value_name = "EVENT")]
        event: Option<String>,
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        #[arg(long, requires = "out")]
        force: bool,
    },
    Add(EventNew),
    Drivers,
}

#[derive(Debug, Clone, Args)]
pub struct EventNew {
    #[arg(value_name = "TEXT")]
    pub title: String,
    #[arg(long, value_parser = ["price", "policy", "disaster", "other"])]
    pub kind: String,
    #[arg(long, value_name = "PERCENT", allow_hyphen_values = true)]
    pub change: Option<String>,
    #[arg(long, value_name = "DATE")]
    pub on: Option<NaiveDate>,
    #[arg(long, value_name = "DATE")]
    pub due: NaiveDate,
    #[arg(long, value_name = "TEXT")]
    pub points: String,
    #[arg(long, value_name = "TEXT")]
    pub industry: Vec<String>,
    #[arg(long, value_name = "TEXT")]
    pub district: Vec<String>,
    #[arg(long, value_name = "CODE")]
    pub driver: Vec<String>,
    #[arg(long)]
    pub dry_run: bool,
}
