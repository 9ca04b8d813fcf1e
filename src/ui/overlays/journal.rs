//! The journal for who audits it: rows by filter, and what is unusual; from there one step leads to the
//! rows of that person and day.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Step;
use crate::domain::user::Role;
use crate::i18n::report::Report;
use crate::protocol::page::{JournalEntry, JournalPage, Page, UnusualPage, UnusualRow};
use crate::protocol::query::{JournalFilter, Query, Slot};
use crate::ui::action::Action;
use crate::ui::ctx::Ctx;
use crate::ui::key::Key;
use crate::ui::keymap::KeyContext;
use crate::ui::theme::Meaning;
use crate::ui::widgets::frame::{centered, empty, list_of, place, popup, put};
use crate::ui::widgets::input::Input;
use crate::ui::widgets::scroll::{Scroll, follow};
use crate::ui::width;

mod filter;

/// Lines at the foot that tell the selected row whole.
const TOLD: u16 = 6;
/// How many days back is looked for what is unusual.
const DAYS: u32 = 30;

/// The journal, or what is unusual in it.
#[derive(Debug, Default)]
pub struct Journal {
    /// The filter as typed.
    text: String,
    filter: JournalFilter,
    page: Option<Arc<JournalPage>>,
    scroll: Scroll,
    unusual: Option<Arc<UnusualPage>>,
    unusual_scroll: Scroll,
    /// What is unusual is shown.
    watching: bool,
    typing: Option<Input>,
}

impl Journal {
    pub(super) const fn context(&self) -> KeyContext {
        if self.typing.is_some() { KeyContext::Picking } else { KeyContext::Journal }
    }

    pub(super) fn query(&self) -> (Slot, Query) {
        let query = if self.watching {
            Query::Unusual { days: DAYS }
        } else {
            Query::Journal(self.filter.clone())
        };
        (Slot::Journal, query)
    }

    pub(super) fn load(&mut self, page: &Page) {
        match page {
            Page::Journal(page) => {
                // Each row that somebody adds would move all others down by one.
                let wanted = self.row().map(|row| row.seq);
                follow(&mut self.scroll, wanted.as_ref(), page.rows.iter().map(|row| row.seq));
                self.page = Some(Arc::clone(page));
            }
            Page::Unusual(page) => self.unusual = Some(Arc::clone(page)),
            _ => {}
        }
    }

    pub(super) fn on_key(&mut self, key: Key) -> bool {
        self.typing.as_mut().is_some_and(|typed| typed.on_key(key))
    }

    pub(super) fn on_paste(&mut self, text: &str) -> bool {
        let Some(typed) = &mut self.typing else { return false };
        typed.on_paste(text);
        true
    }

    pub(super) fn on_action(&mut self, action: &Action, ctx: &Ctx<'_>) -> Step {
        if let Some(typed) = &self.typing {
            let text = typed.text();
            return self.on_typed(action, &text, ctx);
        }
        let (scroll, len) = if self.watching {
            (&mut self.unusual_scroll, self.unusual.as_ref().map_or(0, |page| page.rows.len()))
        } else {
            (&mut self.scroll, self.page.as_ref().map_or(0, |page| page.rows.len()))
        };
        if scroll.on_action(action, len) {
            return Step::stay();
        }
        match action {
            Action::Unusual => self.watching = !self.watching,
            Action::Filter => {
                self.watching = false;
                self.typing = Some(Input::new(&self.text));
            }
            Action::ClearFilter => self.narrow(String::new(), JournalFilter::default()),
            Action::Open if self.watching => {
                let Some(row) = self.anomaly() else { return Step::stay() };
                let (user, day) = (row.user.clone(), row.day);
                let text = format!("who:{user} on:{day}"); // tidy: not a text
                let (since, until) = (Some(day), Some(day));
                let person = Some(user);
                let filter = JournalFilter { person, since, until, ..JournalFilter::default() };
                self.watching = false;
                self.narrow(text, filter);
            }
            Action::Open => {
                let customer = self.row().and_then(|row| row.customer.clone());
                let Some((customer, _)) = customer else { return Step::stay() };
                return Step::close(vec![Action::OpenCustomer(customer)]);
            }
            Action::Left | Action::Right => {}
            Action::Back if self.watching => self.watching = false,
            Action::Back if !self.text.is_empty() => {
                self.narrow(String::new(), JournalFilter::default());
            }
            _ => return Step::close(Vec::new()),
        }
        Step::stay()
    }

    fn on_typed(&mut self, action: &Action, text: &str, ctx: &Ctx<'_>) -> Step {
        match action {
            Action::Accept => match filter::parse(text, ctx.today) {
                Ok(filter) => {
                    self.typing = None;
                    self.narrow(text.trim().to_owned(), filter);
                }
                Err(word) => {
                    let said = ctx.text.journal.not_understood(&word);
                    let said = Action::warn(ctx.theme.clean(&said));
                    return Step { close: false, actions: vec![said] };
                }
            },
            Action::Back | Action::Cancel => self.typing = None,
            _ => {}
        }
        Step::stay()
    }

    fn narrow(&mut self, text: String, filter: JournalFilter) {
        if filter != self.filter {
            self.page = None;
        }
        (self.text, self.filter) = (text, filter);
        self.scroll.select(0);
    }

    fn row(&self) -> Option<&JournalEntry> {
        self.page.as_ref()?.rows.get(self.scroll.selected())
    }

    fn anomaly(&self) -> Option<&UnusualRow> {
        self.unusual.as_ref()?.rows.get(self.unusual_scroll.selected())
    }

    pub(super) fn render(&mut self, frame: &mut Frame<'_>, area: Rect, ctx: &Ctx<'_>) {
        let text = &ctx.text.journal;
        let title = if self.watching { text.unusual_title } else { text.title };
        let wide = area.width.saturating_sub(4).clamp(76, 130).min(area.width);
        let inner = popup(frame, centered(area, wide, area.height.min(34)), title, ctx);
        if self.watching {
            self.render_unusual(frame, inner, ctx);
        } else {
            self.render_rows(frame, inner, ctx);
        }
    }

    fn render_rows(&mut self, frame: &mut Frame<'_>, inner: Rect, ctx: &Ctx<'_>) {
        let (text, theme) = (&ctx.text.journal, ctx.theme);
        let top = Rect { height: 1, ..inner };
        let colon = ctx.lang.colon();
        if let Some(typed) = &self.typing {
            typed.render_above(
                frame,
                Rect { x: top.x + 1, width: top.width.saturating_sub(1), ..top },
                text.hint,
                ctx,
            );
        } else if self.text.is_empty() {
            if let Some(page) = &self.page {
                let mut head = format!(" {}", text.head(page.head, page.anchored));
                if page.more {
                    head = format!("{head}  {}", text.latest(page.rows.len()));
                }
                put(
                    frame,
                    top,
                    0,
                    Line::styled(
                        theme.cut(&head, usize::from(top.width)),
                        theme.style(Meaning::Muted),
                    ),
                );
            }
        } else {
            let more = self.page.as_ref().filter(|page| page.more);
            let more = more.map(|page| text.latest(page.rows.len())).unwrap_or_default();
            let said = format!(" {}{colon}{}  {more}", text.filter, self.text);
            put(
                frame,
                top,
                0,
                Line::styled(
                    theme.cut(&said, usize::from(top.width)),
                    theme.style(Meaning::Accent),
                ),
            );
        }
        let (list, foot) = parts(inner);
        let Some(page) = self.page.clone() else {
            let reads = [Role::Auditor, Role::Admin];
            if ctx.home.is_some_and(|home| !reads.contains(&home.role)) {
                empty(frame, list, text.only_auditors, ctx);
            }
            return;
        };
        if page.rows.is_empty() {
            empty(frame, list, text.none, ctx);
            return;
        }
        list_of(frame, list, (&mut self.scroll, &page.rows), ctx, |row| {
            row_line(row, usize::from(list.width), ctx)
        });
        place(frame, inner, self.scroll.place(page.rows.len()), ctx);
        let Some(row) = self.row() else { return };
        let mut told = vec![format!(
            "{} {}  {}{colon}{}",
            row.seq,
            row.user,
            text.session_of,
            text.role(&row.role)
        )];
        if let Some((id, name)) = &row.customer {
            told.push(format!("{}{colon}{name} {id}", text.customer));
        }
        for (name, value) in [(text.was, &row.before), (text.is, &row.after)] {
            if !value.is_empty() {
                told.push(format!("{name}{colon}{value}"));
            }
        }
        if row.erased {
            told.push(text.erased.to_owned());
        }
        foot_lines(frame, foot, &told, ctx);
    }

    fn render_unusual(&mut self, frame: &mut Frame<'_>, inner: Rect, ctx: &Ctx<'_>) {
        let (text, theme) = (&ctx.text.journal, ctx.theme);
        let Some(page) = self.unusual.clone() else { return };
        let reach = format!(" {}", text.reach(page.days, &page.pack.0, page.pack.1));
        let muted = theme.style(Meaning::Muted);
        put(frame, inner, 0, Line::styled(theme.cut(&reach, usize::from(inner.width)), muted));
        let list = Rect { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner };
        if page.rows.is_empty() {
            empty(frame, list, text.none_unusual, ctx);
            return;
        }
        list_of(frame, list, (&mut self.unusual_scroll, &page.rows), ctx, |row| {
            unusual_line(row, usize::from(list.width), ctx)
        });
        place(frame, inner, self.unusual_scroll.place(page.rows.len()), ctx);
    }
}

/// The list below the first line, and the foot.
fn parts(inner: Rect) -> (Rect, Rect) {
    let high = inner.height.saturating_sub(TOLD + 1);
    let list = Rect { y: inner.y + 1, height: high, ..inner };
    let foot = Rect { y: list.bottom(), height: inner.height.saturating_sub(high + 1), ..inner };
    (list, foot)
}

fn foot_lines(frame: &mut Frame<'_>, foot: Rect, told: &[String], ctx: &Ctx<'_>) {
    let room = usize::from(foot.width).saturating_sub(2);
    let lines =
        told.iter().flat_map(|said| width::wrap(&ctx.theme.clean(&said.replace('\n', " ")), room));
    for (at, line) in (1..foot.height).zip(lines) {
        let line = Line::styled(format!(" {line}"), ctx.theme.style(Meaning::Muted));
        put(frame, foot, at, line);
    }
}

fn row_line(row: &JournalEntry, width: usize, ctx: &Ctx<'_>) -> Line<'static> {
    let theme = ctx.theme;
    let muted = theme.style(Meaning::Muted);
    let what = Report::of(ctx.lang).command(&row.command);
    let about = row.customer.as_ref().map_or_else(
        || row.subject.clone(),
        |(id, name)| {
            if row.subject == id.as_str() {
                format!("{name} {id}")
            } else {
                format!("{name} {}", row.subject)
            }
        },
    );
    let room = width.saturating_sub(1 + 20 + 11 + 26);
    Line::from(vec![
        Span::styled(format!(" {}", theme.fit(&row.at, 20)), muted),
        Span::raw(format!("{} ", theme.fit(&row.actor, 10))),
        Span::raw(format!("{} ", theme.fit(what, 25))),
        Span::styled(theme.fit(&about, room), muted),
    ])
}

fn unusual_line(row: &UnusualRow, width: usize, ctx: &Ctx<'_>) -> Line<'static> {
    let (text, theme) = (&ctx.text.journal, ctx.theme);
    let muted = theme.style(Meaning::Muted);
    let usual = row.usual.map(|tenths| text.usually(tenths)).unwrap_or_default();
    let between = format!("{}-{}", row.between.0, row.between.1);
    let room = width.saturating_sub(1 + 12 + 11 + 6 + 13 + 13);
    Line::from(vec![
        Span::styled(format!(" {}", theme.fit(&row.day.to_string(), 12)), muted),
        Span::raw(format!("{} ", theme.fit(&row.actor, 10))),
        Span::styled(theme.fit(text.unusual(row.what), room), theme.style(Meaning::Yellow)),
        Span::raw(theme.fit_right(&row.count.to_string(), 6)),
        Span::styled(theme.fit_right(&between, 13), muted),
        Span::styled(theme.fit_right(&usual, 13), muted),
    ])
}
