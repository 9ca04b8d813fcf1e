//! Whom a command for many customers is about: those that were picked, or all that a filter shows.

use super::Ctx;
use crate::domain::ids::CustomerId;
use crate::protocol::command::Whom;
use crate::protocol::page::Page;
use crate::protocol::query::{CustomerSort, Query, Window};
use crate::protocol::reply::Refusal;
use crate::store::read;

/// The customers, each once and in scope.
pub(super) fn whom(ctx: &Ctx<'_>, whom: &Whom) -> Result<Vec<CustomerId>, Refusal> {
    let mut all = match whom {
        Whom::These(customers) => {
            for customer in customers {
                ctx.require_scope(customer)?;
            }
            customers.clone()
        }
        Whom::Filter { filter, total } => {
            let query = Query::Customers {
                filter: filter.clone(),
                sort: CustomerSort::Id,
                window: Window { offset: 0, limit: u32::MAX },
            };
            let Page::Customers(page) = read::page(ctx.tx, ctx.packs, ctx.actor, ctx.now, &query)?
            else {
                return Err(Refusal::NotFound);
            };
            // She agreed to a number: more or fewer is another order.
            if total.is_some_and(|seen| seen != page.total) {
                return Err(Refusal::Invalid { field: "customers", why: "changed" });
            }
            page.rows.iter().map(|row| row.customer.clone()).collect()
        }
    };
    all.sort();
    all.dedup();
    if all.is_empty() {
        return Err(Refusal::Invalid { field: "customers", why: "missing" });
    }
    Ok(all)
}
