//! Requests for delay and termination as dialogs ask for them, for the panes that make them.

use chrono::NaiveDate;

use crate::domain::duty::DutyCode;
use crate::domain::ids::CustomerId;
use crate::domain::order::{RequestGround, RequestKind};
use crate::i18n::words;
use crate::protocol::command::{Command, RequestCommand};
use crate::ui::ask::{Ask, Field};
use crate::ui::ctx::Ctx;

/// The command that the answers to [`form`] mean.
pub fn command(customer: CustomerId, due: NaiveDate, values: &[String]) -> Command {
    let value = |at: usize| values.get(at).map_or("", |v| v.trim()).to_owned();
    let kind = RequestKind::from_code(&value(0)).unwrap_or(RequestKind::Delay);
    let new_due = value(1).parse().ok().filter(|_| kind == RequestKind::Delay);
    let ground = RequestGround::from_code(&value(2)).unwrap_or(RequestGround::Other);
    let (reason, interim) = (value(3), value(4));
    Command::Request(RequestCommand::Ask { customer, due, kind, new_due, reason, interim, ground })
}

/// Kind, new date, ground, reason and what is done meanwhile. `last` is the last day of a delay.
pub fn form(
    tag: &'static str,
    name: &str,
    due: NaiveDate,
    (codes, last): (&[DutyCode], Option<NaiveDate>),
    ctx: &Ctx<'_>,
) -> Ask {
    let text = &ctx.text.requests;
    let kinds = [(RequestKind::Delay, text.delay), (RequestKind::Termination, text.termination)];
    let kinds = kinds.map(|(kind, name)| (kind.as_code().to_owned(), name.to_owned())).to_vec();
    let grounds = RequestGround::ALL.iter().map(|ground| {
        (ground.as_code().to_owned(), words::request_ground(ctx.lang, *ground).to_owned())
    });
    let grounds = grounds.collect();
    let codes: Vec<&str> = codes.iter().map(|c| words::duty_short(ctx.lang, *c)).collect();
    let mut ask = Ask::form(
        tag,
        text.ask_title,
        vec![
            Field::choice(text.kind, RequestKind::Delay.as_code(), kinds),
            Field::date(text.new_due, "").required_when(0, RequestKind::Delay.as_code()),
            Field::choice(text.ground, "", grounds).required(),
            Field::text(text.reason, "").required(),
            Field::text(text.interim, ""),
        ],
    )
    .starting_at(1);
    let comma = ctx.lang.list_mark();
    ask.lines.push(text.about(&ctx.theme.clean(name), due, &codes.join(comma)));
    ask.lines.extend(last.map(|last| text.latest(last)));
    ask
}
