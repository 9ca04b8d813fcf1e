//! Choosing the PIN of a locked screen.

use super::action::Answered;
use super::ask::{Ask, Field};
use super::ctx::Ctx;
use crate::domain::pin::Pin;
use crate::i18n::{Catalog, refusal};
use crate::protocol::command::{Command, PinCommand};

/// Tag of the dialog.
pub const TAG: &str = "set-pin";

/// The dialog; the present PIN is asked for where there is one.
pub fn dialog(ctx: &Ctx<'_>) -> Ask {
    let t = &ctx.text.lock;
    let present = ctx.home.is_some_and(|home| home.pin).then(|| Field::secret(t.present));
    let new = [Field::secret(t.new), Field::secret(t.again)];
    let mut ask = Ask::form(TAG, t.title, present.into_iter().chain(new).collect());
    ask.lines = vec![t.rules.to_owned(), t.if_forgotten.to_owned()];
    ask
}

/// The command that an answer stands for, or what is wrong with it.
pub fn command(answered: &Answered, has_one: bool, text: &Catalog) -> Result<Command, String> {
    let value = |at: usize| Pin::new(answered.values.get(at).map_or("", String::as_str));
    let first = usize::from(has_one);
    let (new, again) = (value(first), value(first + 1));
    if let Some(why) = new.fault() {
        return Err(refusal::invalid(text.lang, "pin", why));
    }
    if new != again {
        return Err(text.lock.differ.to_owned());
    }
    Ok(Command::Pin(PinCommand::Set { present: has_one.then(|| value(0)), new }))
}
