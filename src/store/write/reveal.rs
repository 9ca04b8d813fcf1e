//! Personal data in clear: in the journal before it is shown, and not without end.

use rusqlite::{named_params, params};

use super::canon::Object;
use super::{Ctx, Done, Written, words};
use crate::access::Action;
use crate::domain::ids::CustomerId;
use crate::domain::reveal::RevealedField;
use crate::domain::user::Role;
use crate::protocol::command::Reveal;
use crate::protocol::reply::{Outcome, Refusal, Revealed};
use crate::store::instant;

/// So many in an hour; whoever needs more exports a list, which is told and journalled as such.
const MOST: i64 = 30;

/// Notes who looks, at what and why; then gives it.
pub(super) fn reveal(
    ctx: &Ctx<'_>,
    Reveal { customer, reason, note }: &Reveal,
) -> Result<Done, Refusal> {
    ctx.require(Action::Unmask)?;
    ctx.require_scope(customer)?;
    let note = words(note, "note")?;
    // An auditor looks under a number of her order.
    if note.is_empty() && (reason.is_told() || ctx.actor.role == Role::Auditor) {
        return Err(Refusal::Invalid { field: "note", why: "missing" });
    }
    let lately = lately(ctx)?;
    if lately >= MOST {
        return Err(Refusal::Invalid { field: "reveal", why: "too_many" });
    }
    if lately + 1 == MOST {
        tell_auditors(ctx)?;
    }
    let shown = read(ctx, customer)?;
    let mut fields: Vec<&str> = shown.lines.iter().map(|(field, ..)| field.as_code()).collect();
    fields.dedup();
    let after = Object::new()
        .text("reason", reason.as_code())
        .text("note", &note)
        .text("fields", &fields.join(";"))
        .done();
    let written = Written::plain(customer.as_str(), None, Some(after));
    Ok(written.outcome(Outcome::Revealed(shown.into())).into())
}

/// How many times this actor has looked within the last hour.
fn lately(ctx: &Ctx<'_>) -> Result<i64, Refusal> {
    const SQL: &str = "
        SELECT count(*) FROM journal WHERE command = 'reveal' AND actor = ?1 AND at > ?2";
    let since = instant::store(ctx.now - chrono::Duration::hours(1));
    let me = ctx.actor.user.as_str();
    Ok(ctx.tx.prepare_cached(SQL)?.query_row(params![me, since], |row| row.get(0))?)
}

/// Auditors learn of somebody who looks at as much as she may; once a day.
fn tell_auditors(ctx: &Ctx<'_>) -> Result<(), Refusal> {
    const SQL: &str = "
        INSERT OR IGNORE INTO notices (to_user, kind, subject, business_date, created_at)
        SELECT user, 'many_reveals', :subject, :today, :at FROM users
        WHERE role = 'auditor' AND disabled = 0 AND user <> :me";
    let me = ctx.actor.user.as_str();
    ctx.tx.prepare_cached(SQL)?.execute(named_params! {
        ":subject": format!("{me} {}", ctx.today), ":today": ctx.today.to_string(),
        ":at": ctx.at(), ":me": me,
    })?;
    Ok(())
}

fn read(ctx: &Ctx<'_>, customer: &CustomerId) -> Result<Revealed, Refusal> {
    const OWN: &str = "
        SELECT name, phone, id_no, legal_rep, controller FROM customers WHERE customer_id = ?1";
    const OTHERS: &str = "
        SELECT 0, name, phone FROM contacts WHERE customer_id = ?1 AND phone IS NOT NULL
        UNION ALL
        SELECT 1, name, id_no FROM guarantors WHERE customer_id = ?1 AND id_no IS NOT NULL
        ORDER BY 1, 2";
    let own = [
        RevealedField::Phone,
        RevealedField::IdNo,
        RevealedField::LegalRep,
        RevealedField::Controller,
    ];
    let id = customer.as_str();
    let (name, mut lines) = ctx.tx.prepare_cached(OWN)?.query_row([id], |row| {
        let mut lines = Vec::new();
        for (field, column) in own.into_iter().zip(1..) {
            if let Some(value) = row.get::<_, Option<String>>(column)? {
                lines.push((field, String::new(), value));
            }
        }
        Ok((row.get::<_, String>(0)?, lines))
    })?;
    let mut others = ctx.tx.prepare_cached(OTHERS)?;
    let rows = others.query_map([id], |row| {
        let guarantor: bool = row.get(0)?;
        let field = if guarantor { RevealedField::Guarantor } else { RevealedField::Contact };
        Ok((field, row.get(1)?, row.get(2)?))
    })?;
    lines.extend(rows.collect::<Result<Vec<_>, _>>()?);
    Ok(Revealed { name, lines })
}

#[cfg(test)]
mod tests;
