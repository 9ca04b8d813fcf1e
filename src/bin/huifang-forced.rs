//! huifang-forced: the login shell of the one account that a small branch uses
//! (`assets/server/README.md`). The server for SSH hands it the forced command of the key; it takes
//! that one command and nothing else, whatever a client asks for.

#[path = "login/vetted.rs"]
mod vetted;

use std::io::Write;
use std::os::unix::process::CommandExt;
use std::process::{Command, ExitCode};

const PROGRAM: &str = "/opt/huifang/bin/huifang";
/// `EX_NOPERM`.
const NOT_ALLOWED: u8 = 77;
/// `EX_CONFIG`: the machine is not set up for this.
const NOT_SET_UP: u8 = 78;

fn main() -> ExitCode {
    let words: Vec<String> =
        std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned()).collect();
    let (said, status) = match person(&words) {
        Some(user) => {
            let mut program = Command::new(PROGRAM);
            let fault = program.args(["--as", user]).env_clear().envs(vetted::vetted()).exec();
            (format!("{PROGRAM} can't be started ({})", fault.kind()), NOT_SET_UP)
        }
        None => ("only the workstation can be used here".to_owned(), NOT_ALLOWED),
    };
    // If even this can't be said, the exit status says it.
    let _ = writeln!(std::io::stderr(), "huifang-forced: {said}. Please tell the administrator.");
    ExitCode::from(status)
}

/// Whom the forced command names: `-c "/opt/huifang/bin/huifang --as NAME"` and nothing else.
fn person(words: &[String]) -> Option<&str> {
    let [dash_c, command] = words else { return None };
    let user = command.strip_prefix(PROGRAM)?.strip_prefix(" --as ")?;
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.');
    let named = !user.is_empty() && user.len() <= 64 && !user.starts_with('-');
    (dash_c == "-c" && named && user.bytes().all(plain)).then_some(user)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_command_and_nothing_else() {
        let cases: [(&[&str], Option<&str>); 10] = [
            (&["-c", "/opt/huifang/bin/huifang --as o1023"], Some("o1023")),
            (&["-c", "/opt/huifang/bin/huifang --as o1023 --db x"], None),
            (&["-c", "/opt/huifang/bin/huifang --as o1023;sh"], None),
            (&["-c", "/opt/huifang/bin/huifang --as --config"], None),
            (&["-c", "/opt/huifang/bin/huifang"], None),
            (&["-c", "/opt/huifang/bin/huifangx --as o1023"], None),
            (&["-c", "/usr/lib/openssh/sftp-server"], None),
            (&["-c", "sh"], None),
            (&["-l"], None),
            (&[], None),
        ];
        for (words, expected) in cases {
            let words: Vec<String> = words.iter().map(|w| (*w).to_owned()).collect();
            assert_eq!(person(&words), expected, "{words:?}");
        }
    }
}
