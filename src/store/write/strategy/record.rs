//! What a record that is handed in says about the strategy: where it differs from the one in force,
//! it is put forward.

use chrono::NaiveDate;

use super::{Ctx, Stand, Wish, pack, strategy, take_away, waiting, write};
use crate::domain::answer::Value;
use crate::domain::money::Fen;
use crate::domain::strategy::{PlanStep, Strategy};
use crate::protocol::reply::Refusal;
use crate::store::write::{answer, record::Record};

/// The question, the words to it, the rows of the plan and their cells.
const ASKED: &str = "strategy";
const WORDS: [&str; 3] = ["strategy_plan", "tier_why", "conclusion"];
const ROWS: &str = "plan_steps";

/// Puts forward what the record says, or takes back what it said before. Returns the code of the
/// strategy that waits now because of it.
pub(in crate::store::write) fn follow(
    ctx: &Ctx<'_>,
    record: &Record,
) -> Result<Option<Strategy>, Refusal> {
    let said = match value(ctx, record, ASKED)? {
        Some(Value::Choice(code)) => Strategy::from_code(&code),
        _ => None,
    };
    let customer = &record.customer;
    let open = waiting(ctx, customer)?;
    let before = strategy::in_force(ctx.tx, customer)?;
    let ours = open.as_ref().filter(|open| open.visit.as_ref() == Some(&record.visit));
    let Some(said) = said.filter(|said| *said != before) else {
        // What it asked for before it came back is not asked for any more.
        if let Some(ours) = ours {
            take_away(ctx, customer, ours.n)?;
        }
        return Ok(None);
    };
    // One at a time: who put the other one forward takes it back first.
    if ours.is_none() && open.is_some() {
        return Ok(None);
    }
    let mut reason = String::new();
    for item in WORDS {
        if let Some(Value::Text(text)) = value(ctx, record, item)?
            && !text.trim().is_empty()
        {
            text.trim().clone_into(&mut reason);
            break;
        }
    }
    if reason.is_empty() {
        record.visit.as_str().clone_into(&mut reason);
    }
    let balance = strategy::balance(ctx.tx, customer)?;
    let mut steps = if said.has_plan() { plan(ctx, record)? } else { Vec::new() };
    // A plan that does not hold is no reason to refuse the record: it is mended before approval.
    if pack::shared().fault_of(said, &steps, balance, ctx.today).is_some() {
        steps.clear();
    }
    let wish = Wish { strategy: said, reason: &reason, steps: &steps, visit: Some(&record.visit) };
    write(ctx, customer, &wish, &reason, &Stand { before, balance, open })?;
    Ok(Some(said))
}

fn value(ctx: &Ctx<'_>, record: &Record, item: &str) -> Result<Option<Value>, Refusal> {
    let stored = answer::stored(ctx, record.visit.as_str(), record.version, item)?;
    Ok(stored.map(|stored| stored.answer.value))
}

/// The rows of the plan that say day and balance; the others are left out.
fn plan(ctx: &Ctx<'_>, record: &Record) -> Result<Vec<PlanStep>, Refusal> {
    let Some(Value::Rows(rows)) = value(ctx, record, ROWS)? else { return Ok(Vec::new()) };
    let mut steps = Vec::new();
    for row in 0..rows {
        let cell = |name: &str| value(ctx, record, &format!("{ROWS}[{row}].{name}"));
        let due: Option<NaiveDate> = match cell("due")? {
            Some(Value::Date(day)) => Some(day),
            _ => None,
        };
        let target: Option<Fen> = match cell("target")? {
            Some(Value::Money(fen)) => Some(fen),
            _ => None,
        };
        let measure = match cell("measure")? {
            Some(Value::Text(text)) => text,
            _ => String::new(),
        };
        if let Some((due, target)) = due.zip(target) {
            steps.push(PlanStep { due, target, measure });
        }
    }
    Ok(steps)
}
