//! The words of the commands that list something.

use clap::Args;

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
