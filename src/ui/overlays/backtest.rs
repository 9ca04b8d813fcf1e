//! The back-test: what each kind of signal and each grade foretold, and what came of it.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::Step;
use crate::assets::signals;
use crate::i18n::{format, scan, score};
use crate::protocol::page::BacktestPage;
use crate::protocol::query::{Query, Slot};
use crate::ui::action::Action;
use crate::ui::ctx::Ctx;
use crate::ui::theme::Meaning;
use crate::ui::widgets::frame::{centered, place, popup, put};
use crate::ui::widgets::reader::Reader;

/// Cells of a number column.
const NUMBER: usize = 10;
/// The same where there is little room.
const NARROW: usize = 7;
/// Least cells of the first column.
const FIRST: usize = 12;

/// The page with how far somebody has read.
#[derive(Debug, Default)]
pub struct Backtest {
    page: Option<Arc<BacktestPage>>,
    reader: Reader,
}

impl Backtest {
    pub(super) const fn query() -> (Slot, Query) {
        (Slot::Backtest, Query::Backtest)
    }

    pub(super) fn load(&mut self, page: Arc<BacktestPage>) {
        self.page = Some(page);
    }

    pub(super) fn on_action(&mut self, action: &Action) -> Step {
        if self.reader.on_action(action)
            || matches!(action, Action::Left | Action::Right | Action::Open)
        {
            return Step::stay();
        }
        Step::close(Vec::new())
    }

    pub(super) fn render(&mut self, frame: &mut Frame<'_>, area: Rect, ctx: &Ctx<'_>) {
        let height = area.height.saturating_sub(2);
        let title = ctx.text.backtest.title;
        let inner = popup(frame, centered(area, 112, height), title, ctx);
        let Some(page) = self.page.clone() else {
            put(frame, inner, 0, Line::raw(ctx.text.shell.loading));
            return;
        };
        let lines = lines(&page, usize::from(inner.width), ctx);
        self.reader.render(frame, inner, lines);
        place(frame, inner, self.reader.place(), ctx);
    }
}

fn lines(page: &BacktestPage, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let t = &ctx.text.backtest;
    let muted = ctx.theme.style(Meaning::Muted);
    let title = |said: &str| Line::styled(said.to_owned(), ctx.theme.style(Meaning::Heading));
    let note = if page.verified { "" } else { t.unverified };
    let said = t.rules(page.horizon_days, page.late_days, note);
    let mut lines: Vec<Line<'static>> = crate::ui::width::wrap(&said, width)
        .into_iter()
        .map(|line| Line::styled(line, muted))
        .collect();
    lines.push(Line::default());
    lines.push(title(t.of_signals));
    if page.signals.is_empty() {
        lines.push(Line::styled(t.no_signals, muted));
    } else {
        let names = if is_wide(7, width) {
            [
                t.signal,
                t.raised,
                t.confirmed,
                t.ripe,
                t.came_true,
                t.downgraded,
                t.precision,
                t.ahead,
            ]
        } else {
            [
                t.signal,
                t.raised,
                t.short_confirmed,
                t.short_ripe,
                t.short_true,
                t.short_downgraded,
                t.short_precision,
                t.short_ahead,
            ]
        };
        lines.push(Line::styled(row(&names.map(str::to_owned), width, ctx), muted));
        lines.extend(signal_rows(page, width, ctx));
    }
    lines.push(Line::default());
    lines.push(title(t.of_scores));
    if page.grades.is_empty() {
        let said = t.too_early(page.outcomes, page.least_outcomes);
        let wrapped = crate::ui::width::wrap(&said, width);
        lines.extend(wrapped.into_iter().map(|line| Line::styled(line, muted)));
        return lines;
    }
    let names = [t.quarter, t.grade, t.customers, t.events, t.predicted, t.observed];
    lines.push(Line::styled(row(&names.map(str::to_owned), width, ctx), muted));
    for one in &page.grades {
        let cells = [
            format::full_day(one.quarter),
            one.grade.to_string(),
            one.customers.to_string(),
            one.events.to_string(),
            percent(one.predicted),
            percent(one.observed()),
        ];
        lines.push(Line::raw(row(&cells, width, ctx)));
    }
    lines.push(Line::default());
    if let Some(first) = page.quarters.first() {
        lines.push(Line::styled(ctx.theme.cut(&t.warned(first.from), width), muted));
    }
    let names = [t.quarter, t.hit, t.alarm, t.missed, t.quiet];
    lines.push(Line::styled(row(&names.map(str::to_owned), width, ctx), muted));
    for one in &page.quarters {
        let counts = [one.hit, one.alarm, one.missed, one.quiet].map(|n| n.to_string());
        let cells: Vec<String> =
            std::iter::once(format::full_day(one.quarter)).chain(counts).collect();
        lines.push(Line::raw(row(&cells, width, ctx)));
    }
    lines
}

fn signal_rows(page: &BacktestPage, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let t = &ctx.text.backtest;
    let names = signals::shared();
    let told = |one: &crate::protocol::page::BacktestSignal| {
        let name = match &names {
            Ok(names) => scan::signal(ctx.lang, &one.signal, names),
            Err(_fault) => one.signal.clone(),
        };
        let precision = one.precision.map_or_else(|| t.few.to_owned(), percent);
        let ahead = one.days_ahead.map_or_else(|| "-".to_owned(), |days| days.to_string());
        let [raised, confirmed, ripe, came, lowered] =
            [one.raised, one.confirmed, one.ripe, one.came_true, one.downgraded]
                .map(|n| n.to_string());
        let cells = [name, raised, confirmed, ripe, came, lowered, precision, ahead];
        Line::raw(row(&cells, width, ctx))
    };
    page.signals.iter().map(told).collect()
}

fn percent(ten_thousandths: u32) -> String {
    score::percent(f64::from(ten_thousandths) / 10_000.0)
}

/// Whether so many numbers have room beside a name.
const fn is_wide(numbers: usize, width: usize) -> bool {
    width >= 2 * FIRST + numbers * (NUMBER + 1)
}

/// The first cell takes what the numbers leave.
fn row(cells: &[String], width: usize, ctx: &Ctx<'_>) -> String {
    let numbers = cells.len().saturating_sub(1);
    let column = if is_wide(numbers, width) { NUMBER } else { NARROW };
    let first = width.saturating_sub(numbers * (column + 1)).clamp(FIRST, 40);
    let mut line = String::new();
    for (at, cell) in cells.iter().enumerate() {
        if at == 0 {
            line.push_str(&ctx.theme.fit(cell, first));
        } else {
            line.push(' ');
            line.push_str(&ctx.theme.fit_right(cell, column));
        }
    }
    ctx.theme.cut(&line, width)
}
