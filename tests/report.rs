//! Reports by the real program on the demo: every kind and format, the same bytes again, and
//! nothing that was there is written over.

#![expect(clippy::unwrap_used, reason = "a test: what is unexpected ends it")]

use std::io::Read as _;
use std::path::Path;
use std::process::{Command, Output};

fn huifang(folder: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_huifang"))
        .args(words)
        .env("HOME", folder)
        .env("XDG_DATA_HOME", folder)
        .env("XDG_CONFIG_HOME", folder)
        .env("LANG", "zh_CN.UTF-8")
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .current_dir(folder)
        .output()
        .unwrap()
}

/// A demo, and the id of an approved record in it with that of its customer.
fn demo() -> (tempfile::TempDir, String, String) {
    let folder = tempfile::tempdir().unwrap();
    let made = huifang(
        folder.path(),
        &["demo", "--no-open", "--customers", "40", "--as-of", "2026-11-23", "--db", "demo.db"],
    );
    assert!(made.status.success());
    let said = huifang(
        folder.path(),
        &["journal", "show", "--db", "demo.db", "--last", "9999", "--format", "json"],
    );
    let lines: serde_json::Value = serde_json::from_slice(&said.stdout).unwrap();
    let all = lines.as_array().or_else(|| lines["rows"].as_array()).unwrap();
    let approved = all.iter().rev().find(|line| line["command"] == "approve").unwrap();
    let visit = approved["subject"].as_str().unwrap().to_owned();
    let customer = visit.split('-').nth(1).unwrap().to_owned();
    (folder, visit, customer)
}

const AS_OF: [&str; 4] = ["--db", "demo.db", "--as-of", "2026-11-23"];

fn report(folder: &Path, words: &[&str]) -> Output {
    let mut all = vec!["report"];
    all.extend_from_slice(words);
    all.extend_from_slice(&AS_OF);
    huifang(folder, &all)
}

fn kinds<'a>(visit: &'a str, customer: &'a str) -> [Vec<&'a str>; 6] {
    [
        vec![visit],
        vec!["renewal", customer],
        vec!["diligence", customer],
        vec!["brief", customer],
        vec!["pack", customer],
        vec!["pack", visit],
    ]
}

#[test]
fn every_report_is_made_twice_with_the_same_bytes() {
    let (folder, visit, customer) = demo();
    let here = folder.path();
    for (number, words) in kinds(&visit, &customer).iter().enumerate() {
        for (lang, ending) in [("zh-CN", "docx"), ("en", "docx"), ("zh-CN", "txt"), ("en", "md")] {
            let [once, again] = ["a", "b"].map(|turn| format!("{number}{lang}{turn}.{ending}"));
            for out in [&once, &again] {
                let mut all = words.clone();
                all.extend(["--lang", lang, "--out", out]);
                let said = report(here, &all);
                assert!(
                    said.status.success(),
                    "{all:?}: {}",
                    String::from_utf8_lossy(&said.stderr)
                );
                assert!(said.stdout.is_empty());
            }
            let bytes = std::fs::read(here.join(&once)).unwrap();
            assert_eq!(bytes, std::fs::read(here.join(&again)).unwrap(), "{words:?} {lang}");
            let text = if ending == "docx" {
                let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
                let mut file = archive.by_name("word/document.xml").unwrap();
                let mut content = String::new();
                file.read_to_string(&mut content).unwrap();
                content
            } else {
                String::from_utf8(bytes).unwrap()
            };
            let allowed = |c: char| matches!(c, '\n' | '\u{c}') || !c.is_control();
            assert!(text.chars().all(allowed), "{words:?}");
        }
    }
    let whole = huifang(here, &["journal", "verify", "--db", "demo.db"]);
    assert!(whole.status.success());
    let rows = huifang(here, &["journal", "show", "--db", "demo.db", "--subject", &visit]);
    assert!(String::from_utf8_lossy(&rows.stdout).contains("report"));
}

#[test]
fn refusals_are_one_sentence_and_leave_what_was_there() {
    let (folder, visit, _) = demo();
    let here = folder.path();
    std::fs::write(here.join("mine.md"), "mine").unwrap();
    let cases: [(&[&str], i32); 7] = [
        (&[&visit, "--out", "mine.md"], 1),
        (&[&visit, "--out", "report.pdf"], 2),
        (&["V-NOBODY", "--out", "r.md"], 1),
        (&["renewal", "NOBODY", "--out", "r.md"], 1),
        (&[&visit], 2),
        (&[&visit, "--out", "r.md", "--unmask"], 2),
        (&[&visit, "--out", "nowhere/r.md"], 1),
    ];
    for (words, status) in cases {
        let said = report(here, words);
        let error = String::from_utf8_lossy(&said.stderr).into_owned();
        assert_eq!(said.status.code(), Some(status), "{words:?}: {error}");
        assert_eq!(error.lines().count(), 1, "{words:?}: {error}");
    }
    assert_eq!(std::fs::read_to_string(here.join("mine.md")).unwrap(), "mine");
    assert!(!here.join("r.md").exists());
    let forced = report(here, &[&visit, "--out", "mine.md", "--force"]);
    assert!(forced.status.success());
    assert!(std::fs::read_to_string(here.join("mine.md")).unwrap().starts_with("# 贷后检查报告"));
}

#[test]
fn an_officer_reports_on_her_own_customers_only() {
    let (folder, visit, customer) = demo();
    let here = folder.path();
    let said = huifang(
        here,
        &["customers", "--db", "demo.db", "--as-of", "2026-11-23", "--format", "json"],
    );
    let list: serde_json::Value = serde_json::from_slice(&said.stdout).unwrap();
    let rows = list.as_array().or_else(|| list["rows"].as_array()).unwrap();
    let owner = rows.iter().find(|row| row["customer_id"] == customer.as_str()).unwrap();
    // For machines the list has her login.
    let owner = owner["officer"].as_str().unwrap();
    let people = huifang(here, &["user", "list", "--db", "demo.db", "--format", "json"]);
    let people: serde_json::Value = serde_json::from_slice(&people.stdout).unwrap();
    let people = people.as_array().or_else(|| people["rows"].as_array()).unwrap();
    let others = |row: &&serde_json::Value| {
        row["role"] == "officer" && row["user"] != owner && row["disabled"] != true
    };
    let other = people.iter().find(others).unwrap()["user"].as_str().unwrap();
    let mine = report(here, &[&visit, "--as", owner, "--out", "mine.docx"]);
    assert!(mine.status.success(), "{}", String::from_utf8_lossy(&mine.stderr));
    let theirs = report(here, &[&visit, "--as", other, "--out", "theirs.docx"]);
    assert_eq!(theirs.status.code(), Some(1));
    assert!(!here.join("theirs.docx").exists());
}
