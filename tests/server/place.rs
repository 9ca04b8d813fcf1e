//! The server itself: a copy of this machine in memory, seen by nobody else (`tests/server/branch`).

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Mutex, OnceLock, PoisonError};

use tempfile::TempDir;

use crate::terminal::{Setup, Terminal};

/// Who works at the branch; `stranger` has a key and an account, and is no user of the database.
pub(crate) const PEOPLE: [&str; 6] = [
    "o1023:officer",
    "o1024:officer",
    "o1025:officer",
    "s2001:supervisor",
    "u3001:auditor",
    "a9001:admin",
];

pub(crate) struct Branch {
    folder: TempDir,
    port: u16,
    wire: Mutex<Wire>,
}

struct Wire {
    /// Ends with its input, and everything inside with it.
    _child: Child,
    words: ChildStdin,
    said: BufReader<ChildStdout>,
}

/// What it needs that is not there.
fn lacking() -> Option<&'static str> {
    if rustix::process::geteuid().as_raw() != 0 {
        return Some("root");
    }
    let needs = ["/usr/sbin/sshd", "/usr/bin/sudo", "/usr/sbin/visudo", "/usr/bin/dpkg-deb"];
    let there = |path: &&str| !Path::new(path).exists();
    needs.into_iter().find(there).or_else(|| {
        let tried = Command::new("unshare").args(["--mount", "--pid", "--fork", "true"]).output();
        if tried.is_ok_and(|out| out.status.success()) { None } else { Some("unshare") }
    })
}

/// The branch of all tests; `None`, with a line that says why, where there can be none.
pub(crate) fn branch() -> Option<&'static Branch> {
    static BRANCH: OnceLock<Option<Branch>> = OnceLock::new();
    BRANCH.get_or_init(|| start(&PEOPLE)).as_ref()
}

/// A branch of one's own.
pub(crate) fn start(people: &[&str]) -> Option<Branch> {
    if let Some(what) = lacking() {
        // Told, so that nobody takes it for tested.
        let _ = writeln!(std::io::stderr(), "SKIPPED: a branch server needs {what}");
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    let names = people.iter().map(|person| person.split(':').next().unwrap());
    for name in names.chain(["stranger"]) {
        let key = folder.path().join(name);
        let made = Command::new("ssh-keygen")
            .args(["-q", "-t", "ed25519", "-N", "", "-C", name, "-f"])
            .arg(&key)
            .status()
            .unwrap();
        assert!(made.success());
    }
    portfolio(&folder.path().join("portfolio"), people);
    let package = package(folder.path());
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let log = std::fs::File::create(folder.path().join("branch.log")).unwrap();
    let mut child = Command::new("unshare")
        .args(["--mount", "--pid", "--fork", "--kill-child", "--"])
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/server/branch"))
        .arg(&package)
        .arg(folder.path())
        .arg(port.to_string())
        .args(people)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(log)
        .spawn()
        .unwrap();
    let words = child.stdin.take().unwrap();
    let mut said = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    said.read_line(&mut line).unwrap();
    let told = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap_or_default();
    assert_eq!(line, "ready\n", "{}\n{}", told("branch.log"), told("install.log"));
    Some(Branch { folder, port, wire: Mutex::new(Wire { _child: child, words, said }) })
}

/// Two customers for each officer, named after her.
fn portfolio(folder: &Path, people: &[&str]) {
    use std::fmt::Write as _;
    std::fs::create_dir(folder).unwrap();
    let (mut customers, mut loans) = (
        "customer_id,name,line,officer,phone,id_no\n".to_owned(),
        "loan_id,customer_id,amount,balance,disbursed_on,matures_on,status\n".to_owned(),
    );
    let officers = people.iter().filter_map(|person| person.strip_suffix(":officer"));
    for (n, officer) in officers.enumerate() {
        for k in 0..2 {
            let id = format!("C{:03}", n * 2 + k);
            writeln!(customers, "{id},{officer}的客户{k},small_business,{officer},1380013800{k},11010119900307000{k}").unwrap();
            writeln!(loans, "L{id},{id},3000000,3000000,2026-01-15,2028-01-15,active").unwrap();
        }
    }
    std::fs::write(folder.join("customers.csv"), customers).unwrap();
    std::fs::write(folder.join("loans.csv"), loans).unwrap();
}

/// The Debian package of the programs under test.
pub(crate) fn package(out: &Path) -> PathBuf {
    let programs = Path::new(env!("CARGO_BIN_EXE_huifang")).parent().unwrap();
    let made = Command::new(concat!(env!("CARGO_MANIFEST_DIR"), "/packaging/deb"))
        .args([programs, out])
        .env("HUIFANG_DEB_COMPRESSION", "none")
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    PathBuf::from(String::from_utf8(made.stdout).unwrap().trim())
}

impl Branch {
    /// Runs a line of shell on the server as root; its output and exit status.
    pub(crate) fn inside(&self, line: &str) -> (String, i32) {
        let mut wire = self.wire.lock().unwrap_or_else(PoisonError::into_inner);
        writeln!(wire.words, "{line}").unwrap();
        wire.words.flush().unwrap();
        let mut said = String::new();
        loop {
            let mut next = String::new();
            assert!(wire.said.read_line(&mut next).unwrap() > 0, "the server has ended: {line}");
            if let Some(status) = next.strip_prefix("status ") {
                return (said.trim_end().to_owned(), status.trim().parse().unwrap());
            }
            said.push_str(&next);
        }
    }

    /// The same as somebody of the machine, without a shell of hers.
    pub(crate) fn inside_as(&self, user: &str, command: &str) -> (String, i32) {
        self.inside(&format!("runuser -u {user} -- {command}"))
    }

    fn options(&self, user: &str) -> Vec<String> {
        let key = self.folder.path().join(user).display().to_string();
        let port = self.port.to_string();
        let fixed = [
            "-F",
            "none",
            "-i",
            &key,
            "-p",
            &port,
            "-o",
            "BatchMode=yes",
            "-o",
            "IdentitiesOnly=yes",
            "-o",
            "StrictHostKeyChecking=no",
            "-o",
            "UserKnownHostsFile=/dev/null",
            "-o",
            "LogLevel=ERROR",
        ];
        fixed.map(str::to_owned).into()
    }

    /// `ssh` with these options and words for this account; without a terminal.
    pub(crate) fn ssh(&self, user: &str, options: &[&str], words: &[&str]) -> Command {
        let mut ssh = Command::new("ssh");
        ssh.args(self.options(user)).args(options).arg(format!("{user}@127.0.0.1")).args(words);
        ssh.stdin(Stdio::null());
        ssh
    }

    /// `sftp` and `scp` take the port with another letter.
    pub(crate) fn copy(&self, program: &str, user: &str, words: &[&str]) -> Command {
        let options =
            self.options(user).into_iter().map(|o| if o == "-p" { "-P".into() } else { o });
        let mut copy = Command::new(program);
        copy.args(options.collect::<Vec<String>>()).args(words).stdin(Stdio::null());
        copy
    }

    /// A session in a terminal.
    pub(crate) fn terminal(&self, user: &str, options: &[&str], words: &[&str]) -> Terminal {
        self.terminal_with(user, options, words, &[])
    }

    /// A session in a terminal, of a client with these variables in its environment.
    pub(crate) fn terminal_with(
        &self,
        user: &str,
        options: &[&str],
        words: &[&str],
        env: &[(&'static str, &str)],
    ) -> Terminal {
        self.terminal_as(user, user, options, words, env)
    }

    /// A session with somebody's key in the account of somebody else.
    pub(crate) fn terminal_as(
        &self,
        key: &str,
        account: &str,
        options: &[&str],
        words: &[&str],
        env: &[(&'static str, &str)],
    ) -> Terminal {
        let mut all = self.options(key);
        all.extend(options.iter().map(|o| (*o).to_owned()));
        all.extend(["-tt".to_owned(), format!("{account}@127.0.0.1")]);
        all.extend(words.iter().map(|w| (*w).to_owned()));
        let mut setup = Setup {
            size: (120, 36),
            words: all,
            env: vec![("TERM", "xterm-256color".to_owned()), ("LANG", "zh_CN.UTF-8".to_owned())],
            // The first word is the program, which runs on the other side.
            wrap: Some("shift; exec ssh \"$@\""),
            controlling: true,
            answers: "",
            dots: (0, 0),
        };
        for (name, value) in env {
            setup = setup.env(name, value);
        }
        setup.start()
    }

    /// Copies the database out, by way of a checked copy.
    pub(crate) fn database(&self, name: &str) -> PathBuf {
        let path = format!("/var/lib/huifang/exports/{name}");
        let (said, status) =
            self.inside_as("huifang", &format!("/opt/huifang/bin/huifang backup {path}"));
        assert_eq!(status, 0, "{said}");
        let (text, _) = self.inside(&format!("base64 -w 0 {path}"));
        let out = self.folder.path().join(name);
        let mut decode = Command::new("base64")
            .arg("-d")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut into = decode.stdin.take().unwrap();
        let feeding = std::thread::spawn(move || into.write_all(text.as_bytes()).unwrap());
        let decoded = decode.wait_with_output().unwrap();
        feeding.join().unwrap();
        std::fs::write(&out, decoded.stdout).unwrap();
        out
    }

    /// Process of the workstation of this officer, on the server; waits until it is there.
    pub(crate) fn process(&self, user: &str) -> String {
        let find = format!(
            "for n in $(seq 600); do p=$(pgrep -u huifang -x huifang | while read -r q; do \
             grep -qz '^SUDO_USER={user}$' /proc/$q/environ && echo $q; done | tail -n 1); \
             [ -z \"$p\" ] || break; sleep 0.1; done; echo $p"
        );
        let (said, _) = self.inside(&find);
        assert!(!said.is_empty(), "no session of {user}");
        said
    }
}
