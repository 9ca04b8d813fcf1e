//! The forms, and how a step is typed: day, target balance or reduction, measure.

use chrono::{Months, NaiveDate};

use super::super::form::read_day;
use super::Asked;
use crate::assets::strategy as pack;
use crate::domain::answer::Value;
use crate::domain::money::Fen;
use crate::domain::strategy::{PlanStep, Strategy};
use crate::form::definition::Kind;
use crate::form::entry;
use crate::i18n::words;
use crate::protocol::page::{StepRow, StrategyDecision, StrategyRow};
use crate::ui::ask::{Ask, Field};
use crate::ui::ctx::Ctx;

/// The form for what is asked.
pub(super) fn ask(asked: Asked, row: &StrategyRow, ctx: &Ctx<'_>) -> Ask {
    let text = &ctx.text.strategies;
    let mut ask = match asked {
        Asked::Propose => propose(row, ctx),
        Asked::Approve => {
            Ask::form("strategy", text.approve_title, vec![Field::text(text.opinion, "")])
        }
        Asked::Refuse => {
            Ask::form("strategy", text.refuse_title, vec![Field::text(text.opinion, "").required()])
        }
    };
    let mut about = vec![format!("{}  {} {}", row.name, text.in_force, text.holds(row))];
    match (&row.open, asked) {
        (Some(open), Asked::Approve | Asked::Refuse) => {
            let change = text.change_of(open, ctx.theme.glyphs.becomes);
            about.push(format!("{change}  {}", open.reason));
            about.extend(open.steps.iter().map(|step| text.step(step)));
        }
        _ => about.push(text.steps_hint.to_owned()),
    }
    ask.lines = about.iter().map(|line| ctx.theme.clean(line)).collect();
    ask
}

/// What waits already, else the plan that runs, stands in the fields.
fn propose(row: &StrategyRow, ctx: &Ctx<'_>) -> Ask {
    let text = &ctx.text.strategies;
    let from: Option<&StrategyDecision> = row.open.as_ref().or(row.current.as_ref());
    let chosen = from.map_or(row.assumed, |one| one.strategy);
    let options = Strategy::ALL
        .iter()
        .map(|one| (one.as_code().to_owned(), words::strategy(ctx.lang, *one).to_owned()));
    let reason = row.open.as_ref().map_or("", |open| open.reason.as_str());
    let mut fields = vec![
        Field::choice(text.strategy, chosen.as_code(), options.collect()),
        Field::text(text.reason, reason).required(),
    ];
    let mut typed = from.into_iter().flat_map(|one| &one.steps).filter(|step| step.is_open());
    for n in 1..=pack::shared().most_steps {
        let known = typed.next().map(typed_as).unwrap_or_default();
        fields.push(Field::text(text.step_n(n), known));
    }
    let title = if row.open.is_some() { text.change_title } else { text.propose_title };
    Ask::form("strategy", title, fields)
}

/// A step as it would be typed.
fn typed_as(step: &StepRow) -> String {
    let target = entry::edit_text(&Value::Money(step.plan.target));
    format!("{} {target} {}", step.plan.due, step.plan.measure)
}

/// Reads the steps that were typed; an empty field is none. The amount of a step is the balance that
/// is left, or behind a minus what goes off the step before.
pub(super) fn steps(
    typed: &[String],
    balance: Option<Fen>,
    ctx: &Ctx<'_>,
) -> Result<Vec<PlanStep>, String> {
    let mut steps = Vec::new();
    let mut left = balance;
    for (n, text) in (1_usize..).zip(typed) {
        if text.trim().is_empty() {
            continue;
        }
        let step = step(text, left, ctx).ok_or_else(|| ctx.text.strategies.step_fault(n))?;
        left = Some(step.target);
        steps.push(step);
    }
    Ok(steps)
}

fn step(text: &str, left: Option<Fen>, ctx: &Ctx<'_>) -> Option<PlanStep> {
    let text = text.trim();
    let (day, rest) = text.split_once(char::is_whitespace)?;
    let rest = rest.trim_start();
    let (amount, measure) = rest.split_once(char::is_whitespace)?;
    let down = amount.strip_prefix(['-', '－', '−']); // tidy: not a text
    let Ok(Value::Money(fen)) = entry::parse(&Kind::Money, down.unwrap_or(amount), ctx.today)
    else {
        return None;
    };
    let target = match down {
        Some(_) => Fen(left?.0.checked_sub(fen.0)?),
        None => fen,
    };
    let due = match read_day(day, ctx.today)? {
        // A step lies ahead: a day without its year is the next one.
        past if past <= ctx.today && day.parse::<NaiveDate>().is_err() => {
            past.checked_add_months(Months::new(12))?
        }
        due => due,
    };
    Some(PlanStep { due, target, measure: measure.trim().to_owned() })
}
