//! What lies above the panes, as a stack of one closed enumeration.

use chrono::NaiveDate;
use ratatui::Frame;
use ratatui::layout::Rect;

use crate::domain::ids::CustomerId;
use crate::i18n::Lang;
use crate::protocol::command::{Command, Revision};
use crate::protocol::page::Page;
use crate::protocol::query::{Query, Slot};
use crate::protocol::reply::ConflictField;
use crate::ui::action::Action;
use crate::ui::ask::Ask;
use crate::ui::ctx::Ctx;
use crate::ui::key::Key;
use crate::ui::keymap::{KeyContext, Keymap};

/// What an overlay did with an action.
#[derive(Debug, Default)]
pub struct Step {
    /// It is finished.
    pub close: bool,
    /// What is to be done now.
    pub actions: Vec<Action>,
}

/// An overlay.
#[derive(Debug)]
pub enum Overlay {
    /// A question.
    Ask(Ask),
}

#[expect(
    missing_docs,
    clippy::needless_pass_by_value,
    clippy::unused_self,
    reason = "core only; replaced by the overlays"
)]
impl Overlay {
    pub fn first_start() -> Self {
        Self::Ask(Ask::confirm("", "", Vec::new()))
    }
    pub fn conflict(_: Command, _: Revision, _: Vec<ConflictField>) -> Self {
        Self::first_start()
    }
    pub fn search(_: Option<char>) -> Self {
        Self::first_start()
    }
    pub fn help(_: KeyContext) -> Self {
        Self::first_start()
    }
    pub fn palette(_: KeyContext) -> Self {
        Self::first_start()
    }
    pub fn inbox() -> Self {
        Self::first_start()
    }
    pub fn tour() -> Self {
        Self::first_start()
    }
    pub fn ask(ask: Ask) -> Self {
        Self::Ask(ask)
    }
    pub fn why(_: CustomerId) -> Self {
        Self::first_start()
    }
    pub fn start_visit(_: CustomerId, _: NaiveDate, _: Lang) -> Self {
        Self::first_start()
    }
    pub fn context(&self) -> KeyContext {
        KeyContext::Confirm
    }
    pub fn query(&self) -> Option<(Slot, Query)> {
        None
    }
    pub fn load(&mut self, _: &Page) {}
    pub fn on_key(&mut self, _: Key, _: &Ctx<'_>) -> Option<Vec<Action>> {
        None
    }
    pub fn on_paste(&mut self, _: &str, _: &Ctx<'_>) -> Option<Vec<Action>> {
        None
    }
    pub fn on_action(&mut self, _: &Action, _: &Ctx<'_>, _: &Keymap) -> Step {
        Step { close: true, actions: Vec::new() }
    }
    pub fn render(&mut self, _: &mut Frame<'_>, _: Rect, _: &Ctx<'_>, _: &Keymap) {}
}
