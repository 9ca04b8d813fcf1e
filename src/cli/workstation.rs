//! `huifang` and the screen of `huifang demo`: everything set up, then the runtime.

use std::io::IsTerminal;
use std::sync::{Arc, Mutex, mpsc};

use tracing_subscriber::filter::LevelFilter;

use super::session::{Desk, Session, line};
use crate::access::Actor;
use crate::app::{App, Event, Idle, Look};
use crate::clock::Clock;
use crate::config::{BorderChoice, Config, IdentityMode, PictureChoice, ThemeChoice};
use crate::domain::user::Role;
use crate::fault::Fault;
use crate::runtime;
use crate::runtime::pixels::{self, Pixels, Protocol};
use crate::runtime::probe::Asked;
use crate::store::Store;
use crate::ui::keymap::Keymap;
use crate::ui::theme::{Scheme, Theme};
use crate::worker::{self, Noting, Worker};

/// Opens the workstation on the configured database.
pub fn run(desk: &Desk) -> Result<(), Fault> {
    let look = ready(desk)?;
    let asked = ask();
    read_ahead();
    let mut session = Session::person(desk)?;
    if desk.config.identity != IdentityMode::Os {
        let (actor, now) = (session.actor.clone(), session.now());
        // A full disk keeps nobody from reading.
        if let Err(error) = session.store.note_sign_in(&actor, now, line().as_deref()) {
            tracing::warn!(%error, "a login was not noted");
        }
    }
    log(&session.store, desk.global.verbose);
    show(look, asked, session.store, session.actor, &session.clock, &desk.config)
}

/// Has read what the first screen names, while the other packs are read and the file is opened.
pub fn read_ahead() {
    // Without a thread it is read where it is asked for.
    let _ = std::thread::Builder::new().name("packs".to_owned()).spawn(crate::ui::value::warm);
}

/// Asks the terminal what it is; `None` where it can't be asked.
pub fn ask() -> Option<Asked> {
    runtime::probe::ask().ok()
}

/// Refuses before anything is touched when there is no screen to show it on; reads the look.
pub fn ready(desk: &Desk) -> Result<Look, Fault> {
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        return Err(Fault::NoTerminal);
    }
    let term = std::env::var("TERM").ok();
    if let Some(why) = runtime::refuse(term.as_deref(), runtime::locale().as_deref()) {
        return Err(Fault::Terminal(why));
    }
    Ok(Look {
        lang: desk.lang,
        theme: theme(&desk.config, |name| std::env::var(name).ok()),
        keymap: keymap(&desk.config)?,
        clipboard: desk.config.clipboard,
        idle: idle(&desk.config),
        dots: None,
    })
}

/// Runs the screen for a person until she leaves.
pub fn show(
    look: Look,
    asked: Option<Asked>,
    store: Store,
    actor: Actor,
    clock: &Arc<dyn Clock>,
    config: &Config,
) -> Result<(), Fault> {
    let session = actor.session.clone();
    let (events, inbox) = runtime::events();
    let (requests, orders) = mpsc::channel();
    let noting = noting(config, &actor);
    let worker = Worker::new(store, actor, Arc::clone(clock))
        .exporting_to(config.export_dir.clone())
        .noting(noting);
    let to_screen = events.clone();
    let thread =
        worker::spawn(worker, orders, move |reply| to_screen.send(Event::Store(reply)).is_ok());
    let thread = thread.map_err(|fault| Fault::Screen(fault.to_string()))?;
    let size = ratatui::crossterm::terminal::size().unwrap_or((80, 24));
    let (look, pixels) = informed(look, asked, config.pictures);
    let app = App::new(look, &session, clock.now(), size);
    let wires = runtime::Wires { events, inbox, requests };
    let outcome = runtime::run(app, clock.as_ref(), &wires, pixels);
    // With its requests' other end gone the worker tidies up and ends.
    drop(wires);
    // A panic of the worker has been told to the screen already.
    let _ = thread.join();
    outcome.map_err(|fault| Fault::Screen(format!("{fault:#}")))
}

/// The look after the terminal has said what it is. One that does not answer is taken as most
/// are: narrow, without pictures.
fn informed(
    mut look: Look,
    asked: Option<Asked>,
    pictures: PictureChoice,
) -> (Look, Option<Pixels>) {
    let answers = asked.map(Asked::answers).unwrap_or_default();
    if answers.wide == Some(true) {
        look.theme = look.theme.for_wide();
    }
    let term = std::env::var("TERM").ok();
    let pixels = match pictures {
        PictureChoice::Auto => pixels::of(None, answers, term.as_deref()),
        PictureChoice::Blocks => None,
        PictureChoice::Sixel => pixels::of(Some(Protocol::Sixel), answers, None),
        PictureChoice::Kitty => pixels::of(Some(Protocol::Kitty), answers, None),
    };
    look.dots = pixels.map(|pixels| pixels.dots);
    (look, pixels)
}

fn theme(config: &Config, variable: impl Fn(&str) -> Option<String>) -> Theme {
    let set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
    let many = set("COLORTERM") || variable("TERM").is_some_and(|term| term.contains("256color"));
    let scheme = match config.theme {
        choice if choice == ThemeChoice::Mono || set("NO_COLOR") => Scheme::Mono,
        ThemeChoice::Light => Scheme::Light,
        choice if choice == ThemeChoice::Sixteen || choice == ThemeChoice::Auto && !many => {
            Scheme::Sixteen
        }
        _ => Scheme::Dark,
    };
    Theme::new(scheme, config.borders == BorderChoice::Ascii, false)
}

/// On a server a screen that nobody touches is covered and left; 0 = never.
fn idle(config: &Config) -> Idle {
    let server = config.identity != IdentityMode::Os;
    let limit =
        |set: Option<u16>, usual| set.or(server.then_some(usual)).filter(|minutes| *minutes > 0);
    Idle { cover: limit(config.cover_after, 5), end: limit(config.end_after, 30), shared: server }
}

/// An auditor is logged wherever she looks; on a shared server everybody is who looks for a moment.
fn noting(config: &Config, actor: &Actor) -> Noting {
    if actor.role == Role::Auditor {
        Noting::Each
    } else if config.identity == IdentityMode::Os {
        Noting::Nothing
    } else {
        Noting::Looks
    }
}

fn keymap(config: &Config) -> Result<Keymap, Fault> {
    let changes = config.keys.iter().flat_map(|(place, actions)| {
        actions.iter().map(move |(action, keys)| {
            (place.as_str(), action.as_str(), keys.iter().map(String::as_str).collect())
        })
    });
    Keymap::with_overrides(changes).map_err(|fault| Fault::Keys(fault.to_string()))
}

/// Logs into a file beside the database, never to the screen. Without a file there is no log: that
/// must not keep anybody from working.
pub fn log(store: &Store, verbose: bool) {
    let path = store.path().with_extension("log");
    let Ok(file) = std::fs::OpenOptions::new().create(true).append(true).open(path) else { return };
    let level = if verbose { LevelFilter::DEBUG } else { LevelFilter::INFO };
    let log = tracing_subscriber::fmt()
        .with_ansi(false)
        // On a full disk the log would complain of itself in the middle of the screen.
        .log_internal_errors(false)
        .with_max_level(level)
        .with_writer(Mutex::new(file))
        .finish();
    // Fails only if a log was set before, which then goes on.
    let _ = tracing::subscriber::set_global_default(log);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_follow_settings_and_terminal() {
        let with = |theme, pairs: &'static [(&'static str, &'static str)]| {
            let config = Config { theme, ..Config::default() };
            super::theme(&config, move |name| {
                pairs.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned())
            })
            .scheme()
        };
        assert_eq!(with(ThemeChoice::Auto, &[("TERM", "xterm")]), Scheme::Sixteen);
        assert_eq!(with(ThemeChoice::Auto, &[("TERM", "xterm-256color")]), Scheme::Dark);
        assert_eq!(with(ThemeChoice::Light, &[("NO_COLOR", "1")]), Scheme::Mono);
        assert_eq!(with(ThemeChoice::Light, &[("NO_COLOR", "")]), Scheme::Light);
    }

    #[test]
    fn a_server_covers_the_screen_and_the_settings_decide() {
        let of = |identity, cover_after, end_after| {
            let idle = idle(&Config { identity, cover_after, end_after, ..Config::default() });
            (idle.cover, idle.end)
        };
        assert_eq!(of(IdentityMode::Os, None, None), (None, None));
        assert_eq!(of(IdentityMode::Sudo, None, None), (Some(5), Some(30)));
        assert_eq!(of(IdentityMode::Sudo, Some(2), Some(0)), (Some(2), None));
        assert_eq!(of(IdentityMode::Os, Some(3), None), (Some(3), None));
    }

    #[test]
    fn overrides_reach_the_keymap_and_faults_are_told() {
        let config = |text: &str| Config::parse(text, std::path::Path::new("c.toml")).unwrap();
        assert!(keymap(&config("[keys]\nlist.next = [\"j\", \"down\"]\n")).is_ok());
        assert!(matches!(keymap(&config("[keys]\nnowhere.next = [\"j\"]\n")), Err(Fault::Keys(_))));
        assert!(matches!(keymap(&config("[keys]\nlist.fly = [\"j\"]\n")), Err(Fault::Keys(_))));
    }
}
