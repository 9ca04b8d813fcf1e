//! The sample of a month in the queue's place: which visits are called back, and what came of it.

use std::sync::Arc;

use chrono::{Datelike, Months, NaiveDate};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::ids::VisitId;
use crate::domain::review::CallResult;
use crate::i18n::{format, words};
use crate::protocol::page::{SamplePage, SampleRow};
use crate::protocol::query::Query;
use crate::ui::action::Action;
use crate::ui::ctx::Ctx;
use crate::ui::theme::Meaning;
use crate::ui::widgets::frame::{empty, highlight, pane_with, put};
use crate::ui::widgets::scroll::{Scroll, follow};

const RESULT: usize = 12;
const VISITED: usize = 8;
const OFFICER: usize = 9;
const CALLS: usize = 6;

/// The sample of a month.
#[derive(Debug, Default)]
pub(super) struct Sample {
    /// Which month is looked at; `None` = the queue is.
    month: Option<NaiveDate>,
    page: Option<Arc<SamplePage>>,
    scroll: Scroll,
}

impl Sample {
    pub(super) const fn is_shown(&self) -> bool {
        self.month.is_some()
    }

    /// Shows the month of this day, or the queue again.
    pub(super) fn toggle(&mut self, today: NaiveDate) {
        self.month = if self.is_shown() { None } else { today.with_day(1) };
    }

    /// Shows the queue again.
    pub(super) const fn leave(&mut self) {
        self.month = None;
    }

    pub(super) fn query(&self) -> Option<Query> {
        self.month.map(|month| Query::Sample { month })
    }

    pub(super) fn load(&mut self, page: Arc<SamplePage>) {
        let wanted = self.row().map(|row| row.visit.clone());
        let ids = page.rows.iter().map(|row| row.visit.clone());
        follow(&mut self.scroll, wanted.as_ref(), ids);
        self.page = Some(page);
    }

    fn shown(&self) -> Option<&Arc<SamplePage>> {
        self.page.as_ref().filter(|page| Some(page.month) == self.month)
    }

    pub(super) fn row(&self) -> Option<&SampleRow> {
        self.shown()?.rows.get(self.scroll.selected())
    }

    fn position(&self, visit: &VisitId) -> Option<usize> {
        self.shown()?.rows.iter().position(|row| row.visit == *visit)
    }

    pub(super) fn select(&mut self, visit: &VisitId) {
        if let Some(at) = self.position(visit) {
            self.scroll.select(at);
        }
    }

    /// The visit before or after one; for one that is not here, the selected one.
    pub(super) fn neighbour(&self, visit: Option<&VisitId>, forward: bool) -> Option<VisitId> {
        let rows = &self.shown()?.rows;
        let Some(at) = visit.and_then(|visit| self.position(visit)) else {
            return self.row().map(|row| row.visit.clone());
        };
        let next = if forward { at + 1 } else { at.checked_sub(1)? };
        rows.get(next).map(|row| row.visit.clone())
    }

    pub(super) fn on_action(&mut self, action: &Action) -> Vec<Action> {
        let len = self.shown().map_or(0, |page| page.rows.len());
        if self.scroll.on_action(action, len) {
            return Vec::new();
        }
        let turned = self.month.and_then(|month| match action {
            Action::MonthNext => month.checked_add_months(Months::new(1)),
            Action::MonthPrevious => month.checked_sub_months(Months::new(1)),
            _ => None,
        });
        if turned.is_some() {
            self.month = turned;
            self.scroll = Scroll::default();
            return Vec::new();
        }
        let Some(row) = self.row() else { return Vec::new() };
        match action {
            Action::Open | Action::Right => vec![Action::OpenRecord(row.visit.clone())],
            Action::Compare => {
                vec![Action::OpenCompare((row.customer.clone(), None))]
            }
            Action::Why => vec![Action::OpenWhy(row.customer.clone())],
            Action::Copy => vec![Action::CopyText(row.name.clone())],
            _ => Vec::new(),
        }
    }

    pub(super) fn render(
        &mut self,
        frame: &mut Frame<'_>,
        area: Rect,
        focused: bool,
        ctx: &Ctx<'_>,
    ) {
        let text = &ctx.text.review;
        let month = self.month.unwrap_or(ctx.today);
        let title = format!("{}  {}-{:02}", text.sample_title, month.year(), month.month());
        let page = self.shown().cloned();
        let count = page.as_ref().map_or_else(String::new, |page| {
            text.sample_of(page.rows.len(), page.drawn_from, page.percent)
        });
        let inner = pane_with(frame, area, &title, &count, focused, ctx);
        let Some(page) = page else {
            empty(frame, inner, ctx.text.shell.loading, ctx);
            return;
        };
        if page.rows.is_empty() {
            empty(frame, inner, text.sample_none, ctx);
            return;
        }
        put(frame, inner, 0, heading(inner.width, ctx));
        let list = Rect { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner };
        let view = self.scroll.view(usize::from(list.height), page.rows.len());
        let meaning = if focused { Meaning::Selected } else { Meaning::Shadow };
        for (at, index) in (0_u16..).zip(view) {
            let Some(row) = page.rows.get(index) else { continue };
            put(frame, list, at, line(row, inner.width, ctx));
            if index == self.scroll.selected() {
                highlight(frame, list, at, ctx.theme.style(meaning));
            }
        }
    }
}

/// Narrower than this, who made the visit and the number of calls have no room.
const WIDE_FROM: u16 = 60;

fn name_width(width: u16) -> usize {
    let more = if width >= WIDE_FROM { OFFICER + CALLS } else { 0 };
    usize::from(width).saturating_sub(2 + RESULT + VISITED + more).min(40)
}

fn heading(width: u16, ctx: &Ctx<'_>) -> Line<'static> {
    let (text, theme) = (&ctx.text.review, ctx.theme);
    let mut line = format!(
        " {}{}{} ",
        theme.fit(text.result_column, RESULT),
        theme.fit(text.visited_column, VISITED),
        theme.fit(text.customer_column, name_width(width)),
    );
    if width >= WIDE_FROM {
        line.push_str(&theme.fit(text.author_column, OFFICER));
        line.push_str(&theme.fit_right(text.calls_column, CALLS));
    }
    Line::styled(line, theme.style(Meaning::Muted))
}

fn line(row: &SampleRow, width: u16, ctx: &Ctx<'_>) -> Line<'static> {
    let (text, theme) = (&ctx.text.review, ctx.theme);
    let (word, meaning) = match row.result {
        _ if row.own => (text.state_own, Meaning::Muted),
        None => (text.not_called, Meaning::Text),
        Some(result) => {
            let meaning = match result {
                CallResult::Confirmed => Meaning::Good,
                CallResult::NotReached => Meaning::Yellow,
                CallResult::Differs => Meaning::Red,
            };
            (words::call_result(ctx.lang, result), meaning)
        }
    };
    let plain = theme.style(if row.own { Meaning::Muted } else { Meaning::Text });
    let muted = theme.style(Meaning::Muted);
    let calls = if row.calls == 0 { "-".to_owned() } else { row.calls.to_string() };
    let mut spans = vec![
        Span::styled(format!(" {}", theme.fit(word, RESULT)), theme.style(meaning)),
        Span::styled(theme.fit(&format::near_day(row.visited_on, ctx.today), VISITED), muted),
        Span::styled(format!("{} ", theme.fit(&row.name, name_width(width))), plain),
    ];
    if width >= WIDE_FROM {
        spans.push(Span::styled(theme.fit(&row.officer_name, OFFICER), plain));
        spans.push(Span::styled(theme.fit_right(&calls, CALLS), muted));
    }
    Line::from(spans)
}
