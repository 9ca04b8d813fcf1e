//! An officer gets the workstation and nothing else, whatever she brings along.

use crate::place::branch;
use crate::terminal::file;

/// What a session shows when it has come.
const DESK: &str = "今日";

#[test]
fn whatever_is_asked_for_it_is_the_workstation() {
    let Some(branch) = branch() else { return };
    // With a terminal: the workstation, not what was asked for.
    for words in [&["sh", "-c", "echo MA''RK"][..], &["echo", "MA\"\"RK"]] {
        let mut terminal = branch.terminal("o1023", &[], words);
        terminal.until(DESK);
        assert!(!terminal.shows().contains("MARK"), "{words:?}");
        terminal.leave();
    }
    // Without one: nothing at all.
    let words: [&[&str]; 4] =
        [&["echo", "MA\"\"RK"], &["id"], &["cat", "/var/lib/huifang/huifang.db"], &[]];
    for words in words {
        let said = branch.ssh("o1023", &["-T"], words).output().unwrap();
        assert!(!said.status.success(), "{words:?}");
        assert!(said.stdout.is_empty(), "{words:?}: {}", String::from_utf8_lossy(&said.stdout));
    }
    let said = branch.ssh("o1023", &["-T", "-s"], &["sftp"]).output().unwrap();
    assert!(!said.status.success() && said.stdout.is_empty(), "the subsystem of files");
}

#[test]
fn no_files_and_no_ports_go_through() {
    let Some(branch) = branch() else { return };
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("out").display().to_string();
    let there = "o1023@127.0.0.1:/etc/hostname";
    for (program, words) in
        [("scp", vec!["-O", there, &out]), ("scp", vec![there, &out]), ("sftp", vec![there, &out])]
    {
        let said = branch.copy(program, "o1023", &words).output().unwrap();
        assert!(!said.status.success(), "{program} {words:?}");
        assert!(!std::path::Path::new(&out).exists(), "{program} {words:?}");
    }
    let said = branch.ssh("o1023", &["-W", "127.0.0.1:22"], &[]).output().unwrap();
    let error = String::from_utf8_lossy(&said.stderr);
    assert!(!said.status.success() && error.contains("forwarding failed"), "{error}");
    let forward = ["-N", "-o", "ExitOnForwardFailure=yes", "-R", "0:127.0.0.1:22"];
    let said = branch.ssh("o1023", &forward, &[]).output().unwrap();
    let error = String::from_utf8_lossy(&said.stderr);
    assert!(!said.status.success() && error.contains("forwarding failed"), "{error}");
}

#[test]
fn nothing_of_the_clients_environment_says_who_or_where() {
    let Some(branch) = branch() else { return };
    let env = [
        ("SUDO_UID", "0"),
        ("SUDO_USER", "root"),
        ("USER", "s2001"),
        ("LOGNAME", "s2001"),
        ("HOME", "/tmp"),
        ("LD_PRELOAD", "/tmp/evil.so"),
        ("RUST_LOG", "trace"),
        ("EDITOR", "/bin/sh"),
        ("PAGER", "/bin/sh"),
        ("TERMINFO", "/tmp"),
        ("HUIFANG_CONFIG", "/tmp/evil.toml"),
        ("HUIFANG_TEST_PANIC", "/etc/passwd"),
        ("XDG_CONFIG_HOME", "/tmp"),
        ("NO_COLOR", "1"),
    ];
    let mut options = Vec::new();
    for (name, _) in env {
        options.extend(["-o".to_owned(), format!("SendEnv={name}")]);
    }
    let options: Vec<&str> = options.iter().map(String::as_str).collect();
    let mut terminal = branch.terminal_with("o1024", &options, &[], &env);
    terminal.until(DESK);
    let process = branch.process("o1024");
    let (seen, _) = branch.inside(&format!("tr '\\0' '\\n' < /proc/{process}/environ | sort"));
    // What sudo sets itself, and what the login lets through.
    let known = [
        "COLORTERM",
        "HOME",
        "LANG",
        "LC_ALL",
        "LC_CTYPE",
        "LOGNAME",
        "MAIL",
        "NO_COLOR",
        "PATH",
        "SHELL",
        "SSH_CONNECTION",
        "SSH_TTY",
        "SUDO_COMMAND",
        "SUDO_GID",
        "SUDO_UID",
        "SUDO_USER",
        "SUDO_HOME",
        "TERM",
        "USER",
    ];
    for line in seen.lines() {
        let (name, value) = line.split_once('=').unwrap();
        assert!(known.contains(&name), "{line}");
        let spoofed = ["/tmp", "s2001", "root", "/bin/sh"].contains(&value);
        assert!(!spoofed, "{line}");
    }
    let (uid, _) = branch.inside("id -u o1024");
    assert!(seen.lines().any(|line| line == format!("SUDO_UID={uid}")), "{seen}");
    assert!(seen.lines().any(|line| line == "NO_COLOR=1"), "{seen}");
    terminal.leave();
}

#[test]
fn who_acts_is_who_logged_in() {
    let Some(branch) = branch() else { return };
    let mut hers = branch.terminal("o1023", &[], &["huifang --as s2001"]);
    hers.until(DESK);
    hers.keys("2");
    hers.until("o1023的客户0");
    assert!(!hers.shows().contains("o1024的客户"), "{}", hers.shows());
    hers.leave();
    let copy = branch.database("who.db");
    let conn = file(&copy);
    let strange: i64 = conn
        .query_row(
            "SELECT count(*) FROM journal WHERE command = 'sign_in' AND actor <> os_user",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(strange, 0);
    let told: i64 = conn
        .query_row(
            "SELECT count(*) FROM journal WHERE command = 'sign_in' AND actor = 'o1023'
             AND json_extract(after, '$.ssh_from') LIKE '127.0.0.1 %'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert!(told >= 1, "each session and from where it came is in the journal");
}

#[test]
fn who_is_no_user_is_told_and_not_let_in() {
    let Some(branch) = branch() else { return };
    let mut terminal = branch.terminal("stranger", &[], &[]);
    assert_eq!(terminal.end(), 78);
    assert!(terminal.shows().contains("stranger 不是在用用户"), "{}", terminal.shows());
    // An administrator keeps house, and has no desk.
    let mut admin =
        branch.terminal("a9001", &[], &["/usr/bin/sudo -n -u huifang /opt/huifang/bin/huifang"]);
    assert_ne!(admin.end(), 0);
}

#[test]
fn sudo_gives_an_officer_one_command() {
    let Some(branch) = branch() else { return };
    let refused = [
        "/usr/bin/sudo -n -u huifang /opt/huifang/bin/huifang doctor",
        "/usr/bin/sudo -n -u huifang /opt/huifang/bin/huifang --as s2001",
        "/usr/bin/sudo -n -u huifang /opt/huifang/bin/huifang --db /tmp/x",
        "/usr/bin/sudo -n -u huifang /bin/sh",
        "/usr/bin/sudo -n -u huifang /usr/bin/env",
        "/usr/bin/sudo -n /opt/huifang/bin/huifang",
        "/usr/bin/sudo -n -u root /opt/huifang/bin/huifang",
        "/usr/bin/sudo -n -u huifang SUDO_UID=0 /opt/huifang/bin/huifang",
        "/usr/bin/sudo -n -u huifang LD_PRELOAD=/tmp/x.so /opt/huifang/bin/huifang",
        "/usr/bin/sudo -n -E -u huifang /opt/huifang/bin/huifang",
        "/usr/bin/sudo -n -s -u huifang",
        "/usr/bin/sudo -n -i -u huifang",
        // The right one, but with no terminal.
        "/usr/bin/sudo -n -u huifang /opt/huifang/bin/huifang",
        "/opt/huifang/bin/huifang",
        "/opt/huifang/bin/huifang doctor",
    ];
    for command in refused {
        let (said, status) = branch.inside_as("o1023", command);
        assert_ne!(status, 0, "{command}: {said}");
    }
    let (said, status) =
        branch.inside_as("nobody", "/usr/bin/sudo -n -u huifang /opt/huifang/bin/huifang");
    assert_ne!(status, 0, "{said}");
    // What an administrator may say, and a word more.
    for (words, runs) in [
        ("user list", true),
        ("journal head", true),
        ("jobs list", true),
        ("journal show", false),
        ("export all --out /tmp/all.xlsx", false),
        ("user add x1 --name X --role officer --branch East", true),
        ("user add x1 --name X --role officer --branch East --db /tmp/x", false),
        ("", false),
    ] {
        let command = format!("/usr/bin/sudo -n -u huifang /opt/huifang/bin/huifang {words}");
        let (said, status) = branch.inside_as("a9001", &command);
        assert_eq!(status == 0, runs, "{words}: {said}");
    }
}

#[test]
fn no_file_of_hers_is_read() {
    let Some(branch) = branch() else { return };
    let plant = "cd /var/empty/officer && mkdir -p .ssh && for f in .bashrc .profile .bash_profile \
        .zshenv .pam_environment .ssh/rc .ssh/environment; do echo 'touch /tmp/MARK' > $f; done; \
        mkdir -p .config/huifang && echo 'identity = \"os\"' > .config/huifang/config.toml";
    branch.inside(plant);
    let mut terminal = branch.terminal("o1023", &[], &[]);
    terminal.until(DESK);
    terminal.leave();
    let (said, _) = branch.inside("ls /tmp/MARK; rm -rf /var/empty/officer/.??*");
    assert!(said.contains("No such file"), "{said}");
}

#[test]
fn the_data_are_out_of_reach() {
    let Some(branch) = branch() else { return };
    // An account that no other test uses: its one process is this one.
    let mut terminal = branch.terminal("o1025", &[], &[]);
    terminal.until(DESK);
    let process = branch.process("o1025");
    for what in [
        "cat /var/lib/huifang/huifang.db",
        "cat /var/lib/huifang/huifang.db-wal",
        "ls /var/lib/huifang",
        "ls /var/lib/huifang/backup",
        "ls /var/lib/huifang/attach",
        "cat /etc/sudoers.d/huifang",
        &format!("cat /proc/{process}/environ"),
        &format!("ls /proc/{process}/fd"),
        &format!("cat /proc/{process}/maps"),
        &format!("kill -STOP {process}"),
    ] {
        let (said, status) = branch.inside_as("o1025", what);
        assert_ne!(status, 0, "{what}: {said}");
    }
    // Nor does another session of the same service see into it.
    for what in [format!("cat /proc/{process}/environ"), format!("cat /proc/{process}/mem")] {
        let (said, status) = branch.inside_as("huifang", &what);
        assert_ne!(status, 0, "{what}: {said}");
    }
    if branch.inside("test -x /usr/bin/strace").1 == 0 {
        let (said, status) = branch.inside_as("huifang", &format!("timeout 5 strace -p {process}"));
        assert!(status != 0 && said.contains("ermitted"), "{said}");
    }
    let limits = branch.inside(&format!("grep -i core /proc/{process}/limits")).0;
    assert!(limits.split_whitespace().any(|word| word == "0"), "{limits}");
    // Keystrokes pushed into its terminal would not reach the one of the login.
    let (apart, _) = branch.inside(&format!(
        "echo $(ps -o tty= -p {process}) $(ps -o tty= -p $(ps -o ppid= -p $(ps -o ppid= -p {process})))"
    ));
    let (own, login) = apart.split_once(' ').unwrap();
    assert!(own != login && own.starts_with("pts/"), "{apart}");
    terminal.leave();
}
