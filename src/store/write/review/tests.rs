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
fn a_red_record_is_approved_by_two_supervisors() {
    let mut branch = Branch::new();
    red(&branch);
    let visit = submitted(&mut branch);
    assert_eq!(record_of(&branch, "wang", &visit).needed, [OpinionLevel::Second]);
    // The second opinion may come first; the record still waits for its reviewer.
    assert_eq!(approve(&mut branch, "wang", &visit), Ok(WAITS));
    assert_eq!(branch.text("SELECT state FROM records"), "submitted");
    assert_eq!(
        branch.text("SELECT group_concat(to_user) FROM notices WHERE kind = 'opinion_wanted'"),
        "zhao"
    );
    assert_eq!(record_of(&branch, "wang", &visit).part, ReviewPart::Waits);
    let zhao = record_of(&branch, "zhao", &visit).part;
    assert_eq!(zhao, ReviewPart::Opinion(OpinionLevel::Second));
    let second = OpinionLevel::Second;
    let refused = [
        ("wang", second, Refusal::SpokenAlready),
        ("zhang", second, Refusal::OwnRecord),
        ("risk", second, Refusal::NotAllowed),
        ("far", second, Refusal::NotFound),
        ("zhao", OpinionLevel::Risk, Refusal::NotAllowed),
        ("risk", OpinionLevel::Risk, Refusal::WrongState { state: "no_opinion_needed".to_owned() }),
    ];
    for (who, level, why) in refused {
        let got = if who == "far" {
            let visit = visit.clone();
            let content_hash = String::new();
            let (verdict, text) = (Verdict::Agree, String::new());
            let command =
                Command::GiveOpinion { visit, seen: 0, content_hash, level, verdict, text };
            branch.run(who, command)
        } else {
            opine(&mut branch, who, &visit, level, Verdict::Agree, "")
        };
        let wrong_first = who == "zhang" && got == Err(Refusal::NotAllowed);
        assert!(got == Err(why) || wrong_first, "{who}: {got:?}");
    }
    // Against it: the record does not pass, the reviewer learns of it.
    let missing = Refusal::Invalid { field: "text", why: "missing" };
    let bare = opine(&mut branch, "zhao", &visit, second, Verdict::Disagree, "");
    assert_eq!(bare, Err(missing));
    assert_eq!(
        opine(&mut branch, "zhao", &visit, second, Verdict::Disagree, "用途不明"),
        Ok(WAITS)
    );
    assert_eq!(branch.text("SELECT to_user FROM notices WHERE kind = 'opinion_against'"), "wang");
    let bare = "UPDATE records SET state = 'approved', reviewed_by = 'wang'";
    assert!(branch.store.conn().execute_batch(bare).is_err(), "the schema refuses as well");
    // She may change her mind; then it is approved, by its reviewer.
    assert_eq!(
        opine(&mut branch, "zhao", &visit, second, Verdict::Conditions, "补发票"),
        Ok(APPROVED)
    );
    assert_eq!(
        branch.text("SELECT state || reviewed_by || review_note FROM records"),
        "approvedwang同意"
    );
    assert_eq!(branch.text("SELECT state FROM visits"), "approved");
    branch.store.check().unwrap();
    branch.store.verify_journal(&[]).unwrap();
}

#[test]
fn an_opinion_is_about_what_was_read() {
    let mut branch = Branch::new();
    red(&branch);
    let visit = submitted(&mut branch);
    approve(&mut branch, "wang", &visit).unwrap();
    let old = record_of(&branch, "zhao", &visit).content_hash.clone().unwrap();
    give_back(&mut branch, "wang", &visit, "补照片").unwrap();
    answer(&mut branch, &visit, "turnover", Some("另一个数"));
    submit(&mut branch, &visit);
    let command = Command::GiveOpinion {
        visit: visit.clone(),
        seen: 0,
        content_hash: old,
        level: OpinionLevel::Second,
        verdict: Verdict::Agree,
        text: String::new(),
    };
    assert!(matches!(branch.run("zhao", command), Err(Refusal::Conflict { .. })));
    // The reviewer's own approval is gone with the content that it was about.
    let page = record_of(&branch, "wang", &visit);
    assert_eq!(page.part, ReviewPart::Reviewer);
    assert!(page.opinions.iter().all(|said| !said.current));
    opine(&mut branch, "zhao", &visit, OpinionLevel::Second, Verdict::Agree, "").unwrap();
    assert_eq!(branch.text("SELECT state FROM records"), "submitted", "no reviewer yet");
    // Whoever has given the second opinion is not the reviewer too.
    assert_eq!(approve(&mut branch, "zhao", &visit), Err(Refusal::SpokenAlready));
    assert_eq!(approve(&mut branch, "wang", &visit), Ok(APPROVED));
}

#[test]
fn no_opinion_is_forged_past_the_program() {
    let mut branch = Branch::new();
    red(&branch);
    let visit = submitted(&mut branch);
    let forged = |user: &str| {
        format!(
            "INSERT INTO opinions (visit_id, version, content_hash, level, user, verdict, text, at)
             VALUES ('{visit}', 1, 'h', 'second', '{user}', 'agree', '', '')"
        )
    };
    assert!(branch.store.conn().execute_batch(&forged("zhang")).is_err());
    approve(&mut branch, "wang", &visit).unwrap();
    for change in ["user = 'zhao'", "level = 'second'", "content_hash = 'h'"] {
        let sql = format!("UPDATE opinions SET {change}");
        assert!(branch.store.conn().execute_batch(&sql).is_err(), "{change}");
    }
}

#[test]
fn a_worse_tier_asks_for_the_risk_desk() {
    let mut branch = Branch::new();
    let first = submitted(&mut branch);
    assert_eq!(approve(&mut branch, "wang", &first), Ok(APPROVED));
    let worse = "UPDATE customers SET tier = 'special_mention' WHERE customer_id = 'C1';
        UPDATE customer_facts SET tier = 'special_mention' WHERE customer_id = 'C1'";
    branch.store.conn().execute_batch(worse).unwrap();
    let visit = submitted(&mut branch);
    assert_ne!(first, visit);
    assert_eq!(record_of(&branch, "wang", &visit).needed, [OpinionLevel::Risk]);
    let home = |branch: &Branch, user: &str| {
        let Page::Home(home) = branch.store.query(&actor(user), day(0), &Query::Home).unwrap()
        else {
            panic!()
        };
        home.to_review
    };
    assert_eq!((home(&branch, "risk"), home(&branch, "wang"), home(&branch, "zhao")), (1, 1, 1));
    assert_eq!(approve(&mut branch, "wang", &visit), Ok(WAITS));
    assert_eq!((home(&branch, "risk"), home(&branch, "wang"), home(&branch, "zhao")), (1, 0, 0));
    let risk = OpinionLevel::Risk;
    assert_eq!(opine(&mut branch, "risk", &visit, risk, Verdict::Agree, ""), Ok(APPROVED));
    assert_eq!((home(&branch, "risk"), home(&branch, "wang")), (0, 0));
}

#[test]
fn a_decision_is_taken_back_until_somebody_acts_on_it() {
    let mut branch = Branch::new();
    let visit = submitted(&mut branch);
    approve(&mut branch, "wang", &visit).unwrap();
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

fn call(visit: &VisitId, result: CallResult, contact: &str, text: &str) -> Command {
    Command::CallBack {
        visit: visit.clone(),
        result,
        contact: contact.to_owned(),
        text: text.to_owned(),
    }
}

#[test]
fn a_call_back_is_made_by_somebody_else_and_a_differing_one_proposes_a_flag() {
    let mut branch = Branch::new();
    let visit = submitted(&mut branch);
    let confirmed = CallResult::Confirmed;
    let refused = [
        ("zhang", confirmed, "王总", "", Refusal::NotAllowed),
        ("risk", confirmed, "王总", "", Refusal::NotAllowed),
        ("far", confirmed, "王总", "", Refusal::NotFound),
        ("wang", confirmed, "", "", Refusal::Invalid { field: "contact", why: "missing" }),
        (
            "wang",
            CallResult::Differs,
            "王总",
            "",
            Refusal::Invalid { field: "text", why: "missing" },
        ),
    ];
    for (who, result, contact, text, why) in refused {
        assert_eq!(branch.run(who, call(&visit, result, contact, text)), Err(why), "{who}");
    }
    branch.run("wang", call(&visit, CallResult::NotReached, "", "")).unwrap();
    branch.run("wang", call(&visit, CallResult::Differs, "王总", "没见过客户经理")).unwrap();
    let flag =
        "SELECT f.state || f.signal || k.visit_id FROM flags f JOIN flag_care k USING (flag_id)";
    assert_eq!(branch.text(flag), format!("proposedMGT-09{visit}"));
    // The same again proposes nothing twice; every call is kept.
    branch.run("zhao", call(&visit, CallResult::Differs, "王总", "再次否认")).unwrap();
    assert_eq!(branch.text("SELECT count(*) FROM flags"), "1");
    assert_eq!(branch.text("SELECT count(*) FROM call_backs"), "3");
    assert_eq!(branch.text("SELECT count(*) FROM notices WHERE kind = 'amendment_wanted'"), "0");
    let Page::Sample(sample) = branch
        .store
        .query(&actor("wang"), day(0), &Query::Sample { month: day(0).date_naive() })
        .unwrap()
    else {
        panic!()
    };
    assert_eq!((sample.drawn_from, sample.rows[0].calls), (1, 3));
    assert_eq!(sample.rows[0].result, Some(CallResult::Differs));
    branch.store.check().unwrap();
}

#[test]
fn a_differing_call_about_an_approved_record_asks_for_an_amendment() {
    let mut branch = Branch::new();
    let visit = submitted(&mut branch);
    approve(&mut branch, "wang", &visit).unwrap();
    branch.run("zhao", call(&visit, CallResult::Differs, "王总", "金额不对")).unwrap();
    assert_eq!(branch.text("SELECT to_user FROM notices WHERE kind = 'amendment_wanted'"), "zhang");
    assert_eq!(branch.text("SELECT state FROM records"), "approved");
    // Somebody has acted on the approval.
    let acted = Refusal::WrongState { state: "acted_on".to_owned() };
    assert_eq!(branch.run("wang", Command::Undo), Err(acted));
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
