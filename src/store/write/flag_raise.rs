//! Raising a flag by hand, and proposals of rules.

use rusqlite::{OptionalExtension, named_params, params};

use super::flag::{
    Handling, confirm_with, handling, history, keep_lowered, load, reclassify, set_due, snapshot,
    take_over,
};
use super::inverse::{Inverse, Undoable};
use super::visit::check_visit;
use super::{Ctx, Done, Written, flag, flag_text, judged, look_at, notice, record, words};
use crate::access::Action;
use crate::domain::flag::{FlagState, Level};
use crate::domain::ids::{CustomerId, FlagId, VisitId};
use crate::protocol::command::Command;
use crate::protocol::reply::{Outcome, Refusal};
use crate::store::row::code;
use crate::store::row::free_id;

/// Raises a flag by hand, or proposes one found by a rule.
pub(super) fn raise(ctx: &Ctx<'_>, command: &Command) -> Result<Done, Refusal> {
    let Command::RaiseFlag {
        customer,
        visit,
        item,
        signal,
        level,
        proposed,
        owner,
        measure,
        due_on,
        note,
        lowered,
    } = command
    else {
        return Err(Refusal::NotFound);
    };
    if !ctx.actor.may(Action::HandleFlags) {
        ctx.require(Action::Visit)?;
    }
    ctx.require_scope(customer)?;
    let (signal, of_library) = flag_text::signal(ctx, signal)?;
    let mut note = words(note, "note")?;
    let mut english = None;
    if let Some(visit) = visit {
        check_visit(ctx, customer, visit)?;
        (note, english) = both_languages(ctx, visit, &signal, note)?;
        if *proposed && let Some(known) = proposed_before(ctx, visit, &signal)? {
            return Ok(Done::Quiet(Outcome::FlagRaised(known)));
        }
    }
    let known = open(ctx, customer, &signal)?;
    if let (Some((known, FlagState::Proposed)), Some(visit)) = (&known, visit) {
        return take_up(ctx, &FlagId(known.clone()), visit, command);
    }
    if let Some((_, state)) = known.filter(|_| !*proposed) {
        let proposed = state == FlagState::Proposed;
        let why = if proposed { "proposed_already" } else { "open_already" };
        return Err(Refusal::Invalid { field: "signal", why });
    }
    // Of what nobody saw at a visit the library tells how grave it is; a checklist tells it itself.
    let by_hand = of_library.filter(|_| visit.is_none() && !*proposed);
    let asked = by_hand.max(lowered.as_ref().map(|lowered| lowered.from)).filter(|a| a > level);
    let why = lowered.as_ref().map_or("", |lowered| &lowered.why);
    let why = asked.map(|_| flag_text::reason(ctx, why, "lowered_why")).transpose()?;
    let handling = if *proposed {
        None
    } else {
        Some(handling(ctx, (customer, None), *level, owner.as_ref(), measure, *due_on)?)
    };
    let new = New {
        customer,
        visit: visit.as_ref(),
        item: item.as_deref(),
        signal: &signal,
        level: *level,
        note: &note,
    };
    let flag = insert(ctx, &new, handling.as_ref())?;
    flag::keep_english(ctx, &flag, english.as_deref())?;
    history(ctx, &flag, if *proposed { "proposed" } else { "raised" }, &note)?;
    if let (Some(asked), Some(why)) = (asked, &why) {
        keep_lowered(ctx, &flag, asked, why)?;
    }
    set_due(ctx, &flag)?;
    ctx.replan(customer)?;
    if !*proposed {
        reclassify(ctx, customer, &signal)?;
        notice::grave_flag(ctx, &flag)?;
        look_at::because_of_flag(ctx, (&flag, &signal), customer, *level)?;
    }
    let after = snapshot(ctx, &flag)?;
    let mut written = Written::plain(&flag, None, Some(after));
    // What a rule proposed is for somebody to decide, not to be taken back; nor is a grave one,
    // of which the supervisors have learnt.
    written.undo = (!*proposed && *level == Level::Yellow).then(|| Undoable {
        command: command.code(),
        subject: flag.clone(),
        part: String::new(),
        from: 0,
        to: 1,
        inverse: Inverse::Raise,
    });
    Ok(written.outcome(Outcome::FlagRaised(FlagId(flag))).into())
}

/// A signal that is proposed for the customer already is not raised a second time: it is taken into
/// the visit, and confirmed with what is to be done about it.
fn take_up(
    ctx: &Ctx<'_>,
    flag: &FlagId,
    visit: &VisitId,
    command: &Command,
) -> Result<Done, Refusal> {
    const CARE: &str = "
        UPDATE flag_care SET visit_id = ?2, item = coalesce(item, ?3) WHERE flag_id = ?1";
    let Command::RaiseFlag { item, level, proposed, owner, measure, due_on, note, lowered, .. } =
        command
    else {
        return Err(Refusal::NotFound);
    };
    let flag = load(ctx, flag)?;
    let before = snapshot(ctx, &flag.id)?;
    take_over(ctx, &flag.id)?;
    ctx.tx.prepare_cached(CARE)?.execute(params![flag.id, visit.as_str(), item])?;
    if *proposed {
        let mut written = flag.written(ctx, command.code(), "proposed", note, before)?;
        written.undo = None;
        return Ok(written.outcome(Outcome::FlagRaised(FlagId(flag.id.clone()))).into());
    }
    // The proposal is not this visit's: it becomes milder by other eyes alone, as everywhere.
    if *level < flag.level && flag.level > Level::Yellow && flag.is_own(ctx)? {
        return Err(Refusal::OwnRecord);
    }
    let asked = lowered.as_ref().map_or(flag.level, |lowered| lowered.from.max(flag.level));
    if *level < asked {
        let why = lowered.as_ref().map_or("", |lowered| &lowered.why);
        keep_lowered(ctx, &flag.id, asked, &flag_text::reason(ctx, why, "lowered_why")?)?;
    }
    let of = (&flag.customer, flag.owner.as_ref());
    let handling = handling(ctx, of, *level, owner.as_ref(), measure, *due_on)?;
    let (note, english) = both_languages(ctx, visit, &flag.signal, words(note, "note")?)?;
    confirm_with(ctx, &flag, *level, &handling, &note)?;
    if !note.is_empty() {
        flag::keep_english(ctx, &flag.id, english.as_deref())?;
    }
    let mut written = flag.written(ctx, command.code(), "confirmed", &note, before)?;
    notice::grave_flag(ctx, &flag.id)?;
    written.undo = written.undo.filter(|_| *level == Level::Yellow);
    Ok(written.outcome(Outcome::FlagRaised(FlagId(flag.id.clone()))).into())
}

/// What the checklist says of a signal, in Chinese and in English, where the note is just that in either
/// language; words of somebody's own as they are.
fn both_languages(
    ctx: &Ctx<'_>,
    visit: &VisitId,
    signal: &str,
    note: String,
) -> Result<(String, Option<String>), Refusal> {
    if note.is_empty() {
        return Ok((note, None));
    }
    let record = match record::load_any(ctx, visit) {
        Ok(record) => record,
        // A visit that came from the bank's system has no record here.
        Err(Refusal::NotFound) => return Ok((note, None)),
        Err(why) => return Err(why),
    };
    let said = judged::of(ctx, &record)?.proposals;
    let known = said.into_iter().filter(|proposal| proposal.signal == signal);
    let own = known.map(|proposal| proposal.note).find(|own| own.zh == note || own.en == note);
    Ok(own.map_or((note, None), |own| (own.zh, Some(own.en))))
}

/// A flag of the customer with this signal that is proposed or confirmed, the confirmed one first.
pub(super) fn open(
    ctx: &Ctx<'_>,
    customer: &CustomerId,
    signal: &str,
) -> Result<Option<(String, FlagState)>, Refusal> {
    const SQL: &str = "
        SELECT flag_id, state FROM flags
        WHERE customer_id = ?1 AND signal = ?2 AND state IN ('proposed', 'confirmed')
        ORDER BY state, raised_on, flag_id LIMIT 1";
    let mut statement = ctx.tx.prepare_cached(SQL)?;
    let found = statement.query_row([customer.as_str(), signal], |row| {
        Ok((row.get(0)?, code(row, 1, FlagState::from_code)?))
    });
    Ok(found.optional()?)
}

/// Proposes a flag of a visit, found by somebody other than its writer; one with the same signal is
/// taken as it is.
pub(super) fn propose(
    ctx: &Ctx<'_>,
    customer: &CustomerId,
    visit: &VisitId,
    signal: &str,
    level: Level,
    note: &str,
) -> Result<String, Refusal> {
    if let Some(known) = proposed_before(ctx, visit, signal)? {
        return Ok(known.as_str().to_owned());
    }
    let new = New { customer, visit: Some(visit), item: None, signal, level, note };
    let flag = insert(ctx, &new, None)?;
    history(ctx, &flag, "proposed", note)?;
    set_due(ctx, &flag)?;
    ctx.replan(customer)?;
    Ok(flag)
}

/// What a new flag says.
struct New<'a> {
    customer: &'a CustomerId,
    /// During which visit it was seen, and at which item.
    visit: Option<&'a VisitId>,
    item: Option<&'a str>,
    signal: &'a str,
    level: Level,
    note: &'a str,
}

/// Puts a new flag with its care: confirmed with what is to be done about it, or only proposed. Gives
/// its id.
fn insert(ctx: &Ctx<'_>, new: &New<'_>, handling: Option<&Handling>) -> Result<String, Refusal> {
    const CARE: &str = "
        INSERT INTO flag_care (flag_id, step, visit_id, item, raised_by)
        VALUES (?1, 'open', ?2, ?3, ?4)";
    const SQL: &str = "
        INSERT INTO flags (flag_id, customer_id, signal, level, state, raised_on, confirmed_on,
            level_since, owner, measure, due_on, note, origin)
        VALUES (:flag, :customer, :signal, :level, :state, :today, :confirmed, :confirmed, :owner,
            :measure, :due, :note, 'here')";
    let base = format!("F-{}-{}", new.customer, ctx.today.format("%Y%m%d"));
    let flag = free_id(ctx.tx, "SELECT 1 FROM flags WHERE flag_id = ?1", &base)?;
    let today = ctx.today.to_string();
    let state = if handling.is_some() { FlagState::Confirmed } else { FlagState::Proposed };
    ctx.tx.prepare_cached(SQL)?.execute(named_params! {
        ":flag": flag, ":customer": new.customer.as_str(), ":signal": new.signal,
        ":level": new.level.as_code(), ":state": state.as_code(), ":today": today,
        ":confirmed": handling.map(|_| &today), ":note": new.note,
        ":owner": handling.map(|h| h.owner.as_str()),
        ":measure": handling.map(|h| h.measure.as_str()),
        ":due": handling.map(|h| h.due_on.to_string()),
    })?;
    let (visit, me) = (new.visit.map(VisitId::as_str), ctx.actor.user.as_str());
    ctx.tx.prepare_cached(CARE)?.execute(params![flag, visit, new.item, me])?;
    Ok(flag)
}

/// A flag of this visit with this signal, however decided: a rule proposes a thing once.
fn proposed_before(
    ctx: &Ctx<'_>,
    visit: &VisitId,
    signal: &str,
) -> Result<Option<FlagId>, Refusal> {
    const SQL: &str = "
        SELECT f.flag_id FROM visits v
        JOIN flags f ON f.customer_id = v.customer_id AND f.signal = ?2
        JOIN flag_care c ON c.flag_id = f.flag_id AND c.visit_id = v.visit_id
        WHERE v.visit_id = ?1 LIMIT 1";
    let mut statement = ctx.tx.prepare_cached(SQL)?;
    let found = statement.query_row([visit.as_str(), signal], |row| row.get(0)).optional()?;
    Ok(found.map(FlagId))
}
