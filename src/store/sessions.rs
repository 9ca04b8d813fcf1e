//! Who came to a branch server and from where, and who was not let in: rows of the journal.

use chrono::{DateTime, FixedOffset};

use super::{Error, Store};
use crate::access::Actor;
use crate::domain::ids::CustomerId;

/// Longer ones say nothing.
const LONGEST: usize = 96;

impl Store {
    /// A person has come; `from` is what the line says of itself: address and port.
    pub fn note_sign_in(
        &mut self,
        actor: &Actor,
        now: DateTime<FixedOffset>,
        from: Option<&str>,
    ) -> Result<(), Error> {
        self.note_session(actor, now, "sign_in", actor.user.as_str(), from)
    }

    /// Somebody of the machine has come who is no active user.
    pub fn note_refused(
        &mut self,
        user: &str,
        session: &str,
        now: DateTime<FixedOffset>,
        from: Option<&str>,
    ) -> Result<(), Error> {
        self.note_session(&Actor::program(session), now, "sign_in_refused", user, from)
    }

    /// A person has looked at a customer's dossier, or asked for one that she does not see.
    pub fn note_read(
        &mut self,
        actor: &Actor,
        now: DateTime<FixedOffset>,
        customer: &CustomerId,
        refused: bool,
    ) -> Result<(), Error> {
        let command = if refused { "read_refused" } else { "read" };
        self.note(actor, now, command, customer.as_str(), r#"{"page":"dossier"}"#)
    }

    fn note_session(
        &mut self,
        actor: &Actor,
        now: DateTime<FixedOffset>,
        command: &str,
        subject: &str,
        from: Option<&str>,
    ) -> Result<(), Error> {
        let plain = |c: char| c.is_ascii_alphanumeric() || " .:%-".contains(c);
        let from = from.filter(|from| from.len() <= LONGEST && from.chars().all(plain));
        let after = serde_json::json!({"ssh_from": from}).to_string();
        self.note(actor, now, command, subject, &after)
    }
}

#[cfg(test)]
mod tests;
