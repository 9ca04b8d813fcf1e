//! Messages about what superiors order.

use rusqlite::{named_params, params};

use super::Ctx;
use crate::domain::ids::{CustomerId, UserId};
use crate::protocol::reply::Refusal;

/// Each officer with customers in an order learns of it once; a single customer is named.
pub(in crate::store::write) fn tasks_issued(ctx: &Ctx<'_>, batch: &str) -> Result<(), Refusal> {
    const SQL: &str = "
        INSERT OR IGNORE INTO notices
            (to_user, kind, customer_id, subject, business_date, created_at)
        SELECT c.officer, 'task_issued', CASE count(*) WHEN 1 THEN min(c.customer_id) END, :batch,
            :today, :at
        FROM task_care k JOIN tasks t USING (task_id) JOIN customers c USING (customer_id)
        WHERE k.batch = :batch AND c.officer <> :me GROUP BY c.officer";
    ctx.tx.prepare_cached(SQL)?.execute(named_params! {
        ":batch": batch, ":today": ctx.today.to_string(), ":at": ctx.at(),
        ":me": ctx.actor.user.as_str(),
    })?;
    Ok(())
}

/// The customer's officer learns that an inspection was called off.
pub(in crate::store::write) fn task_cancelled(
    ctx: &Ctx<'_>,
    customer: &CustomerId,
    task: &str,
) -> Result<(), Refusal> {
    const SQL: &str = "
        INSERT OR IGNORE INTO notices
            (to_user, kind, customer_id, subject, business_date, created_at)
        SELECT officer, 'task_cancelled', customer_id, ?2, ?3, ?4 FROM customers
        WHERE customer_id = ?1 AND officer <> ?5";
    ctx.tx.prepare_cached(SQL)?.execute(params![
        customer.as_str(),
        task,
        ctx.today.to_string(),
        ctx.at(),
        ctx.actor.user.as_str(),
    ])?;
    Ok(())
}

/// These people learn of a packet, but for who acts.
pub(in crate::store::write) fn of_packet(
    ctx: &Ctx<'_>,
    kind: &str,
    packet: &str,
    people: &[&UserId],
) -> Result<(), Refusal> {
    const SQL: &str = "
        INSERT OR IGNORE INTO notices (to_user, kind, subject, business_date, created_at)
        VALUES (?1, ?2, ?3, ?4, ?5)";
    for user in people.iter().filter(|user| ***user != ctx.actor.user) {
        let today = ctx.today.to_string();
        ctx.tx.prepare_cached(SQL)?.execute(params![
            user.as_str(),
            kind,
            packet,
            today,
            ctx.at()
        ])?;
    }
    Ok(())
}

/// Whoever signed the content as it was learns that it has changed.
pub(in crate::store::write) fn packet_changed(
    ctx: &Ctx<'_>,
    packet: &str,
    old: &str,
    revision: i64,
) -> Result<(), Refusal> {
    const SQL: &str = "
        INSERT OR IGNORE INTO notices (to_user, kind, subject, business_date, created_at)
        SELECT user, 'handover_changed', :packet || '@' || :revision || '/' || :old, :today, :at
        FROM packet_signatures WHERE packet = :packet AND content_hash = :old AND user <> :me";
    ctx.tx.prepare_cached(SQL)?.execute(named_params! {
        ":packet": packet, ":revision": revision, ":old": old, ":today": ctx.today.to_string(),
        ":at": ctx.at(), ":me": ctx.actor.user.as_str(),
    })?;
    Ok(())
}
