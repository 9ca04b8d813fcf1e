//! The real loop on a real terminal with canned pages, for looking at by hand:
//! `cargo test --lib live -- --ignored --nocapture` inside a terminal.

use std::sync::mpsc::channel;

use super::canned::Canned;
use super::harness::now;
use crate::app::{App, Event, Look};
use crate::clock::FixedClock;
use crate::runtime::{self, Wires};
use crate::ui::theme::{Scheme, Theme};

#[test]
#[ignore = "needs a terminal and a person"]
fn live() {
    let (events, inbox) = runtime::events();
    let (requests, asked) = channel();
    let back = events.clone();
    std::thread::spawn(move || {
        let mut canned = Canned::default();
        for request in asked {
            for reply in canned.handle(request) {
                let _ = back.send(Event::Store(reply));
            }
        }
    });
    let scheme = std::env::var("SCHEME").ok().and_then(|s| Scheme::from_name(&s));
    let theme = Theme::new(scheme.unwrap_or_default(), false, false);
    let app = App::new(Look { theme, ..Look::default() }, "live", now(), (80, 24));
    let wires = Wires { events, inbox, requests };
    runtime::run(app, &FixedClock::at(now()), &wires, None).unwrap();
}
