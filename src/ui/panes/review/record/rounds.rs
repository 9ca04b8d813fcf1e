//! The rounds that a record has gone through, as entries of its list: returns and what was mended,
//! opinions, calls, versions.

use super::sheet::{Entry, Part, Sheet};
use crate::domain::review::OpinionLevel;
use crate::domain::visit::VisitState;
use crate::protocol::command::Revision;
use crate::protocol::page::{Mended, ReviewPart};

impl Sheet {
    pub(super) fn is_submitted(&self) -> bool {
        self.page.visit.state == VisitState::Submitted
    }

    /// As whom the actor gives an opinion, and the revision of the one that is there.
    pub(super) fn opinion_asked(&self) -> Option<(OpinionLevel, Revision)> {
        let (ReviewPart::Opinion(level) | ReviewPart::Spoken(level)) = self.page.part else {
            return None;
        };
        let said = self.page.opinions.iter().find(|o| o.current && o.level == Some(level));
        Some((level, said.map_or(0, |said| said.revision)))
    }

    pub(super) fn row_of(&self, path: &str) -> Option<usize> {
        self.state.rows.iter().position(|row| &*row.path == path)
    }

    /// What was mended at an item since the last return.
    pub(super) fn mended_at(&self, item: &str) -> Option<&Mended> {
        self.page.mended.iter().find(|mended| mended.item == item)
    }

    /// Returns, what was mended since the last, what became of the comments, and the opinions.
    pub(super) fn round_entries(&self, list: &mut Vec<Entry>) {
        let page = &self.page;
        if !page.returns.is_empty() && page.visit.state != VisitState::Returned {
            list.push(Entry::Title(Part::Mended, page.mended.len()));
            list.extend((0..page.returns.len()).map(Entry::Return));
            let mut mended: Vec<_> = page.mended.iter().enumerate().collect();
            // In the order of the form; what the form does not ask any more stands last.
            mended.sort_by_key(|(_, m)| self.row_of(&m.item).unwrap_or(usize::MAX));
            list.extend(mended.iter().map(|(at, m)| Entry::Mended(*at, self.row_of(&m.item))));
            if mended.is_empty() {
                list.push(Entry::NothingMended);
            }
            let comments = page.visit.comments.iter().enumerate();
            let then: Vec<_> = comments.filter(|(_, comment)| comment.returned).collect();
            if !then.is_empty() {
                list.push(Entry::Title(Part::Returned, then.len()));
                list.extend(then.into_iter().map(|(at, comment)| {
                    let item = comment.item.as_deref();
                    Entry::Answered(at, item.and_then(|item| self.row_of(item)))
                }));
            }
        }
        if !page.needed.is_empty() || !page.opinions.is_empty() {
            list.push(Entry::Title(Part::Opinions, page.opinions.len()));
            list.extend((0..page.opinions.len()).map(Entry::Opinion));
            if page.visit.state == VisitState::Submitted {
                let there = |level: OpinionLevel| {
                    page.opinions.iter().any(|o| o.current && o.level == Some(level))
                };
                let awaited = page.needed.iter().filter(|level| !there(**level));
                list.extend(awaited.map(|level| Entry::Awaited(*level)));
            }
        }
    }

    /// Photos and documents of which something is odd, and attempts to use those of other visits.
    pub(super) fn file_entries(&self, list: &mut Vec<Entry>) {
        let files = self.page.visit.attachments.iter().enumerate();
        let odd = files.filter(|(_, file)| file.missing || !file.warnings.is_empty());
        let odd: Vec<_> = odd.map(|(at, _)| Entry::File(at)).collect();
        if !odd.is_empty() {
            list.push(Entry::Title(Part::Files, odd.len()));
            list.extend(odd);
        }
        let reused = self.page.visit.reused.len();
        if reused > 0 {
            list.push(Entry::Title(Part::Reused, reused));
            list.extend((0..reused).map(Entry::Reuse));
        }
    }

    /// Calls to the customer, and that one is wanted.
    pub(super) fn call_entries(&self, list: &mut Vec<Entry>) {
        let calls = self.page.calls.len();
        let wanted = self.page.sampled && calls == 0;
        if calls > 0 || wanted {
            list.push(Entry::Title(Part::Calls, calls));
            list.extend((0..calls).map(Entry::Call));
        }
        if wanted {
            list.push(Entry::Sampled);
        }
    }

    /// The versions, where there is more than one.
    pub(super) fn version_entries(&self, list: &mut Vec<Entry>) {
        let versions = self.page.versions.len();
        if versions > 1 {
            list.push(Entry::Title(Part::Versions, versions));
            list.extend((0..versions).map(Entry::Version));
        }
    }
}
