//! Data whose time is over: what waits for agreement, whose time is over, what was erased. Compliance
//! puts an erasure forward or holds it up; somebody else agrees by typing how many customers it ends.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Step;
use crate::domain::retention::ErasureState;
use crate::domain::user::Role;
use crate::i18n::format;
use crate::protocol::command::{Command, RetentionCommand};
use crate::protocol::page::{ErasureRow, ExpiredRow, RetentionPage};
use crate::ui::action::Action;
use crate::ui::ctx::Ctx;
use crate::ui::key::Key;
use crate::ui::keymap::KeyContext;
use crate::ui::theme::Meaning;
use crate::ui::widgets::frame::{centered, empty, list_of, place, popup, put};
use crate::ui::widgets::prompt::{Prompt, Typed};
use crate::ui::widgets::scroll::{Scroll, follow};
use crate::ui::width;

/// Lines at the foot that tell the selected line whole.
const TOLD: u16 = 7;

/// What is being typed, and for what.
#[derive(Debug)]
enum Typing {
    Propose,
    Agree(ErasureRow),
    Refuse(ErasureRow),
    Hold(ExpiredRow),
    Release(ExpiredRow),
}

/// A line of the list.
enum Row<'a> {
    Erasure(&'a ErasureRow),
    Expired(&'a ExpiredRow),
}

/// The list.
#[derive(Debug, Default)]
pub struct Retention {
    page: Option<Arc<RetentionPage>>,
    scroll: Scroll,
    typing: Option<Prompt<Typing>>,
}

impl Retention {
    pub(super) const fn context(&self) -> KeyContext {
        if self.typing.is_some() { KeyContext::Picking } else { KeyContext::Retention }
    }

    /// Whether there is nothing in the list.
    pub(super) fn is_empty(&self) -> bool {
        self.page.as_ref().is_some_and(|page| rows(page).is_empty())
    }

    pub(super) fn load(&mut self, page: Arc<RetentionPage>) {
        let number = |row: &Row<'_>| match row {
            Row::Erasure(row) => row.erasure.to_string(),
            Row::Expired(row) => row.customer.to_string(),
        };
        let old = self.page.take();
        let old = old.as_ref().map(|page| rows(page)).unwrap_or_default();
        let wanted = old.get(self.scroll.selected()).map(number);
        follow(&mut self.scroll, wanted.as_ref(), rows(&page).iter().map(number));
        self.page = Some(page);
    }

    pub(super) fn on_key(&mut self, key: Key) -> bool {
        Prompt::on_key(&mut self.typing, key)
    }

    pub(super) fn on_paste(&mut self, text: &str) -> bool {
        Prompt::on_paste(&mut self.typing, text)
    }

    pub(super) fn on_action(&mut self, action: &Action, ctx: &Ctx<'_>) -> Step {
        if self.typing.is_some() {
            return self.on_typed(action, ctx);
        }
        let Some(page) = self.page.clone() else { return Step::close(Vec::new()) };
        let rows = rows(&page);
        if self.scroll.on_action(action, rows.len()) {
            return Step::stay();
        }
        let text = &ctx.text.retention;
        let role = ctx.home.map(|home| home.role);
        let compliance = role == Some(Role::Compliance);
        let agrees = compliance || role == Some(Role::Supervisor);
        let row = rows.get(self.scroll.selected());
        let warn = |said: &str| Step { close: false, actions: vec![Action::warn(said)] };
        match (action, row) {
            (Action::ProposeErasure | Action::Hold | Action::Withdraw, _) if !compliance => {
                warn(text.role_propose)
            }
            (Action::Approve | Action::ReturnRecord, _) if !agrees => warn(text.role_agree),
            (Action::ProposeErasure, _) if page.due.iter().all(|row| row.hold.is_some()) => {
                warn(text.none)
            }
            (Action::ProposeErasure, _) => self.ask(Typing::Propose),
            (Action::Hold, Some(Row::Expired(row))) => {
                let row = (*row).clone();
                self.ask(if row.hold.is_none() { Typing::Hold(row) } else { Typing::Release(row) })
            }
            (Action::Hold, _) => warn(text.no_customer),
            (
                Action::Approve | Action::ReturnRecord | Action::Withdraw,
                Some(Row::Erasure(row)),
            ) if row.state == ErasureState::Proposed => match action {
                Action::Withdraw if row.own => {
                    let erasure = row.erasure.clone();
                    write(RetentionCommand::Withdraw { erasure })
                }
                Action::Withdraw => warn(text.not_own),
                _ if row.own => warn(text.own),
                Action::Approve => self.ask(Typing::Agree((*row).clone())),
                _ => self.ask(Typing::Refuse((*row).clone())),
            },
            (Action::Approve | Action::ReturnRecord | Action::Withdraw, _) => {
                warn(text.no_proposal)
            }
            (Action::Open, Some(Row::Expired(row))) => {
                Step::close(vec![Action::OpenCustomer(row.customer.clone())])
            }
            (Action::Open | Action::Left | Action::Right, _) => Step::stay(),
            _ => Step::close(Vec::new()),
        }
    }

    fn ask(&mut self, typing: Typing) -> Step {
        self.typing = Some(Prompt::new(typing));
        Step::stay()
    }

    /// Enter sends what was typed, Esc takes it back.
    fn on_typed(&mut self, action: &Action, ctx: &Ctx<'_>) -> Step {
        let text = &ctx.text.retention;
        let counted = matches!(self.typing.as_ref().map(Prompt::about), Some(Typing::Agree(_)));
        let enough = |typing: &Typing, typed: &str| match typing {
            Typing::Agree(row) => typed.trim() == row.customers.to_string(),
            _ => !typed.trim().is_empty(),
        };
        let (typing, reason) = match Prompt::on_action(&mut self.typing, action, enough) {
            Typed::Nothing => return Step::stay(),
            Typed::Missing => {
                let said = if counted { text.needs_count } else { text.needs_reason };
                return Step::only(vec![Action::warn(said)]);
            }
            Typed::Done(typing, reason) => (typing, reason.trim().to_owned()),
        };
        write(match typing {
            Typing::Propose => RetentionCommand::Propose { reason },
            Typing::Agree(row) => {
                RetentionCommand::Decide { erasure: row.erasure, agree: true, note: String::new() }
            }
            Typing::Refuse(row) => {
                RetentionCommand::Decide { erasure: row.erasure, agree: false, note: reason }
            }
            Typing::Hold(row) => RetentionCommand::Hold { customer: row.customer, reason },
            Typing::Release(row) => RetentionCommand::Release { customer: row.customer, reason },
        })
    }

    pub(super) fn render(&mut self, frame: &mut Frame<'_>, area: Rect, ctx: &Ctx<'_>) {
        let (text, theme) = (&ctx.text.retention, ctx.theme);
        let inner = popup(frame, centered(area, 90, 24), text.title, ctx);
        let Some(page) = self.page.clone() else { return };
        let width = usize::from(inner.width);
        let rule = text.rule(page.years, page.verified, page.due_total, page.undated);
        let mut top = 0;
        for line in width::wrap(&rule, width.saturating_sub(2)) {
            let line = Line::styled(format!(" {line}"), theme.style(Meaning::Muted));
            put(frame, inner, top, line);
            top += 1;
        }
        let rows = rows(&page);
        let high = inner.height.saturating_sub(TOLD + top);
        let list = Rect { y: inner.y + top, height: high, ..inner };
        let foot = Rect { y: list.bottom(), height: inner.bottom() - list.bottom(), ..inner };
        if rows.is_empty() {
            empty(frame, list, text.none, ctx);
        }
        list_of(frame, list, (&mut self.scroll, &rows), ctx, |row| line(row, width, ctx));
        place(frame, inner, self.scroll.place(rows.len()), ctx);
        self.render_foot(frame, foot, rows.get(self.scroll.selected()), ctx);
    }

    /// The selected line in full, or what is being typed.
    fn render_foot(&self, frame: &mut Frame<'_>, foot: Rect, row: Option<&Row<'_>>, ctx: &Ctx<'_>) {
        let (text, theme) = (&ctx.text.retention, ctx.theme);
        let room = usize::from(foot.width).saturating_sub(2);
        let mut say = |first: u16, said: &str, meaning: Meaning| {
            let lines = width::wrap(&theme.clean(said), room);
            let count = u16::try_from(lines.len()).unwrap_or(0);
            for (at, line) in (first..foot.height).zip(lines) {
                put(frame, foot, at, Line::styled(format!(" {line}"), theme.style(meaning)));
            }
            first + count
        };
        if let Some(typing) = &self.typing {
            let (asked, tone) = match typing.about() {
                Typing::Propose => (text.why_propose.to_owned(), Meaning::Accent),
                Typing::Agree(row) => (text.agree(row.customers), Meaning::Bad),
                Typing::Refuse(_) => (text.why_refuse.to_owned(), Meaning::Accent),
                Typing::Hold(_) => (text.why_hold.to_owned(), Meaning::Accent),
                Typing::Release(_) => (text.why_release.to_owned(), Meaning::Accent),
            };
            typing.render(frame, (foot, 1), (&asked, tone), ctx);
            return;
        }
        let colon = ctx.lang.colon();
        let mut told: Vec<(&str, String)> = Vec::new();
        match row {
            None => {}
            Some(Row::Expired(row)) => {
                if let Some((reason, by)) = &row.hold {
                    told.push((text.held_by, by.clone()));
                    told.push((text.reason, reason.clone()));
                }
            }
            Some(Row::Erasure(row)) => {
                told.push((text.reason, row.reason.clone()));
                if !row.names.is_empty() {
                    told.push((text.names, row.names.join(ctx.lang.list_mark())));
                }
                if let Some((by, at, note)) = &row.decided {
                    told.push((text.decided_by, format!("{by} {at}")));
                    told.push((text.opinion, note.clone()));
                }
            }
        }
        let mut at = 1;
        if let Some(Row::Erasure(row)) = row
            && row.state == ErasureState::Done
        {
            at = say(at, &text.erased(row.erased), Meaning::Text);
        }
        for (name, value) in told.iter().filter(|(_, value)| !value.is_empty()) {
            at = say(at, &format!("{name}{colon}{}", value.replace('\n', " ")), Meaning::Muted);
        }
        if matches!(row, Some(Row::Erasure(_))) {
            say(at, text.backups, Meaning::Muted);
        }
    }
}

fn write(command: RetentionCommand) -> Step {
    Step { close: false, actions: vec![Action::apply(Command::Retention(command))] }
}

/// What waits first, then whose time is over, then what has ended.
fn rows(page: &RetentionPage) -> Vec<Row<'_>> {
    let open = page.open.iter().map(Row::Erasure);
    let due = page.due.iter().map(Row::Expired);
    open.chain(due).chain(page.past.iter().map(Row::Erasure)).collect()
}

fn line(row: &Row<'_>, width: usize, ctx: &Ctx<'_>) -> Line<'static> {
    let (text, theme) = (&ctx.text.retention, ctx.theme);
    let muted = theme.style(Meaning::Muted);
    let (state, meaning, about, detail, when) = match row {
        Row::Erasure(row) => {
            let meaning = match row.state {
                ErasureState::Proposed if !row.own => Meaning::Accent,
                _ => Meaning::Muted,
            };
            let about = text.proposal(row.customers);
            (text.state(row.state), meaning, about, row.by.clone(), row.at.clone())
        }
        Row::Expired(row) => {
            let held = row.hold.is_some();
            let state = if held { text.held } else { text.over };
            let meaning = if held { Meaning::Yellow } else { Meaning::Text };
            let ended = format::full_day(row.ended_on);
            (state, meaning, row.name.clone(), row.customer.to_string(), ended)
        }
    };
    let room = width.saturating_sub(12 + 16 + 15);
    Line::from(vec![
        Span::styled(format!(" {} ", theme.fit(state, 10)), theme.style(meaning)),
        Span::raw(theme.fit(&about, room)),
        Span::styled(format!(" {}", theme.fit(&detail, 15)), muted),
        Span::styled(theme.fit_right(&when, 14), muted),
    ])
}
