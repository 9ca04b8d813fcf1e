//! Flags: deciding on proposals. Each change goes into the flag's own history
//! and plans the customer anew at once: a confirmed flag makes a visit due.

use chrono::NaiveDate;
use rusqlite::{OptionalExtension, named_params, params};

use super::inverse::{Inverse, Undoable};
use super::{Ctx, Done, Written, conflicts, flag_text, look_at, notice, words};
use crate::access::Action;
use crate::domain::flag::{Awaited, FlagState, FlagStep, Level};
use crate::domain::ids::{CustomerId, FlagId, UserId};
use crate::protocol::command::{Command, Revision};
use crate::protocol::reply::Refusal;
use crate::store::proposal::LAPSED;
use crate::store::read::flags::{OWN_FLAG, STEP};
use crate::store::row::{code, id, maybe_code, maybe_day, maybe_id};
use crate::store::warning::ended;
use crate::store::{instant, proposal, tiers};

/// A flag with its care.
#[derive(Debug)]
pub(super) struct Flag {
    pub(super) id: String,
    pub(super) customer: CustomerId,
    pub(super) signal: String,
    pub(super) level: Level,
    pub(super) state: FlagState,
    pub(super) owner: Option<UserId>,
    pub(super) step: FlagStep,
    pub(super) revision: Revision,
    pub(super) measure: Option<String>,
    pub(super) due_on: Option<NaiveDate>,
}

/// A flag, if its customer is in scope.
pub(super) fn load(ctx: &Ctx<'_>, flag: &FlagId) -> Result<Flag, Refusal> {
    let flag = read(ctx, flag)?;
    ctx.require_scope(&flag.customer)?;
    Ok(flag)
}

/// A flag, whoever's.
pub(super) fn read(ctx: &Ctx<'_>, flag: &FlagId) -> Result<Flag, Refusal> {
    // An imported flag without a state has the one that its dates tell.
    let sql = format!(
        "SELECT f.customer_id, f.level,
            coalesce(f.state, CASE WHEN f.closed_on IS NOT NULL THEN 'closed'
                WHEN f.confirmed_on IS NOT NULL THEN 'confirmed' ELSE 'proposed' END),
            f.owner, {STEP}, f.revision, f.measure, f.due_on, f.signal
        FROM flags f LEFT JOIN flag_care c USING (flag_id) WHERE f.flag_id = ?1"
    );
    let found = ctx
        .tx
        .prepare_cached(&sql)?
        .query_row([flag.as_str()], |row| {
            Ok(Flag {
                id: flag.as_str().to_owned(),
                customer: id(row, 0)?,
                signal: row.get(8)?,
                level: code(row, 1, Level::from_code)?,
                state: maybe_code(row, 2, FlagState::from_code)?.unwrap_or(FlagState::Proposed),
                owner: maybe_id(row, 3)?,
                step: code(row, 4, FlagStep::from_code)?,
                revision: row.get(5)?,
                measure: row.get(6)?,
                due_on: maybe_day(row, 7)?,
            })
        })
        .optional()?;
    found.ok_or(Refusal::NotFound)
}

impl Flag {
    pub(super) fn require_state(&self, wanted: &[FlagState]) -> Result<(), Refusal> {
        if wanted.contains(&self.state) {
            return Ok(());
        }
        Err(Refusal::WrongState { state: self.state.as_code().to_owned() })
    }

    /// Refuses a writer who looked at an older revision; names each field that differs.
    pub(super) fn require_revision(
        &self,
        ctx: &Ctx<'_>,
        seen: Revision,
        mine: &[(&str, String)],
    ) -> Result<(), Refusal> {
        if seen == self.revision {
            return Ok(());
        }
        let by = last_writer(ctx, &self.id)?;
        let theirs = |field: &str| match field {
            "level" => self.level.as_code().to_owned(),
            "owner" => self.owner.as_ref().map(ToString::to_string).unwrap_or_default(),
            "measure" => self.measure.clone().unwrap_or_default(),
            "due_on" => self.due_on.map(|day| day.to_string()).unwrap_or_default(),
            "step" => self.step.as_code().to_owned(),
            _ => self.state.as_code().to_owned(),
        };
        Err(conflicts((self.revision, self.state.as_code(), &by), mine, theirs))
    }

    pub(super) fn require_seen(
        &self,
        ctx: &Ctx<'_>,
        seen: Revision,
        field: &str,
        mine: &str,
    ) -> Result<(), Refusal> {
        self.require_revision(ctx, seen, &[(field, mine.to_owned())])
    }

    /// Whether the actor raised the flag, confirmed it, owns it, owned it once or looks after the
    /// customer: then an orange or red one is for somebody else to lower or to close.
    pub(super) fn is_own(&self, ctx: &Ctx<'_>) -> Result<bool, Refusal> {
        let named = named_params! {":flag": self.id, ":me": ctx.actor.user.as_str()};
        Ok(ctx.tx.prepare_cached(OWN_FLAG)?.exists(named)?)
    }

    /// Ends a change: history, plan, message, journal, way back.
    pub(super) fn written(
        &self,
        ctx: &Ctx<'_>,
        command: &'static str,
        what: &str,
        note: &str,
        before: String,
    ) -> Result<Written, Refusal> {
        history(ctx, &self.id, what, note)?;
        ctx.replan(&self.customer)?;
        reclassify(ctx, &self.customer, &self.signal)?;
        let after = snapshot(ctx, &self.id)?;
        let mut written = Written::plain(&self.id, Some(before.clone()), Some(after));
        written.undo = Some(Undoable {
            command,
            subject: self.id.clone(),
            part: String::new(),
            from: self.revision,
            to: self.revision + 1,
            inverse: Inverse::Flag(before),
        });
        Ok(written)
    }
}

/// Classifies a customer again whose flag has changed, where its signal is an event of the tiers: the
/// days of a proposal begin on the day on which its reason does.
pub(super) fn reclassify(
    ctx: &Ctx<'_>,
    customer: &CustomerId,
    signal: &str,
) -> Result<(), Refusal> {
    // A flag may carry words behind its code.
    let code = signal.split_whitespace().next().unwrap_or_default();
    if crate::assets::tiers::shared().signals.contains_key(code) {
        tiers::refresh(ctx.tx, customer, ctx.today)?;
    }
    Ok(())
}

/// JSON of a flag with its care.
pub(super) fn snapshot(ctx: &Ctx<'_>, flag: &str) -> Result<String, Refusal> {
    let sql = format!(
        "SELECT json_object('customer_id', f.customer_id, 'signal', f.signal, 'level', f.level,
            'state', f.state, 'raised_on', f.raised_on, 'confirmed_on', f.confirmed_on,
            'level_since', f.level_since, 'closed_on', f.closed_on, 'owner', f.owner,
            'measure', f.measure, 'due_on', f.due_on, 'note', f.note,
            'step', {STEP},
            'visit_id', c.visit_id, 'item', c.item, 'acknowledged_by', c.acknowledged_by,
            'acknowledged_at', c.acknowledged_at, 'step_due', c.step_due,
            'proposed_level', c.proposed_level, 'lowered_why', c.lowered_why, 'note_en', c.note_en,
            'held_at_end', c.held_at_end, 'origin', f.origin,
            'open_todos', (SELECT json_group_array(t.todo_id) FROM flag_todos l
                JOIN todos t USING (todo_id) WHERE l.flag_id = f.flag_id AND t.state = 'open'),
            'proofs', (SELECT json_group_array(sha256) FROM proofs WHERE flag_id = f.flag_id),
            'looked_at', (SELECT json_group_array(todo_id) FROM look_ats WHERE origin = f.flag_id))
        FROM flags f LEFT JOIN flag_care c USING (flag_id) WHERE f.flag_id = ?1"
    );
    Ok(ctx.tx.prepare_cached(&sql)?.query_row([flag], |row| row.get(0))?)
}

/// Adds a line to a flag's history.
pub(super) fn history(ctx: &Ctx<'_>, flag: &str, what: &str, note: &str) -> Result<(), Refusal> {
    Ok(proposal::history(ctx.tx, flag, (&ctx.at(), &ctx.actor.user), what, note)?)
}

/// Who changed a flag last; empty where only the import knows.
pub(super) fn last_writer(ctx: &Ctx<'_>, flag: &str) -> Result<String, Refusal> {
    const SQL: &str = "SELECT by FROM flag_history WHERE flag_id = ?1 ORDER BY n DESC LIMIT 1";
    let found: Option<String> =
        ctx.tx.prepare_cached(SQL)?.query_row([flag], |row| row.get(0)).optional()?;
    Ok(found.unwrap_or_default())
}

/// Sets until when a flag has what it waits for now, as the pack of care has it.
pub(super) fn set_due(ctx: &Ctx<'_>, flag: &str) -> Result<(), Refusal> {
    const READ: &str = "
        SELECT f.level, f.state, c.step FROM flags f JOIN flag_care c USING (flag_id)
        WHERE f.flag_id = ?1";
    let (level, state, step) = ctx.tx.prepare_cached(READ)?.query_row([flag], |row| {
        Ok((
            code(row, 0, Level::from_code)?,
            maybe_code(row, 1, FlagState::from_code)?.unwrap_or(FlagState::Proposed),
            code(row, 2, FlagStep::from_code)?,
        ))
    })?;
    let due = Awaited::of(state, step)
        .and_then(|awaits| ctx.packs.care.due(&ctx.packs.workdays, level, awaits, ctx.now));
    ctx.tx
        .prepare_cached("UPDATE flag_care SET step_due = ?2 WHERE flag_id = ?1")?
        .execute(params![flag, due.map(instant::store)])?;
    Ok(())
}

/// Keeps that a flag is milder than a rule asks for, or than it was when it was confirmed: whoever
/// reviews it shall see that and why, and the supervisors learn of it where it was orange or red.
pub(super) fn keep_lowered(
    ctx: &Ctx<'_>,
    flag: &str,
    from: Level,
    why: &str,
) -> Result<(), Refusal> {
    const SQL: &str = "
        UPDATE flag_care SET lowered_why = ?3, proposed_level = CASE
            WHEN proposed_level = 'red' OR proposed_level = 'orange' AND ?2 = 'yellow'
            THEN proposed_level ELSE ?2 END
        WHERE flag_id = ?1";
    ctx.tx.prepare_cached(SQL)?.execute(params![flag, from.as_code(), why])?;
    history(ctx, flag, "lowered_level", why)?;
    let known = read(ctx, &FlagId(flag.to_owned()))?;
    let of = (&known.customer, known.signal.as_str());
    ended::stamp_lowered(ctx.tx, ctx.packs, flag, of, ctx.today)?;
    if from == Level::Yellow {
        return Ok(());
    }
    notice::flag_weakened(ctx, flag, "flag_lowered")
}

/// Keeps the note of a flag in English, where it is a checklist's; `None` = somebody's own words.
pub(super) fn keep_english(
    ctx: &Ctx<'_>,
    flag: &str,
    english: Option<&str>,
) -> Result<(), Refusal> {
    const SQL: &str = "UPDATE flag_care SET note_en = ?2 WHERE flag_id = ?1 AND note_en IS NOT ?2";
    ctx.tx.prepare_cached(SQL)?.execute(params![flag, english])?;
    Ok(())
}

/// Makes sure that an imported flag has its care row, with the limit of what it waits for, and that
/// imports leave it alone from now on.
pub(super) fn take_over(ctx: &Ctx<'_>, flag: &str) -> Result<(), Refusal> {
    const HERE: &str = "UPDATE flags SET origin = 'here' WHERE flag_id = ?1 AND origin <> 'here'";
    let care = format!(
        "INSERT INTO flag_care (flag_id, step)
         SELECT f.flag_id, {STEP} FROM flags f LEFT JOIN flag_care c USING (flag_id)
         WHERE f.flag_id = ?1 AND c.flag_id IS NULL"
    );
    if ctx.tx.prepare_cached(&care)?.execute([flag])? > 0 {
        set_due(ctx, flag)?;
    }
    ctx.tx.prepare_cached(HERE)?.execute([flag])?;
    Ok(())
}

/// Who acts, what is done, until when.
pub(super) struct Handling {
    pub(super) owner: UserId,
    pub(super) measure: String,
    pub(super) due_on: NaiveDate,
}

/// `had`: the owner that a flag has already, who may stay while something else is changed.
pub(super) fn handling(
    ctx: &Ctx<'_>,
    (customer, had): (&CustomerId, Option<&UserId>),
    level: Level,
    owner: Option<&UserId>,
    measure: &str,
    due_on: Option<NaiveDate>,
) -> Result<Handling, Refusal> {
    let owner = owner.ok_or(Refusal::Invalid { field: "owner", why: "missing" })?;
    let owner = if had == Some(owner) {
        ctx.require_staff(owner, "owner")?;
        owner.clone()
    } else {
        ctx.owner(owner, customer, "owner")?
    };
    let (measure, _) = flag_text::measure(ctx, measure, level)?;
    let due_on = due_on.ok_or(Refusal::Invalid { field: "due_on", why: "missing" })?;
    if due_on < ctx.today {
        return Err(Refusal::Invalid { field: "due_on", why: "past" });
    }
    if let Some(last) = ctx.packs.care.latest(level, ctx.today).filter(|last| due_on > *last) {
        return Err(Refusal::TooFar { field: "due_on", last });
    }
    Ok(Handling { owner, measure, due_on })
}

/// Confirms or rejects a proposed flag.
pub(super) fn decide(ctx: &Ctx<'_>, command: &Command) -> Result<Done, Refusal> {
    const REJECT: &str = "
        UPDATE flags SET state = 'rejected', revision = revision + 1 WHERE flag_id = ?1";
    let Command::DecideFlag { flag, seen, confirm, owner, measure, due_on, reason } = command
    else {
        return Err(Refusal::NotFound);
    };
    ctx.require(Action::HandleFlags)?;
    let flag = load(ctx, flag)?;
    let mine = if *confirm { "confirmed" } else { "rejected" };
    flag.require_seen(ctx, *seen, "state", mine)?;
    flag.require_state(&[FlagState::Proposed])?;
    let before = snapshot(ctx, &flag.id)?;
    take_over(ctx, &flag.id)?;
    let is_grave = flag.level > Level::Yellow;
    // What its rule does not find any more is no weakening.
    let lapsed = has_lapsed(ctx, &flag.id)?;
    if !*confirm && is_grave && was_overruled(ctx, &flag.id)? {
        return Err(Refusal::WrongState { state: "overruled".to_owned() });
    }
    let reason = if *confirm {
        let of = (&flag.customer, flag.owner.as_ref());
        let handling = handling(ctx, of, flag.level, owner.as_ref(), measure, *due_on)?;
        confirm_with(ctx, &flag, flag.level, &handling, "")?;
        words(reason, "reason")?
    } else {
        let reason = flag_text::reason(ctx, reason, "reason")?;
        ctx.tx.prepare_cached(REJECT)?.execute([&flag.id])?;
        let of = (&flag.customer, flag.signal.as_str());
        ended::stamp_rejected(ctx.tx, ctx.packs, &flag.id, of, ctx.today)?;
        if lapsed {
            ended::forget_seen(ctx.tx, &flag.id)?;
        }
        set_due(ctx, &flag.id)?;
        reason
    };
    let written = flag.written(ctx, command.deed(), mine, &reason, before)?;
    match (*confirm, is_grave) {
        (true, _) => notice::grave_flag(ctx, &flag.id)?,
        (false, true) if !lapsed => notice::flag_weakened(ctx, &flag.id, "flag_rejected")?,
        (false, _) => {}
    }
    Ok(written.into())
}

/// Whether it was told of the proposal that its rule does not hold any more.
fn has_lapsed(ctx: &Ctx<'_>, flag: &str) -> Result<bool, Refusal> {
    let sql = format!("SELECT {LAPSED} FROM flags f WHERE f.flag_id = ?1");
    Ok(ctx.tx.prepare_cached(&sql)?.query_row([flag], |row| row.get(0))?)
}

/// Whether the actor rejected the flag before and somebody had it proposed again: who was overruled
/// does not reject it a second time.
fn was_overruled(ctx: &Ctx<'_>, flag: &str) -> Result<bool, Refusal> {
    const SQL: &str = "
        SELECT 1 FROM flag_history r JOIN flag_history b USING (flag_id)
        WHERE r.flag_id = ?1 AND r.what = 'rejected' AND r.by = ?2
            AND b.what = 'reopened' AND b.by <> ?2 AND b.n > r.n";
    Ok(ctx.tx.prepare_cached(SQL)?.exists([flag, ctx.actor.user.as_str()])?)
}

/// Confirms one at a level; an empty note leaves the one that is there.
pub(super) fn confirm_with(
    ctx: &Ctx<'_>,
    flag: &Flag,
    level: Level,
    handling: &Handling,
    note: &str,
) -> Result<(), Refusal> {
    const SQL: &str = "
        UPDATE flags SET state = 'confirmed', level = :level, confirmed_on = :today,
            level_since = :today, owner = :owner, measure = :measure, due_on = :due,
            note = CASE WHEN :note = '' THEN note ELSE :note END, revision = revision + 1
        WHERE flag_id = :flag";
    ctx.tx.prepare_cached(SQL)?.execute(named_params! {
        ":level": level.as_code(), ":today": ctx.today.to_string(),
        ":owner": handling.owner.as_str(), ":measure": handling.measure,
        ":due": handling.due_on.to_string(), ":note": note, ":flag": flag.id,
    })?;
    set_due(ctx, &flag.id)?;
    look_at::because_of_flag(ctx, (&flag.id, &flag.signal), &flag.customer, level)
}
