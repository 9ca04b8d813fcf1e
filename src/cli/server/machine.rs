//! What kernel, sudo and the server for SSH say of themselves.

use std::path::Path;
use std::process::Command;

use super::{LIMITS, Points, TIMER};
use crate::cli::guard;
use crate::i18n::server::Check;

/// The kernel's own settings, swap, limits and timers.
pub(super) fn points(points: &mut Points) {
    let value = |name: &str| {
        let text = std::fs::read_to_string(Path::new("/proc/sys").join(name)).ok()?;
        text.trim().parse::<i64>().ok()
    };
    let told = |name: &str, found: Option<i64>| {
        format!("{} = {}", name.replace('/', "."), found.map_or("?".to_owned(), |n| n.to_string()))
    };
    for (check, name, right) in [
        (Check::Keystrokes, "dev/tty/legacy_tiocsti", (|n| n == 0) as fn(i64) -> bool),
        (Check::Tracing, "kernel/yama/ptrace_scope", |n| n >= 1),
        (Check::Dumps, "fs/suid_dumpable", |n| n == 0),
    ] {
        let found = value(name);
        points.should(check, found.is_some_and(right), told(name, found));
    }
    let limits = Path::new(LIMITS);
    points.should(Check::Limits, guard::is_roots(limits), LIMITS);
    let swaps = std::fs::read_to_string("/proc/swaps").unwrap_or_default();
    let open: Vec<&str> = swaps
        .lines()
        .skip(1)
        .filter_map(|line| line.split_whitespace().next())
        // Memory that is packed, and volumes that a mapper may encrypt.
        .filter(|name| !name.contains("zram") && !name.contains("dm-"))
        .collect();
    points.should(Check::Swap, open.is_empty(), open.join(", "));
    let timer = ["/etc/systemd/system", "/lib/systemd/system", "/usr/lib/systemd/system"]
        .iter()
        .any(|folder| Path::new(folder).join(TIMER).exists());
    points.should(Check::Timer, timer, "huifang-jobs.timer");
}

/// Who is in a group by its list.
pub(super) fn members(group: &str) -> Vec<String> {
    let line = guard::entry("group", group).unwrap_or_default();
    let list = line.trim_end().split(':').nth(3).unwrap_or_default();
    list.split(',').filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// What the server for SSH would do with this person; `None` if it does not tell (it tells root).
pub(super) fn sshd_for(user: &str) -> Option<String> {
    let who = format!("user={user},host=localhost,addr=127.0.0.1");
    let asked = Command::new("/usr/sbin/sshd").args(["-T", "-C", &who]).output().ok()?;
    asked.status.success().then(|| String::from_utf8_lossy(&asked.stdout).into_owned())
}

/// What must stand in it and does not.
pub(super) fn sshd_lacks(said: &str, login: &str) -> Vec<String> {
    let forced = format!("forcecommand {login}");
    let wanted = [
        forced.as_str(),
        "disableforwarding yes",
        "permituserrc no",
        "permituserenvironment no",
        "authorizedkeysfile /etc/ssh/huifang_keys/%u",
    ];
    let has = |line: &str| said.lines().any(|there| there.trim().eq_ignore_ascii_case(line));
    wanted.iter().filter(|line| !has(line)).map(|line| (*line).to_owned()).collect()
}

/// `sudo -V`: its version.
pub(super) fn sudo_version() -> Option<(u32, u32, u32)> {
    let asked = Command::new("/usr/bin/sudo").arg("-V").env_clear().output().ok()?;
    version_in(&String::from_utf8_lossy(&asked.stdout))
}

/// `Sudo version 1.9.13p3` → 1, 9, 13.
fn version_in(said: &str) -> Option<(u32, u32, u32)> {
    let word = said.lines().next()?.split_whitespace().last()?;
    let mut parts = word.split('.').map(|part| {
        let digits: String = part.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().ok()
    });
    Some((parts.next()??, parts.next()??, parts.next().flatten().unwrap_or(0)))
}

/// 1, 9, 13 → `sudo 1.9.13`.
pub(super) fn dotted((major, minor, patch): (u32, u32, u32)) -> String {
    format!("sudo {major}.{minor}.{patch}")
}

#[cfg(test)]
mod tests;
