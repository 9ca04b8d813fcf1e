//! The officer's half: from the agenda to the record handed in.

use super::start::TODAY;
use super::*;
use crate::app::Event;
use crate::app::tests::desk::Office;
use crate::domain::answer::{DocumentState, Evidence, Value};
use crate::domain::money::Fen;
use crate::domain::visit::VisitState;
use crate::form::Fresh;
use crate::protocol::reply::Refusal;

/// Decides all that the answers suggest: the first is confirmed, the others are rejected.
pub(super) fn decide(desk: &mut Desk, visit: &VisitId) {
    let mut confirmed = false;
    for _ in 0..20 {
        let page = desk.visit(visit);
        let open = judged(&page).proposals;
        // A signal that is under care already asks for no second decision.
        let before = match page.facts.get(crate::domain::facts::OPEN_FLAGS) {
            Some(Value::Multi(codes)) => codes.clone(),
            _ => Vec::new(),
        };
        let left = open.iter().filter(|p| {
            !before.contains(&p.signal) && !page.flags.iter().any(|f| f.signal == p.signal)
        });
        let left = left.count();
        if left == 0 {
            return;
        }
        if confirmed {
            desk.play(&[
                ("f", "根据回答建议预警"),
                ("<down><enter>", "否决预警"),
                ("现场已核实<enter>", "已否决"),
            ]);
        } else {
            desk.play(&[
                ("f<enter>", "确认预警"),
                ("<enter>", "还需填写：措施、期限"),
                ("下周复查库存", "还需填写：期限"),
                ("<tab>+7", "!还需填写"),
                ("<enter>", ""),
            ]);
            confirmed = true;
        }
        assert_eq!(desk.refused, []);
    }
    panic!("{}", desk.screen());
}

#[test]
fn from_the_agenda_to_the_record_handed_in() {
    let office = Office::open();
    let mut h = office.desk("zhangwei");
    let (customer, name) = overdue_company(&mut h);
    to_customer(&mut h, &customer);
    h.play(&[("<enter>", "开始回访"), ("<enter>", &format!("检查表 {name}"))]);
    let visit = h.open_visit();
    // Handing in too early shows what is missing; Enter leads there.
    h.play(&[("s", "尚不能提交|未完成与有误的项目"), ("j<enter>", "!未完成与有误的项目")]);
    fill(&mut h, &visit, &[]);
    h.play(&[("s", "未完成与有误的项目|待处理"), ("<esc>", "")]);
    decide(&mut h, &visit);
    countersign(&office, &mut h, &visit);
    h.play(&[
        ("s", "提交此检查表|逾期原因"),
        ("<enter>", "还需填写：逾期原因"),
        ("客户外出<enter>", "已提交|下次"),
    ]);
    assert_eq!(h.refused, []);
    assert_eq!(h.visit(&visit).state, VisitState::Submitted);
    assert_eq!(h.record(&visit).lateness_reason.as_deref(), Some("客户外出"));
    assert!(h.visit(&visit).flags.iter().any(|f| f.measure.as_deref() == Some("下周复查库存")));
    // It is done: the agenda does not ask for it any more.
    h.play(&[("1", ""), ("3<enter>", "请先撤回")]);
    assert!(h.due(&customer).iter().all(|row| row.due > TODAY), "{:?}", h.due(&customer));
    // Taken back, changed, handed in again.
    h.play(&[(":撤回", "撤回"), ("<enter>", "撤回此检查表"), ("<enter>", "已撤回")]);
    assert_eq!(h.visit(&visit).state, VisitState::Draft);
    countersign(&office, &mut h, &visit);
    h.play(&[("s", "提交此检查表"), ("再交<enter>", "已提交")]);
    assert_eq!(h.visit(&visit).state, VisitState::Submitted);
}

/// Index of the first row of this kind, answered or not.
fn first(desk: &mut Desk, visit: &VisitId, wanted: impl Fn(&Row) -> bool) -> (usize, String) {
    let state = judged(&desk.visit(visit));
    let index = state.rows.iter().position(wanted).expect("a row of this kind");
    (index, state.rows[index].path.to_string())
}

#[test]
fn every_kind_of_question_is_answered_by_keys() {
    let office = Office::open();
    let mut h = office.desk("zhangwei");
    h.keys("/C000113<enter>v<enter>");
    let visit = h.open_visit();
    let v = &visit;
    let value = |h: &mut Desk, path: &str| answer(h, v, path).map(|a| a.value);
    let kind_at = |h: &mut Desk, wanted: fn(&Row) -> bool, keys: &str| -> String {
        let (index, path) = first(h, v, wanted);
        h.keys(&(to_row(index) + keys));
        path
    };

    // One of several: by number, or with Enter, arrows and Enter.
    let path = kind_at(&mut h, |r| matches!(r.item.kind, Kind::Choice(_)), "2");
    let Some(Value::Choice(second)) = value(&mut h, &path) else { panic!() };
    at(&mut h, v, &path, "<enter><up><enter>");
    let Some(Value::Choice(chosen)) = value(&mut h, &path) else { panic!() };
    assert_ne!(chosen, second);
    // Several of several, by numbers and with blank and Enter.
    let path = kind_at(&mut h, |r| matches!(r.item.kind, Kind::Multi(_)), "23");
    assert!(matches!(value(&mut h, &path), Some(Value::Multi(codes)) if codes.len() == 2));
    at(&mut h, v, &path, "<enter><space><enter>");
    assert!(matches!(value(&mut h, &path), Some(Value::Multi(codes)) if codes.len() == 1));
    // By a part of the name in pinyin; the first Esc shows all options again.
    at(&mut h, v, &path, "<enter>fddb");
    assert!(h.screen().contains("筛选：fddb"), "{}", h.screen());
    h.keys("<esc>");
    assert!(!h.screen().contains("筛选："), "{}", h.screen());
    h.keys("fddb<space><enter>");
    let chosen = value(&mut h, &path);
    assert!(
        matches!(&chosen, Some(Value::Multi(codes)) if codes.contains(&"representative".to_owned())),
        "{path} {chosen:?}"
    );
    // Yes and no; once answered, `n` is the note and the answer stays.
    let bool_row = |r: &Row| matches!(r.item.kind, Kind::Bool);
    let state = judged(&h.visit(v));
    if state.rows.iter().any(bool_row) {
        let path = kind_at(&mut h, bool_row, "y");
        assert_eq!(value(&mut h, &path), Some(Value::Bool(true)));
        at(&mut h, v, &path, "n两人在场<enter>");
        let noted = answer(&mut h, v, &path).unwrap();
        assert_eq!((noted.value, noted.note.as_str()), (Value::Bool(true), "两人在场"));
    }
    // Numbers as an input method types them, amounts in 万, percent, days.
    let number = |r: &Row| matches!(r.item.kind, Kind::Number(_)) && !r.item.computed;
    // One that can't be stays in the field, with the sentence of its rule.
    let path = kind_at(&mut h, number, "１２<enter>");
    assert!(h.screen().contains("班次超过一天所能开的"), "{}", h.screen());
    assert_eq!(value(&mut h, &path), None);
    h.keys("<ctrl-u>３<enter>");
    assert_eq!(value(&mut h, &path).map(|v| v.encode()), Some("n:30000".to_owned()));
    let money = |r: &Row| matches!(r.item.kind, Kind::Money) && !r.item.computed;
    let path = kind_at(&mut h, money, "12.5万<enter>");
    assert_eq!(value(&mut h, &path), Some(Value::Money(Fen(12_500_000))));
    at(&mut h, v, &path, "1,2x<enter>");
    assert!(h.screen().contains("不是数字") || h.screen().contains("逗号"), "{}", h.screen());
    h.keys("<esc>").play(&[("<esc>", "125,000")]);
    let percent = |r: &Row| matches!(r.item.kind, Kind::Percent) && !r.item.computed;
    let path = kind_at(&mut h, percent, "18.5%<enter>");
    assert_eq!(value(&mut h, &path).map(|v| v.encode()), Some("n:185000".to_owned()));
    let path = kind_at(&mut h, |r| matches!(r.item.kind, Kind::Date), "11-20<enter>");
    assert_eq!(value(&mut h, &path).map(|v| v.encode()), Some("d:2026-11-20".to_owned()));
    // Text begins with the first Han character.
    let text = |r: &Row| matches!(r.item.kind, Kind::Text) && !r.path.ends_with("_time");
    let path = kind_at(&mut h, text, "厂区二号车间<enter>");
    assert_eq!(value(&mut h, &path), Some(Value::Text("厂区二号车间".to_owned())));
    // A long text pasted, with the caret moved and a line added.
    let (index, path) = first(&mut h, v, |r| matches!(r.item.kind, Kind::LongText));
    h.keys(&to_row(index)).paste("第一行\n第二行\n第三行");
    h.keys("<up><end>加字<down><end><enter>第四行<ctrl-s>");
    let long = "第一行\n第二行加字\n第三行\n第四行";
    assert_eq!(value(&mut h, &path), Some(Value::Text(long.to_owned())));
    // A document: received by number, promised with its day, refused with its reason.
    let document = |r: &Row| matches!(r.item.kind, Kind::Document);
    let path = kind_at(&mut h, document, "1");
    let state_of = |h: &mut Desk| match value(h, &path) {
        Some(Value::Document { state, until, note }) => (state, until.map(|d| d.to_string()), note),
        other => panic!("{other:?}"),
    };
    assert_eq!(state_of(&mut h).0, DocumentState::Received);
    at(&mut h, v, &path, "211-30<enter>");
    assert_eq!(state_of(&mut h).1.as_deref(), Some("2026-11-30"));
    at(&mut h, v, &path, "3老板不给<backtab><ctrl-u><enter>");
    assert_eq!(
        (state_of(&mut h).0, state_of(&mut h).2.as_str()),
        (DocumentState::Refused, "老板不给")
    );
    // Rows of a group.
    let group = |r: &Row| matches!(r.item.kind, Kind::Group(_));
    let path = kind_at(&mut h, group, "a");
    h.keys("华东钢贸<enter>");
    assert_eq!(value(&mut h, &path), Some(Value::Rows(1)));
    let cell = format!("{path}[0].");
    assert!(h.visit(v).answers.keys().any(|k| k.starts_with(&cell)), "{}", h.screen());
    at(&mut h, v, &path, "a");
    assert_eq!(value(&mut h, &path), Some(Value::Rows(2)));
    at(&mut h, v, &path, "xx");
    assert_eq!(value(&mut h, &path), Some(Value::Rows(0)));
    assert!(!h.visit(v).answers.keys().any(|k| k.starts_with(&cell)));
    // What was seen for an answer.
    let (index, path) = first(&mut h, v, |r| r.item.evidence && r.answered);
    h.keys(&(to_row(index) + "v<down><enter>"));
    assert_ne!(answer(&mut h, v, &path).unwrap().evidence.unwrap(), Evidence::Oral);
    // Cleared.
    at(&mut h, v, &path, "x");
    assert_eq!(answer(&mut h, v, &path), None);
    assert_eq!(h.refused, []);
}

#[test]
fn a_time_that_is_none_stays_in_its_field() {
    let office = Office::open();
    let mut h = office.desk("zhangwei");
    h.keys("/C000113<enter>v<enter>");
    let v = &h.open_visit();
    for (item, time) in [("start_time", "09:40"), ("end_time", "11:05")] {
        at(&mut h, v, item, "<enter>999:99<enter>");
        assert!(h.screen().contains("请写成 1"), "{}", h.screen());
        assert!(answer(&mut h, v, item).is_none());
        h.keys(&format!("<ctrl-u>{time}<enter>"));
        let value = answer(&mut h, v, item).map(|answer| answer.value);
        assert_eq!(value, Some(Value::Text(time.to_owned())));
    }
}

#[test]
fn unchanged_takes_last_times_answer_and_asks_what_was_seen() {
    let office = Office::open();
    let mut h = office.desk("zhangwei");
    h.play(&[("/C000020<enter>v", "检查表 松浦明达")]);
    let visit = h.open_visit();
    let on = h.visit(&visit).visited_on;
    // Times and texts belong to one visit: that is said, and nothing is taken over.
    let (index, path) = first(&mut h, &visit, |r| r.asks_anew(on) == Some(Fresh::Visit));
    let before = answer(&mut h, &visit, &path);
    h.play(&[(&(to_row(index) + "="), "不能沿用上次")]);
    assert_eq!(answer(&mut h, &visit, &path), before);
    let has_last =
        |r: &Row| r.last.is_some() && !r.answered && !r.item.computed && r.asks_anew(on).is_none();
    let (index, path) = first(&mut h, &visit, |r| has_last(r) && !r.item.evidence);
    h.keys(&(to_row(index) + "="));
    let taken = answer(&mut h, &visit, &path);
    let taken = taken.unwrap_or_else(|| panic!("{path} {:?}\n{}", h.refused, h.screen()));
    assert!(taken.unchanged);
    let (index, path) = first(&mut h, &visit, |r| has_last(r) && r.item.evidence);
    h.play(&[(&(to_row(index) + "="), "未变，已再核实"), ("<down><enter>", "")]);
    let taken = answer(&mut h, &visit, &path).unwrap();
    assert!(taken.unchanged && taken.evidence.is_some());
    assert_eq!(h.refused, []);
}

#[test]
fn a_line_that_drops_loses_no_word() {
    let office = Office::open();
    let mut h = office.desk("zhangwei");
    office.wait(60_000);
    h.keys("/C000113<enter>v<enter>");
    let visit = h.open_visit();
    let (index, path) = first(&mut h, &visit, |r| matches!(r.item.kind, Kind::LongText));
    h.keys(&(to_row(index) + "<enter>仓库里<enter>存货"));
    let before = h.caret();
    h.event(Event::Hangup);
    assert!(h.quit);
    h.close();
    let mut again = office.desk("zhangwei");
    again.play(&[("3", "仓库里|存货")]);
    assert_eq!(again.caret(), before);
    again.keys("不足<ctrl-s>");
    let kept = answer(&mut again, &visit, &path).map(|a| a.value);
    assert_eq!(kept, Some(Value::Text("仓库里\n存货不足".to_owned())));
    // Written, so nothing is being typed any more; and given up, likewise.
    assert_eq!(again.visit(&visit).draft, None);
    let at_text = first(&mut again, &visit, |r| matches!(r.item.kind, Kind::Text)).0;
    again.keys(&(to_row(at_text) + "王<esc>"));
    again.keys("<esc>");
    again.close();
    let mut third = office.desk("zhangwei");
    assert_eq!(third.visit(&visit).draft, None);
    // Leaving keeps the place.
    third.keys("3").keys(&(to_row(7) + "q"));
    third.close();
    let mut fourth = office.desk("zhangwei");
    fourth.keys("3");
    let title = judged(&fourth.visit(&visit)).rows[7].title.zh.clone();
    let detail = fourth.screen().lines().skip(20).collect::<String>();
    assert!(detail.contains(&title), "{title}\n{}", fourth.screen());
}

#[test]
fn a_process_that_is_killed_loses_two_seconds_at_the_most() {
    let office = Office::open();
    let mut h = office.desk("zhangwei");
    office.wait(60_000);
    h.keys("/C000113<enter>v<enter>");
    let visit = h.open_visit();
    let (index, _) = first(&mut h, &visit, |r| matches!(r.item.kind, Kind::Text));
    h.keys(&(to_row(index) + "王店")).poll();
    office.wait(1_500);
    h.poll().keys("长");
    h.kill();
    let mut again = office.desk("zhangwei");
    assert_eq!(again.visit(&visit).draft.as_ref().map(|d| d.1.as_str()), Some("王店"));
    again.play(&[("3", "王店"), ("员<enter>", "王店员")]);
}

#[test]
fn a_small_shop_is_one_screen() {
    let office = Office::open();
    let mut h = office.desk_of("zhangwei", 80, 24, crate::i18n::Lang::Zh);
    h.keys("/C000013<enter>v<enter>");
    let visit = h.open_visit();
    let state = judged(&h.visit(&visit));
    assert_eq!(state.rows.len(), 16, "fifteen about the shop, and the declaration of gifts");
    for row in &state.rows {
        assert!(h.screen().contains(&row.title.zh), "{}\n{}", row.title.zh, h.screen());
    }
    fill(&mut h, &visit, &[]);
    decide(&mut h, &visit);
    h.play(&[("s", "提交此检查表"), ("<enter>", "已提交")]);
    assert_eq!(h.visit(&visit).state, VisitState::Submitted);
    h.assert_whole();
}

#[test]
fn every_line_of_business_can_be_answered_to_the_end() {
    let office = Office::open();
    for customer in ["C000031", "C000034", "C000092", "C000076"] {
        let mut h = office.desk_of("zhangwei", 80, 24, crate::i18n::Lang::Zh);
        h.keys(&format!("/{customer}<enter>v<enter>"));
        let visit = h.open_visit();
        fill(&mut h, &visit, &[]);
        decide(&mut h, &visit);
        countersign(&office, &mut h, &visit);
        h.keys("s迟了<enter>");
        assert_eq!(h.visit(&visit).state, VisitState::Submitted, "{:?}\n{}", h.refused, h.screen());
    }
}

#[test]
fn the_store_tells_gaps_that_the_screen_did_not_know() {
    let office = Office::open();
    let mut h = office.desk("zhangwei");
    h.keys("/C000013<enter>v<enter>");
    let visit = h.open_visit();
    fill(&mut h, &visit, &[]);
    decide(&mut h, &visit);
    h.play(&[("s", "提交此检查表")]);
    // Meanwhile another session clears a required answer.
    let mut other = office.desk("zhangwei");
    other.keys("3");
    let (index, _) = first(&mut other, &visit, |r| r.needed == Needed::Hard && r.answered);
    other.keys(&(to_row(index) + "x"));
    h.keys("<enter>");
    assert!(
        matches!(h.refused.last(), Some(Refusal::Incomplete(_) | Refusal::Conflict { .. })),
        "{:?}",
        h.refused
    );
    assert!(h.screen().contains("未完成与有误的项目"), "{}", h.screen());
}
