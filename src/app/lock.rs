//! The locked screen: a cover, and the PIN that takes it away. What lies below is neither drawn nor
//! reached by a key; five wrong ones end the session, as does the wish to end it.

use ratatui::Frame;
use ratatui::crossterm::event::KeyCode;
use ratatui::layout::{Alignment, Rect};
use ratatui::text::Line;
use ratatui::widgets::{Clear, Paragraph};

use super::idle::Opens;
use super::{App, Effect, ctx};
use crate::domain::pin::Pin;
use crate::protocol::command::{Command, PinCommand};
use crate::protocol::reply::{Outcome, Refusal};
use crate::ui::action::{Action, Answered, Tone};
use crate::ui::key::Key;
use crate::ui::overlays::Overlay;
use crate::ui::pin;
use crate::ui::theme::Meaning;
use crate::ui::widgets::input::Input;

/// What was typed on the cover.
#[derive(Debug, Default)]
pub(super) struct Lock {
    typed: Input,
    /// A PIN is being looked at.
    asked: bool,
    /// What was said to the last one.
    said: Option<String>,
}

impl App {
    /// What opens this screen once it is covered.
    pub(super) fn opens(&self) -> Opens {
        if self.home.as_ref().is_some_and(|home| home.pin) {
            Opens::Pin
        } else if self.look.idle.shared {
            Opens::Nothing
        } else {
            Opens::AnyKey
        }
    }

    /// Covers the screen at once. Who could not come back is asked to choose a PIN first.
    pub(super) fn lock(&mut self) {
        match self.opens() {
            Opens::Nothing => {
                // What is being filled in is finished first.
                if !self.overlays.last().is_some_and(Overlay::is_form) {
                    let ctx = ctx(&self.look, self.home.as_deref(), self.now);
                    self.overlays.push(Overlay::ask(pin::dialog(&ctx)));
                }
                self.say(Tone::Warn, self.text().lock.first_a_pin.to_owned());
            }
            opens => {
                self.status.quiet.cover(opens);
                self.conceal();
            }
        }
    }

    /// Takes away what is shown for a moment only.
    pub(super) fn conceal(&mut self) {
        self.overlays.retain(|overlay| !overlay.is_in_clear());
    }

    /// A key; `None` = nothing covers the screen.
    pub(super) fn on_covered_key(&mut self, key: Key) -> Option<Vec<Effect>> {
        match self.status.quiet.covered()? {
            Opens::AnyKey => {
                self.status.quiet.touch(self.now);
                Some(Vec::new())
            }
            Opens::Nothing => Some(self.leave()),
            Opens::Pin => Some(self.on_locked_key(key)),
        }
    }

    fn on_locked_key(&mut self, key: Key) -> Vec<Effect> {
        let leaves = key.ctrl && key.code == KeyCode::Char('c') || key.code == KeyCode::F(3);
        if leaves {
            return self.leave();
        }
        let lock = &mut self.status.lock;
        if lock.asked {
            return Vec::new();
        }
        lock.said = None;
        if key.code == KeyCode::Esc {
            lock.typed = Input::default();
        } else if key.code == KeyCode::Enter {
            let pin = Pin::new(&std::mem::take(&mut lock.typed).text());
            if pin.as_bytes().is_empty() {
                return Vec::new();
            }
            lock.asked = true;
            let command = Command::Pin(PinCommand::Unlock { pin });
            return vec![Effect::Store(self.writes.apply(command, self.place.focused()))];
        } else {
            lock.typed.on_key(key);
        }
        Vec::new()
    }

    /// A PIN was entered in the dialog.
    pub(super) fn on_pin_entered(&mut self, answered: &Answered) -> Vec<Action> {
        let has_one = self.home.as_ref().is_some_and(|home| home.pin);
        match pin::command(answered, has_one, self.text()) {
            Ok(command) => vec![Action::apply(command)],
            Err(said) => {
                if let Some(mut form) = self.asking.form.take() {
                    form.refused(said, None);
                    self.overlays.push(form);
                }
                Vec::new()
            }
        }
    }

    /// What came of a write about a PIN.
    pub(super) fn on_pin_done(
        &mut self,
        command: &PinCommand,
        outcome: &Outcome,
        form: Option<Overlay>,
    ) -> Vec<Effect> {
        let text = self.text();
        let unlocks = matches!(command, PinCommand::Unlock { .. });
        let vouches = matches!(command, PinCommand::Vouch { .. });
        if unlocks {
            self.status.lock = Lock::default();
        }
        match outcome {
            Outcome::Pin { right: true, .. } if unlocks => self.status.quiet.touch(self.now),
            Outcome::Pin { right: true, .. } if vouches => {}
            Outcome::Pin { right: true, .. } => {
                self.say(Tone::Plain, text.lock.is_set.to_owned());
            }
            Outcome::Pin { right: false, left: 0 } => return self.leave(),
            Outcome::Pin { left, .. } => {
                let said = text.lock.wrong(*left);
                if let Some(mut form) = form.filter(|_| !unlocks) {
                    let field = if vouches { text.review.pin } else { text.lock.present };
                    form.refused(said, Some(field));
                    self.overlays.push(form);
                } else {
                    self.status.lock.said = Some(said);
                }
            }
            _ => {}
        }
        Vec::new()
    }

    /// A PIN could not be looked at: the screen stays locked and says why.
    pub(super) fn on_unlock_refused(&mut self, why: &Refusal) {
        let said = Some(self.text().shell.refusal(why));
        self.status.lock = Lock { said, ..Lock::default() };
    }

    /// The cover: nothing of what lies below it, and what to do.
    pub(super) fn draw_cover(&self, frame: &mut Frame<'_>, opens: Opens) {
        let area = frame.area();
        frame.render_widget(Clear, area);
        let (theme, text) = (&self.look.theme, self.text());
        let middle = area.height / 2;
        let mut say = |row: u16, said: &str, meaning: Meaning| {
            let line = Line::styled(theme.cut(said, usize::from(area.width)), theme.style(meaning));
            let place =
                Rect { y: area.y + row.min(area.height.saturating_sub(1)), height: 1, ..area };
            frame.render_widget(Paragraph::new(line).alignment(Alignment::Center), place);
        };
        match opens {
            Opens::AnyKey => say(middle, text.shell.covered, Meaning::Muted),
            Opens::Nothing => say(middle, text.lock.over, Meaning::Muted),
            Opens::Pin => {
                let lock = &self.status.lock;
                say(middle.saturating_sub(3), text.lock.locked, Meaning::Heading);
                let (said, meaning) = match &lock.said {
                    Some(said) => (said.as_str(), Meaning::Bad),
                    None if lock.asked => (text.lock.looking, Meaning::Muted),
                    None => (text.lock.enter, Meaning::Muted),
                };
                say(middle + 2, said, meaning);
                say(middle + 4, text.lock.forgotten, Meaning::Muted);
                let ctx = ctx(&self.look, self.home.as_deref(), self.now);
                let width = 24.min(area.width);
                let x = area.x + (area.width - width) / 2;
                let field = Rect {
                    x,
                    y: area.y + middle.min(area.height.saturating_sub(1)),
                    width,
                    height: 1,
                };
                lock.typed.hidden().render(frame, field, !lock.asked, &ctx);
            }
        }
    }
}
