use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::*;
use crate::domain::answer::{Answer, DocumentState, Evidence, Value};
use crate::domain::facts::{self, Facts};
use crate::domain::flag::{FlagState, FlagStep, Level};
use crate::domain::ids::{FlagId, UserId};
use crate::domain::money::Fen;
use crate::domain::sample::day;
use crate::domain::visit::{VisitClass, VisitState};
use crate::i18n::{Catalog, Lang};
use crate::protocol::page::{CommentRow, FlagRow, Recorded, ReviewPart, VisitPage};
use crate::protocol::reply::ConflictField;
use crate::ui::action::Answered;
use crate::ui::theme::Theme;

fn ctx(lang: Lang, theme: &Theme) -> Ctx<'_> {
    let now: DateTime<FixedOffset> = "2026-11-23T09:12:00+08:00".parse().unwrap();
    Ctx { text: Catalog::of(lang), lang, theme, now, today: now.date_naive(), home: None }
}

fn given(value: Value) -> Answer {
    Answer { value, evidence: Some(Evidence::Original), note: String::new(), unchanged: false }
}

fn answers() -> BTreeMap<String, Recorded> {
    let mut takings = given(Value::Money(Fen::from_yuan(52_000)));
    takings.note = "旺季提前".to_owned();
    let answers = [
        ("shop_open", given(Value::Choice("open".to_owned()))),
        ("shop_met", given(Value::Text("店主本人".to_owned()))),
        ("shop_takings", takings),
        ("shop_debts", given(Value::Money(Fen::ZERO))),
        ("shop_verdict", given(Value::Choice("steady".to_owned()))),
    ];
    let recorded = |answer| Recorded {
        answer,
        revision: 1,
        by: UserId::from("zhangwei"),
        at: "11-20 16:00:00".to_owned(),
    };
    answers.into_iter().map(|(item, answer)| (item.to_owned(), recorded(answer))).collect()
}

fn flag(level: Level) -> FlagRow {
    FlagRow {
        beside: crate::protocol::page::FlagBeside::default(),
        lowered: None,
        lies_with: None,
        asks_me: false,
        flag: FlagId::from("F1"),
        customer: CustomerId::from("C1"),
        name: "张记货栈".to_owned(),
        signal: "OPS-01".to_owned(),
        level,
        state: FlagState::Confirmed,
        step: FlagStep::Open,
        raised_on: day("2026-11-20"),
        owner: Some(UserId::from("zhangwei")),
        owner_name: Some("张伟".to_owned()),
        measure: Some("续查".to_owned()),
        due_on: Some(day("2026-12-01")),
        note: None,
        overdue_days: 0,
        rots: false,
        step_due: None,
        step_late: false,
        proofs: Vec::new(),
        reused: Vec::new(),
        visit: Some(VisitId::from("V1")),
        revision: 1,
    }
}

fn record() -> RecordPage {
    let text = |s: &str| Value::Choice(s.to_owned());
    let facts = Facts(BTreeMap::from([
        (facts::LINE.to_owned(), text("micro_shop")),
        (facts::CLASS.to_owned(), text("onsite")),
        (facts::EXPOSURE.to_owned(), Value::Money(Fen::from_yuan(300_000))),
    ]));
    let before = day("2026-08-20");
    let last = BTreeMap::from([
        ("shop_open".to_owned(), (given(text("open")), before)),
        ("shop_takings".to_owned(), (given(Value::Money(Fen::from_yuan(26_000))), before)),
        ("shop_verdict".to_owned(), (given(text("watch")), before)),
    ]);
    let visit = VisitPage {
        visit: VisitId::from("V1"),
        version: 2,
        state: VisitState::Submitted,
        revision: 4,
        customer: CustomerId::from("C1"),
        name: "张记货栈".to_owned(),
        visited_on: day("2026-11-09"),
        class: VisitClass::Onsite,
        channel: "实地".to_owned(),
        purposes: Vec::new(),
        duties: Vec::new(),
        author: UserId::from("zhangwei"),
        author_name: "张伟".to_owned(),
        writable: false,
        pack: "checklists@4".to_owned(),
        pack_text: None,
        sections: vec!["shop".to_owned()],
        facts,
        answers: answers(),
        seen_answers: 9,
        last,
        comments: Vec::new(),
        draft: None,
        place: None,
        return_reason: None,
        flags: Vec::new(),
        second: crate::protocol::page::Second::default(),
        declared: std::collections::BTreeMap::new(),
        dossier: crate::protocol::page::DossierNow::default(),
        attachments: Vec::new(),
        heard: Vec::new(),
        reused: Vec::new(),
    };
    RecordPage {
        visit,
        own: false,
        content_hash: Some("abc".to_owned()),
        submitted_at: Some("11-20 17:02".to_owned()),
        lateness_reason: Some("客户外出".to_owned()),
        amend_reason: None,
        flags: [0; 3],
        review: None,
        versions: Vec::new(),
        handing: crate::protocol::page::Handing::default(),
        returns: Vec::new(),
        mended: Vec::new(),
        needed: Vec::new(),
        opinions: Vec::new(),
        part: ReviewPart::Reviewer,
        calls: Vec::new(),
        sampled: false,
    }
}

fn pane_of(page: RecordPage) -> RecordPane {
    let mut view = RecordPane::default();
    view.open(page.visit.visit.clone());
    view.load(Arc::new(page));
    assert_eq!(view.broken, None);
    view
}

fn drawn(view: &mut RecordPane, size: (u16, u16), ctx: &Ctx<'_>) -> String {
    let mut terminal = Terminal::new(TestBackend::new(size.0, size.1)).unwrap();
    terminal.draw(|frame| view.render(frame, frame.area(), true, ctx)).unwrap();
    terminal.backend().to_string()
}

fn asked(view: &mut RecordPane, key: &Action, ctx: &Ctx<'_>) -> crate::ui::ask::Ask {
    let asked = view.on_action(key, ctx);
    let [Action::Ask(ask)] = asked.as_slice() else { panic!("{key:?}: {asked:?}") };
    (**ask).clone()
}

fn written(view: &mut RecordPane, tag: &'static str, value: &str, ctx: &Ctx<'_>) -> Command {
    let answered = Answered { tag, values: vec![value.to_owned()] };
    let done = view.on_action(&Action::Answered(answered), ctx);
    let [Action::Apply(command)] = done.as_slice() else { panic!("{done:?}") };
    (**command).clone()
}

fn paths(view: &RecordPane, wanted: impl Fn(&Entry) -> bool) -> Vec<String> {
    let sheet = view.sheet.as_ref().unwrap();
    let rows = view.entries.iter().filter(|e| wanted(e)).filter_map(Entry::row);
    rows.map(|row| sheet.state.rows[row].path.to_string()).collect()
}

#[test]
fn changes_come_first_then_gaps_then_documents() {
    let mut page = record();
    let promised = DocumentState::Promised;
    let value =
        Value::Document { state: promised, until: Some(day("2026-12-01")), note: String::new() };
    let mut recorded = page.visit.answers["shop_open"].clone();
    recorded.answer = given(value);
    page.visit.answers.insert("shop_statement".to_owned(), recorded);
    let view = pane_of(page);
    let changed = paths(&view, |e| matches!(e, Entry::Change(_)));
    assert!(changed.starts_with(&["shop_takings".to_owned()]), "{changed:?}");
    assert!(changed.contains(&"shop_verdict".to_owned()), "{changed:?}");
    assert!(!changed.contains(&"shop_open".to_owned()), "{changed:?}");
    let gaps = paths(&view, |e| matches!(e, Entry::Gap(_)));
    assert!(gaps.contains(&"shop_staff".to_owned()), "{gaps:?}");
    assert!(gaps.iter().any(|path| path.contains("photo")), "nobody spoke of a photo: {gaps:?}");
    let sheet = view.sheet.as_ref().unwrap();
    assert_eq!(gaps.len(), sheet.state.short().missing + sheet.state.short().weak);
    let documents = paths(&view, |e| matches!(e, Entry::Document(_)));
    assert_eq!(documents, ["shop_statement"]);
    let order = view.entries.iter().map(|entry| match entry {
        Entry::Change(_) => 0,
        Entry::Flag(_) | Entry::NoFlag => 1,
        Entry::Gap(_) => 2,
        Entry::BothDates => 3,
        Entry::Document(_) => 4,
        Entry::Section(_) => 5,
        _ => -1,
    });
    let order: Vec<_> = order.filter(|n| *n >= 0).collect();
    assert!(order.is_sorted(), "{order:?}");
    assert!([0, 1, 2, 3, 4, 5].iter().all(|n| order.contains(n)), "{order:?}");
}

#[test]
fn a_document_that_came_or_is_not_wanted_is_not_missing() {
    for (state, missing) in [
        (DocumentState::Received, false),
        (DocumentState::NotApplicable, false),
        (DocumentState::Promised, true),
        (DocumentState::Refused, true),
    ] {
        let mut page = record();
        let value = Value::Document { state, until: Some(day("2026-12-01")), note: "x".to_owned() };
        let mut recorded = page.visit.answers["shop_open"].clone();
        recorded.answer = given(value);
        page.visit.answers.insert("shop_statement".to_owned(), recorded);
        let view = pane_of(page);
        let documents = paths(&view, |e| matches!(e, Entry::Document(_)));
        assert_eq!(documents.contains(&"shop_statement".to_owned()), missing, "{state:?}");
    }
}

#[test]
fn a_photo_that_came_without_a_file_says_what_is_wrong() {
    let theme = Theme::default();
    let ctx = ctx(Lang::Zh, &theme);
    let gaps = |view: &RecordPane| paths(view, |e| matches!(e, Entry::Gap(_)));
    let photo = gaps(&pane_of(record())).into_iter().find(|path| path.contains("photo")).unwrap();
    let mut page = record();
    let value =
        Value::Document { state: DocumentState::Received, until: None, note: "1份".to_owned() };
    let mut recorded = page.visit.answers["shop_open"].clone();
    recorded.answer = given(value);
    page.visit.answers.insert(photo.clone(), recorded);
    let mut view = pane_of(page);
    assert!(gaps(&view).contains(&photo), "what was said to have come is still missing");
    let shown = drawn(&mut view, (120, 80), &ctx).replace(' ', "");
    // Which key registers it is no matter of who reviews.
    assert!(shown.contains("未登记照片文件") && !shown.contains("按r"), "{shown}");
}

#[test]
fn both_dates_show_beyond_five_workdays() {
    // 2026-11-09 is a Monday.
    for (submitted, late) in [
        ("11-16 09:00", None),
        ("11-17 09:00", Some((day("2026-11-17"), 6))),
        ("01-04 09:00", Some((day("2027-01-04"), 39))),
    ] {
        let mut page = record();
        page.submitted_at = Some(submitted.to_owned());
        let view = pane_of(page);
        let found = view.sheet.as_ref().unwrap().handed_in_late;
        assert_eq!(found.is_some(), late.is_some(), "{submitted}: {found:?}");
        assert_eq!(found.map(|(day, _)| day), late.map(|(day, _)| day), "{submitted}");
    }
}

#[test]
fn sections_unfold_and_gaps_are_jumped_to() {
    let theme = Theme::default();
    let ctx = ctx(Lang::Zh, &theme);
    let mut view = pane_of(record());
    view.on_action(&Action::Gaps, &ctx);
    assert!(matches!(view.entry(), Some(Entry::Gap(_))));
    // Enter goes to the answer's own place, in its unfolded section; left folds it again.
    view.on_action(&Action::Fold, &ctx);
    assert!(matches!(view.entry(), Some(Entry::Answer(_))));
    view.on_action(&Action::Left, &ctx);
    assert_eq!(view.entry(), Some(&Entry::Section(0)));
    assert!(!view.entries.iter().any(|e| matches!(e, Entry::Answer(_))));
    view.on_action(&Action::Fold, &ctx);
    assert!(view.entries.iter().any(|e| matches!(e, Entry::Answer(_))));
    // A new page keeps both.
    view.load(Arc::new(record()));
    assert_eq!(view.entry(), Some(&Entry::Section(0)));
    assert!(view.entries.iter().any(|e| matches!(e, Entry::Answer(_))));
}

#[test]
fn a_first_record_is_shown_whole() {
    let mut page = record();
    page.visit.last.clear();
    let view = pane_of(page);
    assert!(view.entries.contains(&Entry::FirstVisit));
    assert!(view.entries.iter().any(|e| matches!(e, Entry::Answer(_))));
}

#[test]
fn every_size_and_language_draws_and_draws_the_same_again() {
    let theme = Theme::default();
    let mut page = record();
    page.own = true;
    page.visit.flags = vec![flag(Level::Red)];
    page.amend_reason = Some("金额录错".to_owned());
    page.review = Some(("李芳".to_owned(), "11-23 10:00".to_owned(), "请补".to_owned()));
    let sizes = [(80, 20), (78, 32), (93, 56), (200, 56), (1, 1), (4, 2), (30, 5), (59, 9)];
    for (lang, size) in [Lang::Zh, Lang::En].into_iter().flat_map(|l| sizes.map(|s| (l, s))) {
        let ctx = ctx(lang, &theme);
        let mut view = pane_of(page.clone());
        for key in [Action::Next, Action::Last, Action::Fold, Action::Compare, Action::PageDown] {
            view.on_action(&key, &ctx);
            let first = drawn(&mut view, size, &ctx);
            assert_eq!(first, drawn(&mut view, size, &ctx), "{lang:?} {size:?} {key:?}");
        }
    }
}

mod conduct;
mod decisions;
mod rounds;
