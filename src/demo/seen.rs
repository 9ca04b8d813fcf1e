//! What became of the grave flags that the bank's system has brought into the demo: the head of the
//! branch saw each on the day after it was confirmed and decided its measure, and its owner acts. The
//! young ones still wait, and so does what nobody owns.

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::Recipe;
use super::staff::actor;
use crate::domain::flag::{FlagState, FlagStep, Level};
use crate::domain::ids::{OpId, UserId};
use crate::domain::user::Role;
use crate::protocol::command::Command;
use crate::protocol::page::{FlagRow, Page};
use crate::protocol::query::{FlagScope, Query, Window};
use crate::protocol::reply::Refusal;
use crate::store::Store;

/// By whom, so many days after the flag was raised, to which step.
const WAY: [(Role, i64, FlagStep); 3] = [
    (Role::Supervisor, 2, FlagStep::Acknowledged),
    (Role::Supervisor, 2, FlagStep::MeasureDecided),
    (Role::Officer, 3, FlagStep::Acting),
];

/// As many as a small book has; more would only cost time.
const MOST: u32 = 200;

/// Takes them as far as the days since allow.
pub(super) fn make(store: &mut Store, recipe: Recipe, now: DateTime<FixedOffset>) {
    for head in ["lifang", "sunhao"] {
        if let Err(why) = of_branch(store, recipe, head, now) {
            tracing::debug!(?why, head, "demo flags left unseen");
        }
    }
}

fn of_branch(
    store: &mut Store,
    recipe: Recipe,
    head: &str,
    now: DateTime<FixedOffset>,
) -> Result<(), Refusal> {
    let window = Window { offset: 0, limit: MOST };
    let query = Query::Flags { scope: FlagScope::Live, window };
    let Page::Flags(page) = store.query(&actor(head, Role::Supervisor), now, &query)? else {
        return Err(Refusal::NotFound);
    };
    for row in page.rows.iter().filter(|row| waits(row)) {
        let Some(owner) = &row.owner else { continue };
        go(store, recipe, (head, owner), row, now)?;
    }
    Ok(())
}

fn waits(row: &FlagRow) -> bool {
    row.state == FlagState::Confirmed && row.level > Level::Yellow && row.step == FlagStep::Open
}

fn go(
    store: &mut Store,
    recipe: Recipe,
    (head, owner): (&str, &UserId),
    row: &FlagRow,
    now: DateTime<FixedOffset>,
) -> Result<(), Refusal> {
    for (seen, (by, days, step)) in (row.revision..).zip(WAY) {
        let Some(at) = day_after(recipe, row.raised_on, days, now) else { break };
        let by = if by == Role::Officer { owner.as_str() } else { head };
        let role = if by == head { Role::Supervisor } else { Role::Officer };
        let command = Command::MoveFlag {
            flag: row.flag.clone(),
            seen,
            step,
            note: String::new(),
            measure: String::new(),
            left: None,
        };
        let op = OpId(format!("demo-seen-{}-{}", row.flag, step.as_code()));
        store.apply(&actor(by, role), at, &op, &command)?;
    }
    Ok(())
}

/// The morning so many days after; `None` = it is still to come.
fn day_after(
    recipe: Recipe,
    day: NaiveDate,
    days: i64,
    now: DateTime<FixedOffset>,
) -> Option<DateTime<FixedOffset>> {
    let ago = (recipe.today - day).num_days() - days;
    (ago >= 0).then(|| recipe.moment(ago, now)).flatten()
}
