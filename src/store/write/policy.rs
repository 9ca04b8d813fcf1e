//! Policies of the bank's own: put forward by one person, brought into force by another. From that
//! moment every visit is planned by the new one; the version stands with each duty. What was met or
//! due before stays with the policy that was in force then.

use super::versions::{self, Decision};
use super::{Ctx, Done};
use crate::access::{Action, Scope};
use crate::assets::policy;
use crate::planning::{Policy, rehearsal};
use crate::protocol::command::PolicyCommand;
use crate::protocol::reply::Refusal;
use crate::store::policy::is_built_in;
use crate::store::project::{CadenceDates, set_cadence};
use crate::store::read::scope::Sight;
use crate::store::versions::POLICIES;
use crate::store::{portfolio, project};

/// Does what a command says.
pub(super) fn run(ctx: &Ctx<'_>, command: &PolicyCommand) -> Result<Done, Refusal> {
    ctx.require(Action::DecidePolicy)?;
    match command {
        PolicyCommand::Propose { content, reason } => {
            versions::propose(ctx, &POLICIES, content, reason, |content| {
                let version = read(content)?.version;
                let built_in = is_built_in(&version);
                Ok((version, built_in))
            })
        }
        PolicyCommand::Decide { policy, sha256, activate, reason } => {
            let decision = Decision { id: policy, sha256, activate: *activate, reason };
            let in_force = Some(ctx.packs.policy.version.as_str());
            versions::decide(ctx, &POLICIES, &decision, in_force, |content, after| {
                let (changed, extra) = bring_into_force(ctx, read(content)?)?;
                Ok(after.int("customers", changed).int("extra_visits", extra))
            })
        }
    }
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
            let policies = (&ctx.packs.policy, &packs.policy);
            let (now, change) = rehearsal::under(file, policies, &packs.workdays, today);
            project::write_kept(ctx.tx, file, &now.kept)?;
            if let Some(change) = change {
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

#[cfg(test)]
mod tests;
