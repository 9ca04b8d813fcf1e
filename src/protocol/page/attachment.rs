//! Files of visits: registered ones, those that wait in the drop folder, and their pictures.

use chrono::NaiveDate;

use crate::domain::attachment::{FileFault, FileWarning, Looks, PhotoCategory};
use crate::domain::ids::{CustomerId, VisitId};
use crate::domain::picture::{Picture, PictureFault, View};
use crate::domain::visit::VisitState;

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

/// An attempt to use a file of another visit.
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
    /// In which visit.
    pub visit: VisitId,
    /// Of which customer.
    pub customer: CustomerId,
    /// Name of the customer.
    pub name: String,
    /// Day of that visit.
    pub visited_on: NaiveDate,
    /// State of that visit.
    pub state: VisitState,
}

/// Files in the drop folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DropsPage {
    /// For which record.
    pub visit: VisitId,
    /// For which item.
    pub item: String,
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
    /// What is odd about it for this visit.
    pub warnings: Vec<FileWarning>,
    /// A file of this name and size is registered with this visit already.
    pub registered: bool,
}

/// Files of a visit or a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GalleryPage {
    /// Name of the customer.
    pub name: String,
    /// Latest visit first, then in the order in which they were registered; at most two hundred.
    pub rows: Vec<AttachmentRow>,
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
