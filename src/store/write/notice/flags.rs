//! Messages about flags.

use rusqlite::{named_params, params};

use super::Ctx;
use crate::domain::flag::Department;
use crate::domain::ids::{CustomerId, VisitId};
use crate::protocol::reply::Refusal;
use crate::store::read::scope::SAME_BRANCH;

/// The supervisors of the customer's branch learn of each live orange and red flag of this visit.
pub(in crate::store::write) fn grave_flags_of_visit(
    ctx: &Ctx<'_>,
    customer: &CustomerId,
    visit: &VisitId,
) -> Result<(), Refusal> {
    const SQL: &str = "
        SELECT f.flag_id FROM flags f JOIN flag_care c USING (flag_id)
        WHERE f.customer_id = ?1 AND c.visit_id = ?2 AND f.level IN ('orange', 'red')
            AND f.state IN ('proposed', 'confirmed')";
    let mut statement = ctx.tx.prepare_cached(SQL)?;
    let rows =
        statement.query_map([customer.as_str(), visit.as_str()], |row| row.get::<_, String>(0))?;
    for flag in rows {
        grave_flag(ctx, &flag?)?;
    }
    Ok(())
}

/// The supervisors of the customer's branch learn of a flag, if it is orange or red, and of each rise of
/// its level anew: called when the rise stands in its history.
pub(in crate::store::write) fn grave_flag(ctx: &Ctx<'_>, flag: &str) -> Result<(), Refusal> {
    let sql = format!(
        "
        INSERT OR IGNORE INTO notices
            (to_user, kind, customer_id, visit_id, flag_id, subject, business_date, created_at)
        SELECT p.user, 'flag_' || f.level, f.customer_id, k.visit_id, f.flag_id,
            f.flag_id || coalesce((SELECT '#' || max(h.n) FROM flag_history h
                WHERE h.flag_id = f.flag_id AND h.what = 'raised_level'), ''), :today, :at
        FROM flags f
        JOIN customers c USING (customer_id)
        JOIN users o ON o.user = c.officer
        JOIN users p ON {SAME_BRANCH} AND p.role = 'supervisor' AND p.disabled = 0
        LEFT JOIN flag_care k USING (flag_id)
        WHERE f.flag_id = :flag AND f.level IN ('orange', 'red') AND p.user <> :me"
    );
    ctx.tx.prepare_cached(&sql)?.execute(named_params! {
        ":today": ctx.today.to_string(), ":at": ctx.at(), ":flag": flag,
        ":me": ctx.actor.user.as_str(),
    })?;
    Ok(())
}

/// Everybody of a department learns that its word on a flag is asked for, but for who asks.
pub(in crate::store::write) fn flag_asked(
    ctx: &Ctx<'_>,
    flag: &str,
    asks: Department,
) -> Result<(), Refusal> {
    last_of_history(ctx, flag, "flag_asked", "p.role = :role", asks)
}

/// The supervisors learn that an orange or red signal was rejected (`flag_rejected`), is kept
/// milder (`flag_lowered`) or has another measure or day than was decided (`flag_replanned`), but for
/// who did it. The reason is the last line of its history.
pub(in crate::store::write) fn flag_weakened(
    ctx: &Ctx<'_>,
    flag: &str,
    kind: &'static str,
) -> Result<(), Refusal> {
    last_of_history(ctx, flag, kind, "p.role = :role", Department::Supervisor)
}

/// Who looks after the customer learns that a rejected signal waits to be decided again.
pub(in crate::store::write) fn flag_reopened(ctx: &Ctx<'_>, flag: &str) -> Result<(), Refusal> {
    last_of_history(
        ctx,
        flag,
        "flag_reopened",
        "p.user = o.user AND :role <> ''",
        Department::Supervisor,
    )
}

/// People of the customer's branch learn of what stands last in a flag's history.
fn last_of_history(
    ctx: &Ctx<'_>,
    flag: &str,
    kind: &'static str,
    who: &str,
    of: Department,
) -> Result<(), Refusal> {
    let sql = format!(
        "
        INSERT OR IGNORE INTO notices
            (to_user, kind, customer_id, flag_id, subject, business_date, created_at)
        SELECT p.user, :kind, f.customer_id, f.flag_id, f.flag_id || '#' || (
            SELECT max(h.n) FROM flag_history h WHERE h.flag_id = f.flag_id), :today, :at
        FROM flags f
        JOIN customers c USING (customer_id)
        JOIN users o ON o.user = c.officer
        JOIN users p ON {SAME_BRANCH} AND {who} AND p.disabled = 0
        WHERE f.flag_id = :flag AND p.user <> :me"
    );
    ctx.tx.prepare_cached(&sql)?.execute(named_params! {
        ":kind": kind, ":role": of.as_code(), ":today": ctx.today.to_string(), ":at": ctx.at(),
        ":flag": flag, ":me": ctx.actor.user.as_str(),
    })?;
    Ok(())
}

/// Who asked for a word on a flag last learns that it was given.
pub(in crate::store::write) fn flag_answered(ctx: &Ctx<'_>, flag: &str) -> Result<(), Refusal> {
    const SQL: &str = "
        INSERT OR IGNORE INTO notices
            (to_user, kind, customer_id, flag_id, subject, business_date, created_at)
        SELECT h.by, 'flag_answered', f.customer_id, f.flag_id, f.flag_id || '#' || h.n, ?2, ?3
        FROM flag_history h JOIN flags f USING (flag_id)
        WHERE h.flag_id = ?1 AND h.what LIKE 'asked_%' AND h.by <> ?4
        ORDER BY h.n DESC LIMIT 1";
    let (today, me) = (ctx.today.to_string(), ctx.actor.user.as_str());
    ctx.tx.prepare_cached(SQL)?.execute(params![flag, today, ctx.at(), me])?;
    Ok(())
}
