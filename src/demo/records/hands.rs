//! What other hands do with a record: the co-inspector signs, the supervisor decides.

use chrono::{DateTime, FixedOffset};

use super::{End, Scribe};
use crate::demo::staff::{self, actor};
use crate::domain::conduct::Stand;
use crate::domain::ids::VisitId;
use crate::domain::user::Role;
use crate::form::definition::Kind;
use crate::protocol::command::{Command, Conduct};
use crate::protocol::page::Page;
use crate::protocol::query::Query;
use crate::protocol::reply::Refusal;

impl Scribe<'_> {
    /// Where two persons are needed a colleague is asked; whether she has signed already.
    pub(super) fn countersign(
        &mut self,
        visit: &VisitId,
        at: DateTime<FixedOffset>,
        signs: bool,
    ) -> Result<(), Refusal> {
        let second = self.page(visit, at)?.second.clone();
        if second.reason.is_none() && signs {
            return Ok(());
        }
        let Some((user, _)) = second.colleagues.first() else { return Ok(()) };
        let ask = Command::Conduct(Conduct::AskSecond {
            visit: visit.clone(),
            user: Some(user.clone()),
            seen: 0,
        });
        self.as_officer(at, &ask)?;
        if !signs {
            return Ok(());
        }
        let Some(asked) = self.page(visit, at)?.second.asked.clone() else { return Ok(()) };
        let colleague = actor(user.as_str(), Role::Officer);
        let sign = Command::Conduct(Conduct::SignSecond {
            visit: visit.clone(),
            stand: Stand::Agree,
            opinion: String::from("到场核对，情况与记录一致。"),
            content_hash: asked.content_hash,
            seen: asked.revision,
        });
        self.apply(&colleague, at, &sign).map(|_| ())
    }

    pub(super) fn review(
        &mut self,
        visit: &VisitId,
        end: End,
        at: DateTime<FixedOffset>,
    ) -> Result<(), Refusal> {
        if end == End::Submitted {
            return Ok(());
        }
        let head = actor(staff::login(Role::Supervisor), Role::Supervisor);
        let query = Query::Record { visit: visit.clone() };
        let Page::Record(record) = self.store.query(&head, at, &query)? else {
            return Err(Refusal::NotFound);
        };
        let seen = record.visit.revision;
        if end == End::Approved {
            let content_hash = record.content_hash.clone().unwrap_or_default();
            let note = String::from("同意");
            self.apply(
                &head,
                at,
                &Command::Approve { visit: visit.clone(), seen, content_hash, note },
            )?;
            return Ok(());
        }
        // A remark about words, so that the answer to it is words as well.
        let library = &self.store.packs().library;
        let in_words = |path: &&String| library.item(path).is_some_and(|i| i.kind == Kind::Text);
        let item = record.visit.answers.keys().find(in_words).cloned();
        let text = String::from("请补充依据");
        self.apply(&head, at, &Command::Comment { visit: visit.clone(), item, text })?;
        let seen = match self.store.query(&head, at, &Query::Record { visit: visit.clone() })? {
            Page::Record(page) => page.visit.revision,
            _ => seen,
        };
        let reason = String::from("依据不足，见批注");
        self.apply(&head, at, &Command::Return { visit: visit.clone(), seen, reason })?;
        Ok(())
    }
}
