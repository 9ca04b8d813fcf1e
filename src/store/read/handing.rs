//! What stands before handing a record in, and what was so when it was.

use chrono::NaiveDate;
use rusqlite::{OptionalExtension as _, Result, named_params};

use super::Asked;
use crate::domain::answer::Value;
use crate::domain::duty::DutyCode;
use crate::domain::flag::FlagState;
use crate::domain::ids::{CustomerId, UserId, VisitId};
use crate::domain::strategy::Strategy;
use crate::domain::visit::VisitState;
use crate::planning;
use crate::protocol::page::{Handing, HandingPage, LikeRow, LikeWhose, VisitPage};
use crate::store::likeness::{self, Found, Search};
use crate::store::portfolio;
use crate::store::project::HORIZON;
use crate::store::row::{day, maybe_day};
use crate::store::strategy;

/// Items in which the officer says when she wants to see the customer next, and why.
const WISH: (&str, &str) = ("next_visit", "next_visit_why");

impl Asked<'_> {
    /// Only for who may hand it in. Once it is handed in nothing stands before it any more.
    pub(super) fn handing(&self, visit: &VisitId) -> Result<Option<HandingPage>> {
        let Some((page, review)) = self.visit_and_review(visit)? else { return Ok(None) };
        let officer = review.officer.as_ref().map_or("", UserId::as_str);
        let (author, officer_now) = (page.author.as_str(), review.officer_now.as_str());
        if !self.actor.may_write(author, officer, officer_now) {
            return Ok(None);
        }
        if !page.writable {
            return Ok(Some(HandingPage {
                deadline: None,
                late: false,
                like: Vec::new(),
                like_limit: self.packs.conduct.likeness.percent,
                said_before: <[String; 2]>::default(),
                mended: None,
                flags: Vec::new(),
                next: None,
                wish: None,
                wish_late: false,
                strategy: None,
                visit: page.visit,
                customer: page.customer,
                name: page.name,
            }));
        }
        let found = Search::new(self.db, self.packs).of(visit, page.version)?;
        let workdays = self.packs.policy.late_submission_workdays;
        let late = |duty: &crate::domain::duty::Duty| {
            let served = page.purposes.iter().any(|p| p.covers(duty.code, &duty.reference));
            served && duty.due < page.visited_on
        };
        let mut flags = page.flags.clone();
        flags.retain(|f| matches!(f.state, FlagState::Proposed | FlagState::Confirmed));
        flags.sort_by_key(|flag| std::cmp::Reverse(flag.level));
        let (next, wish) = (self.next_after(&page)?, wish(&page));
        // An amendment is of a visit after which others came.
        let wish_late = page.version == 1
            && wish.as_ref().zip(next.as_ref()).is_some_and(|((wish, _), (next, _))| wish > next);
        Ok(Some(HandingPage {
            deadline: Some(self.packs.workdays.plus_workdays(page.visited_on, workdays)),
            late: page.version == 1 && page.duties.iter().any(late),
            like: self.like_rows(&found, &page.customer)?,
            like_limit: self.packs.conduct.likeness.percent,
            said_before: self.said_before(&page, review.lateness_reason)?,
            mended: self.mended_since(&page)?,
            flags,
            next,
            wish,
            wish_late,
            strategy: self.strategy_asked(&page)?,
            visit: page.visit,
            customer: page.customer,
            name: page.name,
        }))
    }

    /// Why it was late and why texts are like others, as said when it was handed in before.
    fn said_before(&self, page: &VisitPage, late: Option<String>) -> Result<[String; 2]> {
        const SQL: &str =
            "SELECT likeness_reason FROM handings WHERE visit_id = ?1 AND version = ?2";
        let mut statement = self.db.prepare_cached(SQL)?;
        let of = rusqlite::params![page.visit.as_str(), page.version];
        let like: Option<Option<String>> = statement.query_row(of, |row| row.get(0)).optional()?;
        Ok([late.unwrap_or_default(), like.flatten().unwrap_or_default()])
    }

    /// How many answers were changed since the record was returned.
    fn mended_since(&self, page: &VisitPage) -> Result<Option<usize>> {
        if page.state != VisitState::Returned {
            return Ok(None);
        }
        let returns = self.returns(&page.visit, page.version)?;
        Ok(Some(self.mended(page, &returns)?.len()))
    }

    /// What the record asks for, where it is not what is in force.
    fn strategy_asked(&self, page: &VisitPage) -> Result<Option<(Strategy, Strategy, bool)>> {
        const OTHER: &str = "SELECT 1 FROM strategies WHERE customer_id = ?1 \
            AND state = 'proposed' AND visit_id IS NOT ?2";
        let asked = match page.answers.get("strategy").map(|recorded| &recorded.answer.value) {
            Some(Value::Choice(code)) => Strategy::from_code(code),
            _ => None,
        };
        let now = strategy::in_force(self.db, &page.customer)?;
        let Some(asked) = asked.filter(|asked| *asked != now) else { return Ok(None) };
        let of = [page.customer.as_str(), page.visit.as_str()];
        let other = self.db.prepare_cached(OTHER)?.exists(of)?;
        Ok(Some((now, asked, !other)))
    }

    /// When the plan will ask for the customer, with this visit handed in today.
    fn next_after(&self, page: &VisitPage) -> Result<Option<(NaiveDate, Vec<DutyCode>)>> {
        let Some(mut file) = portfolio::load(self.db, self.packs, &page.customer)? else {
            return Ok(None);
        };
        if let Some(visit) = file.visits.iter_mut().find(|visit| visit.id == page.visit) {
            visit.state = VisitState::Submitted;
            visit.submitted_on.get_or_insert(self.today);
        }
        let (policy, days) = (&self.packs.policy, &self.packs.workdays);
        let to = self.today.checked_add_days(HORIZON).unwrap_or(self.today);
        let plan = planning::plan(&file, policy, days, self.today, to);
        Ok(plan.visits.first().map(|due| {
            let mut codes: Vec<DutyCode> = due.duties.iter().map(|duty| duty.code).collect();
            codes.sort_unstable();
            codes.dedup();
            (due.due, codes)
        }))
    }

    /// Likeness and next visit, as they were when the record was handed in.
    pub(super) fn handing_of(&self, page: &VisitPage) -> Result<Handing> {
        const SQL: &str = "
            SELECT likeness_reason, planned_next, planned_codes, wished_next, wish_reason
            FROM handings WHERE visit_id = :visit AND version = :version";
        if page.state == VisitState::Draft {
            return Ok(Handing::default());
        }
        let parameters = named_params! {":visit": page.visit.as_str(), ":version": page.version};
        let kept = self
            .db
            .prepare_cached(SQL)?
            .query_row(parameters, |row| {
                let codes: String = row.get(2)?;
                let codes = codes.split(';').filter_map(DutyCode::from_code).collect();
                let why: Option<String> = row.get(4)?;
                Ok(Handing {
                    like: Vec::new(),
                    likeness_reason: row.get(0)?,
                    next: maybe_day(row, 1)?.map(|day| (day, codes)),
                    wish: maybe_day(row, 3)?.map(|day| (day, why.unwrap_or_default())),
                })
            })
            .optional()?;
        let found = likeness::kept(self.db, &page.visit, page.version)?;
        let like = self.like_rows(&found, &page.customer)?;
        Ok(Handing { like, ..kept.unwrap_or_default() })
    }

    /// Who is outside the actor's scope has a day and no name.
    fn like_rows(&self, found: &[Found], customer: &CustomerId) -> Result<Vec<LikeRow>> {
        let sql = format!(
            "SELECT v.visited_on, v.customer_id = :own, c.name, {} \
             FROM visits v JOIN customers c USING (customer_id) WHERE v.visit_id = :visit",
            self.sight.sieve("c.officer")
        );
        let mut rows = Vec::new();
        for one in found {
            let parameters = named_params! {
                ":own": customer.as_str(), ":visit": one.other.visit, ":scope": self.sight.value(),
            };
            let row = self
                .db
                .prepare_cached(&sql)?
                .query_row(parameters, |row| {
                    let (same, seen): (bool, bool) = (row.get(1)?, row.get(3)?);
                    let whose = match (same, seen) {
                        (true, _) => LikeWhose::Same,
                        (false, true) => LikeWhose::Other(row.get(2)?),
                        (false, false) => LikeWhose::Outside,
                    };
                    Ok((day(row, 0)?, whose))
                })
                .optional()?;
            if let Some((on, whose)) = row {
                let item = Some(one.item.clone()).filter(|item| !item.is_empty());
                let place =
                    Some(&one.other.item).filter(|item| !item.is_empty() && **item != one.item);
                let place = place.cloned();
                rows.push(LikeRow { item, place, percent: one.percent, on, whose });
            }
        }
        Ok(rows)
    }
}

fn wish(page: &VisitPage) -> Option<(NaiveDate, String)> {
    let value = |item: &str| page.answers.get(item).map(|recorded| &recorded.answer.value);
    let Some(Value::Date(on)) = value(WISH.0) else { return None };
    let why = match value(WISH.1) {
        Some(Value::Text(why)) => why.clone(),
        _ => String::new(),
    };
    Some((*on, why))
}
