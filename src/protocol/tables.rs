//! The tables that go in and out as files (`exchange.md` section 1.4): names, columns, types, codes.
//!
//! One list serves the template, the import, the export and the generic writes of the store, so
//! that a column can't exist in one of them only. Database tables carry the same names.

mod codes;
mod columns;
mod score;

use columns::{
    ACCOUNT_FLOWS, COLLATERAL, CONDITIONS, CONTACTS, COVENANT_LOANS, COVENANTS, CUSTOMERS,
    DEADLINE_MARKS, DRAWDOWNS, FLAGS, GUARANTORS, HANDOVERS, LOANS, RELATIONS, REPAYMENTS,
    REQUESTS, STATEMENT_DETAILS, STATEMENTS, TASKS, USERS, UTILITIES, VISITS,
};

use crate::domain::money::{Decimal4, Fen};
pub use score::SCORE_INPUTS;

/// What a cell holds and how it is written (`exchange.md` section 1.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One line, or more where the column is free text. Stored as text.
    Text,
    /// A day. Stored as `YYYY-MM-DD`.
    Date,
    /// A month. Stored as `YYYY-MM`.
    Month,
    /// Yuan in files, fen in the database.
    Amount,
    /// Percent a year; ten-thousandths of a percent in the database.
    Rate,
    /// A whole number.
    Integer,
    /// At most four decimals; ten-thousandths in the database.
    Quantity,
    /// Yes or no; 1 or 0 in the database, empty = no.
    YesNo,
    /// One of the codes.
    Code(&'static [CodeName]),
    /// Several codes, separated by `;`. `visits.purposes` may name one duty as `code:ref`.
    CodeList(&'static [CodeName]),
}

/// A code and the Chinese names under which it is read; the first is the one for templates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodeName {
    /// As stored and exported.
    pub code: &'static str,
    /// As read besides the code.
    pub zh: &'static [&'static str],
}

/// Whether a column must be there (`exchange.md` section 1.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Part of the key; never empty (but a `visit_id` is derived).
    Key,
    /// Required in a new row and never an empty cell.
    Required,
    /// May be empty or absent.
    Optional,
}

/// A column of an exchange table.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one independent property of the column in exchange.md"
)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Name in files and in the database.
    pub name: &'static str,
    /// Chinese header.
    pub zh: &'static str,
    /// Type.
    pub kind: Kind,
    /// Whether it must be there.
    pub need: Need,
    /// Holds a `users.user`.
    pub user: bool,
    /// Masked in exports unless the role may see it.
    pub personal: bool,
    /// Line feeds are allowed; at most 32,000 characters instead of 500.
    pub free_text: bool,
    /// Amounts may be negative.
    pub signed: bool,
    /// The table whose key this column names.
    pub refers: Option<&'static str>,
}

impl Column {
    const fn new(name: &'static str, zh: &'static str, kind: Kind, need: Need) -> Self {
        Self {
            name,
            zh,
            kind,
            need,
            user: false,
            personal: false,
            free_text: false,
            signed: false,
            refers: None,
        }
    }
    const fn user(mut self) -> Self {
        self.user = true;
        self
    }
    const fn personal(mut self) -> Self {
        self.personal = true;
        self
    }
    const fn free_text(mut self) -> Self {
        self.free_text = true;
        self
    }
    const fn signed(mut self) -> Self {
        self.signed = true;
        self
    }
    const fn refers(mut self, table: &'static str) -> Self {
        self.refers = Some(table);
        self
    }
}

/// A table of the exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Table {
    /// Name of the sheet, the file and the database table.
    pub name: &'static str,
    /// Chinese name.
    pub zh: &'static str,
    /// Columns in the order of export.
    pub columns: &'static [Column],
}

impl Table {
    /// The table with this name in either language.
    pub fn named(name: &str) -> Option<&'static Self> {
        TABLES.iter().find(|t| t.name == name || t.zh == name)
    }

    /// The columns of the key, in order.
    pub fn key(&self) -> impl Iterator<Item = &'static Column> {
        self.columns.iter().filter(|c| c.need == Need::Key)
    }

    /// The column with this name in either language.
    pub fn column(&self, name: &str) -> Option<&'static Column> {
        self.columns.iter().find(|c| c.name == name || c.zh == name)
    }
}

/// A cell as the database holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// No value.
    Empty,
    /// Text, date, month, code or code list.
    Text(String),
    /// Amount in fen, rate or quantity in ten-thousandths, integer, yes/no.
    Int(i64),
}

impl Cell {
    /// The value as it is exported (`exchange.md` section 1.1), without a guard against formulas.
    pub fn to_text(&self, kind: Kind) -> String {
        match (self, kind) {
            (Self::Empty, _) | (Self::Int(0), Kind::YesNo) => String::new(),
            (Self::Text(text), _) => text.clone(),
            (Self::Int(n), Kind::Amount) => Fen(*n).to_string(),
            (Self::Int(n), Kind::Rate) => Decimal4(*n).to_fixed(),
            (Self::Int(n), Kind::Quantity) => Decimal4(*n).to_string(),
            (Self::Int(n), _) => n.to_string(),
        }
    }
}

/// All tables, those that others refer to first: the order in which rows are written. Visits come
/// after flags, tasks and handovers, because their purposes may name one of these.
pub const TABLES: &[Table] = &[
    Table { name: "users", zh: "用户", columns: USERS },
    Table { name: "customers", zh: "客户", columns: CUSTOMERS },
    Table { name: "loans", zh: "借据", columns: LOANS },
    Table { name: "drawdowns", zh: "提款", columns: DRAWDOWNS },
    Table { name: "repayments", zh: "还款计划", columns: REPAYMENTS },
    Table { name: "contacts", zh: "联系人", columns: CONTACTS },
    Table { name: "guarantors", zh: "保证人", columns: GUARANTORS },
    Table { name: "collateral", zh: "抵质押物", columns: COLLATERAL },
    Table { name: "statements", zh: "财务报表", columns: STATEMENTS },
    Table { name: "statement_details", zh: "报表附项", columns: STATEMENT_DETAILS },
    Table { name: "account_flows", zh: "账户流水(月)", columns: ACCOUNT_FLOWS },
    Table { name: "utilities", zh: "水电气(月)", columns: UTILITIES },
    Table { name: "relations", zh: "关联关系", columns: RELATIONS },
    Table { name: "conditions", zh: "批复条件", columns: CONDITIONS },
    Table { name: "covenants", zh: "约束条款", columns: COVENANTS },
    Table { name: "covenant_loans", zh: "条款借据", columns: COVENANT_LOANS },
    Table { name: "flags", zh: "风险信号", columns: FLAGS },
    Table { name: "tasks", zh: "专项检查", columns: TASKS },
    Table { name: "handovers", zh: "交接", columns: HANDOVERS },
    Table { name: "visits", zh: "历史回访", columns: VISITS },
    Table { name: "requests", zh: "延期与终止", columns: REQUESTS },
    Table { name: "deadline_marks", zh: "期限办理", columns: DEADLINE_MARKS },
];
