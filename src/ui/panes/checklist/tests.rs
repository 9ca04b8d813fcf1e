//! The pane by itself: what it sends, what it keeps while pages arrive. Whole flows are in
//! `app/tests/job`.

use chrono::{DateTime, FixedOffset, NaiveDate, TimeZone};

use super::*;
use crate::domain::answer::Answer;
use crate::domain::facts::Facts;
use crate::domain::gap::Gap;
use crate::domain::ids::UserId;
use crate::domain::visit::VisitClass;
use crate::i18n::{Catalog, Lang};
use crate::protocol::page::Recorded;
use crate::ui::theme::Theme;

fn now() -> DateTime<FixedOffset> {
    crate::clock::china().with_ymd_and_hms(2026, 11, 23, 9, 12, 0).unwrap()
}

fn today() -> NaiveDate {
    now().date_naive()
}

fn ctx(theme: &Theme) -> Ctx<'_> {
    let (text, lang) = (Catalog::of(Lang::Zh), Lang::Zh);
    Ctx { text, lang, theme, now: now(), today: today(), home: None }
}

fn page() -> VisitPage {
    VisitPage {
        visit: VisitId::from("V1"),
        version: 1,
        state: VisitState::Draft,
        revision: 1,
        customer: CustomerId::from("C1"),
        name: "立诚文具店".to_owned(),
        visited_on: today(),
        class: VisitClass::Onsite,
        channel: "实地".to_owned(),
        purposes: Vec::new(),
        duties: Vec::new(),
        author: UserId::from("zhang"),
        author_name: "张伟".to_owned(),
        writable: true,
        pack: "checklists@4".to_owned(),
        pack_text: None,
        sections: vec!["shop".to_owned()],
        facts: Facts::default(),
        answers: std::collections::BTreeMap::new(),
        seen_answers: 0,
        last: std::collections::BTreeMap::new(),
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
    }
}

fn text(text: &str) -> Answer {
    let value = Value::Text(text.to_owned());
    Answer { value, evidence: None, note: String::new(), unchanged: false }
}

fn recorded(answer: Answer, revision: i64) -> Recorded {
    Recorded { answer, revision, by: UserId::from("li"), at: "11-23 09:12:00".to_owned() }
}

fn open() -> (ChecklistPane, Theme, Arc<str>) {
    let mut pane = ChecklistPane::default();
    pane.open(VisitId::from("V1"));
    pane.load(Arc::new(page()));
    let session = pane.session.as_ref().unwrap();
    let is_text = |r: &crate::form::Row| matches!(r.item.kind, crate::form::Kind::Text);
    let at = session.state.rows.iter().position(is_text).expect("a question answered by text");
    let path = Arc::clone(&session.state.rows[at].path);
    pane.go_to(at);
    (pane, Theme::default(), path)
}

/// Revision named by the answer that these actions send.
fn seen(actions: &[Action]) -> Option<i64> {
    actions.iter().find_map(|action| match action {
        Action::Apply(command) => match &**command {
            Command::Answer { seen, .. } => Some(*seen),
            _ => None,
        },
        _ => None,
    })
}

fn type_all(pane: &mut ChecklistPane, text: &str, ctx: &Ctx<'_>) {
    for c in text.chars() {
        pane.on_key(Key::char(c), ctx).expect("taken");
    }
}

#[test]
fn an_answer_names_the_revision_that_was_seen_when_typing_began() {
    let (mut pane, theme, path) = open();
    let ctx = ctx(&theme);
    type_all(&mut pane, "张三", &ctx);
    let mut newer = page();
    newer.answers.insert(path.to_string(), recorded(text("李四"), 7));
    pane.load(Arc::new(newer));
    assert!(pane.editor.as_ref().unwrap().elsewhere);
    assert_eq!(pane.editor.as_ref().unwrap().typed(), "张三");
    let actions = pane.on_action(&Action::Accept, &ctx);
    assert_eq!(seen(&actions), Some(0));
}

#[test]
fn an_answer_cleared_elsewhere_has_no_revision_any_more() {
    let (mut pane, theme, path) = open();
    let ctx = ctx(&theme);
    let mut with = page();
    with.answers.insert(path.to_string(), recorded(text("李四"), 7));
    pane.load(Arc::new(with));
    pane.load(Arc::new(page()));
    type_all(&mut pane, "张三", &ctx);
    assert_eq!(seen(&pane.on_action(&Action::Accept, &ctx)), Some(0));
}

#[test]
fn a_page_never_takes_back_an_answer_on_its_way() {
    let (mut pane, theme, path) = open();
    let ctx = ctx(&theme);
    type_all(&mut pane, "张三", &ctx);
    pane.on_action(&Action::Accept, &ctx);
    pane.load(Arc::new(page()));
    assert_eq!(pane.session.as_ref().unwrap().answer(&path), Some(&text("张三")));
    assert_eq!(pane.save_state(&ctx), "保存中");
    // A second change waits for the first one's revision.
    let row = pane.session.as_ref().unwrap().state.row(&path).unwrap().clone();
    assert_eq!(seen(&pane.answer(&row, Value::Text("王五".to_owned()))), None);
    let done = Outcome::Saved { item: path.to_string(), revision: 9, at: "09:12:31".to_owned() };
    let next = pane.on_done(&Command::Undo, &done, &ctx);
    assert_eq!(seen(&next), Some(9));
    let done = Outcome::Saved { item: path.to_string(), revision: 10, at: "09:12:32".to_owned() };
    assert!(pane.on_done(&Command::Undo, &done, &ctx).is_empty());
    assert!(pane.save_state(&ctx).contains("09:12:32"));
}

#[test]
fn escape_gives_a_changed_line_up_only_the_second_time() {
    let (mut pane, theme, _) = open();
    let ctx = ctx(&theme);
    type_all(&mut pane, "张", &ctx);
    assert!(matches!(&pane.on_action(&Action::Back, &ctx)[..], [Action::Say(_)]));
    assert!(pane.editor.is_some());
    let dropped = pane.on_action(&Action::Back, &ctx);
    assert!(pane.editor.is_none());
    let [Action::Apply(command)] = &dropped[..] else { panic!("{dropped:?}") };
    assert!(matches!(&**command, Command::KeepDraft { item, .. } if item.is_empty()));
}

#[test]
fn told_gaps_lead_to_their_place_and_are_forgotten_with_the_next_answer() {
    let (mut pane, theme, path) = open();
    let ctx = ctx(&theme);
    let told = Gap { item: path.to_string(), kind: crate::domain::gap::GapKind::OpenProposal };
    let command = Command::Submit {
        visit: VisitId::from("V1"),
        seen: 1,
        seen_answers: 0,
        lateness_reason: None,
        likeness_reason: None,
    };
    pane.go_to(0);
    pane.on_refused(&command, &Refusal::Incomplete(vec![told.clone()]), &ctx);
    assert_eq!(pane.context(), KeyContext::Reading);
    let gaps = pane.session.as_ref().unwrap().gaps();
    assert!(gaps.contains(&told));
    // What is only wanted comes after what is required.
    let wanted = gaps.iter().position(|g| g.kind == crate::domain::gap::GapKind::Wanted);
    assert!(wanted.is_none_or(|at| at > gaps.iter().position(|g| *g == told).unwrap()));
    let at = gaps.iter().position(|g| *g == told).unwrap();
    pane.gaps.as_mut().unwrap().select(at);
    pane.on_action(&Action::Open, &ctx);
    assert_eq!(pane.row().unwrap().path, path);
    type_all(&mut pane, "张", &ctx);
    pane.on_action(&Action::Accept, &ctx);
    assert!(!pane.session.as_ref().unwrap().gaps().contains(&told));
    // A tier that waits leads to the tiers.
    let kind = crate::domain::gap::GapKind::Unclassified;
    let tier = Gap { item: "tier".to_owned(), kind };
    pane.on_refused(&command, &Refusal::Incomplete(vec![tier.clone()]), &ctx);
    let gaps = pane.session.as_ref().unwrap().gaps();
    pane.gaps.as_mut().unwrap().select(gaps.iter().position(|gap| *gap == tier).unwrap());
    assert_eq!(pane.on_action(&Action::Open, &ctx), [Action::Tiers]);
}

#[test]
fn n_is_no_answer_once_there_is_one() {
    let (mut pane, theme, _) = open();
    let ctx = ctx(&theme);
    let mut whole = page();
    let library = crate::assets::packs().library;
    whole.sections = library.sections().iter().map(|section| section.id.clone()).collect();
    pane.load(Arc::new(whole));
    let rows = pane.session.as_ref().unwrap().state.rows.clone();
    let asks = |row: &crate::form::Row| matches!(row.item.kind, crate::form::Kind::Bool);
    let at = rows.iter().position(asks).expect("a question to be answered with yes or no");
    pane.go_to(at);
    assert!(pane.on_key(Key::char('y'), &ctx).is_some());
    pane.go_to(at);
    assert!(pane.on_key(Key::char('n'), &ctx).is_none());
    assert!(pane.on_key(Key::char('2'), &ctx).is_some());
}

#[test]
fn a_paste_begins_an_answer_only_where_text_is_wanted() {
    let (mut pane, theme, _) = open();
    let ctx = ctx(&theme);
    assert!(pane.on_paste("张三", &ctx).is_some());
    assert_eq!(pane.editor.as_ref().unwrap().typed(), "张三");
    let (mut pane, _, _) = open();
    pane.go_to(0);
    assert!(!pane.row().unwrap().item.kind.is_typed());
    assert!(pane.on_paste("张三", &ctx).is_none());
    let (mut pane, _, _) = open();
    let mut locked = page();
    locked.writable = false;
    pane.load(Arc::new(locked));
    assert!(pane.on_paste("张三", &ctx).is_none());
}

/// A flag raised by hand at the first question.
fn raised(pane: &mut ChecklistPane, signal: &str, level: &str, ctx: &Ctx<'_>) -> Vec<Action> {
    let values = [signal, level, "zhang", "M01", "2026-12-01", "", "已核实"];
    let values = values.map(str::to_owned).to_vec();
    pane.on_action(
        &Action::Answered(crate::ui::action::Answered { tag: "checklist-flag", values }),
        ctx,
    )
}

#[test]
fn no_last_day_is_told_before_the_signal_is_known() {
    let (mut pane, theme, _) = open();
    let actions = pane.on_action(&Action::Flag, &ctx(&theme));
    let [Action::Ask(ask)] = actions.as_slice() else { panic!("{actions:?}") };
    let labels: Vec<&str> = ask.fields.iter().map(|field| field.label.as_str()).collect();
    // Yellow allows half a year, red two months: which it is, the signal decides.
    assert!(labels.contains(&"期限"), "{labels:?}");
    let least = crate::ui::value::least().reason;
    let why = ctx(&theme).text.flags.at_least(ctx(&theme).text.flags.lowered_why, least);
    assert!(labels.contains(&why.as_str()), "{labels:?}");
}

#[test]
fn a_signal_typed_by_hand_is_read_as_the_library_has_it() {
    let (mut pane, theme, path) = open();
    let ctx = ctx(&theme);
    let words = crate::form::Words { zh: String::new(), en: String::new() };
    let item = "somewhere".to_owned();
    let (signal, level, limits) =
        ("EXT-05".to_owned(), crate::domain::flag::Level::Red, Vec::new());
    let proposal = crate::form::Proposal { signal, level, item, note: words, limits };
    pane.session.as_mut().unwrap().state.proposals.push(proposal);
    let command = |actions: &[Action]| match actions {
        [Action::Apply(command)] => match &**command {
            Command::RaiseFlag { signal, item, lowered, .. } => {
                let from = lowered.as_ref().map(|lowered| lowered.from);
                (signal.clone(), item.clone(), from)
            }
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    };
    // What suggests it is found however the code was typed.
    let red = Some(crate::domain::flag::Level::Red);
    let here = Some("somewhere".to_owned());
    let actions = raised(&mut pane, " ext-05", "orange", &ctx);
    assert_eq!(command(&actions), ("EXT-05".to_owned(), here, red));
    let actions = raised(&mut pane, "rent unpaid", "", &ctx);
    let yellow = Some(crate::domain::flag::Level::Yellow);
    assert_eq!(command(&actions), ("rent unpaid".to_owned(), Some(path.to_string()), yellow));
    // A code of a known group, but of no signal.
    let actions = raised(&mut pane, "ext-99", "", &ctx);
    let [Action::Say(said)] = actions.as_slice() else { panic!("{actions:?}") };
    assert_eq!(said.text, ctx.text.flags.unknown_signal);
}

/// The first row that these hold for.
fn place(pane: &ChecklistPane, wanted: impl Fn(&crate::form::Row) -> bool) -> usize {
    let rows = &pane.session.as_ref().unwrap().state.rows;
    rows.iter().position(wanted).expect("such a row")
}

#[test]
fn an_answer_leads_on_past_what_is_worked_out() {
    let (mut pane, _, _) = open();
    let choice = place(&pane, |row| matches!(row.item.kind, crate::form::Kind::Choice(_)));
    let session = pane.session.as_mut().unwrap();
    let next = Arc::make_mut(&mut session.state.rows[choice + 1].item);
    next.computed = true;
    pane.go_to(choice);
    let rows = &pane.session.as_ref().unwrap().state.rows;
    let wanted = (choice + 1..rows.len()).find(|at| !rows[*at].item.computed).unwrap();
    assert!(wanted > choice + 1);
    pane.go_on();
    assert_eq!(pane.scroll.selected(), wanted);
}

#[test]
fn a_digit_after_an_answer_leaves_for_no_screen() {
    let (mut pane, theme, path) = open();
    let ctx = ctx(&theme);
    let text = place(&pane, |row| row.path == path);
    let choice = place(&pane, |row| matches!(row.item.kind, crate::form::Kind::Choice(_)));
    let digit = Key::char('1');
    // Nothing was answered just now: it is for a screen.
    pane.go_to(text);
    assert!(pane.on_key(digit, &ctx).is_none());
    pane.go_to(choice);
    assert!(pane.on_key(digit, &ctx).is_some());
    pane.go_to(text);
    let told = pane.on_key(digit, &ctx).expect("taken");
    let [Action::Say(said)] = told.as_slice() else { panic!("{told:?}") };
    assert_eq!(said.text, ctx.text.checklist.no_digit_here);
    assert!(pane.on_key(digit, &ctx).is_none(), "once more is meant");
    // Any other key between them ends it.
    pane.go_to(choice);
    assert!(pane.on_key(digit, &ctx).is_some());
    pane.go_to(text);
    pane.on_key(Key::char('j'), &ctx);
    assert!(pane.on_key(digit, &ctx).is_none());
}

#[test]
fn the_list_of_gaps_opens_where_she_is() {
    let (mut pane, theme, _) = open();
    let ctx = ctx(&theme);
    let gaps: Vec<(String, bool)> = {
        let session = pane.session.as_ref().unwrap();
        let gaps = session.gaps();
        gaps.iter().map(|gap| (gap.item.clone(), gap.kind.is_missing())).collect()
    };
    assert!(gaps.len() > 2 && gaps[2].1, "{gaps:?}");
    let row = place(&pane, |row| *row.path == *gaps[2].0);
    pane.go_to(row);
    pane.on_action(&Action::Gaps, &ctx);
    assert_eq!(pane.gaps.as_ref().unwrap().selected(), 2);
}
