//! Policies of the bank's own: put forward by one person, brought into force by another. From that
//! moment every visit is planned by the new one; the version stands with each duty.

use rusqlite::{OptionalExtension, named_params, params};
use sha2::{Digest, Sha256};

use super::canon::Object;
use super::{Ctx, Done, Written, needed, words};
use crate::access::{Action, Scope};
use crate::assets::policy;
use crate::planning::{self, Policy, rehearsal};
use crate::protocol::command::PolicyCommand;
use crate::protocol::reply::Refusal;
use crate::store::journal::hex;
use crate::store::policy::is_built_in;
use crate::store::project::{CadenceDates, set_cadence};
use crate::store::read::scope::Sight;
use crate::store::{portfolio, project};

/// Does what a command says.
pub(super) fn run(ctx: &Ctx<'_>, command: &PolicyCommand) -> Result<Done, Refusal> {
    match command {
        PolicyCommand::Propose { content, reason } => propose(ctx, content, reason),
        PolicyCommand::Decide { policy, sha256, activate, reason } => {
            decide(ctx, policy, sha256, *activate, reason)
        }
    }
}

/// Keeps a policy that waits for somebody else's decision.
fn propose(ctx: &Ctx<'_>, content: &str, reason: &str) -> Result<Done, Refusal> {
    const SQL: &str = "
        INSERT INTO policies (policy, content, sha256, state, reason, proposed_by, proposed_at)
        VALUES (?1, ?2, ?3, 'proposed', ?4, ?5, ?6)";
    ctx.require(Action::DecidePolicy)?;
    let reason = needed(reason, "reason")?;
    let version = read(content)?.version;
    let mut known = ctx.tx.prepare_cached("SELECT 1 FROM policies WHERE policy = ?1")?;
    if is_built_in(&version) || known.exists([&version])? {
        return Err(Refusal::Invalid { field: "policy", why: "known" });
    }
    let sha256 = hex(&Sha256::digest(content));
    let me = ctx.actor.user.as_str();
    ctx.tx.prepare_cached(SQL)?.execute(params![version, content, sha256, reason, me, ctx.at()])?;
    tell(ctx, &version, "policy_proposed")?;
    let after = Object::new().text("sha256", &sha256).text("reason", &reason).done();
    Ok(Written::plain(&version, None, Some(after)).into())
}

/// Brings a policy into force or refuses it. Whoever put it forward can only take it back.
fn decide(
    ctx: &Ctx<'_>,
    version: &str,
    sha256: &str,
    activate: bool,
    reason: &str,
) -> Result<Done, Refusal> {
    const FOUND: &str =
        "SELECT state, sha256, content, proposed_by FROM policies WHERE policy = ?1";
    const SQL: &str = "
        UPDATE policies SET state = :state, decided_by = :me, decided_at = :at,
            revision = revision + 1 WHERE policy = :policy";
    ctx.require(Action::DecidePolicy)?;
    let reason = if activate { words(reason, "reason")? } else { needed(reason, "reason")? };
    let found: Option<(String, String, String, String)> = ctx
        .tx
        .prepare_cached(FOUND)?
        .query_row([version], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
        .optional()?;
    let (state, kept, content, proposed_by) = found.ok_or(Refusal::NotFound)?;
    if state != "proposed" {
        return Err(Refusal::WrongState { state });
    }
    if kept != sha256 {
        return Err(Refusal::Invalid { field: "policy", why: "changed" });
    }
    let me = ctx.actor.user.as_str();
    if activate && proposed_by == me {
        return Err(Refusal::OwnRecord);
    }
    if activate {
        let retire =
            "UPDATE policies SET state = 'retired', revision = revision + 1 WHERE state = 'active'";
        ctx.tx.prepare_cached(retire)?.execute([])?;
    }
    ctx.tx.prepare_cached(SQL)?.execute(named_params! {
        ":state": if activate { "active" } else { "refused" }, ":me": me, ":at": ctx.at(),
        ":policy": version,
    })?;
    let mut after = Object::new().text("sha256", sha256).text("reason", &reason);
    if activate {
        let (changed, extra) = bring_into_force(ctx, read(&content)?)?;
        after = after.int("customers", changed).int("extra_visits", extra);
        tell(ctx, version, "policy_active")?;
    }
    let before =
        Object::new().text("state", "proposed").text("in_force", &ctx.packs.policy.version).done();
    let after = after.text("state", if activate { "active" } else { "refused" }).done();
    Ok(Written::plain(version, Some(before), Some(after)).into())
}

fn read(content: &str) -> Result<Policy, Refusal> {
    policy::parse("policy", content)
        .map_err(|_fault| Refusal::Invalid { field: "policy", why: "unsound" })
}

/// Moves every customer into her cell of the new policy, as the rehearsal said, and plans the book.
/// Returns how many customers changed their cell and how many of them are visited once more.
fn bring_into_force(ctx: &Ctx<'_>, policy: Policy) -> Result<(i64, i64), Refusal> {
    let packs = ctx.packs.with_policy(policy);
    let today = ctx.today;
    let everything = Sight::within(Scope::All);
    let (mut changed, mut extra) = (0, 0);
    let mut after = String::new();
    loop {
        let files = portfolio::slice(ctx.tx, &everything, &after)?;
        let Some(last) = files.last() else { break };
        after.clone_from(&last.customer.id.0);
        for file in &files {
            let plan = |policy| planning::plan(file, policy, &packs.workdays, today, today);
            let (was, is) = (plan(&ctx.packs.policy), plan(&packs.policy));
            if let Some(change) = rehearsal::change(&was, &is, today) {
                let dates = CadenceDates { since: true, extra: change.extra };
                set_cadence(ctx.tx, &file.customer.id, today, dates)?;
                changed += 1;
                extra += i64::from(change.extra);
            }
        }
    }
    project::project_book(ctx.tx, &packs, today)?;
    Ok((changed, extra))
}

/// Everybody who may decide learns of it.
fn tell(ctx: &Ctx<'_>, version: &str, kind: &str) -> Result<(), Refusal> {
    const SQL: &str = "
        INSERT OR IGNORE INTO notices (to_user, kind, subject, business_date, created_at)
        SELECT user, ?1, ?2, ?3, ?4 FROM users
        WHERE role IN ('supervisor', 'risk') AND disabled = 0 AND user <> ?5";
    let today = ctx.today.to_string();
    let me = ctx.actor.user.as_str();
    ctx.tx.prepare_cached(SQL)?.execute(params![kind, version, today, ctx.at(), me])?;
    Ok(())
}

#[cfg(test)]
mod tests;
