//! A record as the reviewer sees it.

use std::collections::BTreeMap;
use std::sync::Arc;

use rusqlite::{Result, named_params};

use super::Asked;
use super::person::wrote_in;
use super::visit::Review;
use crate::domain::gap::Gap;
use crate::domain::ids::VisitId;
use crate::domain::visit::VisitState;
use crate::form::Form;
use crate::protocol::page::{RecordPage, VisitPage};
use crate::store::row::{code, shown_to_minute};

impl Asked<'_> {
    pub(super) fn record(&self, visit: &VisitId) -> Result<Option<RecordPage>> {
        let Some((page, review)) = self.visit_and_review(visit)? else { return Ok(None) };
        let versions = self
            .db
            .prepare_cached(
                "SELECT version, state FROM records WHERE visit_id = :visit AND version <> :version \
                 ORDER BY version",
            )?
            .query_map(
                named_params! {":visit": visit.as_str(), ":version": page.version},
                |row| Ok((row.get(0)?, code(row, 1, VisitState::from_code)?)),
            )?
            .collect::<Result<_>>()?;
        let own = self.is_own(&page, &review)?;
        let gaps = self.gaps_of(&page);
        let (_, flags) = self.risk_of(&page)?;
        let handing = self.handing_of(&page)?;
        Ok(Some(RecordPage {
            own,
            content_hash: review.content_hash,
            submitted_at: review.submitted_at.as_deref().map(shown_to_minute),
            lateness_reason: review.lateness_reason,
            amend_reason: review.amend_reason,
            gaps,
            flags,
            review: review.reviewed,
            versions,
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

    /// What the record lacks, judged by the pack in force now; a record under another pack is
    /// judged by nobody but the screen, which gets that pack's text.
    pub(super) fn gaps_of(&self, page: &VisitPage) -> Vec<Gap> {
        if page.pack != self.packs.library.id() {
            return Vec::new();
        }
        let form = Form::new(
            Arc::clone(&self.packs.library),
            &page.sections,
            page.facts.clone(),
            page.last.clone(),
        );
        let answers: BTreeMap<_, _> =
            page.answers.iter().map(|(item, at)| (item.clone(), at.answer.clone())).collect();
        let mut state = form.evaluate(&answers);
        state.look_at_files(&answers, &page.filed());
        state.gaps
    }
}
