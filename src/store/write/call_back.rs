//! Call-backs of the sample: what the customer said to somebody who had no hand in the record.

use rusqlite::named_params;

use super::canon::Object;
use super::{Ctx, Done, Written, flag_raise, heard, needed, notice, record, words};
use crate::access::Action;
use crate::domain::flag::Level;
use crate::domain::review::CallResult;
use crate::domain::visit::VisitState;
use crate::protocol::command::Command;
use crate::protocol::reply::Refusal;
use crate::store::warning;

/// Keeps the result of a call. One that differs proposes a flag; of an approved record, which
/// can't go back, it also asks its officer for an amendment.
pub(super) fn record_call(ctx: &Ctx<'_>, command: &Command) -> Result<Done, Refusal> {
    const PUT: &str = "
        INSERT INTO call_backs (visit_id, n, version, result, contact, text, user, at, flag_id)
        SELECT :visit, 1 + count(*), :version, :result, :contact, :text, :me, :at, :flag
        FROM call_backs WHERE visit_id = :visit";
    let Command::CallBack { visit, result, contact, text } = command else {
        return Err(Refusal::NotFound);
    };
    ctx.require(Action::Review)?;
    let record = record::load(ctx, visit)?;
    if record.is_own(ctx)? {
        return Err(Refusal::OwnRecord);
    }
    record.require_state(VisitState::is_done)?;
    let reached = *result != CallResult::NotReached;
    let contact = if reached { needed(contact, "contact")? } else { words(contact, "contact")? };
    let differs = *result == CallResult::Differs;
    let text = if differs { needed(text, "text")? } else { words(text, "text")? };
    let signal = ctx.packs.review.differs_signal.as_str();
    let library = warning::library_of(ctx.tx, &record.customer)?;
    let known = library.get(signal);
    let flag = if differs && known.is_none_or(|known| known.on) {
        let level = known.map_or(Level::Orange, |known| known.level);
        Some(flag_raise::propose(ctx, &record.customer, visit, signal, level, &text)?)
    } else {
        None
    };
    ctx.tx.prepare_cached(PUT)?.execute(named_params! {
        ":visit": visit.as_str(), ":version": record.version, ":result": result.as_code(),
        ":contact": contact, ":text": text, ":me": ctx.actor.user.as_str(), ":at": ctx.at(),
        ":flag": flag,
    })?;
    let (customer, of) = (&record.customer, visit.as_str());
    heard::listen(
        ctx,
        &heard::Note { customer, place: "heard.call_back", of, by: None, text: &text },
    )?;
    if differs && record.state == VisitState::Approved {
        notice::amendment_wanted(ctx, &record)?;
    }
    let after = Object::new()
        .int("version", record.version)
        .text("result", result.as_code())
        .text("contact", &contact)
        .text("text", &text)
        .maybe("flag_id", flag.as_deref())
        .done();
    Ok(Written::plain(visit.as_str(), None, Some(after)).into())
}
