//! What to say, beside the brief. Watches `Query::Brief` for line and focus; returns nothing.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::domain::ids::CustomerId;
use crate::protocol::page::BriefPage;
use crate::protocol::query::Query;
use crate::ui::action::Action;
use crate::ui::ctx::Ctx;
use crate::ui::keymap::KeyContext;
use crate::ui::talk::Talk;
use crate::ui::widgets::frame::pane_with;
use crate::ui::widgets::reader::Reader;

/// The script.
#[derive(Debug, Default)]
pub struct ScriptPane {
    customer: Option<CustomerId>,
    talk: Talk,
    /// The proposed focus has been taken over for this customer.
    proposed: bool,
    reader: Reader,
}

impl ScriptPane {
    /// Shows the script for a customer.
    pub fn show(&mut self, customer: Option<CustomerId>) {
        if customer != self.customer {
            *self = Self { customer, ..Self::default() };
        }
    }

    /// What it is looking at.
    pub fn query(&self) -> Option<Query> {
        self.customer.clone().map(|customer| Query::Brief { customer })
    }

    /// Takes line and proposed focus of a page, once: turning by hand stays.
    pub fn load(&mut self, page: &Arc<BriefPage>) {
        if self.customer.as_ref() != Some(&page.dossier.customer) {
            return;
        }
        self.talk.line = page.dossier.line;
        if !std::mem::replace(&mut self.proposed, true)
            && let Some((focus, _)) = &page.focus
        {
            self.talk.focus = *focus;
        }
    }

    /// Turns channel or focus, scrolls.
    pub fn on_action(&mut self, action: &Action, _: &Ctx<'_>) -> Vec<Action> {
        if self.reader.on_action(action) {
            return Vec::new();
        }
        match action {
            Action::ChannelNext => self.talk.turn_channel(true),
            Action::ChannelPrevious => self.talk.turn_channel(false),
            Action::FocusNext => self.talk.turn_focus(true),
            Action::FocusPrevious => self.talk.turn_focus(false),
            _ => return Vec::new(),
        }
        self.reader = Reader::default();
        Vec::new()
    }

    /// A text to read.
    pub fn context(&self) -> KeyContext {
        KeyContext::Script
    }

    /// Draws the sentences that fit.
    pub fn render(&mut self, frame: &mut Frame<'_>, area: Rect, focused: bool, ctx: &Ctx<'_>) {
        let title = ctx.text.prepare.script;
        let inner = pane_with(frame, area, title, &self.talk.title(ctx), focused, ctx);
        let inner = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
        let lines = self.talk.lines(usize::from(inner.width), ctx);
        self.reader.render(frame, inner, lines);
    }
}
