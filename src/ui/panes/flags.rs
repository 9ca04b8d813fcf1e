//! Risk flags of one customer, or the live ones of the scope.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::protocol::command::Command;
use crate::protocol::page::FlagsPage;
use crate::protocol::query::{Query, Window};
use crate::protocol::reply::{Outcome, Refusal};
use crate::ui::action::Action;
use crate::ui::ctx::Ctx;
use crate::ui::key::Key;
use crate::ui::keymap::KeyContext;
use crate::ui::widgets::frame::pane;

/// Risk flags of one customer, or the live ones of the scope.
#[derive(Debug, Default)]
pub struct FlagsPane {
    page: Option<Arc<FlagsPage>>,
    scope: Option<crate::protocol::query::FlagScope>,
}

impl FlagsPane {
    /// Looks at these flags.
    pub fn show(&mut self, scope: Option<crate::protocol::query::FlagScope>) {
        self.scope = scope;
    }

    /// The customer of the selected flag.
    pub fn selected(&self) -> Option<crate::domain::ids::CustomerId> {
        None
    }

    /// What it is looking at.
    pub fn query(&self) -> Option<Query> {
        self.scope
            .clone()
            .map(|scope| Query::Flags { scope, window: Window { offset: 0, limit: 200 } })
    }

    /// Takes a page; never overwrites what is being typed.
    pub fn load(&mut self, page: Arc<FlagsPage>) {
        self.page = Some(page);
    }

    /// Does what an action means here.
    pub fn on_action(&mut self, action: &Action, ctx: &Ctx<'_>) -> Vec<Action> {
        let _ = (action, ctx);
        Vec::new()
    }

    /// A key while text is being typed; `None` = not taken, look it up in the keymap.
    pub fn on_key(&mut self, key: Key, ctx: &Ctx<'_>) -> Option<Vec<Action>> {
        let _ = (key, ctx);
        None
    }

    /// A paste while text is being typed; already cleaned. `None` = not wanted.
    pub fn on_paste(&mut self, text: &str, ctx: &Ctx<'_>) -> Option<Vec<Action>> {
        let _ = (text, ctx);
        None
    }

    /// A command of this pane is on disk.
    pub fn on_done(&mut self, command: &Command, outcome: &Outcome, ctx: &Ctx<'_>) -> Vec<Action> {
        let _ = (command, outcome, ctx);
        Vec::new()
    }

    /// A command of this pane was refused; `true` = the pane tells the officer itself.
    pub fn on_refused(&mut self, command: &Command, why: &Refusal, ctx: &Ctx<'_>) -> bool {
        let _ = (command, why, ctx);
        false
    }

    /// What must be on disk before the program leaves.
    pub fn flush(&mut self) -> Vec<Command> {
        Vec::new()
    }

    /// Where its keys go now.
    pub fn context(&self) -> KeyContext {
        KeyContext::Flags
    }

    /// Draws itself.
    pub fn render(&mut self, frame: &mut Frame<'_>, area: Rect, focused: bool, ctx: &Ctx<'_>) {
        let inner = pane(frame, area, self.title(ctx), focused, ctx);
        let _ = (inner, &self.page);
    }

    fn title<'a>(&self, ctx: &Ctx<'a>) -> &'a str {
        ctx.text.shell.loading
    }
}
