//! Words of the notes scan.

use std::path::PathBuf;

use clap::Args;

#[derive(Debug, Clone, Args)]
pub struct Scan {
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
}
