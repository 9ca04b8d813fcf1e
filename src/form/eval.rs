//! Runs checked expressions. Nothing here can fail: what cannot be worked out is missing.

use chrono::{Months, NaiveDate};

use super::entry;
use super::expression::{Arith, Compare, Expr, ONE, Var};
use crate::domain::answer::Value;
use crate::domain::money::{Decimal4, Fen};

/// A value while an expression runs. Texts are borrowed from the answers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Val<'a> {
    Missing,
    Bool(bool),
    /// In millionths.
    Number(i128),
    Day(NaiveDate),
    Text(&'a str),
    List(&'a [String]),
}

/// What an expression can look at.
pub(super) struct Env<'a, 'e> {
    pub(super) facts: &'e [Val<'a>],
    pub(super) items: &'e [Val<'a>],
    pub(super) last: &'e [Val<'a>],
    /// Cells of the groups by slot: row by row.
    pub(super) groups: &'e [Vec<Vec<Val<'a>>>],
    /// By slot of a group: rows of last time that are gone, rows that are new.
    pub(super) moves: &'e [Option<(usize, usize)>],
    /// Cells of the row that is being judged.
    pub(super) cells: &'e [Val<'a>],
    /// The answer that is being judged.
    pub(super) own: Val<'a>,
    /// Properties of the entry for which the item is asked.
    pub(super) entry: &'e [Val<'a>],
    /// How that entry reads.
    pub(super) subject: Val<'a>,
}

impl<'a, 'e> Env<'a, 'e> {
    /// The facts alone: before anything is asked.
    pub(super) const fn of_facts(facts: &'e [Val<'a>]) -> Self {
        Self {
            facts,
            items: &[],
            last: &[],
            groups: &[],
            moves: &[],
            cells: &[],
            own: Val::Missing,
            entry: &[],
            subject: Val::Missing,
        }
    }
}

impl<'a> Val<'a> {
    /// The value of an answer; empty texts and choices are missing.
    pub(super) fn of(value: &'a Value) -> Self {
        match value {
            Value::Bool(b) => Self::Bool(*b),
            Value::Number(n) => Self::Number(i128::from(n.0) * (ONE / 10_000)),
            Value::Money(fen) => Self::Number(i128::from(fen.0) * (ONE / 100)),
            Value::Date(day) => Self::Day(*day),
            Value::Text(text) if text.trim().is_empty() => Self::Missing,
            Value::Choice(text) | Value::Text(text) => Self::Text(text),
            Value::Multi(codes) if codes.is_empty() => Self::Missing,
            Value::Multi(codes) => Self::List(codes),
            Value::Document { state, .. } => Self::Text(state.as_code()),
            Value::Rows(n) => Self::Number(i128::from(*n) * ONE),
        }
    }

    pub(super) const fn is_missing(self) -> bool {
        matches!(self, Self::Missing)
    }

    /// Whether a condition is met; missing is not.
    pub(super) const fn is_true(self) -> bool {
        matches!(self, Self::Bool(true))
    }

    pub(super) const fn number(self) -> Option<i128> {
        match self {
            Self::Number(n) => Some(n),
            _ => None,
        }
    }

    const fn bool(self) -> Option<bool> {
        match self {
            Self::Bool(b) => Some(b),
            _ => None,
        }
    }
}

/// Millionths as a number of four decimals, rounded half away from zero.
pub(super) fn to_decimal(n: i128) -> Option<Decimal4> {
    round(n, ONE / 10_000).map(Decimal4)
}

/// Millionths of a yuan as an amount, rounded half away from zero.
pub(super) fn to_fen(n: i128) -> Option<Fen> {
    round(n, ONE / 100).map(Fen)
}

fn round(n: i128, unit: i128) -> Option<i64> {
    let half = if n < 0 { -unit / 2 } else { unit / 2 };
    i64::try_from(n.checked_add(half)? / unit).ok()
}

/// `a * b / c`, rounded half away from zero; `None` where it divides by zero or does not fit.
pub(super) fn mul_div(a: i128, b: i128, c: i128) -> Option<i128> {
    if c == 0 {
        return None;
    }
    let product = a.checked_mul(b)?;
    let (whole, rest) = (product.checked_div(c)?, product.checked_rem(c)?);
    let up = rest.unsigned_abs() >= c.unsigned_abs() - rest.unsigned_abs();
    let away = if (product < 0) == (c < 0) { 1 } else { -1 };
    Some(if up { whole + away } else { whole })
}

impl Expr {
    /// The value in this environment.
    pub(super) fn run<'a>(&'a self, env: &Env<'a, '_>) -> Val<'a> {
        match self {
            Self::Bool(b) => Val::Bool(*b),
            Self::Number(n) => Val::Number(*n),
            Self::Text(text) => Val::Text(text),
            Self::Texts(texts) => Val::List(texts),
            Self::Var(var) => env.get(*var),
            Self::Not(a) => a.run(env).bool().map_or(Val::Missing, |b| Val::Bool(!b)),
            Self::And(a, b) => both(a, b, env, false),
            Self::Or(a, b) => both(a, b, env, true),
            Self::If(parts) => {
                let [condition, yes, no] = &**parts;
                match condition.run(env) {
                    Val::Bool(true) => yes.run(env),
                    Val::Bool(false) => no.run(env),
                    _ => Val::Missing,
                }
            }
            Self::Compare(how, a, b) => compare(*how, a.run(env), b.run(env)),
            Self::In(a, b) => match (a.run(env), b.run(env)) {
                (Val::Text(text), Val::List(list)) => Val::Bool(list.iter().any(|t| t == text)),
                _ => Val::Missing,
            },
            Self::Contains(a, parts) => match a.run(env) {
                Val::Text(text) => Val::Bool(has_any(text, parts)),
                Val::List(list) => Val::Bool(list.iter().any(|text| has_any(text, parts))),
                _ => Val::Missing,
            },
            Self::Size(a) => match a.run(env) {
                Val::List(list) => count(list.len()),
                _ => Val::Missing,
            },
            Self::Known(a) => Val::Bool(!a.run(env).is_missing()),
            Self::Years(day, years) => match (day.run(env), years.run(env)) {
                (Val::Day(day), Val::Number(n)) => years_after(day, n / ONE),
                _ => Val::Missing,
            },
            Self::Default(a, b) => match a.run(env) {
                Val::Missing => b.run(env),
                known => known,
            },
            _ => self.number(env).map_or(Val::Missing, Val::Number),
        }
    }

    /// The operations whose result is a number.
    fn number(&self, env: &Env<'_, '_>) -> Option<i128> {
        match self {
            Self::Arith(how, a, b) => {
                let (a, b) = (a.run(env).number()?, b.run(env).number()?);
                match how {
                    Arith::Add => a.checked_add(b),
                    Arith::Subtract => a.checked_sub(b),
                    Arith::Multiply => mul_div(a, b, ONE),
                    Arith::Divide => mul_div(a, ONE, b),
                    Arith::Min => Some(a.min(b)),
                    Arith::Max => Some(a.max(b)),
                }
            }
            Self::Abs(a) => a.run(env).number()?.checked_abs(),
            Self::Days(a, b) => match (a.run(env), b.run(env)) {
                (Val::Day(a), Val::Day(b)) => Some(i128::from((a - b).num_days()) * ONE),
                _ => None,
            },
            Self::Sum(group, cell) => {
                let mut rows = env.column(*group, *cell).peekable();
                rows.peek()?;
                rows.try_fold(0_i128, i128::checked_add)
            }
            Self::Largest(group, cell) => env.column(*group, *cell).max(),
            Self::Count(group) => count(env.groups.get(*group)?.len()).number(),
            Self::Among(group, cell, list) => match list.run(env) {
                Val::List(list) => count(env.among(*group, *cell, list)?).number(),
                _ => None,
            },
            Self::Minutes(a) => match a.run(env) {
                Val::Text(text) => entry::minutes(text).map(|n| i128::from(n) * ONE),
                _ => None,
            },
            Self::Lost(group) => count(env.moves.get(*group)?.as_ref()?.0).number(),
            Self::Fresh(group) => count(env.moves.get(*group)?.as_ref()?.1).number(),
            _ => None,
        }
    }
}

impl<'a> Env<'a, '_> {
    /// The value of a variable; how many rows a group has for a group.
    pub(super) fn get(&self, var: Var) -> Val<'a> {
        let found = match var {
            Var::Fact(i) => self.facts.get(i),
            Var::Item(i) => self.items.get(i),
            Var::Last(i) => self.last.get(i),
            Var::Cell(i) => self.cells.get(i),
            Var::Own => Some(&self.own),
            Var::Entry(i) => self.entry.get(i),
            Var::Subject => Some(&self.subject),
        };
        found.copied().unwrap_or(Val::Missing)
    }

    /// How many entries of a list some row of a group has in a cell.
    fn among(&self, group: usize, cell: usize, list: &[String]) -> Option<usize> {
        let rows = self.groups.get(group)?;
        let has = |wanted: &&String| {
            rows.iter().any(|row| match row.get(cell) {
                Some(Val::Text(text)) => text.trim() == wanted.trim(),
                _ => false,
            })
        };
        Some(list.iter().filter(has).count())
    }

    /// The known numbers of one cell over the rows of a group.
    fn column(&self, group: usize, cell: usize) -> impl Iterator<Item = i128> + use<'_> {
        let rows = self.groups.get(group).map(Vec::as_slice).unwrap_or_default();
        rows.iter().filter_map(move |row| row.get(cell)?.number())
    }
}

fn has_any(text: &str, parts: &[String]) -> bool {
    parts.iter().any(|part| text.contains(part.as_str()))
}

fn years_after<'a>(day: NaiveDate, years: i128) -> Val<'a> {
    let months = u32::try_from(years).ok().and_then(|years| years.checked_mul(12));
    let later = months.and_then(|months| day.checked_add_months(Months::new(months)));
    later.map_or(Val::Missing, Val::Day)
}

fn count<'a>(n: usize) -> Val<'a> {
    i128::try_from(n).map_or(Val::Missing, |n| Val::Number(n * ONE))
}

/// And (`decided_by` false) or or (`decided_by` true): one side can decide although the other is missing.
fn both<'a>(a: &'a Expr, b: &'a Expr, env: &Env<'a, '_>, decided_by: bool) -> Val<'a> {
    let left = a.run(env).bool();
    if left == Some(decided_by) {
        return Val::Bool(decided_by);
    }
    let right = b.run(env).bool();
    if right == Some(decided_by) {
        return Val::Bool(decided_by);
    }
    if left.is_some() && right.is_some() { Val::Bool(!decided_by) } else { Val::Missing }
}

fn compare<'a>(how: Compare, a: Val<'a>, b: Val<'a>) -> Val<'a> {
    let order = match (a, b) {
        (Val::Number(a), Val::Number(b)) => a.cmp(&b),
        (Val::Day(a), Val::Day(b)) => a.cmp(&b),
        (Val::Text(a), Val::Text(b)) => a.cmp(b),
        (Val::Bool(a), Val::Bool(b)) => a.cmp(&b),
        _ => return Val::Missing,
    };
    Val::Bool(match how {
        Compare::Equal => order.is_eq(),
        Compare::Unequal => order.is_ne(),
        Compare::Less => order.is_lt(),
        Compare::LessOrEqual => order.is_le(),
        Compare::Greater => order.is_gt(),
        Compare::GreaterOrEqual => order.is_ge(),
    })
}
