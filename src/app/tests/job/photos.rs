//! Documents and photos by keys: from the drop folder to the record, looked at, refused, taken away.

use super::*;
use crate::app::tests::desk::Office;
use crate::domain::answer::{DocumentState, Value};
use crate::i18n::Lang;
use crate::protocol::command::Command;

/// A visit on site with photos to take.
fn visit(desk: &mut Desk) -> VisitId {
    desk.keys("/C000113<enter>v<enter>");
    desk.open_visit()
}

/// The first photo that the form asks for.
fn photo(desk: &mut Desk, visit: &VisitId) -> String {
    let state = judged(&desk.visit(visit));
    let row = state.rows.iter().find(|row| row.item.photo);
    row.unwrap_or_else(|| panic!("{:?}", paths(&state))).path.to_string()
}

fn names(desk: &mut Desk, visit: &VisitId) -> Vec<String> {
    desk.visit(visit).attachments.iter().map(|file| file.name.clone()).collect()
}

#[test]
fn from_the_drop_folder_into_the_record() {
    let office = Office::open();
    let mut h = office.desk("zhangwei");
    let v = visit(&mut h);
    let path = photo(&mut h, &v);
    at(&mut h, &v, &path, "");
    // What is no photo is told and not taken.
    h.play(&[
        ("r", "登记文件|setup.exe|无法识别的类型|不是照片|拍摄于回访前"),
        // It begins behind the one that can't be registered.
        ("<space>", "已选 1 个"),
        ("g<space>", "此文件不能登记"),
        ("<esc>", "!登记文件"),
    ]);
    let list = || -> Vec<&str> {
        vec![
            "setup.exe",
            "上次用过.png",
            "仓库-上月.png",
            "流水.csv",
            "车间.png",
            "门头.png",
            "面谈.png",
        ]
    };
    let row = |name: &str| list().iter().position(|n| *n == name).unwrap();
    // Two are marked and registered at once.
    let keys = format!("rg{}<space>", "j".repeat(row("车间.png")));
    h.play(&[(keys.as_str(), "已选 1 个"), ("<space>", "已选 2 个"), ("<enter>", "已登记：")]);
    assert_eq!(h.refused, []);
    assert_eq!(names(&mut h, &v), ["车间.png", "门头.png"]);
    let Some(Value::Document { state, .. }) = answer(&mut h, &v, &path).map(|a| a.value) else {
        panic!()
    };
    assert_eq!(state, DocumentState::Received);
    h.play(&[("", "2 个文件")]);
    // They are marked as registered, and a second time changes nothing.
    let written = h.written.len();
    h.play(&[
        ("r", "已登记"),
        (&format!("g{}<enter>", "j".repeat(row("门头.png"))), "本次回访已登记过"),
    ]);
    assert_eq!(h.written.len(), written + 1);
    assert_eq!(names(&mut h, &v).len(), 2);
    // One that was used before is refused with the place of its first use.
    let keys = format!("rg{}<enter>", "j".repeat(row("上次用过.png")));
    h.play(&[
        (keys.as_str(), "此文件已用于别处|已用于|不予登记"),
        ("<enter>", "!此文件已用于别处"),
    ]);
    assert_eq!(names(&mut h, &v).len(), 2);
    assert_eq!(h.visit(&v).reused.len(), 1);
    // Undo takes the last registration back.
    h.play(&[("u", "")]);
    assert_eq!(names(&mut h, &v), ["车间.png"]);
}

#[test]
fn photos_are_looked_at_and_taken_away() {
    let office = Office::open();
    let mut h = office.desk_of("zhangwei", 80, 24, Lang::Zh);
    let v = visit(&mut h);
    let path = photo(&mut h, &v);
    at(&mut h, &v, &path, "");
    // Where there is none, that is said and the form stays in view.
    h.play(&[("o", "没有已登记的文件|检查表")]);
    // Looking before registering.
    h.play(&[("rGkko", "车间.png|▀"), ("<esc>", "登记文件"), ("<space><space><enter>", "已登记")]);
    assert_eq!(names(&mut h, &v).len(), 2);
    h.play(&[
        ("o", "资料与照片|1/2|车间.png|▀|拍摄时间"),
        ("n", "2/2|门头.png"),
        ("n", "2/2"),
        ("+", "2x"),
        ("+l", "4x"),
        ("--", "!2x"),
        ("p", "1/2|车间.png"),
        ("x", "1/1|门头.png|已移除"),
        ("<esc>", "!1/1"),
    ]);
    assert_eq!(names(&mut h, &v), ["门头.png"]);
    h.play(&[("u", "已撤销")]);
    assert_eq!(names(&mut h, &v).len(), 2);
    assert!(h.written.iter().any(|c| matches!(c, Command::Detach { .. })));
    assert_eq!(h.refused, []);
}

#[test]
fn a_photo_without_a_file_is_a_soft_gap_and_says_what_helps() {
    let office = Office::open();
    let mut h = office.desk("zhangwei");
    let v = visit(&mut h);
    let path = photo(&mut h, &v);
    at(&mut h, &v, &path, "1");
    at(&mut h, &v, &path, "");
    h.play(&[("", "未登记照片文件")]);
    // It can't be photographed: with the reason it is no gap any more.
    at(&mut h, &v, &path, "3");
    h.play(&[("", "无法拍摄"), ("厂区禁止拍照<enter>", "无法拍摄 厂区禁止拍照")]);
    at(&mut h, &v, &path, "");
    h.play(&[("", "!未登记照片文件")]);
}

#[test]
fn the_period_of_a_document_is_shown_as_dates() {
    let office = Office::open();
    let mut h = office.desk_of("zhangwei", 80, 24, Lang::En);
    let v = visit(&mut h);
    at(&mut h, &v, "doc_bank", "");
    h.play(&[("", "period 2026-08-01 to 2026-10-31")]);
}

#[test]
fn reviewer_and_dossier_see_the_photos() {
    let office = Office::open();
    let mut h = office.desk("zhangwei");
    let v = visit(&mut h);
    let path = photo(&mut h, &v);
    at(&mut h, &v, &path, "rGk<enter>");
    assert_eq!(names(&mut h, &v), ["门头.png"]);
    // From the dossier of the customer.
    let mut other = office.desk("zhangwei");
    other.play(&[("/C000113<enter>o", "资料与照片|1/1|门头.png"), ("<esc>", "")]);
}

#[test]
fn picker_and_viewer_are_whole_at_every_size_in_both_languages() {
    for (columns, rows) in [(60, 16), (80, 24), (120, 36), (200, 60)] {
        for lang in [Lang::Zh, Lang::En] {
            let office = Office::open();
            let mut h = office.desk_of("zhangwei", columns, rows, lang);
            let v = visit(&mut h);
            let path = photo(&mut h, &v);
            at(&mut h, &v, &path, "rGk");
            h.assert_whole();
            h.keys("o");
            h.assert_whole();
            assert!(h.screen().contains('▀'), "{}", h.screen());
            h.keys("++l<esc><esc>");
            h.assert_whole();
        }
    }
}

#[test]
fn the_reviewer_looks_at_the_photos_of_a_record() {
    use crate::protocol::page::Page;
    use crate::protocol::query::Query;
    let office = Office::open();
    let mut h = office.desk(crate::demo::staff::login(crate::domain::user::Role::Supervisor));
    let Page::Queue(queue) = h.query(&Query::Queue) else { panic!() };
    let with_photos = queue.rows.iter().position(|row| {
        let page = h.record(&row.visit);
        !page.visit.attachments.is_empty()
    });
    let index = with_photos.expect("a record of the demo that waits has photos");
    h.keys(&format!("5g{}<enter>o", "j".repeat(index)));
    h.play(&[
        ("", "资料与照片|1/|▀|拍摄时间"),
        ("x", "请在未提交的检查表中移除文件|1/"),
        ("<esc>", ""),
    ]);
    assert!(!h.written.iter().any(|c| matches!(c, Command::Detach { .. })));
}

#[test]
fn a_talk_is_heard_where_it_is_registered() {
    let office = Office::open();
    let mut h = office.desk_of("zhangwei", 200, 60, Lang::Zh);
    let v = visit(&mut h);
    let talk = "1\n00:01:05,000 --> 00:01:09,000\n上个月就停产了，最近资金紧张\n";
    let folder = office.store().drop_dir().join("zhangwei");
    std::fs::write(folder.join("面谈.srt"), talk).unwrap();
    let state = judged(&h.visit(&v));
    let paper = |row: &&crate::form::Row| {
        matches!(row.item.kind, crate::form::Kind::Document) && !row.item.photo
    };
    let path = state.rows.iter().find(paper).unwrap().path.to_string();
    at(&mut h, &v, &path, "");
    h.play(&[("rG<enter>", "已登记：面谈.srt")]);
    let heard = h.visit(&v).heard.clone();
    assert!(heard.iter().any(|row| row.code == "OPS-01" && row.mark == "00:01:05"), "{heard:?}");
    // Away from the papers the suggestions stand first.
    at(&mut h, &v, "sales_3m", "");
    h.play(&[("", "OPS-01|面谈.srt 00:01:05：上个月就[停产]|文字与谈话线索|标签 资金紧张")]);
    assert_eq!(h.refused, []);
}
