//! Which files and pictures are looked at.

use crate::domain::ids::{CustomerId, FlagId, VisitId};

/// Whose files are listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GalleryOf {
    /// Those of one visit.
    Visit(VisitId),
    /// Those of all visits and flags of a customer.
    Customer(CustomerId),
    /// Those that prove what became of a flag.
    Flag(FlagId),
}

/// For what the files of the drop folder are listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DropsFor {
    /// For an item of an open record.
    Item {
        /// Which record.
        visit: VisitId,
        /// Which item.
        item: String,
    },
    /// For a live flag, as its proof.
    Flag(FlagId),
}

/// Which picture is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PictureOf {
    /// A registered one, by the hash of its content.
    Stored(String),
    /// One in the actor's drop folder, by its name.
    Dropped(String),
}
