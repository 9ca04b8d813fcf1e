//! How a visit is conducted: whom one met, the co-inspector at her own desk, the customer's own
//! words, likeness, and what stands before handing in.

use chrono::NaiveDate;

use super::*;
use crate::domain::answer::Value;
use crate::domain::conduct::Stand;
use crate::domain::gap::GapKind;
use crate::domain::ids::{OpId, UserId};
use crate::domain::visit::VisitState;
use crate::i18n::Lang;
use crate::protocol::command::{Command, Conduct};
use crate::protocol::reply::Refusal;

/// A corporate customer of this officer with a new record on site.
fn started(office: &Office) -> (Desk, VisitId) {
    let mut h = office.desk("zhangwei");
    h.keys("/C000123<enter>v<enter>");
    let visit = h.open_visit();
    (h, visit)
}

/// Whom one met: one row of the group.
fn met(desk: &mut Desk, visit: &VisitId, name: &str, role: &str) {
    if answer(desk, visit, "met_anybody").is_none() {
        at(desk, visit, "met_anybody", "y");
    }
    at(desk, visit, "people_met", "a");
    at(desk, visit, "people_met[0].name", &format!("<enter>{name}<enter>"));
    at(desk, visit, "people_met[0].role", role);
    at(desk, visit, "people_met[0].identity", "1");
}

fn asks(desk: &mut Desk, visit: &VisitId, path: &str) -> bool {
    judged(&desk.visit(visit)).row(path).is_some()
}

#[test]
fn nobody_who_counts_was_met_wants_a_reason() {
    for (role, key_person) in [("1", true), ("2", true), ("3", true), ("5", false), ("7", false)] {
        let office = Office::open();
        let (mut h, visit) = started(&office);
        assert!(!asks(&mut h, &visit, "key_person_why"));
        met(&mut h, &visit, "王建国", role);
        assert_eq!(!asks(&mut h, &visit, "key_person_why"), key_person, "{role}\n{}", h.screen());
    }
    let office = Office::open();
    // An agent: was the authority seen?
    let (mut h, visit) = started(&office);
    met(&mut h, &visit, "李代理", "6");
    at(&mut h, &visit, "people_met[0].authority", "2");
    assert!(asks(&mut h, &visit, "people_met[0].authority_gap"));
    assert!(asks(&mut h, &visit, "key_person_why"), "an agent is no key person");
    // Nobody at all: a reason, and a flag is suggested where it was agreed and nobody said a word.
    at(&mut h, &visit, "met_anybody", "2");
    let state = judged(&h.visit(&visit));
    assert!(state.row("key_person_why").is_some() && state.row("people_met").is_none());
    assert!(state.proposals.iter().all(|p| p.signal != "MGT-08"));
    at(&mut h, &visit, "nobody_why", "3");
    let state = judged(&h.visit(&visit));
    assert!(state.proposals.iter().any(|p| p.signal == "MGT-08"));
}

#[test]
fn a_channel_asks_its_own_questions() {
    // Keys in the dialog from on site to the channel.
    for (turns, asked, not_asked) in [
        (1, "number_called", "recording_consent"),
        (2, "recording_consent", "number_called"),
        (3, "questionnaire_by", "met_anybody"),
    ] {
        let office = Office::open();
        let mut h = office.desk("zhangwei");
        h.keys("/C000123<enter>v<down>").keys(&"<right>".repeat(turns)).keys("<enter>");
        let visit = h.open_visit();
        assert!(asks(&mut h, &visit, asked), "{asked}\n{}", h.screen());
        assert!(!asks(&mut h, &visit, not_asked), "{not_asked}\n{}", h.screen());
        assert!(!asks(&mut h, &visit, "gifts"), "declared at visits on site");
    }
    let office = Office::open();
    let (mut h, visit) = started(&office);
    assert_eq!(judged(&h.visit(&visit)).row("gifts").map(|r| r.needed), Some(Needed::Hard));
    at(&mut h, &visit, "start_time", "<enter>1430<enter>");
    at(&mut h, &visit, "end_time", "<enter>14：10<enter>");
    let problem = |h: &mut Desk| {
        let state = judged(&h.visit(&visit));
        (
            state.row("start_time").unwrap().problem.clone(),
            state.row("end_time").unwrap().problem.clone(),
        )
    };
    let (start, end) = problem(&mut h);
    assert!(start.is_none() && matches!(end, Some(Problem::Against(_))), "{start:?} {end:?}");
    at(&mut h, &visit, "end_time", "<enter><ctrl-u>15:05<enter>");
    assert_eq!(problem(&mut h), (None, None));
}

#[test]
fn the_co_inspector_reads_signs_and_a_later_change_voids_it() {
    let office = Office::open();
    let (mut h, visit) = started(&office);
    fill(&mut h, &visit, &[]);
    h.play(&[("t", "指定协查人|陈静"), ("<enter>", "已邀请|待签"), ("s", "待签署")]);
    h.keys("<esc>");
    // At her own desk: the message leads to the record, and nothing else of the customer shows.
    let mut other = office.desk("chenjing");
    other.play(&[
        ("i", "请协查并签署"),
        ("<enter>", "检查表"),
        ("y<enter>", "您是协查人"),
        ("t", "协查签署|签署的是记录目前的内容"),
        ("<tab>", ""),
        ("<enter>", "还需填写"),
        ("<left>", ""),
    ]);
    other.keys("存货已实地盘点，与记录一致<enter>");
    assert_eq!(other.refused, [], "{}", other.screen());
    let row = h.visit(&visit).second.asked.clone().unwrap();
    assert_eq!((row.stand, row.holds), (Some(Stand::Agree), true));
    other.play(&[("/C000123", "没有找到")]);
    other.assert_whole();
    // The lead sees it; a change makes it void, visibly, and keeps the record from being handed in.
    h.poll();
    h.play(&[("", "协查 陈静 已签")]);
    at(&mut h, &visit, "start_time", "<enter>0910<enter>");
    h.play(&[("", "签署失效"), ("s", "待签署|签署已失效"), ("<esc>", "")]);
    h.resize(80, 24);
    h.play(&[("", "签署失效")]);
    h.resize(120, 36);
    other.keys("<esc><esc>");
    other.poll();
    other.play(&[("3", "签署失效"), ("t", "协查签署"), ("<enter>", "已签署")]);
    h.poll();
    h.play(&[("", "协查 陈静 已签")]);
    // Neither she nor anybody else can sign for her: not the lead, with all that the page tells him.
    let row = h.visit(&visit).second.asked.clone().unwrap();
    let forged = Command::Conduct(Conduct::SignSecond {
        visit: visit.clone(),
        stand: Stand::Agree,
        opinion: "代签".to_owned(),
        content_hash: row.content_hash,
        seen: row.revision,
    });
    let now = crate::app::tests::harness::now();
    let found = office.store().apply(&h.actor, now, &OpId::from("forged"), &forged);
    assert_eq!(found, Err(Refusal::NotAllowed));
}

#[test]
fn the_dialog_shows_what_stands_before_handing_in() {
    let office = Office::open();
    for (columns, rows, lang) in [(80, 24, Lang::Zh), (120, 36, Lang::En), (200, 60, Lang::Zh)] {
        let mut h = office.desk_of("zhangwei", columns, rows, lang);
        h.keys("/C000123<enter>v");
        if h.screen().contains("开始回访") {
            h.keys("<enter>");
        }
        let visit = h.open_visit();
        if answer(&mut h, &visit, "focus").is_none() {
            fill(&mut h, &visit, &[]);
            super::officer::decide(&mut h, &visit);
            countersign(&office, &mut h, &visit);
        }
        let (next, until) = match lang {
            Lang::Zh => ("下次回访", "前提交"),
            Lang::En => ("Next visit", "To be handed in by"),
        };
        h.play(&[("s", next), ("", until)]);
        h.assert_whole();
        h.keys("<esc>");
        assert_eq!(h.visit(&visit).state, VisitState::Draft);
    }
}

#[test]
fn a_sooner_visit_is_free_and_a_later_one_is_not() {
    let office = Office::open();
    let (mut h, visit) = started(&office);
    fill(&mut h, &visit, &[]);
    super::officer::decide(&mut h, &visit);
    countersign(&office, &mut h, &visit);
    // After what the plan asks for: refused, with the place.
    at(&mut h, &visit, "next_visit", "<enter>2027-11-30<enter>");
    at(&mut h, &visit, "next_visit_why", "<enter>看新线<enter>");
    countersign(&office, &mut h, &visit);
    h.play(&[("s", "您的约定 2027-11-30|晚于计划，不能提交")]);
    h.keys("迟了<enter>");
    let told = h.refused.last().cloned();
    let gap = crate::domain::gap::Gap { item: "next_visit".to_owned(), kind: GapKind::Invalid };
    assert_eq!(told, Some(Refusal::Incomplete(vec![gap])), "{}", h.screen());
    h.play(&[("<enter>", "建议下次回访日期")]);
    at(&mut h, &visit, "next_visit", "<enter><ctrl-u>2026-11-30<enter>");
    countersign(&office, &mut h, &visit);
    h.play(&[("s", "您的约定 2026-11-30|!晚于计划")]);
    h.keys("迟了<enter>");
    assert_eq!(h.visit(&visit).state, VisitState::Submitted, "{:?}\n{}", h.refused, h.screen());
    let wish = h.record(&visit).handing.wish.clone();
    let day = NaiveDate::from_ymd_opt(2026, 11, 30).unwrap();
    assert_eq!(wish, Some((day, "看新线".to_owned())));
}

#[test]
fn a_customers_own_words_wait_for_the_officer_where_they_differ() {
    let office = Office::open();
    let (mut h, visit) = started(&office);
    let state = judged(&h.visit(&visit));
    let declarable: Vec<_> = state
        .rows
        .iter()
        .filter(|r| r.item.declarable && matches!(r.item.kind, Kind::Number(_)))
        .map(|r| r.path.to_string())
        .collect();
    let [first, second, ..] = declarable.as_slice() else { panic!("{:?}", paths(&state)) };
    at(&mut h, &visit, first, "9<enter>");
    let told = |n| Value::Number(crate::domain::money::Decimal4::from_int(n));
    let form = Command::Conduct(Conduct::TakeQuestionnaire {
        visit: visit.clone(),
        version: 1,
        pack: h.visit(&visit).pack.clone(),
        by: "王建国".to_owned(),
        on: NaiveDate::from_ymd_opt(2026, 11, 20).unwrap(),
        answers: vec![(first.clone(), told(12)), (second.clone(), told(7))],
    });
    let now = crate::app::tests::harness::now();
    office.store().apply(&h.actor, now, &OpId::from("form"), &form).unwrap();
    h.poll();
    at(&mut h, &visit, second, "");
    h.play(&[("", "\" 7|客户自述|王建国")]);
    at(&mut h, &visit, first, "");
    h.play(&[("", "（\"）"), ("s", "尚不能提交"), ("<esc>", "")]);
    at(&mut h, &visit, first, "\"");
    h.play(&[("", "本人所填： 9"), ("<down><enter>", "已确定|\" 12")]);
    assert_eq!(answer(&mut h, &visit, first).unwrap().value, told(12));
    assert_eq!(h.visit(&visit).answers[second].by, UserId::from("zhangwei"));
}
