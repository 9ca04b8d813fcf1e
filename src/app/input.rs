//! A key's way: overlay or pane that takes text, then the keymap, then the action.

use std::time::Duration;

use ratatui::crossterm::event::KeyCode;

use super::{App, Effect, ctx};
use crate::ui::action::{Action, Tone};
use crate::ui::clean;
use crate::ui::key::Key;
use crate::ui::keymap::KeyContext;
use crate::ui::overlays::Overlay;
use crate::ui::screen::Screen;

impl App {
    /// Where keys go now.
    pub(super) fn key_context(&mut self) -> KeyContext {
        match self.overlays.last() {
            Some(overlay) => overlay.context(),
            None => self.panes.context(self.place.focused()),
        }
    }

    pub(super) fn on_key(&mut self, key: Key, at: Duration) -> Vec<Effect> {
        if let Some(effects) = self.on_covered_key(key) {
            return effects;
        }
        self.status.quiet.touch(self.now);
        if self.is_too_small() {
            let leaves = key.typed() == Some('q') || (key.ctrl && key.code == KeyCode::Char('c'));
            return if leaves { self.leave() } else { Vec::new() };
        }
        let armed = std::mem::take(&mut self.status.quit_armed);
        let burst = self.status.is_burst(key, at);
        let context = self.key_context();
        if burst && context.is_list() {
            self.say(Tone::Warn, self.text().shell.burst.to_owned());
            return Vec::new();
        }
        self.status.said = None;
        let ctx = ctx(&self.look, self.home.as_deref(), self.now);
        let taken = match self.overlays.last_mut() {
            Some(overlay) => overlay.on_key(key, &ctx),
            None => self.panes.on_key(self.place.focused(), key, &ctx),
        };
        if let Some(actions) = taken {
            return self.run(actions);
        }
        let key = if context.is_list() { key.half_width() } else { key };
        let meant = self.look.keymap.resolve(context, key);
        // What was decided in a box is taken back in it, as anywhere else.
        let undoes = || {
            let everywhere = self.look.keymap.resolve(KeyContext::Global, key.half_width());
            everywhere.filter(|action| context.is_box() && *action == Action::Undo)
        };
        let meant = meant.or_else(undoes);
        // The palette may be the way to the answer; one that ends otherwise is none.
        let answering = matches!(meant, Some(Action::Undo | Action::Palette))
            || matches!(self.overlays.last(), Some(Overlay::Palette(_)));
        if !answering {
            // The question was another key ago: it is asked again.
            self.writes.forget_question();
        }
        match meant {
            // Neither what is written nor the program is lost by it: it does what Esc does.
            Some(Action::Cancel) if context.is_typed_in() => self.run(vec![Action::Back]),
            Some(Action::Cancel) if armed => self.leave(),
            Some(Action::Cancel) => {
                self.status.quit_armed = true;
                self.say(Tone::Plain, self.text().shell.quit_again.to_owned());
                self.run(vec![Action::Cancel])
            }
            Some(action) => self.run(vec![action]),
            // A digit has no use in a box: it leaves it for a screen.
            None if context.is_box() => {
                let Some(screen) = self.screen_of(key) else { return Vec::new() };
                self.overlays.clear();
                self.run(vec![screen])
            }
            None if context.is_list() && key.is_han() => {
                self.overlays.push(Overlay::search(key.typed()));
                if !std::mem::replace(&mut self.status.ime_hinted, true) {
                    self.say(Tone::Plain, self.text().shell.ime_hint.to_owned());
                }
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    /// The screen to which a digit leads, from a box that has no use for it.
    fn screen_of(&self, key: Key) -> Option<Action> {
        let key = key.half_width();
        key.typed().filter(char::is_ascii_digit)?;
        let action = self.look.keymap.resolve(KeyContext::Global, key)?;
        Screen::of(&action).map(|_| action)
    }

    pub(super) fn on_paste(&mut self, raw: &str) -> Vec<Effect> {
        if self.status.quiet.covered().is_some() {
            return Vec::new();
        }
        self.status.quiet.touch(self.now);
        let text = clean::pasted(raw);
        let ctx = ctx(&self.look, self.home.as_deref(), self.now);
        let taken = match self.overlays.last_mut() {
            Some(overlay) => overlay.on_paste(&text, &ctx),
            None => self.panes.on_paste(self.place.focused(), &text, &ctx),
        };
        if let Some(actions) = taken {
            return self.run(actions);
        }
        self.say(Tone::Warn, self.text().shell.paste_ignored.to_owned());
        Vec::new()
    }
}
