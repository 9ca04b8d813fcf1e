//! Messages to people, made in the transaction of what they are about. One about the same thing
//! is never sent twice to the same person.

mod flags;
mod orders;

use rusqlite::{named_params, params};

use super::Ctx;
use super::record::Record;
use crate::domain::ids::{CustomerId, UserId};
use crate::domain::review::OpinionLevel;
use crate::protocol::reply::Refusal;
use crate::store::read::scope::SAME_BRANCH;

pub(super) use flags::{
    flag_answered, flag_asked, flag_reopened, flag_weakened, grave_flag, grave_flags_of_visit,
};
pub(super) use orders::{of_packet, packet_changed, task_cancelled, tasks_issued};

/// The officer of a customer learns that she is to be looked at, but for who brought it about.
pub(super) fn look_at(
    ctx: &Ctx<'_>,
    customer: &CustomerId,
    officer: &UserId,
    origin: &str,
) -> Result<(), Refusal> {
    if *officer == ctx.actor.user {
        return Ok(());
    }
    tell_of(ctx, officer.as_str(), "look_at", customer, &format!("{origin}/{customer}"))
}

/// The supervisors of the customer's branch learn that not everybody near her is looked at, because
/// there are too many.
pub(super) fn look_at_left(ctx: &Ctx<'_>, flag: &str) -> Result<(), Refusal> {
    let sql = format!(
        "
        INSERT OR IGNORE INTO notices
            (to_user, kind, customer_id, flag_id, subject, business_date, created_at)
        SELECT p.user, 'look_at_left', f.customer_id, f.flag_id, f.flag_id, :today, :at
        FROM flags f JOIN customers c USING (customer_id) JOIN users o ON o.user = c.officer
        JOIN users p ON {SAME_BRANCH} AND p.role = 'supervisor' AND p.disabled = 0
        WHERE f.flag_id = :flag"
    );
    ctx.tx.prepare_cached(&sql)?.execute(named_params! {
        ":today": ctx.today.to_string(), ":at": ctx.at(), ":flag": flag,
    })?;
    Ok(())
}

/// One person learns something about a customer.
fn tell_of(
    ctx: &Ctx<'_>,
    user: &str,
    kind: &str,
    customer: &CustomerId,
    subject: &str,
) -> Result<(), Refusal> {
    const SQL: &str = "
        INSERT OR IGNORE INTO notices
            (to_user, kind, customer_id, subject, business_date, created_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let today = ctx.today.to_string();
    let row = params![user, kind, customer.as_str(), subject, today, ctx.at()];
    ctx.tx.prepare_cached(SQL)?.execute(row)?;
    Ok(())
}

/// The supervisors of the customer's branch learn of a request, but for who asks.
pub(super) fn request_open(
    ctx: &Ctx<'_>,
    customer: &CustomerId,
    bundle: &str,
) -> Result<(), Refusal> {
    let sql = format!(
        "
        INSERT OR IGNORE INTO notices
            (to_user, kind, customer_id, subject, business_date, created_at)
        SELECT p.user, 'request_open', c.customer_id, :bundle, :today, :at
        FROM customers c
        JOIN users o ON o.user = c.officer
        JOIN users p ON {SAME_BRANCH} AND p.role = 'supervisor' AND p.disabled = 0
        WHERE c.customer_id = :customer AND p.user <> :me"
    );
    ctx.tx.prepare_cached(&sql)?.execute(named_params! {
        ":bundle": bundle, ":today": ctx.today.to_string(), ":at": ctx.at(),
        ":customer": customer.as_str(), ":me": ctx.actor.user.as_str(),
    })?;
    Ok(())
}

/// Who asked learns of the decision.
pub(super) fn request_decided(
    ctx: &Ctx<'_>,
    customer: &CustomerId,
    bundle: &str,
    to: &str,
) -> Result<(), Refusal> {
    tell_of(ctx, to, "request_decided", customer, bundle)
}

/// The supervisors of the customer's branch learn of a tier put forward, but for who did it.
pub(super) fn tier_open(ctx: &Ctx<'_>, customer: &CustomerId) -> Result<(), Refusal> {
    let sql = format!(
        "
        INSERT OR IGNORE INTO notices
            (to_user, kind, customer_id, subject, business_date, created_at)
        SELECT p.user, 'tier_open', c.customer_id, c.customer_id || '#' || (
            SELECT max(n) FROM tier_decisions d WHERE d.customer_id = c.customer_id), :today, :at
        FROM customers c JOIN users o ON o.user = c.officer
        JOIN users p ON {SAME_BRANCH} AND p.role = 'supervisor' AND p.disabled = 0
        WHERE c.customer_id = :customer AND p.user <> :me"
    );
    ctx.tx.prepare_cached(&sql)?.execute(named_params! {
        ":today": ctx.today.to_string(), ":at": ctx.at(), ":customer": customer.as_str(),
        ":me": ctx.actor.user.as_str(),
    })?;
    Ok(())
}

/// Who put a tier forward learns of the decision.
pub(super) fn tier_decided(
    ctx: &Ctx<'_>,
    customer: &CustomerId,
    n: i64,
    to: &str,
) -> Result<(), Refusal> {
    tell_of(ctx, to, "tier_decided", customer, &format!("{customer}#{n}"))
}

/// The supervisors of the customer's branch learn of a strategy put forward, but for who did it.
pub(super) fn strategy_open(ctx: &Ctx<'_>, customer: &CustomerId, n: i64) -> Result<(), Refusal> {
    let sql = format!(
        "
        INSERT OR IGNORE INTO notices
            (to_user, kind, customer_id, subject, business_date, created_at)
        SELECT p.user, 'strategy_open', c.customer_id, c.customer_id || '#' || :n, :today, :at
        FROM customers c JOIN users o ON o.user = c.officer
        JOIN users p ON {SAME_BRANCH} AND p.role = 'supervisor' AND p.disabled = 0
        WHERE c.customer_id = :customer AND p.user <> :me"
    );
    ctx.tx.prepare_cached(&sql)?.execute(named_params! {
        ":n": n, ":today": ctx.today.to_string(), ":at": ctx.at(),
        ":customer": customer.as_str(), ":me": ctx.actor.user.as_str(),
    })?;
    Ok(())
}

/// Who put a strategy forward learns of the decision.
pub(super) fn strategy_decided(
    ctx: &Ctx<'_>,
    customer: &CustomerId,
    n: i64,
    to: &str,
) -> Result<(), Refusal> {
    tell_of(ctx, to, "strategy_decided", customer, &format!("{customer}#{n}"))
}

/// Who wrote a record and who handed it in learn that it came back.
pub(super) fn returned(ctx: &Ctx<'_>, record: &Record) -> Result<(), Refusal> {
    tell_writers(ctx, record, "record_returned")
}

/// Who wrote a record and who handed it in learn that it is approved.
pub(super) fn approved(ctx: &Ctx<'_>, record: &Record) -> Result<(), Refusal> {
    tell_writers(ctx, record, "record_approved")
}

fn tell_writers(ctx: &Ctx<'_>, record: &Record, kind: &str) -> Result<(), Refusal> {
    // The same version may come back, and be approved, more than once.
    let subject = format!("{}#{}@{}", record.visit, record.version, record.revision);
    let mut people = vec![record.author.as_str()];
    people.extend(record.submitted_by.as_deref());
    people.into_iter().try_for_each(|user| tell(ctx, record, user, kind, &subject))
}

/// A decision was taken back: what was told of it is read.
pub(super) fn taken_back(ctx: &Ctx<'_>, record: &Record) -> Result<(), Refusal> {
    const SQL: &str = "
        UPDATE notices SET acknowledged_at = ?3
        WHERE kind IN ('record_returned', 'record_approved') AND visit_id = ?1
            AND subject LIKE '%@' || ?2 AND acknowledged_at IS NULL";
    let before = record.revision - 1;
    ctx.tx.prepare_cached(SQL)?.execute(params![record.visit.as_str(), before, ctx.at()])?;
    Ok(())
}

/// One person learns something about a record.
fn tell(
    ctx: &Ctx<'_>,
    record: &Record,
    user: &str,
    kind: &str,
    subject: &str,
) -> Result<(), Refusal> {
    const SQL: &str = "
        INSERT OR IGNORE INTO notices
            (to_user, kind, customer_id, visit_id, subject, business_date, created_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    ctx.tx.prepare_cached(SQL)?.execute(params![
        user,
        kind,
        record.customer.as_str(),
        record.visit.as_str(),
        subject,
        ctx.today.to_string(),
        ctx.at(),
    ])?;
    Ok(())
}

/// A record that is handed in again is not returned any more: the message is read.
pub(super) fn mended(ctx: &Ctx<'_>, record: &Record) -> Result<(), Refusal> {
    const SQL: &str = "
        UPDATE notices SET acknowledged_at = ?3
        WHERE to_user = ?1 AND kind = 'record_returned' AND visit_id = ?2
            AND acknowledged_at IS NULL";
    for user in [record.author.as_str(), ctx.actor.user.as_str()] {
        ctx.tx.prepare_cached(SQL)?.execute(params![user, record.visit.as_str(), ctx.at()])?;
    }
    Ok(())
}

/// Whoever can give an opinion that is missing learns that it is wanted.
pub(super) fn opinions_wanted(
    ctx: &Ctx<'_>,
    record: &Record,
    missing: &[OpinionLevel],
) -> Result<(), Refusal> {
    let sql = format!(
        "
        INSERT OR IGNORE INTO notices
            (to_user, kind, customer_id, visit_id, subject, business_date, created_at)
        SELECT p.user, 'opinion_wanted', :customer, :visit, :subject, :today, :at
        FROM customers c JOIN users o ON o.user = c.officer
        JOIN users p ON {SAME_BRANCH} AND p.role = :role AND p.disabled = 0
        WHERE c.customer_id = :customer AND p.user NOT IN (:me, :author)"
    );
    for level in missing {
        ctx.tx.prepare_cached(&sql)?.execute(named_params! {
            ":customer": record.customer.as_str(), ":visit": record.visit.as_str(),
            ":subject": about(record, level.as_code()), ":today": ctx.today.to_string(),
            ":at": ctx.at(), ":role": level.role().as_code(), ":me": ctx.actor.user.as_str(),
            ":author": record.author,
        })?;
    }
    Ok(())
}

/// The reviewer who has approved learns that an opinion is against it.
pub(super) fn opinion_against(
    ctx: &Ctx<'_>,
    record: &Record,
    level: OpinionLevel,
) -> Result<(), Refusal> {
    const SQL: &str = "
        INSERT OR IGNORE INTO notices
            (to_user, kind, customer_id, visit_id, subject, business_date, created_at)
        SELECT o.user, 'opinion_against', ?1, ?2, ?3, ?4, ?5 FROM opinions o
        WHERE o.visit_id = ?2 AND o.version = ?6 AND o.content_hash IS ?7 AND o.level = 'review'";
    ctx.tx.prepare_cached(SQL)?.execute(params![
        record.customer.as_str(),
        record.visit.as_str(),
        about(record, level.as_code()),
        ctx.today.to_string(),
        ctx.at(),
        record.version,
        record.content_hash,
    ])?;
    Ok(())
}

/// Who wrote an approved record, and whose customer it is, learn that a call-back asks for an
/// amendment.
pub(super) fn amendment_wanted(ctx: &Ctx<'_>, record: &Record) -> Result<(), Refusal> {
    let subject = about(record, "call_back");
    [&record.author, &record.officer_now]
        .into_iter()
        .try_for_each(|user| tell(ctx, record, user, "amendment_wanted", &subject))
}

/// What a message is about: the same content is told of once.
fn about(record: &Record, what: &str) -> String {
    format!("{}#{}@{}/{what}", record.visit, record.version, record.revision)
}

/// Whoever is asked to inspect beside the lead learns of it.
pub(super) fn to_second(
    ctx: &Ctx<'_>,
    record: &Record,
    user: &UserId,
    revision: i64,
) -> Result<(), Refusal> {
    about_second(ctx, record, "co_inspect", user.as_str(), revision)
}

/// The lead learns that the co-inspector has signed.
pub(super) fn second_signed(ctx: &Ctx<'_>, record: &Record) -> Result<(), Refusal> {
    about_second(ctx, record, "co_signed", &record.author, ctx.next_seq()?)
}

fn about_second(
    ctx: &Ctx<'_>,
    record: &Record,
    kind: &str,
    user: &str,
    revision: i64,
) -> Result<(), Refusal> {
    // The same colleague may be asked about the same version more than once.
    tell(ctx, record, user, kind, &format!("{}#{}@{revision}", record.visit, record.version))
}
