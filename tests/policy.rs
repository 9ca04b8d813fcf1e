//! The rehearsal of a policy tells the truth: what it says is what the plan is after two people
//! have brought the policy into force on a copy.

#![expect(clippy::unwrap_used, reason = "a test: what is unexpected ends it")]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn huifang(db: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_huifang"));
    command.arg("--db").arg(db).args(words).env("LANG", "C.UTF-8").env("XDG_CONFIG_HOME", db);
    command.output().unwrap()
}

fn ran(db: &Path, words: &[&str]) -> String {
    let output = huifang(db, words);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{words:?}: {told}");
    String::from_utf8(output.stdout).unwrap()
}

/// Due visits as customer, day and class.
fn plan(db: &Path, to: &str) -> Vec<(String, String, String)> {
    let list: Value =
        serde_json::from_str(&ran(db, &["plan", "--to", to, "--format", "json"])).unwrap();
    let text = |visit: &Value, key: &str| visit[key].as_str().unwrap().to_owned();
    let visits = list.as_array().unwrap().iter();
    let mut visits: Vec<_> =
        visits.map(|v| (text(v, "customer_id"), text(v, "due"), text(v, "class"))).collect();
    visits.sort();
    visits
}

/// Two supervisors of the demo.
fn supervisors(db: &Path) -> [String; 2] {
    let list: Value =
        serde_json::from_str(&ran(db, &["user", "list", "--format", "json"])).unwrap();
    let mut found = list.as_array().unwrap().iter().filter(|user| user["role"] == "supervisor");
    let mut next = || found.next().unwrap()["user"].as_str().unwrap().to_owned();
    [next(), next()]
}

#[test]
fn what_the_rehearsal_says_is_what_comes() {
    let dir = tempfile::tempdir().unwrap();
    let db = dir.path().join("d.db");
    ran(&db, &["demo", "--no-open"]);
    let text = ran(&db, &["policy", "show"]);
    let text = text
        .replacen("id = \"default\"", "id = \"east\"", 1)
        .replacen("normal = \"on 12, off 6\"", "normal = \"on 6, off 4\"", 1)
        .replacen("normal = \"on 12, off 3\"", "normal = \"off 6\"", 1)
        .replacen(
            "due = \"90 days after disbursed_on\"",
            "due = \"75 days after disbursed_on\"",
            1,
        );
    let file = dir.path().join("east.toml");
    std::fs::write(&file, text).unwrap();
    let file = file.to_str().unwrap();

    let told: Value =
        serde_json::from_str(&ran(&db, &["policy", "diff", file, "--format", "json"])).unwrap();
    let to = told["to"].as_str().unwrap().to_owned();
    let before = plan(&db, &to);
    assert_eq!(u64::try_from(before.len()).unwrap(), told["visits_before"].as_u64().unwrap());
    for count in ["moved", "new", "gone"] {
        assert!(
            told[count].as_u64().unwrap() > 0,
            "{count}: a change that shows nothing proves nothing"
        );
    }

    // As the rehearsal says: every shift applied to the plan of today.
    let mut expected: BTreeMap<(String, String, String), i64> = BTreeMap::new();
    for visit in &before {
        *expected.entry(visit.clone()).or_default() += 1;
    }
    for shift in told["shifts"].as_array().unwrap() {
        let side = |due: &str, class: &str| {
            let day = shift[due].as_str()?.to_owned();
            let class = shift[class].as_str().unwrap().to_owned();
            Some((shift["customer_id"].as_str().unwrap().to_owned(), day, class))
        };
        if let Some(from) = side("due_before", "class_before") {
            *expected.entry(from).or_default() -= 1;
        }
        if let Some(to) = side("due_after", "class_after") {
            *expected.entry(to).or_default() += 1;
        }
    }

    let copy = dir.path().join("copy.db");
    ran(&db, &["backup", copy.to_str().unwrap()]);
    let [one, other] = supervisors(&copy);
    ran(&copy, &["--as", &one, "policy", "propose", file, "--reason", "演练"]);
    let own = huifang(&copy, &["--as", &one, "policy", "activate", "east@1"]);
    assert_eq!(own.status.code(), Some(1), "nobody activates her own");
    ran(&copy, &["--as", &other, "policy", "activate", "east@1"]);
    assert!(ran(&copy, &["policy", "show"]).contains("id = \"east\""));

    let mut found: BTreeMap<(String, String, String), i64> = BTreeMap::new();
    for visit in plan(&copy, &to) {
        *found.entry(visit).or_default() += 1;
    }
    expected.retain(|_, n| *n != 0);
    assert_eq!(found, expected);
    // Afterwards the same file would change nothing any more.
    let again: Value =
        serde_json::from_str(&ran(&copy, &["policy", "diff", file, "--format", "json"])).unwrap();
    assert_eq!(again["shifts"].as_array().unwrap().len(), 0);
}

#[test]
fn faults_say_what_and_where() {
    let dir = tempfile::tempdir().unwrap();
    let db = dir.path().join("d.db");
    let file = dir.path().join("p.toml");
    let text = ran(&db, &["policy", "show"]);
    for (a, b, what) in [
        ("below = \"50000000 yuan\"", "below = \"51000000 yuan\"", "row.large.from"),
        ("below = \"50000000 yuan\"", "below = \"49000000 yuan\"", "row.large.from"),
        ("grace = \"5 workdays\"", "grace = \"-5 workdays\"", "overdue.grace"),
    ] {
        std::fs::write(&file, text.replacen(a, b, 1)).unwrap();
        for verb in ["check", "diff"] {
            let output = huifang(&db, &["policy", verb, file.to_str().unwrap()]);
            assert_eq!(output.status.code(), Some(1));
            assert!(String::from_utf8_lossy(&output.stderr).contains(what), "{what}");
        }
    }
    std::fs::write(&file, &text).unwrap();
    let told = ran(&db, &["--lang", "en", "policy", "check", file.to_str().unwrap()]);
    assert!(told.contains("default@1 in order") && told.contains("node.renewal_talk"), "{told}");
}
