//! Two real portfolios go in whole: the Berka bank and 20,000 SBA loans.
//!
//! Needs the reference data beside the crate (`../shared/data`, or `HUIFANG_SHARED_DATA`); without
//! it the tests say that they were skipped.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test: it says that it was skipped, and fails loudly"
)]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use huifang::access::Actor;
use huifang::assets::Packs;
use huifang::cli::import::{Context, Options, run};
use huifang::clock::{Clock, SystemClock};
use huifang::domain::user::Role;
use huifang::i18n::Lang;
use huifang::store::{Mode, Store};

#[path = "../examples/convert_berka.rs"]
mod convert_berka;
#[path = "../examples/convert_sba.rs"]
mod convert_sba;

fn data(name: &str) -> Option<PathBuf> {
    let root = std::env::var_os("HUIFANG_SHARED_DATA").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"),
        PathBuf::from,
    );
    let path = root.join(name);
    if !path.exists() {
        println!("skipped: {} is not there", path.display());
        return None;
    }
    Some(path)
}

fn store(dir: &Path) -> Store {
    Store::open(&dir.join("db"), packs(), Mode::Create).unwrap()
}

fn packs() -> Arc<Packs> {
    Arc::new(huifang::assets::packs())
}

/// Imports a folder; gives the JSON report.
fn take(store: &mut Store, folder: &Path) -> serde_json::Value {
    let actor = Actor {
        user: "ops".into(),
        name: "ops".into(),
        role: Role::Admin,
        branch: String::new(),
        os_user: "ops".into(),
        session: "s".into(),
        operator: true,
    };
    let mut options = Options { source: folder.to_owned(), ..Options::default() };
    options.taking.create_users = true;
    let mut out = Vec::new();
    let mut context = Context {
        store,
        actor: &actor,
        now: SystemClock.now(),
        lang: Lang::En,
        json: true,
        out: &mut out,
        progress: &mut |_, _| {},
    };
    let status = run(&options, &mut context).unwrap();
    let report: serde_json::Value = serde_json::from_slice(&out).unwrap();
    assert_eq!(status, 0, "{report:#}");
    report
}

fn inserted(report: &serde_json::Value, table: &str) -> u64 {
    let tables = report["tables"].as_array().unwrap();
    tables.iter().find(|t| t["table"] == table).unwrap()["inserted"].as_u64().unwrap()
}

#[test]
fn berka_goes_in_whole() {
    let Some(from) = data("berka") else { return };
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("berka");
    convert_berka::convert(&from, &folder).unwrap();
    let mut store = store(dir.path());
    let report = take(&mut store, &folder);
    assert_eq!(report["fault_count"], 0);
    assert_eq!(inserted(&report, "loans"), 682);
    assert_eq!(inserted(&report, "customers"), 682);
    assert!(inserted(&report, "repayments") > 20_000);
    assert!(inserted(&report, "account_flows") > 3_000);
    let again = take(&mut store, &folder);
    assert!(
        again["tables"].as_array().unwrap().iter().all(|t| t["inserted"] == 0 && t["updated"] == 0)
    );
}

#[test]
fn sba_goes_in_whole() {
    let Some(from) = data("sba/sba_sample_20k.csv.gz") else { return };
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("sba");
    convert_sba::convert(&from, &folder).unwrap();
    let mut store = store(dir.path());
    let report = take(&mut store, &folder);
    assert_eq!(report["fault_count"], 0);
    assert_eq!(inserted(&report, "customers"), 20_000);
    assert_eq!(inserted(&report, "loans"), 20_000);
}
