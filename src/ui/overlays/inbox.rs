//! Messages: what is overdue, returned, late; opening one leads there.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Step;
use crate::i18n::format;
use crate::i18n::overlays::Overlays;
use crate::protocol::command::Command;
use crate::protocol::page::{InboxPage, NoticeRow};
use crate::ui::action::Action;
use crate::ui::ctx::Ctx;
use crate::ui::screen::Screen;
use crate::ui::theme::Meaning;
use crate::ui::widgets::frame::{empty, list_of, listing, place, popup, put};
use crate::ui::widgets::scroll::{Scroll, follow};
use crate::ui::width;

/// Lines at the foot for what was said with a message.
const NOTE_LINES: u16 = 3;

/// Messages to me.
#[derive(Debug, Default)]
pub struct Inbox {
    page: Option<Arc<InboxPage>>,
    scroll: Scroll,
}

impl Inbox {
    fn row(&self) -> Option<&NoticeRow> {
        self.page.as_ref()?.rows.get(self.scroll.selected())
    }

    /// Whether there is nothing in the list.
    pub(super) fn is_empty(&self) -> bool {
        self.page.as_ref().is_some_and(|page| page.rows.is_empty())
    }

    pub(super) fn load(&mut self, page: Arc<InboxPage>) {
        let wanted = self.row().map(|row| row.id);
        follow(&mut self.scroll, wanted.as_ref(), page.rows.iter().map(|row| row.id));
        self.page = Some(page);
    }

    pub(super) fn on_action(&mut self, action: &Action) -> Step {
        let len = self.page.as_ref().map_or(0, |p| p.rows.len());
        if self.scroll.on_action(action, len) {
            return Step::stay();
        }
        let Some(row) = self.row() else { return Step::close(Vec::new()) };
        let read = row.unread.then(|| Action::apply(Command::Acknowledge { notice: row.id }));
        match action {
            Action::Toggle => Step { close: false, actions: read.into_iter().collect() },
            Action::Open => {
                let mut actions: Vec<Action> = read.into_iter().collect();
                match (&row.visit, &row.customer) {
                    _ if row.kind.starts_with("handover_") => actions.push(Action::Packets),
                    _ if row.kind.starts_with("policy_") => actions.push(Action::Policies),
                    _ if matches!(row.kind.as_str(), "retention_due" | "erasure_open") => {
                        actions.push(Action::Retention);
                    }
                    _ if row.kind == "many_reveals" => actions.push(Action::Journal),
                    _ if row.kind.starts_with("tier_") => actions.push(Action::Tiers),
                    _ if row.kind.starts_with("strategy_") => actions.push(Action::Strategies),
                    _ if row.kind.starts_with("task_") => actions.push(Action::Tasks),
                    (_, Some(customer)) if row.kind.starts_with("flag_") => {
                        actions.push(Action::OpenCustomer(customer.clone()));
                        actions.extend(row.flag.clone().map(Action::SelectFlag));
                    }
                    (Some(visit), _) if reads(&row.kind) => {
                        actions.push(Action::OpenRecord(visit.clone()));
                    }
                    (Some(visit), _) => actions.push(Action::OpenVisit(visit.clone())),
                    (None, Some(customer)) => actions.push(Action::OpenCustomer(customer.clone())),
                    (None, None) => {
                        let day = row.ahead.map(|(day, _)| Action::SelectDay(day));
                        actions.extend(
                            day.into_iter().flat_map(|day| [Action::Go(Screen::Today), day]),
                        );
                    }
                }
                Step::close(actions)
            }
            Action::Left | Action::Right => Step::stay(),
            _ => Step::close(Vec::new()),
        }
    }

    pub(super) fn render(&mut self, frame: &mut Frame<'_>, area: Rect, ctx: &Ctx<'_>) {
        let text = &ctx.text.overlays;
        let wide = area.width.clamp(80, 132);
        let inner = popup(frame, listing(area, (wide, 22), self.is_empty()), text.inbox, ctx);
        let Some(page) = self.page.clone() else { return };
        if page.rows.is_empty() {
            empty(frame, inner, text.inbox_empty, ctx);
            return;
        }
        let theme = ctx.theme;
        // Sign, day and who take so many cells; what is told has its share of the rest.
        let room = usize::from(inner.width).saturating_sub(20);
        let said = (room * 3 / 7).clamp(24, 48);
        let name = room.saturating_sub(said);
        let inner = self.render_note(frame, inner, ctx);
        list_of(frame, inner, (&mut self.scroll, &page.rows), ctx, |row| {
            let mark = if row.unread { theme.glyphs.overdue } else { " " };
            let meaning = if row.unread { Meaning::Text } else { Meaning::Muted };
            let who = row.officer_name.as_deref().unwrap_or_default();
            let about = match row.ahead {
                Some(ahead) => text.ahead(&row.kind, ahead, ctx.today),
                None => row.name.clone().unwrap_or_else(|| "-".to_owned()),
            };
            Line::from(vec![
                Span::styled(format!("{mark} "), theme.style(Meaning::Overdue)),
                Span::styled(
                    format!("{} ", format::near_day(row.date, ctx.today)),
                    theme.style(Meaning::Muted),
                ),
                Span::styled(theme.fit(&about, name), theme.style(meaning)),
                Span::styled(
                    format!(" {}", theme.fit(&told(row, text), said)),
                    theme.style(meaning),
                ),
                Span::styled(theme.fit_right(who, 8), theme.style(Meaning::Muted)),
            ])
        });
        place(frame, inner, self.scroll.place(page.rows.len()), ctx);
    }

    /// What was said with the selected message, at the foot; gives the room that is left.
    fn render_note(&self, frame: &mut Frame<'_>, inner: Rect, ctx: &Ctx<'_>) -> Rect {
        let Some(row) = self.row() else { return inner };
        let theme = ctx.theme;
        let officer = row.officer_name.as_deref().unwrap_or_default();
        let (said, lines, meaning) = if let Some(note) = &row.note {
            let about_flag = row.kind.starts_with("flag_");
            let reason =
                if about_flag { ctx.text.flags.reason } else { ctx.text.review.return_reason };
            let colon = ctx.lang.colon();
            (format!("{reason}{colon}{}", note.replace('\n', " ")), NOTE_LINES, Meaning::Orange)
        } else if let Some(read) = ctx.text.overlays.officer_read(officer, &row.officer_read) {
            (read, 1, Meaning::Muted)
        } else {
            return inner;
        };
        let high = inner.height.saturating_sub(lines);
        let lines = width::wrap(&theme.clean(&said), usize::from(inner.width).saturating_sub(2));
        for (at, line) in (high..inner.height).zip(lines) {
            let line = Line::styled(format!(" {line}"), theme.style(meaning));
            put(frame, inner, at, line);
        }
        Rect { height: high, ..inner }
    }
}

/// What a message tells: of what stands, or that it is settled.
fn told(row: &NoticeRow, text: &Overlays) -> String {
    if row.stands { text.notice(&row.kind, row.days) } else { text.settled(&row.kind).to_owned() }
}

/// Whether a message is about a record that is handed in: to be read, not written in.
fn reads(kind: &str) -> bool {
    ["review", "opinion", "amendment", "record_approved"]
        .iter()
        .any(|start| kind.starts_with(start))
}
