//! A record as the reviewer sees it.

use std::collections::BTreeMap;
use std::sync::Arc;

use rusqlite::Result;

use super::person::wrote_in;
use super::visit::Review;
use super::{Asked, opinion};
use crate::assets::checklists;
use crate::domain::ids::VisitId;
use crate::form::{Form, Library, Short};
use crate::protocol::page::{RecordPage, VisitPage};
use crate::store::row::shown_to_minute;

impl Asked<'_> {
    pub(super) fn record(&self, visit: &VisitId) -> Result<Option<RecordPage>> {
        let Some((page, review)) = self.visit_and_review(visit)? else { return Ok(None) };
        let own = self.is_own(&page, &review)?;
        let (_, flags) = self.risk_of(&page)?;
        let handing = self.handing_of(&page)?;
        let hash = review.content_hash.as_deref();
        let me = self.actor.user.as_str();
        let opinions = opinion::opinions(self.db, visit, page.version, hash, me)?;
        let needed = self.needed_now(&page)?;
        let part = self.part(&page, own, &needed, &opinions);
        let returns = self.returns(visit, page.version)?;
        let mended = self.mended(&page, &returns)?;
        Ok(Some(RecordPage {
            own,
            versions: self.record_versions(visit)?,
            returns,
            mended,
            needed,
            opinions,
            part,
            calls: self.calls(visit)?,
            sampled: self.is_sampled(visit)?,
            content_hash: review.content_hash,
            submitted_at: review.submitted_at.as_deref().map(shown_to_minute),
            lateness_reason: review.lateness_reason,
            amend_reason: review.amend_reason,
            flags,
            review: review.reviewed,
            handing,
            visit: page,
        }))
    }

    /// The actor wrote in it, handed it in, is or was responsible: somebody else must review it.
    pub(super) fn is_own(&self, page: &VisitPage, review: &Review) -> Result<bool> {
        let me = &self.actor.user;
        Ok(review.officer.as_ref() == Some(me)
            || review.officer_now == *me
            || wrote_in(self.db, me, &page.visit, page.version)?)
    }

    /// What the record falls short of and how much differs from last time, judged by the pack
    /// under which it was made. A kept pack that can't be read any more says nothing; the screen
    /// tells its fault.
    pub(super) fn short_of(&self, page: &VisitPage) -> (Short, usize) {
        let own: &Arc<Library> = &self.packs.library;
        let library = match page.pack_text.as_deref() {
            None => Ok(Arc::clone(own)),
            kept => checklists::for_record(kept),
        };
        let Ok(library) = library else { return (Short::default(), 0) };
        let form = Form::new(library, &page.sections, page.facts.clone(), page.last.clone());
        let answers: BTreeMap<_, _> =
            page.answers.iter().map(|(item, at)| (item.clone(), at.answer.clone())).collect();
        let mut state = form.evaluate(&answers);
        state.look_at_files(&answers, &page.filed());
        (state.short(), state.changes(&answers).len())
    }
}
