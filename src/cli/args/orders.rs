//! Words of what superiors order, and of holidays.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Subcommand};

#[derive(Debug, Clone, Args)]
pub struct Handover {
    #[arg(value_name = "FROM")]
    pub from: String,
    #[arg(value_name = "TO")]
    pub to: String,
    #[arg(long, value_name = "USER")]
    pub witness: String,
    #[arg(long, value_name = "DATE")]
    pub on: Option<NaiveDate>,
    #[arg(long, value_name = "CUSTOMER")]
    pub customer: Vec<String>,
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
}

#[derive(Debug, Clone, Subcommand)]
pub enum Holidays {
    List,
    Show {
        #[arg(value_name = "YEAR")]
        year: i32,
    },
    Check {
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    Add {
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    Remove {
        #[arg(value_name = "YEAR")]
        year: i32,
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
}
