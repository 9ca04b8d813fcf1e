//! What reviewers have done in the demo beyond approving and returning: opinions, a record that came
//! back mended, calls to customers of the sample. What the store refuses is left out.

use std::sync::Arc;

use chrono::{DateTime, Days, FixedOffset};

use super::Recipe;
use super::staff::actor;
use crate::access::Actor;
use crate::domain::answer::Value;
use crate::domain::ids::{OpId, VisitId};
use crate::domain::review::{CallResult, OpinionLevel, Verdict};
use crate::domain::user::Role;
use crate::domain::visit::VisitState;
use crate::protocol::command::Command;
use crate::protocol::page::{Page, QueueRow, RecordPage};
use crate::protocol::query::Query;
use crate::protocol::reply::{Outcome, Refusal};
use crate::store::Store;

/// Records that have waited longer than this have all their opinions.
const SETTLED_DAYS: u64 = 10;

/// Makes the rounds.
pub(super) fn make(store: &mut Store, recipe: Recipe, now: DateTime<FixedOffset>) {
    let mut desk = Desk {
        store,
        now,
        head: actor("lifang", Role::Supervisor),
        second: actor("hupeng", Role::Supervisor),
        count: 0,
    };
    let rounds = [
        desk.opinions(recipe),
        desk.second_round(),
        desk.calls(recipe),
        desk.heads_read(recipe),
        desk.approvals_read(&actor("zhangwei", Role::Officer)),
        desk.approvals_read(&actor("wangfang", Role::Officer)),
        desk.approvals_read(&actor("chenjing", Role::Officer)),
    ];
    for result in rounds {
        if let Err(why) = result {
            tracing::debug!(?why, "demo round left out");
        }
    }
}

struct Desk<'a> {
    store: &'a mut Store,
    now: DateTime<FixedOffset>,
    head: Actor,
    second: Actor,
    count: u32,
}

impl Desk<'_> {
    fn apply(&mut self, actor: &Actor, command: &Command) -> Result<Outcome, Refusal> {
        self.count += 1;
        let op = OpId(format!("demo-round-{}", self.count));
        self.store.apply(actor, self.now, &op, command)
    }

    /// An officer has read that her records were approved, but for the last of them.
    fn approvals_read(&mut self, officer: &Actor) -> Result<(), Refusal> {
        let Page::Inbox(page) = self.store.query(officer, self.now, &Query::Inbox)? else {
            return Err(Refusal::NotFound);
        };
        for row in page.rows.iter().filter(|row| row.kind == "record_approved").skip(1) {
            self.apply(officer, &Command::Acknowledge { notice: row.id })?;
        }
        Ok(())
    }

    /// The heads have read of the grave flags of more than two days ago.
    fn heads_read(&mut self, recipe: Recipe) -> Result<(), Refusal> {
        let young = recipe.today.checked_sub_days(Days::new(2));
        for head in [self.head.clone(), self.second.clone()] {
            let Page::Inbox(page) = self.store.query(&head, self.now, &Query::Inbox)? else {
                return Err(Refusal::NotFound);
            };
            let old = page.rows.iter().filter(|row| Some(row.date) < young);
            for row in old.filter(|row| row.unread && row.kind.starts_with("flag_")) {
                self.apply(&head, &Command::Acknowledge { notice: row.id })?;
            }
        }
        Ok(())
    }

    fn queue(&self) -> Result<Vec<QueueRow>, Refusal> {
        match self.store.query(&self.head, self.now, &Query::Queue)? {
            Page::Queue(page) => Ok(page.rows.clone()),
            _ => Err(Refusal::NotFound),
        }
    }

    fn record(&self, actor: &Actor, visit: &VisitId) -> Result<Arc<RecordPage>, Refusal> {
        match self.store.query(actor, self.now, &Query::Record { visit: visit.clone() })? {
            Page::Record(page) => Ok(page),
            _ => Err(Refusal::NotFound),
        }
    }

    /// Old approvals have the opinions that they needed; one of the young ones still waits.
    fn opinions(&mut self, recipe: Recipe) -> Result<(), Refusal> {
        let settled = recipe.today.checked_sub_days(Days::new(SETTLED_DAYS));
        let rows = self.queue()?;
        for row in rows.iter().filter(|row| Some(row.visited_on) < settled) {
            for level in &row.waits_for {
                self.opinion(&row.visit, *level, Verdict::Agree, "同意")?;
            }
        }
        let red = |row: &&QueueRow| row.mine && row.flags.last().is_some_and(|red| *red > 0);
        if let Some(row) = rows.iter().find(red) {
            let head = self.head.clone();
            let page = self.record(&head, &row.visit)?;
            let command = Command::Approve {
                visit: row.visit.clone(),
                seen: page.visit.revision,
                content_hash: page.content_hash.clone().unwrap_or_default(),
                note: String::from("已核对流水"),
            };
            self.apply(&head, &command)?;
        }
        Ok(())
    }

    fn opinion(
        &mut self,
        visit: &VisitId,
        level: OpinionLevel,
        verdict: Verdict,
        text: &str,
    ) -> Result<(), Refusal> {
        let who = match level {
            OpinionLevel::Second => self.second.clone(),
            OpinionLevel::Risk => actor("zhouqiang", Role::Risk),
            OpinionLevel::Compliance => actor("wumei", Role::Compliance),
        };
        let page = self.record(&who, visit)?;
        let command = Command::GiveOpinion {
            visit: visit.clone(),
            seen: 0,
            content_hash: page.content_hash.clone().unwrap_or_default(),
            level,
            verdict,
            text: text.to_owned(),
        };
        self.apply(&who, &command)?;
        Ok(())
    }

    /// A record comes back with a comment, is mended, and waits again.
    fn second_round(&mut self) -> Result<(), Refusal> {
        let officer = actor("zhangwei", Role::Officer);
        let rows = self.queue()?;
        let hers = |row: &&QueueRow| row.mine && row.author_name == officer.name;
        let row = rows.iter().rev().find(hers).ok_or(Refusal::NotFound)?;
        let visit = row.visit.clone();
        let head = self.head.clone();
        let page = self.record(&head, &visit)?;
        let mut texts =
            page.visit.answers.iter().filter(|(item, at)| {
                matches!(at.answer.value, Value::Text(_)) && !item.contains('[')
            });
        let (item, given) = texts.next_back().ok_or(Refusal::NotFound)?;
        let (item, seen) = (item.clone(), given.revision);
        let mut answer = given.answer.clone();
        let text = String::from("请写明依据");
        let about = Some(item.clone());
        self.apply(&head, &Command::Comment { visit: visit.clone(), item: about, text })?;
        let seen_record = page.visit.revision;
        let reason = String::from("见批注");
        self.apply(&head, &Command::Return { visit: visit.clone(), seen: seen_record, reason })?;
        answer.value = Value::Text(String::from("现场核对台账与发票，两者相符"));
        let answer = Some(answer);
        self.apply(&officer, &Command::Answer { visit: visit.clone(), item, answer, seen })?;
        let page = self.record(&officer, &visit)?;
        if let Some(comment) = page.visit.comments.iter().find(|comment| comment.reply.is_none()) {
            let text = String::from("已补充");
            let comment = comment.id.clone();
            self.apply(&officer, &Command::ReplyComment { comment, text, seen: 0 })?;
        }
        let page = self.record(&officer, &visit)?;
        let command = Command::Submit {
            visit,
            seen: page.visit.revision,
            seen_answers: page.visit.seen_answers,
            lateness_reason: Some(String::from("客户外出，改约")),
            likeness_reason: Some(String::from("情况与上次相同，沿用原文")),
        };
        self.apply(&officer, &command)?;
        Ok(())
    }

    /// One customer of last month's sample has confirmed, one was not reached.
    fn calls(&mut self, recipe: Recipe) -> Result<(), Refusal> {
        let second = self.second.clone();
        let month = recipe.today.checked_sub_months(chrono::Months::new(1));
        let mut rows = Vec::new();
        for month in [month, Some(recipe.today)].into_iter().flatten() {
            if let Page::Sample(page) =
                self.store.query(&second, self.now, &Query::Sample { month })?
            {
                let open = page.rows.iter().filter(|r| !r.own && r.state == VisitState::Approved);
                rows.extend(open.map(|row| row.visit.clone()));
            }
        }
        let results = [(CallResult::Confirmed, "本人"), (CallResult::NotReached, "")];
        for (visit, (result, contact)) in rows.into_iter().zip(results) {
            let contact = contact.to_owned();
            let text = String::new();
            self.apply(&second, &Command::CallBack { visit, result, contact, text })?;
        }
        Ok(())
    }
}
