//! The application: one event in, effects out. It holds the panes and handles what concerns more
//! than one of them; it reads no clock and touches no store.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, FixedOffset};

use crate::i18n::{Catalog, Lang};
use crate::protocol::page::HomePage;
use crate::protocol::reply::{Reply, Request};
use crate::ui::ctx::Ctx;
use crate::ui::key::Key;
use crate::ui::keymap::Keymap;
use crate::ui::overlays::{Overlay, Placed};
use crate::ui::screen::PaneId;
use crate::ui::theme::Theme;

mod act;
mod draw;
mod idle;
mod input;
mod leave;
mod lock;
mod offered;
mod open;
mod panes;
mod place;
mod review;
mod status;
mod store;
mod takes;
mod writes;

pub use idle::Idle;

use panes::Panes;
use place::Place;
use status::Status;
use store::Watches;
use writes::Writes;

/// Something that happened outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A key, with the time since the program started (for telling a paste from typing).
    Key(Key, Duration),
    /// Pasted text.
    Paste(String),
    /// The terminal has these columns and rows now.
    Resize(u16, u16),
    /// The worker says something.
    Store(Reply),
    /// A minute began, or time passed.
    Tick(DateTime<FixedOffset>),
    /// What was shown for a moment must go.
    Conceal,
    /// The line dropped or the process was asked to end: keep everything and leave.
    Hangup,
}

/// What `update` asks the runtime to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Tell the worker.
    Store(Request),
    /// Put a text on the officer's own clipboard (OSC 52).
    Copy(String),
    /// Draw everything anew.
    Redraw,
    /// Leave.
    Quit,
}

/// Language, colours, keys.
#[derive(Debug, Clone, Default)]
pub struct Look {
    /// The language to begin with.
    pub lang: Lang,
    /// The colours and glyphs to begin with.
    pub theme: Theme,
    /// The keys.
    pub keymap: Keymap,
    /// Whether `y` may copy to the officer's own clipboard.
    pub clipboard: bool,
    /// What happens to a screen that nobody touches.
    pub idle: Idle,
    /// Pixels of a cell, where the terminal draws pictures itself.
    pub dots: Option<(u16, u16)>,
}

/// Who asks and who answers while dialogs are open.
#[derive(Debug, Default)]
struct Asking {
    /// The form whose answer is being taken: it comes back if that is refused.
    form: Option<Overlay>,
    /// The list above the panes from which a customer is being opened: Esc leads back to it.
    list: Option<Overlay>,
    /// The pane that the answer to the open dialog goes to.
    asker: Option<PaneId>,
    /// The pane that asks next, if that is not the one in focus.
    lent: Option<PaneId>,
    /// The pane that the next write comes from, if that is not the one in focus.
    writer: Option<PaneId>,
}

/// All state of the screen.
#[derive(Debug)]
pub struct App {
    look: Look,
    now: DateTime<FixedOffset>,
    place: Place,
    panes: Panes,
    overlays: Vec<Overlay>,
    asking: Asking,
    watches: Watches,
    writes: Writes,
    home: Option<Arc<HomePage>>,
    status: Status,
}

impl App {
    /// An application that has seen nothing yet. `session` makes the ids of its writes its own.
    pub fn new(look: Look, session: &str, now: DateTime<FixedOffset>, size: (u16, u16)) -> Self {
        Self {
            look,
            now,
            place: Place::on(size),
            panes: Panes::new(now.date_naive()),
            overlays: Vec::new(),
            asking: Asking::default(),
            watches: Watches::default(),
            writes: Writes::new(session),
            home: None,
            status: Status::default(),
        }
    }

    /// What the program asks for before anything has happened.
    pub fn start(&mut self) -> Vec<Effect> {
        self.rewatch()
    }

    /// Takes one event; gives what is to be done outside.
    pub fn update(&mut self, event: Event) -> Vec<Effect> {
        let mut effects = match event {
            Event::Key(key, at) => self.on_key(key, at),
            Event::Paste(text) => self.on_paste(&text),
            Event::Resize(columns, rows) => {
                self.place.size = (columns, rows);
                Vec::new()
            }
            Event::Store(reply) => self.on_reply(reply),
            Event::Tick(now) => {
                self.now = now;
                let opens = self.opens();
                let over = self.status.quiet.pass(now, self.look.idle, opens);
                if self.status.quiet.covered().is_some() {
                    self.conceal();
                }
                if over { self.leave() } else { Vec::new() }
            }
            Event::Conceal => {
                self.conceal();
                Vec::new()
            }
            Event::Hangup => self.leave(),
        };
        self.follow();
        effects.extend(self.rewatch());
        effects
    }

    /// Whether something is shown for a moment that else is masked.
    pub fn is_in_clear(&self) -> bool {
        self.overlays.iter().any(Overlay::is_in_clear)
    }

    /// Whether writes wait for their answer.
    pub fn has_pending(&self) -> bool {
        self.writes.any()
    }

    /// Whether a pane on the screen waits for its first page or for a newer one.
    pub fn is_waiting(&self) -> bool {
        self.watches.any_waiting()
    }

    /// The picture that the terminal has to draw itself, if it lies on top of everything.
    pub fn placed(&self) -> Option<&Placed> {
        if self.status.quiet.covered().is_some() {
            return None;
        }
        self.overlays.last()?.placed()
    }

    /// The language in use.
    pub fn lang(&self) -> Lang {
        self.look.lang
    }
}

/// The context for panes. Borrows only what it shows, so that panes can change meanwhile.
fn ctx<'a>(look: &'a Look, home: Option<&'a HomePage>, now: DateTime<FixedOffset>) -> Ctx<'a> {
    Ctx {
        text: Catalog::of(look.lang),
        lang: look.lang,
        theme: &look.theme,
        now,
        today: home.map_or_else(|| now.date_naive(), |h| h.today),
        home,
    }
}

#[cfg(test)]
mod tests;
