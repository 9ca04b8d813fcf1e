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
use crate::protocol::import::{ImportOptions, TableCount, Why};
use crate::store::read::export::Wanted;
use crate::store::{Mode, Store};

mod files;
mod round;
mod tables;

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
        let store =
            Store::open(&dir.path().join("db"), Arc::new(crate::assets::packs()), Mode::Create)
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

/// The block of a table holds what was found while it was read and what was found when it was
/// written, whatever was found about other tables in between.
#[test]
fn the_rejects_of_a_table_stand_together() {
    let mut desk = Desk::with_customer();
    desk.options.accept_valid = true;
    desk.file("p/customers.csv", "customer_id,name,officer,tier\nC2,乙,zhang,怪\nC3,,zhang,\n");
    desk.file("p/contacts.csv", "customer_id,name,phone\nC9,x,1\nC1,y\nC1,z,2\n");
    let path = desk.file("p/loans.csv", LOAN.replace("C1", "C9"));
    let rejects = desk.dir.path().join("r.csv");
    let mut faults = Faults::with_rejects(&rejects, english).unwrap();
    let intake = desk.store.import(&clerk(), now(), desk.options.clone()).unwrap();
    let folder = path.parent().unwrap();
    import(folder, desk.reading, intake, &mut faults, &mut |_, _| {}).unwrap();
    faults.finish().unwrap();
    let text = std::fs::read_to_string(&rejects).unwrap();
    let tables: Vec<&str> = text
        .trim_start_matches('\u{FEFF}')
        .lines()
        .map(|line| line.split(',').next().unwrap())
        .collect();
    assert_eq!(
        tables,
        ["table", "customers", "customers", "table", "loans", "table", "contacts", "contacts"]
    );
    let order: Vec<(&str, u64)> = faults.kept.iter().map(|f| (f.table.name, f.line)).collect();
    assert_eq!(
        order,
        [("customers", 2), ("customers", 3), ("loans", 2), ("contacts", 2), ("contacts", 3)]
    );
    // No trace of where they waited.
    let files = std::fs::read_dir(desk.dir.path())
        .unwrap()
        .filter(|f| f.as_ref().unwrap().file_name().to_string_lossy().starts_with("r.csv"));
    assert_eq!(files.count(), 1);
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
