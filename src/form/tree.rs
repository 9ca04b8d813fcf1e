//! Expressions as checked trees: what they are made of and which variables they name.

use std::sync::Arc;

/// Decimals of a number inside expressions.
pub(super) const DECIMALS: usize = 6;
/// One, as numbers are kept inside expressions.
pub(super) const ONE: i128 = 1_000_000;

/// Type of an expression. Texts and lists may be limited to the options of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Type {
    Bool,
    Number,
    Day,
    Text(Option<Arc<[String]>>),
    List(Option<Arc<[String]>>),
}

impl Type {
    pub(super) const fn name(&self) -> &'static str {
        match self {
            Self::Bool => "bool",
            Self::Number => "number",
            Self::Day => "date",
            Self::Text(_) => "text",
            Self::List(_) => "list",
        }
    }

    pub(super) const fn same(&self, other: &Self) -> bool {
        matches!(
            (self, other),
            (Self::Bool, Self::Bool)
                | (Self::Number, Self::Number)
                | (Self::Day, Self::Day)
                | (Self::Text(_), Self::Text(_))
                | (Self::List(_), Self::List(_))
        )
    }
}

/// Where a variable's value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Var {
    /// A fact, by its place in the table of facts.
    Fact(usize),
    /// An item, by its slot.
    Item(usize),
    /// Last time's answer of an item.
    Last(usize),
    /// A cell of the repeat group's row that is being judged.
    Cell(usize),
    /// The answer that is being judged, where it has no slot.
    Own,
    /// A property of the entry for which the item is asked, by its place.
    Entry(usize),
    /// How that entry reads.
    Subject,
}

/// Two-sided operations on numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Arith {
    Add,
    Subtract,
    Multiply,
    Divide,
    Min,
    Max,
}

/// Comparisons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Compare {
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// A checked expression.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Expr {
    Bool(bool),
    Number(i128),
    Text(String),
    Texts(Vec<String>),
    Var(Var),
    Not(Box<Self>),
    And(Box<Self>, Box<Self>),
    Or(Box<Self>, Box<Self>),
    If(Box<[Self; 3]>),
    Compare(Compare, Box<Self>, Box<Self>),
    /// The text is one of the list.
    In(Box<Self>, Box<Self>),
    /// The text, or one text of the list, has one of these in it.
    Contains(Box<Self>, Vec<String>),
    Arith(Arith, Box<Self>, Box<Self>),
    Abs(Box<Self>),
    /// Days from the second to the first.
    Days(Box<Self>, Box<Self>),
    Known(Box<Self>),
    Default(Box<Self>, Box<Self>),
    /// Sum of a cell over the rows of a group; rows without it are left out.
    Sum(usize, usize),
    /// Greatest of a cell over the rows.
    Largest(usize, usize),
    /// How many rows a group has.
    Count(usize),
    /// How many entries of the list some row of a group has in a cell.
    Among(usize, usize, Box<Self>),
    /// A time of day such as `14:30`, in minutes.
    Minutes(Box<Self>),
    /// How many of last time's rows are gone.
    Lost(usize),
    /// How many rows were not there last time.
    Fresh(usize),
    /// The day so many years later.
    Years(Box<Self>, Box<Self>),
    /// How many options were chosen.
    Size(Box<Self>),
}

impl Expr {
    /// Calls `see` with each variable, groups of sums among them as [`Var::Item`].
    pub(super) fn each_var(&self, see: &mut impl FnMut(Var)) {
        match self {
            Self::Bool(_) | Self::Number(_) | Self::Text(_) | Self::Texts(_) => {}
            Self::Var(var) => see(*var),
            Self::Sum(group, _)
            | Self::Largest(group, _)
            | Self::Count(group)
            | Self::Lost(group)
            | Self::Fresh(group) => see(Var::Item(*group)),
            Self::Among(group, _, list) => {
                see(Var::Item(*group));
                list.each_var(see);
            }
            Self::Not(a)
            | Self::Contains(a, _)
            | Self::Abs(a)
            | Self::Known(a)
            | Self::Size(a)
            | Self::Minutes(a) => a.each_var(see),
            Self::And(a, b)
            | Self::Or(a, b)
            | Self::Compare(_, a, b)
            | Self::In(a, b)
            | Self::Arith(_, a, b)
            | Self::Days(a, b)
            | Self::Years(a, b)
            | Self::Default(a, b) => {
                a.each_var(see);
                b.each_var(see);
            }
            Self::If(parts) => parts.iter().for_each(|part| part.each_var(see)),
        }
    }

    /// Calls `see` with each variable without which there is no value: not those of a `default`.
    pub(super) fn each_need(&self, see: &mut impl FnMut(Var)) {
        match self {
            Self::Default(..) | Self::Known(_) => {}
            Self::Arith(_, a, b) => {
                a.each_need(see);
                b.each_need(see);
            }
            other => other.each_var(see),
        }
    }
}
