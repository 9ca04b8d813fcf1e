//! The cockpit: a month is closed with its figures, and files of figures are noted.

use chrono::{Datelike as _, Months, NaiveDate};
use rusqlite::{OptionalExtension as _, params};

use super::canon::Object;
use super::{Ctx, Done, Written};
use crate::access::Action;
use crate::domain::cockpit::{Figure, Grouping};
use crate::planning::first_counted;
use crate::protocol::command::{CockpitCommand, FigureOrder, PortfolioOrder};
use crate::protocol::page::CockpitRow;
use crate::protocol::reply::Refusal;
use crate::protocol::report::ReportMade;
use crate::store::project::{month_key, planned_on};
use crate::store::read::cockpit;

/// Does what a command says.
pub(super) fn run(ctx: &Ctx<'_>, command: &CockpitCommand) -> Result<Done, Refusal> {
    match command {
        CockpitCommand::Export { order, made } => note(ctx, *order, made.as_ref()),
        CockpitCommand::ExportPortfolio { order, made } => {
            note_portfolio(ctx, order, made.as_ref())
        }
        CockpitCommand::CloseMonth { month } => close(ctx, *month),
    }
}

/// A file of figures that was written.
fn note(ctx: &Ctx<'_>, order: FigureOrder, made: Option<&ReportMade>) -> Result<Done, Refusal> {
    ctx.require(Action::Read)?;
    let made = made.ok_or(Refusal::Invalid { field: "file", why: "missing" })?;
    let after = Object::new()
        .text("by", order.by.as_code())
        .text("month", &month_key(order.month))
        .text("lang", order.lang.as_code())
        .text("file", &made.file)
        .int("bytes", i64::try_from(made.bytes).unwrap_or(i64::MAX))
        .text("sha256", &made.sha256)
        .done();
    Ok(Written::plain("cockpit", None, Some(after)).into())
}

/// A file of the portfolio that was written.
fn note_portfolio(
    ctx: &Ctx<'_>,
    order: &PortfolioOrder,
    made: Option<&ReportMade>,
) -> Result<Done, Refusal> {
    ctx.require(Action::Read)?;
    let made = made.ok_or(Refusal::Invalid { field: "file", why: "missing" })?;
    let after = Object::new()
        .text("by", order.by.as_code())
        .maybe("part", order.part.as_deref())
        .text("lang", order.lang.as_code())
        .text("file", &made.file)
        .int("bytes", i64::try_from(made.bytes).unwrap_or(i64::MAX))
        .text("sha256", &made.sha256)
        .done();
    Ok(Written::plain("portfolio", None, Some(after)).into())
}

/// Freezes the figures of a month of the actor's branch.
fn close(ctx: &Ctx<'_>, month: NaiveDate) -> Result<Done, Refusal> {
    const KNOWN: &str = "SELECT 1 FROM closed_months WHERE branch = ?1 AND month = ?2";
    const MONTH: &str = "
        INSERT INTO closed_months (branch, month, closed_by, closed_at) VALUES (?1, ?2, ?3, ?4)";
    ctx.require(Action::Order)?;
    let invalid = |why| Refusal::Invalid { field: "month", why };
    let first = month.with_day(1).unwrap_or(month);
    let next = first.checked_add_months(Months::new(1)).unwrap_or(first);
    if next.pred_opt().is_none_or(|last| last > ctx.today) {
        return Err(invalid("not_over"));
    }
    if first < first_counted(ctx.today) {
        return Err(invalid("too_long_ago"));
    }
    // What the plan of yesterday says of today is not what is frozen.
    if planned_on(ctx.tx)?.is_none_or(|day| day < ctx.today) {
        return Err(invalid("plan_is_old"));
    }
    let (branch, key) = (ctx.actor.branch.as_str(), month_key(first));
    let known = ctx.tx.prepare_cached(KNOWN)?.query_row(params![branch, key], |_| Ok(()));
    if known.optional()?.is_some() {
        return Err(Refusal::WrongState { state: "closed".to_owned() });
    }
    let rows = |by| cockpit::of_branch(ctx.tx, ctx.packs, ctx.actor, ctx.now, (by, first));
    let officers = rows(Grouping::Officer)?;
    let mut total = CockpitRow::default();
    for row in &officers {
        total.add(row);
    }
    if total.count(Figure::Unplanned) > 0 {
        return Err(invalid("unplanned_loans"));
    }
    if total.count(Figure::Gaps) > 0 {
        return Err(invalid("open_gaps"));
    }
    let me = ctx.actor.user.as_str();
    ctx.tx.prepare_cached(MONTH)?.execute(params![branch, key, me, ctx.at()])?;
    keep(ctx, (branch, &key), Grouping::Officer, &officers)?;
    keep(ctx, (branch, &key), Grouping::District, &rows(Grouping::District)?)?;
    let mut after = Object::new().text("month", &key).text("branch", branch);
    for figure in Figure::ALL.iter().copied().filter(|one| *one != Figure::OnTime) {
        after = after.int(figure.as_code(), i64::from(total.count(figure)));
    }
    let after = after.int("met", i64::from(total.met)).int("asked", i64::from(total.asked)).done();
    Ok(Written::plain(&format!("month:{key}"), None, Some(after)).into())
}

fn keep(
    ctx: &Ctx<'_>,
    (branch, month): (&str, &str),
    by: Grouping,
    rows: &[CockpitRow],
) -> Result<(), Refusal> {
    const SQL: &str = "
        INSERT INTO closed_figures (branch, month, grouping, key, name, figure, n, of)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    let mut insert = ctx.tx.prepare_cached(SQL)?;
    for row in rows {
        for figure in Figure::ALL.iter().copied() {
            let (n, of) = match figure {
                Figure::OnTime => (row.met, row.asked),
                _ => (row.count(figure), 0),
            };
            let (by, figure) = (by.as_code(), figure.as_code());
            insert.execute(params![branch, month, by, row.key, row.name, figure, n, of])?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
