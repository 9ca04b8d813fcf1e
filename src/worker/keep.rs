//! The field being typed: kept in memory, on disk within two seconds. A key costs no write.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, FixedOffset};

use crate::domain::ids::VisitId;
use crate::protocol::command::Command;
use crate::protocol::reply::{Outcome, Refusal};

/// How long the first unsaved key may wait. With the quarter of a second until the next look, a
/// process that is killed loses less than two seconds of typing.
const AT_THE_LATEST: Duration = Duration::milliseconds(1_500);

/// The latest of what was kept: one field and one place for each visit.
#[derive(Debug, Default)]
pub(super) struct Kept {
    commands: BTreeMap<(VisitId, &'static str), Command>,
    /// When the first of them came.
    since: Option<DateTime<FixedOffset>>,
}

impl Kept {
    /// Takes a command in place of an earlier one of its kind.
    pub(super) fn put(&mut self, command: Command, now: DateTime<FixedOffset>) {
        let (Command::KeepDraft { visit, .. } | Command::KeepPlace { visit, .. }) = &command else {
            return;
        };
        self.commands.insert((visit.clone(), command.code()), command);
        self.since.get_or_insert(now);
    }

    /// Whether it is time to write. A clock that was set back makes it so at once.
    pub(super) fn is_due(&self, now: DateTime<FixedOffset>) -> bool {
        self.since.is_some_and(|since| now < since || now - since >= AT_THE_LATEST)
    }

    /// Hands everything over; what was refused only for now waits for another round.
    pub(super) fn write(
        &mut self,
        now: DateTime<FixedOffset>,
        mut write: impl FnMut(&Command) -> Result<Outcome, Refusal>,
    ) {
        self.since = None;
        for (key, command) in std::mem::take(&mut self.commands) {
            match write(&command) {
                Ok(_) => {}
                Err(Refusal::Busy | Refusal::DiskFull) => {
                    self.commands.insert(key, command);
                    self.since = Some(now);
                }
                Err(why) => tracing::debug!(?why, what = command.code(), "not kept"),
            }
        }
    }
}

#[cfg(test)]
mod tests;
