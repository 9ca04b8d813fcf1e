use super::*;
use chrono::NaiveDate;

use crate::domain::event::EventKind;
use crate::ui::ctx::with_ctx;

#[test]
fn why_she_is_looked_at_begins_with_what_is_known_of_her() {
    with_ctx(Lang::Zh, begins_with_what_is_known);
}

fn begins_with_what_is_known(ctx: &Ctx<'_>) {
    let mark = ctx.theme.glyphs.dot;
    for (industry, district, said) in [
        (Some("钢贸"), Some("江北"), format!("钢贸 {mark} 螺纹钢、焦炭")),
        (None, Some("江北"), format!("江北 {mark} 螺纹钢、焦炭")),
        (None, None, "螺纹钢、焦炭".to_owned()),
    ] {
        let row = row(industry, district, ctx);
        let lines = look(&row, 100, ctx);
        assert_eq!(lines[0].spans[1].content.trim(), said);
    }
}

fn row(industry: Option<&str>, district: Option<&str>, ctx: &Ctx<'_>) -> LookAtRow {
    LookAtRow {
        event: "E1".into(),
        title: "钢价下跌".to_owned(),
        customer: "C1".into(),
        name: "立诚".to_owned(),
        industry: industry.map(str::to_owned),
        district: district.map(str::to_owned),
        why: vec!["螺纹钢".to_owned(), "焦炭".to_owned()],
        owner: "zhang".into(),
        owner_name: "张伟".to_owned(),
        due_on: ctx.today,
        state: TodoState::Open,
        done_on: None,
        result: None,
    }
}

#[test]
fn a_name_and_a_reason_are_told_whole_on_a_narrow_screen() {
    with_ctx(Lang::Zh, told_whole);
    with_ctx(Lang::En, told_whole);
}

fn told_whole(ctx: &Ctx<'_>) {
    let mut row = row(Some("家具制造"), Some("江北区"), ctx);
    row.name = "石溪口百川精密机械集团有限责任公司".to_owned();
    row.why = vec!["江北区".to_owned(), "家具".to_owned()];
    let told =
        |width| -> Vec<String> { look(&row, width, ctx).iter().map(ToString::to_string).collect() };
    let [first, second] = told(76).try_into().unwrap();
    assert!(first.contains(&row.name) && first.contains("张伟"), "{first}");
    let reasons = row.why.join(ctx.lang.list_mark());
    assert!(second.contains("家具制造") && second.ends_with(&reasons), "{second}");
    // With room for both they stand beside each other.
    let [line] = told(136).try_into().unwrap();
    assert!(line.contains(&row.name) && line.contains(&reasons), "{line}");
}

fn event(id: &str, title: &str, day: NaiveDate) -> EventRow {
    EventRow {
        event: id.into(),
        kind: EventKind::Policy,
        title: title.to_owned(),
        change: None,
        happened_on: day,
        reach: Default::default(),
        points: "毛利".to_owned(),
        due_on: day,
        customers: 3,
        done: 1,
        late: 0,
        closed_on: None,
        finding: None,
        entered_by: "李芳".to_owned(),
        revision: 1,
    }
}

#[test]
fn what_was_entered_here_is_selected_and_what_others_enter_is_not() {
    let day: NaiveDate = "2026-11-20".parse().unwrap();
    let page = |rows: &[(&str, &str)]| {
        let rows = rows.iter().map(|(id, title)| event(id, title, day)).collect();
        Arc::new(EventsPage { rows, may_enter: true })
    };
    let mut events = Events::default();
    let selected = |events: &Events| events.row().unwrap().event.to_string();
    events.load(page(&[("E1", "限产")]));
    // Somebody else's.
    events.load(page(&[("E2", "限产"), ("E1", "限产")]));
    assert_eq!(selected(&events), "E1");
    events.on_done(&Outcome::EventEntered("E3".into()));
    // Another one of the same words came in between, and this page does not have hers yet.
    events.load(page(&[("E4", "限产"), ("E2", "限产"), ("E1", "限产")]));
    assert_eq!(selected(&events), "E1");
    events.load(page(&[("E4", "限产"), ("E3", "限产"), ("E2", "限产"), ("E1", "限产")]));
    assert_eq!(selected(&events), "E3");
    // It is selected once.
    events.scroll.select(0);
    events.load(page(&[("E5", "限产"), ("E4", "限产"), ("E3", "限产")]));
    assert_eq!(selected(&events), "E4");
}
