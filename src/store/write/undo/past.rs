//! What each session has written, as far as it can be taken back.

use std::collections::BTreeMap;

use crate::protocol::command::{Command, Revision};
use crate::protocol::reply::{Outcome, Refusal};
use crate::store::write::Written;
use crate::store::write::inverse::Undoable;

/// How many steps back a session can go.
const DEPTH: usize = 100;

/// What one session has written since the last command that stays.
#[derive(Debug, Default)]
struct Trail {
    /// The command that stays: taking back goes down to it, and never past it.
    stays: Option<&'static str>,
    /// What can be taken back, latest last.
    back: Vec<Undoable>,
}

/// What each session can take back. What is refused stays where it is: the next try is told the same,
/// and nothing older goes in its stead.
#[derive(Debug, Default)]
pub(in crate::store) struct Past(BTreeMap<String, Trail>);

impl Past {
    /// The command that would be taken back next, or why there is none.
    pub(in crate::store::write) fn last(&self, session: &str) -> Result<&Undoable, Refusal> {
        let trail = self.0.get(session).ok_or(Refusal::NothingToUndo)?;
        let none = || match trail.stays {
            Some(command) => Refusal::Stays { command },
            None => Refusal::NothingToUndo,
        };
        trail.back.last().ok_or_else(none)
    }

    /// Notes what was written. What can't be taken back stands before all that came earlier;
    /// what changed nothing of anybody's does not.
    pub(in crate::store::write) fn note(
        &mut self,
        session: &str,
        command: &Command,
        written: &Written,
    ) {
        match (command, &written.undo) {
            (Command::Undo | Command::UndoLight, Some(undone)) => {
                self.taken_back(session, undone.to);
            }
            (_, Some(undoable)) => self.push(session, undoable.clone()),
            (_, None) if is_beside(command, &written.outcome) => {}
            (_, None) => {
                let trail = Trail { stays: Some(command.deed()), back: Vec::new() };
                self.0.insert(session.to_owned(), trail);
            }
        }
    }

    fn push(&mut self, session: &str, undoable: Undoable) {
        let trail = self.0.entry(session.to_owned()).or_default();
        if trail.back.len() == DEPTH {
            trail.back.remove(0);
            // What came right behind it is forgotten: it is the last one no more.
            trail.stays = None;
        }
        trail.back.push(undoable);
    }

    /// Forgets the command that was taken back. Taking it back left a new revision: what an
    /// earlier command of this session left is found under that one from now on.
    fn taken_back(&mut self, session: &str, now: Revision) {
        let Some(trail) = self.0.get_mut(session) else { return };
        let Some(gone) = trail.back.pop() else { return };
        for earlier in &mut trail.back {
            let same = earlier.subject == gone.subject && earlier.part == gone.part;
            if same && earlier.to == gone.from {
                earlier.to = now;
            }
        }
    }
}

/// Whether a write changed nothing that anybody would want back: it notes that somebody looked or
/// made a file, or that a file was not taken.
fn is_beside(command: &Command, outcome: &Outcome) -> bool {
    command.is_beside() || matches!(outcome, Outcome::Reused { .. })
}
