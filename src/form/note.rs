//! Notes of flag rules: words with values in them.

use super::definition::Words;
use super::entry::{format_money, format_tenths};
use super::eval::{Env, Val, to_decimal, to_fen};
use super::expression::{Expr, Names, Type, compile, compile_any};
use super::fault::FaultKind;

/// A note in both languages. `{expression}` stands for a value: a number to one decimal, `{yuan: …}`
/// as an amount.
#[derive(Debug)]
pub(super) struct Note {
    zh: Vec<Part>,
    en: Vec<Part>,
}

#[derive(Debug)]
enum Part {
    Plain(String),
    Value(Expr),
    Money(Expr),
}

impl Note {
    /// Reads a note; its expressions are checked like any other.
    pub(super) fn compile(words: &Words, names: &dyn Names) -> Result<Self, FaultKind> {
        Ok(Self { zh: parts(&words.zh, names)?, en: parts(&words.en, names)? })
    }

    /// The note with the values filled in; a missing value reads `?`.
    pub(super) fn fill(&self, env: &Env<'_, '_>) -> Words {
        let fill = |parts: &[Part]| parts.iter().map(|part| part.fill(env)).collect();
        Words { zh: fill(&self.zh), en: fill(&self.en) }
    }
}

impl Part {
    fn fill(&self, env: &Env<'_, '_>) -> String {
        match self {
            Self::Plain(text) => text.clone(),
            Self::Value(expr) => match expr.run(env) {
                Val::Number(n) => to_decimal(n).map(format_tenths),
                Val::Day(day) => Some(day.to_string()),
                Val::Text(text) => Some(text.to_owned()),
                Val::List(codes) => Some(codes.join(", ")),
                Val::Bool(_) | Val::Missing => None,
            }
            .unwrap_or_else(|| "?".to_owned()),
            Self::Money(expr) => {
                let fen = expr.run(env).number().and_then(to_fen);
                fen.map_or_else(|| "?".to_owned(), format_money)
            }
        }
    }
}

fn parts(text: &str, names: &dyn Names) -> Result<Vec<Part>, FaultKind> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((plain, tail)) = rest.split_once('{') {
        let (inner, tail) =
            tail.split_once('}').ok_or_else(|| FaultKind::Syntax(text.to_owned()))?;
        parts.push(Part::Plain(plain.to_owned()));
        parts.push(match inner.strip_prefix("yuan:") {
            Some(amount) => Part::Money(compile(amount, names, &Type::Number)?),
            None => Part::Value(compile_any(inner, names)?),
        });
        rest = tail;
    }
    parts.push(Part::Plain(rest.to_owned()));
    Ok(parts)
}
