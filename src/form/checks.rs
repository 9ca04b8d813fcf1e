//! Cross-checks: two figures that ought to agree, to stay below or to cover each other.

use std::sync::Arc;

use super::definition::Words;
use super::eval::{Env, mul_div, to_decimal, to_fen};
use super::expression::ONE;
use super::node::Rule;
use super::source::CheckMode;
use super::state::{Check, Figure};
use super::tree::Var;
use super::values::Values;
use crate::risk::Light;

/// Judges one check.
pub(super) fn judge(rule: &Rule, env: &Env<'_, '_>) -> Check {
    let [left, right] =
        [0, 1].map(|side: usize| rule.sides.get(side).and_then(|expr| expr.run(env).number()));
    let missing = match (left, right) {
        (Some(_), Some(_)) => Vec::new(),
        _ => missing(rule, env),
    };
    let percent = left.zip(right).and_then(|(left, right)| {
        let part = if rule.mode == CheckMode::Deviation { left.checked_sub(right)? } else { left };
        // A share of nothing, or of less than nothing, says nothing.
        if right <= 0 { None } else { mul_div(part, 100 * ONE, right) }
    });
    let [left_name, right_name] = &rule.names;
    Check {
        id: Arc::clone(&rule.id),
        title: Arc::clone(&rule.title),
        sides: [
            (Arc::clone(left_name), left.and_then(|n| figure(rule, n))),
            (Arc::clone(right_name), right.and_then(|n| figure(rule, n))),
        ],
        percent: percent.and_then(to_decimal),
        light: percent.map_or(Light::Unknown, |percent| match left.zip(right) {
            Some((left, right)) if is_same(rule, left, right) => Light::Ok,
            _ => light(rule, percent),
        }),
        question: Arc::clone(&rule.question),
        missing,
        limits: rule.limits,
        verified: rule.verified,
        source: Arc::clone(&rule.source),
    }
}

/// The names of what the sides need and nobody knows, each once.
fn missing(rule: &Rule, env: &Env<'_, '_>) -> Vec<Arc<Words>> {
    let unknown = rule.inputs.iter().filter(|(var, _)| env.get(*var).is_missing());
    let mut names: Vec<Arc<Words>> = Vec::new();
    for (_, name) in unknown {
        if !names.contains(name) {
            names.push(Arc::clone(name));
        }
    }
    names
}

/// Whether a side needs the answer to a question that this form does not ask: then nobody can
/// ever work it out, and nagging for it would only teach to look away.
pub(super) fn wants_what_is_not_asked(
    rule: &Rule,
    env: &Env<'_, '_>,
    values: &Values<'_, '_>,
) -> bool {
    rule.inputs.iter().any(|(var, _)| match var {
        Var::Item(slot) => env.get(*var).is_missing() && !values.is_relevant(*slot),
        _ => false,
    })
}

/// Whether two sides that ought to be the same are, but for rounding.
fn is_same(rule: &Rule, left: i128, right: i128) -> bool {
    let difference = left.checked_sub(right).and_then(i128::checked_abs);
    rule.mode == CheckMode::Deviation && difference.is_some_and(|d| d <= rule.least)
}

fn figure(rule: &Rule, n: i128) -> Option<Figure> {
    if rule.money { to_fen(n).map(Figure::Money) } else { to_decimal(n).map(Figure::Number) }
}

fn light(rule: &Rule, percent: i128) -> Light {
    let [watch, alarm] = rule.limits.map(|limit| i128::from(limit.0) * (ONE / 10_000));
    let beyond = |limit: i128| match rule.mode {
        CheckMode::Deviation => percent.abs() > limit,
        CheckMode::Share => percent > limit,
        CheckMode::Cover => percent < limit,
    };
    if beyond(alarm) {
        Light::Alarm
    } else if beyond(watch) {
        Light::Watch
    } else {
        Light::Ok
    }
}
