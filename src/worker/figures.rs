//! The cockpit as a file: the same page as on the screen, laid down whole and journalled before it
//! has its name.

use std::path::{Path, PathBuf};

use super::report::{Asking, Fault, lay_into};
use crate::protocol::command::{CockpitCommand, Command, FigureOrder};
use crate::protocol::page::Page;
use crate::protocol::query::Query;
use crate::protocol::reply::Refusal;
use crate::report::{self, figures};
use crate::store::Store;

/// Makes the file in the folder for what leaves; says where it lies.
pub(super) fn make(
    store: &mut Store,
    asking: Asking<'_>,
    order: FigureOrder,
    folder: &Path,
) -> Result<PathBuf, Fault> {
    let query = Query::Cockpit { by: order.by, month: order.month };
    let Page::Cockpit(page) = store.query(asking.actor, asking.read_at, &query)? else {
        return Err(Refusal::NotFound.into());
    };
    let bytes = figures::csv(&page, report::lang_of(order.lang))?;
    let (by, month) = (order.by.as_code(), page.month.format("%Y-%m"));
    let day = Store::business_date(asking.read_at);
    let stem = format!("cockpit-{by}-{month}-{day}");
    lay_into(folder, &stem, "csv", &bytes, |made| {
        let command = Command::Cockpit(CockpitCommand::Export { order, made: Some(made) });
        store.apply(asking.actor, asking.noted_at, asking.op, &command).map(drop)
    })
}
