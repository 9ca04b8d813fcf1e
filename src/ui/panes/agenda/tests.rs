use std::sync::Arc;

use chrono::{Days, NaiveDate};

use super::AgendaPane;
use crate::domain::duty::{DutyClass, DutyCode};
use crate::domain::loan::Tier;
use crate::i18n::Lang;
use crate::protocol::page::{AgendaPage, AgendaRow};
use crate::protocol::query::{AgendaFilter, Query};
use crate::ui::action::Action;
use crate::ui::ctx::with_ctx;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
}

fn page(due: &[NaiveDate]) -> Arc<AgendaPage> {
    let row = |due: &NaiveDate| AgendaRow {
        customer: "C1".into(),
        name: "张记货栈".into(),
        line: None,
        officer: "zhangwei".into(),
        officer_name: "张伟".into(),
        district: None,
        class: DutyClass::Any,
        opens: *due - Days::new(30),
        due: *due,
        overdue_days: (today() - *due).num_days().max(0),
        codes: vec![DutyCode::Day90],
        level: None,
        tier: Tier::Normal,
        exposure: None,
        planned: None,
        paused: None,
        delayed_from: None,
        asked: None,
        delay_to: None,
        record: None,
    };
    Arc::new(AgendaPage {
        total: u32::try_from(due.len()).unwrap(),
        offset: 0,
        rows: due.iter().map(row).collect(),
        wishes: Vec::new(),
        occasions: Vec::new(),
        plans: Vec::new(),
        deadlines: Vec::new(),
        deadlines_counted: 0,
    })
}

fn filter(pane: &AgendaPane) -> AgendaFilter {
    let Some(Query::Agenda { filter, .. }) = pane.query() else { panic!("no query") };
    filter
}

#[test]
fn where_nothing_is_due_today_the_week_ahead_stands_there() {
    let (today, week) = (today(), AgendaFilter::Until(today() + Days::new(6)));
    let mut pane = AgendaPane::new(today);
    assert_eq!(filter(&pane), AgendaFilter::Day(today));
    pane.load(page(&[]));
    assert_eq!(filter(&pane), week);
    // Nor does it go back and forth when the week has something, or nothing either.
    pane.load(page(&[today + Days::new(2)]));
    assert_eq!(filter(&pane), week);
    pane.load(page(&[]));
    assert_eq!(filter(&pane), week);
    // Another day is that day alone, and something due today stands alone again.
    pane.show_day(today + Days::new(1));
    assert_eq!(filter(&pane), AgendaFilter::Day(today + Days::new(1)));
    pane.show_day(today);
    pane.load(page(&[today - Days::new(1), today + Days::new(2)]));
    assert_eq!(filter(&pane), AgendaFilter::Day(today));
}

#[test]
fn a_key_about_a_visit_where_there_is_none_says_so() {
    with_ctx(Lang::Zh, |ctx| {
        let mut pane = AgendaPane::new(today());
        pane.load(page(&[]));
        for key in [Action::Visit, Action::Delay, Action::Pause, Action::Why, Action::Open] {
            assert_eq!(pane.on_action(&key, ctx), [Action::warn(ctx.text.agenda.empty_day)]);
        }
        assert!(pane.on_action(&Action::Next, ctx).is_empty());
    });
}
