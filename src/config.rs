//! TOML → [`Config`]: read once, checked once; unknown keys are refused with their line.
//!
//! Every key has a default, so that no file is needed. `config.example.toml` documents them all.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

/// How the acting person is found out (`security.md` 3.1 and 3.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IdentityMode {
    /// The user of the operating system: one person's machine.
    #[default]
    Os,
    /// Shared server: own account, login program, sudo to the service account.
    Sudo,
    /// Shared server, one account: `--as USER` in a forced command that only root can edit.
    ForcedCommand,
}

/// Language of screen and messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub enum LangChoice {
    /// From `LC_ALL`, `LC_MESSAGES`, `LANG`; Chinese where these say nothing.
    #[default]
    #[serde(rename = "auto")]
    Auto,
    /// Chinese.
    #[serde(rename = "zh-CN")]
    Zh,
    /// English.
    #[serde(rename = "en")]
    En,
}

/// Colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ThemeChoice {
    /// By what the terminal says of itself; none where `NO_COLOR` is set.
    #[default]
    Auto,
    /// For a light background.
    Light,
    /// For a dark background.
    Dark,
    /// The terminal's own sixteen colours.
    #[serde(rename = "16")]
    Sixteen,
    /// No colour: meaning by mark and word only.
    Mono,
}

/// Lines and marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BorderChoice {
    /// Box drawing.
    #[default]
    Unicode,
    /// `+-|`, for clients that draw box characters two cells wide.
    Ascii,
}

/// How photos are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PictureChoice {
    /// By the terminal itself where it says that it can, otherwise with half blocks.
    #[default]
    Auto,
    /// With half blocks, which is least on a poor line.
    Blocks,
    /// As sixels.
    Sixel,
    /// By the graphics protocol of kitty.
    Kitty,
}

/// The hash that chains the rows of the journal; a file keeps the one that it was made with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum HashChoice {
    /// GB/T 32905.
    #[default]
    Sm3,
    /// FIPS 180-4.
    Sha256,
}

/// Yuan that no bank's net capital exceeds, so that fen fit.
const NET_CAPITAL: i64 = 90_000_000_000_000_000;

/// All settings, checked.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// The database; empty = `huifang.db` in the user's data folder.
    pub db: Option<PathBuf>,
    /// Language.
    pub lang: LangChoice,
    /// Colours.
    pub theme: ThemeChoice,
    /// Lines and marks.
    pub borders: BorderChoice,
    /// How photos are drawn.
    pub pictures: PictureChoice,
    /// The hash of the journal of a new file.
    pub journal_hash: HashChoice,
    /// How the acting person is found out.
    pub identity: IdentityMode,
    /// Folder of the daily backups; empty = `backup` beside the database.
    pub backup_dir: Option<PathBuf>,
    /// For whom backups that leave the machine are sealed: a public key of `age`, or of SSH.
    pub backup_to: Option<String>,
    /// Folder of the reports made on the screen; empty = `exports` beside the database.
    pub export_dir: Option<PathBuf>,
    /// Folder with one folder per officer for files to register; empty = `drop` beside the database.
    pub drop_dir: Option<PathBuf>,
    /// Whether `y` may copy displayed values to the clipboard of the person's own computer.
    pub clipboard: bool,
    /// After how many minutes without a key the screen is covered; 0 = never. On a server 5.
    pub cover_after: Option<u16>,
    /// After how many minutes without a key the session ends; 0 = never. On a server 30.
    pub end_after: Option<u16>,
    /// Net capital of the bank in yuan, against which large exposures are measured.
    pub net_capital_yuan: Option<i64>,
    /// Days of the bank's own, `MM-DD`, with what they are: occasions for a light-touch visit.
    pub own_days: BTreeMap<String, String>,
    /// Keys by place and action; those not named keep their defaults.
    pub keys: BTreeMap<String, BTreeMap<String, Vec<String>>>,
}

/// Why the settings can't be used.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The file can't be read.
    #[error("{path}: {source}")]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Not TOML, an unknown key, or a value that a key does not take.
    #[error("{path}:{line}: {what}")]
    Wrong {
        /// Which file.
        path: PathBuf,
        /// In which line, from 1.
        line: usize,
        /// What the reader says, without the file's text.
        what: String,
    },
    /// A path must be absolute, because sessions start in different folders.
    #[error("{path}: {key} must be an absolute path")]
    RelativePath {
        /// Which file.
        path: PathBuf,
        /// Which key.
        key: &'static str,
    },
}

impl Config {
    /// Reads and checks a file.
    pub fn read(path: &Path) -> Result<Self, Fault> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| Fault::Unreadable { path: path.to_owned(), source })?;
        Self::parse(&text, path)
    }

    /// Reads the text of a file; `path` is named in faults.
    pub fn parse(text: &str, path: &Path) -> Result<Self, Fault> {
        let config: Self = toml::from_str(text).map_err(|fault| {
            let before = fault.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
            Fault::Wrong {
                path: path.to_owned(),
                line: before.matches('\n').count() + 1,
                what: fault.message().to_owned(),
            }
        })?;
        let paths = [
            ("db", &config.db),
            ("backup_dir", &config.backup_dir),
            ("export_dir", &config.export_dir),
            ("drop_dir", &config.drop_dir),
        ];
        for (key, value) in paths {
            if value.as_ref().is_some_and(|p| p.is_relative()) {
                return Err(Fault::RelativePath { path: path.to_owned(), key });
            }
        }
        if config.net_capital_yuan.is_some_and(|yuan| !(1..=NET_CAPITAL).contains(&yuan)) {
            let before = text.split("net_capital_yuan").next().unwrap_or_default();
            return Err(Fault::Wrong {
                path: path.to_owned(),
                line: before.matches('\n').count() + 1,
                what: String::from("net_capital_yuan: no amount in whole yuan"),
            });
        }
        let no_day = |date: &&String| {
            let day = chrono::NaiveDate::parse_from_str(&format!("2027-{date}"), "%Y-%m-%d");
            day.is_err() || date.len() != 5
        };
        if let Some(date) = config.own_days.keys().find(no_day) {
            let before = text.split(date.as_str()).next().unwrap_or_default();
            return Err(Fault::Wrong {
                path: path.to_owned(),
                line: before.matches('\n').count() + 1,
                what: format!("own_days: `{date}` is no day such as `05-18`"),
            });
        }
        Ok(config)
    }

    /// The file that is read when none is named: the server's, else the user's, if there is one.
    pub fn usual_file() -> Option<PathBuf> {
        let server = PathBuf::from("/etc/huifang/config.toml");
        let user = folders().map(|f| f.config_dir().join("config.toml"));
        std::iter::once(server).chain(user).find(|path| path.is_file())
    }

    /// The database that is opened when none is named.
    pub fn database(&self) -> Option<PathBuf> {
        self.db.clone().or_else(|| folders().map(|f| f.data_dir().join("huifang.db")))
    }
}

fn folders() -> Option<directories::ProjectDirs> {
    directories::ProjectDirs::from("", "", "huifang")
}

#[cfg(test)]
mod tests;
