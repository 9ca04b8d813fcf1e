//! Judges one row: needed, answered, wrong, changed, and which flags it suggests.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::definition::{Item, Kind, Needed, Proposal, Words};
use super::eval::{Env, Val, mul_div, to_decimal, to_fen};
use super::limits;
use super::node::{FlagRule, Node};
use super::state::{Delta, Problem, Progress, Row, State};
use crate::domain::answer::{Answer, DocumentState, Evidence, Value};
use crate::domain::gap::Gap;
use crate::domain::money::Decimal4;

/// Which row is judged.
pub(super) struct Place<'a> {
    pub(super) path: Arc<str>,
    pub(super) node: &'a Node,
    pub(super) title: Arc<Words>,
    pub(super) subject: Option<Arc<str>>,
    pub(super) repeat: Option<u32>,
    pub(super) last: Option<Arc<(Answer, NaiveDate)>>,
    /// Said by what the row is about, whatever its definition says.
    pub(super) needed: Option<Needed>,
    pub(super) fresh: bool,
    pub(super) lost: Vec<String>,
}

impl<'a> Place<'a> {
    pub(super) fn new(path: Arc<str>, node: &'a Node) -> Self {
        Self {
            path,
            node,
            title: Arc::clone(&node.title),
            subject: None,
            repeat: None,
            last: None,
            needed: None,
            fresh: false,
            lost: Vec::new(),
        }
    }
}

/// Judges a row and adds it, its gap and its proposals to the state. `env.own` is its value.
pub(super) fn row<'a>(
    place: Place<'a>,
    answers: &BTreeMap<String, Answer>,
    env: &Env<'a, '_>,
    state: &mut State,
) {
    let node = place.node;
    let answer = answers.get(&*place.path);
    let computed = if node.item.computed { computed(&node.item.kind, env.own) } else { None };
    let mut row = Row {
        path: place.path,
        item: Arc::clone(&node.item),
        title: place.title,
        section: state.sections.len(),
        subject: place.subject,
        repeat: place.repeat,
        needed: place.needed.unwrap_or_else(|| needed(node, env)),
        answered: if node.item.computed { computed.is_some() } else { answered(answer) },
        problem: None,
        delta: None,
        computed,
        last: place.last,
        against: against(node, env),
        fresh: place.fresh,
        lost: place.lost,
        limits: node.limits.always.clone(),
    };
    let now = row.computed.as_ref().or(answer.map(|answer| &answer.value));
    row.delta =
        now.zip(row.last.as_ref()).and_then(|(now, last)| delta(&row.item, now, &last.0.value));
    row.problem = problem(&row, node, answer, env);
    if row.needed == Needed::Hard {
        limits::add(&mut row.limits, &node.limits.hard_if);
    }
    if matches!(row.problem, Some(Problem::Against(_))) {
        limits::add(&mut row.limits, &node.limits.constraint);
    }
    if row.delta.is_some_and(|delta| delta.beyond) {
        limits::add(&mut row.limits, &node.item.explain);
    }
    if let Some(problem) = &row.problem {
        state.gaps.push(Gap { item: row.path.to_string(), kind: problem.gap() });
    }
    for flag in node.flags.iter().filter(|flag| flag.when.run(env).is_true()) {
        limits::add(&mut row.limits, &flag.limits);
        propose(flag, &row.path, env, &mut state.proposals);
    }
    state.rows.push(row);
}

/// The figures beside which the answer stands, as far as they are known.
fn against<'a>(node: &'a Node, env: &Env<'a, '_>) -> Vec<(Arc<Words>, Value)> {
    let known = node.against.iter().filter_map(|(name, expr)| {
        Some((Arc::clone(name), computed(&node.item.kind, expr.run(env))?))
    });
    known.collect()
}

/// One proposal a signal: the gravest, and among equals the first.
fn propose(flag: &FlagRule, path: &Arc<str>, env: &Env<'_, '_>, proposals: &mut Vec<Proposal>) {
    let known = proposals.iter_mut().find(|known| known.signal == flag.signal);
    if known.as_ref().is_some_and(|known| known.level >= flag.level) {
        return;
    }
    let proposal = Proposal {
        signal: flag.signal.clone(),
        level: flag.level,
        item: path.to_string(),
        note: flag.note.fill(env),
        limits: flag.limits.clone(),
    };
    match known {
        Some(known) => *known = proposal,
        None => proposals.push(proposal),
    }
}

fn needed(node: &Node, env: &Env<'_, '_>) -> Needed {
    if node.item.computed {
        Needed::No
    } else if node.hard_if.as_ref().is_some_and(|rule| rule.run(env).is_true()) {
        Needed::Hard
    } else {
        node.needed
    }
}

fn answered(answer: Option<&Answer>) -> bool {
    match answer.map(|answer| &answer.value) {
        None => false,
        Some(Value::Text(text)) => !text.trim().is_empty(),
        Some(Value::Multi(codes)) => !codes.is_empty(),
        Some(Value::Rows(count)) => *count > 0,
        Some(_) => true,
    }
}

fn problem(row: &Row, node: &Node, answer: Option<&Answer>, env: &Env<'_, '_>) -> Option<Problem> {
    if !row.item.computed {
        let Some(answer) = answer.filter(|_| row.answered) else {
            return match row.needed {
                Needed::Hard => Some(Problem::Missing),
                Needed::Soft => Some(Problem::Wanted),
                Needed::No => None,
            };
        };
        if !row.item.kind.is_answered_by(&answer.value) {
            return Some(Problem::WrongKind);
        }
        if is_incomplete(answer) {
            return Some(Problem::Incomplete);
        }
    }
    let negative = env.own.number().is_some_and(|n| n < 0);
    if negative && !node.signed && !row.item.computed {
        return Some(Problem::Negative);
    }
    if let Some((rule, words)) = &node.constraint
        && rule.run(env) == Val::Bool(false)
    {
        return Some(Problem::Against(Arc::clone(words)));
    }
    let beyond = row.delta.is_some_and(|delta| delta.beyond);
    let noted = answer.is_some_and(|answer| !answer.note.trim().is_empty());
    if beyond && !noted && !explained(node, row.repeat.is_some(), env) {
        return Some(Problem::Unexplained);
    }
    let says = |answer: &Answer| matches!(&answer.value, Value::Choice(code) if row.item.noted.contains(code));
    if !noted && answer.is_some_and(says) {
        return Some(Problem::Unexplained);
    }
    if row.item.computed { None } else { answer.and_then(|answer| weak(&row.item, answer)) }
}

/// Less was seen than the item wants. Nothing noted counts as told only; a document or photo is
/// itself what is seen.
fn weak(item: &Item, answer: &Answer) -> Option<Problem> {
    if matches!(item.kind, Kind::Document) {
        return None;
    }
    let seen = answer.evidence.unwrap_or(Evidence::Oral);
    let less = item.wants.is_some_and(|wants| seen < wants);
    let again = item.again && answer.unchanged && answer.evidence.is_none();
    (less || again).then_some(Problem::Weak(item.wants.filter(|_| less)))
}

/// Whether the companion item `<code>_why` is answered.
fn explained(node: &Node, in_group: bool, env: &Env<'_, '_>) -> bool {
    let companions = if in_group { env.cells } else { env.items };
    node.why.and_then(|why| companions.get(why)).is_some_and(|why| !why.is_missing())
}

/// A document that is promised without a day, or refused without a reason.
fn is_incomplete(answer: &Answer) -> bool {
    let Value::Document { state, until, note } = &answer.value else { return false };
    match state {
        DocumentState::Promised => until.is_none(),
        DocumentState::Refused => note.trim().is_empty() && answer.note.trim().is_empty(),
        DocumentState::Received | DocumentState::NotApplicable => false,
    }
}

/// The value of a computed item; `None` where it could not be worked out.
fn computed(kind: &Kind, value: Val<'_>) -> Option<Value> {
    match (kind, value) {
        (Kind::Money, Val::Number(n)) => to_fen(n).map(Value::Money),
        (Kind::Number(_) | Kind::Percent, Val::Number(n)) => to_decimal(n).map(Value::Number),
        (Kind::Bool, Val::Bool(b)) => Some(Value::Bool(b)),
        (Kind::Date, Val::Day(day)) => Some(Value::Date(day)),
        (Kind::Choice(_), Val::Text(code)) => Some(Value::Choice(code.to_owned())),
        (Kind::Text | Kind::LongText, Val::Text(text)) => Some(Value::Text(text.to_owned())),
        _ => None,
    }
}

/// Change of a number. Percentages are judged by their points, everything else by its percent.
fn delta(item: &Item, now: &Value, last: &Value) -> Option<Delta> {
    // Both as Decimal4 counts: fen are hundredths, so times a hundred.
    let (now, last) = match (now, last) {
        (Value::Money(now), Value::Money(last)) => {
            (i128::from(now.0) * 100, i128::from(last.0) * 100)
        }
        (Value::Number(now), Value::Number(last)) => (i128::from(now.0), i128::from(last.0)),
        _ => return None,
    };
    let change = Decimal4(i64::try_from(now - last).ok()?);
    let percent = mul_div(now - last, 1_000_000, last.abs())
        .and_then(|n| i64::try_from(n).ok())
        .map(Decimal4);
    let beyond = item.explain.as_ref().is_some_and(|limit| {
        let limit = limit.value.0.unsigned_abs();
        match (&item.kind, percent) {
            (Kind::Percent, _) => change.0.unsigned_abs() >= limit,
            (_, Some(percent)) => percent.0.unsigned_abs() >= limit,
            (_, None) => change.0 != 0,
        }
    });
    let percent = percent.filter(|_| item.kind.moves_in_percent());
    Some(Delta { change, percent, beyond })
}

/// Counts rows; computed ones are nobody's work.
pub(super) fn progress(rows: &[Row]) -> Progress {
    let mut progress = Progress::default();
    for row in rows.iter().filter(|row| !row.item.computed) {
        progress.items += 1;
        progress.answered += usize::from(row.answered);
        match row.problem {
            Some(Problem::Missing) => progress.missing += 1,
            Some(Problem::Wanted) => progress.wanted += 1,
            Some(Problem::Weak(_)) => progress.weak += 1,
            Some(_) => progress.faulty += 1,
            None => {}
        }
    }
    progress
}
