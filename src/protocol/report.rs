//! Reports: what may be asked for, in which form. Customer and visit come by id, the file's place
//! never: the worker or the command line names it.

use crate::domain::code::codes;
use crate::domain::ids::{CustomerId, PacketId, VisitId};

codes! {
    /// What a file is written as.
    pub enum ReportFormat {
        /// A4 pages for a word processor.
        Docx = "docx",
        /// Markdown with tables.
        Markdown = "md",
        /// Plain text, 80 columns, for any printer.
        Text = "txt",
    }
}

codes! {
    /// The language in which a report is written, whole.
    pub enum ReportLang {
        /// 简体中文
        Chinese = "zh-CN",
        /// English
        English = "en",
    }
}

codes! {
    /// The kinds of reports.
    pub enum ReportKind {
        /// 贷后检查报告
        Visit = "visit",
        /// 续贷摘要
        Renewal = "renewal",
        /// 尽职免责包
        Diligence = "diligence",
        /// 访前提要
        Brief = "brief",
        /// 现场检查表
        Pack = "pack",
        /// 移交清单
        Handover = "handover",
    }
}

/// About what a report is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReportSubject {
    /// 贷后检查报告 of one visit.
    Visit(VisitId),
    /// 续贷摘要: all visits of a customer on a page or two.
    Renewal(CustomerId),
    /// 尽职免责包: what was owed, made, delayed, warned of, asked for and refused.
    Diligence(CustomerId),
    /// 访前提要: what to know before going there.
    Brief(CustomerId),
    /// 现场检查表 on paper for the next visit of a customer.
    Pack(CustomerId),
    /// 现场检查表 on paper for a visit that was begun.
    PackOf(VisitId),
    /// 移交清单: customers that change hands, with what the receiver must know.
    Packet(PacketId),
}

impl ReportSubject {
    /// Its kind.
    pub const fn kind(&self) -> ReportKind {
        match self {
            Self::Visit(_) => ReportKind::Visit,
            Self::Renewal(_) => ReportKind::Renewal,
            Self::Diligence(_) => ReportKind::Diligence,
            Self::Brief(_) => ReportKind::Brief,
            Self::Pack(_) | Self::PackOf(_) => ReportKind::Pack,
            Self::Packet(_) => ReportKind::Handover,
        }
    }

    /// The id of the visit, the customer or the packet.
    pub fn id(&self) -> &str {
        match self {
            Self::Visit(visit) | Self::PackOf(visit) => visit.as_str(),
            Self::Packet(packet) => packet.as_str(),
            Self::Renewal(customer)
            | Self::Diligence(customer)
            | Self::Brief(customer)
            | Self::Pack(customer) => customer.as_str(),
        }
    }
}

/// An order for one report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportOrder {
    /// About what.
    pub subject: ReportSubject,
    /// As what.
    pub format: ReportFormat,
    /// In which language.
    pub lang: ReportLang,
    /// Personal data in clear; needs a reason, which is journalled.
    pub unmasked: bool,
    /// Why.
    pub reason: String,
}

/// A report that was rendered, as the journal keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportMade {
    /// Name of the file, without its folder.
    pub file: String,
    /// Size in bytes.
    pub bytes: u64,
    /// SHA-256 of the bytes, in hex.
    pub sha256: String,
}
