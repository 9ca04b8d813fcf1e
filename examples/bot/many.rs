//! Many sessions at once, and the figures.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::{Options, say};

/// Starts N sessions, lets them work, and says how long their writes took, what memory they have
/// together, and whether anything was lost.
pub(crate) fn many(options: &Options) -> bool {
    let (sessions, seconds) = (options.number("sessions", 10), options.number("seconds", 30));
    let think = options.number("think", 1_000).to_string();
    let folder = std::env::temp_dir().join(format!("huifang-many-{}", std::process::id()));
    let acks = folder.join("acks");
    std::fs::create_dir_all(&acks).unwrap();
    let own = std::env::current_exe().unwrap();
    let start = |n: u64| -> Child {
        Command::new(&own)
            .args(["run", "--stay", "--as", &format!("o{n}"), "--think", &think])
            .args(["--seconds", &seconds.to_string(), "--db"])
            .arg(options.db())
            .arg("--ack")
            .arg(acks.join(n.to_string()))
            .arg("--latencies")
            .arg(folder.join(format!("{n}.took")))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let mut all: Vec<Child> = (0..sessions).map(start).collect();
    let mut errors = 0;
    for child in &mut all {
        for line in BufReader::new(child.stdout.take().unwrap()).lines() {
            let line = line.unwrap();
            if line == "done" {
                break;
            }
            errors += 1;
            say(&line);
        }
    }
    let memory: u64 = all.iter().map(|child| pss(child.id())).sum();
    let mut failed = 0;
    for mut child in all {
        drop(child.stdin.take());
        failed += u64::from(!child.wait().unwrap().success());
    }
    let mut took: Vec<Duration> = (0..sessions)
        .flat_map(|n| {
            let text =
                std::fs::read_to_string(folder.join(format!("{n}.took"))).unwrap_or_default();
            text.lines()
                .map(|line| Duration::from_micros(line.parse().unwrap()))
                .collect::<Vec<_>>()
        })
        .collect();
    took.sort_unstable();
    let at = |thousandth: usize| took.get((took.len().max(1) - 1) * thousandth / 1_000).copied();
    say(&format!(
        "{sessions} sessions, {} writes: p50 {:?}, p99 {:?}, longest {:?}; memory {memory} kB; {errors} errors, {failed} failed",
        took.len(),
        at(500).unwrap_or_default(),
        at(990).unwrap_or_default(),
        at(1_000).unwrap_or_default(),
    ));
    let checked = Command::new(&own)
        .args(["verify", "--db"])
        .arg(options.db())
        .arg("--acks")
        .arg(&acks)
        .status()
        .unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    checked.success() && errors == 0 && failed == 0
}

/// Memory of a process, with its share of what it shares, in kB.
fn pss(id: u32) -> u64 {
    let text = std::fs::read_to_string(format!("/proc/{id}/smaps_rollup")).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("Pss:"));
    line.and_then(|l| l.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}
