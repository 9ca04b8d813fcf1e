//! A live flag whose own rule finds a graver level than it has: a proposal rises as it stands, with what
//! was seen now; a confirmed one has to be seen anew and its measure decided for that, as when a person
//! raises it.

use chrono::{DateTime, FixedOffset};
use rusqlite::{Connection, named_params};

use super::{Ctx, flag, flag_change, look_at, notice};
use crate::access::Actor;
use crate::assets::Packs;
use crate::domain::flag::{FlagState, Level};
use crate::domain::ids::FlagId;
use crate::protocol::reply::Refusal;
use crate::store::proposal::{self, BY_RULE, Cause};
use crate::store::{Error, instant};
use crate::warning::Input;

/// What a rule or a deadline finds now.
pub(in crate::store) struct Risen<'a> {
    /// How grave.
    pub(in crate::store) level: Level,
    /// Of a rule: the rule, and the stamp under which it finds the same again.
    pub(in crate::store) rule: Option<(&'a str, &'a str)>,
    /// What was seen, where it is to be kept.
    pub(in crate::store) inputs: &'a [Input],
}

/// Raises a live flag: level, what was seen, limit of what it waits for, history, messages and plan. The
/// journal is the caller's.
pub(in crate::store) fn rise(
    tx: &Connection,
    packs: &Packs,
    of: (&FlagId, &Risen<'_>),
    when: (DateTime<FixedOffset>, &str),
) -> Result<(), Error> {
    written(tx, packs, of, when).map_err(|refusal| match refusal {
        Refusal::Busy => Error::Busy,
        Refusal::DiskFull => Error::DiskFull,
        Refusal::ReadOnly => Error::ReadOnly,
        Refusal::Moved => Error::Moved,
        Refusal::Damaged { code } => Error::Damaged { code },
        Refusal::Engine { code } => Error::Engine { code },
        _ => Error::Value("flags"),
    })
}

fn written(
    tx: &Connection,
    packs: &Packs,
    (flag, to): (&FlagId, &Risen<'_>),
    (now, session): (DateTime<FixedOffset>, &str),
) -> Result<(), Refusal> {
    const LEVEL: &str = "
        UPDATE flags SET level = :level, revision = revision + 1,
            level_since = CASE WHEN :confirmed THEN :today ELSE level_since END
        WHERE flag_id = :flag";
    // Of one that people, words or a deadline raised the rule tells nothing but what it saw.
    let seen = format!(
        "UPDATE flag_care AS k SET rule = CASE WHEN {BY_RULE} THEN :rule ELSE rule END,
            rule_stamp = CASE WHEN rule_stamp LIKE 'text:%' THEN rule_stamp ELSE :stamp END
        WHERE k.flag_id = :flag"
    );
    let actor = Actor::program(session);
    let today = instant::business_date(now);
    let ctx = Ctx { tx, packs, actor: &actor, now, today, staged: None, pin: None };
    let known = flag::read(&ctx, flag)?;
    let confirmed = known.state == FlagState::Confirmed;
    flag::take_over(&ctx, &known.id)?;
    tx.prepare_cached(LEVEL)?.execute(named_params! {
        ":level": to.level.as_code(), ":confirmed": confirmed, ":today": today.to_string(),
        ":flag": known.id,
    })?;
    if let Some((rule, stamp)) = to.rule {
        if !confirmed {
            // What is to be decided is what is seen now; a decision keeps what it was made on.
            forget(tx, &known.id)?;
        }
        let named = named_params! {":rule": rule, ":stamp": stamp, ":flag": known.id};
        tx.prepare_cached(&seen)?.execute(named)?;
    }
    proposal::keep_causes(tx, flag, to.inputs.iter().map(Cause::from))?;
    if confirmed {
        flag_change::begin_again(&ctx, &known.id)?;
    }
    flag::set_due(&ctx, &known.id)?;
    flag::history(&ctx, &known.id, "raised_level", "")?;
    if confirmed {
        look_at::because_of_flag(&ctx, (&known.id, &known.signal), &known.customer, to.level)?;
    }
    notice::grave_flag(&ctx, &known.id)?;
    ctx.replan(&known.customer)
}

/// Takes away what the rule of a proposal saw before.
fn forget(tx: &Connection, flag: &str) -> Result<(), Refusal> {
    let sql = format!(
        "DELETE FROM flag_inputs WHERE flag_id = ?1
            AND EXISTS (SELECT 1 FROM flag_care k WHERE k.flag_id = ?1 AND {BY_RULE})"
    );
    tx.prepare_cached(&sql)?.execute([flag])?;
    Ok(())
}
