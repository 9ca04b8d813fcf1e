//! The statements of a customer, with what the bank knows beside them.

use chrono::NaiveDate;

use crate::domain::ids::CustomerId;
use crate::domain::money::Fen;
use crate::domain::statement::Statement;
use crate::protocol::command::Revision;

/// The statements of a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementsPage {
    /// 客户号
    pub customer: CustomerId,
    /// 客户名称
    pub name: String,
    /// 行业
    pub industry: Option<String>,
    /// A project that is still being built: the limits of the ratios do not apply.
    pub unfinished: bool,
    /// Latest first, at most forty.
    pub statements: Vec<Statement>,
    /// The revision of each.
    pub revisions: Vec<Revision>,
    /// Day on which the first running loan was paid out.
    pub disbursed_on: Option<NaiveDate>,
    /// Exposure; `None` if a balance is missing.
    pub exposure: Option<Fen>,
    /// What of it is secured by collateral; `None` if nothing is, or such a balance is missing.
    pub secured: Option<Fen>,
    /// Appraised value of each collateral.
    pub collateral: Vec<Fen>,
    /// Account inflow by month, latest last, at most twenty-four.
    pub inflows: Vec<(String, Option<Fen>)>,
}
