//! A text of the bank's own is put forward by one person and brought into force by another.

use rusqlite::{OptionalExtension, named_params, params};
use sha2::{Digest, Sha256};

use super::canon::Object;
use super::{Ctx, Done, Written, needed, words};
use crate::protocol::reply::Refusal;
use crate::store::hex::hex;
use crate::store::versions::Versions;

/// A decision about a version.
pub(super) struct Decision<'a> {
    /// Which.
    pub(super) id: &'a str,
    /// Of the text that the decider has read.
    pub(super) sha256: &'a str,
    /// Into force, or refused.
    pub(super) activate: bool,
    /// Why.
    pub(super) reason: &'a str,
}

/// Keeps a text that waits for somebody else's decision. `read` gives its id, which must be new, and
/// whether that is the built-in one's.
pub(super) fn propose(
    ctx: &Ctx<'_>,
    of: &Versions,
    content: &str,
    reason: &str,
    read: impl FnOnce(&str) -> Result<(String, bool), Refusal>,
) -> Result<Done, Refusal> {
    let reason = needed(reason, "reason")?;
    let (id, is_built_in) = read(content)?;
    let id = id.as_str();
    let mut known = ctx.tx.prepare_cached(&of.sql("SELECT 1 FROM {table} WHERE {key} = ?1"))?;
    if is_built_in || known.exists([id])? {
        return Err(Refusal::Invalid { field: of.key, why: "known" });
    }
    let sha256 = hex(&Sha256::digest(content));
    let sql = of.sql(
        "INSERT INTO {table} ({key}, content, sha256, state, reason, proposed_by, proposed_at)
         VALUES (?1, ?2, ?3, 'proposed', ?4, ?5, ?6)",
    );
    let me = ctx.actor.user.as_str();
    ctx.tx.prepare_cached(&sql)?.execute(params![id, content, sha256, reason, me, ctx.at()])?;
    let [proposed, _] = of.told;
    tell(ctx, id, proposed)?;
    let after = Object::new().text("sha256", &sha256).text("reason", &reason).done();
    Ok(Written::plain(id, None, Some(after)).into())
}

/// Brings a version into force or refuses it. Whoever put it forward can only take it back. What the
/// new text changes is `take_effect`'s, which may add to what the journal says.
pub(super) fn decide(
    ctx: &Ctx<'_>,
    of: &Versions,
    decision: &Decision<'_>,
    in_force: Option<&str>,
    take_effect: impl FnOnce(&str, Object) -> Result<Object, Refusal>,
) -> Result<Done, Refusal> {
    let Decision { id, sha256, activate, reason } = *decision;
    let reason = if activate { words(reason, "reason")? } else { needed(reason, "reason")? };
    let found = of.sql("SELECT state, sha256, content, proposed_by FROM {table} WHERE {key} = ?1");
    let found: Option<(String, String, String, String)> = ctx
        .tx
        .prepare_cached(&found)?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
        .optional()?;
    let (state, kept, content, proposed_by) = found.ok_or(Refusal::NotFound)?;
    if state != "proposed" {
        return Err(Refusal::WrongState { state });
    }
    if kept != sha256 {
        return Err(Refusal::Invalid { field: of.key, why: "changed" });
    }
    let me = ctx.actor.user.as_str();
    if activate {
        ctx.require_other(&proposed_by, None)?;
        retire_active(ctx, of)?;
    }
    let state = if activate { "active" } else { "refused" };
    let sql = of.sql(
        "UPDATE {table} SET state = :state, decided_by = :me, decided_at = :at,
             revision = revision + 1 WHERE {key} = :id",
    );
    ctx.tx.prepare_cached(&sql)?.execute(named_params! {
        ":state": state, ":me": me, ":at": ctx.at(), ":id": id,
    })?;
    let mut after = Object::new().text("sha256", sha256).text("reason", &reason);
    if activate {
        after = take_effect(&content, after)?;
        let [_, active] = of.told;
        tell(ctx, id, active)?;
    }
    let before = Object::new().text("state", "proposed").maybe("in_force", in_force).done();
    let after = after.text("state", state).done();
    Ok(Written::plain(id, Some(before), Some(after)).into())
}

/// The version in force is so no more.
pub(super) fn retire_active(ctx: &Ctx<'_>, of: &Versions) -> Result<(), Refusal> {
    let sql = of.sql(
        "UPDATE {table} SET state = 'retired', revision = revision + 1 WHERE state = 'active'",
    );
    ctx.tx.prepare_cached(&sql)?.execute([])?;
    Ok(())
}

/// Everybody who may decide learns of it.
pub(super) fn tell(ctx: &Ctx<'_>, id: &str, kind: &str) -> Result<(), Refusal> {
    const SQL: &str = "
        INSERT OR IGNORE INTO notices (to_user, kind, subject, business_date, created_at)
        SELECT user, ?1, ?2, ?3, ?4 FROM users
        WHERE role IN ('supervisor', 'risk') AND disabled = 0 AND user <> ?5";
    let today = ctx.today.to_string();
    let me = ctx.actor.user.as_str();
    ctx.tx.prepare_cached(SQL)?.execute(params![kind, id, today, ctx.at(), me])?;
    Ok(())
}
