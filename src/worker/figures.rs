//! The cockpit as a file: the same page as on the screen, laid down whole and journalled before it
//! has its name.

use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::report::{Asking, Draft, Fault, at, hex, private_folder};
use crate::protocol::command::{CockpitCommand, Command, FigureOrder};
use crate::protocol::page::Page;
use crate::protocol::query::Query;
use crate::protocol::reply::Refusal;
use crate::protocol::report::ReportMade;
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
    private_folder(folder).map_err(at(folder))?;
    let (by, month) = (order.by.as_code(), page.month.format("%Y-%m"));
    let day = Store::business_date(asking.read_at);
    let mut number = 1_u32;
    let path = loop {
        let more = if number == 1 { String::new() } else { format!("-{number}") };
        let path = folder.join(format!("cockpit-{by}-{month}-{day}{more}.csv"));
        if std::fs::symlink_metadata(&path).is_err() || number == u32::MAX {
            break path;
        }
        number += 1;
    };
    let draft = Draft::lay_down(&path, &bytes).map_err(at(&path))?;
    let made = Some(ReportMade {
        file: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        bytes: bytes.len() as u64,
        sha256: hex(&Sha256::digest(&bytes)),
    });
    let command = Command::Cockpit(CockpitCommand::Export { order, made });
    store.apply(asking.actor, asking.noted_at, asking.op, &command)?;
    draft.take_name(&path, false).map_err(at(&path))?;
    Ok(path)
}
