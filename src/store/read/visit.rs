//! The record of a visit, for writing and reading: its last version.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rusqlite::{OptionalExtension as _, Result, Row, named_params};

use super::Asked;
use crate::domain::answer::{Answer, Evidence, Value};
use crate::domain::duty::{Duty, DutyClass};
use crate::domain::facts::Facts;
use crate::domain::ids::{CustomerId, UserId, VisitId};
use crate::domain::visit::{VisitClass, VisitState};
use crate::protocol::page::{CommentRow, DossierNow, Recorded, ReplyRow, Second, VisitPage};
use crate::store::portfolio::purposes;
use crate::store::project::open_duties;
use crate::store::row::{branch_time, code, count, day, id, maybe_code, shown_to_second, strange};
use crate::store::second::IS_ASKED;

/// Last answers by item, with the day of their visit.
pub(super) type Last = BTreeMap<String, (Answer, NaiveDate)>;

/// What the record pages need beside the visit's page.
pub(super) struct Review {
    pub(super) content_hash: Option<String>,
    pub(super) submitted_by: Option<String>,
    pub(super) submitted_at: Option<String>,
    pub(super) lateness_reason: Option<String>,
    pub(super) amend_reason: Option<String>,
    pub(super) reviewed: Option<(String, String, String)>,
    /// Who was responsible for the customer when the visit was started.
    pub(super) officer: Option<UserId>,
    /// Who is responsible for the customer now.
    pub(super) officer_now: UserId,
}

impl Asked<'_> {
    pub(super) fn visit(&self, visit: &VisitId) -> Result<Option<VisitPage>> {
        Ok(self.visit_and_review(visit)?.map(|(page, _)| page))
    }

    pub(super) fn visit_and_review(&self, visit: &VisitId) -> Result<Option<(VisitPage, Review)>> {
        let Some((mut page, review)) = self.record_row(visit)? else { return Ok(None) };
        page.writable = page.state.is_open()
            && self.actor.may_write(
                page.author.as_str(),
                review.officer.as_ref().map_or("", UserId::as_str),
                review.officer_now.as_str(),
            );
        page.duties = self.duties_to_take_in(&page)?;
        if page.pack != self.packs.library.id() {
            page.pack_text = self.pack_text(&page.pack)?;
        }
        page.answers = self.answers(visit, page.version)?;
        page.seen_answers = self.last_change(visit)?;
        page.last = self.last_answers(&page.customer, visit, page.visited_on)?;
        page.comments = self.comments(visit, page.version)?;
        page.draft = self.draft(visit)?;
        page.return_reason = self.return_reason(visit, page.version)?;
        page.flags = self.flags_of_visit(visit)?;
        page.second = self.second(&page)?;
        page.declared = self.declared(visit, page.version)?;
        page.dossier = self.dossier_now(&page)?;
        page.attachments = self.attachments(visit, page.version)?;
        page.heard = self.heard(visit, page.version)?;
        page.reused = self.reused(visit)?;
        Ok(Some((page, review)))
    }

    fn record_row(&self, visit: &VisitId) -> Result<Option<(VisitPage, Review)>> {
        let sql = format!(
            "SELECT r.version, r.state, r.revision, v.customer_id, c.name, v.visited_on, v.class, \
             coalesce(v.channel, ''), coalesce(v.purposes, ''), r.author, coalesce(a.name, r.author), \
             r.pack, r.sections, r.facts, r.cursor, r.content_hash, r.submitted_by, r.submitted_at, \
             r.lateness_reason, r.amend_reason, coalesce(w.name, r.reviewed_by), r.reviewed_at, \
             r.review_note, v.officer, c.officer \
             FROM records r CROSS JOIN visits v ON v.visit_id = r.visit_id \
             CROSS JOIN customers c ON c.customer_id = v.customer_id \
             LEFT JOIN users a ON a.user = r.author LEFT JOIN users w ON w.user = r.reviewed_by \
             WHERE r.visit_id = :visit AND ({} OR {IS_ASKED}) ORDER BY r.version DESC LIMIT 1",
            self.sight.sieve("c.officer")
        );
        let parameters = named_params! {
            ":visit": visit.as_str(), ":scope": self.sight.value(),
            ":user": self.actor.user.as_str(),
        };
        self.db
            .prepare_cached(&sql)?
            .query_row(parameters, |row| Ok((page_of(row, visit)?, review_of(row)?)))
            .optional()
    }

    /// Open duties whose class this visit can meet.
    fn duties_to_take_in(&self, page: &VisitPage) -> Result<Vec<Duty>> {
        let mut duties = open_duties(self.db, &page.customer)?;
        duties.retain(|duty| {
            duty.opens <= page.visited_on
                && (page.class == VisitClass::Onsite || duty.class == DutyClass::Any)
        });
        Ok(duties)
    }

    pub(super) fn pack_text(&self, pack: &str) -> Result<Option<std::sync::Arc<str>>> {
        let text: Option<String> = self
            .db
            .prepare_cached("SELECT content FROM packs WHERE pack = :pack")?
            .query_row(named_params! {":pack": pack}, |row| row.get(0))
            .optional()?;
        Ok(text.map(Into::into))
    }

    pub(super) fn answers(
        &self,
        visit: &VisitId,
        version: i64,
    ) -> Result<BTreeMap<String, Recorded>> {
        self.db
            .prepare_cached(
                "SELECT item, value, evidence, note, unchanged, revision, answered_by, answered_at \
                 FROM answers WHERE visit_id = :visit AND version = :version",
            )?
            .query_map(named_params! {":visit": visit.as_str(), ":version": version}, |row| {
                let at: String = row.get(7)?;
                let recorded = Recorded {
                    answer: answer(row)?,
                    revision: row.get(5)?,
                    by: id(row, 6)?,
                    at: shown_to_second(&at),
                };
                Ok((row.get(0)?, recorded))
            })?
            .collect()
    }

    /// Number of the last journal row about this visit.
    fn last_change(&self, visit: &VisitId) -> Result<i64> {
        self.db
            .prepare_cached("SELECT coalesce(max(seq), 0) FROM journal WHERE subject = :visit")?
            .query_row(named_params! {":visit": visit.as_str()}, |row| row.get(0))
    }

    /// Answers of the customer's last done record before this visit.
    pub(super) fn last_answers(
        &self,
        customer: &CustomerId,
        visit: &VisitId,
        visited_on: NaiveDate,
    ) -> Result<Last> {
        let found: Option<(String, i64, NaiveDate)> = self
            .db
            .prepare_cached(
                "SELECT r.visit_id, r.version, v.visited_on FROM visits v \
                 CROSS JOIN records r ON r.visit_id = v.visit_id \
                 WHERE v.customer_id = :id AND v.visited_on <= :on AND v.visit_id <> :visit \
                 AND (v.visited_on < :on OR v.visit_id < :visit) \
                 AND r.state IN ('submitted', 'approved') \
                 ORDER BY v.visited_on DESC, v.visit_id DESC, r.state = 'approved' DESC, \
                 r.version DESC LIMIT 1",
            )?
            .query_row(
                named_params! {
                    ":id": customer.as_str(), ":visit": visit.as_str(), ":on": visited_on.to_string(),
                },
                |row| Ok((row.get(0)?, row.get(1)?, day(row, 2)?)),
            )
            .optional()?;
        let Some((last, version, on)) = found else { return Ok(Last::new()) };
        self.db
            .prepare_cached(
                "SELECT item, value, evidence, note, unchanged FROM answers \
                 WHERE visit_id = :visit AND version = :version",
            )?
            .query_map(named_params! {":visit": last, ":version": version}, |row| {
                Ok((row.get(0)?, (answer(row)?, on)))
            })?
            .collect()
    }

    fn comments(&self, visit: &VisitId, version: i64) -> Result<Vec<CommentRow>> {
        self.db
            .prepare_cached(
                "SELECT k.item, k.text, coalesce(u.name, k.author), k.at, k.version, \
                 k.resolved OR k.version < :version AS done, k.comment_id, \
                 k.version = :version AND k.at <= coalesce((SELECT max(b.at) FROM returns b \
                 WHERE b.visit_id = k.visit_id AND b.version = k.version), ''), \
                 a.text, coalesce(w.name, a.author), a.at, a.revision \
                 FROM comments k LEFT JOIN users u ON u.user = k.author \
                 LEFT JOIN comment_replies a ON a.comment_id = k.comment_id \
                 LEFT JOIN users w ON w.user = a.author WHERE k.visit_id = :visit ORDER BY done, k.version DESC, k.at, k.comment_id",
            )?
            .query_map(named_params! {":visit": visit.as_str(), ":version": version}, |row| {
                let at: String = row.get(3)?;
                let reply: Option<String> = row.get(8)?;
                let reply = reply.map(|text| reply_of(row, text)).transpose()?;
                Ok(CommentRow {
                    id: row.get(6)?,
                    returned: row.get(7)?,
                    reply,
                    item: row.get(0)?,
                    text: row.get(1)?,
                    by: row.get(2)?,
                    at: shown_to_second(&at),
                    version: row.get(4)?,
                    resolved: row.get(5)?,
                })
            })?
            .collect()
    }

    /// The actor's own field that was being typed.
    fn draft(&self, visit: &VisitId) -> Result<Option<(String, String, u32)>> {
        self.db
            .prepare_cached(
                "SELECT item, text, caret FROM field_drafts WHERE visit_id = :visit AND user = :user",
            )?
            .query_row(
                named_params! {":visit": visit.as_str(), ":user": self.actor.user.as_str()},
                |row| Ok((row.get(0)?, row.get(1)?, count(row, 2)?)),
            )
            .optional()
    }

    /// Why this version was returned, or the one before it.
    fn return_reason(&self, visit: &VisitId, version: i64) -> Result<Option<String>> {
        self.db
            .prepare_cached(
                "SELECT review_note FROM records WHERE visit_id = :visit \
                 AND version BETWEEN :version - 1 AND :version AND state = 'returned' \
                 ORDER BY version DESC LIMIT 1",
            )?
            .query_row(named_params! {":visit": visit.as_str(), ":version": version}, |row| {
                row.get(0)
            })
            .optional()
            .map(Option::flatten)
    }
}

fn page_of(row: &Row<'_>, visit: &VisitId) -> Result<VisitPage> {
    let (served, sections, facts): (String, String, String) =
        (row.get(8)?, row.get(12)?, row.get(13)?);
    Ok(VisitPage {
        visit: visit.clone(),
        version: row.get(0)?,
        state: code(row, 1, VisitState::from_code)?,
        revision: row.get(2)?,
        customer: id(row, 3)?,
        name: row.get(4)?,
        visited_on: day(row, 5)?,
        class: code(row, 6, VisitClass::from_code)?,
        channel: row.get(7)?,
        purposes: purposes(&served).ok_or_else(|| strange(8))?,
        duties: Vec::new(),
        author: id(row, 9)?,
        author_name: row.get(10)?,
        writable: false,
        pack: row.get(11)?,
        pack_text: None,
        sections: sections.split(';').filter(|s| !s.is_empty()).map(str::to_owned).collect(),
        facts: Facts::decode(&facts),
        answers: BTreeMap::new(),
        seen_answers: 0,
        last: Last::new(),
        comments: Vec::new(),
        draft: None,
        place: row.get(14)?,
        return_reason: None,
        flags: Vec::new(),
        second: Second::default(),
        declared: BTreeMap::new(),
        dossier: DossierNow::default(),
        attachments: Vec::new(),
        heard: Vec::new(),
        reused: Vec::new(),
    })
}

fn review_of(row: &Row<'_>) -> Result<Review> {
    let reviewer: Option<String> = row.get(20)?;
    let (at, note): (Option<String>, Option<String>) = (row.get(21)?, row.get(22)?);
    Ok(Review {
        content_hash: row.get(15)?,
        submitted_by: row.get(16)?,
        submitted_at: row.get(17)?,
        lateness_reason: row.get(18)?,
        amend_reason: row.get(19)?,
        reviewed: reviewer.map(|name| {
            let at = at.as_deref().and_then(branch_time);
            let at = at.map(|at| at.format("%m-%d %H:%M").to_string()).unwrap_or_default();
            (name, at, note.unwrap_or_default())
        }),
        officer: crate::store::row::maybe_id(row, 23)?,
        officer_now: id(row, 24)?,
    })
}

/// Columns 9 to 11: who, when, revision.
fn reply_of(row: &Row<'_>, text: String) -> Result<ReplyRow> {
    let at: String = row.get(10)?;
    Ok(ReplyRow { text, by: row.get(9)?, at: shown_to_second(&at), revision: row.get(11)? })
}

/// Columns 1 to 4: value, evidence, note, unchanged.
pub(super) fn answer(row: &Row<'_>) -> Result<Answer> {
    Ok(Answer {
        value: Value::decode(row.get_ref(1)?.as_str()?).ok_or_else(|| strange(1))?,
        evidence: maybe_code(row, 2, Evidence::from_code)?,
        note: row.get(3)?,
        unchanged: row.get(4)?,
    })
}
