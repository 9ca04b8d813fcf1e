//! Holidays of a year that was not announced when the program was built: added from a table, taken
//! back with a reason. Every due date is moved by them, so the whole book is planned anew.

use rusqlite::{OptionalExtension, params};
use sha2::{Digest, Sha256};

use super::canon::Object;
use super::{Ctx, Done, Written, needed};
use crate::access::Action;
use crate::assets::Packs;
use crate::assets::holidays::{self, Year};
use crate::protocol::command::HolidayCommand;
use crate::protocol::reply::Refusal;
use crate::store::hex::hex;
use crate::store::project;

/// Does what a command says.
pub(super) fn run(ctx: &Ctx<'_>, command: &HolidayCommand) -> Result<Done, Refusal> {
    match command {
        HolidayCommand::Add { content } => add(ctx, content),
        HolidayCommand::Remove { year, reason } => remove(ctx, *year, reason),
    }
}

fn add(ctx: &Ctx<'_>, content: &str) -> Result<Done, Refusal> {
    const SQL: &str = "
        INSERT INTO holiday_years (year, n, content, sha256, added_by, added_at)
        SELECT ?1, coalesce(max(n), 0) + 1, ?2, ?3, ?4, ?5 FROM holiday_years WHERE year = ?1";
    ctx.require(Action::Operate)?;
    // Whoever sends it has checked the file and can name the line.
    let year = holidays::read_new("holidays", content, &ctx.packs.own_years)
        .map_err(|_fault| Refusal::Invalid { field: "holidays", why: "unsound_days" })?;
    let sha256 = hex(&Sha256::digest(content));
    let me = ctx.actor.user.as_str();
    ctx.tx.prepare_cached(SQL)?.execute(params![year.year, content, sha256, me, ctx.at()])?;
    let (off, work) = year.counts();
    let mut own = in_force(ctx)?;
    own.push(year.clone());
    own.sort_by_key(|year| year.year);
    let moved = plan_anew(ctx, &own)?;
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let after = Object::new()
        .text("sha256", &sha256)
        .int("off", count(off))
        .int("work", count(work))
        .int("customers", moved)
        .done();
    Ok(Written::plain(&format!("holidays:{}", year.year), None, Some(after)).into())
}

fn remove(ctx: &Ctx<'_>, year: i32, reason: &str) -> Result<Done, Refusal> {
    const FOUND: &str = "SELECT sha256 FROM holiday_years WHERE year = ?1 AND removed_at IS NULL";
    const SQL: &str = "
        UPDATE holiday_years SET removed_by = ?2, removed_at = ?3, remove_reason = ?4
        WHERE year = ?1 AND removed_at IS NULL";
    ctx.require(Action::Operate)?;
    let reason = needed(reason, "reason")?;
    let sha256: String = ctx
        .tx
        .prepare_cached(FOUND)?
        .query_row([year], |row| row.get(0))
        .optional()?
        .ok_or(Refusal::NotFound)?;
    let me = ctx.actor.user.as_str();
    ctx.tx.prepare_cached(SQL)?.execute(params![year, me, ctx.at(), reason])?;
    let mut own = in_force(ctx)?;
    own.retain(|own| own.year != year);
    let moved = plan_anew(ctx, &own)?;
    let before = Object::new().text("sha256", &sha256).done();
    let after = Object::new().text("reason", &reason).int("customers", moved).done();
    Ok(Written::plain(&format!("holidays:{year}"), Some(before), Some(after)).into())
}

/// The bank's own years before this write.
fn in_force(ctx: &Ctx<'_>) -> Result<Vec<Year>, Refusal> {
    const SQL: &str = "SELECT content FROM holiday_years WHERE year = ?1 ORDER BY n DESC LIMIT 1";
    let mut all = Vec::new();
    for year in &ctx.packs.own_years {
        let text: String = ctx.tx.prepare_cached(SQL)?.query_row([year], |row| row.get(0))?;
        all.extend(holidays::read("holiday_years", &text).ok());
    }
    Ok(all)
}

/// Plans the book with these years; gives how many customers changed.
fn plan_anew(ctx: &Ctx<'_>, own: &[Year]) -> Result<i64, Refusal> {
    let packs: Packs = ctx
        .packs
        .with_years(own)
        .map_err(|_fault| Refusal::Invalid { field: "holidays", why: "unsound_days" })?;
    let changed = project::project_book(ctx.tx, &packs, ctx.today)?;
    Ok(i64::try_from(changed).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests;
