//! The record of a visit as writes see it: its latest version, together with the visit.

use rusqlite::{OptionalExtension, named_params};

use super::canon::Object;
use super::{Ctx, conflict};
use crate::domain::answer::Value;
use crate::domain::facts::Facts;
use crate::domain::ids::{CustomerId, VisitId};
use crate::domain::visit::{Purpose, VisitClass, VisitState};
use crate::protocol::command::Revision;
use crate::protocol::reply::Refusal;
use crate::store::read::person::wrote_in;
use crate::store::row::{code, day, id};
use crate::store::{content, instant, portfolio, row};

/// The latest version of a record.
#[derive(Debug)]
pub(super) struct Record {
    pub(super) visit: VisitId,
    pub(super) version: i64,
    pub(super) state: VisitState,
    pub(super) revision: Revision,
    pub(super) pack: String,
    pub(super) sections: Vec<String>,
    pub(super) facts: Facts,
    pub(super) author: String,
    pub(super) submitted_by: Option<String>,
    pub(super) content_hash: Option<String>,
    pub(super) reviewed_by: Option<String>,
    pub(super) customer: CustomerId,
    pub(super) visited_on: chrono::NaiveDate,
    pub(super) class: VisitClass,
    pub(super) purposes: Vec<Purpose>,
    /// Who was responsible for the customer when the visit was started.
    pub(super) officer: String,
    /// Who is responsible for the customer now.
    pub(super) officer_now: String,
}

/// Ids of sections as the column keeps them.
pub(super) fn sections_text(sections: &[String]) -> String {
    sections.join(";")
}

fn sections_of(text: &str) -> Vec<String> {
    text.split(';').filter(|id| !id.is_empty()).map(str::to_owned).collect()
}

/// Purposes as the column keeps them; none = null.
pub(super) fn purposes_text(purposes: &[Purpose]) -> Option<String> {
    Some(content::purposes_text(purposes)).filter(|text| !text.is_empty())
}

/// The latest version of a visit's record, if the customer is in scope.
pub(super) fn load(ctx: &Ctx<'_>, visit: &VisitId) -> Result<Record, Refusal> {
    let record = load_any(ctx, visit)?;
    ctx.require_scope(&record.customer)?;
    Ok(record)
}

/// The latest version of a visit's record, whoever asks: the caller checks why she may.
pub(super) fn load_any(ctx: &Ctx<'_>, visit: &VisitId) -> Result<Record, Refusal> {
    const SQL: &str = "
        SELECT r.version, r.state, r.revision, r.pack, r.sections, r.facts, r.author,
            r.submitted_by, r.content_hash, r.reviewed_by,
            v.customer_id, v.visited_on, v.class, coalesce(v.purposes, ''),
            coalesce(v.officer, ''), c.officer
        FROM records r JOIN visits v USING (visit_id) JOIN customers c USING (customer_id)
        WHERE r.visit_id = ?1 ORDER BY r.version DESC LIMIT 1";
    let found = ctx
        .tx
        .prepare_cached(SQL)?
        .query_row([visit.as_str()], |line| {
            let purposes: String = line.get(13)?;
            Ok(Record {
                visit: visit.clone(),
                version: line.get(0)?,
                state: code(line, 1, VisitState::from_code)?,
                revision: line.get(2)?,
                pack: line.get(3)?,
                sections: sections_of(&line.get::<_, String>(4)?),
                facts: Facts::decode(&line.get::<_, String>(5)?),
                author: line.get(6)?,
                submitted_by: line.get(7)?,
                content_hash: line.get(8)?,
                reviewed_by: line.get(9)?,
                customer: id(line, 10)?,
                visited_on: day(line, 11)?,
                class: code(line, 12, VisitClass::from_code)?,
                purposes: portfolio::purposes(&purposes).ok_or_else(|| row::strange(13))?,
                officer: line.get(14)?,
                officer_now: line.get(15)?,
            })
        })
        .optional()?;
    found.ok_or(Refusal::NotFound)
}

/// The latest version of a visit's record, if it is being written and the actor may write in it.
pub(super) fn load_open(ctx: &Ctx<'_>, visit: &VisitId) -> Result<Record, Refusal> {
    let record = load(ctx, visit)?;
    record.require_writer(ctx)?;
    record.require_state(VisitState::is_open)?;
    Ok(record)
}

/// Refuses somebody who neither began a record nor is or was responsible for its customer: the
/// one rule for everything that writes in a record, as the pages show it.
pub(super) fn require_writer(
    ctx: &Ctx<'_>,
    author: &str,
    officer_then: &str,
    officer_now: &str,
) -> Result<(), Refusal> {
    if ctx.actor.may_write(author, officer_then, officer_now) {
        Ok(())
    } else {
        Err(Refusal::NotAllowed)
    }
}

/// Notes for ever that the actor wrote in this version, whatever becomes of what she wrote.
pub(super) fn note_writer(ctx: &Ctx<'_>, visit: &str, version: i64) -> Result<(), Refusal> {
    const SQL: &str = "
        INSERT INTO record_writers (visit_id, version, user) VALUES (?1, ?2, ?3)
        ON CONFLICT DO NOTHING";
    let me = ctx.actor.user.as_str();
    ctx.tx.prepare_cached(SQL)?.execute(rusqlite::params![visit, version, me])?;
    Ok(())
}

impl Record {
    /// Refuses a record that is not in the state that the command is for.
    pub(super) fn require_state(&self, wanted: fn(VisitState) -> bool) -> Result<(), Refusal> {
        if wanted(self.state) {
            return Ok(());
        }
        Err(Refusal::WrongState { state: self.state.as_code().to_owned() })
    }

    /// Refuses a writer who looked at an older revision.
    pub(super) fn require_revision(&self, seen: Revision, mine: &str) -> Result<(), Refusal> {
        if seen == self.revision {
            return Ok(());
        }
        let by = self.reviewed_by.as_ref().or(self.submitted_by.as_ref()).unwrap_or(&self.author);
        Err(conflict(self.revision, "state", mine, self.state.as_code(), by))
    }

    /// Refuses somebody whose record this is not.
    pub(super) fn require_writer(&self, ctx: &Ctx<'_>) -> Result<(), Refusal> {
        require_writer(ctx, &self.author, &self.officer, &self.officer_now)
    }

    /// What the journal keeps of a change of state.
    pub(super) fn journal(&self, state: VisitState) -> Object {
        Object::new().int("version", self.version).text("state", state.as_code())
    }

    /// Whether the actor ever wrote in this version, handed it in, or is or was responsible: then
    /// somebody else must review it.
    pub(super) fn is_own(&self, ctx: &Ctx<'_>) -> Result<bool, Refusal> {
        let me = &ctx.actor.user;
        if self.officer == me.as_str() || self.officer_now == me.as_str() {
            return Ok(true);
        }
        Ok(wrote_in(ctx.tx, me, &self.visit, self.version)?)
    }

    /// Hash of everything that the reviewer approves, as it is now.
    pub(super) fn hash(&self, ctx: &Ctx<'_>) -> Result<String, Refusal> {
        Ok(content::hash(ctx.tx, &self.visit, self.version)?)
    }

    /// Refuses a content that is not the one that was handed in, or not the one that was read.
    pub(super) fn require_content(&self, ctx: &Ctx<'_>, content_hash: &str) -> Result<(), Refusal> {
        let kept = self.content_hash.as_deref().unwrap_or_default();
        let by = self.submitted_by.as_deref().unwrap_or_default();
        // What is there now, not only what was noted when it was handed in.
        let found = self.hash(ctx)?;
        for there in [kept, found.as_str()] {
            if there != content_hash {
                return Err(conflict(self.revision, "content_hash", content_hash, there, by));
            }
        }
        Ok(())
    }

    /// Writes a decision of this reviewer and plans the customer anew.
    pub(super) fn decide(
        &self,
        ctx: &Ctx<'_>,
        state: VisitState,
        reviewer: &str,
        note: &str,
    ) -> Result<(), Refusal> {
        const SQL: &str = "
            UPDATE records SET state = :state, reviewed_by = :reviewer, reviewed_at = :at,
                review_note = :note, revision = revision + 1
            WHERE visit_id = :visit AND version = :version";
        ctx.tx.prepare_cached(SQL)?.execute(named_params! {
            ":state": state.as_code(), ":reviewer": reviewer, ":at": ctx.at(),
            ":note": note, ":visit": self.visit.as_str(), ":version": self.version,
        })?;
        self.put_in_force(ctx)?;
        ctx.replan(&self.customer)
    }

    /// Sets the visit to what the version in force says: the latest one approved, otherwise the
    /// latest handed in, otherwise the latest. So an approved record stays in force until its
    /// amendment is approved as well.
    /// The day of submission is that of the first version in force: an amendment does not make a
    /// visit late that was in time.
    pub(super) fn put_in_force(&self, ctx: &Ctx<'_>) -> Result<(), Refusal> {
        const IN_FORCE: &str = "
            SELECT r.state, min(f.submitted_at), a.value
            FROM records r
            LEFT JOIN records f ON f.visit_id = r.visit_id AND f.state IN ('submitted', 'approved')
            LEFT JOIN answers a ON a.visit_id = r.visit_id AND a.version = r.version AND a.item = 'conclusion'
            WHERE r.visit_id = ?1
            GROUP BY r.version
            ORDER BY r.state = 'approved' DESC, r.state = 'submitted' DESC, r.version DESC LIMIT 1";
        const SQL: &str = "
            UPDATE visits SET revision = revision + 1, state = :state, submitted_on = :day,
                conclusion = :conclusion
            WHERE visit_id = :visit";
        let mut statement = ctx.tx.prepare_cached(IN_FORCE)?;
        let (state, first, conclusion): (String, Option<String>, Option<String>) = statement
            .query_row([self.visit.as_str()], |line| {
                Ok((line.get(0)?, line.get(1)?, line.get(2)?))
            })?;
        let day = first.as_deref().and_then(instant::read).map(instant::business_date);
        let conclusion = match conclusion.as_deref().and_then(Value::decode) {
            Some(Value::Text(text) | Value::Choice(text)) => Some(text),
            _ => None,
        };
        ctx.tx.prepare_cached(SQL)?.execute(named_params! {
            ":visit": self.visit.as_str(), ":state": state, ":conclusion": conclusion,
            ":day": day.map(|day| day.to_string()),
        })?;
        Ok(())
    }
}

#[cfg(test)]
mod tests;
