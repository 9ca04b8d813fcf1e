//! The drop folder and the shelf under attack and after a crash.

use std::os::unix::fs::{PermissionsExt as _, symlink};

use super::*;
use crate::domain::ids::VisitId;
use crate::domain::picture::PictureFault;
use crate::domain::visit::VisitClass;
use crate::media::tests::{jpeg, shot};
use crate::protocol::command::Command;
use crate::protocol::page::{DropsPage, Page};
use crate::protocol::query::{DropsFor, PictureOf, Query};
use crate::protocol::reply::Outcome;
use crate::store::tests::{Branch, actor, day};

pub(in crate::store) fn started(branch: &mut Branch, user: &str, customer: &str) -> VisitId {
    let start = Command::StartVisit {
        customer: customer.into(),
        class: VisitClass::Onsite,
        channel: "实地".to_owned(),
        visited_on: day(0).date_naive(),
        purposes: Vec::new(),
    };
    match branch.run(user, start).unwrap() {
        Outcome::VisitStarted(visit) => visit,
        other => panic!("{other:?}"),
    }
}

/// Puts a file into somebody's drop folder.
pub(in crate::store) fn bring(branch: &Branch, user: &str, name: &str, bytes: &[u8]) -> PathBuf {
    let folder = branch.store.drop_dir().join(user);
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

pub(in crate::store) fn attach(visit: &VisitId, item: &str, name: &str) -> Command {
    Command::Attach {
        visit: visit.clone(),
        item: item.to_owned(),
        source: FileSource::Dropped(name.to_owned()),
        category: None,
    }
}

fn drops(branch: &Branch, user: &str, visit: &VisitId) -> Result<DropsPage, Refusal> {
    let item = "photo_premises".to_owned();
    let query = Query::Drops(DropsFor::Item { visit: visit.clone(), item });
    match branch.store.query(&actor(user), day(0), &query)? {
        Page::Drops(page) => Ok((*page).clone()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn no_path_leads_out_of_the_drop_folder() {
    let mut branch = Branch::new();
    let visit = started(&mut branch, "zhang", "C1");
    let photo = jpeg(16, 16, &[]);
    let mine = bring(&branch, "zhang", "ok.jpg", &photo);
    let other = bring(&branch, "li", "hers.jpg", &photo);
    let folder = mine.parent().unwrap().to_owned();
    symlink(&other, folder.join("link.jpg")).unwrap();
    symlink(folder.join("ok.jpg"), folder.join("inside.jpg")).unwrap();
    symlink("/proc/self/root/etc", folder.join("magic")).unwrap();
    std::fs::create_dir(folder.join("folder.jpg")).unwrap();
    rustix::fs::mknodat(
        rustix::fs::CWD,
        folder.join("pipe.jpg"),
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::from_raw_mode(0o600),
        0,
    )
    .unwrap();
    let socket = std::os::unix::net::UnixListener::bind(folder.join("socket.jpg")).unwrap();
    let long = "x".repeat(300);
    for (name, wanted) in [
        ("../li/hers.jpg", FileFault::NotPlain),
        ("../zhang/ok.jpg", FileFault::NotPlain),
        ("..", FileFault::NotPlain),
        (".", FileFault::NotPlain),
        ("", FileFault::NotPlain),
        ("/etc/passwd", FileFault::NotPlain),
        ("./ok.jpg", FileFault::NotPlain),
        ("ok.jpg\0.png", FileFault::NotPlain),
        ("ok.jpg\u{1b}[2J", FileFault::NotPlain),
        ("link.jpg", FileFault::NotPlain),
        ("inside.jpg", FileFault::NotPlain),
        ("magic/passwd", FileFault::NotPlain),
        ("folder.jpg", FileFault::NotPlain),
        ("pipe.jpg", FileFault::NotPlain),
        ("socket.jpg", FileFault::NotPlain),
        (&long, FileFault::NotPlain),
        ("gone.jpg", FileFault::NotThere),
    ] {
        let why = branch.run("zhang", attach(&visit, "photo", name)).unwrap_err();
        assert_eq!(why, refused(wanted), "{name:?}");
        let query = Query::Picture {
            what: PictureOf::Dropped(name.to_owned()),
            view: crate::domain::picture::View {
                cells: (4, 4),
                dots: (1, 2),
                zoom: 1,
                middle: (500, 500),
            },
        };
        let Page::Picture(page) = branch.store.query(&actor("zhang"), day(0), &query).unwrap()
        else {
            panic!()
        };
        assert_eq!(page.picture, Err(PictureFault::Gone), "{name:?}");
    }
    drop(socket);
    assert_eq!(branch.text("SELECT count(*) FROM attachments"), "0");
    assert!(!branch.store.attach_dir().exists(), "nothing was copied");
    branch.run("zhang", attach(&visit, "photo", "ok.jpg")).unwrap();
    // A drop folder that is itself a link is none.
    std::fs::rename(&folder, folder.with_file_name("moved")).unwrap();
    symlink(folder.with_file_name("moved"), &folder).unwrap();
    let why = branch.run("zhang", attach(&visit, "photo", "ok.jpg")).unwrap_err();
    assert_eq!(why, refused(FileFault::NotThere));
}

#[test]
fn the_list_says_what_is_taken_and_why_others_are_not() {
    let mut branch = Branch::with(std::sync::Arc::new(crate::assets::packs()));
    let visit = started(&mut branch, "zhang", "C1");
    let taken = crate::demo::photos::exif(&shot(Some("2026-11-01T09:00:00"), 1));
    bring(&branch, "zhang", "a.jpg", &jpeg(16, 16, &taken));
    bring(&branch, "zhang", "b.jpg", b"%PDF-1.4 not a photo");
    bring(&branch, "zhang", "c.exe", b"MZ\x90\0");
    bring(&branch, "zhang", "d.jpg", b"");
    bring(&branch, "zhang", ".hidden.jpg", &jpeg(8, 8, &[]));
    // Two gigabytes that take no room.
    let huge = bring(&branch, "zhang", "e.jpg", &jpeg(8, 8, &[]));
    OpenOptions::new().write(true).open(huge).unwrap().set_len(2 << 30).unwrap();
    let page = drops(&branch, "zhang", &visit).unwrap();
    let told: Vec<_> = page.rows.iter().map(|r| (r.name.as_str(), r.looks.clone().err())).collect();
    assert_eq!(
        told,
        [
            ("a.jpg", None),
            ("b.jpg", Some(FileFault::NoPhoto)),
            ("c.exe", Some(FileFault::UnknownKind)),
            ("d.jpg", Some(FileFault::Empty)),
            ("e.jpg", Some(FileFault::TooLarge)),
        ]
    );
    let a = &page.rows[0];
    assert_eq!(a.warnings, [crate::domain::attachment::FileWarning::TakenBefore(22)]);
    for (name, why) in [
        ("b.jpg", FileFault::NoPhoto),
        ("c.exe", FileFault::UnknownKind),
        ("e.jpg", FileFault::TooLarge),
    ] {
        let refusal = branch.run("zhang", attach(&visit, "photo_premises", name)).unwrap_err();
        assert_eq!(refusal, refused(why), "{name}");
    }
    branch.run("zhang", attach(&visit, "photo_premises", "a.jpg")).unwrap();
    assert!(drops(&branch, "zhang", &visit).unwrap().rows[0].registered);
    // A document item takes the PDF; a question that is no document takes nothing.
    branch.run("zhang", attach(&visit, "doc_bank", "b.jpg")).unwrap();
    let why = branch.run("zhang", attach(&visit, "conclusion", "a.jpg")).unwrap_err();
    assert_eq!(why, Refusal::Invalid { field: "item", why: "wrong_kind" });
    // Somebody else's visit is not there for her, nor is her list for one who only reads.
    assert_eq!(drops(&branch, "li", &visit), Err(Refusal::NotFound));
    assert_eq!(drops(&branch, "audit", &visit), Err(Refusal::NotFound));
}

#[test]
fn what_streams_in_is_capped_and_kept_for_the_service_alone() {
    let branch = Branch::new();
    let shelf = Shelf::of(branch.store.conn());
    let taken = shelf.take_in(&mut &b"abc"[..], "a", 3).unwrap();
    assert_eq!(
        (taken.sha256.as_str(), taken.size),
        ("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", 3)
    );
    let path = branch.store.attach_dir().join("ba").join(&taken.sha256);
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
    assert_eq!(mode(&branch.store.attach_dir()), 0o700);
    assert_eq!(shelf.take_in(&mut &b"abcd"[..], "a", 3), Err(refused(FileFault::TooLarge)));
    assert_eq!(shelf.take_in(&mut &b""[..], "a", 3), Err(refused(FileFault::Empty)));
    // An endless stream ends at the limit, and nothing of it stays.
    let why = shelf.take_in(&mut std::io::repeat(7), "a", 1 << 20);
    assert_eq!(why, Err(refused(FileFault::TooLarge)));
    let left: Vec<_> = std::fs::read_dir(branch.store.attach_dir()).unwrap().collect();
    assert_eq!(left.len(), 1);
    for name in ["../ba", "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD", ""] {
        assert!(shelf.open(name).is_err(), "{name}");
        assert!(!shelf.holds(name, 3));
    }
}

#[test]
fn databases_never_share_a_shelf() {
    let at = |path: &str| beside(Path::new(path), "attach").display().to_string();
    assert_eq!(at("/x/huifang.db"), "/x/attach");
    assert_eq!(at("/x/demo.db"), "/x/demo-attach");
}

#[test]
fn a_file_without_a_row_is_tidied_away_and_a_row_without_a_file_is_told() {
    let mut branch = Branch::new();
    let visit = started(&mut branch, "zhang", "C1");
    bring(&branch, "zhang", "a.jpg", &jpeg(16, 16, &[]));
    branch.run("zhang", attach(&visit, "photo", "a.jpg")).unwrap();
    // The program died between file and row, and in the middle of a copy.
    let shelf = Shelf::of(branch.store.conn());
    let orphan = shelf.take_in(&mut &b"orphan"[..], "o", 9).unwrap().sha256;
    std::fs::write(branch.store.attach_dir().join("tmp-1-0"), "half").unwrap();
    std::fs::write(branch.store.attach_dir().join("notes.txt"), "mine").unwrap();
    // The machine's own time is what the files have; the clock of the tests stands elsewhere.
    let written = std::fs::metadata(shelf.place(&orphan).unwrap()).unwrap().modified().unwrap();
    let written = DateTime::<chrono::Utc>::from(written).fixed_offset();
    let conn = branch.store.conn();
    assert_eq!(shelf.tidy(conn, written + chrono::Duration::hours(23)).unwrap(), 0);
    assert_eq!(shelf.tidy(conn, written + chrono::Duration::hours(25)).unwrap(), 2);
    assert!(shelf.open(&orphan).is_err());
    assert!(branch.store.attach_dir().join("notes.txt").exists());
    assert_eq!(branch.store.shelf_state().unwrap(), ShelfState { rows: 1, missing: 0, damaged: 0 });
    let sha = branch.text("SELECT sha256 FROM attachments");
    std::fs::remove_file(shelf.place(&sha).unwrap()).unwrap();
    assert_eq!(branch.store.shelf_state().unwrap(), ShelfState { rows: 1, missing: 1, damaged: 0 });
    let query = Query::Visit { visit };
    let Page::Visit(page) = branch.store.query(&actor("zhang"), day(0), &query).unwrap() else {
        panic!()
    };
    assert!(page.attachments[0].missing);
}
