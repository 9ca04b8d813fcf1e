//! Reports: the visit report (贷后检查报告), the preparation sheet, the renewal summary, the
//! due-diligence pack and the printed visit pack. One document model, several writers.
//!
//! Pure: a page in, a [`model::Document`] out, bytes after that. The same page in the same language
//! gives the same bytes. What is not there is printed as missing, with the reason. Laying the file down,
//! and having it journalled first, is the worker's part.

mod brief;
pub mod calendar;
mod diligence;
mod docx;
pub mod figures;
mod judged;
mod markdown;
pub mod model;
mod pack;
mod packet;
mod renewal;
mod show;
mod tables;
mod text;
mod visit;
mod widths;

use crate::i18n::Lang;
use crate::i18n::report as texts;
use crate::protocol::page::{ReportBase, ReportBody, ReportPage};
use crate::protocol::report::{ReportFormat, ReportKind, ReportLang};
use model::{Block, Document, Foot, Said};

/// Why a report came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The checklists under which a record was made can't be read.
    #[error("pack: {0}")]
    Pack(String),
    /// The file could not be put together.
    #[error("file: {0}")]
    File(String),
}

/// Words and content for whoever writes a part of a report.
#[derive(Debug, Clone, Copy)]
struct Desk<'a> {
    lang: Lang,
    t: &'static texts::Report,
    c: &'static texts::Conducted,
    base: &'a ReportBase,
}

/// The language in which a report is written.
pub const fn lang_of(lang: ReportLang) -> Lang {
    match lang {
        ReportLang::Chinese => Lang::Zh,
        ReportLang::English => Lang::En,
    }
}

/// Puts a report together.
pub fn document(page: &ReportPage, lang: Lang) -> Result<Document, Fault> {
    let (t, c) = (texts::Report::of(lang), texts::Conducted::of(lang));
    let desk = Desk { lang, t, c, base: &page.base };
    let (title, mut blocks) = match &page.body {
        ReportBody::Visit(report) => (desk.t.title_visit, visit::blocks(desk, report)?),
        ReportBody::Renewal(visits) => (desk.t.title_renewal, renewal::blocks(desk, visits)?),
        ReportBody::Diligence(report) => (desk.t.title_diligence, diligence::blocks(desk, report)),
        ReportBody::Brief(report) => (desk.t.title_brief, brief::blocks(desk, report)?),
        ReportBody::Pack(report) => (desk.t.title_pack, pack::blocks(desk, report)?),
        ReportBody::Packet(report) => (desk.t.title_handover, packet::blocks(desk, report)),
    };
    blocks.push(desk.end());
    let name = match &page.body {
        ReportBody::Packet(report) => {
            let [giver, receiver, _] = &report.head.partners;
            format!("{} – {}  {}", giver.name, receiver.name, report.head.packet)
        }
        _ => format!("{}  {}", page.base.dossier.name, page.base.dossier.customer),
    };
    let document = Document {
        issuer: page.base.branch.clone(),
        title: title.to_owned(),
        subtitle: desk.subtitle(&name, &page.body),
        running: format!("{title}  {name}"),
        foot: Foot {
            before: desk.t.page_before,
            between: desk.t.page_between,
            after: desk.t.page_after,
        },
        sign: (desk.t.signed, desk.t.dated),
        chinese: lang == Lang::Zh,
        blocks,
    };
    Ok(document.cleaned())
}

/// A report as the bytes of a file.
pub fn render(page: &ReportPage, lang: Lang, format: ReportFormat) -> Result<Vec<u8>, Fault> {
    let document = document(page, lang)?;
    Ok(match format {
        ReportFormat::Docx => docx::write(&document, page.base.as_of)
            .map_err(|fault| Fault::File(fault.to_string()))?,
        ReportFormat::Markdown => markdown::write(&document).into_bytes(),
        ReportFormat::Text => text::write(&document).into_bytes(),
    })
}

impl Desk<'_> {
    /// Lines below the title: about whom, from when, by whom.
    fn subtitle(&self, name: &str, body: &ReportBody) -> Vec<String> {
        let (t, base) = (self.t, self.base);
        let mut lines = vec![name.to_owned()];
        let mut number = format!("{}  {}", self.c.document_no, document_no(base, body));
        if let ReportBody::Visit(report) = body
            && let Some(record) = &report.record
        {
            number.push_str(&t.bracketed(&self.c.version(record.visit.version)));
        }
        lines.push(number);
        let role = crate::i18n::words::role(self.lang, base.role);
        let who = format!("{} {} {role}", t.made_by, base.by);
        lines.push(format!("{} {}    {}", t.made_on, base.as_of, squeezed(&who)));
        if base.demo {
            lines.push(t.demo.to_owned());
        }
        lines
    }

    /// What proves the report, and what it may be used for.
    fn end(&self) -> Block {
        let (seq, hash, algorithm) = &self.base.chain;
        let masked = if self.base.unmasked { self.t.in_clear } else { self.t.masked };
        let chain = self.t.chain(*seq, hash, algorithm);
        Block::Note(format!("{chain}\n{masked}\n{}", self.t.aid_only))
    }

    /// A text, or that and why it is missing.
    fn or_missing(&self, text: Option<&str>) -> Said {
        match text.map(str::trim).filter(|text| !text.is_empty()) {
            Some(text) => Said::from(text),
            None => Said::missing(self.t.not_recorded),
        }
    }
}

/// The number under which a report is filed: that of the visit, or kind, customer and day.
fn document_no(base: &ReportBase, body: &ReportBody) -> String {
    let kind = match body {
        ReportBody::Visit(report) => return report.row.visit.to_string(),
        ReportBody::Renewal(_) => ReportKind::Renewal,
        ReportBody::Diligence(_) => ReportKind::Diligence,
        ReportBody::Brief(_) => ReportKind::Brief,
        ReportBody::Pack(_) => ReportKind::Pack,
        ReportBody::Packet(report) => return report.head.packet.to_string(),
    };
    let kind = kind.as_code().to_uppercase();
    format!("{kind}-{}-{}", base.dossier.customer, base.as_of.format("%Y%m%d"))
}

/// A line without blanks in a row.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
