//! Files that belong to a visit or prove a flag: documents and photos, what they are and what is odd about them.

use chrono::{Datelike, Months, NaiveDate, NaiveDateTime};

use super::code::codes;
use super::heard::TalkFault;

codes! {
    /// What a file is, by its content; its name proves nothing.
    pub enum Media {
        /// A photo as cameras write it.
        Jpeg = "jpeg",
        /// A picture without loss: screen shots, scans.
        Png = "png",
        /// A picture as web pages have it.
        Webp = "webp",
        /// A photo as some phones write it.
        Heic = "heic",
        /// A picture as scanners write it.
        Tiff = "tiff",
        /// A document.
        Pdf = "pdf",
        /// A document or workbook (docx, xlsx, or another archive).
        Office = "office",
        /// A document or workbook of the old kind (doc, xls).
        OldOffice = "old_office",
        /// Text: a list from a bank's site, say.
        Plain = "text",
    }
}

impl Media {
    /// Whether it is a picture.
    pub const fn is_picture(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png | Self::Webp | Self::Heic | Self::Tiff)
    }

    /// Whether a terminal can be shown it.
    pub const fn is_shown(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png)
    }
}

codes! {
    /// 照片类别: what a photo proves.
    pub enum PhotoCategory {
        /// 门头及地址
        Signboard = "signboard",
        /// 经营场所
        Premises = "premises",
        /// 人员在场
        Staff = "staff",
        /// 生产线或施工现场
        Production = "production",
        /// 存货
        Stock = "stock",
        /// 抵质押物
        Collateral = "collateral",
        /// 与借款人合影
        Meeting = "meeting",
        /// 资料翻拍
        Paper = "paper",
        /// 其他
        Other = "other",
    }
}

codes! {
    /// Why a file is not taken in.
    pub enum FileFault {
        /// No such file in the drop folder.
        NotThere = "file_not_there",
        /// No plain file of this folder: a link, a device, a pipe, a folder, or a path that leads out.
        NotPlain = "file_not_plain",
        /// Nothing in it.
        Empty = "file_empty",
        /// Larger than the policy allows.
        TooLarge = "file_too_large",
        /// None of the known kinds.
        UnknownKind = "file_unknown_kind",
        /// A photo is wanted, and this is none.
        NoPhoto = "file_no_photo",
        /// The system refuses to read it.
        Unreadable = "file_unreadable",
    }
}

/// A place on the globe in millionths of a degree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// North is positive.
    pub latitude: i32,
    /// East is positive.
    pub longitude: i32,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let degrees = |millionths: i32| f64::from(millionths) / 1_000_000.0;
        write!(f, "{:.5}, {:.5}", degrees(self.latitude), degrees(self.longitude))
    }
}

/// What a file says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looks {
    /// What it is.
    pub media: Media,
    /// Width and height of a picture in pixels.
    pub pixels: Option<(u32, u32)>,
    /// When a photo was taken, in the time of the branch, as the camera says.
    pub taken_at: Option<NaiveDateTime>,
    /// Where it was taken, as the camera says.
    pub place: Option<Place>,
}

/// Sizes and days from the pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRules {
    /// The largest photo in bytes.
    pub photo_bytes: u64,
    /// The largest document in bytes.
    pub document_bytes: u64,
    /// By more days than this a photo may not differ from the day of the visit unnoticed.
    pub days_apart: i64,
    /// Where the numbers come from.
    pub source: String,
    /// Whether the bank has confirmed them.
    pub verified: bool,
}

/// What a reviewer should look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileWarning {
    /// Taken so many days before the visit.
    TakenBefore(i64),
    /// Taken so many days after the visit.
    TakenAfter(i64),
    /// A photo that does not say when it was taken.
    NoTime,
    /// A transcript that can't be read: line and why.
    Unread(u32, TalkFault),
}

impl FileWarning {
    /// Whether the photo can't be of this visit.
    pub const fn is_stale(self) -> bool {
        matches!(self, Self::TakenBefore(_) | Self::TakenAfter(_))
    }
}

impl FileRules {
    /// What is odd about a file of a visit on this day.
    pub fn warnings(&self, looks: &Looks, visited_on: NaiveDate) -> Vec<FileWarning> {
        let days = match days_before(looks, visited_on) {
            Ok(days) => days,
            Err(odd) => return odd,
        };
        if days > self.days_apart {
            vec![FileWarning::TakenBefore(days)]
        } else if -days > self.days_apart {
            vec![FileWarning::TakenAfter(-days)]
        } else {
            Vec::new()
        }
    }

    /// What is odd about a file that proves what became of a flag raised on this day: a photo of
    /// before shows what was wrong, not what was done about it.
    pub fn proof_warnings(looks: &Looks, raised_on: NaiveDate) -> Vec<FileWarning> {
        match days_before(looks, raised_on) {
            Ok(days) if days > 0 => vec![FileWarning::TakenBefore(days)],
            Ok(_) => Vec::new(),
            Err(odd) => odd,
        }
    }
}

/// How many days before a day a photo was taken; otherwise what is odd about the file as it is.
fn days_before(looks: &Looks, day: NaiveDate) -> Result<i64, Vec<FileWarning>> {
    if !looks.media.is_picture() {
        return Err(Vec::new());
    }
    let taken = looks.taken_at.ok_or_else(|| vec![FileWarning::NoTime])?;
    Ok((day - taken.date()).num_days())
}

/// The last `months` full months before a day: for November and three, August to October.
pub fn window(months: u8, day: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    let first = day.with_day(1)?;
    Some((first.checked_sub_months(Months::new(u32::from(months)))?, first.pred_opt()?))
}

#[cfg(test)]
mod tests;
