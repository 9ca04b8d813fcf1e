//! Requests for delay and termination: whoever asked sees what became of them, a supervisor decides
//! those of others, with her reason typed in place.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Step;
use crate::domain::order::{Decision, RequestGround};
use crate::domain::user::Work;
use crate::i18n::{format, words};
use crate::protocol::command::{Command, RequestCommand};
use crate::protocol::page::{RequestEntry, RequestsPage};
use crate::ui::action::Action;
use crate::ui::ctx::Ctx;
use crate::ui::key::Key;
use crate::ui::theme::Meaning;
use crate::ui::widgets::frame::{empty, list_of, listing, place, popup, put};
use crate::ui::widgets::prompt::{Prompt, Typed};
use crate::ui::widgets::scroll::{Scroll, follow};
use crate::ui::width;

/// Lines at the foot that tell the selected request whole.
const TOLD: u16 = 5;
/// Cells between columns of figures.
const GAP: usize = 2;

/// The list of requests.
#[derive(Debug, Default)]
pub struct Requests {
    page: Option<Arc<RequestsPage>>,
    scroll: Scroll,
    /// The opinion being typed, and whether it approves.
    deciding: Option<Prompt<(RequestEntry, bool)>>,
    /// Who asked how often is shown instead of the list.
    counted: bool,
}

impl Requests {
    fn row(&self) -> Option<&RequestEntry> {
        self.page.as_ref()?.rows.get(self.scroll.selected())
    }

    /// Whether an opinion is being typed.
    pub(super) const fn is_typing(&self) -> bool {
        self.deciding.is_some()
    }

    /// Whether there is nothing in the list.
    pub(super) fn is_empty(&self) -> bool {
        !self.counted && self.page.as_ref().is_some_and(|page| page.rows.is_empty())
    }

    pub(super) fn load(&mut self, page: Arc<RequestsPage>) {
        let wanted = self.row().map(|row| row.bundle.clone());
        let ids = page.rows.iter().map(|row| row.bundle.clone());
        follow(&mut self.scroll, wanted.as_ref(), ids);
        self.page = Some(page);
    }

    pub(super) fn on_key(&mut self, key: Key) -> bool {
        Prompt::on_key(&mut self.deciding, key)
    }

    pub(super) fn on_paste(&mut self, text: &str) -> bool {
        Prompt::on_paste(&mut self.deciding, text)
    }

    /// Whether an action can do anything with the request in view.
    pub(super) fn offers(&self, action: &Action) -> bool {
        if self.counted {
            return true;
        }
        let waits = self.row().filter(|row| row.decision.is_none());
        match action {
            Action::Approve | Action::ReturnRecord => waits.is_some_and(|row| !row.own),
            Action::Withdraw => waits.is_some_and(|row| row.own),
            Action::Open => self.row().is_some(),
            _ => true,
        }
    }

    pub(super) fn on_action(&mut self, action: &Action, ctx: &Ctx<'_>) -> Step {
        if self.deciding.is_some() {
            return self.on_opinion(action, ctx);
        }
        if *action == Action::Counts {
            self.counted = !self.counted;
            return Step::stay();
        }
        if self.counted {
            // Nothing is decided while the list is out of sight.
            self.counted = !matches!(action, Action::Back | Action::Cancel | Action::Left);
            return Step::stay();
        }
        let len = self.page.as_ref().map_or(0, |page| page.rows.len());
        if self.scroll.on_action(action, len) {
            return Step::stay();
        }
        let Some(row) = self.row() else { return Step::empty(action) };
        let text = &ctx.text.requests;
        let stay = |action| Step { close: false, actions: vec![action] };
        match action {
            Action::Approve | Action::ReturnRecord | Action::Withdraw if row.decision.is_some() => {
                stay(Action::warn(text.decided_already))
            }
            Action::Approve | Action::ReturnRecord if row.own => stay(Action::warn(text.own)),
            Action::Approve | Action::ReturnRecord
                if ctx.home.is_some_and(|home| !home.role.does(Work::Decisions)) =>
            {
                stay(Action::warn(ctx.text.shell.work_decisions))
            }
            Action::Approve | Action::ReturnRecord => {
                let approve = *action == Action::Approve;
                self.deciding = Some(Prompt::new((row.clone(), approve)));
                Step::stay()
            }
            Action::Withdraw if !row.own => stay(Action::warn(text.not_own)),
            Action::Withdraw => stay(Action::apply(Command::Request(RequestCommand::Withdraw {
                bundle: row.bundle.clone(),
            }))),
            Action::Open => Step::close(vec![Action::OpenCustomer(row.customer.clone())]),
            Action::Left | Action::Right => Step::stay(),
            _ => Step::close(Vec::new()),
        }
    }

    /// Enter sends the opinion, Esc takes it back.
    fn on_opinion(&mut self, action: &Action, ctx: &Ctx<'_>) -> Step {
        let enough = |(_, approve): &(_, bool), note: &str| *approve || !note.trim().is_empty();
        match Prompt::on_action(&mut self.deciding, action, enough) {
            Typed::Nothing => Step::stay(),
            Typed::Missing => Step::only(vec![Action::warn(ctx.text.requests.needs_reason)]),
            Typed::Done((request, approve), note) => {
                let (bundle, seen) = (request.bundle, request.revision);
                let decide = RequestCommand::Decide { bundle, seen, approve, note };
                let decide = Command::Request(decide);
                Step::only(vec![Action::apply(decide)])
            }
        }
    }

    pub(super) fn render(&mut self, frame: &mut Frame<'_>, area: Rect, ctx: &Ctx<'_>) {
        let text = &ctx.text.requests;
        let inner = popup(frame, listing(area, (90, 24), self.is_empty()), text.title, ctx);
        let Some(page) = self.page.clone() else { return };
        if self.counted {
            counts(frame, inner, &page, ctx);
            return;
        }
        if page.rows.is_empty() {
            empty(frame, inner, text.none, ctx);
            return;
        }
        let high = inner.height.saturating_sub(TOLD);
        let foot = Rect { y: inner.y + high, height: inner.height - high, ..inner };
        let list = Rect { height: high, ..inner };
        list_of(frame, list, (&mut self.scroll, &page.rows), ctx, |row| {
            line(row, usize::from(list.width), ctx)
        });
        place(frame, inner, self.scroll.place(page.rows.len()), ctx);
        self.render_foot(frame, foot, ctx);
    }

    /// The selected request in full, or the opinion being typed.
    fn render_foot(&self, frame: &mut Frame<'_>, foot: Rect, ctx: &Ctx<'_>) {
        let (text, theme) = (&ctx.text.requests, ctx.theme);
        if let Some(deciding) = &self.deciding {
            let (request, approve) = deciding.about();
            let asked = if *approve { text.approve_note } else { text.refuse_reason };
            let asked = format!("{asked}  {}", request.name);
            deciding.render(frame, (foot, 1), (&asked, Meaning::Accent), ctx);
            return;
        }
        let Some(row) = self.row() else { return };
        let ground = row.ground.map(|ground| words::request_ground(ctx.lang, ground));
        let dot = format!(" {} ", theme.glyphs.dot);
        let said = ground.into_iter().chain([row.reason.as_str()]).collect::<Vec<_>>();
        let reason = said.join(&dot);
        let mut told = vec![(text.reason, reason.as_str())];
        if !row.interim.is_empty() {
            told.push((text.interim, &row.interim));
        }
        if let Some((by, note)) = &row.decided {
            told.push((text.decided_by, by));
            told.push((text.opinion, note));
        }
        let colon = ctx.lang.colon();
        let lines =
            told.into_iter().filter(|(_, value)| !value.is_empty()).flat_map(|(name, value)| {
                let said = theme.clean(&format!("{name}{colon}{}", value.replace('\n', " ")));
                width::wrap(&said, usize::from(foot.width).saturating_sub(2))
            });
        for (at, line) in (1..foot.height).zip(lines) {
            put(frame, foot, at, Line::styled(format!(" {line}"), theme.style(Meaning::Muted)));
        }
    }
}

/// Who asked how often this year, and what came of it.
fn counts(frame: &mut Frame<'_>, area: Rect, page: &RequestsPage, ctx: &Ctx<'_>) {
    let rows = &page.counts;
    let (text, theme) = (&ctx.text.requests, ctx.theme);
    let muted = theme.style(Meaning::Muted);
    let head = [text.asked_column, text.approved, text.refused, text.open_column];
    // Each column is as wide as its heading, with air before it.
    let wide = |head: &str| width::cells(head) + GAP;
    let columns = head.map(wide);
    let days_wide = wide(text.days_column);
    let rest = columns.iter().sum::<usize>() + days_wide + 2;
    let name = usize::from(area.width).saturating_sub(rest).min(24);
    let line = |who: &str, figures: [&str; 4], days: &str| {
        let figures: String =
            figures.iter().zip(columns).map(|(f, wide)| theme.fit_right(f, wide)).collect();
        format!(" {}{figures}{}", theme.fit(who, name), theme.fit_right(days, days_wide))
    };
    put(frame, area, 0, Line::styled(line(text.who_column, head, text.days_column), muted));
    if rows.is_empty() {
        put(frame, area, 2, Line::styled(format!(" {}", text.none_this_year), muted));
    }
    for (at, row) in (1..area.height).zip(rows) {
        let open = row.asked.saturating_sub(row.approved + row.refused);
        let figures = [row.asked, row.approved, row.refused, open].map(|n| n.to_string());
        let days = row
            .tenths
            .map_or_else(|| "-".to_owned(), |tenths| format!("{}.{}", tenths / 10, tenths % 10));
        let line = line(&row.name, figures.each_ref().map(String::as_str), &days);
        put(frame, area, at, Line::raw(line));
    }
    grounds(frame, area, &page.grounds, ctx);
}

/// Why they were asked for, on the last lines.
fn grounds(frame: &mut Frame<'_>, area: Rect, found: &[(RequestGround, u32)], ctx: &Ctx<'_>) {
    if found.is_empty() {
        return;
    }
    let said: Vec<String> = found
        .iter()
        .map(|(ground, n)| format!("{} {n}", words::request_ground(ctx.lang, *ground)))
        .collect();
    let dot = format!(" {} ", ctx.theme.glyphs.dot);
    let said = format!("{}  {}", ctx.text.requests.grounds, said.join(&dot));
    let lines = width::wrap(&said, usize::from(area.width).saturating_sub(2));
    let first = area.height.saturating_sub(u16::try_from(lines.len()).unwrap_or(0));
    for (at, line) in (first..area.height).zip(lines) {
        put(frame, area, at, Line::styled(format!(" {line}"), ctx.theme.style(Meaning::Muted)));
    }
}

fn line(row: &RequestEntry, width: usize, ctx: &Ctx<'_>) -> Line<'static> {
    let (text, theme) = (&ctx.text.requests, ctx.theme);
    let muted = theme.style(Meaning::Muted);
    let (state, meaning) = match row.decision {
        None if row.own => (text.waiting, Meaning::Muted),
        None => (text.open, Meaning::Accent),
        Some(Decision::Approved) => (text.approved, Meaning::Muted),
        Some(Decision::Refused) => (text.refused, Meaning::Muted),
    };
    let codes: Vec<&str> =
        row.codes.iter().map(|code| words::duty_short(ctx.lang, *code)).collect();
    let from = format::near_day(row.due, ctx.today);
    let dates = match row.new_due {
        Some(day) => format!("{from} > {}", format::near_day(day, ctx.today)),
        None => format!("{from} {}", text.ends),
    };
    let room = width.saturating_sub(66);
    Line::from(vec![
        Span::styled(format!(" {} ", theme.fit(state, 8)), theme.style(meaning)),
        Span::raw(theme.fit(&row.name, room)),
        Span::styled(format!(" {}", theme.fit(&codes.join(" "), 14)), muted),
        Span::raw(format!(" {}", theme.fit(&dates, 19))),
        Span::styled(theme.fit_right(&row.by, 8), muted),
        Span::styled(theme.fit_right(&row.at, 12), muted),
    ])
}

#[cfg(test)]
mod tests;
