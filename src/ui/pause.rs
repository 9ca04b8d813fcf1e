//! Pauses as dialogs ask for them.

use chrono::NaiveDate;

use crate::domain::ids::CustomerId;
use crate::i18n::format;
use crate::protocol::command::{Command, Revision, ScheduleCommand};
use crate::ui::ask::{Ask, Field};
use crate::ui::ctx::Ctx;

/// Until when and why.
pub fn form(tag: &'static str, name: &str, ctx: &Ctx<'_>) -> Ask {
    let text = &ctx.text.board;
    let fields =
        vec![Field::date(text.until, "+14").required(), Field::text(text.reason, "").required()];
    let mut ask = Ask::form(tag, text.pause_title, fields);
    ask.lines = vec![ctx.theme.clean(name), text.pause_note.to_owned()];
    ask
}

/// Whether the pause shall end now.
pub fn end(tag: &'static str, name: &str, until: NaiveDate, ctx: &Ctx<'_>) -> Ask {
    let text = &ctx.text.board;
    let line = format!(
        "{}  {} {}",
        ctx.theme.clean(name),
        text.paused_until,
        format::near_day(until, ctx.today)
    );
    Ask::confirm(tag, text.resume_title, vec![line])
}

/// The command that the answers to [`form`] mean.
pub fn pause(customer: CustomerId, seen: Revision, values: &[String]) -> Option<Command> {
    let until = values.first()?.trim().parse().ok()?;
    let reason = values.get(1).map(|reason| reason.trim().to_owned()).unwrap_or_default();
    Some(Command::Schedule(ScheduleCommand::Pause { customer, until, reason, seen }))
}

/// Ends a pause.
pub fn resume(customer: CustomerId, seen: Revision) -> Command {
    Command::Schedule(ScheduleCommand::Resume { customer, seen })
}
