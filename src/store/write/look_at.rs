//! Customers that are looked at because of something that is not their own: a to-do for the officer
//! of each, once per reason. Its text never says whose flag it is: who reads it may not see her.

use rusqlite::{named_params, params};

use super::todo::{self, New};
use super::{Ctx, flag, notice};
use crate::domain::flag::Level;
use crate::domain::ids::{CustomerId, UserId};
use crate::domain::todo::{Promiser, TodoKind};
use crate::protocol::reply::Refusal;
use crate::store::row::id;

/// What is to be looked at.
pub(super) struct Wanted<'a> {
    /// The flag or event.
    pub(super) origin: &'a str,
    /// What is to be done, 中文.
    pub(super) text: &'a str,
    /// The same in English.
    pub(super) text_en: Option<&'a str>,
    /// Until when.
    pub(super) due_on: chrono::NaiveDate,
}

/// Has the members of the group and the mutual guarantors looked at, if the flag is grave enough and
/// none that itself tells of others. Those that the actor can't see are among them: risk does not stop
/// at a scope; those without an active loan are not. Where there are too many, those who owe least are left out, and that is told.
pub(super) fn because_of_flag(
    ctx: &Ctx<'_>,
    (flag, signal): (&str, &str),
    customer: &CustomerId,
    level: Level,
) -> Result<(), Refusal> {
    const NEAR: &str = "
        WITH near AS (
            SELECT o.customer_id AS id, o.officer FROM customers c
            JOIN customers o ON o.group_id = c.group_id AND o.customer_id <> c.customer_id
            WHERE c.customer_id = :customer AND c.group_id IS NOT NULL AND c.group_id <> ''
            UNION
            SELECT o.customer_id, o.officer FROM relations r
            JOIN customers o ON o.customer_id = r.related_customer_id
            WHERE r.customer_id = :customer AND r.kind IN ('mutual_guarantee', 'group')
                AND o.customer_id <> :customer
            UNION
            SELECT o.customer_id, o.officer FROM relations r
            JOIN customers o ON o.customer_id = r.customer_id
            WHERE r.related_customer_id = :customer AND r.kind IN ('mutual_guarantee', 'group')
                AND o.customer_id <> :customer)
        SELECT near.id, near.officer FROM near
        LEFT JOIN customer_facts x ON x.customer_id = near.id
        WHERE EXISTS (SELECT 1 FROM loans l
            WHERE l.customer_id = near.id AND l.status = 'active')
        ORDER BY coalesce(x.exposure, 0) DESC, near.id";
    let rule = &ctx.packs.care.contagion;
    if level < rule.from || rule.echoes.iter().any(|echo| echo == signal) {
        return Ok(());
    }
    let mut near: Vec<(CustomerId, UserId)> = ctx
        .tx
        .prepare_cached(NEAR)?
        .query_map(named_params! {":customer": customer.as_str()}, |row| {
            Ok((id(row, 0)?, id(row, 1)?))
        })?
        .collect::<rusqlite::Result<_>>()?;
    let most = usize::try_from(rule.most).unwrap_or(usize::MAX);
    let left = near.len().saturating_sub(most);
    near.truncate(most);
    if left > 0 {
        flag::history(ctx, flag, "look_at_left", &left.to_string())?;
        notice::look_at_left(ctx, flag)?;
    }
    let wanted = Wanted {
        origin: flag,
        text: &rule.zh,
        text_en: Some(&rule.en),
        due_on: ctx.packs.workdays.plus_workdays(ctx.today, rule.workdays),
    };
    near.iter().try_for_each(|(customer, officer)| put(ctx, &wanted, customer, officer).map(|_| ()))
}

/// Has one customer looked at by her officer; `false` if she is already because of the same thing.
pub(super) fn put(
    ctx: &Ctx<'_>,
    wanted: &Wanted<'_>,
    customer: &CustomerId,
    officer: &UserId,
) -> Result<bool, Refusal> {
    const KNOWN: &str = "SELECT 1 FROM look_ats WHERE origin = ?1 AND customer_id = ?2";
    const SQL: &str = "INSERT INTO look_ats (origin, customer_id, todo_id) VALUES (?1, ?2, ?3)";
    let key = params![wanted.origin, customer.as_str()];
    if ctx.tx.prepare_cached(KNOWN)?.exists(key)? {
        return Ok(false);
    }
    let new = New {
        customer,
        visit: None,
        item: None,
        kind: TodoKind::Measure,
        text: wanted.text,
        text_en: wanted.text_en,
        owner: officer,
        promised_by: Promiser::Bank,
        due_on: wanted.due_on,
    };
    let todo = todo::insert(ctx, &new)?;
    ctx.tx.prepare_cached(SQL)?.execute(params![wanted.origin, customer.as_str(), todo])?;
    notice::look_at(ctx, customer, officer, wanted.origin)?;
    Ok(true)
}
