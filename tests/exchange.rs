//! Files in and out through the real program (`exchange.md`): what goes out comes in again and is
//! the same, what is wrong is told, and what the system keeps is kept.

#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use calamine::{Data, Reader, Xlsx, open_workbook};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use serde_json::Value;

/// A folder with databases and files, and the program to use on them.
struct Desk {
    folder: tempfile::TempDir,
}

/// Standard output and error of a run.
struct Said {
    out: String,
    err: String,
}

impl Desk {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs the program on the database `db`, expecting this exit status.
    fn run(&self, db: &str, status: i32, words: &[&str]) -> Said {
        let output: Output = Command::new(env!("CARGO_BIN_EXE_huifang"))
            .args(words)
            .arg("--db")
            .arg(self.path(db))
            .current_dir(self.folder.path())
            .env("HOME", self.folder.path())
            .env("XDG_DATA_HOME", self.folder.path())
            .env("XDG_CONFIG_HOME", self.folder.path())
            .env("LANG", "en_US.UTF-8")
            .env_remove("LC_ALL")
            .env_remove("LC_MESSAGES")
            .output()
            .unwrap();
        let said = Said {
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        };
        assert_eq!(output.status.code(), Some(status), "{words:?}\n{}\n{}", said.out, said.err);
        let sentences = usize::from(status != 0);
        assert!(said.err.lines().count() >= sentences, "{words:?}: {}", said.err);
        assert!(!said.err.contains('\r'), "no progress bar where nobody watches: {}", said.err);
        said
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    /// Imports a file with this content; gives the JSON report.
    fn take(&self, db: &str, status: i32, name: &str, content: &str, more: &[&str]) -> Value {
        self.file(name, content);
        let words = [&["import", name, "--format", "json"], more].concat();
        serde_json::from_str(&self.run(db, status, &words).out).unwrap()
    }

    /// The rows of an exported table, without its header.
    fn rows(&self, db: &str, table: &str) -> Vec<Vec<String>> {
        let words = ["export", table, "--out", "rows.csv", "--force", "-q"];
        self.run(db, 0, &[&words[..], &["--unmask", "--reason", "test"]].concat());
        let text = self.text("rows.csv");
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
        let row = |r: csv::StringRecord| r.iter().map(str::to_owned).collect();
        reader.records().map(|r| row(r.unwrap())).collect()
    }

    /// One field of the first row of a table.
    fn field(&self, db: &str, table: &str, column: &str) -> String {
        let rows = self.rows(db, table);
        let text = self.text("rows.csv");
        let header = text.trim_start_matches('\u{FEFF}').lines().next().unwrap().to_owned();
        let at = header.split(',').position(|h| h == column).unwrap();
        rows.first().unwrap().get(at).unwrap().clone()
    }

    /// A database with one customer.
    fn with_customer(db: &str) -> Self {
        let desk = Self::new();
        let customer = "customer_id,name,line,officer,onboarded_on\nC1,甲,corporate,z,2024-01-01\n";
        desk.take(db, 0, "customers.csv", customer, &["--create-users"]);
        desk
    }
}

const LOAN: &str = "loan_id,customer_id,amount,balance,disbursed_on,matures_on,status,tier\n";
const DAY: &str = "2026-11-23";

#[test]
fn all_goes_out_comes_in_and_goes_out_the_same() {
    let desk = Desk::new();
    let words = ["demo", "--no-open", "--customers", "60", "--as-of", DAY, "-q"];
    desk.run("a.db", 0, &words);
    let clear = ["--unmask", "--reason", "move", "-q"];
    let export = |db: &str, out: &str| {
        desk.run(db, 0, &[&["export", "all", "--out", out], clear.as_slice()].concat());
    };
    let plan = |db: &str, more: &[&str]| {
        let words = [&["plan", "--as-of", DAY, "--format", "json"], more].concat();
        desk.run(db, 0, &words).out
    };
    // Another tier is another cell: what was due until then stays judged by the old one.
    export("a.db", "before");
    let known = desk.text("before/customers.csv");
    let ids = known.lines().skip(2).filter_map(|line| line.split(',').next());
    let tiers: Vec<String> = ids.map(|id| format!("{id},special_mention")).collect();
    desk.file("tiers/customers.csv", format!("customer_id,tier\n{}", tiers.join("\n")));
    desk.run("a.db", 0, &["import", "tiers", "-q"]);
    for out in ["a", "a.xlsx", "a.json"] {
        export("a.db", out);
    }
    assert!(
        desk.text("a/kept_duties.csv").lines().count() > 20,
        "{}",
        desk.text("a/kept_duties.csv")
    );
    for (db, from, out) in [("b.db", "a", "b"), ("c.db", "a.xlsx", "c")] {
        desk.run(db, 0, &["import", from]);
        export(db, out);
        export(db, &format!("{out}.xlsx"));
        for entry in std::fs::read_dir(desk.path("a")).unwrap() {
            let name = entry.unwrap().file_name();
            let read = |folder: &str| std::fs::read(desk.path(folder).join(&name)).unwrap();
            assert!(read("a") == read(out), "{} of {db}", name.display());
        }
        assert!(sheets(&desk.path("a.xlsx")) == sheets(&desk.path(&format!("{out}.xlsx"))));
        assert_eq!(plan("a.db", &[]), plan(db, &[]), "{db}");
        assert_eq!(plan("a.db", &["--gaps"]), plan(db, &["--gaps"]), "{db}");
        // The same file again changes nothing.
        let again = desk.run(db, 0, &["import", from, "--format", "json"]).out;
        let report: Value = serde_json::from_str(&again).unwrap();
        for table in report["tables"].as_array().unwrap() {
            assert_eq!((&table["inserted"], &table["updated"]), (&0.into(), &0.into()), "{table}");
        }
    }
    let all: Value = serde_json::from_str(&desk.text("a.json")).unwrap();
    assert_eq!(all["customers"].as_array().unwrap().len(), 60);
    assert!(all["loans"][0]["balance"].is_string());
    // What was recorded here is not changed by an import: the same passes, another value does not.
    let visits = desk.text("a/visits.csv");
    let here = desk.run("a.db", 0, &["import", "a", "--format", "json"]).out;
    assert!(here.contains(r#""fault_count":0"#), "{here}");
    let drafts = visits.replace("实地", "当面");
    assert_ne!(visits, drafts);
    desk.file("x/visits.csv", drafts);
    let report: Value =
        serde_json::from_str(&desk.run("a.db", 1, &["import", "x", "--format", "json"]).out)
            .unwrap();
    assert!(report["faults"][0]["expected"].as_str().unwrap().contains("recorded here"));
    assert_eq!(report["committed"], false);
}

fn sheets(path: &Path) -> Vec<(String, Vec<Vec<Data>>)> {
    let mut workbook: Xlsx<_> = open_workbook(path).unwrap();
    let sheets = workbook.worksheets();
    sheets.into_iter().map(|(n, r)| (n, r.rows().map(<[Data]>::to_vec).collect())).collect()
}

#[test]
fn the_cadence_is_kept_as_planning_says() {
    // Cells: 5 M standard (on 12, off 3), 15 M medium (on 6c, off 3), 1 M small (on 12, off 6).
    let new = |balance: &str, to: &str, tier: &str| {
        format!("L1,C1,90000000,{balance},2026-11-20,{to},active,{tier}")
    };
    let (old, year, long) = ("5000000", "2027-11-20", "2028-11-20");
    let overdue = |tier: &str| format!("L1,C1,9000000,5000000,2026-06-01,2027-06-01,active,{tier}");
    let cases = [
        ("nothing changes", new(old, year, "normal"), new(old, year, "normal"), ["", ""]),
        ("worse", new(old, year, "normal"), new(old, year, "loss"), [DAY, DAY]),
        ("better", new(old, year, "loss"), new(old, year, "normal"), [DAY, ""]),
        ("better, overdue", overdue("special_mention"), overdue("normal"), [DAY, DAY]),
        ("more money", new(old, year, "normal"), new("15000000", year, "normal"), [DAY, DAY]),
        ("less money", new("15000000", year, "normal"), new(old, year, "normal"), [DAY, ""]),
        ("within the row", new(old, year, "normal"), new("6000000", year, "normal"), ["", ""]),
        ("long, off 6 to 3", new("1000000", year, ""), new("1000000", long, ""), [DAY, DAY]),
        ("long, off 3 stays", new(old, year, ""), new(old, long, ""), ["", ""]),
        ("a gap", new(old, year, "normal"), new("", year, "normal"), ["", ""]),
    ];
    for (name, before, after, wanted) in cases {
        let desk = Desk::with_customer("db");
        let day = ["--as-of-file", DAY];
        desk.take("db", 0, "loans.csv", &format!("{LOAN}{before}\n"), &day);
        desk.take("db", 0, "loans.csv", &format!("{LOAN}{after}\n"), &day);
        let dates = ["cadence_since", "extra_visit_from"].map(|c| desk.field("db", "customers", c));
        assert_eq!(dates, wanted, "{name}");
        // A gap that comes and goes is no change; the cell before it counts.
        desk.take("db", 0, "loans.csv", &format!("{LOAN}{}\n", new("", year, "loss")), &day);
        desk.take("db", 0, "loans.csv", &format!("{LOAN}{after}\n"), &day);
        let dates = ["cadence_since", "extra_visit_from"].map(|c| desk.field("db", "customers", c));
        assert_eq!(dates, wanted, "{name}, after a gap");
    }
}

#[test]
fn the_day_of_the_file_counts_and_its_columns_stand() {
    for day in ["2020-03-02", "2031-05-05"] {
        let desk = Desk::with_customer("db");
        let year: i32 = day.split('-').next().unwrap().parse().unwrap();
        let loan = |tier: &str| {
            format!("{LOAN}L1,C1,1,5000000,{}-12-01,{}-01-01,active,{tier}\n", year - 1, year + 1)
        };
        desk.take("db", 0, "loans.csv", &loan("normal"), &["--as-of-file", day]);
        desk.take("db", 0, "loans.csv", &loan("substandard"), &["--as-of-file", day]);
        assert_eq!(desk.field("db", "customers", "cadence_since"), day);
        assert_eq!(desk.field("db", "customers", "extra_visit_from"), day);
        desk.file("p/loans.csv", loan("loss"));
        desk.file("p/customers.csv", "customer_id,extra_visit_from\nC1,\n");
        let later = format!("{year}-06-06");
        desk.run("db", 0, &["import", "p", "--as-of-file", &later]);
        assert_eq!(desk.field("db", "customers", "cadence_since"), later);
        assert_eq!(desk.field("db", "customers", "extra_visit_from"), "");
        let ended = "loan_id,status\nL1,settled\n";
        desk.take("db", 0, "loans.csv", ended, &["--as-of-file", "2026-05-07"]);
        assert_eq!(desk.field("db", "loans", "settled_on"), "2026-05-07");
        desk.take("db", 0, "loans.csv", "loan_id,status\nL1,active\n", &[]);
        assert_eq!(desk.field("db", "loans", "settled_on"), "");
    }
}

#[test]
fn refused_rows_go_to_a_file_that_can_be_imported() {
    let desk = Desk::with_customer("db");
    desk.file("p/loans.csv", format!("{LOAN}L1,C1,9,bad,2026-01-01,2027-01-01,off,normal\n"));
    desk.file("p/contacts.csv", "customer_id,name,note\nC1,李,\"=a\nb\"\nC9,王,x\n");
    desk.file("p/statements.csv", "customer_id,period_end,equity,cash\nC1,2026-02-30,-5.00,-1\n");
    let said = desk.run("db", 1, &["import", "p", "--rejects", "r.csv"]);
    assert!(said.out.contains("nothing was imported"), "{}", said.out);
    assert_eq!(said.err.lines().count(), 1, "{}", said.err);
    let rejects = desk.text("r.csv");
    let lines: Vec<&str> = rejects.trim_start_matches('\u{FEFF}').lines().collect();
    assert_eq!(lines.len(), 6, "{rejects}");
    assert!(lines[1].starts_with("loans,loans.csv,2,balance; status,bad; off,"), "{rejects}");
    assert!(lines[3].starts_with("contacts,contacts.csv,4,customer_id,C9,"), "{rejects}");
    let right = rejects
        .replace(",bad,2026", ",7,2026")
        .replace("2027-01-01,off", "2027-01-01,active")
        .replace(",C9,王", ",C1,王")
        .replace("C1,2026-02-30", "C1,2026-02-28");
    desk.file("r.csv", &right);
    desk.run("db", 0, &["import", "r.csv"]);
    assert_eq!(desk.field("db", "loans", "balance"), "7.00");
    assert_eq!(desk.field("db", "contacts", "name"), "王");
    assert_eq!(desk.field("db", "statements", "equity"), "-5.00");
    // The good rows alone, with the day and the unit of the file.
    let both = "loan_id,customer_id,amount,balance,disbursed_on,status\nL2,C1,1,0.000001,20260101,active\nL3,C1,1,0.0000001,20260101,active\n";
    let more = ["--accept-valid", "--unit", "wan", "--rejects", "r.csv", "--force"];
    let report = desk.take("db", 0, "loans.csv", both, &more);
    assert_eq!((&report["fault_count"], &report["committed"]), (&1.into(), &true.into()));
    assert_eq!(desk.rows("db", "loans").len(), 2);
    let text = desk.run("db", 1, &["import", "loans.csv", "--lang", "zh-CN"]);
    assert!(text.out.contains("小数") && text.out.contains("未导入"), "{}", text.out);
}

#[test]
fn masked_files_leave_fields_as_they_are() {
    let desk = Desk::with_customer("db");
    desk.take("db", 0, "customers.csv", "customer_id,phone\nC1,13800000000\n", &[]);
    desk.take("db", 0, "contacts.csv", "customer_id,name\nC1,李\n", &[]);
    desk.run("db", 0, &["export", "all", "--out", "m", "-q"]);
    assert!(desk.text("m/customers.csv").contains(r#""***""#));
    let said = desk.run("db", 0, &["import", "m", "--format", "json"]).out;
    let report: Value = serde_json::from_str(&said).unwrap();
    let tables = report["tables"].as_array().unwrap();
    assert!(tables.iter().all(|t| t["updated"] == 0), "{report}");
    assert!(tables.iter().any(|t| t["table"] == "contacts" && t["skipped"] == 1), "{report}");
    assert_eq!(desk.field("db", "customers", "phone"), "13800000000");
    desk.run("db", 2, &["export", "customers", "--out", "x.csv", "--unmask"]);
    let reason = ["export", "customers", "--out", "x.csv", "--unmask", "--reason", " "];
    desk.run("db", 2, &reason);
    desk.run("db", 0, &["export", "journal", "--out", "j.jsonl", "-q"]);
    let journal = desk.text("j.jsonl");
    // The last row is that this very export has begun.
    let row = |back: usize| -> Value {
        serde_json::from_str(journal.lines().rev().nth(back).unwrap()).unwrap()
    };
    let (begun, last) = (row(0), row(1));
    assert_eq!((&begun["command"], &begun["subject"]), (&"export_begun".into(), &"journal".into()));
    assert_eq!((&last["command"], &last["subject"]), (&"export".into(), &"customers".into()));
    assert!(last["after"].as_str().unwrap().contains(r#""reason":"test""#), "{last}");
    assert!(!journal.contains("13800000000"));
    desk.run("db", 0, &["export", "journal", "--out", "j.csv", "-q"]);
    desk.run("db", 0, &["journal", "verify"]);
}

#[test]
fn a_place_that_is_not_there_is_named_with_what_to_do() {
    let desk = Desk::with_customer("a.db");
    for what in ["customers", "journal", "calendar"] {
        let file = if what == "calendar" { "nowhere/x.ics" } else { "nowhere/x.csv" };
        let out = desk.path(file).to_string_lossy().into_owned();
        for (lang, told) in
            [("zh-CN", "不存在；请检查名称"), ("en", "is not there; check the name")]
        {
            let said = desk.run("a.db", 1, &["export", what, "--out", &out, "--lang", lang]).err;
            let folder = desk.path("nowhere").to_string_lossy().into_owned();
            assert!(said.contains(&format!("{folder} {told}")), "{what}: {said}");
            assert!(!said.contains("os error") && !said.contains(file), "{what}: {said}");
        }
    }
}

#[test]
fn who_sees_what_in_exports() {
    let desk = Desk::new();
    desk.file("p/users.csv", "user,name,role,branch\nann,安,officer,东\nbob,鲍,officer,西\ncat,凯,supervisor,东\nadm,管,admin,东\n");
    desk.file("p/customers.csv", "customer_id,name,officer,phone\nC1,甲,ann,1\nC2,乙,bob,2\n");
    desk.file("p/loans.csv", format!("{LOAN}L1,C1,1,1,2026-01-01,2027-01-01,active,\nL2,C2,1,1,2026-01-01,2027-01-01,active,\n"));
    desk.run("db", 0, &["import", "p"]);
    let lines = |words: &[&str], what: &str| {
        let words = [&["export", what, "--out", "o.csv", "--force", "-q"], words].concat();
        desk.run("db", 0, &words);
        desk.text("o.csv").lines().count() - 1
    };
    assert_eq!(lines(&[], "loans"), 2);
    assert_eq!(lines(&["--officer", "bob"], "loans"), 1);
    let unknown = ["export", "customers", "--out", "none.csv", "--officer", "nobody"];
    let said = desk.run("db", 2, &unknown);
    assert!(said.err.contains("nobody"), "{}", said.err);
    assert!(!desk.path("none.csv").exists(), "no file without rows either");
    // Whoever acts as somebody sees what that person sees.
    for (who, rows) in [("ann", 1), ("bob", 1), ("cat", 1), ("adm", 2)] {
        for table in ["customers", "loans"] {
            assert_eq!(lines(&["--as", who], table), rows, "{who} {table}");
        }
    }
    assert_eq!(lines(&["--as", "ann", "--officer", "bob"], "customers"), 0);
    assert_eq!(lines(&["--as", "cat", "--officer", "ann"], "customers"), 1);
    let clear =
        ["export", "customers", "--out", "o.csv", "--force", "--unmask", "--reason", "x", "--as"];
    desk.run("db", 0, &[clear.as_slice(), &["ann"]].concat());
    assert!(!desk.text("o.csv").contains("***"));
    desk.run("db", 1, &[clear.as_slice(), &["adm"]].concat());
}

#[test]
fn calendars_open_and_can_keep_names_out() {
    let desk = Desk::new();
    desk.run("a.db", 0, &["demo", "--no-open", "--customers", "40", "--as-of", DAY, "-q"]);
    desk.run("a.db", 0, &["export", "calendar", "--out", "c.ics", "--as-of", DAY]);
    let calendar = desk.text("c.ics");
    assert!(calendar.starts_with("BEGIN:VCALENDAR\r\n"), "{calendar}");
    assert!(calendar.ends_with("END:VCALENDAR\r\n"));
    assert!(calendar.lines().all(|l| l.len() <= 75), "folded");
    let count = |text: &str, what: &str| text.lines().filter(|l| *l == what).count();
    let events = count(&calendar, "BEGIN:VEVENT");
    assert!(events > 0 && events == count(&calendar, "END:VEVENT"));
    let uids: std::collections::BTreeSet<&str> =
        calendar.lines().filter(|l| l.starts_with("UID")).collect();
    assert_eq!(uids.len(), events);
    desk.run("a.db", 0, &["export", "calendar", "--out", "p.ics", "--private", "--as-of", DAY]);
    let name = desk.field("a.db", "customers", "name");
    let private = desk.text("p.ics").replace("\r\n ", "");
    assert!(!private.contains(&name) && private.contains("CLASS:PRIVATE"));
    let officer = desk.field("a.db", "customers", "officer");
    let words = ["export", "calendar", "--out", "o.ics", "--officer", &officer, "--as-of", DAY];
    desk.run("a.db", 0, &words);
    assert!(count(&desk.text("o.ics"), "BEGIN:VEVENT") <= events);
    desk.run("a.db", 2, &["export", "calendar", "--out", "c.csv"]);
}

#[test]
fn what_cannot_be_read_is_told_in_one_sentence() {
    let desk = Desk::new();
    let customer = "customer_id,name,officer\nC1,甲,z\n";
    let utf16: Vec<u8> = customer.encode_utf16().flat_map(u16::to_le_bytes).collect();
    desk.file("customers.csv", &utf16);
    let cases: [(i32, &[&str], &str); 8] = [
        (1, &["import", "customers.csv"], "UTF-16"),
        (2, &["import", "customers.csv", "--encoding", "klingon"], "encoding"),
        (2, &["import", "customers.csv", "--kind", "klingon"], "--kind"),
        (1, &["import", "nowhere.xlsx"], "no such file"),
        (2, &["import", "customers.csv", "--settle-missing"], "--"),
        (2, &["import", "customers.csv", "--unit", "dollar"], "--unit"),
        (2, &["import", "customers.csv", "--as-of-file", "2026-02-30"], "--as-of-file"),
        (2, &["import", "customers.csv", "--format", "ics"], "ics"),
    ];
    for (status, words, told) in cases {
        let said = desk.run("db", status, words);
        assert!(said.err.contains(told), "{words:?}: {}", said.err);
        assert_eq!(said.err.lines().count(), 1, "{words:?}: {}", said.err);
        assert!(said.out.is_empty());
    }
    let forced = ["import", "customers.csv", "--encoding", "utf-16le", "--create-users"];
    desk.run("db", 0, &forced);
    // Other files in a folder are not the bank's tables; another CSV may be a table misnamed.
    desk.file("f/README.txt", "hello");
    desk.file("f/客户.csv", "客户号；客户名称".replace('；', ";") + "\nC1;乙\n");
    desk.run("db", 0, &["import", "f"]);
    assert_eq!(desk.field("db", "customers", "name"), "乙");
    desk.file("f/clients.csv", "a\n1\n");
    assert!(desk.run("db", 1, &["import", "f"]).err.contains("clients"));
    desk.run("db", 0, &["import", "f", "--ignore-unknown"]);
}

#[test]
fn a_new_user_fills_the_template() {
    let desk = Desk::new();
    desk.run("x.db", 0, &["template", "--out", "portfolio.xlsx"]);
    // The template's own sheets, filled: its empty rows, notes and example are passed over.
    let template = sheets(&desk.path("portfolio.xlsx"));
    let mut workbook = Workbook::new();
    let day = Format::new().set_num_format("yyyy-mm-dd");
    for (name, rows) in &template {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name).unwrap();
        for (row, cells) in (0u32..).zip(rows) {
            for (column, cell) in (0u16..).zip(cells) {
                sheet.write(row, column, cell.to_string()).unwrap();
            }
        }
        let header = rows.first().cloned().unwrap_or_default();
        let at = |wanted: &str| (0u16..).zip(&header).find(|(_, c)| **c == *wanted).unwrap().0;
        if name == "客户" {
            for (row, id) in (2u32..).zip(["C1", "C2", "C3"]) {
                sheet.write(row, at("customer_id"), id).unwrap();
                sheet.write(row, at("name"), format!("示例{id}")).unwrap();
                sheet.write(row, at("line"), "小微企业").unwrap();
                sheet.write(row, at("officer"), "zhangwei").unwrap();
                sheet.write(row, at("low_risk"), false).unwrap();
                let date = ExcelDateTime::from_ymd(2026, 1, 1).unwrap();
                sheet.write_with_format(row, at("onboarded_on"), &date, &day).unwrap();
            }
        }
        if name == "借据" {
            for (row, id) in (2u32..).zip(["C1", "C2", "C3"]) {
                sheet.write(row, at("loan_id"), 20_260_000 + row).unwrap();
                sheet.write(row, at("customer_id"), id).unwrap();
                sheet.write(row, at("amount"), 5_000_000).unwrap();
                sheet.write(row, at("balance"), Formula::new("=G3*1").set_result("1e5")).unwrap();
                let date = ExcelDateTime::from_ymd(2026, 2, 1).unwrap();
                sheet.write_with_format(row, at("disbursed_on"), &date, &day).unwrap();
                sheet.write(row, at("matures_on"), "2027/2/1").unwrap();
                sheet.write(row, at("status"), "正常在贷").unwrap();
                sheet.write(row, at("tier"), "正常").unwrap();
            }
        }
    }
    workbook.save(desk.path("portfolio.xlsx")).unwrap();
    let refused = desk.run("x.db", 1, &["import", "portfolio.xlsx"]);
    assert!(refused.out.contains("--create-users"), "{}", refused.out);
    let said = desk.run("x.db", 0, &["import", "portfolio.xlsx", "--create-users"]);
    assert!(said.out.contains("zhangwei") && said.out.contains("imported"), "{}", said.out);
    let plan = desk.run("x.db", 0, &["plan", "--as-of", DAY, "--format", "json"]).out;
    let plan: Value = serde_json::from_str(&plan).unwrap();
    let plan = plan.as_array().unwrap();
    for id in ["C1", "C2", "C3"] {
        assert!(plan.iter().any(|visit| visit["customer_id"] == id), "{id}");
    }
    assert_eq!(desk.field("x.db", "loans", "loan_id"), "20260002");
    assert_eq!(desk.field("x.db", "loans", "balance"), "100000.00");
}

/// Puts a cell into a sheet.
type Fill<'a> = &'a dyn Fn(&mut rust_xlsxwriter::Worksheet);

#[test]
fn cells_of_workbooks() {
    let desk = Desk::with_customer("db");
    let write = |fill: &dyn Fn(&mut rust_xlsxwriter::Worksheet)| {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        sheet.set_name("collateral").unwrap();
        for (at, name) in
            ["collateral_id", "customer_id", "kind", "value", "area"].iter().enumerate()
        {
            sheet.write(0, u16::try_from(at).unwrap(), *name).unwrap();
        }
        sheet.write(1, 0, "K1").unwrap();
        sheet.write(1, 1, "C1").unwrap();
        sheet.write(1, 2, "房产").unwrap();
        sheet.write(1, 3, 1).unwrap();
        fill(sheet);
        workbook.save(desk.path("w.xlsx")).unwrap();
    };
    let import = |status| {
        let said = desk.run("db", status, &["import", "w.xlsx", "--format", "json"]);
        serde_json::from_str::<Value>(&said.out).unwrap()
    };
    write(&|s| {
        s.write(1, 3, 1e5).unwrap();
        s.write(1, 4, 0.1 + 0.2).unwrap();
        s.write(1, 2, 123_456_789_012_345_f64).unwrap();
    });
    import(0);
    assert_eq!(desk.field("db", "collateral", "value"), "100000.00");
    assert_eq!(desk.field("db", "collateral", "area"), "0.3");
    assert_eq!(desk.field("db", "collateral", "kind"), "123456789012345");
    let refused: [(&str, Fill<'_>); 6] = [
        ("kind", &|s| {
            s.write(1, 2, 1_234_567_890_123_456_f64).unwrap();
        }),
        ("value", &|s| {
            s.write(1, 3, 1.005).unwrap();
        }),
        ("value", &|s| {
            s.write(1, 3, "1e5").unwrap();
        }),
        ("value", &|s| {
            s.write(1, 3, true).unwrap();
        }),
        ("kind", &|s| {
            s.write(1, 2, Formula::new("=NA()").set_result("#N/A")).unwrap();
        }),
        ("kind", &|s| {
            s.write(1, 2, "a\u{202E}b").unwrap();
        }),
    ];
    for (n, (column, fill)) in refused.into_iter().enumerate() {
        write(fill);
        assert_eq!(import(1)["faults"][0]["column"], column, "case {n}");
    }
}

/// What somebody filled in or corrected is not lost by a command that writes a file.
#[test]
fn no_file_is_written_over_unasked() {
    let desk = Desk::with_customer("db");
    let mine = "customer_id,period_end,total_assets,total_liabilities\nC1,2025-12-31,100,40\n";
    desk.file("s.csv", mine);
    desk.file("bad.csv", "customer_id,period_end,cash\nC1,never,1\n");
    let commands: [&[&str]; 10] = [
        &["template", "--out", "mine.xlsx"],
        &["export", "all", "--out", "mine.xlsx"],
        &["export", "customers", "--out", "mine.csv"],
        &["export", "journal", "--out", "mine.jsonl"],
        &["export", "calendar", "--out", "mine.ics"],
        &["import", "bad.csv", "--kind", "statements", "--rejects", "mine.csv"],
        &["events", "list", "--out", "mine.csv"],
        &["events", "looks", "--out", "mine.json"],
        &["portfolio", "--out", "mine.csv"],
        &["score", "--statements", "s.csv", "--out", "mine.csv"],
    ];
    for words in commands {
        let file = *words.last().unwrap();
        desk.file(file, "mine");
        let said = desk.run("db", 1, words).err;
        assert!(said.contains(&format!("{file} is there already")), "{words:?}: {said}");
        assert!(said.contains("--force") && said.lines().count() == 1, "{words:?}: {said}");
        assert_eq!(desk.text(file), "mine", "{words:?}");
        // An empty file has nothing to lose.
        let faulty = i32::from(words[0] == "import");
        for (content, more) in [("", &[][..]), ("mine", &["--force"])] {
            desk.file(file, content);
            desk.run("db", faulty, &[words, more].concat());
            assert_ne!(std::fs::read(desk.path(file)).unwrap(), content.as_bytes(), "{words:?}");
        }
    }
    // What is read is never what is written.
    for words in [
        &["score", "--statements", "s.csv", "--out", "s.csv", "--force"][..],
        &["import", "s.csv", "--kind", "statements", "--rejects", "./s.csv", "--force"],
    ] {
        let said = desk.run("db", 1, words).err;
        assert!(said.contains("is the file that is read"), "{said}");
        assert_eq!(desk.text("s.csv"), mine);
    }
    // Folders, file by file; a calendar is brought up to date where clients look for it.
    desk.run("db", 0, &["export", "all", "--out", "folder/"]);
    desk.run("db", 1, &["export", "all", "--out", "folder/"]);
    desk.run("db", 0, &["export", "all", "--out", "folder/", "--force"]);
    desk.run("db", 0, &["template", "--out", "empty/"]);
    desk.run("db", 1, &["template", "--out", "empty/"]);
    for _ in 0..2 {
        desk.run("db", 0, &["export", "calendar", "--out", "again.ics"]);
    }
}
