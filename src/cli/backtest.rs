//! `huifang backtest`: what signals and scores foretold, once there are outcomes enough.

use serde_json::{Value, json};

use super::args::Format;
use super::session::{Desk, Io, Session, Want};
use super::table::{Sheet, document};
use crate::assets::signals;
use crate::fault::Fault;
use crate::i18n::{Catalog, scan, score};
use crate::protocol::page::{BacktestPage, Page};
use crate::protocol::query::Query;
use crate::protocol::reply::Refusal;

/// Prints signals, then scores by quarter.
pub fn run(desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let format = desk.format(&[Format::Table, Format::Json])?;
    let session = Session::batch(desk, Want::Read)?;
    let asked = session.store.query(&session.actor, session.now(), &Query::Backtest)?;
    let Page::Backtest(page) = asked else { return Err(Refusal::NotFound.into()) };
    let machine = format == Format::Json;
    let of_signals = signal_sheet(&page, machine, desk)?;
    let (of_scores, of_quarters) = score_sheets(&page, machine, desk);
    if machine {
        let all = json!({
            "pack": page.pack,
            "signals": of_signals.value(),
            "scores": of_scores.value(),
            "quarters": of_quarters.value(),
            "scores_too_early": page.grades.is_empty(),
        });
        return Ok(document(&all, io.out)?);
    }
    let t = &Catalog::of(desk.lang).backtest;
    if of_signals.is_empty() {
        writeln!(io.out, "{}", t.no_signals)?;
    } else {
        of_signals.text(io.out)?;
    }
    writeln!(io.out)?;
    if let Some(first) = page.quarters.first() {
        of_scores.text(io.out)?;
        writeln!(io.out, "\n{}", t.warned(first.from))?;
        of_quarters.text(io.out)?;
    } else {
        writeln!(io.out, "{}", t.too_early(page.outcomes, page.least_outcomes))?;
    }
    let note = if page.verified { "" } else { t.unverified };
    writeln!(io.out, "\n{}", t.rules(page.horizon_days, page.late_days, note))?;
    Ok(())
}

fn share(of: u32, machine: bool) -> Value {
    let of = f64::from(of) / 10_000.0;
    if machine { json!(of) } else { json!(score::percent(of)) }
}

fn signal_sheet(page: &BacktestPage, machine: bool, desk: &Desk) -> Result<Sheet, Fault> {
    let names = signals::shared().map_err(Fault::Faulty)?;
    let t = &Catalog::of(desk.lang).backtest;
    let mut sheet = Sheet::new(&[
        ("signal", t.signal),
        ("raised", t.raised),
        ("confirmed", t.confirmed),
        ("ripe", t.ripe),
        ("true", t.came_true),
        ("downgraded", t.downgraded),
        ("precision", t.precision),
        ("days_ahead", t.days_ahead),
    ]);
    for one in &page.signals {
        let name =
            if machine { one.signal.clone() } else { scan::signal(desk.lang, &one.signal, &names) };
        let told = match one.precision {
            Some(of) => share(of, machine),
            None if machine => Value::Null,
            None => json!(t.too_few),
        };
        sheet.push(vec![
            json!(name),
            json!(one.raised),
            json!(one.confirmed),
            json!(one.ripe),
            json!(one.came_true),
            json!(one.downgraded),
            told,
            json!(one.days_ahead),
        ]);
    }
    Ok(sheet)
}

fn score_sheets(page: &BacktestPage, machine: bool, desk: &Desk) -> (Sheet, Sheet) {
    let t = &Catalog::of(desk.lang).backtest;
    let mut grades = Sheet::new(&[
        ("quarter", t.quarter),
        ("grade", t.grade),
        ("customers", t.customers),
        ("predicted", t.predicted),
        ("events", t.events),
        ("observed", t.observed),
    ]);
    for one in &page.grades {
        grades.push(vec![
            json!(one.quarter.to_string()),
            json!(one.grade.to_string()),
            json!(one.customers),
            share(one.predicted, machine),
            json!(one.events),
            share(one.observed(), machine),
        ]);
    }
    let mut quarters = Sheet::new(&[
        ("quarter", t.quarter),
        ("hit", t.hit),
        ("false_alarm", t.alarm),
        ("missed", t.missed),
        ("quiet", t.quiet),
    ]);
    for one in &page.quarters {
        quarters.push(vec![
            json!(one.quarter.to_string()),
            json!(one.hit),
            json!(one.alarm),
            json!(one.missed),
            json!(one.quiet),
        ]);
    }
    (grades, quarters)
}
