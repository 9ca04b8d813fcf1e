//! Review in rounds and levels, by several people.

use super::*;
use crate::domain::answer::{Answer, Value};
use crate::domain::conduct::Stand;
use crate::domain::ids::CustomerId;
use crate::domain::review::{CallResult, OpinionLevel};
use crate::domain::visit::VisitClass;
use crate::protocol::command::{Command, Conduct};
use crate::protocol::page::{Page, RecordPage, ReviewPart};
use crate::protocol::query::Query;
use crate::store::tests::{Branch, actor, day};
use std::sync::Arc;

mod calls;
mod opinions;
mod remarks;

fn said(text: &str) -> Answer {
    let value = Value::Text(text.to_owned());
    Answer { value, evidence: None, note: String::new(), unchanged: false }
}

fn answer(branch: &mut Branch, visit: &VisitId, item: &str, text: Option<&str>) {
    let seen = record_of(branch, "zhang", visit).visit.answers.get(item).map_or(0, |a| a.revision);
    let command = Command::Answer {
        visit: visit.clone(),
        item: item.to_owned(),
        answer: text.map(said),
        seen,
    };
    branch.run("zhang", command).unwrap();
}

fn record_of(branch: &Branch, user: &str, visit: &VisitId) -> Arc<RecordPage> {
    let query = Query::Record { visit: visit.clone() };
    match branch.store.query(&actor(user), day(0), &query).unwrap() {
        Page::Record(page) => page,
        other => panic!("{other:?}"),
    }
}

/// Where a red flag asks for two persons, li signs beside the lead.
fn countersign(branch: &mut Branch, visit: &VisitId) {
    let second = record_of(branch, "zhang", visit).visit.second.clone();
    if !second.is_owed() {
        return;
    }
    if second.asked.is_none() {
        let user = Some("li".into());
        let ask = Conduct::AskSecond { visit: visit.clone(), user, seen: 0 };
        branch.run("zhang", Command::Conduct(ask)).unwrap();
    }
    let asked = record_of(branch, "zhang", visit).visit.second.asked.clone().unwrap();
    let sign = Conduct::SignSecond {
        visit: visit.clone(),
        stand: Stand::Agree,
        opinion: "一致".to_owned(),
        content_hash: asked.content_hash,
        seen: asked.revision,
    };
    branch.run("li", Command::Conduct(sign)).unwrap();
}

fn submit(branch: &mut Branch, visit: &VisitId) {
    countersign(branch, visit);
    let seen = record_of(branch, "zhang", visit).visit.revision;
    let command = Command::Submit {
        visit: visit.clone(),
        seen,
        seen_answers: i64::MAX,
        lateness_reason: Some("出差".to_owned()),
        likeness_reason: Some("同户".to_owned()),
    };
    branch.run("zhang", command).unwrap();
}

/// A record of zhang's, handed in.
fn submitted(branch: &mut Branch) -> VisitId {
    let start = Command::StartVisit {
        customer: CustomerId::from("C1"),
        class: VisitClass::Onsite,
        channel: "实地".to_owned(),
        visited_on: day(0).date_naive(),
        purposes: Vec::new(),
    };
    let Outcome::VisitStarted(visit) = branch.run("zhang", start).unwrap() else { panic!() };
    answer(branch, &visit, "turnover", Some("一般"));
    answer(branch, &visit, "staff", Some("十人"));
    submit(branch, &visit);
    visit
}

/// A red flag at the customer: a second supervisor has to agree.
fn red(branch: &Branch) {
    branch
        .store
        .conn()
        .execute_batch(
            "INSERT INTO flags (flag_id, customer_id, signal, level, state, raised_on)
             VALUES ('F1', 'C1', 'OPS-01', 'red', 'confirmed', '2026-11-01')",
        )
        .unwrap();
}

fn approve(branch: &mut Branch, user: &str, visit: &VisitId) -> Result<Outcome, Refusal> {
    let page = record_of(branch, user, visit);
    let command = Command::Approve {
        visit: visit.clone(),
        seen: page.visit.revision,
        content_hash: page.content_hash.clone().unwrap_or_default(),
        note: "同意".to_owned(),
    };
    branch.run(user, command)
}

fn opine(
    branch: &mut Branch,
    user: &str,
    visit: &VisitId,
    level: OpinionLevel,
    verdict: Verdict,
    text: &str,
) -> Result<Outcome, Refusal> {
    let page = record_of(branch, user, visit);
    let there = page.opinions.iter().find(|o| o.current && o.level == Some(level));
    let command = Command::GiveOpinion {
        visit: visit.clone(),
        seen: there.map_or(0, |said| said.revision),
        content_hash: page.content_hash.clone().unwrap_or_default(),
        level,
        verdict,
        text: text.to_owned(),
    };
    branch.run(user, command)
}

fn give_back(branch: &mut Branch, user: &str, visit: &VisitId, why: &str) -> Result<(), Refusal> {
    let seen = record_of(branch, user, visit).visit.revision;
    let reason = why.to_owned();
    branch.run(user, Command::Return { visit: visit.clone(), seen, reason }).map(|_| ())
}

fn comment(branch: &mut Branch, visit: &VisitId, item: &str, text: &str) -> String {
    let (item, text) = (Some(item.to_owned()), text.to_owned());
    branch.run("wang", Command::Comment { visit: visit.clone(), item, text }).unwrap();
    branch.text(
        "SELECT comment_id FROM comments ORDER BY length(comment_id) DESC, comment_id DESC LIMIT 1",
    )
}

const WAITS: Outcome = Outcome::Reviewed { approved: false };
const APPROVED: Outcome = Outcome::Reviewed { approved: true };

#[test]
fn what_was_mended_since_the_last_return_is_told() {
    let mut branch = Branch::new();
    let visit = submitted(&mut branch);
    let first = comment(&mut branch, &visit, "turnover", "看流水");
    comment(&mut branch, &visit, "staff", "数一数");
    give_back(&mut branch, "wang", &visit, "").unwrap();
    assert!(record_of(&branch, "wang", &visit).mended.is_empty());
    answer(&mut branch, &visit, "turnover", Some("月入五万"));
    answer(&mut branch, &visit, "staff", None);
    answer(&mut branch, &visit, "stock", Some("充足"));
    let reply = Command::ReplyComment { comment: first, text: "已核流水".to_owned(), seen: 0 };
    branch.run("zhang", reply).unwrap();
    submit(&mut branch, &visit);
    let page = record_of(&branch, "wang", &visit);
    assert_eq!(page.returns.len(), 1);
    let mended: Vec<_> = page
        .mended
        .iter()
        .map(|m| (m.item.as_str(), m.before.as_ref().map(|a| a.value.encode()), m.by.as_str()))
        .collect();
    assert_eq!(
        mended,
        [
            ("stock", None, "张伟"),
            ("turnover", Some("t:一般".to_owned()), "张伟"),
            ("staff", Some("t:十人".to_owned()), ""),
        ]
    );
    let replies: Vec<_> = page
        .visit
        .comments
        .iter()
        .map(|c| (c.returned, c.reply.as_ref().map(|r| r.text.as_str())))
        .collect();
    assert!(replies.contains(&(true, Some("已核流水"))), "{replies:?}");
    // A second round compares with the second return.
    give_back(&mut branch, "zhao", &visit, "再看").unwrap();
    answer(&mut branch, &visit, "turnover", Some("月入六万"));
    submit(&mut branch, &visit);
    let page = record_of(&branch, "wang", &visit);
    let n: Vec<_> = page.returns.iter().map(|back| (back.n, back.by.as_str())).collect();
    assert_eq!(n, [(2, "赵敏"), (1, "王芳")]);
    assert_eq!(page.mended.len(), 1, "{:?}", page.mended);
    let Page::Queue(queue) = branch.store.query(&actor("wang"), day(0), &Query::Queue).unwrap()
    else {
        panic!()
    };
    assert_eq!((queue.rows[0].returned, queue.rows[0].mine), (2, true));
    branch.store.check().unwrap();
}

#[test]
fn a_comment_is_answered_by_its_officer_while_the_record_is_open() {
    let mut branch = Branch::new();
    let visit = submitted(&mut branch);
    let id = comment(&mut branch, &visit, "turnover", "看流水");
    let reply = |text: &str, seen| Command::ReplyComment {
        comment: id.clone(),
        text: text.to_owned(),
        seen,
    };
    let state = Refusal::WrongState { state: "submitted".to_owned() };
    assert_eq!(branch.run("zhang", reply("已核", 0)), Err(state));
    give_back(&mut branch, "wang", &visit, "").unwrap();
    for (who, text, why) in [
        ("li", "已核", Refusal::NotFound),
        ("wang", "已核", Refusal::NotAllowed),
        ("risk", "已核", Refusal::NotAllowed),
        ("zhang", " ", Refusal::Invalid { field: "text", why: "missing" }),
    ] {
        assert_eq!(branch.run(who, reply(text, 0)), Err(why), "{who}");
    }
    branch.run("zhang", reply("已核", 0)).unwrap();
    let why = branch.run("zhang", reply("又核", 0)).unwrap_err();
    assert!(matches!(why, Refusal::Conflict { now: 1, .. }), "{why:?}");
    branch.run("zhang", reply("又核", 1)).unwrap();
    assert_eq!(branch.text("SELECT text || revision FROM comment_replies"), "又核2");
    // What was answered is not taken back under the answer.
    let why = branch.run("wang", Command::Undo).unwrap_err();
    assert!(matches!(why, Refusal::WrongState { .. } | Refusal::Conflict { .. }), "{why:?}");
}

#[test]
fn a_decision_is_taken_back_until_somebody_acts_on_it() {
    let mut branch = Branch::new();
    let visit = submitted(&mut branch);
    approve(&mut branch, "wang", &visit).unwrap();
    let told =
        "SELECT group_concat(kind || ':' || to_user) FROM notices WHERE acknowledged_at IS NULL";
    assert_eq!(branch.text(told), "record_approved:zhang");
    branch.run("wang", Command::Undo).unwrap();
    assert_eq!(
        branch.text("SELECT state || coalesce(reviewed_by, '-') FROM records"),
        "submitted-"
    );
    assert_eq!(branch.text("SELECT state FROM visits"), "submitted");
    give_back(&mut branch, "wang", &visit, "再核").unwrap();
    branch.run("wang", Command::Undo).unwrap();
    assert_eq!(
        branch.text("SELECT state || (SELECT count(*) FROM returns) FROM records"),
        "submitted0"
    );
    let unread = "SELECT count(*) FROM notices WHERE acknowledged_at IS NULL";
    assert_eq!(branch.text(unread), "0");
    // The officer has begun to mend it: it stays returned.
    give_back(&mut branch, "wang", &visit, "再核").unwrap();
    answer(&mut branch, &visit, "turnover", Some("改了"));
    let acted = Refusal::WrongState { state: "acted_on".to_owned() };
    assert_eq!(branch.run("wang", Command::Undo), Err(acted.clone()));
    assert_eq!(branch.text("SELECT state FROM records"), "returned");
    // An amendment stands on the approval.
    submit(&mut branch, &visit);
    approve(&mut branch, "wang", &visit).unwrap();
    let amend = Command::Amend { visit: visit.clone(), reason: "更正".to_owned() };
    branch.run("zhang", amend).unwrap();
    let why = branch.run("wang", Command::Undo).unwrap_err();
    assert!(why == acted || matches!(why, Refusal::Conflict { .. }), "{why:?}");
    assert_eq!(branch.text("SELECT state FROM records WHERE version = 1"), "approved");
    branch.store.verify_journal(&[]).unwrap();
}

#[test]
fn a_kept_approval_is_taken_back_too() {
    let mut branch = Branch::new();
    red(&branch);
    let visit = submitted(&mut branch);
    approve(&mut branch, "wang", &visit).unwrap();
    branch.run("wang", Command::Undo).unwrap();
    assert_eq!(branch.text("SELECT count(*) FROM opinions"), "0");
    assert_eq!(record_of(&branch, "wang", &visit).part, ReviewPart::Reviewer);
}

#[test]
fn the_approved_version_counts_until_its_amendment_is_approved() {
    let mut branch = Branch::new();
    let visit = submitted(&mut branch);
    approve(&mut branch, "wang", &visit).unwrap();
    let amend = Command::Amend { visit: visit.clone(), reason: "更正".to_owned() };
    branch.run("zhang", amend).unwrap();
    answer(&mut branch, &visit, "conclusion", Some("有风险"));
    let states = "SELECT v.state || coalesce(v.conclusion, '-') FROM visits v";
    assert_eq!(branch.text(states), "approved-");
    submit(&mut branch, &visit);
    assert_eq!(branch.text(states), "approved-");
    let rows = |branch: &Branch| {
        let page = record_of(branch, "wang", &visit);
        page.versions.iter().map(|row| (row.version, row.in_force)).collect::<Vec<_>>()
    };
    assert_eq!(rows(&branch), [(2, false), (1, true)]);
    let seen = record_of(&branch, "zhang", &visit).visit.revision;
    branch.run("zhang", Command::Withdraw { visit: visit.clone(), seen }).unwrap();
    assert_eq!(branch.text(states), "approved-");
    submit(&mut branch, &visit);
    approve(&mut branch, "wang", &visit).unwrap();
    assert_eq!(branch.text(states), "approved有风险");
    assert_eq!(rows(&branch), [(2, true), (1, false)]);
}
