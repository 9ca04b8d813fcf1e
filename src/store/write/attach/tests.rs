//! Registering files: once, in one visit, by those who may.

use super::*;
use crate::media::tests::{jpeg, shot};
use crate::protocol::page::{FirstPlace, GalleryPage, GalleryRow, Page, VisitPage};
use crate::protocol::query::{GalleryOf, PictureOf, Query};
use crate::store::files::tests::{attach, bring, started};
use crate::store::tests::{Branch, actor, day};
use std::sync::Arc;

fn page(branch: &Branch, user: &str, visit: &VisitId) -> Arc<VisitPage> {
    let query = Query::Visit { visit: visit.clone() };
    match branch.store.query(&actor(user), day(0), &query).unwrap() {
        Page::Visit(page) => page,
        other => panic!("{other:?}"),
    }
}

fn photo(seed: u64) -> Vec<u8> {
    crate::demo::photos::png(&shot(Some("2026-11-23T09:12:31"), seed))
}

fn handed_in(branch: &mut Branch, visit: &VisitId) {
    let submit = Command::Submit {
        visit: visit.clone(),
        seen: 1,
        seen_answers: i64::MAX,
        lateness_reason: Some("出差".to_owned()),
        likeness_reason: None,
    };
    branch.run("zhang", submit).unwrap();
}

#[test]
fn a_file_is_registered_once_and_says_that_it_was_received() {
    let mut branch = Branch::new();
    let visit = started(&mut branch, "zhang", "C1");
    bring(&branch, "zhang", "门头.png", &photo(1));
    let outcome = branch.run("zhang", attach(&visit, "photo", "门头.png")).unwrap();
    let told =
        |known| Outcome::Attached {
            item: "photo".to_owned(), name: "门头.png".to_owned(), known
        };
    assert_eq!(outcome, told(false));
    let before = branch.text("SELECT max(seq) FROM journal");
    assert_eq!(branch.run("zhang", attach(&visit, "photo", "门头.png")).unwrap(), told(true));
    assert_eq!(branch.text("SELECT max(seq) FROM journal"), before, "nothing new");
    let page = page(&branch, "zhang", &visit);
    let [row] = page.attachments.as_slice() else { panic!("{:?}", page.attachments) };
    assert_eq!((row.item.as_str(), row.name.as_str(), row.version), ("photo", "门头.png", 1));
    assert_eq!(row.looks.pixels, Some((320, 240)));
    assert!(row.warnings.is_empty() && !row.missing);
    let recorded = &page.answers["photo"];
    assert!(matches!(
        recorded.answer.value,
        Value::Document { state: DocumentState::Received, .. }
    ));
    // The answer's revision is the number of the journal row, as with any answer.
    assert_eq!(recorded.revision.to_string(), before);
    let after = branch.text("SELECT after FROM journal WHERE command = 'attach'");
    assert!(after.contains(&row.sha256) && after.contains("\"media\":\"png\""), "{after}");
    branch.store.check().unwrap();
}

#[test]
fn a_file_of_another_visit_is_refused_with_its_place_and_the_attempt_is_kept() {
    let mut branch = Branch::new();
    let visit = started(&mut branch, "zhang", "C1");
    bring(&branch, "zhang", "a.png", &photo(1));
    branch.run("zhang", attach(&visit, "photo", "a.png")).unwrap();
    handed_in(&mut branch, &visit);
    let second = started(&mut branch, "zhang", "C1");
    assert_ne!(second, visit);
    // Under another name it is the same photo.
    bring(&branch, "zhang", "new.png", &photo(1));
    let outcome = branch.run("zhang", attach(&second, "photo", "new.png")).unwrap();
    let Outcome::Reused { name, first: Some(first) } = outcome else { panic!("{outcome:?}") };
    assert_eq!((name.as_str(), first.name.as_str()), ("new.png", "鼎盛新能源"));
    let of = |place: &FirstPlace| match place {
        FirstPlace::Visit { visit, .. } => visit.clone(),
        FirstPlace::Flag { .. } => panic!("{place:?}"),
    };
    assert_eq!(of(&first.place), visit);
    // Nothing is registered, nothing answered, and the reviewer is told.
    let now = page(&branch, "zhang", &second);
    assert!(now.attachments.is_empty() && now.answers.is_empty());
    assert_eq!(now.reused.len(), 1);
    assert_eq!(now.reused[0].first.as_ref().map(|f| of(&f.place)), Some(visit));
    // Somebody else learns only that it was used.
    let hers = started(&mut branch, "li", "C2");
    bring(&branch, "li", "b.png", &photo(1));
    let outcome = branch.run("li", attach(&hers, "photo", "b.png")).unwrap();
    assert_eq!(outcome, Outcome::Reused { name: "b.png".to_owned(), first: None });
    assert_eq!(page(&branch, "li", &hers).reused[0].first, None);
    assert!(page(&branch, "wang", &hers).reused[0].first.is_some(), "her supervisor sees both");
}

#[test]
fn the_same_operation_twice_writes_nothing_twice() {
    let mut branch = Branch::new();
    let visit = started(&mut branch, "zhang", "C1");
    bring(&branch, "zhang", "a.png", &photo(1));
    let op = crate::domain::ids::OpId::from("same");
    let command = attach(&visit, "photo", "a.png");
    let first = branch.store.apply(&actor("zhang"), day(0), &op, &command).unwrap();
    let second = branch.store.apply(&actor("zhang"), day(0), &op, &command).unwrap();
    assert_eq!(first, second);
    assert_eq!(branch.text("SELECT count(*) FROM journal WHERE command = 'attach'"), "1");
}

#[test]
fn only_writers_of_an_open_record_register_and_take_away() {
    let mut branch = Branch::new();
    let visit = started(&mut branch, "zhang", "C1");
    for user in ["zhang", "li", "wang", "audit"] {
        bring(&branch, user, "a.png", &photo(1));
    }
    for (user, why) in [
        ("li", Refusal::NotFound),
        ("wang", Refusal::NotAllowed),
        ("audit", Refusal::NotAllowed),
        ("risk", Refusal::NotAllowed),
    ] {
        assert_eq!(branch.run(user, attach(&visit, "photo", "a.png")).unwrap_err(), why, "{user}");
    }
    assert!(!branch.store.attach_dir().exists(), "who may not write gets nothing copied");
    branch.run("zhang", attach(&visit, "photo", "a.png")).unwrap();
    let sha256 = page(&branch, "zhang", &visit).attachments[0].sha256.clone();
    let detach = Command::Detach { visit: visit.clone(), sha256: sha256.clone() };
    assert_eq!(branch.run("li", detach.clone()).unwrap_err(), Refusal::NotFound);
    handed_in(&mut branch, &visit);
    let closed = Refusal::WrongState { state: "submitted".to_owned() };
    assert_eq!(branch.run("zhang", detach).unwrap_err(), closed);
    bring(&branch, "zhang", "b.png", &photo(2));
    assert_eq!(branch.run("zhang", attach(&visit, "photo", "b.png")).unwrap_err(), closed);
    // The picture is seen in scope and nowhere else.
    let view =
        crate::domain::picture::View { cells: (8, 4), dots: (1, 2), zoom: 1, middle: (500, 500) };
    for (user, seen) in [
        ("zhang", true),
        ("wang", true),
        ("audit", true),
        ("li", false),
        ("far", false),
        ("admin", false),
    ] {
        let query = Query::Picture { what: PictureOf::Stored(sha256.clone()), view };
        let found = branch.store.query(&actor(user), day(0), &query);
        let shown = matches!(found, Ok(Page::Picture(page)) if page.picture.is_ok());
        assert_eq!(shown, seen, "{user}");
        let query = Query::Gallery(GalleryOf::Customer("C1".into()));
        assert_eq!(branch.store.query(&actor(user), day(0), &query).is_ok(), seen, "{user}");
    }
}

#[test]
fn registering_and_taking_away_are_taken_back() {
    let mut branch = Branch::new();
    let visit = started(&mut branch, "zhang", "C1");
    for seed in 1..3 {
        bring(&branch, "zhang", &format!("{seed}.png"), &photo(seed));
        branch.run("zhang", attach(&visit, "photo", &format!("{seed}.png"))).unwrap();
    }
    let names = |branch: &Branch| -> Vec<String> {
        page(branch, "zhang", &visit).attachments.iter().map(|a| a.name.clone()).collect()
    };
    let sha256 = page(&branch, "zhang", &visit).attachments[0].sha256.clone();
    branch.run("zhang", Command::Detach { visit: visit.clone(), sha256 }).unwrap();
    assert_eq!(names(&branch), ["2.png"]);
    branch.run("zhang", Command::Undo).unwrap();
    assert_eq!(names(&branch), ["1.png", "2.png"], "in their old order");
    branch.run("zhang", Command::Undo).unwrap();
    assert_eq!(names(&branch), ["1.png"]);
    assert!(!page(&branch, "zhang", &visit).answers.is_empty());
    branch.run("zhang", Command::Undo).unwrap();
    assert!(names(&branch).is_empty());
    assert!(page(&branch, "zhang", &visit).answers.is_empty(), "the answer goes with the file");
    // What was taken back may be used elsewhere.
    let other = branch.run("zhang", Command::Discard { visit: visit.clone(), seen: 1 });
    other.unwrap();
    branch.store.verify_journal(&[]).unwrap();
}

#[test]
fn an_amendment_adds_and_never_takes_from_what_was_approved() {
    let mut branch = Branch::new();
    let visit = started(&mut branch, "zhang", "C1");
    bring(&branch, "zhang", "a.png", &photo(1));
    branch.run("zhang", attach(&visit, "photo", "a.png")).unwrap();
    handed_in(&mut branch, &visit);
    let content_hash = branch.text("SELECT content_hash FROM records");
    let note = String::new();
    branch
        .run("wang", Command::Approve { visit: visit.clone(), seen: 2, content_hash, note })
        .unwrap();
    branch
        .run("zhang", Command::Amend { visit: visit.clone(), reason: "补照片".to_owned() })
        .unwrap();
    bring(&branch, "zhang", "b.png", &photo(2));
    branch.run("zhang", attach(&visit, "photo", "b.png")).unwrap();
    let files = page(&branch, "zhang", &visit).attachments.clone();
    let told: Vec<_> = files.iter().map(|f| (f.name.as_str(), f.version)).collect();
    assert_eq!(told, [("a.png", 1), ("b.png", 2)]);
    let detach =
        |n: usize| Command::Detach { visit: visit.clone(), sha256: files[n].sha256.clone() };
    assert_eq!(branch.run("zhang", detach(0)).unwrap_err(), Refusal::NotFound);
    branch.run("zhang", detach(1)).unwrap();
}

#[test]
fn what_the_reviewer_approves_includes_the_files() {
    let mut hashes = Vec::new();
    for seed in 1..3 {
        let mut branch = Branch::new();
        let visit = started(&mut branch, "zhang", "C1");
        bring(&branch, "zhang", "a.png", &photo(seed));
        branch.run("zhang", attach(&visit, "photo", "a.png")).unwrap();
        handed_in(&mut branch, &visit);
        hashes.push(branch.text("SELECT content_hash FROM records"));
    }
    assert_ne!(hashes[0], hashes[1]);
}

#[test]
fn the_command_line_takes_streams_and_plain_files() {
    let mut branch = Branch::new();
    let visit = started(&mut branch, "zhang", "C1");
    let path = branch.dir.path().join("scan.pdf");
    std::fs::write(&path, b"%PDF-1.7 scan").unwrap();
    let zhang = actor("zhang");
    let source = branch.store.take_in_path(&zhang, &path, "流水.pdf").unwrap();
    let command = Command::Attach {
        visit: visit.clone(),
        item: "doc_bank".to_owned(),
        source,
        category: Some(PhotoCategory::Paper),
    };
    branch.run("zhang", command).unwrap();
    let row = page(&branch, "zhang", &visit).attachments[0].clone();
    assert_eq!((row.name.as_str(), row.category), ("流水.pdf", None), "a PDF is no photo");
    let link = branch.dir.path().join("link.pdf");
    std::os::unix::fs::symlink(&path, &link).unwrap();
    let why = branch.store.take_in_path(&zhang, &link, "x").unwrap_err();
    assert_eq!(why, refused(FileFault::NotPlain));
    let stream = branch.store.take_in(&zhang, &mut &jpeg(8, 8, &[])[..], "stdin").unwrap();
    let FileSource::TakenIn { sha256, .. } = &stream else { panic!("{stream:?}") };
    assert!(Shelf::of(branch.store.conn()).open(sha256).is_ok());
    let denied = branch.store.take_in(&actor("audit"), &mut &b"x"[..], "x").unwrap_err();
    assert_eq!(denied, Refusal::NotAllowed);
    // A hash of nothing that was taken in.
    let nothing = FileSource::TakenIn { sha256: "0".repeat(64), name: "x".to_owned() };
    let command =
        Command::Attach { visit, item: "doc_bank".to_owned(), source: nothing, category: None };
    assert_eq!(branch.run("zhang", command).unwrap_err(), refused(FileFault::NotThere));
}

#[test]
fn a_customers_files_are_listed_latest_visit_first() {
    let mut branch = Branch::new();
    let visit = started(&mut branch, "zhang", "C1");
    bring(&branch, "zhang", "a.png", &photo(1));
    branch.run("zhang", attach(&visit, "photo", "a.png")).unwrap();
    handed_in(&mut branch, &visit);
    let second = started(&mut branch, "zhang", "C1");
    bring(&branch, "zhang", "b.png", &photo(2));
    branch.run("zhang", attach(&second, "photo", "b.png")).unwrap();
    let gallery =
        |of| match branch.store.query(&actor("wang"), day(0), &Query::Gallery(of)).unwrap() {
            Page::Gallery(page) => GalleryPage::clone(&page),
            other => panic!("{other:?}"),
        };
    assert_eq!(gallery(GalleryOf::Customer("C1".into())).rows.len(), 2);
    let one = gallery(GalleryOf::Visit(second));
    let GalleryRow::Visit(row) = &one.rows[0] else { panic!("{one:?}") };
    assert_eq!((one.name.as_str(), row.name.as_str()), ("鼎盛新能源", "b.png"));
}
