//! The real program on a real terminal: it draws, leaves, restores what it found, keeps what was
//! typed whatever happens, and takes nothing for a key that is none.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test: what is unexpected ends it")]

#[path = "pty/drafts.rs"]
mod drafts;
#[path = "pty/full.rs"]
mod full;
#[path = "pty/hostile.rs"]
mod hostile;
#[path = "pty/keys.rs"]
mod keys;
#[path = "pty/leaving.rs"]
mod leaving;
#[path = "pty/pictures.rs"]
mod pictures;
#[path = "pty/shared.rs"]
mod shared;
#[path = "pty/starting.rs"]
mod starting;
#[path = "pty/terminal.rs"]
mod terminal;
