//! The supervisor's half: what differs first, comments, return, approval; and the way back.

use super::*;
use crate::app::tests::desk::Office;
use crate::domain::visit::VisitState;
use crate::protocol::page::Page;
use crate::protocol::query::Query;

/// A shop's record handed in by its officer.
pub(super) fn handed_in(office: &Office) -> (Desk, VisitId) {
    let mut h = office.desk("zhangwei");
    h.keys("/C000013<enter>v<enter>");
    let visit = h.open_visit();
    fill(&mut h, &visit, &[]);
    for _ in 0..9 {
        let page = h.visit(&visit);
        if judged(&page).proposals.iter().all(|p| page.flags.iter().any(|f| f.signal == p.signal)) {
            break;
        }
        h.keys("f<down><enter>现场已核实<enter>");
    }
    h.keys("s<enter>");
    assert_eq!(h.visit(&visit).state, VisitState::Submitted, "{:?}\n{}", h.refused, h.screen());
    (h, visit)
}

/// Opens a record in the queue.
pub(super) fn open(desk: &mut Desk, visit: &VisitId) {
    let Page::Queue(queue) = desk.query(&Query::Queue) else { panic!() };
    // As the pane has them: what waits for her first.
    let mut rows = queue.rows.clone();
    rows.sort_by_key(|row| row.own || !row.mine);
    let at = rows.iter().position(|row| row.visit == *visit).expect("in the queue");
    desk.keys("5");
    if desk.app.place.focused() != crate::ui::screen::PaneId::Queue {
        desk.keys("<esc>");
    }
    desk.keys(&format!("g{}<enter>", "j".repeat(at)));
}

#[test]
fn returned_with_a_comment_mended_and_approved() {
    let office = Office::open();
    let (mut officer, visit) = handed_in(&office);
    let mut head = office.desk("lifang");
    open(&mut head, &visit);
    head.play(&[("", "立诚文具店")]);
    // Down to an answer of the record, a comment there, then back to the officer.
    let mut commented = false;
    for _ in 0..60 {
        head.keys("jc");
        let on_item = head.screen().contains("意见") || head.screen().contains("批注");
        head.keys("请写明门牌<enter>");
        let page = head.record(&visit);
        if let Some(comment) = page.visit.comments.iter().find(|c| c.item.is_some()) {
            assert!(on_item && comment.text == "请写明门牌");
            commented = true;
            break;
        }
    }
    assert!(commented, "{}", head.screen());
    let item = head.record(&visit).visit.comments.iter().find_map(|c| c.item.clone()).unwrap();
    head.keys("r依据不足<enter>");
    assert_eq!(
        head.record(&visit).visit.state,
        VisitState::Returned,
        "{:?}\n{}",
        head.refused,
        head.screen()
    );

    // The officer hears of it and finds herself at the comment, in the pane that was still open.
    officer.poll();
    officer.play(&[("1i", "记录被退回")]);
    officer.keys("<esc>");
    officer.play(&[("/C000013<enter>v", "检查表 立诚文具店|请写明门牌|依据不足")]);
    let row = judged(&officer.visit(&visit)).row(&item).unwrap().clone();
    officer.keys(&format!("x{}", ordinary(&row)));
    officer.play(&[("s", "提交此检查表"), ("<enter>", "已提交")]);

    head.poll();
    open(&mut head, &visit);
    head.keys("a<enter>");
    assert_eq!(
        head.record(&visit).visit.state,
        VisitState::Approved,
        "{:?}\n{}",
        head.refused,
        head.screen()
    );

    // An approved record is amended as a new version; the old one stays.
    officer.poll();
    officer.play(&[("3<enter>", "已通过")]);
    officer.play(&[("1/C000013<enter>", "立诚文具店")]);
    amend(&mut officer, &visit);
    let amended = officer.visit(&visit);
    assert_eq!((amended.version, amended.state), (2, VisitState::Draft));
    officer.play(&[("", "版本 2")]);
    officer.keys("s<enter>");
    assert_eq!(
        officer.visit(&visit).state,
        VisitState::Submitted,
        "{:?}\n{}",
        officer.refused,
        officer.screen()
    );
    head.poll();
    open(&mut head, &visit);
    head.keys("a<enter>");
    let record = head.record(&visit);
    assert_eq!(record.visit.state, VisitState::Approved);
    assert_eq!(record.versions.len(), 2, "{:?}", record.versions);
}

/// From the history in the dossier to the record, and `m`.
fn amend(officer: &mut Desk, visit: &VisitId) {
    officer.keys("<right><right><right><right><right><right><enter>");
    if officer.screen().contains("打开哪一份记录") {
        officer.keys("<enter>");
    }
    officer.keys("m补充照片说明<enter>");
    assert_eq!(officer.refused, [], "{}", officer.screen());
    assert_eq!(officer.visit(visit).version, 2, "{}", officer.screen());
}

#[test]
fn nobody_approves_her_own() {
    let office = Office::open();
    let (mut officer, visit) = handed_in(&office);
    officer.keys("5");
    for keys in ["<enter>a<enter>", "<esc>"] {
        officer.keys(keys);
    }
    assert_eq!(officer.visit(&visit).state, VisitState::Submitted, "{}", officer.screen());
    // Nor does the store, whatever a screen sends.
    let page = officer.record(&visit);
    let command = crate::protocol::command::Command::Approve {
        visit: visit.clone(),
        seen: page.visit.revision,
        content_hash: page.content_hash.clone().unwrap_or_default(),
        note: String::new(),
    };
    let mut store = office.store();
    let now = crate::app::tests::harness::now();
    let op = crate::domain::ids::OpId::from("own");
    assert!(store.apply(&officer.actor, now, &op, &command).is_err());
}

#[test]
fn a_returned_record_left_open_leads_to_the_comment() {
    let office = Office::open();
    let (mut officer, visit) = handed_in(&office);
    let mut head = office.desk("lifang");
    open(&mut head, &visit);
    head.keys("r请补照片<enter>");
    officer.poll();
    officer.play(&[("", "请补照片")]);
    assert!(officer.visit(&visit).writable);
}
