//! huifang-login: the login shell of officers on a branch server (`assets/server/README.md`). It
//! looks at no word of its command line and at no input, lets a few harmless variables through, and
//! becomes the workstation by way of sudo.
//!
//! It has no rights of its own: who starts it by hand gets what sudo gives her anyhow.

#[path = "login/vetted.rs"]
mod vetted;

use std::io::Write;
use std::os::unix::process::CommandExt;
use std::process::{Command, ExitCode};

const SUDO: &str = "/usr/bin/sudo";
/// Exactly what `/etc/sudoers.d/huifang` allows.
const WORDS: [&str; 5] = ["-n", "-u", "huifang", "--", "/opt/huifang/bin/huifang"];
/// `EX_CONFIG`: the machine is not set up for this.
const NOT_SET_UP: u8 = 78;

fn main() -> ExitCode {
    let fault = Command::new(SUDO).args(WORDS).env_clear().envs(vetted::vetted()).exec();
    // If even this can't be said, the exit status says it.
    let _ = writeln!(
        std::io::stderr(),
        "huifang-login: {SUDO} can't be started ({}). Please tell the administrator.",
        fault.kind()
    );
    ExitCode::from(NOT_SET_UP)
}
