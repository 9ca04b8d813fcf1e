//! Whom an event would have looked at, before it is entered.

use crate::domain::ids::{CustomerId, UserId};
use crate::domain::money::Fen;
use crate::protocol::query::Reaching;

/// The customers that an event would concern.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ForeseenPage {
    /// What was asked.
    pub of: Reaching,
    /// How many customers.
    pub customers: u32,
    /// Sum of their exposures, as far as these are known.
    pub exposure: Fen,
    /// How many have an exposure that is not known.
    pub unknown_exposure: u32,
    /// Whose they are, most customers first.
    pub officers: Vec<ForeseenOfficer>,
    /// Largest exposure first; not more than some.
    pub first: Vec<ForeseenCustomer>,
    /// Drivers that nobody knows, as they were typed.
    pub unknown_drivers: Vec<String>,
    /// Words of industries of which no customer in sight is, as they were typed.
    pub unknown_industries: Vec<String>,
    /// Districts in which no customer in sight is, as they were typed.
    pub unknown_districts: Vec<String>,
}

/// An officer who would get to-dos.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeseenOfficer {
    /// Who.
    pub officer: UserId,
    /// Her name for people.
    pub name: String,
    /// How many.
    pub customers: u32,
}

/// A customer who would be looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeseenCustomer {
    /// 客户号
    pub customer: CustomerId,
    /// Name.
    pub name: String,
    /// Exposure; `None` = not known.
    pub exposure: Option<Fen>,
}
