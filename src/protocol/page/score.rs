//! What the early-warning score of a customer is made of.

use chrono::NaiveDate;

use crate::domain::ids::CustomerId;
use crate::domain::money::Decimal4;
use crate::domain::statement::Statement;

/// Figures of a customer; who reads it adds them up by the card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScorePage {
    /// Whose.
    pub customer: CustomerId,
    /// Name.
    pub name: String,
    /// As-of day.
    pub as_of: NaiveDate,
    /// Statements of two years, latest first.
    pub statements: Vec<Statement>,
    /// Figures of conduct that are known, by their code in a file of ratios.
    pub conduct: Vec<(&'static str, Decimal4)>,
    /// The text of the bank's own card, if one is in force; without one the built-in card scores.
    pub card: Option<String>,
    /// Earlier scores as they were stored, latest first.
    pub history: Vec<StoredScore>,
}

/// A score as the night has stored it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredScore {
    /// When it came about.
    pub on: NaiveDate,
    /// The card.
    pub card: String,
    /// The sum.
    pub score: i32,
    /// Grade.
    pub grade: String,
}
