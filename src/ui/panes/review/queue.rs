//! Records that wait for review: red flags first, then lateness, then age. Enter opens one. The same
//! pane shows the visits of a month that are called back.
//! Watches `Query::Queue` or `Query::Sample`. Returns `OpenRecord`, `OpenWhy`, `OpenCompare`.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

mod sample;

use crate::domain::cockpit::Grouping;
use crate::domain::flag::Level;
use crate::domain::ids::{CustomerId, VisitId};
use crate::i18n::format;
use crate::protocol::page::{QueuePage, QueueRow, SamplePage};
use crate::protocol::query::Query;
use crate::ui::action::{Action, QueueOf};
use crate::ui::ctx::Ctx;
use crate::ui::keymap::KeyContext;
use crate::ui::theme::Meaning;
use crate::ui::widgets::blocks::{Blocks, Lines};
use crate::ui::widgets::frame::{empty, pane_with, put};
use crate::ui::widgets::scroll::{Scroll, follow};
use crate::ui::width::cells;

/// A review takes at most this many workdays (`domain.md` 4.7).
const LIMIT: i64 = 5;
/// Narrower than this, a record takes two lines.
const TABLE_FROM: u16 = 74;
/// From this width on the lateness of the visit has a column.
const LATE_FROM: u16 = 92;

/// Records that wait for review.
#[derive(Debug, Default)]
pub struct QueuePane {
    /// The whole queue.
    all: Option<Arc<QueuePage>>,
    /// What of it is shown.
    page: Option<Arc<QueuePage>>,
    /// Whose records alone are shown.
    only: Option<Box<QueueOf>>,
    scroll: Scroll,
    blocks: Blocks,
    sample: sample::Sample,
}

impl QueuePane {
    /// The customer of the selected record.
    pub fn selected(&self) -> Option<CustomerId> {
        if self.sample.is_shown() {
            return self.sample.row().map(|row| row.customer.clone());
        }
        self.row().map(|row| row.customer.clone())
    }

    /// The selected record.
    pub fn visit(&self) -> Option<VisitId> {
        if self.sample.is_shown() {
            return self.sample.row().map(|row| row.visit.clone());
        }
        self.row().map(|row| row.visit.clone())
    }

    /// Selects a record, if it is here.
    pub fn select(&mut self, visit: &VisitId) {
        if self.sample.is_shown() {
            self.sample.select(visit);
        } else if let Some(index) = self.position(visit) {
            self.scroll.select(index);
        }
    }

    /// The record before or after one; for a record that is not here (any more), the selected one.
    pub fn neighbour(&self, visit: Option<&VisitId>, forward: bool) -> Option<VisitId> {
        if self.sample.is_shown() {
            return self.sample.neighbour(visit, forward);
        }
        let rows = &self.page.as_ref()?.rows;
        let Some(index) = visit.and_then(|visit| self.position(visit)) else {
            return self.visit();
        };
        let next = if forward { index + 1 } else { index.checked_sub(1)? };
        rows.get(next).map(|row| row.visit.clone())
    }

    /// The record to look at once this one is decided: the next that waits for me, else the first.
    pub fn after(&self, visit: &VisitId) -> Option<VisitId> {
        if self.sample.is_shown() {
            return None;
        }
        let rows = &self.page.as_ref()?.rows;
        let here = self.position(visit).unwrap_or_else(|| self.scroll.selected());
        let waits = |row: &&QueueRow| row.mine && row.visit != *visit;
        let later = rows.iter().skip(here).find(waits);
        later.or_else(|| rows.iter().find(waits)).map(|row| row.visit.clone())
    }

    fn position(&self, visit: &VisitId) -> Option<usize> {
        self.page.as_ref()?.rows.iter().position(|row| row.visit == *visit)
    }

    fn row(&self) -> Option<&QueueRow> {
        self.page.as_ref()?.rows.get(self.scroll.selected())
    }

    /// How many records are shown.
    #[cfg(test)]
    pub(crate) fn count(&self) -> usize {
        self.page.as_ref().map_or(0, |page| page.rows.len())
    }

    /// What it is looking at.
    pub fn query(&self) -> Option<Query> {
        Some(self.sample.query().unwrap_or(Query::Queue))
    }

    /// Takes the sample of a month.
    pub fn load_sample(&mut self, page: Arc<SamplePage>) {
        self.sample.load(page);
    }

    /// Takes a page; the selection stays on its record.
    pub fn load(&mut self, page: Arc<QueuePage>) {
        self.all = Some(page);
        self.arrange();
    }

    /// Goes back to the waiting records of all; `false` = they are shown.
    pub fn leave(&mut self) -> bool {
        let left = self.sample.is_shown() || self.only.is_some();
        self.sample.leave();
        self.only = None;
        self.arrange();
        left
    }

    fn arrange(&mut self) {
        let Some(all) = &self.all else { return };
        let of = self.only.as_deref();
        let rows = all.rows.iter().filter(|row| of.is_none_or(|of| is_of(row, of)));
        let mut rows: Vec<QueueRow> = rows.cloned().collect();
        // What waits for somebody else comes after what waits for her.
        rows.sort_by_key(is_dim);
        let page = Arc::new(QueuePage { rows });
        let wanted = self.row().map(|row| row.visit.clone());
        follow(&mut self.scroll, wanted.as_ref(), page.rows.iter().map(|row| row.visit.clone()));
        self.page = Some(page);
    }

    /// Does what an action means here.
    pub fn on_action(&mut self, action: &Action, ctx: &Ctx<'_>) -> Vec<Action> {
        if *action == Action::Sample {
            self.sample.toggle(ctx.today);
            return Vec::new();
        }
        if let Action::ReviewsOf(of) = action {
            self.only.clone_from(of);
            self.sample.leave();
            self.arrange();
            self.scroll.select(0);
            return Vec::new();
        }
        if self.sample.is_shown() {
            return self.sample.on_action(action);
        }
        let len = self.page.as_ref().map_or(0, |page| page.rows.len());
        if self.scroll.on_action(action, len) {
            return Vec::new();
        }
        let Some(row) = self.row() else { return Vec::new() };
        match action {
            Action::Open | Action::Right => vec![Action::OpenRecord(row.visit.clone())],
            // The record pane decides and asks; it has the focus once the record is open.
            Action::Approve | Action::ReturnRecord | Action::Comment => {
                vec![Action::OpenRecord(row.visit.clone()), action.clone()]
            }
            Action::Compare => {
                let side = (row.visit.clone(), Some(row.version));
                vec![Action::OpenCompare((row.customer.clone(), Some(side)))]
            }
            Action::Why => vec![Action::OpenWhy(row.customer.clone())],
            Action::Copy => vec![Action::CopyText(row.name.clone())],
            _ => Vec::new(),
        }
    }

    /// Where its keys go now.
    pub fn context(&self) -> KeyContext {
        KeyContext::Queue
    }

    /// Draws itself.
    pub fn render(&mut self, frame: &mut Frame<'_>, area: Rect, focused: bool, ctx: &Ctx<'_>) {
        let text = &ctx.text.review;
        if self.sample.is_shown() {
            self.sample.render(frame, area, focused, ctx);
            return;
        }
        let count = self.page.as_ref().map(|page| {
            let mine = page.rows.iter().filter(|row| row.mine).count();
            text.queue_count(mine, page.rows.len())
        });
        let count = count.unwrap_or_default();
        let title = self.only.as_ref().map_or_else(
            || text.queue_title.to_owned(),
            |of| format!("{}  {}", text.queue_title, ctx.theme.clean(&of.name)),
        );
        let inner = pane_with(frame, area, &title, &count, focused, ctx);
        let Some(page) = self.page.clone() else {
            empty(frame, inner, ctx.text.shell.loading, ctx);
            return;
        };
        if page.rows.is_empty() {
            empty(frame, inner, &ctx.why_empty(text.queue_none), ctx);
            return;
        }
        let table = inner.width >= TABLE_FROM;
        let head = u16::from(table).min(inner.height);
        let list = Rect { y: inner.y + head, height: inner.height - head, ..inner };
        if table {
            put(frame, inner, 0, heading(inner.width, ctx));
        }
        let lines: Lines = page
            .rows
            .iter()
            .enumerate()
            .flat_map(|(at, row)| {
                let lines = if table {
                    vec![line(row, inner.width, ctx)]
                } else {
                    card(row, inner.width, ctx)
                };
                lines.into_iter().map(move |line| (Some(at), line))
            })
            .collect();
        self.scroll.view(usize::from(list.height), page.rows.len());
        let meaning = if focused { Meaning::Selected } else { Meaning::Shadow };
        let style = ctx.theme.style(meaning);
        self.blocks.render(frame, list, lines, self.scroll.selected(), style);
    }
}

/// Whether a record is of a customer of this officer or district.
fn is_of(row: &QueueRow, of: &QueueOf) -> bool {
    match of.by {
        Grouping::Officer => row.officer.as_str() == of.key,
        Grouping::District => row.district.as_deref().unwrap_or_default() == of.key,
    }
}

/// Whose turn it is first, then what is out of the ordinary about it.
fn state(row: &QueueRow, ctx: &Ctx<'_>) -> (String, Meaning) {
    let text = &ctx.text.review;
    let (word, meaning) = if row.own {
        (text.state_own, Meaning::Muted)
    } else if row.disputed {
        (text.state_against, Meaning::Orange)
    } else if !row.waits_for.is_empty() && row.mine {
        (text.state_opinion, Meaning::Accent)
    } else if !row.waits_for.is_empty() {
        (text.state_said, Meaning::Muted)
    } else if row.waiting_workdays > LIMIT {
        (text.state_late, Meaning::Overdue)
    } else if row.returned > 0 {
        return (text.state_again(row.returned), Meaning::Yellow);
    } else {
        (text.state_waiting, Meaning::Text)
    };
    (word.to_owned(), meaning)
}

/// Whether nothing of the actor's is wanted.
const fn is_dim(row: &QueueRow) -> bool {
    row.own || !row.mine
}

/// `●1 ◆2 ▲1`, from red to yellow; nothing for none.
fn flags(row: &QueueRow, ctx: &Ctx<'_>) -> Vec<Span<'static>> {
    let levels = [Level::Yellow, Level::Orange, Level::Red];
    let counted = levels.into_iter().zip(row.flags).rev().filter(|(_, count)| *count > 0);
    counted
        .map(|(level, count)| {
            let text = format!("{}{count} ", ctx.theme.level_mark(level));
            Span::styled(text, ctx.theme.level(level))
        })
        .collect()
}

const STATE: usize = 8;
const SUBMITTED: usize = 12;
const AUTHOR: usize = 8;
const FLAGS: usize = 9;
const COUNT: usize = 5;
const LATE: usize = 9;
const WAITS: usize = 6;
const EXPOSURE: usize = 9;

fn name_width(width: u16) -> usize {
    let late = if width >= LATE_FROM { LATE } else { 0 };
    let taken = 1 + STATE + SUBMITTED + AUTHOR + 1 + FLAGS + 2 * COUNT + late + WAITS + EXPOSURE;
    usize::from(width).saturating_sub(taken + 2).min(48)
}

fn heading(width: u16, ctx: &Ctx<'_>) -> Line<'static> {
    let (text, theme) = (&ctx.text.review, ctx.theme);
    let late =
        if width >= LATE_FROM { theme.fit_right(text.late_column, LATE) } else { String::new() };
    let line = format!(
        " {}{}{} {} {}{}{}{late}{}{}",
        theme.fit(text.state_column, STATE),
        theme.fit(text.submitted_column, SUBMITTED),
        theme.fit(text.author_column, AUTHOR),
        theme.fit(text.customer_column, name_width(width)),
        theme.fit(text.flags_column, FLAGS),
        theme.fit_right(text.changes_column, COUNT),
        theme.fit_right(text.missing_column, COUNT),
        theme.fit_right(text.waiting_column, WAITS),
        theme.fit_right(text.exposure_column, EXPOSURE),
    );
    Line::styled(line, theme.style(Meaning::Muted))
}

fn line(row: &QueueRow, width: u16, ctx: &Ctx<'_>) -> Line<'static> {
    let (text, theme) = (&ctx.text.review, ctx.theme);
    let (word, meaning) = state(row, ctx);
    let muted = theme.style(Meaning::Muted);
    let plain = theme.style(if is_dim(row) { Meaning::Muted } else { Meaning::Text });
    let mut spans = vec![
        Span::styled(format!(" {}", theme.fit(&word, STATE)), theme.style(meaning)),
        Span::styled(theme.fit(&row.submitted_at, SUBMITTED), muted),
        Span::styled(format!("{} ", theme.fit(&row.author_name, AUTHOR)), plain),
        Span::styled(format!("{} ", theme.fit(&row.name, name_width(width))), plain),
    ];
    let flags = flags(row, ctx);
    let used: usize = flags.iter().map(Span::width).sum();
    spans.extend(flags);
    spans.push(Span::raw(" ".repeat(FLAGS.saturating_sub(used))));
    let count = |n: u32| if n == 0 { "-".to_owned() } else { n.to_string() };
    spans.push(Span::styled(theme.fit_right(&count(row.changes), COUNT), plain));
    spans.push(Span::styled(theme.fit_right(&count(row.missing), COUNT), plain));
    if width >= LATE_FROM {
        let late = if row.late_days > 0 { text.waits(row.late_days) } else { "-".to_owned() };
        let meaning = if row.late_days > 0 { Meaning::Overdue } else { Meaning::Muted };
        spans.push(Span::styled(theme.fit_right(&late, LATE), theme.style(meaning)));
    }
    let waits = theme.fit_right(&text.waits(row.waiting_workdays), WAITS);
    spans.push(Span::styled(waits, theme.style(meaning)));
    let exposure = format::maybe_amount(ctx.lang, row.exposure);
    spans.push(Span::styled(theme.fit_right(&exposure, EXPOSURE), plain));
    Line::from(spans)
}

/// Two lines: state, customer, waiting; author, time, flags, changes.
fn card(row: &QueueRow, width: u16, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let (text, theme) = (&ctx.text.review, ctx.theme);
    let (word, meaning) = state(row, ctx);
    let muted = theme.style(Meaning::Muted);
    let width = usize::from(width);
    let waits = text.waits(row.waiting_workdays);
    let exposure = format::maybe_amount(ctx.lang, row.exposure);
    let name = width.saturating_sub(STATE + cells(&waits) + cells(&exposure) + 4);
    let plain = theme.style(if is_dim(row) { Meaning::Muted } else { Meaning::Text });
    let first = vec![
        Span::styled(format!(" {}", theme.fit(&word, STATE)), theme.style(meaning)),
        Span::styled(theme.fit(&row.name, name), plain),
        Span::styled(format!(" {exposure}"), muted),
        Span::styled(format!(" {waits}"), theme.style(meaning)),
    ];
    let mut second = vec![Span::raw(" ".repeat(STATE + 1))];
    second.extend(flags(row, ctx));
    if row.returned > 0 {
        let times = format!("{} ", text.returned_times(row.returned));
        second.push(Span::styled(times, theme.style(Meaning::Yellow)));
    }
    if row.late_days > 0 {
        let late = format!("{} ", text.late_by(row.late_days));
        second.push(Span::styled(late, theme.style(Meaning::Overdue)));
    }
    for (name, count) in [(text.changes, row.changes), (text.missing, row.missing)] {
        if count > 0 {
            second.push(Span::styled(format!("{name}{count} "), plain));
        }
    }
    let who = format!("{} {}", row.author_name, row.submitted_at);
    let who = if row.own { text.own_row } else { &who };
    let used: usize = second.iter().map(Span::width).sum();
    second.push(Span::styled(theme.cut(who, width.saturating_sub(used)), muted));
    vec![Line::from(first), Line::from(second)]
}

#[cfg(test)]
mod tests;
