//! Which files and pictures are looked at.

use crate::domain::ids::{CustomerId, VisitId};

/// Whose files are listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GalleryOf {
    /// Those of one visit.
    Visit(VisitId),
    /// Those of all visits of a customer.
    Customer(CustomerId),
}

/// Which picture is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PictureOf {
    /// A registered one, by the hash of its content.
    Stored(String),
    /// One in the actor's drop folder, by its name.
    Dropped(String),
}
