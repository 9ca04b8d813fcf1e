//! What the channel of a visit means: its class, the duties that it meets, the questions it brings.

use chrono::NaiveDate;

use super::Ctx;
use crate::domain::answer::Value;
use crate::domain::duty::{Duty, DutyClass, DutyCode};
use crate::domain::facts::{CHANNEL, Facts};
use crate::domain::visit::{Purpose, VisitClass};
use crate::protocol::reply::Refusal;

/// Codes of the duties that a visit of this class by this channel on this day meets, each once.
pub(super) fn served(
    ctx: &Ctx<'_>,
    open: &[Duty],
    class: VisitClass,
    channel: &str,
    day: NaiveDate,
) -> Vec<Purpose> {
    let channel = ctx.packs.conduct.channel(channel);
    let fits = |duty: &&Duty| {
        duty.opens <= day
            && (class == VisitClass::Onsite || duty.class == DutyClass::Any)
            && channel.is_none_or(|channel| !channel.not_for.contains(&duty.code))
    };
    let mut codes: Vec<DutyCode> = open.iter().filter(fits).map(|duty| duty.code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes.into_iter().map(|code| Purpose { code, reference: None }).collect()
}

pub(super) fn check_purposes(
    ctx: &Ctx<'_>,
    purposes: &[Purpose],
    class: VisitClass,
    channel: &str,
) -> Result<(), Refusal> {
    let onsite = purposes.iter().any(|purpose| purpose.code == DutyCode::PeriodicOnsite);
    if onsite && class != VisitClass::Onsite {
        return Err(Refusal::Invalid { field: "purposes", why: "needs_onsite" });
    }
    if ctx.packs.conduct.unmet(channel, purposes).is_some() {
        return Err(Refusal::Invalid { field: "purposes", why: "other_channel" });
    }
    Ok(())
}

/// A channel that the pack knows is of its class.
pub(super) fn check_channel(
    ctx: &Ctx<'_>,
    channel: &str,
    class: VisitClass,
) -> Result<(), Refusal> {
    let known = ctx.packs.conduct.channel(channel);
    if known.is_some_and(|channel| channel.class != class) {
        return Err(Refusal::Invalid { field: "channel", why: "other_class" });
    }
    Ok(())
}

/// The form asks other things by telephone than on the screen.
pub(super) fn add_channel(ctx: &Ctx<'_>, facts: &mut Facts, channel: &str) {
    if let Some(channel) = ctx.packs.conduct.channel(channel) {
        let code = Value::Choice(channel.code.clone());
        facts.0.insert(CHANNEL.to_owned(), code);
    }
}
