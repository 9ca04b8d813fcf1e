//! What must hold on a branch server before anything is opened (`security.md` 3.1 and 3.2): else the
//! program says what is wrong and ends with status 78. On a person's own machine nothing is asked.

use std::io::{self, IsTerminal};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use rustix::process::{DumpableBehavior, Resource, Rlimit};

use super::args::{Cmd, Journal};
use super::identity;
use super::session::Desk;
use crate::config::IdentityMode;
use crate::fault::start::Refused;

/// Whose members may open the workstation.
pub const OFFICERS: &str = "huifang-officers";
/// Whose members may keep house.
pub const ADMINS: &str = "huifang-admin";

/// What a command line asks for, as far as a server cares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// The workstation and not a word more.
    Screen,
    /// The workstation for the person that the forced command names.
    ScreenAs,
    /// Backup, jobs, people, checks.
    House,
    /// Anything else.
    Other,
}

/// Who called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Caller {
    /// Nobody: the service itself, from a timer.
    Service,
    /// A person, with the groups of ours that she is in.
    Person {
        /// Her name.
        user: String,
        /// In [`OFFICERS`].
        officer: bool,
        /// In [`ADMINS`].
        admin: bool,
    },
}

/// All that the start looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Start {
    /// How persons are found out.
    pub mode: IdentityMode,
    /// The settings' file, and whether root alone can change it.
    pub settings: (PathBuf, bool),
    /// Whether the settings name a database.
    pub database_named: bool,
    /// Under which user the program runs.
    pub euid: u32,
    /// Whose the database is, or the folder in which it will be; `None` = neither is there.
    pub owner: Option<u32>,
    /// Who called.
    pub caller: Caller,
    /// What is asked for.
    pub wish: Wish,
    /// Whether input and output are one and the same terminal.
    pub one_terminal: bool,
}

/// Looks at everything and protects the process, on a server.
pub fn check(desk: &Desk, words: usize, command: Option<&Cmd>) -> Result<(), Refused> {
    if desk.config.identity == IdentityMode::Os {
        return Ok(());
    }
    judge(&look(desk, words, command))?;
    protect()
}

/// Whether all of it is as it must be; the first thing that is not.
pub fn judge(start: &Start) -> Result<(), Refused> {
    if !start.settings.1 {
        return Err(Refused::Settings(start.settings.0.clone()));
    }
    if !start.database_named {
        return Err(Refused::NoDatabase);
    }
    if start.euid == 0 {
        return Err(Refused::Root);
    }
    let owner = start.owner.ok_or(Refused::NoFolder)?;
    if owner != start.euid {
        return Err(Refused::NotTheService(start.euid));
    }
    let needed = match (start.mode, start.wish) {
        (IdentityMode::Sudo, Wish::Screen) | (IdentityMode::ForcedCommand, Wish::ScreenAs) => {
            OFFICERS
        }
        (_, Wish::House) => ADMINS,
        // Nobody is named: told in its own words when the person is found out.
        (IdentityMode::ForcedCommand, Wish::Screen) => return Ok(()),
        _ => return Err(Refused::Words),
    };
    if let (IdentityMode::Sudo, Caller::Person { user, officer, admin }) =
        (start.mode, &start.caller)
    {
        let is_in = if needed == OFFICERS { *officer } else { *admin };
        if !is_in {
            return Err(Refused::NotInGroup { user: user.clone(), group: needed });
        }
    }
    if needed == OFFICERS && !start.one_terminal {
        return Err(Refused::NotOneTerminal);
    }
    Ok(())
}

fn look(desk: &Desk, words: usize, command: Option<&Cmd>) -> Start {
    let settings = desk.settings.clone().unwrap_or_default();
    let rooted = is_roots(&settings);
    let database = desk.config.db.clone();
    let owner = database.as_deref().and_then(|path| {
        let folder = path.parent().unwrap_or(path);
        path.metadata().or_else(|_| folder.metadata()).ok().map(|meta| meta.uid())
    });
    Start {
        mode: desk.config.identity,
        settings: (settings, rooted),
        database_named: database.is_some(),
        euid: rustix::process::geteuid().as_raw(),
        owner,
        caller: caller(),
        wish: wish(desk, words, command),
        one_terminal: one_terminal(),
    }
}

fn wish(desk: &Desk, words: usize, command: Option<&Cmd>) -> Wish {
    match command {
        Some(command) if keeps_house(command) => Wish::House,
        None if words == 0 => Wish::Screen,
        // `--as NAME` and `--as=NAME`.
        None if desk.global.r#as.is_some() && words <= 2 => Wish::ScreenAs,
        _ => Wish::Other,
    }
}

/// What administrators and timers do. None of it shows a customer.
pub const fn keeps_house(command: &Cmd) -> bool {
    matches!(
        command,
        Cmd::Import(_)
            | Cmd::Jobs { .. }
            | Cmd::User { .. }
            | Cmd::Backup { .. }
            | Cmd::Restore(_)
            | Cmd::Doctor
            | Cmd::Server { .. }
            | Cmd::Digest(_)
            | Cmd::Journal {
                what: Journal::Verify { .. } | Journal::Head | Journal::Anchor { .. }
            }
    )
}

fn caller() -> Caller {
    let Some(said) = std::env::var_os("SUDO_UID") else { return Caller::Service };
    let said = said.to_string_lossy().into_owned();
    let user = said.parse().ok().and_then(identity::name_of).unwrap_or(said);
    let officer = is_in(&user, OFFICERS);
    let admin = is_in(&user, ADMINS);
    Caller::Person { user, officer, admin }
}

/// Whether a user is in a group, by the local list or by the directory service.
pub fn is_in(user: &str, group: &str) -> bool {
    let Some(line) = entry("group", group) else { return false };
    let mut fields = line.trim_end().split(':').skip(2);
    let (gid, members) = (fields.next(), fields.next().unwrap_or_default());
    let own = || entry("passwd", user).and_then(|l| l.split(':').nth(3).map(str::to_owned));
    members.split(',').any(|member| member == user) || own().as_deref() == gid
}

/// The line about a name in a list of the system: the local one, else that of the directory service.
pub fn entry(list: &str, name: &str) -> Option<String> {
    let local = std::fs::read_to_string(Path::new("/etc").join(list)).unwrap_or_default();
    let begins = format!("{name}:");
    if let Some(line) = local.lines().find(|line| line.starts_with(&begins)) {
        return Some(line.to_owned());
    }
    let asked = Command::new("/usr/bin/getent").args([list, name]).env_clear().output().ok()?;
    let said = String::from_utf8(asked.stdout).ok()?;
    said.lines().next().map(str::to_owned).filter(|line| !line.is_empty())
}

/// Whether root alone can change a file: its own, and nobody else may write it or put another in
/// its place.
pub fn is_roots(path: &Path) -> bool {
    let alone = |path: &Path| path.metadata().is_ok_and(|m| m.uid() == 0 && m.mode() & 0o022 == 0);
    alone(path) && path.parent().is_some_and(alone)
}

fn one_terminal() -> bool {
    let (input, output) = (io::stdin(), io::stdout());
    let device = |stat: rustix::io::Result<rustix::fs::Stat>| stat.ok().map(|s| s.st_rdev);
    input.is_terminal()
        && output.is_terminal()
        && device(rustix::fs::fstat(&input)) == device(rustix::fs::fstat(&output))
}

/// Nobody under the same account looks into this process, nothing of it lands in a core file, and
/// no program that it might start gains rights.
fn protect() -> Result<(), Refused> {
    let nothing = Rlimit { current: Some(0), maximum: Some(0) };
    rustix::process::set_dumpable_behavior(DumpableBehavior::NotDumpable)
        .map_err(|_errno| Refused::Unprotected("dumpable"))?;
    rustix::thread::set_no_new_privs(true)
        .map_err(|_errno| Refused::Unprotected("no_new_privs"))?;
    rustix::process::setrlimit(Resource::Core, nothing)
        .map_err(|_errno| Refused::Unprotected("core"))?;
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
    Ok(())
}

#[cfg(test)]
mod tests;
