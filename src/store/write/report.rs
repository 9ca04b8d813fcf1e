//! Notes that a report left: who made which, why in clear, and the digest of its bytes.

use super::canon::Object;
use super::{Ctx, Done, Written, packet};
use crate::access::Action;
use crate::domain::ids::{CustomerId, VisitId};
use crate::protocol::reply::Refusal;
use crate::protocol::report::{ReportMade, ReportOrder, ReportSubject};

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

fn customer_of(ctx: &Ctx<'_>, visit: &VisitId) -> Result<CustomerId, Refusal> {
    use rusqlite::OptionalExtension as _;
    ctx.tx
        .prepare_cached("SELECT customer_id FROM visits WHERE visit_id = ?1")?
        .query_row([visit.as_str()], |row| row.get(0).map(CustomerId))
        .optional()?
        .ok_or(Refusal::NotFound)
}
