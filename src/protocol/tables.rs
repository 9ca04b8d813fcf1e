//! The tables that go in and out as files (`exchange.md` section 1.4): names, columns, types, codes.
//!
//! One list serves the template, the import, the export and the generic writes of the store, so
//! that a column can't exist in one of them only. Database tables carry the same names.

mod codes;
mod columns;
mod score;

use columns::{
    ACCOUNT_FLOWS, COLLATERAL, CONDITIONS, CONTACTS, COVENANT_LOANS, COVENANTS, CUSTOMERS,
    DEADLINE_MARKS, DRAWDOWNS, FLAGS, GUARANTORS, HANDOVERS, KEPT_DUTIES, LOANS, RELATIONS,
    REPAYMENTS, REQUESTS, STATEMENT_DETAILS, STATEMENTS, TASKS, USERS, UTILITIES, VISITS,
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
    /// Whether people fill it in; else only the system does: it goes out and comes in again so that
    /// a book stays the same, and no template offers it.
    pub filled_in: bool,
}

impl Table {
    const fn new(name: &'static str, zh: &'static str, columns: &'static [Column]) -> Self {
        Self { name, zh, columns, filled_in: true }
    }

    const fn kept_by_the_system(self) -> Self {
        Self { filled_in: false, ..self }
    }

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
    Table::new("users", "用户", USERS),
    Table::new("customers", "客户", CUSTOMERS),
    Table::new("loans", "借据", LOANS),
    Table::new("drawdowns", "提款", DRAWDOWNS),
    Table::new("repayments", "还款计划", REPAYMENTS),
    Table::new("contacts", "联系人", CONTACTS),
    Table::new("guarantors", "保证人", GUARANTORS),
    Table::new("collateral", "抵质押物", COLLATERAL),
    Table::new("statements", "财务报表", STATEMENTS),
    Table::new("statement_details", "报表附项", STATEMENT_DETAILS),
    Table::new("account_flows", "账户流水(月)", ACCOUNT_FLOWS),
    Table::new("utilities", "水电气(月)", UTILITIES),
    Table::new("relations", "关联关系", RELATIONS),
    Table::new("conditions", "批复条件", CONDITIONS),
    Table::new("covenants", "约束条款", COVENANTS),
    Table::new("covenant_loans", "条款借据", COVENANT_LOANS),
    Table::new("flags", "风险信号", FLAGS),
    Table::new("tasks", "专项检查", TASKS),
    Table::new("handovers", "交接", HANDOVERS),
    Table::new("visits", "历史回访", VISITS),
    Table::new("requests", "延期与终止", REQUESTS),
    Table::new("deadline_marks", "期限办理", DEADLINE_MARKS),
    Table::new("kept_duties", "原制度义务", KEPT_DUTIES).kept_by_the_system(),
];
