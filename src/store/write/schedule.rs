//! The month plan: fixed days, appointments, pauses. Each row carries the number of the journal row
//! that set it, so that one that went and came again is seen to be another; taking back puts the
//! old row there as it was.

mod appointments;
mod days;
mod pauses;

use super::inverse::{Change, Inverse, Undoable};
use super::{Ctx, Done, Written, conflict};
use crate::domain::ids::CustomerId;
use crate::protocol::command::{Revision, ScheduleCommand};
use crate::protocol::reply::Refusal;

/// What a command of the month plan changed: the rows before and after.
#[derive(Debug, Clone)]
pub(super) enum Back {
    /// Fixed days.
    Days(Swap<Vec<days::Kept>>),
    /// An appointment.
    Appointment(Swap<Option<appointments::Kept>>),
    /// A pause.
    Pause(Swap<Option<pauses::Kept>>),
}

/// Something and what took its place.
#[derive(Debug, Clone)]
pub(super) struct Swap<T> {
    pub(super) before: T,
    pub(super) after: T,
}

/// Does what a command says.
pub(super) fn run(ctx: &Ctx<'_>, command: &ScheduleCommand) -> Result<Done, Refusal> {
    match command {
        ScheduleCommand::Fix(items) => days::fix(ctx, items, command.code()),
        ScheduleCommand::Appoint(wanted) => appointments::appoint(ctx, wanted, command.code()),
        ScheduleCommand::Cancel { appointment, seen } => {
            appointments::cancel(ctx, appointment, *seen, command.code())
        }
        ScheduleCommand::Pause { customer, until, reason, seen } => {
            pauses::pause(ctx, customer, *until, reason, *seen, command.code())
        }
        ScheduleCommand::Resume { customer, seen } => {
            pauses::resume(ctx, customer, *seen, command.code())
        }
    }
}

/// Puts back what a command changed, if that is still as it left it.
pub(super) fn take_back(ctx: &Ctx<'_>, last: &Undoable, back: &Back) -> Result<Change, Refusal> {
    let (before, after) = match back {
        Back::Days(swap) => days::take_back(ctx, swap)?,
        Back::Appointment(swap) => appointments::take_back(ctx, swap)?,
        Back::Pause(swap) => pauses::take_back(ctx, swap)?,
    };
    // The old row is there again under its old number.
    Ok(Change { before: Some(after), after: Some(before), revision: last.from })
}

/// Whom a change of days was about: not only the customer after whom its row is called.
pub(super) fn about(back: &Back) -> Option<Vec<CustomerId>> {
    let Back::Days(swap) = back else { return None };
    Some(days::about(swap))
}

/// A change of the month plan that can be taken back.
fn written(
    (command, subject): (&'static str, &str),
    (from, to): (Revision, Revision),
    (before, after): (String, String),
    back: Back,
) -> Done {
    let mut written = Written::plain(subject, Some(before), Some(after));
    written.about = about(&back);
    written.undo = Some(Undoable {
        command,
        subject: subject.to_owned(),
        part: "month".to_owned(),
        from,
        to,
        inverse: Inverse::Schedule(Box::new(back)),
    });
    written.into()
}

/// Refuses a writer who looked at another row than the one that is there.
fn require_seen(
    now: Option<(Revision, &str, &str)>,
    seen: Revision,
    field: &str,
    mine: &str,
) -> Result<(), Refusal> {
    let (revision, theirs, by) = now.unwrap_or((0, "", ""));
    if revision == seen { Ok(()) } else { Err(conflict(revision, field, mine, theirs, by)) }
}

#[cfg(test)]
mod tests;
