//! The cockpit and the portfolio as files: the same page as on the screen, laid down whole and journalled before it
//! has its name.

use std::path::{Path, PathBuf};

use super::report::{Asking, Fault, lay_into};
use crate::assets::portfolio as limits;
use crate::outgoing;
use crate::protocol::command::{CockpitCommand, Command, FigureOrder, PortfolioOrder};
use crate::protocol::page::Page;
use crate::protocol::query::Query;
use crate::protocol::reply::Refusal;
use crate::report::{self, figures};
use crate::store::Store;

/// What a command orders that is still to be made.
pub(super) const fn ordered(command: &Command) -> Option<&CockpitCommand> {
    match command {
        Command::Cockpit(
            order @ (CockpitCommand::Export { made: None, .. }
            | CockpitCommand::ExportPortfolio { made: None, .. }),
        ) => Some(order),
        _ => None,
    }
}

/// Makes the file that a command orders, in the folder for what leaves; says where it lies.
pub(super) fn make(
    store: &mut Store,
    asking: Asking<'_>,
    order: &CockpitCommand,
    folder: &Path,
) -> Result<PathBuf, Fault> {
    match order {
        CockpitCommand::Export { order, .. } => cockpit(store, asking, *order, folder),
        CockpitCommand::ExportPortfolio { order, .. } => portfolio(store, asking, order, folder),
        CockpitCommand::CloseMonth { .. } => Err(Refusal::NotFound.into()),
    }
}

/// Makes a file of what the portfolio shows.
fn portfolio(
    store: &mut Store,
    asking: Asking<'_>,
    order: &PortfolioOrder,
    folder: &Path,
) -> Result<PathBuf, Fault> {
    let (by, lang) = (order.by, report::lang_of(order.lang));
    let query = match &order.part {
        Some(key) => Query::PortfolioPart { by, key: key.clone(), whole: true },
        None => Query::Portfolio { by, whole: true },
    };
    let bytes = match store.query(asking.actor, asking.read_at, &query)? {
        Page::Portfolio(page) => figures::portfolio::csv(&page, limits::shared(), lang)?,
        Page::PortfolioPart(page) => figures::portfolio::part_csv(&page, lang)?,
        _ => return Err(Refusal::NotFound.into()),
    };
    let part = order.part.as_deref().filter(|key| !key.is_empty()).map(outgoing::name_of);
    let part = part.map_or_else(String::new, |part| format!("-{part}"));
    let day = Store::business_date(asking.read_at);
    let stem = format!("portfolio-{}{part}-{day}", by.as_code());
    lay_into(folder, &stem, "csv", &bytes, |made| {
        let export = CockpitCommand::ExportPortfolio { order: order.clone(), made: Some(made) };
        let command = Command::Cockpit(export);
        store.apply(asking.actor, asking.noted_at, asking.op, &command).map(drop)
    })
}

/// Makes a file of the cockpit.
fn cockpit(
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
