//! Review by several people: rounds, opinions, call-backs, and two visits side by side.

use super::review::{handed_in, open};
use super::*;
use crate::app::tests::desk::Office;
use crate::domain::review::CallResult;
use crate::domain::visit::VisitState;
use crate::i18n::Lang;
use crate::protocol::page::{Page, QueuePage};
use crate::protocol::query::Query;
use crate::ui::keymap::KeyContext;
use crate::ui::screen::PaneId;
use std::sync::Arc;

fn queue(desk: &mut Desk) -> Arc<QueuePage> {
    match desk.query(&Query::Queue) {
        Page::Queue(page) => page,
        other => panic!("{other:?}"),
    }
}

pub(super) fn state(desk: &mut Desk, visit: &VisitId) -> VisitState {
    desk.record(visit).visit.state
}

/// A shop's record handed in by its officer, and a red flag at the shop.
fn red_record(office: &Office) -> (Desk, VisitId) {
    let (mut officer, visit) = handed_in(office);
    officer.keys("1/C000013<enter>f");
    officer.keys("OPS-01<enter>停业核查<tab>+7<tab>店门紧锁三天<enter>");
    assert_eq!(officer.refused, [], "{}", officer.screen());
    assert!(officer.record(&visit).flags[2] > 0, "{}", officer.screen());
    (officer, visit)
}

#[test]
fn a_red_record_is_approved_by_two_supervisors() {
    let office = Office::open();
    let (_officer, visit) = red_record(&office);
    let mut head = office.desk("lifang");
    open(&mut head, &visit);
    head.play(&[("", "会签意见|第二主管|待会签"), ("a", "含红色信号|第二主管")]);
    head.keys("<enter>");
    assert_eq!(head.refused, [], "{}", head.screen());
    assert_eq!(state(&mut head, &visit), VisitState::Submitted);
    let row = queue(&mut head).rows.iter().find(|row| row.visit == visit).cloned().unwrap();
    assert!(!row.mine && !row.waits_for.is_empty());
    // Not a second time by herself.
    open(&mut head, &visit);
    head.play(&[("a", "您已通过")]);
    // The risk desk reads it, but nothing of hers is wanted.
    let mut risk = office.desk("zhouqiang");
    open(&mut risk, &visit);
    risk.play(&[("", "!a 通过|!a 会签意见"), ("a", "此记录无须您处理"), ("r", "此记录无须您处理")]);
    // The second supervisor is told, reads, and is against it first.
    let mut second = office.desk("hupeng");
    second.play(&[("i", "请您会签"), ("<enter>", "检查记录  立诚文具店|复核人  同意")]);
    second.play(&[
        ("", "a 会签意见"),
        ("a", "会签意见：第二主管|条件或理由"),
        ("<right><right><tab>用途不明<enter>", "意见已保存"),
    ]);
    assert_eq!(second.refused, [], "{}", second.screen());
    assert_eq!(state(&mut second, &visit), VisitState::Submitted);
    head.poll();
    head.play(&[("1i", "会签不同意"), ("<enter>", "用途不明|不同意")]);
    // She changes her mind; with that it is approved.
    open(&mut second, &visit);
    second.keys("a<left><left><tab><ctrl-u>已补发票<enter>");
    assert_eq!(second.refused, [], "{}", second.screen());
    assert_eq!(state(&mut head, &visit), VisitState::Approved);
    let review = head.record(&visit).review.clone().unwrap();
    assert_eq!(review.0, "李芳");
}

#[test]
fn who_has_a_pin_types_it_to_decide_about_a_red_record() {
    let office = Office::open();
    let (_officer, visit) = red_record(&office);
    let mut head = office.desk("lifang");
    head.poll();
    head.play(super::lock::CHOOSE);
    head.poll();
    open(&mut head, &visit);
    head.play(&[
        ("a", "含红色信号|本人口令|复核意见"),
        ("<enter>", "本人口令"),
        ("000001<tab>看过流水<enter>", "口令不对，再错 4 次|看过流水"),
    ]);
    assert_eq!(state(&mut head, &visit), VisitState::Submitted);
    assert!(head.record(&visit).opinions.is_empty(), "nothing was decided");
    head.play(&[("192837<enter>", "待会签")]);
    assert_eq!(head.refused, [], "{}", head.screen());
    let said = head.record(&visit).opinions.clone();
    assert_eq!(said.len(), 1);
    assert_eq!(said[0].text, "看过流水");
    // The second supervisor's opinion as well.
    let mut second = office.desk("hupeng");
    second.poll();
    second.play(super::lock::CHOOSE);
    second.poll();
    open(&mut second, &visit);
    second.play(&[("a", "会签意见：第二主管|本人口令")]);
    second.keys("<tab><tab>192837<enter>");
    assert_eq!(second.refused, [], "{}", second.screen());
    assert_eq!(state(&mut head, &visit), VisitState::Approved, "{}", second.screen());
}

#[test]
fn the_second_round_shows_what_was_mended_and_what_was_said_to_the_comments() {
    let office = Office::open();
    let (mut officer, visit) = handed_in(&office);
    let mut head = office.desk("lifang");
    open(&mut head, &visit);
    // A comment at the first text of the record.
    let state_of = judged(&head.record(&visit).visit);
    let text = |row: &Row| matches!(row.item.kind, Kind::LongText | Kind::Text);
    let texts: Vec<_> = state_of.rows.iter().filter(|row| text(row) && row.answered).collect();
    let item = texts.last().unwrap().path.to_string();
    for _ in 0..120 {
        head.keys("jc请写明门牌<enter>");
        let comments = head.record(&visit).visit.comments.clone();
        if comments.last().is_some_and(|comment| comment.item.as_deref() == Some(&*item)) {
            break;
        }
        head.keys("u");
    }
    let comments = head.record(&visit).visit.comments.clone();
    assert_eq!(comments.len(), 1, "{comments:?}\n{}", head.screen());
    head.keys("r<enter>");
    assert_eq!(state(&mut head, &visit), VisitState::Returned, "{}", head.screen());
    // The officer finds herself there, mends it and says so.
    officer.poll();
    officer.play(&[("1/C000013<enter>v", "请写明门牌"), ("c", "批注处理说明|请写明门牌")]);
    officer.play(&[("门牌已补<enter>", "门牌已补")]);
    officer.play(&[("c", "门牌已补")]);
    officer.keys("<esc>");
    let row = judged(&officer.visit(&visit)).row(&item).unwrap().clone();
    let other = match &row.item.kind {
        Kind::LongText => String::from("<enter><ctrl-u>南门东侧第二间，招牌新换。<ctrl-s>"),
        Kind::Text => String::from("<enter><ctrl-u>南门东侧<enter>"),
        _ => String::from("n南门东侧<enter>"),
    };
    officer.keys(&other);
    officer.keys("s<enter>");
    assert_eq!(state(&mut officer, &visit), VisitState::Submitted, "{}", officer.screen());
    head.poll();
    let row = queue(&mut head).rows.iter().find(|row| row.visit == visit).cloned().unwrap();
    assert_eq!(row.returned, 1);
    open(&mut head, &visit);
    head.play(&[("", "退回后的修改|南门东侧|退回时的批注|已改|门牌已补|退回 1 次")]);
    // In the other language, on a small screen, and whole.
    let mut small = office.desk_of("lifang", 80, 24, Lang::En);
    open(&mut small, &visit);
    small.play(&[("", "Changed since it was returned"), ("<pagedown>", "")]);
    small.assert_whole();
}

#[test]
fn any_two_visits_are_compared_from_review_and_from_the_history() {
    let office = Office::open();
    let mut head = office.desk("lifang");
    head.keys("5<enter>");
    head.play(&[("x", "两次回访对比|变动")]);
    assert_eq!(head.app.key_context(), KeyContext::Comparing);
    head.play(&[("d", "全部"), ("<tab>h", "两次回访对比"), ("<esc>", "!两次回访对比")]);
    assert_eq!(head.app.place.focused(), PaneId::Record);
    // The same record from the history of the dossier.
    let customer = queue(&mut head).rows.first().unwrap().customer.clone();
    head.keys(&format!("1/{customer}<enter><left>"));
    head.play(&[("x", "两次回访对比")]);
    for (columns, rows) in [(80, 24), (120, 36), (200, 60)] {
        head.resize(columns, rows);
        head.assert_whole();
    }
}

#[test]
fn words_are_looked_for_in_a_record_and_in_the_history() {
    let office = Office::open();
    let (_officer, visit) = super::review::handed_in(&office);
    let mut head = office.desk("lifang");
    super::review::open(&mut head, &visit);
    head.play(&[
        ("/", "在此记录中查找"),
        ("近 30 天收款<enter>", "第 1 处，共 1 处"),
        ("/<ctrl-u>没有这样的字<enter>", "此记录中没有这些字"),
    ]);
    assert_eq!(head.app.place.focused(), PaneId::Record);
    // In the history of the dossier among its visits, elsewhere among all customers.
    head.keys("1/C000013<enter><left>");
    head.play(&[
        ("/", "在历次回访中查找"),
        ("现场<enter>", "第 1 处"),
        ("/<ctrl-u>没有这样的字<enter>", "历次回访中没有这些字"),
        ("<right>/", "!在历次回访中查找"),
    ]);
    for (columns, rows) in [(80, 24), (120, 36)] {
        head.resize(columns, rows);
        head.assert_whole();
    }
}

#[test]
fn the_sample_is_called_back_from_its_list() {
    let office = Office::open();
    let mut head = office.desk("lifang");
    head.play(&[("5s", "抽样回访  2026-11")]);
    let month = crate::app::tests::harness::now().date_naive();
    let Page::Sample(sample) = head.query(&Query::Sample { month }) else { panic!() };
    let at = sample.rows.iter().position(|row| !row.own).expect("one to call");
    let before = usize::try_from(sample.rows[at].calls).unwrap();
    let visit = sample.rows[at].visit.clone();
    // Anybody of the branch draws the same.
    let Page::Sample(other) = office.desk("hupeng").query(&Query::Sample { month }) else {
        panic!()
    };
    let drawn = |page: &crate::protocol::page::SamplePage| {
        page.rows.iter().map(|row| row.visit.clone()).collect::<Vec<_>>()
    };
    assert_eq!(drawn(&other), drawn(&sample));
    head.keys(&format!("g{}<enter>", "j".repeat(at)));
    head.play(&[("s", "联系人|核实情况")]);
    // Without a name nothing is kept; nobody reached needs none.
    head.play(&[("<enter>", "还需填写：结果")]);
    assert_eq!(head.record(&visit).calls.len(), before, "{}", head.screen());
    head.keys("<right><right><enter>");
    assert_eq!(head.refused, [], "{}", head.screen());
    let calls = head.record(&visit).calls.clone();
    assert_eq!(calls.len(), before + 1, "{}", head.screen());
    assert_eq!(calls.last().unwrap().result, CallResult::NotReached);
    head.keys("s<tab><right><enter>");
    assert_eq!(head.record(&visit).calls.len(), before + 1, "{}", head.screen());
    head.play(&[("王店长<enter>", "!核实情况 *")]);
    let calls = head.record(&visit).calls.clone();
    assert_eq!(calls.len(), before + 2, "{}", head.screen());
    head.play(&[("<esc>", "抽样回访"), ("[", "2026-10"), ("]", "2026-11"), ("s", "待复核")]);
}

#[test]
fn a_mornings_reviews_stay_on_the_home_row() {
    let office = Office::open();
    let mut head = office.desk("lifang");
    let waiting = queue(&mut head).rows.iter().filter(|row| row.mine).count();
    assert!(waiting > 3, "{waiting}");
    head.keys("5");
    let first = queue(&mut head).rows.iter().position(|row| row.mine).unwrap();
    head.keys(&format!("g{}<enter>", "j".repeat(first)));
    for left in (0..waiting).rev() {
        assert_eq!(head.app.place.focused(), PaneId::Record, "{}", head.screen());
        head.keys("a<enter>");
        let now = queue(&mut head).rows.iter().filter(|row| row.mine).count();
        assert_eq!(now, left, "{:?}\n{}", head.refused, head.screen());
    }
    assert_eq!(head.app.place.focused(), PaneId::Queue);
    // The last decision was too quick: asked once, then taken back.
    head.keys("uu");
    assert_eq!(queue(&mut head).rows.iter().filter(|row| row.mine).count(), 1, "{}", head.screen());
}

#[test]
fn what_weighs_is_asked_before_it_is_taken_back_and_named() {
    let office = Office::open();
    let (_officer, visit) = handed_in(&office);
    let mut head = office.desk("lifang");
    open(&mut head, &visit);
    head.keys("a<enter>");
    assert_eq!(state(&mut head, &visit), VisitState::Approved, "{}", head.screen());
    // From another screen the first press only asks.
    let name = head.visit(&visit).name.clone();
    head.play(&[("1u", &format!("再按一次 u 撤销：复核通过 {name}"))]);
    assert_eq!(state(&mut head, &visit), VisitState::Approved);
    head.play(&[("u", "已撤销：复核通过")]);
    assert_eq!(state(&mut head, &visit), VisitState::Submitted);
}

#[test]
fn each_decision_taken_back_is_asked_by_itself() {
    let office = Office::open();
    let mut head = office.desk("lifang");
    let mine = |head: &mut Desk| -> Vec<(VisitId, String)> {
        let page = queue(head);
        let rows = page.rows.iter().filter(|row| row.mine);
        rows.map(|row| (row.visit.clone(), row.name.clone())).collect()
    };
    let waiting = mine(&mut head);
    open(&mut head, &waiting[0].0);
    head.keys("a<enter>a<enter>");
    let gone: Vec<_> = waiting.iter().filter(|row| !mine(&mut head).contains(row)).collect();
    assert_eq!(gone.len(), 2, "{:?}\n{}", head.refused, head.screen());
    let (first, second) = (gone[0], gone[1]);
    head.play(&[
        ("u", &format!("再按一次 u 撤销：复核通过 {}", second.1)),
        ("u", &format!("已撤销：复核通过 {}", second.1)),
    ]);
    assert_eq!(state(&mut head, &second.0), VisitState::Submitted);
    // A question lasts for one key: what comes later is asked anew.
    for keys in ["u", "ju"] {
        head.play(&[(keys, &format!("再按一次 u 撤销：复核通过 {}", first.1))]);
    }
    assert_eq!(state(&mut head, &first.0), VisitState::Approved, "not without a question");
    head.play(&[("u", &format!("已撤销：复核通过 {}", first.1))]);
    assert_eq!(state(&mut head, &first.0), VisitState::Submitted);
}

#[test]
fn back_from_those_to_call_leads_to_those_that_wait() {
    let office = Office::open();
    let mut head = office.desk("lifang");
    head.play(&[("5", "待审"), ("s", "抽中 1 次"), ("<esc>", "待审|!抽中 1 次")]);
    assert_eq!(head.app.place.focused(), PaneId::Queue);
    head.keys("<esc>");
    assert_ne!(head.app.place.focused(), PaneId::Queue, "{}", head.screen());
}

#[test]
fn the_queue_counts_the_changes_that_the_record_lists() {
    let office = Office::open();
    let mut head = office.desk_of("lifang", 120, 60, Lang::Zh);
    let rows: Vec<_> = queue(&mut head).rows.iter().filter(|row| row.mine).cloned().collect();
    assert!(rows.iter().any(|row| row.changes > 3), "{rows:?}");
    for row in rows {
        open(&mut head, &row.visit);
        let screen = head.screen();
        if row.changes > 0 {
            let told = format!("自上次以来的变动 {}", row.changes);
            assert!(
                screen.lines().any(|line| line.trim_end().ends_with(&told)),
                "{told}\n{screen}"
            );
        }
        // When a visit began differs each time and is no news.
        assert!(!screen.contains("• 开始时间"), "{screen}");
    }
}
