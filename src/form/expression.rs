//! Expressions of packs: CEL text to a typed tree that cannot fail when it runs.
//!
//! The crate `cel` reads the text; we keep the part of the language that packs need and check every
//! name, type and option when the pack is loaded. Two things differ from CEL's own interpreter, on
//! purpose. Numbers are exact decimals, written `3` or `3.5` alike. And a question that was not
//! answered is *missing*: what is worked out from it is missing too, and a condition that is
//! missing counts as not met, so that neither `x > 3` nor `!(x > 3)` holds before `x` is known.
//! `known(x)` asks whether it is there, `default(x, 0)` puts something in its place.

mod rows;

use std::rc::Rc;
use std::sync::Arc;

use cel::common::ast::{CallExpr, Expr as Cel, IdedExpr, LiteralValue, SelectExpr, operators};
use cel::parser::Parser;

use super::fault::FaultKind;
pub(super) use super::tree::{Arith, Compare, DECIMALS, Expr, ONE, Type, Var};
use crate::domain::money::parse_scaled;

/// What an expression can see.
pub(super) trait Names {
    /// The variable with this name.
    fn variable(&self, name: &str) -> Option<(Var, Type)>;
    /// The syntax of an expression; the same text is parsed once.
    fn parsed(&self, text: &str) -> Result<Rc<IdedExpr>, FaultKind>;
    /// What the pack defines under this name.
    fn term(&self, name: &str) -> Option<(Expr, Type)>;
    /// A property: `entry.amount`, `limit.debt_ratio`, `now.revenue`.
    fn property(&self, of: &str, name: &str) -> Option<(Expr, Type)>;
    /// Last time's answer of this item.
    fn last(&self, name: &str) -> Option<(Var, Type)>;
    /// Slot of a repeat group.
    fn group(&self, name: &str) -> Option<usize>;
    /// A cell of the group in this slot.
    fn cell(&self, group: usize, name: &str) -> Option<(usize, Type)>;
}

/// Reads an expression and checks it; `expected` is the type that the place wants.
pub(super) fn compile(text: &str, names: &dyn Names, expected: &Type) -> Result<Expr, FaultKind> {
    let parsed = names.parsed(text)?;
    let checker = Checker { text, names };
    checker.expect(&parsed, expected)
}

/// Reads an expression of any type that can be written down.
pub(super) fn compile_any(text: &str, names: &dyn Names) -> Result<Expr, FaultKind> {
    let parsed = names.parsed(text)?;
    let checker = Checker { text, names };
    match checker.check(&parsed)? {
        (_, Type::Bool) => checker.wrong("number", &Type::Bool),
        (expr, _) => Ok(expr),
    }
}

/// The syntax of an expression. Parsing takes nearly all the time in which a pack is read.
pub(super) fn parse(text: &str) -> Result<IdedExpr, FaultKind> {
    Parser::new().parse(text).map_err(|errors| {
        let all: Vec<String> = errors.errors.iter().map(|e| e.msg.clone()).collect();
        FaultKind::Syntax(all.join("; "))
    })
}

struct Checker<'a> {
    text: &'a str,
    names: &'a dyn Names,
}

type Typed = (Expr, Type);

impl Checker<'_> {
    fn wrong<T>(&self, expected: &str, found: &Type) -> Result<T, FaultKind> {
        Err(FaultKind::WrongType(
            self.text.to_owned(),
            expected.to_owned(),
            found.name().to_owned(),
        ))
    }

    fn expect(&self, expr: &IdedExpr, expected: &Type) -> Result<Expr, FaultKind> {
        let (expr, found) = self.check(expr)?;
        if found.same(expected) { Ok(expr) } else { self.wrong(expected.name(), &found) }
    }

    fn boxed(&self, expr: &IdedExpr, expected: &Type) -> Result<Box<Expr>, FaultKind> {
        self.expect(expr, expected).map(Box::new)
    }

    fn check(&self, expr: &IdedExpr) -> Result<Typed, FaultKind> {
        match &expr.expr {
            Cel::Literal(literal) => Self::literal(literal),
            Cel::Ident(name) => {
                if let Some(term) = self.names.term(name) {
                    return Ok(term);
                }
                let known = self.names.variable(name);
                let (var, kind) = known.ok_or_else(|| FaultKind::UnknownName(name.clone()))?;
                Ok((Expr::Var(var), kind))
            }
            Cel::Select(select) => self.select(select),
            Cel::List(list) => {
                let texts: Option<Vec<String>> = list.elements.iter().map(literal_text).collect();
                let texts = texts.ok_or_else(|| FaultKind::Unsupported("[…]".to_owned()))?;
                Ok((Expr::Texts(texts), Type::List(None)))
            }
            Cel::Call(call) => self.call(call),
            _ => Err(FaultKind::Unsupported(self.text.to_owned())),
        }
    }

    fn literal(literal: &LiteralValue) -> Result<Typed, FaultKind> {
        let number = |text: String| {
            parse_scaled(&text, DECIMALS)
                .map(|n| (Expr::Number(i128::from(n)), Type::Number))
                .map_err(|_fault| FaultKind::Syntax(text))
        };
        match literal {
            LiteralValue::Boolean(b) => Ok((Expr::Bool(*b.inner()), Type::Bool)),
            LiteralValue::Double(n) => number(format!("{}", n.inner())),
            LiteralValue::Int(n) => number(n.inner().to_string()),
            LiteralValue::String(s) => Ok((Expr::Text(s.inner().to_owned()), Type::Text(None))),
            _ => Err(FaultKind::Unsupported("null, bytes, unsigned".to_owned())),
        }
    }

    /// `last.code`, a property, or the macro `has(last.code)`.
    fn select(&self, select: &SelectExpr) -> Result<Typed, FaultKind> {
        let known = match &select.operand.expr {
            Cel::Ident(name) if name == "last" => {
                self.names.last(&select.field).map(|(var, kind)| (Expr::Var(var), kind))
            }
            Cel::Ident(of) => self.names.property(of, &select.field),
            _ => None,
        };
        let (var, kind) = known.ok_or_else(|| FaultKind::UnknownName(select.field.clone()))?;
        Ok(if select.test { (Expr::Known(Box::new(var)), Type::Bool) } else { (var, kind) })
    }

    fn call(&self, call: &CallExpr) -> Result<Typed, FaultKind> {
        let args: Vec<&IdedExpr> = call.target.as_deref().into_iter().chain(&call.args).collect();
        match (call.func_name.as_str(), args.as_slice()) {
            (operators::LOGICAL_NOT, [a]) => {
                Ok((Expr::Not(self.boxed(a, &Type::Bool)?), Type::Bool))
            }
            (operators::LOGICAL_AND, [first, rest @ ..]) => self.chain(Expr::And, first, rest),
            (operators::LOGICAL_OR, [first, rest @ ..]) => self.chain(Expr::Or, first, rest),
            (operators::CONDITIONAL, [a, b, c]) => {
                let condition = self.expect(a, &Type::Bool)?;
                let (yes, kind) = self.check(b)?;
                let no = self.expect(c, &kind)?;
                Ok((Expr::If(Box::new([condition, yes, no])), kind))
            }
            (operators::IN, [a, b]) => self.is_in(a, b),
            (operators::NEGATE, [a]) => {
                let zero = Box::new(Expr::Number(0));
                let a = self.boxed(a, &Type::Number)?;
                Ok((Expr::Arith(Arith::Subtract, zero, a), Type::Number))
            }
            ("known", [a]) => Ok((Expr::Known(Box::new(self.check(a)?.0)), Type::Bool)),
            ("default", [a, b]) => {
                let (a, kind) = self.check(a)?;
                let b = self.boxed(b, &kind)?;
                Ok((Expr::Default(Box::new(a), b), kind))
            }
            ("abs", [a]) => Ok((Expr::Abs(self.boxed(a, &Type::Number)?), Type::Number)),
            ("size", [a]) => match self.check(a)? {
                (chosen, Type::List(_)) => Ok((Expr::Size(Box::new(chosen)), Type::Number)),
                (_, other) => self.wrong("list", &other),
            },
            ("contains", [a, b]) => self.contains(a, b),
            ("sum" | "largest", [rows, of]) => self.over_rows(&call.func_name, rows, of),
            ("among", [rows, of, list]) => self.among(rows, of, list),
            ("minutes", [a]) => {
                Ok((Expr::Minutes(self.boxed(a, &Type::Text(None))?), Type::Number))
            }
            ("count", [group]) => Ok((Expr::Count(self.group(group)?), Type::Number)),
            ("lost", [group]) => Ok((Expr::Lost(self.group(group)?), Type::Number)),
            ("fresh", [group]) => Ok((Expr::Fresh(self.group(group)?), Type::Number)),
            ("years_after", [day, years]) => {
                let day = self.boxed(day, &Type::Day)?;
                Ok((Expr::Years(day, self.boxed(years, &Type::Number)?), Type::Day))
            }
            (name, [a, b]) => self.two_sided(name, a, b),
            (name, _) => Err(FaultKind::Unsupported(name.to_owned())),
        }
    }

    fn chain(
        &self,
        join: fn(Box<Expr>, Box<Expr>) -> Expr,
        first: &IdedExpr,
        rest: &[&IdedExpr],
    ) -> Result<Typed, FaultKind> {
        let mut all = self.expect(first, &Type::Bool)?;
        for next in rest {
            all = join(Box::new(all), self.boxed(next, &Type::Bool)?);
        }
        Ok((all, Type::Bool))
    }

    fn two_sided(&self, name: &str, a: &IdedExpr, b: &IdedExpr) -> Result<Typed, FaultKind> {
        let arith = match name {
            operators::ADD => Some(Arith::Add),
            operators::SUBSTRACT => Some(Arith::Subtract),
            operators::MULTIPLY => Some(Arith::Multiply),
            operators::DIVIDE => Some(Arith::Divide),
            "min" => Some(Arith::Min),
            "max" => Some(Arith::Max),
            _ => None,
        };
        let (left, kind) = self.check(a)?;
        if let Some(arith) = arith {
            if arith == Arith::Subtract && kind == Type::Day {
                return Ok((Expr::Days(Box::new(left), self.boxed(b, &Type::Day)?), Type::Number));
            }
            if kind != Type::Number {
                return self.wrong("number", &kind);
            }
            let right = self.boxed(b, &Type::Number)?;
            if arith == Arith::Divide && matches!(*right, Expr::Number(0)) {
                return Err(FaultKind::ZeroBelow(self.text.to_owned()));
            }
            return Ok((Expr::Arith(arith, Box::new(left), right), Type::Number));
        }
        let compare = match name {
            operators::EQUALS => Compare::Equal,
            operators::NOT_EQUALS => Compare::Unequal,
            operators::LESS => Compare::Less,
            operators::LESS_EQUALS => Compare::LessOrEqual,
            operators::GREATER => Compare::Greater,
            operators::GREATER_EQUALS => Compare::GreaterOrEqual,
            _ => return Err(FaultKind::Unsupported(name.to_owned())),
        };
        let (right, other) = self.check(b)?;
        let ordered = !matches!(compare, Compare::Equal | Compare::Unequal);
        let fits = match kind {
            Type::List(_) => false,
            Type::Bool | Type::Text(_) => !ordered && kind.same(&other),
            Type::Number | Type::Day => kind.same(&other),
        };
        if !fits {
            return self.wrong(kind.name(), &other);
        }
        if let (Type::Text(Some(options)), Expr::Text(code)) = (&kind, &right) {
            self.one_of(options, code)?;
        }
        Ok((Expr::Compare(compare, Box::new(left), Box::new(right)), Type::Bool))
    }

    /// `code in ['a', 'b']` or `'a' in chosen`.
    fn is_in(&self, a: &IdedExpr, b: &IdedExpr) -> Result<Typed, FaultKind> {
        let (text, kind) = self.check(a)?;
        let Type::Text(of_text) = &kind else { return self.wrong("text", &kind) };
        let (list, kind) = self.check(b)?;
        let Type::List(of_list) = &kind else { return self.wrong("list", &kind) };
        if let (Some(options), Expr::Texts(codes)) = (of_text, &list) {
            codes.iter().try_for_each(|code| self.one_of(options, code))?;
        }
        if let (Some(options), Expr::Text(code)) = (of_list, &text) {
            self.one_of(options, code)?;
        }
        Ok((Expr::In(Box::new(text), Box::new(list)), Type::Bool))
    }

    fn one_of(&self, options: &Arc<[String]>, code: &str) -> Result<(), FaultKind> {
        if options.iter().any(|option| option == code) {
            return Ok(());
        }
        Err(FaultKind::NotAnOption(code.to_owned(), self.text.to_owned()))
    }

    fn contains(&self, a: &IdedExpr, b: &IdedExpr) -> Result<Typed, FaultKind> {
        let (text, kind) = self.check(a)?;
        if !matches!(kind, Type::Text(_) | Type::List(_)) {
            return self.wrong("text", &kind);
        }
        let text = Box::new(text);
        match self.check(b)?.0 {
            Expr::Text(one) => Ok((Expr::Contains(text, vec![one]), Type::Bool)),
            Expr::Texts(many) => Ok((Expr::Contains(text, many), Type::Bool)),
            _ => Err(FaultKind::Unsupported("contains".to_owned())),
        }
    }
}

fn literal_text(expr: &IdedExpr) -> Option<String> {
    match &expr.expr {
        Cel::Literal(LiteralValue::String(text)) => Some(text.inner().to_owned()),
        _ => None,
    }
}
