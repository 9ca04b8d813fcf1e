//! The real program: a PIN from standard input, the journal by filter, data whose time is over.

#![expect(clippy::unwrap_used, reason = "a test: what is unexpected ends it")]

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

struct Demo {
    folder: tempfile::TempDir,
}

impl Demo {
    fn new() -> Self {
        let demo = Self { folder: tempfile::tempdir().unwrap() };
        let words = ["demo", "--no-open", "--customers", "40", "--as-of", "2026-11-23"];
        assert!(demo.run(&words, "").status.success());
        demo
    }

    fn db(&self) -> std::path::PathBuf {
        self.folder.path().join("demo.db")
    }

    fn run(&self, words: &[&str], typed: &str) -> Output {
        let home: &Path = self.folder.path();
        let mut child = Command::new(env!("CARGO_BIN_EXE_huifang"))
            .args(words)
            .args(["--lang", "en", "--config", "/dev/null", "--db"])
            .arg(self.db())
            .env("HOME", home)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(typed.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    }

    /// Exit status, standard output, the error output.
    fn said(&self, words: &[&str], typed: &str) -> (Option<i32>, String, String) {
        let out = self.run(words, typed);
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (out.status.code(), text(out.stdout), text(out.stderr))
    }
}

#[test]
fn a_pin_is_set_changed_and_taken_away() {
    let demo = Demo::new();
    let set = ["user", "pin", "--as", "zhangwei"];
    let reset = ["user", "reset-pin", "zhangwei", "--as", "admin"];
    let cases = [
        (&set[..], "123456\n", Some(1), "too easy to guess"),
        (&set, "192837\n", Some(0), "The PIN is set"),
        (&set, "000000\nabc123\n", Some(1), "is wrong"),
        (&set, "192837\nabc123\n", Some(0), "The PIN is set"),
        (&reset, "", Some(0), "zhangwei"),
        (&reset, "", Some(1), "No PIN is set"),
        (&set, "192837\n", Some(0), "The PIN is set"),
    ];
    for (words, typed, status, wanted) in cases {
        let (code, out, err) = demo.said(words, typed);
        assert_eq!(code, status, "{words:?} {typed:?}: {err}");
        assert!(err.contains(wanted) && out.is_empty(), "{words:?} {typed:?}: {err}");
        assert!(!err.contains("192837"), "{err}");
    }
    let show = ["journal", "show", "--kind", "pin", "--format", "json"];
    let rows: serde_json::Value = serde_json::from_str(&demo.said(&show, "").1).unwrap();
    let kinds: Vec<&str> =
        rows.as_array().unwrap().iter().map(|row| row["command"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["set_pin", "set_pin", "set_pin", "reset_pin", "set_pin"]);
}

#[test]
fn the_journal_is_narrowed_and_watched() {
    let demo = Demo::new();
    let count = |words: &[&str]| {
        let all = [&["journal", "show", "--last", "100000", "--format", "json"], words].concat();
        let rows: serde_json::Value = serde_json::from_str(&demo.said(&all, "").1).unwrap();
        rows.as_array().unwrap().len()
    };
    let (all, hers) = (count(&[]), count(&["--user", "zhangwei"]));
    assert!(hers > 0 && hers < all, "{hers} of {all}");
    assert!(count(&["--user", "zhangwei", "--kind", "submit"]) < hers);
    assert_eq!(count(&["--user", "nobody"]), 0);
    assert_eq!(count(&["--from", "2099-01-01"]), 0);
    assert_eq!(count(&["--to", "1999-12-31"]), 0);
    let (code, _, err) = demo.said(&["journal", "show", "--kind", "frobnicate"], "");
    assert_eq!(code, Some(1), "{err}");
    let (code, out, err) = demo.said(&["journal", "unusual", "--format", "json"], "");
    assert_eq!(code, Some(0), "{err}");
    assert!(serde_json::from_str::<serde_json::Value>(&out).unwrap().is_array());
}

#[expect(clippy::disallowed_methods, reason = "a test makes a file of years ago")]
fn settle(db: &Path) {
    let conn = rusqlite::Connection::open(db).unwrap();
    conn.execute_batch(
        "UPDATE loans SET status = 'settled', settled_on = '2020-01-05' WHERE customer_id = 'C000007';
         UPDATE flags SET state = 'closed', closed_on = '2020-01-05' WHERE customer_id = 'C000007';
         UPDATE todos SET state = 'dropped', done_on = NULL, reason = 'x' WHERE customer_id = 'C000007';
         UPDATE records SET state = 'approved' WHERE visit_id IN
            (SELECT visit_id FROM visits WHERE customer_id = 'C000007');
         DELETE FROM packet_customers WHERE customer_id = 'C000007';
         UPDATE customers SET officer = 'zhangwei' WHERE customer_id = 'C000007';",
    )
    .unwrap();
}

#[test]
fn data_go_by_two_people() {
    let demo = Demo::new();
    let propose = ["retention", "propose", "--reason", "five years", "--as", "wumei"];
    let (code, _, err) = demo.said(&propose, "");
    assert_eq!((code, err.contains("Nobody's time is over")), (Some(1), true), "{err}");
    settle(&demo.db());
    let list = |who: &str| demo.said(&["retention", "list", "--format", "json", "--as", who], "").1;
    assert!(list("wumei").contains("C000007"));
    assert_eq!(demo.said(&propose, "").0, Some(0));
    let rows: serde_json::Value = serde_json::from_str(&list("lifang")).unwrap();
    let erasure = rows[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(rows[0]["by"], "wumei", "{rows}");
    let (_, shown, _) = demo.said(&["retention", "list", "--as", "lifang"], "");
    assert!(shown.contains("吴梅") && !shown.contains("wumei"), "{shown}");
    let (code, _, err) = demo.said(&["retention", "agree", &erasure, "--as", "wumei"], "");
    assert_eq!(code, Some(1), "{err}");
    let (code, _, err) = demo.said(&["retention", "agree", &erasure, "--as", "lifang"], "");
    assert_eq!((code, err.contains("Copies made before")), (Some(0), true), "{err}");
    let (_, customers, _) = demo.said(&["customers", "--format", "csv"], "");
    assert!(!customers.contains("C000007"));
    assert_eq!(demo.said(&["journal", "verify"], "").0, Some(0));
    let (_, points, _) = demo.said(&["doctor", "--format", "json"], "");
    let points: serde_json::Value = serde_json::from_str(&points).unwrap();
    let structure = points.as_array().unwrap().iter().find(|point| point["check"] == "structure");
    assert_eq!(structure.map(|point| &point["ok"]), Some(&true.into()), "{points}");
}
