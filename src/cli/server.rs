//! `huifang server check`: looks at the set-up of a branch server and says what to do; changes
//! nothing. What it wants is what `assets/server/README.md` sets up.

mod machine;

use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::args::Format;
use super::guard::{self, ADMINS, OFFICERS};
use super::points::Told;
use super::session::{Desk, Io};
use crate::config::IdentityMode;
use crate::fault::{Fault, Found};
use crate::i18n::Catalog;
use crate::i18n::server::Check;

/// Where the programs lie.
const BIN: &str = "/opt/huifang/bin";
/// Keys of officers, by name.
const KEYS: &str = "/etc/ssh/huifang_keys";
const SSHD: &str = "/etc/ssh/sshd_config.d/20-huifang.conf";
const SUDOERS: &str = "/etc/sudoers.d/huifang";
const LIMITS: &str = "/etc/security/limits.d/huifang.conf";
const TIMER: &str = "timers.target.wants/huifang-jobs.timer";

/// The points of a server.
type Points = super::points::Points<Check>;

/// Prints each point with what to do; exit status 1 when something is not as it must be.
pub fn check(desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let format = desk.format(&[Format::Table, Format::Json])?;
    let mut points = Points::default();
    settings(desk, &mut points);
    programs(desk.config.identity, &mut points);
    doors(desk.config.identity, &mut points);
    machine::points(&mut points);
    let t = &Catalog::of(desk.lang).server;
    let told =
        |check: Check| Told { code: check.as_code(), name: t.name(check), advice: t.advice(check) };
    points.print(told, format, desk, io)?;
    let bad = points.bad();
    if bad > 0 { Err(Fault::Found(Found::Server(bad))) } else { Ok(()) }
}

/// The settings, the account of the service and its folder.
fn settings(desk: &Desk, points: &mut Points) {
    let file = desk.settings.clone().unwrap_or_default();
    points.must(Check::Settings, guard::is_roots(&file), file.display().to_string());
    let mode = match desk.config.identity {
        IdentityMode::Os => "os",
        IdentityMode::Sudo => "sudo",
        IdentityMode::ForcedCommand => "forced-command",
    };
    points.must(Check::Identity, desk.config.identity != IdentityMode::Os, mode);
    let Some(database) = &desk.config.db else {
        points.must(Check::Data, false, "db = ?");
        return;
    };
    let folder = database.parent().unwrap_or(database);
    let Ok(meta) = folder.metadata() else {
        points.must(Check::Data, false, folder.display().to_string());
        return;
    };
    let closed = meta.mode() & 0o7777 == 0o700;
    points.must(Check::Data, closed, format!("{} {:o}", folder.display(), meta.mode() & 0o7777));
    let owner = super::identity::name_of(meta.uid()).unwrap_or_else(|| meta.uid().to_string());
    points.must(Check::Service, meta.uid() != 0, owner);
}

/// Each program is root's, and nobody else can change it.
fn programs(mode: IdentityMode, points: &mut Points) {
    let login = login_program(mode);
    for path in [PathBuf::from(BIN).join("huifang"), login] {
        let runs = path.metadata().is_ok_and(|meta| meta.mode() & 0o005 == 0o005);
        let fine = runs && guard::is_roots(&path);
        points.must(Check::Program, fine, path.display().to_string());
    }
}

fn login_program(mode: IdentityMode) -> PathBuf {
    let name = if mode == IdentityMode::ForcedCommand { "huifang-forced" } else { "huifang-login" };
    PathBuf::from(BIN).join(name)
}

/// Groups and people, keys, the servers for SSH and sudo.
fn doors(mode: IdentityMode, points: &mut Points) {
    keys(points);
    points.must(Check::Sshd, guard::is_roots(Path::new(SSHD)), SSHD);
    if mode == IdentityMode::ForcedCommand {
        return;
    }
    for group in [OFFICERS, ADMINS] {
        points.must(Check::Groups, guard::entry("group", group).is_some(), group);
    }
    let members = machine::members(OFFICERS);
    let login = login_program(mode);
    for user in &members {
        // A shell of any other kind would read files of hers before the program starts.
        let shell = guard::entry("passwd", user)
            .and_then(|line| line.split(':').nth(6).map(str::to_owned))
            .unwrap_or_default();
        if Path::new(&shell) != login {
            points.must(Check::Shell, false, format!("{user} {shell}"));
        }
    }
    points.should(Check::Officers, !members.is_empty(), members.len().to_string());
    if let Some(user) = members.first()
        && let Some(said) = machine::sshd_for(user)
    {
        let missing = machine::sshd_lacks(&said, &login.to_string_lossy());
        points.must(Check::SshdInForce, missing.is_empty(), missing.join(", "));
    }
    let rights = Path::new(SUDOERS).metadata().map(|meta| meta.mode() & 0o7777);
    let closed = rights.as_ref().is_ok_and(|mode| *mode == 0o440);
    points.must(Check::Sudoers, closed && guard::is_roots(Path::new(SUDOERS)), SUDOERS);
    if let Some(version) = machine::sudo_version() {
        points.should(Check::SudoVersion, version >= (1, 9, 16), machine::dotted(version));
        // `use_pty` and expressions in arguments.
        points.must(Check::SudoTooOld, version >= (1, 9, 10), machine::dotted(version));
    } else {
        points.must(Check::SudoTooOld, false, "sudo");
    }
}

/// Nobody but root writes the folder of keys, nor any file in it.
fn keys(points: &mut Points) {
    let folder = Path::new(KEYS);
    let files = std::fs::read_dir(folder).into_iter().flatten();
    let open: Vec<String> = files
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| !guard::is_roots(path))
        .map(|path| path.display().to_string())
        .collect();
    let detail = if open.is_empty() { KEYS.to_owned() } else { open.join(", ") };
    points.must(Check::Keys, folder.is_dir() && open.is_empty(), detail);
}
