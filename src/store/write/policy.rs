//! Policies of the bank's own: put forward by one person, brought into force by another. From that
//! moment every visit is planned by the new one; the version stands with each duty. What was met or
//! due before stays with the policy that was in force then. The book follows in steps
//! (`store/moving.rs`).

use super::versions::{self, Decision};
use super::{Ctx, Done};
use crate::access::Action;
use crate::assets::policy;
use crate::planning::Policy;
use crate::protocol::command::PolicyCommand;
use crate::protocol::reply::Refusal;
use crate::store::moving;
use crate::store::policy::is_built_in;
use crate::store::versions::POLICIES;

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
                read(content)?;
                moving::begin(ctx.tx, &ctx.packs.policy.version, ctx.today)?;
                Ok(after)
            })
        }
    }
}

fn read(content: &str) -> Result<Policy, Refusal> {
    policy::parse("policy", content)
        .map_err(|_fault| Refusal::Invalid { field: "policy", why: "unsound" })
}

#[cfg(test)]
mod tests;
