//! A tier of the demo that waits for two people: the use of a loan was found changed. What the store
//! refuses is left out.

use chrono::{DateTime, FixedOffset};

use super::Recipe;
use super::staff::actor;
use crate::access::Actor;
use crate::domain::ids::{CustomerId, OpId};
use crate::domain::loan::Tier;
use crate::domain::money::Fen;
use crate::domain::tier::TierEvent;
use crate::domain::user::Role;
use crate::protocol::command::{Command, TierCommand};
use crate::protocol::page::{CustomerRow, Page};
use crate::protocol::query::{CustomerFilter, CustomerSort, Query, Window};
use crate::protocol::reply::Refusal;
use crate::store::Store;

/// Whose customer, and at which place among those of hers that are well.
const OFFICER: &str = "chenjing";
const PLACE: usize = 6;
/// Noted so many days ago: the days for confirming it run.
const NOTED: i64 = 6;

/// Notes it as the officer did.
pub(super) fn make(store: &mut Store, recipe: Recipe, now: DateTime<FixedOffset>) {
    if let Err(why) = note(store, &actor(OFFICER, Role::Officer), recipe, now) {
        tracing::debug!(?why, "demo tier left out");
    }
}

fn note(
    store: &mut Store,
    officer: &Actor,
    recipe: Recipe,
    now: DateTime<FixedOffset>,
) -> Result<(), Refusal> {
    let at = recipe.moment(NOTED, now).ok_or(Refusal::NotFound)?;
    let event = TierCommand::Note {
        customer: customer(store, officer, now)?,
        event: TierEvent::FundsDiverted,
        since: at.date_naive(),
        ended: false,
        note: "受托支付后资金转入关联企业账户，用途与合同不符".to_owned(),
    };
    store.apply(officer, at, &OpId("demo-tier".to_owned()), &Command::Tier(event)).map(drop)
}

fn customer(
    store: &Store,
    officer: &Actor,
    now: DateTime<FixedOffset>,
) -> Result<CustomerId, Refusal> {
    let query = Query::Customers {
        filter: CustomerFilter::default(),
        sort: CustomerSort::Tier,
        window: Window { offset: 0, limit: 500 },
    };
    let Page::Customers(page) = store.query(officer, now, &query)? else {
        return Err(Refusal::NotFound);
    };
    let well = |row: &&CustomerRow| {
        row.tier == Tier::Normal && row.exposure.is_some_and(|fen| fen > Fen::ZERO)
    };
    let found = page.rows.iter().filter(well).nth(PLACE);
    found.map(|row| row.customer.clone()).ok_or(Refusal::NotFound)
}
