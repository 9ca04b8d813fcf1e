//! What an administrator installs: checked by the programs that read it.

use std::path::Path;
use std::process::Command;

use crate::place::{package, start};

fn asset(name: &str) -> String {
    format!("{}/assets/server/{name}", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn sudo_and_sshd_take_the_files() {
    if !Path::new("/usr/sbin/visudo").exists() || !Path::new("/usr/sbin/sshd").exists() {
        crate::place::branch();
        return;
    }
    let said =
        Command::new("/usr/sbin/visudo").args(["-c", "-f", &asset("sudoers")]).output().unwrap();
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    let folder = tempfile::tempdir().unwrap();
    let key = folder.path().join("host");
    let made = Command::new("ssh-keygen")
        .args(["-q", "-t", "ed25519", "-N", "", "-f"])
        .arg(&key)
        .status()
        .unwrap();
    assert!(made.success());
    // The folder that a start of the server makes: without it sshd doesn't look at its settings.
    let started = Path::new("/run/sshd");
    if !started.exists() && std::fs::create_dir(started).is_err() {
        eprintln!("sshd was never started here and this is not root: its files are not checked");
        return;
    }
    for name in ["sshd.conf", "sshd-one-account.conf"] {
        let config = folder.path().join("config");
        std::fs::write(&config, format!("HostKey {}\nInclude {}\n", key.display(), asset(name)))
            .unwrap();
        let said = Command::new("/usr/sbin/sshd").args(["-t", "-f"]).arg(&config).output().unwrap();
        assert!(said.status.success(), "{name}: {}", String::from_utf8_lossy(&said.stderr));
    }
}

#[test]
fn the_settings_of_a_server_are_settings() {
    let text = std::fs::read_to_string(asset("config.toml")).unwrap();
    let config = huifang::config::Config::parse(&text, Path::new("config.toml")).unwrap();
    assert_eq!(config.identity, huifang::config::IdentityMode::Sudo);
    assert!(config.db.is_some() && config.backup_dir.is_some());
}

#[test]
fn the_same_programs_make_the_same_package() {
    if !Path::new("/usr/bin/dpkg-deb").exists() {
        return;
    }
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (first, second) = (package(one.path()), package(two.path()));
    assert!(std::fs::read(&first).unwrap() == std::fs::read(&second).unwrap());
    let said = Command::new("dpkg-deb").arg("-c").arg(&first).output().unwrap();
    let list = String::from_utf8(said.stdout).unwrap();
    for (path, mode) in [
        ("./opt/huifang/bin/huifang\n", "-rwxr-xr-x root/root"),
        ("./opt/huifang/bin/huifang-login\n", "-rwxr-xr-x root/root"),
        ("./etc/sudoers.d/huifang\n", "-r--r----- root/root"),
        ("./etc/huifang/config.toml\n", "-rw-r--r-- root/root"),
    ] {
        let line = list.split_inclusive('\n').find(|line| line.ends_with(path)).unwrap();
        assert!(line.starts_with(mode), "{line}");
    }
    // As new a C library as the programs ask for.
    let said = Command::new("dpkg-deb").arg("-f").arg(&first).arg("Depends").output().unwrap();
    let needs = String::from_utf8(said.stdout).unwrap();
    let least = needs.strip_prefix("libc6 (>= 2.").and_then(|rest| rest.split_once(')'));
    assert!(least.is_some_and(|(minor, _)| minor.parse().is_ok_and(|n: u32| n >= 34)), "{needs}");
}

#[test]
fn the_check_finds_what_was_changed() {
    // Its own: what is changed here would lock others out.
    let Some(branch) = start(&["o1024:officer"]) else { return };
    let check = || branch.inside("/opt/huifang/bin/huifang server check --format json --lang en");
    let bad = |said: &str| -> Vec<String> {
        let list: serde_json::Value =
            serde_json::from_str(said.split("\nhuifang: ").next().unwrap()).unwrap();
        let bad = list.as_array().unwrap().iter().filter(|point| point["ok"] == false);
        bad.map(|point| point["check"].as_str().unwrap().to_owned()).collect()
    };
    let (said, status) = check();
    assert_eq!((bad(&said), status), (Vec::new(), 0), "{said}");
    for (change, undo, expected) in [
        ("chmod 666 /etc/huifang/config.toml", "chmod 644 /etc/huifang/config.toml", "settings"),
        ("chmod 755 /var/lib/huifang", "chmod 700 /var/lib/huifang", "data"),
        ("chmod 777 /opt/huifang/bin", "chmod 755 /opt/huifang/bin", "program"),
        ("usermod -s /bin/bash o1024", "usermod -s /opt/huifang/bin/huifang-login o1024", "shell"),
        (
            "chown o1024 /etc/ssh/huifang_keys/o1024",
            "chown root /etc/ssh/huifang_keys/o1024",
            "keys",
        ),
        ("chmod 644 /etc/sudoers.d/huifang", "chmod 440 /etc/sudoers.d/huifang", "sudoers"),
        (
            "sed -i '1i PermitUserEnvironment yes' /etc/ssh/sshd_config",
            "sed -i 1d /etc/ssh/sshd_config",
            "sshd_in_force",
        ),
    ] {
        branch.inside(change);
        let (said, status) = check();
        branch.inside(undo);
        assert_eq!(status, 1, "{change}: {said}");
        assert!(bad(&said).iter().any(|check| check == expected), "{change}: {said}");
    }
}
