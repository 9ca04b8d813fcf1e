//! How a visit was prepared and conducted, as its reviewer reads it.

use super::*;
use crate::domain::conduct::Stand;
use crate::domain::duty::DutyCode;
use crate::protocol::page::{Declared, Handing, LikeRow, LikeWhose, SecondRow};

/// A record with a bit of everything that stands beside its answers.
fn conducted() -> RecordPage {
    let mut page = record();
    page.visit.second.asked = Some(SecondRow {
        user: UserId::from("lina"),
        name: "李娜".to_owned(),
        stand: Some(Stand::Reserve),
        opinion: "库存只看了前排，后排未逐垛盘点".to_owned(),
        signed_at: Some("11-20 09:12".to_owned()),
        holds: true,
        content_hash: String::new(),
        revision: 2,
    });
    page.handing = Handing {
        like: vec![LikeRow {
            item: Some("shop_met".to_owned()),
            place: Some("shop_verdict".to_owned()),
            percent: 96,
            on: day("2026-08-20"),
            whose: LikeWhose::Other("李记超市".to_owned()),
        }],
        likeness_reason: Some("同一条街".to_owned()),
        next: Some((day("2027-02-01"), vec![DutyCode::PeriodicOffsite])),
        wish: Some((day("2026-12-02"), "补看流水".to_owned())),
    };
    let facts = &mut page.visit.facts.0;
    let list = |texts: &[&str]| Value::Multi(texts.iter().map(|t| (*t).to_owned()).collect());
    facts.insert(facts::FINDINGS.to_owned(), list(&["court_person\u{1f}案款 8 万元"]));
    facts.insert(facts::NOT_QUERIED.to_owned(), list(&["news\u{1f}系统维护", "dishonest"]));
    let declared = Declared {
        value: Value::Text("店主本人".to_owned()),
        by: "张**".to_owned(),
        on: day("2026-11-19"),
        kept_own: false,
    };
    page.visit.declared.insert("shop_met".to_owned(), declared);
    if let Some(met) = page.visit.answers.get_mut("shop_met") {
        met.answer.evidence = None;
    }
    page
}

fn text_of(view: &mut RecordPane, lang: Lang) -> String {
    let theme = Theme::default();
    drawn(view, (100, 60), &ctx(lang, &theme))
}

#[test]
fn what_only_another_record_was_asked_is_told_by_its_question() {
    let mut page = conducted();
    for like in &mut page.handing.like {
        like.place = Some("check_note[wages_sales]".to_owned());
    }
    let said = text_of(&mut pane_of(page), Lang::Zh);
    assert!(said.contains("核对") && !said.contains("check_note"), "{said}");
}

#[test]
fn a_record_with_all_of_it_reads_like_this() {
    let theme = Theme::default();
    for (lang, code) in [(Lang::Zh, "zh"), (Lang::En, "en")] {
        for size in [(80, 22), (120, 34)] {
            let mut view = pane_of(conducted());
            let screen = drawn(&mut view, size, &ctx(lang, &theme));
            insta::assert_snapshot!(format!("conducted_{}_{code}", size.0), screen);
        }
    }
}

#[test]
fn what_was_not_queried_is_a_gap_and_never_reads_as_none() {
    let mut view = pane_of(conducted());
    let text = text_of(&mut view, Lang::Zh);
    let line = |of: &str| text.lines().find(|line| line.contains(of)).unwrap().to_owned();
    assert!(line("公开报道").contains("未查询") && line("公开报道").contains("系统维护"));
    assert!(line("失信被执行人名单").contains("未说明"), "{text}");
    assert!(line("被执行信息（个人）").contains("有发现"), "{text}");
    assert!(!text.contains("未发现"), "{text}");
    // When she means to make up for it stands beside it, wherever she has written it.
    let mut page = conducted();
    let mut given = page.visit.answers["shop_met"].clone();
    for code in ["news", "dishonest"] {
        given.answer.value = Value::Text("回行后两日内".to_owned());
        page.visit.answers.insert(format!("lookup_later[{code}]"), given.clone());
    }
    let text = text_of(&mut pane_of(page), Lang::Zh);
    let line = |of: &str| text.lines().find(|line| line.contains(of)).unwrap().to_owned();
    assert!(line("公开报道").contains("系统维护  补查：回行后两日内"), "{text}");
    assert!(line("失信被执行人名单：").contains("：补查：回行后两日内"), "{text}");
    let theme = Theme::default();
    let ask = asked(&mut view, &Action::Approve, &ctx(Lang::Zh, &theme));
    assert!(ask.lines.iter().any(|l| l.contains("96%") && l.contains("未查询 2 项")), "{ask:?}");
}

#[test]
fn a_text_like_another_names_the_place_of_its_twin_and_leads_to_itself() {
    let mut view = pane_of(conducted());
    let text = text_of(&mut view, Lang::Zh);
    for said in ["96% 相同（李记超市）", "2026-08-20 的记录“", "同一条街", "后排未逐垛盘点"]
    {
        assert!(text.contains(said), "{said}\n{text}");
    }
    assert!(view.go_to(|entry| matches!(entry, Entry::Like(..))));
    let theme = Theme::default();
    assert_eq!(view.on_action(&Action::Fold, &ctx(Lang::Zh, &theme)), Vec::new());
    let selected = view.entry().and_then(Entry::row).unwrap();
    assert_eq!(&*view.sheet.as_ref().unwrap().state.rows[selected].path, "shop_met");
}

#[test]
fn the_customers_word_alone_is_marked_until_something_was_seen() {
    for (evidence, marked) in
        [(None, true), (Some(Evidence::Oral), true), (Some(Evidence::Original), false)]
    {
        let mut page = conducted();
        page.visit.answers.get_mut("shop_met").unwrap().answer.evidence = evidence;
        let mut view = pane_of(page);
        view.unfolded.insert("shop".to_owned());
        view.list();
        let text = text_of(&mut view, Lang::Zh);
        let row = text.lines().find(|line| line.contains("店主本人")).unwrap();
        assert_eq!(row.contains("自述"), marked, "{evidence:?}: {row}");
    }
}

#[test]
fn what_the_officer_wrote_for_herself_only_she_reads() {
    let mut page = conducted();
    page.visit.facts.0.insert(facts::LINE.to_owned(), Value::Choice("corporate".to_owned()));
    page.visit.sections = vec!["closing".to_owned()];
    let mut own = page.visit.answers["shop_met"].clone();
    own.answer = given(Value::Text("先看库存".to_owned()));
    page.visit.answers.insert("retrospective".to_owned(), own);
    for reads in [false, true] {
        let mut page = page.clone();
        page.own = reads;
        let mut view = pane_of(page);
        view.unfolded.insert("closing".to_owned());
        view.list();
        let found = paths(&view, |entry| matches!(entry, Entry::Answer(_)));
        assert!(found.contains(&"conclusion".to_owned()), "{found:?}");
        assert_eq!(found.contains(&"retrospective".to_owned()), reads);
    }
}

#[test]
fn words_are_found_in_questions_answers_and_notes_and_again_lead_on() {
    let theme = Theme::default();
    let ctx = ctx(Lang::Zh, &theme);
    let mut view = pane_of(conducted());
    asked(&mut view, &Action::Search, &ctx);
    let look = |view: &mut RecordPane, words: &str| {
        let answered =
            Answered { tag: super::super::find::FIND, values: vec![format!(" {words} ")] };
        let said = view.on_action(&Action::Answered(answered), &ctx);
        let row = view.entry().and_then(Entry::row);
        let path = row.map(|row| view.sheet.as_ref().unwrap().state.rows[row].path.to_string());
        (said, path.unwrap_or_default())
    };
    // In a note.
    assert_eq!(look(&mut view, "旺季提前").1, "shop_takings");
    // In an answer, then the same words again: nothing else holds them.
    assert_eq!(look(&mut view, "店主本人").1, "shop_met");
    assert_eq!(look(&mut view, "店主本人").1, "shop_met");
    // In several questions: on and on, and round.
    let first = look(&mut view, "店").1;
    let second = look(&mut view, "店").1;
    assert_ne!(first, second);
    let (said, path) = look(&mut view, "没有这样的字");
    assert_eq!(path, second, "the place stays");
    assert_eq!(said, vec![Action::warn(Catalog::of(Lang::Zh).review.find_none)]);
}
