//! Functions over the rows of a repeat group.

use cel::common::ast::IdedExpr;

use super::{Checker, Expr, Type, Typed, literal_text};
use crate::form::fault::FaultKind;

impl Checker<'_> {
    pub(super) fn group(&self, expr: &IdedExpr) -> Result<usize, FaultKind> {
        let name = literal_text(expr).unwrap_or_default();
        self.names.group(&name).ok_or(FaultKind::UnknownName(name))
    }

    pub(super) fn over_rows(
        &self,
        name: &str,
        a: &IdedExpr,
        b: &IdedExpr,
    ) -> Result<Typed, FaultKind> {
        let group = self.group(a)?;
        let cell = literal_text(b).unwrap_or_default();
        let found = self.names.cell(group, &cell);
        let (cell, kind) = found.ok_or(FaultKind::UnknownName(cell))?;
        if kind != Type::Number {
            return self.wrong("number", &kind);
        }
        let make = if name == "sum" { Expr::Sum } else { Expr::Largest };
        Ok((make(group, cell), Type::Number))
    }

    /// `among('people', 'role', ['owner'])`.
    pub(super) fn among(
        &self,
        a: &IdedExpr,
        b: &IdedExpr,
        list: &IdedExpr,
    ) -> Result<Typed, FaultKind> {
        let group = self.group(a)?;
        let cell = literal_text(b).unwrap_or_default();
        let found = self.names.cell(group, &cell);
        let (cell, kind) = found.ok_or(FaultKind::UnknownName(cell))?;
        let Type::Text(options) = &kind else { return self.wrong("text", &kind) };
        let list = self.expect(list, &Type::List(None))?;
        if let (Some(options), Expr::Texts(codes)) = (options, &list) {
            codes.iter().try_for_each(|code| self.one_of(options, code))?;
        }
        Ok((Expr::Among(group, cell, Box::new(list)), Type::Number))
    }
}
