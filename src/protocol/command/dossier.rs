//! Taking over into the dossier what a visit found changed.

use super::Revision;
use crate::domain::customer::DossierField;
use crate::domain::ids::VisitId;

/// An answer that is news for the customer's dossier, as it is to stand there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DossierNews {
    /// Of which record.
    pub visit: VisitId,
    /// Which answer said so.
    pub item: String,
    /// Which field.
    pub field: DossierField,
    /// What is to stand there: the answer, or what of it belongs there.
    pub value: String,
    /// Revision of the customer that the writer saw.
    pub seen: Revision,
}
