//! A branch server as the guide sets it up: the Debian package, real sshd and sudo, officers with
//! keys. Needs root and the programs of such a server; says so and does nothing where they lack.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test: what is unexpected ends it")]

#[path = "server/doors.rs"]
mod doors;
#[path = "server/load.rs"]
mod load;
#[path = "server/one_account.rs"]
mod one_account;
#[path = "server/place.rs"]
mod place;
#[path = "server/sessions.rs"]
mod sessions;
#[path = "server/setup.rs"]
mod setup;
#[expect(dead_code, reason = "shared with the tests of the terminal, which use the rest")]
#[path = "pty/terminal.rs"]
mod terminal;
