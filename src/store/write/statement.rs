//! A statement entered by hand, or taken from the file: both tables in one transaction, with what was changed in the journal.

use chrono::NaiveDate;
use rusqlite::{OptionalExtension as _, params, params_from_iter, types::Value as Sql};

use super::canon::Object;
use super::inverse::{Change, Inverse, Undoable};
use super::{Ctx, Done, Written, conflicts, needed};
use crate::access::Action;
use crate::domain::ids::CustomerId;
use crate::domain::money::Fen;
use crate::domain::statement::{Impossible, Statement, StatementLine, StatementSource, impossible};
use crate::protocol::command::{KeepStatement, Revision};
use crate::protocol::reply::{Outcome, Refusal};
use crate::store::lateness;
use crate::store::read::statements;

/// Keeps a statement.
pub(super) fn keep(ctx: &Ctx<'_>, wish: &KeepStatement) -> Result<Done, Refusal> {
    let KeepStatement { customer, statement, seen, withdrawn } = wish;
    ctx.require(Action::Visit)?;
    ctx.require_scope(customer)?;
    if let Some(reason) = withdrawn {
        return withdraw(ctx, customer, (statement.period_end, *seen), reason);
    }
    check(ctx, statement)?;
    let (before, revision) = standing(ctx, customer, statement)?;
    if before.as_ref() == Some(statement) {
        return Ok(Done::Quiet(Outcome::Plain));
    }
    // Nobody meant to write over what she has not seen.
    if *seen == 0 && before.is_some() {
        return Err(Refusal::Invalid { field: "period_end", why: "statement_there" });
    }
    if revision != *seen {
        return Err(stale(revision, statement, before.as_ref()));
    }
    put(ctx, customer, statement)?;
    // It may be what a deadline waited for, or break a covenant.
    ctx.replan(customer)?;
    lateness::propose(ctx.tx, ctx.packs, Some(customer), ctx.today, ctx.now)?;
    let (was, now) = json(before.as_ref(), statement);
    let mut written = Written::plain(customer.as_str(), before.is_some().then_some(was), Some(now));
    written.undo = Some(Undoable {
        command: "keep_statement",
        subject: customer.as_str().to_owned(),
        part: statement.period_end.to_string(),
        from: revision,
        to: standing(ctx, customer, statement)?.1,
        inverse: Inverse::Statement {
            kept: Box::new(statement.clone()),
            before: before.map(Box::new),
            employees: None,
        },
    });
    Ok(written.into())
}

/// Takes a statement from the file, such as one that was entered for a wrong day: nobody judges by it
/// any more. What it said stays in the journal, with the reason.
fn withdraw(
    ctx: &Ctx<'_>,
    customer: &CustomerId,
    (day, seen): (NaiveDate, Revision),
    reason: &str,
) -> Result<Done, Refusal> {
    const EMPLOYEES: &str =
        "SELECT employees FROM statements WHERE customer_id = ?1 AND period_end = ?2";
    let reason = needed(reason, "reason")?;
    let empty = Statement::empty(day);
    let (before, revision) = standing(ctx, customer, &empty)?;
    let before = before.ok_or(Refusal::NotFound)?;
    if revision != seen {
        return Err(stale(revision, &empty, Some(&before)));
    }
    let employees = ctx
        .tx
        .prepare_cached(EMPLOYEES)?
        .query_row(params![customer.as_str(), day.to_string()], |row| row.get(0))
        .optional()?
        .flatten();
    remove(ctx, customer, day)?;
    ctx.replan(customer)?;
    lateness::propose(ctx.tx, ctx.packs, Some(customer), ctx.today, ctx.now)?;
    let (was, _) = json(Some(&before), &empty);
    let told = Object::new().text("period_end", &day.to_string()).text("reason", &reason);
    let mut written = Written::plain(customer.as_str(), Some(was), Some(told.done()));
    written.undo = Some(Undoable {
        command: "withdraw_statement",
        subject: customer.as_str().to_owned(),
        part: day.to_string(),
        from: revision,
        to: 0,
        inverse: Inverse::Statement {
            kept: Box::new(empty),
            before: Some(Box::new(before)),
            employees,
        },
    });
    Ok(written.into())
}

/// Deletes both rows.
fn remove(ctx: &Ctx<'_>, customer: &CustomerId, day: NaiveDate) -> Result<(), Refusal> {
    for table in ["statements", "statement_details"] {
        let sql = format!("DELETE FROM {table} WHERE customer_id = ?1 AND period_end = ?2");
        let key = params![customer.as_str(), day.to_string()];
        ctx.tx.prepare_cached(&sql)?.execute(key)?;
    }
    Ok(())
}

/// Puts a statement back as it was, unless somebody has changed it since.
pub(super) fn take_back(
    ctx: &Ctx<'_>,
    last: &Undoable,
    kept: &Statement,
    (before, employees): (Option<&Statement>, Option<i64>),
) -> Result<Change, Refusal> {
    const EMPLOYEES: &str = "UPDATE statements SET employees = ?3
        WHERE customer_id = ?1 AND period_end = ?2";
    ctx.require(Action::Visit)?;
    let customer = CustomerId::from(last.subject.as_str());
    ctx.require_scope(&customer)?;
    let (now, revision) = standing(ctx, &customer, kept)?;
    if revision != last.to {
        return Err(stale(revision, before.unwrap_or(kept), now.as_ref()));
    }
    match before {
        Some(before) => put(ctx, &customer, before)?,
        None => remove(ctx, &customer, kept.period_end)?,
    }
    if employees.is_some() {
        let values = params![customer.as_str(), kept.period_end.to_string(), employees];
        ctx.tx.prepare_cached(EMPLOYEES)?.execute(values)?;
    }
    ctx.replan(&customer)?;
    let empty = Statement::empty(kept.period_end);
    let (was, after) = json(now.as_ref(), before.unwrap_or(&empty));
    let (_, revision) = standing(ctx, &customer, kept)?;
    Ok(Change { before: Some(was), after: Some(after), revision })
}

fn check(ctx: &Ctx<'_>, statement: &Statement) -> Result<(), Refusal> {
    let invalid = |field, why| Err(Refusal::Invalid { field, why });
    let Statement { period_end, months, pledged, .. } = statement;
    let first = impossible((*period_end, ctx.today), *months, *pledged).next();
    match first {
        Some(Impossible::ToCome) => return invalid("period_end", "future"),
        Some(Impossible::Months) => return invalid("period_months", "out_of_range"),
        Some(Impossible::Pledged) => return invalid("shares_pledged", "out_of_range"),
        None => {}
    }
    if statement.amounts.is_empty() {
        return invalid("statement", "missing");
    }
    Ok(())
}

/// What is on file for that day, and its revision: the sum of both rows' revisions, so that a
/// change of either is noticed.
fn standing(
    ctx: &Ctx<'_>,
    customer: &CustomerId,
    wanted: &Statement,
) -> Result<(Option<Statement>, Revision), Refusal> {
    let day = wanted.period_end;
    Ok((statements::of_day(ctx.tx, customer, day)?, statements::revision(ctx.tx, customer, day)?))
}

/// Writes both rows. What only files bring (`employees`) stays as it is.
fn put(ctx: &Ctx<'_>, customer: &CustomerId, statement: &Statement) -> Result<(), Refusal> {
    let key = [
        ("customer_id", Sql::Text(customer.as_str().to_owned())),
        ("period_end", Sql::Text(statement.period_end.to_string())),
    ];
    let amount = |line: &StatementLine| {
        (line.as_code(), statement.get(*line).map_or(Sql::Null, |fen| Sql::Integer(fen.0)))
    };
    let (basic, details): (Vec<StatementLine>, Vec<StatementLine>) =
        StatementLine::ALL.iter().partition(|line| line.is_basic());
    let mut row = vec![("period_months", statement.months.map_or(Sql::Null, Sql::Integer))];
    row.extend(basic.iter().map(amount));
    upsert(ctx, "statements", &key, &row)?;
    let source = statement.source.map(StatementSource::as_code);
    let mut row = vec![
        ("source", source.map_or(Sql::Null, |code| Sql::Text(code.to_owned()))),
        ("audited", Sql::Integer(i64::from(statement.audited))),
        ("shares_pledged", statement.pledged.map_or(Sql::Null, |share| Sql::Integer(share.0))),
    ];
    row.extend(details.iter().map(amount));
    upsert(ctx, "statement_details", &key, &row)
}

fn upsert(
    ctx: &Ctx<'_>,
    table: &str,
    key: &[(&'static str, Sql)],
    row: &[(&'static str, Sql)],
) -> Result<(), Refusal> {
    // A new row begins above whatever revision the day ever had: taking a statement back deletes its
    // rows, and what somebody saw before that must not fit the one that is entered next.
    let names: Vec<&str> =
        key.iter().chain(row).map(|(name, _)| *name).chain(["revision"]).collect();
    let set: Vec<String> =
        row.iter().map(|(name, _)| format!("{name} = excluded.{name}")).collect();
    let places = vec!["?"; names.len()];
    let sql = format!(
        "INSERT INTO {table} ({}) VALUES ({}) ON CONFLICT (customer_id, period_end) \
         DO UPDATE SET {}, revision = revision + 1",
        names.join(", "),
        places.join(", "),
        set.join(", ")
    );
    let values = key.iter().chain(row).map(|(_, value)| value.clone());
    let revision = std::iter::once(Sql::Integer(ctx.next_seq()?));
    ctx.tx.prepare_cached(&sql)?.execute(params_from_iter(values.chain(revision)))?;
    Ok(())
}

/// Everything of a statement by name, as people and journal read it.
fn told(of: &Statement) -> Vec<(&'static str, String)> {
    let amount = |line: &StatementLine| {
        (line.as_code(), of.get(*line).map_or_else(String::new, |fen: Fen| fen.to_string()))
    };
    let mut told = vec![
        ("period_months", of.months.map_or_else(String::new, |months| months.to_string())),
        ("source", of.source.map_or_else(String::new, |source| source.as_code().to_owned())),
        ("audited", String::from(if of.audited { "1" } else { "" })),
        ("shares_pledged", of.pledged.map_or_else(String::new, |share| share.to_string())),
    ];
    told.extend(StatementLine::ALL.iter().map(amount));
    told
}

/// What differs, before and after.
fn json(before: Option<&Statement>, after: &Statement) -> (String, String) {
    let empty = Statement::empty(after.period_end);
    let (was, now) = (told(before.unwrap_or(&empty)), told(after));
    let day = after.period_end.to_string();
    let start = || Object::new().text("period_end", &day);
    let differing = was.iter().zip(&now).filter(|((_, was), (_, now))| was != now);
    let (was, now) = differing.fold((start(), start()), |(a, b), ((name, was), (_, now))| {
        let some = |text: &String| (!text.is_empty()).then(|| text.clone());
        (a.maybe(name, some(was).as_deref()), b.maybe(name, some(now).as_deref()))
    });
    (was.done(), now.done())
}

/// Somebody else, or an import, has changed it since.
fn stale(now: Revision, mine: &Statement, theirs: Option<&Statement>) -> Refusal {
    let empty = Statement::empty(mine.period_end);
    let theirs = told(theirs.unwrap_or(&empty));
    conflicts((now, "", ""), &told(mine), |field| {
        let found = theirs.iter().find(|(name, _)| *name == field);
        found.map(|(_, text)| text.clone()).unwrap_or_default()
    })
}

#[cfg(test)]
mod tests;
