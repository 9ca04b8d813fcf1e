//! The portfolio in view: rows by tier, industry, district, officer, group or customer.

use chrono::NaiveDate;

use crate::domain::ids::CustomerId;
use crate::domain::loan::Tier;
use crate::domain::money::Fen;
use crate::domain::portfolio_by::PortfolioBy;

/// The portfolio within the actor's scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortfolioPage {
    /// By what.
    pub by: PortfolioBy,
    /// Largest exposure first (tiers: from best to worst); at most two hundred, unless the whole was
    /// asked for.
    pub rows: Vec<PortfolioRow>,
    /// How many there are.
    pub all: u32,
    /// Everything together.
    pub total: PortfolioRow,
    /// The ten largest customers together.
    pub ten: Fen,
    /// The nights that were kept, oldest first: exposure, and the bad part of it.
    pub trend: Vec<(NaiveDate, Fen, Fen)>,
}

/// A part of the portfolio.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PortfolioRow {
    /// What it is looked up by: code, text or id; empty = not known.
    pub key: String,
    /// Name for people where there is another one.
    pub name: String,
    /// Customers with a balance.
    pub customers: u32,
    /// Their exposure; customers whose balance is missing are counted in `unknown`.
    pub exposure: Fen,
    /// Of which special mention.
    pub mention: Fen,
    /// Of which bad.
    pub bad: Fen,
    /// Customers past due.
    pub past_due: u32,
    /// Open red and orange flags.
    pub flags: [u32; 2],
    /// Customers whose balance is missing.
    pub unknown: u32,
    /// Members of a group that are out of sight: in no other figure.
    pub hidden: u32,
}

/// The customers of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortfolioPartPage {
    /// Largest exposure first; at most two hundred, unless the whole was asked for.
    pub rows: Vec<PortfolioCustomer>,
    /// How many there are.
    pub all: u32,
}

/// A customer of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortfolioCustomer {
    /// 客户号
    pub customer: CustomerId,
    /// 客户名称
    pub name: String,
    /// Officer: name for people.
    pub officer_name: String,
    /// Exposure.
    pub exposure: Option<Fen>,
    /// Tier in force.
    pub tier: Tier,
    /// Days past due.
    pub days_past_due: i64,
    /// Open red and orange flags.
    pub flags: [u32; 2],
}
