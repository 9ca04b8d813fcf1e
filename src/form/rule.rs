//! Rules outside of checklists: one condition over a table of named facts, in the same language and
//! under the same checks as the expressions of a pack.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use cel::common::ast::IdedExpr;

use super::eval::{Env, Val};
use super::expression::{Expr, Names, ONE, Type, Var, compile, parse};
use super::fault::FaultKind;
use super::known::options;
use super::needs::needs;
use crate::domain::answer::Value;
use crate::domain::money::Decimal4;

/// Type of a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactType {
    /// Yes or no.
    Bool,
    /// A number or an amount.
    Number,
    /// A day.
    Day,
    /// Any text.
    Text,
    /// One of these codes.
    Code(Vec<&'static str>),
}

/// What rules can name: facts by place, and limits.
#[derive(Debug)]
pub struct Vocabulary {
    facts: BTreeMap<String, (usize, Type)>,
    limits: BTreeMap<String, Decimal4>,
    /// Limits that the rule being read names.
    named: RefCell<Vec<(String, Decimal4)>>,
}

/// A condition that was checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    expr: Expr,
    facts: Vec<usize>,
    needs: Vec<usize>,
    limits: Vec<(String, Decimal4)>,
}

/// The facts of one subject, as rules look at them.
#[derive(Debug)]
pub struct Known<'a>(Vec<Val<'a>>);

impl Vocabulary {
    /// Facts in the order of their places, and limits by name: `limit.inflow_drop`.
    pub fn new(
        facts: impl IntoIterator<Item = (String, FactType)>,
        limits: BTreeMap<String, Decimal4>,
    ) -> Self {
        let typed = facts.into_iter().enumerate().map(|(place, (name, kind))| {
            let kind = match kind {
                FactType::Bool => Type::Bool,
                FactType::Number => Type::Number,
                FactType::Day => Type::Day,
                FactType::Text => Type::Text(None),
                FactType::Code(codes) => Type::Text(Some(options(codes))),
            };
            (name, (place, kind))
        });
        Self { facts: typed.collect(), limits, named: RefCell::default() }
    }

    /// Reads a condition and checks every name, type and code in it.
    pub fn rule(&self, text: &str) -> Result<Rule, FaultKind> {
        self.named.borrow_mut().clear();
        let expr = compile(text, self, &Type::Bool)?;
        let mut facts = Vec::new();
        expr.each_var(&mut |var| {
            if let Var::Fact(place) = var
                && !facts.contains(&place)
            {
                facts.push(place);
            }
        });
        let needs = needs(&expr).into_iter().collect();
        Ok(Rule { expr, facts, needs, limits: self.named.take() })
    }
}

impl Names for Vocabulary {
    fn variable(&self, name: &str) -> Option<(Var, Type)> {
        self.facts.get(name).map(|(place, kind)| (Var::Fact(*place), kind.clone()))
    }

    fn parsed(&self, text: &str) -> Result<Rc<IdedExpr>, FaultKind> {
        parse(text).map(Rc::new)
    }

    fn term(&self, _: &str) -> Option<(Expr, Type)> {
        None
    }

    fn property(&self, of: &str, name: &str) -> Option<(Expr, Type)> {
        if of == "limit" {
            let value = self.limits.get(name)?;
            let mut named = self.named.borrow_mut();
            if !named.iter().any(|(known, _)| known == name) {
                named.push((name.to_owned(), *value));
            }
            return Some((Expr::Number(i128::from(value.0) * (ONE / 10_000)), Type::Number));
        }
        let (var, kind) = self.variable(&format!("{of}.{name}"))?;
        Some((Expr::Var(var), kind))
    }

    fn last(&self, _: &str) -> Option<(Var, Type)> {
        None
    }

    fn group(&self, _: &str) -> Option<usize> {
        None
    }

    fn cell(&self, _: usize, _: &str) -> Option<(usize, Type)> {
        None
    }
}

impl<'a> Known<'a> {
    /// The facts by place; `None` = not known.
    pub fn of(facts: impl IntoIterator<Item = Option<&'a Value>>) -> Self {
        Self(facts.into_iter().map(|fact| fact.map_or(Val::Missing, Val::of)).collect())
    }
}

impl Rule {
    /// Whether the condition is met; `None` = a fact that decides it is not known.
    pub fn holds(&self, known: &Known<'_>) -> Option<bool> {
        let env = Env::of_facts(&known.0);
        match self.expr.run(&env) {
            Val::Bool(holds) => Some(holds),
            _ => None,
        }
    }

    /// Places of the facts that it names, in the order of its text.
    pub fn facts(&self) -> &[usize] {
        &self.facts
    }

    /// Places of the facts without which it is never met.
    pub fn needs(&self) -> &[usize] {
        &self.needs
    }

    /// The limits that it names with their values, each once, in the order of its text.
    pub fn limits(&self) -> &[(String, Decimal4)] {
        &self.limits
    }
}

#[cfg(test)]
mod tests;
