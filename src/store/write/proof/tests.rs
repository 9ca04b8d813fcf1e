//! Proof of flags: who brings it, what counts, what is refused, what stays.

use std::sync::Arc;

use super::*;
use crate::domain::flag::Level;
use crate::domain::ids::UserId;
use crate::domain::picture::{PictureFault, View};
use crate::media::tests::shot;
use crate::protocol::command::{Command, FileSource, Revision};
use crate::protocol::page::{FirstPlace, FlagHistoryPage, GalleryRow, Page};
use crate::protocol::query::{DropsFor, GalleryOf, PictureOf, Query};
use crate::store::files::tests::{attach, bring, started};
use crate::store::tests::{Branch, actor, day};
use chrono::Days;

fn photo(seed: u64) -> Vec<u8> {
    crate::demo::photos::png(&shot(Some("2026-11-23T09:12:31"), seed))
}

fn raised(branch: &mut Branch, customer: &str, signal: &str, level: Level) -> FlagId {
    let owner = if customer == "C1" { "zhang" } else { "li" };
    let raise = Command::RaiseFlag {
        lowered: None,
        customer: customer.into(),
        visit: None,
        item: None,
        signal: signal.to_owned(),
        level,
        proposed: false,
        owner: Some(UserId::from(owner)),
        measure: "续查".to_owned(),
        due_on: Some(day(0).date_naive() + Days::new(7)),
        note: String::new(),
    };
    match branch.run(owner, raise).unwrap() {
        Outcome::FlagRaised(flag) => flag,
        other => panic!("{other:?}"),
    }
}

fn go(flag: &FlagId, seen: Revision, step: FlagStep, note: &str) -> Command {
    let (flag, note, measure) = (flag.clone(), note.to_owned(), String::new());
    Command::MoveFlag { flag, seen, step, note, measure, left: None }
}

/// Takes a flag up to verification; what its revision is then.
fn verified(branch: &mut Branch, flag: &FlagId) -> Revision {
    let path =
        [FlagStep::Acknowledged, FlagStep::MeasureDecided, FlagStep::Acting, FlagStep::Verify];
    for (seen, step) in (1..).zip(path) {
        branch.run("wang", go(flag, seen, step, "")).unwrap();
    }
    5
}

fn prove(flag: &FlagId, name: &str) -> Command {
    let source = FileSource::Dropped(name.to_owned());
    Command::Proof(ProofCommand::Add { flag: flag.clone(), source })
}

fn remove(flag: &FlagId, sha256: &str) -> Command {
    Command::Proof(ProofCommand::Remove { flag: flag.clone(), sha256: sha256.to_owned() })
}

fn page(branch: &Branch, who: &str, flag: &FlagId) -> Result<Arc<FlagHistoryPage>, Refusal> {
    let query = Query::FlagHistory { flag: flag.clone() };
    match branch.store.query(&actor(who), day(0), &query)? {
        Page::FlagHistory(page) => Ok(page),
        other => panic!("{other:?}"),
    }
}

const NO_FILE: Refusal = Refusal::Invalid { field: "proof", why: "no_file" };

#[test]
fn a_red_flag_is_cleared_with_a_file_and_keeps_it() {
    let mut branch = Branch::new();
    let flag = raised(&mut branch, "C1", "OPS-01", Level::Red);
    let seen = verified(&mut branch, &flag);
    let clear = |seen| go(&flag, seen, FlagStep::Cleared, "已复工，现场所见");
    assert_eq!(branch.run("wang", clear(seen)), Err(NO_FILE));
    bring(&branch, "zhang", "复工.png", &photo(1));
    let told =
        Outcome::Attached { item: String::new(), name: "复工.png".to_owned(), known: false };
    assert_eq!(branch.run("zhang", prove(&flag, "复工.png")).unwrap(), told);
    let rows = branch.text("SELECT max(seq) FROM journal");
    let again = branch.run("zhang", prove(&flag, "复工.png")).unwrap();
    assert!(matches!(again, Outcome::Attached { known: true, .. }), "{again:?}");
    assert_eq!(branch.text("SELECT max(seq) FROM journal"), rows, "nothing new");
    // Who looked before the file was there sees it first.
    let stale = branch.run("wang", clear(seen)).unwrap_err();
    assert!(matches!(stale, Refusal::Conflict { now, .. } if now == seen + 1), "{stale:?}");
    let shown = page(&branch, "wang", &flag).unwrap();
    let [file] = shown.flag.proofs.as_slice() else { panic!("{:?}", shown.flag.proofs) };
    assert_eq!((file.name.as_str(), file.by.as_str()), ("复工.png", "张伟"));
    assert!(file.warnings.is_empty() && !file.missing);
    branch.run("wang", clear(seen + 1)).unwrap();
    let sha256 = branch.text("SELECT sha256 FROM proofs");
    let closing = branch
        .text("SELECT after FROM journal WHERE command = 'move_flag' ORDER BY seq DESC LIMIT 1");
    assert!(closing.contains(&sha256), "{closing}");
    let added = branch.text("SELECT after FROM journal WHERE command = 'add_proof'");
    assert!(added.contains(&sha256) && added.contains("复工.png"), "{added}");
    // An ended flag keeps its proof, and takes none any more.
    let ended = Refusal::WrongState { state: "closed".to_owned() };
    assert_eq!(branch.run("zhang", remove(&flag, &sha256)), Err(ended.clone()));
    bring(&branch, "zhang", "b.png", &photo(2));
    assert_eq!(branch.run("zhang", prove(&flag, "b.png")), Err(ended.clone()));
    assert_eq!(branch.run("zhang", Command::Undo), Err(ended));
    assert_eq!(branch.text("SELECT count(*) FROM proofs"), "1");
    branch.store.check().unwrap();
}

#[test]
fn what_may_be_described_is_the_packs_to_say() {
    let cases = [
        (Level::Yellow, FlagStep::Cleared, Ok(())),
        (Level::Orange, FlagStep::Cleared, Ok(())),
        (Level::Orange, FlagStep::Transferred, Ok(())),
        (Level::Red, FlagStep::Transferred, Ok(())),
        (Level::Red, FlagStep::Cleared, Err(NO_FILE)),
    ];
    for (level, step, expected) in cases {
        let mut branch = Branch::new();
        let flag = raised(&mut branch, "C1", "停工待查", level);
        let seen = verified(&mut branch, &flag);
        let done = branch.run("wang", go(&flag, seen, step, "现场所见照常营业"));
        assert_eq!(done.map(drop), expected, "{level:?} {step:?}");
    }
}

#[test]
fn lowering_a_red_flag_asks_for_the_same_proof() {
    let mut branch = Branch::new();
    let flag = raised(&mut branch, "C1", "OPS-01", Level::Red);
    let lower = |seen| Command::UpdateFlag {
        flag: flag.clone(),
        seen,
        level: Level::Orange,
        owner: UserId::from("zhang"),
        measure: "续查".to_owned(),
        due_on: day(0).date_naive() + Days::new(7),
        note: "经营好转".to_owned(),
    };
    assert_eq!(branch.run("wang", lower(1)), Err(NO_FILE));
    bring(&branch, "zhang", "a.png", &photo(1));
    branch.run("zhang", prove(&flag, "a.png")).unwrap();
    // A file that is not in its place any more proves nothing.
    let sha256 = branch.text("SELECT sha256 FROM proofs");
    let folder: String = sha256.chars().take(2).collect();
    let place = branch.store.attach_dir().join(folder).join(&sha256);
    let bytes = std::fs::read(&place).unwrap();
    std::fs::remove_file(&place).unwrap();
    assert_eq!(branch.run("wang", lower(2)), Err(NO_FILE));
    assert!(page(&branch, "wang", &flag).unwrap().flag.proofs[0].missing);
    std::fs::write(&place, bytes).unwrap();
    branch.run("wang", lower(2)).unwrap();
}

#[test]
fn a_file_proves_one_flag_and_the_attempt_to_use_it_twice_is_kept() {
    let mut branch = Branch::new();
    let first = raised(&mut branch, "C1", "OPS-01", Level::Red);
    let second = raised(&mut branch, "C1", "OPS-09", Level::Orange);
    let foreign = raised(&mut branch, "C2", "停工待查", Level::Orange);
    for who in ["zhang", "li"] {
        bring(&branch, who, "a.png", &photo(1));
    }
    branch.run("zhang", prove(&first, "a.png")).unwrap();
    let outcome = branch.run("zhang", prove(&second, "a.png")).unwrap();
    let Outcome::Reused { first: Some(told), .. } = outcome else { panic!("{outcome:?}") };
    assert!(matches!(told.place, FirstPlace::Flag { flag, .. } if flag == first));
    // Whoever may not know where it was used first learns only that it was.
    let outcome = branch.run("li", prove(&foreign, "a.png")).unwrap();
    assert_eq!(outcome, Outcome::Reused { name: "a.png".to_owned(), first: None });
    assert_eq!(branch.text("SELECT count(*) FROM proofs"), "1");
    let shown = page(&branch, "wang", &second).unwrap();
    let [tried] = shown.flag.reused.as_slice() else { panic!("{:?}", shown.flag.reused) };
    assert_eq!((tried.name.as_str(), tried.by.as_str()), ("a.png", "张伟"));
    assert!(tried.first.is_some() && shown.flag.proofs.is_empty());
    // The flag itself was not changed by a file that it did not get.
    assert_eq!(shown.flag.revision, 1);
}

#[test]
fn what_a_visit_saw_proves_a_flag_of_the_same_customer_and_no_other() {
    let mut branch = Branch::new();
    let visit = started(&mut branch, "zhang", "C1");
    let flag = raised(&mut branch, "C1", "OPS-01", Level::Red);
    let foreign = raised(&mut branch, "C2", "OPS-01", Level::Red);
    for who in ["zhang", "wang"] {
        bring(&branch, who, "a.png", &photo(1));
        bring(&branch, who, "b.png", &photo(2));
    }
    branch.run("zhang", attach(&visit, "photo", "a.png")).unwrap();
    let refused = branch.run("wang", prove(&foreign, "a.png")).unwrap();
    let Outcome::Reused { first: Some(told), .. } = refused else { panic!("{refused:?}") };
    assert!(matches!(told.place, FirstPlace::Visit { visit: of, .. } if of == visit));
    assert!(matches!(
        branch.run("zhang", prove(&flag, "a.png")).unwrap(),
        Outcome::Attached { known: false, .. }
    ));
    // The other way round as well.
    branch.run("wang", prove(&foreign, "b.png")).unwrap();
    let refused = branch.run("zhang", attach(&visit, "photo", "b.png")).unwrap();
    assert_eq!(refused, Outcome::Reused { name: "b.png".to_owned(), first: None });
    assert_eq!(branch.text("SELECT count(*) FROM attachments"), "1");
    assert_eq!(branch.text("SELECT first_flag FROM attachment_refusals"), foreign.as_str());
    // What was seen before a flag was raised does not say what became of it.
    branch.store.conn().execute_batch("UPDATE visits SET visited_on = '2026-11-20'").unwrap();
    let later = raised(&mut branch, "C1", "OPS-09", Level::Red);
    bring(&branch, "zhang", "c.png", &photo(3));
    branch.run("zhang", attach(&visit, "photo", "c.png")).unwrap();
    let refused = branch.run("zhang", prove(&later, "c.png")).unwrap();
    assert!(matches!(refused, Outcome::Reused { first: Some(_), .. }), "{refused:?}");
}

#[test]
fn only_whoever_brought_a_file_takes_it_away_and_both_are_taken_back() {
    let mut branch = Branch::new();
    let flag = raised(&mut branch, "C1", "OPS-01", Level::Red);
    bring(&branch, "zhang", "a.png", &photo(1));
    branch.run("zhang", prove(&flag, "a.png")).unwrap();
    let sha256 = branch.text("SELECT sha256 FROM proofs");
    assert_eq!(branch.run("wang", remove(&flag, &sha256)), Err(Refusal::NotAllowed));
    assert_eq!(branch.run("zhang", remove(&flag, &"0".repeat(64))), Err(Refusal::NotFound));
    branch.run("zhang", remove(&flag, &sha256)).unwrap();
    assert_eq!(branch.text("SELECT count(*) FROM proofs"), "0");
    branch.run("zhang", Command::Undo).unwrap();
    assert_eq!(branch.text("SELECT sha256 FROM proofs"), sha256);
    branch.run("zhang", Command::Undo).unwrap();
    assert_eq!(branch.text("SELECT count(*) FROM proofs"), "0");
    let told =
        branch.text("SELECT group_concat(what, ' ') FROM flag_history WHERE what LIKE 'proof%'");
    assert_eq!(told, "proof_added proof_removed proof_added proof_removed");
}

/// A step back must not lead around the rule: meanwhile the file lies in a visit before the flag.
#[test]
fn a_file_comes_back_only_where_it_still_may_be_proof() {
    let mut branch = Branch::new();
    let visit = started(&mut branch, "zhang", "C1");
    let flag = raised(&mut branch, "C1", "OPS-01", Level::Red);
    bring(&branch, "zhang", "a.png", &photo(1));
    branch.run("zhang", prove(&flag, "a.png")).unwrap();
    let sha256 = branch.text("SELECT sha256 FROM proofs");
    branch.run("zhang", remove(&flag, &sha256)).unwrap();
    let filed = format!(
        "UPDATE visits SET visited_on = '2026-11-20';
         INSERT INTO attachments (sha256, visit_id, version, item, category, media, name, size,
            added_by, added_at, seq)
         VALUES ('{sha256}', '{visit}', 1, 'photo', 'other', 'png', 'a.png', 1, 'zhang',
            '2026-11-23T01:00:00.000Z', 99)"
    );
    branch.store.conn().execute_batch(&filed).unwrap();
    let refused = branch.run("zhang", Command::Undo);
    assert!(matches!(refused, Err(Refusal::Conflict { .. })), "{refused:?}");
    assert_eq!(branch.text("SELECT count(*) FROM proofs"), "0");
}

#[test]
fn who_may_not_see_the_customer_sees_no_file() {
    let mut branch = Branch::new();
    let flag = raised(&mut branch, "C1", "OPS-01", Level::Red);
    bring(&branch, "zhang", "a.png", &photo(1));
    branch.run("zhang", prove(&flag, "a.png")).unwrap();
    let sha256 = branch.text("SELECT sha256 FROM proofs");
    let view = View { cells: (10, 10), dots: (1, 2), zoom: 1, middle: (500, 500) };
    for (who, sees, brings) in [
        ("zhang", true, true),
        ("wang", true, true),
        ("risk", true, true),
        ("audit", true, false),
        ("li", false, false),
        ("far", false, false),
    ] {
        let ask = |query| branch.store.query(&actor(who), day(0), &query);
        let gallery = ask(Query::Gallery(GalleryOf::Flag(flag.clone())));
        assert_eq!(gallery.is_ok(), sees, "{who}");
        let drops = ask(Query::Drops(DropsFor::Flag(flag.clone())));
        assert_eq!(drops.is_ok(), brings, "{who}");
        let picture = Query::Picture { what: PictureOf::Stored(sha256.clone()), view };
        let Page::Picture(picture) = ask(picture).unwrap() else { panic!("{who}") };
        assert_eq!(picture.picture == Err(PictureFault::Gone), !sees, "{who}");
    }
    for who in ["li", "far"] {
        bring(&branch, who, "b.png", &photo(2));
        assert_eq!(branch.run(who, prove(&flag, "b.png")), Err(Refusal::NotFound), "{who}");
    }
    let all = Query::Gallery(GalleryOf::Customer("C1".into()));
    let Page::Gallery(all) = branch.store.query(&actor("wang"), day(0), &all).unwrap() else {
        panic!()
    };
    assert!(matches!(all.rows.as_slice(), [GalleryRow::Flag(row)] if row.flag == flag));
}

#[test]
fn a_photo_of_before_is_told_as_such() {
    let mut branch = Branch::new();
    let flag = raised(&mut branch, "C1", "OPS-01", Level::Red);
    let old = crate::demo::photos::png(&shot(Some("2026-11-20T09:12:31"), 7));
    bring(&branch, "zhang", "old.png", &old);
    branch.run("zhang", prove(&flag, "old.png")).unwrap();
    let shown = page(&branch, "wang", &flag).unwrap();
    let odd = [crate::domain::attachment::FileWarning::TakenBefore(3)];
    assert_eq!(shown.flag.proofs[0].warnings, odd);
    let query = Query::Drops(DropsFor::Flag(flag));
    let Page::Drops(drops) = branch.store.query(&actor("zhang"), day(0), &query).unwrap() else {
        panic!()
    };
    assert!(drops.rows[0].registered && drops.rows[0].warnings == odd);
}
