//! What talks and notes propose: once, with the words and their place, decided for good.

use super::*;
use crate::domain::attachment::FileWarning;
use crate::domain::heard::HeardKind;
use crate::domain::ids::FlagId;
use crate::domain::review::CallResult;
use crate::domain::todo::{Promiser, TodoKind};
use crate::protocol::command::{Command, TodoCommand};
use crate::protocol::page::{FlagHistoryPage, HeardRow, Page};
use crate::protocol::query::Query;
use crate::protocol::reply::Outcome;
use crate::store::files::tests::{attach, bring, started};
use crate::store::tests::{Branch, actor, day};
use chrono::Days;
use std::sync::Arc;

const TALK: &str = "1\n00:00:02,000 --> 00:00:05,000\n<v 李总>最近资金紧张，上个月就停产了。\n\n\
2\n00:01:05,000 --> 00:01:09,000\n工资没有拖欠。\n\n\
3\n00:02:00,000 --> 00:02:04,000\n老板对此避而不谈。\n";

fn heard_of(branch: &Branch, visit: &VisitId) -> Vec<HeardRow> {
    let query = Query::Visit { visit: visit.clone() };
    match branch.store.query(&actor("zhang"), day(0), &query).unwrap() {
        Page::Visit(page) => page.heard.clone(),
        other => panic!("{other:?}"),
    }
}

fn history(branch: &Branch, flag: &str) -> Arc<FlagHistoryPage> {
    let query = Query::FlagHistory { flag: FlagId::from(flag) };
    match branch.store.query(&actor("zhang"), day(0), &query).unwrap() {
        Page::FlagHistory(page) => page,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_transcript_is_read_once_and_says_where() {
    let mut branch = Branch::new();
    let visit = started(&mut branch, "zhang", "C1");
    bring(&branch, "zhang", "面谈.srt", TALK.as_bytes());
    branch.run("zhang", attach(&visit, "papers", "面谈.srt")).unwrap();
    let rows = heard_of(&branch, &visit);
    let signals: Vec<(&str, &str)> = rows
        .iter()
        .filter(|row| row.kind == HeardKind::Signal)
        .map(|row| (row.code.as_str(), row.mark.as_str()))
        .collect();
    assert_eq!(signals, [("OPS-01", "00:00:02")], "{rows:?}");
    let stop = rows.iter().find(|row| row.code == "OPS-01").unwrap();
    assert_eq!((stop.file.as_str(), stop.item.as_str()), ("面谈.srt", "papers"));
    assert!(stop.words.contains("[停产]"), "{}", stop.words);
    assert!(rows.iter().any(|row| row.kind == HeardKind::Tag), "{rows:?}");
    assert!(rows.iter().any(|row| row.kind == HeardKind::Attitude), "{rows:?}");
    // Nothing is proposed by itself: the officer decides in her record.
    assert_eq!(branch.text("SELECT count(*) FROM flags"), "0");
    // Taken away it says nothing; back again it is not read a second time.
    let sha256 = branch.text("SELECT sha256 FROM heard_texts");
    branch.run("zhang", Command::Detach { visit: visit.clone(), sha256 }).unwrap();
    assert_eq!(heard_of(&branch, &visit), []);
    branch.store.conn().execute_batch("UPDATE heard_texts SET read_at = 'before'").unwrap();
    branch.run("zhang", attach(&visit, "papers", "面谈.srt")).unwrap();
    assert_eq!(heard_of(&branch, &visit), rows);
    assert_eq!(branch.text("SELECT read_at FROM heard_texts"), "before");
}

#[test]
fn what_is_said_at_the_end_of_a_long_talk_is_kept() {
    let mut branch = Branch::new();
    let visit = started(&mut branch, "zhang", "C1");
    let talk = format!("{}企业已经停产，账户被法院冻结。\n", "老板很配合。\n".repeat(210));
    bring(&branch, "zhang", "talk.txt", talk.as_bytes());
    branch.run("zhang", attach(&visit, "papers", "talk.txt")).unwrap();
    let rows = heard_of(&branch, &visit);
    for code in ["OPS-01", "ACC-10"] {
        assert!(rows.iter().any(|row| row.code == code && row.mark == "211"), "{code} {rows:?}");
    }
    let attitudes = rows.iter().filter(|row| row.kind == HeardKind::Attitude).count();
    assert_eq!(attitudes, EACH);
}

#[test]
fn what_is_no_transcript_is_not_read() {
    let mut branch = Branch::new();
    let visit = started(&mut branch, "zhang", "C1");
    let long = "停产。".repeat(300_000);
    let cases: [(&str, Vec<u8>); 3] = [
        ("流水.csv", "日期,摘要\n2026-10-08,企业已停产\n".into()),
        ("长.txt", long.into()),
        ("静.txt", "今天下雨".into()),
    ];
    for (name, bytes) in cases {
        bring(&branch, "zhang", name, &bytes);
        branch.run("zhang", attach(&visit, "papers", name)).unwrap();
    }
    assert_eq!(heard_of(&branch, &visit), []);
    // A text in which nothing was found was read all the same; of one too long it is told.
    let read = "SELECT count(*) || coalesce(group_concat(fault), '') FROM heard_texts";
    assert_eq!(branch.text(read), "2too_long");
    // GB18030, as old phones write it; the mark is the line.
    let (bytes, _, _) = encoding_rs::GB18030.encode("第一行\n老板联系不上");
    bring(&branch, "zhang", "笔录.TXT", &bytes);
    branch.run("zhang", attach(&visit, "papers", "笔录.TXT")).unwrap();
    let rows = heard_of(&branch, &visit);
    assert_eq!((rows[0].code.as_str(), rows[0].mark.as_str()), ("MGT-04", "2"));
}

#[test]
fn a_transcript_that_cannot_be_read_says_so_where_it_is_shown() {
    let mut branch = Branch::new();
    let visit = started(&mut branch, "zhang", "C1");
    let cases = [
        ("坏.srt", "1\nnotatime\n停产了\n", FileWarning::Unread(2, TalkFault::NoTime)),
        ("坏.vtt", "hello, 停产了", FileWarning::Unread(1, TalkFault::NoHeader)),
        ("空.txt", " \n", FileWarning::Unread(1, TalkFault::Empty)),
    ];
    for (name, text, warning) in cases {
        bring(&branch, "zhang", name, text.as_bytes());
        branch.run("zhang", attach(&visit, "papers", name)).unwrap();
        let query = Query::Visit { visit: visit.clone() };
        let page = match branch.store.query(&actor("zhang"), day(0), &query).unwrap() {
            Page::Visit(page) => page,
            other => panic!("{other:?}"),
        };
        let file = page.attachments.iter().find(|file| file.name == name).unwrap();
        assert_eq!(file.warnings, [warning], "{name}");
    }
    assert_eq!(heard_of(&branch, &visit), []);
}

#[test]
fn hearsay_of_a_talk_is_marked_and_hearsay_of_a_note_proposes_nothing() {
    let mut branch = Branch::new();
    let visit = started(&mut branch, "zhang", "C1");
    let talk = "1\n00:00:02,000 --> 00:00:05,000\n听说厂里停产了\n";
    bring(&branch, "zhang", "面谈.srt", talk.as_bytes());
    branch.run("zhang", attach(&visit, "papers", "面谈.srt")).unwrap();
    let rows = heard_of(&branch, &visit);
    assert_eq!(
        rows.iter().map(|r| (r.code.as_str(), r.hearsay)).collect::<Vec<_>>(),
        [("OPS-01", true)]
    );
    todo_ended(&mut branch, 1, "据说他已被列为被执行人，订单下降5%");
    assert_eq!(branch.text("SELECT count(*) FROM flags"), "0");
}

fn todo_ended(branch: &mut Branch, n: u32, note: &str) {
    let add = TodoCommand::Add {
        customer: "C1".into(),
        visit: None,
        item: None,
        kind: TodoKind::Agreed,
        text: format!("走访 {n}"),
        owner: "zhang".into(),
        promised_by: Promiser::Bank,
        due_on: day(0).date_naive() + Days::new(3),
    };
    branch.run("zhang", Command::Todo(add)).unwrap();
    let todo = branch.text("SELECT todo_id FROM todos WHERE state = 'open'");
    let end =
        TodoCommand::End { todo: todo.as_str().into(), seen: 1, done: true, note: note.to_owned() };
    branch.run("zhang", Command::Todo(end)).unwrap();
}

#[test]
fn a_note_proposes_with_its_place_and_a_rejected_one_stays_rejected() {
    let mut branch = Branch::new();
    todo_ended(&mut branch, 1, "没有拖欠工资，经营正常");
    assert_eq!(branch.text("SELECT count(*) FROM flags"), "0");
    todo_ended(&mut branch, 2, "到场所见：企业已停产，又听说停产已久");
    assert_eq!(branch.text("SELECT group_concat(signal || state) FROM flags"), "OPS-01proposed");
    let flag = branch.text("SELECT flag_id FROM flags");
    let page = history(&branch, &flag);
    let [input] = page.inputs.as_slice() else { panic!("{:?}", page.inputs) };
    let Value::Text(told) = &input.value else { panic!("{input:?}") };
    assert_eq!(input.fact, "heard.todo");
    assert!(told.starts_with("T-C1-") && told.contains("[停产]"), "{told}");
    assert_eq!(page.rule.as_deref(), Some(notes::shared().unwrap().id()));
    // Once open it is not proposed again; rejected, not from the same text, but from another.
    todo_ended(&mut branch, 3, "到场所见：企业已停产，又听说停产已久");
    assert_eq!(branch.text("SELECT count(*) FROM flags"), "1");
    let reject = Command::DecideFlag {
        flag: FlagId::from(flag.as_str()),
        seen: 1,
        confirm: false,
        owner: None,
        measure: String::new(),
        due_on: None,
        reason: "例行检修".to_owned(),
    };
    branch.run("zhang", reject).unwrap();
    todo_ended(&mut branch, 4, "到场所见：企业已停产，又听说停产已久");
    assert_eq!(branch.text("SELECT count(*) FROM flags"), "1");
    todo_ended(&mut branch, 5, "再次到场，仍停产");
    assert_eq!(branch.text("SELECT count(*) FROM flags"), "2");
    assert_eq!(branch.text("SELECT count(*) FROM journal WHERE command = 'propose_flag'"), "2");
    branch.store.verify_journal(&[]).unwrap();
}

/// A record of C1 that was handed in and approved.
fn approved(branch: &mut Branch) -> VisitId {
    let visit = started(branch, "zhang", "C1");
    let submit = Command::Submit {
        visit: visit.clone(),
        seen: 1,
        seen_answers: i64::MAX,
        lateness_reason: Some("出差".to_owned()),
        likeness_reason: None,
    };
    branch.run("zhang", submit).unwrap();
    let hash = branch.text("SELECT content_hash FROM records");
    let approve =
        Command::Approve { visit: visit.clone(), seen: 2, content_hash: hash, note: String::new() };
    branch.run("wang", approve).unwrap();
    visit
}

#[test]
fn what_a_customer_says_when_called_back_is_heard() {
    let mut branch = Branch::new();
    let visit = approved(&mut branch);
    let call = Command::CallBack {
        visit: visit.clone(),
        result: CallResult::Confirmed,
        contact: "财务".to_owned(),
        text: "来过；顺带说已拖欠工资三个月".to_owned(),
    };
    assert_eq!(branch.run("wang", call).unwrap(), Outcome::Plain);
    assert_eq!(branch.text("SELECT signal || state FROM flags"), "MGT-11proposed");
    let flag = branch.text("SELECT flag_id FROM flags");
    let page = history(&branch, &flag);
    assert_eq!(page.inputs[0].fact, "heard.call_back");
    let Value::Text(told) = &page.inputs[0].value else { panic!() };
    assert!(told.starts_with(visit.as_str()) && told.contains("[拖欠工资]"), "{told}");
}

#[test]
fn a_branch_that_does_not_look_for_a_signal_hears_none() {
    let mut branch = Branch::new();
    let differs = branch.store.packs().review.differs_signal.clone();
    let off = |code: &str| format!("[[signal]]\ncode = \"{code}\"\non = false\n");
    let own = branch.store.path().with_file_name("signals.toml");
    std::fs::write(&own, [off(&differs), off("MGT-11")].concat()).unwrap();
    let visit = approved(&mut branch);
    let call = |text: &str| Command::CallBack {
        visit: visit.clone(),
        result: CallResult::Differs,
        contact: "财务".to_owned(),
        text: text.to_owned(),
    };
    branch.run("wang", call("没有来过；已拖欠工资三个月")).unwrap();
    assert_eq!(branch.text("SELECT count(*) FROM flags"), "0");
    // Its own level counts for what words name, too.
    let own_level = format!("[[signal]]\ncode = \"{differs}\"\nlevel = \"yellow\"\n");
    std::fs::write(&own, own_level).unwrap();
    branch.run("wang", call("没有来过")).unwrap();
    assert_eq!(branch.text("SELECT signal || level FROM flags"), format!("{differs}yellow"));
}
