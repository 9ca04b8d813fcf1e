use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate, TimeZone};

use super::*;
use crate::access::Actor;
use crate::domain::ids::UserId;
use crate::domain::user::Role;
use crate::exchange::export::{self, Order};
use crate::i18n::Lang;
use crate::i18n::exchange::expected;
use crate::protocol::import::{ImportOptions, TableCount};
use crate::store::read::export::Wanted;
use crate::store::{Mode, Store};

/// A database in a folder of its own.
struct Desk {
    dir: tempfile::TempDir,
    store: Store,
    options: ImportOptions,
    reading: Reading,
}

fn clerk() -> Actor {
    Actor {
        user: UserId::from("ops"),
        name: "ops".into(),
        role: Role::Admin,
        branch: String::new(),
        os_user: "ops".into(),
        session: "s".into(),
        operator: true,
    }
}

fn now() -> DateTime<FixedOffset> {
    crate::clock::china().with_ymd_and_hms(2026, 6, 1, 9, 0, 0).unwrap()
}

fn english(why: &Why) -> String {
    expected(Lang::En, why)
}

impl Desk {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(
            &dir.path().join("db"),
            Arc::new(crate::assets::packs().unwrap()),
            Mode::Create,
        )
        .unwrap();
        let options = ImportOptions { create_users: true, ..ImportOptions::default() };
        Self { dir, store, options, reading: Reading::default() }
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.dir.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        path
    }

    fn take(&mut self, path: &Path) -> Result<(ImportReport, Faults), ImportFault> {
        let mut faults = Faults::new(english);
        let session = self.store.import(&clerk(), now(), self.options.clone()).unwrap();
        let (report, _) = import(path, self.reading, session, &mut faults, &mut |_, _| {})?;
        Ok((report, faults))
    }

    /// Imports one CSV file of a table.
    fn csv(&mut self, table: &str, content: &str) -> (ImportReport, Faults) {
        let path = self.file(&format!("{table}.csv"), content);
        self.take(&path).unwrap()
    }

    /// Imports, expecting no fault.
    fn good(&mut self, table: &str, content: &str) -> TableCount {
        let (report, faults) = self.csv(table, content);
        assert_eq!(faults.kept, [], "{content}");
        assert!(report.committed);
        report.tables.iter().find(|(t, _)| *t == table).map(|(_, c)| *c).unwrap_or_default()
    }

    /// Imports, expecting faults: `line column why`.
    fn bad(&mut self, table: &str, content: &str) -> Vec<(u64, &'static str, Why)> {
        let (report, faults) = self.csv(table, content);
        assert!(!report.committed, "{content}");
        faults.kept.iter().map(|f| (f.line, f.column.map_or("", |c| c.name), f.why)).collect()
    }

    fn export(&self, table: &str) -> String {
        let actor = clerk();
        let order = Order {
            wanted: Wanted { actor: &actor, officer: None },
            unmasked: true,
            progress: &|_| {},
        };
        let mut out = Vec::new();
        let table = crate::exchange::source::table_named(table).unwrap();
        export::csv_to(&self.store, table, &order, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    /// One field of the only row of a table.
    fn field(&self, table: &str, column: &str) -> String {
        let text = self.export(table);
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
        let at = reader.headers().unwrap().iter().position(|h| h == column).unwrap();
        reader.records().next().unwrap().unwrap().get(at).unwrap().to_owned()
    }

    fn with_customer() -> Self {
        let mut desk = Self::new();
        desk.good("customers", "customer_id,name,officer\nC1,甲,zhang\n");
        desk
    }

    fn with_loan() -> Self {
        let mut desk = Self::with_customer();
        desk.good("loans", LOAN);
        desk
    }
}

const LOAN: &str =
    "loan_id,customer_id,amount,disbursed_on,status\nL1,C1,1000000,2026-01-05,active\n";

fn count(inserted: u64, updated: u64, unchanged: u64) -> TableCount {
    TableCount { inserted, updated, unchanged, ..TableCount::default() }
}

#[test]
fn the_same_file_twice_changes_nothing() {
    let mut desk = Desk::new();
    let file = "customer_id,name,officer,low_risk\nC1,甲,zhang,是\nC2,乙,zhang,\n";
    assert_eq!(desk.good("customers", file), count(2, 0, 0));
    let before = desk.export("customers");
    assert_eq!(desk.good("customers", file), count(0, 0, 2));
    assert_eq!(desk.export("customers"), before);
}

#[test]
fn absent_columns_stay_and_empty_cells_clear() {
    let mut desk = Desk::new();
    desk.good(
        "customers",
        "customer_id,name,officer,tier,onboarded_on,grade,phone\nC1,甲,zhang,关注,2026/1/5,A,139\n",
    );
    assert_eq!(
        desk.good("customers", "客户号,信用等级,客户分类,纳管日期\nC1,,,\n"),
        count(0, 1, 0)
    );
    assert_eq!(desk.field("customers", "grade"), "");
    assert_eq!(desk.field("customers", "tier"), "special_mention");
    assert_eq!(desk.field("customers", "onboarded_on"), "2026-01-05");
    assert_eq!(desk.field("customers", "phone"), "139");
}

#[test]
fn required_cells() {
    let mut desk = Desk::with_customer();
    for (file, wanted) in [
        ("customer_id,name\nC9,x\n", (2, "officer", Why::RequiredAbsent)),
        ("customer_id,name,officer\nC9,x,\n", (2, "officer", Why::RequiredEmpty)),
        ("customer_id,name\nC1,\n", (2, "name", Why::RequiredEmpty)),
        ("customer_id,name,officer\n,x,y\n", (2, "customer_id", Why::KeyEmpty)),
        ("customer_id,name,officer\nC9,***,y\n", (2, "name", Why::RequiredMasked)),
    ] {
        assert_eq!(desk.bad("customers", file), [wanted], "{file}");
    }
}

#[test]
fn masked_cells_and_keys() {
    let mut desk = Desk::new();
    desk.good("customers", "customer_id,name,officer,phone\nC1,甲,zhang,139\n");
    assert_eq!(desk.good("customers", "customer_id,phone\nC1,***\n"), count(0, 0, 1));
    assert_eq!(desk.field("customers", "phone"), "139");
    let masked = desk.good("contacts", "customer_id,name,phone\nC1,***,1\nC1,李,2\n");
    assert_eq!((masked.inserted, masked.skipped), (1, 1));
}

#[test]
fn a_key_twice() {
    let mut desk = Desk::new();
    let equal = "customer_id,name,officer\nC2,乙,a\nC1,甲,a\n C1 ,甲,a\n";
    assert_eq!(desk.good("customers", equal), count(2, 0, 1));
    let faults =
        desk.bad("customers", "customer_id,name,officer\nC3,x,a\nC4,y,a\nC3,z,a\nC3,x,a\n");
    let twice = |line| (line, "customer_id", Why::KeyTwice);
    assert_eq!(faults, [twice(2), twice(4), twice(5)]);
    // A faulty row makes its namesake faulty too.
    let faults = desk.bad("customers", "customer_id,name,officer,line\nC5,x,a,nonsense\nC5,x,a,\n");
    assert_eq!(faults.len(), 2);
    assert_eq!(faults[1], twice(3));
}

#[test]
fn all_or_nothing_and_accept_valid() {
    let mut desk = Desk::new();
    let file = "customer_id,name,officer,low_risk\nC1,甲,a,1\nC2,乙,a,maybe\n";
    let (report, _) = desk.csv("customers", file);
    assert!(!report.committed);
    assert!(!desk.export("customers").contains("C1"));
    desk.options.accept_valid = true;
    let (report, faults) = desk.csv("customers", file);
    assert!(report.committed && faults.count == 1 && report.faulty() == 1);
    assert!(desk.export("customers").contains("C1"));
    desk.options.dry_run = true;
    let (report, _) = desk.csv("customers", "customer_id,name,officer\nC7,x,b\n");
    assert!(!report.committed && report.tables[0].1.inserted == 1);
    assert!(!desk.export("customers").contains("C7"));
}

#[test]
fn users_and_references() {
    let mut desk = Desk::with_customer();
    desk.options.create_users = false;
    let unknown = desk.bad("customers", "customer_id,name,officer\nC2,x,nobody\n");
    assert_eq!(unknown, [(2, "officer", Why::UnknownUser)]);
    let lost = desk.bad("contacts", "customer_id,name\nC9,x\n");
    assert_eq!(lost, [(2, "customer_id", Why::UnknownReference("customers"))]);
    // Of the same import is as good as of the database.
    desk.file("p/users.csv", "user,name,role,branch\nli,李,客户经理,城东\n");
    desk.file("p/客户.csv", "customer_id,name,officer\nC5,x,li\n");
    let path = desk.file("p/loans.csv", LOAN.replace("C1", "C5"));
    let (report, faults) = desk.take(path.parent().unwrap()).unwrap();
    assert_eq!(faults.kept, []);
    assert_eq!(report.tables.len(), 3);
}

#[test]
fn created_users_are_disabled_officers() {
    let mut desk = Desk::new();
    let (report, _) = desk.csv("customers", "customer_id,name,officer\nC1,x,wang\nC2,y,wang\n");
    assert_eq!(report.created_users, ["wang"]);
    assert!(desk.export("users").contains("\"wang\",\"wang\",\"officer\",,,1"));
}

#[test]
fn settled_on_is_kept() {
    let mut desk = Desk::with_loan();
    desk.options.as_of_file = NaiveDate::from_ymd_opt(2026, 5, 31);
    desk.good("loans", "loan_id,status\nL1,结清\n");
    assert_eq!(desk.field("loans", "settled_on"), "2026-05-31");
    desk.good("loans", "loan_id,status\nL1,active\n");
    assert_eq!(desk.field("loans", "settled_on"), "");
    desk.good("loans", "loan_id,status,settled_on\nL1,settled,\n");
    assert_eq!(desk.field("loans", "settled_on"), "");
    let wrong = desk.bad("loans", "loan_id,status,settled_on\nL1,active,2026-01-01\n");
    assert_eq!(wrong, [(2, "settled_on", Why::MustBeEmpty("status", "active"))]);
}

#[test]
fn loans_that_disappear() {
    let mut desk = Desk::with_loan();
    desk.good("loans", &LOAN.replace("L1", "L2").replace("2026-01-05", "2026-05-20"));
    desk.good("loans", &LOAN.replace("L1", "L3"));
    desk.options.complete_loans = true;
    desk.options.as_of_file = NaiveDate::from_ymd_opt(2026, 5, 10);
    let (report, _) = desk.csv("loans", LOAN);
    assert_eq!((report.missing_loans, report.settled_count), (vec!["L3".to_owned()], 0));
    desk.options.settle_missing = true;
    // A rejected row counts as present.
    desk.options.accept_valid = true;
    let both = format!("{LOAN}L3,C1,-5,2026-01-05,active\n");
    let (report, _) = desk.csv("loans", &both);
    assert_eq!((report.missing_count, report.settled_count), (0, 0));
    // An id that can't be read holds everything back.
    let (report, _) = desk.csv("loans", &format!("{LOAN},C1,5,2026-01-05,active\n"));
    assert_eq!((report.missing_count, report.settled_count), (1, 0));
    assert!(report.settling_held_back);
    let (report, _) = desk.csv("loans", LOAN);
    assert_eq!((report.missing_count, report.settled_count), (1, 1));
    assert!(desk.export("loans").contains("\"settled\",2026-05-10"));
    let other = desk.file("customers.csv", "customer_id\nC1\n");
    assert!(matches!(desk.take(&other), Err(ImportFault::NoLoans)));
}

#[test]
fn states_of_flags_follow_their_dates() {
    let head = "flag_id,customer_id,signal,level,raised_on";
    for (columns, cells, wanted) in [
        ("", "", Ok("proposed")),
        (",confirmed_on", ",2026-02-01", Ok("confirmed")),
        (",confirmed_on,closed_on", ",2026-02-01,2026-03-01", Ok("closed")),
        (",state,confirmed_on", ",,2026-02-01", Ok("confirmed")),
        (",state", ",已否决", Ok("rejected")),
        (",state", ",confirmed", Err(Why::NeededWith("state", "confirmed"))),
        (",state", ",closed", Err(Why::NeededWith("state", "closed"))),
        (",state,confirmed_on", ",proposed,2026-02-01", Err(Why::MustBeEmpty("state", "proposed"))),
        (",state,confirmed_on", ",rejected,2026-02-01", Err(Why::MustBeEmpty("state", "rejected"))),
        (
            ",state,confirmed_on,closed_on",
            ",confirmed,2026-02-01,2026-02-02",
            Err(Why::MustBeEmpty("state", "confirmed")),
        ),
    ] {
        let mut desk = Desk::with_customer();
        let file = format!("{head}{columns}\nF1,C1,s,黄色,2026-01-01{cells}\n");
        match wanted {
            Ok(state) => {
                desk.good("flags", &file);
                assert_eq!(desk.field("flags", "state"), state, "{file}");
            }
            Err(why) => assert_eq!(desk.bad("flags", &file)[0].2, why, "{file}"),
        }
    }
    let mut desk = Desk::with_customer();
    desk.good("flags", &format!("{head},confirmed_on\nF1,C1,s,yellow,2026-01-01,2026-01-02\n"));
    desk.good("flags", "flag_id,level\nF1,red\n");
    assert_eq!(desk.field("flags", "level_since"), "2026-06-01");
    desk.good("flags", "flag_id,closed_on\nF1,2026-05-01\n");
    assert_eq!(desk.field("flags", "state"), "closed");
}

#[test]
fn rules_of_requests() {
    let head = "request_id,customer_id,code,ref,raw_due,kind,new_due,requested_by,decided_by,decided_on,decision";
    for (row, wanted) in [
        ("delay,2026-07-01,a,,,", None),
        ("delay,,a,,,", Some(("new_due", Why::NeededWith("kind", "delay")))),
        ("终止,2026-07-01,a,,,", Some(("new_due", Why::MustBeEmpty("kind", "termination")))),
        ("termination,,a,a,2026-05-01,同意", Some(("decided_by", Why::SameAs("requested_by")))),
        (
            "termination,,a,,2026-05-01,approved",
            Some(("decided_by", Why::NeededWith("decision", "approved"))),
        ),
        (
            "termination,,a,b,,refused",
            Some(("decided_on", Why::NeededWith("decision", "approved"))),
        ),
        ("termination,,a,b,2026-05-01,不同意", None),
    ] {
        let mut desk = Desk::with_customer();
        let file = format!("{head}\nR1,C1,用途检查,L1#1,2026-06-10,{row}\n");
        match wanted {
            None => assert_eq!(desk.good("requests", &file), count(1, 0, 0)),
            Some((column, why)) => assert_eq!(desk.bad("requests", &file), [(2, column, why)]),
        }
    }
}

#[test]
fn visits_derive_their_id_and_know_their_duties() {
    let mut desk = Desk::with_loan();
    let head = "customer_id,visited_on,class,submitted_on,purposes";
    desk.good("visits", &format!("{head}\nC1,2026-03-31,现场,,用途检查：L1#1；day90:L1;sample\n"));
    assert_eq!(desk.field("visits", "visit_id"), "V-C1-20260331-X");
    assert_eq!(desk.field("visits", "state"), "approved");
    assert_eq!(desk.field("visits", "purposes"), "use_of_funds:L1#1;day90:L1;sample");
    for (row, wanted) in [
        ("C1,2026-03-31,offsite,2026-03-30,", Why::Before("visited_on")),
        ("C1,2026-03-31,offsite,,day90:L9", Why::UnknownPurposeRef),
        ("C1,2026-03-31,offsite,,day90:", Why::UnknownPurposeRef),
    ] {
        assert_eq!(desk.bad("visits", &format!("{head}\n{row}\n"))[0].2, wanted, "{row}");
    }
    let two = format!("{head}\nC1,2026-04-01,onsite,,sample\nC1,2026-04-01,onsite,,day90\n");
    assert_eq!(desk.bad("visits", &two).len(), 2);
}

#[test]
fn what_was_recorded_here_stays() {
    let mut desk = Desk::with_customer();
    let head = "task_id,customer_id,issued_on,due_on,class,points";
    desk.good("tasks", &format!("{head}\nT1,C1,2026-01-01,2026-02-01,非现场,甲\n"));
    assert_eq!(desk.field("tasks", "class"), "any");
    desk.store.mark_all_here("tasks");
    assert_eq!(
        desk.good("tasks", &format!("{head}\nT1,C1,2026-01-01,2026-02-01,any,甲\n")),
        count(0, 0, 1)
    );
    let wrong = desk.bad("tasks", &format!("{head}\nT1,C1,2026-01-01,2026-02-01,any,乙\n"));
    assert_eq!(wrong, [(2, "task_id", Why::RecordedHere)]);
}

#[test]
fn headers() {
    let mut desk = Desk::new();
    let two = "客户号,客户名称,管户经理\ncustomer_id,name,officer\nC1,甲,a\n";
    assert_eq!(desk.good("customers", two), count(1, 0, 0));
    assert_eq!(desk.good("customers", "客户号\t客户名称\t管户经理\nC1\t甲\ta\n"), count(0, 0, 1));
    assert_eq!(
        desk.good("customers", "ｃｕｓｔｏｍｅｒ＿ｉｄ;name;officer\nC1;甲;a\n"),
        count(0, 0, 1)
    );
    let fault = |desk: &mut Desk, content: &str| {
        let path = desk.file("customers.csv", content);
        match desk.take(&path) {
            Err(ImportFault::Source(source)) => source.fault,
            other => panic!("{:?}", other.map(|(r, _)| r)),
        }
    };
    assert_eq!(
        fault(&mut desk, "customer_id,name,officer,foo\n"),
        ReadFault::UnknownColumns(vec!["foo".into()])
    );
    assert_eq!(
        fault(&mut desk, "customer_id,name,客户名称\n"),
        ReadFault::ColumnsTwice(vec!["name".into()])
    );
    assert_eq!(fault(&mut desk, "name,officer\nx,y\n"), ReadFault::KeyColumnMissing("customer_id"));
    assert_eq!(fault(&mut desk, ""), ReadFault::Empty);
    desk.reading.ignore_unknown = true;
    assert_eq!(desk.good("customers", "customer_id,foo,name,officer\nC1,1,甲,a\n"), count(0, 0, 1));
}

#[test]
fn gb18030_is_found_out() {
    let mut desk = Desk::new();
    let text = "客户号,客户名称,管户经理\nC1,䶮𠮷€有限公司,a\n";
    let (bytes, ..) = encoding_rs::GB18030.encode(text);
    let path = desk.file("customers.csv", &bytes);
    let (report, faults) = desk.take(&path).unwrap();
    assert_eq!((faults.count, report.tables[0].1.inserted), (0, 1));
    assert_eq!(desk.field("customers", "name"), "䶮𠮷€有限公司");
    let path = desk.file("customers.csv", b"customer_id,name,officer\nC2,\xff\xfe\x80,a\n");
    assert!(matches!(
        desk.take(&path),
        Err(ImportFault::Source(SourceFault { fault: ReadFault::WrongEncoding { .. }, .. }))
    ));
}

#[test]
fn ragged_and_endless_records() {
    let mut desk = Desk::new();
    let faults = desk.bad("customers", "customer_id,name,officer\nC1,x\nC2,x,a,b\n");
    assert_eq!(faults, [(2, "", Why::Ragged(3, 2)), (3, "", Why::Ragged(3, 4))]);
    assert_eq!(desk.good("customers", "customer_id,name,officer\n\nC2,x,a,,\n"), count(1, 0, 0));
    let long = format!("customer_id,name,officer\nC1,\"{}", "x".repeat(20 << 20));
    let path = desk.file("customers.csv", long);
    assert!(matches!(
        desk.take(&path),
        Err(ImportFault::Source(SourceFault { fault: ReadFault::EndlessRecord(2), .. }))
    ));
    let long = format!("customer_id,name,officer\nC1,\"{}\",a\n", "x".repeat(10 << 20));
    assert_eq!(desk.bad("customers", &long), [(2, "name", Why::TooLong(500))]);
}

#[test]
fn guard_of_formulas_goes_round() {
    let mut desk = Desk::new();
    let file = "customer_id,name,officer,grade\nC1,'=1+1,a,''-x\nC2,'abc,a,＝x\n";
    desk.good("customers", file);
    let out = desk.export("customers");
    assert!(out.contains("\"'=1+1\"") && out.contains("\"''-x\""), "{out}");
    assert!(out.contains("\"'abc\"") && out.contains("\"'＝x\""), "{out}");
    assert_eq!(desk.good("customers", &out), count(0, 0, 2));
}

#[test]
fn a_filled_template_goes_in() {
    use rust_xlsxwriter::Workbook;
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("portfolio.xlsx");
    crate::exchange::template::write_workbook(&path).unwrap();
    let mut desk = Desk::new();
    // Empty, it holds nothing and the example is passed over.
    let (report, faults) = desk.take(&path).unwrap();
    assert_eq!((report.tables.len(), faults.count), (0, 0));
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("客户").unwrap();
    let table = crate::protocol::tables::Table::named("customers").unwrap();
    for (at, column) in (0u16..).zip(table.columns) {
        sheet.write(0, at, column.name).unwrap();
        sheet.write(1, at, column.zh).unwrap();
    }
    sheet.write(2, 0, "C1").unwrap();
    sheet.write(2, 1, "甲").unwrap();
    sheet.write(2, 2, "法人").unwrap();
    sheet.write(2, 9, "zhang").unwrap();
    let path = dir.path().join("filled.xlsx");
    book.save(&path).unwrap();
    let (report, faults) = desk.take(&path).unwrap();
    assert_eq!(faults.kept, []);
    assert_eq!(report.tables, [("customers", count(1, 0, 0))]);
    let folder = dir.path().join("csv");
    crate::exchange::template::write_folder(&folder).unwrap();
    let (report, faults) = desk.take(&folder).unwrap();
    assert_eq!((report.tables.len(), faults.count), (0, 0));
}

/// A text that a cell of this column can hold.
fn text_cell(free: bool) -> impl proptest::strategy::Strategy<Value = String> {
    let mut pattern = String::from("[ -~一-龥（），。＝＋－＠'𠮷€_]{0,12}");
    if free {
        pattern.push_str("(\n[a-z=+@'-]{1,5})?");
    }
    proptest::string::string_regex(&pattern).unwrap()
}

fn cell_text(column: &Column) -> proptest::strategy::BoxedStrategy<String> {
    use crate::protocol::tables::Kind;
    use proptest::prelude::*;
    match column.kind {
        Kind::Text => text_cell(column.free_text).boxed(),
        Kind::Date => (1990..2040i32, 1..13u32, 1..29u32)
            .prop_map(|(y, m, d)| format!("{y:04}-{m:02}-{d:02}"))
            .boxed(),
        Kind::Month => (1990..2040i32, 1..13u32).prop_map(|(y, m)| format!("{y:04}/{m}")).boxed(),
        Kind::Amount if column.signed => (-10i64.pow(13)..10i64.pow(13))
            .prop_map(|n| format!("{}.{:02}", n / 100, n.abs() % 100))
            .boxed(),
        Kind::Amount => {
            (0..10i64.pow(17)).prop_map(|n| format!("{}.{:02}", n / 100, n % 100)).boxed()
        }
        Kind::Rate | Kind::Quantity => {
            (0..10i64.pow(9)).prop_map(|n| format!("{}.{:04}", n / 10_000, n % 10_000)).boxed()
        }
        Kind::Integer => (0..10i64.pow(9)).prop_map(|n| n.to_string()).boxed(),
        Kind::YesNo => prop::sample::select(vec!["1", "", "否"]).prop_map(str::to_owned).boxed(),
        Kind::Code(codes) => prop::sample::select(codes).prop_map(|c| c.code.to_owned()).boxed(),
        Kind::CodeList(codes) => prop::collection::vec(prop::sample::select(codes), 0..3)
            .prop_map(|list| list.iter().map(|c| c.code).collect::<Vec<_>>().join(";"))
            .boxed(),
    }
}

/// Tables without rules between columns, in the order in which they refer to each other.
const ROUND: &[&str] = &[
    "customers",
    "contacts",
    "guarantors",
    "statements",
    "account_flows",
    "utilities",
    "conditions",
    "covenants",
];

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(24))]

    #[test]
    fn what_goes_out_comes_in_and_goes_out_the_same(
        seed in proptest::collection::vec(
            ROUND.iter().map(|t| {
                let table = crate::protocol::tables::Table::named(t).unwrap();
                table.columns.iter().map(cell_text).collect::<Vec<_>>()
            }).collect::<Vec<_>>(), 1..6),
    ) {
        let dir = tempfile::tempdir().unwrap();
        for (at, name) in ROUND.iter().enumerate() {
            let table = crate::protocol::tables::Table::named(name).unwrap();
            let mut out = csv::Writer::from_path(dir.path().join(format!("{name}.csv"))).unwrap();
            out.write_record(table.columns.iter().map(|c| c.name)).unwrap();
            for (row, tables) in seed.iter().enumerate() {
                let cells = table.columns.iter().zip(&tables[at]).map(|(column, text)| {
                    let blank = crate::exchange::fold::trim(text).is_empty() || text == "***";
                    match column.name {
                        "customer_id" => format!("C{row}"),
                        "loan_id" => String::new(),
                        _ if column.user => "zhang".to_owned(),
                        _ if column.need != Need::Optional && blank => format!("k{row}"),
                        _ if column.need == Need::Key && column.name.ends_with("_id") => format!("K{row}"),
                        _ => text.clone(),
                    }
                });
                out.write_record(cells).unwrap();
            }
            out.flush().unwrap();
        }
        let mut first = Desk::new();
        let (_, faults) = first.take(dir.path()).unwrap();
        proptest::prop_assert!(faults.kept.is_empty(), "{:?}", faults.kept);
        let book = first.dir.path().join("all.xlsx");
        let actor = clerk();
        let order = Order { wanted: Wanted { actor: &actor, officer: None }, unmasked: true, progress: &|_| {} };
        let all = export::tables_named("all").unwrap();
        export::workbook(&first.store, &all, &order, &book).unwrap();
        let mut by_book = Desk::new();
        let (_, faults) = by_book.take(&book).unwrap();
        proptest::prop_assert!(faults.kept.is_empty(), "{:?}", faults.kept);
        let mut by_csv = Desk::new();
        for name in ["users"].iter().chain(ROUND) {
            by_csv.file(&format!("out/{name}.csv"), first.export(name));
        }
        let (_, faults) = by_csv.take(&by_csv.dir.path().join("out")).unwrap();
        proptest::prop_assert!(faults.kept.is_empty(), "{:?}", faults.kept);
        for name in ["users"].iter().chain(ROUND) {
            proptest::prop_assert_eq!(first.export(name), by_csv.export(name));
            proptest::prop_assert_eq!(first.export(name), by_book.export(name));
        }
    }
}

#[test]
fn damaged_files_are_refused_without_panic() {
    let mut desk = Desk::with_loan();
    let actor = clerk();
    let order = Order {
        wanted: Wanted { actor: &actor, officer: None },
        unmasked: true,
        progress: &|_| {},
    };
    let book = desk.dir.path().join("all.xlsx");
    export::workbook(&desk.store, &export::tables_named("all").unwrap(), &order, &book).unwrap();
    let sound = [std::fs::read(&book).unwrap(), desk.export("customers").into_bytes()];
    desk.options.dry_run = true;
    // A small generator of its own: the same damage in every run.
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % u64::try_from(below.max(1)).unwrap()).unwrap()
    };
    for round in 0..300 {
        let which = round % 2;
        let mut bytes = sound[which].clone();
        for _ in 0..=next(6) {
            let at = next(bytes.len());
            match next(4) {
                0 => bytes.truncate(at),
                1 => bytes.insert(at.min(bytes.len()), u8::try_from(next(256)).unwrap()),
                _ => {
                    if let Some(byte) = bytes.get_mut(at) {
                        *byte = u8::try_from(next(256)).unwrap();
                    }
                }
            }
        }
        let name = ["damaged.xlsx", "customers.csv"][which];
        let path = desk.file(name, bytes);
        let _ = desk.take(&path);
    }
}
