//! Asking to see personal data in clear: why. What comes back is shown for a moment.

use super::action::Answered;
use super::ask::{Ask, Field};
use super::ctx::Ctx;
use crate::domain::ids::CustomerId;
use crate::domain::reveal::RevealReason;
use crate::i18n::Catalog;
use crate::protocol::command::{Command, Reveal};
use crate::protocol::reply::Revealed;

/// Tag of the dialog.
pub const TAG: &str = "reveal";
/// Tag of what is shown: it goes by itself.
pub const SHOWN: &str = "revealed";

/// The dialog.
pub fn dialog(name: &str, ctx: &Ctx<'_>) -> Ask {
    let t = &ctx.text.reveal;
    let reasons = RevealReason::ALL
        .iter()
        .map(|reason| (reason.as_code().to_owned(), t.reason(*reason).to_owned()));
    let note = Field::text(t.note, "").required_when(0, RevealReason::Other.as_code());
    let first = RevealReason::Contact.as_code();
    let mut ask =
        Ask::form(TAG, t.title, vec![Field::choice(t.why, first, reasons.collect()), note]);
    ask.lines = vec![name.to_owned(), t.journalled.to_owned()];
    ask
}

/// The command that an answer stands for.
pub fn command(answered: &Answered, customer: &CustomerId) -> Option<Command> {
    let value = |at: usize| answered.values.get(at).map_or("", String::as_str);
    let reason = RevealReason::from_code(value(0))?;
    let note = value(1).trim().to_owned();
    Some(Command::Reveal(Reveal { customer: customer.clone(), reason, note }))
}

/// What is shown.
pub fn shown(revealed: &Revealed, text: &Catalog) -> Ask {
    let title = format!("{}  {}", text.reveal.title, revealed.name);
    Ask::confirm(SHOWN, title, text.reveal.lines(revealed))
}
