//! Finds a customer while typing: name, pinyin, number, contract, phone.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Step;
use crate::i18n::{format, words};
use crate::protocol::page::{Hit, SearchPage};
use crate::protocol::query::{Query, Slot};
use crate::ui::action::Action;
use crate::ui::ctx::Ctx;
use crate::ui::key::Key;
use crate::ui::theme::Meaning;
use crate::ui::widgets::frame::{centered, highlight, place, popup, put};
use crate::ui::widgets::input::Input;
use crate::ui::widgets::scroll::Scroll;

/// How many customers are asked for.
const LIMIT: u32 = 40;

/// The search.
#[derive(Debug)]
pub struct Search {
    typed: Input,
    page: Option<Arc<SearchPage>>,
    scroll: Scroll,
}

impl Search {
    pub(super) fn new(typed: Option<char>) -> Self {
        let typed = typed.map(String::from).unwrap_or_default();
        Self { typed: Input::new(&typed), page: None, scroll: Scroll::default() }
    }

    pub(super) fn query(&self) -> Option<(Slot, Query)> {
        let text = self.typed.text().trim().to_owned();
        (!text.is_empty()).then_some((Slot::Search, Query::Search { text, limit: LIMIT }))
    }

    pub(super) fn load(&mut self, page: Arc<SearchPage>) {
        self.page = Some(page);
        self.scroll.select(0);
    }

    pub(super) fn on_key(&mut self, key: Key) -> bool {
        self.typed.on_key(key)
    }

    pub(super) fn on_paste(&mut self, text: &str) -> bool {
        self.typed.on_paste(text);
        true
    }

    fn hits(&self) -> &[Hit] {
        match &self.page {
            Some(page) if !self.typed.text().trim().is_empty() => &page.hits,
            _ => &[],
        }
    }

    pub(super) fn on_action(&mut self, action: &Action) -> Step {
        let len = self.hits().len();
        if self.scroll.on_action(action, len) {
            return Step::stay();
        }
        if *action == Action::Accept {
            return match self.hits().get(self.scroll.selected()) {
                Some(hit) => Step::close(vec![Action::OpenCustomer(hit.row.customer.clone())]),
                None => Step::stay(),
            };
        }
        Step::close(Vec::new())
    }

    pub(super) fn render(&mut self, frame: &mut Frame<'_>, area: Rect, ctx: &Ctx<'_>) {
        let text = &ctx.text.overlays;
        let inner = popup(frame, centered(area, 76, 20), text.search, ctx);
        let below = self.typed.render_above(frame, inner, text.search_hint, ctx);
        if self.typed.is_empty() {
            return;
        }
        let body = Rect {
            y: below.y + 1.min(below.height),
            height: below.height.saturating_sub(1),
            ..below
        };
        let muted = ctx.theme.style(Meaning::Muted);
        let len = self.hits().len();
        if len == 0 && self.page.is_some() {
            put(frame, body, 0, Line::styled(text.search_none, muted));
        }
        let view = self.scroll.view(usize::from(body.height), len);
        place(frame, inner, self.scroll.place(len), ctx);
        for (row, index) in (0_u16..).zip(view) {
            let Some(hit) = self.hits().get(index) else { continue };
            put(frame, body, row, line(hit, usize::from(body.width), ctx));
            if index == self.scroll.selected() {
                highlight(frame, body, row, ctx.theme.style(Meaning::Selected));
            }
        }
    }
}

fn line(hit: &Hit, width: usize, ctx: &Ctx<'_>) -> Line<'static> {
    let (theme, row) = (ctx.theme, &hit.row);
    let muted = theme.style(Meaning::Muted);
    let room = width.saturating_sub(40);
    let name = &row.name;
    let marked = hit
        .span
        .and_then(|(from, to)| Some((name.get(..from)?, name.get(from..to)?, name.get(to..)?)));
    let mut spans = match marked {
        Some((before, found, after)) if crate::ui::width::cells(name) <= room => {
            let rest = room
                .saturating_sub(crate::ui::width::cells(before) + crate::ui::width::cells(found));
            vec![
                Span::raw(theme.clean(before)),
                Span::styled(theme.clean(found), theme.style(Meaning::Match)),
                Span::raw(theme.fit(after, rest)),
            ]
        }
        _ => vec![Span::raw(theme.fit(name, room))],
    };
    let line = row.line.map_or("-", |l| words::line(ctx.lang, l));
    let due = row.next_due.map(|d| format::near_day(d, ctx.today)).unwrap_or_default();
    spans.extend([
        Span::styled(format!(" {}", theme.fit(row.customer.as_str(), 11)), muted),
        Span::styled(theme.fit(line, 9), muted),
        Span::styled(theme.fit(words::tier(ctx.lang, row.tier), 8), theme.tier(row.tier)),
        Span::styled(theme.fit_right(&due, 10), muted),
    ]);
    Line::from(spans)
}
