//! Files of visits and flags: registered ones, those that wait in the drop folder, and their pictures.

use chrono::NaiveDate;

use crate::domain::attachment::{FileFault, FileWarning, Looks, PhotoCategory};
use crate::domain::ids::{CustomerId, FlagId, VisitId};
use crate::domain::picture::{Picture, PictureFault, View};
use crate::domain::visit::VisitState;
use crate::protocol::query::DropsFor;

/// A registered file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachmentRow {
    /// Hash of its content: its id.
    pub sha256: String,
    /// Of which visit.
    pub visit: VisitId,
    /// Day of that visit.
    pub visited_on: NaiveDate,
    /// Version of the record in which it was registered.
    pub version: i64,
    /// At which item.
    pub item: String,
    /// What a photo proves.
    pub category: Option<PhotoCategory>,
    /// What it was called.
    pub name: String,
    /// Size in bytes.
    pub size: u64,
    /// What it says of itself.
    pub looks: Looks,
    /// Who registered it: name for people.
    pub by: String,
    /// When, in the branch: `11-23 09:12:31`.
    pub at: String,
    /// What a reviewer should look at.
    pub warnings: Vec<FileWarning>,
    /// The file is not in its place any more.
    pub missing: bool,
}

/// A file that proves what became of a flag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProofRow {
    /// Hash of its content: its id.
    pub sha256: String,
    /// Of which flag.
    pub flag: FlagId,
    /// Signal of that flag.
    pub signal: String,
    /// Day on which that flag was raised.
    pub raised_on: NaiveDate,
    /// What it was called.
    pub name: String,
    /// Size in bytes.
    pub size: u64,
    /// What it says of itself.
    pub looks: Looks,
    /// Who registered it: name for people.
    pub by: String,
    /// When, in the branch: `11-23 09:12:31`.
    pub at: String,
    /// What whoever ends the flag should look at.
    pub warnings: Vec<FileWarning>,
    /// The file is not in its place any more.
    pub missing: bool,
}

/// An attempt to use a file of another visit or flag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReuseRow {
    /// At which item.
    pub item: String,
    /// What the file was called.
    pub name: String,
    /// Hash of its content.
    pub sha256: String,
    /// Who tried: name for people.
    pub by: String,
    /// When, in the branch.
    pub at: String,
    /// Where it was used first; `None` = in a record out of the actor's scope.
    pub first: Option<FirstUse>,
}

/// Where a file was used first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstUse {
    /// Of which customer.
    pub customer: CustomerId,
    /// Name of the customer.
    pub name: String,
    /// At what.
    pub place: FirstPlace,
}

/// At what a file was used first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FirstPlace {
    /// In a visit.
    Visit {
        /// Which.
        visit: VisitId,
        /// Its day.
        on: NaiveDate,
        /// Its state.
        state: VisitState,
    },
    /// At a flag.
    Flag {
        /// Which.
        flag: FlagId,
        /// The day on which it was raised.
        on: NaiveDate,
    },
}

/// Files in the drop folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DropsPage {
    /// For what.
    pub place: DropsFor,
    /// Where the officer puts files.
    pub folder: String,
    /// By name; at most two hundred.
    pub rows: Vec<DropRow>,
    /// How many more there are.
    pub more: u32,
}

/// A file in the drop folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DropRow {
    /// Its name.
    pub name: String,
    /// Size in bytes.
    pub size: u64,
    /// What it says of itself, or why it is not taken.
    pub looks: Result<Looks, FileFault>,
    /// What is odd about it for this visit or flag.
    pub warnings: Vec<FileWarning>,
    /// A file of this name and size is registered with this visit or flag already.
    pub registered: bool,
}

/// Files of a visit, a customer or a flag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GalleryPage {
    /// Name of the customer.
    pub name: String,
    /// Latest visit first, then in the order in which they were registered; behind them those of
    /// flags. At most two hundred of each.
    pub rows: Vec<GalleryRow>,
}

/// A file in the viewer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GalleryRow {
    /// Of a visit.
    Visit(AttachmentRow),
    /// Of a flag.
    Flag(ProofRow),
}

impl GalleryRow {
    /// Hash of its content.
    pub fn sha256(&self) -> &str {
        match self {
            Self::Visit(row) => &row.sha256,
            Self::Flag(row) => &row.sha256,
        }
    }

    /// What it says of itself.
    pub const fn looks(&self) -> &Looks {
        match self {
            Self::Visit(row) => &row.looks,
            Self::Flag(row) => &row.looks,
        }
    }

    /// Whether the file is not in its place any more.
    pub const fn missing(&self) -> bool {
        match self {
            Self::Visit(row) => row.missing,
            Self::Flag(row) => row.missing,
        }
    }
}

/// A part of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PicturePage {
    /// Which picture.
    pub what: crate::protocol::query::PictureOf,
    /// Which part of it, and how finely.
    pub view: View,
    /// The pixels, or why there are none.
    pub picture: Result<Picture, PictureFault>,
}
