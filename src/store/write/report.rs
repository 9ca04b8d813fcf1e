//! Notes that a report left: who made which, why in clear, and the digest of its bytes.

use super::canon::Object;
use super::{Ctx, Done, Written, packet};
use crate::access::Action;
use crate::domain::ids::{CustomerId, UserId, VisitId};
use crate::protocol::calendar::CalendarCommand;
use crate::protocol::reply::Refusal;
use crate::protocol::report::{ReportMade, ReportOrder, ReportSubject};
use crate::store::published;
use crate::store::read::scope::Sight;

/// Notes a report that was rendered; one that is still to be made is no business of the store.
pub(super) fn note(
    ctx: &Ctx<'_>,
    order: &ReportOrder,
    made: Option<&ReportMade>,
) -> Result<Done, Refusal> {
    ctx.require(Action::Read)?;
    let made = made.ok_or(Refusal::Invalid { field: "file", why: "missing" })?;
    let reason = super::words(&order.reason, "reason")?;
    if order.unmasked {
        ctx.require(Action::Unmask)?;
        super::needed(&reason, "reason")?;
    }
    match &order.subject {
        ReportSubject::Visit(visit) | ReportSubject::PackOf(visit) => {
            ctx.require_scope(&customer_of(ctx, visit)?)?;
        }
        ReportSubject::Renewal(customer)
        | ReportSubject::Diligence(customer)
        | ReportSubject::Brief(customer)
        | ReportSubject::Pack(customer) => ctx.require_scope(customer)?,
        ReportSubject::Packet(packet) => packet::require_sight(ctx, packet)?,
    }
    let after = Object::new()
        .text("kind", order.subject.kind().as_code())
        .text("format", order.format.as_code())
        .text("lang", order.lang.as_code())
        .raw("unmasked", if order.unmasked { "true" } else { "false" })
        .text("reason", &reason)
        .text("file", &made.file)
        .int("bytes", i64::try_from(made.bytes).unwrap_or(i64::MAX))
        .text("sha256", &made.sha256)
        .done();
    Ok(Written::plain(order.subject.id(), None, Some(after)).into())
}

/// Notes a calendar file that was written, and keeps what stands in it.
pub(super) fn calendar(
    ctx: &Ctx<'_>,
    CalendarCommand { order, made }: &CalendarCommand,
) -> Result<Done, Refusal> {
    ctx.require(Action::Read)?;
    let made = made.as_ref().ok_or(Refusal::Invalid { field: "file", why: "missing" })?;
    let sight = Sight::of(ctx.actor).narrowed(ctx.tx, order.officer.as_ref())?;
    published::keep(ctx.tx, &sight, &made.events)?;
    let struck = made.events.iter().filter(|event| event.cancelled_on.is_some()).count();
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let after = Object::new()
        .maybe("officer", order.officer.as_ref().map(UserId::as_str))
        .raw("private", if order.private { "true" } else { "false" })
        .text("lang", order.lang.as_code())
        .int("events", count(made.events.len()))
        .int("cancelled", count(struck))
        .text("file", &made.file.file)
        .int("bytes", i64::try_from(made.file.bytes).unwrap_or(i64::MAX))
        .text("sha256", &made.file.sha256)
        .done();
    Ok(Written::plain("calendar", None, Some(after)).into())
}

fn customer_of(ctx: &Ctx<'_>, visit: &VisitId) -> Result<CustomerId, Refusal> {
    use rusqlite::OptionalExtension as _;
    ctx.tx
        .prepare_cached("SELECT customer_id FROM visits WHERE visit_id = ?1")?
        .query_row([visit.as_str()], |row| row.get(0).map(CustomerId))
        .optional()?
        .ok_or(Refusal::NotFound)
}
