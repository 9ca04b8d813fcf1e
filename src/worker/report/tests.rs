use std::os::unix::fs::PermissionsExt as _;

use super::*;
use crate::domain::ids::{CustomerId, VisitId};
use crate::protocol::reply::{Outcome, Reply, Request};
use crate::protocol::report::{ReportFormat, ReportLang, ReportSubject};
use crate::store::tests::{Branch, actor, day};
use crate::worker::Worker;

fn order(subject: ReportSubject) -> ReportOrder {
    ReportOrder {
        subject,
        format: ReportFormat::Markdown,
        lang: ReportLang::Chinese,
        unmasked: false,
        reason: String::new(),
    }
}

fn brief() -> ReportOrder {
    order(ReportSubject::Brief(CustomerId::from("C1")))
}

/// Makes a report at the fixed time; `op` tells the writes apart.
fn made(
    branch: &mut Branch,
    op: &str,
    order: &ReportOrder,
    target: Target<'_>,
) -> Result<PathBuf, Fault> {
    let (who, op) = (actor("zhang"), OpId::from(op));
    let asking = Asking { actor: &who, read_at: day(0), noted_at: day(0), op: &op };
    make(&mut branch.store, asking, order, target)
}

/// What the journal says of reports: subject and what was noted.
fn noted(branch: &Branch) -> Vec<(String, String)> {
    let mut rows = Vec::new();
    let keep = |cells: &[Option<String>]| {
        if cells[7].as_deref() == Some("report") {
            rows.push((cells[8].clone().unwrap(), cells[10].clone().unwrap()));
        }
        Ok::<(), crate::store::Error>(())
    };
    branch.store.export_journal(&actor("audit"), keep).unwrap();
    rows
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn a_report_lies_in_a_private_folder_and_the_journal_knows_its_bytes() {
    let mut branch = Branch::new();
    let folder = branch.dir.path().join("exports");
    let path = made(&mut branch, "a", &brief(), Target::Folder(&folder)).unwrap();
    assert_eq!(fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(names(&folder), ["brief-C1-2026-11-23-zh-CN.md"]);
    let bytes = fs::read(&path).unwrap();
    let rows = noted(&branch);
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].0, "C1");
    assert!(rows[0].1.contains(&outgoing::hex(&Sha256::digest(&bytes))), "{}", rows[0].1);
    assert!(rows[0].1.contains("brief-C1-2026-11-23-zh-CN.md"));
    branch.store.verify_journal(&[]).unwrap();
}

#[test]
fn a_second_one_has_a_name_of_its_own_and_the_same_bytes() {
    let mut branch = Branch::new();
    let folder = branch.dir.path().join("exports");
    let first = made(&mut branch, "a", &brief(), Target::Folder(&folder)).unwrap();
    let second = made(&mut branch, "b", &brief(), Target::Folder(&folder)).unwrap();
    assert_ne!(first, second);
    assert_eq!(fs::read(first).unwrap(), fs::read(second).unwrap());
    assert_eq!(noted(&branch).len(), 2);
}

#[test]
fn nothing_is_written_over_unless_told_to() {
    let mut branch = Branch::new();
    let path = branch.dir.path().join("brief.md");
    fs::write(&path, "mine").unwrap();
    let refused = made(&mut branch, "a", &brief(), Target::File { path: &path, force: false });
    assert!(matches!(refused, Err(Fault::Exists(_))));
    assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
    assert!(noted(&branch).is_empty());
    made(&mut branch, "b", &brief(), Target::File { path: &path, force: true }).unwrap();
    assert!(fs::read_to_string(&path).unwrap().starts_with("# "));
    assert!(!names(branch.dir.path()).iter().any(|name| name.contains(".part")));
}

#[test]
fn what_is_refused_leaves_no_file() {
    let mut branch = Branch::new();
    let folder = branch.dir.path().join("exports");
    let clear = ReportOrder { unmasked: true, ..brief() };
    let without_reason = made(&mut branch, "a", &clear, Target::Folder(&folder));
    assert!(matches!(
        without_reason,
        Err(Fault::Refused(Refusal::Invalid { field: "reason", why: "missing" }))
    ));
    let others = order(ReportSubject::Brief(CustomerId::from("C2")));
    let not_hers = made(&mut branch, "b", &others, Target::Folder(&folder));
    assert!(matches!(not_hers, Err(Fault::Refused(Refusal::NotFound))));
    let nowhere = order(ReportSubject::Visit(VisitId::from("V9")));
    let no_visit = made(&mut branch, "c", &nowhere, Target::Folder(&folder));
    assert!(matches!(no_visit, Err(Fault::Refused(Refusal::NotFound))));
    assert!(!folder.exists() && noted(&branch).is_empty());
    let missing = branch.dir.path().join("nowhere/brief.md");
    let no_folder = made(&mut branch, "d", &brief(), Target::File { path: &missing, force: false });
    assert!(matches!(no_folder, Err(Fault::File { why: ErrorKind::NotFound, .. })));
    assert!(noted(&branch).is_empty());
}

#[test]
fn the_reason_for_clear_data_stands_in_the_journal() {
    let mut branch = Branch::new();
    let folder = branch.dir.path().join("exports");
    let clear = ReportOrder { unmasked: true, reason: "审计调阅".to_owned(), ..brief() };
    let path = made(&mut branch, "a", &clear, Target::Folder(&folder)).unwrap();
    assert!(fs::read_to_string(path).unwrap().contains("13800138000"));
    let rows = noted(&branch);
    assert!(rows[0].1.contains("审计调阅") && rows[0].1.contains("\"unmasked\":true"));
    let masked = made(&mut branch, "b", &brief(), Target::Folder(&folder)).unwrap();
    assert!(!fs::read_to_string(masked).unwrap().contains("13800138000"));
}

#[test]
fn an_id_never_leaves_the_folder() {
    let order = order(ReportSubject::Brief(CustomerId::from("../../etc/passwd\n\u{0}号")));
    let day = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
    let stem = stem(&order, day);
    assert!(stem.starts_with("brief-______etc_passwd__号-"), "{stem}");
    assert!(stem.ends_with("-2026-11-23-zh-CN"), "{stem}");
}

#[test]
fn the_screen_asks_and_is_told_the_place() {
    let branch = Branch::new();
    let clock = std::sync::Arc::new(crate::clock::FixedClock::at(day(0)));
    let Branch { dir, store, .. } = branch;
    let mut worker = Worker::new(store, actor("zhang"), clock).without_jobs();
    let op = OpId::from("s-1");
    let command = Command::MakeReport { order: brief(), made: None };
    let replies = worker.handle(Request::Apply { op: op.clone(), command });
    let place = dir.path().canonicalize().unwrap().join("exports/brief-C1-2026-11-23-zh-CN.md");
    let outcome = Outcome::ReportMade { path: place.display().to_string() };
    assert_eq!(replies, [Reply::Done { op, outcome }]);
    assert!(place.is_file());
    let other = dir.path().join("elsewhere");
    let mut worker = worker.exporting_to(Some(other.clone()));
    let command = Command::MakeReport { order: brief(), made: None };
    worker.handle(Request::Apply { op: OpId::from("s-2"), command });
    assert_eq!(names(&other).len(), 1);
}

#[test]
fn the_store_takes_no_report_that_nobody_made() {
    let mut branch = Branch::new();
    let command = Command::MakeReport { order: brief(), made: None };
    let refused = branch.store.apply(&actor("zhang"), day(0), &OpId::from("x"), &command);
    assert_eq!(refused, Err(Refusal::Invalid { field: "file", why: "missing" }));
}
