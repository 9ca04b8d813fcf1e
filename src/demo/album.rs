//! Photos of the demo's records, and some that wait in the drop folder: good ones, one of another
//! day, one without a time, one that was used before.

use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Duration, FixedOffset};

use super::photos::{Scene, Shot, png};
use crate::access::Actor;
use crate::domain::answer::{DocumentState, Value};
use crate::domain::attachment::PhotoCategory;
use crate::domain::flag::FlagState;
use crate::domain::ids::{CustomerId, OpId};
use crate::protocol::command::{Command, ProofCommand};
use crate::protocol::page::{GalleryRow, Page, VisitPage};
use crate::protocol::query::{CustomerFilter, CustomerSort, FlagScope, GalleryOf, Query, Window};
use crate::protocol::reply::Refusal;
use crate::store::Store;

/// The officer whose records have photos.
const DESK: &str = "zhangwei";
/// So many photos a record has at the most: each takes a moment to be made.
const MOST: usize = 3;
/// The record in which a photo of another visit was tried: days ago and place of the story.
const TRIED: &str = "-1-30";

/// Registers photos with an open record, one for each photo that its answers claim.
pub(super) fn register(
    store: &mut Store,
    officer: &Actor,
    at: DateTime<FixedOffset>,
    op: &str,
    page: &VisitPage,
) -> Result<(), Refusal> {
    if officer.user.as_str() != DESK {
        return Ok(());
    }
    let library = std::sync::Arc::clone(&store.packs().library);
    let mut made = 0;
    for (path, recorded) in &page.answers {
        let Some(item) = library.item(path).filter(|item| item.photo && made < MOST) else {
            continue;
        };
        let received = DocumentState::Received;
        if !matches!(&recorded.answer.value, Value::Document { state, .. } if *state == received) {
            continue;
        }
        let seed = number(&format!("{} {path}", page.visit));
        // One in five lay in the phone for weeks, one in seven lost its time on the way.
        let days = if seed.is_multiple_of(5) { 24 } else { 0 };
        let taken = at.naive_local() - Duration::days(days) + Duration::minutes(7);
        let shot = Shot {
            scene: scene(item.category),
            taken_at: Some(taken).filter(|_| !seed.is_multiple_of(7)),
            place: Some((312_000 + u32::try_from(seed % 900).unwrap_or(0), 1_214_300)),
            seed,
        };
        let name = format!("IMG_{}_{made:02}.png", at.format("%Y%m%d"));
        take_in(store, officer, at, (op, path, &name), &png(&shot), page)?;
        made += 1;
    }
    if op.ends_with(TRIED) {
        try_another(store, officer, at, op, page)?;
    }
    Ok(())
}

fn take_in(
    store: &mut Store,
    officer: &Actor,
    at: DateTime<FixedOffset>,
    (op, path, name): (&str, &str, &str),
    bytes: &[u8],
    page: &VisitPage,
) -> Result<(), Refusal> {
    let source = store.take_in(officer, &mut &*bytes, name)?;
    let (visit, item) = (page.visit.clone(), path.to_owned());
    let command = Command::Attach { visit, item, source, category: None };
    let op = OpId(format!("{op}-photo-{path}-{name}"));
    store.apply(officer, at, &op, &command).map(|_| ())
}

/// Tries a photo that another visit has already.
fn try_another(
    store: &mut Store,
    officer: &Actor,
    at: DateTime<FixedOffset>,
    op: &str,
    page: &VisitPage,
) -> Result<(), Refusal> {
    let Some(used) = used(store, officer, at) else { return Ok(()) };
    let item = page.answers.keys().find(|path| path.starts_with("photo_")).cloned();
    let (Some(item), Some(bytes)) = (item, stored(store, &used)) else { return Ok(()) };
    take_in(store, officer, at, (op, &item, "IMG_新拍.png"), &bytes, page)
}

/// A photo of one of the officer's earlier visits.
fn used(store: &Store, officer: &Actor, at: DateTime<FixedOffset>) -> Option<GalleryRow> {
    let query = Query::Customers {
        filter: CustomerFilter::default(),
        sort: CustomerSort::Id,
        window: Window { offset: 0, limit: 30 },
    };
    let Page::Customers(page) = store.query(officer, at, &query).ok()? else { return None };
    let photos = |customer: &CustomerId| {
        let query = Query::Gallery(GalleryOf::Customer(customer.clone()));
        match store.query(officer, at, &query) {
            Ok(Page::Gallery(page)) => page.rows.first().cloned(),
            _ => None,
        }
    };
    page.rows.iter().find_map(|row| photos(&row.customer))
}

fn stored(store: &Store, row: &GalleryRow) -> Option<Vec<u8>> {
    let folder: String = row.sha256().chars().take(2).collect();
    std::fs::read(store.attach_dir().join(folder).join(row.sha256())).ok()
}

/// Two files prove what is being done about the officer's gravest flag.
pub(super) fn prove(store: &mut Store, officer: &Actor, now: DateTime<FixedOffset>) {
    let window = Window { offset: 0, limit: 50 };
    let query = Query::Flags { scope: FlagScope::Live, window };
    let Ok(Page::Flags(page)) = store.query(officer, now, &query) else { return };
    let acting = page.rows.iter().filter(|row| row.state == FlagState::Confirmed);
    let Some(flag) = acting.max_by_key(|row| row.level).map(|row| row.flag.clone()) else { return };
    let shot = Shot {
        scene: Scene::Workshop,
        taken_at: Some(now.naive_local() - Duration::minutes(95)),
        place: Some((312_304, 1_214_737)),
        seed: 71,
    };
    let notice = b"%PDF-1.4\n% notice of payment, invented for the demo\n".to_vec();
    for (name, bytes) in [("现场复工.png", png(&shot)), ("还款回单.pdf", notice)] {
        let Ok(source) = store.take_in(officer, &mut &*bytes, name) else { continue };
        let command = Command::Proof(ProofCommand::Add { flag: flag.clone(), source });
        let op = OpId(format!("demo-proof-{name}"));
        if let Err(why) = store.apply(officer, now, &op, &command) {
            tracing::debug!(?why, "demo proof left out");
        }
    }
}

/// Puts files into the officer's drop folder. Without them the demo is complete all the same.
pub(super) fn wait_to_be_registered(store: &Store, officer: &Actor, now: DateTime<FixedOffset>) {
    let folder = store.drop_dir().join(officer.user.as_str());
    if DirBuilder::new().recursive(true).mode(0o700).create(&folder).is_err() {
        return;
    }
    let shot = |scene, days: i64, seed| Shot {
        scene,
        taken_at: Some(now.naive_local() - Duration::days(days) - Duration::minutes(25)),
        place: Some((312_304, 1_214_737)),
        seed,
    };
    let unknown = Shot { taken_at: None, place: None, ..shot(Scene::Meeting, 0, 41) };
    let files: [(&str, Vec<u8>); 6] = [
        ("门头.png", png(&shot(Scene::Signboard, 0, 11))),
        ("车间.png", png(&shot(Scene::Workshop, 0, 21))),
        ("仓库-上月.png", png(&shot(Scene::Stock, 31, 31))),
        ("面谈.png", png(&unknown)),
        ("流水.csv", "日期,摘要,流入,流出\n2026-10-08,货款,120000.00,0\n".into()),
        ("setup.exe", b"MZ\x90\x00\x03".to_vec()),
    ];
    for (name, bytes) in files {
        put(&folder, name, &bytes);
    }
    if let Some(bytes) = used(store, officer, now).and_then(|row| stored(store, &row)) {
        put(&folder, "上次用过.png", &bytes);
    }
}

fn put(folder: &Path, name: &str, bytes: &[u8]) {
    let path: PathBuf = folder.join(name);
    if let Err(error) = std::fs::write(path, bytes) {
        tracing::debug!(%error, "demo file left out");
    }
}

const fn scene(category: Option<PhotoCategory>) -> Scene {
    match category {
        Some(PhotoCategory::Signboard | PhotoCategory::Premises) => Scene::Signboard,
        Some(PhotoCategory::Stock | PhotoCategory::Collateral) => Scene::Stock,
        Some(PhotoCategory::Production) => Scene::Workshop,
        _ => Scene::Meeting,
    }
}

/// A number for a text, always the same.
fn number(text: &str) -> u64 {
    text.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    })
}
