//! Writes: one command, one immediate transaction, one journal row. A refused command leaves
//! nothing behind, because its transaction is never committed.

mod answer;
mod attach;
mod call_back;
mod canon;
mod card;
mod channel;
mod cockpit;
mod comment;
mod complete;
mod deadline;
mod declared;
mod done;
mod dossier;
mod event;
pub(super) mod facts;
mod flag;
mod flag_change;
mod flag_close;
mod flag_raise;
mod flag_rise;
mod flag_talk;
mod flag_text;
mod heard;
mod holiday;
pub mod import;
mod inverse;
mod judged;
mod look_at;
mod notice;
mod opinion;
mod order;
mod packet;
mod pin;
mod policy;
mod prepare;
mod promise;
mod proof;
mod record;
mod report;
mod request;
mod retention;
mod reuse;
mod reveal;
mod review;
mod rows;
mod schedule;
mod second;
mod staff;
mod stale;
mod statement;
mod strategy;
mod submit;
mod text;
mod tier;
mod todo;
pub(super) mod undo;
mod versions;
mod visit;
mod whom;

use chrono::{DateTime, FixedOffset, NaiveDate};
use rusqlite::{Connection, OptionalExtension};

use super::journal::{self, Entry};
use super::read::person::wrote_of;
use super::read::scope::Sight;
use super::{Error, Store, instant, meta, moving, people, project};
use crate::access::{Action, Actor};
use crate::assets::Packs;
use crate::domain::ids::{CustomerId, EventId, FlagId, OpId, UserId, VisitId};
use crate::domain::visit::VisitState;
use crate::protocol::command::{Command, RemoveRow, RetentionCommand};
use crate::protocol::reply::{Outcome, Refusal};
use done::{Done, Written};
pub(super) use flag_rise::{Risen, rise};
use inverse::Undoable;
use stale::{conflict, conflicts};
use text::{needed, words};

/// All that a write may look at.
struct Ctx<'a> {
    tx: &'a Connection,
    packs: &'a Packs,
    actor: &'a Actor,
    now: DateTime<FixedOffset>,
    today: NaiveDate,
    /// The file that the command is about, taken in before the write began.
    staged: Option<&'a attach::Staged>,
    /// The PIN that the command is about, worked out before the write began.
    pin: Option<&'a pin::Worked>,
}

/// Runs a command; see [`Store::apply`].
pub(super) fn apply(
    store: &mut Store,
    actor: &Actor,
    now: DateTime<FixedOffset>,
    op: &OpId,
    command: &Command,
) -> Result<Outcome, Refusal> {
    if moving::must_wait(command) {
        store.move_book(actor, now)?;
    }
    let packs = store.packs_in_force()?;
    let stands = store.clock_stands;
    let today = instant::business_date(now);
    if matches!(command, Command::KeepDraft { .. } | Command::KeepPlace { .. }) {
        let tx = store.begin_soft()?;
        let ctx = Ctx { tx: &tx, packs: &packs, actor, now, today, staged: None, pin: None };
        people::check_standing(&tx, actor)?;
        answer::keep(&ctx, command)?;
        tx.commit()?;
        return Ok(Outcome::Plain);
    }
    let why = match op.as_str().len() {
        0 => Some("empty"),
        1..=200 => None,
        _ => Some("too_long"),
    };
    if let Some(why) = why {
        return Err(Refusal::Invalid { field: "op", why });
    }
    // Only taking back looks at it: it may hold a whole flag.
    let last = match command {
        Command::Undo | Command::UndoLight => store.past.last(&actor.session).cloned(),
        _ => Err(Refusal::NothingToUndo),
    };
    let outside = matches!(command, Command::Attach { .. } | Command::Proof(_) | Command::Pin(_));
    let (staged, pin) = if outside {
        let tx = store.conn().unchecked_transaction().map_err(Error::from)?;
        let ctx = Ctx { tx: &tx, packs: &packs, actor, now, today, staged: None, pin: None };
        people::check_standing(&tx, actor)?;
        (attach::stage(store, &ctx, command)?, pin::work(&ctx, command)?)
    } else {
        (None, None)
    };
    let tx = store.begin()?;
    let (staged, pin) = (staged.as_ref(), pin.as_ref());
    let ctx = Ctx { tx: &tx, packs: &packs, actor, now, today, staged, pin };
    people::check_standing(&tx, actor)?;
    if let Some(outcome) = replay(&ctx, op, command)? {
        return Ok(outcome);
    }
    let written = match run(&ctx, command, &last)? {
        Done::Quiet(outcome) => return Ok(outcome),
        Done::Written(written) => *written,
    };
    if !stands {
        meta::see(&tx, now)?;
    }
    let entry = Entry {
        actor,
        now,
        op: Some(op.as_str()),
        command: command.code(),
        subject: &written.subject,
        before: written.before.as_deref(),
        after: written.after.as_deref(),
    };
    match &written.about {
        None => journal::append(&tx, &entry)?,
        Some(about) => journal::append_about(&tx, &entry, about.iter().map(CustomerId::as_str))?,
    };
    if let Err(error) = tx.commit() {
        settle(store, op, error.into())?;
    }
    if matches!(command, Command::Policy(_) | Command::Holidays(_)) {
        store.follow_packs()?;
        // It is decided: what is left when this is cut off, the next job does.
        if let Err(error) = store.move_book(actor, now) {
            tracing::warn!(%error, "book not taken over yet");
        }
    }
    if matches!(command, Command::Retention(RetentionCommand::Decide { agree: true, .. })) {
        store.sweep_erased(now);
    }
    store.past.note(&actor.session, command, &written);
    Ok(written.outcome)
}

/// A commit that failed may still have reached the disk: asks the file itself.
fn settle(store: &mut Store, op: &OpId, error: Error) -> Result<(), Refusal> {
    let there = store.reopen().and_then(|()| {
        let mut statement = store.conn().prepare_cached("SELECT 1 FROM journal WHERE op = ?1")?;
        Ok(statement.exists([op.as_str()])?)
    });
    match there {
        Ok(true) => Ok(()),
        Ok(false) => Err(error.into()),
        Err(_) => Err(Refusal::Unknown),
    }
}

fn run(
    ctx: &Ctx<'_>,
    command: &Command,
    last: &Result<Undoable, Refusal>,
) -> Result<Done, Refusal> {
    match command {
        Command::StartVisit { .. } => visit::start(ctx, command),
        Command::NoteLookUp(note) => prepare::note(ctx, note),
        Command::PlanMeeting { customer, people, seen } => {
            prepare::plan_meeting(ctx, customer, people, *seen)
        }
        Command::SetVisit { .. } => visit::set(ctx, command),
        Command::Discard { visit, seen } => visit::discard(ctx, visit, *seen),
        Command::Answer { visit, item, answer, seen } => {
            answer::record(ctx, visit, item, answer.as_ref(), *seen)
        }
        Command::Attach { .. } => attach::attach(ctx, command),
        Command::Detach { visit, sha256 } => attach::detach(ctx, visit, sha256),
        Command::RemoveRow(RemoveRow { visit, group, row, seen }) => {
            rows::remove(ctx, visit, group, *row, seen)
        }
        Command::KeepDraft { .. } | Command::KeepPlace { .. } => Ok(Done::Quiet(Outcome::Plain)),
        Command::Submit { .. } => submit::submit(ctx, command),
        Command::Conduct(conduct) => second::conduct(ctx, command, conduct),
        Command::UpdateDossier(news) => dossier::update(ctx, news),
        Command::KeepStatement(wish) => statement::keep(ctx, wish),
        Command::Withdraw { visit, seen } => submit::withdraw(ctx, visit, *seen),
        Command::Approve { visit, seen, content_hash, note } => {
            review::approve(ctx, visit, *seen, content_hash, note)
        }
        Command::Return { visit, seen, reason } => review::return_to(ctx, visit, *seen, reason),
        Command::Comment { visit, item, text } => {
            comment::comment(ctx, visit, item.as_deref(), text)
        }
        Command::ReplyComment { comment, text, seen } => comment::reply(ctx, comment, text, *seen),
        Command::GiveOpinion { .. } => opinion::give(ctx, command),
        Command::CallBack { .. } => call_back::record_call(ctx, command),
        Command::Amend { visit, reason } => review::amend(ctx, visit, reason),
        Command::RaiseFlag { .. } => flag_raise::raise(ctx, command),
        Command::DecideFlag { .. } => flag::decide(ctx, command),
        Command::UpdateFlag { .. } => flag_change::update(ctx, command),
        Command::ReopenFlag(wish) => flag_change::reopen(ctx, command, wish),
        Command::DiscussFlag(word) => flag_talk::discuss(ctx, word),
        Command::MoveFlag { .. } => flag_close::go(ctx, command),
        Command::Proof(command) => proof::run(ctx, command),
        Command::MarkDeadline(wish) => deadline::mark(ctx, wish),
        Command::Tier(command) => tier::run(ctx, command),
        Command::Strategy(command) => strategy::run(ctx, command),
        Command::Todo(wish) => todo::run(ctx, command, wish),
        Command::Event(wish) => event::run(ctx, wish),
        Command::Acknowledge { notice } => staff::acknowledge(ctx, *notice),
        Command::Undo => undo::undo(ctx, last.as_ref().map_err(Refusal::clone)?),
        Command::UndoLight => undo::undo_light(ctx, last.as_ref().map_err(Refusal::clone)?),
        Command::SetUser(wish) => staff::set_user(ctx, wish),
        Command::Order(command) => order::run(ctx, command),
        Command::Request(command) => request::run(ctx, command),
        Command::Schedule(command) => schedule::run(ctx, command),
        Command::Cockpit(command) => cockpit::run(ctx, command),
        Command::MakeCalendar(command) => report::calendar(ctx, command),
        Command::MakeReport { order, made } => report::note(ctx, order, made.as_ref()),
        Command::Policy(command) => policy::run(ctx, command),
        Command::Card(command) => card::run(ctx, command),
        Command::Holidays(command) => holiday::run(ctx, command),
        Command::Reveal(wish) => reveal::reveal(ctx, wish),
        Command::Retention(command) => retention::run(ctx, command),
        Command::Pin(command) => pin::run(ctx, command),
        Command::NoteCopy { customer, what } => staff::note_copy(ctx, customer.as_ref(), what),
    }
}

/// The outcome of a write that is on disk already, rebuilt from its journal row.
fn replay(ctx: &Ctx<'_>, op: &OpId, command: &Command) -> Result<Option<Outcome>, Refusal> {
    const SQL: &str = "
        SELECT actor, command, subject, at, json_extract(after, '$.item'),
            json_extract(after, '$.revision'), json_extract(after, '$.next_due'),
            json_extract(after, '$.command'), json_extract(after, '$.name'),
            coalesce(json_extract(after, '$.first_visit'),
                json_extract(after, '$.first_flag')) IS NOT NULL,
            json_extract(after, '$.state')
        FROM journal WHERE op = ?1";
    let found = ctx
        .tx
        .prepare_cached(SQL)?
        .query_row([op.as_str()], |row| {
            let (actor, code): (String, String) = (row.get(0)?, row.get(1)?);
            let (subject, at): (String, String) = (row.get(2)?, row.get(3)?);
            let outcome = match code.as_str() {
                "start_visit" => Outcome::VisitStarted(VisitId(subject)),
                "raise_flag" => Outcome::FlagRaised(FlagId(subject)),
                "make_event" => Outcome::EventEntered(EventId(subject)),
                "answer" => Outcome::Saved {
                    item: row.get(4)?,
                    revision: row.get(5)?,
                    at: instant::read(&at).map(instant::time_of_day).unwrap_or_default(),
                },
                "submit" => Outcome::Submitted {
                    visit: VisitId(subject),
                    next_due: super::row::maybe_day(row, 6)?,
                },
                "approve" | "give_opinion" => Outcome::Reviewed {
                    approved: row.get::<_, Option<String>>(10)?.as_deref()
                        == Some(VisitState::Approved.as_code()),
                },
                "attach" | "add_proof" if row.get(9)? => {
                    Outcome::Reused { name: row.get(8)?, first: None }
                }
                "attach" | "add_proof" => {
                    let item = row.get::<_, Option<String>>(4)?.unwrap_or_default();
                    Outcome::Attached { item, name: row.get(8)?, known: false }
                }
                "undo" => Outcome::Undone { command: row.get(7)? },
                _ => Outcome::Plain,
            };
            Ok((actor, code, outcome))
        })
        .optional()?;
    match found {
        None => Ok(None),
        Some((actor, code, outcome))
            if actor == ctx.actor.user.as_str() && code == command.code() =>
        {
            Ok(Some(outcome))
        }
        Some(_) => Err(Refusal::Invalid { field: "op", why: "used" }),
    }
}

impl Ctx<'_> {
    fn require(&self, action: Action) -> Result<(), Refusal> {
        if self.actor.may(action) { Ok(()) } else { Err(Refusal::NotAllowed) }
    }

    /// Refuses a customer that is not there or not in scope: the same answer on purpose.
    fn require_scope(&self, customer: &CustomerId) -> Result<(), Refusal> {
        let seen = Sight::of(self.actor).sees(self.tx, customer)?;
        if seen { Ok(()) } else { Err(Refusal::NotFound) }
    }

    /// Nobody decides on what she put forward, nor on what a record asks for in which she wrote.
    fn require_other(&self, by: &str, visit: Option<&VisitId>) -> Result<(), Refusal> {
        let me = &self.actor.user;
        let wrote = match visit {
            Some(visit) => wrote_of(self.tx, me, visit)?,
            None => false,
        };
        if by == me.as_str() || wrote { Err(Refusal::OwnRecord) } else { Ok(()) }
    }

    /// Refuses an owner who is no enabled member of staff.
    fn require_staff(&self, user: &UserId, field: &'static str) -> Result<(), Refusal> {
        const SQL: &str = "SELECT 1 FROM users WHERE user = ?1 AND disabled = 0";
        let known = self.tx.prepare_cached(SQL)?.exists([user.as_str()])?;
        if known { Ok(()) } else { Err(Refusal::Invalid { field, why: "unknown_user" }) }
    }

    /// Plans the customer anew, in the same transaction.
    fn replan(&self, customer: &CustomerId) -> Result<(), Refusal> {
        project::project_customer(self.tx, self.packs, customer, self.today)?;
        Ok(())
    }

    /// Number of this command's journal row: rises for ever, a revision for rows that can vanish.
    fn next_seq(&self) -> Result<i64, Refusal> {
        Ok(journal::head(self.tx)?.seq.max(1) + 1)
    }

    fn at(&self) -> String {
        instant::store(self.now)
    }
}

#[cfg(test)]
mod tests;
