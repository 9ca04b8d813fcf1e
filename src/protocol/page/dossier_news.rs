//! What a record says has changed in the customer's dossier, and what of it was taken over.

use std::collections::BTreeMap;

use crate::domain::customer::DossierField;
use crate::protocol::command::Revision;

/// The dossier as a record sees it; personal data are masked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DossierNow {
    /// Revision of the customer.
    pub revision: Revision,
    /// What stands in the fields; nothing = empty.
    pub fields: BTreeMap<DossierField, String>,
    /// What this visit changed there, by item; the latest change of each.
    pub changed: BTreeMap<String, DossierChange>,
}

/// A change of the dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DossierChange {
    /// Which field.
    pub field: DossierField,
    /// What stood there; empty = nothing.
    pub before: String,
    /// What stands there since.
    pub after: String,
    /// Who took it over: name for people.
    pub by: String,
    /// When, in the branch.
    pub at: String,
}
