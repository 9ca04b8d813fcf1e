//! What was typed and is not on disk: what is promised of it, and what comes back.

use super::*;
use crate::app::tests::desk::Office;

/// A record with a question of free text, and the keys to it.
fn at_a_text(office: &Office) -> (Desk, VisitId, String, String) {
    let mut officer = office.desk("zhangwei");
    officer.keys("/C000013<enter>v<enter>");
    let visit = officer.open_visit();
    let state = judged(&officer.visit(&visit));
    let is_text = |row: &&Row| matches!(row.item.kind, Kind::Text) && !row.item.clock;
    let row = state.rows.iter().find(is_text).unwrap_or_else(|| panic!("no text"));
    let path = row.path.to_string();
    let keys = to_row(index(&mut officer, &visit, &path));
    (officer, visit, path, keys)
}

/// Answers that the disk did not take are lost with the screen, and nobody promises otherwise; when
/// there is room again they are written by themselves.
#[test]
fn leaving_with_a_full_disk_tells_what_is_lost() {
    let office = Office::open();
    let (mut officer, visit, path, row) = at_a_text(&office);
    officer.disk_full = true;
    officer.keys(&format!("{row}<enter>只在屏幕上<enter>"));
    officer.play(&[("<f3>", "1 项答案未能写入磁盘"), ("", "!都会保留"), ("<esc>", "检查表")]);
    officer.disk_full = false;
    officer.keys(&format!("{row}<enter><ctrl-u>写得进去了<enter>"));
    officer.play(&[("<f3>", "都会保留")]);
    let kept = &officer.visit(&visit).answers[&path].answer.value;
    assert!(format!("{kept:?}").contains("写得进去了"), "{kept:?}");
}

/// A text that came back after a crash is a text like any other: emptied, it clears the answer.
#[test]
fn a_text_that_came_back_can_be_cleared() {
    let office = Office::open();
    let (mut officer, visit, path, row) = at_a_text(&office);
    officer.keys(&format!("{row}<enter>先前的答案<enter>"));
    assert!(officer.visit(&visit).answers.contains_key(&path));
    officer.keys(&format!("{row}<enter><ctrl-u>没写完"));
    office.wait(3_000);
    officer.poll();
    officer.kill();
    let mut officer = office.desk("zhangwei");
    officer.play(&[("3", "没写完")]);
    officer.keys("<ctrl-u><enter>");
    assert!(!officer.visit(&visit).answers.contains_key(&path), "{}", officer.screen());
}
