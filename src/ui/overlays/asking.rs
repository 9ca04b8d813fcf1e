//! A form about one row of a list: it is begun, answered, written, and comes back with everything
//! typed should that be refused.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::Step;
use super::form::Form;
use crate::protocol::command::Command;
use crate::ui::action::{Action, Answered};
use crate::ui::ask::Ask;
use crate::ui::ctx::Ctx;
use crate::ui::key::Key;
use crate::ui::keymap::KeyContext;

/// What is asked (`A`) about a row (`R`). The row is kept from when it began: fresh pages may move
/// the list, but never what is decided.
#[derive(Debug)]
pub(super) struct Asking<A, R> {
    open: Option<Box<Asked<A, R>>>,
    /// What was answered and is being written, until it is refused.
    sent: Option<Box<Asked<A, R>>>,
}

#[derive(Debug)]
struct Asked<A, R> {
    what: A,
    row: R,
    form: Form,
}

impl<A, R> Default for Asking<A, R> {
    fn default() -> Self {
        Self { open: None, sent: None }
    }
}

impl<A: Copy, R> Asking<A, R> {
    /// Asks.
    pub(super) fn begin(&mut self, what: A, row: R, ask: Ask) {
        self.open = Some(Box::new(Asked { what, row, form: Form::new(ask) }));
    }

    /// Whether something is being asked.
    pub(super) const fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Where the keys go while something is being asked.
    pub(super) fn context(&self) -> Option<KeyContext> {
        self.open.as_ref().map(|asked| asked.form.context())
    }

    /// Whether an action has anything to act on in what is asked; `None` = nothing is asked.
    pub(super) fn offers(&self, action: &Action) -> Option<bool> {
        self.open.as_ref().map(|asked| asked.form.offers(action))
    }

    pub(super) fn on_key(&mut self, key: Key, ctx: &Ctx<'_>) -> bool {
        self.open.as_mut().is_some_and(|asked| asked.form.on_key(key, ctx))
    }

    pub(super) fn on_paste(&mut self, text: &str) -> bool {
        self.open.as_mut().is_some_and(|asked| asked.form.on_paste(text))
    }

    /// What was answered could not be written: its form comes back and says why.
    pub(super) fn reopen(&mut self, why: &str, field: Option<&str>) -> bool {
        let Some(mut asked) = self.sent.take() else { return false };
        asked.form.refused(why.to_owned(), field);
        self.open = Some(asked);
        true
    }

    /// Something else is written now: a refusal of that is none of what was typed here.
    pub(super) fn forget(&mut self) {
        self.sent = None;
    }

    /// The form goes on, or is answered by a command; what can't be read in it is said there.
    pub(super) fn on_action(
        &mut self,
        action: &Action,
        ctx: &Ctx<'_>,
        command: impl FnOnce(A, &R, &Answered) -> Result<Command, String>,
    ) -> Step {
        let Some(asked) = &mut self.open else { return Step::stay() };
        let step = asked.form.on_action(action, ctx);
        let answered = step.actions.iter().find_map(|action| match action {
            Action::Answered(answered) => Some(answered),
            _ => None,
        });
        let command = match answered.map(|answered| command(asked.what, &asked.row, answered)) {
            Some(Err(fault)) => {
                asked.form.refused(fault, None);
                return Step::stay();
            }
            Some(Ok(command)) => Some(Action::apply(command)),
            None => None,
        };
        if step.close {
            self.sent = self.open.take().filter(|_| command.is_some());
        }
        Step::only(command.into_iter().collect())
    }

    pub(super) fn render(&self, frame: &mut Frame<'_>, area: Rect, ctx: &Ctx<'_>) {
        if let Some(asked) = &self.open {
            asked.form.render(frame, area, ctx);
        }
    }
}
