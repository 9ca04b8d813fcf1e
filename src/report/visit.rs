//! 贷后检查报告: fifteen chapters in the order that the trade expects (`domain.md` 4.6). Each reads
//! its own part of the page; what is missing is printed as missing.

mod annex;
mod basics;
mod chapter;
mod closing;
mod credit;
mod opinions;
mod people;

use std::collections::BTreeMap;

use super::judged::Judged;
use super::model::{Block, Said};
use super::{Desk, Fault};
use crate::form::Row;
use crate::form::definition::Kind;
use crate::protocol::page::VisitReport;
use chapter::{CHAPTERS, Chapter, chapter_of};

/// A visit report being written.
#[derive(Debug, Clone, Copy)]
struct Writing<'a> {
    desk: Desk<'a>,
    report: &'a VisitReport,
    /// The judged record; `None` for an imported visit.
    judged: Option<&'a Judged>,
}

/// The content of a visit report.
pub(super) fn blocks(desk: Desk<'_>, report: &VisitReport) -> Result<Vec<Block>, Fault> {
    let judged = match &report.record {
        None => None,
        Some(record) => {
            let visit = &record.visit;
            let answers: BTreeMap<_, _> =
                visit.answers.iter().map(|(item, at)| (item.clone(), at.answer.clone())).collect();
            let text = visit.pack_text.as_deref();
            let mut judged =
                Judged::new(text, &visit.sections, &visit.facts, &visit.last, answers)?;
            judged.look_at(visit);
            Some(judged)
        }
    };
    let writing = Writing { desk, report, judged: judged.as_ref() };
    let mut blocks = writing.state_remark();
    for (number, chapter) in (1_usize..).zip(CHAPTERS) {
        let title = desk.t.chapter(*chapter as usize);
        blocks.push(Block::Heading(1, desk.t.numbered(number, title)));
        blocks.extend(writing.chapter(*chapter));
    }
    Ok(blocks)
}

impl Writing<'_> {
    /// Whether the record is finished: a draft must not be taken for a report.
    fn state_remark(&self) -> Vec<Block> {
        let t = self.desk.t;
        if self.report.record.is_none() {
            return vec![Block::Note(t.imported_visit.to_owned())];
        }
        match self.report.row.state {
            crate::domain::visit::VisitState::Approved => Vec::new(),
            state => {
                let word = crate::i18n::words::visit_state(self.desk.lang, state);
                vec![Block::Note(t.not_approved(word))]
            }
        }
    }

    fn chapter(&self, chapter: Chapter) -> Vec<Block> {
        match chapter {
            Chapter::Basics => self.basics(),
            Chapter::Borrower => self.borrower(),
            Chapter::Credit => self.credit(),
            Chapter::UseOfFunds => self.use_of_funds(),
            Chapter::Operation => self.answered(chapter),
            Chapter::Finance => self.finance(),
            Chapter::Debts => self.debts(),
            Chapter::Security => self.security(),
            Chapter::FollowUp => self.follow_up(),
            Chapter::Flags => self.flags(),
            Chapter::Repayment => self.repayment(),
            Chapter::Findings => self.findings(),
            Chapter::Strategy => self.strategy(),
            Chapter::Conclusion => self.conclusion(),
            Chapter::Annex => self.annex(),
            // Parts of chapters.
            Chapter::People | Chapter::CustomersOwn | Chapter::Gifts | Chapter::Nowhere => {
                Vec::new()
            }
        }
    }

    /// The answers that belong to a chapter, as tables; or that there are none, and why.
    fn answered(&self, chapter: Chapter) -> Vec<Block> {
        let t = self.desk.t;
        let Some(judged) = self.judged else {
            return vec![Block::Text(Said::missing(t.no_record))];
        };
        let blocks = self.desk.section_rows(judged, &|row| self.belongs(row, chapter));
        if blocks.is_empty() {
            return vec![Block::Text(Said::missing(t.not_part))];
        }
        blocks
    }

    /// The same where a chapter says something besides: nothing, where its checklist asks nothing.
    fn answered_too(&self, chapter: Chapter) -> Vec<Block> {
        let judged = self.judged.into_iter();
        judged.flat_map(|j| self.desk.section_rows(j, &|row| self.belongs(row, chapter))).collect()
    }

    /// The same as labelled sentences.
    fn spoken(&self, chapter: Chapter) -> Block {
        let t = self.desk.t;
        let Some(judged) = self.judged else { return Block::Text(Said::missing(t.no_record)) };
        let block = self.desk.spoken(judged, &|row| self.belongs(row, chapter));
        block.unwrap_or_else(|| Block::Text(Said::missing(t.not_part)))
    }

    fn belongs(&self, row: &Row, chapter: Chapter) -> bool {
        let section = self.judged.map_or("", |judged| judged.section(row));
        // The cells of a group go where the group goes.
        let head = row.path.split('[').next().unwrap_or_default();
        let code = if row.repeat.is_some() { head } else { row.item.code.as_str() };
        !matches!(row.item.kind, Kind::Document) && chapter_of(section, code) == chapter
    }
}
