//! Who is acting (`security.md` 3.1 and 3.2). On a shared server neither the environment's user
//! names nor `--as` count: only what `sudo` or a root-owned forced command says.

use std::path::Path;
use std::process::Command;

use crate::config::IdentityMode;
use crate::fault::identity::Fault;

/// What is known about the process and the database file when the program starts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Surroundings {
    /// Real user id of the process.
    pub uid: u32,
    /// `SUDO_UID`, as it stands in the environment.
    pub sudo_uid: Option<String>,
    /// The kernel's login uid, where it keeps one.
    pub login_uid: Option<u32>,
    /// User id of the owner of the database; `None` if there is no file yet.
    pub file_owner: Option<u32>,
    /// An invented portfolio.
    pub demo: bool,
    /// `--as USER`.
    pub named: Option<String>,
    /// What is asked for shows no customer: a server's timer may do it.
    pub house: bool,
}

/// Who is acting, before the database is asked what she may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Login name in the database.
    pub user: String,
    /// User of the operating system, for the journal.
    pub os_user: String,
    /// Owner of the file on her own machine: may run the batch commands whatever her role.
    pub operator: bool,
}

/// Finds out who acts. `name_of` gives the name of a numeric user id.
pub fn resolve(
    mode: IdentityMode,
    around: &Surroundings,
    name_of: impl Fn(u32) -> Option<String>,
) -> Result<Identity, Fault> {
    let name = |uid| name_of(uid).ok_or(Fault::Unknown(uid));
    match mode {
        IdentityMode::Os => {
            let os_user = name(around.uid)?;
            let owner = around.file_owner.is_none_or(|uid| uid == around.uid);
            let user = match &around.named {
                Some(_) if !owner && !around.demo => return Err(Fault::NotOwner),
                Some(named) => named.clone(),
                None => os_user.clone(),
            };
            Ok(Identity { user, os_user, operator: owner })
        }
        IdentityMode::Sudo => {
            if around.named.is_some() {
                return Err(Fault::AsRefused("sudo"));
            }
            if around.sudo_uid.is_none() && around.house {
                return service(around, name);
            }
            let sudo_uid: u32 = around
                .sudo_uid
                .as_deref()
                .and_then(|text| text.parse().ok())
                .ok_or(Fault::NoSudoUid)?;
            if around.login_uid.is_some_and(|uid| uid != sudo_uid) {
                return Err(Fault::LoginUidDiffers);
            }
            let user = name(sudo_uid)?;
            Ok(Identity { os_user: user.clone(), user, operator: false })
        }
        IdentityMode::ForcedCommand => {
            if around.named.is_none() && around.house {
                return service(around, name);
            }
            let user = around.named.clone().ok_or(Fault::AsMissing)?;
            Ok(Identity { user, os_user: name(around.uid)?, operator: false })
        }
    }
}

/// Nobody called: the service itself, which owns the file, from a timer.
fn service(
    around: &Surroundings,
    name: impl Fn(u32) -> Result<String, Fault>,
) -> Result<Identity, Fault> {
    if around.file_owner.is_some_and(|uid| uid != around.uid) {
        return Err(Fault::NotOwner);
    }
    let os_user = name(around.uid)?;
    Ok(Identity { user: os_user.clone(), os_user, operator: true })
}

impl Surroundings {
    /// Looks at the process and at the database file.
    pub fn look(db: &Path, demo: bool, named: Option<String>) -> Self {
        // 4294967295 is the kernel's word for "nobody logged in".
        let login_uid = std::fs::read_to_string("/proc/self/loginuid")
            .ok()
            .and_then(|text| text.trim().parse().ok())
            .filter(|uid| *uid != u32::MAX);
        Self {
            uid: rustix::process::getuid().as_raw(),
            sudo_uid: std::env::var("SUDO_UID").ok(),
            login_uid,
            file_owner: rustix::fs::stat(db).ok().map(|stat| stat.st_uid),
            demo,
            named,
            house: false,
        }
    }
}

/// The name of a numeric user id: from the local list, else from the directory service.
pub fn name_of(uid: u32) -> Option<String> {
    let local = std::fs::read_to_string("/etc/passwd").ok();
    local.as_deref().and_then(|list| name_in(list, uid)).or_else(|| {
        let asked = Command::new("/usr/bin/getent")
            .args(["passwd", &uid.to_string()])
            .env_clear()
            .output()
            .ok()?;
        name_in(&String::from_utf8(asked.stdout).ok()?, uid)
    })
}

/// The login name with this id in lines of `name:password:uid:…`.
fn name_in(list: &str, uid: u32) -> Option<String> {
    list.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        (fields.nth(1)?.parse() == Ok(uid)).then(|| name.to_owned())
    })
}

#[cfg(test)]
mod tests;
