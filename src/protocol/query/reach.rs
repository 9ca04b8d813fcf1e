//! Whom an event would concern.

use crate::domain::money::Decimal4;

/// An event as it is being entered: words of lists, as they are typed. What is empty concerns
/// everybody in that respect; where all three are, nobody is meant.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reaching {
    /// Words of industries.
    pub industries: Vec<String>,
    /// Districts by name.
    pub districts: Vec<String>,
    /// Drivers by code or name.
    pub drivers: Vec<String>,
    /// By how many percent their price has changed; `None` = no price, or not said yet: then both
    /// sides of it are meant.
    pub change: Option<Decimal4>,
}

impl Reaching {
    /// Whether nothing narrows it.
    pub fn is_empty(&self) -> bool {
        self.industries.is_empty() && self.districts.is_empty() && self.drivers.is_empty()
    }
}
