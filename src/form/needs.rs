//! Without which facts a condition is never met: who asks many rules of many subjects leaves those
//! out that can't hold.

use std::collections::BTreeSet;

use super::tree::{Expr, Var};

/// How a condition ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Met,
    Unmet,
}

impl End {
    const fn turned(self) -> Self {
        match self {
            Self::Met => Self::Unmet,
            Self::Unmet => Self::Met,
        }
    }
}

/// Places of the facts without which this is never met.
pub(super) fn needs(expr: &Expr) -> BTreeSet<usize> {
    ends(expr, End::Met)
}

/// Facts without which it never ends so.
fn ends(expr: &Expr, end: End) -> BTreeSet<usize> {
    match expr {
        Expr::Not(a) => ends(a, end.turned()),
        // One side alone makes a conjunction false and a disjunction true.
        Expr::And(a, b) if end == End::Met => &ends(a, end) | &ends(b, end),
        Expr::Or(a, b) if end == End::Unmet => &ends(a, end) | &ends(b, end),
        Expr::And(a, b) | Expr::Or(a, b) | Expr::Default(a, b) => &ends(a, end) & &ends(b, end),
        Expr::If(parts) => {
            let [condition, yes, no] = &**parts;
            &decided(condition) | &(&ends(yes, end) & &ends(no, end))
        }
        Expr::Known(a) if end == End::Met => decided(a),
        Expr::Known(_) => BTreeSet::new(),
        value => decided(value),
    }
}

/// Facts without which it has no value.
fn decided(expr: &Expr) -> BTreeSet<usize> {
    match expr {
        Expr::Var(Var::Fact(place)) => BTreeSet::from([*place]),
        Expr::Compare(_, a, b)
        | Expr::In(a, b)
        | Expr::Arith(_, a, b)
        | Expr::Days(a, b)
        | Expr::Years(a, b) => &decided(a) | &decided(b),
        Expr::Contains(a, _) | Expr::Abs(a) | Expr::Minutes(a) | Expr::Size(a) => decided(a),
        Expr::Default(a, b) => &decided(a) & &decided(b),
        Expr::If(parts) => {
            let [condition, yes, no] = &**parts;
            &decided(condition) | &(&decided(yes) & &decided(no))
        }
        Expr::Not(_) | Expr::And(..) | Expr::Or(..) => {
            &ends(expr, End::Met) & &ends(expr, End::Unmet)
        }
        _ => BTreeSet::new(),
    }
}
